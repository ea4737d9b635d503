"""Tables whose rules were found: columns and rows by the grid, whatever their words look like."""

from __future__ import annotations

import pytest

from app.domain.extraction.changes import read_changes
from app.domain.extraction.rows import page_text
from app.domain.reading import PageScan, Reading
from tests.unit.domain.extraction.paper import (
    LEXICON,
    NOTES,
    NOTHING,
    SIGNATURE,
    check_of,
    page_1,
    page_2,
    page_3,
    page_4,
    read,
)
from tests.unit.domain.extraction.tabled import Ruled, Sheet

FREE = "Nhà nước giao đất không thu tiền sử dụng đất"
YEN_THE = "Xã Đồng Lạc, huyện Yên Thế"
HEAD = (
    *("Tờ bản đồ số", "Thửa đất số", "Địa chỉ thửa đất", "Diện tích (m²)", "Hình thức sử dụng", "Mục đích sử dụng"),
    *("Thời hạn sử dụng", "Nguồn gốc sử dụng"),
)
WIDTHS = (130, 130, 330, 170, 170, 330, 260, 460)
ROWS = (
    ("42", "14", YEN_THE, "612,0", "Riêng", "Đất chuyên trồng lúa nước", "Đến ngày 15/10/2013", FREE),
    ("3", "9", YEN_THE, "11.800,0", "Chung", "Đất rừng sản xuất", "Đến ngày 31/12/2060", FREE),
)
Cells = tuple[str | Ruled, ...]


def with_table(*rows: Cells, widths: tuple[int, ...] = WIDTHS, below: str = "", tall: int = 4) -> PageScan:
    sheet = Sheet().text("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất\n1. Thửa đất:")
    return sheet.ruled(widths, rows, tall).text(f"{below}{NOTHING.strip()}\n{NOTES}\n{SIGNATURE}").scan()


