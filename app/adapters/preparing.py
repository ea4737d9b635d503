"""Brings a page into the form Tesseract reads best, and measures its ink.

Source of the steps: field measurements on drawn certificates: the red channel hides pink paper, stamp and red print;
division by the background evens faded and shaded paper; dotted leaders spoil the line they stand in; below 300 dpi the
engine reads worse. Binarising gained nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.adapters.dotted_zeros import without_dots_in_zeros
from app.domain.reading import Box
from app.ports import GreyImage

Grey = NDArray[np.uint8]

READING_DPI = 300

_A4_LONG_INCH = 11.69
_SHEET_LONG_INCH = (2.0, 24.0)  # a dpi that makes the sheet smaller or larger than this is not believed
_DARK = 128
_INK_MARGIN = 0.02  # of each side: the scanner's own shadow
_GRAINY = 3.7  # measured: clean 1.1-2.0, office 2.1-3.0, poor 4.5-6.6
_LEADER_MM = 0.08
_LEADER_DARK = 190  # of dots looked for in a half smoothed copy: grain makes dots of its own
_SAMPLED = 0.125  # scale of the copies that grounds are looked for in
_DARK_GROUND = 130  # of the green channel, or of a grey page
_DARK_GROUND_SHARE = 0.12  # of the page
_LETTER_STEP = 20  # shades between letters and their ground, in such a copy
_LEAST_LIGHT = 0.018  # share of light pixels on a dark ground that carries print
_LIGHT_TO_DARK = 0.55
_COVER_BLUR_PX = 1.5
_COVER_GRAIN = 2.5  # times the usual distance from the ground is grain
_MOSTLY = 0.6  # of the page: no table lies around a sheet so small
_RIM_PX = 7  # of a small copy: the edge of the sheet with its shadow
_TABLE_TO_PAPER = 0.75  # a table is darker than the paper by this much
_TABLE_SIDE = 0.6  # of each side of the picture lies the table
_TABLE_SHARE = (0.03, 0.6)
_GRID_MM = 8.0  # a blob at least so wide and high may be a grid
_RULE_MM = 6.0
_BACKGROUND_FLOOR = 48  # below it there is no paper: a black lid, a dark table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sharpening:
    """Smooth over `smooth_mm`, then add the difference to a blur of `stroke_mm` by `amount`."""

    smooth_mm: float
    stroke_mm: float
    amount: float


_GENTLE = _Sharpening(smooth_mm=0.085, stroke_mm=0.21, amount=0.8)
_STRONG = _Sharpening(smooth_mm=0.11, stroke_mm=0.25, amount=1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenPage:
    """A page with even white paper and black print, at most 300 dpi.

    Attributes:
        grey: The pixels; codes are looked for here, their dots untouched.
        scale: Pixels of `grey` for one pixel of the page image, at most 1.
        enlarge: How much larger `grey` must become to be read, 1 or more.
        ink_pct: Share of dark pixels in percent, without the outer margin.
    """

    grey: Grey
    scale: float
    enlarge: float
    ink_pct: float

    @property
    def dpi(self) -> float:
        """Resolution of `grey`."""
        return READING_DPI / self.enlarge


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPage:
    """A page ready for reading, as it lies.

    Attributes:
        grey: Even white paper, black print, dotted leaders erased, about 300 dpi.
        even: The same with its leaders, for codes, whose dots must not be touched.
        scale: Pixels of `grey` and `even` for one pixel of the page image.
        ink_pct: Share of dark pixels in percent, without the outer margin.
    """

    grey: Grey
    even: Grey
    scale: float
    ink_pct: float

    def to_page(self, box: Box) -> Box:
        """A box of `grey` in pixels of the page image."""
        left, top = round(box.x / self.scale), round(box.y / self.scale)
        right, bottom = round((box.x + box.width) / self.scale), round((box.y + box.height) / self.scale)
        return Box(left, top, max(1, right - left), max(1, bottom - top))


def prepare(image: Image.Image, dpi: int | None) -> PreparedPage:
    """Even out the paper, erase dotted leaders, and bring a page that lies straight to 300 dpi."""
    page = even_page(image, dpi)
    return PreparedPage(
        grey=readable(page.grey, page.enlarge),
        even=enlarged(page.grey, page.enlarge),
        scale=page.scale * page.enlarge,
        ink_pct=page.ink_pct,
    )


def even_page(image: Image.Image, dpi: int | None) -> EvenPage:
    """Take the print out of a page and make its paper white; what is finer than 300 dpi is made smaller."""
    scale = READING_DPI / believed_dpi(image.size, dpi)
    scale = 1.0 if 0.85 <= scale <= 1.15 else min(scale, 3.0)
    print_pixels = print_channel(image)
    if scale < 1:
        print_pixels = shrunk(print_pixels, scale)
    table = table_around(print_pixels)
    even = even_paper(crisp(print_pixels, READING_DPI / max(1.0, scale)))
    if table is not None:
        even[cv2.resize(table, (even.shape[1], even.shape[0]), interpolation=cv2.INTER_NEAREST) > 0] = 255
    return EvenPage(grey=even, scale=min(scale, 1.0), enlarge=max(scale, 1.0), ink_pct=ink_pct(even))


def readable(even: Grey, enlarge: float) -> Grey:
    """Straight print without its dotted leaders and the dots of zeros, as large as it is read best."""
    return without_dots_in_zeros(enlarged(without_leaders(even, READING_DPI / enlarge), enlarge), READING_DPI)


def believed_dpi(size_px: tuple[int, int], dpi: int | None) -> float:
    """The resolution as the file says it, if the sheet then has a sensible size; else as if it were A4."""
    long_px = max(size_px)
    if dpi is not None and _SHEET_LONG_INCH[0] <= long_px / dpi <= _SHEET_LONG_INCH[1]:
        return dpi
    return long_px / _A4_LONG_INCH


def red_channel(image: Image.Image) -> Grey:
    """The red channel of a colour page; a grey page as it is."""
    return _channel(np.asarray(image), 0)


def _channel(pixels: Grey, channel: int) -> Grey:
    """A channel of a colour page, or a grey page, as a copy."""
    return np.asarray(pixels.copy() if pixels.ndim == 2 else cv2.extractChannel(pixels, channel), dtype=np.uint8)


def print_channel(image: Image.Image) -> Grey:
    """The channel in which print is dark: red, but for light letters on dark or red ground how they differ from it.

    The covers of 1993 and 2003 have yellow letters and a black serial on red; a copy of them has pale grey on dark.
    """
    pixels: Grey = np.asarray(image)
    red = _channel(pixels, 0)
    sampled = shrunk(pixels, _SAMPLED)
    small = _channel(sampled, 1)
    ground = _without_letters(small)
    where = (ground < _DARK_GROUND).astype(np.uint8)
    if not _carries_light_print(small, ground, where):
        return red
    size = red.shape[1], red.shape[0]
    letters = _unlike_ground(_channel(pixels, 1), ground, size)
    if pixels.ndim == 3:
        cv2.min(letters, _unlike_ground(red, _without_letters(_channel(sampled, 0)), size), dst=letters)
    cv2.copyTo(letters, cv2.resize(where, size, interpolation=cv2.INTER_NEAREST), red)
    return red


def table_around(grey: Grey) -> Grey | None:
    """What lies all around a photographed sheet and is darker than it, as a small image; None for a scan.

    Its grain is read as words, and its edge is taken for the lean of the lines.
    """
    ground = _without_letters(shrunk(grey, _SAMPLED))
    if min(ground.shape) < 3 * _RIM_PX:
        return None
    rim = np.concatenate((ground[0], ground[-1], ground[:, 0], ground[:, -1]))
    shade = float(np.median(rim))
    if shade > _TABLE_TO_PAPER * float(np.percentile(ground, 90)):
        return None
    dark = (ground < (shade + float(np.percentile(ground, 90))) / 2).astype(np.uint8)
    _, labels = cv2.connectedComponents(dark)
    sides = (labels[0], labels[-1], labels[:, 0], labels[:, -1])
    around = set.intersection(*(set(np.unique(side[side > 0]).tolist()) for side in sides))
    if not around or any(float((side > 0).mean()) < _TABLE_SIDE for side in sides):
        return None
    table = np.isin(labels, list(around)).astype(np.uint8)
    share = float(table.mean())
    if not _TABLE_SHARE[0] < share < _TABLE_SHARE[1]:
        return None
    return np.asarray(cv2.dilate(table, np.ones((_RIM_PX, _RIM_PX), np.uint8)), dtype=np.uint8)


def _carries_light_print(small: Grey, ground: Grey, where: Grey) -> bool:
    """Whether a good part of the page is dark and has light letters on it.

    Source: 24 covers among 80 drawn dossiers, half of them copies and photographs: letters .02 and more of the dark
    ground, light ones at least .6 of what is dark on it; the tables under photographed pages have less.
    """
    if where.mean() < _DARK_GROUND_SHARE:
        return False
    inside = cv2.erode(where, np.ones((5, 5), np.uint8)) > 0
    step = small[inside].astype(np.int16) - ground[inside]
    light, dark = np.count_nonzero(step > _LETTER_STEP), np.count_nonzero(step < -_LETTER_STEP)
    if where.mean() > _MOSTLY:
        return bool(light > _LEAST_LIGHT / 4 * step.size and light > 2 * dark)
    return bool(light > _LEAST_LIGHT * step.size and light > _LIGHT_TO_DARK * dark)


def _unlike_ground(channel: Grey, ground: Grey, size: tuple[int, int]) -> Grey:
    """How far each pixel is from the ground, dark where it is far; the ground's own grain is white."""
    full = cv2.resize(ground, size, interpolation=cv2.INTER_LINEAR)
    difference = cv2.absdiff(cv2.GaussianBlur(channel, (0, 0), _COVER_BLUR_PX), full)
    few = difference[::5, ::5]
    grain = _COVER_GRAIN * float(np.median(few))
    strong = max(grain + 2 * _LETTER_STEP, float(np.percentile(few, 99)))
    levels = np.clip((np.arange(256, dtype=np.float64) - grain) * (255 / (strong - grain)), 0, 255)
    return np.asarray(cv2.LUT(difference, (255 - levels).astype(np.uint8)), dtype=np.uint8)


