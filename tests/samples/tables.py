"""Tables with lines: cells that wrap, rows as high as their highest cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.samples.sheet import Column, Sheet, Span, Style

PADDING_MM = 0.9
GAP_MM = 0.6


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell over one or several columns."""

    spans: Sequence[Span]
    span: int = 1
    align: str = "centre"


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: heads, shares of the width, rows of cells.

    Attributes:
        least_rows: Empty rows are added up to this number.
    """

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: Sequence[Sequence[Cell]]
    least_rows: int = 0

    def all_rows(self, *, bold: bool) -> list[Sequence[Cell]]:
        """Return heads, rows and empty rows."""
        head = [Cell(spans=[Span(name, bold=bold)]) for name in self.heads]
        empty = [[Cell(spans=[Span("")]) for _ in self.heads]] * max(0, self.least_rows - len(self.rows))
        return [head, *self.rows, *empty]


def grid_height(sheet: Sheet, grid: Grid, style: Style, *, width_mm: float, bold_heads: bool = True) -> float:
    """Measure a table."""
    borders = _borders(grid, width_mm)
    return sum(_row_height(sheet, row, borders, style) for row in grid.all_rows(bold=bold_heads))


def print_grid(
    sheet: Sheet, grid: Grid, style: Style, column: Column, y_mm: float, *, bold_heads: bool = True
) -> float:
    """Print a table from a height on and return its lower end."""
    borders = _borders(grid, column.width_mm)
    right = column.x_mm + column.width_mm
    sheet.rule([(column.x_mm, y_mm), (right, y_mm)])
    for row in grid.all_rows(bold=bold_heads):
        bottom = y_mm + _row_height(sheet, row, borders, style)
        at = 0
        for cell in row:
            left, end = column.x_mm + borders[at], column.x_mm + borders[at + cell.span]
            place = Column(x_mm=left + PADDING_MM, width_mm=end - left - 2 * PADDING_MM, align=cell.align)
            if any(span.text for span in cell.spans):
                height = sheet.height_of(cell.spans, style, width_mm=place.width_mm)
                sheet.write(cell.spans, style, place, y_mm + (bottom - y_mm - height) / 2)
            sheet.rule([(left, y_mm), (left, bottom)])
            at += cell.span
        sheet.rule([(right, y_mm), (right, bottom)])
        sheet.rule([(column.x_mm, bottom), (right, bottom)])
        y_mm = bottom
    return y_mm


def _borders(grid: Grid, width_mm: float) -> list[float]:
    total = sum(grid.shares)
    borders = [0.0]
    for share in grid.shares:
        borders.append(borders[-1] + width_mm * share / total)
    return borders


def _row_height(sheet: Sheet, row: Sequence[Cell], borders: list[float], style: Style) -> float:
    at, tallest = 0, 0.0
    for cell in row:
        width = borders[at + cell.span] - borders[at] - 2 * PADDING_MM
        tallest = max(tallest, sheet.height_of(cell.spans, style, width_mm=width))
        at += cell.span
    return tallest + 2 * GAP_MM
