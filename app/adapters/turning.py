"""Turned and leaning pages: pixels laid straight, and boxes brought back to the image they came from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.domain.reading import Box, Code, Line

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]


def upright(pixels: Pixels, rotation_deg: int) -> Pixels:
    """Turn an image back whose content stands turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, rotation_deg // 90)) if rotation_deg else pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Laying:
    """How an image is laid straight: turned back by quarter turns, then its lean taken out on a canvas that holds all.

    Attributes:
        width_px: Width of the image as it lies.
        height_px: Height of the image as it lies.
        rotation_deg: How far the content stands turned clockwise.
        skew_deg: How far it leans clockwise after that.
    """

    width_px: int
    height_px: int
    rotation_deg: int
    skew_deg: float

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the straight image."""
        wide, high = self._turned_px
        lean = math.radians(abs(self.skew_deg))
        return (
            math.ceil(wide * math.cos(lean) + high * math.sin(lean)),
            math.ceil(wide * math.sin(lean) + high * math.cos(lean)),
        )

    def lay(self, pixels: Pixels, part: Box) -> Pixels:
        """A part of the straight image; `part` in its pixels, `pixels` the image as it lies."""
        turned = upright(pixels, self.rotation_deg)
        if self.skew_deg == 0:
            return np.ascontiguousarray(turned[part.y : part.y + part.height, part.x : part.x + part.width])
        matrix = moved(-part.x, -part.y) @ self._straighten()
        white = (255,) * (1 if pixels.ndim == 2 else pixels.shape[2])
        way = cv2.INTER_CUBIC if pixels.ndim == 2 else cv2.INTER_LINEAR  # colour is for large print only, and dear
        laid = cv2.warpAffine(turned, matrix[:2], (part.width, part.height), flags=way, borderValue=white)
        return np.asarray(laid, dtype=np.uint8)

    def back(self) -> Matrix:
        """From pixels of the straight image to pixels of the image as it lies, 3 by 3."""
        return np.asarray(np.linalg.inv(self._straighten() @ self._turn()), np.float64)

    @property
    def _turned_px(self) -> tuple[int, int]:
        sideways = self.rotation_deg in (90, 270)
        return (self.height_px, self.width_px) if sideways else (self.width_px, self.height_px)

    def _turn(self) -> Matrix:
        wide, high = self.width_px, self.height_px
        rows = {
            0: ((1, 0, 0), (0, 1, 0)),
            90: ((0, 1, 0), (-1, 0, wide)),
            180: ((-1, 0, wide), (0, -1, high)),
            270: ((0, -1, high), (1, 0, 0)),
        }[self.rotation_deg]
        return np.array((*rows, (0, 0, 1)), np.float64)

    def _straighten(self) -> Matrix:
        wide, high = self._turned_px
        to_wide, to_high = self.size_px
        turn = np.vstack((cv2.getRotationMatrix2D((wide / 2, high / 2), self.skew_deg, 1.0), (0, 0, 1)))
        return np.asarray(moved((to_wide - wide) / 2, (to_high - high) / 2) @ turn, np.float64)


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from boxes of what was read to boxes of the page image.

    Attributes:
        matrix: 3 by 3, from pixels read to pixels of the page image; of a photograph it also takes the slant back in.
        width_px: Width of the page image, the one boxes shall lie in.
        height_px: Height of the page image.
    """

    matrix: Matrix
    width_px: int
    height_px: int

    def points(self, points: Sequence[tuple[float, float]]) -> Matrix:
        """Points in pixels of the page image, one row each."""
        placed = np.column_stack((np.asarray(points, np.float64), np.ones(len(points)))) @ self.matrix.T
        return np.asarray(placed[:, :2] / placed[:, 2:], np.float64)

    def box(self, box: Box) -> Box:
        """The rectangle around a box, in pixels of the page image and inside it."""
        x, y, wide, high = box
        corners = self.points([(x, y), (x + wide, y), (x, y + high), (x + wide, y + high)])
        left, top = (round(float(low)) for low in corners.min(axis=0))
        right, bottom = (round(float(far)) for far in corners.max(axis=0))
        left, top = min(max(left, 0), self.width_px - 1), min(max(top, 0), self.height_px - 1)
        return Box(left, top, max(1, min(right, self.width_px) - left), max(1, min(bottom, self.height_px) - top))

    def lines(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines with their words where they stand on the page image."""
        return tuple(
            replace(line, words=tuple(replace(word, box=self.box(word.box)) for word in line.words)) for line in lines
        )


def scaled(factor: float) -> Matrix:
    """The matrix that multiplies coordinates."""
    return np.diag((factor, factor, 1.0))


def code_with_box(code: Code, box: Box) -> Code:
    """The code in another place."""
    return replace(code, box=box)


def moved(right: float, down: float) -> Matrix:
    """The matrix that moves coordinates."""
    return np.array(((1, 0, right), (0, 1, down), (0, 0, 1)), np.float64)
