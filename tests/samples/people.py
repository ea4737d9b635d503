"""Fictional people and companies: names from syllables, identity numbers that can belong to nobody.

Every identity number has the structure of a real one but ends in 9999xx, a sequence kept for examples.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


SURNAMES = _words(
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Đào Đoàn Trịnh Đinh",
    "Thân Giáp Ngọ Vi La Lục Nông Trương Đàm Nghiêm Ong Mẫn Hứa Chu Nhữ Khổng Kiều Quách Lưu Tạ Tô",
    "Bạch Khúc Viên Lã Ninh Diêm Triệu Tống Trạc Leo Hoàng Đồng Lương Phùng Mạc Khương Lý",
)
MALE_MIDDLES = _words(
    "Văn Văn Văn Đình Đức Xuân Quang Hữu Công Ngọc Thế Minh Duy Bá Trọng Khắc Đăng",
    "Viết Quốc Tiến Mạnh Danh Quý Chí",
)
MALE_NAMES = _words(
    "Hách Chuyên Lượng Doãn Thảnh Khởi Nhiệm Phả Tuệ Dự Khả Bằng Chấn Điệp Đoàn Giản Hãnh Hiển Kỷ Lữ",
    "Mẫn Ngạn Nhượng Oánh Phụng Quảng Rạng Sủng Tạo Thạo Thưởng Toản Trữ Tự Uyển Vững Xứng Ý Hùng Dũng",
    "Sơn Thắng Cường Kiên Hiếu Lâm Phúc Thọ Hưng Vinh Đạt Chiến Nghĩa Quyết Thuận Bách Đông",
)
FEMALE_MIDDLES = ("Thị", "Thị", "Thị", "Thị", "Thị Huệ", "Thị Thu", "Ngọc", "Thu", "Thị Kim", "Hồng", "Bích", "Thùy")
FEMALE_NAMES = _words(
    "Vịnh Thắm Khuê Sảo Mười Huệ Ánh Bưởi Chắt Diện Đượm Gấm Hảo Hiên Khuyên Lạng Luyến Lý Mận Mùi",
    "Nhạn Nhung Nụ Oanh Phượng Quế Quyên Sáu Sự Tẩm Tỉnh Thoa Thủy Tuyết Tý Uyên Vẻ Xuyến Yến Hường",
    "Lan Hương Hạnh Hằng Nga Thảo Vân Loan Ngân Dung Hậu Liễu Mến",
)
COMPANY_FORMS = ("CÔNG TY TNHH", "CÔNG TY CỔ PHẦN", "CÔNG TY TNHH MỘT THÀNH VIÊN", "DOANH NGHIỆP TƯ NHÂN")
COMPANY_TRADES = (
    *("MAY MẶC", "LINH KIỆN", "CƠ KHÍ", "BAO BÌ", "CHẾ BIẾN NÔNG SẢN", "VẬT LIỆU XÂY DỰNG", "GỐM SỨ", "GỖ MỸ NGHỆ"),
    *("THƯƠNG MẠI VÀ DỊCH VỤ", "ĐIỆN TỬ", "THỨC ĂN CHĂN NUÔI"),
)
COMPANY_NAMES = (
    *("QUANG MINH ĐẠT", "PHÚC KHÊ THÀNH", "AN HÒA THỊNH", "KỲ VĨNH LỢI", "HẢI ĐĂNG PHÁT", "SƠN THƯỢNG"),
    *("TÂN ĐỒNG TIẾN", "ĐẠI NGHĨA HƯNG", "TRƯỜNG CỬU"),
)
BIRTH_PROVINCES = (
    "024",
    "024",
    "024",
    "024",
    "027",
    "027",
    "027",
    "027",
    "001",
    "019",
    "020",
    "022",
    "026",
    "030",
    "033",
)
BIRTH_COUNTRIES = ("112", "127", "138", "201")
FOREIGN_BORN = 0.03
FOREIGN_NAMES = {
    "male": ("WEBERLING JOHANN KARL", "KIM DO HYUNG", "TANAKA HIROKAZU", "DUPRAT MICHEL ANDRE"),
    "female": ("KIM SEO JIN", "WEBERLING ANNA", "TANAKA YUMIKO"),
}
CMND_PREFIXES = {"Bắc Ninh": ("125",), "Bắc Giang": ("121", "122")}
TAX_PREFIXES = {"Bắc Ninh": "23", "Bắc Giang": "24"}
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A fictional person.

    Attributes:
        name: Full name in title case.
        sex: "male" or "female".
        born: Year of birth.
        id_kind: "cccd" (12 digits), "cmnd" (9 digits), "passport", "army", or "none" where no paper is printed.
        id_number: Ends in 9999xx.
        id_issued_on: Printed by the oldest models only.
        id_issuer: Printed with the date.
    """

    name: str
    sex: str
    born: int
    id_kind: str
    id_number: str
    id_issued_on: date
    id_issuer: str


