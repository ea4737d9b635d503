"""Areas and dates in figures and words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.samples.numbers import area_in_words, long_date, printed_area, short_date


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("72.5", "Bảy mươi hai phẩy năm mét vuông"),
        ("1005.0", "Một nghìn không trăm linh năm mét vuông"),
        ("15250.8", "Mười lăm nghìn hai trăm năm mươi phẩy tám mét vuông"),
        ("21", "Hai mươi mốt mét vuông"),
        ("11.1", "Mười một phẩy một mét vuông"),
        ("104.4", "Một trăm linh bốn phẩy bốn mét vuông"),
        ("144", "Một trăm bốn mươi tư mét vuông"),
        ("10000", "Mười nghìn mét vuông"),
        ("5015.0", "Năm nghìn không trăm mười lăm mét vuông"),
        ("1000001", "Một triệu không trăm linh một mét vuông"),
        ("0.5", "Không phẩy năm mét vuông"),
    ],
)
def test_an_area_is_spoken_as_in_the_north(area, words):
    assert area_in_words(Decimal(area)) == words


def test_a_final_four_may_be_spoken_the_other_way():
    assert area_in_words(Decimal("24.0"), four_after_ten="bốn") == "Hai mươi bốn mét vuông"
    assert area_in_words(Decimal("4.0"), four_after_ten="tư") == "Bốn mét vuông"


def test_an_area_is_printed_with_comma_and_dots():
    assert printed_area(Decimal("15250.8")) == "15.250,8"
    assert printed_area(Decimal("612.0")) == "612,0"
    assert printed_area(Decimal(1081)) == "1.081"


def test_a_date_gets_zeros_before_small_days_and_the_first_two_months():
    assert short_date(date(2019, 7, 3)) == "03/7/2019"
    assert short_date(date(2019, 2, 13)) == "13/02/2019"
    assert long_date(date(2025, 3, 5)) == "ngày 05 tháng 3 năm 2025"
