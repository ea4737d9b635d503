"""Changes after issue: dossier numbers, days, offices, and who uses the land after the last transfer."""

from __future__ import annotations

import pytest

from app.domain.extraction.change_kinds import kind_of, mended_wording
from app.domain.extraction.changes import read_changes
from app.domain.extraction.clips import clip_of_words
from app.domain.extraction.dossier_numbers import find_number
from app.domain.extraction.drafts import Draft
from app.domain.extraction.renumbering import settle_renumbering
from app.domain.extraction.rows import page_text
from tests.unit.domain.extraction.paper import LEXICON, check_of, line, page_1, page_2, page_3, page_4, read
from tests.unit.domain.extraction.tabled import Sheet

OFFICE = "|| CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HUYỆN YÊN PHONG\n|| GIÁM ĐỐC\n\n|| Lương Quốc Đoàn"


def changes_of(*texts: str):
    """The reading of a table with these texts, each with its confirmation."""
    rows = [f"{text} || Ngày {index + 3:02}/7/2019\n{OFFICE}" for index, text in enumerate(texts)]
    return read(page_1(), page_3("\n".join(rows)))


def value(reading, path):
    return next((field.value for field in reading.fields if field.path == path), None)


@pytest.mark.parametrize(
    ("printed", "expected", "number", "doubt"),
    [
        ("theo hồ sơ số 340014.TC.001", None, "340014.TC.001", ""),
        ("theo hồ sơ số 340014. TC. 001", None, "340014.TC.001", "slip"),
        ("theo hồ sơ số 340014.7Œ001", "TC", "340014.TC.001", "mended"),
        ("theo hồ sơ số 942992.S5N.001", "SN", "942992.SN.001", "mended"),
        ("theo hồ sơ số 279867.SN.901", None, "279867.SN.001", "mended"),
        ("theo hồ sơ số 327434.XŒ.001", None, "327434.XC.001", "mended"),
        ("theo hồ sơ số 3274.QX.001", "TC", None, "unread"),
        ("theo hồ sơ số 62548§4.XC.001", "XC", None, "unread"),
        ("hồ sơ số 870307 .6H. 001", "GH", "870307.GH.001", "mended"),
        ("theo hồ sơ số 15/2012/TC", "TC", "15/2012/TC", "odd_form"),
    ],
)
def test_dossier_numbers_are_made_out_with_the_letters_of_their_kind(printed, expected, number, doubt):
    found = find_number(clip_of_words(line(printed, 1).words, 0), expected)
    assert found is not None
    assert (found.value, found.doubt) == (number, doubt)


def test_a_damaged_dossier_number_is_in_doubt_and_its_text_too():
    reading = changes_of("Thế chấp bằng quyền sử dụng đất theo hồ sơ số 340014.7Œ001")
    assert reading.changes[0].dossier_number == "340014.TC.001"
    assert reading.changes[0].text == "Thế chấp bằng quyền sử dụng đất theo hồ sơ số 340014.TC.001"
    assert check_of(reading, "changes[0].dossier_number") == "look"
    assert check_of(reading, "changes[0].text") == "look"


def test_a_number_on_a_line_the_engine_does_not_believe_in_still_belongs_to_the_text():
    scan = page_3("Thế chấp bằng quyền sử dụng đất theo hồ sơ số || Ngày 03/7/2019")
    number = line("942992.TC.001", 6, confidence=23.0)
    reading = read(page_1(), scan.__class__(**{**fields_of(scan), "lines": (*scan.lines, number)}))
    assert reading.changes[0].dossier_number == "942992.TC.001"
    assert check_of(reading, "changes[0].dossier_number") == "look"


def fields_of(scan):
    return {name: getattr(scan, name) for name in scan.__dataclass_fields__}


