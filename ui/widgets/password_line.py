"""Inputs for passwords: hidden, with an eye that shows them while a person wants to see what was typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme


class PasswordLine(QLineEdit):
    """A hidden line with an eye at its end.

    Signals:
        shown_changed: Whether what is typed can be seen now.
    """

    shown_changed = Signal(bool)

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.eye = QAction(self)
        self.eye.setObjectName(f"{name}_eye")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._toggle)
        self.addAction(self.eye, QLineEdit.ActionPosition.TrailingPosition)
        self._toggle(is_shown=False)

    def show_typed(self, is_shown: bool) -> None:
        """Show or hide what is typed."""
        self.eye.setChecked(is_shown)

    def _toggle(self, is_shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self.eye.setIcon(theme.icon("eye_off" if is_shown else "eye"))
        words = self.tr("Ẩn mật khẩu") if is_shown else self.tr("Hiện mật khẩu")
        self.eye.setText(words)
        self.eye.setToolTip(words)
        self.shown_changed.emit(is_shown)
