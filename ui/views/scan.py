"""The scan station: choose the scanner, feed the pile, see every page as it becomes safe."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.dossier import CertificateStatus, DossierPage
from app.ports import Device, ScanRequest, ScanSource
from ui.page_images import PageImage
from ui.viewmodels.scan import Progress, ScanModel
from ui.views.form_view import panel_frame
from ui.widgets.buttons import add_key, make_button
from ui.widgets.choice_list import ChoiceList
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_bar import KeyBar
from ui.widgets.page_canvas import PageCanvas
from ui.widgets.thumbnails import Thumbnails

FILE_PATTERN = "*.jpg *.jpeg *.png *.tif *.tiff *.pdf"
WITHOUT_PAGES = (
    CertificateStatus.MORTGAGED,
    CertificateStatus.LOST,
    CertificateStatus.NOT_ISSUED,
    CertificateStatus.DAMAGED,
    CertificateStatus.REVOKED,
    CertificateStatus.UNKNOWN,
)
SETTINGS_PX = 262


class ScanView(QWidget):
    """Scanner settings on the left, pages in the middle, the chosen page on the right."""

    def __init__(self, model: ScanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scan_view")
        self.setAcceptDrops(True)
        self._model = model
        self._messages = model.desk.messages
        self._images = model.desk.images
        self._removing = ""
        self._last_folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.settings = ScanSettings()
        self.thumbnails = Thumbnails(self._images, self._messages)
        self.canvas = PageCanvas()
        self.canvas.setObjectName("scan_canvas")
        self.choices = ChoiceList(self)
        self._build_buttons()
        self._build_labels()
        self._lay_out()
        self._connect()
        self._show_dossier()
        self._show_busy(is_busy=False)

    # ------------------------------------------------------------ building

    def _build_buttons(self) -> None:
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
        self.enter_button = make_button("enter_present", self.tr("Nhập hồ sơ này"), icon="file", tip="Ctrl+E")
        self.rotate_button = make_button("rotate_page", "", icon="rotate", tip=self.tr("Xoay phải (Ctrl+R)"))
        self.left_button = make_button("move_left", "", icon="left", tip=self.tr("Lên trước (Ctrl+Left)"))
        self.right_button = make_button("move_right", "", icon="right", tip=self.tr("Ra sau (Ctrl+Right)"))
        self.remove_button = make_button("remove_page", "", icon="remove", tip=self.tr("Bỏ trang (Delete)"))
        for button in (self.rotate_button, self.left_button, self.right_button, self.remove_button):
            button.setAccessibleName(button.toolTip())

    def _build_labels(self) -> None:
        self.title = ElidedLabel()
        self.title.setObjectName("scan_title")
        self.title.setProperty("role", "heading")
        self.summary = QLabel()
        self.summary.setObjectName("scan_summary")
        self.summary.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setObjectName("scan_progress")
        self.progress_words = QLabel()
        self.progress_words.setObjectName("scan_progress_words")
        self.progress_words.setWordWrap(True)
        self.refused = QLabel()
        self.refused.setObjectName("refused_files")
        self.refused.setProperty("role", "error")
        self.refused.setWordWrap(True)
        self.refused.hide()

    def _lay_out(self) -> None:
        pages = QWidget()
        middle = QVBoxLayout(pages)
        middle.setContentsMargins(8, 8, 8, 6)
        middle.setSpacing(6)
        middle.addWidget(self.title)
        middle.addWidget(self.thumbnails, 1)
        middle.addLayout(self._page_buttons())
        middle.addWidget(self.summary)
        middle.addWidget(self.refused)
        middle.addWidget(self.enter_button)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(panel_frame(pages))
        splitter.addWidget(panel_frame(self.canvas))
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 4)
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._left_column())
        row.addWidget(splitter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self._key_bar())

    def _left_column(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.settings)
        column.addWidget(self.scan_button)
        column.addWidget(self.stop_button)
        column.addWidget(self.progress_words)
        column.addWidget(self.progress)
        column.addWidget(self.new_button)
        column.addWidget(self.next_button)
        column.addWidget(_line())
        column.addWidget(self.files_button)
        column.addWidget(self.folder_button)
        column.addWidget(self.typed_button)
        column.addStretch(1)
        hint = QLabel(self.tr("Cũng có thể kéo thả: tệp thành trang của hồ sơ này, thư mục thành hồ sơ mới."))
        hint.setProperty("role", "quiet")
        hint.setWordWrap(True)
        column.addWidget(hint)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        frame = panel_frame(area)
        frame.setFixedWidth(SETTINGS_PX)
        return frame

    def _page_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for button in (self.left_button, self.right_button, self.rotate_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _key_bar(self) -> KeyBar:
        return KeyBar(
            [
                ("F5", self.tr("quét")),
                ("Esc", self.tr("dừng")),
                ("Ctrl+N", self.tr("hồ sơ mới")),
                ("F6", self.tr("hồ sơ tiếp theo, quét luôn")),
                ("Ctrl+O", self.tr("thêm tệp")),
                ("Ctrl+R", self.tr("xoay trang")),
                ("Ctrl+←→", self.tr("đổi thứ tự")),
                ("Delete", self.tr("bỏ trang")),
                ("Ctrl+E", self.tr("nhập hồ sơ này")),
            ]
        )

    def _connect(self) -> None:
        model = self._model
        self.scan_button.clicked.connect(self._scan)
        self.stop_button.clicked.connect(model.stop)
        self.new_button.clicked.connect(model.start_new)
        self.next_button.clicked.connect(self._scan_next)
        self.typed_button.clicked.connect(self._ask_status)
        self.files_button.clicked.connect(self._ask_files)
        self.folder_button.clicked.connect(self._ask_folder)
        self.enter_button.clicked.connect(model.enter_present)
        self.settings.refresh_button.clicked.connect(model.find_devices)
        self.rotate_button.clicked.connect(self._rotate)
        self.left_button.clicked.connect(lambda: self._move(-1))
        self.right_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        self.thumbnails.remove_asked.connect(self._remove)
        self.thumbnails.page_chosen.connect(self._show_page)
        self._images.loaded.connect(self._take_image)
        model.devices_found.connect(self._show_devices)
        model.dossier_changed.connect(self._show_dossier)
        model.busy_changed.connect(lambda is_busy: self._show_busy(is_busy=is_busy))
        model.progressed.connect(self._show_progress)
        model.refused.connect(self._show_refused)
        for name, keys, act in (
            ("key_scan", "F5", self._scan),
            ("key_stop", "Esc", model.stop),
            ("key_scan_next", "F6", self._scan_next),
            ("key_files", "Ctrl+O", self._ask_files),
            ("key_enter", "Ctrl+E", model.enter_present),
            ("key_rotate", "Ctrl+R", self._rotate),
            ("key_left", "Ctrl+Left", lambda: self._move(-1)),
            ("key_right", "Ctrl+Right", lambda: self._move(1)),
        ):
            add_key(self, name, keys, act)

    # ------------------------------------------------------------ what the person does

    def arrive(self) -> None:
        """The person came to this station."""
        if not self.settings.was_filled:
            self._model.find_devices()
        (self.scan_button if self.scan_button.isEnabled() else self.files_button).setFocus()

    def _scan(self) -> None:
        request = self.settings.request(first_page=len(self._model.pages) + 1)
        if request is None:
            self._model.said.emit(self.tr("Chưa có máy quét. Bấm Tìm lại, hoặc nhập từ tệp."))
        else:
            self._model.scan(request)

    def _scan_next(self) -> None:
        if not self._model.is_busy:
            self._model.start_new()
            self._scan()

    def _ask_status(self) -> None:
        statuses = [(status.value, self._messages.word("values", status)) for status in WITHOUT_PAGES]
        self.choices.ask(self.typed_button, self.tr("Giấy chứng nhận"), statuses, self._new_without_pages)

    def _new_without_pages(self, status: object) -> None:
        self._model.new_without_pages(str(status))

    def _ask_files(self) -> None:
        files, _filter = QFileDialog.getOpenFileNames(
            self, self.tr("Chọn ảnh hoặc PDF"), self._last_folder, self.tr("Ảnh và PDF") + f" ({FILE_PATTERN})"
        )
        if files:
            self._last_folder = str(Path(files[0]).parent)
        self._model.add_files([Path(file) for file in files])

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Chọn thư mục hồ sơ"), self._last_folder)
        if folder:
            self._last_folder = folder
            inside = sorted(path for path in Path(folder).iterdir() if path.is_dir())
            self._model.import_paths(inside or [Path(folder)])

    def _rotate(self) -> None:
        if self.thumbnails.page is not None:
            self._model.rotate(self.thumbnails.page)

    def _move(self, step: int) -> None:
        if self.thumbnails.page is not None:
            self._model.move(self.thumbnails.page, step)

    def _remove(self) -> None:
        """The first press asks, the second removes; no dialog."""
        page = self.thumbnails.page
        if page is None:
            return
        if self._removing == page.page_id:
            self._removing = ""
            self._model.remove(page)
        else:
            self._removing = page.page_id
            self._model.said.emit(self.tr("Bấm Delete lần nữa để bỏ trang {n} khỏi hồ sơ.").format(n=page.position + 1))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if event.mimeData().hasUrls() and not self._model.is_busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._model.take_dropped(paths)
        event.acceptProposedAction()

    # ------------------------------------------------------------ what the model says

    def _show_devices(self, devices: list[Device]) -> None:
        self.settings.show_devices(devices)
        self._show_busy(is_busy=self._model.is_busy)
        if self.files_button.hasFocus() and self.scan_button.isEnabled():
            self.scan_button.setFocus()

    def _show_dossier(self) -> None:
        opened = self._model.dossier
        pages = self._model.pages
        self.thumbnails.show_pages(pages)
        has_pages = bool(pages)
        for button in (self.rotate_button, self.left_button, self.right_button, self.remove_button):
            button.setEnabled(has_pages)
        self.enter_button.setEnabled(opened is not None and not self._model.is_busy)
        if opened is None:
            self.title.setText(self.tr("Hồ sơ mới, chưa có trang"))
            self.summary.setText("")
            return
        serial = opened.head.serial or self.tr("chưa có số phát hành")
        self.title.setText(self.tr("{serial} · {n} trang").format(serial=serial, n=len(pages)))
        names = opened.head.holder_names or self.tr("chưa có tên")
        doubts = self.tr("{n} ô cần xem").format(n=opened.head.doubts)
        self.summary.setText(f"{names} · {doubts}" if opened.fields else self.tr("Các trang sẽ được đọc sau khi quét."))

    def _show_page(self, page: DossierPage | None) -> None:
        self._removing = ""
        image = self._images.request(page.sha256) if page else None
        if image is not None or page is None:
            self.canvas.show_page(image, page.rotation_deg if page else 0)

    def _take_image(self, image: PageImage) -> None:
        page = self.thumbnails.page
        if page is not None and page.sha256 == image.sha256:
            self.canvas.show_page(image, page.rotation_deg)

    def _show_busy(self, *, is_busy: bool) -> None:
        self.scan_button.setEnabled(not is_busy and self.settings.has_devices)
        for button in (self.new_button, self.next_button, self.typed_button, self.files_button, self.folder_button):
            button.setDisabled(is_busy)
        self.next_button.setEnabled(not is_busy and self.settings.has_devices)
        self.stop_button.setVisible(is_busy)
        self.progress.setVisible(is_busy)
        self.progress_words.setVisible(is_busy)
        self.enter_button.setEnabled(self._model.dossier is not None and not is_busy)

    def _show_progress(self, progress: Progress) -> None:
        self.progress_words.setText(progress.words)
        self.progress.setRange(0, 0 if progress.share is None else 100)
        if progress.share is not None:
            self.progress.setValue(int(progress.share * 100))

    def _show_refused(self, sentences: list[str]) -> None:
        self.refused.setText("\n".join(sentences[:4] + ["…"] * (len(sentences) > 4)))
        self.refused.setToolTip("\n".join(sentences))
        self.refused.setVisible(bool(sentences))


class ScanSettings(QWidget):
    """Which scanner, and how it shall scan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_filled = False
        self.devices = _box("device", self.tr("Máy quét"))
        self.refresh_button = make_button("find_devices", self.tr("Tìm lại"), icon="refresh")
        self.source = _box("source", self.tr("Nguồn giấy"))
        self.dpi = _box("dpi", self.tr("Độ phân giải"))
        self.mode = _box("mode", self.tr("Màu"))
        self.paper_size = _box("page_size", self.tr("Khổ giấy"))
        for source, words in (
            (ScanSource.FLATBED, self.tr("Mặt kính")),
            (ScanSource.FEEDER, self.tr("Khay nạp, một mặt")),
            (ScanSource.DUPLEX, self.tr("Khay nạp, hai mặt")),
        ):
            self.source.addItem(words, source)
        for dpi in (200, 300, 400, 600):
            self.dpi.addItem(f"{dpi} dpi", dpi)
        self.dpi.setCurrentIndex(1)
        for mode, words in (("color", self.tr("Màu")), ("gray", self.tr("Đen trắng (xám)"))):
            self.mode.addItem(words, mode)
        for words, size in (("A4", (210.0, 297.0)), ("A3", (297.0, 420.0)), ("A5", (148.0, 210.0))):
            self.paper_size.addItem(words, size)
        self._lay_out()
        self.show_devices([])
        self.was_filled = False

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(5)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.devices)
        form.addRow(self.refresh_button)
        form.addRow(self.tr("Nguồn giấy"), self.source)
        form.addRow(self.tr("Độ phân giải"), self.dpi)
        form.addRow(self.tr("Màu"), self.mode)
        form.addRow(self.tr("Khổ giấy"), self.paper_size)

    @property
    def has_devices(self) -> bool:
        """Whether a scanner can be chosen."""
        return self.devices.currentData() is not None

    def show_devices(self, devices: list[Device]) -> None:
        """Offer these scanners; the chosen one stays chosen."""
        chosen = self.devices.currentData()
        self.was_filled = True
        self.devices.clear()
        for device in devices:
            self.devices.addItem(device.name, device)
        if not devices:
            self.devices.addItem(self.tr("(chưa thấy máy quét)"), None)
        if chosen in devices:
            self.devices.setCurrentIndex(devices.index(chosen))

    def request(self, first_page: int = 1) -> ScanRequest | None:
        """What to scan; None without a scanner."""
        device = self.devices.currentData()
        if not isinstance(device, Device):
            return None
        width_mm, height_mm = self.paper_size.currentData()
        return ScanRequest(
            device=device,
            source=ScanSource(self.source.currentData()),
            dpi=int(self.dpi.currentData()),
            mode=str(self.mode.currentData()),
            width_mm=width_mm,
            height_mm=height_mm,
            first_page=first_page,
        )


def _box(name: str, words: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line
