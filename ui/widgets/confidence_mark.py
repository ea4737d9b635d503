"""The sign beside a value: colour, shape and words say together how far it can be trusted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui import theme
from ui.viewmodels.form import Mark

SIZE_PX = 18
_ICONS = {
    Mark.OK: "mark_ok",
    Mark.PERSON: "mark_person",
    Mark.LOOK: "mark_look",
    Mark.CONFLICT: "mark_conflict",
    Mark.MISSING: "mark_missing",
    Mark.BLANK: "mark_blank",
    Mark.WRONG: "mark_wrong",
}


class ConfidenceMark(QLabel):
    """Shows a `Mark` as a sign of its own shape and colour, with its words as tooltip and accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = Mark.EMPTY
        self.setFixedSize(SIZE_PX + 2, SIZE_PX + 2)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_mark(self, mark: Mark, words: str) -> None:
        """Show a mark; `words` tell the same to whoever does not see the sign."""
        if mark is not self.mark:
            self.mark = mark
            name = _ICONS.get(mark)
            if name:
                self.setPixmap(theme.pixmap(name, SIZE_PX))
            else:
                self.clear()
        self.setToolTip(words)
        self.setAccessibleName(words)
