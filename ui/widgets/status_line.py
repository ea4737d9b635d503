"""The one line at the bottom that tells what happened; no storms of dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.messages import ErrorText
from ui.widgets.restyle import restyle


class StatusLine(QFrame):
    """Shows the last message; a problem stays until the next message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self._text = QLabel()
        self._text.setObjectName("status_text")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._side = QLabel()
        self._side.setObjectName("status_side")
        self._side.setProperty("role", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 10, 3)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._side)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Tell something that went well or needs nothing."""
        self._show(text, "plain")

    def show_problem(self, problem: ErrorText) -> None:
        """Tell a failure and the next step."""
        self._show(problem.line, "wrong")

    def show_side(self, text: str) -> None:
        """What goes on in the background, at the right."""
        self._side.setText(text)

    def _show(self, text: str, tone: str) -> None:
        self._text.setText(text)
        self._text.setToolTip(text)
        restyle(self, "tone", tone)
