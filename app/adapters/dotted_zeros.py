"""Takes the dots out of zeros: typewriters and needle printers mark the nought, and the engine reads it as 9, 6 or 8.

A zero is a ring higher than wide with one opening nearly as high; its dot stands alone in the middle. The bar of "Đ"
is tied to the stem, and the openings of "8" and "B" are two.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_HEIGHT_MM = (1.35, 5.5)
_SLENDER = (1.15, 2.4)  # height to width of the letter
_OPENING_HIGH = 0.55  # of the letter's height
_OPENING_SLENDER = 1.4
_LEAST_OPENING_MM = 0.4
_DOT = 25  # shades the darkest of the dot is darker than what is above and below it
_CORE = 12  # shades its middle is
_FREE = 0.4  # of that contrast must return beside the dot, on both sides
_UNEVEN = 0.4  # of it may the two sides differ
_WAIST = 0.93  # of its width
_STEM = 0.25  # of the letter's contrast may the left corners be darker than the right ones

_Place = tuple[int, int, int, int]


def without_dots_in_zeros(page: Grey, dpi: float) -> Grey:
    """A straight page of dark print, in place.

    Args:
        page: Dark print on white paper.
        dpi: Its resolution.
    """
    if not page.size:
        return page
    ink_below, _ = cv2.threshold(page, 0, 255, cv2.THRESH_OTSU)
    dark = (page < ink_below).astype(np.uint8)
    for letter, opening, outline in _rings(dark, dpi / 25.4):
        inside = _part(page, opening)
        ground = _ground_around_dot(inside)
        if ground is not None and _is_round(_part(dark, letter)) and not _has_stem(_part(page, letter), ground):
            _whiten(inside, outline - np.array(opening[:2]), ground)
    return page


def _rings(dark: Grey, millimetre: float) -> Iterator[tuple[_Place, _Place, NDArray[np.int32]]]:
    """Letters with one opening, both of a zero's shape: letter, opening, and the opening's outline."""
    outlines, tree = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return
    for at, (_, _, hole, parent) in enumerate(tree[0].tolist()):
        if parent != -1 or hole < 0 or tree[0][hole][0] >= 0:
            continue
        letter = _place(outlines[at])
        opening = _place(outlines[hole])
        if _is_zero(letter, opening, millimetre):
            yield letter, opening, np.asarray(outlines[hole], dtype=np.int32)


def _place(outline: cv2.typing.MatLike) -> _Place:
    x, y, wide, high = cv2.boundingRect(outline)
    return x, y, wide, high


def _is_zero(letter: _Place, opening: _Place, millimetre: float) -> bool:
    _, _, wide, high = letter
    _, _, free_wide, free_high = opening
    return (
        _HEIGHT_MM[0] * millimetre <= high <= _HEIGHT_MM[1] * millimetre
        and _SLENDER[0] * wide <= high <= _SLENDER[1] * wide
        and free_high >= max(_OPENING_HIGH * high, _OPENING_SLENDER * free_wide)
        and free_wide >= _LEAST_OPENING_MM * millimetre
    )


def _part(page: Grey, place: _Place) -> Grey:
    x, y, wide, high = place
    return page[y : y + high, x : x + wide]


def _ground_around_dot(inside: Grey) -> float | None:
    """The shade above and below a dot in the middle of an opening; None where there is no dot by itself."""
    high, wide = inside.shape
    middle = slice(int(wide * 0.35), int(wide * 0.65) + 1)
    level = slice(int(high * 0.4), int(high * 0.6) + 1)
    dot = inside[level, middle]
    above, below = (inside[int(high * one) : int(high * end) + 1, middle] for one, end in ((0.12, 0.3), (0.7, 0.88)))
    ground = float(min(np.median(above), np.median(below)))
    if ground - float(dot.min()) < _DOT or ground - float(np.median(dot)) < _CORE:
        return None
    across = inside[level].mean(axis=0)
    darkest = float(across[middle].min())
    left, right = float(across[: wide // 2].max()), float(across[wide // 2 :].max())
    contrast = ground - darkest
    is_alone = min(left, right) - darkest >= _FREE * contrast and abs(left - right) <= _UNEVEN * contrast
    return ground if is_alone else None


def _is_round(dark: Grey) -> bool:
    """Whether a letter is widest in its middle: an "8" seen badly has a waist there."""
    high, wide = dark.shape
    waist = np.flatnonzero(dark[round(0.42 * high) : round(0.58 * high)].max(axis=0))
    return bool(waist.size) and int(waist[-1] - waist[0]) + 1 >= _WAIST * wide


def _has_stem(letter: Grey, ground: float) -> bool:
    """Whether the left side is straight, as of "D" and "B": its corners are dark, those on the right are not."""
    high, wide = letter.shape
    corner_high, corner_wide = max(1, round(0.12 * high)), max(1, round(0.22 * wide))
    ends = np.concatenate((letter[:corner_high], letter[-corner_high:]))
    left, right = float(ends[:, :corner_wide].mean()), float(ends[:, -corner_wide:].mean())
    return right - left > _STEM * (ground - float(letter.min()))


def _whiten(inside: Grey, outline: NDArray[np.int32], ground: float) -> None:
    """Make an opening as light as its ground, but for the rim that belongs to the ring."""
    free = np.zeros(inside.shape, np.uint8)
    cv2.fillConvexPoly(free, cv2.convexHull(outline), 1)
    framed = cv2.copyMakeBorder(free, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    free = np.asarray(cv2.erode(framed, np.ones((3, 3), np.uint8))[1:-1, 1:-1], dtype=np.uint8)
    np.maximum(inside, np.uint8(ground), out=inside, where=free > 0)
