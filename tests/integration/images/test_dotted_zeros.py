"""Dots taken out of the zeros of typewriters and needle printers, and out of nothing else."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from app.adapters.dotted_zeros import without_dots_in_zeros
from tests.samples.fonts import Typeface, arimo, cousine, load_font, tinos

DPI = 300
Pixels = NDArray[np.uint8]


def written(text: str, typeface: Callable[[], Typeface], size_pt: float = 10.5, ink: int = 60) -> Pixels:
    page = Image.new("L", (1600, 160), 255)
    ImageDraw.Draw(page).text((40, 40), text, font=load_font(typeface().regular, size_pt, DPI), fill=ink)
    return np.asarray(page)


def openings(page: Pixels) -> int:
    """How many pieces of paper lie enclosed, each piece of ink in one of them counted as well."""
    _, tree = cv2.findContours((page < 160).astype(np.uint8), cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    depth: list[int] = []
    for parent in tree[0][:, 3].tolist():
        depth.append(0 if parent < 0 else depth[parent] + 1)
    return sum(level >= 2 for level in depth)


def test_dots_of_typed_zeros_are_taken_out():
    page = written("00170 15/10/2013", cousine)
    assert openings(page) == 5
    assert openings(without_dots_in_zeros(page.copy(), DPI)) == 0


def test_a_faint_and_blurred_zero_loses_its_dot_too():
    page = cv2.GaussianBlur(written("20 500", cousine, ink=120), (0, 0), 1.2).astype(np.uint8)
    cleaned = without_dots_in_zeros(page.copy(), DPI)
    assert (cleaned > page).any()
    assert (cleaned >= page).all()


@pytest.mark.parametrize("typeface", [cousine, tinos, arimo])
def test_other_letters_and_figures_are_left_as_they_are(typeface):
    page = written("Đất ĐƠ ở QUẾ VÕ 123456789 BĐD Q @ gdqđ ôộ", typeface)
    np.testing.assert_array_equal(without_dots_in_zeros(page.copy(), DPI), page)


def test_zeros_without_a_dot_are_left_as_they_are():
    page = written("2000 m", tinos)
    np.testing.assert_array_equal(without_dots_in_zeros(page.copy(), DPI), page)


@pytest.mark.parametrize(
    "page", [np.zeros((0, 0), np.uint8), np.full((40, 40), 255, np.uint8), np.zeros((9, 9), np.uint8)]
)
def test_a_page_without_letters_stays_as_it_is(page):
    np.testing.assert_array_equal(without_dots_in_zeros(page.copy(), DPI), page)
