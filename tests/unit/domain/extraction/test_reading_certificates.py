from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.codec import to_plain
from app.domain.dossier import Certificate, Change, CurrentUser, Holder, IdPaper, LandUse
from app.domain.reading import PageScan
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import back, check_of, front, page, page_1, page_2, page_3, page_4, read

ADDRESS = "Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh"


def whole_2014() -> tuple[PageScan, ...]:
    return page_1(), page_2(), page_3(), page_4(codes=(paper.barcode("0917219009331"),))


def test_a_certificate_of_2014_is_read_whole():
    reading = read(*whole_2014())
    assert reading.certificate == Certificate(
        model="2014",
        serial="CQ 718336",
        register_number="CS 09331",
        issued_on="2019-06-14",
        issuer="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH BẮC NINH",
        signer="Nghiêm Đức Phả",
        signer_title="GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
        barcode="0917219009331",
    )
    assert reading.holders == (
        Holder(
            kind="person",
            legal_form="Vợ chồng",
            role="Chồng",
            name="TRƯƠNG QUANG HÁCH",
            sex="male",
            born="1981",
            address=ADDRESS,
            id_papers=(IdPaper(kind="cccd", number="027081999921"),),
        ),
        Holder(
            kind="person",
            legal_form="Vợ chồng",
            role="Vợ",
            name="ĐÀM THỊ VỊNH",
            sex="female",
            born="1984",
            address=ADDRESS,
            id_papers=(IdPaper(kind="cccd", number="027184999922"),),
        ),
    )
    (parcel,) = reading.parcels
    assert (parcel.sheet, parcel.number, parcel.address) == ("16", "205", ADDRESS)
    assert (parcel.area_m2, parcel.area_words) == (Decimal("72.5"), "Bảy mươi hai phẩy năm mét vuông")
    assert parcel.uses == (
        LandUse(
            purpose="Đất ở tại đô thị",
            purpose_code="ODT",
            area_m2=Decimal("72.5"),
            origin="Nhận chuyển nhượng đất được Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
            form="Sử dụng riêng",
            term="Lâu dài",
        ),
    )
    assert (reading.assets, reading.changes, reading.missing_pages, reading.findings) == ((), (), (), ())
    assert [seen.kind for seen in reading.pages] == [f"certificate_{number}" for number in range(1, 5)]
    assert {seen.model for seen in reading.pages} == {"2014"}


def test_every_value_of_the_record_has_its_evidence():
    reading = read(*whole_2014())
    fields = {field.path: field for field in reading.fields}
    assert fields["parcels[0].area_m2"].raw == "72,5"
    assert fields["parcels[0].area_m2"].page == 1
    assert fields["parcels[0].area_m2"].box == (480, 380, 80, 40)
    assert fields["parcels[0].area_m2"].check == "ok"
    assert fields["certificate.serial"].box is not None
    assert fields["holders[0].legal_form"].source == "rule"
    assert [field.path for field in reading.fields][:2] == ["certificate.model", "certificate.serial"]
    plain = to_plain(reading)
    assert set(plain["certificate"]) == set(Certificate.__dataclass_fields__)


def test_pages_may_come_in_any_order():
    one = read(*whole_2014())
    other = read(*reversed(whole_2014()))
    assert other.certificate == one.certificate
    assert other.holders == one.holders
    assert [seen.kind for seen in other.pages] == [f"certificate_{number}" for number in (4, 3, 2, 1)]
    assert next(field.page for field in other.fields if field.path == "parcels[0].area_m2") == 2


def test_a_certificate_of_2024_is_read_whole():
    reading = read(front(), back())
    assert reading.certificate.model == "2024"
    assert reading.certificate.serial == "AA 04417325"
    assert reading.certificate.qr == paper.FRONT_QR
    assert reading.certificate.code == "105741759277"
    assert reading.certificate.register_number == "CN 00318"
    assert reading.certificate.issuer == "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI TỈNH BẮC NINH CHI NHÁNH THỊ XÃ QUẾ VÕ"
    assert (reading.certificate.signer, reading.certificate.signer_title) == ("Kiều Hữu Dự", "GIÁM ĐỐC")
    assert reading.certificate.notes == "Số hiệu và diện tích thửa đất được xác định theo bản đồ địa chính"
    assert [holder.name for holder in reading.holders] == ["CHU VĂN LƯỢNG", "LỤC THỊ THẮM"]
    uses = reading.parcels[0].uses
    assert [(use.purpose_code, use.area_m2, use.term, use.origin) for use in uses] == [
        ("ODT", Decimal("93.0"), "Lâu dài", None),
        ("HNK", Decimal("290.0"), "Đến ngày 17/12/2065", None),
    ]
    assert (reading.missing_pages, reading.findings, reading.assets) == ((), (), ())
    assert check_of(reading, "certificate.serial") == "ok"


