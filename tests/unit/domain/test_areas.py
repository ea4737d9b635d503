from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.areas import (
    area_to_words,
    parse_area,
    parse_printed_area,
    print_area,
    show_area,
    spell_area,
    words_to_area,
)
from app.errors import InputError


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        ("72,5", "72.5"),
        ("1.250,7", "1250.7"),
        ("1250,7", "1250.7"),
        ("1250.7 m²", "1250.7"),
        ("1,250.7", "1250.7"),
        ("1 250", "1250"),
        ("1.250.300", "1250300"),
        ("0,125", "0.125"),
        ("96 mét vuông", "96"),
        ("384", "384"),
    ],
)
def test_an_area_is_read_as_it_is_typed(typed, area):
    assert str(parse_area(typed)) == area


@pytest.mark.parametrize("typed", ["1.250", "1,250", "12.345", "999,999 m²"])
def test_an_area_with_two_meanings_is_refused(typed):
    with pytest.raises(InputError, match="area_ambiguous"):
        parse_area(typed)


@pytest.mark.parametrize(
    "typed", ["", "0", "-3", "abc", "1.25,7", "12a", "1,2,3", "0.250.300", "12345678901", "1,23456"]
)
def test_what_is_no_area_is_refused(typed):
    with pytest.raises(InputError, match="bad_area"):
        parse_area(typed)


@pytest.mark.parametrize(
    ("printed", "area"),
    [("72,5", "72.5"), ("1.005,0", "1005.0"), ("15.250,8", "15250.8"), ("72.5", "72.5"), ("84", "84"), ("x", None)],
)
def test_a_printed_area_has_a_decimal_comma_and_thousands_dots(printed, area):
    found = parse_printed_area(printed)
    assert (None if found is None else str(found)) == area


def test_an_area_is_printed_and_shown_in_the_vietnamese_way():
    assert print_area(Decimal("1005.0")) == "1.005,0"
    assert print_area(Decimal(384)) == "384"
    assert show_area(Decimal("1005.0")) == "1005,0"
    assert show_area(Decimal(84)) == "84"


def test_a_shown_area_is_never_ambiguous():
    assert show_area(Decimal("1.255")) == "1,2550"
    assert parse_area(show_area(Decimal("1.255"))) == Decimal("1.255")
    assert show_area(Decimal("0.255")) == "0,255"


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("72.5", "Bảy mươi hai phẩy năm mét vuông"),
        ("1005.0", "Một nghìn không trăm linh năm mét vuông"),
        ("15250.8", "Mười lăm nghìn hai trăm năm mươi phẩy tám mét vuông"),
        ("21", "Hai mươi mốt mét vuông"),
        ("84", "Tám mươi tư mét vuông"),
        ("11", "Mười một mét vuông"),
        ("110.0", "Một trăm mười mét vuông"),
        ("0.5", "Không phẩy năm mét vuông"),
        ("2000000", "Hai triệu mét vuông"),
        ("1000000000000", "Một nghìn tỷ mét vuông"),
    ],
)
def test_areas_and_words_go_both_ways(area, words):
    assert area_to_words(Decimal(area)) == words
    assert words_to_area(words) == Decimal(area)


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("Chín mươi bốn phẩy hai mươi lăm mét vuông", "94.25"),
        ("Hai ngàn lẻ năm", "2005"),
        ("hai trăm năm mươi bảy phây bamétvuông", "257.3"),
        ("Môt tram muời hai mét vuỗng", "112"),
    ],
)
def test_words_are_understood_through_slips_and_other_usages(words, area):
    assert words_to_area(words) == Decimal(area)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "mét vuông",
        "hai ba mét",
        "một thửa đất",
        "hai phẩy mét vuông",
        "hai phẩy ba phẩy bốn",
        "hai ba nghìn",
        "hai phẩy một trăm",
    ],
)
def test_words_that_make_no_number_are_none(words):
    assert words_to_area(words) is None
    assert spell_area(words) is None


def test_decimals_may_be_spoken_as_a_number_that_does_not_fit():
    assert words_to_area("hai phẩy hai ba mươi") is None


def test_words_are_spelled_as_they_must_be():
    read = "Hai trăm năm mươi bảy phây bamétvuông"
    assert spell_area(read) == "Hai trăm năm mươi bảy phẩy ba mét vuông"
    assert spell_area("Chin mươi mot mét vuông") == "Chín mươi mốt mét vuông"
    assert spell_area("muời bôn mét vuông") == "mười bốn mét vuông"
    assert spell_area("Hai mươi bốn mét vuông") == "Hai mươi bốn mét vuông"
