"""A sheet of paper one can print on: wrapped text in points, lines in millimetres, and a note of every field printed.

A field enters the truth only by being printed here: each span says which paths it fills with which values, and the
sheet keeps the value together with the box of the ink.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from tests.samples.fonts import POINTS_PER_INCH, Typeface, load_font
from tests.samples.pens import LASER, ink_mask

MM_PER_INCH = 25.4
LINE_SPACING = 1.32

Colour = tuple[int, int, int]
BLACK: Colour = (38, 34, 36)
RED: Colour = (204, 24, 44)
BLUE: Colour = (44, 62, 150)


class Box(NamedTuple):
    """A rectangle in pixels: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right = max(self.x + self.width, other.x + other.width)
        bottom = max(self.y + self.height, other.y + other.height)
        return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, kw_only=True)
class Style:
    """How text looks; `pen` is what it is written with (`tests.samples.pens`)."""

    typeface: Typeface
    size_pt: float
    bold: bool = False
    italic: bool = False
    colour: Colour = BLACK
    pen: str = LASER


@dataclass(frozen=True)
class Span:
    """A run of text; `fields` maps the paths it fills to their values in the truth."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """Where text runs on a sheet: left border, width, and how lines stand in it ("left", "centre" or "right")."""

    x_mm: float
    width_mm: float
    align: str = "left"

    def centred(self) -> Column:
        """Return the same column with centred lines."""
        return replace(self, align="centre")


@dataclass(frozen=True, kw_only=True)
class PrintedField:
    """A value of the truth, where its ink is, and what it is written with; a value printed as well counts as print."""

    value: str
    box: Box
    pen: str = LASER


class _Fragment(NamedTuple):
    text: str
    span: Span
    font: ImageFont.FreeTypeFont
    width: float
    space: float


Word = tuple[_Fragment, ...]


@dataclass(frozen=True, kw_only=True)
class _Line:
    words: tuple[Word, ...]
    indent: float
    width: float


class Sheet:
    """One page being printed.

    Attributes:
        image: The page, RGB, drawn on in place.
        fields: What was printed so far, by path.
        words: Every piece of text printed so far, with the box of its ink.
    """

    def __init__(self, image: Image.Image, dpi: int) -> None:
        self.image = image
        self.dpi = dpi
        self.fields: dict[str, PrintedField] = {}
        self.words: list[tuple[str, Box]] = []
        self._draw = ImageDraw.Draw(image)

    @property
    def width_mm(self) -> float:
        """Width of the paper."""
        return self.image.width * MM_PER_INCH / self.dpi

    @property
    def height_mm(self) -> float:
        """Height of the paper."""
        return self.image.height * MM_PER_INCH / self.dpi

    def px(self, length_mm: float) -> float:
        """Convert millimetres to pixels."""
        return length_mm * self.dpi / MM_PER_INCH

    def line_height_mm(self, style: Style) -> float:
        """Return the distance of two base lines."""
        return style.size_pt * LINE_SPACING * MM_PER_INCH / POINTS_PER_INCH

    def text_width_mm(self, text: str, style: Style) -> float:
        """Measure a short text that is not wrapped."""
        return self._font(Span(text), style).getlength(text) * MM_PER_INCH / self.dpi

    def height_of(self, spans: Sequence[Span], style: Style, *, width_mm: float, indent_mm: float = 0.0) -> float:
        """Measure a paragraph without printing it, in millimetres."""
        return len(self._wrap(spans, style, self.px(width_mm), self.px(indent_mm))) * self.line_height_mm(style)

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
        """Print a wrapped paragraph.

        Args:
            spans: The text.
            style: Its look; a span may differ in weight and slant.
            column: Where it runs.
            y_mm: Top of the first line.
            indent_mm: Extra room before the first line.
            leaders: Dotted line "after" the last word, "under" the last line, or "none".

        Returns:
            The top of the next line, in millimetres.
        """
        runs = [Span(spans)] if isinstance(spans, str) else list(spans)
        width = self.px(column.width_mm)
        lines = self._wrap(runs, style, width, self.px(indent_mm))
        height = self.px(self.line_height_mm(style))
        left, top = self.px(column.x_mm), self.px(y_mm)
        for number, line in enumerate(lines):
            slack = width - line.width - line.indent
            x = left + line.indent + {"left": 0.0, "centre": slack / 2, "right": slack}[column.align]
            baseline = top + number * height + 0.78 * height
            if number == len(lines) - 1:
                self._dot_leaders(leaders, x, x + line.width, left + width, baseline)
            self._print_line(line, style, x, baseline)
        return y_mm + len(lines) * self.line_height_mm(style)

    def rule(self, points_mm: Sequence[tuple[float, float]], *, width_mm: float = 0.2, colour: Colour = BLACK) -> None:
        """Draw straight lines through points."""
        self._draw.line(
            [(self.px(x), self.px(y)) for x, y in points_mm], fill=colour, width=max(1, round(self.px(width_mm)))
        )

    def paste(self, picture: Image.Image, *, x_mm: float, y_mm: float, fields: Mapping[str, str] | None = None) -> None:
        """Put a picture on the sheet (its own alpha counts) and note the fields it shows."""
        x, y = round(self.px(x_mm)), round(self.px(y_mm))
        self.image.paste(picture, (x, y), picture if picture.mode == "RGBA" else None)
        for path, value in (fields or {}).items():
            self._note(path, value, Box(x, y, picture.width, picture.height))

    def _wrap(self, spans: Sequence[Span], style: Style, width: float, indent: float) -> list[_Line]:
        lines: list[_Line] = []
        words: list[Word] = []
        used, room_taken = 0.0, indent
        for word in self._words(spans, style):
            word_width = sum(fragment.width for fragment in word)
            space = words[-1][-1].space if words else 0.0
            if words and room_taken + used + space + word_width > width:
                lines.append(_Line(words=tuple(words), indent=room_taken, width=used))
                words, used, room_taken, space = [], 0.0, 0.0, 0.0
            words.append(word)
            used += space + word_width
        lines.append(_Line(words=tuple(words), indent=room_taken, width=used))
        return lines

    def _words(self, spans: Sequence[Span], style: Style) -> list[Word]:
        """Split spans at blanks; pieces of several spans without a blank between them stay one word."""
        words: list[Word] = []
        current: list[_Fragment] = []
        for span in spans:
            font = self._font(span, style)
            space = font.getlength(" ")
            for number, piece in enumerate(span.text.split(" ")):
                if number and current:
                    words.append(tuple(current))
                    current = []
                if piece:
                    text = piece.replace("\u00a0", " ")
                    current.append(_Fragment(text, span, font, font.getlength(text), space))
        if current:
            words.append(tuple(current))
        return words

    def _font(self, span: Span, style: Style) -> ImageFont.FreeTypeFont:
        bold = style.bold if span.bold is None else span.bold
        italic = style.italic if span.italic is None else span.italic
        return load_font(style.typeface.cut(bold=bold, italic=italic), style.size_pt, self.dpi)

    def _print_line(self, line: _Line, style: Style, x: float, baseline: float) -> None:
        for word in line.words:
            for fragment in word:
                self._ink(fragment, style, x, baseline)
                left, top, right, bottom = self._draw.textbbox(
                    (x, baseline), fragment.text, font=fragment.font, anchor="ls"
                )
                box = Box(int(left), int(top), int(right - left) + 1, int(bottom - top) + 1)
                self.words.append((fragment.text, box))
                for path, value in fragment.span.fields.items():
                    self._note(path, value, box, self._pen(fragment.span, style))
                x += fragment.width
            x += word[-1].space

    def _ink(self, fragment: _Fragment, style: Style, x: float, baseline: float) -> None:
        if style.pen == LASER:
            self._draw.text((x, baseline), fragment.text, font=fragment.font, fill=style.colour, anchor="ls")
            return
        mask, left, top = ink_mask(fragment.text, fragment.font, style.pen, (x, baseline), self.dpi)
        self.image.paste(style.colour, (left, top), mask)

    def _pen(self, span: Span, style: Style) -> str:
        """Return what a run of text is written with."""
        del span
        return style.pen

    def _note(self, path: str, value: str, box: Box, pen: str = LASER) -> None:
        known = self.fields.get(path)
        if known is None:
            self.fields[path] = PrintedField(value=value, box=box, pen=pen)
        elif known.value == value:
            pen = known.pen if known.pen == pen else LASER
            self.fields[path] = replace(known, box=known.box.joined(box), pen=pen)
        else:
            raise ValueError(f"{path} is printed with two values: {known.value!r} and {value!r}")

    def _dot_leaders(self, kind: str, start: float, end: float, border: float, baseline: float) -> None:
        if kind == "none":
            return
        x = end + self.px(1.5) if kind == "after" else start
        pitch, radius = self.px(1.05), self.px(0.11)
        y = baseline + (self.px(0.5) if kind == "under" else -radius)
        while x < border:
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(96, 84, 90))
            x += pitch
