"""Models that look alike are told by days, bar code, register letters, words and serials; thin evidence is no proof."""

from __future__ import annotations

import pytest

from app.domain.dossier import Model
from app.domain.extraction.model_evidence import ToldModel, family, may_be, told_model
from app.domain.extraction.page_kinds import Guess, guess_kind
from app.domain.extraction.rows import page_text
from app.domain.reading import PageScan
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import barcode, page, page_1, page_2, page_3, page_4

HOLDER_2009 = "Ông: LƯU BÁ THỰC Năm sinh: 1966, CMND số: 122999917"
SIGNATURE_2009 = """
|| Lạng Giang, {day}
|| TM. ỦY BAN NHÂN DÂN
|| HUYỆN LẠNG GIANG
|| CHỦ TỊCH
Số vào sổ cấp GCN: {register}
"""
RED_INSIDE = "I. Tên người sử dụng đất\nII- Thửa đất được quyền sử dụng\n1. Thửa số : 52 2. Tờ bản đồ số : 58"
RED_PLAN = "V- Sơ đồ thửa đất\nVào sổ cấp giấy chứng nhận quyền sử dụng đất Số : 01259{number}"


def told(*scans: PageScan, serial: str | None = None, issued_on: str | None = None) -> tuple[str | None, bool]:
    texts = [page_text(scan, index) for index, scan in enumerate(scans)]
    found = told_model([(guess_kind(text), text) for text in texts], serial, issued_on)
    return (found.model.value if found.model else None), found.is_sure


def inside(day: str = "ngày ... năm ...", register: str = "CH 00318") -> PageScan:
    return page_2(signature=SIGNATURE_2009.format(day=day, register=register))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("ngày 23 tháng 12 năm 2013", ("2009", True)),
        ("ngày 23 tháng !2 năm 2013", ("2009", True)),
        ('ngà"14 tháng l1 nan 2O10', ("2009", True)),
        ("ngày 30 tháng 6 năm 2014", ("2009", True)),
        ("ngày 01 tháng 7 năm 2014", ("2014", True)),
        ("ngày 12 tháng 03 năm 2016", ("2014", True)),
    ],
)
def test_the_month_written_on_the_inner_page_tells_2009_from_2014(day, expected):
    assert told(inside(day)) == expected


def test_without_a_day_the_year_in_the_bar_code_tells_them_apart():
    assert told(inside(), page_4(codes=(barcode("0785810000318"),), digits="")) == ("2009", True)
    assert told(page_3(), page_4(codes=(barcode("0785819000318"),), digits=""))[0] == "2014"
    assert told(page_3(), page_4(digits="0785810000318")) == ("2009", False)


def test_what_was_written_into_a_certificate_is_younger_than_the_certificate():
    changed = page_3("Thế chấp tại Ngân hàng || Ngày 27/01/2013")
    quoted = page_3("Chuyển nhượng cho ông Lưu Bá Thực, CMND cấp ngày 05/05/2009")
    assert told(changed, page_1(HOLDER_2009), serial="BE 276227") == ("2009", True)
    assert told(quoted) == ("2014", False)


def test_letters_of_a_register_and_cards_of_twelve_digits_are_of_2014():
    assert told(inside(register="CS 09331"), page_1())[0] == "2014"
    assert told(inside(register="VP 09331")) == ("2014", False)
    assert told(inside(register="VP 09331"), serial="DA 226781") == ("2014", True)


def test_a_serial_alone_is_thin_evidence():
    assert told(page_3(), serial="BD 226781") == ("2009", False)
    assert told(page_3()) == ("2014", False)
    assert told(page("GIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT"), serial="AH 318264") == ("2003", False)


@pytest.mark.parametrize(
    ("number", "serial", "expected"),
    [
        (" QSDĐ/PL\nNgày 05 tháng 02 năm 1994", None, ("1993", True)),
        (" QSDĐ/PL", "V 503987", ("1993", True)),
        ("\nNgày 05 tháng 02 năm 2006", None, ("2003", True)),
        (" QSDĐ/PL", None, ("1993", False)),
        ("\nNgày 05 tháng 02 năm 2006", "V 503987", ("2003", False)),
    ],
)
def test_day_register_and_serial_tell_1993_from_2003(number, serial, expected):
    assert told(page(RED_INSIDE), page(RED_PLAN.format(number=number)), serial=serial) == expected


def test_labels_of_2003_and_words_of_1993_tell_them_apart():
    labels = page(f"{RED_INSIDE}\n6. Hình thức sử dụng: riêng\n7. Nguồn gốc sử dụng đất: Nhà nước giao")
    assert told(labels) == ("2003", True)
    assert told(page(f"{RED_INSIDE}\n3. Địa chỉ : Thôn Bãi Thị, tỉnh Hà Bắc\n5. Mục đích sử dụng : Thổ cư")) == (
        "1993",
        True,
    )


def test_contradicting_evidence_is_for_a_person_to_look_at():
    model, is_sure = told(inside("ngày 23 tháng 12 năm 2011", register="VP 00318"), page_1(), serial="CQ 718336")
    assert (model, is_sure) == ("2009", False)


def test_a_day_read_elsewhere_counts():
    assert told(page_3(), issued_on="2012-05-04") == ("2009", True)
    assert told(page_3(), issued_on="2014") == ("2014", False)


def test_a_page_of_one_kind_only_may_be_of_its_family():
    guess = Guess(paper_kind(), Model.M2003, 3.0)
    assert family(guess) == {Model.M1993, Model.M2003}
    text = page_text(inside("ngày 23 tháng 12 năm 2011"), 0)
    assert may_be(guess_kind(text), text) == {Model.M2009}
    later = page_text(inside("ngày 23 tháng 12 năm 2019"), 0)
    assert may_be(guess_kind(later), later) == {Model.M2014}
    front = page_text(paper.front(), 0)
    assert may_be(guess_kind(front), front) == {Model.M2024}
    plan = page_text(page_3(), 0)
    assert may_be(guess_kind(plan), plan) == {Model.M2009, Model.M2014}


def paper_kind():
    return guess_kind(page_text(page(RED_INSIDE), 0)).kind


def test_no_pages_have_no_model():
    assert told_model([], None) == ToldModel(None, is_sure=False)


ITEMS_1993 = "\n4. Diện tích: 432 m2\n5. Mục đích sử dụng đất: Ao\n6. Thời hạn sử dụng đất: 20 năm"
ITEMS_2003 = "\n4. Diện tích: 432 m2\n5. Hình thức sử dụng: riêng\n6. Mục đích sử dụng đất: Ao"


def test_the_fifth_item_about_the_land_tells_1993_from_2003_though_the_day_was_misread():
    older = (page(RED_INSIDE + ITEMS_1993), page(RED_PLAN.format(number=" QSDĐ/TC")))
    assert told(*older, serial="K 298941", issued_on="2007-04-25") == ("1993", False)
    assert told(page(RED_INSIDE + ITEMS_2003), serial="AH 298941", issued_on="2007-04-25") == ("2003", True)


def test_a_day_on_which_no_red_certificate_was_issued_any_more_says_nothing():
    assert told(page(RED_INSIDE + ITEMS_1993), issued_on="2022-04-26") == ("1993", False)
