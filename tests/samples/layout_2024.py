"""The two pages of the 2024 model, A4.

Source: layout of circular 10/2024/TT-BTNMT: owners, parcels, assets, signature, serial and QR code in front; plan,
note, changes, register number and notice on the back. No birth years, no owners' addresses, no origin of use.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.samples import asset_lines, blocks, parcel_lines
from tests.samples.assets import HOME, WORKS
from tests.samples.blocks import Paragraph
from tests.samples.certificate import Certificate
from tests.samples.changes_table import ChangesTable, Rows, print_changes
from tests.samples.codes import draw_qr
from tests.samples.look import Look
from tests.samples.office import OfficeSheet, spelling_of
from tests.samples.ornaments import draw_emblem
from tests.samples.owner_lines import owner_paragraphs
from tests.samples.paper import draw_paper
from tests.samples.pens import HAND
from tests.samples.phrases import Words
from tests.samples.sheet import BLUE, RED, Column, Sheet, Span
from tests.samples.sketch import draw_plan, print_coordinates, print_plan
from tests.samples.supplement import print_supplement
from tests.samples.tables import Grid, grid_height, print_grid

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
TEXT = Column(x_mm=20.0, width_mm=170.0)
MIDDLE = Column(x_mm=45.0, width_mm=122.0, align="centre")
WIDE = Column(x_mm=16.0, width_mm=178.0, align="centre")
QR_MM = 20.0
BODY_MM = 124.0
SHORT_LINE = 42
BY_CIRCULAR = ("parcel", "area", "kind", "term", "form", "address")
ORDERS = (
    (BY_CIRCULAR,),
    (BY_CIRCULAR,),
    (
        *(BY_CIRCULAR, BY_CIRCULAR),
        ("parcel", "address", "area", "kind", "term", "form"),
        ("parcel", "area", "kind", "form", "term", "address"),
        ("parcel", "area", "form", "kind", "term", "address"),
    ),
)
BETWEEN_NUMBERS = (("; ",), ("; ",), ("; ", ", ", " - ", "\u00a0\u00a0\u00a0 "))


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print front and back, and a supplementary page where the changes need it; returns kinds and sheets."""
    tint = rng.randrange(2**32)
    words = Words(world=certificate.world, habit=look.habit)
    front, back = (
        OfficeSheet(
            draw_paper(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi, frame=False),
            dpi,
            spelling_of(look.habit, certificate.world),
        )
        for _ in range(2)
    )
    _print_front(front, certificate, look, words, rng)
    rest = _print_back(back, certificate, look, words, rng)
    pages: list[tuple[str, Sheet]] = [("certificate_front", front), ("certificate_back", back)]
    return pages + print_supplement(certificate, look, words, rng, dpi, rest)


def _print_front(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random) -> None:
    _print_head(sheet, certificate, look, words)
    best = blocks.largest_look(look, lambda tried: _print_body(sheet, certificate, tried, words, None) <= BODY_MM)
    y = _print_body(sheet, certificate, best, words, 68.0)
    column = Column(x_mm=98, width_mm=96)
    blocks.print_signature(sheet, certificate, look, rng, column, max(y + 5, 178))
    serial = Span(certificate.serial, {"certificate.serial": certificate.serial})
    sheet.write([serial], replace(look.heading(15), colour=RED), TEXT, 266)
    hint = "Thông tin chi tiết được thể hiện tại mã QR"
    sheet.write(hint, replace(look.body(10.5), italic=True), TEXT, 275)


def _print_head(sheet: Sheet, certificate: Certificate, look: Look, words: Words) -> None:
    sheet.paste(draw_emblem(23, sheet.dpi), x_mm=TEXT.x_mm, y_mm=12)
    qr = {"certificate.qr": certificate.qr}
    sheet.paste(draw_qr(certificate.qr, size_mm=QR_MM, dpi=sheet.dpi), x_mm=WIDTH_MM - 20 - QR_MM, y_mm=13, fields=qr)
    y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", look.heading(13), MIDDLE, 14)
    y = sheet.write("Độc lập - Tự do - Hạnh phúc", look.heading(13), MIDDLE, y)
    sheet.rule([(78, y + 0.6), (134, y + 0.6)], width_mm=0.3)
    title = [Span("GIẤY CHỨNG NHẬN", {"certificate.model": "2024"})]
    y = sheet.write(title, replace(look.heading(23), colour=RED), WIDE, 37)
    subtitle = "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT"
    y = sheet.write(subtitle, replace(look.heading(14), colour=RED), WIDE, y)
    code = [Span(words.label("code_d")), Span(certificate.code, {"certificate.code": certificate.code})]
    sheet.write(code, look.body(11), WIDE, y + 0.5)


def _print_body(sheet: Sheet, certificate: Certificate, look: Look, words: Words, y_mm: float | None) -> float:
    """Print sections 1 to 3 from a height on, or only measure them; returns the lower end or the height."""
    owners = [
        Paragraph(spans=[Span(words("owners_d"))], style=look.heading()),
        *owner_paragraphs(certificate, look, words, full=False),
        Paragraph(spans=[Span(words("parcel_d"))], style=look.heading(), gap_mm=1),
    ]
    land: list[Paragraph] | Grid = _parcel_paragraphs(certificate, look, words)
    if len(certificate.parcels) > 1:
        land = parcel_lines.table_of_parcels(
            certificate.parcels,
            words,
            Random(0),
            model="2024",
            with_address=True,
            with_total=words.chance("total") < 0.5,
        )
    table = look.body(max(look.body_pt - 2, 7.5))
    assets = _asset_paragraphs(certificate, look, words)
    if y_mm is None:
        height = blocks.flow_height(sheet, [*owners, *assets], width_mm=TEXT.width_mm)
        if isinstance(land, Grid):
            return height + grid_height(sheet, land, table, width_mm=TEXT.width_mm) + 1
        return height + blocks.flow_height(sheet, land, width_mm=TEXT.width_mm)
    y = blocks.flow(sheet, owners, TEXT, y_mm)
    y = print_grid(sheet, land, table, TEXT, y + 1) if isinstance(land, Grid) else blocks.flow(sheet, land, TEXT, y)
    return blocks.flow(sheet, assets, TEXT, y)


