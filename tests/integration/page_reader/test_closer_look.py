"""Pieces of pages read again by real Tesseract."""

from __future__ import annotations

import pytest
from PIL import Image

from app.adapters.closer_look import CloserLook
from app.adapters.images import DecodedPage
from app.adapters.page_worker import make_engine
from app.domain.reading import Box, Look
from tests.integration.papers import LINES, printed

PLACE = Box(140, 280, 1200, 70)
"""Of the second line on an upright page at 300 dpi."""


@pytest.fixture(scope="module")
def closer():
    return CloserLook(engine=make_engine("vie"))


def text_of(closer: CloserLook, image: Image.Image, box: Box, dpi: int = 300, **turn) -> str:
    page = DecodedPage(number=1, image=image, dpi=dpi, jpeg_bytes=None)
    return " ".join(line.text for line in closer.read(page, Look(file="a.jpg", image=1, box=box, **turn)))


def test_a_piece_is_read_without_its_neighbours(closer):
    assert text_of(closer, printed(), PLACE) == LINES[1]


def test_a_piece_of_pink_paper_scanned_coarsely_is_read(closer):
    image = printed(paper="#f6d8de").resize((1165, 1653))
    assert text_of(closer, image, Box(93, 187, 800, 47), dpi=200) == LINES[1]


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_a_piece_of_a_turned_page_is_read_upright(closer, turn_deg):
    page = printed()
    image = page.rotate(-turn_deg, expand=True)
    width, height = page.size
    x, y, wide, high = PLACE
    places = {
        90: Box(height - y - high, x, high, wide),
        180: Box(width - x - wide, height - y - high, wide, high),
        270: Box(y, width - x - wide, high, wide),
    }
    assert text_of(closer, image, places[turn_deg], rotation_deg=turn_deg) == LINES[1]


def test_a_leaning_piece_is_straightened(closer):
    image = printed().rotate(-4, fillcolor="white", center=(140 + 600, 280 + 35))
    grown = Box(PLACE.x, PLACE.y - 45, PLACE.width, PLACE.height + 90)
    assert LINES[1] in text_of(closer, image, grown, skew_deg=4.0)


@pytest.mark.parametrize("box", [Box(-50, -50, 20, 20), Box(5000, 5000, 10, 10), Box(0, 0, 0, 0), Box(0, 0, 1, 1)])
def test_a_piece_beside_the_page_or_without_size_says_nothing(closer, box):
    assert text_of(closer, printed(), box) == ""
