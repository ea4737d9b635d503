"""Fits the chances in resources/reading/calibration.json to papers whose truth is known.

    python -m tests.samples /tmp/tuning --seed 0 --count 150 --model mixed --level mixed
    python -m tests.bench.fit_calibration /tmp/tuning --cache /tmp/tuning-seen > /tmp/calibration.json

Reads every dossier (what was seen is kept in the cache, so that a second run takes seconds) and fits the log-odds of
each piece of evidence by logistic regression, held to `PRIOR` where there are few examples; then from which chance on a
value needs no look. Fit on seeds that are never used for scoring. What was found goes to stderr.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import resources
from app.adapters.calibration_file import load_calibration
from app.adapters.clock import SystemClock
from app.adapters.closer_reader import WorkerCloserReader
from app.adapters.code_lists_files import load_code_lists
from app.adapters.page_reader import WorkerPageReader
from app.adapters.truth_files import TruthFolder, find_truths
from app.domain import paths
from app.domain.codec import to_plain
from app.domain.extraction import second_look
from app.domain.extraction.assemble import DraftedDossier, assess, draft_dossier, weigh
from app.domain.extraction.grading import Calibration, words_odds
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.second_look import SecondLook
from app.domain.reading import Look, PageScan
from app.domain.scoring import pattern_of, score_by_place

LEXICON = Lexicon(load_code_lists())
TODAY = SystemClock().now().date().isoformat()
CALIBRATION_FILE = "reading/calibration.json"

PRIOR = {
    "bias": 0.0,
    "words": 0.7,
    "page": 0.5,
    "seen_twice": 2.0,
    "seen_otherwise": -1.0,
    "confirmed": 3.0,
    "listed": 2.5,
    "near_list": 1.0,
    "choice": 1.5,
    "known_name": 1.0,
    "passes_agree": 1.5,
    **dict.fromkeys(("prefix_fits", "period_fits", "issuer_fits", "era_unit", "barcode_unit"), 0.3),
    **dict.fromkeys(("number_fits", "age_fits", "barcode_year", "term_fits", "unit_fits"), 0.3),
    "named_again": 1.5,
    "whole_area": -1.0,
    "odd_syllable": -4.0,
    "only_on_card": -9.0,
    "barred_letter": -2.5,
    "other_wording": -1.5,
    "known_here": 2.0,
    "part_known_here": 0.7,
    "sheet_known_here": 0.3,
    "spelled_otherwise_here": -1.5,
    **dict.fromkeys(("odd_name", "odd_length", "label_differs", "not_a_number", "no_such_day"), -3.0),
    "odd_year": -9.0,
    "codes_differ": -6.0,
    "by_difference": -5.5,
    "model_by_serial": -4.7,
    "model": 0.0,
    "crowded": -6.0,
    "odd_holder": -6.0,
    "noise": -1.5,
    "slip": -1.0,
    "mended": -0.8,
}
"""What a piece of evidence is taken to be worth before it is seen; what is not named speaks against a value."""
AT_MOST = {"mended": -2.5, "slip": -1.5, "noise": -1.5, "rare_name": -1.0, "odd_form": -1.5}
"""What was corrected stays doubtful until something else agrees, however often the correction was right."""
PRIOR_OF_DOUBTS = -1.5
HOLD_WEIGHTS, HOLD_FIELDS = 1.0, 4.0
"""How strongly weights are held to what they were taken to be, in examples of one standard deviation."""
STEPS, LONGEST_STEP = 60, 1.0
LEAST_LIMIT = 0.9
WRONG_COSTS = 70
"""How many values nobody needs to look at are worth one wrong one among them; so chosen that 3 in a thousand slip."""
SEEN_COUNTS = 0.7


@dataclass(frozen=True, slots=True)
class Sample:
    """A value read from words.

    Attributes:
        words: Log-odds of its words.
        page: How much better than ordinary the values of its page read, as log-odds.
        names: The evidence.
        may_be_ok: Whether only its chance keeps it from being ok.
    """

    pattern: str
    words: float
    page: float
    names: tuple[str, ...]
    is_right: bool
    may_be_ok: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print the new file."""
    options = _parser().parse_args(arguments)
    options.cache.mkdir(parents=True, exist_ok=True)
    samples: list[Sample] = []
    reader, closer = WorkerPageReader(workers=2), WorkerCloserReader()
    try:
        for dossier in find_truths(options.folders):
            samples += _samples(dossier, _seen(dossier, reader, closer, options.cache))
    finally:
        reader.close()
        closer.close()
    plain: dict[str, Any] = json.loads(resources.text(CALIBRATION_FILE))
    weights = fit_weights(samples)
    limit, by_pattern = fit_limits(samples, _chances(samples, weights))
    _tell(samples, weights, limit, by_pattern)
    plain.update(weights=weights, ok_from=limit, ok_from_by_pattern=by_pattern)
    plain["source"] = f"python -m tests.bench.fit_calibration, {len(samples)} values of drawn papers"
    print(json.dumps(plain, ensure_ascii=False, indent=1))
    return 0


