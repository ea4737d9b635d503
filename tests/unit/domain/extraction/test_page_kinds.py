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
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMã số thuế: 027081999921\nNộp 312.000 đồng",
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
        ("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nQUYỀN Xứ HỮU NItÀ Œ\nBG 073961", ("certificate_1", "2014")),
    ],
)
def test_a_title_whose_page_is_lost_tells_its_model_by_how_it_goes_on_and_by_the_serial(title, kind):
    assert kind_of(page("x", red=title)) == kind


WORN_CARDS = {
    "id_card_front": (
        "CỘNG HÒA CHỦ NGHĨA VIỆT NAM\n6y, 02\n024085899915\n--_ CHU THẾ HIẾU\n10/04/1985",
        "KG CỘNG HÒA XÃ HỘI CHỦ N(\ndanh cà thân\n020166999916\nVŨ HỒNG NHUNG\nGiới tứnh/Sex Nữ Quố",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nDU\nGiới tính / Sex: Nam Quốc tịch / Natonaiey: Việt Nam",
        "Số định danh cá nhân,\n8240408085.\nGiớitinh/ Sex Nar tịch/ Natonalty: Việt Nam",
    ),
    "id_card_back": (
        "7ni vay\nIDVNM0819999214027081999921<<3\n8106148M4106140VNM<<<<<<<<<<<6",
        "BỘ CÔNG AN/MI&ISTRYÖF PUBLIC SECURITY\nTDVNMđ529999814001952999981<<5\nNGUYEN<<HUU<DU<<<<<<<",
    ),
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WORN_CARDS.items() for text in texts])
def test_a_card_is_known_by_the_little_that_is_read_of_it(kind, text):
    assert kind_of(page(text)) == (kind, None)


def test_the_code_of_a_card_may_be_on_its_back():
    text = "Nơi cư trú / Place of residence\nBỘ CÔNG AN / MINISTRY OF PUBLIC SECURITY\nVU<<NGOC<SAU<<<<<<<<<<"
    card = page(text, codes=(paper.qr("027081999921||A B|14061981|Nam|x|02052021|||"),))
    assert kind_of(card) == ("id_card_back", None)


def test_a_page_with_both_sides_of_a_card_is_a_card():
    both = "CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name\nĐặc điểm nhân dạng\nNgón trỏ trái"
    assert kind_of(page(both))[0] in {"id_card_front", "id_card_back"}


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n/, \\\n®\nQUYÊN SỬ DỤNG ĐẤT",
        "GIẤY CHỨNG NHẬN\n' ị .> ~.\nQU': :N SỬ DỤNG ĐẠT...\nSố: Q 795260",
        "x\nGIAY CHUN\nQUYEN SỬ\nSố: P 847389",
    ],
)
def test_a_cover_is_known_by_what_is_left_of_its_title(text):
    assert guess_kind(page_text(page(text), 0)).kind == "certificate_1"


def test_a_change_that_begins_like_the_title_of_a_paper_is_on_the_page_of_changes():
    text = """
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
Hợp đồng thế chấp quyền sử dụng đất || Ngày 24/11/2022
Quyết định số 12/QĐ-UBND || PHÓ GIÁM ĐỐC
Đính chính tên người sử dụng đất từ || CHI NHÁNH VĂN PHÒNG
Giấy chứng nhận phải khai báo
"""
    assert kind_of(page(text)) == ("certificate_4", "2014")


def test_a_title_in_small_letters_stands_alone_on_its_row():
    assert kind_of(page("Đơn đăng ký biến động\nKính gửi: UBND xã"))[0] == "application"


def test_an_empty_copy_with_a_dark_edge_is_blank():
    assert kind_of(PageScan(file="a.jpg", ink_pct=0.09)) == ("blank", None)
