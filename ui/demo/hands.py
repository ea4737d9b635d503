"""The hands of the simulated person: key events into the real window, and patience."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

W = TypeVar("W", bound=QWidget)
STEP_MS = 20
PATIENCE_S = 150.0
"""How long a person waits for anything but the reading; a busy machine is slow."""


class StuckError(Exception):
    """The window did not do what a person would wait for."""


class Hands:
    """Presses keys, types, waits, takes pictures.

    Args:
        window: The window, shown.
        pictures: Folder for the screenshots.
    """

    def __init__(self, window: QWidget, pictures: Path) -> None:
        self._window = window
        self._pictures = pictures
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._taken = 0

    def wait(self, what: str, look: Callable[[], object], limit_s: float = PATIENCE_S) -> None:
        """Let the window live until something is so.

        Raises:
            StuckError: When it is not within the limit.
        """
        until = time.monotonic() + limit_s
        while not look():
            if time.monotonic() > until:
                self.picture("stuck")
                raise StuckError(f"chờ {limit_s:.0f} giây mà chưa thấy: {what}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, STEP_MS)
            time.sleep(STEP_MS / 1000)

    def take_keyboard(self) -> None:
        """Make the window the active one; a screen without a window manager does not do it by itself."""
        self._window.raise_()
        self._window.activateWindow()
        self.wait("cửa sổ có bàn phím", self._window.isActiveWindow)

    def settle(self) -> None:
        """Let everything that is due happen."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, STEP_MS)

    def press(self, keys: str) -> None:
        """Press one key or chord, in Qt's names, where the cursor is."""
        self.settle()
        QTest.keySequence(self._focus(), QKeySequence(keys))
        self.settle()

    def write(self, text: str) -> None:
        """Type text where the cursor is, letter by letter as finished key events."""
        for letter in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self._focus(), event)
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Go to a line by its name and type into it, replacing what stands there."""
        line = self.find(QLineEdit, name)
        line.setFocus(Qt.FocusReason.TabFocusReason)
        line.selectAll()
        self.write(text)

    def find(self, kind: type[W], name: str) -> W:
        """A visible widget by its name.

        Raises:
            StuckError: When there is none.
        """
        for widget in self._window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise StuckError(f"không thấy {name}")

    def sees(self, name: str) -> bool:
        """Whether a widget of this name is visible."""
        return any(widget.isVisible() for widget in self._window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        """Click a button."""
        QTest.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)
        self.settle()

    def can_click(self, name: str) -> bool:
        """Whether a button is visible and enabled."""
        return any(
            button.isVisible() and button.isEnabled() for button in self._window.findChildren(QAbstractButton, name)
        )

    def cursor(self) -> QLineEdit | None:
        """The line the cursor is in."""
        widget = QApplication.focusWidget()
        return widget if isinstance(widget, QLineEdit) else None

    def picture(self, name: str) -> None:
        """Save what the window shows."""
        self.settle()
        self._taken += 1
        self._window.grab().save(str(self._pictures / f"{self._taken:02d}-{name}.png"))

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window
