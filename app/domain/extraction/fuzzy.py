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
    if limit == 0:
        return None
    best: tuple[int, int] | None = None
    for start, end in _likely_places(pattern, folded_text, limit):
        counts = _errors_by_end(pattern, folded_text[start:end])
        here = min(((count, start + place) for place, count in enumerate(counts)), default=None)
        best = here if best is None or (here is not None and here < best) else best
    if best is None or best[0] > limit:
        return None
    return Hit(_start_of(pattern, folded_text[: best[1] + 1]), best[1] + 1, best[0])


def find_at_start(label: str, folded_text: str, allowed_share: float = ALLOWED_SHARE) -> Hit | None:
    """A label at the very beginning of a folded text; None when it is not there."""
    pattern = _folded_label(label)
    if folded_text.startswith(pattern):
        return Hit(0, len(pattern), 0)
    limit = int(len(pattern) * allowed_share)
    return _near_start(pattern, folded_text[: len(pattern) + limit], limit)


@lru_cache(maxsize=16384)
def _near_start(pattern: str, head: str, limit: int) -> Hit | None:
    """The same with wrong letters; lines are asked for the same labels again and again."""
    if len(_letters(pattern) - set(head)) > limit:
        return None
    needed = len(pattern) - 2 - 3 * limit
    if needed > 0 and sum(gram in head for gram in _grams(pattern)) < needed:
        return None
    counts = _errors_by_end(pattern, head, anchored=True)
    best = min(((count, -place) for place, count in enumerate(counts)), default=None)
    if best is None or best[0] > limit:
        return None
    return Hit(0, 1 - best[1], best[0])


@lru_cache(maxsize=1024)
def _letters(pattern: str) -> frozenset[str]:
    return frozenset(pattern)


def distance(one: str, other: str) -> int:
    """Edit distance of two texts."""
    if not one or not other:
        return max(len(one), len(other))
    return _errors_by_end(one, other, anchored=True)[-1]


_folded_label = lru_cache(maxsize=512)(fold_in_place)


def _likely_places(pattern: str, text: str, limit: int) -> list[tuple[int, int]]:
    """Pieces of the text that can hold the pattern with so many wrong letters; the whole text where none can be told.

    Each wrong letter spoils three groups of three letters at most, and shifts those behind it by one place at most.
    """
    needed = len(pattern) - 2 - 3 * limit
    if needed <= 0:
        return [(0, len(text))]
    places = _places_of_grams(text)
    starts = sorted(at - index for index, gram in enumerate(_grams(pattern)) for at in places.get(gram, ()))
    pieces: list[tuple[int, int]] = []
    for first, last in zip(starts, starts[needed - 1 :], strict=False):
        if last - first > 2 * limit:
            continue
        start, end = max(0, first - 2 * limit), last + len(pattern) + 2 * limit
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return pieces


@lru_cache(maxsize=1024)
def _grams(pattern: str) -> tuple[str, ...]:
    return tuple(pattern[index : index + 3] for index in range(len(pattern) - 2))


@lru_cache(maxsize=256)
def _places_of_grams(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for index in range(len(text) - 2):
        places.setdefault(text[index : index + 3], []).append(index)
    return places


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
