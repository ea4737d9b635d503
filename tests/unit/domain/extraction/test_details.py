"""Readings of single lines as worn paper and bad scans give them."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction.lexicon import Lexicon, mend_phrases, nearest_beginning
from app.domain.reading import Box, Line, Reading, Word
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import (
    LEXICON,
    back,
    check_of,
    front,
    page,
    page_1,
    page_2,
    page_3,
    page_4,
    read,
)


def use_of(purpose: str = "Đất ở tại đô thị", **more: str):
    lines = [
        "a) Thửa đất số: 205, tờ bản đồ số: 16",
        f"c) Diện tích: {more.get('area', '500,0 m²')}",
        f"đ) Mục đích sử dụng: {purpose}",
    ]
    labels = {"term": "e) Thời hạn sử dụng: ", "origin": "g) Nguồn gốc sử dụng: ", "form": "d) Hình thức sử dụng: "}
    lines += [labels[name] + text for name, text in more.items() if name in labels]
    return read(page_2("\n".join(lines)))


def value(reading: Reading, path: str) -> str | None:
    return next((field.value for field in reading.fields if field.path == path), None)


@pytest.mark.parametrize(
    ("read_as", "term", "check"),
    [
        ("Lâu dàí", "Lâu dài", "ok"),
        ("Đến 15/10/2063", "Đến 15/10/2063", "ok"),
        ("Đến ngày 01/7/20G4", "Đến ngày 01/7/2064", "look"),
        ("Đến ngày 45/7/2064", "Đến ngày 15/7/2064", "look"),
        ("Đến năm 2063", "Đến năm 2063", "ok"),
        ("Đến năm 2O63", "Đến năm 2063", "look"),
        ("50 năm", "50 năm", "ok"),
        ("theo quyết định giao đất", "theo quyết định giao đất", "look"),
        ("", None, "look"),
    ],
)
def test_terms_are_read_in_the_wordings_of_the_forms(read_as, term, check):
    reading = use_of(term=read_as)
    assert value(reading, "parcels[0].uses[0].term") == term
    assert check_of(reading, "parcels[0].uses[0].term") == check


@pytest.mark.parametrize(
    ("read_as", "area"),
    [
        ("72,5 m²", "72.5"),
        ("72 5 m?", "72.5"),
        ("3.460.0 mỶ", "3460.0"),
        ("669.0) m°", "669.0"),
        ("17.2§3,0 m2", "17283.0"),
        ("1.250,7", "1250.7"),
        ("1.250 m²", "1250"),
        ("x§§,0 m²", None),
        ("không rõ", None),
    ],
)
def test_areas_are_read_through_their_slips(read_as, area):
    assert value(use_of(area=read_as), "parcels[0].area_m2") == area


@pytest.mark.parametrize(
    ("read_as", "purpose", "code"),
    [
        ("Đất ở tai đô thi : n", "Đất ở tại đô thị", "ODT"),
        ("Đất ở tạinôngthôn", "Đất ở tại nông thôn", "ONT"),
        ("Đất trồng cây hãng năm khác", "Đất trồng cây hãng năm khác", "HNK"),
        ("Đất trồng cây hăng năm khác", "Đất trồng cây hằng năm khác", "HNK"),
        ("thổ cư", "thổ cư", None),
        ("...", None, None),
    ],
)
def test_purposes_are_taken_from_the_list_when_only_one_is_near(read_as, purpose, code):
    reading = use_of(read_as)
    assert value(reading, "parcels[0].uses[0].purpose") == purpose
    assert value(reading, "parcels[0].uses[0].purpose_code") == code


def test_a_printed_code_is_held_against_the_purpose():
    text = paper.FRONT.replace("(ODT)", "(CLN)").replace("(HNK)", "(H1K)")
    reading = read(front(text))
    assert value(reading, "parcels[0].uses[0].purpose_code") == "CLN"
    assert check_of(reading, "parcels[0].uses[0].purpose_code") == "look"
    assert "purpose_code_differs" in {finding.code for finding in reading.findings}
    unknown = read(front(paper.FRONT.replace("(ODT)", "(XXX)")))
    assert value(unknown, "parcels[0].uses[0].purpose_code") == "ODT"


def test_a_purpose_used_partly_alone_and_partly_together_is_two_uses():
    both = use_of(form="Sử dụng riêng: 60,0 m²; Sử dụng chung: 12,5 m²", area="72,5 m²", term="Lâu dài")
    assert [(use.purpose, str(use.area_m2), use.form, use.term) for use in both.parcels[0].uses] == [
        ("Đất ở tại đô thị", "60.0", "Sử dụng riêng", "Lâu dài"),
        ("Đất ở tại đô thị", "12.5", "Sử dụng chung", "Lâu dài"),
    ]


def test_both_shares_without_their_areas_need_a_look():
    both = use_of(form="Sử dụng riêng và sử dụng chung")
    assert value(both, "parcels[0].uses[0].form") is None
    assert check_of(both, "parcels[0].uses[0].form") == "look"
    two = use_of(TWO, form="riêng: 400,0 m²; chung: 100,0 m²")
    assert [use.form for use in two.parcels[0].uses] == ["Sử dụng riêng", "Sử dụng chung"]


TWO = "Đất ở tại nông thôn: 400,0 m²; Đất trồng cây lâu năm: 100,0 m²"
PAID = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
FREE = "Công nhận QSDĐ như giao đất không thu tiền sử dụng đất"


@pytest.mark.parametrize(
    ("purpose", "printed", "origins"),
    [
        (TWO, PAID, [PAID, PAID]),
        (TWO, f"{PAID}; {FREE}", [PAID, FREE]),
        (TWO, f"{FREE}: 100,0 m²; {PAID}: 400,0 m²", [PAID, FREE]),
        (TWO, f"{PAID}: 9,0 m²; {FREE}: 100,0 m²; của ông cha: 3,0 m²", [None, FREE]),
        (f"{TWO}; Đất nuôi trồng thủy sản: 30,0 m²", f"{PAID}: 400,0 m²; {FREE}: 130,0 m²", [PAID, FREE, FREE]),
        (f"{TWO}; Đất nuôi trồng thủy sản: 30,0 m²", f"{PAID}: 400,0 m²; {FREE}: 170,0 m²", [PAID, None, None]),
        (TWO, "ông cha để lại", ["ông cha để lại", "ông cha để lại"]),
        (TWO, "", [None, None]),
    ],
)
def test_origins_go_to_the_uses_they_belong_to(purpose, printed, origins):
    reading = use_of(purpose, origin=printed)
    assert [value(reading, f"parcels[0].uses[{at}].origin") for at in range(len(origins))] == origins


def test_terms_that_name_their_purpose_go_to_it_and_missing_ones_are_asked_for():
    reading = use_of(TWO, term="Đất trồng cây lâu nàm: 50 năm")
    assert value(reading, "parcels[0].uses[1].term") == "50 năm"
    assert check_of(reading, "parcels[0].uses[0].term") == "look"
    assert value(use_of("", term="Đất ở tại đô thị: Lâu dài"), "parcels[0].uses[0].term") == "Lâu dài"


def test_lost_commas_of_uses_that_never_fit_stay_as_read():
    reading = use_of("Đất ở tại nông thôn: 4100 m²; Đất trồng cây lâu năm: 1100 m²", area="500,0 m²")
    assert value(reading, "parcels[0].uses[0].area_m2") == "4100"
    assert "uses_sum_differs" in {finding.code for finding in reading.findings}
    too_big = use_of("Đất ở tại nông thôn: 800,0 m²; Đất trồng cây lâu năm", area="500,0 m²")
    assert value(too_big, "parcels[0].uses[1].area_m2") is None


@pytest.mark.parametrize(
    ("printed", "number", "sheet"),
    [
        ("a) Thửa đất số: PL9, tờ bản đồ số: 1O", "PL9", "10"),
        ("a) Thửa đất số: I§5; tờ bản đồ số: 03-1", "185", "03-1"),
        ("a) Thửa đất số: ??, tờ bản đồ số: 7 x", None, "7"),
        ("1. Thửa đất số: 57\n2. Tờ bản đồ số: 24", "57", "24"),
    ],
)
def test_numbers_of_parcel_and_sheet_are_read_through_slips(printed, number, sheet):
    reading = read(page_2(printed))
    assert value(reading, "parcels[0].number") == number
    assert value(reading, "parcels[0].sheet") == sheet


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        ("CCCD số: 027081999921", "cccd", "027081999921"),
        ("CC: 027 081 999 921", "cccd", "027081999921"),
        ("CMND số: 125.999.921", "cmnd", "125999921"),
        ("CCCD số: 02708199992]", "cccd", "027081999921"),
        ("CMND số: 027081999921", "cccd", "027081999921"),
        ("CMND số: ab[[]]||xyz", None, None),
        ("CCCD số: không rõ", None, None),
        ("số 125999921", "cmnd", "125999921"),
        ("Giấy CMQĐ số:11999915", "other", "11999915"),
        ("Giấy chứng minh sĩ quan: 97999989", "other", "97999989"),
    ],
)
def test_identity_numbers_are_read_through_slips(printed, kind, number):
    reading = read(page_1(f"Ông: LÊ VĂN HOẠCH Năm sinh: 1958, {printed}"))
    assert value(reading, "holders[0].id_papers[0].number") == number
    assert value(reading, "holders[0].id_papers[0].kind") == kind
    if "CMND số: 027" in printed or "]" in printed:
        assert check_of(reading, "holders[0].id_papers[0].number") == "look"


def test_births_may_be_whole_dates_or_unreadable():
    assert value(read(page_1("Ông: LÊ VĂN HOẠCH Ngày sinh: 02/9/1958")), "holders[0].born") == "1958-09-02"
    unread = read(page_1("Ông: LÊ VĂN HOẠCH Năm sinh: 19x8, CMND số: 125999921"))
    assert check_of(unread, "holders[0].born") == "look"
    assert value(unread, "holders[0].born") is None


@pytest.mark.parametrize(
    ("name", "check"),
    [("LÊ VĂN ĐÔNG", "ok"), ("NGUYÊN VĂN ĐÔNG", "look"), ("LÊ VĂN XZWQ", "look"), ("LÊ", "look")],
)
def test_names_are_never_changed_but_doubted(name, check):
    reading = read(page_1(f"Ông: {name}, CMND số: 125999921"))
    assert value(reading, "holders[0].name") == name
    assert check_of(reading, "holders[0].name") == check


def test_an_opener_without_a_name_is_no_holder():
    reading = read(page_1("Ông: LÊ VĂN HOẠCH\nbà con trong xóm\nÔng: (không rõ)"))
    assert [holder.name for holder in reading.holders] == ["LÊ VĂN HOẠCH"]
    numbered = read(page_1("Ông: A1B2 Năm sinh: 1958"))
    assert value(numbered, "holders[0].name") == "A"


def test_a_page_without_holders_reads_none():
    assert read(page_1("")).holders == ()
    red_only = page("Độc lập - Tự do", red="QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT")
    assert read(red_only).holders == ()
    only_assets = read(front("2. Thông tin thửa đất:\na) Thửa đất số: 91; tờ bản đồ số: 27"))
    assert (only_assets.holders, only_assets.parcels[0].number) == ((), "91")


def test_organisations_with_odd_papers_need_a_look():
    odd = read(page_1("CÔNG TY TNHH ĐẠI PHONG\nGiấy chứng nhận đăng ký doanh nghiệp số 24009999041"))
    assert value(odd, "holders[0].id_papers[0].kind") == "tax_code"
    assert check_of(odd, "holders[0].id_papers[0].number") == "look"
    none = read(page_1("CÔNG TY TNHH ĐẠI PHONG\nGiấy chứng nhận đăng ký doanh nghiệp"))
    assert value(none, "holders[0].id_papers[0].number") is None
    bare = read(page_1("CÔNG TY TNHH ĐẠI PHONG"))
    assert bare.holders[0].id_papers == ()


@pytest.mark.parametrize(
    ("printed", "number", "check"),
    [
        ("Số vào sổ cấp GCN: CH00698", "CH 00698", "ok"),
        ("Số vào sổ cấp GCN: 00698", "00698", "look"),
        ("Số vào sổ cấp GCN: VP.000.12", "VP 000.12", "look"),
        ("Số vào sổ cấp GCN: ......", None, "look"),
        ("Số vào sổ cấp GCN || CH 00698", "CH 00698", "ok"),
    ],
)
def test_register_numbers_have_one_blank_behind_their_letters(printed, number, check):
    signature = f"|| Yên Phong, ngày 08 tháng 3 năm 2021\n|| ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG\n{printed}"
    reading = read(page_2(signature=signature))
    assert value(reading, "certificate.register_number") == number
    assert check_of(reading, "certificate.register_number") == check


def test_a_date_that_was_mended_needs_a_look():
    reading = read(page_2(signature="|| Yên Phong, ngày i8 tháng 3 năm 2021"))
    assert value(reading, "certificate.issued_on") == "2021-03-18"
    assert check_of(reading, "certificate.issued_on") == "look"
    assert check_of(read(page_2(signature="")), "certificate.issued_on") == "look"


def test_a_title_may_run_over_two_lines():
    signature = """
