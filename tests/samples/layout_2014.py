"""The four pages of the 2014 model, 190 x 265 mm each.

Source: layout of circular 23/2014/TT-BTNMT: owners on page 1, parcel and signature on page 2, plan and changes on page
3, changes, notice and bar code on page 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.samples import blocks
from tests.samples.blocks import NOTHING, ChangesTable, Paragraph
from tests.samples.certificate import Certificate, Change
from tests.samples.codes import draw_barcode
from tests.samples.look import Look
from tests.samples.numbers import area_in_words, short_date
from tests.samples.ornaments import draw_emblem, emboss
from tests.samples.paper import draw_paper
from tests.samples.sheet import MM_PER_INCH, RED, Column, Sheet, Span
from tests.samples.sketch import draw_plan, print_coordinates, print_plan
from tests.samples.wording import House

WIDTH_MM, HEIGHT_MM = 190.0, 265.0
TEXT = Column(x_mm=19.0, width_mm=154.0)
WIDE = Column(x_mm=14.0, width_mm=162.0, align="centre")
PARCEL_MM = 158.0
ID_LABELS = ("{} số:", "{} số:", "{} số:", "{}:", "Số {}:")
LETTERS = ("d", "đ", "e", "g")


def draw_pages(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[tuple[str, Sheet]]:
    """Print the four pages; returns kinds and sheets."""
    tint = rng.randrange(2**32)
    sheets = [
        Sheet(draw_paper(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi, frame=number == 0), dpi)
        for number in range(4)
    ]
    _print_page_1(sheets[0], certificate, look, rng)
    _print_page_2(sheets[1], certificate, look, rng)
    rest = _print_page_3(sheets[2], certificate, look, rng)
    _print_page_4(sheets[3], certificate, look, rng, rest)
    return [(f"certificate_{number}", sheet) for number, sheet in enumerate(sheets, start=1)]


def _print_page_1(sheet: Sheet, certificate: Certificate, look: Look, rng: Random) -> None:
    y = _print_title(sheet, look)
    heading_line = "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất"
    y = sheet.write(heading_line, look.heading(12.5), TEXT, y + 8)
    blocks.flow(sheet, _owner_paragraphs(certificate, look), TEXT, y + 3)
    if rng.random() < 0.6:
        emboss(sheet, x_mm=24, y_mm=212)
    serial = Span(certificate.serial, {"certificate.serial": certificate.serial})
    corner = Column(x_mm=110, width_mm=60, align="right")
    sheet.write([serial], replace(look.heading(17), colour=RED), corner, 240)


def _print_title(sheet: Sheet, look: Look) -> float:
    """Print everything above section I and return its lower end."""
    heading = look.heading(13)
    y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", heading, WIDE, 17)
    y = sheet.write("Độc lập - Tự do - Hạnh phúc", heading, WIDE, y)
    sheet.rule([(66, y + 0.6), (124, y + 0.6)], width_mm=0.3)
    sheet.paste(draw_emblem(33, sheet.dpi), x_mm=(WIDTH_MM - 33) / 2, y_mm=y + 6)
    title = [Span("GIẤY CHỨNG NHẬN", {"certificate.model": "2014"})]
    y = sheet.write(title, replace(look.heading(25), colour=RED), WIDE, y + 44)
    y = sheet.write("QUYỀN SỬ DỤNG ĐẤT", replace(look.heading(17), colour=RED), WIDE, y)
    subtitle = "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"
    return sheet.write(subtitle, replace(look.heading(13), colour=RED), WIDE, y)


def _owner_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    if certificate.owners.company is not None:
        return _company_paragraphs(certificate, look)
    owners = certificate.owners
    style = look.body()
    paragraphs: list[Paragraph] = []
    for at, person in enumerate(owners.people):
        words, with_sex = blocks.opener(owners, at, look.habit)
        name = look.name(person.name)
        label = ID_LABELS[int(look.habit * 100) % len(ID_LABELS)].format(person.id_kind.upper())
        first = [
            Span(words, blocks.standing(owners, at, with_sex=with_sex)),
            Span(" "),
            Span(name, {f"holders[{at}].name": name}, bold=look.bold_names),
        ]
        second = [
            Span("Năm sinh: "),
            Span(str(person.born), {f"holders[{at}].born": str(person.born)}),
            Span(", "),
            *blocks.id_spans(person.id_kind, person.id_number, at, label),
        ]
        if look.habit < 0.7:
            paragraphs.append(Paragraph(spans=[*first, Span("\u00a0\u00a0 "), *second], style=style, gap_mm=1))
        else:
            paragraphs += [Paragraph(spans=first, style=style, gap_mm=1), Paragraph(spans=second, style=style)]
        paragraphs += _address_paragraph(certificate, look, at)
    return paragraphs


def _address_paragraph(certificate: Certificate, look: Look, at: int) -> list[Paragraph]:
    """Print the address under its holder; a couple's common address only under the second, for both."""
    owners = certificate.owners
    common = len(owners.addresses) < len(owners.people)
    if common and at == 0:
        return []
    address = owners.addresses[0 if common else at]
    holders = range(len(owners.people)) if common else (at,)
    spans = [
        Span("Địa chỉ thường trú: "),
        Span(address, {f"holders[{holder}].address": address for holder in holders}),
        Span("." if look.habit < 0.5 else ""),
    ]
    return [Paragraph(spans=spans, style=look.body(), leaders=look.leaders)]


