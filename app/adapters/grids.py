"""Finds ruled grids on a straight page: tables of parcels, of assets, of changes.

Rules are long straight runs of dark pixels; those that touch each other make one grid, whatever stands in its cells.
A certificate's frame has one cell and is none, nor is a drawing, whose lines lie in all directions and cross rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from app.adapters.preparing import Grey
from app.domain.reading import Box

_WORK_DPI = 150
_DARK = 190  # faded and grey rules as well
_RUN_MM = 4.0  # no stroke of a letter runs straight for so long
_BREAK_MM = 3.0  # gap in a faded rule
_RULE_MM = 7.0
_THICKEST_MM = 1.3  # what is thicker is a bar, a shadow or a lid
_STEEPEST = 0.015  # of a rule on a straightened page
_GAPPED_RUN_MM = 8.0  # of a rule with breaks so short that letters in a word stand no nearer
_SHORT_BREAK_MM = 0.65
_TOUCH_MM = 1.5
_FRAME_NEAR_MM = 3.5  # as a side of a table; a frame stands farther off
_OVERHANG_MM = 8.0
_SAME_MM = 1.2  # rules so near are one, or a double one
_LEAST_ROW_MM, _LEAST_COLUMN_MM = 3.2, 4.0
_EDGE_SHARE = 0.5  # of an edge that is seen
_LEAST_EDGES = 0.5  # of the edges inside the lattice
_LEAST_CELLS = 4
_LEAST_RULES = 2  # each way
_LEAST_PIECES = 5  # along, of a table whose rules are broken
_FRAME_TOUCHES = 0.5  # of the rules across: the sides of a table touch nearly all of them
_LEAST_WIDTH_MM, _LEAST_HEIGHT_MM = 40.0, 10.0  # of a table; codes are smaller
_MOST_CELLS = 2_000
_BRIDGED = 3  # pixels

_Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell between rules: its place in the lattice, and its box in pixels of the page."""

    row: int
    column: int
    row_span: int
    col_span: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table; cells from top to bottom and left to right."""

    box: Box
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule along one direction: its height is `height + slope * place` from `start` to `end`."""

    height: float
    slope: float
    start: float
    end: float

    def at(self, place: float) -> float:
        return self.height + self.slope * place

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Levels of the rules in one direction, all with one slope, and the pixels of those rules."""

    levels: tuple[float, ...]
    slope: float
    seen: _Mask

    def at(self, level: int, place: float) -> float:
        return self.levels[level] + self.slope * place

    def is_seen(self, level: int, start: float, end: float) -> bool:
        """Whether a rule is printed on a level between two places."""
        places = np.arange(round(start), max(round(start) + 1, round(end)))
        heights = np.rint(self.levels[level] + self.slope * places).astype(int)
        inside = (places >= 0) & (places < self.seen.shape[1]) & (heights >= 0) & (heights < self.seen.shape[0])
        if not inside.any():
            return False
        return float(self.seen[heights[inside], places[inside]].mean()) >= _EDGE_SHARE


def find_grids(even: Grey, dpi: float) -> tuple[Grid, ...]:
    """The ruled tables of a page that lies straight, from top to bottom.

    Args:
        even: Dark print on white paper, its rules not yet erased.
        dpi: Its resolution.
    """
    step = max(1, round(dpi / _WORK_DPI))
    small = cv2.erode(even, np.ones((step, step), np.uint8), anchor=(0, 0))[::step, ::step] if step > 1 else even
    millimetre = dpi / step / 25.4
    dark = (small < _DARK).astype(np.uint8)
    thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((round(_THICKEST_MM * millimetre),) * 2, np.uint8))
    dark[cv2.dilate(thick, np.ones((3, 3), np.uint8)) > 0] = 0
    found = _grids_of(dark, millimetre, step)
    wide, high = _LEAST_WIDTH_MM * dpi / 25.4, _LEAST_HEIGHT_MM * dpi / 25.4
    large = [grid for grid in found if grid.box.width >= wide and grid.box.height >= high]
    return tuple(sorted(_outermost(large), key=lambda grid: grid.box.y))


def _grids_of(dark: _Mask, millimetre: float, step: int) -> list[Grid]:
    """The grids of a page; where rules are there and make none, once more with the breaks of faded ones closed."""
    along = _long_runs(dark, millimetre)
    rows = _rules(along, millimetre)
    if len(rows) < _LEAST_RULES:
        return []
    turned = np.ascontiguousarray(dark.T)
    across = _long_runs(turned, millimetre)
    columns = _rules(across, millimetre)
    found = _grids_between(rows, columns, (along, across), millimetre, step)
    if found or len(rows) < _LEAST_PIECES or len(columns) < _LEAST_RULES:
        return found
    along, across = _faded_runs(dark, along, millimetre), _faded_runs(turned, across, millimetre)
    return _grids_between(_rules(along, millimetre), _rules(across, millimetre), (along, across), millimetre, step)


def _grids_between(
    rows: Sequence[_Rule], columns: Sequence[_Rule], seen: tuple[_Mask, _Mask], millimetre: float, step: int
) -> list[Grid]:
    grids = (
        _grid(
            _lattice(of_rows, seen[0], _LEAST_ROW_MM * millimetre, _SAME_MM * millimetre),
            _lattice(of_columns, seen[1], _LEAST_COLUMN_MM * millimetre, _SAME_MM * millimetre),
            step,
        )
        for of_rows, of_columns in _groups(rows, columns, millimetre)
    )
    return [grid for grid in grids if grid is not None]


def _outermost(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Grids that do not lie in the box of a larger one."""
    for grid in grids:
        if not any(_lies_in(grid.box, other.box) for other in grids if other is not grid):
            yield grid