|| Yên Phong, ngày 08 tháng 3 năm 2021
|| SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH BẮC NINH
|| GIÁM ĐỐC VĂN PHÒNG
|| ĐĂNG KÝ ĐẤT ĐAI



|| Nguyễn Thị Khuyên
"""
    reading = read(page_2(signature=signature))
    assert reading.certificate.signer_title == "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI"
    assert reading.certificate.signer == "Nguyễn Thị Khuyên"


@pytest.mark.parametrize(
    ("item", "grade"), [("cấp (hạng): Cấp IV", "Cấp IV"), ("cấp (hạng): Cấp VV", "Cấp VV"), ("cấp (hạng): 4", "4")]
)
def test_grades_are_roman_figures_where_they_can_be(item, grade):
    reading = read(page_2(assets=f"2. Nhà ở: Nhà ở riêng lẻ; {item}; số tầng: x"))
    assert reading.assets[0].grade == grade
    assert check_of(reading, "assets[0].floors") == "look"


def test_notes_that_are_scraps_are_no_notes():
    assert read(page_2(notes="6. Ghi chú: ...1")).certificate.notes is None
    assert read(page_2(notes="6. Ghi chú: x 1 y")).certificate.notes is None


def test_serials_are_read_through_slips_and_look_alikes_are_left_alone():
    assert read(page_1(serial="CQ 7I8336")).certificate.serial == "CQ 718336"
    assert check_of(read(page_1(serial="CQ 7I8336")), "certificate.serial") == "look"
    assert read(page_1(serial="11 718336")).certificate.serial == "II 718336"
    assert read(page_1(serial="33 718336")).certificate.serial is None


def test_a_serial_without_the_engines_confidence_needs_a_look():
    scan = page_1()
    words = tuple(dataclasses.replace(word, confidence=0.0) for word in scan.red_lines[0].words)
    reading = read(dataclasses.replace(scan, red_lines=(Line(words=words),)))
    assert reading.certificate.serial == "CQ 718336"
    assert check_of(reading, "certificate.serial") == "look"


def test_codes_of_other_kinds_are_left_alone():
    reading = read(page_4(codes=(paper.barcode("12345"), paper.barcode("0917219009331"))))
    assert reading.certificate.barcode == "0917219009331"
    assert read(front(code="a|b|c|d|e||g|h")).certificate.code == "105741759277"
    assert (
        value(read(front("2. Thông tin thửa đất:\n3. Thông tin tài sản gắn liền với đất", code="")), "certificate.code")
        is None
    )


def test_a_barcode_of_a_year_without_barcodes_is_doubted():
    reading = read(page_1(), page_2(), page_4(codes=(paper.barcode("0917299009331"),)))
    assert reading.certificate.barcode == "0917219009331"
    assert check_of(reading, "certificate.barcode") == "look"


def test_a_change_without_its_confirmation_and_scraps_of_the_table():
    changes = """