@dataclass(frozen=True, kw_only=True)
class Company:
    """A fictional company; `tax_code` has a right check digit, `registered_on` is its first registration."""

    name: str
    tax_code: str
    registered_on: date
    registrar: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """A holder that is no company: a committee, a school, a temple, a co-operative or the people of a village.

    Attributes:
        kind: "organisation" or "community".
        decision: Number of the decision that founded it; empty where none is printed.
        decided_on: The day of the decision.
        decided_by: Who decided.
    """

    name: str
    kind: str
    decision: str
    decided_on: date
    decided_by: str


def draw_name(rng: Random, sex: str) -> str:
    """Draw a full name, family name first."""
    middles, names = (MALE_MIDDLES, MALE_NAMES) if sex == "male" else (FEMALE_MIDDLES, FEMALE_NAMES)
    middle = rng.choice(middles)
    given = rng.choice([name for name in names if name not in middle])
    return f"{rng.choice(SURNAMES)} {middle} {given}"


def draw_person(rng: Random, *, sex: str, born: int, id_kind: str, province: str) -> Person:
    """Draw a person with an identity paper of the given kind; `province` is where the paper was issued."""
    sequence = f"9999{rng.randrange(100):02d}"
    birth_place = rng.choice(BIRTH_COUNTRIES if rng.random() < FOREIGN_BORN else BIRTH_PROVINCES)
    century_and_sex = 2 * (born // 100 - 19) + (sex == "female")
    numbers = {
        "cmnd": rng.choice(CMND_PREFIXES[province]) + sequence,
        "cccd": f"{birth_place}{century_and_sex}{born % 100:02d}{sequence}",
        "passport": f"{rng.choice('BCN')}{rng.randint(1, 9)}{sequence}",
        "army": f"{rng.randint(10, 99)}{sequence}",
        "none": "",
    }
    return Person(
        name=draw_name(rng, sex),
        sex=sex,
        born=born,
        id_kind=id_kind,
        id_number=numbers[id_kind],
        id_issued_on=date(max(born + 18, rng.randint(1988, 2006)), rng.randint(1, 12), rng.randint(1, 28)),
        id_issuer=rng.choice(("Công an tỉnh {}", "Công an tỉnh {}", "CA tỉnh {}", "CA {}")).format(province),
    )


def draw_foreigner(rng: Random) -> Person:
    """Draw a person from abroad with a passport."""
    sex = rng.choice(("male", "female"))
    name = rng.choice(FOREIGN_NAMES[sex])
    return replace(
        draw_person(rng, sex=sex, born=rng.randint(1955, 1990), id_kind="passport", province="Bắc Ninh"), name=name
    )


def draw_company(rng: Random, *, province: str, before: date) -> Company:
    """Draw a company registered in `province` some years before the given day."""
    name = " ".join((rng.choice(COMPANY_FORMS), rng.choice(COMPANY_TRADES), rng.choice(COMPANY_NAMES)))
    day = date(before.year - rng.randint(1, 12), rng.randint(1, 12), rng.randint(1, 28))
    return Company(
        name=name,
        tax_code=_draw_tax_code(rng, TAX_PREFIXES[province]),
        registered_on=day,
        registrar=f"Sở Kế hoạch và Đầu tư tỉnh {province}",
    )


def draw_body(rng: Random, *, unit: str, district: str, hamlet: str, before: date) -> Body:
    """Draw a committee, school, temple, co-operative or village community of a commune.

    Args:
        rng: Decides.
        unit: The commune with its kind, such as "xã Phù Lãng".
        district: The district with its kind; empty in the two-level time.
        hamlet: The name of a village.
        before: It was founded some years earlier.
    """
    names = (
        (f"ỦY BAN NHÂN DÂN {unit.upper()}", "organisation", False),
        (f"TRƯỜNG TIỂU HỌC {unit.partition(' ')[2].upper()} SỐ {rng.randint(1, 3)}", "organisation", True),
        (f"TRƯỜNG MẦM NON {hamlet.upper()}", "organisation", True),
        (f"CHÙA {hamlet.upper()}", "organisation", False),
        (f"HỢP TÁC XÃ DỊCH VỤ NÔNG NGHIỆP {hamlet.upper()}", "organisation", True),
        (f"CỘNG ĐỒNG DÂN CƯ THÔN {hamlet.upper()}", "community", False),
        (f"Cộng đồng dân cư thôn {hamlet}", "community", False),
    )
    name, kind, decided = rng.choice(names)
    day = date(before.year - rng.randint(1, 9), rng.randint(1, 12), rng.randint(1, 28))
    number = f"{rng.randint(2, 990)}/QĐ-UB{'ND' if day.year > 2004 else ''}" if decided else ""
    return Body(name=name, kind=kind, decision=number, decided_on=day, decided_by=f"UBND {district or unit}")


def _draw_tax_code(rng: Random, prefix: str) -> str:
    """Draw ten digits with the check digit 10 - (weighted sum mod 11); 10 cannot be printed, so draw again."""
    while True:
        digits = f"{prefix}{rng.randrange(100):02d}9999{rng.randrange(10)}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return digits + str(check)
