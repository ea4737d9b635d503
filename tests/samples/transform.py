"""Where a printed place lies after the paper was moved, curled, turned, leaned or seen from the side.

One matrix before the paper curled and one after it per page; a flat page has the second only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.samples.sheet import Box

Matrix = NDArray[np.float64]
Size = tuple[int, int]
OUTLINE = 9


@dataclass(frozen=True, kw_only=True)
class Curl:
    """A sheet that does not lie flat, as seen from above: its columns are lifted and move together.

    Attributes:
        width: Of the flat sheet, in pixels.
        across: Where columns at equal distances of the flat sheet come to lie.
        lift: How far up they are seen, in pixels.
    """

    width: int
    across: NDArray[np.float64]
    lift: NDArray[np.float64]

    @property
    def places(self) -> NDArray[np.float64]:
        """The columns on the flat sheet."""
        return np.linspace(0, self.width, len(self.across))

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map points of the flat sheet, one (x, y) a row."""
        x, y = points[:, 0], points[:, 1]
        return np.column_stack((np.interp(x, self.places, self.across), y - np.interp(x, self.places, self.lift)))

    def flat(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return where points of the curled sheet lie on the flat one; beside it, beside that."""
        places = np.concatenate(([-self.width], self.places, [2 * self.width]))
        across = np.concatenate(([self.across[0] - self.width], self.across, [self.across[-1] + self.width]))
        flat_x = np.interp(x, across, places).astype(np.float32)
        lifted = np.interp(flat_x, self.places, self.lift).astype(np.float32)
        return flat_x, y + lifted


@dataclass(frozen=True, kw_only=True)
class Transform:
    """A map from the pixels of a printed page to those of an image.

    Attributes:
        matrix: The projective steps after the paper curled, all of them where it lies flat.
        curl: How it curled.
        before: The steps before.
    """

    matrix: Matrix
    curl: Curl | None = None
    before: Matrix = field(default_factory=lambda: np.eye(3))

    @classmethod
    def none(cls) -> Transform:
        """Return the map that moves nothing."""
        return cls(matrix=np.eye(3))

    def then(self, matrix: Matrix) -> Transform:
        """Return this map followed by another step."""
        return replace(self, matrix=matrix @ self.matrix)

    def after(self, step: Matrix) -> Transform:
        """Return this map behind another step."""
        return replace(self, before=self.before @ step)

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map points, one (x, y) a row."""
        if self.curl is None:
            return _projected(points, self.matrix @ self.before)
        return _projected(self.curl.points(_projected(points, self.before)), self.matrix)

    def box(self, printed: Box, size: Size) -> Box:
        """Return the upright rectangle around a printed box, inside an image of a size (width, height)."""
        hull = self.points(corners(printed) if self.curl is None else _outline(printed))
        left, top = (max(0, math.floor(low)) for low in hull.min(axis=0))
        right, bottom = (min(limit, math.ceil(high)) for limit, high in zip(size, hull.max(axis=0), strict=True))
        return Box(left, top, max(0, right - left), max(0, bottom - top))

    def lean_deg(self, page: Size) -> float:
        """Return how far the lines in the middle of a page of a size lean, clockwise, above -180 to 180."""
        middle, half = np.array(page) / 2, np.array((page[0] / 4, 0.0))
        (left, top), (right, bottom) = self.points(np.array((middle - half, middle + half)))
        return math.degrees(math.atan2(bottom - top, right - left))


def _projected(points: NDArray[np.float64], matrix: Matrix) -> NDArray[np.float64]:
    flat = np.column_stack((points, np.ones(len(points)))) @ matrix.T
    mapped: NDArray[np.float64] = flat[:, :2] / flat[:, 2:]
    return mapped


def _outline(box: Box) -> NDArray[np.float64]:
    """Return points along the upper and the lower edge of a box."""
    x = np.linspace(box.x, box.x + box.width, OUTLINE)
    return np.vstack([np.column_stack((x, np.full(OUTLINE, y))) for y in (box.y, box.y + box.height)])


def corners(box: Box) -> NDArray[np.float64]:
    """Return the four corners of a box, clockwise from the upper left one."""
    right, bottom = box.x + box.width, box.y + box.height
    return np.array(((box.x, box.y), (right, box.y), (right, bottom), (box.x, bottom)), dtype=np.float64)


def moved(x: float, y: float) -> Matrix:
    """Return a step to the right and down."""
    return np.array(((1.0, 0.0, x), (0.0, 1.0, y), (0.0, 0.0, 1.0)))


def leaned(skew_deg: float, page: Size, canvas: Size) -> Matrix:
    """Return the step that lays a page on a canvas, middle on middle, leaning clockwise."""
    turn = np.vstack((cv2.getRotationMatrix2D((page[0] / 2, page[1] / 2), -skew_deg, 1.0), (0.0, 0.0, 1.0)))
    return np.asarray(moved((canvas[0] - page[0]) / 2, (canvas[1] - page[1]) / 2) @ turn)


def leaning_size(skew_deg: float, page: Size) -> Size:
    """Return the size of the upright rectangle around a leaning page."""
    sine, cosine = abs(math.sin(math.radians(skew_deg))), math.cos(math.radians(skew_deg))
    return math.ceil(page[0] * cosine + page[1] * sine), math.ceil(page[0] * sine + page[1] * cosine)


def quarter_turned(rotation_deg: int, size: Size) -> Matrix:
    """Return the step that turns an image of a size clockwise by 0, 90, 180 or 270 degrees."""
    width, height = size
    return {
        0: np.eye(3),
        90: np.array(((0.0, -1.0, height), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))),
        180: np.array(((-1.0, 0.0, width), (0.0, -1.0, height), (0.0, 0.0, 1.0))),
        270: np.array(((0.0, 1.0, 0.0), (-1.0, 0.0, width), (0.0, 0.0, 1.0))),
    }[rotation_deg]