def numbers(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [(parcel.sheet, parcel.number, str(parcel.area_m2)) for parcel in reading.parcels]


def test_every_row_of_the_grid_is_a_parcel_and_wrapped_cells_are_joined():
    reading = read(page_1(), with_table(HEAD, *ROWS))
    assert numbers(reading) == [("42", "14", "612.0"), ("3", "9", "11800.0")]
    assert [parcel.address for parcel in reading.parcels] == [YEN_THE] * 2
    assert [parcel.uses[0].origin for parcel in reading.parcels] == [FREE] * 2
    assert [parcel.uses[0].purpose for parcel in reading.parcels] == ["Đất chuyên trồng lúa nước", "Đất rừng sản xuất"]


def test_columns_whose_words_stand_tight_are_parted_by_the_rule_alone():
    tight = tuple(width - 40 for width in WIDTHS)
    reading = read(page_1(), with_table(HEAD, *ROWS, widths=tight, tall=6))
    assert [parcel.uses[0].term for parcel in reading.parcels] == ["Đến ngày 15/10/2013", "Đến ngày 31/12/2060"]


def test_a_cell_that_stands_beside_several_rows_belongs_to_all_of_them():
    first = ("42", "14", Ruled(YEN_THE, row_span=2), *ROWS[0][3:])
    second = (*ROWS[1][:2], *ROWS[1][3:])
    assert [parcel.address for parcel in read(page_1(), with_table(HEAD, first, second)).parcels] == [YEN_THE] * 2


def test_a_parcel_with_two_purposes_may_have_one_number_beside_both():
    first = (
        *(Ruled("5", row_span=2), Ruled("71", row_span=2), Ruled(YEN_THE, row_span=2)),
        *("300,0", Ruled("Riêng", row_span=2), "Đất ở tại nông thôn", "Lâu dài", Ruled(FREE, row_span=2)),
    )
    second = ("227,4", "Đất trồng cây lâu năm", "Đến ngày 15/10/2043")
    parcel, other = read(page_1(), with_table(HEAD, first, second, ROWS[0])).parcels
    assert (parcel.sheet, parcel.number, str(parcel.area_m2), other.number) == ("5", "71", "527.4", "14")
    assert [(use.purpose_code, str(use.area_m2), use.term, use.origin) for use in parcel.uses] == [
        ("ONT", "300.0", "Lâu dài", FREE),
        ("CLN", "227.4", "Đến ngày 15/10/2043", FREE),
    ]


def test_a_head_of_two_rows_names_the_columns_below_it():
    head = (
        *(Ruled("Thửa đất số", row_span=2), Ruled("Tờ bản đồ số", row_span=2), Ruled("Diện tích (m²)", col_span=2)),
        *(Ruled("Mục đích sử dụng", row_span=2), Ruled("Thời hạn sử dụng", row_span=2)),
    )
    rows = (
        ("57", "24", "215,0", "-", "Đất ở tại đô thị", "Lâu dài"),
        ("58", "24", "-", "30,5", "Đất trồng cây lâu năm", "Lâu dài"),
    )
    table = with_table(head, ("Riêng", "Chung"), *rows, widths=(200, 240, 300, 200, 460, 300))
    reading = read(page_1(), table)
    assert numbers(reading) == [("24", "57", "215.0"), ("24", "58", "30.5")]
    assert [parcel.uses[0].form for parcel in reading.parcels] == ["Sử dụng riêng", "Sử dụng chung"]


def test_a_title_above_the_head_and_a_row_of_numbers_are_no_parcels():
    title = (Ruled("Bảng kê các thửa đất", col_span=8),)
    counted = tuple(f"({number})" for number in range(1, 9))
    assert numbers(read(page_1(), with_table(title, HEAD, counted, *ROWS))) == [
        ("42", "14", "612.0"),
        ("3", "9", "11800.0"),
    ]


def test_the_total_is_held_against_the_areas_and_is_no_parcel():
    total = (Ruled("Tổng cộng", col_span=3), "12.412,0", "", "", "", "")
    reading = read(page_1(), with_table(HEAD, *ROWS, total))
    assert numbers(reading) == [("42", "14", "612.0"), ("3", "9", "11800.0")]


def test_parcels_that_no_rule_parts_are_parted_by_their_lines():
    rows = [("42\n3", "14\n9", "612,0\n11.800,0", "Đất chuyên trồng lúa\nĐất rừng sản xuất", "Lâu dài\n50 năm")]
    head = (HEAD[0], HEAD[1], HEAD[3], HEAD[5], HEAD[6])
    reading = read(page_1(), with_table(head, *rows, widths=(200, 200, 300, 500, 400)))
    assert numbers(reading) == [("42", "14", "612.0"), ("3", "9", "11800.0")]


def test_a_cell_over_two_columns_whose_rule_was_lost_is_parted_between_them():
    joined = (Ruled("42          14", col_span=2), *ROWS[0][2:])
    assert numbers(read(page_1(), with_table(HEAD, joined, ROWS[1])))[0] == ("42", "14", "612.0")


def test_a_column_with_an_unreadable_label_is_named_by_its_cells():
    head = (*HEAD[:6], "#~ §§", HEAD[7])
    reading = read(page_1(), with_table(head, *ROWS))
    assert [parcel.uses[0].term for parcel in reading.parcels] == ["Đến ngày 15/10/2013", "Đến ngày 31/12/2060"]


@pytest.mark.parametrize("label", ["Tờ bản đồ địa chính số", "Số từ BĐ", "#~ §§"])
def test_the_column_of_the_sheets_is_known_by_any_wording_or_beside_that_of_the_parcels(label):
    rows = [(*row[:2], *row[3:7]) for row in ROWS]
    head = (label, HEAD[1], *HEAD[3:7])
    reading = read(
        page_1(), with_table(head, *rows, widths=(260, 200, 300, 300, 450, 400), below=f"Địa chỉ: {YEN_THE}\n")
    )
    assert numbers(reading) == [("42", "14", "612.0"), ("3", "9", "11800.0")]
    assert [parcel.address for parcel in reading.parcels] == [YEN_THE] * 2


def test_a_column_that_only_counts_the_rows_holds_no_sheets():
    rows = [(str(number), *row[1:2], *row[3:7]) for number, row in enumerate(ROWS, start=1)]
    head = ("#~ §§", HEAD[1], *HEAD[3:7])
    reading = read(page_1(), with_table(head, *rows, widths=(260, 200, 300, 300, 450, 400)))
    assert numbers(reading) == [(None, "14", "612.0"), (None, "9", "11800.0")]


def test_a_comma_seen_as_a_stroke_is_a_comma_for_someone_to_look_at():
    reading = read(page_1(), with_table(HEAD, ROWS[0], (*ROWS[1][:3], "11.800/5", *ROWS[1][4:])))
    assert numbers(reading)[1] == ("3", "9", "11800.5")
    assert check_of(reading, "parcels[1].area_m2") == "look"


def test_empty_rows_and_a_table_of_something_else_are_no_parcels():
    assert numbers(read(page_1(), with_table(HEAD, ROWS[0], ("",) * 8)))[0] == ("42", "14", "612.0")
    other = Sheet().ruled((300, 300, 300), (("Số hiệu điểm", "X (m)", "Y (m)"), ("1", "2351.5", "418.9"))).scan()
    assert read(page_1(), page_2(), other).parcels == read(page_1(), page_2()).parcels


def test_a_table_of_houses_is_read_by_its_rules():
    head = ("Loại nhà ở", "Diện tích xây dựng (m²)", "Diện tích sàn (m²)", "Hình thức sở hữu", "Cấp (hạng)")
    home, kitchen = ("Nhà ở riêng lẻ", "94", "188", "Sở hữu riêng", "III"), ("Bếp", "20", "20", "Sở hữu chung", "IV")
    sheet = Sheet().text("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất\n2. Nhà ở:")
    sheet.ruled((400, 360, 340, 400, 300), (head, home, kitchen)).text(
        "3. Công trình xây dựng khác: -/-\n6. Ghi chú: -/-"
    )
    assets = read(page_1(), sheet.scan()).assets
    assert [(one.name, str(one.built_area_m2), str(one.floor_area_m2), one.ownership, one.grade) for one in assets] == [
        ("Nhà ở riêng lẻ", "94", "188", "Sở hữu riêng", "III"),
        ("Bếp", "20", "20", "Sở hữu chung", "IV"),
    ]


MORTGAGE = "Thế chấp bằng quyền sử dụng đất tại Ngân hàng TMCP Kinh Bắc Thịnh theo hồ sơ số 002155.TC.001"
RELEASE = "Xóa nội dung đăng ký thế chấp ngày 03/7/2019 theo hồ sơ số 002155.XC.001"
OFFICE = "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI THÀNH PHỐ BẮC NINH"
PLAN = "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất"
CHANGES_HEAD = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")


@pytest.mark.parametrize("signature", ["GIÁM ĐỐC\nLục Chí Thuận", "PHÓ GIÁM ĐỐC\n@ ~ ;"])
def test_changes_are_read_by_their_columns_with_the_office_beside_each(signature):
    rows = (
        (MORTGAGE, f"Ngày 03/7/2019\n{OFFICE}\n{signature}"),
        (RELEASE, f"Ngày 21/9/2022\n{OFFICE}\n{signature}"),
    )
    sheet = Sheet().text(f"{PLAN}\nIV. Những thay đổi sau khi cấp Giấy chứng nhận")
    changes = read(page_1(), page_2(), sheet.ruled((1000, 1000), (CHANGES_HEAD, *rows), 6).scan()).changes
    assert [(change.kind, change.on, change.confirmed_by) for change in changes] == [
        ("Thế chấp", "2019-07-03", OFFICE),
        ("Xóa thế chấp", "2022-09-21", OFFICE),
    ]
    assert [change.text for change in changes] == [MORTGAGE, RELEASE]


def test_with_a_column_of_days_each_change_has_the_day_and_the_office_at_its_height():
    head = ("Ngày, tháng, năm", *CHANGES_HEAD)
    rows = (("03/7/2019", MORTGAGE, f"{OFFICE}\nGIÁM ĐỐC"), ("21/9/2022", RELEASE, f"{OFFICE}\nGIÁM ĐỐC"))
    sheet = Sheet().text("VI. Những thay đổi sau khi cấp Giấy chứng nhận").ruled((300, 900, 800), (head, *rows), 6)
    drafts = {draft.path: draft.value for draft in read_changes(page_text(sheet.scan(), 0).rows, 0, LEXICON)}
    assert [drafts[f"changes[{at}].on"] for at in range(2)] == ["2019-07-03", "2022-09-21"]
    assert [drafts[f"changes[{at}].confirmed_by"] for at in range(2)] == [OFFICE] * 2


def test_a_register_number_above_the_table_of_a_supplementary_page_does_not_end_it():
    sheet = Sheet().text(
        "TRANG BỔ SUNG GIẤY CHỨNG NHẬN\nThửa đất số: 205; tờ bản đồ số: 16\nSố phát hành Giấy chứng nhận: CQ 718336\n"
        "Số vào sổ cấp GCN: CS 09331"
    )
    sheet.ruled((1000, 1000), (CHANGES_HEAD, (MORTGAGE, f"Ngày 03/7/2019\n{OFFICE}")), 6)
    reading = read(page_1(), page_2(), page_3(), page_4(), sheet.scan())
    assert [change.dossier_number for change in reading.changes] == ["002155.TC.001"]


UNKNOWN_HEADS = (
    *("Thuộc tờ bản đồ", "Số hiệu thửa trên bản đồ", "Vị trí khu đất", "Diện tích được giao (m2)", "Hình thức"),
    *("Loại đất được dùng", "Được sử dụng đến", "Nguồn gốc của đất"),
)


def test_heads_in_words_nobody_knows_are_found_by_their_meaning():
    reading = read(page_1(), with_table(UNKNOWN_HEADS, *ROWS))
    assert numbers(reading) == [("42", "14", "612.0"), ("3", "9", "11800.0")]
    assert [parcel.address for parcel in reading.parcels] == [YEN_THE] * 2
    assert [parcel.uses[0].term for parcel in reading.parcels] == ["Đến ngày 15/10/2013", "Đến ngày 31/12/2060"]
    assert [parcel.uses[0].origin for parcel in reading.parcels] == [FREE] * 2


def test_a_head_seen_in_part_leaves_the_rest_to_the_cells():
    head = ("đồ số", "số -", "Địa chỉ thửa", "(mồ", "chung", "dụng", "dụng —", "dụng .")
    rows = (
        ("9", "506", "Số 75, đường Cống Đá, thị trấn Thắng", "268,0", "-", "Đất ở tại đô thị", "Lâu dài", FREE),
        ("106", "421", "Số 75, đường Cống Đá, thị trấn Thắng", "2.802,5", "-", "Đất giáo dục", "Lâu dài", FREE),
    )
    reading = read(page_1(), with_table(head, *rows))
    assert numbers(reading) == [("9", "506", "268.0"), ("106", "421", "2802.5")]
    assert [parcel.uses[0].form for parcel in reading.parcels] == ["Sử dụng riêng"] * 2
    assert [parcel.address for parcel in reading.parcels] == ["Số 75, đường Cống Đá, thị trấn Thắng"] * 2


PLOT_WIDTHS = (260, 260, 320, 400, 400, 340)
PLOTS = (("7", "306", "209", "Thổ cư", "Lâu dài", ""), ("28", "27", "1450", "T: 180 m²; Ao: 1270 m²", "20 năm", "5%"))


def list_of_plots(*rows: Cells) -> PageScan:
    above = """CHỨNG NHẬN
Hộ ông: Nguyễn Văn Thảnh
Thường trú tại: thôn Đông Mẫu, xã Phương Liễu
Được quyền sử dụng: 1659 m² đất
Tại: xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc
Theo bảng liệt kê dưới đây:"""
    return Sheet().text(above).ruled(PLOT_WIDTHS, rows).scan()


def test_a_list_of_plots_whose_head_was_lost_is_read_in_the_order_of_the_form():
    reading = read(list_of_plots(*PLOTS, (Ruled("Cộng", col_span=2), "1659", "", "", "")))
    assert numbers(reading) == [("7", "306", "209"), ("28", "27", "1450")]
    assert [(use.purpose, str(use.area_m2)) for use in reading.parcels[1].uses] == [("T", "180"), ("Ao", "1270")]
    assert all(parcel.address for parcel in reading.parcels)


def test_signs_of_crops_are_no_areas():
    head = ("Số tờ bản đồ", "Số thửa", "Diện tích (m²)", "Mục đích sử dụng", "Thời hạn sử dụng", "Phần ghi thêm")
    rows = (("7", "306", "209", "2M", "20 năm", ""), ("28", "27", "1450", "1L + 1M", "20 năm", ""))
    reading = read(list_of_plots(head, *rows))
    assert [(use.purpose, str(use.area_m2)) for parcel in reading.parcels for use in parcel.uses] == [
        ("2M", "209"),
        ("1L + 1M", "1450"),
    ]


def test_numbers_of_two_columns_run_together_are_not_one_parcels():
    head = (Ruled("Số tờ bản đồ Số thửa", col_span=1), "Diện tích (m²)", "Mục đích sử dụng", "Thời hạn sử dụng")
    rows = (("33 710", "316", "Ao", "20 năm"), ("33 709", "240", "2L", "20 năm"))
    above = "CHỨNG NHẬN\nHộ ông: Nguyễn Văn Thảnh\nĐược quyền sử dụng: 556 m² đất\nTheo bảng liệt kê dưới đây:"
    reading = read(Sheet().text(above).ruled((520, 320, 400, 400), (head, *rows)).scan())
    assert all(parcel.number != "33" for parcel in reading.parcels)