def test_missing_pages_are_named_by_the_models_set():
    reading = read(page_1(), page_2())
    assert reading.missing_pages == ("certificate_3", "certificate_4")
    assert [finding.code for finding in reading.findings] == ["pages_missing"]
    assert read(front()).missing_pages == ("certificate_back",)


def test_the_day_of_issue_tells_2009_from_2014():
    older = paper.SIGNATURE.replace("14 tháng 6 năm 2019", "18 tháng 7 năm 2011")
    reading = read(page_1(serial="BD 226781"), page_2(signature=older))
    assert reading.certificate.model == "2009"
    assert {seen.model for seen in reading.pages} == {"2009"}
    assert reading.missing_pages == ("certificate_3", "certificate_4")


def test_without_a_date_a_model_may_need_a_look():
    assert check_of(read(page_1(serial="BD 226781")), "certificate.model") == "look"
    assert check_of(read(page_1(serial="")), "certificate.model") == "look"
    assert check_of(read(page_1()), "certificate.model") == "ok"


def test_what_is_printed_but_unreadable_stays_blank_and_needs_a_look():
    reading = read(page_2(parcel="?? ## ~~"), page_4(digits="xx"))
    fields = {field.path: field for field in reading.fields}
    for path in ("parcels[0].number", "parcels[0].sheet", "parcels[0].area_m2", "parcels[0].uses[0].purpose"):
        assert (fields[path].value, fields[path].check, fields[path].confidence) == (None, "look", 0.0)
    assert fields["certificate.barcode"].value is None
    assert reading.parcels == ()


def test_badly_seen_pages_need_a_look():
    reading = read(page_1(confidence=70.0), page_2(confidence=70.0))
    assert reading.parcels[0].sheet == "16"
    assert check_of(reading, "parcels[0].sheet") == "look"
    assert check_of(reading, "holders[0].name") == "look"


@pytest.mark.parametrize(
    ("holders", "forms", "roles", "names"),
    [
        ("Bà: PHẠM THỊ LUYẾN Năm sinh: 1966, CMND số: 125999903", ["Cá nhân"], ["Cá nhân"], ["PHẠM THỊ LUYẾN"]),
        ("Hộ ông: HÀ VĂN QUYẾT Năm sinh: 1963", ["Hộ gia đình"], ["Chủ hộ"], ["HÀ VĂN QUYẾT"]),
        ("Hộ ông (bà): HÀ VĂN QUYẾT", ["Hộ gia đình"], ["Chủ hộ"], ["HÀ VĂN QUYẾT"]),
        (
            "Bà: VI THỊ KIM TUYẾT\nVà chồng là ông: ĐÀO MINH OÁNH",
            ["Vợ chồng"] * 2,
            ["Vợ", "Chồng"],
            ["VI THỊ KIM TUYẾT", "ĐÀO MINH OÁNH"],
        ),
        (
            "Ông: LÊ VĂN HOẠCH\nVợ (Chồng): NGUYỄN THỊ BIÊN",
            ["Vợ chồng"] * 2,
            ["Chồng", "Vợ"],
            ["LÊ VĂN HOẠCH", "NGUYỄN THỊ BIÊN"],
        ),
        (
            "Ông: LÊ VĂN HOẠCH\nBà: NGUYỄN THỊ BIÊN",
            ["Vợ chồng"] * 2,
            ["Chồng", "Vợ"],
            ["LÊ VĂN HOẠCH", "NGUYỄN THỊ BIÊN"],
        ),
        (
            "Ông: LÊ VĂN HOẠCH\nÔng: LÊ VĂN BA\nBà: LÊ THỊ TƯ",
            ["Đồng sử dụng"] * 3,
            ["Thành viên"] * 3,
            ["LÊ VĂN HOẠCH", "LÊ VĂN BA", "LÊ THỊ TƯ"],
        ),
    ],
)
def test_who_holds_the_land_is_told_by_how_the_names_are_opened(holders, forms, roles, names):
    found = read(page_1(holders)).holders
    assert [holder.legal_form for holder in found] == forms
    assert [holder.role for holder in found] == roles
    assert [holder.name for holder in found] == names


