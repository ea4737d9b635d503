"""The present dossier at the scan station: its pages in their order, or what to do while there are none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.domain.queue import OpenDossier
from ui.widgets.buttons import make_button
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.thumbnails import Thumbnails

MOST_REFUSED = 4


class ScanPages(QWidget):
    """Title, pages, the buttons that change them, and what was read so far."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self.title = ElidedLabel()
        self.title.setObjectName("scan_title")
        self.title.setProperty("role", "heading")
        self.hint = QLabel()
        self.hint.setObjectName("scan_hint")
        self.hint.setWordWrap(True)
        self.summary = QLabel()
        self.summary.setObjectName("scan_summary")
        self.summary.setWordWrap(True)
        self._refused = QLabel()
        self._refused.setObjectName("refused_files")
        self._refused.setProperty("role", "error")
        self._refused.setWordWrap(True)
        self._refused.hide()
        self.enter_button = make_button("enter_present", self.tr("Nhập hồ sơ này"), icon="file", tip="Ctrl+E")
        self.left_button = make_button("move_left", "", icon="left", tip=self.tr("Lên trước (Ctrl+Left)"))
        self.right_button = make_button("move_right", "", icon="right", tip=self.tr("Ra sau (Ctrl+Right)"))
        self.rotate_button = make_button("rotate_page", "", icon="rotate", tip=self.tr("Xoay phải (Ctrl+R)"))
        self.remove_button = make_button("remove_page", "", icon="remove", tip=self.tr("Bỏ trang (Delete)"))
        self._page_buttons = (self.left_button, self.right_button, self.rotate_button, self.remove_button)
        for button in self._page_buttons:
            button.setAccessibleName(button.toolTip())
        self._lay_out()

    def _lay_out(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self._hint_page())
        self._middle.addWidget(self.thumbnails)
        buttons = QHBoxLayout()
        for button in self._page_buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self._middle, 1)
        column.addLayout(buttons)
        for widget in (self.summary, self._refused, self.enter_button):
            column.addWidget(widget)

    def _hint_page(self) -> QWidget:
        page = QWidget()
        self.hint.setMaximumWidth(520)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.hint, 8)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        return page

    def show_hint(self, *, has_scanner: bool) -> None:
        """Say what to do next while there is no page."""
        first = (
            self.tr("Đặt các trang của <b>một</b> giấy chứng nhận vào máy quét rồi bấm <b>F5</b>.")
            if has_scanner
            else self.tr("Chưa thấy máy quét. Cắm dây, bật máy rồi bấm <b>Tìm lại</b>; hoặc nhập từ tệp.")
        )
        steps = [
            first,
            self.tr("Quét xong một giấy, bấm <b>F6</b>: sang hồ sơ tiếp theo và quét luôn."),
            self.tr("Đã có ảnh hoặc PDF: bấm <b>Ctrl+O</b>, hoặc kéo thả vào đây. Mỗi thư mục thành một hồ sơ mới."),
            self.tr("Giấy đang thế chấp hay đã mất: bấm <b>Hồ sơ không có giấy…</b> và ghi lý do."),
        ]
        self.hint.setText("".join(f"<p style='margin: 0 0 12px 0'>{step}</p>" for step in steps))

    def show_dossier(self, opened: OpenDossier | None) -> None:
        """Show the dossier pages go into; None while it has none."""
        pages = opened.dossier.pages if opened else ()
        self.thumbnails.show_pages(pages, opened.unread_pages if opened else ())
        self._middle.setCurrentIndex(1 if pages else 0)
        for button in self._page_buttons:
            button.setVisible(bool(pages))
        self.enter_button.setVisible(opened is not None)
        if opened is None:
            self.title.setText(self.tr("Hồ sơ mới, chưa có trang"))
            self.summary.setText("")
            return
        serial = opened.head.serial or self.tr("chưa có số phát hành")
        self.title.setText(self.tr("{serial} · {n} trang").format(serial=serial, n=len(pages)))
        names = opened.head.holder_names or self.tr("chưa có tên")
        doubts = self.tr("{n} ô cần xem").format(n=opened.head.doubts)
        self.summary.setText(f"{names} · {doubts}" if opened.fields else self.tr("Các trang sẽ được đọc sau khi quét."))

    def show_refused(self, sentences: Sequence[str]) -> None:
        """Say which files were not taken, and why."""
        more = ["…"] if len(sentences) > MOST_REFUSED else []
        self._refused.setText("\n".join([*sentences[:MOST_REFUSED], *more]))
        self._refused.setToolTip("\n".join(sentences))
        self._refused.setVisible(bool(sentences))
