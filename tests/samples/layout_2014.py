"""The four pages of the 2009 and 2014 models, 190 x 265 mm each.

Source: layouts of circulars 17/2009/TT-BTNMT and 23/2014/TT-BTNMT: owners on page 1, parcels and signature on page 2,
plan and changes on page 3, changes, notice and bar code on page 4. The 2009 model gives the areas of one's own and
shared use, and more often a table of its parcels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.samples import asset_lines, blocks, parcel_lines
from tests.samples.assets import FOREST, HOME, TREES, WORKS
from tests.samples.blocks import Paragraph
from tests.samples.certificate import Certificate
from tests.samples.changes_table import ChangesTable, Rows, print_changes
from tests.samples.codes import draw_barcode
from tests.samples.fonts import free_serif
from tests.samples.look import Look
from tests.samples.office import OfficeSheet, spelling_of
from tests.samples.old_paper import PEN_BLUE
from tests.samples.ornaments import draw_emblem, emboss
from tests.samples.owner_lines import owner_paragraphs
from tests.samples.paper import draw_paper
from tests.samples.pens import HAND
from tests.samples.phrases import Words
from tests.samples.sheet import MM_PER_INCH, RED, Column, Sheet, Span, Style
from tests.samples.sketch import draw_plan, print_coordinates, print_plan
from tests.samples.supplement import print_supplement
from tests.samples.tables import Grid, grid_height, print_grid

WIDTH_MM, HEIGHT_MM = 190.0, 265.0
TEXT = Column(x_mm=19.0, width_mm=154.0)
WIDE = Column(x_mm=14.0, width_mm=162.0, align="centre")
TABLE = Column(x_mm=14.0, width_mm=163.0)
PARCEL_TOP_MM, PARCEL_MM = 14.0, 152.0
OWNERS_MM = 112.0
TABLE_PT_LESS = 2.0
LISTED_USES = 0.25
BY_CIRCULAR = ("parcel", "address", "area", "form", "purpose", "term", "origin")
FORM_LATE = ("parcel", "address", "area", "purpose", "term", "form", "origin")
ORDERS = (
    (*(BY_CIRCULAR,) * 6, FORM_LATE),
    (*(BY_CIRCULAR,) * 6, FORM_LATE),
    (
        *(BY_CIRCULAR, BY_CIRCULAR, FORM_LATE),
        ("parcel", "area", "form", "address", "purpose", "term", "origin"),
        ("parcel", "area", "purpose", "origin", "form", "term", "address"),
        ("address", "parcel", "area", "purpose", "form", "term", "origin"),
    ),
)
BRACKETS = (((", (", ")"),), ((", (", ")"),), ((" (", ")"), ("; ", ""), (". ", "./."), (", (", ")")))
BETWEEN_NUMBERS = ((", ",), (", ",), (", ", "; ", " - ", "\u00a0\u00a0\u00a0 "))
# How often the changes are written by hand: offices printed them late.
CHANGES_BY_HAND = {"2009": 0.35, "2014": 0.06}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A paragraph or a table of page 2."""

    paragraph: Paragraph | None = None
    grid: Grid | None = None
    gap_mm: float = 0.0


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print the four pages, and a supplementary page where the changes need it; returns kinds and sheets."""
    tint = rng.randrange(2**32)
    spell = spelling_of(look.habit, certificate.world)
    words = Words(world=certificate.world, habit=look.habit)
    sheets = [
        OfficeSheet(
            draw_paper(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi, frame=number == 0), dpi, spell
        )
        for number in range(4)
    ]
    _print_page_1(sheets[0], certificate, look, words, rng)
    _print_page_2(sheets[1], certificate, look, words, rng)
    rest = _print_page_3(sheets[2], certificate, look, words, rng)
    rest = _print_page_4(sheets[3], certificate, look, words, rng, rest)
    pages: list[tuple[str, Sheet]] = [(f"certificate_{number}", sheet) for number, sheet in enumerate(sheets, start=1)]
    return pages + print_supplement(certificate, look, words, rng, dpi, rest)


def _print_page_1(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random) -> None:
    y = _print_title(sheet, certificate, look)
    y = sheet.write(words("owners_c"), look.heading(12.5), TEXT, y + 6)
    paragraphs = blocks.largest_that_fits(
        sheet,
        lambda fitting: owner_paragraphs(certificate, fitting, words, full=True),
        look,
        TEXT,
        height_mm=238 - y - 3,
    )
    blocks.flow(sheet, paragraphs, TEXT, y + 2)
    if rng.random() < 0.6:
        emboss(sheet, x_mm=24, y_mm=212)
    serial = Span(certificate.serial, {"certificate.serial": certificate.serial})
    corner = Column(x_mm=110, width_mm=60, align="right")
    sheet.write([serial], replace(look.heading(17), colour=RED), corner, 240)


def _print_title(sheet: Sheet, certificate: Certificate, look: Look) -> float:
    """Print everything above section I and return its lower end."""
    heading = look.heading(13)
    y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", heading, WIDE, 17)
    y = sheet.write("Độc lập - Tự do - Hạnh phúc", heading, WIDE, y)
    sheet.rule([(66, y + 0.6), (124, y + 0.6)], width_mm=0.3)
    sheet.paste(draw_emblem(33, sheet.dpi), x_mm=(WIDTH_MM - 33) / 2, y_mm=y + 6)
    title = [Span("GIẤY CHỨNG NHẬN", {"certificate.model": certificate.model})]
    y = sheet.write(title, replace(look.heading(25), colour=RED), WIDE, y + 44)
    y = sheet.write("QUYỀN SỬ DỤNG ĐẤT", replace(look.heading(17), colour=RED), WIDE, y)
    subtitle = "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"
    return sheet.write(subtitle, replace(look.heading(13), colour=RED), WIDE, y)


def _print_page_2(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random) -> None:
    seed = rng.randrange(2**32)
    best = blocks.largest_look(
        look, lambda tried: _height(sheet, _parts(certificate, tried, words, Random(seed)), tried) <= PARCEL_MM
    )
    y = PARCEL_TOP_MM
    for part in _parts(certificate, best, words, Random(seed)):
        y += part.gap_mm
        if part.paragraph is not None:
            y = blocks.flow(sheet, [part.paragraph], TEXT, y)
        elif part.grid is not None:
            y = print_grid(sheet, part.grid, best.body(_table_pt(best)), TABLE, y)
    column = Column(x_mm=86, width_mm=92)
    bottom = blocks.print_signature(sheet, certificate, look, rng, column, max(y + 4, 150))
    number = certificate.register_number
    register = [
        Span(words.label("register_c")),
        Span(look.register(number), {"certificate.register_number": number}),
    ]
    sheet.write(register, look.body(12), TEXT, max(bottom + 1, 236))


def _table_pt(look: Look) -> float:
    return max(look.body_pt - TABLE_PT_LESS, 7.0)


def _height(sheet: Sheet, parts: Sequence[Part], look: Look) -> float:
    total = 0.0
    for part in parts:
        total += part.gap_mm
        if part.paragraph is not None:
            total += blocks.flow_height(sheet, [part.paragraph], width_mm=TEXT.width_mm)
        elif part.grid is not None:
            total += grid_height(sheet, part.grid, look.body(_table_pt(look)), width_mm=TABLE.width_mm)
    return total


def _parts(certificate: Certificate, look: Look, words: Words, rng: Random) -> list[Part]:
    heading = look.heading()
    title = Part(paragraph=Paragraph(spans=[Span(words("things_c"))], style=heading))
    first = Part(paragraph=Paragraph(spans=[Span(words("parcel_c"))], style=heading, gap_mm=0.8))
    parcels = certificate.parcels
    if len(parcels) == 1:
        land = _lines_of_parcel(certificate, 0, look, words, rng)
    elif len(parcels) <= 3 and words.chance("parcels as lines") < 0.25:
        land = [part for at in range(len(parcels)) for part in _lines_of_parcel(certificate, at, look, words, rng)]
    else:
        land = _table_of_parcels(certificate, look, words, rng)
    return [title, first, *land, *_asset_parts(certificate, look, words)]


def _table_of_parcels(certificate: Certificate, look: Look, words: Words, rng: Random) -> list[Part]:
    """Return the table, its common address before it or a column, its total with or without words after it."""
    parcels = certificate.parcels
    common = parcel_lines.common_address(parcels) is not None and words.chance("common address") < 0.4
    grid = parcel_lines.table_of_parcels(
        parcels,
        words,
        rng,
        model=certificate.model,
        with_address=not common,
        with_total=words.chance("total") < 0.5,
    )
    parts = [Part(grid=grid, gap_mm=1)]
    if common:
        spans = [Span(words.label("address")), *parcel_lines.address_spans(parcels)]
        parts.insert(0, Part(paragraph=Paragraph(spans=spans, style=look.body())))
    return parts


def _lines_of_parcel(certificate: Certificate, at: int, look: Look, words: Words, rng: Random) -> list[Part]:
    parcel = certificate.parcels[at]
    opening, closing = words.own("brackets", BRACKETS)
    detailed = certificate.model == "2009" or look.habit < 0.1
    known = {
        "parcel": parcel_lines.place_spans(parcel, at, words, words.own("between", BETWEEN_NUMBERS)),
        "address": _labelled(words, "address", [Span(parcel.address, {f"parcels[{at}].address": parcel.address})]),
        "area": [
            Span(words.label("area")),
            *parcel_lines.parcel_area_spans(parcel, at),
            Span(f"{opening}{words.label('area_words')}"),
            *parcel_lines.words_spans(parcel, at, words),
            Span(closing),
        ],
        "form": _labelled(words, "form", parcel_lines.form_spans(parcel, at, words, detailed=detailed)),
        "purpose": _labelled(words, "purpose", parcel_lines.purpose_spans(parcel, at, words, coded=False)),
        "term": _labelled(words, "term", parcel_lines.term_spans(parcel, at, words)),
        "origin": _labelled(words, "origin", parcel_lines.draw_origin_spans(parcel, at, words, rng)),
    }
    lines = [known[name] for name in words.own("order", ORDERS)]
    as_list = len(parcel.uses) > 1 and words.chance("list of uses") < LISTED_USES
    parts: list[Part] = []
    for mark, (label, *spans) in zip(words.marks, lines, strict=True):
        found = parcel_lines.items(spans) if as_list else [spans]
        texts = [[Span(mark), label, *spans]]
        if len(found) > 1:
            texts = [[Span(mark), label], *([Span("\u00a0\u00a0+ "), *item] for item in found)]
        parts += [Part(paragraph=Paragraph(spans=text, style=look.body(), leaders=look.leaders)) for text in texts]
    if len(certificate.parcels) > 1:
        name = Paragraph(
            spans=[Span(words("nth_parcel").format(at + 1))], style=replace(look.body(), italic=True), gap_mm=0.6
        )
        parts.insert(0, Part(paragraph=name))
    return parts


def _labelled(words: Words, key: str, spans: list[Span]) -> list[Span]:
    return [Span(words.label(key)), *spans]


def _asset_parts(certificate: Certificate, look: Look, words: Words) -> list[Part]:
    parts: list[Part] = []
    for key, section in (("home_c", HOME), ("works_c", WORKS), ("forest_c", FOREST), ("trees_c", TREES)):
        assets = asset_lines.in_section(certificate.assets, section)
        label = Span(f"{words(key)}: ", bold=True)
        if asset_lines.wants_table(assets, words):
            parts.append(Part(paragraph=Paragraph(spans=[label], style=look.body(), gap_mm=0.4)))
            parts.append(Part(grid=asset_lines.section_table(assets, words)))
            continue
        spans = [label, *asset_lines.section_spans(assets, words)]
        parts.append(Part(paragraph=Paragraph(spans=spans, style=look.body(), gap_mm=0.4)))
    note = [Span(f"{words('note_c')}: ", bold=True), *blocks.note_spans(certificate.note, words("none"))]
    return [*parts, Part(paragraph=Paragraph(spans=note, style=look.body(), gap_mm=0.4))]


def _print_page_3(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random) -> Rows:
    sheet.write(words("plan_c"), look.heading(12.5), TEXT, 13)
    area = certificate.parcels[0].area
    plan = draw_plan(rng, area)
    box = (TEXT.x_mm, 22.0, TEXT.width_mm, 84.0)
    print_plan(sheet, plan, look.body(10.5), box_mm=box, number=certificate.parcels[0].number, area=area)
    sheet.write(f"Tỷ lệ 1:{rng.choice((200, 500, 1000))}", look.body(10.5), TEXT, 108)
    bottom = print_coordinates(sheet, plan, look.body(9.5), Column(x_mm=62, width_mm=90), 108)
    top = sheet.write(words("changes_c"), look.heading(12.5), TEXT, bottom + 4)
    pen = _changes_pen(certificate, words)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=top + 1, bottom_mm=252, width_mm=TEXT.width_mm + 4, pen=pen)
    return print_changes(sheet, table, list(enumerate(certificate.changes)), look, words, rng)


def _changes_pen(certificate: Certificate, words: Words) -> Style | None:
    """Return the hand that wrote the changes, or None where they are printed."""
    if words.chance("changes by hand") >= CHANGES_BY_HAND[certificate.model]:
        return None
    return Style(typeface=free_serif(), size_pt=11.5, italic=True, colour=PEN_BLUE, pen=HAND)


def _print_page_4(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, changes: Rows) -> Rows:
    pen = _changes_pen(certificate, words)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=14, bottom_mm=208, width_mm=TEXT.width_mm + 4, pen=pen)
    rest = print_changes(sheet, table, changes, look, words, rng)
    sheet.write(blocks.NOTICE, replace(look.body(11), italic=True), TEXT, 212)
    bars = draw_barcode(certificate.barcode, width_mm=48, height_mm=9, dpi=sheet.dpi)
    sheet.paste(bars, x_mm=122, y_mm=236)
    digits = [Span(certificate.barcode, {"certificate.barcode": certificate.barcode})]
    column = Column(x_mm=122, width_mm=bars.width * MM_PER_INCH / sheet.dpi, align="centre")
    sheet.write(digits, look.body(11), column, 245.5)
    return rest
