"""Printed sides of paper and the order and company in which they come before the scanner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.samples.sheet import MM_PER_INCH, Box, Sheet
from tests.samples.transform import Matrix, moved

OUTSIDE, INSIDE = ("certificate_4", "certificate_1"), ("certificate_2", "certificate_3")
BACKS = {"certificate_1": "certificate_2", "certificate_3": "certificate_4", "certificate_front": "certificate_back"}
CREASE_MM = 3.0


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """How papers come before the scanner; each number is how often, 0 (never) to 1 (always).

    Attributes:
        spreads: A four-page certificate is scanned opened: pages 4 and 1 in one image, pages 2 and 3 in another.
        turned: An image stands turned by 90, 180 or 270 degrees.
        shuffled: The images of a dossier, or the papers of a pile, are in any order.
        papers: A dossier has ID cards, other papers and blank backsides with it.
    """

    spreads: float = 0.0
    turned: float = 0.0
    shuffled: float = 0.0
    papers: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One printed side.

    Attributes:
        kind: As in a reading: certificate_1, id_card_front, application, blank ...
        model: Model of the certificate it belongs to; None for other papers.
        sheet: The print.
        back: What is printed on its other side.
        dossier: Number of the dossier in its pile; None if it belongs to none.
    """

    kind: str
    model: str | None
    sheet: Sheet
    back: Sheet | None = None
    dossier: int | None = 0

    @property
    def is_certificate(self) -> bool:
        """Whether it shows the certificate itself, so that its print fills the record."""
        return self.model is not None


Group = tuple[Leaf, ...]


def certificate_leaves(model: str, printed: Sequence[tuple[str, Sheet]], dossier: int = 0) -> list[Leaf]:
    """Return the sides of a certificate, each knowing its other side."""
    sheets = dict(printed)
    others = BACKS | {back: front for front, back in BACKS.items()}
    return [
        Leaf(kind=kind, model=model, sheet=sheet, back=sheets.get(others.get(kind, "")), dossier=dossier)
        for kind, sheet in printed
    ]


def grouped(leaves: Sequence[Leaf], arrangement: Arrangement, rng: Random) -> list[Group]:
    """Put the sides of one dossier into images: opened or page by page, in printed order or any."""
    kinds = {leaf.kind: leaf for leaf in leaves}
    opened = rng.random() < arrangement.spreads and all(kind in kinds for kind in (*OUTSIDE, *INSIDE))
    groups: list[Group] = []
    if opened:
        groups = [tuple(kinds[kind] for kind in pair) for pair in (OUTSIDE, INSIDE)]
    in_spread = {leaf.kind for group in groups for leaf in group}
    groups += [(leaf,) for leaf in leaves if leaf.kind not in in_spread]
    if rng.random() < arrangement.shuffled:
        rng.shuffle(groups)
    return groups


def draw_turn(arrangement: Arrangement, rng: Random) -> int:
    """Draw how far an image stands turned clockwise."""
    return rng.choice((90, 180, 180, 270)) if rng.random() < arrangement.turned else 0


def laid_out(group: Group) -> tuple[NDArray[np.uint8], list[Matrix], list[Box]]:
    """Lay the sides of an image beside each other.

    Returns:
        The pixels, the step from each side to them, and where there is print.
    """
    steps, printed, left = [], [], 0
    for leaf in group:
        steps.append(moved(left, 0))
        boxes = [box for _, box in leaf.sheet.words] + [field.box for field in leaf.sheet.fields.values()]
        printed += [Box(box.x + left, box.y, box.width, box.height) for box in boxes]
        left += leaf.sheet.image.width
    pixels = _beside([leaf.sheet for leaf in group])
    if len(group) > 1:
        _crease(pixels, group[0].sheet.image.width, group[0].sheet.dpi)
    return pixels, steps, printed


def back_of(group: Group) -> NDArray[np.uint8] | None:
    """Return what is printed behind an image, as it looks from its own side; None if nothing is."""
    backs = [leaf.back for leaf in reversed(group) if leaf.back is not None]
    return _beside(backs) if len(backs) == len(group) else None


def _beside(sheets: Sequence[Sheet]) -> NDArray[np.uint8]:
    height = max(sheet.image.height for sheet in sheets)
    parts = [np.asarray(sheet.image) for sheet in sheets]
    grown = [np.pad(part, ((0, height - len(part)), (0, 0), (0, 0)), mode="edge") for part in parts]
    return np.ascontiguousarray(np.hstack(grown)) if len(grown) > 1 else grown[0]


def _crease(pixels: NDArray[np.uint8], middle: int, dpi: int) -> None:
    """Darken the fold between two pages of an opened certificate."""
    reach = round(CREASE_MM * dpi / MM_PER_INCH)
    away = np.abs(np.arange(-reach, reach, dtype=np.float32)) / np.float32(reach)
    light = (0.86 + 0.14 * np.sqrt(away)).astype(np.float32)
    part = pixels[:, middle - reach : middle + reach]
    shade = np.repeat(np.broadcast_to(light, part.shape[:2])[:, :, None], 3, axis=2)
    part[:] = cv2.multiply(part, np.ascontiguousarray(shade), dtype=cv2.CV_8U)
