"""The look at a delivered page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.adapters.scanners import scanned_page
from app.adapters.scanners.scanned_page import flaw_of


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "p0001.tif"
    Image.effect_noise((827, 1169), 60).save(file, dpi=(100, 100))
    return file


def test_a_page_as_asked_for_has_no_flaw(page):
    assert flaw_of(page, width_px=827, height_px=1169, dpi=100) is None
    assert flaw_of(page) is None


@pytest.mark.parametrize(
    ("asked", "flaw"),
    [
        ({"dpi": 300}, "dpi 100 instead of 300"),
        ({"width_px": 1240}, "width 827 instead of 1240"),
        ({"height_px": 1754}, "height 1169 instead of 1754"),
        ({"height_px": 1000, "may_be_shorter": True}, "height 1169 instead of 1000"),
    ],
)
def test_another_size_or_resolution_is_a_flaw(page, asked, flaw):
    assert flaw_of(page, **asked) == flaw


def test_two_percent_are_forgiven(page):
    assert flaw_of(page, width_px=840, height_px=1150, dpi=102) is None


def test_a_sheet_may_end_earlier_than_the_longest(page):
    assert flaw_of(page, height_px=1754, may_be_shorter=True) is None


def test_a_cut_page_is_a_flaw_even_where_sheets_may_be_shorter(page):
    page.write_bytes(page.read_bytes()[:500_000])
    flaw = flaw_of(page, height_px=1754, may_be_shorter=True)
    assert flaw is not None
    assert flaw.startswith("decode")


def test_a_page_beyond_every_scanner_is_not_decoded(page, monkeypatch):
    monkeypatch.setattr(scanned_page, "MAX_PAGE_PIXELS", 1000)
    assert flaw_of(page) == "size 827x1169"


def test_what_is_no_tiff_is_a_flaw(tmp_path):
    file = tmp_path / "p0001.tif"
    file.write_bytes(b"P6 1 1 255\nabc")
    assert flaw_of(file) == "decode: UnidentifiedImageError"