@pytest.mark.parametrize(
    ("printed", "day", "doubt"),
    [("24/7/2911", "2011-07-24", "mended"), ("91/11/2096", None, "unread"), ("3%/07//20/4", None, "unread")],
)
def test_days_with_a_figure_seen_badly_are_in_doubt(printed, day, doubt):
    sheet = Sheet().text("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN")
    head = ("Ngày, tháng, năm", "Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    row = (printed, "Thế chấp quyền sử dụng đất theo hồ sơ số 340014.TC.001", "UBND HUYỆN QUẾ VÕ")
    rows = page_text(sheet.ruled((350, 900, 700), (head, row)).scan(), 0).rows
    found = [draft for draft in read_changes(rows, 0, LEXICON) if draft.path == "changes[0].on"]
    assert [draft.value for draft in found] == [day]
    assert found[0].doubts == (doubt,)


def test_a_confirmation_whose_text_was_not_seen_is_a_change_all_the_same():
    handwritten = f"\n\n\n|| Ngày 05/9/2020\n{OFFICE}"
    reading = read(
        page_1(), page_3(f"Tặng cho ông Lê Văn An theo hồ sơ số 002155.TA.001 || Ngày 03/7/2019\n{OFFICE}{handwritten}")
    )
    assert [change.on for change in reading.changes] == ["2019-07-03", "2020-09-05"]
    assert check_of(reading, "changes[1].text") == "look"
    assert reading.current_users[0].name == "Lê Văn An"
    assert {check_of(reading, f"current_users[0].{name}") for name in ("name", "sex", "reason")} == {"look"}


TRANSFER = "Chuyển nhượng cho bà Nhữ Thị Phượng, sinh năm 1971 theo hồ sơ số 169845.CN.001"


def test_the_last_transfer_of_all_pages_names_the_present_user():
    gift = f"Tặng cho ông Mạc Văn Sơn, sinh năm 1967 theo hồ sơ số 069086.TA.001 || Ngày 26/01/2014\n{OFFICE}"
    reading = read(page_1(), page_3(gift), page_4(f"{TRANSFER} || Ngày 16/9/2015\n{OFFICE}"))
    (user,) = reading.current_users
    assert (user.name, user.sex, user.reason) == ("Nhữ Thị Phượng", "female", "transfer")
    assert check_of(reading, "current_users[0].reason") == "ok"


@pytest.mark.parametrize(
    "later",
    [
        "Chuuyổn nhượ ng cho Đà Vhữ Hồng Phượng theo hồ sơ số 169845.CN.007",
        "Chuyển nhượng cho theo hồ sơ số 169845.CN.001",
        "xxxx yyyy zzz theo hồ sơ số 169845.QQ.001",
        "Thu hồi đất theo Quyết định số 15/QĐ-UBND",
    ],
)
def test_a_later_change_that_may_have_given_the_land_on_leaves_nothing_sure(later):
    gift = f"Tặng cho ông Mạc Văn Sơn, sinh năm 1967 theo hồ sơ số 069086.TA.001 || Ngày 26/01/2014\n{OFFICE}"
    reading = read(page_1(), page_3(gift), page_4(f"{later} || Ngày 16/9/2015\n{OFFICE}"))
    checks = [field.check for field in reading.fields if field.path.startswith("current_users")]
    assert checks
    assert "ok" not in checks


def test_a_part_given_away_changes_nothing_however_badly_the_rest_is_seen():
    part = "Chuyển nhượng 68 m² cho bà Mạc Thị Huệ;\nđiện tích còn ¿ai 84,0 m² theo hồ sơ số 017207.CN.001"
    assert changes_of(part).current_users == ()
    assert [user.name for user in changes_of(TRANSFER, part).current_users] == ["Nhữ Thị Phượng"]


def test_a_mortgage_behind_a_transfer_changes_nothing():
    mortgage = "Thế chấp bằng quyền sử dụng đất theo hồ sơ số 002155.TC.001"
    reading = changes_of(TRANSFER, mortgage)
    assert reading.current_users[0].name == "Nhữ Thị Phượng"
    assert check_of(reading, "current_users[0].sex") == "ok"


@pytest.mark.parametrize(
    ("text", "name", "sex"),
    [
        ("Ông Lê Văn An tặng cho bà Trần Thị Bích theo hợp đồng số 12", "Trần Thị Bích", "female"),
        ("Chuyển nhượng toàn bộ thửa đất cho ông Lê Văn An theo hồ sơ số 1.CN.001", "Lê Văn An", "male"),
        ("Bà Trần Thị Bích nhận thừa kế của ông Lê Văn An theo hồ sơ số 002155.TK.001", "Trần Thị Bích", "female"),
        ("Tặng cho con là ông Vũ Đình Bách toàn bộ 84 m² đất ở theo hợp đồng số 12/TC", "Vũ Đình Bách", "male"),
    ],
)
def test_those_who_receive_are_told_from_those_who_give(text, name, sex):
    reading = changes_of(text)
    assert [(user.name, user.sex) for user in reading.current_users] == [(name, sex)]


def test_an_address_ends_where_the_basis_begins():
    reading = changes_of(
        "Chuyển nhượng cho ông Lê Văn An, địa chỉ: bản Thượng Quán,\nxã Quý Sơn, H. Lục Ngạn, T. Bắc Giang. Hồ sơ số"
        "\n586641.CN.001"
    )
    assert reading.current_users[0].address == "bản Thượng Quán, xã Quý Sơn, H. Lục Ngạn, T. Bắc Giang"


@pytest.mark.parametrize(
    ("printed", "office"),
    [
        ("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAIHUYỆN HIỆP HÒA", "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HUYỆN HIỆP HÒA"),
        (
            "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ 2\n|| TỈNH BẮC NINH\n|| GIÁM ĐỐC",
            "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ 2 TỈNH BẮC NINH",
        ),
        ("UBND HUYỆN HIỆP HÒA\n|| xà: S A5 Nông Bá Thưởng", "UBND HUYỆN HIỆP HÒA"),
    ],
)
def test_offices_end_at_titles_and_scraps(printed, office):
    text = f"Thế chấp bằng quyền sử dụng đất theo hồ sơ số 002155.TC.001 || Ngày 03/7/2019\n|| {printed}"
    assert read(page_1(), page_3(text)).changes[0].confirmed_by == office


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("Chuyến mục đích sử dụng 22 m² đất vườn", "Chuyển mục đích sử dụng 22 m² đất vườn"),
        ("Xoá nội dung đăng ký rhế châp ngày 23/11/2010", "Xoá nội dung đăng ký thế chấp ngày 23/11/2010"),
        ("Gia hạn thởi hạn sử dụng đất nóng nghiệp", "Gia hạn thời hạn sử dụng đất nóng nghiệp"),
        ("Chuyển nhượng cho ông Trịnh Trong Sơn", "Chuyển nhượng cho ông Trịnh Trong Sơn"),
    ],
)
def test_only_the_registrys_own_words_are_put_right(printed, mended):
    assert mended_wording(printed) == mended