def fit_weights(samples: Sequence[Sample]) -> dict[str, float]:
    """The most likely log-odds, each held to its prior; by Newton's steps."""
    counts = Counter(name for one in samples for name in set(one.names))
    fields = Counter(f"field:{one.pattern}" for one in samples)
    numbers = ("bias", "words", "page")
    names = [*numbers, *sorted({*counts, *PRIOR} - {*numbers}), *sorted(fields)]
    matrix, right = _matrix(samples, names)
    prior = np.array([_prior(name) for name in names])
    hold = np.array([HOLD_FIELDS if name.startswith("field:") else HOLD_WEIGHTS for name in names])
    weights = prior.copy()
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (right - chances) - hold * (weights - prior)
        bend = (matrix * (chances * (1 - chances))[:, None]).T @ matrix + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        weights = weights + step * min(1.0, LONGEST_STEP / np.abs(step).max())
    fitted = dict(zip(names, map(float, weights), strict=True))
    return {name: round(min(weight, AT_MOST.get(name, weight)), 3) for name, weight in fitted.items()}


def fit_limits(samples: Sequence[Sample], chances: Sequence[float]) -> tuple[float, dict[str, float]]:
    """From which chance on a value is ok: for all, and for each kind of field that was seen."""
    able = [(one, chance) for one, chance in zip(samples, chances, strict=True) if one.may_be_ok]
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one, chance in able:
        groups[one.pattern].append((chance, one.is_right))
    by_pattern = {pattern: best_limit(group) for pattern, group in sorted(groups.items())}
    common = best_limit([(chance, one.is_right) for one, chance in able])
    return common, {pattern: limit for pattern, limit in by_pattern.items() if limit != common}


def best_limit(group: Sequence[tuple[float, bool]]) -> float:
    """From which chance on more is gained by values nobody looks at than is lost by the wrong ones among them.

    What a wrong value costs is taken in part from those seen to be wrong, in part from the chances themselves: a kind
    of field of which few were seen is not trusted for it.

    Args:
        group: Chance of each value, and whether it was right.
    """
    best, gained, limit = 0.0, 0.0, 1.0
    for chance, is_right in sorted(group, reverse=True):
        cost = SEEN_COUNTS * (not is_right) + (1 - SEEN_COUNTS) * (1 - chance)
        gained += 1 - WRONG_COSTS * cost
        if gained > best and chance >= LEAST_LIMIT:
            best, limit = gained, chance
    return round(limit, 4)


def _seen(
    dossier: TruthFolder, reader: WorkerPageReader, closer: WorkerCloserReader, cache: Path
) -> tuple[DraftedDossier, SecondLook]:
    """The drafts of a dossier and its second look, from the cache as far as it goes."""
    place = hashlib.sha256(str(dossier.files[0].parent).encode()).hexdigest()[:12]
    kept = cache / f"{dossier.name}-{place}.pickle"
    scans, texts = _kept(kept) or (list(reader.scan(dossier.files)), {})
    drafted = draft_dossier(scans, LEXICON)
    first = assess(drafted, LEXICON, load_calibration(), TODAY)
    hopes = [replace(field, check="ok") for field in first.fields]
    looks = second_look.wanted(first.fields, hopes, drafted.readable)
    unknown = [look for look in looks.values() if look not in texts]
    texts.update({**dict.fromkeys(unknown, ""), **closer.read(unknown)})
    kept.write_bytes(pickle.dumps((scans, texts)))
    print(dossier.name, file=sys.stderr)
    return drafted, second_look.compare(first.fields, looks, texts)


