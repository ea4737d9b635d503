"""The layout file of form 01, and files that are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

import resources
from app.adapters.layout_files import FORM01, load_form01_layout
from app.domain import form01
from app.domain.fields import LEGAL_FORMS, ROLES, USE_FORMS
from app.domain.layout import letter_index
from app.errors import InputError


def changed(**values: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(resources.text(FORM01))
    return plain | values


def columns(*numbers: int, **values: Any) -> list[dict[str, Any]]:
    found = json.loads(resources.text(FORM01))["columns"]
    return [found[number] | values for number in numbers]


def test_form_01_has_fifty_columns_from_a_to_ax():
    layout = load_form01_layout()
    assert (len(layout.columns), layout.columns[0].letter, layout.columns[-1].letter) == (50, "A", "AX")
    assert {column.key for column in layout.columns} == form01.KEYS
    numbers = [int(column.number) for column in layout.columns if column.number]
    assert numbers == [number for number in range(1, 50) if number not in {21, 22}]
    assert layout.first_data_row > len(layout.header)


def test_its_drop_downs_are_the_words_of_our_own_fields():
    by_key = {column.key: column.options for column in load_form01_layout().columns}
    assert set(by_key["legal_form"]) == set(LEGAL_FORMS)
    assert set(by_key["role"]) == set(ROLES)
    assert by_key["use1_form"] == by_key["use2_form"] == by_key["use3_form"] == USE_FORMS


@pytest.mark.parametrize(("letter", "place"), [("A", 0), ("Z", 25), ("AA", 26), ("AX", 49), ("BI", 60)])
def test_letters_count_as_in_a_spreadsheet(letter, place):
    assert letter_index(letter) == place


@pytest.mark.parametrize(
    "plain",
    [
        changed(columns=[]),
        changed(columns=columns(0, 2)),
        changed(columns=columns(0, 0, letter="A")),
        changed(columns=columns(0, letter="a")),
        changed(columns=columns(0, key="nonsense")),
        changed(columns=columns(0) + columns(1, key="row_number")),
        changed(columns=columns(0), groups=[{"label": "x", "first": "A", "last": "B"}]),
        changed(columns=columns(0), groups=[], first_data_row=4),
        changed(columns=columns(0), groups=[], first_data_row=0),
        changed(coding="numbers"),
        changed(version="one"),
        {"name": "x"},
        [],
    ],
)
def test_a_file_that_is_no_layout_is_refused(plain, tmp_path):
    file = tmp_path / "layout.json"
    file.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(InputError, match="bad_record"):
        load_form01_layout(file)


def test_an_office_may_bring_a_shorter_layout_of_its_own(tmp_path):
    file = tmp_path / "layout.json"
    file.write_text(json.dumps(changed(columns=columns(0, 1), groups=[], header=["labels"], first_data_row=2)))
    assert [column.key for column in load_form01_layout(file).columns] == ["row_number", "commune_code"]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_an_unreadable_layout_is_named(tmp_path, content):
    file = tmp_path / "layout.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError, match="unreadable_file"):
        load_form01_layout(file)
