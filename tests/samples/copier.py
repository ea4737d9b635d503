"""What becomes of colour: a grey scan, a photocopy, a black-and-white copy as fax machines make it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.samples.sheet import MM_PER_INCH
from tests.samples.transform import Matrix, Size, moved

Pixels = NDArray[np.uint8]
COPY_PAPERS_MM = ((210.0, 297.0), (420.0, 297.0))


def grey(pixels: Pixels) -> Pixels:
    """Take away the colours: luma, in one plane."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def photocopy(pixels: Pixels, rng: np.random.Generator, dpi: int) -> tuple[Pixels, Matrix]:
    """Copy onto white A4 or A3: harder contrast, the pink pattern as grey speckles, dark edges, a streak or two.

    Returns:
        The copy in one grey plane, and the step from the original's place to the copy's.
    """
    copied, step = _on_copy_paper(_toner(grey(pixels), rng), rng, dpi)
    _darken_edges(copied, rng, dpi)
    for _ in range(int(rng.integers(0, 3))):
        column = int(rng.integers(copied.shape[1]))
        copied[:, column : column + max(1, dpi // 150)] -= (
            copied[:, column : column + max(1, dpi // 150)] * rng.uniform(0.05, 0.3)
        ).astype(np.uint8)
    return copied, step


def black_and_white(plane: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Make every pixel black or white as a fax machine does, with specks."""
    soft = np.asarray(cv2.GaussianBlur(plane, (0, 0), 0.05 * dpi / MM_PER_INCH), dtype=np.uint8)
    ground = float(np.median(soft[::8, ::8]))
    rough = rng.integers(0, 28, plane.shape, dtype=np.uint8)
    dark = cv2.add(soft, rough) < ground * rng.uniform(0.72, 0.8)
    black = dark ^ (rng.random(plane.shape, dtype=np.float32) < 0.0006)
    return np.where(black, np.uint8(0), np.uint8(255))


def _toner(plane: Pixels, rng: np.random.Generator) -> Pixels:
    """Harden the contrast around a threshold; mid tones break up into speckles."""
    white, black = rng.uniform(208, 248), rng.uniform(60, 85)
    levels = np.clip((np.arange(256, dtype=np.float32) - black) / (white - black), 0, 1)
    curve = (levels * levels * (3 - 2 * levels) * 227 + 22).astype(np.uint8)
    rough = rng.integers(0, 34, plane.shape, dtype=np.uint8)
    speckled = cv2.subtract(cv2.add(plane, np.full_like(plane, 17)), rough)
    return np.asarray(cv2.LUT(speckled, curve), dtype=np.uint8)


def _on_copy_paper(plane: Pixels, rng: np.random.Generator, dpi: int) -> tuple[Pixels, Matrix]:
    height, width = plane.shape
    paper = _copy_paper((width, height), dpi)
    slack = (paper[0] - width, paper[1] - height)
    x, y = (int(rng.uniform(0.1, 0.9) * room) for room in slack)
    copied = np.full((paper[1], paper[0]), 249, dtype=np.uint8)
    copied[y : y + height, x : x + width] = plane
    edge = max(1, dpi // 100)
    cv2.rectangle(copied, (x - edge, y - edge), (x + width, y + height), int(rng.integers(120, 200)), edge)
    return copied, moved(x, y)


def _copy_paper(size: Size, dpi: int) -> Size:
    """Return the smallest copy paper the original fits on, else the original's own size."""
    papers = [(round(w * dpi / MM_PER_INCH), round(h * dpi / MM_PER_INCH)) for w, h in COPY_PAPERS_MM]
    return next((paper for paper in papers if paper[0] >= size[0] and paper[1] >= size[1]), size)


def _darken_edges(copied: Pixels, rng: np.random.Generator, dpi: int) -> None:
    """Leave a black band along one or two edges, as under a lid that stands open."""
    unit = dpi / MM_PER_INCH
    for side in rng.permutation(4)[: int(rng.integers(1, 3))]:
        turned = np.rot90(copied, int(side))
        length = turned.shape[1]
        depth = rng.uniform(1.0, 4.0) * unit * (1 + rng.uniform(-0.6, 0.6) * np.linspace(-1, 1, length))
        depth += np.interp(np.arange(length), np.linspace(0, length, 40), rng.normal(0, 0.25 * unit, 40))
        rows = np.arange(round(8 * unit), dtype=np.float32)[:, None]
        light = np.clip((rows - depth) / (0.8 * unit), 0.12, 1).astype(np.float32)
        turned[: len(rows)] = (turned[: len(rows)] * light).astype(np.uint8)
