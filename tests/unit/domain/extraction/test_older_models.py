"""The model of 2003, covers, supplementary pages, and holders as older and rarer papers name them."""

from __future__ import annotations

import pytest

from app.domain.dossier import IdPaper
from tests.unit.domain.extraction.paper import check_of, page, page_1, page_2, page_3, page_4, read

PAGE_2 = """
ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN - TỈNH BẮC GIANG
CHỨNG NHẬN
I- Tên người sử dụng đất
Hộ Ông (Bà): LÊ VĂN HOẠCH Năm sinh: 1958 Số CMND: 121999901 Cấp ngày: 03/02/2000 Nơi cấp: Công an tỉnh Bắc Giang
Vợ (Chồng): NGUYỄN THỊ BIÊN Năm sinh: 1961 Số CMND: 121999902
Địa chỉ (Nơi đăng ký hộ khẩu thường trú): phố Bãi Ban, thị trấn Nhã Nam, huyện Tân Yên, tỉnh Bắc Giang
II- Thửa đất được quyền sử dụng
1. Thửa đất số: 57 2. Tờ bản đồ số: 24
3. Địa chỉ thửa đất: Phố Bãi Ban, thị trấn Nhã Nam, huyện Tân Yên, tỉnh Bắc Giang
4. Diện tích: 215,0 m² Bằng chữ: Hai trăm mười lăm mét vuông
5. Hình thức sử dụng:
+ Sử dụng riêng: 215,0 m²
+ Sử dụng chung: không m²
6. Mục đích sử dụng đất: Đất ở tại đô thị: 120,0 m²; Đất trồng cây lâu năm: 95,0 m²
7. Thời hạn sử dụng đất: Đất ở tại đô thị: Lâu dài; Đất trồng cây lâu năm: Đến 15/10/2043
8. Nguồn gốc sử dụng đất: Nhà nước giao đất không thu tiền sử dụng đất
III- Tài sản gắn liền với đất
-/-
IV- Ghi chú
-/-
"""
PAGE_3 = """
V- Sơ đồ thửa đất
|| Ngày 26 tháng 4 năm 2007
|| TM. ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN - TỈNH BẮC GIANG
|| CHỦ TỊCH

|| Phùng Đắc Triển
Số vào sổ cấp giấy chứng nhận quyền sử dụng đất: H 00415
"""


def test_a_certificate_of_2003_is_read_under_its_roman_headings():
    reading = read(page("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nAH 318264"), page(PAGE_2), page(PAGE_3))
    certificate = reading.certificate
    assert (certificate.model, certificate.serial, certificate.register_number) == ("2003", "AH 318264", "H 00415")
    assert (certificate.issued_on, certificate.signer) == ("2007-04-26", "Phùng Đắc Triển")
    assert certificate.issuer == "ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN - TỈNH BẮC GIANG"
    first, second = reading.holders
    assert (first.name, first.born, second.name) == ("LÊ VĂN HOẠCH", "1958", "NGUYỄN THỊ BIÊN")
    assert first.id_papers == (
        IdPaper(kind="cmnd", number="121999901", issued_on="2000-02-03", issuer="Công an tỉnh Bắc Giang"),
    )
    assert first.address == second.address == "phố Bãi Ban, thị trấn Nhã Nam, huyện Tân Yên, tỉnh Bắc Giang"
    (parcel,) = reading.parcels
    assert (parcel.number, parcel.sheet, str(parcel.area_m2)) == ("57", "24", "215.0")
    assert [(use.purpose_code, use.term, use.form) for use in parcel.uses] == [
        ("ODT", "Lâu dài", "Sử dụng riêng"),
        ("CLN", "Đến 15/10/2043", "Sử dụng riêng"),
    ]
    assert (reading.assets, certificate.notes) == ((), None)


def test_the_number_of_the_parcel_is_not_taken_for_the_heading_of_the_plan():
    printed = PAGE_2.replace("1. Thửa đất số: 57 2.", "1. Số thửa đất: 57 2.")
    (parcel,) = read(page(printed), page(PAGE_3)).parcels
    assert (parcel.number, parcel.sheet, str(parcel.area_m2)) == ("57", "24", "215.0")
    assert [use.purpose_code for use in parcel.uses] == ["ODT", "CLN"]


def test_a_day_of_issue_that_cannot_be_leaves_the_rest_of_the_signature():
    reading = read(page(PAGE_2), page(PAGE_3.replace("26 tháng 4 năm 2007", "66 tháng 4 năm 2095")))
    assert reading.certificate.issued_on is None
    assert check_of(reading, "certificate.issued_on") == "look"
    assert reading.certificate.signer == "Phùng Đắc Triển"


def test_the_number_in_the_register_may_stand_below_its_label():
    text = PAGE_3.replace("đất: H 00415", "đất\nSố: 00214 QSDĐ/PL")
    assert read(page(PAGE_2), page(text)).certificate.register_number == "00214 QSDĐ/PL"


def test_the_number_in_the_register_is_not_the_one_the_notes_quote():
    notes = "6. Ghi chú: Cấp đổi từ Giấy chứng nhận số AL 331802, số vào sổ cấp GCN: 02985 QSDĐ/ĐK"
    assert read(page_1(), page_2(notes=notes)).certificate.register_number == "CS 09331"


