from __future__ import annotations

import dataclasses
import json
import types
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from app.domain import checks, codec
from app.domain.dossier import Blank, Dossier, DossierPage
from app.domain.fields import FIELDS, FieldKind
from app.wire import form_check
from tests.integration.upload.world import make_dossier

SCHEMA = json.loads(resources.text("schemas/dossier-1.schema.json"))


def form_of(dossier: Dossier, **changed: object) -> bytes:
    return json.dumps({**codec.to_plain(dossier), **changed}).encode()


def errors_of(untrusted_form: bytes) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in form_check.check_form(untrusted_form)[1]]


def definition(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def assert_same(cls: Any, schema: dict[str, Any], where: str) -> None:
    """The schema of a record has exactly the fields of its dataclass, and forbids others."""
    schema = definition(schema)
    names = [field.name for field in dataclasses.fields(cls)]
    assert list(schema["properties"]) == names == schema["required"], where
    assert schema["additionalProperties"] is False
    hints = typing.get_type_hints(cls)
    for name in names:
        inner = definition(schema["properties"][name])
        args = [arg for arg in typing.get_args(hints[name]) if dataclasses.is_dataclass(arg)]
        if dataclasses.is_dataclass(hints[name]):
            assert_same(hints[name], inner, f"{where}.{name}")
        elif args:
            assert_same(args[0], inner["items"], f"{where}.{name}[]")
        else:
            optional = isinstance(hints[name], types.UnionType)
            may_be_null = None in inner.get("enum", ()) or "null" in inner.get("type", ())
            assert optional == may_be_null, f"{where}.{name}"


def test_the_schema_and_the_record_have_the_same_fields():
    assert_same(Dossier, SCHEMA, "dossier")


@pytest.mark.parametrize("spec", [spec for spec in FIELDS if spec.kind is FieldKind.CHOICE], ids=lambda s: s.pattern)
def test_the_schema_allows_exactly_the_choices_of_the_form(spec):
    schema = SCHEMA
    for part in spec.pattern.replace("[]", "").split("."):
        schema = definition(definition(schema).get("items", schema))["properties"][part]
    assert {value for value in definition(schema)["enum"] if value is not None} == set(spec.options)


def test_a_complete_form_has_no_errors():
    dossier = make_dossier()
    read, errors = form_check.check_form(form_of(dossier))
    assert errors == ()
    assert read == dossier


def test_every_page_kind_fits():
    pages = (DossierPage(page_id="p", sha256="a" * 64, kind="blank", side="front", dpi=300, rotation_deg=270),)
    assert errors_of(form_of(dataclasses.replace(make_dossier(), pages=pages))) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"dossier_id": "1"}, ("/dossier_id", "pattern")),
        ({"commune_code": "1234"}, ("/commune_code", "pattern")),
        ({"channel": "fax"}, ("/channel", "enum")),
        ({"holders": None}, ("/holders", "type")),
        ({"surplus": 1}, ("/surplus", "additionalProperties")),
        ({"a/b~c": 1}, ("/a~1b~0c", "additionalProperties")),
        ({"hamlet": "x" * 1001}, ("/hamlet", "maxLength")),
        ({"assets": [{}] * 201}, ("/assets", "maxItems")),
    ],
)
def test_what_does_not_fit_is_named_by_its_pointer(changed, expected):
    assert expected in errors_of(form_of(make_dossier(), **changed))


@pytest.mark.parametrize("born", ["1.9.1958", "1958-13", "1958-00-01", "58", "1958-09-32", "1958-9", "", "１９５８"])
def test_dates_are_iso_and_may_be_partial(born):
    plain = codec.to_plain(make_dossier())
    plain["holders"][0]["born"] = born
    assert errors_of(json.dumps(plain).encode()) == [("/holders/0/born", "pattern")]
    plain["holders"][0]["born"] = "1958-09"
    assert errors_of(json.dumps(plain).encode()) == []


@pytest.mark.parametrize("area", ["-1", "1,5", "1e3", "1.", ".5", "NaN", 72.5, "1" * 13])
def test_areas_are_plain_decimals_as_text(area):
    plain = codec.to_plain(make_dossier())
    plain["parcels"][0]["area_m2"] = area
    (error,) = errors_of(json.dumps(plain).encode())
    assert error[0] == "/parcels/0/area_m2"


def test_a_missing_key_is_named():
    plain = codec.to_plain(make_dossier())
    del plain["parcels"], plain["assets"]
    assert errors_of(json.dumps(plain).encode()) == [("/parcels", "required"), ("/assets", "required")]


def test_the_receiver_asks_for_the_same_values_as_the_entry_station():
    bare = Dossier(dossier_id="01900000-0000-7000-8000-000000000000")
    required = [path for finding in checks.missing_values(bare) for path in finding.paths]
    assert len(errors_of(form_of(bare))) == len(required)
    excused = dataclasses.replace(bare, blanks=tuple(Blank(path=path, reason="mortgaged") for path in required))
    assert errors_of(form_of(excused)) == []


def test_every_error_has_a_sentence_that_begins_with_the_field():
    (error,) = form_check.check_form(form_of(make_dossier(serial="")))[1]
    assert error.vi == "Số phát hành (sê-ri): chưa có giá trị; hãy nhập, hoặc ghi lý do để trống."


def test_a_form_with_a_thousand_errors_names_fifty():
    plain = codec.to_plain(make_dossier())
    plain["holders"] = [{"x": 1} for _ in range(150)]
    assert len(errors_of(json.dumps(plain).encode())) == form_check.MAX_ERRORS


@pytest.mark.parametrize("untrusted", [b"", b"null", b"[]", b"1", b"[" * 100_000, b"\xff\xfe", b'{"a":', b'"text"'])
def test_what_is_no_record_at_all_is_refused(untrusted):
    dossier, errors = form_check.check_form(untrusted)
    assert dossier is None
    assert errors


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_refused_in_good_order(value):
    dossier, errors = form_check.check_form(json.dumps(value).encode())
    assert dossier is None
    assert all(error.vi for error in errors)


def test_only_the_schema_of_today_is_known():
    assert form_check.schema_text("dossier/1") is not None
    assert form_check.schema_text("dossier/2") is None
