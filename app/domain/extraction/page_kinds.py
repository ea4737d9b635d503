"""What a page is, told by its printed words; never by its position or colour.

Every kind of page gathers the weights of its anchors (`page_anchors`) found on the page, each the less the worse it was
seen, and those of its codes, of the zone for machines, of a number that fits a birth. The heaviest kind wins, if it has
enough and leads by a margin; a title of another paper stands against all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.dates import find_short_date, fold_in_place, year_of
from app.domain.dossier import Model, PageKind
from app.domain.extraction.fuzzy import find, find_at_start
from app.domain.extraction.page_anchors import (
    CERTIFICATES,
    FOUR_PAGES,
    LONGER_TITLE,
    MOTTO,
    NATION,
    OTHERS,
    TITLE,
    Anchors,
)
from app.domain.extraction.rows import PageText, lines_as_clip
from app.domain.identity import parse_cccd, parse_certificate_qr, parse_id_card_qr
from app.domain.mrz import find_zones

ENOUGH = 2.0
"""Weight of anchors a kind needs."""
NEARLY_ENOUGH, CLEAR_LEAD = 1.6, 0.9
"""Less will do for a kind with no other near it, by so much beyond the margin."""
MARGIN = 0.25
"""By so much the heaviest kind leads, unless it is heavy in any case."""
HEAVY = 4.0
"""A kind of this weight needs no margin."""
DIRTY_INK_PCT = 0.12
"""Dirt, and print that shines through, are less than this; a page of print, a drawing or a picture is more."""
SHORT_LABEL = 14
"""Labels shorter than this must be seen well."""
CARD_LABEL = 11
"""Labels of cards so long may be seen less well."""
WORN_LABEL = 16
"""Labels of cards longer than this tell something even when they are seen badly."""
UPPER_SHARE = 0.45
"""Titles of papers stand in this upper part of their rows."""
COVER_WORDS = 24
"""A cover has fewer words than this."""
CARD_WORDS = 45
"""The front of a card has fewer words than this that are read surely."""

_K = PageKind
_CARD_SIDES = frozenset({_K.ID_CARD_FRONT, _K.ID_CARD_BACK})
_WORN_SHARE, _WORN_WORTH = 0.3, 0.4
_CAPITALS = 0.6
_SMALL_TITLE = 0.5
_TITLE_TAIL, _SMALL_TITLE_TAIL = 1.6, 2.5
_BEGINNING = 8
_WORD_SURE = 70.0
_WORD_LETTERS = 3
_CARD_NUMBER_LETTERS = 14
_PROVINCES = range(1, 97)
_ONE_LETTER = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ][ .]{0,2}\d{6}(?!\d)")
_TWO_LETTERS = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ]{2}[ .]{0,2}\d{6}(?!\d)")
_EIGHT_DIGITS = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ]{2}[ .]{0,2}\d{8}(?!\d)")
_SIXTH_HEADING = re.compile(r"(?<!\w)v[il1|]\s?[-.–—]")
_MRZ = re.compile(r"[A-Z0-9<]{6,}<<[A-Z0-9<]*|<{5,}|[I1LT|]?[D0O]?V[NM][MHN]\w?\d{8,}")
_OTHER_NUMBER = re.compile(r"thue|khach|hop dong|tai khoan|dien thoai|hoa don")
_TWELVE = re.compile(r"(?<![\d/.])\d{12}(?![\d/])")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a page seems to be, and how many anchors say so."""

    kind: PageKind
    model: Model | None
    weight: float


def guess_kind(page: PageText) -> Guess:
    """The most likely kind of a page; `other` when no kind has enough anchors, `blank` when nothing is on it."""
    red = lines_as_clip(page.scan.red_lines, page.page)
    text = f"{page.clip.folded}\n{red.folded}".replace("\n", " ")
    titles = list(_titles(page))
    guesses = _with_others(
        [Guess(row.kind, row.model, _weight(row, text, titles)) for row in _ROWS], _beside_words(page)
    )
    guesses.sort(key=lambda guess: guess.weight, reverse=True)
    best, weight = guesses[0], guesses[0].weight
    lead = min((weight - guess.weight - _margin(best, guess) for guess in guesses[1:]), default=0.0)
    if (weight >= ENOUGH and (lead >= 0 or weight >= HEAVY)) or (weight >= NEARLY_ENOUGH and lead >= CLEAR_LEAD):
        return _with_model(best, page, text)
    if _is_cover(page, text):
        return _cover(page, text)
    return Guess(_K.BLANK if _is_blank(page) else _K.OTHER, None, 0.0)


