"""How sure a value is: the engine's confidence in its words, agreement of sources, and what the checks say.

Source: field notes on reading, section 2 (confidence of words against truth); the numbers are data, fitted to drawn
papers by `tests/bench/fit_calibration.py` (`resources/reading/calibration.json`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import paths
from app.domain.extraction.drafts import Draft
from app.domain.extraction.second_look import NO_SECOND_LOOK, SecondLook
from app.domain.fields import FieldKind, spec_of
from app.domain.reading import Candidate, Check, FieldReading, Source
from app.domain.text import fold

MOST_SURE = 0.9999
"""No value is surer than this: paper itself may be wrong."""

MOST_ODDS = 12.0
UNKNOWN_WEIGHT = -1.0
"""Of evidence nobody has measured: it was named because it is a reason to look."""
UNKNOWN_SOURCE = 0.9
WORDS_OF_A_PAGE = 0.97, 2.0
"""Chance of a word of an ordinary page, and how many values of a page it takes to say as much about that page."""
ORDINARY_PAGE = 3.0
"""Log-odds of the words of an ordinary page; what a page has more or less speaks for or against its values."""
SEEN_TWICE, SEEN_OTHERWISE, CONFIRMED = "seen_twice", "seen_otherwise", "confirmed"
"""Evidence for a value: a second look agrees, a second look saw another text, an independent value agrees."""
CORRECTED = frozenset({"mended", "slip", "no_such_day", "not_a_number", "not_in_list", "odd_form", "noise"})
"""Evidence that a value is not what stands there, or not what could stand there: doubtful however clear its words are,
until a second look or another source agrees."""
AGREEING = frozenset({SEEN_TWICE, CONFIRMED, "passes_agree"})

_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NAME})

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Measured chances. What speaks for and against a value adds up as log-odds, ln(right / wrong).

    Attributes:
        words: Upper bound of a word's confidence and the share of such words that are right, rising.
        sources: Chance that a value is right that came without words: from a code, a rule, a machine readable zone.
        weights: Log-odds by name: `bias`, `words` and `page` (factors for the odds of the words and of the page) for
            values read from words, `field:` and a pattern for kinds of fields, and one for each name of evidence.
        seen_instead: Chance that what a second look saw in place of a value is right.
        ok_from: The least chance of a value nobody needs to look at.
        ok_from_by_pattern: The same for single fields that need more.
    """

    words: Steps = ((30, 0.08), (60, 0.29), (80, 0.49), (90, 0.75), (93, 0.9), (95, 0.97), (96, 0.985), (101, 0.998))
    sources: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=lambda: {"bias": 0.0, "words": 1.0})
    seen_instead: float = 0.4
    ok_from: float = 0.98
    ok_from_by_pattern: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the checks say of paths, besides the drafts themselves.

    Attributes:
        confirmed: Paths an independent value agrees with; counted once for each agreement.
        doubted: Paths a check found wanting.
        second: What looking again has shown.
        weak: Names of weaker agreements by path.
        chosen: The values the agreements are about.
        pages: How much better than ordinary the values of a page read, as log-odds, by page: handwriting and
            pages that were copied too often read worse as a whole.
    """

    confirmed: tuple[str, ...] = ()
    doubted: frozenset[str] = frozenset()
    second: SecondLook = NO_SECOND_LOOK
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: Mapping[str, str | None] = field(default_factory=dict)
    pages: Mapping[int, float] = field(default_factory=dict)

    def page(self, draft: Draft) -> float:
        """What the page of a draft says of it."""
        return self.pages.get(draft.page, 0.0) if draft.page is not None else 0.0

    def names(self, draft: Draft) -> tuple[str, ...]:
        """All that speaks for or against a draft, by name; what holds twice is named twice."""
        path = draft.path
        seen_twice = (SEEN_TWICE,) if self.second.same.get(path, "") == draft.value else ()
        seen_otherwise = (SEEN_OTHERWISE,) if path in self.second.other else ()
        agreed = (*(CONFIRMED,) * self.confirmed.count(path), *self.weak.get(path, ()))
        is_chosen = self.chosen.get(path, draft.value) == draft.value
        return (*draft.doubts, *seen_twice, *seen_otherwise, *(agreed if is_chosen else ()))


def chance_of(draft: Draft, names: Sequence[str], calibration: Calibration, page: float = 0.0) -> float:
    """Chance that a draft is exactly right.

    Args:
        draft: The value with its words.
        names: What speaks for and against it.
        calibration: How much each counts; a name it does not know speaks against the value.
        page: How much better than ordinary the values of its page read, as log-odds.
    """
    if draft.value is None:
        return 0.0
    odds = base_odds(draft, calibration)
    if draft.confidences:
        odds += calibration.weights.get("page", 0.0) * page
    odds += sum(calibration.weights.get(name, UNKNOWN_WEIGHT) for name in names)
    return 1 / (1 + math.exp(-min(max(odds, -MOST_ODDS), MOST_ODDS)))


def base_odds(draft: Draft, calibration: Calibration) -> float:
    """Log-odds of a value by where it came from alone."""
    if not draft.confidences:
        return log_odds(calibration.sources.get(draft.source, UNKNOWN_SOURCE))
    weights = calibration.weights
    kind = weights.get(f"field:{paths.pattern(draft.path)}", 0.0)
    return weights["bias"] + weights["words"] * words_odds(draft, calibration) + kind


def words_odds(draft: Draft, calibration: Calibration) -> float:
    """Log-odds that all words of a value are right, by the engine's confidence in each."""
    return log_odds(math.prod(_step(confidence, calibration.words) for confidence in draft.confidences))


