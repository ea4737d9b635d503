"""The bar above the open dossier: what it is, how far it is, and the steps out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.domain.queue import DossierHead
from app.domain.states import PAGES_OPEN, DossierState
from app.messages import Messages
from app.services.reading_values import ReadingStep
from ui.widgets.buttons import make_button
from ui.widgets.elided_label import ElidedLabel


class EntryBar(QWidget):
    """Title, state and buttons of the open dossier; only the buttons that its state allows are there."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self.title = ElidedLabel()
        self.title.setObjectName("dossier_title")
        self.title.setProperty("role", "heading")
        self.state = _label("dossier_state", "quiet")
        self.doubts = _label("doubt_count", "badge")
        self.reading = _label("reading_step", "quiet")
        self.reading.hide()
        self.saved = _label("saved", "quiet")
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.list_button = make_button("to_list", self.tr("Danh sách"), icon="list", tip=self.tr("Về danh sách (Esc)"))
        self.pages_button = make_button(
            "more_pages", "", icon="scan", tip=self.tr("Quét thêm trang vào hồ sơ này (Ctrl+Shift+N)")
        )
        self.pages_button.setAccessibleName(self.tr("Quét thêm trang"))
        self.finish_button = make_button("finish", self.tr("Xong (F9)"), role="main")
        self.reopen_button = make_button("reopen", self.tr("Mở lại để sửa"))
        self.next_button = make_button(
            "next_dossier", self.tr("Tiếp"), icon="right", tip=self.tr("Hồ sơ tiếp theo (Ctrl+PageDown)")
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self.list_button)
        row.addWidget(self.pages_button)
        row.addWidget(self.title, 1)
        for label in (self.reading, self.saved, self.state, self.doubts):
            row.addWidget(label)
        for button in (self.reopen_button, self.finish_button, self.next_button):
            row.addWidget(button)
        for button in (
            self.list_button,
            self.pages_button,
            self.reopen_button,
            self.finish_button,
            self.next_button,
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def may_finish(self) -> bool:
        """Whether the dossier can be called entered."""
        return not self.finish_button.isHidden()

    @property
    def may_add_pages(self) -> bool:
        """Whether pages can be scanned into the dossier."""
        return not self.pages_button.isHidden()

    def show_head(self, head: DossierHead, doubts: int) -> None:
        """Show which dossier it is, its state, and how many values are to be looked at."""
        name = " · ".join(text for text in (head.serial, head.holder_names) if text)
        self.title.setText(name or self.tr("Hồ sơ chưa có số phát hành"))
        self.state.setText(self._messages.word("states", head.state))
        self.doubts.setText(self.tr("{n} ô cần xem").format(n=doubts))
        self.doubts.setVisible(doubts > 0)
        for button in (self.finish_button, self.pages_button):
            button.setVisible(head.state in PAGES_OPEN)
        self.reopen_button.setVisible(head.state is DossierState.ENTERED)

    def show_reading(self, step: ReadingStep | None) -> None:
        """Say which page is being read, while pages are."""
        self.reading.setVisible(step is not None)
        if step is not None:
            page = min(step.pages_done + 1, step.pages_total)
            self.reading.setText(self.tr("Đang đọc trang {n}/{total}…").format(n=page, total=step.pages_total))

    def show_saving(self, *, is_saving: bool) -> None:
        """Say whether what was typed is safe."""
        self.saved.setText(self.tr("Đang lưu…") if is_saving else self.tr("Đã lưu"))


def _label(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    return label
