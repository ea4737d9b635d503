"""Puts the program together: the only place where adapters are chosen.

So that a command or the window starts quickly there is one rule: **an adapter is imported by the function below that
makes it, never at the top of a file**. One that stands on a big package (pictures, PDF, network, workbook) is given to
the services as `_later(...)`: a stand-in that imports and makes it when it is first used.
"""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import platformdirs

from app.domain.checks import check_dossier
from app.domain.code_lists import CodeLists, Unit
from app.domain.dossier import Dossier
from app.domain.layout import FormLayout
from app.domain.reading import Finding
from app.messages import Messages
from app.ports import (
    Clock,
    CloserReader,
    HandoverFolder,
    PageReader,
    PasswordHasher,
    PdfWriter,
    ScannerDriver,
    Uploader,
    WorkbookWriter,
)
from app.services.entry import EntryService
from app.services.export import ExportService
from app.services.intake import IntakeService
from app.services.page_memory import RememberingPageReader
from app.services.people import PeopleService
from app.services.reading import ReadingService
from app.services.reading_dossiers import DossierReadingService
from app.services.review import ReviewService
from app.services.upkeep import UpkeepService
from app.services.upload import UploadService

if TYPE_CHECKING:
    from app.adapters.page_taker import WorkerPageTaker

T = TypeVar("T")

