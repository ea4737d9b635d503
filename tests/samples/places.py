"""Communes of old Bắc Giang and old Bắc Ninh through their eras, and invented hamlets and streets.

Source: resolutions on the merging of communes and provinces, in force from 1 July 2025, and the earlier ones that
turned districts into towns; names and codes are facts, hamlets, streets and house numbers are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

TWO_LEVELS_FROM = date(2025, 7, 1)
QUE_VO_TOWN = THUAN_THANH_TOWN = date(2023, 4, 10)
TU_SON_CITY = date(2021, 11, 1)
VIET_YEN_TOWN = date(2024, 2, 1)
CHU_TOWN = date(2025, 1, 1)
NEW_PROVINCE = "Bắc Ninh"
HA_BAC, HA_BAC_UNTIL = "Hà Bắc", date(1997, 1, 1)
# (until this day, today's district, the one of then), newest first: a district may have changed twice.
EARLIER_DISTRICTS = (
    (date(2008, 9, 24), "thị xã Từ Sơn", "huyện Từ Sơn"),
    (date(2006, 1, 26), "thành phố Bắc Ninh", "thị xã Bắc Ninh"),
    (date(2005, 6, 7), "thành phố Bắc Giang", "thị xã Bắc Giang"),
    (date(1999, 9, 1), "huyện Từ Sơn", "huyện Tiên Sơn"),
    (date(1999, 9, 1), "huyện Tiên Du", "huyện Tiên Sơn"),
    (date(1999, 9, 1), "huyện Gia Bình", "huyện Gia Lương"),
    (date(1999, 9, 1), "huyện Lương Tài", "huyện Gia Lương"),
)
ABBREVIATED = 0.14
ABBREVIATIONS = (
    *(("tổ dân phố", "TDP"), ("phường ", "P. "), ("quận ", "Q. "), ("thị trấn ", "TT. "), ("huyện ", "H. ")),
    *(("thị xã ", "TX. "), ("thành phố ", "TP. "), ("tỉnh ", "T. ")),
)


@dataclass(frozen=True, kw_only=True)
class Commune:
    """A commune of the three-level time.

    Attributes:
        code: Five digits, valid until 30 June 2025.
        province: Old province, "Bắc Ninh" or "Bắc Giang".
        eras: (first day, kind of unit, district) from the oldest to the newest.
        successor: Kind and name of the commune it belongs to since July 2025, and its code.
    """

    code: str
    name: str
    province: str
    eras: tuple[tuple[date, str, str], ...]
    successor: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A commune as it was called on one day.

    Attributes:
        unit: "xã", "phường" or "thị trấn".
        district: With its kind, such as "huyện Quế Võ"; None in the two-level time.
    """

    code: str
    unit: str
    name: str
    district: str | None
    province: str

    @property
    def is_urban(self) -> bool:
        """Whether homes here stand on urban residential land."""
        return self.unit != "xã"

    @property
    def text(self) -> str:
        """The administrative part of an address."""
        parts = [f"{self.unit} {self.name}", self.district, f"tỉnh {self.province}"]
        return ", ".join(part for part in parts if part)

    @property
    def district_name(self) -> str:
        """The district without its kind, or the commune where there are no districts."""
        return (
            self.district.removeprefix("huyện ").removeprefix("thị xã ").removeprefix("thành phố ")
            if self.district
            else self.name
        )


def _commune(code: str, name: str, province: str, eras: str, successor: str) -> Commune:
    """Build a commune from compact notes: eras "unit/district" or "unit/district > date name unit/district"."""
    return Commune(
        code=code,
        name=name,
        province=province,
        eras=tuple(_era(note) for note in eras.split(" > ")),
        successor=_successor(successor),
    )


def _era(note: str) -> tuple[date, str, str]:
    start, _, rest = note.rpartition("@")
    unit, _, district = rest.partition("/")
    return (date.fromisoformat(start) if start else date.min, unit, district)


def _successor(note: str) -> tuple[str, str, str]:
    code, unit, name = note.split("/")
    return unit, name, code


