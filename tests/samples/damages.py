"""Which damages a scan has, and how strong they are: decided by level and seed, or asked for by name.

The levels: "clean" is a new sheet on a good scanner. "office" is the daily work: a lean up to 2 degrees, light fading,
a stamp over text, holes, a staple, the back shining through, and a share of grey scans and good photocopies. "poor" is
all the rest: photographs, strong fading, wear, folds, lost corners, black-and-white copies, leans up to 10 degrees,
hard JPEG.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

LEVEL_NAMES = ("clean", "office", "poor")
PAPER_DAMAGES = ("stamp", "fold", "holes", "staple", "corner", "bleed", "faded", "worn")
COLOURS = ("grey", "photocopy", "fax", "photo")
CURL = "curl"
DAMAGES = (*PAPER_DAMAGES, *COLOURS, CURL, "skew", "jpeg")
IN_COLOUR = "colour"
SKEW_FROM_DEG, JPEG_BELOW, FADED_FROM = 2.0, 60, 0.2


class UnknownDamageError(Exception):
    """A damage was asked for that is not in `DAMAGES`."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """The largest faults of a level and how often each damage comes up.

    Attributes:
        devices: Weight of each way of taking the picture: "colour" or one of `COLOURS`.
        shares: How often a page has a damage of the paper.
        skew_deg: Lean to either side.
        fading: Share of contrast that may be lost.
        wear: Share of ink that may be missing in worn spots.
        blur_mm: Standard deviation of the blur.
        noise: Standard deviation of the noise, in grey levels.
        shading: Share of light that may be missing in a corner.
        quality: Range of the JPEG quality.
        curled: How often a photographed sheet does not lie flat.
    """

    devices: Mapping[str, float]
    shares: Mapping[str, float]
    skew_deg: float
    fading: float
    wear: float
    blur_mm: float
    noise: float
    shading: float
    quality: tuple[int, int]
    curled: float = 0.0


LEVELS = {
    "clean": Level(
        devices={IN_COLOUR: 1.0},
        shares={},
        skew_deg=0.0,
        fading=0.0,
        wear=0.0,
        blur_mm=0.03,
        noise=1.5,
        shading=0.0,
        quality=(90, 95),
    ),
    "office": Level(
        devices={IN_COLOUR: 0.72, "grey": 0.16, "photocopy": 0.12},
        shares={"stamp": 0.12, "holes": 0.1, "staple": 0.08, "bleed": 0.12},
        skew_deg=2.0,
        fading=0.18,
        wear=0.0,
        blur_mm=0.075,
        noise=5.0,
        shading=0.06,
        quality=(70, 88),
    ),
    "poor": Level(
        devices={IN_COLOUR: 0.34, "photo": 0.34, "photocopy": 0.14, "grey": 0.09, "fax": 0.09},
        shares={"stamp": 0.2, "holes": 0.12, "staple": 0.12, "bleed": 0.25, "fold": 0.4, "corner": 0.15},
        skew_deg=10.0,
        fading=0.42,
        wear=0.45,
        blur_mm=0.115,
        noise=10.0,
        shading=0.3,
        quality=(40, 70),
        curled=0.4,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Faults:
    """The faults of one scanned image.

    Attributes:
        device: How the picture was taken: "colour" or one of `COLOURS`.
        paper: Damages of the paper: "stamp", "fold", "holes", "staple", "corner", "bleed".
        skew_deg: Lean of the page on the glass, clockwise; a photograph leans by itself.
        fading: Share of contrast lost.
        wear: Share of ink missing in worn spots.
        blur_mm: Standard deviation of the blur.
        noise: Standard deviation of the noise, in grey levels.
        shading: Share of light that may be missing in a corner.
        quality: JPEG quality.
        curled: Whether a photographed sheet does not lie flat.
    """

    device: str
    paper: frozenset[str]
    skew_deg: float
    fading: float
    wear: float
    blur_mm: float
    noise: float
    shading: float
    quality: int
    curled: bool = False

    @property
    def names(self) -> list[str]:
        """Names of all damages worth telling apart in scores, in the order of `DAMAGES`."""
        told = {
            "faded": self.fading >= FADED_FROM,
            "worn": self.wear > 0,
            "skew": abs(self.skew_deg) > SKEW_FROM_DEG,
            CURL: self.curled,
            "jpeg": self.quality < JPEG_BELOW,
            self.device: True,
        }
        return [name for name in DAMAGES if name in self.paper or told.get(name)]


def draw_device(rng: np.random.Generator, level: str, wanted: Collection[str] | None) -> str:
    """Draw how the pictures of a dossier are taken; a scanner presses a sheet flat, a curled one was photographed."""
    if wanted is not None and CURL in wanted:
        return "photo"
    if wanted is not None:
        return next((name for name in COLOURS if name in wanted), IN_COLOUR)
    devices = LEVELS[level].devices
    return str(rng.choice(tuple(devices), p=tuple(devices.values())))


def draw_faults(rng: np.random.Generator, level: str, device: str, wanted: Collection[str] | None = None) -> Faults:
    """Draw the faults of one image.

    Args:
        rng: Decides.
        level: "clean", "office" or "poor".
        device: What `draw_device` gave.
        wanted: Exactly these damages, as strong as at the level "poor"; None leaves them to the level.

    Raises:
        UnknownDamageError: If there is no damage of a name.
    """
    unknown = set(wanted or ()) - set(DAMAGES)
    if unknown:
        raise UnknownDamageError(f"no such damage: {', '.join(sorted(unknown))}; there are: {', '.join(DAMAGES)}")
    faults = _by_level(rng, LEVELS[level], device)
    return faults if wanted is None else _as_wanted(rng, faults, wanted)


def _by_level(rng: np.random.Generator, level: Level, device: str) -> Faults:
    paper = {name for name in PAPER_DAMAGES if rng.random() < level.shares.get(name, 0.0)}
    limit = level.skew_deg if rng.random() < 0.4 else min(level.skew_deg, 3.0)
    return Faults(
        device=device,
        paper=frozenset(paper),
        skew_deg=0.0 if device == "photo" else round(float(rng.uniform(-limit, limit)), 2),
        fading=float(rng.uniform(0.3, 1.0)) * level.fading,
        wear=level.wear * float(rng.random() < 0.6),
        blur_mm=float(rng.uniform(0.6, 1.0)) * level.blur_mm,
        noise=level.noise,
        shading=0.0 if device == "photo" else level.shading,
        quality=int(rng.integers(level.quality[0], level.quality[1] + 1)),
        curled=device == "photo" and rng.random() < level.curled,
    )


def _as_wanted(rng: np.random.Generator, faults: Faults, wanted: Collection[str]) -> Faults:
    """Return a level's blur and noise with exactly the damages asked for."""
    poor = LEVELS["poor"]
    lean = round(float(rng.uniform(3, poor.skew_deg) * rng.choice((-1, 1))), 2)
    return Faults(
        device=faults.device,
        paper=frozenset(wanted) & frozenset(PAPER_DAMAGES) - {"faded", "worn"},
        skew_deg=lean if "skew" in wanted and faults.device != "photo" else 0.0,
        fading=float(rng.uniform(0.6, 1.0)) * poor.fading if "faded" in wanted else 0.0,
        wear=poor.wear if "worn" in wanted else 0.0,
        blur_mm=faults.blur_mm,
        noise=faults.noise,
        shading=0.0,
        quality=int(rng.integers(40, JPEG_BELOW)) if "jpeg" in wanted else max(faults.quality, JPEG_BELOW),
        curled=CURL in wanted,
    )
