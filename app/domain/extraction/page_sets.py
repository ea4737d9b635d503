"""The pages of a certificate: which belong together, which are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain import findings
from app.domain.dossier import Model, PageKind
from app.domain.extraction.page_kinds import Guess, guess_kind
from app.domain.extraction.rows import PageText, page_text
from app.domain.reading import Finding, PageScan
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
    one sheet are one page; so is a text whose lines stand level on both sides.
    """
    pages = seen(left, 0), seen(right, 1)
    kinds = {page.kind for page in pages}
    if kinds & _OF_A_SHEET:
        return True
    if kinds & {_K.ID_CARD_FRONT, _K.ID_CARD_BACK, _K.BLANK}:
        return False
    return all(len(page.text.rows) >= _FULL_PAGE_ROWS for page in pages) and not _stand_level(*pages)


def _stand_level(one: SeenPage, other: SeenPage) -> bool:
    """Whether most rows of one side have a row of the other at their height, as in a table without rules."""
    rows, others = one.text.rows, [row.middle for row in other.text.rows]
    level = sum(any(abs(row.middle - middle) < LEVEL_SHARE * row.height for middle in others) for row in rows)
    return level > LEVEL_ROWS_SHARE * len(rows)


def one_certificate(pages: Sequence[SeenPage], serial_of: SerialOf) -> tuple[list[SeenPage], list[Finding]]:
    """The pages of the most complete certificate; a finding when there are pages of several."""
    certificates = _groups([page for page in pages if page.kind in CERTIFICATE_KINDS], serial_of)
    if len(certificates) <= 1:
        return (certificates[0] if certificates else []), []
    best = max(certificates, key=lambda group: (len(group), sum(page.guess.weight for page in group)))
    found = [serial_of(group) or "?" for group in certificates]
    return best, [findings.make("several_certificates", "certificate.serial", serials=", ".join(found))]


def _groups(pages: Sequence[SeenPage], serial_of: SerialOf) -> list[list[SeenPage]]:
    """Pages by certificate: a second page of the same kind belongs to another one, unless its serial is the same."""
    groups: list[list[SeenPage]] = []
    for page in pages:
        home = next((group for group in groups if _belongs(page, group)), None)
        twin = next((group for group in groups if home is None and _is_twin(page, group, serial_of)), None)
        if home is not None:
            home.append(page)
        elif twin is None:
            groups.append([page])
    return groups


def _belongs(page: SeenPage, group: Sequence[SeenPage]) -> bool:
    same_model = {page.guess.model, None} & {other.guess.model for other in group} or page.guess.model is None
    return bool(same_model) and all(other.kind != page.kind for other in group)


def _is_twin(page: SeenPage, group: Sequence[SeenPage], serial_of: SerialOf) -> bool:
    """The same page scanned twice: same kind, same serial; where there is none, nearly the same words."""
    for other in group:
        if other.kind == page.kind and other.guess.model == page.guess.model:
            serials = {serial_of([page]), serial_of([other])}
            one, two = _words(page), _words(other)
            return len(serials) == 1 and bool(one and two) and len(one & two) > TWIN_SHARE * min(len(one), len(two))
    return False


def _words(page: SeenPage) -> set[str]:
    return {word for word in fold(page.text.clip.text).split() if len(word) > 1}


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
        found.append(findings.make("pages_missing", pages=", ".join(PAGE_WORDS[kind] for kind in missing)))
    return found
