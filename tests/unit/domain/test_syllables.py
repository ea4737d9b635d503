from __future__ import annotations

import pytest

from app.adapters.code_lists_files import load_code_lists
from app.domain.syllables import odd_syllables

LISTS = load_code_lists()


@pytest.mark.parametrize(
    "text",
    [
        "Thôn Ngọc Quán, xã Châu Minh, huyện Hiệp Hòa, tỉnh Bắc Giang",
        "Nguyễn Thị Quỳnh, Giáp Huỳnh Khuê, Quách Thuỷ, Đoàn Uyển, Nghiêm Gia Khuyến, Ỷ Lan, Huơ, thuở, ngoằn ngoèo",
        "diện tích 72,5 m² theo hồ sơ số 002155.TC.001, đường dây 110 kV rộng 12 km",
        "Thế chấp tại Ngân hàng TMCP Vietcombank và Agribank; UBND, GCN, QSDĐ, TNHH, nhà cấp III",
        "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI UBND HUYỆN",
        "tỉnh Đắk Lắk",
        "",
    ],
)
def test_vietnamese_short_forms_and_banks_are_in_order(text):
    assert odd_syllables(text) == []


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Thôn Ngoc Quán", ["Ngoc"]),
        ("Hiêp Hòa", ["Hiêp"]),
        ("đât ở", ["đât"]),
        ("Wgha Trang", ["Wgha"]),
        ("NGUYỄN WGHA", ["WGHA"]),
        ("NÑgọc", ["NÑgọc"]),
        ("Kbhúc nhitợng", ["Kbhúc", "nhitợng"]),
        ("ngoằ̀n", ["ngoằ̀n"]),
    ],
)
def test_what_cannot_be_vietnamese_is_odd(text, odd):
    assert odd_syllables(text) == odd


def test_no_word_of_our_lists_is_odd():
    texts = [unit.name for unit in (*LISTS.old_units, *LISTS.new_units)]
    texts += [*LISTS.surnames, *LISTS.syllables, *LISTS.provinces.values()]
    texts += [name for purpose in LISTS.purposes for name in purpose.names]
    texts += [origin.text for origin in LISTS.origins]
    assert [odd for text in texts for odd in odd_syllables(text)] == []
