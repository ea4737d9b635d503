"""Identity cards, front and back: the chip card of 2021 and the card of 2024.

`draw_id_card(person, side, rng, dpi)` puts one side of a person's card on a white page; both sides of a person agree,
whatever the rng. With `path` the values of the card fill the paths of a holder: `kind, name, sex, born` (the whole
day), `address` and `id_papers[0].kind, number, issued_on` - each where its side shows it, the machine-readable zone
included; the name in that zone has no marks and fills nothing. Without it the sheet fills no path.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from PIL import Image, ImageDraw

from tests.samples.codes import draw_qr
from tests.samples.fonts import arimo, cousine, tinos
from tests.samples.grounds import white
from tests.samples.mrz import mrz_lines
from tests.samples.ornaments import draw_emblem
from tests.samples.people import BIRTH_PROVINCES, Person
from tests.samples.places import COMMUNES, draw_hamlet, place_on
from tests.samples.sheet import BLACK, MM_PER_INCH, RED, Colour, Column, Sheet, Span, Style

CARD_MM = (85.6, 54.0)
QR_MM = 15.5
SIDES = ("front", "back")
MODELS = ("2021", "2024")
GROUNDS: dict[str, tuple[Colour, Colour]] = {
    "2021": ((222, 236, 226), (236, 226, 214)),
    "2024": ((214, 232, 236), (230, 238, 222)),
}
SKIN, CLOTH, BEHIND = (206, 172, 148), (62, 74, 96), (176, 200, 224)


@dataclass(frozen=True, kw_only=True)
class Card:
    """What stands on a card.

    Attributes:
        old_number: Nine digits of the paper before, or empty.
        expires_on: None for a card without an end.
    """

    person: Person
    number: str
    old_number: str
    born_on: date
    address: str
    origin: str
    issued_on: date
    expires_on: date | None

    @property
    def qr(self) -> str:
        """The seven fields of the code."""
        sex = "Nam" if self.person.sex == "male" else "Nữ"
        days = (f"{self.born_on:%d%m%Y}", f"{self.issued_on:%d%m%Y}")
        return "|".join((self.number, self.old_number, self.person.name, days[0], sex, self.address, days[1]))


def card_of(person: Person, *, model: str = "2021", address: str | None = None) -> Card:
    """Return the card of a person: its number is the person's own, or a new one where that is of an older paper."""
    rng = Random(f"{person.name}/{person.born}/{person.id_number}")
    number = person.id_number
    if person.id_kind != "cccd":
        digit = 2 * (person.born // 100 - 19) + (person.sex == "female")
        number = f"{rng.choice(BIRTH_PROVINCES)}{digit}{person.born % 100:02d}9999{rng.randrange(100):02d}"
    if person.id_kind == "cmnd":
        old = person.id_number
    else:
        old = f"{rng.choice(('121', '122', '125'))}9999{rng.randrange(100):02d}" if rng.random() < 0.7 else ""
    born_on = date(person.born, rng.randint(1, 12), rng.randint(1, 28))
    issued_on = (
        date(rng.randint(2021, 2023), rng.randint(1, 12), rng.randint(1, 28))
        if model == "2021"
        else date(2025, rng.randint(1, 12), rng.randint(1, 28))
    )
    ends = [born_on.year + age for age in (25, 40, 60) if born_on.year + age > issued_on.year + 2]
    place = place_on(rng.choice(COMMUNES), issued_on)
    home = f"{draw_hamlet(rng, place)}, {place.text}"
    return Card(
        person=person,
        number=number,
        old_number=old,
        born_on=born_on,
        address=address or home[0].upper() + home[1:],
        origin=place_on(rng.choice(COMMUNES), date(2020, 1, 1)).text,
        issued_on=issued_on,
        expires_on=date(ends[0], born_on.month, born_on.day) if ends else None,
    )


def draw_id_card(
    person: Person,
    side: str,
    rng: Random,
    dpi: int,
    *,
    model: str = "2021",
    address: str | None = None,
    path: str | None = "holders[0]",
    page_mm: tuple[float, float] = (148.0, 210.0),
) -> Sheet:
    """Draw one side of a card on a white page.

    Args:
        person: Whose.
        side: "front" or "back".
        rng: Where the card lies.
        dpi: Resolution.
        model: "2021" or "2024".
        address: Where the holder lives; None for a place of the person's own.
        path: The holder whose paths are filled, or None.
        page_mm: Size of the page; `CARD_MM` for the card alone.
    """
    sheet = Sheet(white(rng, width_mm=page_mm[0], height_mm=page_mm[1], dpi=dpi), dpi)
    room = (page_mm[0] - CARD_MM[0], page_mm[1] - CARD_MM[1])
    corner = (room[0] * rng.uniform(0.3, 0.7), room[1] * rng.uniform(0.1, 0.5))
    card = card_of(person, model=model, address=address)
    _print_ground(sheet, corner, model)
    printer = _Printer(sheet=sheet, corner=corner, path=path)
    if side == "front":
        (_front_2021 if model == "2021" else _front_2024)(printer, card)
    else:
        (_back_2021 if model == "2021" else _back_2024)(printer, card)
    return sheet


@dataclass(frozen=True, kw_only=True)
class _Printer:
    """Prints in millimetres from the card's corner."""

    sheet: Sheet
    corner: tuple[float, float]
    path: str | None

    def text(
        self,
        spans: list[Span] | str,
        at: tuple[float, float],
        width_mm: float,
        style: Style,
        align: str = "left",
    ) -> float:
        """Print text and return the height below it, from the card's upper edge."""
        column = Column(x_mm=self.corner[0] + at[0], width_mm=width_mm, align=align)
        return self.sheet.write(spans, style, column, self.corner[1] + at[1]) - self.corner[1]

    def value(self, text: str, **fields: str) -> Span:
        """Return a value that fills paths of the holder; "__" in a name is a dot, "paper" the identity paper."""
        if self.path is None:
            return Span(text, bold=True)
        names = {name.replace("paper__", "id_papers[0]."): value for name, value in fields.items()}
        return Span(text, {f"{self.path}.{name}": value for name, value in names.items()}, bold=True)

    def paste(self, picture: Image.Image, at: tuple[float, float]) -> None:
        """Put a picture on the card."""
        self.sheet.paste(picture, x_mm=self.corner[0] + at[0], y_mm=self.corner[1] + at[1])


LABEL = Style(typeface=arimo(), size_pt=5.0, colour=(70, 80, 90))
VALUE = Style(typeface=arimo(), size_pt=6.6, colour=BLACK)
HEAD = Style(typeface=tinos(), size_pt=6.4, bold=True, colour=BLACK)
TITLE = Style(typeface=arimo(), size_pt=9.0, bold=True, colour=RED)
ZONE = Style(typeface=cousine(), size_pt=10.0, bold=True, colour=BLACK)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _print_ground(sheet: Sheet, corner: tuple[float, float], model: str) -> None:
    """Print the card's coloured ground with fine lines and round its edge."""
    size = tuple(round(length * sheet.dpi / MM_PER_INCH) for length in CARD_MM)
    start, end = GROUNDS[model]
    ground = Image.new("RGB", (size[0], size[1]), start)
    fade = Image.linear_gradient("L").rotate(90).resize(ground.size)
    ground = Image.composite(Image.new("RGB", ground.size, end), ground, fade)
    draw = ImageDraw.Draw(ground)
    for step in range(0, size[0] + size[1], max(6, size[0] // 60)):
        draw.line((step, 0, step - size[1], size[1]), fill=(204, 222, 218), width=1)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius=size[0] // 28, outline=(150, 160, 160), width=2)
    sheet.paste(ground, x_mm=corner[0], y_mm=corner[1])


def _photo(width_mm: float, height_mm: float, dpi: int) -> Image.Image:
    """Draw a passport photo of nobody."""
    width, height = round(width_mm * dpi / MM_PER_INCH), round(height_mm * dpi / MM_PER_INCH)
    picture = Image.new("RGB", (width, height), BEHIND)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.1, height * 0.66, width * 0.9, height * 1.5), fill=CLOTH)
    draw.ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.68), fill=SKIN)
    draw.chord((width * 0.28, height * 0.14, width * 0.72, height * 0.5), 180, 360, fill=(34, 30, 30))
    return picture