@pytest.mark.parametrize(
    ("holders", "names", "form"),
    [
        ("Bà: ĐẶNG THỊ DIỆN (đã chết)\nvà ông: NGUYỄN VIẾT GIẢN", ["ĐẶNG THỊ DIỆN", "NGUYỄN VIẾT GIẢN"], "Vợ chồng"),
        ("Ông: LÊ VĂN BA\nVà vợ: ONG THỊ HẠNH", ["LÊ VĂN BA", "ONG THỊ HẠNH"], "Vợ chồng"),
        (
            "Hộ ông: HÀ VĂN QUYẾT\nCùng các thành viên trong hộ gia đình gồm: bà Lê Thị Tư (năm sinh: 1960)",
            ["HÀ VĂN QUYẾT", "Lê Thị Tư"],
            "Hộ gia đình",
        ),
        (
            "Những người được thừa kế của ông Leo Xuân Thuận (đã chết), người đại diện là:\nÔng: KHÚC DUY ĐẠT",
            ["KHÚC DUY ĐẠT"],
            "Đồng sử dụng",
        ),
        (
            "CÔNG TY TNHH ĐẠI PHONG\nNgười đại diện: Bà Đồng Thị Huệ Tý, chức vụ: Giám đốc",
            ["CÔNG TY TNHH ĐẠI PHONG", "Đồng Thị Huệ Tý"],
            "Tổ chức",
        ),
    ],
)
def test_rarer_holders_are_named_as_printed(holders, names, form):
    found = read(page_1(holders)).holders
    assert [holder.name for holder in found] == names
    assert found[0].legal_form == form


def test_the_words_of_an_identity_paper_written_out_are_no_name():
    (holder,) = read(page_1("Ông: ĐỖ BÁ HÃNH Số chứng minh nhân dân: 125999933\nĐịa chỉ: xã Văn Môn")).holders
    assert (holder.name, [paper.number for paper in holder.id_papers]) == ("ĐỖ BÁ HÃNH", ["125999933"])


def test_those_whom_a_holder_stands_for_are_holders_with_him():
    printed = (
        "Ông: ĐỖ BÁ HÃNH\nĐịa chỉ: thôn Cầu Ván, xã Văn Môn\n"
        "Đại diện những người thừa kế quyền sử dụng đất gồm: ông Đỗ Bá Hãnh, ông Hoàng Đức Khởi (năm sinh: 1970)"
    )
    first, second = read(page_1(printed)).holders
    assert (first.name, first.role, first.address) == ("ĐỖ BÁ HÃNH", "Người đại diện", "thôn Cầu Ván, xã Văn Môn")
    assert (second.name, second.role, second.born) == ("Hoàng Đức Khởi", "Thành viên", "1970")


def test_a_person_whose_opener_was_lost_is_no_organisation():
    reading = read(page_1("SÀ c6 4; ăn Đạt Sinh năm: 1984, CMND: 121999955\nĐịa chỉ: xã Đồng Kỳ"))
    assert (reading.holders[0].kind, reading.holders[0].name) == ("person", None)
    assert reading.holders[0].id_papers[0].number == "121999955"


def test_a_part_given_away_leaves_the_holder_the_user():
    part = "Chuyển nhượng một phần diện tích 72 m² cho bà Vũ Thu Chắt theo hồ sơ số 491428.CN.001 || Ngày 03/7/2019"
    assert read(page_1(), page_3(part)).current_users == ()
    whole = part.replace("một phần diện tích 72 m² ", "")
    assert [user.name for user in read(page_1(), page_3(whole)).current_users] == ["Vũ Thu Chắt"]


def test_both_styles_of_tone_marks_stay_as_printed():
    signature = "|| Hiệp Hoà, ngày 08 tháng 3 năm 2021\n|| TM. UỶ BAN NHÂN DÂN HUYỆN HIỆP HOÀ\n|| CHỦ TỊCH"
    assert read(page_1(), page_2(signature=signature)).certificate.issuer == "UỶ BAN NHÂN DÂN HUYỆN HIỆP HOÀ"


def test_a_supplementary_page_adds_its_changes():
    more = page("""TRANG BỔ SUNG GIẤY CHỨNG NHẬN
Thửa đất số: 205 Số phát hành: CQ 718336
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
Thế chấp quyền sử dụng đất tại Ngân hàng Kinh Bắc || Ngày 05/8/2021
theo hồ sơ số 002155.TC.002 || CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI""")
    reading = read(page_1(), page_2(), page_3(), page_4(), more)
    assert [change.dossier_number for change in reading.changes] == ["002155.TC.002"]
    assert reading.changes[0].kind == "Thế chấp"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("00046 QSDĐ/ĐK", "00046 QSDĐ/ĐK"),
        ("00046 QSDB/ĐK", "00046 QSDĐ/ĐK"),
        ("03534 Q@SDĐ/CN", "03534 QSDĐ/CN"),
        ("00054 OSDĐ/QV", "00054 QSDĐ/QV"),
        ("00056\nQSDĐ/PL", "00056 QSDĐ/PL"),
        ("00056\nphó chủ tịch", "00056"),
    ],
)
def test_letters_behind_the_number_in_the_register_are_kept_through_slips_and_on_the_next_line(printed, number):
    text = PAGE_3.replace("đất: H 00415", f"đất Số: {printed}")
    assert read(page(PAGE_2), page(text)).certificate.register_number == number
