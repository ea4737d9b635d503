"""Puts the program together: the only place where adapters are chosen."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from app.adapters.calibration_file import load_calibration
from app.adapters.clock import SystemClock, UuidV7Ids
from app.adapters.code_lists_files import load_code_lists
from app.adapters.handover_folder import DiskHandoverFolder
from app.adapters.layout_files import load_form01_layout
from app.adapters.page_reader import WorkerPageReader
from app.adapters.page_taker import WorkerPageTaker
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.passwords import Argon2Hasher
from app.adapters.pdf_writer import Img2PdfWriter
from app.adapters.scanners.folder import FolderDriver
from app.adapters.scanners.scanimage import ScanimageDriver
from app.adapters.scanners.simulated import SimulatedDriver
from app.adapters.store import open_store
from app.adapters.upload_http import HttpUploader
from app.adapters.workbook import XlsxWorkbookWriter
from app.domain.checks import check_dossier
from app.domain.code_lists import Unit
from app.domain.dossier import Dossier
from app.domain.reading import Finding
from app.messages import Messages
from app.ports import Clock, PageFiles, ScannerDriver, Store
from app.services.entry import EntryService
from app.services.export import ExportService
from app.services.intake import IntakeService
from app.services.people import PeopleService
from app.services.reading import ReadingService
from app.services.reading_dossiers import DossierReadingService
from app.services.review import ReviewService
from app.services.upkeep import UpkeepService
from app.services.upload import UploadService

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
    clock, ids = SystemClock(), UuidV7Ids()
    store = open_store(store_dir, clock, read_only=not writing)
    taker = WorkerPageTaker()
    files = PagesOnDisk(store_dir, taker.pages)
    reader = WorkerPageReader()
    lists = load_code_lists()
    reading = ReadingService(reader, lists, clock, load_calibration())
    layout = load_form01_layout()

    def checks(dossier: Dossier) -> tuple[Finding, ...]:
        return check_dossier(dossier, lists)

    return Services(
        people=PeopleService(store, Argon2Hasher(), clock, ids),
        intake=IntakeService(store, files, _drivers(store_dir, taker, sane_config, simulated_scanner), clock, ids),
        dossier_reading=DossierReadingService(store, files, reading, clock, checks),
        entry=EntryService(store, clock, checks),
        review=ReviewService(store, clock, ids),
        upload=_upload(store, files, store_dir, clock),
        export=ExportService(store, files, XlsxWorkbookWriter(layout), Img2PdfWriter(), DiskHandoverFolder, layout),
        upkeep=UpkeepService(store, files, clock),
        messages=Messages(language),
        communes=lists.new_units,
        page_path=files.path,
        store_dir=store_dir,
        _closers=(reader.close, taker.close, store.close),
    )


@contextmanager
def open_reading(jobs: int | None = None) -> Iterator[ReadingService]:
    """The reading service alone, for `diaba read`: no store, as many workers as wanted."""
    reader = WorkerPageReader(jobs) if jobs else WorkerPageReader()
    try:
        yield ReadingService(reader, load_code_lists(), SystemClock(), load_calibration())
    finally:
        reader.close()


def _drivers(
    store_dir: Path, taker: WorkerPageTaker, sane_config: Path | None, simulated: Path | None
) -> dict[str, ScannerDriver]:
    drivers: list[ScannerDriver] = []
    if simulated is not None:
        drivers.append(SimulatedDriver(simulated))
    elif shutil.which("scanimage"):
        drivers.append(ScanimageDriver(config_dir=sane_config))
    drivers.append(FolderDriver([store_dir / WATCHED_FOLDER], taker.pages))
    return {driver.name: driver for driver in drivers}


def _upload(store: Store, files: PageFiles, store_dir: Path, clock: Clock) -> UploadService:
    return UploadService(store, files, HttpUploader(store_dir / "device", clock), clock, random.SystemRandom())
