"""The line "…, ngày … tháng … năm …" above a signature, also where its words or figures were seen badly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from app.domain.dates import find_long_date, fold_in_place, make_date, year_of
from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import distance

_LINE = re.compile(
    r"(?P<one>[^\s\d]\S{1,5}?)[\s\-:.]{0,3}(?P<day>[^\s\d]?\d(?:\s?\d)?|\d?\S|\S{1,2})\s{1,2}"
    r"(?P<two>\S{2,7})\s{1,2}(?P<month>\d\s?\d|\S{1,2})\s{1,2}(?P<three>[^\s:]{1,5})[\s:.]{1,3}(?P<year>\S(?:\s?\S){3})(?!\w)"
)
_WORDS = (("one", "ngay"), ("two", "thang"), ("three", "nam"))
MOST_WRONG_LETTERS = 5
"""Of the three words together; where fewer figures are sure, fewer letters may be wrong."""
_AS_DIGITS = str.maketrans("ilozs¡!|][", "1102511111")
_TWO_STROKES = re.compile(r"[il!|¡1]{2}")
"""The month of two strokes, 11."""
_LOOK_ALIKES = dict(zip("0123456789", ("689", "7", "7", "8", "9", "6", "058", "12", "036", "04"), strict=True))
"""Figures the engine takes for each other in typed, dotted and slanted print."""
_FIGURES = re.compile(r"\S+\s\d{1,2}\s\S+\s\d{1,2}\s\S+\s\d{4}")
MOST_MENDED = 2


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day printed in words.

    Attributes:
        start: Place in the text.
        end: Place behind it.
        day: ISO day; None where its figures make none.
        doubt: Why it is in doubt; empty where it was seen well.
    """

    start: int
    end: int
    day: str | None
    doubt: str


def find_day(text: str, years: tuple[int, int]) -> DayFound | None:
    """The day in a line of print; None when the line has no such words.

    Args:
        text: The line.
        years: First and last year it can lie in; in other years one figure was taken for a look-alike.
    """
    exact = find_long_date(text)
    if exact:
        start = text.find(exact[1])
        has_figures = all(re.search(r"\d", part) for part in exact[1].split()[1::2])
        if has_figures and years[0] <= year_of(exact[0]) <= years[1]:
            return DayFound(start, start + len(exact[1]), exact[0], "" if _FIGURES.fullmatch(exact[1]) else "slip")
    places = list(_places(fold_in_place(text)))
    if not places:
        return None
    _, found = min(places, key=lambda place: (place[0], place[1].start()))
    printed = [re.sub(r"\s", "", found[name]) for name in ("day", "month", "year")]
    if _TWO_STROKES.fullmatch(printed[1]):
        printed[1] = printed[1].translate(_AS_DIGITS)
        return DayFound(found.start(), found.end(), likely_day(_figures(printed), years), "mended")
    day = likely_day(_figures(printed), years)
    same = day is not None and all(map(str.isdigit, printed)) and make_date(*printed) == day
    return DayFound(found.start(), found.end(), day, "slip" if same else "mended")


def _figures(printed: Sequence[str]) -> list[str]:
    """Parts of a day with strokes among figures read as figures."""
    return [part.translate(_AS_DIGITS) if re.search(r"\d", part) else part for part in printed]


def _places(folded: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Places that look like a day, with how many letters of its words are wrong."""
    for start in range(len(folded)):
        if start and folded[start - 1].isalnum() and not folded[start - 1].isspace():
            continue
        found = _LINE.match(folded, start)
        if found is None:
            continue
        wrong = [distance(found[name], word) for name, word in _WORDS]
        figures = sum(map(str.isdigit, found["day"] + found["month"] + found["year"]))
        known = sum(count <= len(word) // 3 for count, (_, word) in zip(wrong, _WORDS, strict=True))
        if figures >= 4 and sum(wrong) <= MOST_WRONG_LETTERS + (figures >= 7) and known >= 1:
            yield sum(wrong), found


def likely_day(figures: Sequence[str], years: tuple[int, int]) -> str | None:
    """The only day the figures can mean with the fewest look-alikes put right; None when there is none, or several.

    A day of one figure may have lost the other: nothing is put right beside it.

    Args:
        figures: Day, month and year as read.
        years: First and last year it can lie in.
    """
    if not all(map(str.isdigit, figures)):
        return None
    text = "".join(figures)
    cuts = len(figures[0]), len(figures[0]) + len(figures[1])
    for count in range((MOST_MENDED if len(figures[0]) == 2 else 0) + 1):
        days = {day for changed in _changed(text, count) if (day := _made(changed, cuts, years))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _made(text: str, cuts: tuple[int, int], years: tuple[int, int]) -> str | None:
    day = make_date(text[: cuts[0]], text[cuts[0] : cuts[1]], text[cuts[1] :])
    return day if day and years[0] <= year_of(day) <= years[1] else None


def _changed(text: str, count: int) -> Iterator[str]:
    """The text with some figures replaced by look-alikes: one, or two of the year, which lies in a known period."""
    for places in combinations(range(len(text)), count):
        if count > 1 and places[0] < len(text) - 4:
            continue
        for figures in product(*(_LOOK_ALIKES[text[at]] for at in places)):
            changed = list(text)
            for at, figure in zip(places, figures, strict=True):
                changed[at] = figure
            yield "".join(changed)


def day_in(clip: Clip, years: tuple[int, int]) -> tuple[Clip, DayFound] | None:
    """The same, with the words it was read from."""
    found = find_day(clip.text, years)
    return (clip.cut(found.start, found.end), found) if found else None
