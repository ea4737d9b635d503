"""The parcel plan: a polygon with edge lengths that fit its area, corner numbers, neighbours and coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.samples.numbers import printed_area
from tests.samples.sheet import Column, Sheet, Style


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A parcel in metres, corners clockwise, origin at its middle; `origin` places it on the national grid."""

    corners: tuple[tuple[float, float], ...]
    neighbours: tuple[str, ...]
    origin: tuple[float, float]

    def edge_lengths(self) -> list[float]:
        """Return the lengths of the edges in metres, the first from corner 1 to 2."""
        return [
            math.dist(start, end) for start, end in zip(self.corners, self.corners[1:] + self.corners[:1], strict=True)
        ]


def draw_plan(rng: Random, area: Decimal) -> Plan:
    """Draw a parcel of about the given area with four to seven corners."""
    count = rng.choice((4, 4, 4, 5, 6, 7))
    turn = rng.uniform(0, math.tau)
    stretch = rng.uniform(0.55, 1.0)
    rough = []
    for number in range(count):
        angle = turn + math.tau * (number + rng.uniform(-0.16, 0.16)) / count
        reach = rng.uniform(0.85, 1.15)
        rough.append((reach * math.cos(angle), reach * stretch * math.sin(angle)))
    scale = math.sqrt(float(area) / _polygon_area(rough))
    return Plan(
        corners=tuple((x * scale, y * scale) for x, y in rough),
        neighbours=tuple(
            rng.choice(("Đường đi", "Ngõ", str(rng.randint(1, 990)), str(rng.randint(1, 990)))) for _ in rough
        ),
        origin=(2_330_000 + rng.uniform(0, 60_000), 390_000 + rng.uniform(0, 90_000)),
    )


def print_plan(
    sheet: Sheet,
    plan: Plan,
    style: Style,
    *,
    box_mm: tuple[float, float, float, float],
    number: str,
    area: Decimal,
) -> None:
    """Print the drawing into a box (left, top, width, height in millimetres), north up."""
    left, top, width, height = box_mm
    xs, ys = [x for x, _ in plan.corners], [y for _, y in plan.corners]
    scale = min((width - 46) / (max(xs) - min(xs)), (height - 26) / (max(ys) - min(ys)))
    middle = (left + width / 2, top + height / 2)
    centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    corners = [(middle[0] + (x - centre[0]) * scale, middle[1] + (y - centre[1]) * scale) for x, y in plan.corners]
    sheet.rule([*corners, corners[0]], width_mm=0.4)
    _print_middle(sheet, style, _mean(corners), number, area)
    for at, length in enumerate(plan.edge_lengths()):
        start, end = corners[at], corners[(at + 1) % len(corners)]
        gap = _print_beside(sheet, style, start, end, f"{length:.2f}".replace(".", ","), 0.6)
        _print_beside(sheet, style, start, end, plan.neighbours[at], gap + 0.8)
        away = _unit(start[0] - middle[0], start[1] - middle[1])
        _print_at(sheet, style, (start[0] + away[0] * 3.4, start[1] + away[1] * 3.4), str(at + 1))
    _print_north(sheet, style, left + width - 8, top + 6)


def print_coordinates(sheet: Sheet, plan: Plan, style: Style, column: Column, y_mm: float) -> float:
    """Print the table of corner coordinates and return its lower end."""
    y = sheet.write("BẢNG KÊ TỌA ĐỘ", style, column.centred(), y_mm)
    borders = [column.x_mm + share * column.width_mm for share in (0.0, 0.16, 0.46, 0.76, 1.0)]
    lengths = plan.edge_lengths()
    rows = [("Số hiệu", "X (m)", "Y (m)", "Cạnh (m)")]
    for at, (east, south) in enumerate(plan.corners):
        grid = (plan.origin[0] - south, plan.origin[1] + east)
        rows.append((f"{at + 1}", f"{grid[0]:.2f}", f"{grid[1]:.2f}", f"{lengths[at]:.2f}"))
    top = y
    for cells in rows:
        sheet.rule([(borders[0], y), (borders[-1], y)])
        for text, start, end in zip(cells, borders, borders[1:], strict=False):
            sheet.write(text, style, Column(x_mm=start, width_mm=end - start, align="centre"), y)
        y += sheet.line_height_mm(style)
    sheet.rule([(borders[0], y), (borders[-1], y)])
    for border in borders:
        sheet.rule([(border, top), (border, y)])
    return y


def _print_middle(sheet: Sheet, style: Style, at: tuple[float, float], number: str, area: Decimal) -> None:
    """Print parcel number over area, as a fraction."""
    step = sheet.line_height_mm(style)
    _print_at(sheet, style, (at[0], at[1] - step / 2), number)
    half = sheet.text_width_mm(printed_area(area), style) / 2 + 1
    sheet.rule([(at[0] - half, at[1] + 0.3), (at[0] + half, at[1] + 0.3)])
    _print_at(sheet, style, (at[0], at[1] + step / 2 + 0.3), printed_area(area))


def _print_beside(
    sheet: Sheet, style: Style, start: tuple[float, float], end: tuple[float, float], text: str, gap_mm: float
) -> float:
    """Print a short text outside an edge (corners run clockwise); returns how far out it reaches."""
    outward = _unit(end[1] - start[1], start[0] - end[0])
    half_width, half_height = sheet.text_width_mm(text, style) / 2, sheet.line_height_mm(style) / 2
    reach = abs(outward[0]) * half_width + abs(outward[1]) * half_height
    distance = gap_mm + reach
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    _print_at(sheet, style, (middle[0] + outward[0] * distance, middle[1] + outward[1] * distance), text)
    return distance + reach


def _print_at(sheet: Sheet, style: Style, middle: tuple[float, float], text: str) -> None:
    """Print a short text around a point."""
    column = Column(x_mm=middle[0] - 30, width_mm=60, align="centre")
    sheet.write(text, style, column, middle[1] - sheet.line_height_mm(style) / 2)


def _print_north(sheet: Sheet, style: Style, x: float, y: float) -> None:
    sheet.rule([(x, y + 14), (x, y), (x - 1.6, y + 4), (x, y), (x + 1.6, y + 4)], width_mm=0.3)
    _print_at(sheet, style, (x, y - 2.5), "B")


def _unit(x: float, y: float) -> tuple[float, float]:
    length = math.hypot(x, y)
    return x / length, y / length


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _polygon_area(points: list[tuple[float, float]]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
