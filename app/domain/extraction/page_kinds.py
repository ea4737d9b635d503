"""What a page is, told by its printed words; never by its position or colour.

Every kind of page gathers the weights of its anchors (`page_anchors`) found on the page, each the less the worse it was
seen. The heaviest kind wins, if it has enough and leads by a margin; a title of another paper stands against all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.dossier import Model, PageKind
from app.domain.extraction.fuzzy import find, find_at_start
from app.domain.extraction.page_anchors import CERTIFICATES, FOUR_PAGES, LONGER_TITLE, OTHERS, TITLE, Anchors
from app.domain.extraction.rows import PageText, lines_as_clip
from app.domain.identity import parse_certificate_qr, parse_id_card_qr

ENOUGH = 2.0
"""Weight of anchors a kind needs."""
MARGIN = 0.25
"""By so much the heaviest kind leads, unless it is heavy in any case."""
HEAVY = 4.0
"""A kind of this weight needs no margin."""
BLANK_INK_PCT = 0.02
DIRTY_INK_PCT = 0.4
"""Dirt, and print that shines through, are less than this; a page of print or a drawing is more."""
SHORT_LABEL = 14
"""Labels shorter than this must be seen well."""
UPPER_SHARE = 0.45
"""Titles of papers stand in this upper part of their rows."""
COVER_WORDS = 24
"""A cover has fewer words than this."""

_K = PageKind
_WORD_SURE = 70.0
_WORD_LETTERS = 3
_ONE_LETTER = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ][ .]{0,2}\d{6}(?!\d)")
_TWO_LETTERS = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ]{2}[ .]{0,2}\d{6}(?!\d)")
_EIGHT_DIGITS = re.compile(r"(?<![A-ZĐ0-9])[A-ZĐ]{2}[ .]{0,2}\d{8}(?!\d)")
_SIXTH_HEADING = re.compile(r"(?<!\w)v[il1|]\s?[-.–—]")
_MRZ = re.compile(r"[A-Z0-9<]{6,}<<[A-Z0-9<]*")


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
    heads = _upper_rows(page)
    guesses = [Guess(row.kind, row.model, _weight(row, text, heads)) for row in (*CERTIFICATES, *OTHERS)]
    guesses += [_by_codes(page), _by_mrz(page)]
    guesses.sort(key=lambda guess: guess.weight, reverse=True)
    best, weight = guesses[0], guesses[0].weight
    lead = weight - next((guess.weight for guess in guesses if guess.kind != best.kind), 0.0)
    if weight >= ENOUGH and (lead >= MARGIN or weight >= HEAVY):
        return _with_model(best, page, text)
    if _is_cover(page, text):
        return _cover(page, text)
    return Guess(_K.BLANK if _is_blank(page) else _K.OTHER, None, 0.0)


def _upper_rows(page: PageText) -> list[str]:
    """Cells of the upper rows, folded: where the title of a paper stands."""
    if not page.rows:
        return []
    top, bottom = page.rows[0].middle, page.rows[-1].middle
    end = top + UPPER_SHARE * (bottom - top)
    return [cell.clip.folded.strip(" .-:|_") for row in page.rows if row.middle <= end for cell in row.cells()]


def _weight(row: Anchors, text: str, heads: Sequence[str]) -> float:
    words = sum(weight * _seen(words, text) for words, weight in row.words)
    title = max((weight for words, weight in row.titles if _stands_first(words, heads)), default=0.0)
    return words + title


def _seen(words: str, text: str) -> float:
    """How well an anchor is seen: 1 letter for letter, less with slips, 0 when it is not there."""
    hit = find(words, text, _allowed(words))
    return 1 - hit.errors / len(words) if hit else 0.0


def _stands_first(title: str, heads: Iterable[str]) -> bool:
    return any(find_at_start(title, head, _allowed(title)) is not None for head in heads)


def _allowed(words: str) -> float:
    return 0.12 if len(words) < SHORT_LABEL else 0.2


def _with_model(guess: Guess, page: PageText, text: str) -> Guess:
    """The guess without a model where it cannot be told: the table of changes has a number in 2003 only."""
    if guess.kind is _K.CERTIFICATE_4 and guess.model is Model.M2003:
        return Guess(guess.kind, Model.M2003 if _SIXTH_HEADING.search(text) else None, guess.weight)
    return guess


def _by_codes(page: PageText) -> Guess:
    """Codes alone: an identity card's QR or a certificate's."""
    for code in page.scan.codes:
        if parse_id_card_qr(code.text):
            return Guess(_K.ID_CARD_FRONT, None, 2.5)
        if code.kind == "qr" and parse_certificate_qr(code.text):
            return Guess(_K.CERTIFICATE_FRONT, Model.M2024, 2.5)
        if code.kind == "barcode" and re.fullmatch(r"\d{13}", code.text):
            return Guess(_K.CERTIFICATE_4, FOUR_PAGES, 2.1)
    return Guess(_K.OTHER, None, 0.0)


def _by_mrz(page: PageText) -> Guess:
    """The lines for machines on the back of an identity card."""
    lines = sum(bool(_MRZ.search(row.clip.text.replace(" ", ""))) for row in page.rows)
    return Guess(_K.ID_CARD_BACK, None, 2.2 if lines >= 2 else 0.0)


def _is_cover(page: PageText, text: str) -> bool:
    """The red first page of 1993 and 2003: the title, a serial, nothing else."""
    return _sure_words(page) < COVER_WORDS and find(TITLE, text, 0.25) is not None


def _cover(page: PageText, text: str) -> Guess:
    """By the title, longer since 2009, and the serial: one letter in 1993, two in 2003, 8 digits in 2024."""
    serials = "\n".join((page.clip.text, *(line.text for line in page.scan.red_lines)))
    if any(find(words, text, 0.3) is not None for words in LONGER_TITLE):
        if _EIGHT_DIGITS.search(serials):
            return Guess(_K.CERTIFICATE_FRONT, Model.M2024, ENOUGH)
        return Guess(_K.CERTIFICATE_1, FOUR_PAGES, ENOUGH)
    if _TWO_LETTERS.search(serials):
        return Guess(_K.CERTIFICATE_1, Model.M2003, ENOUGH)
    return Guess(_K.CERTIFICATE_1, Model.M1993 if _ONE_LETTER.search(serials) else None, ENOUGH)


def _is_blank(page: PageText) -> bool:
    """Nothing but paper, dirt, or print that shines through: no ink to speak of, and no word one can trust."""
    if page.scan.codes or _sure_words(page, letters=2) > 2:
        return False
    return page.scan.ink_pct < BLANK_INK_PCT or (page.scan.ink_pct < DIRTY_INK_PCT and bool(page.rows))


def _sure_words(page: PageText, letters: int = _WORD_LETTERS) -> int:
    words = (word for row in page.rows for word in row.clip.words)
    return sum(word.confidence >= _WORD_SURE and sum(map(str.isalnum, word.text)) >= letters for word in words)
