"""Parcels in tables, as the five models print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.reading import PageScan, Reading
from tests.unit.domain.extraction.paper import NOTES, NOTHING, SIGNATURE, check_of, page_1, read
from tests.unit.domain.extraction.tabled import Sheet

FREE = "Nhà nước giao đất không thu tiền sử dụng đất"
HEAD_2009 = (
    *("Tờ bản đồ số", "Thửa đất số", "Địa chỉ thửa đất", "Diện tích (m²)", "Hình thức sử dụng", "Mục đích sử dụng"),
    *("Thời hạn sử dụng", "Nguồn gốc sử dụng"),
)
WIDTHS_2009 = (130, 130, 330, 170, 170, 330, 260, 460)
YEN_THE = "Xã Đồng Lạc, huyện Yên Thế"
ROWS_2009 = (
    ("42", "14", YEN_THE, "612,0", "Riêng", "Đất chuyên trồng lúa nước", "Đến ngày 15/10/2013", FREE),
    ("42", "52", YEN_THE, "408,5", "Riêng", "Đất trồng lúa nước còn lại", "Đến ngày 15/10/2013", FREE),
    ("3", "9", YEN_THE, "11.800,0", "Chung", "Đất rừng sản xuất", "Đến ngày 31/12/2060", FREE),
)


def page_2(rows=ROWS_2009, head=HEAD_2009, widths=WIDTHS_2009, *, middle: bool = True, below: str = "") -> PageScan:
    sheet = Sheet().text("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất\n1. Thửa đất:")
    sheet.table(widths, [head, *rows], middle=middle)
    return sheet.text(f"{below}{NOTHING.strip()}\n{NOTES}\n{SIGNATURE}").scan()


def numbers(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [(parcel.sheet, parcel.number, str(parcel.area_m2)) for parcel in reading.parcels]


@pytest.mark.parametrize("middle", [True, False])
def test_each_row_of_a_table_is_a_parcel_wherever_its_cells_are_set(middle):
    reading = read(page_1(), page_2(middle=middle))
    assert numbers(reading) == [("42", "14", "612.0"), ("42", "52", "408.5"), ("3", "9", "11800.0")]
    assert [parcel.address for parcel in reading.parcels] == [YEN_THE] * 3
    (use,) = reading.parcels[0].uses
    assert (use.purpose, use.purpose_code, use.term) == ("Đất chuyên trồng lúa nước", "LUC", "Đến ngày 15/10/2013")
    assert (use.form, use.origin, use.area_m2) == ("Sử dụng riêng", FREE, Decimal("612.0"))
    assert reading.parcels[2].uses[0].form == "Sử dụng chung"


def test_a_row_that_numbers_the_columns_is_no_parcel():
    counted = (tuple(f"({number})" for number in range(1, 9)), *ROWS_2009)
    assert len(read(page_1(), page_2(counted)).parcels) == 3


def test_what_is_printed_once_below_a_table_belongs_to_all_its_parcels():
    head = ("Số thửa", "Số tờ bản đồ", "Diện tích (m²)", "Mục đích sử dụng", "Thời hạn sử dụng")
    rows = (
        ("118", "7", "432,0", "Đất chuyên trồng lúa nước", "Đến 15/10/2013"),
        ("246", "7", "288,0", "Đất bằng trồng cây hàng năm khác", "Lâu dài"),
    )
    below = f"""Địa chỉ thửa đất: Xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh
