"""A scanned dossier with its truth: the one door for tests, bench and demo.

What is in the truth: every path whose value can be seen on the paper, and nothing else; keys of values that are not
printed are absent, lists are always there.

* Every model: `certificate.model, serial, register_number, issued_on, issuer, signer, signer_title`, `notes` and
  `replaces` where the note says so; `holders[].kind, legal_form, name, id_papers[].kind, number`, `role` and `sex` only
  where the print tells them; `parcels[].sheet, number, address, area_m2`, `map_sheet, map_number` where a note gives
  them; `parcels[].uses[].purpose, area_m2, term`; `changes[].on, text, dossier_number, confirmed_by`; where a change
  names a new owner, `current_users[]` with `reason`.
* All but 2024: `holders[].address` (of a couple with one printed address, both have it), `born`; `area_words`;
  `issued_on` and `issuer` of identity papers where printed.
* All but 1993: `uses[].form, purpose_code` (follows from the purpose's name where it is not printed), `assets[].name,
  floor_area_m2, ownership, term`. From 2003 to 2014: `uses[].origin`, `assets[].built_area_m2, grade, floors`.
* 2009 and 2014: `certificate.barcode`. 2024: `certificate.qr, code`, `assets[].address`.
* Never: `changes[].kind`, `assets[].kind`, `origin_code`; what is printed as `-/-`.

Other papers fill no path of the record of a certificate; what an ID card shows stands with its page. Papers without
a certificate: the ID card is the record.

Values: dates in ISO form, areas with a decimal point and the digits printed, serial and register number with one blank
after the letters however they are printed, names and addresses as printed (a full stop after an address is not part of
it). `issuer` is without "TM.", its lines joined by a blank; `signer_title` is the signer's own title, without the line
"KT. ..." or "TUQ. ..." above it. A single use has the parcel's area. An elliptical origin ("không thu tiền sử dụng đất"
after a full one) is given as printed. `confirmed_by` is the office of the right column.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.samples.certificate import draw_certificate
from tests.samples.company import loose, with_company
from tests.samples.damages import LEVEL_NAMES
from tests.samples.layouts import LAYOUTS
from tests.samples.leaves import Arrangement, Group, Leaf, certificate_leaves, grouped
from tests.samples.look import draw_look
from tests.samples.shooting import SamplePage, Studio, open_studio, shoot
from tests.samples.truth import dossier_truth, pile_truth
from tests.samples.worlds import world_of

MODELS = tuple(LAYOUTS)
MIXED, LOOSE = "mixed", "loose"
RESOLUTIONS = (300, 300, 200)
AS_PRINTED = Arrangement()


@dataclass(frozen=True, kw_only=True)
class SampleDossier:
    """Scanned papers and their truth: of one fictional certificate, or of a pile of several.

    Attributes:
        seed: What decided everything.
        model: Model of the certificate; "pile" for a pile, "loose" for papers without a certificate.
        level: How good the scans are.
        pages: In the order of the scan; the halves of a spread one after the other.
        truth: What can be seen on them.
    """

    seed: int
    model: str
    level: str
    pages: tuple[SamplePage, ...]
    truth: dict[str, Any]

    @property
    def pictures(self) -> tuple[SamplePage, ...]:
        """The first page of each image: what there is to write into files."""
        return tuple({page.picture: page for page in reversed(self.pages)}[number] for number in self._numbers())

    def _numbers(self) -> list[int]:
        return list(dict.fromkeys(page.picture for page in self.pages))


def draw_dossier(
    seed: int,
    model: str = MIXED,
    level: str = MIXED,
    dpi: int | None = 300,
    *,
    damages: Collection[str] | None = None,
    arrangement: Arrangement = AS_PRINTED,
    world: str | None = None,
) -> SampleDossier:
    """Draw a dossier; the same arguments give the same bytes.

    Args:
        seed: Decides everything; the certificate of a seed and model is the same at every level and resolution.
        model: One of `MODELS` or "mixed" (the seed decides).
        level: "clean", "office", "poor" or "mixed" (the seed decides).
        dpi: Resolution of the scan, usually 300 or 200; None leaves it to the seed.
        damages: Exactly these of `tests.samples.damages.DAMAGES`; None leaves them to level and seed.
        arrangement: How often pages are opened, turned, shuffled and in the company of other papers.
        world: Whose words the forms have, one of `worlds.WORLDS`; None leaves it to the seed.
    """
    model = model if model != MIXED else Random(f"{seed}/model").choice(MODELS)
    level = level if level != MIXED else Random(f"{seed}/level").choice(LEVEL_NAMES)
    studio = open_studio(seed, level, damages, arrangement)
    dice = Random(f"{seed}/arrangement")
    leaves = _print(seed, model, chosen_dpi(seed, dpi), world or world_of(seed), arrangement, dice)
    pages = _shot(studio, grouped(leaves, arrangement, dice))
    truth = dossier_truth(seed, model, level, pages)
    return SampleDossier(seed=seed, model=model, level=level, pages=tuple(pages), truth=truth)


def draw_pile(
    seed: int,
    count: int,
    models: Collection[str] = MODELS,
    level: str = MIXED,
    dpi: int | None = 300,
    *,
    damages: Collection[str] | None = None,
    arrangement: Arrangement = AS_PRINTED,
    world: str | None = None,
) -> SampleDossier:
    """Draw the papers of several certificates as one pile; the same arguments give the same bytes.

    Args:
        seed: Decides everything.
        count: How many certificates.
        models: Models they are drawn from.
        level: As for a dossier.
        dpi: As for a dossier.
        damages: As for a dossier.
        arrangement: As for a dossier; shuffled may also mix the papers of different certificates.
        world: As for a dossier.
    """
    level = level if level != MIXED else Random(f"{seed}/level").choice(LEVEL_NAMES)
    dice = Random(f"{seed}/pile")
    drawn = [dice.choice(tuple(models)) for _ in range(count)]
    studio = open_studio(seed, level, damages, arrangement)
    groups: list[Group] = []
    for number, model in enumerate(drawn):
        number_seed = dice.randrange(2**40)
        leaves = _print(number_seed, model, chosen_dpi(seed, dpi), world or world_of(seed), arrangement, dice, number)
        groups += grouped(leaves, arrangement, dice)
    if dice.random() < arrangement.shuffled / 2:
        dice.shuffle(groups)
    pages = _shot(studio, groups)
    truth = pile_truth(seed, drawn, level, pages)
    return SampleDossier(seed=seed, model="pile", level=level, pages=tuple(pages), truth=truth)


def draw_loose(
    seed: int,
    names: Sequence[str],
    level: str = MIXED,
    dpi: int | None = 300,
    *,
    damages: Collection[str] | None = None,
    arrangement: Arrangement = AS_PRINTED,
) -> SampleDossier:
    """Draw papers without a certificate; an ID card fills the record, the others nothing.

    Args:
        seed: Decides everything.
        names: Of `tests.samples.company.LOOSE_PAPERS`.
        level: As for a dossier.
        dpi: As for a dossier.
        damages: As for a dossier.
        arrangement: As for a dossier.
    """
    level = level if level != MIXED else Random(f"{seed}/level").choice(LEVEL_NAMES)
    dice = Random(f"{seed}/loose")
    leaves = loose(names, dice, chosen_dpi(seed, dpi))
    pages = _shot(open_studio(seed, level, damages, arrangement), grouped(leaves, arrangement, dice))
    truth = dossier_truth(seed, LOOSE, level, pages)
    return SampleDossier(seed=seed, model=LOOSE, level=level, pages=tuple(pages), truth=truth)


def _shot(studio: Studio, groups: Sequence[Group]) -> list[SamplePage]:
    return [page for number, group in enumerate(groups) for page in shoot(studio, group, number)]


def chosen_dpi(seed: int, dpi: int | None) -> int:
    """Return the resolution of a seed where none is asked for."""
    return dpi or Random(f"{seed}/dpi").choice(RESOLUTIONS)


def _print(
    seed: int, model: str, dpi: int, world: str, arrangement: Arrangement, dice: Random, dossier: int = 0
) -> list[Leaf]:
    """Print the pages of a certificate, and perhaps the papers that came with it."""
    certificate = draw_certificate(Random(f"{seed}/{model}/content"), model, world)
    look = draw_look(Random(f"{seed}/look"), model)
    printed = LAYOUTS[model](certificate, look, Random(f"{seed}/print"), dpi)
    leaves = certificate_leaves(model, printed, dossier)
    return with_company(leaves, certificate, dice, dpi) if dice.random() < arrangement.papers else leaves
