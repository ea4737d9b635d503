"""Purposes, terms and origins of land, and notes, in the words of the forms.

Source: names and codes of land use purposes in circulars 27/2018/TT-BTNMT (2009 and 2014 models) and
08/2024/TT-BTNMT (2024 model), old abbreviations of the 1993 law; origins as in circulars 17/2009, 24/2014 and 10/2024.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from random import Random

from tests.samples.numbers import printed_area, short_date
from tests.samples.places import Commune, place_on
from tests.samples.worlds import in_world

RECOGNISED_PAID = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
RECOGNISED_FREE = "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất"
ALLOTTED_PAID = "Nhà nước giao đất có thu tiền sử dụng đất"
ALLOTTED_FREE = "Nhà nước giao đất không thu tiền sử dụng đất"
LEASED_YEARLY = "Nhà nước cho thuê đất trả tiền hàng năm"
LEASED_ONCE = "Nhà nước cho thuê đất trả tiền một lần"
LEASED_ZONE = "Thuê đất trả tiền một lần của doanh nghiệp đầu tư hạ tầng khu công nghiệp"
RECOGNISED = "Nhà nước công nhận quyền sử dụng đất"
TRANSFERS = ("Nhận chuyển nhượng đất được ", "Nhận tặng cho đất được ", "Nhận thừa kế đất được ")
OTHER_TRANSFERS = (
    "Nhận chuyển quyền sử dụng đất do trúng đấu giá đất",
    "Nhận thừa kế quyền sử dụng đất",
    "Nhận tặng cho quyền sử dụng đất",
    "Nhận chuyển nhượng quyền sử dụng đất",
    "Phân chia quyền sử dụng đất",
)
PAID_ENDING = "có thu tiền sử dụng đất"
FREE_ENDING = "không thu tiền sử dụng đất"
HOMES = frozenset({"ODT", "ONT"})

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
    "TSC": "Đất xây dựng trụ sở cơ quan",
    "DGD": "Đất xây dựng cơ sở giáo dục và đào tạo",
    "TON": "Đất cơ sở tôn giáo",
    "DSH": "Đất sinh hoạt cộng đồng",
}
PURPOSE_CODES_2014 = {"HNK": "BHK"}
PURPOSE_NAMES_2024 = {
    **PURPOSE_NAMES_2014,
    "HNK": "Đất trồng cây hằng năm khác",
    "LUC": "Đất chuyên trồng lúa",
    "LUK": "Đất trồng lúa còn lại",
    "TON": "Đất tôn giáo",
}
PURPOSE_NAMES_1993 = {
    "ODT": ("Đất ở", "T", "ĐƠ", "Thổ cư"),
    "ONT": ("Đất ở", "T", "T", "ĐƠ", "Thổ cư", "Đất thổ cư"),
    "CLN": ("Vườn", "V", "Đất vườn", "CLN"),
    "HNK": ("M", "Màu", "Đất màu", "2M"),
    "LUC": ("2L", "2L", "Lúa", "2 lúa", "Đất 2 lúa"),
    "LUK": ("1L", "1L", "L", "1 lúa", "1L + 1M"),
    "NTS": ("Ao", "A", "Ao", "TS"),
    "RSX": ("LN", "Rừng", "Đất rừng", "RT"),
    "SKC": ("Nhà xưởng", "Xưởng, kho"),
    "TSC": ("Trụ sở, sân phơi", "Trụ sở"),
    "DGD": ("Trường học",),
    "TON": ("Đất chùa",),
    "DSH": ("Nhà văn hóa",),
}
FARM_TERMS = {
    "1993": ("20 năm", "20 năm", "15/10/2013", "10/2013", "Đến 15/10/2013", "20"),
    "2003": ("Đến 15/10/2013", "Đến ngày 15/10/2013", "Đến tháng 10/2013", "15/10/2013", "Đến 15/10/2043"),
    "2009": ("Đến ngày 15/10/2013", "Đến ngày 15/10/2043", "Đến 15/10/2013", "Đến năm 2043", "20 năm"),
    "2014": (
        *("Đến ngày 01/7/2064", "Đến ngày 15/10/2063", "Đến 15/10/2063", "Đến ngày 17/12/2065", "Đến năm 2063"),
        *("50 năm", "Đến ngày 31/12/2043"),
    ),
}
FARM_TERMS["2024"] = FARM_TERMS["2014"]
FOREST_TERMS = ("Đến ngày 31/12/2060", "50 năm", "Đến ngày 01/7/2064")
LASTING = {"1993": ("Lâu dài", "Lâu dài", "lâu dài", "LD"), "2003": ("Lâu dài", "Lâu dài", "Ổn định lâu dài")}
NOTES = (
    (
        "Số hiệu và diện tích thửa đất được xác định theo bản đồ địa chính",
        "Số hiệu và diện tích thửa đất chưa được xác định theo bản đồ địa chính",
        "Thửa đất có {road} m² đất thuộc hành lang bảo vệ an toàn công trình giao thông",
        "Được miễn nộp tiền sử dụng đất",
        "Thửa đất số {old} tờ bản đồ số {sheet} (bản đồ 299) nay là thửa trên",
    ),
    (
        "Số hiệu và diện tích thửa đất được xác định theo bản đồ địa chính đo vẽ năm 2012",
        "Trong đó {road} m² đất nằm trong chỉ giới đường quy hoạch",
        "Nợ tiền sử dụng đất theo Quyết định số {old}/QĐ-UBND",
        "Đất nông nghiệp được giao theo Nghị định 64/CP",
        "Số thửa cũ: {old}; tờ bản đồ cũ: {sheet}",
    ),
    (
        "Diện tích thửa đất có {road} m² nằm trong hành lang an toàn lưới điện cao áp",
        "Người sử dụng đất được ghi nợ nghĩa vụ tài chính theo Thông báo số {old}/TB-CCT",
        "Ranh giới thửa đất chưa được đo đạc chính quy; thửa gốc số {old}, tờ bản đồ {sheet} (đo vẽ năm 1985)",
        "Hạn mức đất ở {road} m²; phần còn lại là đất vườn, ao trong cùng thửa đất",
        "Đã nộp lệ phí trước bạ theo biên lai số {old}",
        "Trích đo địa chính số {old}-2019; thửa đất không có tranh chấp",
    ),
)
REPLACES = (
    (
        "Cấp đổi từ Giấy chứng nhận số",
        "Cấp đổi từ Giấy chứng nhận số",
        "Cấp lại từ Giấy chứng nhận số",
        "Tách thửa từ Giấy chứng nhận số",
    ),
    (
        "Cấp đổi từ Giấy chứng nhận số",
        "Được cấp đổi theo Giấy chứng nhận số",
        "Thay thế Giấy chứng nhận số",
        "Cấp lại do mất Giấy chứng nhận số",
    ),
    (
        "Giấy chứng nhận này thay thế GCN số phát hành",
        "Cấp đổi GCN quyền sử dụng đất có số phát hành",
        "Thu hồi GCN số seri",
        "Nguồn gốc: tách ra từ thửa đất thuộc GCN số",
    ),
)
REPLACED_ENDINGS = (
    ("{by}; số vào sổ {register}", "{by}, số vào sổ cấp GCN: {register}", "{by}"),
    ("{by}; số vào sổ {register}", "{by}, số vào sổ cấp GCN: {register}", "{by}"),
    ("(vào sổ số {register}) {by}", "{by}", "ngày {day}, vào sổ cấp GCN số {register}"),
)


@dataclass(frozen=True, kw_only=True)
class LandUse:
    """One purpose of a parcel.

    Attributes:
        purpose: Its name as printed.
        code: Its code today; of the 1993 model it is not in the truth.
        form: "Sử dụng riêng" or "Sử dụng chung".
    """

    purpose: str
    code: str
    area: Decimal
    term: str
    origin: str
    form: str = "Sử dụng riêng"


@dataclass(frozen=True, kw_only=True)
class Note:
    """The note of the certificate, with the serial of the certificate it replaces, if any."""

    text: str
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True)
class Offices:
    """What shapes the uses of one certificate: its model and how many decimals its areas have."""

    model: str
    decimals: int


def draw_home_uses(rng: Random, offices: Offices, *, is_urban: bool) -> tuple[LandUse, ...]:
    """Draw one to three uses around a home, or farm land alone now and then."""
    count = rng.choices((1, 2, 3), (50, 38, 12))[0]
    home = "ODT" if is_urban else "ONT"
    farm = rng.sample(("CLN", "HNK", "NTS"), 2)
    if count == 1 and rng.random() < 0.3:
        code = draw_farm_code(rng)
        return _with_transfer(rng, [_draw_use(rng, offices, "RSX" if code == "HNK" and not is_urban else code)])
    return _with_transfer(rng, [_draw_use(rng, offices, code) for code in [home, *farm][:count]])


def draw_farm_code(rng: Random) -> str:
    """Draw the code of farm or forest land."""
    return rng.choice(("LUC", "LUC", "LUK", "CLN", "HNK", "HNK", "RSX", "NTS"))


def draw_single_use(rng: Random, offices: Offices, code: str, *, origin: str | None = None) -> tuple[LandUse, ...]:
    """Draw a use of a certain code; several parcels of one certificate share their origin."""
    use = _draw_use(rng, offices, code)
    return (replace(use, origin=origin) if origin else use,)


def draw_company_uses(rng: Random, offices: Offices) -> tuple[LandUse, ...]:
    """Draw the single use of a company's parcel."""
    code = "SKC" if offices.model == "1993" else rng.choice(("SKC", "SKK", "TMD"))
    origin = LEASED_ZONE if code == "SKK" else rng.choice((LEASED_YEARLY, LEASED_ONCE, ALLOTTED_PAID))
    day = date(rng.randint(2036, 2072), rng.randint(1, 12), rng.randint(1, 28))
    area = _draw_area(rng, 12_000, 260_000, offices)
    term = f"Đến ngày {short_date(day)}"
    return (_use(rng, offices, code, area=area, term=term, origin=origin),)


