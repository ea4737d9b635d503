"""Tables whose rules were found: rows and columns by the grid, cells as they were read, nothing guessed from gaps.

A head may have several rows, a label over two columns and each column its own below it; its text for a column is what
stands above that column from top to bottom.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from app.domain.extraction.rows import CellPlace, Placed, Row, without_scraps
from app.domain.extraction.tables import (
    Column,
    ColumnLabels,
    Record,
    is_number_row,
    is_total_row,
    letters_of,
    nearest_label,
    records,
    split_columns,
)

MOST_TITLE_ROWS = 2
"""Rows above the head that belong to the same grid."""
MOST_HEAD_ROWS = 3
SPREAD = ("address", "purpose", "term", "origin", "form", "extra")
"""Columns of which one cell may stand beside several parcels, for all of them."""

_MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("address", ("diachi", "xudong", "diadanh", "vitri", "diadiem")),
    ("area", ("dientich", "tichm", "dtich")),
    ("own", ("rieng",)),
    ("shared", ("chung",)),
    ("form", ("hinhthuc",)),
    ("term", ("thoihan", "thoigian", "hansudung", "hansd", "sudungden")),
    ("origin", ("nguongoc",)),
    ("purpose", ("mucdich", "loaidat", "dichsudung", "mdsd", "loairuong")),
    ("extra", ("ghichu", "ghithem")),
    ("sheet", ("tobando", "sototo", "soto", "toso", "tobd", "tubando", "tubd", "sotu")),
    ("parcel", ("thua", "lodat", "sohieu")),
    ("sheet", ("bando", "doso", "bddc")),
    ("order", ("sothutu", "stt")),
)
"""Words that only this column's label has; the first that is found counts: "Diện tích thửa đất" is an area, "Số thửa
trên bản đồ" a parcel."""
_OF_MAPS = "diachinh"
"""What cadastral maps are called: "bản đồ địa chính" has no address in it."""
_Cells = Mapping[CellPlace, tuple[Row, ...]]


@dataclass(frozen=True)
class RuledTable:
    """A ruled table with its columns named.

    Attributes:
        first: Index of the first of the page's rows that stands in it.
        end: Index of the first row below it.
        columns: One for each column of the grid; None for a name that is not known.
        cells: Below the head, without the empty ones; lines from top to bottom.
    """

    first: int
    end: int
    columns: tuple[Column, ...]
    cells: _Cells

    @property
    def names(self) -> frozenset[str]:
        """Names of the columns known."""
        return frozenset(column.name for column in self.columns if column.name)

    def lines(self, name: str) -> list[Row]:
        """All printed lines of a column from top to bottom."""
        found = [(place.row, rows) for place, rows in self.cells.items() if self.name_of(place) == name]
        return [row for _, rows in sorted(found, key=lambda pair: pair[0]) for row in rows]

    def name_of(self, place: CellPlace) -> str | None:
        """The name of the first known column a cell stands in."""
        covered = self.columns[place.column : place.column + place.col_span]
        return next((column.name for column in covered if column.name), None)


def is_ruled(row: Row) -> bool:
    """Whether words of a row stand in a ruled table."""
    return any(item.cell for item in row.items)


def find_ruled(rows: Sequence[Row], labels: ColumnLabels, least: int) -> RuledTable | None:
    """The ruled table whose head agrees best with labels; None when none has enough of them.

    Args:
        rows: Printed lines from top to bottom.
        labels: Of the columns that may occur.
        least: How many different labels it needs.
    """
    found = [
        named for number in _numbers(rows) for named in (_named(rows, number, tuple(labels.items()), least),) if named
    ]
    return max(found, key=lambda pair: pair[0], default=(0.0, None))[1]


def nameless_tables(rows: Sequence[Row]) -> list[RuledTable]:
    """All ruled tables as if they had no head, their columns without names."""
    return [_whole_table(rows, number) for number in _numbers(rows)]


