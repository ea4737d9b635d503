"""The pages of a certificate: which belong together, which are missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain import findings
from app.domain.dossier import Model, PageKind
from app.domain.extraction.model_evidence import family, may_be, told_model
from app.domain.extraction.page_kinds import Guess, guess_kind, sure_words
from app.domain.extraction.rows import PageText, page_text
from app.domain.identity import parse_id_card_qr
from app.domain.reading import Finding, PageScan
from app.domain.serials import find_serials
from app.domain.text import fold

_K = PageKind
CERTIFICATE_KINDS = (
    *(_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    *(_K.CERTIFICATE_FRONT, _K.CERTIFICATE_BACK),
)
PAGE_SETS: dict[str, tuple[PageKind, ...]] = {
    Model.M1993: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3),
    Model.M2003: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3),
    Model.M2009: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    Model.M2014: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    Model.M2024: (_K.CERTIFICATE_FRONT, _K.CERTIFICATE_BACK),
}
"""Pages of a whole certificate by model (DESIGN 4.3)."""
TWIN_SHARE = 0.8
"""Of the words of two scans of one page, at least this share is the same."""
LEVEL_SHARE = 0.3
"""Rows on both sides of a gap stand level when their middles differ by less than this share of their height."""
LEVEL_ROWS_SHARE = 0.8
"""Of rows that stand level by chance there are fewer than this share."""
_FULL_PAGE_ROWS = 8
_FULL_PAGE_WORDS = 16
_ANY_MODEL = frozenset(Model)
_BARCODE = re.compile(r"\d{13}")
_BARCODE_DIGITS = re.compile(r"(?<!\d)(\d{13})(?!\d)")
_REGISTER = re.compile(r"so vao so cap (?:gcn|giay chung nhan)[^\n\d]{0,40}(\d{4,6})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{12}(?!\d)|(?<!\d)\d{9}(?!\d)")
_NAME = re.compile(r"[A-ZĐÀ-Ỹ]{2,}(?: [A-ZĐÀ-Ỹ]{2,}){1,4}")
_NAMED = re.compile(
    r"(?:(?<!\w)(?:[ÔÓô]ng|[Bb]à)|(?:[Tt]ên|[Nn]ame))\W{1,4}([A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?: [A-ZĐÀ-Ỹ][\wÀ-ỹ]*){1,4})"
)
_MRZ_NUMBER = re.compile(r"VNM\d{10}(\d{12})")
_NO_NAME = re.compile(
    r"^(?:tinh|huyen|xa|phuong|thi xa|thi tran|thanh pho|quan|so) |"
    r"viet nam|chung nhan|chung minh|su dung|so huu|uy ban|nhan dan|van phong|chi nhanh|dang ky|can cuoc|cong dan|"
    r"giam doc|chu tich|doc lap|xa hoi|chu nghia|cong hoa|tai nguyen|moi truong|so do|thua dat|thay doi|noi dung|"
    r"toa do|bo sung|trang bo|ban do|giay|gan lien|lien voi|ke khai|dat dai|cuc truong|canh sat|quan ly|hanh chinh|"
    r"trat tu|uy quyen|dai dien|identity|card"
)
"""Capitals that are no names."""
_WITH_NAMES = frozenset({*CERTIFICATE_KINDS, _K.ID_CARD_FRONT})
_OF_A_SHEET = frozenset({*CERTIFICATE_KINDS, _K.SUPPLEMENT})
PAGE_WORDS = {
    _K.CERTIFICATE_1: "trang 1",
    _K.CERTIFICATE_2: "trang 2",
    _K.CERTIFICATE_3: "trang 3",
    _K.CERTIFICATE_4: "trang 4",
    _K.CERTIFICATE_FRONT: "mặt trước",
    _K.CERTIFICATE_BACK: "mặt sau",
}


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page with what it seems to be."""

    text: PageText
    guess: Guess

    @property
    def kind(self) -> PageKind:
        """Its kind."""
        return self.guess.kind