@pytest.mark.parametrize(
    ("text", "number", "sheet"),
    [
        ("Thửa đất nay là thửa số 595, tờ bản đồ số 68 theo bản đồ địa chính mới", "595", "68"),
        ("Thửa đất số 205, tờ bản đồ số 16\nnay là thửa đất số 34, tờ bản đồ số 12", "34", "12"),
        ("Thửa đất số 205: tờ bản đồ số 16 nay là tờ số 34", None, "34"),
        ("Thay đổi số thửa, số tờ thành thửa số 34, tờ bản đồ 12", "34", "12"),
        ("Địa chỉ thửa đất thay đổi thành phường Đa Mai, tỉnh Bắc Ninh", None, None),
    ],
)
def test_todays_numbers_of_the_map_are_told_by_changes(text, number, sheet):
    parcel = "a) Thửa đất số: 205, tờ bản đồ số: 16\nc) Diện tích: 72,5 m²"
    reading = read(page_1(), page_2(parcel), page_3(f"{text};\nhồ sơ số 567352.SN.001 || Ngày 03/7/2019\n{OFFICE}"))
    (one,) = reading.parcels
    assert (one.number, one.sheet, one.map_number, one.map_sheet) == ("205", "16", number, sheet)


def draft(path: str, text: str) -> Draft:
    return Draft(path=path, value=text, raw=text)