def _lies_in(box: Box, other: Box) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    inside = other.x <= x <= other.x + other.width and other.y <= y <= other.y + other.height
    return inside and box.width * box.height < other.width * other.height


# ---------------------------------------------------------------- rules


def _long_runs(dark: _Mask, millimetre: float) -> _Mask:
    """Pixels of what runs along for longer than any letter does, short breaks closed."""
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, round(_RUN_MM * millimetre)), np.uint8))
    runs = cv2.dilate(runs, np.ones((_BRIDGED, 1), np.uint8))
    joined = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, round(_BREAK_MM * millimetre)), np.uint8))
    return np.asarray(
        cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(_RULE_MM * millimetre)), np.uint8)), dtype=np.uint8
    )


def _faded_runs(dark: _Mask, runs: _Mask, millimetre: float) -> _Mask:
    """Runs with those added that have breaks of a few pixels, as faded rules do: longer than words do without a gap."""
    whole = cv2.dilate(dark, np.ones((_BRIDGED, 1), np.uint8))
    whole = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, np.ones((1, 1 + round(_SHORT_BREAK_MM * millimetre)), np.uint8))
    gapped = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, round(_GAPPED_RUN_MM * millimetre)), np.uint8))
    joined = cv2.morphologyEx(
        cv2.bitwise_or(runs, gapped), cv2.MORPH_CLOSE, np.ones((1, round(_BREAK_MM * millimetre)), np.uint8)
    )
    return np.asarray(
        cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(_RULE_MM * millimetre)), np.uint8)), dtype=np.uint8
    )


def _rules(runs: _Mask, millimetre: float) -> list[_Rule]:
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)  # labels of all pixels cost more
    found = []
    for outline in outlines:
        x, _, wide, high = cv2.boundingRect(outline)
        if wide >= _RULE_MM * millimetre and high <= _STEEPEST * wide + _THICKEST_MM * millimetre:
            points = outline[:, 0].astype(np.float64)
            slope, height = np.polyfit(points[:, 0], points[:, 1], 1)
            found.append(_Rule(float(height), float(slope), float(x), float(x + wide)))
    return found


_Group = tuple[list[_Rule], list[_Rule]]


def _groups(rows: Sequence[_Rule], columns: Sequence[_Rule], millimetre: float) -> Iterator[_Group]:
    """Rules that touch each other, without those that run on beyond a table; only groups that may be a grid."""
    for group in _touching(rows, columns, _TOUCH_MM * millimetre):
        of_rows, of_columns = (_without_streaks(one, other, millimetre) for one, other in (group, group[::-1]))
        of_rows, of_columns = (
            _without_frame(one, other, millimetre) for one, other in ((of_rows, of_columns), (of_columns, of_rows))
        )
        if len(of_rows) + len(of_columns) < len(group[0]) + len(group[1]):
            yield from _groups(of_rows, of_columns, millimetre)
        elif len(of_rows) >= _LEAST_RULES and len(of_columns) >= _LEAST_RULES and len(of_rows) + len(of_columns) >= 5:
            yield of_rows, of_columns


