"""How one office prints: typefaces, sizes, leaders and habits, the same on all pages of a dossier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from tests.samples.fonts import Typeface, arimo, free_sans, free_serif, tinos
from tests.samples.pens import DOTS, LASER
from tests.samples.sheet import Colour, Style

DOTTED = {"2009": 0.12, "2014": 0.05}
SANS_SHARE = 0.12
INKS: tuple[Colour, ...] = ((34, 30, 34), (44, 40, 46), (52, 46, 58))


@dataclass(frozen=True, kw_only=True)
class Look:
    """The printing habits of one office.

    Attributes:
        form: Typeface of the printed form.
        fill: Typeface of the filled-in text.
        body_pt: Wished size of the body text; a full page takes less.
        ink: Colour of the black text.
        leaders: Dotted leaders of short lines: "none", "after" or "under".
        upper_names: Whether names of people stand in capitals.
        bold_names: Whether names are bold.
        spaced_register: Whether the register number has a blank after its letters.
        habit: Picks among the office's wordings, 0 to 1.
        pen: What fills in the form: `tests.samples.pens`.
    """

    form: Typeface
    fill: Typeface
    body_pt: float
    ink: Colour
    leaders: str
    upper_names: bool
    bold_names: bool
    spaced_register: bool
    habit: float
    pen: str = LASER

    def body(self, size_pt: float | None = None) -> Style:
        """Return the style of body text."""
        return Style(typeface=self.fill, size_pt=size_pt or self.body_pt, colour=self.ink, pen=self.pen)

    def heading(self, size_pt: float | None = None) -> Style:
        """Return the style of section headings."""
        return Style(typeface=self.form, size_pt=size_pt or self.body_pt, bold=True, colour=self.ink)

    def name(self, full_name: str) -> str:
        """Return a person's name as this office prints it."""
        return full_name.upper() if self.upper_names else full_name

    def register(self, number: str) -> str:
        """Return a register number as this office prints it."""
        return number if self.spaced_register else number.replace(" ", "")


def draw_look(rng: Random, model: str = "2024") -> Look:
    """Draw the habits of an office at the time of a model."""
    form, fill = rng.choice(
        ((tinos(), tinos()), (tinos(), tinos()), (free_serif(), free_serif()), (free_serif(), tinos()))
    )
    look = Look(
        form=form,
        fill=fill,
        body_pt=rng.choice((12.0, 12.5, 13.0)),
        ink=rng.choice(INKS),
        leaders=rng.choices(("none", "after", "under"), (60, 25, 15))[0],
        upper_names=rng.random() < 0.75,
        bold_names=rng.random() < 0.5,
        spaced_register=rng.random() < 0.8,
        habit=rng.random(),
    )
    if rng.random() < SANS_SHARE:
        look = replace(look, fill=rng.choice((arimo(), arimo(), free_sans())))
    return replace(look, pen=DOTS) if rng.random() < DOTTED.get(model, 0.0) else look


def smaller(style: Style, size_pt: float) -> Style:
    """Return a style in another size."""
    return replace(style, size_pt=size_pt)