WATCHED_FOLDER = "scanned"
"""Inside the store's folder: where programs of scanners without a driver of ours may drop their files."""


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a window or a command works with, over one store.

    Attributes:
        communes: The communes of today, for choosing one's own.
        page_path: Where the stored page with a hash lies.
        store_dir: The store's folder.
    """

    people: PeopleService
    intake: IntakeService
    dossier_reading: DossierReadingService
    entry: EntryService
    review: ReviewService
    upload: UploadService
    export: ExportService
    upkeep: UpkeepService
    messages: Messages
    communes: tuple[Unit, ...]
    page_path: Callable[[str], Path]
    store_dir: Path
    _closers: tuple[Callable[[], None], ...] = field(default=(), repr=False)
    _warmers: tuple[Callable[[], None], ...] = field(default=(), repr=False)

    def warm(self) -> None:
        """Start the workers that read pages, so that the first page of the day does not wait; returns at once."""
        for warmer in self._warmers:
            warmer()

    def close(self) -> None:
        """Stop the workers and close the store; nothing depends on this being called."""
        for closer in self._closers:
            closer()


def default_store_dir() -> Path:
    """The platform's folder for this user's data."""
    return Path(platformdirs.user_data_dir("diaba", appauthor=False))


def open_services(
    store_dir: Path,
    *,
    writing: bool = True,
    sane_config: Path | None = None,
    simulated_scanner: Path | None = None,
    language: str = "vi",
) -> Services:
    """Open a store and put the services over it; a new folder becomes a new store.

    Args:
        store_dir: The store's folder.
        writing: False only looks, which is possible while the window has the store open.
        sane_config: A private SANE_CONFIG_DIR instead of the system's devices.
        simulated_scanner: Folder of stacks for the simulated scanner, instead of real devices.
        language: Of the messages, "vi" or "en".

    Raises:
        StoreError: `store_in_use`, `store_too_new`, `store_damaged`, `disk_full`, `store_failed` ...
    """
    from app.adapters.clock import SystemClock, UuidV7Ids
    from app.adapters.closer_reader import WorkerCloserReader
    from app.adapters.code_lists_files import load_code_lists
    from app.adapters.layout_files import load_form01_layout
    from app.adapters.page_reader import WorkerPageReader
    from app.adapters.page_taker import WorkerPageTaker
    from app.adapters.pages_disk import PagesOnDisk
    from app.adapters.store import open_store

    clock, ids = SystemClock(), UuidV7Ids()
    store = open_store(store_dir, clock, read_only=not writing)
    taker = WorkerPageTaker()
    files = PagesOnDisk(store_dir, taker.pages)
    reader, closer = WorkerPageReader(), WorkerCloserReader()
    lists = load_code_lists()
    reading = _reading(RememberingPageReader(reader), closer, lists, clock)
    layout = load_form01_layout()

    def checks(dossier: Dossier) -> tuple[Finding, ...]:
        return check_dossier(dossier, lists)

    return Services(
        people=PeopleService(store, _later(_hasher), clock, ids),
        intake=IntakeService(store, files, _drivers(store_dir, taker, sane_config, simulated_scanner), clock, ids),
        dossier_reading=DossierReadingService(store, files, reading, clock, checks),
        entry=EntryService(store, clock, checks),
        review=ReviewService(store, clock, ids),
        upload=UploadService(store, files, _later(lambda: _uploader(store_dir, clock)), clock, random.SystemRandom()),
        export=ExportService(store, files, _later(lambda: _workbook(layout)), _later(_pdfs), _handover_folder, layout),
        upkeep=UpkeepService(store, files, clock),
        messages=Messages(language),
        communes=lists.new_units,
        page_path=files.path,
        store_dir=store_dir,
        _warmers=(reader.warm, closer.warm),
        _closers=(reader.close, closer.close, taker.close, store.close),
    )


@contextmanager
def open_reading(jobs: int | None = None) -> Iterator[ReadingService]:
    """The reading service alone, for `diaba read`: no store, as many workers as wanted."""
    from app.adapters.clock import SystemClock
    from app.adapters.closer_reader import WorkerCloserReader
    from app.adapters.code_lists_files import load_code_lists
    from app.adapters.page_reader import WorkerPageReader

    reader, closer = WorkerPageReader(jobs) if jobs else WorkerPageReader(), WorkerCloserReader()
    try:
        yield _reading(reader, closer, load_code_lists(), SystemClock())
    finally:
        reader.close()
        closer.close()


def _reading(reader: PageReader, closer: CloserReader, lists: CodeLists, clock: Clock) -> ReadingService:
    from app.adapters.calibration_file import load_calibration

    return ReadingService(reader, closer, lists, clock, load_calibration())


def _drivers(
    store_dir: Path, taker: WorkerPageTaker, sane_config: Path | None, simulated: Path | None
) -> dict[str, ScannerDriver]:
    drivers: dict[str, ScannerDriver] = {}
    if simulated is not None:
        drivers["simulated"] = _later(lambda: _simulated(simulated))
    elif shutil.which("scanimage"):
        drivers["scanimage"] = _later(lambda: _scanimage(sane_config))
    drivers["folder"] = _later(lambda: _folder(store_dir, taker))
    return drivers


def _simulated(feed: Path) -> ScannerDriver:
    from app.adapters.scanners.simulated import SimulatedDriver

    return SimulatedDriver(feed)


def _scanimage(sane_config: Path | None) -> ScannerDriver:
    from app.adapters.scanners.scanimage import ScanimageDriver

    return ScanimageDriver(config_dir=sane_config)


def _folder(store_dir: Path, taker: WorkerPageTaker) -> ScannerDriver:
    from app.adapters.scanners.folder import FolderDriver

    return FolderDriver([store_dir / WATCHED_FOLDER], taker.pages)


def _hasher() -> PasswordHasher:
    from app.adapters.passwords import Argon2Hasher

    return Argon2Hasher()


def _uploader(store_dir: Path, clock: Clock) -> Uploader:
    from app.adapters.upload_http import HttpUploader

    return HttpUploader(store_dir / "device", clock)


def _workbook(layout: FormLayout) -> WorkbookWriter:
    from app.adapters.workbook import XlsxWorkbookWriter

    return XlsxWorkbookWriter(layout)


def _pdfs() -> PdfWriter:
    from app.adapters.pdf_writer import Img2PdfWriter

    return Img2PdfWriter()


def _handover_folder(target: Path, name: str) -> AbstractContextManager[HandoverFolder]:
    from app.adapters.handover_folder import DiskHandoverFolder

    return DiskHandoverFolder(target, name)


def _later(make: Callable[[], T]) -> T:
    """An adapter that is imported and made when something of it is first used; may be used from any thread."""
    return cast("T", _Later(make))


class _Later:
    """Stands in for an adapter; hands everything on to it."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object | None = None
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> object:
        with self._lock:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)
