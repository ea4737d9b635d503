"""What the services need from the outside, as Protocols; the adapters stand in `app/adapters`, chosen in bootstrap.

Every method may raise the errors of `app/errors.py` named in its docstring and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.domain.changes import UndoStep
from app.domain.dossier import Dossier, DossierPage
from app.domain.people import Person
from app.domain.queue import (
    BatchHead,
    DossierHead,
    Event,
    FieldValue,
    OpenDossier,
    OutboxRow,
    ReturnReason,
)
from app.domain.reading import Finding, Line, Look, PageScan
from app.domain.states import BatchState, DossierState

Cancelled = Callable[[], bool]
"""Asked between steps; True stops the work at once with nothing half done."""


def never() -> bool:
    """A `Cancelled` that never cancels."""
    return False


# ---------------------------------------------------------------- time, ids, secrets


class Clock(Protocol):
    """The wall clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """Maker of identifiers."""

    def new(self) -> str:
        """A fresh UUIDv7 in its canonical text form; later ids sort after earlier ones."""
        ...


class PasswordHasher(Protocol):
    """Keeps passwords as one-way hashes (argon2id); both calls take about 0.2 s: never on the gui thread."""

    def hash(self, password: str) -> str:
        """The encoded hash with its parameters and salt."""
        ...

    def verify(self, encoded: str, password: str) -> bool:
        """Whether the password belongs to the hash."""
        ...


# ---------------------------------------------------------------- seeing pages


class Layout(StrEnum):
    """How the OCR engine shall look at an image."""

    AUTO = "auto"  # whole page, own layout analysis
    BLOCK = "block"  # one block of text
    SPARSE = "sparse"  # words anywhere
    LINE = "line"  # one line


@dataclass(frozen=True, slots=True, kw_only=True)
class GreyImage:
    """Eight-bit grey pixels, row by row, no padding; 0 is black."""

    width_px: int
    height_px: int
    dpi: int
    pixels: bytes


class OcrEngine(Protocol):
    """A Tesseract that stays warm; one per worker process, not thread-safe."""

    def read(self, image: GreyImage, layout: Layout = Layout.AUTO, whitelist: str = "") -> tuple[Line, ...]:
        """Lines in reading order, boxes in pixels of the image given.

        Raises:
            DeviceError: `ocr_failed`, `ocr_missing`.
        """
        ...

    def close(self) -> None:
        """Free the engine."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """One page of a PDF: its embedded JPEG byte for byte when the page is one image, else a 300 dpi rendering.

    Attributes:
        data: Image file bytes.
        media_type: "image/jpeg" when taken out as it was, "image/png" when rendered.
    """

    number: int
    data: bytes
    media_type: str
    dpi: int | None


class PdfReader(Protocol):
    """Takes the pages out of a PDF."""

    def count(self, file: Path) -> int:
        """How many pages there are, without making any; same errors as `pages`."""
        ...

    def pages(self, file: Path, first: int = 1) -> Iterator[PdfPage]:
        """Pages in order, from page `first` on; each is made when it is asked for.

        Raises:
            InputError: `unreadable_file`, `file_too_large`, `file_locked` (a password is needed).
        """
        ...


class PageReader(Protocol):
    """Sees pages: decodes, prepares, reads words and codes, in warm worker processes."""

    def scan(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[PageScan]:
        """One PageScan per page in order of the files; a file that does not decode gives one with `error` set."""
        ...

    def close(self) -> None:
        """Stop the workers."""
        ...


class CloserReader(Protocol):
    """Reads pieces of pages again, in another way than whole pages are read."""

    def read(self, looks: Sequence[Look], cancelled: Cancelled = never) -> dict[Look, str]:
        """The text of each piece on one line; a piece that could not be read is left out."""
        ...

    def close(self) -> None:
        """Stop the worker."""
        ...


# ---------------------------------------------------------------- capture


class ScanSource(StrEnum):
    """Where the scanner takes the sheet from."""

    FLATBED = "flatbed"
    FEEDER = "feeder"
    DUPLEX = "duplex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A scanner; `device_id` is stable for its driver."""

    driver: str
    device_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """What to scan: dpi 75..600, mode "color" or "gray", page size in millimetres."""

    device: Device
    source: ScanSource = ScanSource.FLATBED
    dpi: int = 300
    mode: str = "color"
    width_mm: float = 210.0
    height_mm: float = 297.0
    first_page: int = 1
    options: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStarted:
    """The device began page `number` (from 1)."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanProgress:
    """Share of the present page, 0..1; None when the device does not say."""

    number: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A finished page lies in the inbox."""

    number: int
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFinished:
    """The job ended well; always the last event."""

    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFailed:
    """The job ended with a fault; always the last event; pages before it are kept.

    Attributes:
        code: feeder_empty, paper_jam, cover_open, scanner_busy, scanner_offline, scanner_communication,
            scanner_access_denied, scan_unsupported, bad_page, disk_full, scanner_stalled, scanner_crashed,
            scan_cancelled, scanner_unknown.
    """

    code: str
    pages: int
    detail: str = ""