def _print_names(printer: _Printer, *, with_motto: bool) -> float:
    y = printer.text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (17, 2.5), 50, HEAD, "centre")
    y = printer.text("SOCIALIST REPUBLIC OF VIET NAM", (17, y - 0.5), 50, LABEL, "centre")
    if with_motto:
        y = printer.text("Độc lập - Tự do - Hạnh phúc", (17, y - 0.3), 50, replace(HEAD, size_pt=5.8), "centre")
        y = printer.text("Independence - Freedom - Happiness", (17, y - 0.5), 50, LABEL, "centre")
    return y


def _front_2021(printer: _Printer, card: Card) -> None:
    person, sheet = card.person, printer.sheet
    printer.paste(draw_emblem(12, sheet.dpi), (4, 3))
    y = _print_names(printer, with_motto=True)
    y = printer.text("CĂN CƯỚC CÔNG DÂN", (17, y + 0.2), 50, TITLE, "centre")
    y = printer.text("Citizen Identity Card", (17, y - 0.8), 50, replace(LABEL, colour=RED), "centre")
    printer.paste(draw_qr(card.qr, size_mm=QR_MM, dpi=sheet.dpi), (67, 3))
    printer.paste(_photo(20, 26, sheet.dpi), (4, 19))
    number = printer.value(card.number, kind="person", paper__kind="cccd", paper__number=card.number)
    y = printer.text([Span("Số / No.: "), number], (26, y + 0.2), 56, replace(VALUE, size_pt=8.5))
    y = printer.text("Họ và tên / Full name:", (26, y - 0.4), 56, LABEL)
    name = person.name.upper()
    y = printer.text([printer.value(name, name=name)], (26, y - 0.6), 56, VALUE)
    born = printer.value(_day(card.born_on), born=card.born_on.isoformat())
    y = printer.text([Span("Ngày sinh / Date of birth: "), born], (26, y - 0.2), 56, replace(VALUE, size_pt=5.8))
    sex = printer.value("Nam" if person.sex == "male" else "Nữ", sex=person.sex)
    line = [Span("Giới tính / Sex: "), sex, Span("   Quốc tịch / Nationality: "), Span("Việt Nam", bold=True)]
    y = printer.text(line, (26, y - 0.2), 57, replace(VALUE, size_pt=5.6))
    y = printer.text("Quê quán / Place of origin:", (26, y - 0.2), 56, LABEL)
    y = printer.text([Span(card.origin, bold=True)], (26, y - 0.6), 57, replace(VALUE, size_pt=5.4))
    line = [Span("Nơi thường trú / Place of residence: "), printer.value(card.address, address=card.address)]
    printer.text(line, (26, y - 0.2), 57, replace(VALUE, size_pt=5.2))
    end = _day(card.expires_on) if card.expires_on else "Không thời hạn"
    printer.text("Có giá trị đến:", (4, 45.5), 21, LABEL)
    printer.text([Span(end, bold=True)], (4, 47.6), 21, replace(VALUE, size_pt=5.4))