def draw_body_uses(rng: Random, offices: Offices) -> tuple[LandUse, ...]:
    """Draw the single use of a school, a temple or a committee."""
    code = rng.choice(("TSC", "DGD", "TON", "DSH"))
    area = _draw_area(rng, 2_000, 90_000, offices)
    term = rng.choice(LASTING.get(offices.model, ("Lâu dài",)))
    return (_use(rng, offices, code, area=area, term=term, origin=rng.choice((ALLOTTED_FREE, RECOGNISED))),)


def shared_in_part(rng: Random, use: LandUse) -> tuple[LandUse, ...]:
    """Split a use into a part of one's own and a part used together, as two uses of one purpose."""
    unit = Decimal(1).scaleb(int(str(use.area.as_tuple().exponent)))
    own = (use.area * Decimal(rng.randint(30, 80)) / 100).quantize(unit, ROUND_DOWN)
    return replace(use, area=own), replace(use, area=use.area - own, form="Sử dụng chung")


def _draw_use(rng: Random, offices: Offices, code: str) -> LandUse:
    if code in HOMES:
        area = _draw_area(rng, *((420, 1_900) if code == "ODT" else (900, 4_000)), offices)
        term = rng.choice(LASTING.get(offices.model, ("Lâu dài",)))
        origin = rng.choice((RECOGNISED_PAID, RECOGNISED_PAID, ALLOTTED_PAID))
        return _use(rng, offices, code, area=area, term=term, origin=origin)
    largest = 150_000 if code == "RSX" else 14_000
    term = rng.choice(FOREST_TERMS if code == "RSX" and offices.model > "2003" else FARM_TERMS[offices.model])
    area = _draw_area(rng, 600, largest, offices)
    return _use(rng, offices, code, area=area, term=term, origin=rng.choice((RECOGNISED_FREE, ALLOTTED_FREE)))


