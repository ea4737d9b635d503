"""The bar that shows which keys do what on this screen."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget


class KeyBar(QFrame):
    """One line of "key what it does"."""

    def __init__(self, keys: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("key_bar")
        self._label = QLabel()
        self._label.setObjectName("keys")
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 2, 10, 2)
        layout.addWidget(self._label)
        self.show_keys(keys)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show other keys."""
        parts = [f"<b>{_unbroken(key)}</b>&nbsp;{_unbroken(what)}" for key, what in keys]
        self._label.setText(" &nbsp; ".join(parts))


def _unbroken(words: str) -> str:
    return escape(words).replace(" ", "&nbsp;").replace("/", "/&#8288;")
