"""Communes change their names, districts and provinces with time."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.samples.places import COMMUNES, draw_address, place_on


def _commune(name):
    return next(commune for commune in COMMUNES if commune.name == name)


def test_a_commune_is_named_as_it_was_on_the_day():
    commune = _commune("Phương Liễu")
    assert place_on(commune, date(2019, 1, 1)).text == "xã Phương Liễu, huyện Quế Võ, tỉnh Bắc Ninh"
    assert place_on(commune, date(2023, 4, 10)).text == "phường Phương Liễu, thị xã Quế Võ, tỉnh Bắc Ninh"
    assert place_on(commune, date(2025, 7, 1)).text == "phường Phương Liễu, tỉnh Bắc Ninh"


def test_a_commune_of_the_other_province_belongs_to_bac_ninh_since_the_merger():
    place = place_on(_commune("Kiên Lao"), date(2025, 6, 30))
    assert place.text == "xã Kiên Lao, thị xã Chũ, tỉnh Bắc Giang"
    assert place_on(_commune("Kiên Lao"), date(2026, 1, 1)).text == "xã Kiên Lao, tỉnh Bắc Ninh"


def test_all_codes_have_five_digits_and_no_commune_comes_twice():
    codes = [commune.code for commune in COMMUNES]
    assert all(len(code) == 5 and code.isdigit() for code in codes)
    assert all(len(commune.successor[2]) == 5 for commune in COMMUNES)
    assert len(set(codes)) == len(codes)


def test_an_address_ends_with_the_place_in_full_or_in_short():
    short = 0
    for seed, commune in enumerate(COMMUNES):
        place = place_on(commune, date(2020, 5, 5))
        address = draw_address(Random(seed), place)
        short += not address.endswith(place.text)
        assert address.endswith(place.province)
        assert place.name in address
    assert 0 < short < len(COMMUNES) / 3


def test_a_commune_lay_in_larger_districts_and_in_ha_bac_long_ago():
    assert place_on(_commune("Phù Khê"), date(1995, 8, 1)).text == "xã Phù Khê, huyện Tiên Sơn, tỉnh Hà Bắc"
    assert place_on(_commune("Phù Khê"), date(2001, 8, 1)).text == "xã Phù Khê, huyện Từ Sơn, tỉnh Bắc Ninh"
    assert place_on(_commune("Cao Đức"), date(1998, 8, 1)).text == "xã Cao Đức, huyện Gia Lương, tỉnh Bắc Ninh"
