"""A photograph shows the table, uneven light and sometimes glare; the print stays where the truth says."""

from __future__ import annotations

import numpy as np
import pytest

from tests.samples.phone import Table, draw_curl, photograph
from tests.samples.sheet import Box

DPI = 100
GREEN = Table(colour=(20, 120, 20), grain=0.0)


def _photos(count=12, *, curled=False):
    page = np.full((1043, 748, 3), 240, dtype=np.uint8)
    page[400:440, 300:420] = (20, 20, 200)
    return [photograph(page, np.random.default_rng(seed), DPI, GREEN, curled=curled) for seed in range(count)]


def test_the_table_surrounds_the_paper():
    for photo, step in _photos():
        size = (photo.shape[1], photo.shape[0])
        paper = step.box(Box(0, 0, 748, 1043), size)
        assert paper.width < size[0]
        assert paper.height < size[1]
        frame = np.concatenate([photo[:4].reshape(-1, 3), photo[-4:].reshape(-1, 3)]).astype(int)
        assert (frame[:, 1] > frame[:, 0] + 10).mean() > 0.9


@pytest.mark.parametrize("curled", [False, True])
def test_print_stays_where_the_step_says(curled):
    for photo, step in _photos(curled=curled):
        box = step.box(Box(300, 400, 120, 40), (photo.shape[1], photo.shape[0]))
        blue = photo[:, :, 2].astype(int) > photo[:, :, 0].astype(int) + 60
        rows, columns = np.nonzero(blue)
        found = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        expected = (box.x, box.y, box.x + box.width, box.y + box.height)
        assert max(abs(one - other) for one, other in zip(found, expected, strict=True)) <= 3


def test_a_curled_line_is_no_straight_line():
    for seed in range(8):
        curl = draw_curl(np.random.default_rng(seed), (748, 1043))
        line = curl.points(np.array([(x, 500.0) for x in np.linspace(0, 748, 9)]))
        straight = np.polyval(np.polyfit(line[:, 0], line[:, 1], 1), line[:, 0])
        assert np.abs(line[:, 1] - straight).max() > 2
        assert (np.diff(line[:, 0]) > 0).all()
        back = curl.flat(line[:, 0].astype(np.float32), line[:, 1].astype(np.float32))
        assert np.allclose(np.column_stack(back), [(x, 500.0) for x in np.linspace(0, 748, 9)], atol=0.6)


def test_light_is_uneven_and_some_photographs_have_glare():
    spans, brightest = [], []
    for photo, step in _photos():
        points = np.array([(x, y) for x in range(60, 700, 40) for y in range(60, 380, 40)], dtype=np.float64)
        places = step.points(points).astype(int)
        greys = photo.min(axis=2)[places[:, 1], places[:, 0]].astype(int)
        spans.append(int(np.percentile(greys, 95) - np.percentile(greys, 5)))
        brightest.append(int(greys.max()))
    assert min(spans) >= 6
    assert max(spans) > 40
    assert len(set(brightest)) > 4
