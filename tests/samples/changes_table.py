"""The table of changes: two columns since 2009, three before, rows over as many pages as there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.samples.blocks import glue_unit, inked
from tests.samples.changes import Change
from tests.samples.look import Look
from tests.samples.ornaments import SignaturePlace, stamp_and_sign
from tests.samples.phrases import Words
from tests.samples.sheet import Column, Sheet, Span, Style

SIGNATURE_MM = 23.0
NARROW_SIGNATURE_MM = 17.0
DATE_SHARE = 0.17


@dataclass(frozen=True, kw_only=True)
class ChangesTable:
    """The frame of the table of changes on one page.

    Attributes:
        dated: Whether the date has a column of its own, as before 2009.
        pen: What rows are written with; None is the office's printer.
        small: Whether rows are set tighter, where a page has little room.
    """

    x_mm: float
    top_mm: float
    bottom_mm: float
    width_mm: float
    dated: bool = False
    pen: Style | None = None
    small: bool = False

    @property
    def date_mm(self) -> float:
        """Width of the column of dates."""
        return DATE_SHARE * self.width_mm if self.dated else 0.0

    @property
    def split_mm(self) -> float:
        """Where the last column begins, from the left border."""
        return (0.6 if self.dated else 0.52) * self.width_mm

    @property
    def dates(self) -> Column:
        """The column of dates."""
        return Column(x_mm=self.x_mm + 1, width_mm=self.date_mm - 2, align="centre")

    @property
    def left(self) -> Column:
        """The column of contents."""
        return Column(x_mm=self.x_mm + self.date_mm + 2, width_mm=self.split_mm - self.date_mm - 4)

    @property
    def right(self) -> Column:
        """The column of confirmations."""
        return Column(x_mm=self.x_mm + self.split_mm + 2, width_mm=self.width_mm - self.split_mm - 4, align="centre")

    @property
    def signature_mm(self) -> float:
        """Room for a signature."""
        return NARROW_SIGNATURE_MM if self.small or self.dated else SIGNATURE_MM


Rows = list[tuple[int, Change]]


def print_changes(
    sheet: Sheet, table: ChangesTable, changes: Sequence[tuple[int, Change]], look: Look, words: Words, rng: Random
) -> Rows:
    """Print the frame, the heads and as many rows as fit; returns the rows left over."""
    y = _print_frame(sheet, table, look, words)
    rest = list(changes)
    while rest:
        height = _row_height(sheet, table, rest[0][1], look)
        if y + height > table.bottom_mm:
            break
        _print_row(sheet, table, *rest.pop(0), look, words, rng, y)
        y += height
    return rest


def _print_frame(sheet: Sheet, table: ChangesTable, look: Look, words: Words) -> float:
    """Print lines and heads; returns the top of the first row."""
    head = look.heading(11.5 if not table.dated else 10.5)
    x, top, right, bottom = table.x_mm, table.top_mm, table.x_mm + table.width_mm, table.bottom_mm
    heads = [(words("changes_text"), table.left), (words("changes_by"), table.right)]
    if table.dated:
        heads.insert(0, (words("changes_on"), table.dates))
    ends = [sheet.write(text, head, column.centred(), top + 1.5) for text, column in heads]
    y = max(ends) + 1.5
    sheet.rule([(x, top), (right, top), (right, bottom), (x, bottom), (x, top)])
    for border in (table.right.x_mm - 2, *([table.left.x_mm - 2] if table.dated else [])):
        sheet.rule([(border, top), (border, bottom)])
    sheet.rule([(x, y), (right, y)])
    return y


def _styles(table: ChangesTable, look: Look) -> tuple[Style, Style]:
    if table.small or table.dated:
        return look.body(10.0), look.heading(8.5)
    return look.body(11.0), look.heading(9.5)


def _row_height(sheet: Sheet, table: ChangesTable, change: Change, look: Look) -> float:
    body, office = _styles(table, look)
    left = sheet.height_of(inked(_text_spans(0, change), table.pen), body, width_mm=table.left.width_mm)
    lines = sheet.height_of([Span(glue_unit(change.office))], office, width_mm=table.right.width_mm)
    day = 0 if table.dated else sheet.line_height_mm(body)
    right = lines + day + 2 * sheet.line_height_mm(office) + table.signature_mm
    return max(left, right) + (3 if table.small or table.dated else 5)


def _print_row(
    sheet: Sheet,
    table: ChangesTable,
    number: int,
    change: Change,
    look: Look,
    words: Words,
    rng: Random,
    top_mm: float,
) -> None:
    body, office = _styles(table, look)
    path = f"changes[{number}]"
    sheet.write(inked(_text_spans(number, change), table.pen), body, table.left, top_mm + 2)
    day = inked([Span(words.written(change.on), {f"{path}.on": change.on.isoformat()})], table.pen)
    y = top_mm + 2
    if table.dated:
        sheet.write(day, body, table.dates, y)
    else:
        y = sheet.write([Span(words("change_day")), *day], replace(body, italic=True), table.right, y)
    y = sheet.write([Span(glue_unit(change.office), {f"{path}.confirmed_by": change.office})], office, table.right, y)
    y = sheet.write(change.title, office, table.right, y)
    middle = table.right.x_mm + table.right.width_mm / 2
    room = table.signature_mm
    place = SignaturePlace(
        x_mm=middle, y_mm=y + room / 2 + 2, width_mm=min(42, room * 1.9), stamp_mm=min(29, room * 1.3)
    )
    stamp_and_sign(sheet, rng, place, seal=change.office, typeface=look.form)
    sheet.write(change.signer, office, table.right, y + room)


def _text_spans(number: int, change: Change) -> list[Span]:
    """Return the text of a change; some pieces of it fill paths of their own as well."""
    whole = {f"changes[{number}].text": change.text}
    return [
        Span(piece.text, {**whole, **{path.format(change=number): value for path, value in piece.fields.items()}})
        for piece in change.pieces
    ]
