"""The form of a dossier: groups of fields in the order of the paper; widgets are kept and filled anew."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.viewmodels.form import FormGroup
from ui.widgets.field_editor import FieldEditor
from ui.widgets.row_words import RowWords

FOLDED_WHEN_EMPTY = frozenset({"rest", "office", "parcel_end"})


class GroupPanel(QWidget):
    """One group: a heading that folds it, its fields, and buttons to add to it or remove it.

    Signals:
        add_asked: The list an item shall be added to.
        remove_asked: The item that shall go.
    """

    add_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self, group: FormGroup, words: RowWords, make: Callable[[str, str], FieldEditor]) -> None:
        super().__init__()
        self._words = words
        self._group = group
        self.editors = {row.path: make(row.path, words.label(row.path)) for row in group.rows}
        self._head = QPushButton()
        self._head.setObjectName(f"group {group.key}")
        self._head.setProperty("role", "group")
        self._head.setCheckable(True)
        self._head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.toggled.connect(self._fold)
        self._badge = QLabel()
        self._badge.setProperty("role", "badge")
        self._body = QWidget()
        self._buttons = [self._add_button(list_path) for list_path in group.can_add]
        if group.item_path and not group.is_end:
            self._buttons.append(self._remove_button(group))
        self._lay_out()
        self._head.setChecked(not (group.kind in FOLDED_WHEN_EMPTY and group.is_empty))
        self._fold(self._head.isChecked())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 4, 0, 2)
        head.setSpacing(4)
        head.addWidget(self._head, 1)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in self._buttons:
            head.addWidget(button)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(1)
        for editor in self.editors.values():
            body.addWidget(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._body)

    def _add_button(self, list_path: str) -> QToolButton:
        words = self.tr("Thêm: {what}").format(what=self._words.item(list_path))
        button = _tool_button(f"add {list_path}", "add", words)
        button.clicked.connect(lambda: self.add_asked.emit(list_path))
        return button

    def _remove_button(self, group: FormGroup) -> QToolButton:
        words = self.tr("Xóa: {what}").format(what=self._words.title(group))
        button = _tool_button(f"remove {group.item_path}", "remove", words)
        button.clicked.connect(lambda: self.remove_asked.emit(group.item_path))
        return button

    def show_group(self, group: FormGroup, returned: dict[str, str], *, keep_typed: bool, editable: bool) -> None:
        """Fill the fields; buttons that change something are there only when they may."""
        has_come = self._group.is_empty and not group.is_empty
        self._group = group
        for button in self._buttons:
            button.setVisible(editable)
        for row in group.rows:
            editor = self.editors[row.path]
            editor.show_row(row, self._words.row(row, returned.get(row.path, "")), keep_typed=keep_typed)
            editor.line.setReadOnly(not editable)
        self._badge.setText(self.tr("{n} cần xem").format(n=group.doubts))
        self._badge.setVisible(group.doubts > 0)
        if group.doubts or has_come:
            self.unfold()
        self._title()

    def unfold(self) -> None:
        """Show the fields."""
        self._head.setChecked(True)

    def _fold(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        self._title()

    def _title(self) -> None:
        self._head.setText(("▾  " if self._head.isChecked() else "▸  ") + self._words.title(self._group))


class FormView(QScrollArea):
    """All groups of the open dossier.

    Signals:
        entered, left, accepted, went_back, undo_asked: Of the field with this path.
        add_asked, remove_asked: List or item path.
    """

    entered = Signal(str)
    left = Signal(str)
    accepted = Signal(str)
    went_back = Signal(str)
    undo_asked = Signal(str)
    add_asked = Signal(str)
    remove_asked = Signal(str)

    def __init__(self, words: RowWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = words
        self._panels: dict[str, GroupPanel] = {}
        self._shown: list[str] = []
        self._current: FieldEditor | None = None
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(6, 2, 8, 6)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self.setWidget(self._inside)

    @property
    def current_path(self) -> str:
        """The field the person is at, "" for none."""
        return self._current.path if self._current else ""

    @property
    def editors(self) -> list[FieldEditor]:
        """The fields shown, in order."""
        return [editor for key in self._shown for editor in self._panels[key].editors.values()]

    def editor(self, path: str) -> FieldEditor | None:
        """The field with this path, when it is shown."""
        return next((editor for editor in self.editors if editor.path == path), None)

    def show_groups(
        self, groups: Sequence[FormGroup], returned: dict[str, str], *, keep_typed: bool, editable: bool
    ) -> None:
        """Show the groups; texts typed but not saved stay when `keep_typed`."""
        keys = [group.key for group in groups]
        for group in groups:
            if group.key not in self._panels:
                self._add_panel(group)
            self._panels[group.key].show_group(group, returned, keep_typed=keep_typed, editable=editable)
        if keys != self._shown:
            self._arrange(keys)

    def go_to(self, path: str) -> bool:
        """Put the cursor into a field; False when it is not shown."""
        for key in self._shown:
            editor = self._panels[key].editors.get(path)
            if editor is not None:
                self._panels[key].unfold()
                editor.line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.make_current(path)
                return True
        return False

    def make_current(self, path: str) -> None:
        """Open the paper of a field and close the one before."""
        editor = self.editor(path)
        if editor is not self._current:
            if self._current is not None:
                self._current.set_current(is_current=False)
            self._current = editor
            if editor is not None:
                editor.set_current(is_current=True)
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        if self._current is not None:
            self.ensureWidgetVisible(self._current, 0, 30)

    def _add_panel(self, group: FormGroup) -> None:
        panel = GroupPanel(group, self._words, self._make_editor)
        panel.add_asked.connect(self.add_asked)
        panel.remove_asked.connect(self.remove_asked)
        panel.setVisible(False)
        self._panels[group.key] = panel

    def _make_editor(self, path: str, label: str) -> FieldEditor:
        editor = FieldEditor(path, label)
        editor.entered.connect(self.entered)
        editor.left.connect(self.left)
        editor.accepted.connect(self.accepted)
        editor.went_back.connect(self.went_back)
        editor.undo_asked.connect(self.undo_asked)
        return editor

    def _arrange(self, keys: list[str]) -> None:
        if self._current is not None and self._current not in [
            editor for key in keys for editor in self._panels[key].editors.values()
        ]:
            self._current.set_current(is_current=False)
            self._current = None
        for key in self._shown:
            self._column.removeWidget(self._panels[key])
            self._panels[key].setVisible(key in keys)
        for place, key in enumerate(keys):
            self._column.insertWidget(place, self._panels[key])
            self._panels[key].setVisible(True)
        self._shown = keys
        lines = [editor.line for editor in self.editors]
        for one, other in itertools.pairwise(lines):
            QWidget.setTabOrder(one, other)


def _tool_button(name: str, icon: str, words: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(theme.icon(icon))
    button.setIconSize(QSize(16, 16))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def panel_frame(*widgets: QWidget) -> QFrame:
    """A white frame around widgets, one under the other."""
    frame = QFrame()
    frame.setProperty("panel", True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return frame
