"""The part of a page about the land: one labelled parcel, several one below the other, or a table of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft
from app.domain.extraction.labels import Labels, find_labels, parts_behind, rows_with_label
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.parcel_tables import ParcelTable, find_parcel_table, read_parcel_table
from app.domain.extraction.parcels import read_parcel
from app.domain.extraction.rows import Row
from app.domain.extraction.ruled import is_ruled

ONCE_FOR_ALL = ("address", "purpose", "term", "origin", "form")
"""Parts that may stand once below a table, for all its parcels."""
MOST_BLOCKS = 30
_COUNTED = re.compile(r"\W{0,4}(?:\d{1,2}\W{0,3})?th\w{1,3}a\s(?:dat\s)?(?:thu\s|so\s)?(?!so\b)\w{1,4}\W{0,3}")
"""A line between parcels that only counts them: "Thửa thứ 2"."""
_ONE_OF_TWO = r"(?:(?:so|hieu|thu|tu)\s){0,3}(?:thua|to)\b[^:\d\n/,;&+\-]{0,24}"
_TWO_LABELS = re.compile(
    rf"\W{{0,4}}(?:[a-zđ\d]{{1,2}}\s?[).\-/]\s?)?({_ONE_OF_TWO})(?:[/,;&+\-]|\bva\b)\s?({_ONE_OF_TWO})\s?[:.]\s?"
    r"([a-zđ]{0,3}\w{1,5})\s?(?:[/;,\-–&|]|\bva\b)\s?(\w{1,5})(?!\w)"
)
"""One label over the numbers of parcel and sheet: "Thửa đất số/Tờ bản đồ số: 205/16"."""
_FIGURE_BEHIND = re.compile(r"[^\d\n]{0,4}\d")


def read_land(
    rows: Sequence[Row], labels: Labels, lexicon: Lexicon, page: int, expected: frozenset[str]
) -> list[Draft]:
    """Everything about the parcels.

    Args:
        rows: The rows of the part.
        labels: Of the lines of a single parcel, by the names of `parcels.read_parcel`.
        lexicon: Closed lists.
        page: The page, to name it where nothing was found.
        expected: Which parts the model prints for every parcel.
    """
    rows = _uncounted(rows, labels)
    table = find_parcel_table(rows, labels)
    if table is not None and table.records:
        rest = [*rows[: table.first], *rows[table.end :]]
        return read_parcel_table(table, _shared(rest, labels, page, table), lexicon, page, expected)
    drafts: list[Draft] = []
    for index, block in enumerate(_blocks(rows, labels)):
        parts = parts_behind(block, labels, page) | _numbers_under_one_label(block)
        drafts += read_parcel(parts, f"parcels[{index}]", lexicon, page, expected)
    return drafts


def _uncounted(rows: Sequence[Row], labels: Labels) -> list[Row]:
    """The rows without lines that only count the parcels, unless these lines are all that names them."""
    kept = [row for row in rows if is_ruled(row) or not _COUNTED.fullmatch(row.clip.folded)]
    return kept if len(kept) == len(rows) or rows_with_label(kept, labels, "parcel") else list(rows)


def _shared(rows: Sequence[Row], labels: Labels, page: int, table: ParcelTable) -> Mapping[str, Clip]:
    parts = parts_behind(rows, labels, page)
    return {name: clip for name, clip in parts.items() if name in ONCE_FOR_ALL and name not in table.names}


def _blocks(rows: Sequence[Row], labels: Labels) -> list[Sequence[Row]]:
    """The rows of each labelled parcel; one block where the label of its number stands once or not at all."""
    starts = [hit.row for hit in rows_with_label(rows, labels, "parcel") if _has_figure_behind(rows[hit.row], hit.end)]
    if len(starts) < 2 or len(find_labels(rows, labels)) <= 1:
        return [rows]
    ends = [*starts[1:MOST_BLOCKS], len(rows)]
    return [rows[one:other] for one, other in pairwise([0, *ends])]


def _numbers_under_one_label(rows: Sequence[Row]) -> dict[str, Clip]:
    """Parcel and sheet number in the order their common label names them; empty where there is no such label."""
    for row in rows:
        found = _TWO_LABELS.match(row.clip.folded)
        if found:
            names = ["parcel" if "thua" in found[which] else "sheet" for which in (1, 2)]
            if names[0] != names[1]:
                return {name: row.clip.match(found, which) for name, which in zip(names, (3, 4), strict=True)}
    return {}


def _has_figure_behind(row: Row, end: int) -> bool:
    return _FIGURE_BEHIND.match(row.clip.text, end) is not None
