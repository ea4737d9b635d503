"""What preparation does to a page."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.adapters.lie_of_print import SMALL, skew_deg
from app.adapters.preparing import (
    believed_dpi,
    crisp,
    even_paper,
    grain,
    prepare,
    red_channel,
    shrunk,
    without_leaders,
)
from app.domain.reading import Box
from tests.integration.papers import printed


def test_pink_paper_and_red_print_vanish_and_black_print_stays():
    page = printed(["Họ và tên"], paper="#f6c8cf")
    ImageDraw.Draw(page).rectangle((900, 900, 1200, 1000), fill=(215, 30, 40))
    grey = prepare(page, 300).grey
    assert grey[1000:1200, 200:800].min() > 240
    assert grey[920:980, 950:1150].min() > 150
    assert grey[190:280, 140:500].min() < 60


def test_a_shaded_page_becomes_evenly_white():
    across = np.linspace(90, 230, 1600).astype(np.uint8)
    even = even_paper(np.tile(across, (1000, 1)))
    assert even.min() > 225


def test_dotted_leaders_are_erased_and_the_words_before_them_stay():
    page = printed(["Thửa đất số: 894"])
    with_dots = page.copy()
    pen = ImageDraw.Draw(with_dots)
    for x in range(650, 1500, 14):
        pen.ellipse((x, 236, x + 5, 241), fill="black")
    cleaned = without_leaders(red_channel(with_dots), 300)
    assert cleaned[:, 640:].min() > 200
    assert np.array_equal(cleaned[:, :600], red_channel(page)[:, :600])


def test_the_dots_of_letters_are_not_leaders():
    page = printed(["ị ạ ọ ụ ẹ . i ? ! :", "Số vào sổ: H.05.16"])
    grey = red_channel(page)
    assert np.array_equal(without_leaders(grey, 300), grey)


@pytest.mark.parametrize(("dpi", "scale"), [(150, 2.0), (200, 1.5), (300, 1.0), (310, 1.0), (600, 0.5)])
def test_pages_come_to_about_300_dpi_and_boxes_find_back(dpi, scale):
    prepared = prepare(Image.new("RGB", (dpi * 8, dpi * 11), "white"), dpi)
    assert prepared.scale == pytest.approx(scale)
    assert prepared.grey.shape == (round(dpi * 11 * scale), round(dpi * 8 * scale))
    assert prepared.even.shape == prepared.grey.shape
    on_page = prepared.to_page(Box(300, 600, 150, 45))
    assert on_page == Box(*(round(value / scale) for value in (300, 600, 150, 45)))


def test_a_page_without_resolution_is_taken_for_a4():
    assert believed_dpi((1654, 2339), None) == pytest.approx(200, abs=1)
    assert believed_dpi((2480, 3508), 2400) == pytest.approx(300, abs=1)


@pytest.mark.parametrize("lean", [-10.0, -3.2, -1.0, -0.2, 0.0, 0.3, 2.4, 8.7])
def test_the_lean_is_measured_clockwise(lean):
    page = printed(["dòng chữ dài để đo độ nghiêng của trang"] * 18)
    leaning = page.rotate(-lean, fillcolor="white", resample=Image.Resampling.BICUBIC)
    assert skew_deg(shrunk(prepare(leaning, 300).grey, SMALL)) == pytest.approx(lean, abs=0.2)


def test_an_empty_page_leans_nowhere_and_has_no_ink():
    prepared = prepare(Image.new("RGB", (1200, 1600), "#f4d9dc"), 150)
    assert skew_deg(shrunk(prepared.grey, SMALL)) == 0
    assert prepared.ink_pct == 0


def test_one_small_line_is_more_than_no_ink():
    assert prepare(printed(["Trang bổ sung"]), 300).ink_pct > 0.02


def test_the_shadow_at_the_edge_of_the_glass_is_not_ink():
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste("black", (0, 0, 20, 1600))
    assert prepare(page, 150).ink_pct == 0


def test_grain_is_told_from_print_and_from_pink_paper():
    page = red_channel(printed(paper="#f6c8cf"))
    noise = np.random.default_rng(3).normal(0, 12, page.shape)
    grainy = np.clip(page + noise, 0, 255).astype(np.uint8)
    assert grain(page) < 1
    assert grain(grainy) > 4
    assert grain(np.zeros((50, 50), np.uint8)) == 0


def test_strokes_stay_dark_and_paper_becomes_calm_on_a_grainy_page():
    page = red_channel(printed())
    noise = np.random.default_rng(3).normal(0, 12, page.shape)
    grainy = np.clip(page.astype(np.float64) * 0.6 + 60 + noise, 0, 255).astype(np.uint8)
    clean = crisp(grainy, 300)
    assert clean[1500:2000, 400:1400].std() < 0.7 * grainy[1500:2000, 400:1400].std()
    assert np.percentile(clean[190:280, 140:800], 2) <= np.percentile(grainy[190:280, 140:800], 2) + 10
