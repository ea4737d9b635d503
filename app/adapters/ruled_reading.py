"""Reads a page with ruled tables: the cells by themselves, the rest of the page without them.

Cells side by side have other numbers of lines, set in the middle; the engine, told that the page is one block, cuts
through half of them. So the ink of all cells is laid below each other on one strip, which is read in one pass: its cost
is about that of the table in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_APART_PX = 44  # about a line's height: nothing of one cell is taken for an accent of another
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
    """The ink of a cell on the strip, and where it stands on the page."""

    table: int
    cell: int
    ink: Box
    top: int


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
    in_cells = _read_pieces(engine, page, pieces)
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
    pieces, top = [], _MARGIN_PX
    for at, table in enumerate(tables):
        for number, cell in enumerate(table.cells):
            ink = _ink_box(_part(page, cell.box, _RULE_PX))
            if ink is not None:
                x, y = max(0, cell.box.x + _RULE_PX), max(0, cell.box.y + _RULE_PX)
                pieces.append(_Piece(at, number, ink._replace(x=ink.x + x, y=ink.y + y), top))
                top += ink.height + _APART_PX
    return pieces


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
    wide = max(piece.ink.width for piece in pieces) + 2 * _MARGIN_PX
    strip = np.full((pieces[-1].top + pieces[-1].ink.height + _MARGIN_PX, wide), 255, np.uint8)
    for piece in pieces:
        x, y, width, height = piece.ink
        strip[piece.top : piece.top + height, _MARGIN_PX : _MARGIN_PX + width] = page[y : y + height, x : x + width]
    tops = np.array([piece.top - _APART_PX // 2 for piece in pieces])
    found: dict[tuple[int, int], list[Line]] = {}
    for line in engine.read(grey_image(strip), Layout.BLOCK):
        middle = float(np.median([word.box.y + word.box.height / 2 for word in line.words]))
        at = max(0, int(np.searchsorted(tops, middle, side="right")) - 1)
        found.setdefault((pieces[at].table, pieces[at].cell), []).append(_back(line, pieces[at], _FIRST_BLOCK + at))
    return {place: tuple(lines) for place, lines in found.items()}


def _back(line: Line, piece: _Piece, block: int) -> Line:
    """A line of the strip where it stands on the page."""
    right, down = piece.ink.x - _MARGIN_PX, piece.ink.y - piece.top
    words = tuple(
        replace(word, box=word.box._replace(x=word.box.x + right, y=word.box.y + down)) for word in line.words
    )
    return replace(line, words=words, block=block)
