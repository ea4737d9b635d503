"""How the print of a page lies: which way its lines run, which side is up, how much they lean.

Told from the shapes of words alone, without reading: words are wider than high; marks and ascenders above the middle of
a Vietnamese line outweigh what hangs below it. Source: 60 drawn pages of three levels, in colour and grey: words along
the lines had .82 to 1.00 of the length of all words, and the marks of every page pointed the right way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from app.adapters.turning import upright

Grey = NDArray[np.uint8]

SMALL = 0.25
"""Scale of the copies that are measured here, of a page at about 300 dpi."""
MOST_LEAN_DEG = 11.0

_INK = 170
_MM = 300 * SMALL / 25.4
_WORD_HIGH_MM = (1.2, 9.0)
_WORD_LONG_MM = 60.0
_LINE_HIGH_MM = (1.6, 6.0)
_MARKED_LONG_MM = 40.0
_LONGISH = 1.6  # longer than high by this much, a blob is a word and runs along its line
_ONE_WAY = 0.65  # share of the length of words that makes sure which way lines run
_SURE_MARKS = 3.0  # standard errors the mean of the marks is away from none
_LEAST_WORDS = 12
_STRAY_PCT = 8  # of the words, so many on each side may be dirt far from the print
_AREA_MARGINS_MM = 20.0, 12.0  # to the sides, up and down: of a faded card only some words are seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How print lies.

    Attributes:
        turns: Quarter turns (degrees clockwise) the print may have, the likeliest first; one when that is sure.
        skew_deg: Lean after the first of the turns is taken back, positive clockwise.
    """

    turns: tuple[int, ...]
    skew_deg: float

    @property
    def rotation_deg(self) -> int:
        """The likeliest turn."""
        return self.turns[0]


def lie_of(small: Grey) -> Lie:
    """How the print of an evened page lies, from a copy at a quarter of 300 dpi."""
    share, count = _share_along_rows(small)
    flat = share >= 0.5
    base = 0 if flat else 90
    level = upright(small, base)
    skew = skew_deg(level)
    marks, marked = _marks_above(straight(level, skew))
    first, second = (base, base + 180) if marks <= 0 else (base + 180, base)
    axis_is_sure = count >= _LEAST_WORDS and not 1 - _ONE_WAY < share < _ONE_WAY
    if not axis_is_sure:
        turns: tuple[int, ...] = (first, second, *((90, 270) if flat else (0, 180)))
    elif marked >= _LEAST_WORDS and abs(marks) >= _SURE_MARKS:
        turns = (first,)
    else:
        turns = (first, second)
    return Lie(turns=turns, skew_deg=skew)


def skew_deg(small: Grey) -> float:
    """How far printed lines lean clockwise, within 11 degrees; 0 when there is nothing to measure.

    Args:
        small: Evened page, a quarter of 300 dpi, lines level.
    """
    ink = np.where(small < 200, 255 - small, 0).astype(np.uint8)
    if int(np.count_nonzero(ink)) < 50:
        return 0.0
    size = max(1, ink.shape[1] // 2), max(1, ink.shape[0] // 2)
    coarse = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)
    first = _sharpest(coarse, -MOST_LEAN_DEG + 0.25, MOST_LEAN_DEG, 0.5)  # never exactly 0, which is not resampled
    return round(_sharpest(ink, first - 0.5, first + 0.51, 0.1), 2)


def straight(level: Grey, lean_deg: float) -> Grey:
    """A copy with the lean taken out; what leaves the frame is lost."""
    if lean_deg == 0:
        return level
    height, width = level.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), lean_deg, 1.0)
    return np.asarray(cv2.warpAffine(level, turn, (width, height), borderValue=255), dtype=np.uint8)


def word_boxes(small: Grey) -> NDArray[Any]:
    """Blobs of ink as rows of left, top, width, height, area; letters of a word run together."""
    dark = (small < _INK).astype(np.uint8)
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return stats[1:]


