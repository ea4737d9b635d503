"""`diaba bench read`: scores readings of scans whose truth is known."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from app.cli.parser import Commands
from app.cli.reading import jobs
from app.cli.terminal import Terminal
from app.domain import codec, scoring_report
from app.domain.scoring import DossierScore, score_dossier
from app.domain.scoring_report import Figure, Row

if TYPE_CHECKING:
    from app.adapters.reading_speed import SpeedReport
    from app.adapters.truth_files import TruthFolder
    from app.services.reading import ReadingService

WORST_FIELDS = 15
MOST_ROUNDS = 20
SPEED_FILES = 24
"""Enough for a steady figure; bare Tesseract reads them all once more in every round."""
DEFAULT_JOBS = 2


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    scored = commands.group("bench").add("read", _read)
    scored.value("folders", "FOLDER", nargs="+", type=Path)
    scored.value("--jobs", "COUNT", type=jobs, default=DEFAULT_JOBS)
    scored.value("--rounds", "COUNT", type=_rounds, default=1)


def _rounds(text: str) -> int:
    rounds = int(text)
    if not 0 <= rounds <= MOST_ROUNDS:
        raise ValueError(text)  # argparse says which option it was
    return rounds


def _read(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.adapters.truth_files import find_truths

    found = list(find_truths(options.folders))
    with bootstrap.open_reading(jobs=options.jobs) as service:
        dossiers = _scored(service, found)
        speed = _speed(service, found, options.jobs, options.rounds) if options.rounds else None
    plain = {
        "figures": [{**codec.to_plain(figure), "share": figure.share} for figure in scoring_report.figures(dossiers)],
        **{name: [list(row) for row in rows] for name, rows in _tables(dossiers).items()},
        "unprinted": dict(scoring_report.unprinted(dossiers)),
        "speed": codec.to_plain(speed) if speed else None,
    }
    terminal.result(plain, _report(dossiers, speed))
    return 0


def _scored(service: ReadingService, found: Sequence[TruthFolder]) -> list[DossierScore]:
    readings = service.read_many([dossier.files for dossier in found])
    return [
        score_dossier(dossier.name, codec.to_plain(reading), dossier.truth)
        for dossier, reading in zip(found, readings, strict=True)
    ]


def _speed(service: ReadingService, found: Sequence[TruthFolder], workers: int, rounds: int) -> SpeedReport:
    from app.adapters.reading_speed import measure_speed

    groups: list[tuple[Path, ...]] = []
    for dossier in found:
        if sum(map(len, groups)) < SPEED_FILES:
            groups.append(dossier.files)
    files = [file for group in groups for file in group]
    return measure_speed(files, lambda: list(service.read_many(groups)), workers, rounds)


def _tables(dossiers: Sequence[DossierScore]) -> dict[str, list[Row]]:
    return {
        "by_model": scoring_report.by_model(dossiers),
        "by_hand": scoring_report.by_hand(dossiers),
        "by_chance": scoring_report.by_chance(dossiers),
        "by_damage": scoring_report.by_damage(dossiers),
        "by_field": scoring_report.by_field(dossiers, WORST_FIELDS),
        "slipped": scoring_report.slipped(dossiers),
    }


def _report(dossiers: Sequence[DossierScore], speed: SpeedReport | None) -> str:
    """Everything as Markdown, as docs/BENCHMARKS.md takes it."""
    rows = [("figure", "reached", "goal", "of", ""), *map(_figure_row, scoring_report.figures(dossiers))]
    blocks = [_table(rows), *(_table(table) for table in _tables(dossiers).values() if len(table) > 1)]
    unprinted = scoring_report.unprinted(dossiers)
    blocks += [f"read where nothing is printed: {dict(unprinted)}"] if unprinted else []
    if speed is not None:
        ours, bare = (", ".join(map(str, speeds)) for speeds in (speed.ours_per_minute, speed.bare_per_minute))
        blocks.append(
            f"{speed.images} images: {ours} a minute, bare tesseract {bare}, ratio {speed.ratio:.2f}, "
            f"largest worker {speed.peak_mb or '?'} MB"
        )
    return "\n\n".join(blocks)


def _figure_row(figure: Figure) -> Row:
    share = "-" if figure.share is None else f"{figure.share:.4f}"
    goal = f"{'≤' if figure.is_error else '≥'} {figure.goal}"
    return figure.name, share, goal, str(figure.of), "" if figure.is_met else "✗"


def _table(rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
