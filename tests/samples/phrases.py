"""The words of forms in two worlds: "tuning" (seeds below 1000) and "scoring" (the rest).

A reader fitted to the first world meets labels in the second that it has never seen. Source: the forms of 1998 to
2024 and variants as offices and their software print them; some variants of the scoring world are invented.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
WORLDS = ("tuning", "scoring")
SCORING_FROM = 1000
COLONS = ((":", ":", ":", " :"), (":", ":", " :", ":", ":", ":", ":", " :", ":", ""))
LETTERINGS = (
    (("a", "b", "c", "d", "đ", "e", "g"), ("a", "b", "c", "d", "đ", "e", "g"), ("a", "b", "c", "d", "e", "f", "g")),
    (("a", "b", "c", "d", "đ", "e", "g"), ("a", "b", "c", "d", "e", "g", "h"), ("a", "b", "c", "d", "đ", "e", "f")),
)
LETTER_ENDS = ((")", ")", ")", "."), (")", ")", "/", "."))

# One line per label: the variants of the tuning world, then those of the scoring world.
LABELS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "parcel": (("Thửa đất số",), ("Thửa đất số", "Số thửa", "Thửa số", "Số hiệu thửa đất")),
    "sheet": (("tờ bản đồ số",), ("tờ bản đồ số", "số tờ bản đồ", "tờ BĐ số", "tờ bản đồ địa chính số")),
    "address": (("Địa chỉ", "Địa chỉ", "Địa chỉ thửa đất"), ("Địa chỉ thửa đất", "Địa chỉ", "Vị trí thửa đất")),
    "area": (("Diện tích",), ("Diện tích", "Diện tích thửa đất", "Tổng diện tích")),
    "area_words": (("bằng chữ",), ("Bằng chữ", "viết bằng chữ", "ghi bằng chữ")),
    "form": (("Hình thức sử dụng",), ("Hình thức sử dụng", "Hình thức sử dụng đất", "Hình thức SDĐ")),
    "purpose": (("Mục đích sử dụng",), ("Mục đích sử dụng đất", "Mục đích sử dụng", "Mục đích SDĐ")),
    "term": (("Thời hạn sử dụng",), ("Thời hạn sử dụng đất", "Thời hạn sử dụng", "Thời hạn SDĐ")),
    "origin": (("Nguồn gốc sử dụng",), ("Nguồn gốc sử dụng đất", "Nguồn gốc sử dụng", "Nguồn gốc SDĐ")),
    "kind_of_land": (("Loại đất",), ("Loại đất", "Mục đích sử dụng đất")),
    "home_address": (
        ("Địa chỉ thường trú", "Địa chỉ thường trú", "Địa chỉ"),
        ("Địa chỉ thường trú", "Nơi thường trú", "Hộ khẩu thường trú", "Thường trú tại"),
    ),
    "office_address": (("Địa chỉ trụ sở chính", "Địa chỉ"), ("Trụ sở chính", "Địa chỉ trụ sở", "Trụ sở")),
    "born": (("Năm sinh", "Năm sinh", "Sinh năm"), ("Sinh năm", "Năm sinh", "Ngày sinh")),
    "born_in_list": (("sinh năm", "năm sinh"), ("năm sinh", "sinh năm", "SN")),
    "owners_c": (
        (
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
        ),
        (
            "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
            "I - Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất:",
            "I. NGƯỜI SỬ DỤNG ĐẤT, CHỦ SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
    ),
    "things_c": (
        ("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất",),
        (
            "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất",
            "II - Thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "II. THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
    ),
    "parcel_c": (("1. Thửa đất:",), ("1. Thửa đất:", "1. Thửa đất", "1- Thửa đất:")),
    "home_c": (("2. Nhà ở",), ("2. Nhà ở", "2- Nhà ở")),
    "works_c": (("3. Công trình xây dựng khác",), ("3. Công trình xây dựng khác", "3- Công trình xây dựng khác")),
    "forest_c": (
        ("4. Rừng sản xuất là rừng trồng",),
        ("4. Rừng sản xuất là rừng trồng", "4- Rừng sản xuất là rừng trồng"),
    ),
    "trees_c": (("5. Cây lâu năm",), ("5. Cây lâu năm", "5- Cây lâu năm")),
    "note_c": (("6. Ghi chú",), ("6. Ghi chú", "6- Ghi chú")),
    "plan_c": (
        ("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",),
        (
            "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất",
            "III - Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất:",
            "III. SƠ ĐỒ THỬA ĐẤT, NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT",
        ),
    ),
    "changes_c": (
        ("IV. Những thay đổi sau khi cấp Giấy chứng nhận",),
        (
            "IV. Những thay đổi sau khi cấp Giấy chứng nhận",
            "IV - Những thay đổi sau khi cấp Giấy chứng nhận:",
            "IV. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",
        ),
    ),
    "register_c": (("Số vào sổ cấp GCN",), ("Số vào sổ cấp GCN", "Số vào sổ cấp giấy chứng nhận", "Vào sổ cấp GCN số")),
    "register_d": (
        ("Số vào sổ cấp Giấy chứng nhận",),
        ("Số vào sổ cấp Giấy chứng nhận", "Số vào sổ cấp GCN", "Vào sổ số"),
    ),
    "code_d": (("Mã Giấy chứng nhận",), ("Mã Giấy chứng nhận", "Mã GCN")),
    "owners_d": (
        ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",),
        ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", "1. Người sử dụng đất, chủ sở hữu tài sản:"),
    ),
    "parcel_d": (("2. Thông tin thửa đất:",), ("2. Thông tin thửa đất:", "2. Thông tin về thửa đất:")),
    "asset_d": (
        ("3. Thông tin tài sản gắn liền với đất",),
        ("3. Thông tin tài sản gắn liền với đất", "3. Thông tin về tài sản gắn liền với đất"),
    ),
    "plan_d": (("4. Sơ đồ thửa đất, tài sản gắn liền với đất:",), ("4. Sơ đồ thửa đất, tài sản gắn liền với đất:",)),
    "note_d": (("5. Ghi chú",), ("5. Ghi chú", "5. Nội dung ghi chú")),
    "changes_d": (
        ("6. Những thay đổi sau khi cấp Giấy chứng nhận:",),
        ("6. Những thay đổi sau khi cấp Giấy chứng nhận:",),
    ),
    "asset_name": (("Tên tài sản",), ("Tên tài sản", "Loại tài sản")),
    "asset_area": (("Diện tích sử dụng", "Diện tích sàn"), ("Diện tích sử dụng", "Diện tích sàn xây dựng")),
    "built_area": (("diện tích xây dựng",), ("Diện tích xây dựng", "DT xây dựng")),
    "floor_area": (("diện tích sàn",), ("Diện tích sàn", "tổng diện tích sàn")),
    "ownership": (("hình thức sở hữu",), ("Hình thức sở hữu", "sở hữu")),
    "grade": (("cấp (hạng)", "cấp công trình"), ("cấp hạng", "Cấp nhà", "cấp công trình")),
    "floors": (("số tầng",), ("Số tầng", "tầng cao")),
    "asset_term": (("thời hạn sở hữu",), ("Thời hạn sở hữu", "thời hạn")),
    "changes_text": (
        ("Nội dung thay đổi và cơ sở pháp lý",),
        ("Nội dung thay đổi và cơ sở pháp lý", "Nội dung thay đổi, cơ sở pháp lý"),
    ),
    "changes_by": (
        ("Xác nhận của cơ quan có thẩm quyền",),
        ("Xác nhận của cơ quan có thẩm quyền", "Xác nhận của cơ quan\u00a0có\u00a0thẩm\u00a0quyền"),
    ),
    "changes_on": (("Ngày, tháng, năm",), ("Ngày tháng năm", "Thời gian")),
    "members": (
        ("Cùng các thành viên trong hộ gia đình gồm", "Các thành viên trong hộ gia đình gồm"),
        ("Và các thành viên cùng sử dụng đất trong hộ", "Thành viên hộ gia đình có chung quyền sử dụng đất"),
    ),
    "co_users": (
        ("Là người đại diện cho những người cùng sử dụng đất gồm",),
        ("Là đại diện cho nhóm người cùng sử dụng đất gồm có", "Đại diện cho những người có chung quyền sử dụng đất"),
    ),
    "with": (("Cùng sử dụng đất với",), ("Cùng sử dụng với", "Cùng có quyền sử dụng đất với")),
    "heirs": (
        ("Là người đại diện của những người được thừa kế gồm",),
        ("Là đại diện cho những người được hưởng thừa kế gồm", "Đại diện những người thừa kế quyền sử dụng đất gồm"),
    ),
    "estate": (
        ("Những người được thừa kế quyền sử dụng đất của {} (đã chết), người đại diện là",),
        ("Quyền sử dụng đất của {} (đã chết) do người đại diện thừa kế đứng tên là",),
    ),
    "dead": (("(đã chết)", "(đã chết)"), ("(đã chết năm 2012)", "(đã mất)")),
    "and_wife": (("Và vợ là bà", "Và vợ: bà", "Và vợ"), ("Cùng vợ là bà", "Và vợ là bà", "và vợ")),
    "and_husband": (
        ("Và chồng là ông", "Và chồng: ông", "Và chồng"),
        ("Cùng chồng là ông", "Và chồng là ông", "và chồng"),
    ),
    "and_she": (("và bà",), ("và bà", "và vợ là bà")),
    "and_he": (("và ông",), ("và ông", "và chồng là ông")),
    "person_for": (("Người đại diện",), ("Người đại diện theo pháp luật", "Đại diện")),
    "none": (("-/-",), ("-/-", "-/-", "Không", "không có")),
    "no_area": (("không",), ("không", "0", "-/-")),
    "private": (("riêng", "Riêng"), ("Sử dụng riêng", "riêng")),
    "shared": (("chung", "Chung"), ("Sử dụng chung", "chung")),
    "total": (("Tổng cộng", "Cộng"), ("Tổng diện tích", "Cộng", "Tổng số")),
    "place_a": (("Tại",), ("Tại", "Địa điểm tại")),
    "lives_a": (("Nơi thường trú", "Thường trú tại"), ("Nơi ở thường trú", "Chỗ ở", "Cư trú tại")),
    "right_a": (("Được quyền sử dụng",), ("Được quyền sử dụng", "Được sử dụng")),
    "list_a": (("Theo bảng liệt kê dưới đây:",), ("Theo bảng kê dưới đây:", "Theo bảng liệt kê dưới đây")),
    "household_a": (("Hộ ông (bà)",), ("Hộ Ông (Bà)", "Hộ gia đình ông (bà)")),
    "person_a": (("Ông (Bà)", "Ông (bà)"), ("Ông/Bà", "Ông (Bà)")),
    "map_a": (("Số tờ bản đồ",), ("Tờ bản đồ", "Số tờ BĐ")),
    "number_a": (("Số thửa",), ("Thửa số", "Số thửa đất")),
    "area_a": (("Diện tích (m²)",), ("D.tích (m²)", "Diện tích (m²)")),
    "purpose_a": (("Mục đích sử dụng",), ("Mục đích sử dụng đất", "Loại đất")),
    "term_a": (("Thời hạn sử dụng",), ("Thời hạn", "Thời hạn sử dụng đất")),
    "extra_a": (("Phần ghi thêm",), ("Ghi thêm", "Phần ghi thêm")),
    "plan_a": (
        ("TRÍCH LỤC BẢN ĐỒ (SƠ ĐỒ) THỬA ĐẤT", "SƠ ĐỒ THỬA ĐẤT"),
        ("TRÍCH LỤC BẢN ĐỒ THỬA ĐẤT", "SƠ ĐỒ THỬA ĐẤT"),
    ),
    "register_a": (
        ("Vào sổ cấp giấy chứng nhận quyền sử dụng đất", "Vào sổ cấp giấy chứng nhận"),
        ("Vào sổ cấp giấy CNQSDĐ", "Vào sổ cấp giấy chứng nhận quyền sử dụng đất"),
    ),
    "changes_a": (
        ("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN",),
        ("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY", "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN"),
    ),
    "owners_b": (
        ("I- Tên người sử dụng đất", "I. Tên người sử dụng đất"),
        ("I - Người sử dụng đất", "I- Tên người sử dụng đất"),
    ),
    "parcel_b": (
        ("II- Thửa đất được quyền sử dụng",),
        ("II - Thửa đất được quyền sử dụng", "II. Thửa đất được quyền sử dụng"),
    ),
    "assets_b": (
        ("III- Tài sản gắn liền với đất",),
        ("III - Tài sản gắn liền với đất", "III. Tài sản gắn liền với đất"),
    ),
    "note_b": (("IV- Ghi chú",), ("IV - Ghi chú", "IV. Ghi chú")),
    "plan_b": (("V- Sơ đồ thửa đất",), ("V - Sơ đồ thửa đất", "V. Sơ đồ thửa đất")),
    "changes_b": (
        ("VI- Những thay đổi sau khi cấp giấy chứng nhận",),
        ("VI - Những thay đổi sau khi cấp giấy chứng nhận", "VI. Những thay đổi sau khi cấp giấy"),
    ),
    "household_b": (("Hộ Ông (Bà)", "Hộ ông (bà)"), ("Hộ Ông/Bà", "Hộ Ông(Bà)")),
    "person_b": (("Ông (Bà)",), ("Ông/Bà", "Ông(Bà)")),
    "spouse_b": (("Vợ (Chồng)", "Vợ (chồng)"), ("Vợ/Chồng", "Vợ(Chồng)")),
    "cmnd_b": (("Số CMND", "CMND số"), ("Số chứng minh nhân dân", "Số CMTND")),
    "issued_b": (("Cấp ngày",), ("cấp ngày", "Ngày cấp")),
    "issuer_b": (("Nơi cấp",), ("nơi cấp", "Nơi cấp")),
    "home_b": (
        ("Địa chỉ (Nơi đăng ký hộ khẩu thường trú)", "Nơi đăng ký hộ khẩu thường trú", "Địa chỉ"),
        ("Địa chỉ thường trú", "Nơi đăng ký HKTT", "Địa chỉ (nơi đăng ký hộ khẩu thường trú)"),
    ),
    "parcel_number_b": (("Thửa đất số", "Thửa số"), ("Số thửa đất", "Thửa đất số")),
    "sheet_b": (("Tờ bản đồ số",), ("Số tờ bản đồ", "Tờ bản đồ số")),
    "private_b": (("Sử dụng riêng",), ("Sử dụng riêng", "Riêng")),
    "shared_b": (("Sử dụng chung",), ("Sử dụng chung", "Chung")),
    "register_b": (
        ("Số vào sổ cấp giấy chứng nhận quyền sử dụng đất", "Vào sổ cấp giấy CNQSDĐ số"),
        ("Vào sổ cấp giấy CNQSDĐ Số", "Số vào sổ cấp giấy CNQSDĐ"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one office: for each label one variant of its world.

    Attributes:
        world: "tuning" or "scoring".
        habit: Picks the variants, 0 to 1.
    """

    world: str
    habit: float

    def __call__(self, key: str) -> str:
        """Return the words of a label, without a colon."""
        return self.pick(key, LABELS[key][WORLDS.index(self.world)])

    def label(self, key: str) -> str:
        """Return the words of a label with this office's colon and a blank."""
        return f"{self(key)}{self.colon} "

    @property
    def colon(self) -> str:
        """What stands after a label."""
        return self.pick("colon", COLONS[WORLDS.index(self.world)])

    def letters(self) -> list[str]:
        """Return the numbering of the lines of a parcel: "a) " and so on."""
        letters = self.pick("letters", LETTERINGS[WORLDS.index(self.world)])
        end = self.pick("letter end", LETTER_ENDS[WORLDS.index(self.world)])
        return [f"{letter}{end} " for letter in letters]

    def chance(self, key: str) -> float:
        """Return a number from 0 to 1 that stays the same for an office."""
        return zlib.crc32(f"{key}/{self.habit:.9f}".encode()) / 2**32

    def pick(self, key: str, choices: Sequence[T]) -> T:
        """Pick one of several by the office's habit."""
        return choices[int(self.chance(key) * len(choices))]


def world_of(seed: int) -> str:
    """Return the world of a seed."""
    return "scoring" if seed >= SCORING_FROM else "tuning"
