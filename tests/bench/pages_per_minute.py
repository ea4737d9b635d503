"""Pages per minute beside bare Tesseract, in the same run, on the same pages: `python -m tests.bench.pages_per_minute`.

Ours is `WorkerPageReader` from JPEG files to `PageScan`s: decoding, preparation, codes, words, red print, lean. Bare
is the `tesseract` program on the prepared pages (PGM, `vie`, one block, one thread each), as many at once as we have
workers. Rounds alternate, because other work on the machine changes the speed; processor seconds change less.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.page_reader import WorkerPageReader
from app.adapters.reading_speed import prepared_pages, read_bare
from tests.samples import draw_dossier

assert sys.platform != "win32"  # processor times come from /proc

LEVELS = ("clean", "office", "poor")
MODELS = ("2014", "2024")


@dataclass(frozen=True, kw_only=True)
class Round:
    """One round of one arm."""

    wall_s: float
    cpu_s: float
    pages: int

    @property
    def pages_per_minute(self) -> float:
        """Pages in a minute of wall time."""
        return 60 * self.pages / self.wall_s

    @property
    def cpu_s_per_page(self) -> float:
        """Processor seconds a page."""
        return self.cpu_s / self.pages


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print the table; exit status 1 when the goal is missed."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="diaba-bench-") as name:
        jpegs = draw_pages(Path(name), options.seed, options.dossiers)
        pgms = prepared_pages(jpegs, Path(name))
        ours, bare = run_rounds(jpegs, pgms, options.workers, options.rounds)
    ratio = statistics.median(o.pages_per_minute / b.pages_per_minute for o, b in zip(ours, bare, strict=True))
    cpu_ratio = statistics.median(b.cpu_s_per_page / o.cpu_s_per_page for o, b in zip(ours, bare, strict=True))
    print(f"{len(jpegs)} pages, {options.workers} workers, {options.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for label, rounds in (("ours", ours), ("bare tesseract", bare)):
        speeds = ", ".join(f"{one.pages_per_minute:.1f}" for one in rounds)
        print(f"{label}: {speeds} pages/min; {statistics.median(one.cpu_s_per_page for one in rounds):.2f} CPU s/page")
    print(f"ours / bare: {ratio:.2f} by the clock, {cpu_ratio:.2f} by processor time (goal {options.goal})")
    return 0 if ratio >= options.goal else 1


def draw_pages(folder: Path, seed: int, dossiers: int) -> list[Path]:
    """Scanned pages of every model and level, as JPEG files."""
    files: list[Path] = []
    for number in range(dossiers):
        model, level = MODELS[number % 2], LEVELS[number // 2 % 3]
        for page in draw_dossier(seed + number, model=model, level=level).pages:
            files.append(folder / f"{number:02d}-{page.kind}.jpg")
            files[-1].write_bytes(page.jpeg)
    return files


def run_rounds(jpegs: list[Path], pgms: list[Path], workers: int, rounds: int) -> tuple[list[Round], list[Round]]:
    """Both arms by turns, ours with warm workers."""
    ours, bare = [], []
    reader = WorkerPageReader(workers=workers)
    try:
        list(reader.scan(jpegs[:workers]))
        for _ in range(rounds):
            bare.append(_bare(pgms, workers))
            ours.append(_ours(reader, jpegs))
    finally:
        reader.close()
    return ours, bare


def _ours(reader: WorkerPageReader, jpegs: list[Path]) -> Round:
    started, cpu = time.perf_counter(), _workers_cpu_s()
    scans = list(reader.scan(jpegs))
    wall_s = time.perf_counter() - started
    failed = [scan.file for scan in scans if scan.error]
    if failed:
        raise SystemExit(f"not read: {failed}")
    return Round(wall_s=wall_s, cpu_s=_workers_cpu_s() - cpu, pages=len(jpegs))


def _bare(pgms: list[Path], workers: int) -> Round:
    started, cpu = time.perf_counter(), _ended_cpu_s()
    read_bare(pgms, workers)
    return Round(wall_s=time.perf_counter() - started, cpu_s=_ended_cpu_s() - cpu, pages=len(pgms))


def _ended_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _workers_cpu_s() -> float:
    ticks = 0
    for process in multiprocessing.active_children():
        fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pages_per_minute")
    parser.add_argument("--seed", type=int, default=52_000)
    parser.add_argument("--dossiers", type=int, default=6)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--goal", type=float, default=0.7)
    return parser


if __name__ == "__main__":
    sys.exit(main())