def _company_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    company = certificate.owners.company
    assert company is not None
    path = "holders[0].id_papers[0]"
    name = Span(
        company.name,
        {"holders[0].kind": "organisation", "holders[0].legal_form": "Tổ chức", "holders[0].name": company.name},
        bold=look.bold_names,
    )
    registration = [
        Span("Giấy chứng nhận đăng ký doanh nghiệp số ", {f"{path}.kind": "tax_code"}),
        Span(company.tax_code, {f"{path}.number": company.tax_code}),
        Span(", đăng ký lần đầu ngày "),
        Span(short_date(company.registered_on), {f"{path}.issued_on": company.registered_on.isoformat()}),
        Span(", nơi cấp: "),
        Span(company.registrar, {f"{path}.issuer": company.registrar}),
    ]
    address = certificate.owners.addresses[0]
    office = [Span("Địa chỉ trụ sở chính: "), Span(address, {"holders[0].address": address})]
    return [Paragraph(spans=spans, style=look.body(), gap_mm=0.5) for spans in ([name], registration, office)]


def _print_page_2(sheet: Sheet, certificate: Certificate, look: Look, rng: Random) -> None:
    origin = blocks.origin_spans(certificate.parcel.uses, rng)
    paragraphs = blocks.largest_that_fits(
        sheet, lambda fitting: _parcel_paragraphs(certificate, fitting, origin), look, TEXT, height_mm=PARCEL_MM
    )
    y = blocks.flow(sheet, paragraphs, TEXT, 14)
    column = Column(x_mm=86, width_mm=92)
    bottom = blocks.print_signature(sheet, certificate, look, rng, column, max(y + 5, 150))
    number = certificate.register_number
    register = [
        Span("Số vào sổ cấp GCN: "),
        Span(look.register(number), {"certificate.register_number": number}),
    ]
    sheet.write(register, look.body(12), TEXT, max(bottom + 2, 236))


def _parcel_paragraphs(certificate: Certificate, look: Look, origin: Sequence[Span]) -> list[Paragraph]:
    body, heading = look.body(), look.heading()
    parcel = certificate.parcel
    words = area_in_words(parcel.area, four_after_ten="tư" if look.habit < 0.6 else "bốn")
    areas = ["parcels[0].area_m2", *([f"{blocks.USES}[0].area_m2"] if len(parcel.uses) == 1 else [])]
    lines: list[list[Span]] = [
        [
            Span("a) Thửa đất số: "),
            Span(parcel.number, {"parcels[0].number": parcel.number}),
            Span(", tờ bản đồ số: "),
            Span(parcel.sheet, {"parcels[0].sheet": parcel.sheet}),
        ],
        [Span("b) Địa chỉ: "), Span(parcel.address, {"parcels[0].address": parcel.address})],
        [
            Span("c) Diện tích: "),
            *blocks.area_spans(parcel.area, *areas),
            Span(", (bằng chữ: "),
            Span(words, {"parcels[0].area_words": words}),
            Span(")"),
        ],
    ]
    lettered = [
        ("Hình thức sử dụng: ", blocks.form_spans(parcel)),
        ("Mục đích sử dụng: ", blocks.purpose_spans(parcel.uses, coded=False)),
        ("Thời hạn sử dụng: ", blocks.term_spans(parcel.uses)),
        ("Nguồn gốc sử dụng: ", list(origin)),
    ]
    if look.habit > 0.85:
        lettered = [lettered[1], lettered[2], lettered[0], lettered[3]]
    lines += [[Span(f"{letter}) {label}"), *spans] for letter, (label, spans) in zip(LETTERS, lettered, strict=True)]
    title = Paragraph(spans=[Span("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất")], style=heading)
    first = Paragraph(spans=[Span("1. Thửa đất:")], style=heading, gap_mm=0.8)
    return [
        title,
        first,
        *(Paragraph(spans=spans, style=body, leaders=look.leaders) for spans in lines),
        *_asset_paragraphs(certificate, look),
    ]


