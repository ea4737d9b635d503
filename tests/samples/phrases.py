"""The words and habits of one office: for each choice one variant of its world."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tests.samples.labels import LABELS, TOGETHER
from tests.samples.numbers import written_date
from tests.samples.worlds import in_world

T = TypeVar("T")
Variants = tuple[str, ...]
PICKED_WITH = {key: group[0] for group in TOGETHER for key in group}

COLONS: tuple[Variants, Variants, Variants] = (
    (":", ":", ":", " :"),
    (":", ":", " :", ":", ":", ":", ":", " :", ":", ""),
    (":", " :", ":", "", ":", ":", ":-", ":"),
)
# The marks before the lines of a parcel.
PLAIN_MARKS = tuple(f"{letter}) " for letter in "abcdđeg")
LATIN_MARKS = tuple(f"{letter}) " for letter in "abcdefg")
SHIFTED_MARKS = tuple(f"{letter}) " for letter in "abcdegh")
MARKS: tuple[tuple[Variants, ...], tuple[Variants, ...], tuple[Variants, ...]] = (
    (PLAIN_MARKS, PLAIN_MARKS, PLAIN_MARKS, LATIN_MARKS, tuple(f"{letter}. " for letter in "abcdđeg")),
    (
        PLAIN_MARKS,
        SHIFTED_MARKS,
        tuple(f"{letter}) " for letter in "abcdđef"),
        tuple(f"{letter}/ " for letter in "abcdđeg"),
        tuple(f"{letter}. " for letter in "abcdegh"),
    ),
    (
        PLAIN_MARKS,
        tuple(f"{letter}. " for letter in "abcdefg"),
        tuple(f"1.{number}. " for number in range(1, 8)),
        tuple(f"({number}) " for number in range(1, 8)),
        ("- ",) * 7,
        ("+ ",) * 7,
        tuple(f"{letter}- " for letter in "abcdđeg"),
        tuple(f"{number}) " for number in range(1, 8)),
    ),
)
DATES: tuple[Variants, Variants, Variants] = (
    ("strokes",),
    ("strokes", "strokes", "zeros"),
    ("zeros", "strokes", "dots", "dashes", "plain", "words"),
)
SIGNING_DATES: tuple[Variants, Variants, Variants] = (
    ("words",),
    ("words", "words", "long words"),
    ("words", "long words", "plain words", "long words", "zeros"),
)
# What stands between the name of a use and its area or term, and between two uses.
PAIRS: tuple[tuple[tuple[str, str], ...], ...] = (
    ((": ", "; "),),
    ((": ", "; "),),
    ((": ", "; "), (" ", "; "), (" - ", "; "), (": ", " + "), (": ", ", ")),
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of one office.

    Attributes:
        world: One of `worlds.WORLDS`.
        habit: Picks the variants, 0 to 1.
    """

    world: str
    habit: float

    def __call__(self, key: str) -> str:
        """Return the words of a label, without a colon."""
        return self.own(PICKED_WITH.get(key, key), LABELS[key])

    def label(self, key: str) -> str:
        """Return the words of a label with this office's colon and a blank."""
        text = self(key).upper() if self.in_capitals else self(key)
        return f"{text}{self.colon} "

    def head_label(self, key: str) -> str:
        """Return the words of a label that opens a line, with colon and blank."""
        text = self.label(key)
        return text[0].upper() + text[1:]

    def head(self, key: str) -> str:
        """Return the words of a label as the head of a column."""
        text = self(key)
        return text[0].upper() + text[1:]

    @property
    def in_capitals(self) -> bool:
        """Whether the labels of lines stand in capitals."""
        return self.own("capitals", ((False,), (False,), (True, *(False,) * 8)))

    @property
    def colon(self) -> str:
        """What stands after a label."""
        return self.own("colon", COLONS)

    @property
    def between_assets(self) -> str:
        """What stands between two facts about a house."""
        return self.own("asset separator", (("; ",), ("; ",), ("; ", ", ", " - ")))

    @property
    def opener_colon(self) -> str:
        """What stands before the name of a holder."""
        return self.own("opener colon", ((":",), (":",), (":", "", " :", ":")))

    @property
    def marks(self) -> Variants:
        """What stands before the lines of a parcel: "a) " and so on."""
        return self.own("marks", MARKS)

    @property
    def pair(self) -> tuple[str, str]:
        """What stands between the name of a use and its area or term, and what between two uses."""
        return self.own("pair", (PAIRS[0], PAIRS[1], PAIRS[2]))

    def written(self, day: date) -> str:
        """Return a date as this office writes it into a form."""
        return written_date(day, self.own("date", DATES))

    def signing_date(self, day: date) -> str:
        """Return the date above a signature, without the word for day."""
        return written_date(day, self.own("signing date", SIGNING_DATES))

    def chance(self, key: str) -> float:
        """Return a number from 0 to 1 that stays the same for an office."""
        return zlib.crc32(f"{key}/{self.habit:.9f}".encode()) / 2**32

    def own(self, key: str, choices: tuple[Sequence[T], Sequence[T], Sequence[T]]) -> T:
        """Pick one of those of its world by the office's habit."""
        return self.pick(key, in_world(self.world, choices))

    def pick(self, key: str, choices: Sequence[T]) -> T:
        """Pick one of several by the office's habit."""
        return choices[int(self.chance(key) * len(choices))]
