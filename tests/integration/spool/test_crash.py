"""A scan killed in the middle: what was called safe is in the dossier after the next start, once."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.adapters.clock import SystemClock, UuidV7Ids
from app.adapters.page_taker import WorkerPageTaker
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.scanners.simulated import SimulatedDriver
from app.adapters.store import open_store
from app.domain.people import SETUP
from app.ports import ScanRequest
from app.services.intake import IntakeService

SHEETS = 8
SCAN = """
import sys
from pathlib import Path
from tests.integration.spool.test_crash import scan_all
scan_all(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def intake_over(root: Path, feed: Path, taker: WorkerPageTaker) -> IntakeService:
    """The intake as the program builds it."""
    driver = SimulatedDriver(feed)
    clock = SystemClock()
    files = PagesOnDisk(root, taker.pages)
    return IntakeService(open_store(root, clock), files, {driver.name: driver}, clock, UuidV7Ids())


def scan_all(root: Path, feed: Path) -> None:
    """Scan the stack into a new dossier, and say what is safe as soon as it is."""
    intake = intake_over(root, feed, WorkerPageTaker())
    dossier_id = intake.new_dossier(SETUP)
    print("dossier", dossier_id, flush=True)
    request = ScanRequest(device=intake.devices()[0], dpi=150)
    intake.scan(
        SETUP,
        dossier_id,
        request,
        lambda event: print(type(event).__name__, getattr(event, "sha256", ""), flush=True),
    )


@pytest.mark.parametrize("kill_at", ["PageStarted", "PageFile", "PageStored"])
@pytest.mark.parametrize("sheet", [1, 4])
def test_nothing_called_safe_is_lost_and_nothing_comes_twice(tmp_path, kill_at, sheet):
    root, feed = tmp_path / "store", tmp_path / "feed"
    (feed / "stack").mkdir(parents=True)
    random = np.random.default_rng(7)
    for number in range(SHEETS):
        pixels = random.integers(0, 255, (175, 124, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(feed / "stack" / f"{number}.ppm")
    dossier_id, safe = _killed_at(root, feed, kill_at, sheet)

    taker = WorkerPageTaker()
    intake = intake_over(root, feed, taker)
    intake.recover(SETUP)
    again = intake.recover(SETUP)
    with intake._store.read() as reader:
        pages = reader.open(dossier_id).dossier.pages
    hashes = [page.sha256 for page in pages]
    assert hashes[: len(safe)] == safe
    assert len(set(hashes)) == len(hashes) <= SHEETS
    assert [page.position for page in pages] == list(range(len(pages)))
    for sha256 in hashes:
        assert hashlib.sha256(intake._files.path(sha256).read_bytes()).hexdigest() == sha256
    assert (again.jobs, again.pages) == (0, 0)
    taker.close()
    intake._store.close()


def _killed_at(root: Path, feed: Path, event: str, sheet: int) -> tuple[str, list[str]]:
    """Run a scan in a process of its own and kill it when it says an event for the nth time; what it called safe."""
    safe: list[str] = []
    seen = 0
    with subprocess.Popen(
        [sys.executable, "-c", SCAN, str(root), str(feed)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        dossier_id = child.stdout.readline().split()[1]
        for line in child.stdout:
            name, _, sha256 = line.strip().partition(" ")
            if name == "PageStored":
                safe.append(sha256)
            seen += name == event
            if seen == sheet:
                child.send_signal(signal.SIGKILL)
                break
    assert seen == sheet
    return dossier_id, safe