SerialOf = Callable[[Sequence[SeenPage]], str | None]


def seen(scan: PageScan, index: int) -> SeenPage:
    """A page and what it seems to be; `index` is its place among the readable pages."""
    text = page_text(scan, index)
    return SeenPage(text, guess_kind(text))


def are_two_pages(left: PageScan, right: PageScan) -> bool:
    """Whether what stands left and right of a gap are two pages, by what is read there.

    The gap is free of print from top to bottom, so a table or a drawing is out of the question. Two identity cards on
    one sheet are one page; so is a card photographed so closely that the gaps between its words are wide, and a text
    whose lines stand level on both sides.
    """
    pages = seen(left, 0), seen(right, 1)
    kinds = {page.kind for page in pages}
    if kinds & _OF_A_SHEET:
        return True
    whole = seen(replace(left, lines=(*left.lines, *right.lines), codes=(*left.codes, *right.codes), split=None), 0)
    if {*kinds, whole.kind} & {_K.ID_CARD_FRONT, _K.ID_CARD_BACK, _K.BLANK}:
        return False
    return all(map(_is_full, pages)) and not _stand_level(*pages)


def _is_full(page: SeenPage) -> bool:
    """Whether there is as much print as on a page: many rows, and words one can trust."""
    return len(page.text.rows) >= _FULL_PAGE_ROWS and sure_words(page.text, letters=2) >= _FULL_PAGE_WORDS


def _stand_level(one: SeenPage, other: SeenPage) -> bool:
    """Whether most rows of one side have a row of the other at their height, as in a table without rules."""
    rows, others = one.text.rows, [row.middle for row in other.text.rows]
    level = sum(any(abs(row.middle - middle) < LEVEL_SHARE * row.height for middle in others) for row in rows)
    return level > LEVEL_ROWS_SHARE * len(rows)


def one_certificate(pages: Sequence[SeenPage], serial_of: SerialOf) -> tuple[list[SeenPage], list[Finding]]:
    """The pages of the most complete certificate; a finding when there are pages of several."""
    certificates = [group for group in propose_dossiers(pages, serial_of) if group.has_certificate]
    if not certificates:
        return [page for page in pages if page.kind == _K.SUPPLEMENT], []
    best = max(certificates, key=lambda group: (len(group.kinds), sum(page.guess.weight for page in group.pages)))
    chosen = [page for page in best.pages if page.kind in _OF_A_SHEET and page not in best.twins]
    if len(certificates) == 1:
        return chosen, []
    found = [group.serial or "?" for group in certificates]
    return chosen, [findings.make("several_certificates", "certificate.serial", serials=", ".join(found))]


# ---------------------------------------------------------------- dossiers of a pile


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDossier:
    """Pages of a pile that seem to belong together.

    Attributes:
        pages: In the order of the pile; pages that belong to no certificate stand with those they lie beside.
        twins: Of these, pages scanned twice.
        serial: The certificate's, where it was read.
        sure: Whether marks both carry put every certificate page here, and not its place in the pile alone.
    """

    pages: tuple[SeenPage, ...]
    twins: tuple[SeenPage, ...]
    serial: str | None
    sure: bool

    @property
    def kinds(self) -> frozenset[PageKind]:
        """Kinds of certificate pages in it."""
        return frozenset(page.kind for page in self.pages) & frozenset(CERTIFICATE_KINDS)

    @property
    def has_certificate(self) -> bool:
        """Whether there is a certificate's page in it."""
        return bool(self.kinds)


