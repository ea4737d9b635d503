"""Purposes of land use with their areas, terms and origins, each given to the purpose it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from app.domain.areas import parse_printed_area
from app.domain.code_lists import key_of
from app.domain.dates import find_short_date
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, only_figures_count, read_draft, unread
from app.domain.extraction.fuzzy import distance
from app.domain.extraction.lexicon import Lexicon
from app.domain.text import fold

_UNIT = r"[)\]]?\s{0,2}[mM](?![éeê]t)[^\s;,:.()\d]{0,2}[2²3]?"
_NUMBER = r"(?<![^\s:;(\-–])(\d{1,3}(?:[. ]\d{3})+(?:[., ]\s?\d{1,2})?|\d{1,3},\d{3}(?!\d)|\d+(?:[., ]\s?\d{1,2})?)"
_AREA = re.compile(_NUMBER + _UNIT)
_BARE_AREA = re.compile(r"\W{0,2}" + _NUMBER + r"\W{0,3}")
_EIGHTS = str.maketrans({"§": "8"})
_TORN_COMMA = re.compile(r"([.,])\s(?=\d)")
_COMMA_OF_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_SLASH_FOR_COMMA = re.compile(r"(?<=\d)[/⁄](?=\d(?![\d/⁄]))")
_LOST_COMMA = re.compile(r" (?=\d{1,2}$)")
_PRINTED_CODE = re.compile(r"[(\[{]\s*([A-Z]{3})\s*[)\]}]?")
_COVERS_NOTHING = re.compile(r"\W{0,3}(?:khong|[-/–—]|0\s?m|0[,.]0)")
_DAY = r"([\doilzsbg]{1,3}\s?[/⁄∕!|]{1,2}\s?[\doilzsbg]{1,2}\s?[/⁄∕!|]{1,2}\s?[\doilzsbg]{4})(?!\d)"
_TERM_DATE = re.compile(rf"[dbc].n\s+(ng.{{0,2}}y\s+)?{_DAY}")
_BARE_DATE = re.compile(_DAY)
_BARE_MONTH = re.compile(r"\d{1,2}[/⁄∕]\d{4}")
_STROKES = re.compile(r"\s?[/⁄∕!|]{1,2}\s?")
_TYPED_ONE = re.compile(r"^(?:41(?=\d/)|4(?=[2-9]/))")
"""The first figure of a day that cannot be: a typewriter's "1" with its long beak is read as "4" or "41"."""
_TERM_MONTH = re.compile(r"[dbc].n\s+(?:h.t\s+)?(th.ng\s+)?(\d{1,2}\s?[/⁄∕]\s?\d{4})(?!\d)")
_TERM_YEAR = re.compile(r"d.n\s+(?:h.t\s+)?n.m\s+([\doilzsbg]{4})")
_AS_DIGITS = str.maketrans("oilzsbg", "0112586")
_TERM_SPAN = re.compile(r"(?<!\d)(\d{1,3})\s*nam")
_ANY_FIGURE = re.compile(r"\d")
_CROPS = re.compile(r"\d\s?M")
_BEHIND_SHARE = re.compile(r"\d?[\s;,.]{0,4}(?=[^\W_])")
_NAMED_PART = re.compile(r"(?:^|;)\s*([^\W\d_][^:;]{0,40}|\d\s?[^\W\d_][^:;]{0,40}):")
"""A short name with a colon, at the beginning or behind a semicolon."""
_NOTHING = re.compile(r"[\s\-/_.–—~|\\]*|\W{0,3}[lI1|]?[-/–—~]{1,2}[lI1|]?[-/–—~]?\W{0,3}")
_EDGES = " ;:,.-–_…·|'\"`"
LEAST_OF_ORIGIN = 16
"""Letters of the shortest origin."""
_EXPECTED = frozenset({"form", "term"})
_FORMS = {"rieng": "Sử dụng riêng", "chung": "Sử dụng chung"}


@dataclass(frozen=True, slots=True)
class _Share:
    """A text with the area printed behind it."""

    text: Clip
    area: Clip | None

    @property
    def area_m2(self) -> Decimal | None:
        """The area as a number."""
        return area_of(self.area)


