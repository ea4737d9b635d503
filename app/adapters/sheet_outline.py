"""Finds the four corners of a photographed sheet on its table, and how the photograph is laid flat.

Each edge is a straight line from one side of the picture to the other where the table ends and the paper begins. Only a
sheet that is seen from the side is laid flat: a rectangle is left to the straightening of its lines, so that scans with
a dark lid around them stay as they are, and a doubtful outline is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.adapters.turning import Matrix, Pixels

Colours = NDArray[np.float32]
Line = tuple[float, float]
"""Height at the left end and at the right end, as shares."""

_TURNS = range(4)  # quarter turns counter-clockwise that bring each edge up
_GLANCE_PX = 200  # long side of the copy that tells a table around from a scan
_COARSE_PX = 160  # long side of the copy in which edges are looked for
_FINE_PX = 1000  # long side of the copy in which they are measured
_RIM_STEP = 9.0  # shades between the rim of the picture and the paper beside it
_EDGE_STEP = 16.0  # shades between table and paper, the mean along an edge; measured: 25 and more
_OUTER = 0.55  # the outermost line with this share of the strongest step is the edge; frames lie inside it
_REACH = (0.008, 0.34)  # where the middle of an edge may be, of the side across it
_MOST_RISE = 0.3  # of an edge over its whole length: 17 degrees
_ALONG = (0.12, 0.88)  # part of an edge that is looked at: the sheet's corners are somewhere outside it
_WITHIN = 0.8  # so much of a line lies in the picture
_NEAR = 0.012  # how far from the coarse line the edge is measured
_POINTS = 60
_TOLERANCE = 0.003
_STRAIGHT_SHARE = 0.7  # of the points of an edge that lie on one line
_AREA = (0.3, 0.97)  # of the picture the sheet takes up
_CORNER_DEG = (68.0, 112.0)
_FLAT_DEG = 0.7  # opposite edges that run together by less are those of a flat sheet
_SIDES_RATIO = 1.4
_PAPERS = (1.3, 1.5)  # long to short side, a little off, of A4, of 190 by 265 mm, and of two such pages side by side
_PAPER = 1.41


@dataclass(frozen=True, slots=True, kw_only=True)
class Flattening:
    """How a photographed sheet is laid flat.

    Attributes:
        width_px: Of the flat sheet.
        height_px: Of the flat sheet.
        matrix: 3 by 3, from pixels of the photograph to pixels of the flat sheet.
    """

    width_px: int
    height_px: int
    matrix: Matrix

    def flat(self, image: Image.Image) -> Image.Image:
        """The sheet alone, as if scanned."""
        size = self.width_px, self.height_px
        edge = cv2.BORDER_REPLICATE
        laid = cv2.warpPerspective(np.asarray(image), self.matrix, size, flags=cv2.INTER_CUBIC, borderMode=edge)
        return Image.fromarray(np.asarray(laid, np.uint8))

    def back(self) -> Matrix:
        """From pixels of the flat sheet to pixels of the photograph, 3 by 3."""
        return np.asarray(np.linalg.inv(self.matrix), np.float64)


def find_flattening(image: Image.Image) -> Flattening | None:
    """How to lay a photographed sheet flat; None for scans, and where the outline is not sure."""
    if min(image.size) < _GLANCE_PX or not _has_table_around(image):
        return None
    pixels = np.asarray(image)
    edges = _edges(pixels)
    if len(edges) < len(_TURNS):
        return None
    corners = _corners(edges, image.size)
    return _flattening(corners, image.size) if _is_sheet_seen_aslant(corners, image.size) else None


def _has_table_around(image: Image.Image) -> bool:
    """Whether all four sides of the picture differ from what lies further in; costs a millisecond."""
    scale = _GLANCE_PX / max(image.size)
    size = max(16, round(image.width * scale)), max(16, round(image.height * scale))
    few = np.asarray(image.resize(size, Image.Resampling.NEAREST), np.float32)
    few = few if few.ndim == 3 else few[:, :, None]
    return all(_rim_differs(np.rot90(few, turn)) for turn in _TURNS)


def _rim_differs(few: Colours) -> bool:
    """Whether the upper rim differs from the paper below it."""
    height, width = few.shape[:2]
    middle = few[:, width // 4 : 3 * width // 4]
    rim, paper = middle[:2], middle[height // 3 : height // 2]
    step = np.median(rim, axis=(0, 1)) - np.median(paper, axis=(0, 1))
    return float(np.abs(step).max()) >= _RIM_STEP


def _copy(pixels: Pixels, long_px: int) -> Colours:
    scale = long_px / max(pixels.shape[:2])
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    return small if small.ndim == 3 else small[:, :, None]


def _edges(pixels: Pixels) -> list[Line]:
    """The upper edge of the sheet in each turn of the picture, up to the first turn in which there is none."""
    found = []
    coarse = _copy(pixels, _COARSE_PX)
    for turn in _TURNS:
        edge = _coarse_edge(np.rot90(coarse, turn))
        if edge is None:
            return []
        found.append(edge)
    edges = []
    fine = _copy(pixels, _FINE_PX)
    for turn, line in zip(_TURNS, found, strict=True):
        straight = _measured(np.rot90(fine, turn), line)
        if straight is None:
            break
        edges.append(straight)
    return edges


def _coarse_edge(small: Colours) -> Line | None:
    """The outermost of the lines with the strongest step from table to paper."""
    height, width = small.shape[:2]
    steps = _steps(small, 2)
    columns = np.arange(int(_ALONG[0] * width), int(_ALONG[1] * width))
    middles = np.arange(max(3, int(_REACH[0] * height)), int(_REACH[1] * height))
    lines: list[tuple[float, int, float]] = []
    for rise in np.arange(-_MOST_RISE, _MOST_RISE + 0.001, 2 / width):
        rows = np.rint(middles[:, None] + rise * (columns - width / 2)[None, :]).astype(np.int64)
        inside = (rows >= 2) & (rows < height - 2)
        along = steps[np.clip(rows, 0, height - 1), columns[None, :]] * inside[:, :, None]
        strength = _strength(along) * (inside.mean(axis=1) > _WITHIN)
        lines += [(float(value), int(middle), float(rise)) for value, middle in zip(strength, middles, strict=True)]
    strongest = max(lines)[0]
    if strongest < _EDGE_STEP * math.sqrt(small.shape[2]):
        return None
    outermost = min(middle for value, middle, _ in lines if value >= _OUTER * strongest)
    _, middle, rise = max(line for line in lines if line[1] <= outermost + 2)
    return (middle - rise * width / 2) / height, (middle + rise * width / 2) / height


def _strength(along: Colours) -> Colours:
    """How large the steps along lines are, one line a row; each half by itself, as an opened cover is red and white."""
    half = along.shape[1] // 2
    parts = along[:, :half].mean(axis=1), along[:, half:].mean(axis=1)
    return np.asarray(sum(np.linalg.norm(part, axis=1) for part in parts) / 2, np.float32)


def _steps(small: Colours, reach: int) -> Colours:
    """At each pixel the mean of the rows below it less that of the rows above it."""
    total = np.cumsum(np.pad(small, ((reach, reach), (0, 0), (0, 0)), mode="edge"), axis=0)
    total = np.pad(total, ((1, 0), (0, 0), (0, 0)))
    height = small.shape[0]
    below = total[2 * reach : 2 * reach + height] - total[reach : reach + height]
    above = total[reach : reach + height] - total[:height]
    return np.asarray((below - above) / reach, np.float32)


def _measured(fine: Colours, line: Line) -> Line | None:
    """The edge near a line, by where single columns change most; None when it is not straight."""
    height, width = fine.shape[:2]
    near = max(3, round(_NEAR * height))
    along = np.linspace(*_ALONG, _POINTS)
    columns = (along * (width - 1)).astype(np.int64)
    rows = (line[0] + (line[1] - line[0]) * along) * height
    changes = np.linalg.norm(_steps(fine, 3), axis=2)
    reach = np.arange(-near, near + 1)
    places = np.clip(np.rint(rows)[:, None].astype(np.int64) + reach[None, :], 0, height - 1)
    found = places[np.arange(_POINTS), np.argmax(changes[places, columns[:, None]], axis=1)] / height
    return _line_through(along, found)


def _line_through(along: NDArray[np.float64], found: NDArray[np.float64]) -> Line | None:
    """The line most points lie on; a bent corner or a finger on the edge leaves it where it is."""
    pairs = [(one, other) for one in range(0, _POINTS, 3) for other in range(one + 20, _POINTS, 3)]
    first, second = np.array(pairs).T
    slopes = (found[second] - found[first]) / (along[second] - along[first])
    starts = found[first] - slopes * along[first]
    off = np.abs(starts[:, None] + slopes[:, None] * along[None, :] - found[None, :]) < _TOLERANCE
    on_line = off[int(np.argmax(off.sum(axis=1)))]
    if on_line.mean() < _STRAIGHT_SHARE:
        return None
    slope, start = np.polyfit(along[on_line], found[on_line], 1)
    return float(start), float(start + slope)


def _corners(edges: list[Line], size_px: tuple[int, int]) -> Matrix:
    """Upper left, upper right, lower right and lower left corner, in pixels of the picture.

    Args:
        edges: The upper edge as seen after the picture was turned counter-clockwise by 0, 90, 180 and 270 degrees.
        size_px: Of the picture.
    """
    (top, right, bottom, left), (width, height) = edges, size_px
    lines = (
        ((0.0, top[0] * height), (width, top[1] * height)),
        ((width * (1 - right[0]), 0.0), (width * (1 - right[1]), height)),
        ((width, height * (1 - bottom[0])), (0.0, height * (1 - bottom[1]))),
        ((width * left[0], height), (width * left[1], 0.0)),
    )
    through = [np.cross((*start, 1.0), (*end, 1.0)) for start, end in lines]
    crossings = [np.cross(through[number - 1], through[number]) for number in range(4)]
    return np.array([crossing[:2] / crossing[2] for crossing in crossings], np.float64)


def _is_sheet_seen_aslant(corners: Matrix, size_px: tuple[int, int]) -> bool:
    """Whether the corners are those of a sheet within the picture, and its edges run together."""
    sides = np.roll(corners, -1, axis=0) - corners
    headings = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    inner = 180 - (np.roll(headings, -1) - headings) % 360
    lengths = np.linalg.norm(sides, axis=1)
    margin = 0.02 * np.array(size_px)
    is_inside = bool(((corners > -margin) & (corners < size_px + margin)).all())
    if not is_inside or not all(_CORNER_DEG[0] < angle < _CORNER_DEG[1] for angle in inner):
        return False
    if any(max(pair) > _SIDES_RATIO * min(pair) for pair in ((lengths[0], lengths[2]), (lengths[1], lengths[3]))):
        return False
    if not _AREA[0] < cv2.contourArea(corners.astype(np.float32)) / math.prod(size_px) < _AREA[1]:
        return False
    together = [abs((headings[number] - headings[number + 2]) % 360 - 180) for number in (0, 1)]
    return bool(max(together) >= _FLAT_DEG)


def _flattening(corners: Matrix, size_px: tuple[int, int]) -> Flattening:
    """The sheet as large as the longer of its opposite edges, with the sides of the usual papers."""
    lengths = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = float(max(lengths[0], lengths[2])), float(max(lengths[1], lengths[3]))
    if _PAPERS[0] < max(width, height) / min(width, height) < _PAPERS[1]:
        short = math.sqrt(width * height / _PAPER)
        width, height = (short, short * _PAPER) if height > width else (short * _PAPER, short)
    flat = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), flat)
    return Flattening(width_px=round(width), height_px=round(height), matrix=np.asarray(matrix, np.float64))
