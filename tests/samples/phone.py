"""A phone's photograph of a paper on a table: seen from the side, in uneven light, a little out of focus."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.samples.sheet import MM_PER_INCH, Box, Colour
from tests.samples.transform import Curl, Matrix, Size, Transform, corners, seen_from

Pixels = NDArray[np.uint8]
COARSE = 8
FULL_LIGHT = 220
BAND_PX = 256
COLUMNS = 65
LIFT_TO_HEIGHT = 3.0  # a phone looks down steeply: what stands up moves by a part of its height only
TABLES: tuple[Colour, ...] = (
    (150, 108, 74),
    (96, 68, 50),
    (188, 160, 128),
    (92, 98, 104),
    (58, 88, 80),
    (206, 204, 198),
)
CASTS = ((1.0, 0.98, 0.93), (1.0, 0.95, 0.85), (0.96, 0.99, 1.0), (1.0, 1.0, 0.98))


@dataclass(frozen=True, kw_only=True)
class Table:
    """What the paper lies on.

    Attributes:
        colour: Its colour, also seen through holes of the paper.
        grain: Strength of the grain of its wood; 0 for a plain table.
    """

    colour: Colour
    grain: float


def draw_table(rng: np.random.Generator) -> Table:
    """Draw a table."""
    number = int(rng.integers(len(TABLES)))
    return Table(colour=TABLES[number], grain=float(rng.uniform(6, 18)) if number < 3 else 0.0)


def photograph(
    pixels: Pixels, rng: np.random.Generator, dpi: int, table: Table, *, curled: bool = False
) -> tuple[Pixels, Transform]:
    """Photograph a paper, RGB.

    Args:
        pixels: The paper.
        rng: Decides how.
        dpi: Resolution.
        table: What it lies on.
        curled: Whether it does not lie flat.

    Returns:
        The photograph, and the map from the paper to it.
    """
    page = (pixels.shape[1], pixels.shape[0])
    canvas = (round(page[0] * rng.uniform(1.06, 1.16)), round(page[1] * rng.uniform(1.05, 1.14)))
    step = seen_from(
        page,
        pitch_deg=float(rng.uniform(-14, 14)),
        yaw_deg=float(rng.uniform(-11, 11)),
        roll_deg=float(rng.uniform(-5, 5)),
        distance=float(rng.uniform(1.5, 2.2)),
        canvas=canvas,
        fill=float(rng.uniform(0.88, 0.97)),
    )
    photo = _table_under(Transform(matrix=step).points(corners(Box(0, 0, *page))), canvas, rng, table, dpi)
    if not curled:
        cv2.warpPerspective(pixels, step, canvas, dst=photo, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
        return _lit(photo, rng), Transform(matrix=step)
    curl = draw_curl(rng, page)
    _lay_curled(_shaded(pixels, curl), curl, step, photo)
    return _lit(photo, rng), Transform(matrix=step, curl=curl)


def draw_curl(rng: np.random.Generator, page: Size) -> Curl:
    """Draw how a sheet curls: an arch, an edge that stands up, or a wave; the middle of the lift is zero."""
    along = np.linspace(0, 1, COLUMNS)
    kind, strength = int(rng.integers(3)), float(rng.uniform(0.008, 0.022)) * page[1]
    shape = np.sin(np.pi * along) if kind == 0 else along**2.5 if kind == 1 else np.sin(2 * np.pi * along) / 2
    if rng.random() < 0.5:
        shape = shape[::-1]
    if kind == 0 and rng.random() < 0.5:
        shape = -shape
    lift = strength * (shape - (shape.max() + shape.min()) / 2)
    slope = np.gradient(lift * LIFT_TO_HEIGHT, page[0] / (COLUMNS - 1))
    steps = page[0] / (COLUMNS - 1) / np.sqrt(1 + slope**2)
    across = np.concatenate(([0.0], np.cumsum((steps[1:] + steps[:-1]) / 2)))
    return Curl(width=page[0], across=across + (page[0] - across[-1]) / 2, lift=lift)


def _shaded(pixels: Pixels, curl: Curl) -> Pixels:
    """Darken what leans away from the light, from the left."""
    slope = np.gradient(curl.lift * LIFT_TO_HEIGHT, curl.places)
    light = np.interp(np.arange(pixels.shape[1]), curl.places, 1 - np.clip(0.6 * slope, -0.12, 0.4))
    row = np.repeat((light * FULL_LIGHT).round().astype(np.uint8)[None, :, None], 3, axis=2)
    shaded = np.empty_like(pixels)
    for top in range(0, len(pixels), BAND_PX):
        part = pixels[top : top + BAND_PX]
        shaded[top : top + BAND_PX] = cv2.multiply(part, np.repeat(row, len(part), axis=0), scale=1 / FULL_LIGHT)
    return shaded


def _lay_curled(pixels: Pixels, curl: Curl, step: Matrix, photo: Pixels) -> None:
    """Lay a curled paper on a photograph of the table, band by band."""
    back = np.linalg.inv(step).astype(np.float32)
    height, width = photo.shape[:2]
    x = np.arange(width, dtype=np.float32)[None, :]
    for top in range(0, height, BAND_PX):
        y = np.arange(top, min(top + BAND_PX, height), dtype=np.float32)[:, None]
        u, v, w = (back[row, 0] * x + back[row, 1] * y + back[row, 2] for row in range(3))
        map_x, map_y = curl.flat(u / w, v / w)
        band = photo[top : top + BAND_PX]
        cv2.remap(pixels, map_x, map_y, cv2.INTER_LINEAR, dst=band, borderMode=cv2.BORDER_TRANSPARENT)


def _table_under(paper: NDArray[np.float64], canvas: Size, rng: np.random.Generator, table: Table, dpi: int) -> Pixels:
    """Draw the table with the shadow of the paper on it."""
    small = (canvas[0] // COARSE + 1, canvas[1] // COARSE + 1)
    wood = np.empty((small[1], small[0], 3), dtype=np.float32)
    wood[:] = np.array(table.colour, dtype=np.float32)
    lines = rng.normal(0, 1, (small[1] // 2 + 1, 3)).astype(np.float32)
    wood += (cv2.resize(lines, small, interpolation=cv2.INTER_CUBIC) * np.float32(table.grain))[:, :, None]
    shade = np.zeros((small[1], small[0]), dtype=np.float32)
    shift = rng.uniform(-3, 3, 2) * dpi / MM_PER_INCH
    cv2.fillPoly(shade, [((paper + shift) / COARSE).round().astype(np.int32)], 0.6)
    shade = np.asarray(cv2.GaussianBlur(shade, (0, 0), 2.5 * dpi / MM_PER_INCH / COARSE), dtype=np.float32)
    dim = np.clip(wood * (1 - shade[:, :, None]), 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(dim, canvas, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _lit(photo: Pixels, rng: np.random.Generator) -> Pixels:
    """Put the photograph in uneven light: a slope, the shadow of hand and phone, a spot of glare, a cast of colour."""
    height, width = photo.shape[:2]
    y, x = np.mgrid[0 : 1 : complex(0, height // COARSE), 0 : 1 : complex(0, width // COARSE)].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 - np.float32(rng.uniform(0.1, 0.3)) * (
        0.5 + 0.5 * (np.cos(angle) * (2 * x - 1) + np.sin(angle) * (2 * y - 1))
    )
    if rng.random() < 0.6:
        light *= 1 - np.float32(rng.uniform(0.12, 0.35)) * _hand_shadow(x, y, rng)
    cast = np.array(CASTS[int(rng.integers(len(CASTS)))], dtype=np.float32)
    gain = np.clip(light[:, :, None] * cast * np.float32(rng.uniform(0.92, 1.06)), 0, 1.15)
    steps = (gain * FULL_LIGHT).round().astype(np.uint8)
    full = np.asarray(cv2.resize(steps, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    lit = np.asarray(cv2.multiply(photo, full, dst=full, scale=1 / FULL_LIGHT), dtype=np.uint8)
    return _glared(lit, x, y, rng) if rng.random() < 0.5 else lit


def _hand_shadow(x: NDArray[np.float32], y: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a soft shadow that reaches in from a border, 0 to 1."""
    angle, edge, wave = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 0.45), rng.uniform(2, 6)
    along = np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5)
    aside = np.cos(angle) * (y - 0.5) - np.sin(angle) * (x - 0.5)
    depth = (along - edge * 0.6 + 0.06 * np.sin(aside * wave)) / rng.uniform(0.03, 0.12)
    return np.asarray(1 / (1 + np.exp(-np.clip(depth, -30, 30))), dtype=np.float32)


def _glared(photo: Pixels, x: NDArray[np.float32], y: NDArray[np.float32], rng: np.random.Generator) -> Pixels:
    """Let a lamp shine back from the paper: a pale spot with a weak middle."""
    left, top = rng.uniform(0.15, 0.85, 2)
    wide, high = rng.uniform(0.05, 0.13), rng.uniform(0.03, 0.08)
    spot = np.exp(-(((x - left) / wide) ** 2) - ((y - top) / high) ** 2) * np.float32(rng.uniform(0.35, 0.7))
    height, width = photo.shape[:2]
    full = np.asarray(cv2.resize(spot, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    rows, columns = (np.flatnonzero(full.max(axis=axis) > 0.004) for axis in (1, 0))
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    pale = photo[part].astype(np.float32)
    photo[part] = (pale + (255 - pale) * full[part][:, :, None]).astype(np.uint8)
    return photo
