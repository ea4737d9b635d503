"""What happens to paper in thirty years of drawers and files: it fades, wears, is folded, punched and stapled.

Nothing here moves the print. What lies behind the paper shows through holes and missing corners.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.samples.sheet import MM_PER_INCH, Box, Colour

Pixels = NDArray[np.uint8]
WEAR_SPOT_MM = 0.5
BAND_PX = 512
HOLE_MM, HOLE_INSET_MM, HOLES_APART_MM = 5.5, 10.0, 80.0
CORNERS_MM = (9.0, 14.0, 20.0)


def fade(pixels: Pixels, share: float) -> Pixels:
    """Draw all colours toward a light, slightly yellow tone."""
    levels = np.arange(256, dtype=np.float32)
    light = np.array((250, 246, 240), dtype=np.float32)
    table = (levels[:, None] + (light - levels[:, None]) * share).round().astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, table.reshape(256, 1, 3)), dtype=np.uint8)


def rub_off(pixels: Pixels, rng: np.random.Generator, share: float, dpi: int) -> Pixels:
    """Rub off ink in small spots: dark pixels come nearer to the colour of the paper there."""
    height, width = pixels.shape[:2]
    cell = max(2, round(WEAR_SPOT_MM * dpi / MM_PER_INCH))
    coarse = rng.random((height // cell + 1, width // cell + 1), dtype=np.float32)
    spots = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
    lost = (np.clip((spots - np.float32(0.62)) * np.float32(3), 0, 1) * np.float32(share * 255)).astype(np.uint8)
    paper = np.median(pixels[:: cell * 4, :: cell * 4].reshape(-1, 3), axis=0).round().astype(np.uint8)
    rubbed = np.empty_like(pixels)
    for top in range(0, height, BAND_PX):
        band = np.s_[top : top + BAND_PX]
        part = pixels[band]
        missing = cv2.subtract(np.broadcast_to(paper, part.shape).copy(), part)
        spot = cv2.merge([lost[band]] * 3)
        rubbed[band] = cv2.add(part, cv2.multiply(missing, spot, scale=1 / 255))
    return rubbed


def fold(pixels: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Fold the sheet across and open it again: a crease with cracked ink, a bright side and a dark one."""
    if rng.random() < 0.35:
        return np.ascontiguousarray(_fold_across(pixels.transpose(1, 0, 2), rng, dpi).transpose(1, 0, 2))
    return _fold_across(pixels, rng, dpi)


