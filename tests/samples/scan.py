"""From a printed sheet to a file: what the paper suffered, what device took its picture, what the file keeps.

One image has one `Transform` per page; every step that moves the print is part of it.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from tests.samples import copier, wear
from tests.samples.damages import Faults
from tests.samples.phone import Table, draw_table, photograph
from tests.samples.sheet import MM_PER_INCH, Box, Colour
from tests.samples.transform import Matrix, Transform, leaned, leaning_size, quarter_turned

Pixels = NDArray[np.uint8]
LIDS: tuple[Colour, ...] = ((244, 243, 240), (252, 252, 252), (226, 226, 224), (34, 33, 36))
LID_SHARES = (0.6, 0.2, 0.1, 0.1)
MARGIN_MM = 7.0
BAND_PX = 512
EXIF_ORIENTATION = 0x0112
TURNED_BACK = {3: 180, 6: 270, 8: 90}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One side of a sheet as it lies on the glass.

    Attributes:
        pixels: The print, RGB.
        printed: Where there is print, for what must not be hidden.
        back: The print of its other side, RGB, or None.
    """

    pixels: Pixels
    printed: Sequence[Box] = ()
    back: Pixels | None = None


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What lies behind the paper: the lid of a scanner or a table."""

    lid: Colour
    table: Table

    def behind(self, device: str) -> Colour:
        """Return the colour seen through a hole."""
        return self.table.colour if device == "photo" else self.lid


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A scanned image.

    Attributes:
        jpeg: The file as the device delivered it; a phone's may carry an EXIF turn.
        image: The same, decoded and turned as EXIF says, RGB.
        transform: From the pixels of what was scanned to those of the image.
        damages: Names of the damages it has.
    """

    jpeg: bytes
    image: Image.Image
    transform: Transform
    damages: tuple[str, ...]

    def box(self, printed: Box) -> Box:
        """Return where a printed box lies on the scan, upright, inside the image."""
        return self.transform.box(printed, self.image.size)

    def after(self, step: Matrix) -> Scan:
        """Return the same scan for something that had to take a step to where it was scanned."""
        return replace(self, transform=self.transform.after(step))


def draw_ground(rng: np.random.Generator) -> Ground:
    """Draw what lies behind the papers of a dossier."""
    return Ground(lid=LIDS[int(rng.choice(len(LIDS), p=LID_SHARES))], table=draw_table(rng))


def damage_paper(
    paper: Paper, faults: Faults, ground: Ground, rng: np.random.Generator, dpi: int
) -> tuple[Pixels, set[str]]:
    """Let a paper suffer; returns its pixels and the damages that cannot be seen on it after all."""
    pixels, lacking = paper.pixels, set[str]()
    if faults.fading:
        pixels = wear.fade(pixels, faults.fading)
    if faults.wear:
        pixels = wear.rub_off(pixels, rng, faults.wear, dpi)
    if "bleed" in faults.paper:
        if paper.back is None:
            lacking.add("bleed")
        else:
            pixels = wear.show_back(pixels, paper.back, float(rng.uniform(0.1, 0.24)), dpi)
    if "fold" in faults.paper:
        pixels = wear.fold(pixels, rng, dpi)
    if "corner" in faults.paper:
        spoiled = wear.spoil_corner(pixels, rng, dpi, ground.behind(faults.device), paper.printed)
        pixels = pixels if spoiled is None else spoiled
        lacking |= {"corner"} if spoiled is None else set()
    if "holes" in faults.paper:
        pixels = wear.punch(pixels, dpi, ground.behind(faults.device))
    if "staple" in faults.paper:
        pixels = wear.staple(pixels, rng, dpi)
    return pixels, lacking


def scan_page(page: Image.Image, faults: Faults, rng: np.random.Generator, dpi: int, *, rotation_deg: int = 0) -> Scan:
    """Damage and scan one page by itself, at the resolution it was printed for."""
    ground = draw_ground(rng)
    pixels, lacking = damage_paper(Paper(pixels=np.asarray(page)), faults, ground, rng, dpi)
    return capture(pixels, faults, ground, rng, dpi, rotation_deg=rotation_deg, lacking=lacking)