Hình thức sử dụng: Sử dụng riêng
Nguồn gốc sử dụng: {FREE}
"""
    reading = read(page_1(), page_2(rows, head, (200, 240, 260, 560, 400), below=below))
    assert numbers(reading) == [("7", "118", "432.0"), ("7", "246", "288.0")]
    for parcel in reading.parcels:
        assert parcel.address == "Xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh"
        assert (parcel.uses[0].origin, parcel.uses[0].form) == (FREE, "Sử dụng riêng")
    assert [parcel.uses[0].term for parcel in reading.parcels] == ["Đến 15/10/2013", "Lâu dài"]


def test_several_purposes_in_one_cell_keep_their_areas_and_terms():
    rows = (
        (
            *("5", "71", YEN_THE, "527,4", "Riêng"),
            "Đất ở tại nông thôn: 300,0 m²; Đất trồng cây lâu năm: 227,4 m²",
            "Đất ở: Lâu dài; Đất trồng cây lâu năm: đến 10/2043",
            FREE,
        ),
        ROWS_2009[0],
    )
    widths = (130, 130, 330, 170, 170, 420, 420, 360)
    uses = read(page_1(), page_2(rows, widths=widths)).parcels[0].uses
    assert [(use.purpose, str(use.area_m2), use.term) for use in uses] == [
        ("Đất ở tại nông thôn", "300.0", "Lâu dài"),
        ("Đất trồng cây lâu năm", "227.4", "Đến 10/2043"),
    ]


def test_rows_without_a_number_are_more_purposes_of_the_parcel_above():
    rows = (
        ("5", "71", YEN_THE, "300,0", "Riêng", "Đất ở tại nông thôn", "Lâu dài", FREE),
        ("", "", "", "227,4", "Riêng", "Đất trồng cây lâu năm", "Đến ngày 15/10/2043", FREE),
        ROWS_2009[0],
    )
    first, second = read(page_1(), page_2(rows)).parcels
    assert (first.number, str(first.area_m2), second.number) == ("71", "527.4", "14")
    assert [(use.purpose_code, str(use.area_m2), use.term) for use in first.uses] == [
        ("ONT", "300.0", "Lâu dài"),
        ("CLN", "227.4", "Đến ngày 15/10/2043"),
    ]


def test_own_and_shared_areas_may_have_columns_of_their_own():
    head = ("Thửa đất số", "Tờ bản đồ số", "Diện tích (m²) riêng", "chung", "Mục đích sử dụng", "Thời hạn sử dụng")
    rows = (
        ("57", "24", "215,0", "-", "Đất ở tại đô thị", "Lâu dài"),
        ("58", "24", "-", "30,5", "Đất trồng cây lâu năm", "Lâu dài"),
    )
    reading = read(page_1(), page_2(rows, head, (200, 240, 300, 200, 460, 300)))
    assert numbers(reading) == [("24", "57", "215.0"), ("24", "58", "30.5")]
    assert [parcel.uses[0].form for parcel in reading.parcels] == ["Sử dụng riêng", "Sử dụng chung"]


def test_an_empty_cell_stays_open_and_a_ditto_mark_repeats_the_cell_above():
    rows = (ROWS_2009[0], ("nt", "52", "nt", "", "Riêng", "nt", "nt", "nt"))
    reading = read(page_1(), page_2(rows))
    assert reading.parcels[1].sheet == "42"
    assert reading.parcels[1].uses[0].purpose == "Đất chuyên trồng lúa nước"
    assert reading.parcels[1].area_m2 is None
    assert check_of(reading, "parcels[1].area_m2") == "look"


HEAD_1993 = ("Số tờ bản đồ", "Số thửa", "Diện tích (m²)", "Mục đích sử dụng", "Thời hạn sử dụng", "Phần ghi thêm")
WIDTHS_1993 = (260, 260, 320, 400, 400, 340)


def list_of_plots(rows, granted: str = "1.081 m² đất", holder: str = "Hộ ông (bà): Nguyễn Văn Thảnh") -> PageScan:
    sheet = Sheet().text(f"""CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
