"""The parcel: number, sheet, address, area in digits and words, and its uses."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.domain.areas import spell_area, words_to_area
from app.domain.extraction.addresses import address_draft
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread, value_of
from app.domain.extraction.fuzzy import find
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.uses import UseTexts, area_draft, read_uses

PRINTED = frozenset({"address", "form", "term"})
"""Parts every model since 2003 prints for a parcel; the origin is printed until 2024."""
_EDGES = " ;:,.-–—_…·|'\"`"
_SHEET_LABELS = ("tờ bản đồ số", "số tờ bản đồ")
_KIND_OF_NUMBER = r"(?:(?:[Ll][ôoóõò]|[Kk]ho[aả]nh|[Tt]h[ửừư]a|[Tt]ờ|[Ss]ố)\s+)?"
_NUMBER = re.compile(rf"[\s:;.,]*{_KIND_OF_NUMBER}([A-ZĐ]{{0,3}}[\dI§][\dOolIZSB§]*(?:[-/]\d+)?)")
_NUMBER_SLIPS = str.maketrans("OolIZSB§", "00112588")
_LONE_STROKES = frozenset("IOSZB")
"""Letters that, alone before figures, are figures seen badly; "PL9" and its like keep theirs."""
_WORDS_LABEL = "bằng chữ"
_FIGURE = re.compile(r"\d")
_BRACKET = re.compile(r"[(\[]\s*(?=[^\W\d])")
_WORDS_START = re.compile(r"\s*[:;.]?\s*")


def read_parcel(
    parts: Mapping[str, Clip], where: str, lexicon: Lexicon, page: int, expected: frozenset[str] = PRINTED
) -> list[Draft]:
    """Everything about one parcel.

    Args:
        parts: What stands behind the labels `parcel`, `sheet`, `address`, `area`, `form`, `purpose`, `term`, `origin`.
        where: Path of the parcel.
        lexicon: Closed lists.
        page: The page, to name it where nothing was found.
        expected: Which of `address`, `form`, `term`, `origin` the model prints: missing ones are unread.
    """
    drafts = [*read_numbers(parts, where, page), *parcel_place(parts, where, lexicon, page, expected)]
    drafts += _area(parts.get("area"), where, page)
    texts = UseTexts(
        purpose=parts.get("purpose"), term=parts.get("term"), origin=parts.get("origin"), form=parts.get("form")
    )
    drafts += read_uses(texts, where, lexicon, page, expected)
    return drafts + _single_area(drafts, where)


def parcel_place(
    parts: Mapping[str, Clip], where: str, lexicon: Lexicon, page: int, expected: frozenset[str]
) -> list[Draft]:
    """The parcel's address."""
    address = parts.get("address")
    if address is None:
        return [unread(f"{where}.address", page)] if "address" in expected else []
    return [address_draft(f"{where}.address", address, lexicon)]


def read_numbers(parts: Mapping[str, Clip], where: str, page: int) -> list[Draft]:
    """Parcel and sheet number, often on one line."""
    clip, sheet = parts.get("parcel"), parts.get("sheet")
    if clip is not None and sheet is None:
        hits = [hit for label in _SHEET_LABELS if (hit := find(label, clip.folded, 0.35))]
        best = min(hits, key=lambda hit: hit.share, default=None)
        if best:
            sheet, clip = clip.cut(best.end), clip.cut(0, best.start)
    return [parcel_number(f"{where}.number", clip, page), parcel_number(f"{where}.sheet", sheet, page)]


def parcel_number(path: str, clip: Clip | None, page: int) -> Draft:
    """A parcel or sheet number: figures, letters before them, a part behind them."""
    found = _NUMBER.match(clip.text) if clip else None
    if clip is None or found is None:
        return unread(path, page, clip)
    text = found[1]
    head = re.match(r"[A-ZĐ]*", text)
    letters = head[0] if head and head[0] not in _LONE_STROKES else ""
    value = letters + text[len(letters) :].translate(_NUMBER_SLIPS)
    behind = clip.text[found.end() :].strip(_EDGES + "sS")
    return read_draft(path, clip.match(found, 1), value, "mended" if value != text else "", "noise" if behind else "")


def _area(clip: Clip | None, where: str, page: int) -> list[Draft]:
    """Area in digits, and in words where the model prints them."""
    if clip is None:
        return [unread(f"{where}.area_m2", page)]
    hit = find(_WORDS_LABEL, clip.folded, 0.25)
    start, end = (hit.start, hit.end) if hit else _bare_words(clip)
    digits = clip.cut(0, start)
    first = digits.cut(0, len(digits.text.partition("\n")[0]))
    area = area_draft(f"{where}.area_m2", first if _FIGURE.search(first.text) else digits)
    return [area, *(_area_words(clip, end, where) if end < len(clip.text) else [])]


def _bare_words(clip: Clip) -> tuple[int, int]:
    """Start and end of the bracket before an area in words that has no label; the end of the text for none."""
    for bracket in _BRACKET.finditer(clip.text):
        if words_to_area(clip.cut(bracket.end()).text.partition(")")[0]) is not None:
            return bracket.start(), bracket.end()
    return len(clip.text), len(clip.text)


def _area_words(clip: Clip, start: int, where: str) -> list[Draft]:
    colon = _WORDS_START.match(clip.text, start)
    words = clip.cut(colon.end() if colon else start).strip(_EDGES + "()[]{}")
    words = words.cut(0, len(words.text.partition(")")[0])).strip(_EDGES)
    spelled = spell_area(words.line)
    if words_to_area(words.line) is None or spelled is None:
        return [read_draft(f"{where}.area_words", words, words.line, "not_a_number")]
    return [read_draft(f"{where}.area_words", words, spelled, "" if spelled == words.line else "mended")]


def _single_area(drafts: list[Draft], where: str) -> list[Draft]:
    """A single use has the area of its parcel."""
    uses = {draft.path for draft in drafts if draft.path.startswith(f"{where}.uses[")}
    if any(path.startswith(f"{where}.uses[1]") for path in uses) or f"{where}.uses[0].area_m2" in uses:
        return []
    area = value_of(drafts, f"{where}.area_m2")
    source = [draft for draft in drafts if draft.path == f"{where}.area_m2"]
    return [derived(f"{where}.uses[0].area_m2", area, *source)] if area else []
