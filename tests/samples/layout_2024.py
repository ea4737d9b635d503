"""The two pages of the 2024 model, A4.

Source: layout of circular 10/2024/TT-BTNMT: owners, parcel, assets, signature, serial and QR code in front; plan, note,
changes, register number and notice on the back. No birth years, no owners' addresses, no origin of use.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.samples import blocks
from tests.samples.blocks import NOTHING, ChangesTable, Paragraph
from tests.samples.certificate import Certificate
from tests.samples.codes import draw_qr
from tests.samples.look import Look
from tests.samples.ornaments import draw_emblem
from tests.samples.paper import draw_paper
from tests.samples.sheet import BLUE, RED, Column, Sheet, Span
from tests.samples.sketch import draw_plan, print_coordinates, print_plan

WIDTH_MM, HEIGHT_MM = 210.0, 297.0
TEXT = Column(x_mm=20.0, width_mm=170.0)
MIDDLE = Column(x_mm=45.0, width_mm=122.0, align="centre")
WIDE = Column(x_mm=16.0, width_mm=178.0, align="centre")
QR_MM = 20.0
BODY_MM = 128.0


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print front and back; returns kinds and sheets."""
    tint = rng.randrange(2**32)
    front, back = (
        Sheet(draw_paper(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi, frame=False), dpi)
        for _ in range(2)
    )
    _print_front(front, certificate, look, rng)
    _print_back(back, certificate, look, rng)
    return [("certificate_front", front), ("certificate_back", back)]


def _print_front(sheet: Sheet, certificate: Certificate, look: Look, rng: Random) -> None:
    _print_head(sheet, certificate, look)
    paragraphs = blocks.largest_that_fits(
        sheet, lambda fitting: _body_paragraphs(certificate, fitting), look, TEXT, height_mm=BODY_MM
    )
    y = blocks.flow(sheet, paragraphs, TEXT, 68)
    column = Column(x_mm=98, width_mm=96)
    blocks.print_signature(sheet, certificate, look, rng, column, max(y + 6, 178))
    serial = Span(certificate.serial, {"certificate.serial": certificate.serial})
    sheet.write([serial], replace(look.heading(15), colour=RED), TEXT, 266)
    hint = "Thông tin chi tiết được thể hiện tại mã QR"
    sheet.write(hint, replace(look.body(10.5), italic=True), TEXT, 275)


def _print_head(sheet: Sheet, certificate: Certificate, look: Look) -> None:
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
    code = [Span("Mã Giấy chứng nhận: "), Span(certificate.code, {"certificate.code": certificate.code})]
    sheet.write(code, look.body(11), WIDE, y + 0.5)


def _body_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    heading = look.heading()
    titles = ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", "2. Thông tin thửa đất:")
    return [
        Paragraph(spans=[Span(titles[0])], style=heading),
        *_owner_paragraphs(certificate, look),
        Paragraph(spans=[Span(titles[1])], style=heading, gap_mm=1),
        *_parcel_paragraphs(certificate, look),
        *_asset_paragraphs(certificate, look),
    ]


def _owner_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    owners, style = certificate.owners, look.body()
    if owners.company is not None:
        company, path = owners.company, "holders[0].id_papers[0]"
        fields = {
            "holders[0].kind": "organisation",
            "holders[0].legal_form": "Tổ chức",
            "holders[0].name": company.name,
        }
        spans = [
            Span(company.name, fields, bold=look.bold_names),
            Span(", "),
            Span("Giấy chứng nhận đăng ký doanh nghiệp số:", {f"{path}.kind": "tax_code"}),
            Span(" "),
            Span(company.tax_code, {f"{path}.number": company.tax_code}),
        ]
        return [Paragraph(spans=spans, style=style)]
    paragraphs = []
    for at, person in enumerate(owners.people):
        words, with_sex = blocks.opener(owners, at, look.habit)
        name = look.name(person.name)
        spans = [
            Span(words, blocks.standing(owners, at, with_sex=with_sex)),
            Span(" "),
            Span(name, {f"holders[{at}].name": name}, bold=look.bold_names),
            Span(", "),
            *blocks.id_spans(person.id_kind, person.id_number, at, "CC:" if look.habit * 10 % 1 < 0.3 else "CCCD:"),
        ]
        paragraphs.append(Paragraph(spans=spans, style=style, leaders=look.leaders))
    return paragraphs