ỦY BAN NHÂN DÂN HUYỆN QUẾ VÕ
CHỨNG NHẬN
{holder}
Nơi thường trú: thôn Đông Mẫu, xã Phương Liễu
Được quyền sử dụng: {granted}
Tại: xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc
Theo bảng liệt kê dưới đây:""")
    return sheet.table(WIDTHS_1993, [HEAD_1993, *rows]).scan()


PLOTS = (
    ("5", "112", "360", "T", "Lâu dài", ""),
    ("5", "113", "145", "Ao", "Lâu dài", ""),
    ("9", "47", "576", "2L", "20 năm", ""),
    ("Tổng cộng", "", "1.081", "", "", ""),
)


def test_a_list_of_plots_of_1993_is_read_with_its_total_as_a_check():
    reading = read(list_of_plots(PLOTS))
    assert reading.certificate.model == "1993"
    assert numbers(reading) == [("5", "112", "360"), ("5", "113", "145"), ("9", "47", "576")]
    assert [(parcel.uses[0].purpose, parcel.uses[0].purpose_code) for parcel in reading.parcels] == [
        ("T", "ONT"),
        ("Ao", "NTS"),
        ("2L", "LUC"),
    ]
    assert [parcel.uses[0].term for parcel in reading.parcels] == ["Lâu dài", "Lâu dài", "20 năm"]
    assert {parcel.address for parcel in reading.parcels} == {"xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc"}
    assert all(parcel.uses[0].form is None for parcel in reading.parcels)
    (holder,) = reading.holders
    assert (holder.name, holder.legal_form, holder.role, holder.sex) == (
        "Nguyễn Văn Thảnh",
        "Hộ gia đình",
        "Chủ hộ",
        None,
    )
    assert holder.address == "thôn Đông Mẫu, xã Phương Liễu"


def test_two_purposes_of_one_plot_of_1993_are_one_parcel():
    rows = (("5", "112", "200", "T", "Lâu dài", ""), ("5", "112", "160", "Vườn", "Lâu dài", ""))
    (parcel,) = read(list_of_plots(rows, "360 m² đất")).parcels
    assert str(parcel.area_m2) == "360"
    assert [(use.purpose, str(use.area_m2)) for use in parcel.uses] == [("T", "200"), ("Vườn", "160")]


@pytest.mark.parametrize(
    ("printed", "sign"), [("^A", "A"), ("Đ0", "ĐƠ"), ("ZM", "2M"), ("4L + 1M", "1L + 1M"), ("1L+ IM", "1L + 1M")]
)
def test_old_signs_of_purposes_are_known_through_slips_and_scraps(printed, sign):
    rows = (("5", "112", "360", printed, "Lâu dài", ""), ("5", "113", "145", "Ao", "Lâu dài", ""))
    assert read(list_of_plots(rows, "505 m² đất")).parcels[0].uses[0].purpose == sign


def test_handwriting_that_cannot_be_read_stays_open():
    plain = list_of_plots(PLOTS)
    lines = [
        type(line)(
            words=tuple(
                type(word)(text="{}#", box=word.box, confidence=12.0) if word.text in ("360", "T") else word
                for word in line.words
            )
        )
        for line in plain.lines
    ]
    scan = PageScan(file="h.jpg", width_px=2244, height_px=3130, lines=tuple(lines), ink_pct=3.0)
    reading = read(scan)
    for path in ("parcels[0].area_m2", "parcels[0].uses[0].purpose"):
        field = next(field for field in reading.fields if field.path == path)
        assert (field.value, field.check) == (None, "look")
    assert reading.parcels[1].number == "113"


@pytest.mark.parametrize(
    ("printed", "term", "is_mended"),
    [
        ("Đến 15/10/2013", "Đến 15/10/2013", False),
        ("15⁄10/2013", "15/10/2013", False),
        ("10⁄2013", "10/2013", False),
        ("Đến 415/10/2013", "Đến 15/10/2013", True),
        ("45//10/2013", "15/10/2013", True),
        ("Đến 41/10/2013", "Đến 41/10/2013", True),
    ],
)
def test_terms_of_typed_plots_keep_their_figures_and_a_day_that_cannot_be_is_doubted(printed, term, is_mended):
    reading = read(list_of_plots([("5", "112", "360", "2L", printed, ""), PLOTS[1]]))
    path = "parcels[0].uses[0].term"
    field = next(field for field in reading.fields if field.path == path)
    assert field.value == term
    if is_mended:
        assert field.check == "look"


@pytest.mark.parametrize(("printed", "area"), [("1,019", "1019"), ("586, 7", "586.7"), ("1.019,5", "1019.5")])
def test_areas_are_read_through_torn_commas_and_commas_for_points(printed, area):
    reading = read(list_of_plots([("5", "112", printed, "2L", "20 năm", ""), PLOTS[1]], "9.999 m² đất"))
    assert str(reading.parcels[0].area_m2) == area


@pytest.mark.parametrize(
    ("term", "check"), [("10/2013", "ok"), ("9/2013", "ok"), ("70/2013", "look"), ("Đến 14/2013", "look")]
)
def test_a_term_that_ends_in_a_month_that_cannot_be_is_to_be_looked_at(term, check):
    reading = read(list_of_plots([("5", "112", "505", "2L", term, "")], "505 m² đất"))
    assert reading.parcels[0].uses[0].term == term
    assert check_of(reading, "parcels[0].uses[0].term") == check
