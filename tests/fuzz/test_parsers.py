"""Parsers of typed and printed text: never an error of ours, and what is shown is read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.areas import (
    area_to_words,
    parse_area,
    parse_printed_area,
    print_area,
    show_area,
    spell_area,
    words_to_area,
)
from app.domain.dates import find_long_date, find_short_date, is_date, parse_date, show_date
from app.domain.fields import FIELDS, FieldSpec
from app.domain.identity import parse_barcode, parse_certificate_qr, parse_id_card_qr, parse_identity
from app.domain.serials import find_serials, parse_serial
from app.domain.typed import parse_typed, show, text_of
from app.errors import InputError
from tests.unit.domain.extraction import paper

AREAS = st.decimals(min_value=Decimal("0.1"), max_value=Decimal(9_999_999), places=1)
PRINTED_SIGNS = st.text(alphabet="0123456789.,/ -:;()|mM²đĐaeABthửấs§", max_size=40)
TYPED = st.one_of(st.text(max_size=60), PRINTED_SIGNS)
FIELD = st.sampled_from(FIELDS)


@given(AREAS)
def test_an_area_survives_words_print_and_show(area):
    assert words_to_area(area_to_words(area)) == area
    assert spell_area(area_to_words(area)) == area_to_words(area)
    assert parse_printed_area(print_area(area)) == area
    assert parse_area(show_area(area)) == area
    assert parse_area(print_area(area)) == area


@given(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(999_999), places=4))
def test_an_area_of_any_precision_is_shown_without_a_second_meaning(area):
    assert parse_area(show_area(area)) == area


@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2150, 12, 31)))
def test_a_date_survives_being_shown(day):
    assert parse_date(show_date(day.isoformat())) == day.isoformat()
    assert find_long_date(f"ngày {day.day:02d} tháng {day.month} năm {day.year}") is not None
    found = find_short_date(f"cấp ngày {day.day}/{day.month}/{day.year}.")
    assert found is not None
    assert found[0] == day.isoformat()


@settings(deadline=None)
@given(FIELD, TYPED)
def test_typed_text_is_a_value_or_a_refusal(spec: FieldSpec, text: str):
    try:
        value, shown_as = parse_typed(spec, text)
    except InputError:
        return
    assert text_of(value) == shown_as
    assert parse_typed(spec, show(spec, value))[0] == value


@settings(deadline=None)
@given(TYPED)
def test_no_text_breaks_a_parser(text: str):
    for parse in (parse_area, parse_date, parse_serial, parse_identity):
        with pytest.raises(InputError):
            raise_or_refuse(parse, text)
    for look in (words_to_area, parse_printed_area, find_long_date, find_short_date, find_serials, is_date):
        look(text)
    for take_apart in (parse_id_card_qr, parse_certificate_qr, parse_barcode):
        take_apart(text)


def raise_or_refuse(parse, text):
    parse(text)
    raise InputError("read")


@settings(deadline=None, max_examples=40)
@given(st.lists(PRINTED_SIGNS | st.sampled_from([paper.PARCEL, paper.HOLDERS_COUPLE, paper.SIGNATURE]), max_size=6))
def test_no_page_breaks_the_understanding(parts):
    text = "\n".join(parts)
    for scan in (paper.page_1(text), paper.page_2(text), paper.page_3(text), paper.page_4(text)):
        reading = paper.read(scan)
        assert all(0.0 <= field.confidence <= 1.0 for field in reading.fields)
    paper.read(paper.front(f"{paper.FRONT}\n{text}"), paper.back(f"{paper.BACK}\n{text}"), paper.page(text))
