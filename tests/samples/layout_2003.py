"""The four pages of the 2003 model: red cover, two yellowish inner pages with headings I to V, white page of changes.

Source: decisions 24/2004/QĐ-BTNMT and 08/2006/QĐ-BTNMT. The second form of the 1993 model has the same headings and
is printed here too, with fewer lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.samples import asset_lines, blocks, old_paper, parcel_lines
from tests.samples.assets import SECTIONS
from tests.samples.blocks import Paragraph, inked
from tests.samples.certificate import Certificate
from tests.samples.look import Look
from tests.samples.numbers import printed_area
from tests.samples.office import SQUARE_METRES, Filled
from tests.samples.old_paper import TEXT
from tests.samples.parcels import Parcel
from tests.samples.phrases import Words
from tests.samples.sheet import Sheet, Span, Style
from tests.samples.tables import Cell, Grid, grid_height, print_grid
from tests.samples.worlds import SCORING

INNER_MM = 205.0
INNER_TOP_MM = 48.0
OWN, SHARED = parcel_lines.OWN, parcel_lines.SHARED
NUMBERED = tuple(f"{number}. " for number in (1, 3, 4, 5, 6, 7, 8))
MARKS = (
    NUMBERED,
    tuple(f"{number}) " for number in range(1, 8)),
    tuple(f"{letter}) " for letter in "abcdđeg"),
    ("+ ",) * 7,
    ("",) * 7,
)
SPACED = "\u00a0\u00a0 "


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print the four pages, and supplementary ones where the changes need them."""
    words = Words(world=certificate.world, habit=look.habit)
    pen = old_paper.draw_pen(rng, certificate.model, look)
    sheets = old_paper.blank_sheets(certificate, look, rng, dpi)
    old_paper.print_cover(sheets[0], certificate, look, words)
    print_inner_left(sheets[1], certificate, look, words, rng, pen)
    print_inner_right(sheets[2], certificate, look, words, rng, pen)
    more = old_paper.print_changes_page(sheets[3], certificate, look, words, rng, pen)
    return [(f"certificate_{number}", sheet) for number, sheet in enumerate(sheets, start=1)] + more


def print_inner_left(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, pen: Style) -> None:
    """Print page 2: authority and headings I to IV, as large as they fit."""
    top = old_paper.print_authority(sheet, certificate, look, 14) + 2
    seed = rng.randrange(2**32)
    best = blocks.largest_look(
        look,
        lambda tried: _print_body(sheet, certificate, tried, words, Random(seed), pen, None) <= 248 - top,
    )
    _print_body(sheet, certificate, best, words, Random(seed), pen, top)


def print_inner_right(
    sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, pen: Style
) -> None:
    """Print page 3: the plan, below it register number and signature."""
    sheet.write(words("plan_b"), look.heading(12.5), TEXT, 14)
    old_paper.print_sketch(sheet, certificate, look, words, rng, 24)
    column = replace(TEXT, x_mm=84, width_mm=92)
    bottom = blocks.print_signature(
        sheet, certificate, look, rng, column, 158, pen=pen, placeless=words.chance("placeless") < 0.6
    )
    old_paper.print_register(sheet, certificate, look, words, pen, max(bottom + 2, 226))


def _print_body(
    sheet: Sheet,
    certificate: Certificate,
    look: Look,
    words: Words,
    rng: Random,
    pen: Style,
    y_mm: float | None,
) -> float:
    """Print headings I to IV from a height on, or only measure them."""
    pen = old_paper.sized(pen, look.body_pt)
    body, heading = look.body(), look.heading()
    people = [Paragraph(spans=inked(line, pen), style=body) for line in old_paper.owner_lines(certificate, look, words)]
    before = [Paragraph(spans=[Span(words("owners_b"))], style=heading), *people]
    before.append(Paragraph(spans=[Span(words("parcel_b"))], style=heading, gap_mm=1))
    grid: Grid | None = None
    if len(certificate.parcels) > 1:
        grid = table_of_parcels(certificate.parcels, words, rng, pen)
    else:
        lines = _lines_of_parcel(certificate, look, words, rng)
        before += [Paragraph(spans=inked(spans, pen), style=body, leaders=look.leaders) for spans in lines]
    after = [
        Paragraph(spans=[Span(words("assets_b"))], style=heading, gap_mm=1),
        *(Paragraph(spans=inked(spans, pen), style=body) for spans in _asset_lines(certificate, words)),
        Paragraph(spans=[Span(words("note_b"))], style=heading, gap_mm=1),
        Paragraph(spans=inked(blocks.note_spans(certificate.note, words("none")), pen), style=body),
    ]
    table = look.body(look.body_pt * 0.78)
    if y_mm is None:
        height = blocks.flow_height(sheet, [*before, *after], width_mm=TEXT.width_mm)
        return height + (grid_height(sheet, grid, table, width_mm=TEXT.width_mm) + 1 if grid else 0)
    y = blocks.flow(sheet, before, TEXT, y_mm)
    y = print_grid(sheet, grid, table, TEXT, y + 1) if grid else y
    return blocks.flow(sheet, after, TEXT, y)


