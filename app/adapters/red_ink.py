"""Reads what the main pass does not see or cannot vouch for: red print, and serials a second time.

The main pass looks at the red channel, which hides red print on purpose. Here the redness of a pixel (red less green)
is stretched between the paper's and the ink's own, so faded and pink paper make no difference. Covers of 1993 and 2003
are the other way round: light letters on red ground (dark grey on a photocopy), read from the green channel.

A serial has no check digit, so each print that may be one is cut out, straightened and read several times: by the
English model in two sizes, which keeps its confidence because no letters are forbidden, and by the Vietnamese model,
which alone knows Đ; in a third size where these differ. All readings are handed on; `app.domain.extraction.marks` takes
the vote. Source: 69 serials drawn
by three levels, colour and grey: the English model was right in all of them in each size, with confidence 90 to 97; the
Vietnamese one in 65 and 64.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.adapters.preparing import READING_DPI, even_paper, grey_image, shrunk
from app.domain.reading import Box, Line
from app.ports import GreyImage, Layout, OcrEngine

Grey = NDArray[np.uint8]

SERIAL_SHARE = 0.4
"""Serials stand in this lowest part of a page, except on covers."""

_MILLIMETRE = READING_DPI / 25.4
_SMALL = 0.25  # scale at which prints are looked for
_LEAST_REDNESS = 24  # ink above paper, of 255: below it there is no red print
_COVER_REDNESS = 60  # of the ground: pink paper has about 30, covers 100 and more
_COVER_GREY = 110  # ground of a photocopied cover is darker
_GAP_MM = 5.0  # letters and digits of a serial stand up to this far apart
_MARGIN_PX = 14
_LEAN_DEG = 1.5  # the engine forgives less
_SMALLER, _LARGER = 0.7, 1.4
_SERIAL_DIGITS = 5  # a reading with fewer is not of a serial
_SERIAL_SIGNS = 16
_MOST_PRINTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Height and length of a print in millimetres, and how many times longer than high it is."""

    heights_mm: tuple[float, float]
    least_length_mm: float
    ratios: tuple[float, float]


