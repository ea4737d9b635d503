"""Finds the gap between two pages that lie side by side in one image: an opened sheet, or two pages on one glass.

The gap is only a possibility: whether there are two pages is told by what is read on both sides of it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.adapters.lie_of_print import SMALL, word_boxes

Grey = NDArray[np.uint8]

LEAST_WIDTH = 1.1
"""An image of two pages is wider than high by this much; an opened sheet by 1.43."""

_MM = 300 * SMALL / 25.4
_INK = 170
_MIDDLE = (0.36, 0.64)  # where the gap may be, of the width
_LEAST_GAP_MM = 3.5
_SPECK_PX = 6
_FOLD_MM = (4.0, 25.0)  # a shadow at most this wide and at least this high is the fold, not print
_CROSSED = 0.004  # share of a column that may be dark in a gap
_RULE_MM = 10.0  # what runs level for so long is a rule, or a crease
_RULE_REACH_MM = 6.0
_WORD_HIGH_MM = (1.2, 6.0)
_FEW_WORDS = 8


def find_gap(small: Grey) -> float | None:
    """Where the middle of a straight image is free of print from top to bottom, as a share of its width.

    Args:
        small: Evened page, upright and straight, a quarter of 300 dpi.

    Returns:
        The place nearest to the middle; None for an image that is not wide enough, or has print all over its middle.
    """
    height, width = (int(side) for side in small.shape)
    if width < LEAST_WIDTH * height:
        return None
    ink = _print(small)
    long = np.ones((1, int(_RULE_MM * _MM)), np.uint8)
    rules = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, long), dtype=np.uint8)
    gaps = [gap for gap in _empty_runs(np.asarray(ink - rules, dtype=np.uint8)) if not _is_ruled(rules, *gap)]
    if not gaps:
        return None
    places = [min(max(width / 2, left + _MM), right - _MM) for left, right in gaps]
    nearest: float = min(places, key=lambda place: abs(place - width / 2))
    return nearest / width


def _print(small: Grey) -> Grey:
    """The ink between the first and the last printed line, without specks and without the shadow of the fold."""
    dark = (small < _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    wide, high, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    is_fold = (wide <= _FOLD_MM[0] * _MM) & (high >= _FOLD_MM[1] * _MM)
    keep = (area > _SPECK_PX) & ~is_fold
    keep[0] = False
    top, bottom = _printed_rows(small)
    return np.asarray(keep[labels], dtype=np.uint8)[top:bottom]


def _printed_rows(small: Grey) -> tuple[int, int]:
    """Where printed lines begin and end: the edges of the sheet, and what it lies on, are outside."""
    boxes = word_boxes(small)
    wide, high = boxes[:, 2], boxes[:, 3]
    is_word = (high >= _WORD_HIGH_MM[0] * _MM) & (high <= _WORD_HIGH_MM[1] * _MM) & (wide >= 1.6 * high)
    if int(is_word.sum()) < _FEW_WORDS:
        return 0, small.shape[0]
    tops = boxes[is_word, 1]
    first, last = np.percentile(tops, (3, 97))
    return int(first), int(last) + round(_WORD_HIGH_MM[1] * _MM)


def _empty_runs(ink: Grey) -> list[tuple[int, int]]:
    """Runs of columns in the middle with hardly any ink, wide enough for a gap."""
    height, width = ink.shape
    first, end = (int(share * width) for share in _MIDDLE)
    columns = ink[:, first:end].sum(axis=0)
    is_free = np.concatenate(([False], columns <= max(1, _CROSSED * height), [False])).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(is_free) == 1), np.flatnonzero(np.diff(is_free) == -1)
    runs = zip((starts + first).tolist(), (ends + first).tolist(), strict=True)
    return [(left, right) for left, right in runs if right - left >= _LEAST_GAP_MM * _MM]


def _is_ruled(rules: Grey, left: int, right: int) -> bool:
    """Whether ruled lines run across, as in a table or a frame around both sides; a single one is a crease."""
    reach = int(_RULE_REACH_MM * _MM)
    middle = (left + right) // 2
    across = cv2.dilate(rules[:, max(0, middle - reach) : middle + reach], np.ones((5, 1), np.uint8))
    is_line = across.mean(axis=1) > 0.9
    return int(np.count_nonzero(np.diff(is_line.astype(np.int8)) == 1)) + int(is_line[:1].any()) >= 2