def _use(rng: Random, offices: Offices, code: str, *, area: Decimal, term: str, origin: str) -> LandUse:
    model = offices.model
    if model == "1993":
        purpose = rng.choice(PURPOSE_NAMES_1993[code])
    else:
        purpose = (PURPOSE_NAMES_2024 if model == "2024" else PURPOSE_NAMES_2014)[code]
    printed_code = code if model == "2024" else PURPOSE_CODES_2014.get(code, code)
    return LandUse(purpose=purpose, code=printed_code, area=area, term=term, origin=origin)


def _with_transfer(rng: Random, uses: list[LandUse]) -> tuple[LandUse, ...]:
    """Put the same way of acquisition before every origin in a third of the cases, or instead of it now and then."""
    if rng.random() < 0.07:
        origin = rng.choice(OTHER_TRANSFERS)
        return tuple(replace(use, origin=origin) for use in uses)
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


def draw_note(rng: Random, commune: Commune, *, world: str, before: date, dated: Callable[[date], str]) -> Note | None:
    """Draw a note: none, a remark, or the certificate that this one replaces; `dated` writes its dates."""
    kind = rng.choices(("none", "remark", "replaced"), (50, 22, 28))[0]
    latest = min(before.year - 1, 2013)
    if kind == "none" or latest < 1995:
        return None
    if kind == "remark":
        road = printed_area(Decimal(rng.randint(30, 400)) / 10)
        numbers = {"road": road, "old": rng.randint(2, 600), "sheet": rng.randint(1, 40)}
        return Note(text=rng.choice(in_world(world, NOTES)).format(**numbers))
    day = date(rng.randint(1995, latest), rng.randint(1, 12), rng.randint(1, 28))
    if day < date(2004, 7, 1):
        serial = f"{rng.choice('CDEGHKLMNOPQRSTUVX')} {rng.randrange(1_000_000):06d}"
        register = f"{rng.randrange(1, 3_000):05d} QSDĐ/{rng.choice(('PL', 'TD', 'ĐK', 'HB'))}"
    else:
        letters = f"A{rng.choice('ABCDEGHKLM')}" if day < date(2009, 12, 10) else f"B{rng.choice('ABCDEGHKLM')}"
        serial = f"{letters} {rng.randrange(1_000_000):06d}"
        register = f"{'H' if letters[0] == 'A' else 'CH'} {rng.randrange(1, 10_000):05d}"
    authority = f"UBND {place_on(commune, day).district}"
    opener = rng.choice(in_world(world, REPLACES))
    ending = rng.choice(in_world(world, REPLACED_ENDINGS))
    by = f"do {authority} cấp ngày {dated(day)}"
    return Note(text=f"{opener} {serial} {ending.format(by=by, register=register, day=dated(day))}", replaces=serial)


def _draw_area(rng: Random, lowest: int, highest: int, offices: Offices) -> Decimal:
    """Draw an area given in tenths of a square metre; small ones are tried more often, a third are whole metres."""
    hundredths = int(10 * (lowest + (highest - lowest) * rng.random() ** 2))
    if rng.random() < 0.33:
        hundredths -= hundredths % 100
    unit = Decimal(1).scaleb(-offices.decimals)
    return max((Decimal(hundredths) / 100).quantize(unit, ROUND_DOWN), Decimal(1).quantize(unit))
