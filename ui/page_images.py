"""Pictures of stored pages: decoded off the gui thread, the last few kept ready."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QImageReader

from app.errors import DiabaError, StoreError
from ui.tasks import Lane, TaskRunner

MAX_PIXELS = 40_000_000
"""Larger pages are shown scaled down; zooming them whole takes 68 ms, above the 16 ms of one frame."""
ALLOCATION_MB = 1024
"""Qt refuses an A3 page at 600 dpi by its own limit of 256 MB."""
KEEP = 6
THUMB_PX = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A decoded page after its EXIF turn.

    Attributes:
        image: Perhaps scaled down by `scale`.
        scale: Pixels of `image` for one pixel of the stored page.
    """

    sha256: str
    image: QImage
    scale: float = 1.0


def load_page(path: Path, sha256: str, most_px: int = MAX_PIXELS) -> PageImage:
    """Decode a page; for worker threads.

    Raises:
        StoreError: `page_missing` when the file cannot be decoded.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    scale = 1.0
    if size.isValid() and size.width() * size.height() > most_px:
        scale = (most_px / (size.width() * size.height())) ** 0.5
        reader.setScaledSize(QSize(int(size.width() * scale), int(size.height() * scale)))
    image = reader.read()
    if image.isNull():
        raise StoreError("page_missing", page=sha256[:8])
    return PageImage(sha256=sha256, image=image, scale=scale)


class PageImages(QObject):
    """Loads pages on request and remembers the last few.

    Signals:
        loaded: PageImage, after `request`.
        thumbnail_loaded: PageImage no larger than THUMB_PX squared, after `request_thumbnail`.
        failed: sha256 and DiabaError.
    """

    loaded = Signal(object)
    thumbnail_loaded = Signal(object)
    failed = Signal(str, object)

    def __init__(self, tasks: TaskRunner, page_path: Callable[[str], Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        QImageReader.setAllocationLimit(ALLOCATION_MB)
        self._tasks = tasks
        self._page_path = page_path
        self._ready: OrderedDict[str, PageImage] = OrderedDict()
        self._thumbs: OrderedDict[str, PageImage] = OrderedDict()
        self._under_way: set[str] = set()

    def ready(self, sha256: str) -> PageImage | None:
        """The page when it is decoded already."""
        if sha256 in self._ready:
            self._ready.move_to_end(sha256)
        return self._ready.get(sha256)

    def request(self, sha256: str) -> PageImage | None:
        """The page now, or None and `loaded` later."""
        ready = self.ready(sha256)
        if ready is None and sha256 not in self._under_way:
            self._under_way.add(sha256)
            self._tasks.start(
                functools.partial(self._load, sha256, MAX_PIXELS),
                on_done=self._keep,
                on_failed=functools.partial(self._fail, sha256),
                lane=Lane.OTHER,
            )
        return ready

    def request_thumbnail(self, sha256: str) -> PageImage | None:
        """The small picture now, or None and `thumbnail_loaded` later."""
        ready = self._thumbs.get(sha256)
        if ready is None:
            self._tasks.start(
                functools.partial(self._load, sha256, THUMB_PX * THUMB_PX),
                on_done=self._keep_thumbnail,
                on_failed=functools.partial(self._fail, sha256),
                lane=Lane.OTHER,
            )
        return ready

    def _load(self, sha256: str, most_px: int) -> PageImage:
        return load_page(self._page_path(sha256), sha256, most_px)

    def _keep(self, page: PageImage) -> None:
        self._under_way.discard(page.sha256)
        self._ready[page.sha256] = page
        while len(self._ready) > KEEP:
            self._ready.popitem(last=False)
        self.loaded.emit(page)

    def _keep_thumbnail(self, page: PageImage) -> None:
        self._thumbs[page.sha256] = page
        while len(self._thumbs) > 200:
            self._thumbs.popitem(last=False)
        self.thumbnail_loaded.emit(page)

    def _fail(self, sha256: str, error: DiabaError) -> None:
        self._under_way.discard(sha256)
        self.failed.emit(sha256, error)