def test_of_several_parcels_only_the_one_that_is_named_gets_todays_numbers():
    parcels = [draft("parcels[0].number", "7"), draft("parcels[1].number", "8"), draft("parcels[1].sheet", "2")]
    new = draft("changes[0].parcels[0].map_number", "34")
    named = draft("changes[0].parcels[0].old_map_number", "8")
    assert settle_renumbering([*parcels, new]) == parcels
    found = settle_renumbering([*parcels, new, named])[-1]
    assert (found.path, found.value) == ("parcels[1].map_number", "34")


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("Đăng ký thế chấp quyền sử dụng đất với NH X", "Đăng ký thế chấp quyền sử dụng đất với NH X"),
        ("Đã chuyến quyền một phần (31 m”), còn lại 63,39 m3", "Đã chuyển quyền một phần (31 m²), còn lại 63,39 m²"),
        ("Tách 97 m2 thành thửa mới, còn lại 115,6 m3", "Tách 97 m2 thành thửa mới, còn lại 115,6 m2"),
        ("Chuyến quyền (chuyển nhượng) cho ông Ngô Văn Bằng", "Chuyển quyền (chuyển nhượng) cho ông Ngô Văn Bằng"),
        ("thế chấp với NH Thương mại cố phần An Bình", "thế chấp với NH Thương mại cổ phần An Bình"),
        ("xóa đăng ký thế chấp; hồ Sơ Số 748778.XC.001", "Xóa đăng ký thế chấp; hồ sơ số 748778.XC.001"),
        ("Đính chính tên thành ông Lê Đăng Kỳ", "Đính chính tên thành ông Lê Đăng Kỳ"),
    ],
)
def test_texts_of_other_offices_keep_their_words(printed, mended):
    assert mended_wording(printed) == mended


@pytest.mark.parametrize(
    ("printed", "letters", "kind"),
    [
        ("Chuyển quyền sử dụng đất (chuyển nhượng) cho ông Lê Văn A", None, "Chuyển nhượng"),
        ("Chuyển quyền sử dụng đất dưới hình thức tặng cho cho bà Lê Thị B", None, "Tặng cho"),
        ("Chuyển quyền sử dụng đất cho ông Lê Văn A", "CN", "Chuyển nhượng"),
        ("Chuyển quyền sử dụng đất cho ông Lê Thế Chấp", None, "Chuyển quyền"),
        ("Đăng ký thế chấp quyền sử dụng đất với NH X", None, "Thế chấp"),
        ("Được chuyển 5200 m² sang đất ở, Quyết định số 694/QĐ-UBND", None, "Chuyển mục đích sử dụng đất"),
        ("Được chuyển nhượng cho ông Lê Văn A", None, "Chuyển nhượng"),
        ("Tên chủ sử dụng nay được đính chính là bà Tạ Thị Tư", None, "Đính chính"),
        ("óa đăng ký thế chấp đã đăng ký ngày 02/12/2001", None, "Xóa thế chấp"),
    ],
)
def test_the_kind_is_that_of_the_wording_that_fits_best(printed, letters, kind):
    assert kind_of(clip_of_words(line(printed, 1).words, 0), letters) == kind


def test_a_transfer_named_in_brackets_gives_the_land_to_whom_it_names():
    sheet = Sheet().text("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN")
    head = ("Ngày, tháng, năm", "Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    text = (
        "Chuyển quyền sử dụng đất (chuyển nhượng) cho ông Lê Văn An, SN 1990, CCCD số: 024090999970, theo hồ sơ số 1.CN"
    )
    rows = page_text(sheet.ruled((350, 2400, 700), (head, ("13/02/2015", text, "UBND HUYỆN QUẾ VÕ"))).scan(), 0).rows
    found = {draft.path.rpartition("current_users[0].")[2]: draft.value for draft in read_changes(rows, 0, LEXICON)}
    assert (found["name"], found["born"], found["reason"]) == ("Lê Văn An", "1990", "transfer")
    assert found["id_papers[0].number"] == "024090999970"


def test_days_stand_below_a_head_of_other_words():
    sheet = Sheet().text("NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN")
    head = ("Thời gian", "Nội dung thay đổi, cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    row = ("13/02/1995", "Đăng ký thế chấp quyền sử dụng đất, hồ sơ số 533585.TC.001", "UBND HUYỆN LẠNG GIANG")
    rows = page_text(sheet.ruled((350, 900, 700), (head, row)).scan(), 0).rows
    drafts = read_changes(rows, 0, LEXICON)
    assert next(draft.value for draft in drafts if draft.path == "changes[0].on") == "1995-02-13"
