"""What lies with a certificate in the pile: for now the empty backs of its papers, which a feeder scans as well."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image

from tests.samples.leaves import BACKS, Leaf
from tests.samples.sheet import Colour, Sheet

PAPER_TONES: tuple[Colour, ...] = ((251, 250, 247), (247, 246, 241), (244, 240, 230))
TWO_SIDED = {*BACKS, *BACKS.values(), "id_card_front", "id_card_back"}
BLANK_SHARE = 0.5


def with_blanks(leaves: Sequence[Leaf], rng: Random) -> list[Leaf]:
    """Return the sides with the empty backs of some sheets that are printed on one side."""
    seen: list[Leaf] = []
    for leaf in leaves:
        seen.append(leaf)
        if leaf.kind not in TWO_SIDED and rng.random() < BLANK_SHARE:
            seen.append(_blank_behind(leaf, rng))
    return seen


def _blank_behind(leaf: Leaf, rng: Random) -> Leaf:
    paper = Image.new("RGB", leaf.sheet.image.size, rng.choice(PAPER_TONES))
    return Leaf(kind="blank", model=None, sheet=Sheet(paper, leaf.sheet.dpi), back=leaf.sheet, dossier=leaf.dossier)