ScanEvent = PageStarted | ScanProgress | PageFile | ScanFinished | ScanFailed


class ScannerDriver(Protocol):
    """Drives one family of devices; only drops files into the inbox."""

    name: str

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """Devices that can be seen now.

        Raises:
            DeviceError: `scanner_driver_missing`.
        """
        ...

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        """Run one job; blocking; ScanFinished or ScanFailed is always last."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page accepted by the spool: decoded fully, hashed, durable on disk before this value exists."""

    sha256: str
    media_type: str
    size_bytes: int
    width_px: int
    height_px: int
    dpi: int | None


class PageFiles(Protocol):
    """The spool and the content-addressed page files of a store."""

    def accept(self, file: Path, cancelled: Cancelled = never) -> list[StoredPage]:
        """Take the page or pages of a file in; the file itself stays where it is.

        When cancelled it ends without the rest of the pages.

        Raises:
            InputError: `unreadable_file`, `empty_file`, `file_too_large`, `unsupported_file`, `file_locked`.
            StoreError: `disk_full`, `disk_failed`, `program_error` when no file can be opened at all.
        """
        ...

    def path(self, sha256: str) -> Path:
        """Where the stored page lies.

        Raises:
            StoreError: `page_missing`.
        """
        ...

    def hashes(self) -> list[str]:
        """The hashes of all pages that lie on the disk, with or without a row."""
        ...

    def new_inbox(self, job_id: str) -> Path:
        """An empty folder for one scan job."""
        ...

    def close_inbox(self, job_id: str) -> None:
        """Remove the folder of a job whose pages are all accepted."""
        ...

    def open_inboxes(self) -> dict[str, list[Path]]:
        """Jobs a crash left open, with the files they hold."""
        ...

    def set_aside(self, file: Path, code: str) -> Path:
        """Move a file of the inbox that cannot be a page to `rejected/`; never deletes."""
        ...

    def check_space(self, pages: int = 1) -> None:
        """Refuse work that would fill the disk.

        Raises:
            StoreError: `disk_full`.
        """
        ...