def _front_2024(printer: _Printer, card: Card) -> None:
    person, sheet = card.person, printer.sheet
    printer.paste(draw_emblem(12, sheet.dpi), (4, 3))
    y = _print_names(printer, with_motto=True)
    y = printer.text("CĂN CƯỚC", (17, y + 0.2), 50, TITLE, "centre")
    y = printer.text("IDENTITY CARD", (17, y - 0.8), 50, replace(LABEL, colour=RED), "centre")
    printer.paste(_photo(20, 26, sheet.dpi), (4, 20))
    y = printer.text("Số định danh cá nhân / Personal identification number:", (27, y + 0.4), 57, LABEL)
    number = printer.value(card.number, kind="person", paper__kind="cccd", paper__number=card.number)
    y = printer.text([number], (27, y - 0.4), 56, replace(VALUE, size_pt=8.5))
    y = printer.text("Họ, chữ đệm và tên khai sinh / Full name:", (27, y), 57, LABEL)
    name = person.name.upper()
    y = printer.text([printer.value(name, name=name)], (27, y - 0.4), 56, VALUE)
    y = printer.text("Ngày, tháng, năm sinh / Date of birth:", (27, y), 57, LABEL)
    y = printer.text([printer.value(_day(card.born_on), born=card.born_on.isoformat())], (27, y - 0.4), 56, VALUE)
    sex = printer.value("Nam" if person.sex == "male" else "Nữ", sex=person.sex)
    line = [Span("Giới tính / Sex: "), sex, Span("   Quốc tịch / Nationality: "), Span("Việt Nam", bold=True)]
    printer.text(line, (27, y + 0.2), 57, replace(VALUE, size_pt=5.8))


