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
