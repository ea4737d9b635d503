from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.fields import FIELDS, FieldKind, FieldSpec, spec_of
from app.domain.typed import MAX_LONG_TEXT, MAX_TEXT, parse_typed, show
from app.errors import InputError


def spec(path: str) -> FieldSpec:
    found = spec_of(path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "typed", "value", "text"),
    [
        ("certificate.serial", "số cq 718 336", "CQ 718336", "CQ 718336"),
        ("holders[0].sex", "FEMALE", "female", "female"),
        ("holders[0].legal_form", "vo chong", "Vợ chồng", "Vợ chồng"),
        ("certificate.model", "2014", "2014", "2014"),
        ("parcels[0].area_m2", "1.250,7", Decimal("1250.7"), "1250.7"),
        ("holders[0].born", "9/1958", "1958-09", "1958-09"),
        ("parcels[0].number", "03-1", "03-1", "03-1"),
        ("parcels[0].number", "pl9", "PL9", "PL9"),
        ("holders[0].name", "  Trương   Quang Hách ", "Trương Quang Hách", "Trương Quang Hách"),
        ("certificate.notes", "một\n\n hai ", "một\nhai", "một\nhai"),
        ("holders[0].id_papers[0].number", "027 081 999 921", "027081999921", "027081999921"),
    ],
)
def test_typed_text_becomes_a_value_by_its_field(path, typed, value, text):
    assert parse_typed(spec(path), typed) == (value, text)


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("certificate.serial", "   ", "empty_value"),
        ("certificate.notes", "x" * (MAX_LONG_TEXT + 1), "text_too_long"),
        ("holders[0].name", "x" * (MAX_TEXT + 1), "text_too_long"),
        ("holders[0].sex", "khác", "bad_choice"),
        ("parcels[0].sheet", "tờ", "bad_number"),
        ("parcels[0].sheet", "<16>", "bad_number"),
        ("parcels[0].area_m2", "1.250", "area_ambiguous"),
    ],
)
def test_what_does_not_fit_a_field_is_refused(path, typed, code):
    with pytest.raises(InputError, match=code):
        parse_typed(spec(path), typed)


def test_values_are_shown_as_people_write_them():
    assert show(spec("parcels[0].area_m2"), Decimal("1250.7")) == "1250,7"
    assert show(spec("parcels[0].area_m2"), "72.5") == "72,5"
    assert show(spec("certificate.issued_on"), "2019-06-14") == "14/06/2019"
    assert show(spec("certificate.issued_on"), "unclear") == "unclear"
    assert show(spec("holders[0].sex"), "female") == "female"
    assert show(spec("holders[0].name"), None) == ""


def test_every_choice_can_be_typed_as_it_is_stored():
    for field in FIELDS:
        if field.kind is FieldKind.CHOICE:
            assert [parse_typed(field, option)[0] for option in field.options] == list(field.options)