def _print_zone(printer: _Printer, card: Card) -> None:
    """Print the machine-readable zone; its number, day and sex fill the holder's paths too."""
    lines = mrz_lines(
        number=card.number,
        born_on=card.born_on,
        sex=card.person.sex,
        expires_on=card.expires_on,
        name=card.person.name,
    )
    fields: tuple[dict[str, str], ...] = (
        {"kind": "person", "paper__kind": "cccd", "paper__number": card.number},
        {"born": card.born_on.isoformat(), "sex": card.person.sex},
        {},
    )
    for row, (line, values) in enumerate(zip(lines, fields, strict=True)):
        printer.text([printer.value(line, **values)], (7, 37.2 + row * 4.9), 76, ZONE)


def _chip(dpi: int) -> Image.Image:
    size = round(11 * dpi / MM_PER_INCH)
    chip = Image.new("RGB", (size, round(size * 0.86)), (214, 184, 96))
    draw = ImageDraw.Draw(chip)
    for share in (0.3, 0.62):
        draw.line((0, chip.height * share, chip.width, chip.height * share), fill=(140, 112, 40), width=2)
        draw.line((chip.width * share, 0, chip.width * share, chip.height), fill=(140, 112, 40), width=2)
    return chip


def _back_2021(printer: _Printer, card: Card) -> None:
    small = replace(VALUE, size_pt=5.4)
    y = printer.text("Đặc điểm nhân dạng / Personal identification:", (5, 2.5), 48, LABEL)
    printer.text([Span("Nốt ruồi C: 1cm dưới sau đuôi mắt trái", bold=True)], (5, y - 0.4), 48, small)
    issued = printer.value(_day(card.issued_on), paper__issued_on=card.issued_on.isoformat())
    y = printer.text([Span("Ngày, tháng, năm / Date, month, year: "), issued], (5, 9.5), 52, small)
    head = replace(HEAD, size_pt=5.2)
    y = printer.text("CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", (22, y), 36, head, "centre")
    printer.text("Tô Văn Huệ", (22, 30), 36, head, "centre")
    printer.paste(_chip(printer.sheet.dpi), (7, 18))
    printer.text("Ngón trỏ trái / Left index finger", (61, 5), 22, LABEL)
    printer.text("Ngón trỏ phải / Right index finger", (61, 21), 22, LABEL)
    _print_zone(printer, card)


def _back_2024(printer: _Printer, card: Card) -> None:
    small = replace(VALUE, size_pt=5.6)
    printer.paste(draw_qr(f"{card.qr}|||", size_mm=QR_MM, dpi=printer.sheet.dpi), (67, 3))
    y = printer.text("Nơi cư trú / Place of residence:", (5, 2.5), 60, LABEL)
    y = printer.text([printer.value(card.address, address=card.address)], (5, y - 0.4), 60, small)
    y = printer.text("Nơi đăng ký khai sinh / Place of birth:", (5, y + 0.2), 60, LABEL)
    y = printer.text([Span(card.origin, bold=True)], (5, y - 0.4), 60, small)
    issued = printer.value(_day(card.issued_on), paper__issued_on=card.issued_on.isoformat())
    y = printer.text([Span("Ngày, tháng, năm cấp / Date of issue: "), issued], (20, max(y + 0.6, 19.5)), 62, small)
    end = _day(card.expires_on) if card.expires_on else "Không thời hạn"
    line = [Span("Ngày, tháng, năm hết hạn / Date of expiry: "), Span(end, bold=True)]
    y = printer.text(line, (20, y), 62, small)
    printer.text("BỘ CÔNG AN / MINISTRY OF PUBLIC SECURITY", (20, y + 1), 62, replace(HEAD, size_pt=5.6))
    printer.paste(_chip(printer.sheet.dpi), (6, 22))
    _print_zone(printer, card)
