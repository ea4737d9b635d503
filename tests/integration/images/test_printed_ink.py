"""How much is printed on a page, and where."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.adapters.lie_of_print import SMALL, print_area
from app.adapters.preparing import red_channel, shrunk
from app.adapters.printed_ink import printed_pct
from tests.integration.papers import printed

BLANK = 0.12
SIZE = (620, 877)


def drawn(*shapes: tuple[tuple[int, int], ...]) -> NDArray[np.uint8]:
    """A quarter of a page with black shapes."""
    page = Image.new("L", SIZE, "white")
    for shape in shapes:
        ImageDraw.Draw(page).polygon(shape, fill=0)
    return np.asarray(page)


@pytest.mark.parametrize(
    "page",
    [
        drawn(),
        drawn(((0, 0), (14, 0), (22, 876), (0, 876))),
        drawn(((0, 0), (30, 0), (8, 850), (619, 870), (619, 876), (0, 876))),
        drawn(((0, 430), (619, 440), (619, 446), (0, 436))),
        np.where(np.random.default_rng(3).random((877, 620)) < 0.004, 0, 255).astype(np.uint8),
    ],
    ids=["paper", "dark edge", "dark corner", "fold", "specks"],
)
def test_what_scanner_and_paper_add_is_no_print(page):
    assert printed_pct(page) < BLANK


def test_a_frame_alone_is_no_print():
    page = Image.new("L", SIZE, "white")
    ImageDraw.Draw(page).rectangle((40, 30, 580, 800), outline=0, width=2)
    assert printed_pct(np.asarray(page)) < BLANK


def test_words_and_pictures_are_print():
    words = shrunk(red_channel(printed(["Số: 027081999921", "Họ và tên"])), SMALL)
    assert printed_pct(words) > BLANK
    assert printed_pct(drawn(((0, 0), (619, 0), (619, 500), (0, 500)))) > 10


def test_the_place_of_little_print_is_found():
    page = np.full((877, 620), 255, np.uint8)
    for row in range(5):
        for word in range(5):
            page[300 + 20 * row : 308 + 20 * row, 200 + 40 * word : 230 + 40 * word] = 0
    left, top, right, bottom = print_area(page)
    assert 0.18 < left < 0.3
    assert 0.28 < top < 0.34
    assert 0.62 < right < 0.75
    assert 0.42 < bottom < 0.52


def test_with_few_words_the_whole_page_is_looked_at():
    assert print_area(drawn(((200, 300), (230, 300), (230, 308), (200, 308)))) == (0, 0, 1, 1)
