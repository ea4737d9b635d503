"""The scanner leans pages and spoils them, and knows where things went."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from tests.samples.scan import LEVELS, scan_page
from tests.samples.sheet import Box


def _page_with_bar():
    page = Image.new("RGB", (760, 1060), (250, 225, 230))
    ImageDraw.Draw(page).rectangle((500, 800, 619, 829), fill=(30, 30, 30))
    return page, Box(500, 800, 120, 30)


def _ink(image):
    """Find dark pixels against the light around them, single specks left out."""
    grey = cv2.medianBlur(np.asarray(image.convert("L")), 5)
    around = cv2.dilate(grey, np.ones((81, 81), dtype=np.uint8))
    return np.asarray(grey < 0.72 * around.astype(np.float32))


@pytest.mark.parametrize("level", LEVELS)
def test_a_box_follows_the_page_as_it_leans(level):
    for seed in range(5):
        page, printed = _page_with_bar()
        scan = scan_page(page, level, np.random.default_rng(seed), 100)
        dark_rows, dark_columns = np.nonzero(_ink(scan.image))
        box = scan.box(printed)
        assert abs(dark_columns.min() - box.x) <= 4
        assert abs(dark_rows.min() - box.y) <= 4
        assert abs(dark_columns.max() - box.x - box.width) <= 4
        assert abs(dark_rows.max() - box.y - box.height) <= 4


def test_a_positive_lean_is_clockwise():
    page = Image.new("RGB", (760, 1060), (250, 225, 230))
    ImageDraw.Draw(page).rectangle((100, 524, 660, 536), fill=(20, 20, 20))
    leans = []
    for seed in range(6):
        scan = scan_page(page, "poor", np.random.default_rng(seed), 100)
        dark = _ink(scan.image)
        right, left = (np.nonzero(dark[:, part])[0].mean() for part in (slice(560, 640), slice(120, 200)))
        assert (right > left) == (scan.skew_deg > 0)
        leans.append(scan.skew_deg)
    assert min(leans) < 0 < max(leans)


def test_levels_lose_contrast_from_clean_to_poor():
    page, _ = _page_with_bar()
    darkest = [
        int(
            np.asarray(scan_page(page, level, np.random.default_rng(3), 100).image.convert("L"))[
                805:825, 520:600
            ].mean()
        )
        for level in ("clean", "office", "poor")
    ]
    assert darkest == sorted(darkest)
    assert darkest[2] - darkest[0] > 20