def propose_dossiers(pages: Sequence[SeenPage], serial_of: SerialOf) -> tuple[ProposedDossier, ...]:
    """Split a pile into dossiers, in the order of their first pages; a proposal, for a person to change.

    First come marks that two pages share (a serial, the register number and the bar code that holds it, an identity
    number, the two halves of one opened sheet), then the place in the pile: a page goes to the nearest certificate of
    its model that lacks it, one that lies before it first.
    """
    marks = [_marks_of(page, serial_of) for page in pages]
    groups: list[_Group] = []
    for index, page in enumerate(pages):
        if page.kind in CERTIFICATE_KINDS:
            _join_by_marks(groups, index, page, marks[index])
    groups = _completed(groups)
    for index, page in enumerate(pages):
        if page.kind not in CERTIFICATE_KINDS:
            _lay_beside(groups, index, page, marks[index])
    groups.sort(key=lambda group: min(group.places))
    return tuple(group.proposed() for group in groups)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What ties a page to others: serials of its certificate, numbers out of the register, identity numbers, names.

    `models` are those it may be of; `text` is all that stands on it, folded.
    """

    serial: str | None
    quoted: frozenset[str]
    register: frozenset[str]
    identity: frozenset[str]
    names: frozenset[str]
    sheet: tuple[str, int] | None
    models: frozenset[Model]
    text: str

    def tie(self, other: _Marks) -> bool:
        """Whether a mark stands on both."""
        by_serial = self.serial is not None and self.serial in {other.serial, *other.quoted}
        by_quote = other.serial is not None and other.serial in self.quoted
        by_sheet = self.sheet is not None and self.sheet == other.sheet
        return by_serial or by_quote or by_sheet or bool(self.register & other.register)

    def part(self, other: _Marks) -> bool:
        """Whether their serials say that they are of different certificates."""
        return self.serial is not None and other.serial is not None and self.serial != other.serial

    def doubt(self, other: _Marks) -> bool:
        """Whether numbers out of the register speak against one certificate: more than one digit is another."""
        pairs = [(one, another) for one in self.register for another in other.register]
        return bool(pairs) and all(sum(map(str.__ne__, *pair)) > 1 for pair in pairs)


class _Group:
    """Pages put together so far, with their places in the pile."""

    def __init__(self) -> None:
        self.pages: dict[int, SeenPage] = {}
        self.marks: dict[int, _Marks] = {}
        self.twins: list[SeenPage] = []
        self.sure = True

    @property
    def places(self) -> list[int]:
        """Places of the pages in the pile, lowest first."""
        return sorted(self.pages)

    @property
    def kinds(self) -> set[PageKind]:
        """Kinds of certificate pages in it."""
        return {page.kind for page in self.pages.values()} & set(CERTIFICATE_KINDS)

    @property
    def models(self) -> set[Model]:
        """Models its certificate pages may be of, told apart as far as a page shows it."""
        found = set(_ANY_MODEL)
        for place, page in self.pages.items():
            if page.kind in CERTIFICATE_KINDS:
                found &= self.marks[place].models
        return found

    def add(self, index: int, page: SeenPage, marks: _Marks) -> None:
        """Take a page from its place in the pile."""
        self.pages[index] = page
        self.marks[index] = marks

    def take(self, other: _Group) -> None:
        """Take all pages of another."""
        self.pages |= other.pages
        self.marks |= other.marks
        self.twins += other.twins
        self.sure = self.sure and other.sure

    @property
    def identity(self) -> frozenset[str]:
        """Numbers of identity papers on its pages."""
        return frozenset[str]().union(*(own.identity for own in self.marks.values()))

    def named_in(self, marks: _Marks) -> set[str]:
        """People named on its pages and on another page."""
        names = {name for own in self.marks.values() for name in own.names}
        own_text = " ".join(own.text for own in self.marks.values())
        return {name for name in names if name in marks.text} | {name for name in marks.names if name in own_text}

    def ties(self, marks: _Marks) -> bool:
        """Whether one of its pages shares a mark."""
        return any(own.tie(marks) for own in self.marks.values())

    def parts(self, marks: _Marks) -> bool:
        """Whether one of its pages is of another certificate."""
        return any(own.part(marks) for own in self.marks.values())

    def may_take(self, other: _Group) -> bool:
        """Whether another's pages fit in: no kind twice, one model, no mark against it."""
        if self.kinds & other.kinds or not self.models & other.models:
            return False
        return not any(self.parts(marks) for marks in other.marks.values())

    def doubts(self, other: _Group) -> bool:
        """Whether a mark speaks against taking another's pages, without forbidding it."""
        return any(own.doubt(marks) for own in self.marks.values() for marks in other.marks.values())

    def has_twins_of(self, other: _Group) -> bool:
        """Whether another's pages are second scans of its own: same kinds, no other serial, nearly the same words."""
        return all(self._has_twin(page, other.marks[place]) for place, page in other.pages.items())

    def take_twins(self, other: _Group) -> None:
        """Take second scans."""
        self.twins += other.pages.values()
        self.take(other)

    def _has_twin(self, page: SeenPage, marks: _Marks) -> bool:
        return any(
            own.kind == page.kind
            and bool(self.marks[place].models & marks.models)
            and self.marks[place].serial == marks.serial
            and not self.marks[place].doubt(marks)
            and _same_print(own, page)
            for place, own in self.pages.items()
        )

    def proposed(self) -> ProposedDossier:
        """The group as a value."""
        serials = [marks.serial for marks in self.marks.values() if marks.serial]
        return ProposedDossier(
            pages=tuple(self.pages[place] for place in self.places),
            twins=tuple(self.twins),
            serial=serials[0] if serials else None,
            sure=self.sure,
        )


