"""A sheet filled in by an office: values in a pen of their own within the lines of the form, and one spelling.

The spelling says: where tone marks stand, how square metres are written, dots between thousands, comma or point before
decimals. What is printed and the value in the truth are spelled alike.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageFont

from tests.samples.sheet import Column, Sheet, Span, Style, _Fragment
from tests.samples.worlds import SCORING

OPEN_OA = re.compile(r"([òóỏõọÒÓỎÕỌ])([aeAE])(?!\w)")
OPEN_UY = re.compile(r"(?<![qQ])([ùúủũụÙÚỦŨỤ])([yY])(?!\w)")
TONED = dict(zip("òóỏõọÒÓỎÕỌùúủũụÙÚỦŨỤ", "oooooOOOOOuuuuuUUUUU", strict=True))
NEW_STYLE = {
    base: dict(zip(tones, letters, strict=True))
    for base, tones, letters in (
        ("a", "òóỏõọÒÓỎÕỌ", "àáảãạàáảãạ"),
        ("A", "òóỏõọÒÓỎÕỌ", "ÀÁẢÃẠÀÁẢÃẠ"),
        ("e", "òóỏõọÒÓỎÕỌ", "èéẻẽẹèéẻẽẹ"),
        ("E", "òóỏõọÒÓỎÕỌ", "ÈÉẺẼẸÈÉẺẼẸ"),
        ("y", "ùúủũụÙÚỦŨỤ", "ỳýỷỹỵỳýỷỹỵ"),
        ("Y", "ùúủũụÙÚỦŨỤ", "ỲÝỶỸỴỲÝỶỸỴ"),
    )
}
SQUARE_METRES = "\u00a0m²"
UNIT = re.compile(r"(?:(?<=\d)[ \u00a0]|^\u00a0)m²")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """How one office spells."""

    new_tones: bool = False
    plain_square: bool = False
    dotless_thousands: bool = False
    decimal_point: bool = False
    unit: str = SQUARE_METRES

    def __call__(self, text: str) -> str:
        """Return the text as this office writes it."""
        if self.new_tones:
            text = OPEN_UY.sub(_moved, OPEN_OA.sub(_moved, text))
        if self.unit != SQUARE_METRES:
            text = UNIT.sub(self.unit, text)
        if self.plain_square:
            text = text.replace("m²", "m2")
        if self.dotless_thousands or self.decimal_point:
            text = THOUSANDS.sub("", text)
        return DECIMAL_COMMA.sub(".", text) if self.decimal_point else text


def spelling_of(habit: float, world: str) -> Spelling:
    """Return the spelling of an office by its habit, 0 to 1; more ways in the scoring world."""
    dice = zlib.crc32(f"spelling/{habit:.9f}".encode())
    spelling = Spelling(new_tones=dice % 4 == 0, plain_square=dice // 4 % 7 == 0, dotless_thousands=dice // 28 % 9 == 0)
    if world != SCORING:
        return spelling
    units = (SQUARE_METRES, SQUARE_METRES, "m²", "\u00a0mét\u00a0vuông", "\u00a0m\u00a0vuông", "m²", SQUARE_METRES)
    return replace(spelling, decimal_point=dice // 252 % 8 == 0, unit=units[dice // 2016 % len(units)])


def _moved(match: re.Match[str]) -> str:
    toned, last = match.groups()
    return TONED[toned] + NEW_STYLE[last][toned]


@dataclass(frozen=True)
class Filled(Span):
    """A run of text that is filled in; the pen is that of the form's own words where it is None."""

    pen: Style | None = None


class OfficeSheet(Sheet):
    """A sheet that knows its office's spelling and takes runs of text in several pens."""

    def __init__(self, image: Image.Image, dpi: int, spell: Callable[[str], str] = str) -> None:
        super().__init__(image, dpi)
        self.spell = spell

    def write(
        self,
        spans: Sequence[Span] | str,
        style: Style,
        column: Column,
        y_mm: float,
        *,
        indent_mm: float = 0.0,
        leaders: str = "none",
    ) -> float:
        """Print a wrapped paragraph in the office's spelling."""
        runs = self._spelled([Span(spans)] if isinstance(spans, str) else spans)
        return super().write(runs, style, column, y_mm, indent_mm=indent_mm, leaders=leaders)

    def height_of(self, spans: Sequence[Span], style: Style, *, width_mm: float, indent_mm: float = 0.0) -> float:
        """Measure a paragraph in the office's spelling."""
        return super().height_of(self._spelled(spans), style, width_mm=width_mm, indent_mm=indent_mm)

    def _spelled(self, spans: Sequence[Span]) -> list[Span]:
        return [
            replace(
                span, text=self.spell(span.text), fields={path: self.spell(text) for path, text in span.fields.items()}
            )
            for span in spans
        ]

    def _font(self, span: Span, style: Style) -> ImageFont.FreeTypeFont:
        return super()._font(span, _pen_of(span) or style)

    def _pen(self, span: Span, style: Style) -> str:
        return (_pen_of(span) or style).pen

    def _ink(self, fragment: _Fragment, style: Style, x: float, baseline: float) -> None:
        super()._ink(fragment, _pen_of(fragment.span) or style, x, baseline)


def _pen_of(span: Span) -> Style | None:
    return span.pen if isinstance(span, Filled) else None
