"""One field of the form: label, sign, input; while current also the paper above it and what was read under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from app.domain.text import to_nfc
from ui.viewmodels.form import FormRow, Mark
from ui.widgets.confidence_mark import ConfidenceMark
from ui.widgets.restyle import restyle
from ui.widgets.snippet import Snippet

LABEL_PX = 164
LINE_PADDING_PX = 9


class FieldLine(QLineEdit):
    """A line of text that never changes what is being typed or composed; NFC only when it is left.

    Signals:
        accepted: Enter.
        went_back: Shift+Enter.
        entered: The cursor came in.
        left: The cursor went out, for good (not to a list of choices).
        undo_asked: Ctrl+Z with nothing typed to take back.
    """

    accepted = Signal()
    went_back = Signal()
    entered = Signal()
    left = Signal()
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_composing = False
        self.saved_text = ""

    @property
    def is_dirty(self) -> bool:
        """Whether something was typed that is not in the dossier."""
        return self.text() != self.saved_text

    def put(self, text: str) -> None:
        """Show a text, unless an input method is composing; where the cursor waits, typing replaces what came."""
        if not self.is_composing and text != self.text():
            was_empty = not self.text()
            self.setText(text)
            self.setCursorPosition(0)
            if was_empty and self.hasFocus():
                self.end(False)
                self.home(True)

    def compose_nfc(self) -> None:
        """Bring what was typed to NFC; only when nothing is being composed."""
        composed = to_nfc(self.text())
        if not self.is_composing and composed != self.text():
            place = self.cursorPosition()
            self.setText(composed)
            self.setCursorPosition(min(place, len(composed)))

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the dossier when nothing was typed here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter accepts, Shift+Enter goes back, Ctrl+Z undoes in the dossier when nothing was typed here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _BUT_SHIFT:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.went_back if shifted else self.accepted).emit()
        elif _is_undo(event) and not self.is_dirty:
            self.undo_asked.emit()
        elif _is_undo(event):
            self.setText(self.saved_text)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know whether an input method is composing."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor came in; select all, so that typing replaces, the beginning in sight."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason):
            self.end(False)
            self.home(True)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.is_composing = False
            self.left.emit()


_BUT_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _is_undo(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class FieldEditor(QFrame):
    """Edits the value at one path.

    Signals:
        entered, left, accepted, went_back, undo_asked: As of the line, with the path.
    """

    entered = Signal(str)
    left = Signal(str)
    accepted = Signal(str)
    went_back = Signal(str)
    undo_asked = Signal(str)

    def __init__(self, path: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.line = FieldLine()
        self.line.setObjectName(path)
        self.line.setAccessibleName(label)
        self.mark = ConfidenceMark()
        self.snippet = Snippet()
        self.snippet.hide()
        self._label = QLabel(label)
        self._label.setBuddy(self.line)
        self._label.setWordWrap(True)
        self._label.setFixedWidth(LABEL_PX)
        self._saved = QLabel()
        self._saved.setProperty("role", "quiet")
        self._saved.setFixedWidth(14)
        self._under = QLabel()
        self._under.setWordWrap(True)
        self._under.setObjectName(f"under {path}")
        self._under.hide()
        self._whole = QLabel()
        self._whole.setTextFormat(Qt.TextFormat.PlainText)
        self._whole.setWordWrap(True)
        self._whole.setObjectName(f"whole {path}")
        self._whole.hide()
        self._row: FormRow | None = None
        self._words = ""
        self._error = ""
        self._sent_text: str | None = None
        self._is_current = False
        self._lay_out()
        self._connect()
        restyle(self, "row", "idle")

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(4, 1, 2, 1)
        layout.setHorizontalSpacing(5)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.snippet, 0, 0, 1, 4)
        layout.addWidget(self._label, 1, 0)
        layout.addWidget(self.mark, 1, 1)
        layout.addWidget(self.line, 1, 2)
        layout.addWidget(self._saved, 1, 3)
        layout.addWidget(self._whole, 2, 0, 1, 4)
        layout.addWidget(self._under, 3, 0, 1, 4)
        layout.setColumnStretch(2, 1)

    def _connect(self) -> None:
        self.line.entered.connect(lambda: self.entered.emit(self.path))
        self.line.left.connect(self._leave)
        self.line.accepted.connect(self._accept)
        self.line.went_back.connect(lambda: self.went_back.emit(self.path))
        self.line.undo_asked.connect(lambda: self.undo_asked.emit(self.path))
        self.line.textEdited.connect(self._typed)
        self.line.textChanged.connect(self._show_whole)

    @property
    def row(self) -> FormRow | None:
        """What the editor shows of the dossier."""
        return self._row

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self.line.text()

    @property
    def error(self) -> str:
        """What is wrong with the text, in words; "" when nothing."""
        return self._error

    def show_row(self, row: FormRow, words: str, *, keep_typed: bool) -> None:
        """Show the dossier's value.

        Args:
            row: The value with its evidence.
            words: Words for the sign and for the line under the input.
            keep_typed: Leave a text that is typed but not yet saved as it stands.
        """
        self._row = row
        self._words = words
        is_unsaved = self.line.is_dirty and self.text not in (row.text, self._sent_text)
        if not (keep_typed and is_unsaved):
            self._error = ""
            self.line.put(row.text)
        self.line.saved_text = row.text
        self._refresh()

    def show_error(self, words: str) -> None:
        """Say what is wrong with the typed text; the text stays."""
        self._error = words
        self._sent_text = None
        self._refresh()

    def show_saving(self, *, is_saving: bool) -> None:
        """Whether the value is on its way into the store."""
        if is_saving:
            self._sent_text = self.text
        self._saved.setText("…" if is_saving else "")
        self._saved.setToolTip(self.tr("Đang lưu") if is_saving else "")

    def set_current(self, *, is_current: bool) -> None:
        """Mark the field being worked on and open its paper."""
        self._is_current = is_current
        restyle(self, "row", "current" if is_current else "idle")
        if not is_current:
            self.snippet.show_part(None, None)
        self._refresh()

    def set_text_by_person(self, text: str) -> None:
        """Put a text in as if typed (a candidate, a copied value)."""
        self.line.setText(text)
        self._typed()

    def _typed(self) -> None:
        if self._error:
            self._error = ""
            self._refresh()

    def _leave(self) -> None:
        self.line.compose_nfc()
        self.left.emit(self.path)

    def _accept(self) -> None:
        self.line.compose_nfc()
        self.accepted.emit(self.path)

    def _refresh(self) -> None:
        mark = Mark.WRONG if self._error else self._row.mark if self._row else Mark.EMPTY
        self.mark.show_mark(mark, self._error or self._words)
        restyle(self.line, "mark", mark.value)
        self.line.setToolTip(self.text if len(self.text) > 30 else "")
        restyle(self._under, "role", "error" if self._error else "quiet")
        self._under.setText(self._error or self._words)
        self._under.setVisible(bool(self._error or (self._is_current and self._words)))
        self._show_whole()

    def _show_whole(self) -> None:
        """A text longer than its input is shown whole under it, to be compared with the paper."""
        room = self.line.width() - 2 * LINE_PADDING_PX
        is_cut = self.line.fontMetrics().horizontalAdvance(self.text) > room
        self._whole.setText(self.text)
        self._whole.setVisible(self._is_current and is_cut)
