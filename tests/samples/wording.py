"""Land uses, terms, origins, houses, notes and changes in the words of the forms.

Source: names and codes of land use purposes in circulars 27/2018/TT-BTNMT (2014 model) and 08/2024/TT-BTNMT (2024
model); origins as in circulars 24/2014 and 10/2024; annotations as registration offices word them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from tests.samples.numbers import short_date
from tests.samples.places import Commune, place_on

RECOGNISED_PAID = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
RECOGNISED_FREE = "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất"
ALLOTTED_PAID = "Nhà nước giao đất có thu tiền sử dụng đất"
ALLOTTED_FREE = "Nhà nước giao đất không thu tiền sử dụng đất"
LEASED_YEARLY = "Nhà nước cho thuê đất trả tiền hàng năm"
LEASED_ONCE = "Nhà nước cho thuê đất trả tiền một lần"
LEASED_ZONE = "Thuê đất trả tiền một lần của doanh nghiệp đầu tư hạ tầng khu công nghiệp"
TRANSFERS = ("Nhận chuyển nhượng đất được ", "Nhận tặng cho đất được ", "Nhận thừa kế đất được ")
PAID_ENDING = "có thu tiền sử dụng đất"
FREE_ENDING = "không thu tiền sử dụng đất"

PURPOSE_NAMES_2014 = {
    "ODT": "Đất ở tại đô thị",
    "ONT": "Đất ở tại nông thôn",
    "CLN": "Đất trồng cây lâu năm",
    "HNK": "Đất bằng trồng cây hàng năm khác",
    "LUC": "Đất chuyên trồng lúa nước",
    "LUK": "Đất trồng lúa nước còn lại",
    "NTS": "Đất nuôi trồng thủy sản",
    "RSX": "Đất rừng sản xuất",
    "SKC": "Đất cơ sở sản xuất phi nông nghiệp",
    "SKK": "Đất khu công nghiệp",
    "TMD": "Đất thương mại, dịch vụ",
}
PURPOSE_CODES_2014 = {"HNK": "BHK"}
PURPOSE_NAMES_2024 = {
    **PURPOSE_NAMES_2014,
    "HNK": "Đất trồng cây hằng năm khác",
    "LUC": "Đất chuyên trồng lúa",
    "LUK": "Đất trồng lúa còn lại",
}
FARM_TERMS = (
    *("Đến ngày 01/7/2064", "Đến ngày 15/10/2063", "Đến 15/10/2063", "Đến ngày 17/12/2065", "Đến năm 2063"),
    *("50 năm", "Đến ngày 31/12/2043"),
)
FOREST_TERMS = ("Đến ngày 31/12/2060", "50 năm", "Đến ngày 01/7/2064")
BANKS = (
    *("Ngân hàng TMCP Kinh Bắc Thịnh", "Ngân hàng TMCP Sông Cầu Phát", "Ngân hàng TMCP Đồng Tâm Việt"),
    *("Quỹ tín dụng nhân dân Hai Khe", "Ngân hàng TMCP Nông Thôn Mới"),
)
WAYS_TO_NEW_OWNERS = (
    ("Chuyển nhượng cho", "CN", "transfer"),
    ("Tặng cho", "TA", "gift"),
    ("Để thừa kế cho", "TK", "inheritance"),
)
HOUSE_NAMES_2024 = (
    "Nhà ở riêng lẻ - Nhà 2 tầng, sàn mái bằng bê tông cốt thép",
    "Nhà ở riêng lẻ - Nhà 3 tầng, tường gạch, mái tôn",
    "Nhà ở riêng lẻ",
)
NOTES = (
    "Số hiệu và diện tích thửa đất được xác định theo bản đồ địa chính",
    "Số hiệu và diện tích thửa đất chưa được xác định theo bản đồ địa chính",
    "Thửa đất có {road} m² đất thuộc hành lang bảo vệ an toàn công trình giao thông",
    "Được miễn nộp tiền sử dụng đất",
)


@dataclass(frozen=True, kw_only=True)
class LandUse:
    """One purpose of a parcel: its name as printed, code, area, term and the text of its origin."""

    purpose: str
    code: str
    area: Decimal
    term: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class House:
    """A house or a workshop on the parcel; texts as printed."""

    name: str
    built_area: Decimal
    floor_area: Decimal
    ownership: str
    grade: str
    floors: int
    is_home: bool


@dataclass(frozen=True, kw_only=True)
class Note:
    """The note of the certificate, with the serial of the certificate it replaces, if any."""

    text: str
    replaces: str | None = None


def draw_home_uses(rng: Random, model: str, *, is_urban: bool) -> tuple[LandUse, ...]:
    """Draw one to three uses around a home, or farm land alone now and then."""
    count = rng.choices((1, 2, 3), (50, 38, 12))[0]
    home = "ODT" if is_urban else "ONT"
    farm = rng.sample(("CLN", "HNK", "NTS"), 2)
    if count == 1 and rng.random() < 0.3:
        codes = [rng.choice(("LUC", "LUK", "CLN", "HNK", "RSX", "NTS"))]
    else:
        codes = [home, *farm][:count]
    uses = [_draw_use(rng, model, code) for code in codes]
    return _with_transfer(rng, uses)


def draw_company_uses(rng: Random, model: str) -> tuple[LandUse, ...]:
    """Draw the single use of a company's parcel."""
    code = rng.choice(("SKC", "SKK", "TMD"))
    origin = LEASED_ZONE if code == "SKK" else rng.choice((LEASED_YEARLY, LEASED_ONCE, ALLOTTED_PAID))
    day = date(rng.randint(2056, 2072), rng.randint(1, 12), rng.randint(1, 28))
    area = _tenths(rng, 12_000, 260_000)
    term = f"Đến ngày {short_date(day)}"
    return (_use(model, code, area=area, term=term, origin=origin),)


