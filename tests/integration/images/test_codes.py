"""QR and bar codes on drawn pages."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image, ImageFilter

from app.adapters.codes import find_codes
from app.adapters.preparing import prepare, red_channel
from tests.integration.papers import printed

CARD = "024081999921|121999908|Trương Quang Hách|02091981|Nam|Thôn Núi Lẫm, Trung Kênh, Bắc Ninh|15042021"


def qr(text: str, module_px: int = 6) -> Image.Image:
    packed = BytesIO()
    segno.make_qr(text, error="m").save(packed, kind="png", scale=module_px, border=4)
    return Image.open(packed).convert("RGB")


def bars(text: str, symbology: zxingcpp.BarcodeFormat) -> Image.Image:
    drawn = zxingcpp.create_barcode(text, symbology)
    image = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(drawn, scale=4)))
    return image.convert("RGB").resize((image.width, 110))


def on_page(code: Image.Image, x: int, y: int) -> Image.Image:
    page = printed(["Thửa đất số 205", "Địa chỉ: thôn Núi Lẫm"], paper="#f7d7dc")
    page.paste(code, (x, y))
    return page


def test_a_card_s_qr_code_is_read_with_its_vietnamese_letters_and_place():
    code = qr(CARD, module_px=5)
    (found,) = find_codes(prepare(on_page(code, 1000, 300), 300).even)
    assert (found.kind, found.text) == ("qr", CARD)
    assert abs(found.box.x - 1020) < 12
    assert abs(found.box.y - 320) < 12
    assert abs(found.box.width - (code.width - 40)) < 20


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_codes_are_read_however_the_page_lies(turn):
    page = on_page(qr(CARD, module_px=5), 1000, 300)
    page.paste(bars("0788217001559", zxingcpp.BarcodeFormat.Code128), (900, 2000))
    found = find_codes(prepare(page.rotate(turn, expand=True), 300).even)
    assert {(code.kind, code.text) for code in found} == {("qr", CARD), ("barcode", "0788217001559")}


@pytest.mark.parametrize(
    "symbology",
    [zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.Code39],
)
def test_thirteen_digits_are_read_in_every_likely_symbology(symbology):
    page = on_page(bars("0788217001559", symbology), 700, 2000)
    (found,) = find_codes(prepare(page, 300).even)
    assert (found.kind, found.text) == ("barcode", "0788217001559")


def test_an_ean_code_keeps_its_check_digit():
    page = on_page(bars("4006381333931", zxingcpp.BarcodeFormat.EAN13), 900, 2000)
    (found,) = find_codes(prepare(page, 300).even)
    assert found.text == "4006381333931"


def test_short_bar_codes_are_taken_for_chance():
    page = on_page(bars("1234", zxingcpp.BarcodeFormat.ITF), 900, 2000)
    assert find_codes(prepare(page, 300).even) == ()


def test_a_page_of_text_and_a_grid_has_no_codes():
    page = red_channel(printed())
    for x in range(300, 1500, 40):
        cv2.line(page, (x, 1500), (x, 2200), 0, 4)
    assert find_codes(page) == ()


def test_a_page_may_hold_several_codes_top_to_bottom():
    page = on_page(qr("thứ hai", module_px=8), 300, 1500)
    page.paste(qr("thứ nhất", module_px=8), (1200, 300))
    assert [code.text for code in find_codes(prepare(page, 300).even)] == ["thứ nhất", "thứ hai"]


def test_a_code_that_is_seen_but_not_understood_is_looked_at_again():
    blurred = on_page(qr(CARD, module_px=6), 1000, 300).filter(ImageFilter.GaussianBlur(3.5))
    grey = prepare(blurred, 300).even
    once = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    assert once == []
    assert [code.text for code in find_codes(grey)] == [CARD]


def blurred_scan(code: Image.Image, sigma: float) -> Image.Image:
    """A grainy scan of a page that lies a little askew."""
    page = np.asarray(on_page(code, 900, 900).rotate(4, fillcolor="#f7d7dc")).astype(float)
    grains = np.random.default_rng(7).normal(0, 6, page.shape)
    soft = cv2.GaussianBlur(page, (0, 0), sigma) + grains
    return Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(
    ("code", "text", "sigma"),
    [
        (qr(CARD, module_px=4), CARD, 2.4),
        (bars("0788217001559", zxingcpp.BarcodeFormat.Code128), "0788217001559", 3.3),
    ],
)
def test_what_looks_like_a_code_is_looked_at_again_in_other_contrasts(code, text, sigma):
    grey = prepare(blurred_scan(code, sigma), 300).even
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
    assert zxingcpp.read_barcodes(grey, formats=formats) == []
    (found,) = find_codes(grey)
    assert found.text == text
    assert abs(found.box.x + found.box.width / 2 - 900 - code.width / 2) < 80


def test_a_code_of_another_alphabet_is_read_as_its_software_wrote_it():
    packed = BytesIO()
    segno.make_qr("024081999921||Đoa\u0300n Thi\u0323 Hoa".encode("cp1258"), error="m").save(
        packed, kind="png", scale=6
    )
    (found,) = find_codes(prepare(on_page(Image.open(packed).convert("RGB"), 800, 800), 300).even)
    assert found.text == "024081999921||Đoàn Thị Hoa"


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_tiny_images_have_no_codes(size):
    assert find_codes(np.full(size, 255, np.uint8)) == ()
