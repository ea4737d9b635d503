"""Fictional people and companies: names from syllables, identity numbers that can belong to nobody.

Every identity number has the structure of a real one but ends in 9999xx, a sequence kept for examples.
"""

from __future__ import annotations

from dataclasses import dataclass
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
        id_kind: "cccd" (12 digits) or "cmnd" (9 digits).
        id_number: Ends in 9999xx.
    """

    name: str
    sex: str
    born: int
    id_kind: str
    id_number: str


@dataclass(frozen=True, kw_only=True)
class Company:
    """A fictional company; `tax_code` has a right check digit, `registered_on` is its first registration."""

    name: str
    tax_code: str
    registered_on: date
    registrar: str


def draw_name(rng: Random, sex: str) -> str:
    """Draw a full name, family name first."""
    middles, names = (MALE_MIDDLES, MALE_NAMES) if sex == "male" else (FEMALE_MIDDLES, FEMALE_NAMES)
    middle = rng.choice(middles)
    given = rng.choice([name for name in names if name not in middle])
    return f"{rng.choice(SURNAMES)} {middle} {given}"


def draw_person(rng: Random, *, sex: str, born: int, id_kind: str, province: str) -> Person:
    """Draw a person with an identity paper of the given kind; `province` is where the paper was issued."""
    sequence = f"9999{rng.randrange(100):02d}"
    if id_kind == "cmnd":
        number = rng.choice(CMND_PREFIXES[province]) + sequence
    else:
        century_and_sex = 2 * (born // 100 - 19) + (sex == "female")
        number = f"{rng.choice(BIRTH_PROVINCES)}{century_and_sex}{born % 100:02d}{sequence}"
    return Person(name=draw_name(rng, sex), sex=sex, born=born, id_kind=id_kind, id_number=number)


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


def _draw_tax_code(rng: Random, prefix: str) -> str:
    """Draw ten digits with the check digit 10 - (weighted sum mod 11); 10 cannot be printed, so draw again."""
    while True:
        digits = f"{prefix}{rng.randrange(100):02d}9999{rng.randrange(10)}"
        check = 10 - sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            return digits + str(check)
