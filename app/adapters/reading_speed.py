"""How fast pages are read beside bare Tesseract, on the same pages in the same run.

Bare is the `tesseract` program on prepared pages (PGM, Vietnamese, one block, one thread each), as many at once as
there are workers: what the engine alone needs. Rounds alternate, because other work on the computer changes the speed.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.adapters.images import open_pages
from app.adapters.ocr.tessdata import VIETNAMESE, find_tessdata
from app.adapters.page_worker import make_pdf_reader
from app.adapters.preparing import prepare

_KILOBYTES_PER_MEGABYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedReport:
    """What the rounds gave.

    Attributes:
        images: How many were read in each round.
        ours_per_minute: Images in a minute, from files to records, by round.
        bare_per_minute: The same for bare Tesseract.
        peak_mb: The most memory one worker process ever had; None where the system does not tell.
    """

    images: int
    ours_per_minute: tuple[float, ...]
    bare_per_minute: tuple[float, ...]
    peak_mb: int | None

    @property
    def ratio(self) -> float:
        """Ours as a share of bare, median of the rounds."""
        pairs = zip(self.ours_per_minute, self.bare_per_minute, strict=True)
        return statistics.median(ours / bare for ours, bare in pairs)


def measure_speed(files: Sequence[Path], read: Callable[[], object], workers: int, rounds: int) -> SpeedReport:
    """Time our reading and bare Tesseract by turns.

    Args:
        files: The files `read` reads.
        read: Reads all of them, warm.
        workers: Processes at once, for both.
        rounds: At least one.
    """
    with tempfile.TemporaryDirectory(prefix="diaba-bench-") as folder:
        pgms = prepared_pages(files, Path(folder))
        ours, bare = [], []
        for _ in range(rounds):
            bare.append(_per_minute(len(pgms), lambda: read_bare(pgms, workers)))
            ours.append(_per_minute(len(pgms), read))
    return SpeedReport(images=len(pgms), ours_per_minute=tuple(ours), bare_per_minute=tuple(bare), peak_mb=_peak_mb())


def _per_minute(images: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(60 * images / (time.perf_counter() - started), 1)


def read_bare(pgms: Sequence[Path], workers: int) -> None:
    """Bare Tesseract on prepared pages, so many at once."""
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(_tesseract, pgms))


def _tesseract(pgm: Path) -> None:
    command = ["tesseract", str(pgm), "stdout", "-l", VIETNAMESE, "--oem", "1", "--psm", "6", "--dpi", "300"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "TESSDATA_PREFIX": str(find_tessdata(VIETNAMESE))}
    subprocess.run(
        [*command, "-c", "tessedit_create_tsv=1"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def prepared_pages(files: Sequence[Path], folder: Path) -> list[Path]:
    """Every image of the files as our preparation leaves it, as PGM files in the folder."""
    pgms: list[Path] = []
    pdf = make_pdf_reader()
    for file in files:
        for page in open_pages(file, pdf):
            grey = prepare(page.image, page.dpi).grey
            pgms.append(folder / f"{len(pgms)}.pgm")
            pgms[-1].write_bytes(b"P5\n%d %d\n255\n" % (grey.shape[1], grey.shape[0]) + grey.tobytes())
    return pgms


def _peak_mb() -> int | None:
    """Of the worker processes that are alive."""
    peaks = [peak for child in multiprocessing.active_children() if (peak := _peak_of(child.pid)) is not None]
    return max(peaks, default=None)


def _peak_of(pid: int | None) -> int | None:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(line.split()[1]) // _KILOBYTES_PER_MEGABYTE if line else None