def _whole_table(rows: Sequence[Row], number: int) -> RuledTable:
    cells = _cells(rows, number)
    wide = max(place.column + place.col_span for place in cells)
    first, end = _reach(rows, number)
    return RuledTable(first, end, tuple(_column(cells, at, None) for at in range(wide)), cells)


def _reach(rows: Sequence[Row], number: int) -> tuple[int, int]:
    inside = [at for at, row in enumerate(rows) if any(item.cell and item.cell.table == number for item in row.items)]
    return inside[0], inside[-1] + 1


def with_names_by_values(table: RuledTable, patterns: Mapping[str, re.Pattern[str]]) -> RuledTable:
    """The table with columns whose label is not known named by what most of their cells begin with."""
    taken = set(table.names)
    columns = list(table.columns)
    for at, column in enumerate(columns):
        if column.name is None:
            texts = [_text(rows) for place, rows in table.cells.items() if place.column == at and place.col_span == 1]
            fitting = (name for name, pattern in patterns.items() if name not in taken and _most(texts, pattern))
            name = next(fitting, None)
            taken |= {name} if name else set()
            columns[at] = replace(column, name=name)
    return replace(table, columns=tuple(columns))


def ruled_records(table: RuledTable, keys: Sequence[str]) -> list[Record]:
    """The rows of a table; a total row ends it and is a record of its own.

    Args:
        table: As found.
        keys: Columns of figures, the first of which every record has.
    """
    found: list[Record] = []
    for at in sorted({place.row for place in table.cells}):
        here = {place: lines for place, lines in table.cells.items() if place.row == at}
        whole = _whole(here)
        if is_number_row(whole):
            continue
        parts = _by_name(table, here)
        if is_total_row(whole):
            return [*found, Record(parts, is_total=True)]
        if _holds_several(parts, keys):
            found += records(_printed(here), table.columns, keys)
        elif parts:
            found.append(Record({**_spread_over(table, at, is_new=keys[0] in parts), **parts}))
    return found


# ---------------------------------------------------------------- cells


def _numbers(rows: Sequence[Row]) -> list[int]:
    return sorted({item.cell.table for row in rows for item in row.items if item.cell})


def _cells(rows: Sequence[Row], number: int) -> dict[CellPlace, tuple[Row, ...]]:
    cells: dict[CellPlace, list[Row]] = {}
    for row in rows:
        lines: dict[CellPlace, list[Placed]] = {}
        for item in row.items:
            if item.cell and item.cell.table == number:
                lines.setdefault(item.cell, []).append(item)
        for place, items in lines.items():
            cells.setdefault(place, []).append(Row(tuple(items), row.page))
    return {place: tuple(lines) for place, lines in cells.items()}


def _text(rows: Iterable[Row]) -> str:
    return " ".join(row.clip.folded for row in rows)


