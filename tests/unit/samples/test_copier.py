"""Copies lose colour and mid tones, and know where the original lay."""

from __future__ import annotations

import numpy as np
import pytest

from tests.samples.copier import black_and_white, photocopy
from tests.samples.sheet import Box
from tests.samples.transform import Transform

DPI = 100
PINK, LINE, INK, RED = (250, 225, 230), (240, 172, 188), (40, 36, 40), (204, 24, 44)
A4, A3 = (827, 1169), (1654, 1169)


def _page(width=748, height=1043):
    page = np.empty((height, width, 3), dtype=np.uint8)
    page[:] = PINK
    page[::3] = LINE
    page[300:340, 200:500] = INK
    page[500:540, 200:500] = RED
    return page


def _level(plane, step, box, statistic=np.median):
    x, y, width, height = Transform.none().then(step).box(box, (plane.shape[1], plane.shape[0]))
    return float(statistic(plane[y + 5 : y + height - 5, x + 5 : x + width - 5]))


@pytest.mark.parametrize(
    ("size", "paper"), [((748, 1043), A4), ((1496, 1043), A3), (A4, A4), ((2000, 1200), (2000, 1200))]
)
def test_the_copy_is_on_the_smallest_paper_the_original_fits(size, paper):
    plane, step = photocopy(_page(*size), np.random.default_rng(1), DPI)
    assert (plane.shape[1], plane.shape[0]) == paper
    assert 0 <= step[0, 2] <= paper[0] - size[0]
    assert 0 <= step[1, 2] <= paper[1] - size[1]


def test_ink_and_red_become_black_and_the_pink_pattern_speckles():
    for seed in range(5):
        plane, step = photocopy(_page(), np.random.default_rng(seed), DPI)
        assert _level(plane, step, Box(200, 300, 300, 40)) < 40
        assert _level(plane, step, Box(200, 500, 300, 40)) < 110
        ground = Box(200, 700, 300, 100)
        assert _level(plane, step, ground) > 180
        assert _level(plane, step, ground, np.std) > 2


def test_an_edge_of_the_copy_is_black():
    for seed in range(6):
        plane, _ = photocopy(np.full((1169, 827, 3), 250, dtype=np.uint8), np.random.default_rng(seed), DPI)
        edges = [plane[:3], plane[-3:], plane[:, :3], plane[:, -3:]]
        dark = [bool(np.median(edge) < 120) for edge in edges]
        assert 1 <= sum(dark) <= 2
        assert np.median(plane[60:-60, 60:-60]) > 225


def test_a_fax_knows_only_black_and_white():
    plane, step = photocopy(_page(), np.random.default_rng(3), DPI)
    faxed = black_and_white(plane, np.random.default_rng(3), DPI)
    assert set(np.unique(faxed)) == {0, 255}
    assert _level(faxed, step, Box(200, 300, 300, 40), np.mean) < 5
    assert _level(faxed, step, Box(200, 700, 300, 100), np.mean) > 245
