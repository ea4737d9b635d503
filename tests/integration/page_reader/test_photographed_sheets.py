"""Photographs of sheets are laid flat before they are read; scans, however dark their edges, are not."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.adapters.images import DecodedPage
from app.adapters.page_worker import make_scanner
from app.adapters.sheet_outline import find_flattening
from app.domain.reading import Box
from tests.integration.page_reader.test_page_scanner import overlap, words
from tests.integration.papers import LINES, printed
from tests.samples import draw_dossier

TABLE = (92, 70, 52)
CORNERS = ((260, 190), (1660, 120), (1800, 2330), (130, 2280))
SIZE_PX = (1950, 2480)


@pytest.fixture(scope="module")
def scanner():
    return make_scanner("vie")


def photographed(sheet: Image.Image, corners=CORNERS, table=TABLE, size_px=SIZE_PX) -> Image.Image:
    """A sheet on a table with its corners at these places, upper left first, clockwise."""
    photo = np.full((size_px[1], size_px[0], 3), table, np.uint8)
    wide, high = sheet.size
    here = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    step = cv2.getPerspectiveTransform(here, np.array(corners, np.float32))
    cv2.warpPerspective(np.asarray(sheet), step, size_px, dst=photo, borderMode=cv2.BORDER_TRANSPARENT)
    return Image.fromarray(photo)


def scan_of(scanner, image: Image.Image):
    (scan,) = scanner.scan(DecodedPage(number=1, image=image, dpi=300, jpeg_bytes=None), "anh.jpg")
    return scan


def test_the_corners_of_a_sheet_become_those_of_the_flat_image():
    flattening = find_flattening(photographed(printed()))
    assert flattening is not None
    wide, high = flattening.width_px, flattening.height_px
    assert 1.39 < high / wide < 1.43
    flat = np.array(((0, 0, 1), (wide, 0, 1), (wide, high, 1), (0, high, 1)), np.float64)
    found = flat @ flattening.back().T
    assert np.abs(found[:, :2] / found[:, 2:] - CORNERS).max() < 8


@pytest.mark.parametrize("table", [TABLE, (206, 204, 198), (58, 88, 80)])
def test_a_photographed_page_is_read_with_boxes_on_the_photograph(scanner, table):
    photo = photographed(printed(), table=table)
    scan = scan_of(scanner, photo)
    assert [line.text for line in scan.lines] == list(LINES)
    assert (scan.width_px, scan.height_px, scan.rotation_deg) == (*SIZE_PX, 0)
    pixels = np.asarray(photo.convert("L"))
    for text in ("Thửa", "Mục", "Nguồn"):
        x, y, wide, high = words(scan)[text]
        inside = pixels[y : y + high, x : x + wide]
        around = pixels[y - 5 : y + high + 5, x - 5 : x + wide + 5]
        assert inside.min() < 80
        assert (inside < 128).sum() >= 0.95 * (around < 128).sum()


def test_a_photograph_that_lies_on_its_side_is_read_too(scanner):
    scan = scan_of(scanner, photographed(printed()).rotate(-90, expand=True))
    assert scan.rotation_deg == 90
    assert [line.text for line in scan.lines] == list(LINES)


def test_values_of_a_drawn_photograph_are_read_where_they_are_printed(scanner):
    page = draw_dossier(906, model="2014", level="office", damages=("photo",), world="tuning").pages[0]
    scan = scan_of(scanner, page.image)
    place = Box(*page.boxes["holders[0].name"])
    read = [word.text for line in scan.lines for word in line.words if overlap(word.box, place) > 0.6]
    assert set(page.values["holders[0].name"].split()) & set(read)
    assert abs(scan.skew_deg - page.skew_deg) < 0.4


def lidded(margin_px: int, lean_deg: float = 0.0) -> Image.Image:
    """A sheet scanned with the lid open: black all around."""
    sheet = printed()
    leant = sheet.rotate(lean_deg, expand=True, fillcolor=(12, 12, 12), resample=Image.Resampling.BILINEAR)
    around = Image.new("RGB", (leant.width + 2 * margin_px, leant.height + 2 * margin_px), (12, 12, 12))
    around.paste(leant, (margin_px, margin_px))
    return around


def card_on_a_sheet() -> Image.Image:
    sheet = Image.new("RGB", (2480, 3508), "white")
    ImageDraw.Draw(sheet).rounded_rectangle((700, 500, 1710, 1138), 40, fill=(190, 215, 205))
    return sheet


def dark_edged_copy() -> Image.Image:
    pixels = np.asarray(printed().convert("L")).copy()
    pixels[:, :40] = 20
    pixels[-70:] = 35
    pixels[:25] = 60
    return Image.fromarray(pixels)


def folded_corner() -> Image.Image:
    sheet = lidded(90)
    ImageDraw.Draw(sheet).polygon([(90, 90), (420, 90), (90, 500)], fill=(12, 12, 12))
    return sheet


@pytest.mark.parametrize(
    "image",
    [
        printed(),
        lidded(90),
        lidded(90, 6.0),
        folded_corner(),
        card_on_a_sheet(),
        dark_edged_copy(),
        Image.new("RGB", (2480, 3508), "black"),
        Image.new("RGB", (1, 1)),
    ],
)
def test_a_scan_is_never_bent(image):
    assert find_flattening(image) is None


def test_a_flat_scan_is_told_in_a_few_milliseconds():
    page = draw_dossier(907, model="2014", level="clean", world="tuning").pages[0].image
    assert find_flattening(page) is None
    started = time.process_time()
    for _ in range(10):
        find_flattening(page)
    assert (time.process_time() - started) / 10 < 0.02