def test_heirs_are_named_once_with_their_representative_first():
    holders = """
Ông: LA VĂN CHUYÊN Năm sinh: 1956, CMND số: 121999923
Địa chỉ thường trú: thôn Trại Hạ, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc Giang.
Là người đại diện của những người được thừa kế gồm: ông La Văn Chuyên, bà La Thị Khuê
(năm sinh: 1960, CMND số: 121999924), ông La Văn Doãn (năm sinh: 1964, CMND số: 121999925)
"""
    found = read(page_1(holders)).holders
    assert [(holder.name, holder.role) for holder in found] == [
        ("LA VĂN CHUYÊN", "Người đại diện"),
        ("La Thị Khuê", "Thành viên"),
        ("La Văn Doãn", "Thành viên"),
    ]
    assert [holder.id_papers[0].number for holder in found] == ["121999923", "121999924", "121999925"]
    assert {holder.legal_form for holder in found} == {"Đồng sử dụng"}


def test_one_address_belongs_to_both_of_a_couple():
    holders = """
Ông: LÊ VĂN HOẠCH
Và vợ: NGUYỄN THỊ BIÊN
Địa chỉ thường trú: thôn Trại Hạ, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc Giang
"""
    found = read(page_1(holders)).holders
    assert found[0].address == found[1].address == "thôn Trại Hạ, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc Giang"


def test_an_organisation_has_its_paper_and_its_seat():
    holders = """
CÔNG TY CỔ PHẦN LINH KIỆN QUANG MINH ĐẠT
Giấy chứng nhận đăng ký doanh nghiệp số 2400999904, đăng ký lần đầu ngày 02/5/2016, nơi cấp: Sở Kế
hoạch và Đầu tư tỉnh Bắc Giang
Địa chỉ trụ sở chính: Lô CN-07, xã Quang Châu, huyện Việt Yên, tỉnh Bắc Giang
"""
    (holder,) = read(page_1(holders)).holders
    assert (holder.kind, holder.legal_form, holder.role) == ("organisation", "Tổ chức", None)
    assert holder.name == "CÔNG TY CỔ PHẦN LINH KIỆN QUANG MINH ĐẠT"
    assert holder.address == "Lô CN-07, xã Quang Châu, huyện Việt Yên, tỉnh Bắc Giang"
    assert holder.id_papers == (
        IdPaper(
            kind="tax_code", number="2400999904", issued_on="2016-05-02", issuer="Sở Kế hoạch và Đầu tư tỉnh Bắc Giang"
        ),
    )


def test_an_organisation_may_have_a_decision_instead():
    holders = "HỢP TÁC XÃ ĐÔNG BÃI\nQuyết định thành lập số 12/QĐ-UB do UBND huyện Lục Nam cấp ngày 02/5/2016"
    (paper_,) = read(page_1(holders)).holders[0].id_papers
    assert (paper_.kind, paper_.number, paper_.issuer) == ("decision", "12/QĐ-UB", "UBND huyện Lục Nam")


def test_a_community_is_no_organisation():
    holders = "Cộng đồng dân cư thôn Đông Sậy\nĐịa chỉ: xã Cao Đức, huyện Gia Bình, tỉnh Bắc Ninh"
    (holder,) = read(page_1(holders)).holders
    assert (holder.kind, holder.legal_form) == ("community", "Cộng đồng dân cư")