def _asset_paragraphs(certificate: Certificate, look: Look) -> list[Paragraph]:
    house = certificate.parcel.house
    nothing = [Span(NOTHING)]
    home = _house_spans(house) if house and house.is_home else nothing
    works = _house_spans(house) if house and not house.is_home else nothing
    lines = [
        ("2. Nhà ở: ", home),
        ("3. Công trình xây dựng khác: ", works),
        ("4. Rừng sản xuất là rừng trồng: ", nothing),
        ("5. Cây lâu năm: ", nothing),
        ("6. Ghi chú: ", blocks.note_spans(certificate.note)),
    ]
    return [Paragraph(spans=[Span(label, bold=True), *spans], style=look.body(), gap_mm=0.4) for label, spans in lines]


def _house_spans(house: House) -> list[Span]:
    path = "assets[0]"
    floor = (
        [Span("; diện tích sàn: "), *blocks.area_spans(house.floor_area, f"{path}.floor_area_m2")]
        if house.is_home
        else []
    )
    floors = (
        [Span("; số tầng: "), Span(str(house.floors), {f"{path}.floors": str(house.floors)})] if house.is_home else []
    )
    return [
        Span(house.name, {f"{path}.name": house.name}),
        Span("; diện tích xây dựng: "),
        *blocks.area_spans(house.built_area, f"{path}.built_area_m2"),
        *floor,
        Span("; hình thức sở hữu: "),
        Span(house.ownership, {f"{path}.ownership": house.ownership}),
        Span("; cấp (hạng): " if house.is_home else "; cấp công trình: "),
        Span(house.grade, {f"{path}.grade": house.grade}),
        *floors,
        Span(f"; thời hạn sở hữu: {NOTHING}"),
    ]


def _print_page_3(sheet: Sheet, certificate: Certificate, look: Look, rng: Random) -> list[tuple[int, Change]]:
    parcel = certificate.parcel
    title = "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất"
    sheet.write(title, look.heading(12.5), TEXT, 13)
    plan = draw_plan(rng, parcel.area)
    box = (TEXT.x_mm, 22.0, TEXT.width_mm, 84.0)
    print_plan(sheet, plan, look.body(10.5), box_mm=box, number=parcel.number, area=parcel.area)
    sheet.write(f"Tỷ lệ 1:{rng.choice((200, 500, 1000))}", look.body(10.5), TEXT, 108)
    bottom = print_coordinates(sheet, plan, look.body(9.5), Column(x_mm=62, width_mm=90), 108)
    title = "IV. Những thay đổi sau khi cấp Giấy chứng nhận"
    top = sheet.write(title, look.heading(12.5), TEXT, bottom + 4)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=top + 1, bottom_mm=252, width_mm=TEXT.width_mm + 4)
    return blocks.print_changes(sheet, table, list(enumerate(certificate.changes)), look, rng)


def _print_page_4(
    sheet: Sheet, certificate: Certificate, look: Look, rng: Random, changes: Sequence[tuple[int, Change]]
) -> None:
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=14, bottom_mm=208, width_mm=TEXT.width_mm + 4)
    blocks.print_changes(sheet, table, changes, look, rng)
    sheet.write(blocks.NOTICE, replace(look.body(11), italic=True), TEXT, 212)
    bars = draw_barcode(certificate.barcode, width_mm=48, height_mm=9, dpi=sheet.dpi)
    sheet.paste(bars, x_mm=122, y_mm=236)
    digits = [Span(certificate.barcode, {"certificate.barcode": certificate.barcode})]
    column = Column(x_mm=122, width_mm=bars.width * MM_PER_INCH / sheet.dpi, align="centre")
    sheet.write(digits, look.body(11), column, 245.5)
