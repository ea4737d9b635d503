"""The note above the form: why a dossier came back, or what still keeps it from being entered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.domain.queue import OpenDossier
from app.domain.reading import Finding
from app.domain.states import DossierState
from app.messages import Messages
from ui.viewmodels.dossier_list import show_instant
from ui.widgets.row_words import RowWords

MOST_LETTERS = 150
MOST_LINES = 3


class EntryNote(QFrame):
    """A title and a few lines; the whole of it is the tooltip."""

    def __init__(self, messages: Messages, words: RowWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self.setProperty("tone", "returned")
        self._messages = messages
        self._words = words
        self._text = QLabel()
        self._text.setObjectName("problems_text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self._text)
        self.hide()

    def show_sent_back(self, opened: OpenDossier) -> None:
        """Say as what and when a dossier came back and why, whatever parts of it are known."""
        if opened.sent_back is None:
            return
        state = self._messages.word("states", opened.sent_back.as_state)
        title = f"{state}, {show_instant(opened.sent_back.at)}"
        if opened.sent_back.as_state is not DossierState.RETURNED:
            title = self.tr("Bị trả lại: {state}").format(state=title)
        by_path = [f"{self._words.label(reason.path)}: {reason.why}".strip(" :") for reason in opened.returned_for]
        whys = {reason.why for reason in opened.returned_for}
        whole = [line for line in (opened.head.reason or "").splitlines() if line and line not in whys]
        nothing = [self.tr("Không ghi lý do; hãy so lại cả hồ sơ với giấy.")]
        self.show_lines(title, [*whole, *by_path] or nothing)

    def show_problems(self, findings: Sequence[Finding]) -> None:
        """Say what keeps the dossier from being entered, the same sentence once for all its fields."""
        said: dict[str, list[str]] = {}
        for finding in findings:
            said.setdefault(self._messages.sentence(finding), []).extend(
                self._words.label(path) for path in finding.paths
            )
        lines = [f"{', '.join(dict.fromkeys(labels))}: {message}" for message, labels in said.items()]
        self.show_lines(self.tr("Chưa xong được, còn {n} điều (Shift+F9: đến từng ô)").format(n=len(findings)), lines)

    def show_doubts(self, doubtful: Sequence[str]) -> None:
        """Say which values nobody has looked at yet."""
        self.show_lines(
            self.tr("Còn {n} ô cần xem. Enter: nhận từng ô; F9 lần nữa: xong mà không xem.").format(n=len(doubtful)),
            [", ".join(self._words.label(path) for path in doubtful)],
        )

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """Show a title and what has room of the lines."""
        shown = [f"• {line[:MOST_LETTERS]}{'…' if len(line) > MOST_LETTERS else ''}" for line in lines[:MOST_LINES]]
        if len(lines) > len(shown):
            shown.append("• …")
        self._text.setText("\n".join([title, *shown]))
        self._text.setToolTip("\n".join(lines))
        self.show()