def _touching(rows: Sequence[_Rule], columns: Sequence[_Rule], reach: float) -> Iterator[_Group]:
    touches = {
        (one, other)
        for (one, row), (other, column) in product(enumerate(rows), enumerate(columns))
        if _touch(row, column, reach)
    }
    waiting = set(range(len(rows)))
    while waiting:
        of_rows, of_columns, new = set[int](), set[int](), {waiting.pop()}
        while new:
            of_rows |= new
            of_columns |= {other for one, other in touches if one in new}
            new = {one for one, other in touches if other in of_columns} - of_rows
        waiting -= of_rows
        if of_columns:
            yield [rows[index] for index in sorted(of_rows)], [columns[index] for index in sorted(of_columns)]


def _touch(row: _Rule, column: _Rule, reach: float) -> bool:
    x = column.at(row.at(column.at(0)))
    return row.start - reach <= x <= row.end + reach and column.start - reach <= row.at(x) <= column.end + reach


def _without_streaks(rules: Sequence[_Rule], others: Sequence[_Rule], millimetre: float) -> list[_Rule]:
    """Rules without folds of the paper and streaks of the scanner, which run on beyond the last of those across.

    Where most do, it is the outermost rule that was not seen.
    """
    kept = []
    for rule in rules:
        places = [other.at(rule.at(other.at(0))) for other in others]
        if max(min(places) - rule.start, rule.end - max(places)) <= _OVERHANG_MM * millimetre:
            kept.append(rule)
    return kept if 2 * len(kept) > len(rules) else list(rules)


def _without_frame(rules: Sequence[_Rule], others: Sequence[_Rule], millimetre: float) -> list[_Rule]:
    """Rules without the sides of a frame around the table, which a fold or a streak ties to it.

    A side may be in pieces, which count together.
    """
    if not rules:
        return []
    heights = [rule.at((rule.start + rule.end) / 2) for rule in rules]
    kept = list(rules)
    for side in {min(heights), max(heights)}:
        pieces = [rule for rule, at in zip(rules, heights, strict=True) if abs(at - side) <= _SAME_MM * millimetre]
        met = [
            any(_touch(piece, other, _FRAME_NEAR_MM * millimetre) for piece in pieces for other in level)
            for level in _by_level(others, millimetre)
        ]
        if sum(met) < _FRAME_TOUCHES * len(met):
            kept = [rule for rule in kept if rule not in pieces]
    return kept


def _by_level(rules: Sequence[_Rule], millimetre: float) -> list[list[_Rule]]:
    """Rules whose middles lie at one height together: pieces of one rule."""
    levels: list[list[_Rule]] = []
    last = float("-inf")
    for rule in sorted(rules, key=lambda rule: rule.at((rule.start + rule.end) / 2)):
        height = rule.at((rule.start + rule.end) / 2)
        if height - last > _SAME_MM * millimetre:
            levels.append([])
        levels[-1].append(rule)
        last = height
    return levels


# ---------------------------------------------------------------- lattice


def _lattice(rules: Sequence[_Rule], seen: _Mask, least_step: float, same: float) -> _Lattice:
    """The levels of rules; pieces of one rule, and double rules, make one level."""
    lengths = np.array([rule.length for rule in rules])
    slope = float(np.average([rule.slope for rule in rules], weights=lengths))
    levels: list[list[tuple[float, float]]] = []
    for level, length in sorted((rule.at(m := (rule.start + rule.end) / 2) - slope * m, rule.length) for rule in rules):
        if levels and level - levels[-1][-1][0] <= same:
            levels[-1].append((level, length))
        else:
            levels.append([(level, length)])
    places = [
        (float(np.average([level for level, _ in one], weights=[w for _, w in one])), sum(w for _, w in one))
        for one in levels
    ]
    thick = cv2.dilate(seen, np.ones((_BRIDGED, 1), np.uint8))
    return _Lattice(tuple(_apart(places, least_step)), slope, np.asarray(thick, dtype=np.uint8))


