"""What is not text: the emblem, round stamps, signatures and the embossed stamp, in the manner of the real ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.samples.fonts import Typeface, load_font
from tests.samples.sheet import BLUE, MM_PER_INCH, RED, Colour, Sheet

GOLD: Colour = (232, 178, 40)


def draw_emblem(diameter_mm: float, dpi: int) -> Image.Image:
    """Draw a stylised state emblem: a gold star on red in a wreath of rice, with a gear and a band below."""
    size = round(diameter_mm * dpi / MM_PER_INCH)
    scale = 3
    big = Image.new("RGBA", (size * scale, size * scale), (0, 0, 0, 0))
    draw = ImageDraw.Draw(big)
    middle = size * scale / 2
    draw.ellipse(_round_box(middle, middle, middle * 0.98), fill=(*GOLD, 255))
    draw.ellipse(_round_box(middle, middle, middle * 0.78), fill=(*RED, 255))
    draw.polygon(_star_points(middle, middle * 0.82, middle * 0.4), fill=(*GOLD, 255))
    for side in (-1, 1):
        for step in range(9):
            angle = math.pi / 2 + side * (0.35 + step * 0.27)
            x, y = middle + 0.87 * middle * math.cos(angle), middle + 0.87 * middle * math.sin(angle)
            draw.ellipse(_round_box(x, y, middle * 0.075), fill=(206, 142, 28, 255))
    draw.ellipse(
        _round_box(middle, middle * 1.58, middle * 0.2), fill=(*GOLD, 255), outline=(150, 96, 20, 255), width=scale * 2
    )
    draw.rectangle((middle * 0.5, middle * 1.76, middle * 1.5, middle * 1.96), fill=(*RED, 255))
    return big.resize((size, size), Image.Resampling.LANCZOS)


@dataclass(frozen=True, kw_only=True)
class SignaturePlace:
    """Where a signature goes: its middle, its width, and the size of the stamp over its left third."""

    x_mm: float
    y_mm: float
    width_mm: float
    stamp_mm: float = 35.0


def stamp_and_sign(sheet: Sheet, rng: Random, place: SignaturePlace, *, seal: str, typeface: Typeface) -> None:
    """Sign in blue ink, then press a round red stamp over the left third of the signature.

    Args:
        sheet: The page.
        rng: Shapes the signature, turns and wears the stamp.
        place: Where.
        seal: Text around the stamp.
        typeface: Letters of the stamp.
    """
    left = place.x_mm - place.width_mm / 2
    _sign(sheet, rng, left, place.y_mm, place.width_mm)
    stamp = draw_stamp(rng, seal=seal, typeface=typeface, dpi=sheet.dpi, diameter_mm=place.stamp_mm)
    stamp_left = left + place.width_mm / 6 - place.stamp_mm / 2
    press(sheet, stamp, x_mm=stamp_left, y_mm=place.y_mm - place.stamp_mm / 2, colour=RED)


def draw_stamp(rng: Random, *, seal: str, typeface: Typeface, dpi: int, diameter_mm: float) -> NDArray[np.float32]:
    """Draw a round stamp as a mask of ink, 0 to 1, unevenly inked and a little turned."""
    size = round(diameter_mm * dpi / MM_PER_INCH)
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    middle = size / 2
    unit = dpi / MM_PER_INCH
    draw.ellipse(_round_box(middle, middle, middle - 2), outline=255, width=round(0.75 * unit))
    draw.ellipse(_round_box(middle, middle, middle - 1.5 * unit), outline=255, width=max(1, round(0.25 * unit)))
    draw.ellipse(_round_box(middle, middle, middle * 0.56), outline=255, width=max(1, round(0.25 * unit)))
    draw.polygon(_star_points(middle, middle, middle * 0.36), fill=255)
    _letters_around(mask, seal, typeface, dpi)
    turned = mask.rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    return np.asarray(turned, dtype=np.float32) / np.float32(255) * _wear(rng, size)


def press(sheet: Sheet, mask: NDArray[np.float32], *, x_mm: float, y_mm: float, colour: Colour) -> None:
    """Print transparent ink through a mask: what lies below stays visible."""
    x, y = round(sheet.px(x_mm)), round(sheet.px(y_mm))
    left, top = max(0, -x), max(0, -y)
    width = min(mask.shape[1], sheet.image.width - x) - left
    height = min(mask.shape[0], sheet.image.height - y) - top
    if width <= 0 or height <= 0:
        return
    area = (x + left, y + top, x + left + width, y + top + height)
    below = np.asarray(sheet.image.crop(area), dtype=np.float32)
    ink = mask[top : top + height, left : left + width, None]
    tint = np.array(colour, dtype=np.float32) / 255
    pressed = below * (1 - ink * (1 - tint))
    sheet.image.paste(Image.fromarray(pressed.round().astype(np.uint8)), area[:2])


def emboss(sheet: Sheet, *, x_mm: float, y_mm: float, diameter_mm: float = 32.0) -> None:
    """Press a blind stamp: rings that only catch the light."""
    size = round(sheet.px(diameter_mm))
    relief = np.zeros((size, size), dtype=np.uint8)
    middle = size // 2
    for share in (0.97, 0.9, 0.62):
        cv2.circle(relief, (middle, middle), round(middle * share), 255, max(1, size // 90), cv2.LINE_AA)
    star = (np.array(_star_points(middle, middle, middle * 0.35)) * 16).round().astype(np.int32)
    cv2.fillPoly(relief, [star], 200, cv2.LINE_AA, 4)
    light = np.asarray(cv2.GaussianBlur(relief, (0, 0), size / 220), dtype=np.float32) / np.float32(255)
    shifted = np.roll(light, (size // 150 + 1, size // 150 + 1), axis=(0, 1))
    press(sheet, np.clip(shifted - light, 0, 1) * np.float32(0.35), x_mm=x_mm, y_mm=y_mm, colour=(120, 70, 80))


def _sign(sheet: Sheet, rng: Random, x_mm: float, y_mm: float, width_mm: float) -> None:
    """Write a made-up signature: a few loops, a long stroke, a flourish."""
    size = (round(sheet.px(width_mm)), round(sheet.px(22)))
    ink = np.zeros((size[1], size[0]), dtype=np.uint8)
    for _ in range(rng.randint(2, 3)):
        curve = _smooth([(rng.uniform(0.06, 0.94), rng.uniform(0.1, 0.9)) for _ in range(rng.randint(5, 8))])
        points = (curve * np.array(size) * 16).round().astype(np.int32)
        cv2.polylines(ink, [points], False, 230, max(2, round(sheet.px(rng.uniform(0.3, 0.5)))), cv2.LINE_AA, 4)
    press(sheet, ink.astype(np.float32) / np.float32(255), x_mm=x_mm, y_mm=y_mm - 11, colour=BLUE)


def _smooth(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """Run a smooth curve near the points (corners cut four times)."""
    curve = np.array(points)
    for _ in range(4):
        near, far = curve[:-1] * 0.75 + curve[1:] * 0.25, curve[:-1] * 0.25 + curve[1:] * 0.75
        curve = np.empty((2 * len(near), 2))
        curve[0::2], curve[1::2] = near, far
    return curve


def _letters_around(mask: Image.Image, text: str, typeface: Typeface, dpi: int) -> None:
    """Set the text along the ring of a stamp, as large as it fits in 300 degrees."""
    middle = mask.width / 2
    radius = middle * 0.73
    size_pt = min(9.0, 310 / max(len(text), 1))
    font = load_font(typeface.bold, size_pt, dpi)
    widths = [font.getlength(letter) * 1.08 for letter in text]
    angle = -math.pi / 2 - sum(widths) / radius / 2
    cell = round(font.size * 2)
    for letter, width in zip(text, widths, strict=True):
        angle += width / radius / 2
        tile = Image.new("L", (cell, cell), 0)
        ImageDraw.Draw(tile).text((cell / 2, cell / 2), letter, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        x, y = middle + radius * math.cos(angle), middle + radius * math.sin(angle)
        mask.paste(255, (round(x - cell / 2), round(y - cell / 2)), tile)
        angle += width / radius / 2


def _wear(rng: Random, size: int) -> NDArray[np.float32]:
    """Return uneven inking, about 0.45 to 0.9."""
    noise = np.random.default_rng(rng.randrange(2**32)).random((9, 9), dtype=np.float32)
    smooth = np.asarray(cv2.resize(noise, (size, size), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
    return np.clip(smooth, 0, 1) * np.float32(0.45) + np.float32(0.45)


def _star_points(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    reach = [radius if corner % 2 == 0 else radius * 0.38 for corner in range(10)]
    return [
        (x + length * math.sin(corner * math.pi / 5), y - length * math.cos(corner * math.pi / 5))
        for corner, length in enumerate(reach)
    ]


def _round_box(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)
