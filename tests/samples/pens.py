"""What text is written with: a laser printer, the pins of a dot-matrix printer, a typewriter, a hand.

Each but the first turns the shape of a word into a mask of ink. Where a word stands decides its irregularities, so a
sheet comes out the same every time.
"""

from __future__ import annotations

import zlib

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

LASER, DOTS, TYPED, HAND = "laser", "dots", "typed", "hand"
PINS_DPI = 180
DOT_PX = 6
PAD_EM = 0.35


def ink_mask(
    text: str, font: ImageFont.FreeTypeFont, pen: str, at: tuple[float, float], dpi: int
) -> tuple[Image.Image, int, int]:
    """Write a word.

    Args:
        text: The word.
        font: Its letters.
        pen: "dots", "typed" or "hand".
        at: Start of its base line on the sheet, in pixels.
        dpi: Resolution of the sheet.

    Returns:
        The ink as a mask and the sheet's pixel at its left upper corner.
    """
    rng = np.random.default_rng(zlib.crc32(f"{text}/{at[0]:.1f}/{at[1]:.1f}".encode()))
    pad = round(font.size * PAD_EM)
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    size = (int(right - left) + 2 * pad + 2, int(bottom - top) + 2 * pad + 2)
    origin = (pad - left, pad - top)
    if pen == TYPED:
        shape = _typed(text, font, origin, size, rng)
    else:
        shape = _plain(text, font, origin, size)
        shape = _pins(shape, dpi) if pen == DOTS else _wobbled(shape, font.size, rng)
    return Image.fromarray(shape), round(at[0] - origin[0]), round(at[1] - origin[1])


def _plain(
    text: str, font: ImageFont.FreeTypeFont, origin: tuple[float, float], size: tuple[int, int]
) -> NDArray[np.uint8]:
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).text(origin, text, font=font, fill=255, anchor="ls")
    return np.asarray(mask)


def _pins(shape: NDArray[np.uint8], dpi: int) -> NDArray[np.uint8]:
    """Strike every place of a 180 dpi grid that the shape covers with a round pin."""
    height, width = shape.shape
    grid = (max(1, round(width * PINS_DPI / dpi)), max(1, round(height * PINS_DPI / dpi)))
    struck = np.asarray(cv2.resize(shape, grid, interpolation=cv2.INTER_AREA)) > 105
    pin = np.zeros((DOT_PX, DOT_PX), dtype=np.uint8)
    cv2.circle(pin, (DOT_PX * 8 - 8, DOT_PX * 8 - 8), round(DOT_PX * 8.6), 235, -1, cv2.LINE_AA, 4)
    dotted = np.kron(struck.astype(np.uint8), pin)
    return np.asarray(cv2.resize(dotted, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _typed(
    text: str,
    font: ImageFont.FreeTypeFont,
    origin: tuple[float, float],
    size: tuple[int, int],
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """Strike each letter by itself: a little high or low, with more or less ink."""
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    x, y = origin
    for letter in text:
        height = y + float(rng.normal(0, 0.022)) * font.size
        draw.text((x, height), letter, font=font, fill=int(rng.uniform(175, 255)), anchor="ls")
        x += font.getlength(letter)
    ribbon = np.asarray(cv2.GaussianBlur(np.asarray(mask), (0, 0), max(0.3, font.size / 90)), dtype=np.float32)
    weave = rng.uniform(0.78, 1.1, ribbon.shape).astype(np.float32)
    inked: NDArray[np.float32] = ribbon * np.float32(1.15) * weave
    return np.clip(inked, 0, 255).astype(np.uint8)


def _wobbled(shape: NDArray[np.uint8], em: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Bend the word as a hand would: it leans, climbs and swells."""
    height, width = shape.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lean = np.float32(rng.uniform(0.0, 0.18))
    across = x + lean * (y - np.float32(height * 0.6)) + _wave(x, em * 1.3, em * 0.05, rng)
    along = y + _wave(x, em * 2.1, em * 0.06, rng) + _wave(x, em * 0.8, em * 0.025, rng)
    bent = cv2.remap(shape, across, along, cv2.INTER_LINEAR, borderValue=0)
    soft = np.asarray(cv2.GaussianBlur(bent, (0, 0), max(0.3, em / 70)), dtype=np.float32)
    pressure = np.float32(0.95) + _wave(x, em * 3, 0.15, rng)
    return np.clip(soft * pressure, 0, 255).astype(np.uint8)


def _wave(x: NDArray[np.float32], length: float, swing: float, rng: np.random.Generator) -> NDArray[np.float32]:
    wave = np.sin(x * np.float32(2 * np.pi / length) + np.float32(rng.uniform(0, 2 * np.pi)))
    return np.asarray(wave * np.float32(swing * rng.uniform(0.5, 1.0)), dtype=np.float32)