def print_area(level: Grey) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of where words stand, as shares of the page; the whole of it with few words."""
    boxes = word_boxes(level)
    wide, high = boxes[:, 2], boxes[:, 3]
    low, top = (mm * _MM for mm in _WORD_HIGH_MM)
    words = boxes[(high >= low) & (high <= top) & (wide >= _LONGISH * high) & (wide <= _WORD_LONG_MM * _MM)]
    if len(words) < _LEAST_WORDS:
        return 0.0, 0.0, 1.0, 1.0
    height, width = level.shape
    margins = [margin * _MM for margin in _AREA_MARGINS_MM]
    left, upper = (float(np.percentile(words[:, axis], _STRAY_PCT)) - margins[axis] for axis in (0, 1))
    right, lower = (
        float(np.percentile(words[:, axis] + words[:, axis + 2], 100 - _STRAY_PCT)) + margins[axis] for axis in (0, 1)
    )
    return max(0.0, left / width), max(0.0, upper / height), min(1.0, right / width), min(1.0, lower / height)


def _share_along_rows(small: Grey) -> tuple[float, int]:
    """Share of the length of words that are wider than high, and how many words there are."""
    boxes = word_boxes(small)
    wide, high, area = boxes[:, 2], boxes[:, 3], boxes[:, 4]
    thick, long = np.minimum(wide, high), np.maximum(wide, high)
    low, top = (mm * _MM for mm in _WORD_HIGH_MM)
    is_word = (thick >= low) & (thick <= top) & (long <= _WORD_LONG_MM * _MM) & (long >= _LONGISH * thick)
    is_word &= area > 0.125 * wide * high
    along, across = int(wide[is_word & (wide > high)].sum()), int(high[is_word & (high > wide)].sum())
    return along / (along + across) if along + across else 0.5, int(is_word.sum())


def _marks_above(level: Grey) -> tuple[float, int]:
    """How surely the words' ink has its long tail above (negative) or below the middle, and of how many words."""
    ink = 255 - level.astype(np.float32)
    low, top = (mm * _MM for mm in _LINE_HIGH_MM)
    tails = []
    for x, y, wide, high, _ in word_boxes(level):
        if low <= high <= top and _LONGISH * high <= wide <= _MARKED_LONG_MM * _MM:
            tails.append(_tail(ink[y : y + high, x : x + wide].sum(axis=1)))
    if len(tails) < 3:
        return 0.0, len(tails)
    spread = float(np.std(tails)) / len(tails) ** 0.5
    return float(np.mean(tails)) / max(spread, 1e-6), len(tails)


def _tail(profile: NDArray[np.float32]) -> float:
    """Skewness of the ink over the rows: negative with a tail towards the top."""
    rows = np.arange(profile.size)
    total = float(profile.sum())
    if total <= 0:
        return 0.0
    off = rows - float((rows * profile).sum()) / total
    square, cube = float((off**2 * profile).sum()) / total, float((off**3 * profile).sum()) / total
    return cube / square**1.5 if square > 0 else 0.0


def _sharpest(ink: Grey, first_deg: float, end_deg: float, step_deg: float) -> float:
    """The angle at which the rows stand out most, between the steps by the parabola through the best three."""
    angles = np.arange(first_deg, end_deg, step_deg)
    scores = [_sharpness(ink, float(angle)) for angle in angles]
    best = int(np.argmax(scores))
    if not 0 < best < len(scores) - 1:
        return float(angles[best])
    left, top, right = scores[best - 1 : best + 2]
    bend = left - 2 * top + right
    return float(angles[best]) + (step_deg * (left - right) / (2 * bend) if bend else 0.0)


def _sharpness(ink: Grey, angle: float) -> float:
    """How strongly the row sums change from row to row when the page is turned back by an angle."""
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.reduce(cv2.warpAffine(ink, turn, (width, height)), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    return float(np.square(np.diff(rows.astype(np.float64))).sum())