def _join_by_marks(groups: list[_Group], index: int, page: SeenPage, marks: _Marks) -> None:
    """Put a certificate page to those that share a mark with it; one that shares none begins a group."""
    new = _Group()
    new.add(index, page, marks)
    for group in [group for group in groups if group.ties(marks)]:
        if group.may_take(new):
            group.take(new)
            groups.remove(group)
            new = group
        elif group.has_twins_of(new):
            group.take_twins(new)
            return
    groups.append(new)


def _completed(groups: list[_Group]) -> list[_Group]:
    """Groups that may be one certificate become one, those nearest to each other in the pile first."""
    whole: list[_Group] = []
    for group in sorted(groups, key=lambda group: min(group.places)):
        homes = [home for home in whole if home.may_take(group)]
        if homes:
            home = min(homes, key=lambda home: (home.doubts(group), _distance(home, group)))
            home.take(group)
            home.sure = False
            continue
        original = next((home for home in whole if home.has_twins_of(group)), None)
        if original is not None:
            original.take_twins(group)
        else:
            whole.append(group)
    for group in whole:
        group.sure = group.sure or len(whole) == 1
    return whole


def _distance(one: _Group, other: _Group) -> int:
    return min(abs(place - its) for place in one.places for its in other.places)


def _lay_beside(groups: list[_Group], index: int, page: SeenPage, marks: _Marks) -> None:
    """Put another paper to the dossier that names its serial or its people, else to the one it lies behind.

    The back of a card that names nobody goes with the front before it.
    """
    tied = [group for group in groups if group.ties(marks) and not group.parts(marks)]
    fronts = [group for group in groups if _is_back_of(group.pages.get(index - 1), page)]
    before = [group for group in groups if min(group.places) < index]
    behind = sorted(before, key=lambda group: min(abs(place - index) for place in group.places))
    home = next(iter((*tied, *_of_people(groups, marks), *fronts, *behind, *groups)), None)
    if home is None:
        home = _Group()
        groups.append(home)
    home.add(index, page, marks)


def _is_back_of(front: SeenPage | None, page: SeenPage) -> bool:
    return front is not None and (front.kind, page.kind) == (_K.ID_CARD_FRONT, _K.ID_CARD_BACK)


def _of_people(groups: Sequence[_Group], marks: _Marks) -> list[_Group]:
    """The group that shares most numbers of identity papers and names with a page; none when several do alike."""
    shared = [(2 * len(group.identity & marks.identity) + len(group.named_in(marks)), group) for group in groups]
    most = max((count for count, _ in shared), default=0)
    best = [group for count, group in shared if count == most]
    return best if most and len(best) == 1 else []


