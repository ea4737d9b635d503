"""The four pages of the 1993 model: red cover with its number, a list of plots, plan and signature, changes.

Source: circulars 302-TT/ĐKTK (1989) and 346/1998/TT-TCĐC as described by offices. Two forms are in circulation: a
list of plots under the holder, and headings I to V like the 2003 model; the second is printed for single plots.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.samples import blocks, layout_2003, old_paper, parcel_lines
from tests.samples.blocks import Paragraph, inked
from tests.samples.certificate import Certificate
from tests.samples.look import Look
from tests.samples.numbers import printed_area
from tests.samples.office import Filled
from tests.samples.old_paper import TEXT
from tests.samples.parcels import total_area
from tests.samples.phrases import Words
from tests.samples.sheet import Column, Sheet, Span, Style
from tests.samples.tables import Cell, Grid, grid_height, print_grid

TABLE = Column(x_mm=16.0, width_mm=158.0)
HEADED_SHARE = 0.45


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print the four pages, and supplementary ones where the changes need them."""
    words = Words(world=certificate.world, habit=look.habit)
    pen = old_paper.draw_pen(rng, certificate.model, look)
    sheets = old_paper.blank_sheets(certificate, look, rng, dpi)
    old_paper.print_cover(sheets[0], certificate, look, words)
    if len(certificate.parcels) == 1 and words.chance("headed") < HEADED_SHARE:
        layout_2003.print_inner_left(sheets[1], certificate, look, words, rng, pen)
        layout_2003.print_inner_right(sheets[2], certificate, look, words, rng, pen)
    else:
        _print_list(sheets[1], certificate, look, words, pen)
        _print_plan(sheets[2], certificate, look, words, rng, pen)
    more = old_paper.print_changes_page(sheets[3], certificate, look, words, rng, pen)
    return [(f"certificate_{number}", sheet) for number, sheet in enumerate(sheets, start=1)] + more


def _print_list(sheet: Sheet, certificate: Certificate, look: Look, words: Words, pen: Style) -> None:
    """Print page 2 with the list of plots, as large as it fits."""
    top = old_paper.print_authority(sheet, certificate, look, 16) + 3
    best = blocks.largest_look(
        look, lambda tried: _print_body(sheet, certificate, tried, words, pen, None) <= 246 - top
    )
    _print_body(sheet, certificate, best, words, pen, top)


def _print_body(
    sheet: Sheet, certificate: Certificate, look: Look, words: Words, pen: Style, y_mm: float | None
) -> float:
    pen = old_paper.sized(pen, look.body_pt)
    parcels = certificate.parcels
    total = Span(printed_area(total_area(parcels)))
    lines = [
        *(inked(line, pen) for line in old_paper.owner_lines(certificate, look, words)),
        [Span(words.label("right_a")), *_in(pen, total), Span(" m² đất")],
        [Span(words.label("place_a")), *inked(parcel_lines.address_spans(parcels), pen)],
        [Span(words("list_a"))],
    ]
    paragraphs = [Paragraph(spans=spans, style=look.body(), leaders=look.leaders, gap_mm=0.8) for spans in lines]
    grid = _table(certificate, words, pen)
    style = look.body(look.body_pt * 0.9)
    if y_mm is None:
        height = blocks.flow_height(sheet, paragraphs, width_mm=TEXT.width_mm)
        return height + grid_height(sheet, grid, style, width_mm=TABLE.width_mm) + 2
    y = blocks.flow(sheet, paragraphs, TEXT, y_mm)
    return print_grid(sheet, grid, style, TABLE, y + 2)


def _table(certificate: Certificate, words: Words, pen: Style) -> Grid:
    rows = []
    for at, parcel in enumerate(certificate.parcels):
        sheet, number = parcel_lines.number_spans(parcel, at)
        cells = [
            sheet,
            number,
            parcel_lines.area_cell(parcel, at),
            parcel_lines.purpose_spans(parcel, at, words, coded=False, with_code=False),
            parcel_lines.term_spans(parcel, at, words),
            _in(pen, Span(parcel.remark)),
        ]
        rows.append([Cell(spans=inked(spans, pen)) for spans in cells])
    total = _in(pen, Span(printed_area(total_area(certificate.parcels))))
    empty = [Cell(spans=[Span("")])] * 3
    last = [Cell(spans=[Span(words("total"), bold=True)], span=2), Cell(spans=total), *empty]
    blank = [Cell(spans=[Span("")])] * 6
    filler = [blank] * max(0, int(words.chance("empty rows") * 6) - len(rows))
    keys = ("map_a", "number_a", "area_a", "purpose_a", "term_a", "extra_a")
    grid = Grid(
        heads=tuple(words(key) for key in keys), shares=(1.0, 1.0, 1.25, 1.7, 1.5, 1.5), rows=[*rows, *filler, last]
    )
    return parcel_lines.numbered_rows(grid, words, len(certificate.parcels))


def _in(pen: Style, span: Span) -> list[Span]:
    """Write a span that fills no path in the pen as well."""
    return [Filled(span.text, span.fields, span.bold, span.italic, pen)]


def _print_plan(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, pen: Style) -> None:
    """Print page 3: the plan, the date and signature, and where it was registered."""
    sheet.write(words("plan_a"), look.heading(13), TEXT.centred(), 16)
    old_paper.print_sketch(sheet, certificate, look, words, rng, 28)
    column = replace(TEXT, x_mm=84, width_mm=92)
    placeless = words.chance("placeless") < 0.7
    bottom = blocks.print_signature(sheet, certificate, look, rng, column, 160, pen=pen, placeless=placeless)
    old_paper.print_register(sheet, certificate, look, words, pen, max(bottom + 2, 226))
