"""Stamps that offices press wherever there is room, and where there is none: over the text."""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.samples.fonts import arimo, load_font
from tests.samples.ornaments import draw_stamp, press
from tests.samples.sheet import MM_PER_INCH, RED, Box, Colour, Sheet

WORDS = ("ĐÃ THU LỆ PHÍ", "SAO Y BẢN CHÍNH", "ĐÃ SỐ HÓA", "CÔNG VĂN ĐẾN", "ĐÃ KIỂM TRA", "ĐÃ LƯU TRỮ", "ĐÃ NHẬN HỒ SƠ")
SEALS = ("VĂN PHÒNG CÔNG CHỨNG HÒA LẠC", "ỦY BAN NHÂN DÂN XÃ TÂN PHÚ", "KHO LƯU TRỮ HUYỆN", "CHI CỤC THUẾ KHU VỰC")
INKS: tuple[Colour, ...] = (RED, RED, (196, 40, 84), (62, 66, 158), (96, 52, 148))
MACHINE_READ = ("certificate.qr", "certificate.barcode")
CLEAR_MM = 14.0


def stamp_over(sheet: Sheet, rng: Random) -> bool:
    """Press one or two stamps over text, never over a bar code or QR code; tells whether there was a place."""
    pressed = False
    for _ in range(rng.choice((1, 1, 2))):
        mask = _round(rng, sheet.dpi) if rng.random() < 0.5 else _lettered(rng, sheet.dpi)
        place = _place_over_text(sheet, mask.shape[1], mask.shape[0], rng)
        if place is not None:
            unit = MM_PER_INCH / sheet.dpi
            press(sheet, mask, x_mm=place[0] * unit, y_mm=place[1] * unit, colour=rng.choice(INKS))
            pressed = True
    return pressed


def _place_over_text(sheet: Sheet, width: int, height: int, rng: Random) -> tuple[int, int] | None:
    """Choose where the left upper corner of a stamp goes so that it covers a word."""
    clear = round(sheet.px(CLEAR_MM))
    kept = [
        Box(box.x - clear, box.y - clear, box.width + 2 * clear, box.height + 2 * clear)
        for box in (sheet.fields[path].box for path in MACHINE_READ if path in sheet.fields)
    ]
    for _ in range(12 if sheet.words else 0):
        _, word = rng.choice(sheet.words)
        x = round(word.x + word.width / 2 - width * rng.uniform(0.2, 0.8))
        y = round(word.y + word.height / 2 - height * rng.uniform(0.2, 0.8))
        if not any(_meet(Box(x, y, width, height), box) for box in kept):
            return x, y
    return None


def _meet(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def _round(rng: Random, dpi: int) -> NDArray[np.float32]:
    """Draw a round seal."""
    return draw_stamp(rng, seal=rng.choice(SEALS), typeface=arimo(), dpi=dpi, diameter_mm=rng.uniform(28, 36))


def _lettered(rng: Random, dpi: int) -> NDArray[np.float32]:
    """Draw a frame with words and perhaps a date, a little turned, unevenly inked."""
    lines = [rng.choice(WORDS)]
    if rng.random() < 0.5:
        lines.append(f"Ngày {rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/{rng.randint(2015, 2025)}")
    font = load_font(arimo().bold, rng.uniform(11, 15), dpi)
    unit = dpi / MM_PER_INCH
    width = round(max(font.getlength(line) for line in lines) + 8 * unit)
    height = round(len(lines) * font.size * 1.35 + 4 * unit)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((1, 1, width - 2, height - 2), outline=255, width=max(1, round(0.6 * unit)))
    for number, line in enumerate(lines):
        y = 2 * unit + (number + 0.5) * font.size * 1.35
        draw.text((width / 2, y), line, font=font, fill=255, anchor="mm")
    turned = mask.rotate(rng.uniform(-12, 12), resample=Image.Resampling.BICUBIC, expand=True)
    coarse = np.random.default_rng(rng.randrange(2**32)).integers(110, 256, (5, 9), dtype=np.uint8)
    inking = np.asarray(Image.fromarray(coarse).resize(turned.size, Image.Resampling.BICUBIC), dtype=np.float32)
    return np.asarray(turned, dtype=np.float32) * inking * np.float32(0.85 / 255 / 255)
