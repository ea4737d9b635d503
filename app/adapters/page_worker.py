"""The worker side of page reading: a process of its own that opens foreign files and holds a warm engine.

It ends when its pipe closes or its parent dies. Heavy libraries are loaded when it starts serving, so that the
program which starts workers does not load them.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.reading import PageScan
from app.errors import DeviceError, DiabaError

if TYPE_CHECKING:
    from app.adapters.page_scanner import PageScanner
    from app.ports import OcrEngine, PdfReader


class Channel(Protocol):
    """One end of a multiprocessing pipe, whose class differs between systems."""

    def send(self, obj: Any, /) -> None:
        """Send a value."""
        ...

    def recv(self) -> Any:
        """Wait for a value; EOFError when the other end is gone."""
        ...

    def poll(self) -> bool:
        """Whether something can be received at once."""
        ...

    def close(self) -> None:
        """Close this end."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJob:
    """Read one page of a file; `index` is the file's place in the call it belongs to."""

    index: int
    file: Path
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesCounted:
    """Sent before a file's first page is read, so that other workers can take the rest."""

    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReady:
    """The engine is loaded; from here on time counts against the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineMissing:
    """Nothing can be read on this computer."""

    code: str


def serve(connection: Channel, language: str, memory_limit_bytes: int) -> None:
    """Say `WorkerReady`, then answer jobs until the pipe closes.

    An answer is `PagesCounted` (for first pages only), then a `PageScan`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is for the parent to act on
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one thread a page: several workers share the cores already
    if sys.platform != "win32":
        from app.adapters.posix_limits import limit_memory

        limit_memory(memory_limit_bytes)
    try:
        desk = _Desk(language)
    except DeviceError as error:
        connection.send(EngineMissing(code=error.code))
        return
    try:
        connection.send(WorkerReady())
        while True:
            desk.answer(connection.recv(), connection.send)
    except (EOFError, OSError):
        return


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


class _Desk:
    """What a worker keeps between jobs."""

    def __init__(self, language: str) -> None:
        import cv2

        cv2.setNumThreads(1)
        self._opencv_error = cv2.error
        self._pdf = make_pdf_reader()
        self._scanner = make_scanner(language)

    def answer(self, job: PageJob, send: Callable[[object], None]) -> None:
        """Do one job; whatever is wrong with its file becomes the error of its page."""
        try:
            if job.page == 1:
                self._count(job, send)
            send(self._scan(job))
        except DiabaError as error:
            send(failed_page(job, error.code))
        except (MemoryError, self._opencv_error):
            send(failed_page(job, "ocr_failed"))

    def _count(self, job: PageJob, send: Callable[[object], None]) -> None:
        from app.adapters.images import count_pages

        send(PagesCounted(total=count_pages(job.file, self._pdf)))

    def _scan(self, job: PageJob) -> PageScan:
        from app.adapters.images import open_pages

        for page in open_pages(job.file, self._pdf, job.page):
            return self._scanner.scan(page, str(job.file))
        return failed_page(job, "unreadable_file")


def failed_page(job: PageJob, code: str) -> PageScan:
    """The page that could not be read."""
    return PageScan(file=str(job.file), page=job.page, error=code)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
