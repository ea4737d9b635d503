"""Sees one decoded page: its words, red print, codes, turn and lean; of an opened sheet both pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.adapters.codes import find_codes
from app.adapters.images import DecodedPage
from app.adapters.lie_of_print import SMALL, Lie, lie_of, print_area, skew_deg, straight
from app.adapters.preparing import (
    READING_DPI,
    EvenPage,
    Grey,
    enlarged,
    even_page,
    grey_image,
    red_channel,
    shrunk,
)
from app.adapters.printed_ink import printed_pct
from app.adapters.red_ink import RedReader
from app.adapters.ruled_reading import PagePrint, read_print
from app.adapters.sheet_outline import Flattening, find_flattening
from app.adapters.spreads import find_gap
from app.adapters.turning import Frame, Laying, Matrix, code_with_box, moved, scaled, upright
from app.domain.extraction.page_sets import are_two_pages
from app.domain.reading import Box, Code, Line, PageScan, Point, Split, Word
from app.ports import GreyImage, Layout, OcrEngine

BLANK_INK_PCT = 0.02

_WRONG_WAY, _RIGHT_WAY = ">>>>>", "<<<<<"  # fillers of the zone for machines on the back of an identity card
_SURE = 85.0  # confidence of words that upright text has plenty of and upside-down text hardly any
_DOUBTFUL_SHARE = 0.2  # of sure words among all: measured .45-.95 upright, .0-.1 upside down
_MORE = 1.5  # so many times more sure words must another turn have
_PREVIEW = 0.5  # scale of the pass that only looks for the turn
_LITTLE_PRINT = 0.35  # share of a page whose print is looked at in full for it: a card's letters are half as large
_COVER_WORDS = 4  # sure words of a cover that make sure which way it stands
_DARK_COVER = 160.0  # shade of a cover, of its copy, or of paper in shadow, which it does not hurt
_GRAIN_SHADE, _GRAIN_MM = 215, 0.7
_HARDLY_PRINTED = 0.22  # share of a page that little print and its margins fill: a card .08 to .2
_LETTER_SHADE, _LETTER_MM = 190, 1.2  # of print outside the place where most of a page's little print stands
_LEAST_LEAN_DEG = 0.4  # below it straightening gains nothing: measured on 8 pages leant by 0 to 10 degrees


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScanner:
    """Turns decoded images into `PageScan`s.

    Attributes:
        engine: Vietnamese.
        red: Reads the red print.
    """

    engine: OcrEngine
    red: RedReader

    def scan(self, page: DecodedPage, file: str) -> tuple[PageScan, ...]:
        """Everything seen on an image, boxes in its pixels: one page, or the two of an opened sheet from left to right.

        `page` of each is the number of the image in its file: whoever knows the images before it counts the pages.

        Raises:
            DeviceError: `ocr_failed`, `ocr_missing`.
        """
        flattening = find_flattening(page.image)
        image = page.image if flattening is None else flattening.flat(page.image)
        ground = _Ground(image, even_page(image, page.dpi), page.image.size, flattening)
        even = ground.even
        small = shrunk(even.grey, SMALL * even.enlarge)
        empty = PageScan(
            file=file,
            page=page.number,
            image=page.number,
            width_px=page.image.width,
            height_px=page.image.height,
            dpi=page.dpi,
            codes=ground.codes(),
            ink_pct=round(printed_pct(small), 3),
        )
        if even.ink_pct < BLANK_INK_PCT:
            return (replace(empty, red_lines=_Sheet(ground, Lie(turns=(0,), skew_deg=0.0)).red_lines(self.red)),)
        lie = lie_of(small)
        settled = self._settled(small, lie, even)
        sheet = _Sheet(ground, settled or lie, is_grain=settled is None)
        return self._pages(self._cover_upright(sheet, small) if sheet.is_dark else sheet, empty, small)

    def _pages(self, sheet: _Sheet, empty: PageScan, small: Grey) -> tuple[PageScan, ...]:
        lie = sheet.lie
        empty = sheet.named(empty)
        gap = find_gap(straight(upright(small, lie.rotation_deg), lie.skew_deg))
        if gap is not None:
            halves = self._halves(sheet, empty, gap)
            if are_two_pages(*halves):
                return halves
            lines = (*halves[0].lines, *halves[1].lines)
            tables = (*halves[0].tables, *halves[1].tables)
            red_lines = (*halves[0].red_lines, *halves[1].red_lines)
            return (replace(empty, lines=lines, tables=tables, red_lines=red_lines),)
        seen = sheet.print_of(self.engine)
        better = self._turned_over(small, sheet, seen.lines)
        if better is not None:
            sheet = _Sheet(sheet.ground, better)
            empty = sheet.named(empty)
            seen = sheet.print_of(self.engine)
        return (replace(empty, lines=seen.lines, tables=seen.tables, red_lines=sheet.red_lines(self.red)),)

    def _halves(self, sheet: _Sheet, empty: PageScan, gap: float) -> tuple[PageScan, PageScan]:
        line = sheet.line_at(gap)
        left, right = (
            replace(
                empty,
                split=Split(half=half, top=line[0], bottom=line[1]),
                lines=seen.lines,
                tables=seen.tables,
                red_lines=sheet.red_lines(self.red, part),
                codes=tuple(code for code in empty.codes if sheet.half_of(code.box, gap) == half),
                ink_pct=sheet.ink_pct(part),
            )
            for half, part in enumerate(sheet.halves(gap))
            for seen in (sheet.print_of(self.engine, part),)
        )
        return left, right

    def _settled(self, small: Grey, lie: Lie, even: EvenPage) -> Lie | None:
        """The lie by a small preview of each turn that is possible, where the shapes of words did not tell.

        None when no turn shows a single word one can trust: then there may be nothing but the grain of empty paper.
        """
        if len(lie.turns) == 1:
            return lie
        return self._best_turn(small, even, lie.turns)

    def _turned_over(self, small: Grey, sheet: _Sheet, lines: Sequence[Line]) -> Lie | None:
        """Another turn for a page that reads badly, or whose zone for machines points the wrong way; None for none."""
        lie = sheet.lie
        if any(_WRONG_WAY in line.text for line in lines) and not any(_RIGHT_WAY in line.text for line in lines):
            turn = (lie.rotation_deg + 180) % 360
            return Lie(turns=(turn,), skew_deg=skew_deg(upright(small, turn)))
        if len(lie.turns) == 1 and not sheet.is_dark and _sure_share(lines) < _DOUBTFUL_SHARE:
            return self._better_turn(small, sheet)
        return None

    def _better_turn(self, small: Grey, sheet: _Sheet) -> Lie | None:
        """Another turn that reads far better, for a page that reads badly; None when it is the page that is bad."""
        best = self._best_turn(small, sheet.even, (0, 90, 180, 270), sheet.lie.rotation_deg)
        return best if best is not None and best.rotation_deg != sheet.lie.rotation_deg else None

    def _cover_upright(self, sheet: _Sheet, small: Grey) -> _Sheet:
        """A dark cover as its light print stands: what shines through from its inner side is dark, and mirrored."""
        counts = {sheet: _sure_words(sheet.red_lines(self.red))}
        for turn in (0, 90, 180, 270):
            if turn != sheet.lie.rotation_deg and counts[sheet] < _COVER_WORDS:
                other = _Sheet(sheet.ground, Lie(turns=(turn,), skew_deg=skew_deg(upright(small, turn))))
                counts[other] = _sure_words(other.red_lines(self.red))
        best = max(counts, key=counts.__getitem__)
        return best if counts[best] > _MORE * counts[sheet] + 1 else sheet

    def _best_turn(self, small: Grey, even: EvenPage, turns: Sequence[int], now: int | None = None) -> Lie | None:
        """The turn that gives the most sure words; `now` is kept unless another has many more."""
        counts = {}
        for turn in turns:
            level = upright(small, turn)
            lie = Lie(turns=(turn,), skew_deg=skew_deg(level))
            lines = self.engine.read(_preview(even, lie, print_area(straight(level, lie.skew_deg))), Layout.AUTO)
            counts[turn] = (_level_words(lines), lie)
        best = max(counts, key=lambda turn: counts[turn][0])
        least = _MORE * counts[now][0] + 1 if now in counts and best != now else 1
        return counts[best][1] if counts[best][0] >= least else None


@dataclass(frozen=True, slots=True)
class _Ground:
    """An evened image and the way back to the pixels of the page image.

    Attributes:
        image: The page image, or of a photograph the sheet laid flat.
        even: The same evened.
        page_px: Width and height of the page image.
        flattening: How the photograph was laid flat.
    """

    image: Image.Image
    even: EvenPage
    page_px: tuple[int, int]
    flattening: Flattening | None

    def frame(self, to_even: Matrix) -> Frame:
        """The way to the page image of what has a way to the evened one."""
        matrix = scaled(1 / self.even.scale) @ to_even
        return Frame(matrix if self.flattening is None else self.flattening.back() @ matrix, *self.page_px)

    def codes(self) -> tuple[Code, ...]:
        """The codes of the image as it lies, boxes on the page image."""
        frame = self.frame(scaled(1 / self.even.enlarge))
        grey = enlarged(self.even.grey, self.even.enlarge)
        return tuple(code_with_box(code, frame.box(code.box)) for code in find_codes(grey))


class _Sheet:
    """An evened image with the way it is laid straight.

    Args:
        ground: The image, evened.
        lie: How its print lies; a small lean is left as it is.
        is_grain: Whether there may be nothing but grain: as one block of text the engine would read it for a minute.
    """

    def __init__(self, ground: _Ground, lie: Lie, *, is_grain: bool = False) -> None:
        self.ground = ground
        self.is_grain = is_grain
        self.even = ground.even
        self.lie = lie
        self._laying = _laying(self.even.grey, lie, _LEAST_LEAN_DEG)
        self._memory: dict[str, NDArray[np.uint8]] = {}
        self._red: dict[Box, tuple[Line, ...]] = {}

    def named(self, scan: PageScan) -> PageScan:
        """The scan with the turn and lean of the print; of a photograph the lean in the middle of the sheet."""
        if self.ground.flattening is None:
            return replace(scan, rotation_deg=self.lie.rotation_deg, skew_deg=self.lie.skew_deg)
        whole = _laying(self.even.grey, self.lie, 0.0)
        wide, high = whole.size_px
        ends = self.ground.frame(whole.back()).points([(wide / 4, high / 2), (3 * wide / 4, high / 2)])
        right, down = ends[1] - ends[0]
        turn = math.degrees(math.atan2(down, right)) % 360
        rotation_deg = round(turn / 90) % 4 * 90
        return replace(scan, rotation_deg=rotation_deg, skew_deg=round((turn - rotation_deg + 180) % 360 - 180, 2))

    @property
    def whole(self) -> Box:
        """The straight image, in its own pixels."""
        return Box(0, 0, *self._laying.size_px)

    def halves(self, gap: float) -> tuple[Box, Box]:
        """The parts left and right of a gap, a share of the width."""
        wide, high = self._laying.size_px
        middle = min(max(1, round(gap * wide)), wide - 1)
        return Box(0, 0, middle, high), Box(middle, 0, wide - middle, high)

    def line_at(self, gap: float) -> tuple[Point, Point]:
        """The gap from its upper to its lower end, on the page image."""
        wide, high = self._laying.size_px
        found = self._frame(scaled(1)).points([(gap * wide, 0), (gap * wide, high)])
        top, bottom = (Point(round(float(x)), round(float(y))) for x, y in found)
        return top, bottom

    def half_of(self, box: Box, gap: float) -> int:
        """On which side of the gap a box of the page image lies."""
        top, bottom = self.line_at(gap)
        x, y = box.x + box.width / 2 - top.x, box.y + box.height / 2 - top.y
        return int((bottom.x - top.x) * y - (bottom.y - top.y) * x < 0)

    def ink_pct(self, part: Box) -> float:
        """Share of a part that is printed."""
        return round(printed_pct(shrunk(self._laying.lay(self.even.grey, part), SMALL * self.even.enlarge)), 3)

    def print_of(self, engine: OcrEngine, part: Box | None = None) -> PagePrint:
        """The words and tables of a part, boxes on the page image."""
        part = part or self.whole
        back = self._frame(moved(part.x, part.y) @ scaled(1 / self.even.enlarge))
        even = self._evened(part)
        if self.is_grain:
            preview = grey_image(shrunk(even, _PREVIEW * self.even.enlarge), round(READING_DPI * _PREVIEW))
            if not _words(engine.read(preview, Layout.AUTO)):
                return PagePrint(lines=())
        even = _without_grain_around(even, self.even.enlarge)
        return read_print(engine, even, self.even.enlarge).on_page(back)

    def red_lines(self, reader: RedReader, part: Box | None = None) -> tuple[Line, ...]:
        """The red print of a part, boxes on the page image; it is read once."""
        part = part or self.whole
        if part not in self._red:
            self._red[part] = self._red_lines(reader, part)
        return self._red[part]

    def _red_lines(self, reader: RedReader, part: Box) -> tuple[Line, ...]:
        colour = self._laying.lay(self._colour(), part)
        if self.even.enlarge > 1:
            size = round(colour.shape[1] * self.even.enlarge), round(colour.shape[0] * self.even.enlarge)
            colour = cv2.resize(colour, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8)
        back = self._frame(moved(part.x, part.y) @ scaled(1 / self.even.enlarge))
        return back.lines(reader.read(colour))

    def _evened(self, part: Box) -> Grey:
        """A part evened; the dark cover of an opened sheet by itself, as the other half is light."""
        if part != self.whole:
            colour = self._laying.lay(self._colour(), part)
            if _is_dark(colour):
                return _without_grain(even_page(Image.fromarray(colour), round(self.even.dpi)).grey, self.even.dpi)
        return self._laying.lay(self.even.grey, part)

    @property
    def is_dark(self) -> bool:
        """Whether it is a dark cover, or the copy of one."""
        return _is_dark(self._colour())

    def _colour(self) -> NDArray[np.uint8]:
        """The image as it came, as large as it is evened; grey without colour."""
        if "colour" not in self._memory:
            image = self.ground.image
            pixels = np.asarray(image) if image.mode == "RGB" else red_channel(image)
            if self.even.scale != 1:
                size = self.even.grey.shape[1], self.even.grey.shape[0]
                pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
            self._memory["colour"] = pixels
        return self._memory["colour"]

    def _frame(self, to_straight: Matrix) -> Frame:
        return self.ground.frame(self._laying.back() @ to_straight)


def _laying(grey: Grey, lie: Lie, least_lean_deg: float) -> Laying:
    return Laying(
        width_px=grey.shape[1],
        height_px=grey.shape[0],
        rotation_deg=lie.rotation_deg,
        skew_deg=lie.skew_deg if abs(lie.skew_deg) >= least_lean_deg else 0.0,
    )


def _is_dark(colour: NDArray[np.uint8]) -> bool:
    """Whether most of the ground is a red cover, or the copy of one; red is dark in green."""
    green = colour if colour.ndim == 2 else colour[:, :, 1]
    return float(np.median(green[::8, ::8])) < _DARK_COVER


def _without_grain(even: Grey, dpi: float) -> Grey:
    """A cover without the small dots of its ground, which take the engine seconds; its print is large."""
    dark = (even < _GRAIN_SHADE).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    size = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    is_grain = size < _GRAIN_MM * dpi / 25.4
    is_grain[0] = False
    return np.where(is_grain[labels], 255, even).astype(np.uint8)


def _without_grain_around(even: Grey, enlarge: float) -> Grey:
    """A page with little print, such as a card's, without the grain around it, which takes the engine a minute.

    What is as large as letters stays, with what is close to it: a serial may stand far from the other print.
    """
    left, top, right, bottom = print_area(shrunk(even, SMALL * enlarge))
    if (right - left) * (bottom - top) >= _HARDLY_PRINTED:
        return even
    millimetre = READING_DPI / enlarge / 25.4
    _, labels, stats, _ = cv2.connectedComponentsWithStats((even < _LETTER_SHADE).astype(np.uint8), connectivity=8)
    is_letter = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _LETTER_MM * millimetre
    is_letter[0] = False
    near = 2 * round(_LETTER_MM * millimetre) + 1
    kept = cv2.dilate(is_letter[labels].astype(np.uint8), np.ones((near, near), np.uint8))
    high, wide = even.shape
    inside = slice(round(top * high), round(bottom * high)), slice(round(left * wide), round(right * wide))
    kept[inside] = 1
    paper = np.median(even[inside])  # white itself would make the grain inside as black as print
    return np.where(kept > 0, even, paper).astype(np.uint8)


def _preview(even: EvenPage, lie: Lie, area: tuple[float, float, float, float]) -> GreyImage:
    """What is read to find the turn: the page in small; print that fills little of it, such as a card's, in full."""
    left, top, right, bottom = area
    is_little = (right - left) * (bottom - top) < _LITTLE_PRINT
    scale = 1.0 if is_little else _PREVIEW
    times = scale * even.enlarge
    grey = shrunk(even.grey, times) if times < 1 else enlarged(even.grey, times)
    seen = straight(upright(grey, lie.rotation_deg), lie.skew_deg)
    if is_little:
        high, wide = seen.shape
        seen = seen[round(top * high) : round(bottom * high), round(left * wide) : round(right * wide)]
    return grey_image(np.ascontiguousarray(seen), round(READING_DPI * scale))


def _words(lines: Sequence[Line]) -> list[Word]:
    return [word for line in lines for word in line.words if sum(sign.isalnum() for sign in word.text) >= 3]


def _sure_words(lines: Sequence[Line]) -> int:
    return sum(word.confidence >= _SURE for word in _words(lines))


def _sure_share(lines: Sequence[Line]) -> float:
    words = _words(lines)
    return _sure_words(lines) / len(words) if words else 0.0


def _level_words(lines: Sequence[Line]) -> int:
    """Sure words of lines that run along the rows: the engine reads print that stands sideways as well."""
    return sum(_sure_words((line,)) for line in lines if _runs_level(line))


def _runs_level(line: Line) -> bool:
    """Whether its words follow each other to the side; the boxes of small print may be higher than wide."""
    boxes = [word.box for word in line.words]
    if len(boxes) == 1:
        return boxes[0].width > boxes[0].height
    along = max(box.x + box.width / 2 for box in boxes) - min(box.x + box.width / 2 for box in boxes)
    across = max(box.y + box.height / 2 for box in boxes) - min(box.y + box.height / 2 for box in boxes)
    return along > across
