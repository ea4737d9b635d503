"""Papers that are no certificates but lie in the same piles: `draw_paper(name, rng, dpi)`.

They fill no path of the record; `PAPER_KINDS` says what kind of page each is. An application, a contract and a bill
name people and land: nothing of it belongs to a certificate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import cv2
import numpy as np
from PIL import Image

from tests.samples.blocks import Paragraph, flow
from tests.samples.fonts import Typeface, arimo, free_serif, tinos
from tests.samples.grounds import white
from tests.samples.numbers import long_date, short_date
from tests.samples.pens import HAND
from tests.samples.people import Person, draw_person
from tests.samples.places import COMMUNES, Place, draw_address, place_on
from tests.samples.sheet import BLACK, RED, Column, Sheet, Span, Style
from tests.samples.tables import Cell, Grid, print_grid

A4_MM = (210.0, 297.0)
TEXT = Column(x_mm=25.0, width_mm=160.0)
WIDE = Column(x_mm=18.0, width_mm=174.0, align="centre")
# Name of a paper and the kind of its page in a reading.
PAPER_KINDS = {
    "application": "application",
    "contract": "other",
    "tax_notice": "other",
    "electricity_bill": "other",
    "wedding": "other",
    "photo": "other",
    "foreign_title": "other",
    "letter": "other",
    "handwritten_letter": "other",
    "blank": "blank",
}
APPLICATION_TITLES = (
    "ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT",
    "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT",
    "ĐƠN ĐỀ NGHỊ CẤP ĐỔI GIẤY CHỨNG NHẬN",
)
LETTER_LINES = (
    "Thân gửi anh chị và các cháu,",
    "Đã lâu gia đình mình chưa về thăm quê. Năm nay mùa vải được, bố mẹ vẫn khỏe, nhà đang sửa lại cái bếp.",
    "Việc giấy tờ đất đai của ông để lại anh cứ để thong thả, khi nào về mình bàn tiếp.",
    "Em gửi kèm theo thư mấy tấm ảnh chụp hôm giỗ. Chúc cả nhà mạnh khỏe.",
)
TITLE_WORDS = (
    "STATE LAND REGISTRY",
    "CERTIFICATE OF TITLE",
    "Volume 8172   Folio 344",
    "I certify that the person described in the first schedule is the registered proprietor.",
    "The land described below is held subject to the recordings appearing in the second schedule.",
    "LAND: Lot 17 in Deposited Plan 40381, Parish of Wexley, County of Northmoor. Area: 1,204 square metres.",
    "FIRST SCHEDULE: Eleanor Whitcombe of 12 Harbour Lane, Wexley.",
    "SECOND SCHEDULE: 1. Reservations and conditions in the Crown grant. 2. Mortgage to Northmoor Building Society.",
    "Registrar General",
)


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """The people and the place that a paper speaks about."""

    one: Person
    other: Person
    place: Place
    address: str
    day: date


def draw_paper(name: str, rng: Random, dpi: int) -> Sheet:
    """Draw a paper, one of `PAPER_KINDS`."""
    width, height = (150.0, 105.0) if name == "photo" else (148.0, 210.0) if name == "wedding" else A4_MM
    sheet = Sheet(white(rng, width_mm=width, height_mm=height, dpi=dpi), dpi)
    _PRINTERS[name](sheet, rng)
    return sheet


def _draw_facts(rng: Random) -> _Facts:
    place = place_on(rng.choice(COMMUNES), date(2021, 5, 5))
    one, other = (
        draw_person(rng, sex=sex, born=rng.randint(1950, 1995), id_kind="cccd", province="Bắc Ninh")
        for sex in ("male", "female")
    )
    day = date(rng.randint(2016, 2026), rng.randint(1, 10), rng.randint(1, 28))
    return _Facts(one=one, other=other, place=place, address=draw_address(rng, place), day=day)


def _style(typeface: Typeface, size_pt: float, **more: bool) -> Style:
    return Style(typeface=typeface, size_pt=size_pt, bold=more.get("bold", False), italic=more.get("italic", False))


def _print_state_head(sheet: Sheet, style: Style) -> float:
    bold = replace(style, bold=True)
    y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold, WIDE, 18)
    y = sheet.write("Độc lập - Tự do - Hạnh phúc", bold, WIDE, y)
    sheet.rule([(78, y + 0.8), (132, y + 0.8)], width_mm=0.3)
    return y + 6


def _print_lines(sheet: Sheet, lines: list[str], style: Style, y: float) -> float:
    paragraphs = [Paragraph(spans=[Span(line)], style=style, gap_mm=1.2) for line in lines]
    return flow(sheet, paragraphs, TEXT, y)


def _application(sheet: Sheet, rng: Random) -> None:
    facts, style = _draw_facts(rng), _style(tinos(), 12.5)
    y = _print_state_head(sheet, style)
    y = sheet.write(rng.choice(APPLICATION_TITLES), _style(tinos(), 14, bold=True), WIDE, y)
    y = sheet.write(f"Kính gửi: Ủy ban nhân dân {facts.place.unit} {facts.place.name}", style, TEXT.centred(), y + 2)
    y = sheet.write("I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ", replace(style, bold=True), TEXT, y + 3)
    lines = [
        f"1. Người sử dụng đất: Tên: {facts.one.name}; năm sinh: {facts.one.born}; CCCD số: {facts.one.id_number}",
        f"Địa chỉ thường trú: {facts.address}",
        "2. Đề nghị: đăng ký quyền sử dụng đất và cấp Giấy chứng nhận đối với thửa đất dưới đây",
        f"3. Thửa đất đăng ký: 3.1. Thửa đất số: {rng.randint(1, 500)}; 3.2. Tờ bản đồ số: {rng.randint(1, 90)}",
        f"3.3. Địa chỉ tại: {facts.address}",
        f"3.4. Diện tích: {rng.randint(60, 900)} m²; sử dụng chung: 0 m²; sử dụng riêng: {rng.randint(60, 900)} m²",
        "3.5. Sử dụng vào mục đích: đất ở; 3.6. Thời hạn đề nghị được sử dụng đất: lâu dài",
        "3.7. Nguồn gốc sử dụng: ông cha để lại, sử dụng ổn định từ trước năm 1980",
        "4. Những giấy tờ nộp kèm theo: bản sao CCCD; trích lục bản đồ; biên bản xác định ranh giới",
        "Tôi cam đoan nội dung kê khai trên đơn là đúng, nếu sai tôi hoàn toàn chịu trách nhiệm trước pháp luật.",
    ]
    y = _print_lines(sheet, lines, style, y)
    right = Column(x_mm=110, width_mm=75, align="centre")
    y = sheet.write(f"{facts.place.name}, {long_date(facts.day)}", replace(style, italic=True), right, y + 5)
    y = sheet.write("Người viết đơn", replace(style, bold=True), right, y)
    y = sheet.write(facts.one.name, style, right, y + 18)
    y = sheet.write("II. XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ", replace(style, bold=True), TEXT, y + 4)
    _print_lines(sheet, ["Nội dung kê khai so với hiện trạng: phù hợp; tình trạng tranh chấp: không"], style, y)


def _contract(sheet: Sheet, rng: Random) -> None:
    facts, style = _draw_facts(rng), _style(tinos(), 12.5)
    number = f"{rng.randrange(10**6):06d}"
    y = _print_state_head(sheet, style)
    y = sheet.write("HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT", _style(tinos(), 15, bold=True), WIDE, y)
    lines = [
        f"Hôm nay, {long_date(facts.day)}, tại Văn phòng công chứng Bờ Sậy, chúng tôi gồm có:",
        f"BÊN CHUYỂN NHƯỢNG (Bên A): ông {facts.one.name}, sinh năm {facts.one.born}, CCCD số {facts.one.id_number}",
        (
            f"BÊN NHẬN CHUYỂN NHƯỢNG (Bên B): bà {facts.other.name}, sinh năm {facts.other.born}, "
            f"CCCD số {facts.other.id_number}"
        ),
        (
            "Điều 1. Bên A chuyển nhượng cho Bên B quyền sử dụng đất theo Giấy chứng nhận quyền sử dụng đất, quyền sở "
            f"hữu nhà ở và tài sản khác gắn liền với đất số CK {number} do UBND {facts.place.district} cấp."
        ),
        f"Thửa đất số: {rng.randint(1, 500)}, tờ bản đồ số: {rng.randint(1, 90)}; địa chỉ: {facts.address}.",
        f"Điều 2. Giá chuyển nhượng là {rng.randint(2, 40) * 50}.000.000 đồng, trả một lần bằng chuyển khoản.",
        "Điều 3. Việc giao và đăng ký quyền sử dụng đất do hai bên tự thực hiện theo quy định của pháp luật.",
        "Điều 4. Thuế, lệ phí liên quan do Bên B chịu trách nhiệm nộp.",
    ]
    y = _print_lines(sheet, lines, style, y + 3)
    for x, side, person in ((30, "BÊN A", facts.one), (115, "BÊN B", facts.other)):
        column = Column(x_mm=x, width_mm=65, align="centre")
        sheet.write(side, replace(style, bold=True), column, y + 10)
        sheet.write(person.name, style, column, y + 36)


def _tax_notice(sheet: Sheet, rng: Random) -> None:
    facts, style = _draw_facts(rng), _style(tinos(), 12)
    y = sheet.write("CỤC THUẾ TỈNH BẮC NINH", replace(style, bold=True), TEXT, 18)
    y = sheet.write("THÔNG BÁO", _style(tinos(), 15, bold=True), WIDE, y + 4)
    y = sheet.write("Nộp thuế sử dụng đất phi nông nghiệp", replace(style, bold=True), WIDE, y)
    lines = [
        f"Tên người nộp thuế: {facts.one.name}. Mã số thuế: 8{rng.randrange(10**4):04d}99991",
        f"Địa chỉ thửa đất chịu thuế: {facts.address}",
        f"Kỳ nộp thuế: năm {facts.day.year}. Hạn nộp: 31/10/{facts.day.year}",
    ]
    y = _print_lines(sheet, lines, style, y + 2)
    amount = rng.randint(20, 900)
    rows = [("Diện tích đất chịu thuế (m²)", str(rng.randint(50, 600))), ("Giá 1 m² đất (đồng)", "1.250.000")]
    rows += [("Số thuế phát sinh (đồng)", f"{amount}.400"), ("Tổng số tiền phải nộp (đồng)", f"{amount}.400")]
    _print_rows(sheet, ("Chỉ tiêu", "Giá trị"), rows, style, y + 4)


def _electricity_bill(sheet: Sheet, rng: Random) -> None:
    facts, style = _draw_facts(rng), _style(arimo(), 10.5)
    y = sheet.write("CÔNG TY ĐIỆN LỰC SÔNG CẦU", replace(style, bold=True), TEXT, 18)
    y = sheet.write("HÓA ĐƠN TIỀN ĐIỆN (GTGT)", _style(arimo(), 15, bold=True), WIDE, y + 3)
    lines = [
        f"Khách hàng: {facts.one.name}",
        f"Địa chỉ sử dụng điện: {facts.address}",
        f"Mã khách hàng: PA09{rng.randrange(10**9):09d}",
    ]
    y = _print_lines(sheet, lines, style, y + 2)
    used = [rng.randint(20, 120) for _ in range(3)]
    rows = [(f"Bậc {at}: {kwh} kWh", f"{kwh * 1980:,}".replace(",", ".")) for at, kwh in enumerate(used, start=1)]
    rows.append(("Tổng cộng tiền thanh toán", f"{sum(used) * 1980:,} đồng".replace(",", ".")))
    y = _print_rows(sheet, ("Điện năng tiêu thụ", "Thành tiền"), rows, style, y + 3)
    sheet.write(f"Ngày ký: {short_date(facts.day)}", style, TEXT, y + 4)


def _print_rows(sheet: Sheet, heads: tuple[str, str], rows: list[tuple[str, str]], style: Style, y: float) -> float:
    cells = [[Cell(spans=[Span(text)]) for text in row] for row in rows]
    return print_grid(sheet, Grid(heads=heads, shares=(2.0, 1.2), rows=cells), style, TEXT, y)


def _wedding(sheet: Sheet, rng: Random) -> None:
    facts = _draw_facts(rng)
    fancy = Style(typeface=free_serif(), size_pt=20, italic=True, bold=True, colour=RED)
    column = Column(x_mm=14, width_mm=120, align="centre")
    sheet.rule([(8, 8), (140, 8), (140, 202), (8, 202), (8, 8)], width_mm=0.9, colour=(200, 150, 60))
    y = sheet.write("Trân trọng kính mời", replace(fancy, size_pt=16, bold=False), column, 32)
    y = sheet.write("tới dự lễ thành hôn của hai con chúng tôi", replace(fancy, size_pt=13, bold=False), column, y)
    y = sheet.write(facts.one.name, fancy, column, y + 16)
    y = sheet.write("&", fancy, column, y)
    y = sheet.write(facts.other.name, fancy, column, y)
    plain = _style(tinos(), 12)
    y = sheet.write(f"Hôn lễ được cử hành vào hồi 10 giờ 30, {long_date(facts.day)}", plain, column, y + 14)
    sheet.write(f"Tại tư gia: {facts.address}", plain, column, y + 2)


def _photo(sheet: Sheet, rng: Random) -> None:
    """Draw a blurred holiday photograph: sky, hills, two people."""
    height, width = sheet.image.height, sheet.image.width
    rows = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    sky = np.array((150, 190, 226), dtype=np.float32) * (1 - rows) + np.array((236, 226, 200), dtype=np.float32) * rows
    pixels = np.repeat(sky, width, axis=1).astype(np.uint8)
    for hill in range(4):
        middle = (rng.randint(0, width), round(height * (0.75 + 0.08 * hill)))
        axes = (round(width * rng.uniform(0.2, 0.5)), round(height * rng.uniform(0.15, 0.35)))
        cv2.ellipse(pixels, middle, axes, 0, 0, 360, (60 + 14 * hill, 112 - 8 * hill, 64), -1, cv2.LINE_AA)
    for x, cloth in ((0.42, (240, 238, 240)), (0.56, (44, 46, 60))):
        body = (round(width * x), round(height * 0.86))
        cv2.ellipse(pixels, body, (round(width * 0.06), round(height * 0.3)), 0, 0, 360, cloth, -1, cv2.LINE_AA)
        head = (body[0], round(height * 0.5))
        cv2.circle(pixels, head, round(height * 0.075), (200, 166, 140), -1, cv2.LINE_AA)
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), width / 500), dtype=np.uint8)
    grain = np.random.default_rng(rng.randrange(2**32)).normal(0, 5, (height, width, 1))
    picture = np.clip(pixels + grain, 0, 255).astype(np.uint8)
    sheet.image.paste(Image.fromarray(picture), (0, 0))


def _foreign_title(sheet: Sheet, rng: Random) -> None:
    head, title, folio, *rest = TITLE_WORDS
    style = _style(free_serif(), 12)
    y = sheet.write(head, replace(style, size_pt=15, bold=True), WIDE, 22)
    y = sheet.write(title, replace(style, size_pt=22, bold=True, colour=(40, 70, 120)), WIDE, y + 4)
    y = sheet.write(folio, style, WIDE, y + 2)
    y = _print_lines(sheet, rest, style, y + 8)
    sheet.write(f"Edition {rng.randint(1, 9)}. Date of issue {rng.randint(1, 28)} March 2004", style, TEXT, y + 8)


def _letter(sheet: Sheet, rng: Random) -> None:
    facts = _draw_facts(rng)
    y = sheet.write(f"{facts.place.name}, {long_date(facts.day)}", _style(tinos(), 12.5, italic=True), TEXT, 24)
    _print_lines(sheet, [*LETTER_LINES, facts.one.name], _style(tinos(), 13), y + 6)


def _handwritten_letter(sheet: Sheet, rng: Random) -> None:
    facts = _draw_facts(rng)
    style = Style(typeface=free_serif(), size_pt=15, italic=True, colour=(40, 52, 140), pen=HAND)
    y = sheet.write(f"{facts.place.name}, {long_date(facts.day)}", style, TEXT, 22)
    _print_lines(sheet, [*LETTER_LINES, facts.one.name], style, y + 4)


def _blank(sheet: Sheet, rng: Random) -> None:
    """Leave the page empty but for a few specks."""
    for _ in range(rng.randint(0, 3)):
        x, y = rng.uniform(10, sheet.width_mm - 10), rng.uniform(10, sheet.height_mm - 10)
        sheet.rule([(x, y), (x + 0.3, y + 0.2)], colour=BLACK)


_PRINTERS: dict[str, Callable[[Sheet, Random], None]] = {
    "application": _application,
    "contract": _contract,
    "tax_notice": _tax_notice,
    "electricity_bill": _electricity_bill,
    "wedding": _wedding,
    "photo": _photo,
    "foreign_title": _foreign_title,
    "letter": _letter,
    "handwritten_letter": _handwritten_letter,
    "blank": _blank,
}
