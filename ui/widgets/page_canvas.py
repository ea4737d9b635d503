"""The page on screen: zoom, pan, upright whatever way it was scanned, the box of the current field highlighted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsRectItem, QGraphicsScene, QGraphicsView, QWidget

from app.domain.reading import Box
from ui.page_images import PageImage
from ui.theme import COLOURS

STEP = 1.25
LEAST, MOST = 0.05, 8.0
BOX_MARGIN_PX = 10


class PageCanvas(QGraphicsView):
    """Shows one page.

    Signals:
        zoom_changed: Pixels of the screen for one pixel of the page.
    """

    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_canvas")
        self.setAccessibleName(self.tr("Trang giấy đã quét"))
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._box_item = QGraphicsRectItem(self._item)
        self._box_item.setBrush(QColor(255, 193, 7, 46))
        pen = QPen(QColor(COLOURS.wrong), 2.5)
        pen.setCosmetic(True)
        self._box_item.setPen(pen)
        self._box_item.setVisible(False)
        self._page: PageImage | None = None
        self._box: Box | None = None
        self._is_fitted = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor(COLOURS.desk))
        self.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMinimumSize(220, 200)

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one pixel of the page image."""
        return float(self.transform().m11())

    @property
    def page(self) -> PageImage | None:
        """The page shown."""
        return self._page

    @property
    def box(self) -> Box | None:
        """The highlighted box, in pixels of the stored page."""
        return self._box if self._box_item.isVisible() else None

    def show_page(self, page: PageImage | None, rotation_deg: int = 0) -> None:
        """Show a page with its content upright.

        Args:
            page: None for no page.
            rotation_deg: How far the content stands turned clockwise in the image.
        """
        is_new = page is None or self._page is None or page.sha256 != self._page.sha256
        self._page = page
        self._item.setPixmap(QPixmap.fromImage(page.image) if page else QPixmap())
        self._item.setRotation(-rotation_deg)
        self._scene.setSceneRect(self._item.sceneBoundingRect())
        if is_new:
            self.show_box(None)
        if is_new or self._is_fitted:
            self.fit_page()

    def show_box(self, box: Box | None) -> None:
        """Highlight a box and bring it into view; None takes the highlight away."""
        self._box = box
        self._box_item.setVisible(box is not None and self._page is not None)
        if box is None or self._page is None:
            return
        scale = self._page.scale
        rect = QRectF(box.x * scale, box.y * scale, box.width * scale, box.height * scale)
        margin = BOX_MARGIN_PX * scale
        self._box_item.setRect(rect.adjusted(-margin, -margin, margin, margin))
        self.ensureVisible(self._box_item, 40, 60)

    def fit_page(self) -> None:
        """Show the whole page."""
        self._is_fitted = True
        self._fit(self._scene.sceneRect())

    def show_closely(self) -> None:
        """Fill the width with the page, the highlighted box in the middle."""
        self._is_fitted = False
        area = self._scene.sceneRect()
        if area.width() > 0:
            self._set_zoom((self.viewport().width() - 4) / area.width() * 1.6)
        if self._box_item.isVisible():
            self.centerOn(self._box_item)

    def toggle_whole_page(self) -> None:
        """Between the whole page and a close look."""
        if self._is_fitted:
            self.show_closely()
        else:
            self.fit_page()

    def zoom_in(self) -> None:
        """One step closer."""
        self._step(STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self._step(1 / STEP)

    def _step(self, factor: float) -> None:
        self._is_fitted = False
        self._set_zoom(self.zoom * factor)

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(MOST, max(LEAST, zoom))
        self.resetTransform()
        self.scale(zoom, zoom)
        self.zoom_changed.emit(zoom)

    def _fit(self, area: QRectF) -> None:
        if area.isEmpty():
            return
        room = self.viewport().size()
        self._set_zoom(min((room.width() - 4) / area.width(), (room.height() - 4) / area.height()))
        self.centerOn(area.center())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom, 0 fits; the arrows scroll."""
        action = {Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out, Qt.Key.Key_0: self.fit_page}
        chosen = action.get(Qt.Key(event.key()))
        if chosen:
            chosen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted page fitted."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit_page()