Thế chấp quyền sử dụng đất
theo hồ sơ số 002155 TC 001 || ab
"""
    (change,) = read(page_1(), page_3(changes)).changes
    assert (change.dossier_number, change.on, change.confirmed_by) == ("002155.TC.001", None, None)
    unclear = "biến động khác về thửa đất này || Ngày 03/7/2019\n|| giám đốc"
    (other,) = read(page_1(), page_3(unclear)).changes
    assert (other.kind, other.dossier_number, other.on, other.confirmed_by) == (None, None, "2019-07-03", None)
    assert read(page_1(), page_3("chữ ký ai đó || dấu của ai đó")).changes == ()
    assert read(page_1(), page_3().__class__(**{**as_dict(page_3()), "lines": page_3().lines[:4]})).changes == ()


def as_dict(scan):
    return {field.name: getattr(scan, field.name) for field in dataclasses.fields(scan)}


def test_a_transfer_that_names_nobody_leaves_the_users_open():
    reading = read(page_1(), page_3("Chuyển nhượng toàn bộ thửa đất theo hồ sơ số 002155.CN.001"))
    assert reading.current_users == ()
    assert reading.changes[0].kind == "Chuyển nhượng"


def test_a_back_page_without_a_register_number_needs_a_look():
    reading = read(back(paper.BACK.replace("CN 00318", "......")))
    assert check_of(reading, "certificate.register_number") == "look"


def test_addresses_get_their_accents_and_commas_back():
    assert LEXICON.address("tổ 5 thi trấn Hồ, huyền Thuân Thành tính Bắc Ninh") == (
        "tổ 5, thị trấn Hồ, huyện Thuận Thành, tỉnh Bắc Ninh"
    )
    assert LEXICON.address("Tố dân phố Lò, phường Vũ Ninh") == "Tổ dân phố Lò, phường Vũ Ninh"
    assert LEXICON.address("TDP.số 5. TT. Bích.Động. .H. Việt Yên. T. Bắc Giang") == (
        "TDP số 5, TT. Bích Động, H. Việt Yên, T. Bắc Giang"
    )
    assert LEXICON.address("xã Cảnh Thuy") == "xã Cảnh Thuỵ"
    assert LEXICON.address("Xã Phú Xá Lạ") == "Xã Phú Xá Lạ"
    assert LEXICON.words_before_units("xóm Đông, xã Không Có") is None
    assert LEXICON.words_before_units("xóm Đông") is None


@pytest.mark.parametrize("behind", [" — $", ". Hồ sơ số 016976.CN.001", " ï 4 h"])
def test_an_address_ends_with_its_province(behind):
    place = "thôn Núi Hạ, H. Tân Yên, T. Bắc Giang"
    holder = read(page_1(f"Ông: LÊ VĂN HOẠCH\nĐịa chỉ thường trú: {place}{behind}")).holders[0]
    assert holder.address == place


@pytest.mark.parametrize(
    "label",
    [
        *(
            "Địa chỉ thường trú:",
            "Nơi thường trú:",
            "Thường trú tại",
            "Hiện trú tại:",
            "Hộ khẩu thường trú tại:",
            "HKTT:",
        ),
        *("Địa chỉ (Nơi đăng ký hộ khẩu thường trú):", "Đia chỉ thương tru ;", "bì Địa chỉ:", "Nơi ở hiện nay:"),
        *("Cùng địa chỉ:", "Cả hai cùng thường trú tại:", "ĐỊA CHỈ THƯỜNG TRÚ:", "Chỗ ở:", "Địa chỉ"),
    ],
)
def test_residences_are_known_by_what_their_labels_are_about(label):
    place = "thôn Núi Hạ, xã Ngọc Thiện, huyện Tân Yên, tỉnh Bắc Giang"
    holder = read(page_1(f"Ông: LÊ VĂN HOẠCH Năm sinh: 1958, CMND số: 125999921\n{label} {place}")).holders[0]
    assert (holder.name, holder.born, holder.address) == ("LÊ VĂN HOẠCH", "1958", place)


def test_a_residence_may_stand_behind_other_values():
    place = "thôn Núi Hạ, xã Ngọc Thiện, huyện Tân Yên, tỉnh Bắc Giang"
    holder = read(page_1(f"Ông: LÊ VĂN HOẠCH, sinh năm 1958, CMND số 125999921, thường trú tại: {place}")).holders[0]
    assert (holder.name, holder.born, holder.address) == ("LÊ VĂN HOẠCH", "1958", place)


def test_one_address_below_co_owners_belongs_to_all():
    place = "thôn Núi Hạ, xã Ngọc Thiện, huyện Tân Yên, tỉnh Bắc Giang"
    holders = read(
        page_1(
            "Ông: LÊ VĂN HOẠCH\nSinh năm: 1968, CMND số: 125999937\nCùng sử dụng đất với:\n"
            f"Bà: ĐINH THÙY SỰ\nSinh năm: 1972, CMND số: 125999911\nĐịa chỉ thường trú: {place}"
        )
    ).holders
    assert [(holder.name, holder.address) for holder in holders] == [
        ("LÊ VĂN HOẠCH", place),
        ("ĐINH THÙY SỰ", place),
    ]


def test_a_representative_of_heirs_acts_for_no_organisation():
    (holder,) = read(
        page_1(
            "Những người được thừa kế quyền sử dụng đất của ông Nguyễn Quang Lượng (đã chết),\nngười đại diện là:\n"
            "Ông: VŨ MẠNH KIÊN Năm sinh: 1986, Số CMND: 125999997"
        )
    ).holders
    assert (holder.name, holder.legal_form, holder.role) == ("VŨ MẠNH KIÊN", "Đồng sử dụng", "Người đại diện")


def test_an_area_is_not_taken_from_the_line_below():
    reading = read(page_2("Diện tích: 204:&yŸÿ 2( '22\nLoai tạ nông thôn: 141,2 m²"))
    assert value(reading, "parcels[0].area_m2") is None


def test_offices_are_known_by_their_words():
    assert LEXICON.is_authority("UBND huyện Tiên Du")
    assert LEXICON.is_authority("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ 2 TỈNH BẮC NINH")
    assert not LEXICON.is_authority("ỦY BAN NHÂN DÂN HUYỆN Ở ĐÂU ĐÓ")


def test_phrases_are_mended_only_as_whole_words():
    assert mend_phrases("giam doc, giam docs", ("Giám đốc",)) == "giám đốc, giam docs"
    assert mend_phrases("GIAM DOC", ("Giám đốc",)) == "GIÁM ĐỐC"


def test_a_beginning_is_near_only_with_scraps_behind_it():
    entries = ("Lâu dài", "Lâu")
    assert nearest_beginning("Lâu dài : x", entries, 0.2) is not None
    assert nearest_beginning("Lâu dài như mọi khi", entries, 0.2) is None


def test_two_entries_as_near_are_no_answer():
    lists = dataclasses.replace(LEXICON.lists, purposes=(), origins=())
    assert Lexicon(lists).purpose("Đất ở") is None


def test_the_box_of_a_value_is_that_of_its_words():
    reading = read(page_2())
    field = next(field for field in reading.fields if field.path == "parcels[0].sheet")
    assert field.box == Box(900, 240, 40, 40)
    assert isinstance(page_2().lines[0].words[0], Word)


def test_what_an_older_page_prints_is_asked_for_where_it_cannot_be_read():
    reading = read(page("I- Tên người sử dụng đất\nII- Thửa đất được quyền sử dụng\nHộ Ông (Bà): LÊ VĂN HOẠCH"))
    assert reading.certificate.model == "2003"
    assert reading.missing_pages == ("certificate_1", "certificate_3")
    assert {field.path for field in reading.fields if field.value is None} >= {
        *("holders[0].name", "parcels[0].number", "parcels[0].area_m2"),
        *("parcels[0].uses[0].purpose", "parcels[0].uses[0].origin"),
    }


def test_words_that_make_no_number_confirm_nothing():
    parcel = "a) Thửa đất số: 5\nc) Diện tích: 72,5 m², (bằng chữ: không đọc được gì)"
    reading = read(page_2(parcel))
    assert value(reading, "parcels[0].area_words") == "không đọc được gì"
    assert check_of(reading, "parcels[0].area_words") == "look"
    assert "area_words_unread" in {finding.code for finding in reading.findings}


def test_a_title_at_the_end_of_the_column_needs_no_name():
    reading = read(page_2(signature="|| Yên Phong, ngày 08 tháng 3 năm 2021\n|| UBND HUYỆN YÊN PHONG\n|| CHỦ TỊCH"))
    assert reading.certificate.signer_title == "CHỦ TỊCH"
    assert check_of(reading, "certificate.signer") == "look"


def test_a_holder_whose_name_was_lost_needs_a_look():
    reading = read(page_1("Ông: CMND số: 125999921"))
    assert value(reading, "holders[0].name") is None
    assert check_of(reading, "holders[0].name") == "look"


def test_persons_whose_opener_was_lost_are_not_surely_something_else():
    lost = read(page_1("8à VI THỊ KIM TUYẾT Năm sinh: 1977, CCCD số: 020177999908"))
    assert check_of(lost, "holders[0].kind") == "look"
    crowded = read(
        page_1(
            "Ông: LÊ VĂN HOẠCH Năm sinh: 1958, CMND số: 121999901\nVâ v9 LÊ THỊ BA Năm sinh: 1961, CMND số: 121999902"
        )
    )
    assert check_of(crowded, "holders[0].legal_form") == "look"
    assert check_of(read(page_1("CÔNG TY TNHH ĐẠI PHONG")), "holders[0].kind") == "ok"


def test_an_origin_whose_area_was_lost_is_not_lost():
    printed = (
        "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất: 358,0 m²; "
        "Nhà nước giao đất không thu tiền sử dụng đất: 5ó4,8 m?"
    )
    reading = use_of("Đất ở tại nông thôn: 358,0 m²; Đất trồng cây lâu năm: 564,8 m²", origin=printed, area="922,8 m²")
    assert [value(reading, f"parcels[0].uses[{index}].origin") for index in (0, 1)] == [
        "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất",
        "Nhà nước giao đất không thu tiền sử dụng đất",
    ]


def test_a_last_origin_without_area_may_be_that_of_all_that_are_left():
    printed = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất: 65,0 m²; không thu tiền sử dụng đất: 1.28ß,0 m²"
    purpose = "Đất ở tại đô thị: 65,0 m²; Đất trồng cây lâu năm: 64,0 m²; Đất nuôi trồng thủy sản: 1.224,0 m²"
    reading = use_of(purpose, origin=printed, area="1.353,0 m²")
    for index in (1, 2):
        assert value(reading, f"parcels[0].uses[{index}].origin") == "không thu tiền sử dụng đất"
        assert check_of(reading, f"parcels[0].uses[{index}].origin") == "look"


def test_figures_seen_as_signs_are_mended():
    assert LEXICON.mend("có 3§ m” đất") == "có 38 m² đất"
    reading = read(page_1("TRƯỜNG MẦM NON SAO MAI\nQuyết định thành lập số 33/QĐĐ-UBND ngày 17/12/2004"))
    assert value(reading, "holders[0].id_papers[0].number") == "33/QĐ-UBND"
    assert check_of(reading, "holders[0].id_papers[0].number") == "look"


HOME = "thôn Núi Hạ, xã Ngọc Thiện, huyện Tân Yên, tỉnh Bắc Giang"


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(
            f"Ông: LA VĂN CHUYÊN\nSinh ngày: 12/3/1981; Giấy CMND số 125999921 do Công an tỉnh Bắc Ninh cấp\n"
            f"Thường trú tại: {HOME}\nVợ là bà: LA THỊ KHUÊ, sinh ngày 05/6/1984, CMND số 125999922\n"
            "Cùng thường trú tại địa chỉ trên",
            id="the same address as above",
        ),
        pytest.param(
            f"1. Ông LA VĂN CHUYÊN, sinh ngày 12/3/1981, CMND số 125999921, địa chỉ thường trú tại {HOME};\n"
            f"2. Bà LA THỊ KHUÊ, sinh ngày 05/6/1984, CMND số 125999922, địa chỉ thường trú tại {HOME}.",
            id="everything on a line",
        ),
        pytest.param(
            "Họ và tên chồng: LA VĂN CHUYÊN. Ngày, tháng, năm sinh: 12/3/1981. Số CMND: 125999921\n"
            "Họ và tên vợ: LA THỊ KHUÊ. Ngày, tháng, năm sinh: 05/6/1984. Số CMND: 125999922\n"
            f"Nơi thường trú: {HOME}",
            id="labelled names",
        ),
    ],
)
def test_couples_are_read_in_other_layouts(printed):
    holders = read(page_1(printed)).holders
    assert [(one.name, one.born, one.id_papers[0].number, one.address, one.role) for one in holders] == [
        ("LA VĂN CHUYÊN", "1981-03-12", "125999921", HOME, "Chồng"),
        ("LA THỊ KHUÊ", "1984-06-05", "125999922", HOME, "Vợ"),
    ]


def test_two_persons_values_in_one_block_need_a_look():
    printed = (
        "Ông: LA VĂN CHUYÊN và vợ Bà: LA THỊ KHUÊ\nNăm sinh: 1981   Năm sinh: 1984\nCMND: 125999921   CMND: 125999922"
    )
    reading = read(page_1(printed))
    for name in ("born", "id_papers[0].number"):
        assert check_of(reading, f"holders[1].{name}") in (None, "look")


@pytest.mark.parametrize(
    "opener", ["Cùng vợ là bà:", "Cùng với vợ là bà", "Và vợ:", "Vợ là bà:", "Vợ là bà", "Vợ: bà", "cùng vợ:"]
)
def test_a_wife_is_opened_by_many_words(opener):
    holders = read(
        page_1(f"Ông: LA MINH DŨNG, CCCD: 024059999982\n{opener} NINH THUỲ QUYÊN, CCCD: 024159999923")
    ).holders
    assert [(one.name, one.role, one.sex, one.id_papers[0].number) for one in holders] == [
        ("LA MINH DŨNG", "Chồng", "male", "024059999982"),
        ("NINH THUỲ QUYÊN", "Vợ", "female", "024159999923"),
    ]


@pytest.mark.parametrize(
    "opener",
    [
        "Đại diện cho những người có chung quyền sử dụng đất:",
        "Cùng những người có chung quyền sử dụng đất:",
        "Những người cùng sử dụng đất:",
        "Các đồng sử dụng đất:",
    ],
)
def test_co_owners_are_named_behind_many_words(opener):
    others = "bà Đào Bích Khuê (CC:\n026196999982), bà Bạch Thị Kim Thoa (CC: 027307999931)"
    holders = read(page_1(f"Ông: NÔNG ĐĂNG OÁNH, CC: 020095999947\n{opener} {others}")).holders
    assert [(one.name, one.role, one.id_papers[0].number) for one in holders] == [
        ("NÔNG ĐĂNG OÁNH", "Người đại diện", "020095999947"),
        ("Đào Bích Khuê", "Thành viên", "026196999982"),
        ("Bạch Thị Kim Thoa", "Thành viên", "027307999931"),
    ]


@pytest.mark.parametrize(
    "label",
    [
        ", GCN đăng ký doanh nghiệp số:",
        "\nGCN ĐKDN số",
        "; MSDN:",
        ", GPKD số",
        "\nĐKKD số:",
        ", mã doanh nghiệp",
        " (",
    ],
)
def test_a_companys_name_ends_before_its_paper(label):
    (holder,) = read(page_1(f"CÔNG TY TNHH GỖ KỲ VĨNH LỢI{label} 2495999970")).holders
    assert (holder.name, holder.id_papers[0].kind, holder.id_papers[0].number) == (
        "CÔNG TY TNHH GỖ KỲ VĨNH LỢI",
        "tax_code",
        "2495999970",
    )


def test_noise_is_no_organisation_to_be_sure_of():
    seen = page_1("vn Đền eo) SEN. TT vO VÀ)")
    faint = [
        dataclasses.replace(one, words=tuple(dataclasses.replace(word, confidence=12.0) for word in one.words))
        for one in seen.lines[3:]
    ]
    reading = read(dataclasses.replace(seen, lines=(*seen.lines[:3], *faint)), page_2())
    assert check_of(reading, "holders[0].kind") != "ok"


def test_a_share_whose_area_was_seen_badly_takes_no_area_of_the_whole():
    reading = use_of(area="6.874,0 m²", form="riêng: 4.330,6 m²; chung: 2.5434m")
    assert value(reading, "parcels[0].uses[0].area_m2") == "4330.6"
    assert value(reading, "parcels[0].uses[1].area_m2") != "6874.0"
    assert check_of(reading, "parcels[0].uses[1].area_m2") != "ok"
    assert [value(reading, f"parcels[0].uses[{index}].form") for index in (0, 1)] == ["Sử dụng riêng", "Sử dụng chung"]


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("tổ dân phố số 1], thị trấn Chờ", "tổ dân phố số 11, thị trấn Chờ"),
        ("tổ dân phố số I1, thị trấn Chờ", "tổ dân phố số 11, thị trấn Chờ"),
        ("xã Ngọc Lý, huyện Tân. Yên, tỉnh Bắc Giang", "xã Ngọc Lý, huyện Tân Yên, tỉnh Bắc Giang"),
        ("P. Ninh Xá, TP. Bắc Ninh, T. Bắc Ninh", "P. Ninh Xá, TP. Bắc Ninh, T. Bắc Ninh"),
        ("thị xã Bắc giang, tỉnh Bắc Giang", "thị xã Bắc Giang, tỉnh Bắc Giang"),
    ],
)
def test_slips_inside_addresses_are_mended(printed, mended):
    assert LEXICON.address(printed) == mended


@pytest.mark.parametrize(
    "printed",
    ["Đăng ký thế chấp quyền sử dụng đất với NH TMCP", "cấp đối theo số vào số", "Ngân hàng thương mại cố phần"],
)
def test_mending_changes_no_number_of_words_or_letters(printed):
    mended = LEXICON.mend(printed)
    assert [len(word) for word in mended.split(" ")] == [len(word) for word in printed.split(" ")]
