"""The left column of the scan station: what brings pages in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ui.viewmodels.scan import Progress
from ui.views.scan_settings import ScanSettings
from ui.widgets.buttons import make_button

WIDTH_PX = 262


class ScanControls(QFrame):
    """Scanner settings, the buttons that begin and end something, and how far it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setFixedWidth(WIDTH_PX)
        self.settings = ScanSettings()
        self.scan_button = make_button("scan", self.tr("Quét (F5)"), icon="", role="main")
        self.stop_button = make_button("stop_scan", self.tr("Dừng (Esc)"), icon="stop")
        self.new_button = make_button("new_dossier", self.tr("Hồ sơ mới"), icon="add", tip="Ctrl+N")
        self.next_button = make_button("scan_next_dossier", self.tr("Hồ sơ tiếp theo, quét luôn"), tip="F6")
        self.typed_button = make_button("without_pages", self.tr("Hồ sơ không có giấy…"))
        self.files_button = make_button(
            "add_files", self.tr("Thêm trang từ tệp…"), icon="file", tip=self.tr("Vào hồ sơ hiện tại (Ctrl+O)")
        )
        self.folder_button = make_button(
            "import_folder", self.tr("Nhập cả thư mục…"), icon="folder", tip=self.tr("Mỗi thư mục con là một hồ sơ")
        )
        self._progress = QProgressBar()
        self._progress.setObjectName("scan_progress")
        self._progress_words = QLabel()
        self._progress_words.setObjectName("scan_progress_words")
        self._progress_words.setWordWrap(True)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        for widget in (
            self.settings,
            self.scan_button,
            self.stop_button,
            self._progress_words,
            self._progress,
            self.new_button,
            self.next_button,
            _line(),
            self.files_button,
            self.folder_button,
            self.typed_button,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(area)

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing begin while something comes in; scanning needs a scanner."""
        for button in (self.new_button, self.typed_button, self.files_button, self.folder_button):
            button.setDisabled(is_busy)
        for button in (self.scan_button, self.next_button):
            button.setEnabled(not is_busy and self.settings.has_devices)
        for widget in (self.stop_button, self._progress, self._progress_words):
            widget.setVisible(is_busy)

    def show_progress(self, progress: Progress) -> None:
        """How far the work is."""
        self._progress_words.setText(progress.words)
        self._progress.setRange(0, 0 if progress.share is None else 100)
        if progress.share is not None:
            self._progress.setValue(int(progress.share * 100))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