def _kept(file: Path) -> tuple[list[PageScan], dict[Look, str]] | None:
    return pickle.loads(file.read_bytes()) if file.is_file() else None


def _samples(dossier: TruthFolder, seen: tuple[DraftedDossier, SecondLook]) -> list[Sample]:
    """The values read from words, with their evidence; those of several drafts that agree are left out."""
    drafted, second = seen
    calibration = load_calibration()
    evidence, _, _ = weigh(drafted, LEXICON, calibration, TODAY, second)
    reading = assess(drafted, LEXICON, _open(calibration), TODAY, second)
    right = {place: one.is_right for place, one in score_by_place(to_plain(reading), dossier.truth).items()}
    by_path, samples = drafted.by_path(), []
    for field in reading.fields:
        chosen = [draft for draft in by_path[field.path] if draft.value == field.value]
        if field.value is not None and len(chosen) == 1 and chosen[0].confidences and _is_scored(field.path, right):
            odds, names = words_odds(chosen[0], calibration), evidence.names(chosen[0])
            is_right = right.get(field.path, False)
            page = evidence.page(chosen[0])
            samples.append(Sample(pattern_of(field.path), odds, page, names, is_right, field.check == "ok"))
    return samples


def _is_scored(path: str, right: Mapping[str, bool]) -> bool:
    """Values where nothing is printed count as wrong; those no truth ever names do not count."""
    return path in right or paths.pattern(path) in {pattern_of(known) for known in right}


def _open(calibration: Calibration) -> Calibration:
    """Without limits: what is doubtful then stays so for other reasons."""
    return replace(calibration, ok_from=0.0, ok_from_by_pattern={})


def _prior(name: str) -> float:
    return 0.0 if name.startswith("field:") else PRIOR.get(name, PRIOR_OF_DOUBTS)


def _matrix(samples: Sequence[Sample], names: Sequence[str]) -> tuple[Any, Any]:
    at = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names)))
    for row, one in enumerate(samples):
        matrix[row, [at["bias"], at["words"], at["page"]]] = 1.0, one.words, one.page
        for name in (*one.names, f"field:{one.pattern}"):
            matrix[row, at[name]] += 1.0
    return matrix, np.array([float(one.is_right) for one in samples])


def _chances(samples: Sequence[Sample], weights: Mapping[str, float]) -> list[float]:
    matrix, _ = _matrix(samples, list(weights))
    odds = matrix @ np.array(list(weights.values()))
    return [round(float(chance), 4) for chance in 1 / (1 + np.exp(-np.clip(odds, -30, 30)))]


def _tell(
    samples: Sequence[Sample], weights: Mapping[str, float], limit: float, by_pattern: Mapping[str, float]
) -> None:
    chances = _chances(samples, weights)
    ok = [
        one
        for one, chance in zip(samples, chances, strict=True)
        if one.may_be_ok and chance >= by_pattern.get(one.pattern, limit)
    ]
    wrong = sum(not one.is_right for one in ok)
    print(f"{len(samples)} values, {len(ok) / max(1, len(samples)):.3f} ok, {wrong} of them wrong", file=sys.stderr)
    for low, high in (
        (0, 0.5),
        (0.5, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 0.98),
        (0.98, 0.99),
        (0.99, 0.995),
        (0.995, 2),
    ):
        bin_ = [one for one, chance in zip(samples, chances, strict=True) if low <= chance < high]
        if bin_:
            share = sum(one.is_right for one in bin_) / len(bin_)
            print(f"{low:5}..{high:5}: {len(bin_):5} values, {share:.4f} right", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fit_calibration")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder for what was seen")
    return parser


if __name__ == "__main__":
    sys.exit(main())