def _parcel_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    parcel = certificate.parcel
    coded = len(parcel.uses) > 1 or look.habit < 0.5
    areas = ["parcels[0].area_m2", *([f"{blocks.USES}[0].area_m2"] if len(parcel.uses) == 1 else [])]
    lines = [
        [
            Span("a) Thửa đất số: "),
            Span(parcel.number, {"parcels[0].number": parcel.number}),
            Span("; tờ bản đồ số: "),
            Span(parcel.sheet, {"parcels[0].sheet": parcel.sheet}),
        ],
        [Span("b) Diện tích: "), *blocks.area_spans(parcel.area, *areas)],
        [Span("c) Loại đất: "), *blocks.purpose_spans(parcel.uses, coded=coded)],
        [Span("d) Thời hạn sử dụng đất: "), *blocks.term_spans(parcel.uses)],
        [Span("đ) Hình thức sử dụng đất: "), *blocks.form_spans(parcel)],
        [Span("e) Địa chỉ: "), Span(parcel.address, {"parcels[0].address": parcel.address})],
    ]
    return [Paragraph(spans=spans, style=look.body(), leaders=look.leaders) for spans in lines]


def _asset_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    house, address = certificate.parcel.house, certificate.parcel.address
    title = Span("3. Thông tin tài sản gắn liền với đất: ", bold=True)
    if house is None:
        return [Paragraph(spans=[title, Span(NOTHING)], style=look.body(), gap_mm=1)]
    path = "assets[0]"
    lines = [
        [Span("a) Tên tài sản: "), Span(house.name, {f"{path}.name": house.name})],
        [Span("b) Diện tích sử dụng: "), *blocks.area_spans(house.floor_area, f"{path}.floor_area_m2")],
        [Span("c) Hình thức sở hữu: "), Span(house.ownership, {f"{path}.ownership": house.ownership})],
        [Span(f"d) Thời hạn sở hữu: {NOTHING}")],
        [Span("đ) Địa chỉ: "), Span(address, {f"{path}.address": address})],
    ]
    paragraphs = [Paragraph(spans=spans, style=look.body(), leaders=look.leaders) for spans in lines]
    return [Paragraph(spans=[title], style=look.body(), gap_mm=1), *paragraphs]


def _print_back(sheet: Sheet, certificate: Certificate, look: Look, rng: Random) -> None:
    parcel, heading = certificate.parcel, look.heading(12.5)
    sheet.write("4. Sơ đồ thửa đất, tài sản gắn liền với đất:", heading, TEXT, 14)
    plan = draw_plan(rng, parcel.area)
    box = (TEXT.x_mm, 22.0, TEXT.width_mm - 60, 76.0)
    print_plan(sheet, plan, look.body(10.5), box_mm=box, number=parcel.number, area=parcel.area)
    table_column = Column(x_mm=TEXT.x_mm + TEXT.width_mm - 68, width_mm=68)
    print_coordinates(sheet, plan, look.body(8.5), table_column, 44)
    sheet.write("(Sơ đồ không theo tỷ lệ)", replace(look.body(10), italic=True), TEXT, 99)
    note = [Span("5. Ghi chú: ", bold=True), *blocks.note_spans(certificate.note)]
    y = sheet.write(note, look.body(12), TEXT, 105)
    y = sheet.write("6. Những thay đổi sau khi cấp Giấy chứng nhận:", heading, TEXT, y + 2)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=y + 1, bottom_mm=255, width_mm=TEXT.width_mm + 4)
    blocks.print_changes(sheet, table, list(enumerate(certificate.changes)), look, rng)
    _print_register(sheet, certificate, look)
    sheet.write(blocks.NOTICE, replace(look.body(10.5), italic=True), TEXT, 267)


def _print_register(sheet: Sheet, certificate: Certificate, look: Look) -> None:
    """Print the register number, in some offices by hand in blue."""
    label = look.body(12)
    sheet.write("Số vào sổ cấp Giấy chứng nhận:", label, TEXT, 258)
    number = certificate.register_number
    style = replace(label, italic=True, colour=BLUE) if look.habit > 0.75 else label
    start = TEXT.x_mm + sheet.text_width_mm("Số vào sổ cấp Giấy chứng nhận:", label) + 2
    column = Column(x_mm=start, width_mm=60)
    sheet.write([Span(look.register(number), {"certificate.register_number": number})], style, column, 258)
