"""One page seen: words, turn, red print, codes, and boxes in the pixels of the page as it came."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from app.adapters.images import DecodedPage
from app.adapters.page_worker import make_scanner
from app.adapters.turning import box_as_turned
from app.domain.reading import Box, PageScan
from tests.integration.papers import LINES, printed
from tests.samples import SamplePage, draw_dossier


@pytest.fixture(scope="module")
def scanner():
    return make_scanner("vie")


@pytest.fixture(scope="module")
def sample():
    dossier = draw_dossier(4_410, model="2024", level="office")
    return dossier.pages[0], dossier.truth["certificate"]


def scan_of(scanner, image: Image.Image, dpi: int | None = 300) -> PageScan:
    scan: PageScan = scanner.scan(DecodedPage(number=1, image=image, dpi=dpi, jpeg_bytes=None), "trang.jpg")
    return scan


def as_turned(image: Image.Image, rotation_deg: int) -> Image.Image:
    """The image with its content turned clockwise."""
    return image.rotate(-rotation_deg, expand=True)


def words(scan: PageScan) -> dict[str, Box]:
    return {word.text: word.box for line in scan.lines for word in line.words}


def overlap(one: Box, other: Box) -> float:
    """Shared area as a share of the smaller box."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, wide) * max(0, high) / min(one.width * one.height, other.width * other.height)


def test_a_printed_page_is_read_word_for_word(scanner):
    scan = scan_of(scanner, printed())
    assert [line.text for line in scan.lines] == list(LINES)
    assert (scan.file, scan.page, scan.width_px, scan.height_px, scan.dpi) == ("trang.jpg", 1, 1748, 2480, 300)
    assert (scan.rotation_deg, scan.red_lines, scan.codes, scan.error) == (0, (), (), None)


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_turned_page_is_read_and_its_turn_named(scanner, rotation_deg):
    turned = as_turned(printed(), rotation_deg)
    scan = scan_of(scanner, turned)
    assert scan.rotation_deg == rotation_deg
    assert [line.text for line in scan.lines] == list(LINES)
    assert (scan.width_px, scan.height_px) == turned.size


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
@pytest.mark.parametrize("dpi", [200, 300])
def test_boxes_lie_on_the_ink_of_the_page_as_it_came(scanner, rotation_deg, dpi):
    size_px = (dpi * 6, dpi * 8)
    page = as_turned(printed(dpi=dpi, size_px=size_px), rotation_deg)
    pixels = np.asarray(page.convert("L"))
    found = words(scan_of(scanner, page, dpi))
    assert {"Thửa", "thôn", "bảy", "Mục", "Nguồn"} <= found.keys()
    for text in ("Thửa", "thôn", "bảy", "Mục", "Nguồn"):
        x, y, wide, high = found[text]
        margin = dpi // 60
        inside = pixels[y : y + high, x : x + wide]
        around = pixels[y - margin : y + high + margin, x - margin : x + wide + margin]
        assert inside.min() < 80
        assert (inside < 128).sum() >= 0.95 * (around < 128).sum()
        assert (high > wide) == (rotation_deg in (90, 270))


@pytest.mark.parametrize("rotation_deg", [0, 180, 270])
def test_serial_title_and_qr_code_are_found_however_the_page_lies(scanner, sample, rotation_deg):
    page, certificate = sample
    turned = as_turned(page.image, rotation_deg)
    scan = scan_of(scanner, turned, page.dpi)
    assert scan.rotation_deg == rotation_deg
    serial = certificate["serial"].replace(" ", "")
    (line,) = [line for line in scan.red_lines if line.text.replace(" ", "") == serial]
    place = box_as_turned(Box(*page.boxes["certificate.serial"]), rotation_deg, *turned.size)
    assert overlap(line.words[-1].box, place) > 0.8
    assert any("QUYỀN SỬ DỤNG" in line.text for line in scan.red_lines)
    (code,) = scan.codes
    assert (code.kind, code.text) == ("qr", certificate["qr"])
    place = box_as_turned(Box(*page.boxes["certificate.qr"]), rotation_deg, *turned.size)
    assert overlap(code.box, place) > 0.8


def test_values_are_read_where_they_are_printed(scanner, sample):
    page: SamplePage = sample[0]
    scan = scan_of(scanner, page.image, page.dpi)
    place = Box(*page.boxes["holders[0].name"])
    read = " ".join(word.text for line in scan.lines for word in line.words if overlap(word.box, place) > 0.6)
    assert len(read) > 5
    assert abs(scan.skew_deg - page.skew_deg) < 0.2


def test_a_wide_sheet_is_read_as_one_page(scanner):
    spread = Image.new("RGB", (2 * 1748, 2480), "white")
    spread.paste(printed(LINES[:3]), (0, 0))
    spread.paste(printed(LINES[3:]), (1748, 0))
    scan = scan_of(scanner, spread)
    assert (scan.width_px, scan.rotation_deg) == (3496, 0)
    assert {"205", "hiệu", "hạn"} - words(scan).keys() == {"hiệu"}


def test_an_empty_page_is_blank_and_quick(scanner):
    scan = scan_of(scanner, Image.new("RGB", (1748, 2480), "#f3d0d6"))
    assert (scan.ink_pct, scan.lines, scan.rotation_deg, scan.skew_deg) == (0, (), 0, 0)


def test_a_grey_copy_has_no_red_print(scanner, sample):
    page, _ = sample
    scan = scan_of(scanner, page.image.convert("L"), page.dpi)
    assert scan.red_lines == ()
    assert len(words(scan)) > 50


def test_a_picture_without_words_is_no_failure(scanner):
    grain = np.random.default_rng(7).integers(0, 255, (300, 300), np.uint8)
    scan = scan_of(scanner, Image.fromarray(grain))
    assert scan.error is None
    assert scan.ink_pct > 1


@pytest.mark.parametrize("size_px", [(1, 1), (3, 2000), (20_000, 3), (60, 60)])
def test_tiny_images_are_no_failure(scanner, size_px):
    scan = scan_of(scanner, Image.new("RGB", size_px, "black"), None)
    assert (scan.width_px, scan.height_px) == size_px