def _parcel_paragraphs(certificate: Certificate, look: Look, words: Words) -> list[Paragraph]:
    parcel = certificate.parcels[0]
    coded = len(parcel.codes) > 1 or look.habit < 0.5
    known = {
        "parcel": parcel_lines.place_spans(parcel, 0, words, words.own("between", BETWEEN_NUMBERS)),
        "area": [Span(words.label("area")), *parcel_lines.parcel_area_spans(parcel, 0)],
        "kind": [Span(words.label("kind_of_land")), *parcel_lines.purpose_spans(parcel, 0, words, coded=coded)],
        "term": [Span(words.label("term")), *parcel_lines.term_spans(parcel, 0, words)],
        "form": [Span(words.label("form")), *parcel_lines.form_spans(parcel, 0, words, detailed=False)],
        "address": [Span(words.label("address")), Span(parcel.address, {"parcels[0].address": parcel.address})],
    }
    lines = [known[name] for name in words.own("order", ORDERS)]
    return [
        Paragraph(spans=[Span(mark), *spans], style=look.body(), leaders=look.leaders)
        for mark, spans in zip(words.marks, _joined(lines, words), strict=False)
    ]


def _joined(lines: list[list[Span]], words: Words) -> list[list[Span]]:
    """Return the lines, in some offices two short ones beside each other."""
    if not words.own("two in a line", ((False,), (False,), (True, False, False))):
        return lines
    short = [at for at, line in enumerate(lines) if sum(len(span.text) for span in line) < SHORT_LINE]
    pair = next((at for at in short if at + 1 in short), None)
    if pair is None:
        return lines
    return [*lines[:pair], [*lines[pair], Span("\u00a0\u00a0\u00a0 "), *lines[pair + 1]], *lines[pair + 2 :]]


def _asset_paragraphs(certificate: Certificate, look: Look, words: Words) -> list[Paragraph]:
    title = Span(f"{words('asset_d')}: ", bold=True)
    if not certificate.assets:
        return [Paragraph(spans=[title, Span(words("none"))], style=look.body(), gap_mm=1)]
    paragraphs = [Paragraph(spans=[title], style=look.body(), gap_mm=1)]
    address = certificate.parcels[0].address
    for at, asset in enumerate(certificate.assets):
        path = f"assets[{at}]"
        built = asset.section in {HOME, WORKS}
        paths = [f"{path}.floor_area_m2"] if built else []
        lines = [
            [Span(words.label("asset_name")), Span(asset.name, {f"{path}.name": asset.name})],
            [Span(words.label("asset_area")), *blocks.area_spans(asset.floor_area, *paths)],
            [Span(words.label("ownership_d")), Span(asset.ownership, {f"{path}.ownership": asset.ownership})],
            [Span(words.label("asset_term_d")), *asset_lines.term_of(at, asset, words("none"))],
            [Span(words.label("asset_address_d")), Span(address, {f"{path}.address": address})],
        ]
        paragraphs += [
            Paragraph(spans=[Span(letter), *spans], style=look.body(), leaders=look.leaders)
            for letter, spans in zip(words.marks, lines, strict=False)
        ]
    return paragraphs


def _print_back(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random) -> Rows:
    heading = look.heading(12.5)
    sheet.write(words("plan_d"), heading, TEXT, 14)
    area = certificate.parcels[0].area
    plan = draw_plan(rng, area)
    box = (TEXT.x_mm, 22.0, TEXT.width_mm - 72, 76.0)
    print_plan(sheet, plan, look.body(10.5), box_mm=box, number=certificate.parcels[0].number, area=area)
    table_column = Column(x_mm=TEXT.x_mm + TEXT.width_mm - 68, width_mm=68)
    print_coordinates(sheet, plan, look.body(8.5), table_column, 44)
    sheet.write("(Sơ đồ không theo tỷ lệ)", replace(look.body(10), italic=True), TEXT, 99)
    note = [Span(f"{words('note_d')}: ", bold=True), *blocks.note_spans(certificate.note, words("none"))]
    y = sheet.write(note, look.body(12), TEXT, 105)
    y = sheet.write(words("changes_d"), heading, TEXT, y + 2)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=y + 1, bottom_mm=255, width_mm=TEXT.width_mm + 4)
    rest = print_changes(sheet, table, list(enumerate(certificate.changes)), look, words, rng)
    _print_register(sheet, certificate, look, words)
    sheet.write(blocks.NOTICE, replace(look.body(10.5), italic=True), TEXT, 267)
    return rest


def _print_register(sheet: Sheet, certificate: Certificate, look: Look, words: Words) -> None:
    """Print the register number, in some offices by hand in blue."""
    label = look.body(12)
    said = words.label("register_d").strip()
    sheet.write(said, label, TEXT, 258)
    number = certificate.register_number
    style = replace(label, italic=True, colour=BLUE, pen=HAND) if look.habit > 0.75 else label
    start = TEXT.x_mm + sheet.text_width_mm(said, label) + 2
    column = Column(x_mm=start, width_mm=60)
    sheet.write([Span(look.register(number), {"certificate.register_number": number})], style, column, 258)
