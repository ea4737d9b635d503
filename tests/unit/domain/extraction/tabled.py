"""Tables laid out as words with boxes: columns of their own width, cells wrapped, set at the top or in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.reading import Box, Line, PageScan, Table, TableCell, Word
from tests.unit.domain.extraction.paper import SURE

LETTER_PX, HEIGHT_PX, STEP_PX, LEFT_PX, MARGIN_PX = 14, 28, 44, 120, 16


@dataclass(frozen=True)
class Ruled:
    """A cell between rules; its lines as they are wrapped, first in the row it begins in."""

    text: str
    row_span: int = 1
    col_span: int = 1


def wrapped(text: str, width_px: int) -> list[str]:
    """A cell's text in lines that fit."""
    lines: list[str] = []
    for word in text.split():
        if lines and (len(lines[-1]) + 1 + len(word)) * LETTER_PX <= width_px:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def line_at(text: str, x: int, y: int, confidence: float = SURE) -> Line:
    """One line of words beginning at a place."""
    words, at = [], x
    for part in text.split(" "):
        if part:
            words.append(Word(text=part, box=Box(at, y, len(part) * LETTER_PX, HEIGHT_PX), confidence=confidence))
        at += (len(part) + 1) * LETTER_PX
    return Line(words=tuple(words))


class Sheet:
    """A page written from top to bottom."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.y = 100

    def text(self, text: str, x: int = LEFT_PX) -> Sheet:
        """Lines of text."""
        for row in text.strip("\n").split("\n"):
            left, _, right = row.partition("||")
            if left.strip():
                self.lines.append(line_at(left.strip(), x, self.y))
            if right.strip():
                self.lines.append(line_at(right.strip(), 1500, self.y))
            self.y += STEP_PX
        return self

    def table(self, widths: Sequence[int], rows: Sequence[Sequence[str]], *, middle: bool = True) -> Sheet:
        """A ruled table; each cell wrapped into its column, set in the middle of its row or at the top."""
        for row in rows:
            cells = [wrapped(text, width - 2 * MARGIN_PX) for text, width in zip(row, widths, strict=True)]
            tallest = max(len(cell) for cell in cells)
            left = LEFT_PX
            for cell, width in zip(cells, widths, strict=True):
                down = (tallest - len(cell)) * STEP_PX // 2 if middle else 0
                for number, text in enumerate(cell):
                    indent = (width - len(text) * LETTER_PX) // 2
                    self.lines.append(line_at(text, left + indent, self.y + down + number * STEP_PX))
                left += width
            self.y += tallest * STEP_PX + 2 * MARGIN_PX
        return self

    def ruled(self, widths: Sequence[int], rows: Sequence[Sequence[str | Ruled]], tall: int = 3) -> Sheet:
        """A table whose rules were found, every row `tall` lines high; cells wrapped and set in the middle.

        A row names only the cells that begin in it, from left to right.
        """
        top, height = self.y, tall * STEP_PX + 2 * MARGIN_PX
        taken: set[tuple[int, int]] = set()
        cells: list[TableCell] = []
        for at, row in enumerate(rows):
            column = 0
            for cell in (Ruled(one) if isinstance(one, str) else one for one in row):
                while (at, column) in taken:
                    column += 1
                taken |= {(at + r, column + c) for r in range(cell.row_span) for c in range(cell.col_span)}
                left, wide = LEFT_PX + sum(widths[:column]), sum(widths[column : column + cell.col_span])
                box = Box(left, top + at * height, wide, cell.row_span * height)
                cells.append(_ruled_cell(cell, at, column, box))
        self.lines += [line for cell in cells for line in cell.lines]
        self.tables.append(Table(box=Box(LEFT_PX, top, sum(widths), len(rows) * height), cells=tuple(cells)))
        self.y += len(rows) * height + STEP_PX
        return self

    def scan(self, file: str = "t.jpg") -> PageScan:
        """The page as the reader would see it."""
        lines, tables = tuple(self.lines), tuple(self.tables)
        return PageScan(file=file, width_px=2244, height_px=3130, dpi=300, lines=lines, tables=tables, ink_pct=3.0)


def _ruled_cell(cell: Ruled, row: int, column: int, box: Box) -> TableCell:
    texts = [text for part in cell.text.split("\n") for text in wrapped(part, box.width - 2 * MARGIN_PX)]
    first = box.y + (box.height - len(texts) * STEP_PX) // 2
    lines = tuple(
        line_at(text, box.x + (box.width - len(text) * LETTER_PX) // 2, first + number * STEP_PX)
        for number, text in enumerate(texts)
    )
    return TableCell(row=row, column=column, row_span=cell.row_span, col_span=cell.col_span, box=box, lines=lines)
