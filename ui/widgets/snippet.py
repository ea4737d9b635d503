"""The enlarged piece of paper above the field being checked, so that the eyes need not travel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.reading import Box
from ui.page_images import PageImage
from ui.theme import COLOURS

MARGIN = 0.35
"""Paper shown around the box, in heights of the box."""
MOST_STRIPS = 3
BEST_LINE_PX = 40
"""A printed line shall be about this high on the screen."""
GAP_PX = 3
MOST_HEIGHT_PX = 190
LINE_SHARE = 0.025
"""Height of a printed line with its white space, as a share of the page's width (12 pt on A4)."""


class Snippet(QWidget):
    """Paints the part of a page a value was read from; a long line is cut into strips, one under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("snippet")
        self.setAccessibleName(self.tr("Ảnh phóng to của ô đang xem"))
        self._crop = QImage()
        self._has_lines = False
        self._strips = 1
        self._height_px = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self._crop.isNull()

    @property
    def enlargement(self) -> float:
        """Pixels of the screen for one pixel of the page; 0 when empty."""
        return 0.0 if self.is_empty else self._scale()

    def show_part(self, page: PageImage | None, box: Box | None, rotation_deg: int = 0) -> None:
        """Show a box of a page, its content upright; nothing without page or box."""
        self._crop = QImage() if page is None or box is None else _cut(page, box, rotation_deg)
        self._has_lines = page is not None and box is not None and _has_lines(page, box, rotation_deg)
        self.setVisible(not self.is_empty)
        self._arrange()

    def sizeHint(self) -> QSize:
        """As high as the strips need at the present width."""
        return QSize(self.width(), self._height_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the strips anew for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strips."""
        del event
        if self.is_empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale = self._scale()
        strip_height = self._crop.height() * scale
        source_width = self._crop.width() / self._strips
        for index in range(self._strips):
            source = QRectF(index * source_width, 0, source_width, self._crop.height())
            target = QRectF(1, 1 + index * (strip_height + GAP_PX), source_width * scale, strip_height)
            painter.drawImage(target, self._crop, source)
        painter.setPen(QPen(QColor(COLOURS.line)))
        painter.drawRect(QRect(0, 0, min(self.width() - 1, round(source_width * scale) + 1), self.height() - 1))
        painter.end()

    def _scale(self) -> float:
        room = max(40, self.width() - 2)
        across = room / (self._crop.width() / self._strips)
        if self._has_lines:
            return min(across, MOST_HEIGHT_PX / max(1, self._crop.height()))
        return min(across, BEST_LINE_PX * 1.6 / max(1, self._crop.height()) if self._strips == 1 else across, 4.0)

    def _arrange(self) -> None:
        if self.is_empty:
            self._height_px = 0
        else:
            self._strips = self._strips_needed()
            self._height_px = round(self._strips * (self._crop.height() * self._scale() + GAP_PX))
        self.setFixedHeight(min(MOST_HEIGHT_PX, max(1, self._height_px)))
        self.update()

    def _strips_needed(self) -> int:
        if self._has_lines:
            return 1
        wanted_width = self._crop.width() * BEST_LINE_PX / max(1, self._crop.height())
        needed = -(-wanted_width // max(40, self.width()))
        return int(min(MOST_STRIPS, max(1, needed)))


def _has_lines(page: PageImage, box: Box, rotation_deg: int) -> bool:
    """Whether the box holds several lines, which must not be cut into strips."""
    turned = rotation_deg in (90, 270)
    across = (page.image.height() if turned else page.image.width()) / page.scale
    return (box.width if turned else box.height) > 1.7 * LINE_SHARE * across


def _cut(page: PageImage, box: Box, rotation_deg: int) -> QImage:
    scale = page.scale
    line = min(box.width, box.height) if rotation_deg in (90, 270) else box.height
    margin = MARGIN * min(line, 80)
    rect = QRectF(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin)
    pixels = QRectF(rect.topLeft() * scale, QPointF(rect.right() * scale, rect.bottom() * scale)).toAlignedRect()
    crop = page.image.copy(pixels.intersected(page.image.rect()))
    if rotation_deg and not crop.isNull():
        crop = crop.transformed(QTransform().rotate(-rotation_deg), Qt.TransformationMode.FastTransformation)
    return crop
