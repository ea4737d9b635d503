from __future__ import annotations

from app.domain.scoring import plain_at, score

TRUTH = {
    "certificate": {"serial": "CQ 718336", "model": "2014"},
    "holders": [{"name": "Trương Quang Hách"}],
    "fields": {"certificate.serial": {}, "certificate.model": {}, "holders[0].name": {}},
}


def test_a_field_counts_only_when_it_is_exactly_the_truth():
    reading = {
        "certificate": {"serial": "CQ 718386", "model": "2014"},
        "holders": [],
        "fields": [
            {"path": "certificate.serial", "check": "ok"},
            {"path": "certificate.model", "check": "look"},
        ],
    }
    scores = score(reading, TRUTH)
    assert [item.is_right for item in scores] == [False, True, False]
    assert scores[2].got is None


def test_values_that_are_not_there_are_none():
    assert plain_at(TRUTH, "holders[0].name") == "Trương Quang Hách"
    assert plain_at(TRUTH, "holders[3].name") is None
    assert plain_at(TRUTH, "certificate.serial.more") is None


def test_an_item_that_was_not_seen_costs_only_its_own_values():
    parcels = [{"sheet": "1", "number": "10"}, {"sheet": "2", "number": "20"}, {"sheet": "3", "number": "30"}]
    reading = {
        "parcels": [parcels[0], {"sheet": "3", "number": "38"}],
        "fields": [{"path": "parcels[1].sheet", "check": "ok"}],
    }
    found = {item.path: item for item in score(reading, {"parcels": parcels})}
    assert [item.is_right for item in found.values()] == [True, True, False, False, True, False]
    assert found["parcels[2].sheet"].check == "ok"
    assert found["parcels[2].number"].got == "38"
    assert found["parcels[1].number"].got is None


def test_an_item_that_is_wrong_all_over_still_stands_for_the_one_printed():
    found = score({"holders": [{"name": "LÊ A"}]}, {"holders": [{"name": "LÊ Á"}]})
    assert [(item.got, item.expected) for item in found] == [("LÊ A", "LÊ Á")]


def test_items_within_items_find_their_partners():
    truth = {"parcels": [{"uses": [{"purpose": "Ao"}, {"purpose": "Vườn", "term": "Lâu dài"}]}]}
    reading = {"parcels": [{"sheet": "7"}, {"uses": [{"purpose": "Vườn", "term": "Lâu dài"}]}]}
    assert [item.is_right for item in score(reading, truth)] == [False, True, True]


def test_a_truth_without_places_is_scored_whole():
    assert [item.path for item in score({}, {"model": "2014", "certificate": {"serial": "A"}, "pages": []})] == [
        "certificate.serial"
    ]
