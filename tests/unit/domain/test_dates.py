from __future__ import annotations

import pytest

from app.domain.dates import (
    find_long_date,
    find_short_date,
    fold_in_place,
    is_after,
    is_date,
    parse_date,
    show_date,
    year_of,
)
from app.errors import InputError


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("02/09/1958", "1958-09-02"),
        ("2.9.1958", "1958-09-02"),
        ("02-9-1958", "1958-09-02"),
        ("02091958", "1958-09-02"),
        ("9/1958", "1958-09"),
        ("1958", "1958"),
        ("1958-09-02", "1958-09-02"),
        (" 02 / 09 / 1958 ", "1958-09-02"),
    ],
)
def test_dates_may_be_whole_or_partial(typed, iso):
    assert parse_date(typed) == iso
    assert is_date(iso)
    assert parse_date(show_date(iso)) == iso


@pytest.mark.parametrize("typed", ["", "31/02/2000", "13/2000", "1500", "2/9/58", "hôm qua", "00/09/1958", "1958-13"])
def test_dates_that_do_not_exist_are_refused(typed):
    with pytest.raises(InputError, match="bad_date"):
        parse_date(typed)
    assert not is_date(typed)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Bắc Ninh, ngày 14 tháng 6 năm 2019", "2019-06-14"),
        ("Quế Võ, ngày i6 tháng I2 năm 2014", "2014-12-16"),
        ("ngay 03 thang 7 nam 201 7", "2017-07-03"),
        ("ngày 0! tháng ¡2 năm 2020", "2020-12-01"),
    ],
)
def test_the_long_date_of_a_signature_is_found_through_slips(printed, iso):
    found = find_long_date(printed)
    assert found is not None
    assert found[0] == iso
    assert found[1] in printed


def test_a_long_date_that_does_not_exist_is_not_found():
    assert find_long_date("ngày 45 tháng 6 năm 2019") is None
    assert find_long_date("không có ngày") is None


def test_a_short_date_is_found_in_running_text():
    assert find_short_date("cấp ngày 12/9/2008; số vào sổ H 00921") == ("2008-09-12", "12/9/2008")
    assert find_short_date("hợp đồng 40/13/2008") is None


def test_partial_dates_are_compared_by_what_both_have():
    assert is_after("2019-06-14", "2018")
    assert not is_after("2019-06-14", "2019")
    assert is_after("2019-07", "2019-06-30")
    assert year_of("1958-09") == 1958


def test_folding_keeps_every_place():
    text = "Địa chỉ: Đường Hồ"
    assert fold_in_place(text) == "dia chi: duong ho"
    assert len(fold_in_place("a\u0301b")) == 3
