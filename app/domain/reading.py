"""What is seen on pages and what is read from them: words, codes, fields with evidence, findings.

Pixel coordinates have their origin at the top left of the decoded image after its EXIF turn (of a PDF page: its
embedded image, else the 300 dpi rendering), x to the right, y down; the whole spread included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.domain.dossier import Asset, Certificate, Change, CurrentUser, Holder, Parcel


class Box(NamedTuple):
    """A rectangle in pixels of the page image: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int


class Source(StrEnum):
    """Who or what set a value."""

    OCR = "ocr"
    QR = "qr"
    BARCODE = "barcode"
    MRZ = "mrz"
    ID_CARD = "id_card"
    RULE = "rule"
    PERSON = "person"


class Check(StrEnum):
    """Whether a person must look."""

    OK = "ok"
    LOOK = "look"
    CONFLICT = "conflict"


class Severity(StrEnum):
    """How grave a finding is; blocking findings stop the dossier before `entered`."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word from the OCR engine; confidence as the engine gives it, 0..100."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line, words from left to right; block and paragraph number are the engine's."""

    words: tuple[Word, ...]
    block: int = 0
    paragraph: int = 0

    @property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of a ruled table: row and column from 0, how many of each it covers, its box, its printed lines."""

    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    box: Box
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table; cells from top to bottom and left to right, empty ones too."""

    box: Box
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A decoded QR or bar code; kind is "qr" or "barcode"."""

    kind: str
    text: str
    box: Box


class Point(NamedTuple):
    """A place in pixels of the page image."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Where two pages that lie side by side in one image meet, and which of them this is.

    Attributes:
        half: 0 for the left page, 1 for the right one, as they are read.
        top: Upper end of the line between them, as they are read.
        bottom: Its lower end.
    """

    half: int
    top: Point
    bottom: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScan:
    """Everything seen on one page, before anything is understood.

    Attributes:
        file: Name or path of the file as given by the caller.
        page: Page within the file, from 1; the halves of a spread count as two.
        image: Image within the file that holds the page, from 1; 0 when it is not known.
        width_px: Width of the whole image, also for half of a spread; the same for the height.
        rotation_deg: How far the content stands turned clockwise in the image: 0, 90, 180, 270.
        skew_deg: Remaining lean, positive clockwise.
        split: Where the image is parted; None for an image of one page.
        lines: Lines of the main pass, in reading order, boxes in the image's own pixels.
        tables: Ruled tables; the words of their cells are in `lines` as well.
        red_lines: Lines of the red-ink pass (title, serial).
        codes: Decoded QR and bar codes.
        ink_pct: Share of the page that is printed, in percent; folds, dark edges and specks are left out.
        error: Code of the failure when the page could not be decoded; the other values are then empty.
    """

    file: str
    page: int = 1
    image: int = 0
    width_px: int = 0
    height_px: int = 0
    dpi: int | None = None
    rotation_deg: int = 0
    skew_deg: float = 0.0
    split: Split | None = None
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    red_lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    ink_pct: float = 0.0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A piece of a page to be read again, in another way.

    Attributes:
        image: Image within the file, from 1, as a `PageScan` has it.
        box: In pixels of the page image.
        rotation_deg: How far the content stands turned clockwise: 0, 90, 180, 270.
        skew_deg: Remaining lean, positive clockwise.
    """

    file: str
    image: int
    box: Box
    rotation_deg: int = 0
    skew_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One possible value of a field, with its evidence."""

    value: str | None
    source: str
    confidence: float
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReading:
    """A value read for a path, with the evidence for it.

    Attributes:
        value: The normalised value as text (decimal point, ISO date); None when printed but unreadable.
        raw: The text as read.
        confidence: Calibrated chance that the value is exactly right, 0..1.
        check: ok = no need to look, look = a person must confirm, conflict = sources disagree.
        page: Index into the reading's pages, from 0.
        box: Where on that page.
    """

    path: str
    value: str | None
    raw: str | None
    source: str
    confidence: float
    check: str
    page: int | None = None
    box: Box | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a check found.

    Attributes:
        message: Vietnamese and complete; other languages are made of the code and the details (`app/messages.py`).
        details: What is filled into the sentence, as shown; `why` holds the codes of the reasons, parted by blanks.
    """

    code: str
    severity: str
    paths: tuple[str, ...] = ()
    message: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What a page was recognised as."""

    file: str
    page: int
    kind: str
    model: str | None = None
    rotation_deg: int = 0
    skew_deg: float = 0.0
    width_px: int = 0
    height_px: int = 0
    dpi: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A record read from the pages of one dossier; printed by `diaba read --json` (DESIGN 4.3)."""

    schema: str = "diaba.reading/1"
    certificate: Certificate
    changes: tuple[Change, ...] = ()
    current_users: tuple[CurrentUser, ...] = ()
    holders: tuple[Holder, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    assets: tuple[Asset, ...] = ()
    pages: tuple[PageReading, ...] = ()
    fields: tuple[FieldReading, ...] = ()
    findings: tuple[Finding, ...] = ()
    missing_pages: tuple[str, ...] = ()
    seconds: float = 0.0
