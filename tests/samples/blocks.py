"""Parts that all models print: paragraphs that share a page, areas, notes, the signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.samples.certificate import Certificate
from tests.samples.look import Look
from tests.samples.numbers import printed_area
from tests.samples.office import SQUARE_METRES, Filled
from tests.samples.ornaments import SignaturePlace, stamp_and_sign
from tests.samples.phrases import Words
from tests.samples.sheet import Column, Sheet, Span, Style
from tests.samples.wording import Note

NOTHING = "-/-"
NOTICE = (
    "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong "
    "Giấy chứng nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp Giấy."
)
SMALLEST_PT = 8.0
LAST_UNIT = re.compile(r"(.*?)((?:TỈNH|HUYỆN|THỊ XÃ|THÀNH PHỐ|XÃ|PHƯỜNG) )(.*)")
# Paths that are said by a word of the form, not by what is filled in.
SAID_BY_THE_FORM = re.compile(r".*\.(kind|legal_form|role|sex|model|reason)")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph waiting for its place on a page."""

    spans: Sequence[Span]
    style: Style
    indent_mm: float = 0.0
    leaders: str = "none"
    gap_mm: float = 0.0


def flow(sheet: Sheet, paragraphs: Sequence[Paragraph], column: Column, y_mm: float) -> float:
    """Print paragraphs one under the other and return the top of the next line."""
    for paragraph in paragraphs:
        y_mm = sheet.write(
            paragraph.spans,
            paragraph.style,
            column,
            y_mm + paragraph.gap_mm,
            indent_mm=paragraph.indent_mm,
            leaders=paragraph.leaders,
        )
    return y_mm


def flow_height(sheet: Sheet, paragraphs: Sequence[Paragraph], *, width_mm: float) -> float:
    """Measure paragraphs without printing them."""
    return sum(
        paragraph.gap_mm
        + sheet.height_of(paragraph.spans, paragraph.style, width_mm=width_mm, indent_mm=paragraph.indent_mm)
        for paragraph in paragraphs
    )


def largest_look(look: Look, fits: Callable[[Look], bool]) -> Look:
    """Return the look in the office's size, or in the largest smaller one that fits."""
    size_pt = look.body_pt
    while not fits(replace(look, body_pt=size_pt)) and size_pt > SMALLEST_PT:
        size_pt -= 0.5
    return replace(look, body_pt=size_pt)


def largest_that_fits(
    sheet: Sheet,
    compose: Callable[[Look], list[Paragraph]],
    look: Look,
    column: Column,
    *,
    height_mm: float,
) -> list[Paragraph]:
    """Compose paragraphs in the office's size, or in the largest smaller one that fits the height."""
    best = largest_look(look, lambda tried: flow_height(sheet, compose(tried), width_mm=column.width_mm) <= height_mm)
    return compose(best)


def inked(spans: Sequence[Span], pen: Style | None) -> list[Span]:
    """Write what is filled in with a pen of its own; the words of the form stay as they are."""
    if pen is None:
        return list(spans)
    return [
        Filled(span.text, span.fields, span.bold, span.italic, pen)
        if isinstance(span, Filled) or any(not SAID_BY_THE_FORM.fullmatch(path) for path in span.fields)
        else span
        for span in spans
    ]


def area_spans(area: Decimal, *paths: str) -> list[Span]:
    """Return an area with its unit, filling the given paths."""
    return [Span(printed_area(area), dict.fromkeys(paths, str(area))), Span(SQUARE_METRES)]


def note_spans(note: Note | None, nothing: str = NOTHING) -> list[Span]:
    """Return the note, or the mark for nothing."""
    if note is None:
        return [Span(nothing)]
    fields = {"certificate.notes": note.text}
    if note.replaces is None:
        return [Span(note.text, fields)]
    before, _, after = note.text.partition(note.replaces)
    return [
        Span(before, fields),
        Span(note.replaces, {**fields, "certificate.replaces": note.replaces}),
        Span(after, fields),
    ]


def print_signature(
    sheet: Sheet,
    certificate: Certificate,
    look: Look,
    rng: Random,
    column: Column,
    y_mm: float,
    *,
    pen: Style | None = None,
    placeless: bool = False,
) -> float:
    """Print the block from place and date down to the signer's name; returns its lower end.

    Args:
        sheet: The page.
        certificate: Says who and when.
        look: The office.
        rng: Shapes stamp and signature.
        column: Where, and how wide.
        y_mm: Top.
        pen: What date and signer are written with.
        placeless: Whether the date stands without the place.
    """
    signature, day = certificate.signature, certificate.issued_on
    words = Words(world=certificate.world, habit=look.habit)
    text = f"ngày {words.signing_date(day)}"
    issued = Span(text[0].upper() + text[1:] if placeless else text, {"certificate.issued_on": day.isoformat()})
    where = [] if placeless else [Span(f"{signature.place}, ")]
    body, heading = look.body(min(look.body_pt, 12.5)), look.heading(min(max(look.body_pt, 10.0), 12.0))
    column = column.centred()
    y = sheet.write(inked([*where, issued], pen), replace(body, italic=True), column, y_mm)
    for line in signature.organisation:
        y = sheet.write(_authority_spans(line, signature.issuer, words("for_committee")), heading, column, y)
    for line in signature.capacity:
        capacity = line.replace("KT. ", words("for_head")).replace("TUQ. ", words("by_order"))
        y = sheet.write(capacity, heading, column, y)
    y = sheet.write([Span(signature.title, {"certificate.signer_title": signature.title})], heading, column, y)
    middle = column.x_mm + column.width_mm / 2
    stamp_and_sign(
        sheet, rng, SignaturePlace(x_mm=middle, y_mm=y + 15, width_mm=54), seal=signature.seal, typeface=look.form
    )
    signer = [Span(signature.signer, {"certificate.signer": signature.signer})]
    return sheet.write(inked(signer, pen), heading, column, y + 29)


def _authority_spans(line: str, issuer: str, opener: str) -> list[Span]:
    """Return a line of the authority; the name of its unit stays on one line, "TM." is not part of the name."""
    fields = {"certificate.issuer": issuer}
    glued = glue_unit(line.removeprefix("TM. "))
    return [Span(opener), Span(glued, fields)] if line.startswith("TM. ") else [Span(glued, fields)]


def glue_unit(text: str) -> str:
    """Keep the last unit of an authority's name together, so that a long name breaks before it."""
    match = LAST_UNIT.fullmatch(text)
    if match is None or " - " in text:
        return text
    head, unit, name = match.groups()
    return str(head) + f"{unit}{name}".replace(" ", "\u00a0")