_TITLE = _Shape(heights_mm=(2.0, 12.0), least_length_mm=25.0, ratios=(3.0, 60.0))
_SERIAL = _Shape(heights_mm=(2.0, 9.0), least_length_mm=12.0, ratios=(3.2, 14.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Print:
    """A line of print: its middle, length, height, and how far it leans clockwise."""

    x: float
    y: float
    length: float
    height: float
    lean_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RedReader:
    """Reads red print and serials.

    Attributes:
        words: Engine for Vietnamese.
        serials: Engine for capitals and digits; the same one where there is no English model.
    """

    words: OcrEngine
    serials: OcrEngine

    def read(self, upright: NDArray[np.uint8]) -> tuple[Line, ...]:
        """Red lines of an upright page, title first, then every reading of each serial.

        Args:
            upright: RGB, or grey for a page without colour, at about 300 dpi.
        """
        if upright.ndim == 2:
            return self._read_grey(upright)
        redness = cv2.subtract(cv2.extractChannel(upright, 0), cv2.extractChannel(upright, 1))
        redness = cv2.GaussianBlur(redness, (0, 0), 1.2)
        paper = float(np.median(redness[::7, ::7]))
        if paper >= _COVER_REDNESS:
            black_print = even_paper(np.ascontiguousarray(upright[:, :, 0]))
            return (*self._read_cover(np.ascontiguousarray(upright[:, :, 1])), *self._serials(black_print))
        split = int(redness.shape[0] * (1 - SERIAL_SHARE))
        top = _as_black(np.asarray(redness[:split], np.uint8), paper, 99.7)
        bottom = _as_black(np.asarray(redness[split:], np.uint8), paper, 99.9)
        titles = self._titles(top) if top is not None else ()
        serials = self._serials(bottom) if bottom is not None else ()
        return (*titles, *(_moved(line, 0, split) for line in serials))

    def _read_grey(self, grey: Grey) -> tuple[Line, ...]:
        if float(np.median(grey[::7, ::7])) < _COVER_GREY:
            return self._read_cover(grey)
        split = int(grey.shape[0] * (1 - SERIAL_SHARE))
        bottom = np.ascontiguousarray(grey[split:])
        return tuple(_moved(line, 0, split) for line in self._serials(even_paper(bottom))) if bottom.size else ()

    def _read_cover(self, light_print: Grey) -> tuple[Line, ...]:
        """Light letters on dark ground; nothing where there are none."""
        black = _as_black(light_print, float(np.median(light_print[::7, ::7])), 99.97)
        return (*self._titles(black), *self._serials(black)) if black is not None else ()

    def _titles(self, black: Grey) -> tuple[Line, ...]:
        return tuple(line for found in _prints(black, _TITLE) for line in self._lines(self.words, black, found))

    def _serials(self, black: Grey) -> tuple[Line, ...]:
        """All readings of prints that may be serials, lowest first."""
        lowest_first = sorted(_prints(black, _SERIAL), key=lambda found: -found.y)[:_MOST_PRINTS]
        return tuple(line for found in lowest_first for line in self._readings(black, found))

    def _readings(self, black: Grey, found: _Print) -> Iterator[Line]:
        first = [line for line in self._lines(self.serials, black, found) if _may_be_serial(line)]
        if not first:
            return
        yield from first
        smaller = [*self._lines(self.serials, black, found, _SMALLER)]
        other = [*self._lines(self.words, black, found)]
        yield from smaller
        if not _alike(first, smaller, other):
            yield from self._lines(self.serials, black, found, _LARGER)
        yield from other

    def _lines(self, engine: OcrEngine, black: Grey, found: _Print, size: float = 1.0) -> Iterator[Line]:
        """One reading of one print; the boxes of its words lie where they stand in `black`."""
        crop = _cut_out(black, found)
        if size != 1.0:
            way = cv2.INTER_AREA if size < 1 else cv2.INTER_CUBIC
            crop = np.asarray(cv2.resize(crop, None, fx=size, fy=size, interpolation=way), np.uint8)
        for line in engine.read(_image(crop), Layout.LINE):
            yield replace(line, words=tuple(replace(w, box=_placed(w.box, found, size, black)) for w in line.words))


def _may_be_serial(line: Line) -> bool:
    signs = line.text.replace(" ", "")
    return sum(map(str.isdigit, signs)) >= _SERIAL_DIGITS and len(signs) <= _SERIAL_SIGNS


def _alike(*readings: list[Line]) -> bool:
    """Whether all say the same, but for spaces."""
    return len({"".join(line.text for line in lines).replace(" ", "") for lines in readings}) == 1


def _as_black(ink: Grey, paper: float, ink_percentile: float) -> Grey | None:
    """What is brighter than the paper as black on white; None where nothing is."""
    if ink.size == 0:
        return None
    top = float(np.percentile(ink[::3, ::3], ink_percentile))
    if top - paper < _LEAST_REDNESS:
        return None
    span = top - paper
    levels = np.arange(256, dtype=np.float64)
    table = np.clip(255 - (levels - (paper + 0.2 * span)) * (255 / (0.6 * span)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(ink, table), np.uint8)


def _prints(black: Grey, shape: _Shape) -> list[_Print]:
    """What is shaped like a line of print, top to bottom, however the page leans."""
    small = shrunk(black, _SMALL)
    gap = int(_GAP_MM * _MILLIMETRE * _SMALL) | 1
    joined = cv2.morphologyEx((small < 150).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least_px = shape.least_length_mm * _MILLIMETRE * _SMALL
    found = []
    for index in np.flatnonzero(stats[:, cv2.CC_STAT_WIDTH] >= 0.9 * least_px):
        left, top, wide, high = (int(value) for value in stats[index, :4])
        if index and high < wide:
            rows, columns = np.nonzero(labels[top : top + high, left : left + wide] == index)
            found.append(_print_of(np.column_stack((columns + left, rows + top)).astype(np.float32)))
    return sorted((one for one in found if _has_shape(one, shape)), key=lambda one: one.y)


def _print_of(points: NDArray[np.float32]) -> _Print:
    (x, y), (wide, high), lean_deg = cv2.minAreaRect(points)
    if wide < high:
        wide, high, lean_deg = high, wide, lean_deg - 90
    return _Print(
        x=x / _SMALL,
        y=y / _SMALL,
        length=(wide + 1) / _SMALL,
        height=(high + 1) / _SMALL,
        lean_deg=(lean_deg + 90) % 180 - 90,  # a rectangle turned by half a turn is the same rectangle
    )


def _has_shape(found: _Print, shape: _Shape) -> bool:
    low, high = (limit * _MILLIMETRE for limit in shape.heights_mm)
    fits = low <= found.height <= high and found.length >= shape.least_length_mm * _MILLIMETRE
    return fits and shape.ratios[0] <= found.length / found.height <= shape.ratios[1]


def _cut_out(black: Grey, found: _Print) -> Grey:
    """The print with a margin, straightened where it leans."""
    lean = np.deg2rad(found.lean_deg if abs(found.lean_deg) > _LEAN_DEG else 0.0)
    wide, high = round(found.length) + 2 * _MARGIN_PX, round(found.height) + 2 * _MARGIN_PX
    if not lean:  # the rectangle around a slightly leaning print is a little higher than the print
        high += round(abs(found.length * np.sin(np.deg2rad(found.lean_deg))))
    cos, sin = float(np.cos(lean)), float(np.sin(lean))
    to_page = np.array(
        [
            [cos, -sin, found.x - cos * wide / 2 + sin * high / 2],
            [sin, cos, found.y - sin * wide / 2 - cos * high / 2],
        ],
        np.float64,
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(black, to_page, (wide, high), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
    return np.asarray(crop, np.uint8)


def _placed(box: Box, found: _Print, size: float, black: Grey) -> Box:
    """A word's box in `black`: turned about the middle of the print, then kept inside the page."""
    lean = np.deg2rad(found.lean_deg if abs(found.lean_deg) > _LEAN_DEG else 0.0)
    crop_wide, crop_high = found.length + 2 * _MARGIN_PX, found.height + 2 * _MARGIN_PX
    if not lean:
        crop_high += abs(found.length * np.sin(np.deg2rad(found.lean_deg)))
    right = (box.x + box.width / 2) / size - crop_wide / 2
    down = (box.y + box.height / 2) / size - crop_high / 2
    x = found.x + right * np.cos(lean) - down * np.sin(lean)
    y = found.y + right * np.sin(lean) + down * np.cos(lean)
    wide, high = max(1, round(box.width / size)), max(1, round(box.height / size))
    left = min(max(0, round(float(x) - wide / 2)), max(0, black.shape[1] - wide))
    top = min(max(0, round(float(y) - high / 2)), max(0, black.shape[0] - high))
    return Box(left, top, wide, high)


def _image(black: Grey) -> GreyImage:
    return grey_image(np.ascontiguousarray(black))


def _moved(line: Line, right: int, down: int) -> Line:
    words = tuple(
        replace(word, box=Box(word.box.x + right, word.box.y + down, word.box.width, word.box.height))
        for word in line.words
    )
    return replace(line, words=words)
