"""Sees one decoded page: its words, red print, codes, turn and lean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from app.adapters.codes import find_codes
from app.adapters.images import DecodedPage
from app.adapters.preparing import Grey, PreparedPage, grey_image, prepare, shrunk, skew_deg
from app.adapters.red_ink import RedReader
from app.adapters.turning import box_as_turned, code_with_box, line_with_boxes, upright
from app.domain.reading import Box, Line, PageScan, Word
from app.ports import Layout, OcrEngine

BLANK_INK_PCT = 0.02

_SURE = 85.0  # confidence of words that upright text has plenty of and upside-down text hardly any
_UPRIGHT_SHARE = 0.3  # of sure words among all: measured .45-.95 upright, .0-.1 upside down
_PREVIEW = 0.5  # scale of the pass that only looks for the turn


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScanner:
    """Turns decoded pages into `PageScan`s.

    Attributes:
        engine: Vietnamese.
        red: Reads the red print.
    """

    engine: OcrEngine
    red: RedReader

    def scan(self, page: DecodedPage, file: str) -> PageScan:
        """Everything seen on a page, boxes in pixels of its image.

        Raises:
            DeviceError: `ocr_failed`, `ocr_missing`.
        """
        prepared = prepare(page.image, page.dpi)
        frame = _Frame(prepared=prepared, width_px=page.image.width, height_px=page.image.height)
        codes = tuple(code_with_box(code, prepared.to_page(code.box)) for code in find_codes(prepared.even))
        rotation_deg, lines = self._read(prepared) if prepared.ink_pct >= BLANK_INK_PCT else (0, ())
        return PageScan(
            file=file,
            page=page.number,
            width_px=page.image.width,
            height_px=page.image.height,
            dpi=page.dpi,
            rotation_deg=rotation_deg,
            skew_deg=skew_deg(upright(prepared.grey, rotation_deg)),
            lines=frame.on_page(lines, rotation_deg),
            red_lines=frame.on_page(self._read_red(page, prepared, rotation_deg), rotation_deg),
            codes=codes,
            ink_pct=round(prepared.ink_pct, 3),
        )

    def _read(self, prepared: PreparedPage) -> tuple[int, tuple[Line, ...]]:
        """The turn and the lines of the upright page; only a page that reads badly is tried in other turns."""
        lines = self.engine.read(prepared.whole(), Layout.BLOCK)
        if _sure_share(lines) >= _UPRIGHT_SHARE:
            return 0, lines
        rotation_deg = self._find_turn(prepared.grey)
        if rotation_deg == 0:
            return 0, lines
        return rotation_deg, self.engine.read(grey_image(upright(prepared.grey, rotation_deg)), Layout.BLOCK)

    def _find_turn(self, grey: Grey) -> int:
        """Which of the four turns reads best, on a small image.

        Tesseract's own layout analysis reads a page turned by 90 degrees as well as an upright one, and one turned by
        270 as badly as one upside down; the words' boxes tell the two pairs apart. Source: measured on 7 pages.
        """
        small = shrunk(grey, _PREVIEW)
        first = self._preview(small)
        second = self._preview(upright(small, 180))
        sideways = _stand_sideways([*first, *second])
        candidates = (90, 270) if sideways else (0, 180)
        return candidates[1] if _sure_words(second) > _sure_words(first) else candidates[0]

    def _preview(self, small: Grey) -> tuple[Line, ...]:
        return self.engine.read(grey_image(small, 150), Layout.AUTO)

    def _read_red(self, page: DecodedPage, prepared: PreparedPage, rotation_deg: int) -> tuple[Line, ...]:
        if page.image.mode != "RGB":
            return ()
        colour = np.asarray(page.image)
        if prepared.scale != 1:
            size = prepared.grey.shape[1], prepared.grey.shape[0]
            colour = cv2.resize(
                colour, size, interpolation=cv2.INTER_AREA if prepared.scale < 1 else cv2.INTER_CUBIC
            ).astype(np.uint8)
        return self.red.read(upright(colour, rotation_deg))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The way from boxes of the upright prepared page to boxes of the page image."""

    prepared: PreparedPage
    width_px: int
    height_px: int

    def on_page(self, lines: Sequence[Line], rotation_deg: int) -> tuple[Line, ...]:
        height, width = self.prepared.grey.shape
        return tuple(
            line_with_boxes(
                line,
                tuple(
                    self._inside(self.prepared.to_page(box_as_turned(word.box, rotation_deg, width, height)))
                    for word in line.words
                ),
            )
            for line in lines
        )

    def _inside(self, box: Box) -> Box:
        left, top = min(max(box.x, 0), self.width_px - 1), min(max(box.y, 0), self.height_px - 1)
        return Box(
            left, top, max(1, min(box.width, self.width_px - left)), max(1, min(box.height, self.height_px - top))
        )


def _words(lines: Sequence[Line]) -> list[Word]:
    return [word for line in lines for word in line.words if sum(sign.isalnum() for sign in word.text) >= 3]


def _sure_words(lines: Sequence[Line]) -> int:
    return sum(word.confidence >= _SURE for word in _words(lines))


def _sure_share(lines: Sequence[Line]) -> float:
    words = _words(lines)
    return _sure_words(lines) / len(words) if words else 0.0


def _stand_sideways(lines: Sequence[Line]) -> bool:
    boxes = [word.box for word in _words(lines)]
    return 2 * sum(box.height > box.width for box in boxes) > len(boxes)
