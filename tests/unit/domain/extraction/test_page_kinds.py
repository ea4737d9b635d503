from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.extraction.page_kinds import guess_kind
from app.domain.extraction.rows import page_text
from app.domain.reading import PageScan
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import page


def kind_of(scan: PageScan) -> tuple[str, str | None]:
    guess = guess_kind(page_text(scan, 0))
    return guess.kind.value, guess.model.value if guess.model else None


@pytest.mark.parametrize(
    ("scan", "kind"),
    [
        (paper.page_1(), ("certificate_1", "2014")),
        (paper.page_2(), ("certificate_2", "2014")),
        (paper.page_3(), ("certificate_3", "2014")),
        (paper.page_4(), ("certificate_4", "2014")),
        (paper.front(), ("certificate_front", "2024")),
        (paper.back(), ("certificate_back", "2024")),
        (page("", red="GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"), ("certificate_1", None)),
        (page("I- Tên người sử dụng đất\nII- Thửa đất được quyền sử dụng"), ("certificate_2", "2003")),
        (
            page("V- Sơ đồ thửa đất\nSố vào sổ cấp giấy chứng nhận quyền sử dụng đất"),
            ("certificate_3", "2003"),
        ),
        (page("VI- Những thay đổi sau khi cấp giấy chứng nhận\nNgày, tháng, năm"), ("certificate_4", "2003")),
        (page("Được quyền sử dụng: 84 m² đất\nTheo bảng liệt kê dưới đây:"), ("certificate_2", "1993")),
        (page("TRÍCH LỤC BẢN ĐỒ THỬA ĐẤT\nVào sổ cấp giấy chứng nhận quyền sử dụng đất"), ("certificate_3", "1993")),
        (page("TRANG BỔ SUNG GIẤY CHỨNG NHẬN\nThửa đất số: 5"), ("supplement", None)),
        (page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name: LÊ VĂN HOẠCH"), ("id_card_front", None)),
        (page("Đặc điểm nhân dạng / Personal identification\nNgón trỏ trái"), ("id_card_back", None)),
        (page("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI\nKính gửi: UBND xã"), ("application", None)),
        (page("Biên bản họp thôn"), ("other", None)),
        (PageScan(file="a.jpg", ink_pct=0.0), ("blank", None)),
        (PageScan(file="a.jpg", ink_pct=1.0), ("other", None)),
        (page("x", codes=(paper.qr(paper.FRONT_QR),)), ("certificate_front", "2024")),
        (page("x", codes=(paper.barcode("0917219009331"),)), ("certificate_4", "2014")),
        (page("x", codes=(paper.qr("opaque"),)), ("other", None)),
        (page("x", codes=(paper.qr("027081999921||A B|14061981|Nam|x|02052021"),)), ("id_card_front", None)),
    ],
)
def test_a_page_is_known_by_its_words_and_codes(scan, kind):
    assert kind_of(scan) == kind


def test_headings_are_known_through_slips():
    text = paper.page_2().lines
    worn = "\n".join(" ".join(word.text for word in line.words) for line in text)
    worn = worn.translate(str.maketrans("ửấụồh", "ứâuổb"))
    assert kind_of(page(worn)) == ("certificate_2", "2014")


PAGES = {
    ("certificate_2", "1993"): """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
ỦY BAN NHÂN DÂN HUYỆN TIÊN SƠN
CHỨNG NHẬN
Bà: Trần Thị Mận
Nơi thường trú: khu phố Chùa, xã Đồng Quang
Được quyền sử dụng: 84 m² đất
Theo bảng liệt kê dưới đây:
Số tờ bản đồ Số thửa Diện tích (m²) Phần ghi thêm
""",
    ("certificate_3", "1993"): """
SƠ ĐỒ THỬA ĐẤT
TM. ỦY BAN NHÂN DÂN HUYỆN TIÊN SƠN
CHỦ TỊCH
Vào sổ cấp giấy chứng nhận Số: 01108
QSDĐ/ĐK
""",
    ("certificate_2", "2003"): """
ỦY BAN NHÂN DÂN HUYỆN QUẾ VÕ - TỈNH BẮC NINH
CHỨNG NHẬN
I- Tên người sử dụng đất
Hộ bà: PHẠM THỊ LÀNH Năm sinh: 1966
Địa chỉ (Nơi đăng ký hộ khẩu thường trú): thôn Từ Phong, xã Cách Bi
II- Thửa đất được quyền sử dụng
5. Hình thức sử dụng: + Sử dụng riêng: 432,0 m²
8. Nguồn gốc sử dụng đất: Nhà nước giao đất không thu tiền sử dụng đất
III- Tài sản gắn liền với đất
IV- Ghi chú
""",
    ("certificate_3", "2003"): """
Ngày 12 tháng 12 năm 2008
KT. CHỦ TỊCH
Số vào sổ cấp giấy chứng nhận quyền
sử dụng đất: H 02731
""",
    ("certificate_4", "2003"): "VI- Những thay đổi sau khi cấp giấy chứng nhận\nNgày, tháng, năm",
    ("certificate_4", None): "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN\nNgày, tháng, năm",
    ("certificate_4", "2014"): "Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền",
    ("supplement", None): """
TRANG BỔ SUNG GIẤY CHỨNG NHẬN
IV. Những thay đổi sau khi cấp Giấy chứng nhận
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
""",
    ("id_card_front", None): """
CĂN CƯỚC / IDENTITY CARD
Số định danh cá nhân / Personal identification number
Họ, chữ đệm và tên khai sinh / Full name
""",
    ("id_card_back", None): "IDVNM0819999217027081999921<<4\n8106145M4106148VNM<<<<<<<<<<<2\nTRUONG<<QUANG<HACH<<<<<<",
    ("application", None): """
ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT,
QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
Kính gửi: Ủy ban nhân dân xã Cách Bi
Người viết đơn
""",
}


@pytest.mark.parametrize(("kind", "text"), PAGES.items())
def test_pages_of_every_model_and_paper_are_told_apart(kind, text):
    assert kind_of(page(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT\nBên chuyển nhượng\nThửa đất số: 5\nThời hạn sử dụng: Lâu dài",
        "HÓA ĐƠN TIỀN ĐIỆN\nTổng số tiền thanh toán: 312.000",
        "LAND TITLE DEED\nProvince of Chiang Mai\nArea 2 rai\nRegistered owner",
        "GIẤY CHỨNG NHẬN KẾT HÔN\nHọ tên vợ\nHọ tên chồng",
        "QUYẾT ĐỊNH\nCăn cứ Giấy chứng nhận quyền sử dụng đất số AH 318264\nSố vào sổ cấp giấy chứng nhận",
        "250\n12,5\n7,81\n30\n1204",
    ],
)
def test_what_is_no_certificate_is_other(text):
    assert kind_of(page(text)) == ("other", None)


def test_dirt_and_print_that_shines_through_leave_a_page_blank():
    dirt = replace(page("ˆ~ iĨ /\n. 1l", confidence=21.0), ink_pct=0.08)
    assert kind_of(dirt) == ("blank", None)


def test_a_drawing_is_not_blank():
    assert kind_of(replace(page("12,5 7,81 30,4"), ink_pct=0.2)) == ("other", None)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (
            "GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nQUYÊN NỞ HỮU NHÀ ỞVATAI VN KHẤU GẦN LIỀN VỚI ĐẤT",
            ("certificate_1", "2014"),
        ),
        (
            "GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nSỞ HỮU TÀI SN GẦN LIỀN VỚI ĐẤT\nAA 04417325",
            ("certificate_front", "2024"),
        ),
        ("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nAH 318264", ("certificate_1", "2003")),
    ],
)
def test_a_title_whose_page_is_lost_tells_its_model_by_how_it_goes_on_and_by_the_serial(title, kind):
    assert kind_of(page("x", red=title)) == kind
