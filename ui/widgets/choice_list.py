"""A small list that opens under a field: reasons, candidates, things to add. No dialog, nothing grabbed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

MOST_ROWS = 9


class _KeyList(QListWidget):
    """A list whose own keys come before every shortcut of the window.

    Signals:
        chosen: The item picked by Enter or a digit.
        given_up: Esc, or the cursor went elsewhere.
    """

    chosen = Signal(QListWidgetItem)
    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Take every key before the shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or a digit chooses, Esc gives up, the arrows move."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.text().isdigit() and 0 < int(event.text()) <= min(MOST_ROWS, self.count()):
            self.chosen.emit(self.item(int(event.text()) - 1))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when the cursor goes elsewhere."""
        super().focusOutEvent(event)
        self.given_up.emit()


class ChoiceList(QFrame):
    """Shows choices over its parent; Enter or a digit picks, Esc gives up.

    Signals:
        picked: The value of the chosen line.
        closed: The list is gone, whether something was picked or not.
    """

    picked = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("choice_list")
        self._take: Callable[[object], object] | None = None
        self._beside: QWidget | None = None
        self._title = QLabel()
        self._title.setProperty("role", "quiet")
        self._list = _KeyList()
        self._list.setObjectName("choices")
        self._list.setAccessibleName(self.tr("Các lựa chọn"))
        self._list.chosen.connect(self._pick)
        self._list.given_up.connect(self.give_up)
        self._list.itemClicked.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._list)
        self.hide()

    @property
    def lines(self) -> list[str]:
        """What the list shows."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def ask(
        self,
        beside: QWidget,
        title: str,
        choices: Sequence[tuple[object, str]],
        take: Callable[[object], object],
    ) -> None:
        """Open under `beside` with (value, words) lines; `take` gets the value picked."""
        self._take = take
        self._beside = beside
        self._title.setText(title)
        self._list.clear()
        for number, (value, words) in enumerate(choices, start=1):
            item = QListWidgetItem(f"{number}  {words}" if number <= MOST_ROWS else f"    {words}")
            item.setData(Qt.ItemDataRole.UserRole, value)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._place(beside)
        QTimer.singleShot(0, self, self._place_again)
        self.show()
        self.raise_()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def give_up(self) -> None:
        """Close without a choice."""
        if self._beside is not None:
            self._close()

    def _close(self) -> None:
        beside, self._beside = self._beside, None
        if beside is not None and self._list.hasFocus():
            beside.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        self.closed.emit()

    def _place(self, beside: QWidget) -> None:
        parent = self._over
        row = self._list.sizeHintForRow(0) if self._list.count() else 22
        height = min(MOST_ROWS, max(1, self._list.count())) * row + self._title.sizeHint().height() + 22
        widest = max([self._list.sizeHintForColumn(0) + 46, self._title.sizeHint().width() + 24, 220])
        width = min(widest, parent.width() - 8)
        below = beside.mapTo(parent, QPoint(0, beside.height() + 2))
        x = max(4, min(below.x(), parent.width() - width - 4))
        y = below.y()
        if y + height > parent.height() - 4:
            y = beside.mapTo(parent, QPoint(0, 0)).y() - height - 2
        y = max(4, min(y, parent.height() - height - 4))
        self.setGeometry(x, y, width, height)

    def _place_again(self) -> None:
        """The field may have been scrolled into view only now."""
        if self._beside is not None:
            self._place(self._beside)

    def _pick(self, item: QListWidgetItem | None) -> None:
        take = self._take
        value = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._close()
        if item is not None and take is not None:
            self.picked.emit(value)
            take(value)