_N, _G = "Bắc Ninh", "Bắc Giang"
COMMUNES = (
    _commune("09172", "Kinh Bắc", _N, "phường/thành phố Bắc Ninh", "09187/phường/Kinh Bắc"),
    _commune("09190", "Võ Cường", _N, "phường/thành phố Bắc Ninh", "09190/phường/Võ Cường"),
    _commune("09163", "Vũ Ninh", _N, "phường/thành phố Bắc Ninh", "09169/phường/Vũ Ninh"),
    _commune(
        "09265", "Phương Liễu", _N, f"xã/huyện Quế Võ > {QUE_VO_TOWN}@phường/thị xã Quế Võ", "09265/phường/Phương Liễu"
    ),
    _commune("09277", "Phù Lãng", _N, f"xã/huyện Quế Võ > {QUE_VO_TOWN}@xã/thị xã Quế Võ", "09292/xã/Phù Lãng"),
    _commune("09313", "Chi Lăng", _N, f"xã/huyện Quế Võ > {QUE_VO_TOWN}@xã/thị xã Quế Võ", "09313/xã/Chi Lăng"),
    _commune("09205", "Yên Trung", _N, "xã/huyện Yên Phong", "09205/xã/Yên Trung"),
    _commune("09238", "Văn Môn", _N, "xã/huyện Yên Phong", "09238/xã/Văn Môn"),
    _commune("09193", "Chờ", _N, "thị trấn/huyện Yên Phong", "09193/xã/Yên Phong"),
    _commune("09319", "Lim", _N, "thị trấn/huyện Tiên Du", "09319/xã/Tiên Du"),
    _commune("09334", "Liên Bão", _N, "xã/huyện Tiên Du", "09334/xã/Liên Bão"),
    _commune("09349", "Phật Tích", _N, "xã/huyện Tiên Du", "09349/xã/Phật Tích"),
    _commune(
        "09394", "Đình Bảng", _N, f"phường/thị xã Từ Sơn > {TU_SON_CITY}@phường/thành phố Từ Sơn", "09367/phường/Từ Sơn"
    ),
    _commune(
        "09379", "Phù Khê", _N, f"xã/thị xã Từ Sơn > {TU_SON_CITY}@phường/thành phố Từ Sơn", "09379/phường/Phù Khê"
    ),
    _commune(
        "09400",
        "Hồ",
        _N,
        f"thị trấn/huyện Thuận Thành > {THUAN_THANH_TOWN}@phường/thị xã Thuận Thành",
        "09400/phường/Thuận Thành",
    ),
    _commune(
        "09430",
        "Trạm Lộ",
        _N,
        f"xã/huyện Thuận Thành > {THUAN_THANH_TOWN}@phường/thị xã Thuận Thành",
        "09430/phường/Trạm Lộ",
    ),
    _commune(
        "09445",
        "Ninh Xá",
        _N,
        f"xã/huyện Thuận Thành > {THUAN_THANH_TOWN}@phường/thị xã Thuận Thành",
        "09445/phường/Ninh Xá",
    ),
    _commune("09454", "Gia Bình", _N, "thị trấn/huyện Gia Bình", "09454/xã/Gia Bình"),
    _commune("09466", "Cao Đức", _N, "xã/huyện Gia Bình", "09466/xã/Cao Đức"),
    _commune("09487", "Đông Cứu", _N, "xã/huyện Gia Bình", "09487/xã/Đông Cứu"),
    _commune("09496", "Thứa", _N, "thị trấn/huyện Lương Tài", "09496/xã/Lương Tài"),
    _commune("09502", "Trung Kênh", _N, "xã/huyện Lương Tài", "09499/xã/Trung Kênh"),
    _commune("09535", "Lâm Thao", _N, "xã/huyện Lương Tài", "09529/xã/Lâm Thao"),
    _commune("07207", "Ngô Quyền", _G, "phường/thành phố Bắc Giang", "07210/phường/Bắc Giang"),
    _commune("07228", "Đa Mai", _G, "phường/thành phố Bắc Giang", "07228/phường/Đa Mai"),
    _commune("07249", "Xuân Lương", _G, "xã/huyện Yên Thế", "07246/xã/Xuân Lương"),
    _commune("07282", "Đồng Kỳ", _G, "xã/huyện Yên Thế", "07282/xã/Đồng Kỳ"),
    _commune("07363", "Ngọc Lý", _G, "xã/huyện Tân Yên", "07339/xã/Tân Yên"),
    _commune("07360", "Ngọc Thiện", _G, "xã/huyện Tân Yên", "07351/xã/Ngọc Thiện"),
    _commune("07375", "Vôi", _G, "thị trấn/huyện Lạng Giang", "07375/xã/Lạng Giang"),
    _commune("07432", "Tân Dĩnh", _G, "xã/huyện Lạng Giang", "07432/xã/Tân Dĩnh"),
    _commune("07420", "Mỹ Thái", _G, "xã/huyện Lạng Giang", "07420/xã/Mỹ Thái"),
    _commune("07444", "Đồi Ngô", _G, "thị trấn/huyện Lục Nam", "07444/xã/Lục Nam"),
    _commune("07486", "Nghĩa Phương", _G, "xã/huyện Lục Nam", "07486/xã/Nghĩa Phương"),
    _commune("07519", "Cẩm Lý", _G, "xã/huyện Lục Nam", "07519/xã/Cẩm Lý"),
    _commune("07552", "Kiên Lao", _G, f"xã/huyện Lục Ngạn > {CHU_TOWN}@xã/thị xã Chũ", "07552/xã/Kiên Lao"),
    _commune("07576", "Quý Sơn", _G, f"xã/huyện Lục Ngạn > {CHU_TOWN}@xã/thị xã Chũ", "07612/phường/Phượng Sơn"),
    _commune("07543", "Hộ Đáp", _G, "xã/huyện Lục Ngạn", "07543/xã/Sơn Hải"),
    _commune("07615", "An Châu", _G, "thị trấn/huyện Sơn Động", "07615/xã/Sơn Động"),
    _commune("07663", "Tuấn Đạo", _G, "xã/huyện Sơn Động", "07663/xã/Tuấn Đạo"),
    _commune(
        "07738", "Cảnh Thụy", _G, f"xã/huyện Yên Dũng > {CHU_TOWN}@phường/thành phố Bắc Giang", "07738/phường/Cảnh Thụy"
    ),
    _commune(
        "07807", "Quang Châu", _G, f"xã/huyện Việt Yên > {VIET_YEN_TOWN}@phường/thị xã Việt Yên", "07795/phường/Nếnh"
    ),
    _commune(
        "07777",
        "Bích Động",
        _G,
        f"thị trấn/huyện Việt Yên > {VIET_YEN_TOWN}@phường/thị xã Việt Yên",
        "07777/phường/Việt Yên",
    ),
    _commune("07840", "Thắng", _G, "thị trấn/huyện Hiệp Hòa", "07840/xã/Hiệp Hòa"),
    _commune("07858", "Hợp Thịnh", _G, "xã/huyện Hiệp Hòa", "07864/xã/Hợp Thịnh"),
    _commune("07882", "Châu Minh", _G, "xã/huyện Hiệp Hòa", "07870/xã/Xuân Cẩm"),
)
HAMLET_FIRSTS = ("Đông", "Trại", "Hạ", "Thượng", "Đồng", "Giữa", "Núi", "Cầu", "Bãi", "Ngọc", "Phú", "Tân", "An", "Mỹ")
HAMLET_LASTS = ("Mẫu", "Hạ", "Ván", "Nghè", "Quán", "Sậy", "Lường", "Trì", "Khoát", "Điếm", "Vạc", "Lẫm", "Nhất", "Thị")
STREETS = ("Hai Khe", "Bờ Sậy", "Cống Đá", "Giếng Tròn", "Lò Chum", "Bến Gạo", "Đồi Thông", "Ngã Tư Gốc Đề")


