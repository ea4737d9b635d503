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


def test_an_address_ends_with_the_place():
    for seed, commune in enumerate(COMMUNES):
        place = place_on(commune, date(2020, 5, 5))
        assert draw_address(Random(seed), place).endswith(place.text)