# ---------------------------------------------------------------- the store


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which dossiers a list shows, newest first.

    Attributes:
        states: Empty for all.
        text: Words to search for (serial, names, addresses), accents optional.
        after: dossier_id of the last row shown; the list goes on behind it (keyset paging).
        by_risk: Riskiest first instead (for review); no paging.
    """

    states: tuple[DossierState, ...] = ()
    batch_id: str | None = None
    text: str = ""
    after: str | None = None
    limit: int = 100
    by_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRecord:
    """A dossier of a commune as it stands.

    Attributes:
        dossier: Without its pages; None while no person stands for its values.
    """

    dossier_id: str
    updated_at: str
    dossier: Dossier | None


class StoreReader(Protocol):
    """A consistent view of the store; valid inside its `with` block and thread only."""

    def open(self, dossier_id: str) -> OpenDossier:
        """One dossier whole.

        Raises:
            InputError: `unknown_dossier`.
        """
        ...

    def head(self, dossier_id: str) -> DossierHead:
        """The list row of a dossier; same error."""
        ...

    def heads(self, query: ListQuery) -> list[DossierHead]:
        """A page of the list."""
        ...

    def counts(self) -> dict[DossierState, int]:
        """How many dossiers stand in each state."""
        ...

    def history(self, dossier_id: str, path: str | None = None) -> list[FieldValue]:
        """All values a dossier or a path ever had, oldest first."""
        ...

    def waiting(self) -> list[str]:
        """Drafts with pages that were never read, oldest first."""
        ...

    def accepted(self, commune_code: str, *, since: str, limit: int) -> list[AcceptedRecord]:
        """Dossiers of a commune changed at an instant or later, accepted or not, the newest first.

        Without an instant ("") only the accepted ones: there is nothing yet that could have been sent back.
        """
        ...

    def unread_pages(self, dossier_id: str) -> set[str]:
        """Page ids of a dossier that were never read."""
        ...

    def undo_depth(self, dossier_id: str) -> int:
        """How many changes of a dossier can be taken back."""
        ...

    def page_owners(self, sha256: str) -> list[str]:
        """Dossiers that hold a page with this content."""
        ...

    def stored_page(self, sha256: str) -> StoredPage:
        """Type and size of a stored page.

        Raises:
            StoreError: `page_missing`.
        """
        ...

    def stored_pages(self) -> list[StoredPage]:
        """All stored pages, also those no dossier holds any more."""
        ...

    def batch(self, batch_id: str) -> BatchHead:
        """One batch.

        Raises:
            InputError: `unknown_batch`.
        """
        ...

    def batches(self, states: tuple[BatchState, ...] = ()) -> list[BatchHead]:
        """Batches, newest first."""
        ...

    def outbox(self, states: tuple[DossierState, ...] = (), batch_id: str | None = None) -> list[OutboxRow]:
        """Outbox rows in the order they were sealed."""
        ...

    def last_sealed(self, dossier_id: str) -> int:
        """The highest revision of a dossier that went into the outbox; 0 when none did."""
        ...

    def people(self) -> list[Person]:
        """Everybody, active or not, by login."""
        ...

    def credentials(self, login: str) -> tuple[Person, str] | None:
        """A person with the password hash; None when unknown."""
        ...

    def failed_sign_ins(self, login_digest: str) -> tuple[int, str] | None:
        """How many sign-ins of a login failed since the last right one, and when the last of them did."""
        ...

    def setting(self, key: str) -> str | None:
        """A stored setting of this office (commune_code, server_url, changes_cursor ...)."""
        ...

    def events(self, dossier_id: str | None = None, after: int = 0, limit: int = 1000) -> list[Event]:
        """The history chain, oldest first."""
        ...

    def chain_head(self) -> str:
        """Hash of the newest event; 64 zeros when there is none."""
        ...

    def chain_end(self) -> tuple[int, str]:
        """Number and hash of the newest event as noted beside the chain."""
        ...

    def damage(self) -> list[str]:
        """What the database itself finds wrong with the file; empty when sound."""
        ...


class StoreWriter(StoreReader, Protocol):
    """One transaction: all of it is durable when the `with` block ends, or nothing of it."""

    def add_dossier(self, dossier: Dossier, at: str, who: str) -> None:
        """A new draft."""
        ...

    def save(self, dossier: Dossier, values: Sequence[FieldValue] = ()) -> None:
        """Replace the content and append to the history of values; updates search, doubts and risk.

        Raises:
            InputError: `unknown_dossier`, `not_editable` when the state forbids changes.
        """
        ...

    def set_findings(self, dossier_id: str, findings: Sequence[Finding]) -> None:
        """Replace what the checks said."""
        ...

    def add_page(self, dossier_id: str, page: DossierPage, stored: StoredPage) -> None:
        """Put a stored page into a dossier."""
        ...

    def set_pages_read(self, dossier_id: str, page_ids: Sequence[str], at: str) -> None:
        """Note that pages were read, so that they wait no more."""
        ...

    def push_undo(self, dossier_id: str, step: UndoStep) -> None:
        """Keep the way back of a change; forgotten when the dossier is submitted."""
        ...

    def pop_undo(self, dossier_id: str) -> UndoStep | None:
        """Take the way back of the last change; None when there is none."""
        ...

    def set_last_path(self, dossier_id: str, path: str) -> None:
        """Remember where the person was."""
        ...

    def step(
        self,
        dossier_id: str,
        new: DossierState,
        *,
        who: str,
        at: str,
        reason: str | None = None,
        returned_for: Sequence[ReturnReason] = (),
        revision: int | None = None,
        digest: str | None = None,
        batch_id: str | None = None,
    ) -> None:
        """Move a dossier along an allowed step; writes the event.

        `submitted` out of `entered` sets submitted_by and batch_id; out of `approved` (recalled) it keeps both and
        takes the approval away. `approved` sets approved_by, revision and digest. `returned` and `entered`
        (withdrawn) clear batch_id. What comes back brings its own reasons, be it none.

        Raises:
            InputError: `step_not_allowed`.
        """
        ...

    def add_batch(self, batch_id: str, commune_code: str, *, who: str, at: str) -> None:
        """A new open batch."""
        ...

    def set_batch_state(self, batch_id: str, new: BatchState, *, who: str, at: str) -> None:
        """Move a batch along; writes the event.

        Raises:
            InputError: `step_not_allowed`.
        """
        ...

    def add_outbox(self, row: OutboxRow) -> None:
        """A new row; its `seq` is given by the store."""
        ...

    def set_outbox(
        self,
        seq: int,
        state: DossierState,
        *,
        next_at: str | None = None,
        error: str | None = None,
        detail: str | None = None,
        receipt: str | None = None,
        count_attempt: bool = False,
    ) -> None:
        """Record how far a row came."""
        ...

    def add_person(self, person: Person, password_hash: str) -> None:
        """A new person.

        Raises:
            InputError: `login_taken`.
        """
        ...

    def set_password(self, person_id: str, password_hash: str) -> None:
        """Replace a password hash."""
        ...

    def set_active(self, person_id: str, active: bool) -> None:
        """Let a person in or keep them out."""
        ...

    def put_failed_sign_ins(self, login_digest: str, failures: int, at: str) -> None:
        """Keep how many sign-ins of a login failed; 0 forgets them."""
        ...

    def put_setting(self, key: str, value: str) -> None:
        """Store a setting."""
        ...

    def add_event(
        self,
        who: str,
        what: str,
        at: str,
        *,
        dossier_id: str | None = None,
        batch_id: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Append to the history chain; `detail` holds codes and paths, never personal data."""
        ...