def _without_letters(small: Grey) -> Grey:
    return np.asarray(cv2.medianBlur(small, 31), dtype=np.uint8)


def even_paper(grey: Grey) -> Grey:
    """Divide by the paper's own brightness, so that paper is white everywhere."""
    small = shrunk(grey, 0.25)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    paper = np.maximum(paper, _BACKGROUND_FLOOR).astype(np.uint8)
    full = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, full, scale=255), dtype=np.uint8)


def crisp(grey: Grey, dpi: float) -> Grey:
    """A copy with its grain smoothed and its strokes sharpened, more so where the scan is grainy.

    Smoothing alone takes the hook for an acute accent ("phẩy" becomes "phấy", "Tổ" "Tố"), and does so with full
    confidence. Source: values of 24 drawn dossiers that stand letter for letter in the text of their pages, of 135
    clean, 138 office and 131 poor: smoothed by 0.15 mm 114, 115, 108; the gentle way 121, 127, 105; the strong way
    119, 128, 108. The blur by way of half the size would save 6 ms, and lost 3 values of 100 on poor pages.
    """
    way = _STRONG if grain(grey) > _GRAINY else _GENTLE
    smooth = cv2.GaussianBlur(grey, (0, 0), way.smooth_mm * dpi / 25.4)
    around = cv2.GaussianBlur(smooth, (0, 0), way.stroke_mm * dpi / 25.4)
    return np.asarray(cv2.addWeighted(smooth, 1 + way.amount, around, -way.amount, 0), dtype=np.uint8)