def pages_odds(drafts: Sequence[Draft], calibration: Calibration) -> dict[int, float]:
    """How much better than ordinary the values of each page read, as log-odds of one word."""
    usual, held = WORDS_OF_A_PAGE
    by_page: dict[int, list[float]] = {}
    for draft in drafts:
        if draft.confidences and draft.page is not None and draft.value is not None:
            share = math.prod(_step(confidence, calibration.words) for confidence in draft.confidences)
            by_page.setdefault(draft.page, []).append(share ** (1 / len(draft.confidences)))
    return {
        page: log_odds((sum(shares) + held * usual) / (len(shares) + held)) - ORDINARY_PAGE
        for page, shares in by_page.items()
    }


def log_odds(chance: float) -> float:
    """Ln(right / wrong) of a chance, which is taken to be between one in ten thousand and the rest."""
    held = min(max(chance, 1 - MOST_SURE), MOST_SURE)
    return math.log(held / (1 - held))


def _step(confidence: float, steps: Steps) -> float:
    return next((share for upper, share in steps if confidence < upper), steps[-1][1])


def grade(path: str, drafts: Sequence[Draft], evidence: Evidence, calibration: Calibration) -> FieldReading:
    """Choose among the drafts of one path and say how sure the choice is."""
    ranked = sorted(_merged(drafts, evidence, calibration), key=lambda item: -item[1])
    best, chance = ranked[0]
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


def is_rewritten(draft: Draft) -> bool:
    """Whether a text is not what stands on the paper, but for accents, capitals, blanks and marks.

    Form 01 wants texts as printed; a term or an origin brought into the words of a list, or cut out of longer ones, is
    another text, however clear its words are. Source: a bench in words the lists did not know.
    """
    spec = spec_of(draft.path)
    if draft.value is None or draft.raw is None or not draft.confidences or spec is None or spec.kind not in _TEXTS:
        return False
    return _letters(draft.value) != _letters(draft.raw)


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _merged(drafts: Sequence[Draft], evidence: Evidence, calibration: Calibration) -> list[tuple[Draft, float]]:
    """One draft for each value, the surest; agreeing sources make it surer."""
    by_value: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        by_value.setdefault(draft.value, []).append(draft)
    merged = []
    for same in by_value.values():
        chances = [chance_of(draft, evidence.names(draft), calibration, evidence.page(draft)) for draft in same]
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
    names = evidence.names(best)
    if not CORRECTED.isdisjoint(names) and AGREEING.isdisjoint(names):
        return Check.LOOK
    if is_rewritten(best) and CONFIRMED not in names:
        return Check.LOOK
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
