"""Figures and tables of a bench of readings."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.scoring import score_dossier
from app.domain.scoring_report import by_chance, by_damage, by_field, by_hand, by_model, figures, slipped, unprinted

TRUTH: dict[str, Any] = {
    "model": "2014",
    "level": "office",
    "certificate": {"serial": "CQ 718336"},
    "holders": [{"name": "TRƯƠNG QUANG HÁCH"}],
    "parcels": [{"sheet": "16", "uses": [{"term": "Lâu dài"}]}, {"sheet": "17"}],
    "pages": [
        {"file": "a.jpg", "page": 1, "kind": "certificate_1", "model": "2014", "rotation_deg": 0, "damages": ["fold"]},
        {"file": "b.jpg", "page": 1, "kind": "certificate_2", "model": "2014", "rotation_deg": 90},
    ],
    "fields": {
        "certificate.serial": {"page": 0},
        "holders[0].name": {"page": 0},
        "parcels[0].sheet": {"page": 1},
        "parcels[0].uses[0].term": {"page": 1},
        "parcels[1].sheet": {"page": 1},
    },
}


def reading(**changes):
    read = {
        "certificate.serial": ("CQ 718336", "ok"),
        "holders[0].name": ("TRƯỜNG QUANG HÁCH", "look"),
        "parcels[0].sheet": ("18", "ok"),
        "parcels[0].uses[0].term": ("Lâu dài", "ok"),
        "parcels[1].sheet": ("17", "look"),
        **changes,
    }
    fields = [
        {
            "path": path,
            "value": value,
            "check": check,
            "confidence": 0.99 if check == "ok" else 0.6,
            "source": "ocr",
            "candidates": [{"value": "TRƯƠNG QUANG HÁCH"}] if path == "holders[0].name" else [],
        }
        for path, (value, check) in read.items()
    ]
    return {
        "certificate": {"serial": read["certificate.serial"][0]},
        "holders": [{"name": read["holders[0].name"][0]}],
        "parcels": [
            {"sheet": read["parcels[0].sheet"][0], "uses": [{"term": "Lâu dài"}]},
            {"sheet": read["parcels[1].sheet"][0]},
        ],
        "pages": [
            {"file": "/in/a.jpg", "page": 1, "kind": "certificate_1", "model": "2014", "rotation_deg": 0},
            {"file": "/in/b.jpg", "page": 1, "kind": "certificate_2", "model": "2009", "rotation_deg": 90},
        ],
        "fields": fields,
        "seconds": 1.5,
    }


@pytest.fixture
def dossiers():
    return [score_dossier("a", reading(), TRUTH)]


def test_each_figure_counts_what_its_name_says(dossiers):
    found = {figure.name: (figure.right, figure.of) for figure in figures(dossiers)}
    assert found == {
        "short fields, clean": (0, 0),
        "short fields, office": (1, 3),
        "short fields, poor": (0, 0),
        "serial, clean and office": (1, 1),
        "address, purpose, term, origin, clean and office": (1, 1),
        "page kind and model": (1, 2),
        "rotation": (2, 2),
        "marked ok, of values read, clean and office": (3, 5),
        "wrong, of values marked ok": (1, 3),
        "cells of tables of parcels, printed models": (2, 3),
    }


def test_a_goal_is_met_from_the_goal_on_and_never_by_nothing(dossiers):
    met = {figure.name: figure.is_met for figure in figures(dossiers)}
    assert met["serial, clean and office"]
    assert not met["short fields, clean"]
    assert not met["wrong, of values marked ok"]


def test_keystrokes_count_looking_taking_an_offer_and_typing(dossiers):
    costs = {item.path: item.keystrokes for item in dossiers[0].scores}
    assert costs == {
        "certificate.serial": 0,
        "holders[0].name": 2,
        "parcels[0].sheet": 0,
        "parcels[0].uses[0].term": 0,
        "parcels[1].sheet": 1,
    }
    assert dossiers[0].scores[0].keystrokes_by_hand == 10


def test_a_wrong_value_that_is_looked_at_is_typed_whole():
    one = score_dossier("a", reading(**{"parcels[0].sheet": ("18", "look")}), TRUTH)
    assert next(item.keystrokes for item in one.scores if item.path == "parcels[0].sheet") == 3


def test_tables_tell_groups_damages_worst_fields_and_what_slipped(dossiers):
    head, row, total = by_model(dossiers)
    assert row == ("2014", "office", "1", "5", "0.6000", "0.3333", "1.0000", "1.0000", "0.600", "1", "3", "42")
    assert total[:2] == ("all", "")
    assert len(head) == len(row)
    assert by_damage(dossiers)[1:] == [("fold", "2", "0.5000", "0.500", "0")]
    assert by_field(dossiers, 2)[1:] == [
        ("holders[].name", "0", "1", "1", "5.9"),
        ("parcels[].sheet", "0", "1", "2", "25.0"),
    ]
    assert by_hand(dossiers)[1:] == []
    assert slipped(dossiers)[1:] == [("a", "parcels[0].sheet", "18", "16")]


def test_chances_are_held_against_what_was_right(dossiers):
    assert by_chance(dossiers)[1:] == [
        ("0.5 to 0.8", "2", "0.6000", "0.5000"),
        ("0.99 to 0.995", "3", "0.9900", "0.6667"),
    ]


def test_a_value_that_is_not_read_is_missing_and_not_wrong():
    one = score_dossier("a", reading(**{"parcels[0].sheet": (None, "look")}), TRUTH)
    assert by_field([one], 9)[2] == ("parcels[].sheet", "1", "0", "2", "50.0")


def test_handwriting_is_counted_apart_but_for_what_is_marked_ok():
    places = TRUTH["fields"] | {
        "parcels[0].sheet": {"page": 1, "pen": "hand"},
        "parcels[0].uses[0].term": {"page": 1, "pen": "hand"},
        "parcels[1].sheet": {"page": 1, "pen": "hand", "also": [{"page": 0, "pen": "dots"}]},
        "holders[0].name": {"page": 0, "pen": "typed"},
    }
    one = score_dossier("a", reading(), TRUTH | {"fields": places})
    assert by_hand([one])[1:] == [("2", "1", "2", "1")]
    found = {figure.name: (figure.right, figure.of) for figure in figures([one])}
    assert found["short fields, office"] == (1, 2)
    assert found["address, purpose, term, origin, clean and office"] == (0, 0)
    assert found["marked ok, of values read, clean and office"] == (3, 5)
    assert found["wrong, of values marked ok"] == (1, 3)
    assert [row[0] for row in by_field([one], 9)[1:]] == ["holders[].name"]


def test_what_is_read_where_nothing_is_printed_is_counted():
    plain = reading(**{"certificate.notes": ("rác", "look")})
    assert unprinted([score_dossier("a", plain, TRUTH)]) == {"certificate.notes": 1}


def test_a_value_marked_ok_where_nothing_is_printed_is_a_wrong_one():
    plain = reading(**{"certificate.notes": ("rác", "ok")})
    found = {figure.name: (figure.right, figure.of) for figure in figures([score_dossier("a", plain, TRUTH)])}
    assert found["wrong, of values marked ok"] == (2, 4)