def _most(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(texts) and 2 * sum(pattern.match(text) is not None for text in texts) > len(texts)


def _whole(cells: _Cells) -> Row:
    """All words of some cells as one line, from left to right."""
    places = sorted(cells, key=lambda place: place.column)
    rows = [row for place in places for row in cells[place]]
    return Row(tuple(item for row in rows for item in row.items), rows[0].page)


def _printed(cells: _Cells) -> list[Row]:
    """The lines of cells that stand side by side, those at one height together."""
    found: list[Row] = []
    for row in sorted((row for rows in cells.values() for row in rows), key=lambda row: row.middle):
        if found and row.middle - found[-1].middle < row.height / 2:
            items = sorted((*found[-1].items, *row.items), key=lambda item: item.left)
            found[-1] = Row(tuple(items), row.page)
        else:
            found.append(row)
    return found


# ---------------------------------------------------------------- head


_Labels = tuple[tuple[str, tuple[str, ...]], ...]


def _named(rows: Sequence[Row], number: int, labels: _Labels, least: int) -> tuple[float, RuledTable] | None:
    cells = _cells(rows, number)
    wide = max(place.column + place.col_span for place in cells)
    best: tuple[float, list[str | None], int] = (0.0, [], 0)
    for start, depth in product(range(MOST_TITLE_ROWS + 1), range(1, MOST_HEAD_ROWS + 1)):
        score, names = _head_names(cells, wide, range(start, start + depth), labels)
        if len({name for name in names if name}) >= least and score > best[0]:
            best = score, names, start + depth
    score, names, head_end = best
    if not names:
        return None
    first, end = _reach(rows, number)
    below = {place: lines for place, lines in cells.items() if place.row >= head_end}
    columns = tuple(_column(cells, at, name) for at, name in enumerate(names))
    return score, RuledTable(first, end, columns, below)


def _head_names(cells: _Cells, wide: int, head: range, labels: _Labels) -> tuple[float, list[str | None]]:
    """The name of each column by what stands above it, and how many letters of labels agree."""
    names: list[str | None] = []
    score = 0.0
    for column in range(wide):
        above = [place for place in cells if place.row in head and _covers(place, column)]
        text = " ".join(_text(cells[place]) for place in sorted(above, key=lambda place: place.row))
        name, gain = nearest_label(letters_of(text), labels)
        if name is None:
            name, gain = meant_by(letters_of(text), frozenset(known for known, _ in labels)) or (None, gain)
        names.append(name if name not in names else None)
        score += gain
    return score, names


def meant_by(letters: str, names: frozenset[str]) -> tuple[str, float] | None:
    """The column whose word a label has in it, however it is worded, and what it is worth; None for none.

    Args:
        letters: Of the label, without blanks.
        names: Of the columns that may occur.
    """
    letters = letters.replace(_OF_MAPS, "")
    for name, words in _MEANINGS:
        known = [word for word in words if word in letters] if name in names else []
        if known:
            agree = len(max(known, key=len))
            return name, agree - 0.5 * (len(letters) - agree)
    return None


def _covers(place: CellPlace, column: int) -> bool:
    return place.column <= column < place.column + place.col_span


def _column(cells: _Cells, at: int, name: str | None) -> Column:
    alone = [place for place in cells if place.column == at and place.col_span == 1]
    left = min((place.left for place in alone), default=float("inf"))
    return Column(name, left, max((place.right for place in alone), default=float("-inf")))


# ---------------------------------------------------------------- records


def _by_name(table: RuledTable, cells: _Cells) -> dict[str, tuple[Row, ...]]:
    """Cells by the names of their columns, without scraps; one over several columns is parted between them."""
    found: dict[str, list[Row]] = {}
    for place, rows in sorted(cells.items(), key=lambda pair: pair[0].column):
        for row in rows:
            parts = split_columns(row, table.columns) if place.col_span > 1 else {table.name_of(place): row}
            for name, part in parts.items():
                if name:
                    found.setdefault(name, []).append(without_scraps(part) or part)
    return {name: tuple(rows) for name, rows in found.items()}


def _holds_several(parts: Mapping[str, tuple[Row, ...]], keys: Sequence[str]) -> bool:
    """Whether a row holds several records that no rule parts: all its columns of figures have several lines."""
    counts = [sum(_has_figure(row) for row in parts[key]) for key in keys if key in parts]
    return len(counts) > 1 and min(counts) > 1 and min(counts) == max(counts) and keys[0] in parts


def _has_figure(row: Row) -> bool:
    return any(map(str.isdigit, row.clip.text))


def _spread_over(table: RuledTable, at: int, *, is_new: bool) -> dict[str, tuple[Row, ...]]:
    """Cells that began above and stand beside this row as well.

    The number and area of a parcel with several purposes are not repeated, or they would be another parcel's.
    """
    found: dict[str, tuple[Row, ...]] = {}
    for place, rows in table.cells.items():
        name = table.name_of(place)
        if name and place.row < at < place.row + place.row_span and (name in SPREAD or (is_new and name == "sheet")):
            found[name] = rows
    return found