def _draw_use(rng: Random, model: str, code: str) -> LandUse:
    if code in {"ODT", "ONT"}:
        area = _tenths(rng, 420, 1_900) if code == "ODT" else _tenths(rng, 900, 4_000)
        return _use(
            model, code, area=area, term="Lâu dài", origin=rng.choice((RECOGNISED_PAID, RECOGNISED_PAID, ALLOTTED_PAID))
        )
    largest = 150_000 if code == "RSX" else 14_000
    term = rng.choice(FOREST_TERMS if code == "RSX" else FARM_TERMS)
    return _use(
        model, code, area=_tenths(rng, 600, largest), term=term, origin=rng.choice((RECOGNISED_FREE, ALLOTTED_FREE))
    )


def _use(model: str, code: str, *, area: Decimal, term: str, origin: str) -> LandUse:
    names = PURPOSE_NAMES_2014 if model == "2014" else PURPOSE_NAMES_2024
    printed_code = PURPOSE_CODES_2014.get(code, code) if model == "2014" else code
    return LandUse(purpose=names[code], code=printed_code, area=area, term=term, origin=origin)


def _with_transfer(rng: Random, uses: list[LandUse]) -> tuple[LandUse, ...]:
    """Put the same way of acquisition before every origin, in a third of the cases."""
    transfer = rng.choice(TRANSFERS) if rng.random() < 0.35 else ""
    farm_origin = next((use.origin for use in uses[1:]), "")
    return tuple(
        replace(use, origin=transfer + (use.origin if index == 0 else farm_origin)) for index, use in enumerate(uses)
    )


def elliptical(origins: list[str], rng: Random) -> list[str]:
    """Shorten the last of several origins to its ending when the rest repeats the first, in half of the cases."""
    if len(origins) != 2 or not origins[0].endswith(PAID_ENDING) or rng.random() < 0.5:
        return origins
    stem = origins[0].removesuffix(PAID_ENDING)
    return [origins[0], FREE_ENDING] if origins[1] == stem + FREE_ENDING else origins


def draw_house(rng: Random, model: str, *, is_home: bool) -> House:
    """Draw a house for a home or a workshop for a company."""
    floors = rng.randint(1, 4) if is_home else 1
    built = _tenths(rng, 450, 1_200) if is_home else _tenths(rng, 8_000, 60_000)
    home_name = "Nhà ở riêng lẻ" if model == "2014" else rng.choice(HOUSE_NAMES_2024)
    return House(
        name=home_name if is_home else f"Nhà xưởng số {rng.randint(1, 3)}",
        built_area=built,
        floor_area=built * floors,
        ownership=rng.choice(("Sở hữu riêng", "Sở hữu riêng", "Sở hữu chung")),
        grade=rng.choice(("Cấp III", "Cấp IV") if is_home else ("Cấp III", "Cấp II")),
        floors=floors,
        is_home=is_home,
    )


def new_owner_title(sex: str, at: int) -> str:
    """Return the words before a new owner's name; the second of two is the spouse of the first."""
    title = "ông" if sex == "male" else "bà"
    return title if at == 0 else f"{'chồng là' if sex == 'male' else 'vợ là'} {title}"


def draw_note(rng: Random, commune: Commune) -> Note | None:
    """Draw a note: none, a remark, or the certificate that this one replaces."""
    kind = rng.choices(("none", "remark", "replaced"), (55, 18, 27))[0]
    if kind == "none":
        return None
    if kind == "remark":
        return Note(text=rng.choice(NOTES).format(road=str(_tenths(rng, 30, 400)).replace(".", ",")))
    day = date(rng.randint(2004, 2013), rng.randint(1, 12), rng.randint(1, 28))
    letters = f"A{rng.choice('ABCDEGHKLM')}" if day < date(2009, 12, 10) else f"B{rng.choice('ABCDEGHKLM')}"
    serial = f"{letters} {rng.randrange(1_000_000):06d}"
    register = f"{'H' if letters[0] == 'A' else 'CH'} {rng.randrange(1, 10_000):05d}"
    authority = f"UBND {place_on(commune, day).district}"
    opener = rng.choice(("Cấp đổi từ", "Cấp đổi từ", "Cấp lại từ", "Tách thửa từ"))
    text = f"{opener} Giấy chứng nhận số {serial} do {authority} cấp ngày {short_date(day)}; số vào sổ {register}"
    return Note(text=text, replaces=serial)


def _tenths(rng: Random, lowest: int, highest: int) -> Decimal:
    """Draw an area given in tenths of a square metre; small ones are tried more often, a third are whole metres."""
    tenths = int(lowest + (highest - lowest) * rng.random() ** 2)
    if rng.random() < 0.33:
        tenths -= tenths % 10
    return Decimal(tenths) / 10 if tenths % 10 else Decimal(tenths // 10).quantize(Decimal("0.1"))
