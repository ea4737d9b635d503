"""Each damage of the paper changes the pixels it should, and leaves the others alone."""

from __future__ import annotations

import numpy as np
import pytest

from tests.samples import wear
from tests.samples.sheet import Box

DPI = 100
MM = DPI / 25.4
PINK, INK, LID = (250, 225, 230), (40, 36, 40), (10, 200, 10)


def _page(width=748, height=1043):
    page = np.empty((height, width, 3), dtype=np.uint8)
    page[:] = PINK
    page[100:900:40, 90:650] = INK
    return page


def _changed(before, after, threshold=6):
    return np.abs(before.astype(int) - after).max(axis=2) > threshold


def test_fading_lightens_ink_by_its_share():
    faded = wear.fade(_page(), 0.3)
    assert np.abs(faded[100, 100].astype(int) - (103, 99, 100)).max() <= 1


def test_rubbing_takes_ink_off_in_spots_and_leaves_the_paper():
    page = _page()
    rubbed = wear.rub_off(page, np.random.default_rng(1), 0.5, DPI)
    lines = rubbed[100:900:40, 90:650].astype(int)
    assert lines.min() <= 41
    assert lines.max() > 100
    paper = page[:, :, 0] == PINK[0]
    assert np.abs(rubbed[paper].astype(int) - page[paper]).max() <= 1


@pytest.mark.parametrize("seed", range(6))
def test_a_fold_is_a_dark_line_across_with_shadow_on_one_side(seed):
    page = np.full((1043, 748, 3), 240, dtype=np.uint8)
    folded = wear.fold(page, np.random.default_rng(seed), DPI).min(axis=2)
    along, across = folded.min(axis=1), folded.min(axis=0)
    profile = folded.mean(axis=1) if (along < 200).sum() < (across < 200).sum() else folded.mean(axis=0)
    crease = int(profile.argmin())
    assert profile[crease] < 215
    reach = round(4 * MM)
    sides = profile[crease - reach], profile[crease + reach]
    assert min(sides) < 235 <= max(sides)
    far = round(15 * MM)
    assert profile[: crease - far].min() >= 238
    assert profile[crease + far :].min() >= 238


def test_holes_show_what_lies_behind_in_the_left_margin():
    page = _page()
    punched = wear.punch(page, DPI, LID)
    behind = (punched == LID).all(axis=2)
    rows, columns = np.nonzero(behind)
    assert behind.sum() == pytest.approx(2 * np.pi * (wear.HOLE_MM / 2 * MM) ** 2, rel=0.1)
    assert columns.max() < 14 * MM
    assert rows.max() - rows.min() == pytest.approx((wear.HOLES_APART_MM + wear.HOLE_MM) * MM, abs=3)
    assert not _changed(page, punched)[:, round(15 * MM) :].any()


def test_a_staple_is_a_grey_line_in_the_upper_left_corner():
    page = _page()
    stapled = wear.staple(page, np.random.default_rng(2), DPI)
    changed = _changed(page, stapled)
    rows, columns = np.nonzero(changed)
    assert rows.max() < 20 * MM
    assert columns.max() < 20 * MM
    length = np.hypot(np.ptp(rows), np.ptp(columns)) / MM
    assert 10 < length < 15
    assert np.ptp(stapled[changed].mean(axis=0)) < 20


def test_a_corner_goes_only_where_nothing_is_printed():
    page = _page()
    printed = [Box(10, 10, 300, 20), Box(700, 10, 40, 20), Box(10, 1000, 60, 30)]
    spoiled = [wear.spoil_corner(page, np.random.default_rng(seed), DPI, LID, printed) for seed in range(8)]
    for one in spoiled:
        behind = np.asarray(one == LID).all(axis=2)
        assert behind.sum() > 20
        rows, columns = np.nonzero(behind)
        assert rows.min() > 1043 - 21 * MM
        assert columns.min() > 748 - 21 * MM
        assert not _changed(page, one)[:900].any()
    assert {_has_white(one[900:]) for one in spoiled if one is not None} == {True, False}


def test_no_corner_is_spoiled_where_all_four_are_printed():
    printed = [Box(0, 0, 748, 30), Box(0, 1013, 748, 30)]
    assert wear.spoil_corner(_page(), np.random.default_rng(1), DPI, LID, printed) is None


def test_the_back_shines_through_mirrored_and_weaker():
    page = np.full((400, 300, 3), 245, dtype=np.uint8)
    back = page.copy()
    back[100:140, 20:80] = 20
    seen = wear.show_back(page, back, 0.2, DPI).mean(axis=2)
    assert seen[120, 300 - 50] == pytest.approx(245 - 0.2 * 225, abs=4)
    assert seen[120, 50] == 245
    assert seen[300, 150] == 245


def _has_white(pixels: np.ndarray) -> bool:
    """Whether a piece shows the back of the paper, lighter than its print and darker than the lid."""
    return bool(np.any((pixels.min(axis=2) > 225) & (pixels.max(axis=2) < 245)))
