"""How sure a value is, from the engine's words, a second look, agreeing sources and checks."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction.drafts import Draft
from app.domain.extraction.grading import MOST_SURE, Calibration, Evidence, chance_of, grade, pages_odds
from app.domain.extraction.second_look import SecondLook
from app.domain.reading import FieldReading

NAME = "holders[0].name"
CALIBRATION = Calibration(
    words=((90, 0.5), (101, 0.99)),
    sources={"qr": 0.999},
    weights={
        "bias": 0.0,
        "words": 1.0,
        "field:certificate.notes": -2.0,
        "seen_twice": 5.0,
        "seen_otherwise": -1.0,
        "confirmed": 3.0,
        "rare_name": -6.0,
        "listed": 2.0,
    },
    seen_instead=0.3,
    ok_from=0.98,
)


def draft(value: str | None = "LÊ THỊ TÝ", *doubts: str, confidence: float = 95, source: str = "ocr") -> Draft:
    confidences = (confidence,) if source == "ocr" else ()
    return Draft(path=NAME, value=value, raw=value, source=source, confidences=confidences, doubts=doubts)


def graded(*drafts: Draft, **evidence) -> FieldReading:
    return grade(NAME, drafts, Evidence(**evidence), CALIBRATION)


def test_without_evidence_a_value_is_as_sure_as_its_words():
    assert graded(draft()).confidence == pytest.approx(0.99)
    assert (graded(draft(confidence=80)).check, graded(draft(confidence=80)).confidence) == ("look", 0.5)


def test_every_word_counts():
    two = Draft(path=NAME, value="A B", raw="A B", confidences=(95.0, 95.0))
    assert graded(two).confidence == pytest.approx(0.9801, abs=1e-4)


def test_evidence_adds_up_for_and_against():
    base = chance_of(draft(confidence=80), (), CALIBRATION)
    assert chance_of(draft(confidence=80), ("listed",), CALIBRATION) > base
    assert chance_of(draft(confidence=80), ("listed", "rare_name"), CALIBRATION) < base


def test_a_value_is_less_sure_on_a_page_whose_values_read_badly():
    weights = {**CALIBRATION.weights, "page": 1.0}
    calibration = dataclasses.replace(CALIBRATION, weights=weights)
    well = [dataclasses.replace(draft(confidence=95), page=0) for _ in range(20)]
    badly = [dataclasses.replace(draft(confidence=50), page=1) for _ in range(20)]
    pages = pages_odds([*well, *badly], calibration)
    assert pages[0] > 0 > pages[1]
    assert chance_of(well[0], (), calibration, pages[0]) > chance_of(well[0], (), calibration, pages[1])


def test_evidence_nobody_has_measured_speaks_against_a_value():
    assert chance_of(draft(), ("never_heard_of",), CALIBRATION) < chance_of(draft(), (), CALIBRATION)


def test_some_kinds_of_fields_are_harder_than_their_words_say():
    notes = Draft(path="certificate.notes", value="x", raw="x", confidences=(95.0,))
    assert chance_of(notes, (), CALIBRATION) < chance_of(draft(), (), CALIBRATION)


def test_seen_the_same_twice_it_needs_no_look():
    seen = graded(draft(confidence=80), second=SecondLook(same={NAME: "LÊ THỊ TÝ"}))
    assert (seen.check, round(seen.confidence, 3)) == ("ok", 0.993)


def test_a_second_look_at_another_value_says_nothing_of_this_one():
    seen = graded(draft(confidence=80), second=SecondLook(same={NAME: "LÊ THỊ TỶ"}))
    assert seen.confidence == 0.5


def test_a_second_look_does_not_clear_doubts_that_are_not_of_the_eye():
    seen = graded(draft("LÊ THỊ TÝ", "rare_name"), second=SecondLook(same={NAME: "LÊ THỊ TÝ"}))
    assert seen.check == "look"


def test_what_the_second_look_saw_instead_is_offered_and_never_taken():
    seen = graded(draft(confidence=80), second=SecondLook(other={NAME: "LÊ THỊ TỲ"}))
    assert (seen.value, seen.check) == ("LÊ THỊ TÝ", "look")
    assert seen.confidence < 0.5
    assert [item.value for item in seen.candidates] == ["LÊ THỊ TÝ", "LÊ THỊ TỲ"]
    assert seen.candidates[1].confidence == 0.3


def test_sources_that_disagree_are_a_conflict_and_both_are_kept():
    seen = graded(draft(), draft("LÊ THỊ TỲ", source="qr"))
    assert (seen.value, seen.source, seen.check) == ("LÊ THỊ TỲ", "qr", "conflict")
    assert [item.value for item in seen.candidates] == ["LÊ THỊ TỲ", "LÊ THỊ TÝ"]


def test_sources_that_agree_make_surer():
    assert graded(draft(confidence=80), draft(source="qr")).confidence > graded(draft(source="qr")).confidence


def test_an_agreement_is_about_the_value_chosen_alone():
    other = graded(draft("LÊ", confidence=80), confirmed=(NAME,), chosen={NAME: "VŨ"})
    same = graded(draft("LÊ", confidence=80), confirmed=(NAME,), chosen={NAME: "LÊ"})
    assert same.confidence > other.confidence == 0.5


def test_what_a_check_doubts_asks_for_a_look_however_sure():
    assert graded(draft(), doubted=frozenset({NAME})).check == "look"


def test_what_could_not_be_read_is_to_be_looked_at():
    seen = graded(draft(None))
    assert (seen.value, seen.check, seen.confidence, seen.candidates) == (None, "look", 0.0, ())


def test_nothing_is_surer_than_paper():
    assert graded(draft(source="qr"), confirmed=(NAME,) * 9).confidence == MOST_SURE


@pytest.mark.parametrize(
    ("value", "raw", "check"),
    [
        ("Đến ngày 01/7/2064", "Đến ngày 01/7/2064", "ok"),
        ("Lâu dài", "Lâu đài;", "ok"),
        ("Đến ngày 01/7/2064", "Sử dụng đến ngày 01/7/2064", "look"),
        ("Đất ở tại nông thôn", "Đất ở nông thôn", "look"),
    ],
)
def test_a_text_that_was_rewritten_is_looked_at_however_clear_its_words_are(value, raw, check):
    term = Draft(path="parcels[0].uses[0].term", value=value, raw=raw, confidences=(96.0,))
    assert grade(term.path, [term], Evidence(), CALIBRATION).check == check