def grain(grey: Grey) -> float:
    """How much the paper in the middle of the page changes from pixel to pixel, in shades when white is 255."""
    height, width = grey.shape
    middle = grey[5 * height // 12 : 7 * height // 12, 3 * width // 8 : 5 * width // 8]
    paper = float(np.median(middle)) if middle.size else 0.0
    bright = middle > 0.8 * paper
    if not bright.any():
        return 0.0
    pixels = middle.astype(np.float32)
    changes = np.abs(pixels - cv2.GaussianBlur(pixels, (0, 0), 1.5))[bright]
    return 255 * float(np.median(changes)) / paper


def without_leaders(even: Grey, dpi: float) -> Grey:
    """A copy without dotted lines, thin rules and the grids of tables.

    A leader's dot has eight others level with it within a centimetre. A grid is one blob with all that touches it; the
    engine takes its uprights for letters, and whole tables came back as rubbish.
    """
    grey = even.copy()
    smooth = cv2.GaussianBlur(even, (0, 0), _LEADER_MM * dpi / 25.4)
    dark = np.asarray(cv2.threshold(smooth, _LEADER_DARK - 1, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    stats, centres = _blobs(dark)
    millimetre = dpi / 25.4
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    small = np.flatnonzero((width <= 1.2 * millimetre) & (height <= 1.2 * millimetre))
    rules = np.flatnonzero((height <= 0.5 * millimetre) & (width >= 4 * millimetre))
    dots = small[_level_neighbours(centres[small], millimetre) >= 9] if small.size else small
    for index in (*dots, *rules):
        x, y, wide, high = (int(value) for value in stats[index, :4])
        grey[max(0, y - 1) : y + high + 1, max(0, x - 1) : x + wide + 1] = 255
    for index in np.flatnonzero(np.minimum(width, height) >= _GRID_MM * millimetre):
        x, y, wide, high = (int(value) for value in stats[index, :4])
        _erase_grid(grey[y : y + high, x : x + wide], dark[y : y + high, x : x + wide], round(_RULE_MM * millimetre))
    return grey


def _blobs(dark: Grey) -> tuple[NDArray[Any], NDArray[Any]]:
    """Box and area, and centre, of what hangs together; looked for at half the size, in a fourth of the time."""
    high, wide = (side // 2 for side in dark.shape)
    if not high or not wide:
        return np.zeros((0, 5), np.int32), np.zeros((0, 2))
    half = cv2.resize(dark[: 2 * high, : 2 * wide] * 255, (wide, high), interpolation=cv2.INTER_AREA)
    _, half = cv2.threshold(half, 1, 1, cv2.THRESH_BINARY)
    _, _, stats, centres = cv2.connectedComponentsWithStats(half, connectivity=8)
    return 2 * stats[1:], 2 * centres[1:]  # the first is the paper


def _erase_grid(grey: Grey, dark: Grey, length_px: int) -> None:
    """Make white, in place, what runs straight along or across for a length no letter has."""
    along = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length_px), np.uint8))
    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length_px, 1), np.uint8))
    grey[cv2.dilate(cv2.bitwise_or(along, across), np.ones((3, 3), np.uint8)) > 0] = 255