_ROWS = (*CERTIFICATES, *OTHERS)


def _beside_words(page: PageText) -> list[Guess]:
    """What speaks for kinds beside their words."""
    return [*_by_codes(page), _by_zone(page), _by_number(page)]


def _with_others(guesses: Sequence[Guess], more: Sequence[Guess]) -> list[Guess]:
    """The guesses, each with what else speaks for its kind and model."""
    return [
        replace(
            guess,
            weight=guess.weight + sum(one.weight for one in more if (one.kind, one.model) == (guess.kind, guess.model)),
        )
        for guess in guesses
    ]


def _margin(best: Guess, other: Guess) -> float:
    """By how much one guess must lead another."""
    if best.kind == other.kind or {best.kind, other.kind} <= _CARD_SIDES:
        return 0.0
    return MARGIN


def _titles(page: PageText) -> Iterator[tuple[str, float]]:
    """What may be the title of a paper, folded, and how much it is believed.

    It stands in the upper rows, in capitals; in small letters it is believed less, and only where nothing else is on
    its row.
    """
    if not page.rows:
        return
    top, bottom = page.rows[0].middle, page.rows[-1].middle
    end = top + UPPER_SHARE * (bottom - top)
    for row in page.rows:
        cells = row.cells() if row.middle <= end else []
        for cell in cells:
            is_printed_large = _is_in_capitals(cell.clip.text)
            if is_printed_large or len(cells) == 1:
                yield cell.clip.folded.strip(" .-:|_"), 1.0 if is_printed_large else _SMALL_TITLE


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isupper, letters)) >= _CAPITALS * max(1, len(letters))


def _weight(row: Anchors, text: str, titles: Sequence[tuple[str, float]]) -> float:
    seen = _seen_on_card if row.kind in _CARD_SIDES else _seen
    words = sum(weight * seen(words, text) for words, weight in row.words)
    title = max((weight * _worth(words, titles) for words, weight in row.titles), default=0.0)
    return words + title


def _seen(words: str, text: str) -> float:
    """How well an anchor is seen: 1 letter for letter, less with slips, 0 when it is not there."""
    hit = find(words, text, _allowed(words))
    return 1 - hit.errors / len(words) if hit else 0.0


def _seen_on_card(words: str, text: str) -> float:
    """The same for labels of a card: as small as they are printed, long ones tell something through many slips."""
    hit = find(words, text, 0.2 if len(words) >= CARD_LABEL else 0.12)
    if hit:
        return 1 - hit.errors / len(words)
    return _WORN_WORTH if len(words) > WORN_LABEL and find(words, text, _WORN_SHARE) else 0.0


def _worth(title: str, titles: Iterable[tuple[str, float]]) -> float:
    """How much a title is believed; one in small letters must be nearly all there is on its row."""
    found = (
        worth
        for head, worth in titles
        if find_at_start(title, head, _allowed(title)) and (worth == 1 or len(head) <= _SMALL_TITLE_TAIL * len(title))
    )
    return max(found, default=0.0)


def _allowed(words: str) -> float:
    return 0.12 if len(words) < SHORT_LABEL else 0.2


def _with_model(guess: Guess, page: PageText, text: str) -> Guess:
    """The guess without a model where it cannot be told: the table of changes has a number in 2003 only."""
    if guess.kind is _K.CERTIFICATE_4 and guess.model is Model.M2003:
        return Guess(guess.kind, Model.M2003 if _SIXTH_HEADING.search(text) else None, guess.weight)
    return guess


def _by_codes(page: PageText) -> Iterator[Guess]:
    """What codes alone say: the QR of an identity card is on its front, since 2024 on its back.

    A certificate of 2024 has one on its front, and one beside each change on its back.
    """
    for code in page.scan.codes:
        if code.kind == "qr" and parse_id_card_qr(code.text):
            yield Guess(_K.ID_CARD_FRONT, None, 2.5)
            yield Guess(_K.ID_CARD_BACK, None, 2.2)
            return
        if code.kind == "qr" and parse_certificate_qr(code.text):
            yield Guess(_K.CERTIFICATE_FRONT, Model.M2024, 2.5)
            yield Guess(_K.CERTIFICATE_BACK, Model.M2024, 1.5)
            return
        if code.kind == "barcode" and re.fullmatch(r"\d{13}", code.text):
            yield Guess(_K.CERTIFICATE_4, FOUR_PAGES, 2.3)
            return