def _apart(places: Sequence[tuple[float, float]], least: float) -> list[float]:
    """Levels of which no two are nearer than a row can be high: of two the longer one stays."""
    kept: list[tuple[float, float]] = []
    for place in places:
        if kept and place[0] - kept[-1][0] < least:
            kept[-1] = max(kept[-1], place, key=lambda one: one[1])
        else:
            kept.append(place)
    return [level for level, _ in kept]


def _grid(rows: _Lattice, columns: _Lattice, step: int) -> Grid | None:
    high, wide = len(rows.levels) - 1, len(columns.levels) - 1
    if (high < 2 and wide < 2) or high < 1 or wide < 1 or high * wide > _MOST_CELLS:
        return None
    below = {(r, c): _is_row_edge(rows, columns, r, c) for r, c in product(range(1, high), range(wide))}
    beside = {(r, c): _is_column_edge(rows, columns, r, c) for r, c in product(range(high), range(1, wide))}
    edges = [*below.values(), *beside.values()]
    if sum(edges) < _LEAST_EDGES * len(edges):
        return None
    cells = tuple(
        GridCell(row=r, column=c, row_span=down, col_span=right, box=_box(rows, columns, (r, c, down, right), step))
        for r, c, down, right in _merged(high, wide, below, beside)
    )
    if len(cells) < _LEAST_CELLS:
        return None
    return Grid(box=_box(rows, columns, (0, 0, high, wide), step), cells=cells)


def _is_row_edge(rows: _Lattice, columns: _Lattice, row: int, column: int) -> bool:
    height = rows.levels[row]
    return rows.is_seen(row, columns.at(column, height) + 3, columns.at(column + 1, height) - 3)


def _is_column_edge(rows: _Lattice, columns: _Lattice, row: int, column: int) -> bool:
    place = columns.levels[column]
    return columns.is_seen(column, rows.at(row, place) + 3, rows.at(row + 1, place) - 3)


_Place = tuple[int, int]
_Span = tuple[int, int, int, int]


def _merged(high: int, wide: int, below: dict[_Place, bool], beside: dict[_Place, bool]) -> list[_Span]:
    """Row, column, row span and column span of each cell: places without a rule between them are one cell.

    What together is no rectangle is a rule half lost, and stays apart.
    """
    waiting = set(product(range(high), range(wide)))
    spans: list[_Span] = []
    for place in product(range(high), range(wide)):
        if place not in waiting:
            continue
        group = _open_to(place, high, wide, below, beside)
        top, bottom = min(r for r, _ in group), max(r for r, _ in group)
        left, right = min(c for _, c in group), max(c for _, c in group)
        if len(group) == (bottom - top + 1) * (right - left + 1):
            spans.append((top, left, bottom - top + 1, right - left + 1))
        else:
            spans += [(r, c, 1, 1) for r, c in sorted(group)]
        waiting -= group
    return sorted(spans)


def _open_to(place: _Place, high: int, wide: int, below: dict[_Place, bool], beside: dict[_Place, bool]) -> set[_Place]:
    """All places reached from one without crossing a rule."""
    group, new = {place}, [place]
    while new:
        row, column = new.pop()
        for other, edge in (
            ((row + 1, column), below.get((row + 1, column), True)),
            ((row - 1, column), below.get((row, column), True)),
            ((row, column + 1), beside.get((row, column + 1), True)),
            ((row, column - 1), beside.get((row, column), True)),
        ):
            if not edge and other not in group:
                group.add(other)
                new.append(other)
    return group


def _box(rows: _Lattice, columns: _Lattice, span: _Span, step: int) -> Box:
    """Between the rules, as they stand in the middle of the cell."""
    row, column, down, right = span
    middle_x = (columns.levels[column] + columns.levels[column + right]) / 2
    middle_y = (rows.levels[row] + rows.levels[row + down]) / 2
    top, bottom = (round(step * rows.at(at, middle_x)) for at in (row, row + down))
    left, end = (round(step * columns.at(at, middle_y)) for at in (column, column + right))
    return Box(left, top, end - left, bottom - top)