def shrunk(grey: Grey, scale: float) -> Grey:
    """The image at a scale below 1, at least one pixel wide and high.

    A fourth or an eighth is taken without the last odd pixels, because whole steps are four times as fast.
    """
    step = round(1 / scale)
    if step * scale == 1 and min(grey.shape[:2]) >= step:
        high, wide = (side // step for side in grey.shape[:2])
        whole = grey[: high * step, : wide * step]
        return np.asarray(cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def grey_image(grey: Grey, dpi: int = READING_DPI) -> GreyImage:
    """Pixels as the `OcrEngine` port wants them."""
    return GreyImage(width_px=grey.shape[1], height_px=grey.shape[0], dpi=dpi, pixels=grey.tobytes())


def enlarged(grey: Grey, scale: float) -> Grey:
    """The image at a scale of 1 or more."""
    if scale == 1:
        return grey
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def ink_pct(even: Grey) -> float:
    """Share of dark pixels in percent, without the outer margin."""
    high, wide = (int(side * _INK_MARGIN) for side in even.shape)
    inner = even[high : even.shape[0] - high, wide : even.shape[1] - wide]
    return 100.0 * float(np.count_nonzero(inner < _DARK)) / max(1, inner.size)


def _level_neighbours(centres: NDArray[Any], millimetre: float) -> NDArray[np.int64]:
    """For each point, how many lie within 10 mm to the sides and about 0.4 mm up or down, itself included."""
    columns = (centres[:, 0] / millimetre).astype(np.int64)
    rows = (centres[:, 1] / (millimetre / 4)).astype(np.int64)
    counts = np.zeros((int(rows.max()) + 1, int(columns.max()) + 1), np.float32)
    np.add.at(counts, (rows, columns), 1)
    near = cv2.boxFilter(counts, -1, (21, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return np.rint(near[rows, columns]).astype(np.int64)
