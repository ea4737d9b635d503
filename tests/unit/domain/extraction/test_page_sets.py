"""Piles split into dossiers, opened sheets told from single pages, models settled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.extraction.models import serial_of
from app.domain.extraction.page_sets import are_two_pages, one_certificate, propose_dossiers, seen_pages
from app.domain.reading import PageScan, Point, Split
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import back, barcode, front, page, page_1, page_2, page_3, page_4, qr

CARD_QR = "027081999921|121999926|Trương Quang Hách|14061981|Nam|Bắc Ninh|02052021"
OTHER_PARCEL = paper.PARCEL.replace("205", "77").replace("72,5", "81,0")
OTHER_SIGNATURE = paper.SIGNATURE.replace("09331", "04415")
OTHER_HOLDERS = "Ông: LƯU BÁ THỰC Năm sinh: 1966, CMND số: 122999917"

COVER = "GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nSố: {serial}"
RED_INSIDE = """
Được quyền sử dụng: 84 m² đất
Tại: xã Đồng Quang, huyện Tiên Sơn, tỉnh Bắc Ninh
Theo bảng liệt kê dưới đây:
"""
RED_PLAN = """
TRÍCH LỤC BẢN ĐỒ THỬA ĐẤT
Ngày 05 tháng 11 năm 1998
Vào sổ cấp giấy chứng nhận quyền sử dụng đất
Số: 01108 QSDĐ/ĐK
"""
CHANGES = "NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN\nNgày, tháng, năm || Nội dung thay đổi và cơ sở pháp lý"
SUPPLEMENT = "TRANG BỔ SUNG GIẤY CHỨNG NHẬN\nThửa đất số: 205\nSố phát hành GCN: {serial}\nSố vào sổ: CS 09331"


def first_certificate(*kinds: int) -> list[PageScan]:
    pages = {1: page_1(), 2: page_2(), 3: page_3(), 4: page_4(codes=(barcode("0917219009331"),))}
    return [pages[kind] for kind in kinds]


def second_certificate(*kinds: int) -> list[PageScan]:
    pages = {
        1: page_1(OTHER_HOLDERS, serial="CI 332908"),
        2: page_2(OTHER_PARCEL, signature=OTHER_SIGNATURE),
        3: page_3("Thế chấp tại Ngân hàng"),
        4: page_4("Xóa thế chấp", codes=(barcode("0917219004415"),), digits="0917219004415"),
    }
    return [pages[kind] for kind in kinds]


def groups_of(*scans: PageScan) -> list[list[int]]:
    proposed = propose_dossiers(seen_pages(scans, serial_of), serial_of)
    return [[page.text.page for page in group.pages] for group in proposed]


def models_of(*scans: PageScan) -> list[tuple[str, str | None]]:
    pages = seen_pages(scans, serial_of)
    return [(page.kind.value, page.guess.model.value if page.guess.model else None) for page in pages]


def test_a_pile_in_order_is_split_where_a_certificate_begins_again():
    pile = [*first_certificate(1, 2, 3, 4), *second_certificate(1, 2, 3, 4)]
    assert groups_of(*pile) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_a_certificate_that_lacks_pages_does_not_take_those_of_the_next_one():
    pile = [*first_certificate(1, 2), *second_certificate(1, 2, 3, 4)]
    assert groups_of(*pile) == [[0, 1], [2, 3, 4, 5]]


def test_bar_code_and_register_number_bring_shuffled_pages_together():
    pile = [*first_certificate(2), *second_certificate(2), *first_certificate(4), *second_certificate(4)]
    assert groups_of(*pile) == [[0, 2], [1, 3]]
    sure = [group.sure for group in propose_dossiers(seen_pages(pile, serial_of), serial_of)]
    assert sure == [True, True]


def test_what_only_its_place_tells_is_a_guess():
    proposed = propose_dossiers(seen_pages([*first_certificate(1, 3), *second_certificate(1, 3)], serial_of), serial_of)
    assert [(group.serial, group.sure) for group in proposed] == [("CQ 718336", False), ("CI 332908", False)]


def test_the_halves_of_an_opened_sheet_stay_together():
    line = {"top": Point(2244, 0), "bottom": Point(2244, 3130)}
    halves = [
        replace(scan, file="a3.jpg", image=1, page=half + 1, split=Split(half=half, **line))
        for half, scan in enumerate(second_certificate(4, 1))
    ]
    assert groups_of(*first_certificate(1), *halves, *first_certificate(2, 4)) == [[0, 3, 4], [1, 2]]


def test_other_papers_go_to_the_certificate_that_names_them():
    card = page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name: TRƯƠNG QUANG HÁCH", codes=(qr(CARD_QR),))
    supplement = page(SUPPLEMENT.format(serial="CQ 718336"))
    note = page("Biên bản họp thôn")
    pile = [*first_certificate(1), *second_certificate(1), card, supplement, note]
    assert groups_of(*pile) == [[0, 2, 3, 4], [1]]


def test_an_application_goes_to_the_people_it_names_wherever_it_lies():
    application = page("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG\nKính gửi: UBND xã\n1. Tên: Lưu Bá Thực; năm sinh: 1966")
    assert groups_of(*second_certificate(1), *first_certificate(1), application) == [[0, 2], [1]]


def test_a_contract_goes_to_the_certificate_whose_serial_it_quotes():
    contract = page("HỢP ĐỒNG CHUYỂN NHƯỢNG\nĐiều 1. theo Giấy chứng nhận số CI 332908")
    assert groups_of(*second_certificate(1), *first_certificate(1), contract) == [[0, 2], [1]]


def test_a_notice_that_names_a_province_only_stays_where_it_lies():
    signed = page_2(signature=paper.SIGNATURE.replace("|| TỈNH BẮC NINH", "\n|| TỈNH BẮC NINH"))
    notice = page("THÔNG BÁO\nĐịa chỉ: xóm Đông Hạ, tỉnh Bắc Ninh")
    pile = [*first_certificate(1), signed, *second_certificate(1), notice]
    assert groups_of(*pile) == [[0, 1], [2, 3]]


def test_the_back_of_a_card_goes_with_the_front_before_it():
    front_of_card = page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name: TRƯƠNG QUANG HÁCH")
    back_of_card = page("Đặc điểm nhân dạng / Personal identification\nNgón trỏ trái")
    pile = [*first_certificate(1), *second_certificate(1), front_of_card, back_of_card]
    assert groups_of(*pile) == [[0, 2, 3], [1]]


def test_a_supplement_is_read_with_its_certificate():
    pages = seen_pages([*first_certificate(1), page(SUPPLEMENT.format(serial="CQ 718336"))], serial_of)
    chosen, found = one_certificate(pages, serial_of)
    assert ([page.kind.value for page in chosen], found) == (["certificate_1", "supplement"], [])
    assert chosen[1].guess.model == "2014"


def test_papers_without_a_certificate_are_one_group():
    assert groups_of(page("Biên bản họp thôn"), page("Danh sách")) == [[0, 1]]
    assert groups_of() == []


def test_a_page_scanned_twice_is_no_second_certificate():
    pages = seen_pages([*first_certificate(1, 2, 3), *first_certificate(2, 3)], serial_of)
    chosen, found = one_certificate(pages, serial_of)
    assert ([page.text.page for page in chosen], found) == ([0, 1, 2], [])


def test_alike_last_pages_of_two_certificates_are_not_one_scanned_twice():
    empty = page_4(digits="")
    pile = [*first_certificate(1, 2, 3), empty, *second_certificate(1, 2, 3), empty]
    assert groups_of(*pile) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_two_models_are_two_certificates():
    assert groups_of(front(), back(), *first_certificate(1, 2)) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(("serial", "model"), [("E 412357", "1993"), ("AH 318264", "2003")])
def test_the_form_of_the_serial_tells_both_red_covers_apart(serial, model):
    assert models_of(page(COVER.format(serial=serial))) == [("certificate_1", model)]


def test_pages_that_do_not_show_their_model_have_that_of_their_certificate():
    pages = page(COVER.format(serial="M 087316")), page(RED_INSIDE), page(RED_PLAN), page(CHANGES)
    assert models_of(*pages) == [(f"certificate_{number}", "1993") for number in (1, 2, 3, 4)]


def test_the_day_of_issue_makes_all_four_pages_those_of_2009():
    inside = page_2(signature=paper.SIGNATURE.replace("2019", "2011"))
    assert {model for _, model in models_of(page_1(), inside, page_3())} == {"2009"}


@pytest.mark.parametrize(
    ("left", "right", "two"),
    [
        (page_4(), page_1(), True),
        (page_2(), page_3(), True),
        (page(""), page_1(), True),
        (page("Căn cước công dân\nCitizen Identity Card"), page("Đặc điểm nhân dạng\nNgón trỏ trái"), False),
        (page("một\nhai"), page("ba\nbốn"), False),
        (page("\n".join("dòng chữ" for _ in range(12))), page("\n".join("số liệu" for _ in range(12))), False),
    ],
)
def test_two_pages_side_by_side_are_told_from_one_by_what_is_read_there(left, right, two):
    assert are_two_pages(left, right) is two


def test_two_papers_whose_lines_stand_at_other_heights_are_two_pages():
    left = page("\n".join("dòng chữ" for _ in range(12)))
    right = page("\n".join("số liệu" for _ in range(12)))
    lines = tuple(
        replace(line, words=tuple(replace(w, box=w.box._replace(y=round(w.box.y * 1.37) + 31)) for w in line.words))
        for line in right.lines
    )
    assert are_two_pages(left, replace(right, lines=lines))


LEFT_OF_A_CARD = """
CỘNG HÒA XÃ HỘI CHỦ
4 cCC
Độc lập
SOCIALIST REP
Số định danh
02005299996
THÂN VĂN
Giới tính / S
2610711952
"""
RIGHT_OF_A_CARD = """
|| NGHĨA VIỆT NAM
|| VIITN
|| Hạnh phúc
|| UBLIC OF VIET NAM
|| cá nhân / Personal identification number
|| 5
|| THÀNH
|| ex: Nam
|| x
"""


def test_a_card_parted_between_its_words_is_one_page():
    right = page(RIGHT_OF_A_CARD)
    lower = tuple(
        replace(line, words=tuple(replace(word, box=word.box._replace(y=word.box.y + 16)) for word in line.words))
        for line in right.lines
    )
    assert not are_two_pages(page(LEFT_OF_A_CARD), replace(right, lines=lower))
