"""Blank certificate paper: lotus pink with a bronze-drum pattern of fine lines."""

from __future__ import annotations

from functools import lru_cache
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.samples.sheet import MM_PER_INCH

PINKS = ((251, 226, 229), (250, 220, 226), (252, 231, 228), (249, 224, 233))
LINE_PINKS = ((240, 172, 188), (236, 165, 180), (242, 184, 190), (226, 146, 168))
FRAME_PINK = (226, 130, 150)


def draw_paper(rng: Random, *, width_mm: float, height_mm: float, dpi: int, frame: bool) -> Image.Image:
    """Draw a blank sheet; the tint differs from print run to print run."""
    width, height = round(width_mm * dpi / MM_PER_INCH), round(height_mm * dpi / MM_PER_INCH)
    pattern = _pattern(width, height, dpi)
    ground, line = np.array(rng.choice(PINKS)), np.array(rng.choice(LINE_PINKS))
    weights = np.linspace(0.0, 1.0, 256)[:, None]
    table = (ground * (1 - weights) + line * weights).round().astype(np.uint8)
    pixels = table[pattern]
    if frame:
        _draw_frame(pixels, dpi)
    return Image.fromarray(pixels)


@lru_cache(maxsize=4)
def _pattern(width: int, height: int, dpi: int) -> NDArray[np.uint8]:
    """Draw the pattern as a mask: 0 is ground, 255 is full line ink."""
    unit = dpi / MM_PER_INCH
    mask = _waves(width, height, unit)
    centre = (width / 2, height / 2)
    radius = 0.42 * width
    cv2.circle(mask, _fixed(centre), round(radius * 16), 26, -1, cv2.LINE_AA, 4)
    for ring in np.linspace(0.16, 1.0, 19):
        cv2.circle(mask, _fixed(centre), round(radius * ring * 16), 150, 1, cv2.LINE_AA, 4)
    for inner, outer, petals in ((0.2, 0.3, 24), (0.34, 0.46, 40), (0.5, 0.66, 56), (0.7, 0.78, 90), (0.82, 0.97, 64)):
        _rosette(mask, centre, radius * inner, radius * outer, petals)
    _star(mask, centre, radius * 0.15)
    mask.setflags(write=False)
    return mask


def _waves(width: int, height: int, unit: float) -> NDArray[np.uint8]:
    """Fill the ground with fine wavy lines."""
    x = np.arange(width, dtype=np.float32) / unit
    y = np.arange(height, dtype=np.float32)[:, None] / unit
    phase = y + 1.1 * np.sin(x * (2 * np.pi / 13.0), dtype=np.float32)
    wave = np.cos(phase * np.float32(2 * np.pi / 1.7))
    ink = np.clip((wave - np.float32(0.55)) * np.float32(230), 0, 100)
    return np.asarray(ink, dtype=np.uint8)


def _rosette(mask: NDArray[np.uint8], centre: tuple[float, float], inner: float, outer: float, petals: int) -> None:
    """Draw three interlaced waves between two rings."""
    angle = np.linspace(0, 2 * np.pi, petals * 24)
    middle, swing = (inner + outer) / 2, (outer - inner) / 2
    for shift in (0.0, 2 * np.pi / 3, 4 * np.pi / 3):
        radius = middle + swing * np.sin(petals / 2 * angle + shift)
        _curve(mask, centre, radius, angle, 165)


def _star(mask: NDArray[np.uint8], centre: tuple[float, float], radius: float) -> None:
    """Draw the fourteen-pointed star in the middle of a drum."""
    angle = np.linspace(0, 2 * np.pi, 29)
    spikes = np.where(np.arange(29) % 2, radius * 0.35, radius)
    _curve(mask, centre, spikes, angle, 210)


def _curve(
    mask: NDArray[np.uint8],
    centre: tuple[float, float],
    radius: NDArray[np.float64],
    angle: NDArray[np.float64],
    ink: int,
) -> None:
    points = np.column_stack((centre[0] + radius * np.cos(angle), centre[1] + radius * np.sin(angle)))
    cv2.polylines(mask, [(points * 16).round().astype(np.int32)], True, ink, 1, cv2.LINE_AA, 4)


def _draw_frame(pixels: NDArray[np.uint8], dpi: int) -> None:
    """Draw the ornamental border of a first page."""
    height, width = pixels.shape[:2]
    unit = dpi / MM_PER_INCH
    for inset, thickness in ((7.0, 0.9), (8.6, 0.25), (11.2, 0.25)):
        edge = round(inset * unit)
        corner = (width - edge, height - edge)
        cv2.rectangle(pixels, (edge, edge), corner, FRAME_PINK, max(1, round(thickness * unit)), cv2.LINE_AA)
    _draw_scrolls(pixels, unit, inset=9.9)


def _draw_scrolls(pixels: NDArray[np.uint8], unit: float, *, inset: float) -> None:
    height, width = pixels.shape[:2]
    edge, swing = inset * unit, 1.1 * unit
    for phase in (0.0, np.pi):
        along = np.arange(edge, width - edge, unit / 4)
        across = swing * np.sin(along / unit * 2.1 + phase)
        for base in (edge, height - edge):
            _stroke(pixels, along, base + across)
        along = np.arange(edge, height - edge, unit / 4)
        across = swing * np.sin(along / unit * 2.1 + phase)
        for base in (edge, width - edge):
            _stroke(pixels, base + across, along)


def _stroke(pixels: NDArray[np.uint8], x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    points = (np.column_stack((x, y)) * 16).round().astype(np.int32)
    cv2.polylines(pixels, [points], False, FRAME_PINK, 1, cv2.LINE_AA, 4)


def _fixed(point: tuple[float, float]) -> tuple[int, int]:
    return round(point[0] * 16), round(point[1] * 16)
