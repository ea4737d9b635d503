"""The vote over several readings of one serial."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction.marks import read_serial
from app.domain.extraction.rows import page_text
from app.domain.reading import Line
from tests.unit.domain.extraction import paper


def drafts_of(*readings: str, main: str = "", digits: int | None = 6, confidence: float = 95.0):
    red = tuple(paper.line(text, 40, left=1600, confidence=confidence) for text in readings)
    page = dataclasses.replace(paper.page(main or "GIẤY CHỨNG NHẬN"), red_lines=red)
    return [(draft.value, draft.doubts) for draft in read_serial(page_text(page, 0), digits)]


@pytest.mark.parametrize(
    ("readings", "seen"),
    [
        (["CQ 718336"], [("CQ 718336", ())]),
        (["CQ 718336", "CQ718336"], [("CQ 718336", ("passes_agree",))]),
        (["CQ 718336", "CQ 718338"], [("CQ 718336", ("passes_differ",)), ("CQ 718338", ("passes_differ",))]),
        (["CQ 718336", "CQ 718336", "CQ 718336", "€Q 718338"], [("CQ 718336", ("passes_agree",))]),
        (
            ["CQ 718336", "CQ 718336", "CQ 718338"],
            [("CQ 718336", ("passes_differ",)), ("CQ 718338", ("passes_differ",))],
        ),
        (["CQ 718336", "CQ 718336", "CQ 718336", "CQ 718338"], [("CQ 718336", ("passes_agree",))]),
        (
            ["AD 718336", "AD 718336", "AD 718336", "AĐ 718336"],
            [("AD 718336", ("passes_differ",)), ("AĐ 718336", ("passes_differ",))],
        ),
        (["CQ 7183365", "nonsense"], []),
    ],
)
def test_readings_of_one_print_vote(readings, seen):
    assert drafts_of(*readings) == seen


def test_a_print_elsewhere_is_another_serial():
    apart = [paper.line("CQ 718336", 40, left=1600), paper.line("CQ 718339", 10, left=200)]
    page = dataclasses.replace(paper.page("GIẤY CHỨNG NHẬN"), red_lines=tuple(apart))
    assert [draft.value for draft in read_serial(page_text(page, 0), 6)] == ["CQ 718336", "CQ 718339"]


def test_the_main_pass_of_a_photocopy_votes_as_well():
    page = paper.page("\n" * 40 + "|| CQ 718336")
    (line,) = (line for line in page.lines if "718336" in line.text)
    page = dataclasses.replace(page, red_lines=(line, Line(words=line.words)))
    ((value, doubts),) = [(draft.value, draft.doubts) for draft in read_serial(page_text(page, 0), 6)]
    assert (value, doubts) == ("CQ 718336", ("passes_agree",))


def test_letters_taken_for_figures_are_mended_and_said_so():
    assert drafts_of("CQ 7I8336") == [("CQ 718336", ("mended",))]
    assert drafts_of("AA O4417325", digits=8) == [("AA 04417325", ("mended",))]


def test_the_surest_of_equal_readings_gives_the_place_and_the_confidence():
    low, high = (paper.line("CQ 718336", 40, left=1600, confidence=value) for value in (60.0, 96.0))
    page = dataclasses.replace(paper.page("GIẤY CHỨNG NHẬN"), red_lines=(low, high))
    (draft,) = read_serial(page_text(page, 0), 6)
    assert draft.confidences == (96.0, 96.0)
