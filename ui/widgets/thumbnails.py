"""The pages of the present dossier as small pictures, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from app.domain.dossier import DossierPage
from app.messages import Messages
from ui.page_images import PageImage, PageImages
from ui.theme import COLOURS

ICON_PX = QSize(108, 144)


class Thumbnails(QListWidget):
    """Shows pages and tells which one is chosen.

    Signals:
        page_chosen: DossierPage.
        remove_asked: Delete was pressed.
    """

    page_chosen = Signal(object)
    remove_asked = Signal()

    def __init__(self, images: PageImages, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thumbnails")
        self.setAccessibleName(self.tr("Các trang của hồ sơ"))
        self._images = images
        self._messages = messages
        self._pages: tuple[DossierPage, ...] = ()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(ICON_PX)
        self.setGridSize(QSize(ICON_PX.width() + 20, ICON_PX.height() + 44))
        self.setWordWrap(True)
        self.setSpacing(4)
        self.currentRowChanged.connect(self._choose)
        images.thumbnail_loaded.connect(self._take)

    @property
    def page(self) -> DossierPage | None:
        """The chosen page."""
        row = self.currentRow()
        return self._pages[row] if 0 <= row < len(self._pages) else None

    def show_pages(self, pages: Sequence[DossierPage], unread: Sequence[str] = ()) -> None:
        """Show pages, those that nobody has read yet as such; the chosen one stays chosen, else the last is."""
        before = self.page
        self._pages = tuple(pages)
        self.blockSignals(True)
        self.clear()
        for number, page in enumerate(self._pages, start=1):
            kind = self._messages.word("page_kinds", "unread" if page.page_id in unread else page.kind)
            item = QListWidgetItem(_frame(None, 0), f"{number}. {kind}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.addItem(item)
        keep = next((i for i, p in enumerate(self._pages) if before and p.page_id == before.page_id), -1)
        self.setCurrentRow(keep if keep >= 0 else len(self._pages) - 1)
        self.blockSignals(False)
        for page in self._pages:
            ready = self._images.request_thumbnail(page.sha256)
            if ready is not None:
                self._take(ready)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks for the page to be removed."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        self.page_chosen.emit(self.page)

    def _take(self, image: PageImage) -> None:
        for row, page in enumerate(self._pages):
            if page.sha256 == image.sha256:
                self.item(row).setIcon(_frame(image, page.rotation_deg))


def _frame(image: PageImage | None, rotation_deg: int) -> QIcon:
    """The picture upright in the middle of its place, or an empty sheet."""
    picture = QPixmap(ICON_PX)
    picture.fill(QColor(COLOURS.ground))
    painter = QPainter(picture)
    if image is not None:
        upright = image.image.transformed(QTransform().rotate(-rotation_deg))
        small = upright.scaled(ICON_PX, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        painter.drawImage((ICON_PX.width() - small.width()) // 2, (ICON_PX.height() - small.height()) // 2, small)
    painter.setPen(QColor(COLOURS.line))
    painter.drawRect(0, 0, ICON_PX.width() - 1, ICON_PX.height() - 1)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