@dataclass(frozen=True, slots=True)
class UseTexts:
    """What stands behind the labels of a parcel's uses; None where a label was not found."""

    purpose: Clip | None
    term: Clip | None
    origin: Clip | None
    form: Clip | None


def area_of(clip: Clip | None) -> Decimal | None:
    """The number of an area's clip, its unit left out."""
    found = find_area(clip) if clip else None
    return found[0] if found else None


def find_area(clip: Clip) -> tuple[Decimal, Clip] | None:
    """The first area of a text with the digits it was read from; the unit may be missing when nothing else is there."""
    text = _SLASH_FOR_COMMA.sub(",", clip.text.translate(_EIGHTS))
    matches = list(_AREA.finditer(text)) or [m for m in [_BARE_AREA.fullmatch(text)] if m]
    for found in matches:
        figures = _TORN_COMMA.sub(r"\1", found[1].strip(" .,"))
        area = parse_printed_area(_LOST_COMMA.sub(",", _COMMA_OF_THOUSANDS.sub(".", figures)))
        if area is not None:
            return area, clip.match(found, 1)
    return None


def area_draft(path: str, clip: Clip) -> Draft:
    """The first area of a text."""
    found = find_area(clip)
    if found is None:
        return unread(path, clip.page, clip)
    area, digits = found
    is_clean = re.fullmatch(r"\d{1,3}(\.\d{3})*(,\d{1,2})?|\d+(,\d{1,2})?", digits.text) is not None
    return read_draft(path, digits, format(area, "f"), "" if is_clean else "slip")


def is_nothing(clip: Clip) -> bool:
    """Whether the paper says "-/-": nothing."""
    return bool(_NOTHING.fullmatch(clip.text))


def read_uses(
    texts: UseTexts, where: str, lexicon: Lexicon, page: int | None, expected: frozenset[str] = _EXPECTED
) -> list[Draft]:
    """Everything about the uses of one parcel.

    Args:
        texts: Behind the labels.
        where: Path of the parcel, "parcels[0]".
        lexicon: Names of purposes and origins.
        page: Page to name when a label was not found.
        expected: Which of `form`, `term` and `origin` the model prints: missing ones are unread.
    """
    purposes = _purposes(texts.purpose) if texts.purpose else []
    purposes = _by_shares(purposes, texts.form)
    drafts = [unread(f"{where}.uses[0].purpose", page, texts.purpose)] if not purposes else []
    names: list[str] = []
    for index, share in enumerate(purposes):
        found = _read_purpose(share, f"{where}.uses[{index}]", lexicon)
        names.append(found[0].value or "")
        drafts += found
    count = max(len(purposes), 1)
    areas = [share.area_m2 for share in purposes] or [None]
    if texts.term is not None or "term" in expected:
        drafts += _read_terms(texts.term, where, names, count, page)
    if texts.form is not None or "form" in expected:
        drafts += _read_forms(texts.form, where, areas, page)
    if texts.origin is not None:
        drafts += _read_origins(texts.origin, where, areas, lexicon)
    elif "origin" in expected:
        drafts += [unread(f"{where}.uses[{index}].origin", page) for index in range(count)]
    return drafts


def _purposes(clip: Clip) -> list[_Share]:
    """Parts that each begin with "Đất" in capitals or stand behind the area of another; else the whole text."""
    starts = {start for start, _, word in clip.spans if _begins_purpose(word.text)}
    areas = _areas(clip.text)
    behind = [_BEHIND_SHARE.match(clip.text, found.end()) for found in areas[:-1]]
    starts |= {found.end() for found in behind if found}
    if areas and starts and areas[0].start() < min(starts):
        starts.add(0)
    if not starts:
        return [_with_area(clip)] if clip.text.strip(_EDGES) else []
    return [_with_area(part) for part in _parts_at(clip, starts)]


def _parts_at(clip: Clip, starts: Iterable[int]) -> list[Clip]:
    """The parts of a text that begin at some places; what stands before the first is left out."""
    return [clip.cut(start, end) for start, end in pairwise([*sorted(starts), len(clip.text)])]


def _areas(text: str) -> list[re.Match[str]]:
    """Areas with their unit; "2M" and "1M" are signs of crops on old papers."""
    return [found for found in _AREA.finditer(text) if not _CROPS.fullmatch(found[0])]


