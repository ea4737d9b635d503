from __future__ import annotations

import pytest

from app.domain.serials import find_serials, fits, is_placeholder, parse_serial
from app.errors import InputError


@pytest.mark.parametrize(
    ("typed", "serial"),
    [
        ("cq718336", "CQ 718336"),
        ("Số: CQ 718 336", "CQ 718336"),
        ("aa-0441.7325", "AA 04417325"),
        ("AĐ 123456", "AĐ 123456"),
        ("E 412357", "E 412357"),
        ("chuacogiay_09172_16_205", "CHUACOGIAY_09172_16_205"),
    ],
)
def test_serials_are_brought_into_one_form(typed, serial):
    assert parse_serial(typed) == serial


@pytest.mark.parametrize("typed", ["", "CQ 71833", "CQ 7183361", "718336", "E 04417325", "CHUACOGIAY_"])
def test_serials_of_another_form_are_refused(typed):
    with pytest.raises(InputError, match="bad_serial"):
        parse_serial(typed)


def test_each_model_has_its_form():
    assert fits("CQ 718336", "2014")
    assert not fits("CQ 718336", "2024")
    assert fits("AA 04417325", "2024")
    assert fits("E 412357", "1993")
    assert not fits("E 412357", "2003")
    assert fits("anything", "unknown model")


def test_serials_are_found_in_running_text():
    text = "Cấp đổi từ Giấy chứng nhận số AL 331802 do UBND; số vào sổ 00921; AA04417325"
    assert find_serials(text) == [("AL 331802", "AL 331802"), ("AA 04417325", "AA04417325")]


def test_a_placeholder_stands_for_no_certificate():
    assert is_placeholder("CHUACOGIAY_09172_16_205")
    assert not is_placeholder("CQ 718336")
