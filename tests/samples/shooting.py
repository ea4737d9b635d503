"""From printed sides to scanned pages: one image may show one page or, of an opened certificate, two."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from PIL import Image

from tests.samples.damages import draw_device, draw_faults
from tests.samples.leaves import Arrangement, Group, Leaf, back_of, draw_turn, laid_out
from tests.samples.pens import LASER
from tests.samples.scan import Ground, Paper, Scan, capture, damage_paper, draw_ground
from tests.samples.sheet import Box
from tests.samples.stamps import stamp_over

PLASTIC_BELOW_MM = 100.0
GROUND_STREAM, DEVICE_STREAM = 2**20, 2**20 + 1


@dataclass(frozen=True, kw_only=True)
class SamplePage:
    """One scanned page; the two halves of a spread share their image.

    Attributes:
        kind: As in a reading: certificate_1 ... certificate_4, certificate_front, certificate_back, supplement,
            id_card_front, id_card_back, application, other, blank.
        model: Model of the certificate; None for other papers.
        image: Decoded scan, RGB, turned as its EXIF says.
        jpeg: The scan as a file, the same pixels.
        picture: Number of the image in its dossier or pile, from 0.
        boxes: Where each path's value is printed, in pixels of the image.
        values: What is printed there.
        pens: What it is written with, of those not printed by laser.
        box: Where the page itself lies in the image.
        rotation_deg: How far the content stands turned clockwise: 0, 90, 180 or 270.
        skew_deg: Lean of the page beyond that, positive clockwise.
        dpi: Resolution.
        damages: Names of its damages, as in `tests.samples.damages.DAMAGES`.
        dossier: Number of its dossier in a pile; None if it belongs to none.
    """

    kind: str
    model: str | None
    image: Image.Image
    jpeg: bytes
    picture: int
    boxes: dict[str, Box]
    values: dict[str, str]
    pens: dict[str, str]
    box: Box
    rotation_deg: int
    skew_deg: float
    dpi: int
    damages: tuple[str, ...]
    dossier: int | None


@dataclass(frozen=True, kw_only=True)
class Studio:
    """Where the papers of one person's visit are scanned: the same device and ground for all of them.

    Attributes:
        seed: Decides everything.
        level: "clean", "office" or "poor".
        damages: Exactly these damages; None leaves them to the level.
        arrangement: How the papers lie.
        device: How pictures are taken.
        ground: What lies behind the papers.
    """

    seed: int
    level: str
    damages: Collection[str] | None
    arrangement: Arrangement
    device: str
    ground: Ground


def open_studio(seed: int, level: str, damages: Collection[str] | None, arrangement: Arrangement) -> Studio:
    """Draw device and ground."""
    device = draw_device(np.random.default_rng([seed, DEVICE_STREAM]), level, damages)
    ground = draw_ground(np.random.default_rng([seed, GROUND_STREAM]))
    return Studio(seed=seed, level=level, damages=damages, arrangement=arrangement, device=device, ground=ground)


def shoot(studio: Studio, group: Group, picture: int) -> list[SamplePage]:
    """Scan one image; returns its pages, left to right as one reads them."""
    rng = np.random.default_rng([studio.seed, picture])
    dice = Random(f"{studio.seed}/{picture}/lying")
    faults = draw_faults(rng, studio.level, studio.device, studio.damages)
    if group[0].sheet.height_mm < PLASTIC_BELOW_MM:
        faults = replace(faults, paper=frozenset(), curled=False)
    stamped = "stamp" in faults.paper and stamp_over(dice.choice(group).sheet, dice)
    pixels, steps, printed = laid_out(group)
    paper = Paper(pixels=pixels, printed=printed, back=back_of(group) if "bleed" in faults.paper else None)
    dpi = group[0].sheet.dpi
    damaged, lacking = damage_paper(paper, faults, studio.ground, rng, dpi)
    scan = capture(
        damaged,
        faults,
        studio.ground,
        rng,
        dpi,
        rotation_deg=draw_turn(studio.arrangement, dice),
        lacking=lacking if stamped else lacking | {"stamp"},
    )
    return [_page(scan, leaf, scan.after(step), picture) for leaf, step in zip(group, steps, strict=True)]


def _page(whole: Scan, leaf: Leaf, scan: Scan, picture: int) -> SamplePage:
    size = leaf.sheet.image.size
    lean = scan.transform.lean_deg(size)
    rotation_deg = round(lean / 90) % 4 * 90
    return SamplePage(
        kind=leaf.kind,
        model=leaf.model,
        image=whole.image,
        jpeg=whole.jpeg,
        picture=picture,
        boxes={path: scan.box(printed.box) for path, printed in leaf.sheet.fields.items()},
        values={path: printed.value for path, printed in leaf.sheet.fields.items()},
        pens={path: printed.pen for path, printed in leaf.sheet.fields.items() if printed.pen != LASER},
        box=scan.box(Box(0, 0, *size)),
        rotation_deg=rotation_deg,
        skew_deg=round((lean - rotation_deg + 180) % 360 - 180, 2) + 0.0,
        dpi=leaf.sheet.dpi,
        damages=scan.damages,
        dossier=leaf.dossier,
    )
