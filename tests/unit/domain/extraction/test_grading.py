"""How sure a value is, from the engine's words, a second look, agreeing sources and checks."""

from __future__ import annotations

from app.domain.extraction.drafts import Draft
from app.domain.extraction.grading import Calibration, Evidence, grade
from app.domain.extraction.second_look import SecondLook
from app.domain.reading import FieldReading

NAME = "holders[0].name"
CALIBRATION = Calibration(
    words=((90, 0.5), (101, 0.99)),
    sources={"qr": 0.999},
    doubts={"rare_name": 0.8},
    seen_twice=0.01,
    seen_instead=0.3,
    ok_from=0.98,
)


def draft(value: str | None = "LÊ THỊ TÝ", *doubts: str, confidence: float = 95, source: str = "ocr") -> Draft:
    confidences = (confidence,) if source == "ocr" else ()
    return Draft(path=NAME, value=value, raw=value, source=source, confidences=confidences, doubts=doubts)


def graded(*drafts: Draft, **evidence) -> FieldReading:
    return grade(NAME, drafts, Evidence(**evidence), CALIBRATION)


def test_a_word_the_engine_doubts_is_to_be_looked_at():
    assert graded(draft()).check == "ok"
    assert (graded(draft(confidence=80)).check, graded(draft(confidence=80)).confidence) == ("look", 0.5)


def test_seen_the_same_twice_it_needs_no_look():
    seen = graded(draft(confidence=80), second=SecondLook(same={NAME: "LÊ THỊ TÝ"}))
    assert (seen.check, seen.confidence) == ("ok", 0.995)


def test_a_second_look_does_not_clear_doubts_that_are_not_of_the_eye():
    seen = graded(draft("LÊ THỊ TÝ", "rare_name"), second=SecondLook(same={NAME: "LÊ THỊ TÝ"}))
    assert (seen.check, round(seen.confidence, 3)) == ("look", 0.8)


def test_what_the_second_look_saw_instead_is_offered_and_never_taken():
    seen = graded(draft(confidence=80), second=SecondLook(other={NAME: "LÊ THỊ TỲ"}))
    assert (seen.value, seen.check) == ("LÊ THỊ TÝ", "look")
    assert [(item.value, item.confidence) for item in seen.candidates] == [("LÊ THỊ TÝ", 0.5), ("LÊ THỊ TỲ", 0.3)]


def test_sources_that_disagree_are_a_conflict_and_both_are_kept():
    seen = graded(draft(), draft("LÊ THỊ TỲ", source="qr"))
    assert (seen.value, seen.source, seen.check) == ("LÊ THỊ TỲ", "qr", "conflict")
    assert [item.value for item in seen.candidates] == ["LÊ THỊ TỲ", "LÊ THỊ TÝ"]


def test_an_agreeing_check_makes_surer_and_a_doubting_one_asks_for_a_look():
    assert graded(draft(confidence=80), confirmed=(NAME, NAME)).confidence > graded(draft(confidence=80)).confidence
    assert graded(draft(), doubted=frozenset({NAME})).check == "look"


def test_what_could_not_be_read_is_to_be_looked_at():
    seen = graded(draft(None))
    assert (seen.value, seen.check, seen.confidence, seen.candidates) == (None, "look", 0.0, ())
