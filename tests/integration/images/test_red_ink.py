"""Serials in red, on red covers and on photocopies, read by the real engines."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from PIL import Image

from app.adapters.page_worker import make_scanner
from app.domain.extraction.marks import read_serial
from app.domain.extraction.rows import page_text
from app.domain.reading import PageScan
from tests.integration.papers import printed

SIZE = (2244, 3130)
RED, PINK, YELLOW, COVER = "#c0122a", "#f9d9df", "#f2d23c", "#b3202c"


@pytest.fixture(scope="module")
def reader():
    return make_scanner("vie").red


def page_with(lines, *, paper=PINK, ink=RED, first_line_px=2700) -> Image.Image:
    return printed(lines, size_px=SIZE, paper=paper, ink=ink, first_line_px=first_line_px)


def serials(reader, image: Image.Image, digits: int | None = 6):
    lines = reader.read(np.asarray(image))
    scan = PageScan(file="a", width_px=image.width, height_px=image.height, dpi=300, red_lines=lines)
    return [(draft.value, draft.doubts) for draft in read_serial(page_text(scan, 0), digits)]


@pytest.mark.parametrize("lean_deg", [0, -3, 6, 9])
@pytest.mark.parametrize("serial", ["CQ 718336", "BĐ 056027"])
def test_a_red_serial_is_read_several_times_however_the_page_leans(reader, serial, lean_deg):
    page = page_with([serial]).rotate(lean_deg, fillcolor=PINK)
    found = serials(reader, page)
    assert serial in [value for value, _ in found]
    if "Đ" not in serial:
        assert found == [(serial, ("passes_agree",))]
    else:  # the English model writes D, the Vietnamese one Đ: a person decides
        assert found == [(serial, ("passes_differ",))] or len(found) == 2


def test_the_serial_of_2024_has_eight_figures(reader):
    assert serials(reader, page_with(["AA 04417325"]), 8) == [("AA 04417325", ("passes_agree",))]


def test_words_have_boxes_on_their_ink_also_where_they_lean(reader):
    page = page_with(["CQ 718336"]).rotate(-7, fillcolor=PINK)
    ink = np.asarray(page)[:, :, 1] < 120
    rows, columns = np.nonzero(ink)
    for line in reader.read(np.asarray(page)):
        for word in line.words:
            assert columns.min() - 20 <= word.box.x <= word.box.x + word.box.width <= columns.max() + 20
            assert rows.min() - 20 <= word.box.y <= word.box.y + word.box.height <= rows.max() + 20


def test_a_photocopy_without_colour_has_its_serial_read_again(reader):
    page = page_with(["CQ 718336"], paper="#e0e0e0", ink="#505050").convert("L")
    assert serials(reader, page) == [("CQ 718336", ("passes_agree",))]


@pytest.mark.parametrize("grey", [False, True])
def test_yellow_letters_of_a_red_cover_are_read(reader, grey):
    page = page_with(["QUYỀN SỬ DỤNG ĐẤT", "", "", "Số: E 412357"], paper=COVER, ink=YELLOW, first_line_px=1500)
    page = page.convert("L") if grey else page
    lines = reader.read(np.asarray(page))
    assert "QUYỀN SỬ DỤNG ĐẤT" in [line.text for line in lines]
    assert "E 412357" in [value for value, _ in serials(reader, page)]


def test_a_black_serial_on_a_red_cover_is_read(reader):
    page = page_with(["AH 318264"], paper=COVER, ink="#181818", first_line_px=2000)
    assert serials(reader, page) == [("AH 318264", ("passes_agree",))]


@pytest.mark.parametrize("colour", [PINK, "white", "#101010", COVER])
def test_an_empty_page_has_nothing_red(reader, colour):
    assert reader.read(np.asarray(Image.new("RGB", SIZE, colour))) == ()
    assert reader.read(np.asarray(Image.new("L", SIZE, 40))) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (20, 20)])
def test_tiny_pages_are_no_failure(reader, size):
    for mode in ("RGB", "L"):
        assert reader.read(np.asarray(Image.new(mode, size, "white"))) == ()


def test_red_scraps_of_a_signature_are_not_handed_on(reader):
    page = page_with(["KT. CHỦ TỊCH", "Ngô Quý Lãm"])
    assert dataclasses.asdict(PageScan(file="a", red_lines=reader.read(np.asarray(page))))["red_lines"] == ()