def _fold_across(pixels: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Fold along a nearly level line."""
    height, width = pixels.shape[:2]
    unit = dpi / MM_PER_INCH
    place = height * rng.choice((0.33, 0.5, 0.5, 0.67)) + rng.uniform(-6, 6) * unit
    reach = round(12 * unit)
    wander = np.cumsum(rng.normal(0, 0.03 * unit, width // 8 + 2))
    line = np.interp(np.arange(width), np.arange(len(wander)) * 8, wander) + rng.uniform(-0.01, 0.01) * np.arange(width)
    top, bottom = max(0, int(place + line.min()) - reach), min(height, int(place + line.max()) + reach)
    away = ((np.arange(top, bottom)[:, None] - place - line) / unit).astype(np.float32)
    shadow = np.where(away > 0, np.exp(-away / 4.0), 0) * np.float32(rng.uniform(0.2, 0.4))
    bright = np.where(away < 0, np.exp(away / 3.0), 0) * np.float32(0.08)
    crease = np.exp(-((away / np.float32(0.2)) ** 2)) * np.float32(rng.uniform(0.3, 0.5))
    cracked = np.exp(-((away / np.float32(0.35)) ** 2)) * (rng.random(away.shape, dtype=np.float32) < 0.45)
    band = pixels[top:bottom].astype(np.float32)
    band += (235 - band) * (cracked * np.float32(0.8))[:, :, None]
    band *= (1 - shadow + bright - crease)[:, :, None]
    folded = pixels.copy()
    folded[top:bottom] = np.clip(band, 0, 255).astype(np.uint8)
    return folded


def punch(pixels: Pixels, dpi: int, behind: Colour) -> Pixels:
    """Punch two holes for a ring binder into the left margin."""
    unit = dpi / MM_PER_INCH
    radius = round(HOLE_MM / 2 * unit)
    punched = pixels.copy()
    for side in (-1, 1):
        centre = (round(HOLE_INSET_MM * unit), round(pixels.shape[0] / 2 + side * HOLES_APART_MM / 2 * unit))
        cv2.circle(punched, centre, radius + max(1, round(0.25 * unit)), (150, 142, 140), -1, cv2.LINE_AA)
        cv2.circle(punched, centre, radius, behind, -1, cv2.LINE_AA)
    return punched


def staple(pixels: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Put a staple through the upper left corner."""
    unit = dpi / MM_PER_INCH
    angle = np.radians(rng.uniform(-60, 10))
    middle = np.array((rng.uniform(9, 12), rng.uniform(8, 10))) * unit
    half = np.array((np.cos(angle), np.sin(angle))) * 5.5 * unit
    ends: list[list[int]] = [(middle + side * half).round().astype(int).tolist() for side in (-1, 1)]
    stapled = pixels.copy()
    thick = max(1, round(0.55 * unit))
    shadow = [[part + round(0.5 * unit) for part in end] for end in ends]
    cv2.line(stapled, shadow[0], shadow[1], (168, 160, 158), thick + 1, cv2.LINE_AA)
    cv2.line(stapled, ends[0], ends[1], (122, 124, 128), thick, cv2.LINE_AA)
    cv2.line(stapled, ends[0], ends[1], (205, 207, 210), max(1, thick // 3), cv2.LINE_AA)
    for end in ends:
        cv2.circle(stapled, end, thick, (70, 64, 62), -1, cv2.LINE_AA)
    return stapled


def spoil_corner(
    pixels: Pixels, rng: np.random.Generator, dpi: int, behind: Colour, printed: Sequence[Box]
) -> Pixels | None:
    """Tear off or bend over a corner where nothing is printed; None if there is print in every corner."""
    height, width = pixels.shape[:2]
    free = [
        (corner, size)
        for size in (round(length * dpi / MM_PER_INCH) for length in CORNERS_MM)
        for corner in ((0, 0), (width, 0), (0, height), (width, height))
        if not any(_reaches(box, corner, size) for box in printed)
    ]
    if not free:
        return None
    (x, y), size = free[int(rng.integers(len(free)))]
    across, down = (1 if x == 0 else -1), (1 if y == 0 else -1)
    long, short = size * rng.uniform(0.85, 1.0), size * rng.uniform(0.6, 1.0)
    edge = [(x + across * long, y), (x, y + down * short)]
    spoiled = pixels.copy()
    if rng.random() < 0.5:
        cv2.fillPoly(spoiled, [np.array([(x, y), *edge]).round().astype(np.int32)], behind, cv2.LINE_AA)
        return spoiled
    return _bend(spoiled, (x, y), edge, behind, dpi)


def _reaches(box: Box, corner: tuple[int, int], size: int) -> bool:
    """Tell whether a box has a part nearer to a corner than a size, sideways and up or down together."""
    across = box.x if corner[0] == 0 else corner[0] - box.x - box.width
    down = box.y if corner[1] == 0 else corner[1] - box.y - box.height
    return across + down < 1.25 * size


def _bend(pixels: Pixels, corner: tuple[int, int], edge: list[tuple[float, float]], behind: Colour, dpi: int) -> Pixels:
    """Bend a corner over the page: its white back lies there, with a shadow along it."""
    tip, ends = np.array(corner, dtype=np.float64), np.array(edge)
    along = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
    foot = ends[0] + along * np.dot(tip - ends[0], along)
    mirrored = 2 * foot - tip
    flap = np.array([mirrored, *ends]).round().astype(np.int32)
    shade = np.zeros(pixels.shape[:2], dtype=np.uint8)
    cv2.fillPoly(shade, [flap + round(0.8 * dpi / MM_PER_INCH)], 90, cv2.LINE_AA)
    reach = cv2.boundingRect(np.vstack((flap, tip.round().astype(np.int32))))
    pad = round(5 * dpi / MM_PER_INCH)
    left, top = max(0, reach[0] - pad), max(0, reach[1] - pad)
    part = np.s_[top : reach[1] + reach[3] + pad, left : reach[0] + reach[2] + pad]
    soft = np.asarray(cv2.GaussianBlur(shade[part], (0, 0), dpi / MM_PER_INCH), dtype=np.float32)
    pixels[part] = (pixels[part] * (1 - soft[:, :, None] / 255)).astype(np.uint8)
    cv2.fillPoly(pixels, [np.array([tip, *ends]).round().astype(np.int32)], behind, cv2.LINE_AA)
    cv2.fillPoly(pixels, [flap], (240, 233, 229), cv2.LINE_AA)
    cv2.line(pixels, flap[1].tolist(), flap[2].tolist(), (196, 186, 184), max(1, dpi // 150), cv2.LINE_AA)
    return pixels


def show_back(pixels: Pixels, back: Pixels, share: float, dpi: int) -> Pixels:
    """Let the print of the back side shine through, mirrored and soft."""
    darkest = cv2.min(cv2.min(back[:, :, 0], back[:, :, 1]), back[:, :, 2])
    ink = cv2.resize(cv2.flip(cv2.bitwise_not(darkest), 1), (pixels.shape[1], pixels.shape[0]))
    soft = np.asarray(cv2.GaussianBlur(ink, (0, 0), 0.12 * dpi / MM_PER_INCH), dtype=np.uint8)
    paper = int(np.median(soft[::16, ::16]))
    levels = (np.clip(np.arange(256) - paper, 0, None) * share).astype(np.uint8)
    through = cv2.LUT(soft, levels)
    return np.asarray(cv2.subtract(pixels, cv2.merge((through, through, through))), dtype=np.uint8)