def test_uses_keep_their_own_area_term_and_origin():
    parcel = """
a) Thửa đất số: 366, tờ bản đồ số: 58
b) Địa chỉ: Thôn Trại Hạ, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc Giang
c) Diện tích: 1.005,0 m², (bằng chữ: Một nghìn không trăm linh năm mét vuông)
d) Hình thức sử dụng: Sử dụng chung
đ) Mục đích sử dụng: Đất ở tại nông thôn: 400,0 m²; Đất trồng cây lâu năm: 605,0 m²
e) Thời hạn sử dụng: Đất trồng cây lâu năm: Đến ngày 01/7/2064; Đất ở tại nông thôn: Lâu dài
g) Nguồn gốc sử dụng: Công nhận QSDĐ như giao đất không thu tiền sử dụng đất: 605,0 m²; Công nhận
QSDĐ như giao đất có thu tiền sử dụng đất: 400,0 m²
"""
    uses = read(page_2(parcel)).parcels[0].uses
    assert [(use.purpose_code, str(use.area_m2), use.term, use.form) for use in uses] == [
        ("ONT", "400.0", "Lâu dài", "Sử dụng chung"),
        ("CLN", "605.0", "Đến ngày 01/7/2064", "Sử dụng chung"),
    ]
    assert [use.origin for use in uses] == [
        "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
        "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất",
    ]


def test_an_elliptical_origin_stays_as_printed():
    parcel = """
a) Thửa đất số: 366, tờ bản đồ số: 58
c) Diện tích: 847,0 m²
đ) Mục đích sử dụng: Đất ở tại nông thôn: 160,0 m²; Đất trồng cây lâu năm: 687,0 m²
e) Thời hạn sử dụng: 50 năm
g) Nguồn gốc sử dụng: Công nhận QSDĐ như giao đất có thu tiền sử dụng đất: 160,0 m²; không thu tiền sử
dụng đất: 687,0 m²
"""
    uses = read(page_2(parcel)).parcels[0].uses
    assert uses[1].origin == "không thu tiền sử dụng đất"
    assert {use.term for use in uses} == {"50 năm"}


def test_areas_that_lost_their_comma_are_put_right_by_words_and_sums():
    parcel = """
a) Thửa đất số: 366, tờ bản đồ số: 58
c) Diện tích: 2573 m², (bằng chữ: Hai trăm năm mươi bảy phẩy ba mét vuông)
đ) Mục đích sử dụng: Đất ở tại nông thôn: 1450 m²; Đất trồng cây lâu năm: 112,3 m²
"""
    reading = read(page_2(parcel))
    assert str(reading.parcels[0].area_m2) == "257.3"
    assert [str(use.area_m2) for use in reading.parcels[0].uses] == ["145.0", "112.3"]
    assert "uses_sum_differs" not in {finding.code for finding in reading.findings}


def test_digits_and_words_that_differ_are_a_conflict():
    parcel = "a) Thửa đất số: 366\nc) Diện tích: 275,3 m², (bằng chữ: Hai trăm năm mươi bảy phẩy ba mét vuông)"
    reading = read(page_2(parcel))
    field = next(field for field in reading.fields if field.path == "parcels[0].area_m2")
    assert field.check == "conflict"
    assert {candidate.value for candidate in field.candidates} == {"275.3", "257.3"}


def test_the_area_of_the_last_use_follows_from_the_others():
    parcel = """
a) Thửa đất số: 366, tờ bản đồ số: 58
c) Diện tích: 847,0 m²
đ) Mục đích sử dụng: Đất ở tại nông thôn: 160,0 m²; Đất trồng cây lâu năm
"""
    reading = read(page_2(parcel))
    assert str(reading.parcels[0].uses[1].area_m2) == "687.0"
    assert check_of(reading, "parcels[0].uses[1].area_m2") == "look"


def test_the_form_of_use_of_2009_names_both_shares():
    parcel = """
a) Thửa đất số: 183
d) Hình thức sử dụng: riêng: 96,3 m²; chung: không m²
đ) Mục đích sử dụng: Đất ở tại đô thị
"""
    assert read(page_2(parcel)).parcels[0].uses[0].form == "Sử dụng riêng"


