"""Buttons and shortcuts made in one way: a name for tests, words for people, a key where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme


def make_button(name: str, words: str, *, icon: str = "", role: str = "", tip: str = "") -> QPushButton:
    """A push button; `role` is "main", "flat", "rail" or empty."""
    button = QPushButton(words)
    button.setObjectName(name)
    button.setAccessibleName(words)
    if icon:
        button.setIcon(theme.icon(icon))
        button.setIconSize(QSize(17, 17))
    if role:
        button.setProperty("role", role)
    if tip:
        button.setToolTip(tip)
    return button


def add_key(owner: QWidget, name: str, keys: str, act: Callable[[], object]) -> QAction:
    """A shortcut that works while the cursor is anywhere in `owner`."""
    action = QAction(owner)
    action.setObjectName(name)
    action.setShortcuts([QKeySequence(key) for key in keys.split(" ")])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def run() -> None:
        """Leave out the "checked" that Qt hands over."""
        act()

    action.triggered.connect(run)
    owner.addAction(action)
    return action
