"""Quarter turns: of pixels, and of boxes back into the image they came from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.domain.reading import Box, Code, Line

Pixels = NDArray[np.uint8]


def upright(pixels: Pixels, rotation_deg: int) -> Pixels:
    """Turn an image back whose content stands turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, rotation_deg // 90)) if rotation_deg else pixels


def box_as_turned(box: Box, rotation_deg: int, width_px: int, height_px: int) -> Box:
    """A box of the upright image in the pixels of the turned one.

    Args:
        box: Place in the upright image.
        rotation_deg: How far the content stands turned clockwise in the turned image.
        width_px: Width of the turned image, the one the box shall lie in.
        height_px: Height of the turned image.
    """
    x, y, wide, high = box
    if rotation_deg == 90:
        return Box(width_px - y - high, x, high, wide)
    if rotation_deg == 180:
        return Box(width_px - x - wide, height_px - y - high, wide, high)
    if rotation_deg == 270:
        return Box(y, height_px - x - wide, high, wide)
    return box


def line_with_boxes(line: Line, boxes: tuple[Box, ...]) -> Line:
    """The line with its words in other places."""
    words = tuple(replace(word, box=box) for word, box in zip(line.words, boxes, strict=True))
    return replace(line, words=words)


def code_with_box(code: Code, box: Box) -> Code:
    """The code in another place."""
    return replace(code, box=box)
