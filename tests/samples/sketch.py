"""The parcel plan: a polygon with edge lengths that fit its area, corner numbers, neighbours and coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.samples.numbers import printed_area
from tests.samples.sheet import Sheet, Style


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
    sheet: Sheet, plan: Plan, style: Style, *, box_mm: tuple[float, float, float, float], number: str, area: Decimal
) -> None:
    """Print the drawing into a box (left, top, width, height in millimetres), north up."""
    left, top, width, height = box_mm
    xs, ys = [x for x, _ in plan.corners], [y for _, y in plan.corners]
    scale = min((width - 34) / (max(xs) - min(xs)), (height - 28) / (max(ys) - min(ys)))
    middle = (left + width / 2, top + height / 2)
    centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    corners = [(middle[0] + (x - centre[0]) * scale, middle[1] + (y - centre[1]) * scale) for x, y in plan.corners]
    sheet.rule([*corners, corners[0]], width_mm=0.4)
    _print_middle(sheet, style, _mean(corners), number, area)
    for at, length in enumerate(plan.edge_lengths()):
        start, end = corners[at], corners[(at + 1) % len(corners)]
        _print_beside(sheet, style, start, end, f"{length:.2f}".replace(".", ","), 3.4, middle)
        _print_beside(sheet, style, start, end, plan.neighbours[at], 9.0, middle)
        _print_away(sheet, style, start, f"{at + 1}", 3.6, middle)
    _print_north(sheet, style, left + width - 12, top + 6)


def print_coordinates(sheet: Sheet, plan: Plan, style: Style, *, x_mm: float, y_mm: float, width_mm: float) -> float:
    """Print the table of corner coordinates and return its lower end."""
    y = sheet.write("BẢNG KÊ TỌA ĐỘ", style, x_mm=x_mm, y_mm=y_mm, width_mm=width_mm, align="centre")
    columns = [0.0, 0.16, 0.46, 0.76, 1.0]
    lengths = plan.edge_lengths()
    rows = [("Số hiệu", "X (m)", "Y (m)", "Cạnh (m)")]
    for at, (east, south) in enumerate(plan.corners):
        north = plan.origin[0] - south
        cells = (f"{at + 1}", f"{north:.2f}", f"{plan.origin[1] + east:.2f}", f"{lengths[at]:.2f}")
        rows.append(cells)
    top = y
    for cells in rows:
        sheet.rule([(x_mm, y), (x_mm + width_mm, y)])
        for at, text in enumerate(cells):
            cell_width = (columns[at + 1] - columns[at]) * width_mm
            sheet.write(text, style, x_mm=x_mm + columns[at] * width_mm, y_mm=y, width_mm=cell_width, align="centre")
        y += sheet.line_height_mm(style)
    sheet.rule([(x_mm, y), (x_mm + width_mm, y)])
    for share in columns:
        sheet.rule([(x_mm + share * width_mm, top), (x_mm + share * width_mm, y)])
    return y


def _print_middle(sheet: Sheet, style: Style, at: tuple[float, float], number: str, area: Decimal) -> None:
    """Print parcel number over area, as a fraction."""
    step = sheet.line_height_mm(style)
    sheet.write(number, style, x_mm=at[0] - 15, y_mm=at[1] - step, width_mm=30, align="centre")
    sheet.rule([(at[0] - 7, at[1] + 0.3), (at[0] + 7, at[1] + 0.3)])
    sheet.write(printed_area(area), style, x_mm=at[0] - 15, y_mm=at[1] + 0.3, width_mm=30, align="centre")


def _print_beside(
    sheet: Sheet,
    style: Style,
    start: tuple[float, float],
    end: tuple[float, float],
    text: str,
    distance: float,
    middle: tuple[float, float],
) -> None:
    """Print a short text outside the middle of an edge."""
    _print_away(sheet, style, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), text, distance, middle)


def _print_away(
    sheet: Sheet, style: Style, at: tuple[float, float], text: str, distance: float, middle: tuple[float, float]
) -> None:
    length = max(math.dist(at, middle), 0.1)
    x = at[0] + (at[0] - middle[0]) / length * distance * 1.35
    y = at[1] + (at[1] - middle[1]) / length * distance
    sheet.write(text, style, x_mm=x - 15, y_mm=y - sheet.line_height_mm(style) / 2, width_mm=30, align="centre")


def _print_north(sheet: Sheet, style: Style, x: float, y: float) -> None:
    sheet.rule([(x, y + 14), (x, y), (x - 1.6, y + 4), (x, y), (x + 1.6, y + 4)], width_mm=0.3)
    sheet.write("B", style, x_mm=x - 5, y_mm=y - 5, width_mm=10, align="centre")


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _polygon_area(points: list[tuple[float, float]]) -> float:
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
