"""The scan station: choose the scanner, feed the pile, see every page as it becomes safe."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.domain.dossier import CertificateStatus, DossierPage
from app.ports import Device
from ui.page_images import PageImage
from ui.viewmodels.scan import ScanModel
from ui.views.form_view import panel_frame
from ui.views.scan_controls import ScanControls
from ui.views.scan_pages import ScanPages
from ui.widgets.buttons import add_key
from ui.widgets.choice_list import ChoiceList
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
        self.controls = ScanControls()
        self.settings = self.controls.settings
        self.thumbnails = Thumbnails(self._images, self._messages)
        self.pages = ScanPages(self.thumbnails)
        self.canvas = PageCanvas()
        self.canvas.setObjectName("scan_canvas")
        self.choices = ChoiceList(self)
        self.keys = KeyBar()
        self._lay_out()
        self._connect()
        self.pages.show_hint(has_scanner=self.settings.has_devices)
        self._show_dossier()
        self._show_busy(is_busy=False)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        self._paper = panel_frame(self.canvas)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(panel_frame(self.pages))
        splitter.addWidget(self._paper)
        splitter.setStretchFactor(0, 5)
        splitter.setStretchFactor(1, 4)
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.controls)
        row.addWidget(splitter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self.keys)

    def _show_keys(self, *, has_pages: bool) -> None:
        """Those for pages only while there are some."""
        first = [
            ("F5", self.tr("quét")),
            ("Esc", self.tr("dừng")),
            ("Ctrl+N", self.tr("hồ sơ mới")),
            ("F6", self.tr("hồ sơ tiếp theo, quét luôn")),
            ("Ctrl+O", self.tr("thêm tệp")),
        ]
        for_pages = [
            ("Ctrl+R", self.tr("xoay trang")),
            ("Ctrl+←→", self.tr("đổi thứ tự")),
            ("Delete", self.tr("bỏ trang")),
            ("Ctrl+E", self.tr("nhập hồ sơ này")),
        ]
        self.keys.show_keys([*first, *(for_pages if has_pages else [])])

    def _connect(self) -> None:
        model, controls, pages = self._model, self.controls, self.pages
        controls.scan_button.clicked.connect(self._scan)
        controls.stop_button.clicked.connect(model.stop)
        controls.new_button.clicked.connect(model.start_new)
        controls.next_button.clicked.connect(self._scan_next)
        controls.typed_button.clicked.connect(self._ask_status)
        controls.files_button.clicked.connect(self._ask_files)
        controls.folder_button.clicked.connect(self._ask_folder)
        self.settings.refresh_button.clicked.connect(model.find_devices)
        pages.enter_button.clicked.connect(model.enter_present)
        pages.rotate_button.clicked.connect(self._rotate)
        pages.left_button.clicked.connect(lambda: self._move(-1))
        pages.right_button.clicked.connect(lambda: self._move(1))
        pages.remove_button.clicked.connect(self._remove)
        self.thumbnails.remove_asked.connect(self._remove)
        self.thumbnails.page_chosen.connect(self._show_page)
        self._images.loaded.connect(self._take_image)
        model.devices_found.connect(self._show_devices)
        model.dossier_changed.connect(self._show_dossier)
        model.busy_changed.connect(lambda is_busy: self._show_busy(is_busy=is_busy))
        model.progressed.connect(controls.show_progress)
        model.refused.connect(pages.show_refused)
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
        controls = self.controls
        (controls.scan_button if controls.scan_button.isEnabled() else controls.files_button).setFocus()

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
        self.choices.ask(self.controls.typed_button, self.tr("Giấy chứng nhận"), statuses, self._new_without_pages)

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
        self.pages.show_hint(has_scanner=self.settings.has_devices)
        self._show_busy(is_busy=self._model.is_busy)
        if self.controls.files_button.hasFocus() and self.controls.scan_button.isEnabled():
            self.controls.scan_button.setFocus()

    def _show_dossier(self) -> None:
        self.pages.show_dossier(self._model.dossier)
        self._paper.setVisible(bool(self._model.pages))
        self._show_keys(has_pages=bool(self._model.pages))
        self._show_enter_button()

    def _show_busy(self, *, is_busy: bool) -> None:
        self.controls.show_busy(is_busy=is_busy)
        self._show_enter_button()

    def _show_enter_button(self) -> None:
        self.pages.enter_button.setEnabled(self._model.dossier is not None and not self._model.is_busy)

    def _show_page(self, page: DossierPage | None) -> None:
        self._removing = ""
        image = self._images.request(page.sha256) if page else None
        if image is not None or page is None:
            self.canvas.show_page(image, page.rotation_deg if page else 0)

    def _take_image(self, image: PageImage) -> None:
        page = self.thumbnails.page
        if page is not None and page.sha256 == image.sha256:
            self.canvas.show_page(image, page.rotation_deg)
