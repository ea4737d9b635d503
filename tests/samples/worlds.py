"""Three worlds of wordings, and the rule which world a seed prints.

A reader is fitted to "tuning", its makers may look at what it misses in "practice", and its figures come from
"scoring", whose words nobody who writes the reader looks at.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
WORLDS = TUNING, PRACTICE, SCORING = ("tuning", "practice", "scoring")
PRACTICE_FROM, SCORING_FROM = 500, 1000


def world_of(seed: int) -> str:
    """Return the world of a seed: of a run, or of a dossier that is drawn by itself."""
    if seed >= SCORING_FROM:
        return SCORING
    return PRACTICE if seed >= PRACTICE_FROM else TUNING


def in_world(world: str, choices: tuple[T, T, T]) -> T:
    """Return what belongs to a world, of what the three of them have."""
    return choices[WORLDS.index(world)]