def _by_shares(purposes: list[_Share], form: Clip | None) -> list[_Share]:
    """A single purpose whose form of use is partly own, partly shared: one use for each part, with its area."""
    shares = _share_areas(form) if form is not None and len(purposes) == 1 else {}
    areas = [area for area in shares.values() if area is not None]
    if len(areas) != len(_FORMS):
        return purposes
    return [_Share(purposes[0].text, area) for area in areas]


def _begins_purpose(word: str) -> bool:
    return word[:1] in "ĐDÐN" and fold(word).strip(_EDGES) in {"dat", "nui"} and word[1:2].islower()


def _with_area(clip: Clip) -> _Share:
    found = next(iter(_areas(clip.text)), None)
    if found is None:
        return _Share(clip.strip(_EDGES), None)
    return _Share(clip.cut(0, found.start()).strip(_EDGES), clip.match(found))


def _read_purpose(share: _Share, where: str, lexicon: Lexicon) -> list[Draft]:
    code = _PRINTED_CODE.search(share.text.text)
    name = share.text.cut(0, code.start()).strip(_EDGES) if code else share.text
    near = lexicon.purpose(name.line)
    purpose = read_draft(f"{where}.purpose", name, near.text if near else name.line, *_lexicon_doubts(near))
    drafts = [purpose]
    listed = lexicon.lists.purpose_code(purpose.value or "")
    if code:
        letters = code[1] if code[1] in lexicon.lists.purposes_by_code or not listed else listed
        agreement = "" if not listed else "listed" if letters == listed else "codes_differ"
        drafts.append(read_draft(f"{where}.purpose_code", share.text.match(code, 1), letters, agreement))
    elif listed:
        drafts.append(derived(f"{where}.purpose_code", listed, purpose))
    if share.area:
        drafts.append(area_draft(f"{where}.area_m2", share.area))
    return drafts


def _lexicon_doubts(near: object) -> tuple[str, ...]:
    errors = getattr(near, "errors", None)
    if errors is None:
        return ("not_in_list",)
    return ("near_list",) if errors else ("listed",)


# ---------------------------------------------------------------- terms


def _read_terms(clip: Clip | None, where: str, names: Sequence[str], count: int, page: int | None) -> list[Draft]:
    if clip is None or not clip.text.strip(_EDGES):
        return [unread(f"{where}.uses[{index}].term", page, clip) for index in range(count)]
    parts = _term_parts(clip)
    if not parts:
        return [_term_draft(f"{where}.uses[{index}].term", clip) for index in range(count)]
    drafts: dict[int, Draft] = {}
    for order, part in enumerate(parts):
        name = _name_of_part(part)
        index = _nearest_index(name, names, order)
        term = part.cut(len(name)).strip(_EDGES)
        drafts.setdefault(index, _term_draft(f"{where}.uses[{index}].term", term))
    missing = [unread(f"{where}.uses[{index}].term", clip.page, clip) for index in range(count) if index not in drafts]
    return [*(draft for index, draft in sorted(drafts.items()) if index < count), *missing]


def _term_parts(clip: Clip) -> list[Clip]:
    """Terms with the name of their purpose before them: at "Đất" in capitals, else parted by semicolons."""
    starts = {start for start, _, word in clip.spans if _begins_purpose(word.text)}
    named = {found.start(1) for found in _NAMED_PART.finditer(clip.text)}
    return _parts_at(clip, starts | named) if starts or len(named) > 1 else []


def _name_of_part(clip: Clip) -> str:
    """The purpose's name before its term: up to the colon, or to what the engine made of it."""
    found = re.search(r":|[;.,](?=\s)|\s(?=(?:lau\s?dai|den\s|\d))", clip.folded)
    return clip.text[: found.start()] if found else clip.text