class Store(Protocol):
    """The SQLite file; may be used from any thread, one writer at a time."""

    def read(self) -> AbstractContextManager[StoreReader]:
        """A read transaction.

        Raises:
            StoreError: `store_failed`.
        """
        ...

    def write(self) -> AbstractContextManager[StoreWriter]:
        """A write transaction (BEGIN IMMEDIATE), committed at the end of the block, rolled back on any error.

        Raises:
            StoreError: `store_failed`, `disk_full`, `store_busy`.
        """
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


# ---------------------------------------------------------------- upload


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToSend:
    """A page of a batch with its file."""

    sha256: str
    size_bytes: int
    media_type: str
    role: str
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FormToSend:
    """One dossier revision: the exact bytes of its form and its pages.

    Attributes:
        settled: The fate of this form is known; it stays in the manifest, which must not change, and is not sent again.
    """

    dossier_id: str
    revision: int
    digest: str
    form: bytes
    pages: tuple[PageToSend, ...]
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchToSend:
    """A sealed batch on its way; `chain_head` is the head of the sender's history chain."""

    batch_id: str
    commune_code: str
    created_at: str
    reviewed_by: str
    chain_head: str
    forms: tuple[FormToSend, ...]


class FormOutcomeKind(StrEnum):
    """What the server said of one form."""

    STORED = "stored"
    REFUSED = "refused"
    CONFLICT = "conflict"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One reason of a refusal; message is the server's Vietnamese sentence (untrusted, cut to 500 characters)."""

    path: str
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOutcome:
    """Stored only with a receipt whose signature was verified."""

    dossier_id: str
    revision: int
    kind: FormOutcomeKind
    receipt: str | None = None
    problems: tuple[FormProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProgress:
    """How far the pages of a batch came."""

    batch_id: str
    pages_done: int
    pages_total: int
    bytes_done: int
    bytes_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerResult:
    """One item of /v1/changes: verified, wrong_info, police, duplicate_certificate or returned."""

    dossier_id: str
    revision: int
    at: str
    result: str
    path: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerResults:
    """A page of results and the cursor behind it."""

    cursor: str
    items: tuple[ServerResult, ...]


class Uploader(Protocol):
    """The receiving server seen from here.

    Whatever the server does, every call ends within minutes, and within a second after `cancelled` says so.
    """

    def enrol(self, url: str, code: str, device_name: str) -> None:
        """Make this device known with a one-time code; keeps the device key and pins the server's key.

        Raises:
            TransportError, AuthError (`enrolment_refused`).
        """
        ...

    def enrolled(self) -> bool:
        """Whether this device has a key and a server."""
        ...

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        """Manifest, missing pages, forms; resumes where an earlier try stopped.

        Raises:
            TransportError: try later (`server_unreachable`, `server_failed`, `reply_broken`, `receipt_invalid` ...).
            AuthError: `not_enrolled`, `device_refused`: everything pauses.
            RejectedError: `batch_conflict`: the same batch id with another content.
        """
        ...

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        """What the server has of a batch, without sending anything; same errors."""
        ...

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        """Results posted since a cursor; "" from the beginning; same errors."""
        ...


# ---------------------------------------------------------------- export


class WorkbookWriter(Protocol):
    """Writes the form 01 workbook by a layout."""

    def write(self, rows: Sequence[Sequence[str]], out: Path) -> None:
        """Rows of text cells in the layout's column order; written beside and renamed.

        Raises:
            StoreError: `disk_full`, `disk_failed`, `file_in_use`.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPdf:
    """A finished PDF.

    Attributes:
        recompressed: True when its images had to be made smaller to fit; else they are the JPEGs byte for byte.
    """

    size_bytes: int
    recompressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One line of the list in a hand-over folder; `pages` is 0 for the workbook."""

    file: Path
    pages: int = 0
    dossier_id: str = ""
    serial: str = ""
    note: str = ""


class HandoverFolder(Protocol):
    """A folder being filled; at the end of its `with` block it gets its name, after an error nothing is left."""

    @property
    def path(self) -> Path:
        """Where the files go."""
        ...

    @property
    def final_path(self) -> Path:
        """Where the folder stands after the block."""
        ...

    def note(self, *files: ListedFile) -> None:
        """Put files of the folder on its list."""
        ...


MakeHandoverFolder = Callable[[Path, str], AbstractContextManager[HandoverFolder]]
"""Begins a folder of a name below another; one of that name that is there already stays, the new one is numbered.

Raises StoreError: `disk_full`, `file_in_use`, `disk_failed`.
"""


class PdfWriter(Protocol):
    """Puts page images into one PDF, JPEGs as they are while the file stays small enough."""

    def write(self, pages: Sequence[Path], out: Path, turns_deg: Sequence[int] = ()) -> WrittenPdf:
        """Write the PDF in the order of the pages.

        Args:
            pages: Image files.
            out: Where the PDF goes; written beside and renamed.
            turns_deg: How far the content of each page stands turned clockwise; shown upright.

        Raises:
            InputError: `pdf_too_large` when it is too large even with smaller images.
            StoreError: `disk_full`, `disk_failed`, `file_in_use`.
        """
        ...