def test_a_house_is_read_with_its_measures():
    assets = """
2. Nhà ở: Nhà ở riêng lẻ; diện tích xây dựng: 59,6 m²; diện tích sàn: 119,2 m²; hình thức
sở hữu: Sở hữu chung; cấp (hạng): Cấp IlI; số tầng: 2; thời hạn sở hữu: -/-
3. Công trình xây dựng khác: -/-
"""
    (asset,) = read(page_2(assets=assets)).assets
    assert (asset.name, asset.ownership, asset.grade, asset.floors) == (
        "Nhà ở riêng lẻ",
        "Sở hữu chung",
        "Cấp III",
        "2",
    )
    assert (str(asset.built_area_m2), str(asset.floor_area_m2), asset.term) == ("59.6", "119.2", None)


def test_an_asset_of_2024_stands_on_lines_of_its_own():
    assets = """3. Thông tin tài sản gắn liền với đất:
a) Tên tài sản: Nhà ở riêng lẻ
b) Diện tích sử dụng: 117,0 m²
c) Hình thức sở hữu: Sở hữu riêng
d) Thời hạn sở hữu: -/-
đ) Địa chỉ: Tổ dân phố Hoàng Hoa, xã Tân Yên, tỉnh Bắc Ninh"""
    text = paper.FRONT.replace("3. Thông tin tài sản gắn liền với đất: -/-", assets)
    reading = read(front(text))
    (asset,) = reading.assets
    assert (asset.name, str(asset.floor_area_m2), asset.ownership) == ("Nhà ở riêng lẻ", "117.0", "Sở hữu riêng")
    assert asset.address == "Tổ dân phố Hoàng Hoa, xã Tân Yên, tỉnh Bắc Ninh"
    assert reading.parcels[0].address is not None
    assert reading.parcels[0].address.startswith("Khu phố Do Nha")


def test_a_replaced_serial_is_not_the_certificates_own():
    notes = "6. Ghi chú: Cấp đổi từ Giấy chứng nhận số AL 331802 do UBND thành phố Bắc Ninh cấp ngày 12/9/2008"
    certificate = read(page_1(), page_2(notes=notes)).certificate
    assert (certificate.serial, certificate.replaces) == ("CQ 718336", "AL 331802")
    assert certificate.notes == notes.removeprefix("6. Ghi chú: ")
    assert read(page_2(notes="6. Ghi chú: Được miễn nộp tiền sử dụng đất")).certificate.replaces is None


MORTGAGE = """
Thế chấp bằng quyền sử dụng đất tại Ngân hàng TMCP || Ngày 03/7/2019
Kinh Bắc Thịnh theo hồ sơ số 002155.TC.001 || CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
|| THÀNH PHỐ BẮC NINH
|| GIÁM ĐỐC
"""
OFFICE = "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI THÀNH PHỐ BẮC NINH"


def test_changes_are_read_with_their_confirmation():
    release = """
Xóa nội dung đăng ký thế chấp ngày 03/7/2019 || Ngày 21/9/2022
theo hồ sơ số 002155.XC.001 || CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
|| THÀNH PHỐ BẮC NINH
|| PHÓ GIÁM ĐỐC
"""
    changes = read(page_1(), page_2(), page_3(MORTGAGE), page_4(release)).changes
    assert changes == (
        Change(
            on="2019-07-03",
            kind="Thế chấp",
            text="Thế chấp bằng quyền sử dụng đất tại Ngân hàng TMCP Kinh Bắc Thịnh theo hồ sơ số 002155.TC.001",
            dossier_number="002155.TC.001",
            confirmed_by=OFFICE,
        ),
        Change(
            on="2022-09-21",
            kind="Xóa thế chấp",
            text="Xóa nội dung đăng ký thế chấp ngày 03/7/2019 theo hồ sơ số 002155.XC.001",
            dossier_number="002155.XC.001",
            confirmed_by=OFFICE,
        ),
    )


