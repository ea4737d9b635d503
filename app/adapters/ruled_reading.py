"""Reads a page with ruled tables: the cells by themselves, the rest of the page without them.

Cells side by side have other numbers of lines, set in the middle; the engine, told that the page is one block, cuts
through half of them. So the ink of all cells is laid below each other on one strip, which is read in one pass: its cost
is about that of the table in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from app.adapters.grids import Grid, GridCell, find_grids
from app.adapters.preparing import READING_DPI, Grey, grey_image, readable
from app.adapters.turning import Frame
from app.domain.reading import Box, Line, Table, TableCell
from app.ports import Layout, OcrEngine

_RULE_PX = 5  # what a rule and its shadow take of a cell, at 300 dpi
_INK = 205  # of a smoothed copy: the faint letters of a typewriter as well
_INK_BLUR_PX = 1.5
_LEAST_INK_PX = 40  # of a letter in the smallest print; less is grain
_RIM_PX = 10
_MARGIN_PX = 12
_SMOOTH_PX = 1.3
"""How much the print of cells is smoothed: of 334 typed cells 322 are read right, of laser print 452 of 640; of cells
as they are 310 and 445. Alone on its line a number has no other print beside it that tells noise from strokes."""
_APART_PX = 44  # about a line's height: nothing of one cell is taken for an accent of another
_NARROW = 0.6  # of the page
_MOST_COORDINATE_COLUMNS = 5
_AXIS = re.compile(r"([XYxy])[^\W\d]?\W?.?m\W{0,2}$")
_FIRST_BLOCK = 1_000
"""Numbers of blocks that the engine never gives; each cell is a block of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePrint:
    """What is printed on a page: its lines, those of tables among them, and its ruled tables."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()

    def on_page(self, frame: Frame) -> PagePrint:
        """The same, boxes on the page image."""
        tables = tuple(
            Table(
                box=frame.box(table.box),
                cells=tuple(
                    replace(cell, box=frame.box(cell.box), lines=frame.lines(cell.lines)) for cell in table.cells
                ),
            )
            for table in self.tables
        )
        return PagePrint(lines=frame.lines(self.lines), tables=tables)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The ink of a cell: of which table and cell, its box on the page, and whether it is in the head."""

    table: int
    cell: int
    ink: Box
    is_head: bool


def read_print(engine: OcrEngine, even: Grey, enlarge: float) -> PagePrint:
    """The words of a page that lies straight, boxes in its pixels as it is read.

    Args:
        engine: Reads it.
        even: Dark print on white paper.
        enlarge: How much larger it is read.

    Raises:
        DeviceError: `ocr_failed`.
    """
    grids = find_grids(even, READING_DPI / enlarge)
    page = readable(even, enlarge)
    if not grids:
        return PagePrint(lines=engine.read(grey_image(page), Layout.BLOCK))
    tables = [_table(grid, enlarge) for grid in grids]
    pieces = _pieces(page, tables)
    heads = [piece for piece in pieces if piece.is_head and _may_be_coordinates(tables[piece.table], page.shape[1])]
    in_cells = _read_pieces(engine, page, heads)
    ignored = _coordinates(in_cells)
    rest = [piece for piece in pieces if piece not in heads and piece.table not in ignored]
    in_cells |= _read_pieces(engine, page, rest)
    for table in tables:
        _part(page, table.box, -_RULE_PX)[:] = 255
    around = engine.read(grey_image(page), Layout.BLOCK)
    filled = tuple(
        Table(
            box=table.box,
            cells=tuple(replace(cell, lines=in_cells.get((at, number), ())) for number, cell in enumerate(table.cells)),
        )
        for at, table in enumerate(tables)
    )
    inside = tuple(line for table in filled for cell in table.cells for line in cell.lines)
    return PagePrint(lines=(*around, *inside), tables=filled)


def _table(grid: Grid, enlarge: float) -> Table:
    return Table(box=_larger(grid.box, enlarge), cells=tuple(_cell(cell, enlarge) for cell in grid.cells))


def _cell(cell: GridCell, enlarge: float) -> TableCell:
    return TableCell(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        col_span=cell.col_span,
        box=_larger(cell.box, enlarge),
    )


def _larger(box: Box, enlarge: float) -> Box:
    return Box(*(round(side * enlarge) for side in box))


