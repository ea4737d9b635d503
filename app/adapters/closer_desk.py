"""The desk of the worker that reads pieces of pages again; it keeps the last images it opened."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.page_worker import make_engine, make_pdf_reader
from app.adapters.worker_serving import PageOpened
from app.domain.reading import Look
from app.errors import DiabaError

if TYPE_CHECKING:
    from app.adapters.images import DecodedPage

_IMAGES_KEPT = 6
"""Of one channel each, 9 MB for A4 at 300 dpi: a dossier's pages, for a person who goes to and fro."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookJob:
    """Read pieces of one image of a file again; all `looks` are of that image."""

    file: Path
    image: int
    looks: tuple[Look, ...]


class CloserDesk:
    """Answers a `LookJob` with a text for each look, or with nothing when the image does not open.

    Args:
        language: The model to read words with.

    Raises:
        DeviceError: `ocr_missing`.
    """

    def __init__(self, language: str) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"  # beside it whole pages are read
        import cv2

        from app.adapters.closer_look import CloserLook

        cv2.setNumThreads(1)
        self._opencv_error = cv2.error
        self._pdf = make_pdf_reader()
        self._closer = CloserLook(engine=make_engine(language))
        self._kept: OrderedDict[tuple[Path, int], DecodedPage] = OrderedDict()

    def answer(self, job: LookJob, send: Callable[[object], None]) -> tuple[str, ...]:
        """Do one job."""
        try:
            page = self._page(job)
            send(PageOpened())
            return tuple(self._text(page, look) for look in job.looks) if page else ()
        except (DiabaError, MemoryError, self._opencv_error):
            return ()

    def _text(self, page: DecodedPage, look: Look) -> str:
        return " ".join(line.text for line in self._closer.read(page, look))

    def _page(self, job: LookJob) -> DecodedPage | None:
        place = (job.file, job.image)
        if place not in self._kept:
            opened = self._opened(job)
            if opened is None:
                return None
            self._kept[place] = opened
            if len(self._kept) > _IMAGES_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(place)
        return self._kept[place]

    def _opened(self, job: LookJob) -> DecodedPage | None:
        from PIL import Image

        from app.adapters.images import open_pages
        from app.adapters.preparing import red_channel

        for page in open_pages(job.file, self._pdf, job.image):
            return replace(page, image=Image.fromarray(red_channel(page.image)), jpeg_bytes=None)
        return None
