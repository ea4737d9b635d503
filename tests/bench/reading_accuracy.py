"""How many fields are read exactly, on drawn dossiers of seeds that were never used for tuning.

    python -m tests.bench.reading_accuracy --seeds 1000:1024

draws the dossiers, reads each through the real page reader and the reading service, compares with the truth, and
prints tables for docs/BENCHMARKS.md: fields by model and level, serials, fields marked `ok`, and the worst fields.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.adapters.calibration_file import load_calibration
from app.adapters.clock import SystemClock
from app.adapters.closer_reader import WorkerCloserReader
from app.adapters.code_lists_files import load_code_lists
from app.adapters.page_reader import WorkerPageReader
from app.domain.codec import to_plain
from app.domain.scoring import Score, score
from app.services.reading import ReadingService
from tests.samples import SampleDossier, draw_dossier

CRITICAL = re.compile(
    r"certificate\.serial|parcels\[\]\.(sheet|number|area_m2)|holders\[\]\.(name|id_papers\[\]\.number)"
)


@dataclass
class Tally:
    """Scores of many dossiers."""

    by_group: dict[tuple[str, str], list[Score]] = field(default_factory=lambda: defaultdict(list))
    dossiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    unprinted: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def scores(self) -> list[Score]:
        """All of them."""
        return [one for group in self.by_group.values() for one in group]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its tables."""
    options = _parser().parse_args(arguments)
    first, _, end = options.seeds.partition(":")
    reader, closer = WorkerPageReader(workers=options.workers), WorkerCloserReader()
    try:
        tally = measure(
            ReadingService(reader, closer, load_code_lists(), SystemClock(), load_calibration()), range(int(first), int(end))
        )
    finally:
        reader.close()
        closer.close()
    print("\n".join(report(tally, options.worst)))
    return 0


def measure(service: ReadingService, seeds: range) -> Tally:
    """Read each seed's dossier and score it."""
    tally = Tally()
    for seed in seeds:
        dossier = draw_dossier(seed)
        with tempfile.TemporaryDirectory() as folder:
            files = list(_written(dossier, Path(folder)))
            started = time.perf_counter()
            plain = to_plain(service.read(files))
            tally.seconds += time.perf_counter() - started
        group = (dossier.model, dossier.level)
        tally.by_group[group] += score(plain, dossier.truth)
        tally.dossiers[group] += 1
        tally.unprinted.update(_unprinted(plain, dossier))
        print(f"seed {seed}: {dossier.model} {dossier.level}", file=sys.stderr)
    return tally


def _written(dossier: SampleDossier, folder: Path) -> Iterator[Path]:
    for number, page in enumerate(dossier.pages, 1):
        file = folder / f"page-{number}.jpg"
        file.write_bytes(page.jpeg)
        yield file


def _unprinted(plain: dict[str, Any], dossier: SampleDossier) -> list[str]:
    """Patterns of values that were read from paper although the truth says nothing is printed there."""
    return [
        pattern_of(one["path"])
        for one in plain["fields"]
        if one["value"] is not None and one["source"] == "ocr" and one["path"] not in dossier.truth["fields"]
    ]


def pattern_of(path: str) -> str:
    """A path without its indexes."""
    return re.sub(r"\[\d+\]", "[]", path)


def report(tally: Tally, worst: int) -> list[str]:
    """The tables, as Markdown."""
    lines = ["| model | level | dossiers | fields | exact | critical exact | serial | marked ok | ok right |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    lines += [_row(*group, tally.dossiers[group], scores) for group, scores in sorted(tally.by_group.items())]
    lines.append(_row("all", "", sum(tally.dossiers.values()), tally.scores))
    lines += [
        "",
        f"Seconds for reading alone: {tally.seconds:.0f}.",
        "",
        "| worst fields | wrong | of |",
        "|---|---|---|",
    ]
    wrong: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for one in tally.scores:
        total[pattern_of(one.path)] += 1
        wrong[pattern_of(one.path)] += not one.is_right
    lines += [f"| `{name}` | {count} | {total[name]} |" for name, count in wrong.most_common(worst) if count]
    for one in tally.scores:
        if one.check == "ok" and not one.is_right:
            lines.append(f"Wrong though ok: `{one.path}`: {one.got!r} for {one.expected!r}")
    lines += [f"Read where nothing is printed: {dict(tally.unprinted)}"]
    return lines


def _row(model: str, level: str, dossiers: int, scores: Sequence[Score]) -> str:
    critical = [one for one in scores if CRITICAL.fullmatch(pattern_of(one.path))]
    serials = [one for one in scores if one.path == "certificate.serial"]
    sure = [one for one in scores if one.check == "ok"]
    share = f"{len(sure) / max(len(scores), 1):.3f}"
    cells = (
        model,
        level,
        dossiers,
        len(scores),
        _right(scores),
        _right(critical),
        _right(serials),
        share,
        _right(sure),
    )
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _right(scores: Sequence[Score]) -> str:
    return f"{sum(one.is_right for one in scores) / len(scores):.4f}" if scores else "-"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading_accuracy", description=__doc__)
    parser.add_argument("--seeds", default="1000:1024", help="first and end, such as 1000:1024")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--worst", type=int, default=12, help="how many of the worst fields to list")
    return parser


if __name__ == "__main__":
    sys.exit(main())