def _pieces(page: Grey, tables: Sequence[Table]) -> list[_Piece]:
    pieces = []
    for at, table in enumerate(tables):
        for number, cell in enumerate(table.cells):
            ink = _ink_box(_part(page, cell.box, _RULE_PX))
            if ink is not None:
                x, y = max(0, cell.box.x + _RULE_PX), max(0, cell.box.y + _RULE_PX)
                pieces.append(_Piece(at, number, ink._replace(x=ink.x + x, y=ink.y + y), cell.row == 0))
    return pieces


def _may_be_coordinates(table: Table, page_px: int) -> bool:
    """Whether a table is as narrow as the one of the corners of a parcel beside its plan, and has its columns."""
    columns = max(cell.column + cell.col_span for cell in table.cells)
    return table.box.width < _NARROW * page_px and 3 <= columns <= _MOST_COORDINATE_COLUMNS


def _coordinates(heads: Mapping[tuple[int, int], Sequence[Line]]) -> set[int]:
    """Tables with a column each for x and y: nothing is asked of them, and their figures cost as much as a page."""
    axes: dict[int, set[str]] = {}
    for (table, _), lines in heads.items():
        found = _AXIS.match("".join(line.text for line in lines).replace(" ", ""))
        if found:
            axes.setdefault(table, set()).add(found[1].upper())
    return {table for table, letters in axes.items() if len(letters) > 1}


def _part(page: Grey, box: Box, inset: int) -> Grey:
    """The pixels of a box without a rim, or with one more; a view."""
    left, top = max(0, box.x + inset), max(0, box.y + inset)
    right, bottom = box.x + box.width - inset, box.y + box.height - inset
    return page[top : max(top, bottom), left : max(left, right)]


def _ink_box(pixels: Grey) -> Box | None:
    """The rectangle around the print in a cell; None for an empty one."""
    if not pixels.size:
        return None
    ink = (cv2.GaussianBlur(pixels, (0, 0), _INK_BLUR_PX) < _INK).astype(np.uint8)
    if np.count_nonzero(ink) < _LEAST_INK_PX:
        return None
    x, y, wide, high = cv2.boundingRect(ink)
    left, top = max(0, x - _RIM_PX), max(0, y - _RIM_PX)
    return Box(
        left, top, min(pixels.shape[1], x + wide + _RIM_PX) - left, min(pixels.shape[0], y + high + _RIM_PX) - top
    )


def _read_pieces(engine: OcrEngine, page: Grey, pieces: Sequence[_Piece]) -> dict[tuple[int, int], tuple[Line, ...]]:
    """The lines of each cell, by table and cell, boxes on the page."""
    if not pieces:
        return {}
    tops = np.cumsum([_MARGIN_PX, *(piece.ink.height + _APART_PX for piece in pieces)]).tolist()
    strip = np.full((tops[-1], max(piece.ink.width for piece in pieces) + 2 * _MARGIN_PX), 255, np.uint8)
    for piece, top in zip(pieces, tops, strict=False):
        x, y, width, height = piece.ink
        strip[top : top + height, _MARGIN_PX : _MARGIN_PX + width] = page[y : y + height, x : x + width]
    strip = np.asarray(cv2.GaussianBlur(strip, (0, 0), _SMOOTH_PX), dtype=np.uint8)
    borders = [top - _APART_PX // 2 for top in tops]
    found: dict[tuple[int, int], list[Line]] = {}
    for line in engine.read(grey_image(strip), Layout.BLOCK):
        middle = float(np.median([word.box.y + word.box.height / 2 for word in line.words]))
        at = min(max(0, bisect_right(borders, middle) - 1), len(pieces) - 1)
        place = pieces[at].table, pieces[at].cell
        found.setdefault(place, []).append(
            _back(line, pieces[at].ink, tops[at], _FIRST_BLOCK * (1 + place[0]) + place[1])
        )
    return {place: tuple(lines) for place, lines in found.items()}


def _back(line: Line, ink: Box, top: int, block: int) -> Line:
    """A line of the strip where it stands on the page."""
    right, down = ink.x - _MARGIN_PX, ink.y - top
    words = tuple(
        replace(word, box=word.box._replace(x=word.box.x + right, y=word.box.y + down)) for word in line.words
    )
    return replace(line, words=words, block=block)
