"""Papers without lotus pink: the red cover, the yellowish inner pages of the oldest models, white."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image

from tests.samples.paper import draw_paper
from tests.samples.sheet import MM_PER_INCH, Colour

COVERS: tuple[Colour, ...] = ((186, 28, 36), (170, 24, 32), (196, 40, 44))
YELLOWS: tuple[Colour, ...] = ((250, 240, 208), (246, 234, 196), (252, 244, 220))
YELLOW_LINES: tuple[Colour, ...] = ((226, 200, 140), (232, 206, 156), (220, 188, 128))
WHITES: tuple[Colour, ...] = ((250, 249, 246), (246, 244, 238), (252, 252, 251))


def yellow(rng: Random, *, width_mm: float, height_mm: float, dpi: int, frame: bool) -> Image.Image:
    """Draw a yellowish sheet with a bronze drum."""
    drum = draw_paper(rng, width_mm=width_mm, height_mm=height_mm, dpi=dpi, frame=frame)
    return _recoloured(drum, rng.choice(YELLOWS), rng.choice(YELLOW_LINES))


def red_cover(rng: Random, *, width_mm: float, height_mm: float, dpi: int) -> Image.Image:
    """Draw a red sheet, even but for the grain of its cover."""
    return _plain(rng.choice(COVERS), width_mm, height_mm, dpi)


def white(rng: Random, *, width_mm: float, height_mm: float, dpi: int) -> Image.Image:
    """Draw a white sheet."""
    return _plain(rng.choice(WHITES), width_mm, height_mm, dpi)


def _plain(colour: Colour, width_mm: float, height_mm: float, dpi: int) -> Image.Image:
    return Image.new("RGB", (round(width_mm * dpi / MM_PER_INCH), round(height_mm * dpi / MM_PER_INCH)), colour)


def _recoloured(picture: Image.Image, ground: Colour, line: Colour) -> Image.Image:
    """Put two colours in the place of the lightest and the darkest, shades between them."""
    green = np.asarray(picture)[:, :, 1]
    low, high = int(green.min()), int(green.max())
    weights = np.clip((high - np.arange(256)) / max(high - low, 1), 0, 1)[:, None]
    table = (np.array(ground) * (1 - weights) + np.array(line) * weights).round().astype(np.uint8)
    return Image.fromarray(table[green])