def _lines_of_parcel(certificate: Certificate, look: Look, words: Words, rng: Random) -> list[list[Span]]:
    parcel = certificate.parcels[0]
    sheet, number = parcel_lines.number_spans(parcel, 0)
    area = [
        Span(words.label("area")),
        *parcel_lines.parcel_area_spans(parcel, 0),
        Span(f"{SPACED}{_upper(words.label('area_words'))}"),
        *parcel_lines.words_spans(parcel, 0, words),
    ]
    first = [Span(words.label("parcel_number_b")), *number, Span(f"{SPACED}{_second(words, 'sheet_b', 2)}"), *sheet]
    if parcel.is_forest_plot and words.chance("forest line") < 0.7:
        first = parcel_lines.forest_spans(parcel, 0, words)
    elif words.own("sheet first", ((False,), (False,), (True, False, False))):
        first = [Span(words.label("sheet_b")), *sheet, Span(f"{SPACED}{words.label('parcel_number_b')}"), *number]
    lines = [
        first,
        [Span(words.label("address")), Span(parcel.address, {"parcels[0].address": parcel.address})],
        area,
    ]
    if certificate.model != "1993":
        lines.append([Span(words.label("form")), *_form_spans(parcel, words)])
    with_code = certificate.model != "1993"
    lines += [
        [Span(words.label("purpose")), *parcel_lines.purpose_spans(parcel, 0, words, coded=False, with_code=with_code)],
        [Span(words.label("term")), *parcel_lines.term_spans(parcel, 0, words)],
    ]
    if certificate.model != "1993":
        lines.append([Span(words.label("origin")), *parcel_lines.draw_origin_spans(parcel, 0, words, rng)])
    marks = words.pick("marks of 2003", MARKS)
    if words.world != SCORING:
        marks = NUMBERED if words.chance("numbered") < 0.7 else ("- ",) * len(lines)
    return [[Span(mark), *spans] for mark, spans in zip(marks, lines, strict=False)]


def _second(words: Words, key: str, number: int) -> str:
    mark = f"{number}. " if words.chance("numbered") < 0.7 else ""
    return mark + words.label(key)


def _form_spans(parcel: Parcel, words: Words) -> list[Span]:
    """Return both areas, each after its plus sign; the one that is filled in says the form."""
    spans: list[Span] = []
    uses = list(enumerate(parcel.uses))
    mixed = len({use.form for use in parcel.uses}) > 1
    for key, form in (("private_b", OWN), ("shared_b", SHARED)):
        own = [(at, use) for at, use in uses if use.form == form]
        said = {f"parcels[0].uses[{at}].form": form for at, _ in own}
        area = parcel.area_in(form)
        if mixed:
            said[f"parcels[0].uses[{own[0][0]}].area_m2"] = str(area)
        spans += [Span(f"{SPACED}" if spans else ""), Span(f"+ {words(key)}{words.colon} ")]
        spans += [Filled(printed_area(area) if own else _no_area(words), said), Span(SQUARE_METRES)]
    return spans


def table_of_parcels(parcels: Sequence[Parcel], words: Words, rng: Random, pen: Style) -> Grid:
    """Return the table that takes the place of the lines where there are several plots."""
    heads = (
        words.head("sheet_b"),
        words.head("parcel_number_b"),
        words("head_address"),
        words("head_own"),
        words("head_shared"),
        words.head("purpose"),
        words.head("term"),
        words.head("origin"),
    )
    rows = []
    for at, parcel in enumerate(parcels):
        sheet, number = parcel_lines.number_spans(parcel, at)
        form = parcel.uses[0].form
        said = {f"parcels[{at}].uses[{index}].form": form for index in range(len(parcel.uses))}
        area = [replace(span, fields={**span.fields, **said}) for span in parcel_lines.area_cell(parcel, at)]
        cells = [
            sheet,
            number,
            [Span(parcel.address, {f"parcels[{at}].address": parcel.address})],
            area if form == OWN else [Span("-")],
            area if form == SHARED else [Span("-")],
            parcel_lines.purpose_spans(parcel, at, words, coded=False),
            parcel_lines.term_spans(parcel, at, words),
            parcel_lines.draw_origin_spans(parcel, at, words, rng),
        ]
        rows.append([Cell(spans=inked(spans, pen)) for spans in cells])
    grid = Grid(heads=heads, shares=(0.9, 0.9, 2.2, 1.3, 1.0, 2.0, 1.7, 2.5), rows=_sized(rows, pen))
    return parcel_lines.numbered_rows(grid, words, len(parcels))


def _sized(rows: list[list[Cell]], pen: Style) -> list[list[Cell]]:
    """Return cells in the smaller pen of tables."""
    small = replace(pen, size_pt=pen.size_pt * 0.8)
    return [[replace(cell, spans=inked(cell.spans, small)) for cell in row] for row in rows]


def _asset_lines(certificate: Certificate, words: Words) -> list[list[Span]]:
    lines = [
        asset_lines.section_spans(found, words)
        for section in SECTIONS
        if (found := asset_lines.in_section(certificate.assets, section))
    ]
    return lines or [[Span(words("none"))]]


def _no_area(words: Words) -> str:
    return words.own("no area 2003", (("không",), ("không",), ("không", "0", "...")))


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