def test_the_last_transfer_names_the_present_users():
    transfer = """
Chuyển nhượng cho bà Tống Thị Yến, sinh năm 1986, || Ngày 03/7/2021
CCCD số 024186999955 và chồng là ông Đỗ Xuân Ngạn, || CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
sinh năm 1988, CCCD số 020088999970, địa chỉ: thôn || THÀNH PHỐ BẮC NINH
Ngọc Mẫu 2, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc
Giang theo hồ sơ số 002155.CN.001
"""
    first, second = read(page_1(), page_2(), page_3(transfer)).current_users
    assert first == CurrentUser(
        kind="person",
        legal_form="Vợ chồng",
        role="Vợ",
        name="Tống Thị Yến",
        sex="female",
        born="1986",
        address="thôn Ngọc Mẫu 2, xã Tân Dĩnh, huyện Lạng Giang, tỉnh Bắc Giang",
        id_papers=(IdPaper(kind="cccd", number="024186999955"),),
        reason="transfer",
    )
    assert (second.name, second.role, second.address) == ("Đỗ Xuân Ngạn", "Chồng", first.address)


def test_a_mortgage_leaves_the_holders_as_they_are():
    assert read(page_1(), page_3(MORTGAGE)).current_users == ()


def test_serials_that_disagree_are_a_conflict_with_both_readings():
    reading = read(front(serial="AA 04417326"), back())
    field = next(field for field in reading.fields if field.path == "certificate.serial")
    assert (field.check, field.value) == ("conflict", "AA 04417325")
    assert {(candidate.value, candidate.source) for candidate in field.candidates} == {
        ("AA 04417325", "qr"),
        ("AA 04417326", "ocr"),
    }
    assert "serial_differs" in {finding.code for finding in reading.findings}


def test_a_serial_of_the_wrong_length_is_not_taken():
    reading = read(page_1(serial="CQ 71833612"))
    assert reading.certificate.serial is None
    assert check_of(reading, "certificate.serial") == "look"


def test_an_opaque_qr_code_is_kept_and_says_nothing():
    reading = read(front(code="Zm9v"), back())
    assert reading.certificate.qr == "Zm9v"
    assert reading.certificate.serial == "AA 04417325"


def test_a_committee_signs_for_itself_and_by_its_deputy():
    signature = """
|| Yên Phong, ngày 08 tháng 3 năm 2021
|| TM. ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG
|| KT. CHỦ TỊCH
|| PHÓ CHỦ TỊCH

|| Nguyễn Thị Khuyên
Số vào sổ cấp GCN: CH00698
"""
    certificate = read(page_1(), page_2(signature=signature)).certificate
    assert certificate.issuer == "ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG"
    assert (certificate.signer_title, certificate.signer) == ("PHÓ CHỦ TỊCH", "Nguyễn Thị Khuyên")
    assert certificate.register_number == "CH 00698"


def test_a_signature_without_a_title_or_a_name_needs_a_look():
    signature = "|| Yên Phong, ngày 08 tháng 3 năm 2021\n|| ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG"
    reading = read(page_2(signature=signature))
    assert check_of(reading, "certificate.signer_title") == "look"
    assert check_of(reading, "certificate.signer") == "look"
    nothing = read(page_2(signature="|| Yên Phong, ngày 08 tháng 3 năm 2021"))
    assert check_of(nothing, "certificate.issuer") == "look"


def test_pages_of_two_certificates_are_told_and_the_fuller_one_is_read():
    other = page_1("Bà: PHẠM THỊ LUYẾN Năm sinh: 1966, CMND số: 125999903", serial="CI 332908")
    reading = read(other, *whole_2014())
    assert "several_certificates" in {finding.code for finding in reading.findings}
    assert len(reading.pages) == 5


def test_the_same_page_scanned_twice_is_one_certificate():
    reading = read(page_1(), *whole_2014())
    assert "several_certificates" not in {finding.code for finding in reading.findings}
    assert reading.certificate.serial == "CQ 718336"


def test_a_front_of_2024_beside_pages_of_2014_is_another_certificate():
    reading = read(*whole_2014(), front())
    assert "several_certificates" in {finding.code for finding in reading.findings}
    assert reading.certificate.model == "2014"


def test_pages_that_are_no_certificate_say_so():
    reading = read(page("Biên bản họp thôn\nNgày hôm nay chúng tôi gồm có"))
    assert [finding.code for finding in reading.findings] == ["no_certificate"]
    assert reading.certificate == Certificate()
    assert (reading.missing_pages, reading.fields) == ((), ())


def test_no_pages_at_all_are_an_empty_record():
    assert read().findings == ()
    assert read().pages == ()
