"""Finding labels at the beginning of printed lines, and what stands behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.dates import find_long_date
from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import find_at_start
from app.domain.extraction.rows import Row, clip_of_rows

Labels = Mapping[str, tuple[str, ...]]
"""Name of a part and the wordings of its label."""

DATE_LINE = "date line"
"""Name given to the line "…, ngày … tháng … năm …", which ends every part before it."""

_LONGEST_MARKER = 7
"""Letters and signs of an item's mark, such as "a)" or "đ)", before its label."""
_GLUED_MARKER = re.compile(r"[).:,;\]}>]")
_BEHIND = re.compile(r"(?:\s*dat(?=\s*[:;.]))?[\s:;.,]*")


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found at the beginning of a row.

    Attributes:
        start: Place of the label in the row's text; an item letter before it does not belong to it.
        end: Place behind the label and its colon.
    """

    name: str
    row: int
    end: int
    share: float


def find_labels(rows: Sequence[Row], labels: Labels) -> list[LabelHit]:
    """The rows that begin with a label, in order; each label and each row at most once, best matches first."""
    hits = [hit for index, row in enumerate(rows) for hit in _hits_of_row(index, row, labels)]
    chosen: dict[str, LabelHit] = {}
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.share, hit.row, -hit.end)):
        if hit.name not in chosen and hit.row not in taken:
            chosen[hit.name] = hit
            taken.add(hit.row)
    return sorted(chosen.values(), key=lambda hit: hit.row)


def rows_with_label(rows: Sequence[Row], labels: Labels, name: str) -> list[LabelHit]:
    """All rows that begin with one label, the best match of each."""
    best: dict[int, LabelHit] = {}
    for index, row in enumerate(rows):
        for hit in _hits_of_row(index, row, {name: labels[name]}):
            if hit.name == name and (index not in best or hit.share < best[index].share):
                best[index] = hit
    return list(best.values())


def _hits_of_row(index: int, row: Row, labels: Labels) -> list[LabelHit]:
    if find_long_date(row.clip.text):
        return [LabelHit(DATE_LINE, index, 0, 0.0)]
    folded = row.clip.folded
    starts = {0, *(start for start, _, _ in row.clip.spans if start <= _LONGEST_MARKER)}
    starts |= {found.end() for found in _GLUED_MARKER.finditer(folded[:_LONGEST_MARKER])}
    return [
        hit
        for name, wordings in labels.items()
        for wording in wordings
        for start in starts
        if (hit := _hit_at(name, wording, index, folded, start))
    ]


def _hit_at(name: str, wording: str, index: int, folded: str, start: int) -> LabelHit | None:
    found = find_at_start(wording, folded[start:])
    if not found:
        return None
    end = start + found.end
    behind = _BEHIND.match(folded, end)
    return LabelHit(name, index, behind.end() if behind else end, found.share)


def parts_behind(rows: Sequence[Row], labels: Labels, page: int) -> dict[str, Clip]:
    """What stands behind each label, up to the next one; rows above the first label are left out."""
    hits = find_labels(rows, labels)
    parts: dict[str, Clip] = {}
    for hit, following in zip(hits, [*hits[1:], None], strict=False):
        last = following.row if following else len(rows)
        parts[hit.name] = clip_of_rows(rows[hit.row : last], page).cut(hit.end)
    return parts


def rows_between(rows: Sequence[Row], labels: Labels, first: str, *ends: str) -> list[Row]:
    """The rows from the one a label begins to the next of some other labels; empty when the first is not there."""
    hits = {hit.name: hit.row for hit in find_labels(rows, labels)}
    if first not in hits:
        return []
    start = hits[first]
    stops = [hits[name] for name in ends if name in hits and hits[name] > start]
    return list(rows[start : min(stops, default=len(rows))])


def first_label(rows: Sequence[Row], labels: Labels, *names: str) -> int:
    """The first row that begins with one of some labels; behind the last row when none does."""
    return min((hit.row for hit in find_labels(rows, labels) if hit.name in names), default=len(rows))
