"""How sure a value is: the engine's confidence in its words, agreement of sources, and what the checks say.

Source: field notes on reading, section 2 (confidence of words against truth), and `tests/bench/reading_accuracy.py`,
which measures both on samples; the numbers are data (`resources/reading/calibration.json`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.domain import paths
from app.domain.extraction.drafts import Draft
from app.domain.extraction.second_look import NO_SECOND_LOOK, SecondLook
from app.domain.reading import Candidate, Check, FieldReading, Source

MOST_SURE = 0.9999
"""No value is surer than this: paper itself may be wrong."""

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Measured chances.

    Attributes:
        words: Upper bound of a word's confidence and the share of such words that are right, rising.
        sources: Chance that a value of a source other than printed words is right.
        doubts: What is left of a chance when a doubt holds.
        supports: What is left of the chance of an error when the value is one of a closed list or choice.
        seen_twice: What is left of the chance that the words were misread when a second look sees the same; what else
            speaks against a value still holds.
        seen_instead: Chance that what a second look saw in place of a value is right.
        confirmed: What is left of the chance of an error when an independent check agrees.
        ok_from: The least chance of a value nobody needs to look at.
        ok_from_by_pattern: The same for single fields that need more.
        curve: Chance computed and chance measured, from 0 to 1, rising; between two points a straight line.
    """

    words: Steps = ((30, 0.08), (60, 0.29), (80, 0.49), (90, 0.75), (93, 0.9), (95, 0.97), (96, 0.985), (101, 0.998))
    sources: Mapping[str, float] = field(default_factory=dict)
    doubts: Mapping[str, float] = field(default_factory=dict)
    supports: Mapping[str, float] = field(default_factory=dict)
    seen_twice: float = 0.2
    seen_instead: float = 0.4
    confirmed: float = 0.1
    ok_from: float = 0.98
    ok_from_by_pattern: Mapping[str, float] = field(default_factory=dict)
    curve: Steps = ((0.0, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the checks say of paths, besides the drafts themselves.

    Attributes:
        confirmed: Paths an independent value agrees with; counted once for each agreement.
        doubted: Paths a check found wanting.
        second: What looking again has shown.
    """

    confirmed: tuple[str, ...] = ()
    doubted: frozenset[str] = frozenset()
    second: SecondLook = NO_SECOND_LOOK


def chance_of(draft: Draft, calibration: Calibration, *, seen_twice: bool = False) -> float:
    """Chance that a draft is exactly right, by itself and by a second look at its words."""
    if draft.value is None:
        return 0.0
    chance = calibration.sources.get(draft.source, 1.0)
    for confidence in draft.confidences:
        chance *= _step(confidence, calibration.words)
    if seen_twice:
        chance = 1 - (1 - chance) * calibration.seen_twice
    for doubt in draft.doubts:
        chance *= calibration.doubts.get(doubt, 1.0)
        chance = 1 - (1 - chance) * calibration.supports.get(doubt, 1.0)
    return chance


def _step(confidence: float, steps: Steps) -> float:
    return next((share for upper, share in steps if confidence < upper), steps[-1][1])


def grade(path: str, drafts: Sequence[Draft], evidence: Evidence, calibration: Calibration) -> FieldReading:
    """Choose among the drafts of one path and say how sure the choice is."""
    ranked = sorted(_merged(drafts, calibration, evidence.second.same.get(path)), key=lambda item: -item[1])
    best, chance = ranked[0]
    for _ in range(evidence.confirmed.count(path)):
        chance = 1 - (1 - chance) * calibration.confirmed
    chance = _on_curve(chance, calibration.curve)
    others = [item for item in ranked[1:] if item[0].value is not None]
    check = _check(path, best, chance, others, evidence, calibration)
    return FieldReading(
        path=path,
        value=best.value,
        raw=best.raw,
        source=best.source,
        confidence=round(min(chance, MOST_SURE) if best.value is not None else 0.0, 4),
        check=check.value,
        page=best.page,
        box=best.box,
        candidates=_candidates(ranked, evidence.second.other.get(path), calibration),
    )


def _merged(drafts: Sequence[Draft], calibration: Calibration, seen_twice: str | None) -> list[tuple[Draft, float]]:
    """One draft for each value, the surest; agreeing sources make it surer, and so does a second look at its words."""
    by_value: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        by_value.setdefault(draft.value, []).append(draft)
    merged = []
    for same in by_value.values():
        chances = [chance_of(draft, calibration, seen_twice=draft.value == seen_twice) for draft in same]
        wrong = math.prod(1 - chance for chance in chances)
        merged.append((same[chances.index(max(chances))], 1 - wrong if same[0].value is not None else 0.0))
    return merged


def _check(
    path: str,
    best: Draft,
    chance: float,
    others: Sequence[tuple[Draft, float]],
    evidence: Evidence,
    calibration: Calibration,
) -> Check:
    if best.value is not None and any(share >= 0.3 for _, share in others):
        return Check.CONFLICT
    needed = calibration.ok_from_by_pattern.get(paths.pattern(path), calibration.ok_from)
    is_sure = best.value is not None and chance >= needed and path not in evidence.doubted and not others
    return Check.OK if is_sure else Check.LOOK


def _candidates(
    ranked: Sequence[tuple[Draft, float]], seen_instead: str | None, calibration: Calibration
) -> tuple[Candidate, ...]:
    """All values read, the chosen one first, and what a second look saw; none when there is nothing to choose from."""
    candidates = [_candidate(draft, share) for draft, share in ranked if draft.value is not None]
    if seen_instead and all(item.value != seen_instead for item in candidates):
        best = ranked[0][0]
        share = calibration.seen_instead
        candidates.append(
            Candidate(value=seen_instead, source=Source.OCR.value, confidence=share, page=best.page, box=best.box)
        )
    return tuple(candidates) if len(candidates) > 1 else ()


def _candidate(draft: Draft, chance: float) -> Candidate:
    share = round(min(chance, MOST_SURE), 4)
    return Candidate(value=draft.value, source=draft.source, confidence=share, page=draft.page, box=draft.box)


def _on_curve(chance: float, curve: Steps) -> float:
    (x0, y0), (x1, y1) = next(pair for pair in pairwise(curve) if chance <= pair[1][0])
    return y0 + (y1 - y0) * (chance - x0) / (x1 - x0)
