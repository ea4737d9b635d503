"""kill -9 of the sender and of the receiver at every station: nothing lost, nothing twice, counted on the receiver."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.receiver import operator
from tests.integration.upload.post_office import PostOffice
from tests.integration.upload.proxy import Crossing, Fault, FaultProxy
from tests.integration.upload.world import ReceiverProcess

pytestmark = pytest.mark.e2e
DOSSIERS, PAGES, PAGE_BYTES = 4, 3, 300_000
UNIQUE_BYTES = DOSSIERS * PAGES * PAGE_BYTES


class Scene:
    """A receiver, a line, a store with a sealed batch, and a sender that is started again until all is stored."""

    def __init__(self, tmp_path: Path) -> None:
        self.receiver = ReceiverProcess(tmp_path / "receiver")
        self.receiver.start()
        self.proxy = FaultProxy(lambda: self.receiver.port)
        office = PostOffice(tmp_path / "store")
        office.upload.enrol(office.supervisor, self.proxy.url, operator.new_enrolment_code(self.receiver.data))
        office.sealed_batch(dossiers=DOSSIERS, pages=PAGES, size_bytes=PAGE_BYTES)
        office.close()
        self.office = office
        self.sender: subprocess.Popen[str] | None = None
        self.kills = {"sender": 0, "receiver": 0, "in_patch": 0}
        self._lock = threading.Lock()

    def run_until_stored(self, most_runs: int = 30) -> None:
        """Start the sender again and again, as a person would."""
        for _ in range(most_runs):
            command = [sys.executable, "-m", "tests.e2e.upload.sender", str(self.office.folder)]
            self.sender = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            out, err = self.sender.communicate(timeout=90)
            assert self.sender.returncode in (0, -9), err
            if self.sender.returncode == 0 and json.loads(out)["waiting"] == 0:
                return
        raise AssertionError("not everything was stored")

    def kill_sender(self, crossing: Crossing) -> None:
        with self._lock:
            if self.sender is None or self.sender.poll() is not None:
                return
            self.sender.kill()
            self._count("sender", crossing)

    def kill_receiver(self, crossing: Crossing) -> None:
        with self._lock:
            self.receiver.restart()
            self._count("receiver", crossing)

    def _count(self, who: str, crossing: Crossing) -> None:
        self.kills[who] += 1
        self.kills["in_patch"] += crossing.method == "PATCH"

    def check(self) -> None:
        """Exactly what was approved lies at the receiver, once; every row has its receipt."""
        counts = self.receiver.counts()
        assert (counts["records"], counts["dossiers"]) == (DOSSIERS, DOSSIERS)
        assert (counts["record_pages"], counts["pages"]) == (DOSSIERS * PAGES, DOSSIERS * PAGES)
        assert counts["page_bytes"] == UNIQUE_BYTES
        assert self.receiver.damage() == []
        assert list((self.receiver.data / "parts").iterdir()) == []
        again = self.office.reopened()
        try:
            assert again.states() == ["stored/stored"] * DOSSIERS
            assert all(row.receipt for row in again.upload.queue())
        finally:
            again.close()

    def close(self) -> None:
        if self.sender and self.sender.poll() is None:
            self.sender.kill()
            self.sender.communicate()
        self.proxy.close()
        self.receiver.kill()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("who", ["sender", "receiver"])
def test_killed_in_the_middle_of_pages(scene: Scene, who: str) -> None:
    marks = [UNIQUE_BYTES // 7 * part for part in (1, 3, 5)]

    def on_bytes(crossing: Crossing, total: int) -> None:
        if marks and total > marks[0] and crossing.method == "PATCH":
            marks.pop(0)
            scene.kill_sender(crossing) if who == "sender" else scene.kill_receiver(crossing)

    scene.proxy.on_bytes = on_bytes
    scene.proxy.bytes_per_s = 4_000_000
    scene.run_until_stored()
    assert (scene.kills[who], scene.kills["in_patch"]) == (3, 3)
    scene.check()
    assert scene.proxy.body_bytes < 2 * UNIQUE_BYTES


@pytest.mark.parametrize("who", ["sender", "receiver"])
@pytest.mark.parametrize("station", ["manifest", "forms before", "forms after"])
def test_killed_around_the_manifest_and_the_forms(scene: Scene, who: str, station: str) -> None:
    left = [1]

    def rule(crossing: Crossing) -> Fault | None:
        forms = crossing.path.endswith("/records")
        at_station = forms == station.startswith("forms") and "/v1/batches/" in crossing.path
        if not at_station or not left:
            return None
        left.pop()
        if station == "forms after":
            return Fault(lose_reply=True, after=lambda: kill(crossing))
        return Fault(before=lambda: kill(crossing))

    def kill(crossing: Crossing) -> None:
        scene.kill_sender(crossing) if who == "sender" else scene.kill_receiver(crossing)

    scene.proxy.rule = rule
    scene.run_until_stored()
    assert scene.kills[who] == 1
    scene.check()


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.rig) for seed in (2, 3, 4, 5))])
def test_killed_anywhere_by_chance(scene: Scene, seed: int) -> None:
    rng = random.Random(seed)
    marks = sorted(rng.sample(range(UNIQUE_BYTES), 6))

    def on_bytes(crossing: Crossing, total: int) -> None:
        if marks and total > marks[0]:
            marks.pop(0)
            rng.choice([scene.kill_sender, scene.kill_receiver])(crossing)

    scene.proxy.on_bytes = on_bytes
    scene.proxy.bytes_per_s = 4_000_000
    scene.run_until_stored()
    assert scene.kills["sender"] + scene.kills["receiver"] >= 3
    scene.check()