def place_on(commune: Commune, day: date) -> Place:
    """Return what the commune was called on a day."""
    if day >= TWO_LEVELS_FROM:
        unit, name, code = commune.successor
        return Place(code=code, unit=unit, name=name, district=None, province=NEW_PROVINCE)
    _, unit, district = next(era for era in reversed(commune.eras) if era[0] <= day)
    for before, now, then in EARLIER_DISTRICTS:
        if day < before and district == now:
            district = then
            if now.startswith(("thị xã", "thành phố")) and then.startswith("huyện"):
                unit = "thị trấn" if unit == "thị trấn" else "xã"
    province = HA_BAC if day < HA_BAC_UNTIL else commune.province
    return Place(code=commune.code, unit=unit, name=commune.name, district=district, province=province)


def draw_address(rng: Random, place: Place) -> str:
    """Draw an address in a place, from the smallest part upward, first word in lower case where it may be."""
    address = f"{draw_hamlet(rng, place)}, {place.text}"
    if rng.random() < ABBREVIATED:
        for word, short in ABBREVIATIONS:
            address = address.replace(word, short)
    return address


def draw_hamlet_name(rng: Random) -> str:
    """Draw the name of a village, without its kind."""
    return f"{rng.choice(HAMLET_FIRSTS)} {rng.choice(HAMLET_LASTS)}"


def draw_field_name(rng: Random, place: Place) -> str:
    """Draw how offices name a field or a hill outside the villages."""
    spot = rng.choice(("Xứ đồng {}", "Đồng {}", "Bãi {}", "Cánh đồng {}", "Đồi {}")).format(draw_hamlet_name(rng))
    return f"{spot}, {place.unit} {place.name}"


def draw_hamlet(rng: Random, place: Place) -> str:
    """Draw the part of an address below the commune."""
    hamlet = f"{rng.choice(HAMLET_FIRSTS)} {rng.choice(HAMLET_LASTS)}"
    if not place.is_urban:
        return rng.choice(("thôn {}", "thôn {}", "thôn {}", "xóm {}", "bản {}", "thôn {} 2")).format(hamlet)
    street = f"đường {rng.choice(STREETS)}"
    number = str(rng.randint(1, 380))
    alley = f"ngõ {rng.randint(2, 90)}, "
    kinds = (f"số {number}, {street}", f"số {number}, {alley}{street}", f"khu phố {hamlet}", f"tổ dân phố {hamlet}")
    return rng.choice((*kinds, f"tổ dân phố số {rng.randint(1, 12)}"))


def capitalised(address: str) -> str:
    """Return an address with its first letter in upper case."""
    return address[0].upper() + address[1:]
