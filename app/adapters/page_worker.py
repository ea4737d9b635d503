"""The desks of page workers: what is loaded in a worker process, and how it does a job.

Heavy libraries are loaded when a desk is made, so that the program which starts workers does not load them.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.worker_serving import PageOpened
from app.domain.reading import PageScan
from app.errors import DiabaError, InputError

if TYPE_CHECKING:
    from app.adapters.page_scanner import PageScanner
    from app.ports import OcrEngine, PdfReader


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """Read one image of a file, from 1; `index` is the file's place in the call it belongs to."""

    index: int
    file: Path
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesCounted:
    """Sent before a file's first page is read, so that other workers can take the rest."""

    index: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeJob:
    """Give the pages of a file as JPEGs."""

    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The file, or what is left of it, cannot be taken; `code` is that of an InputError."""

    code: str


def make_engine(language: str) -> OcrEngine:
    """The engine that stays warm where it is installed, else the system's Tesseract program."""
    if importlib.util.find_spec("tesserocr") is not None:
        from app.adapters.ocr.tesserocr_engine import TesserocrEngine

        return TesserocrEngine(language)
    from app.adapters.ocr.pytesseract_engine import PytesseractEngine

    return PytesseractEngine(language)


def make_pdf_reader() -> PdfReader:
    """By pdfium; by poppler what pdfium refuses."""
    from app.adapters.pdf.either import EitherPdfReader
    from app.adapters.pdf.pdfium import PdfiumReader
    from app.adapters.pdf.poppler import PopplerReader

    return EitherPdfReader([PdfiumReader(), PopplerReader()])


def make_scanner(language: str) -> PageScanner:
    """A scanner with fresh engines; serials are read with the English model where there is one.

    Raises:
        DeviceError: `ocr_missing`.
    """
    from app.adapters.ocr.tessdata import ENGLISH, has_language
    from app.adapters.page_scanner import PageScanner
    from app.adapters.red_ink import RedReader

    words = make_engine(language)
    serials = make_engine(ENGLISH) if has_language(ENGLISH) else words
    return PageScanner(engine=words, red=RedReader(words=words, serials=serials))


class ReadingDesk:
    """Reads pages with a warm engine; answers a `PageJob` with its `PageScan`s, after `PagesCounted` for first pages.

    Args:
        language: The model to read words with.

    Raises:
        DeviceError: `ocr_missing`.
    """

    def __init__(self, language: str) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"  # one thread a page: several workers share the cores already
        import cv2

        cv2.setNumThreads(1)
        self._opencv_error = cv2.error
        self._pdf = make_pdf_reader()
        self._scanner = make_scanner(language)

    def answer(self, job: PageJob, send: Callable[[object], None]) -> tuple[PageScan, ...]:
        """Do one job; whatever is wrong with its file becomes the error of its page."""
        try:
            if job.page == 1:
                self._count(job, send)
            return self._scan(job, send)
        except DiabaError as error:
            return (failed_page(job, error.code),)
        except (MemoryError, self._opencv_error):
            return (failed_page(job, "ocr_failed"),)

    def _count(self, job: PageJob, send: Callable[[object], None]) -> None:
        from app.adapters.images import count_pages

        send(PagesCounted(index=job.index, total=count_pages(job.file, self._pdf)))

    def _scan(self, job: PageJob, send: Callable[[object], None]) -> tuple[PageScan, ...]:
        from app.adapters.images import open_pages

        for page in open_pages(job.file, self._pdf, job.page):
            send(PageOpened())
            return self._scanner.scan(page, str(job.file))
        return (failed_page(job, "unreadable_file"),)


class TakingDesk:
    """Takes the pages out of files; each is sent when it is whole, so that one page at a time is in memory."""

    def __init__(self) -> None:
        importlib.import_module("app.adapters.images")  # now, not within the time of the first file
        self._pdf = make_pdf_reader()

    def answer(self, job: TakeJob, send: Callable[[object], None]) -> Refused | None:
        """Send the `JpegPage`s of a file; the answer says why when it ends early."""
        try:
            for page in jpeg_pages(self._pdf, job.file):
                send(page)
        except InputError as error:
            return Refused(code=error.code)
        except MemoryError:
            return Refused(code="unreadable_file")
        return None


def failed_page(job: PageJob, code: str) -> PageScan:
    """The page that could not be read."""
    return PageScan(file=str(job.file), page=job.page, image=job.page, error=code)