def _by_zone(page: PageText) -> Guess:
    """The lines for machines on the back of an identity card."""
    if find_zones([line.text for line in page.scan.lines]):
        return Guess(_K.ID_CARD_BACK, None, 3.0)
    lines = sum(bool(_MRZ.search(row.clip.text.replace(" ", ""))) for row in page.rows)
    return Guess(_K.ID_CARD_BACK, None, 2.2 if lines >= 2 else 1.0 if lines else 0.0)


def _by_number(page: PageText) -> Guess:
    """A citizen's number nearly alone on its row, the more so with a day of birth that fits it, or on little text."""
    numbers = [
        match[0]
        for row in page.rows
        if sum(map(str.isalpha, row.clip.text)) <= _CARD_NUMBER_LETTERS and not _OTHER_NUMBER.search(row.clip.folded)
        for match in _TWELVE.finditer(row.clip.text)
        if int(match[0][:3]) in _PROVINCES
    ]
    born = {parts.birth_year for number in numbers if (parts := parse_cccd(number))}
    days = [found[0] for row in page.rows if (found := find_short_date(row.clip.text))]
    if not born:
        return Guess(_K.ID_CARD_FRONT, None, 0.0)
    fits = bool(born & {year_of(day) for day in days})
    has_head = any(find(words, page.clip.folded, 0.3) is not None for words in (NATION, MOTTO))
    is_small = has_head and sure_words(page) < CARD_WORDS
    return Guess(_K.ID_CARD_FRONT, None, 0.8 + fits + is_small)


def _is_cover(page: PageText, text: str) -> bool:
    """The red first page of 1993 and 2003: the title, a serial, nothing else.

    Of a title half lost, the other half will do beside the name of the nation or a serial.
    """
    if sure_words(page) >= COVER_WORDS:
        return False
    halves = sum(any(_is_alone(half, row) for row in _rows_of(page)) for half in TITLE)
    if halves == len(TITLE) or find(" ".join(TITLE), text, 0.25) is not None:
        return True
    return halves == 1 and (find(NATION, text, 0.3) is not None or _has_serial(page))


def _rows_of(page: PageText) -> Iterator[str]:
    """Cells of all rows and the lines in red, folded."""
    yield from (cell.clip.folded for row in page.rows for cell in row.cells())
    yield from (line.folded for line in (lines_as_clip((line,), page.page) for line in page.scan.red_lines))


def _is_alone(words: str, folded_row: str) -> bool:
    """Whether a row is this and hardly more, or as much of its beginning as was seen."""
    row = folded_row.strip(" .-:|_'\"")
    if len(row) > _TITLE_TAIL * len(words):
        return False
    beginning = fold_in_place(words)[: max(_BEGINNING, len(row))]
    return find(words, row, 0.3) is not None or (
        len(row) >= _BEGINNING and find_at_start(beginning, row, 0.13) is not None
    )


def _serials(page: PageText) -> str:
    return "\n".join((page.clip.text, *(line.text for line in page.scan.red_lines)))


def _has_serial(page: PageText) -> bool:
    return bool(_ONE_LETTER.search(_serials(page)) or _TWO_LETTERS.search(_serials(page)))


def _cover(page: PageText, text: str) -> Guess:
    """By the title, longer since 2009, and the serial: one letter in 1993, two in 2003, 8 digits in 2024."""
    serials = _serials(page)
    if any(find(words, text, 0.3 if len(words) > WORN_LABEL else 0.2) is not None for words in LONGER_TITLE):
        if _EIGHT_DIGITS.search(serials):
            return Guess(_K.CERTIFICATE_FRONT, Model.M2024, ENOUGH)
        return Guess(_K.CERTIFICATE_1, FOUR_PAGES, ENOUGH)
    if _TWO_LETTERS.search(serials):
        return Guess(_K.CERTIFICATE_1, Model.M2003, ENOUGH)
    return Guess(_K.CERTIFICATE_1, Model.M1993 if _ONE_LETTER.search(serials) else None, ENOUGH)


def _is_blank(page: PageText) -> bool:
    """Nothing but paper, dirt, or print that shines through: no ink to speak of, and no word one can trust."""
    if page.scan.codes or sure_words(page, letters=2) > 2:
        return False
    return page.scan.ink_pct < DIRTY_INK_PCT


def sure_words(page: PageText, letters: int = _WORD_LETTERS) -> int:
    """How many words of so many letters are believed."""
    words = (word for row in page.rows for word in row.clip.words)
    return sum(word.confidence >= _WORD_SURE and sum(map(str.isalnum, word.text)) >= letters for word in words)
