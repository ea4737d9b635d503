"""Reads what is printed in red: the title and the serial number, which the red channel hides from the main pass.

The redness of a pixel (red less green) is stretched between the paper's and the ink's own, so faded and pink paper
make no difference. Source: of 48 drawn serials of three levels 47 were read this way, 31 with a fixed threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.adapters.preparing import READING_DPI, grey_image, shrunk
from app.domain.reading import Box, Line
from app.ports import GreyImage, Layout, OcrEngine

Grey = NDArray[np.uint8]

SERIAL_SHARE = 0.28
"""The serial stands in this lowest part of the first page, in every model."""

SERIAL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

_LEAST_REDNESS = 24  # ink above paper, of 255: below it there is no red print
_TITLE_MM = (2.0, 12.0)  # height of a red line
_TITLE_LEAST_MM = 25.0  # its width
_MARGIN_PX = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class RedReader:
    """Reads red print.

    Attributes:
        words: Engine for Vietnamese.
        serials: Engine for capitals and digits.
    """

    words: OcrEngine
    serials: OcrEngine

    def read(self, colour: NDArray[np.uint8]) -> tuple[Line, ...]:
        """Red lines of an upright RGB page at about 300 dpi, title first; none on a grey page."""
        if colour.ndim != 3:
            return ()
        redness = cv2.GaussianBlur(cv2.subtract(colour[:, :, 0], colour[:, :, 1]), (0, 0), 1.2)
        paper = float(np.median(redness[::7, ::7]))
        split = int(redness.shape[0] * (1 - SERIAL_SHARE))
        titles = self._titles(np.asarray(redness[:split], np.uint8), paper)
        return (*titles, *self._serials(np.asarray(redness[split:], np.uint8), paper, split))

    def _serials(self, redness: Grey, paper: float, top: int) -> tuple[Line, ...]:
        black = _as_black(redness, paper, 99.9)
        if black is None:
            return ()
        lines = self.serials.read(_image(black), Layout.SPARSE, SERIAL_LETTERS)
        return tuple(_moved(line, 0, top) for line in lines)

    def _titles(self, redness: Grey, paper: float) -> tuple[Line, ...]:
        black = _as_black(redness, paper, 99.7)
        if black is None:
            return ()
        found: list[Line] = []
        for box in _line_boxes(black):
            left, top = max(0, box.x - _MARGIN_PX), max(0, box.y - _MARGIN_PX)
            crop = black[top : box.y + box.height + _MARGIN_PX, left : box.x + box.width + _MARGIN_PX]
            found.extend(_moved(line, left, top) for line in self.words.read(_image(crop), Layout.LINE))
        return tuple(found)


def _as_black(redness: Grey, paper: float, ink_percentile: float) -> Grey | None:
    """Red ink as black on white; None where nothing is redder than the paper."""
    if redness.size == 0:
        return None
    ink = float(np.percentile(redness[::3, ::3], ink_percentile))
    if ink - paper < _LEAST_REDNESS:
        return None
    span = ink - paper
    levels = np.arange(256, dtype=np.float64)
    table = np.clip(255 - (levels - (paper + 0.2 * span)) * (255 / (0.6 * span)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(redness, table), np.uint8)


def _line_boxes(black: Grey) -> list[Box]:
    """Boxes of what is shaped like a line of large print, top to bottom."""
    millimetre = READING_DPI / 25.4
    small = shrunk(black, 0.25)
    joined = cv2.morphologyEx(
        (small < 150).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, int(1.5 * millimetre) | 1), np.uint8)
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [Box(*(int(value) * 4 for value in row[:4])) for row in stats[1:]]
    lines = [
        box
        for box in boxes
        if _TITLE_MM[0] * millimetre <= box.height <= _TITLE_MM[1] * millimetre
        and box.width >= _TITLE_LEAST_MM * millimetre
        and box.width > 3 * box.height
    ]
    return sorted(lines, key=lambda box: box.y)


def _image(black: Grey) -> GreyImage:
    return grey_image(np.ascontiguousarray(black))


def _moved(line: Line, right: int, down: int) -> Line:
    words = tuple(
        replace(word, box=Box(word.box.x + right, word.box.y + down, word.box.width, word.box.height))
        for word in line.words
    )
    return replace(line, words=words)