def _marks_of(page: SeenPage, serial_of: SerialOf) -> _Marks:
    is_certificate = page.kind in CERTIFICATE_KINDS
    text = page.text.clip.text
    scan = page.text.scan
    quoted = {serial for serial, _ in find_serials(text)} if not is_certificate else set()
    register = {code.text[-6:] for code in scan.codes if code.kind == "barcode" and _BARCODE.fullmatch(code.text)}
    register |= {match[1][-6:] for match in _BARCODE_DIGITS.finditer(text)} if page.kind == _K.CERTIFICATE_4 else set()
    register |= {match[1].zfill(6) for match in _REGISTER.finditer(page.text.clip.folded)} if is_certificate else set()
    return _Marks(
        serial=serial_of([page]) if is_certificate else None,
        quoted=frozenset(quoted),
        register=frozenset(register),
        identity=frozenset((*_IDENTITY.findall(text), *_MRZ_NUMBER.findall(text), *_card_numbers(scan))),
        names=frozenset(_names(page)),
        sheet=(scan.file, scan.image) if scan.split is not None else None,
        models=may_be(page.guess, page.text),
        text=page.text.clip.folded.replace("\n", " "),
    )


def _names(page: SeenPage) -> Iterator[str]:
    """Names of people, folded: after the words that go before a name; on certificates and cards also in capitals."""
    text = page.text.clip.text
    found = _NAMED.findall(text)
    if page.kind in _WITH_NAMES:
        found += _NAME.findall(text)
    for name in map(fold, found):
        if not _NO_NAME.search(name) and " " in name:
            yield name


def _card_numbers(scan: PageScan) -> Iterator[str]:
    for code in scan.codes:
        card = parse_id_card_qr(code.text) if code.kind == "qr" else None
        if card is not None:
            yield card.number
            if card.old_number:
                yield card.old_number


def _same_print(one: SeenPage, other: SeenPage) -> bool:
    first, second = _words(one), _words(other)
    return bool(first and second) and len(first & second) > TWIN_SHARE * min(len(first), len(second))


def _words(page: SeenPage) -> set[str]:
    return {word for word in fold(page.text.clip.text).split() if len(word) > 1}


# ---------------------------------------------------------------- model and completeness


def seen_pages(scans: Sequence[PageScan], serial_of: SerialOf) -> list[SeenPage]:
    """Pages with what they seem to be; a page that does not show its model has that of its certificate."""
    pages = [seen(scan, index) for index, scan in enumerate(scans)]
    settled: dict[int, SeenPage] = {}
    for group in propose_dossiers(pages, serial_of):
        model = _model_of(group)
        for page in group.pages:
            is_open = page.kind == _K.SUPPLEMENT or (page.kind in CERTIFICATE_KINDS and model in family(page.guess))
            settled[page.text.page] = SeenPage(page.text, replace(page.guess, model=model)) if is_open else page
    return [settled[page.text.page] for page in pages]


def _model_of(group: ProposedDossier) -> Model | None:
    pages = [(page.guess, page.text) for page in group.pages if page.kind in CERTIFICATE_KINDS]
    return told_model(pages, group.serial).model


def missing_kinds(model: str | None, pages: Sequence[SeenPage]) -> list[PageKind]:
    """Kinds of the model's set that no page has; none when the model is unknown."""
    kinds = {page.kind for page in pages}
    return [kind for kind in PAGE_SETS.get(model or "", ()) if kind not in kinds]


def page_findings(model: str | None, pages: Sequence[SeenPage], missing: Sequence[PageKind]) -> list[Finding]:
    """No certificate among the pages; pages that are missing."""
    found = []
    if pages and not any(page.kind in CERTIFICATE_KINDS for page in pages):
        found.append(findings.make("no_certificate"))
    if missing:
        shown = ", ".join(PAGE_WORDS[kind] for kind in missing)
        found.append(findings.make("pages_missing", pages=shown, kinds=" ".join(missing)))
    return found