def capture(
    pixels: Pixels,
    faults: Faults,
    ground: Ground,
    rng: np.random.Generator,
    dpi: int,
    *,
    rotation_deg: int = 0,
    lacking: Sequence[str] | set[str] = (),
) -> Scan:
    """Take the picture of a damaged paper.

    Args:
        pixels: The paper, RGB.
        faults: What goes wrong.
        ground: What lies behind it.
        rng: Decides the rest.
        dpi: Resolution of print and picture.
        rotation_deg: How far the content stands turned clockwise: 0, 90, 180 or 270.
        lacking: Damages that are not to be seen although the faults name them.
    """
    taken, transform = _taken(pixels, faults, ground, rng, dpi)
    transform = transform.then(quarter_turned(rotation_deg, (taken.shape[1], taken.shape[0])))
    taken = np.ascontiguousarray(np.rot90(taken, -rotation_deg // 90))
    blurred = np.asarray(cv2.GaussianBlur(taken, (0, 0), _blur_px(faults, rng, dpi)), dtype=np.uint8)
    spoiled = blurred if faults.device == "fax" else _light_and_noise(blurred, rng, faults)
    orientation = int(rng.choice((3, 6, 8))) if faults.device == "photo" and rng.random() < 0.4 else 1
    jpeg = _encode(spoiled, faults.quality, dpi, orientation)
    with Image.open(io.BytesIO(jpeg)) as decoded:
        image = ImageOps.exif_transpose(decoded).convert("RGB")
    damages = tuple(name for name in faults.names if name not in lacking)
    return Scan(jpeg=jpeg, image=image, transform=transform, damages=damages)


def _taken(
    pixels: Pixels, faults: Faults, ground: Ground, rng: np.random.Generator, dpi: int
) -> tuple[Pixels, Transform]:
    """Take the picture as the device does; returns it and where the print went."""
    transform = Transform.none()
    if faults.device == "photo":
        return photograph(pixels, rng, dpi, ground.table, curled=faults.curled)
    if faults.device == "grey":
        pixels = copier.grey(pixels)
    elif faults.device in {"photocopy", "fax"}:
        pixels, step = copier.photocopy(pixels, rng, dpi)
        transform = transform.then(step)
    leaning, step = _leaned(pixels, faults.skew_deg, ground.lid, dpi)
    taken = copier.black_and_white(leaning, rng, dpi) if faults.device == "fax" else leaning
    return taken, transform.then(step)


def _leaned(pixels: Pixels, skew_deg: float, lid: Colour, dpi: int) -> tuple[Pixels, Matrix]:
    """Turn the page on the glass; where more than a margin would be lost, the picture grows. Corners show the lid."""
    page = (pixels.shape[1], pixels.shape[0])
    lost_mm = max(page) / 2 * abs(math.sin(math.radians(skew_deg))) * MM_PER_INCH / dpi
    canvas = leaning_size(skew_deg, page) if lost_mm > MARGIN_MM else page
    step = leaned(skew_deg, page, canvas)
    if not skew_deg:
        return pixels, step
    border = lid if pixels.ndim == 3 else lid[:1]
    turned = cv2.warpAffine(pixels, step[:2], canvas, flags=cv2.INTER_LINEAR, borderValue=border)
    return np.asarray(turned, dtype=np.uint8), step


def _blur_px(faults: Faults, rng: np.random.Generator, dpi: int) -> float:
    """Return the blur of the optics; a phone seldom hits the focus."""
    focus = float(rng.uniform(0.8, 1.5)) if faults.device == "photo" else 1.0
    return max(0.2, (0.4 if faults.device == "fax" else 1.0) * focus * faults.blur_mm * dpi / MM_PER_INCH)


def _light_and_noise(pixels: Pixels, rng: np.random.Generator, faults: Faults) -> Pixels:
    """Darken unevenly and add sensor noise, the same in all colours; band by band, to keep memory small."""
    planes = 1 if pixels.ndim == 2 else pixels.shape[2]
    light = _shading(pixels.shape[1], pixels.shape[0], rng, faults.shading) if faults.shading else None
    result = np.empty_like(pixels)
    for top in range(0, len(pixels), BAND_PX):
        band = np.s_[top : top + BAND_PX]
        part = pixels[band]
        if light is not None:
            part = np.asarray(cv2.multiply(part, cv2.merge([light[band]] * planes), dtype=cv2.CV_8U), dtype=np.uint8)
        noise = rng.standard_normal(part.shape[:2], dtype=np.float32)
        noise *= np.float32(faults.noise)
        result[band] = cv2.add(part, cv2.merge([noise.round().astype(np.int16)] * planes), dtype=cv2.CV_8U)
    return result


def _shading(width: int, height: int, rng: np.random.Generator, share: float) -> NDArray[np.float32]:
    """Return the light of a tired lamp, at most 1."""
    coarse = 1 - share * rng.random((3, 3), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def _encode(pixels: Pixels, quality: int, dpi: int, orientation: int) -> bytes:
    """Write a JPEG file; with an orientation, the pixels lie as the phone was held and EXIF says how to turn them."""
    exif = Image.Exif()
    if orientation != 1:
        pixels = np.rot90(pixels, -TURNED_BACK[orientation] // 90)
        exif[EXIF_ORIENTATION] = orientation
    buffer = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(
        buffer, format="JPEG", quality=quality, dpi=(dpi, dpi), **({"exif": exif} if orientation != 1 else {})
    )
    return buffer.getvalue()