def seen_from(
    page: Size, *, pitch_deg: float, yaw_deg: float, roll_deg: float, distance: float, canvas: Size, fill: float
) -> Matrix:
    """Return the step of a photograph taken by hand.

    Args:
        page: Size of the page.
        pitch_deg: Lean of the camera toward the far edge.
        yaw_deg: Lean of the camera to the side.
        roll_deg: Lean of the page in the photograph, clockwise.
        distance: Of the camera, in heights of the page.
        canvas: Size of the photograph.
        fill: Share of the photograph's width or height the page takes up.
    """
    pitch, yaw, roll = (math.radians(angle) for angle in (pitch_deg, yaw_deg, roll_deg))
    around_x = np.array(((1, 0, 0), (0, math.cos(pitch), -math.sin(pitch)), (0, math.sin(pitch), math.cos(pitch))))
    around_y = np.array(((math.cos(yaw), 0, math.sin(yaw)), (0, 1, 0), (-math.sin(yaw), 0, math.cos(yaw))))
    around_z = np.array(((math.cos(roll), -math.sin(roll), 0), (math.sin(roll), math.cos(roll), 0), (0, 0, 1)))
    turn = around_x @ around_y @ around_z
    far = distance * max(page)
    flat = np.column_stack((turn[:, 0], turn[:, 1], (0.0, 0.0, far)))
    view = np.diag((far, far, 1.0)) @ flat @ moved(-page[0] / 2, -page[1] / 2)
    hull = Transform(matrix=view).points(corners(Box(0, 0, *page)))
    low, high = hull.min(axis=0), hull.max(axis=0)
    scale = fill * min(np.array(canvas) / (high - low))
    shift = np.array(canvas) / 2 - scale * (low + high) / 2
    return np.asarray(moved(*shift) @ np.diag((scale, scale, 1.0)) @ view)