def _nearest_index(name: str, names: Sequence[str], order: int) -> int:
    """Which purpose a repeated name means: the nearest one, else the one at the same place."""
    key = key_of(name)
    far = [distance(key, key_of(other)) for other in names]
    best = min(range(len(far)), key=lambda index: (far[index], abs(index - order)), default=order)
    return best if far and far[best] <= max(2, len(key) // 4) else order


def _term_draft(path: str, clip: Clip) -> Draft:
    """A term in one of the wordings of the forms, digits as printed; else the text as read."""
    folded = clip.folded.replace("\n", " ")
    dated = _dated_term(path, clip, folded)
    if dated is not None:
        return dated
    errors = distance(folded.strip(_EDGES)[:8].rstrip(), "lau dai")
    if errors <= 2:
        value = "lâu dài" if clip.text.strip(_EDGES)[:1].islower() else "Lâu dài"
        return read_draft(path, clip.cut(0, len(value) + 1), value, "choice", "mended" if errors else "")
    found = _TERM_SPAN.match(folded.strip(_EDGES))
    if found:
        return read_draft(path, clip, f"{found[1]} năm")
    text = clip.line.strip(_EDGES)
    return read_draft(path, clip, text, "not_in_list") if text else unread(path, clip.page, clip)


def _dated_term(path: str, clip: Clip, folded: str) -> Draft | None:
    """A term that ends on a day, in a month or in a year, with or without "Đến"."""
    found = _TERM_DATE.search(folded)
    if found:
        day, doubts = _day_of_term(found[2])
        draft = read_draft(path, clip, f"Đến {'ngày ' if found[1] else ''}{day}", *doubts)
        return only_figures_count(draft, clip.match(found, 2))
    found = _TERM_MONTH.search(folded)
    if found:
        month = _STROKES.sub("/", found[2].strip())
        draft = read_draft(path, clip, f"Đến {'tháng ' if found[1] else ''}{month}", _doubt_of_month(month))
        return only_figures_count(draft, clip.match(found, 2))
    found = _TERM_YEAR.search(folded)
    if found:
        year = found[1].translate(_AS_DIGITS)
        draft = read_draft(path, clip, f"Đến năm {year}", "" if year == found[1] else "mended")
        return only_figures_count(draft, clip.match(found, 1))
    bare = folded.strip(_EDGES)
    found = _BARE_DATE.fullmatch(bare)
    if found:
        day, doubts = _day_of_term(found[1])
        return read_draft(path, clip, day, *doubts)
    if not _BARE_MONTH.fullmatch(bare):
        return None
    month = _STROKES.sub("/", bare)
    return read_draft(path, clip, month, _doubt_of_month(month))


def _doubt_of_month(text: str) -> str:
    """The doubt about a month like 70/2013."""
    return "" if find_short_date(f"01/{text.replace(' ', '')}") else "no_such_day"


def _day_of_term(text: str) -> tuple[str, tuple[str, ...]]:
    """A day with its slashes and figures as they must have been, and the doubts about it."""
    plain = _STROKES.sub("/", text)
    day = plain.translate(_AS_DIGITS)
    if not find_short_date(day):
        typed = _TYPED_ONE.sub("1", day)
        day = typed if find_short_date(typed) else day
    return day, ("" if day == plain else "mended", "" if find_short_date(day) else "no_such_day")


# ---------------------------------------------------------------- forms and origins


def _read_forms(clip: Clip | None, where: str, areas: Sequence[Decimal | None], page: int | None) -> list[Draft]:
    """The form of use of each purpose; where both are named, the one with just its area."""
    paths = [f"{where}.uses[{index}].form" for index in range(len(areas))]
    if clip is None:
        return [unread(path, page) for path in paths]
    shares = _form_shares(clip)
    if len(shares) == 1:
        (kind,) = shares
        return [read_draft(path, clip, _FORMS[kind], "choice") for path in paths]
    kinds = [[kind for kind, area in shares.items() if area is not None and area == own] for own in areas]
    if any(areas) and list(shares.values()) == list(areas):
        kinds = [[kind] for kind in shares]
    return [
        read_draft(path, clip, _FORMS[found[0]], "choice") if len(found) == 1 else unread(path, clip.page, clip)
        for path, found in zip(paths, kinds, strict=True)
    ]


def _form_shares(clip: Clip) -> dict[str, Decimal | None]:
    """Forms of use that are named and not said to cover nothing ("chung: không m²"), each with its area if printed."""
    return {kind: area_of(area) for kind, area in _share_areas(clip).items()}


def _share_areas(clip: Clip) -> dict[str, Clip | None]:
    """The same with the areas as printed, also one in which no number can be made out."""
    places = sorted((at, kind) for kind in _FORMS if (at := clip.folded.find(kind)) >= 0)
    shares: dict[str, Clip | None] = {}
    for (at, kind), following in zip(places, [*places[1:], None], strict=False):
        behind = clip.cut(at + len(kind), following[0] if following else None)
        if not _COVERS_NOTHING.match(behind.folded):
            shares[kind] = behind if _ANY_FIGURE.search(behind.text) else None
    return shares


def _read_origins(clip: Clip, where: str, areas: Sequence[Decimal | None], lexicon: Lexicon) -> list[Draft]:
    """Origins by use: by area where areas are printed behind them, else in order, else one for all."""
    paths = [f"{where}.uses[{index}].origin" for index in range(len(areas))]
    if not clip.text.strip(_EDGES):
        return [unread(path, clip.page, clip) for path in paths]
    parts = _origin_parts(clip)
    if len(parts) <= 1:
        only = (parts or [_Share(clip, None)])[0].text
        return [_without_ellipsis(_origin_draft(path, only, lexicon)) for path in paths]
    chosen = _by_area(parts, areas)
    drafts = [
        unread(path, clip.page, clip) if part is None else _origin_draft(path, part.text, lexicon)
        for path, part in zip(paths, chosen, strict=True)
    ]
    return [
        replace(draft, doubts=("mended",)) if part and part.area is None and len(parts) < len(areas) else draft
        for draft, part in zip(drafts, chosen, strict=True)
    ]


def _without_ellipsis(draft: Draft) -> Draft:
    """An origin that stands alone has a beginning: "không thu tiền" after nothing lost the line above."""
    if draft.value is None or draft.value[:1].isupper():
        return draft
    return replace(draft, doubts=("not_in_list",))


def _origin_parts(clip: Clip) -> list[_Share]:
    """Origins each followed by its area; a semicolon parts origins without areas.

    Words behind the last area are an origin too: its area was seen too badly to be one.
    """
    found = list(_AREA.finditer(clip.text.translate(_EIGHTS)))
    if not found:
        return [_Share(part.strip(_EDGES), None) for part in clip.split(re.compile(";"))]
    parts, start = [], 0
    for match in found:
        parts.append(_Share(clip.cut(start, match.start()).strip(_EDGES), clip.match(match)))
        start = match.end()
    rest = clip.cut(start).strip(_EDGES)
    if sum(map(str.isalpha, rest.text)) >= LEAST_OF_ORIGIN:
        parts.append(_Share(rest.cut(0, len(rest.text.rpartition(":")[0]) or None).strip(_EDGES), None))
    return [part for part in parts if part.text.text]


def _by_area(parts: Sequence[_Share], areas: Sequence[Decimal | None]) -> list[_Share | None]:
    by_area = {part.area_m2: part for part in parts}
    chosen = [by_area.get(area) if area is not None else None for area in areas]
    if len(parts) == len(areas) and (None in chosen or len(by_area) < len(parts)):
        return list(parts)
    if None in chosen:
        return _by_sums(parts, areas) or chosen
    return chosen


def _by_sums(parts: Sequence[_Share], areas: Sequence[Decimal | None]) -> list[_Share | None] | None:
    """Origins whose area is the sum of several uses in a row; None when it does not come out even.

    A last one without an area is that of all the uses that are left.
    """
    known, last = (parts[:-1], parts[-1]) if parts[-1].area_m2 is None else (parts, None)
    chosen: list[_Share | None] = []
    waiting = list(known)
    rest = Decimal(0)
    for area in areas:
        if rest == 0 and not waiting and last is not None:
            chosen.append(last)
            continue
        if rest == 0 and waiting:
            rest = waiting[0].area_m2 or Decimal(0)
            chosen.append(waiting.pop(0))
        else:
            chosen.append(chosen[-1] if chosen else None)
        rest -= area or Decimal(0)
    return chosen if rest == 0 and not waiting else None


def _origin_draft(path: str, clip: Clip, lexicon: Lexicon) -> Draft:
    near = lexicon.origin(clip.line)
    if near is None:
        by_words = lexicon.origin_by_words([(word.text, word.confidence) for word in clip.words])
        if by_words:
            return read_draft(path, clip, by_words.text, "mended")
    return read_draft(path, clip, near.text if near else clip.line, *_lexicon_doubts(near))
