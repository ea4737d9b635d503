"""Approximate search for labels in text seen badly.

Source: G. Myers, "A fast bit-vector algorithm for approximate string matching", 1999. Python's integers have no word
size, so a label may have any length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.domain.dates import fold_in_place

ALLOWED_SHARE = 0.25
"""Wrong letters a label may have, as a share of its length."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a label was found: places in the text, and how many letters are wrong."""

    start: int
    end: int
    errors: int

    @property
    def share(self) -> float:
        """Wrong letters as a share of the length found."""
        return self.errors / max(self.end - self.start, 1)


def find(label: str, folded_text: str, allowed_share: float = ALLOWED_SHARE) -> Hit | None:
    """The best place of a label in a folded text; None when every place has too many wrong letters.

    Args:
        label: As printed; accents and capitals do not matter.
        folded_text: Text folded by `fold_in_place`.
        allowed_share: Wrong letters allowed, as a share of the label's length.
    """
    pattern = _folded_label(label)
    exact = folded_text.find(pattern)
    if exact >= 0:
        return Hit(exact, exact + len(pattern), 0)
    limit = int(len(pattern) * allowed_share)
    if limit == 0 or not _may_stand_in(pattern, folded_text, limit):
        return None
    errors, end = min(((count, place) for place, count in enumerate(_errors_by_end(pattern, folded_text))))
    if errors > limit:
        return None
    return Hit(_start_of(pattern, folded_text[: end + 1]), end + 1, errors)


def find_at_start(label: str, folded_text: str, allowed_share: float = ALLOWED_SHARE) -> Hit | None:
    """A label at the very beginning of a folded text; None when it is not there."""
    pattern = _folded_label(label)
    if folded_text.startswith(pattern):
        return Hit(0, len(pattern), 0)
    limit = int(len(pattern) * allowed_share)
    counts = _errors_by_end(pattern, folded_text[: len(pattern) + limit], anchored=True)
    best = min(((count, -place) for place, count in enumerate(counts)), default=None)
    if best is None or best[0] > limit:
        return None
    return Hit(0, 1 - best[1], best[0])


def distance(one: str, other: str) -> int:
    """Edit distance of two texts."""
    if not one or not other:
        return max(len(one), len(other))
    return _errors_by_end(one, other, anchored=True)[-1]


_folded_label = lru_cache(maxsize=512)(fold_in_place)


def _may_stand_in(pattern: str, text: str, limit: int) -> bool:
    """Whether enough groups of three letters are shared: each wrong letter spoils three of them at most."""
    grams = _grams(text)
    shared = sum(pattern[index : index + 3] in grams for index in range(len(pattern) - 2))
    return shared >= len(pattern) - 2 - 3 * limit


@lru_cache(maxsize=64)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 3] for index in range(len(text) - 2))


def _errors_by_end(pattern: str, text: str, *, anchored: bool = False) -> list[int]:
    """For each place of the text, the fewest errors of a match that ends there.

    Anchored, the match must begin at the beginning of the text.
    """
    size = len(pattern)
    full, top = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for index, character in enumerate(pattern):
        places[character] = places.get(character, 0) | 1 << index
    plus, minus, count = full, 0, size
    counts = []
    for character in text:
        same = places.get(character, 0)
        zero = (((same & plus) + plus) ^ plus) | same | minus
        up = minus | (full & ~(zero | plus))
        down = plus & zero
        count += 1 if up & top else -1 if down & top else 0
        up, down = (up << 1) | anchored, down << 1
        plus = full & (down | ~(zero | up))
        minus = up & zero
        counts.append(count)
    return counts


def _start_of(pattern: str, text: str) -> int:
    """Where the match that ends at the end of the text begins."""
    window = text[-2 * len(pattern) :]
    counts = _errors_by_end(pattern[::-1], window[::-1], anchored=True)
    length = min(range(len(counts)), key=lambda index: (counts[index], index)) + 1
    return len(text) - length
