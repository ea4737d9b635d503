"""Fits the chances in resources/reading/calibration.json to papers whose truth is known.

    python -m tests.samples /tmp/tuning --seed 7 --count 120 --model mixed --level mixed
    python -m tests.bench.fit_calibration /tmp/tuning --cache /tmp/tuning-seen > resources/reading/calibration.json

Reads every dossier (what was seen is kept in the cache, so that a second run takes seconds), and fits two things: the
curve from the chance computed to the share that was right (rising, by pooling adjacent violators), and from which
chance on a value of each kind of field needs no look. Fit on seeds that are never used for scoring.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import resources
from app.adapters.calibration_file import load_calibration
from app.adapters.clock import SystemClock
from app.adapters.closer_reader import WorkerCloserReader
from app.adapters.code_lists_files import load_code_lists
from app.adapters.page_reader import WorkerPageReader
from app.adapters.truth_files import TruthFolder, find_truths
from app.domain.codec import to_plain
from app.domain.extraction import second_look
from app.domain.extraction.assemble import assess, draft_dossier
from app.domain.extraction.lexicon import Lexicon
from app.domain.reading import Look, PageScan
from app.domain.scoring import pattern_of, score

CALIBRATION_FILE = "reading/calibration.json"
LEXICON = Lexicon(load_code_lists())
TODAY = SystemClock().now().date().isoformat()
IDENTITY = ((0.0, 0.0), (1.0, 1.0))
POINTS = 12
"""Of the curve: enough for its bend, too few to follow single values."""
ALLOWED_WRONG = 0.0015
"""Of the values marked ok: half of what is allowed, for fresh papers are a little harder than those fitted on."""
CLEAR_OF_WRONG = 1e-4


@dataclass(frozen=True, slots=True)
class Sample:
    """A value read, the chance computed for it, and whether it was right."""

    pattern: str
    chance: float
    is_right: bool
    may_be_ok: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and print the new file; what was found goes to stderr."""
    options = _parser().parse_args(arguments)
    options.cache.mkdir(parents=True, exist_ok=True)
    samples: list[Sample] = []
    reader, closer = WorkerPageReader(workers=2), WorkerCloserReader()
    try:
        for dossier in find_truths(options.folders):
            samples += _samples(dossier, reader, closer, options.cache)
            print(f"{dossier.name}: {len(samples)} values", file=sys.stderr)
    finally:
        reader.close()
        closer.close()
    plain: dict[str, Any] = json.loads(resources.text(CALIBRATION_FILE))
    curve = fit_curve(samples)
    limit, by_pattern = fit_limits([replace(one, chance=_on(curve, one.chance)) for one in samples])
    _tell(samples, curve, limit, by_pattern)
    plain.update(curve=curve, ok_from=limit, ok_from_by_pattern=by_pattern)
    plain["source"] = f"python -m tests.bench.fit_calibration on {len(samples)} values of drawn papers"
    print(json.dumps(plain, ensure_ascii=False, indent=1))
    return 0


def fit_curve(samples: Sequence[Sample]) -> list[list[float]]:
    """Rising points (chance computed, share right), from 0 to 1."""
    ranked = sorted(samples, key=lambda one: one.chance)
    size = max(1, len(ranked) // (4 * POINTS))
    blocks: list[list[float]] = []  # sum of chances, right ones, count
    for start in range(0, len(ranked), size):
        part = ranked[start : start + size]
        blocks.append([sum(one.chance for one in part), float(sum(one.is_right for one in part)), float(len(part))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    points = [[round(total / count, 5), round((right + 0.5) / (count + 1), 5)] for total, right, count in blocks]
    inner = [point for point in points if 0 < point[0] < 1]
    return [[0.0, 0.0], *inner, [1.0, max([0.9995, *(share for _, share in inner)])]]


def fit_limits(samples: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """From which chance on a value is ok: for all, and for kinds of fields that must be surer.

    A kind that is wrong more often than one in a hundred above the common limit gets one above its surest wrong value.
    """
    able = sorted((one for one in samples if one.may_be_ok), key=lambda one: -one.chance)
    by_pattern: dict[str, float] = {}
    limit = _limit(able, ALLOWED_WRONG * 2)
    groups: dict[str, list[Sample]] = defaultdict(list)
    for one in able:
        groups[one.pattern].append(one)
    for pattern, group in sorted(groups.items()):
        above = [one for one in group if one.chance >= limit]
        wrong = [one for one in above if not one.is_right]
        if wrong and (len(wrong) + 1) / (len(above) + 2) > 0.01:
            by_pattern[pattern] = round(min(1.0, max(one.chance for one in wrong) + CLEAR_OF_WRONG), 5)
    return round(limit, 5), by_pattern


def _limit(ranked: Sequence[Sample], allowed: float) -> float:
    """The least chance down to which no more than the allowed share is wrong."""
    limit, wrong = 1.0, 0
    for count, one in enumerate(ranked, 1):
        wrong += not one.is_right
        if wrong <= allowed * count:
            limit = one.chance
    return max(limit, 0.9)


def _samples(dossier: TruthFolder, reader: WorkerPageReader, closer: WorkerCloserReader, cache: Path) -> list[Sample]:
    """The values of one dossier, with the chance computed before any curve."""
    kept = cache / f"{dossier.files[0].parent.parent.name}-{dossier.name}.pickle"
    scans, texts = _kept(kept) or (list(reader.scan(dossier.files)), {})
    drafted = draft_dossier(scans, LEXICON)
    straight = replace(load_calibration(), curve=IDENTITY)
    first = assess(drafted, LEXICON, straight, TODAY)
    looks = second_look.wanted(first.fields, drafted.readable)
    unknown = [look for look in looks.values() if look not in texts]
    texts.update({**dict.fromkeys(unknown, ""), **closer.read(unknown)})
    kept.write_bytes(pickle.dumps((scans, texts)))
    second = second_look.compare(first.fields, looks, texts)
    reading = assess(drafted, LEXICON, straight, TODAY, second)
    # What is doubtful with any limit: conflicts, findings, several values.
    open_limits = replace(straight, ok_from=0.0, ok_from_by_pattern={})
    able = {field.path for field in assess(drafted, LEXICON, open_limits, TODAY, second).fields if field.check == "ok"}
    fields = {field.path: field for field in reading.fields}
    return [
        Sample(pattern_of(one.path), fields[one.path].confidence, one.is_right, one.path in able)
        for one in score(to_plain(reading), dossier.truth)
        if one.path in fields and one.got is not None
    ]


def _kept(file: Path) -> tuple[list[PageScan], dict[Look, str]] | None:
    return pickle.loads(file.read_bytes()) if file.is_file() else None


def _on(curve: Sequence[Sequence[float]], chance: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(curve):
        if chance <= x1:
            return y0 + (y1 - y0) * (chance - x0) / (x1 - x0) if x1 > x0 else y1
    return curve[-1][1]


def _tell(samples: Sequence[Sample], curve: Any, limit: float, by_pattern: dict[str, float]) -> None:
    shown = [replace(one, chance=_on(curve, one.chance)) for one in samples]
    ok = [one for one in shown if one.may_be_ok and one.chance >= by_pattern.get(one.pattern, limit)]
    wrong = sum(not one.is_right for one in ok)
    print(f"{len(samples)} values, {len(ok) / max(1, len(samples)):.3f} ok, {wrong} of them wrong", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fit_calibration")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True, help="folder for what was seen")
    return parser


if __name__ == "__main__":
    sys.exit(main())
