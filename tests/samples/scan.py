"""What an office scanner makes of a printed page: fading, uneven light, a lean, blur, noise, JPEG.

Three levels: "clean", "office" and "poor".
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.samples.sheet import MM_PER_INCH, Box

GLASS = (244, 243, 240)
WEAR_SPOT_MM = 0.5


@dataclass(frozen=True, kw_only=True)
class ScanLevel:
    """The largest faults of a level.

    Attributes:
        skew_deg: Lean to either side.
        fading: Share of contrast that may be lost.
        blur_mm: Standard deviation of the blur.
        noise: Standard deviation of the noise, in grey levels.
        shading: Share of light that may be missing in a corner.
        wear: Share of ink that may be missing in worn spots.
        quality: Range of the JPEG quality.
    """

    skew_deg: float
    fading: float
    blur_mm: float
    noise: float
    shading: float
    wear: float
    quality: tuple[int, int]


LEVELS = {
    "clean": ScanLevel(skew_deg=0.0, fading=0.0, blur_mm=0.03, noise=1.5, shading=0.0, wear=0.0, quality=(90, 90)),
    "office": ScanLevel(skew_deg=1.5, fading=0.18, blur_mm=0.075, noise=5.0, shading=0.06, wear=0.0, quality=(75, 75)),
    "poor": ScanLevel(skew_deg=3.0, fading=0.42, blur_mm=0.115, noise=10.0, shading=0.3, wear=0.45, quality=(55, 65)),
}


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A scanned page.

    Attributes:
        jpeg: The file as the scanner delivered it.
        image: The same, decoded.
        skew_deg: Lean, positive clockwise.
    """

    jpeg: bytes
    image: Image.Image
    skew_deg: float
    _matrix: NDArray[np.float64]

    def box(self, printed: Box) -> Box:
        """Return where a box of the printed page lies on the scan, upright, inside the image."""
        right, bottom = printed.x + printed.width, printed.y + printed.height
        corners = np.array([(x, y, 1.0) for x in (printed.x, right) for y in (printed.y, bottom)])
        turned = corners @ self._matrix.T
        left, top = (max(0, math.floor(low)) for low in turned.min(axis=0))
        width = min(self.image.width, math.ceil(turned[:, 0].max())) - left
        height = min(self.image.height, math.ceil(turned[:, 1].max())) - top
        return Box(left, top, width, height)


def scan_page(page: Image.Image, level: str, rng: np.random.Generator, dpi: int) -> Scan:
    """Scan a printed page at the resolution it was printed for."""
    faults = LEVELS[level]
    pixels = _fade(np.asarray(page), rng.uniform(0.4, 1.0) * faults.fading)
    if faults.wear:
        pixels = _wear(pixels, rng, faults.wear, dpi)
    skew_deg = round(float(rng.uniform(-faults.skew_deg, faults.skew_deg)), 2)
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), -skew_deg, 1.0)
    matrix = np.asarray(turn, dtype=np.float64)
    if skew_deg:
        pixels = _turn(pixels, matrix)
    sigma = rng.uniform(0.6, 1.0) * faults.blur_mm * dpi / MM_PER_INCH
    blurred = np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8)
    jpeg = _encode(
        _light_and_noise(blurred, rng, faults), int(rng.integers(faults.quality[0], faults.quality[1] + 1)), dpi
    )
    with Image.open(io.BytesIO(jpeg)) as decoded:
        image = decoded.convert("RGB")
    return Scan(jpeg=jpeg, image=image, skew_deg=skew_deg, _matrix=matrix)


def _fade(pixels: NDArray[np.uint8], share: float) -> NDArray[np.uint8]:
    """Draw all colours toward a light, slightly yellow tone."""
    if not share:
        return pixels
    levels = np.arange(256, dtype=np.float32)
    light = np.array((250, 246, 240), dtype=np.float32)
    table = (levels[:, None] + (light - levels[:, None]) * share).round().astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, table.reshape(256, 1, 3)), dtype=np.uint8)


def _wear(pixels: NDArray[np.uint8], rng: np.random.Generator, share: float, dpi: int) -> NDArray[np.uint8]:
    """Rub off ink in small spots: dark pixels come nearer to the colour of the paper there."""
    height, width = pixels.shape[:2]
    cell = max(2, round(WEAR_SPOT_MM * dpi / MM_PER_INCH))
    coarse = rng.random((height // cell + 1, width // cell + 1), dtype=np.float32)
    spots = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
    lost = np.clip((spots - np.float32(0.62)) * np.float32(3), 0, 1) * np.float32(share)
    paper = np.median(pixels[:: cell * 4, :: cell * 4].reshape(-1, 3), axis=0).astype(np.float32)
    missing = np.maximum(paper - pixels, 0)
    return np.asarray(pixels + missing * lost[:, :, None], dtype=np.uint8)


def _turn(pixels: NDArray[np.uint8], matrix: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Turn the page on the glass; the corners show the lid."""
    size = (pixels.shape[1], pixels.shape[0])
    turned = cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR, borderValue=GLASS)
    return np.asarray(turned, dtype=np.uint8)


def _light_and_noise(pixels: NDArray[np.uint8], rng: np.random.Generator, faults: ScanLevel) -> NDArray[np.uint8]:
    """Darken unevenly and add sensor noise, partly the same in all colours."""
    height, width = pixels.shape[:2]
    noise = rng.standard_normal((height, width), dtype=np.float32) * np.float32(faults.noise)
    result = pixels.astype(np.float32)
    if faults.shading:
        coarse = 1 - faults.shading * rng.random((3, 3), dtype=np.float32)
        result *= cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)[:, :, None]
    result += noise[:, :, None]
    return np.clip(result, 0, 255).astype(np.uint8)


def _encode(pixels: NDArray[np.uint8], quality: int, dpi: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="JPEG", quality=quality, dpi=(dpi, dpi))
    return buffer.getvalue()
