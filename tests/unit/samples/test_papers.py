"""Papers that are no certificates: each can be drawn, none fills the record, all stay on the page."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from tests.samples.papers import PAPER_KINDS, draw_paper


@pytest.mark.parametrize("name", PAPER_KINDS)
def test_a_paper_says_its_words_on_the_page_and_nothing_of_the_record(name):
    for seed in range(4):
        sheet = draw_paper(name, Random(seed), 60)
        assert not sheet.fields
        assert bool(sheet.words) == (name not in {"blank", "photo"})
        for text, box in sheet.words:
            assert box.x >= 0 <= box.y, text
            assert box.x + box.width <= sheet.image.width, text
            assert box.y + box.height <= sheet.image.height, text


def test_only_a_blank_page_is_almost_even():
    spread = {name: _spread(name) for name in PAPER_KINDS}
    assert min(spread, key=spread.__getitem__) == "blank"


def _spread(name):
    return float(np.asarray(draw_paper(name, Random(2), 60).image, dtype=np.float32).std())


def test_the_same_seed_gives_the_same_paper():
    for name in PAPER_KINDS:
        first, second = (draw_paper(name, Random(7), 50).image.tobytes() for _ in range(2))
        assert first == second
