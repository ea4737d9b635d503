"""What lies with a certificate in the pile: ID cards of its holders, other papers, and the empty backs of them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PIL import Image

from tests.samples.certificate import Certificate
from tests.samples.id_cards import CARD_MM, MODELS, draw_id_card
from tests.samples.leaves import BACKS, Leaf
from tests.samples.papers import PAPER_KINDS, draw_paper
from tests.samples.people import Person, draw_person
from tests.samples.places import COMMUNES
from tests.samples.sheet import Colour, Sheet

PAPER_TONES: tuple[Colour, ...] = ((251, 250, 247), (247, 246, 241), (244, 240, 230))
TWO_SIDED = {*BACKS, *BACKS.values(), "id_card_front", "id_card_back", "blank"}
ID_CARD = "id_card"
LOOSE_PAPERS = (ID_CARD, *PAPER_KINDS)
CARD_PAGES_MM = ((148.0, 210.0), (210.0, 297.0), CARD_MM)
OFTEN = ("application", "application", "contract", "tax_notice")
HAS_CARD = {"cccd", "cmnd"}
CARD_SHARE, BLANK_SHARE, FIRST_SHARE = 0.75, 0.5, 0.3


def with_company(leaves: Sequence[Leaf], certificate: Certificate, rng: Random, dpi: int) -> list[Leaf]:
    """Return the sides of a certificate with the papers that came with it.

    Args:
        leaves: Sides of the certificate, all of one dossier.
        certificate: Whose holders' ID cards lie there.
        rng: Decides.
        dpi: Resolution.
    """
    dossier = leaves[0].dossier
    others: list[Leaf] = []
    for number, person in enumerate(certificate.owners.people[:2]):
        if person.id_kind in HAS_CARD and rng.random() < CARD_SHARE:
            others += _cards(person, rng, dpi, dossier, f"holders[{number}]")
    for _ in range(rng.choice((0, 1, 1, 2)) or int(not others)):
        name = rng.choice((*OFTEN, *(name for name in PAPER_KINDS if name != "blank")))
        others.append(_paper(name, rng, dpi, dossier))
    together = [*others, *leaves] if rng.random() < FIRST_SHARE else [*leaves, *others]
    return with_blanks(together, rng)


def loose(names: Sequence[str], rng: Random, dpi: int) -> list[Leaf]:
    """Return papers that belong to no certificate: "id_card" (both sides) or a name of `papers.PAPER_KINDS`."""
    leaves: list[Leaf] = []
    for name in names:
        if name == ID_CARD:
            leaves += _cards(_anybody(rng), rng, dpi, 0, "holders[0]")
        else:
            leaves.append(_paper(name, rng, dpi, 0))
    return leaves


def with_blanks(leaves: Sequence[Leaf], rng: Random) -> list[Leaf]:
    """Return the sides with the empty backs of some sheets that are printed on one side."""
    seen: list[Leaf] = []
    for leaf in leaves:
        seen.append(leaf)
        if leaf.kind not in TWO_SIDED and rng.random() < BLANK_SHARE:
            seen.append(_blank_behind(leaf, rng))
    return seen


def _anybody(rng: Random) -> Person:
    sex, province = rng.choice(("male", "female")), rng.choice(sorted({commune.province for commune in COMMUNES}))
    return draw_person(rng, sex=sex, born=rng.randint(1950, 2004), id_kind="cccd", province=province)


def _cards(person: Person, rng: Random, dpi: int, dossier: int | None, path: str) -> list[Leaf]:
    model, page_mm = rng.choice(MODELS), rng.choice(CARD_PAGES_MM)
    return [
        Leaf(
            kind=f"id_card_{side}",
            model=None,
            sheet=draw_id_card(person, side, rng, dpi, model=model, path=path, page_mm=page_mm),
            dossier=dossier,
        )
        for side in ("front", "back")
    ]


def _paper(name: str, rng: Random, dpi: int, dossier: int | None) -> Leaf:
    return Leaf(kind=PAPER_KINDS[name], model=None, sheet=draw_paper(name, rng, dpi), dossier=dossier)


def _blank_behind(leaf: Leaf, rng: Random) -> Leaf:
    paper = Image.new("RGB", leaf.sheet.image.size, rng.choice(PAPER_TONES))
    return Leaf(kind="blank", model=None, sheet=Sheet(paper, leaf.sheet.dpi), back=leaf.sheet, dossier=leaf.dossier)
