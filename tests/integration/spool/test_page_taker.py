"""Files opened in a worker process: bombs, crashes, time, memory, cancelling, endings."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.adapters import worker_process
from app.adapters.clock import SystemClock, UuidV7Ids
from app.adapters.page_taker import WorkerPageTaker
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.store import open_store
from app.adapters.worker_process import TimeLimits
from app.domain.people import SETUP
from app.errors import InputError, StoreError
from app.services.intake import IntakeService
from tests.integration.page_reader.desks import serve_nothing
from tests.integration.papers import jpeg, pdf_bomb, pdf_of, printed, save_jpeg
from tests.integration.spool.desks import FragileDesk

assert sys.platform != "win32"  # kills workers by POSIX signals

SMALL_PX = (1000, 420)
ENDLESS = TimeLimits(opening_s=3600)


@pytest.fixture(scope="module")
def taker() -> Iterator[WorkerPageTaker]:
    """One for the tests that do not harm it."""
    taker = WorkerPageTaker()
    yield taker
    taker.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return save_jpeg(tmp_path, "page.jpg", printed(["Thửa đất số 205"], size_px=SMALL_PX))


def workers() -> set[int]:
    return {child.pid for child in multiprocessing.active_children() if child.pid is not None}


def test_a_jpeg_comes_back_byte_for_byte(taker, page):
    (taken,) = taker.pages(page)
    assert taken.jpeg_bytes == page.read_bytes()
    assert (taken.width_px, taken.height_px, taken.dpi) == (*SMALL_PX, 300)


def test_no_worker_runs_before_the_first_file_and_one_stays_warm_for_the_next(page):
    before = workers()
    taker = WorkerPageTaker()
    assert workers() == before
    list(taker.pages(page))
    first = workers() - before
    list(taker.pages(page))
    assert workers() - before == first
    assert len(first) == 1
    taker.close()
    assert workers() == before


def test_the_pages_of_a_long_pdf_are_in_memory_one_at_a_time(taker, tmp_path):
    noise = jpeg(Image.effect_noise((1500, 1500), 90), quality=95)
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf_of([noise] * 30))
    tracemalloc.start()
    try:
        sizes = [len(page.jpeg_bytes) for page in taker.pages(file)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sizes == [len(noise)] * 30
    assert peak < 6 * len(noise)


def test_a_pdf_bomb_is_refused_in_time_and_the_next_file_taken(tmp_path, page, caplog):
    file = tmp_path / "bomb.pdf"
    file.write_bytes(pdf_bomb())
    taker = WorkerPageTaker(limits=TimeLimits(opening_s=5))
    try:
        with pytest.raises(InputError, match=r"unreadable_file \(file=bomb.pdf\)"):
            list(taker.pages(file))
        assert len(list(taker.pages(page))) == 1
    finally:
        taker.close()
    assert [record.message for record in caplog.records] == ["a worker ended or took too long: unreadable_file"]


def test_a_file_that_wants_too_much_memory_is_refused_and_the_next_taken(tmp_path, page):
    file = tmp_path / "large.png"
    Image.new("RGB", (7_500, 7_900), "#f3d0d6").save(file)
    taker = WorkerPageTaker(memory_limit_bytes=500 * 1024**2)
    try:
        with pytest.raises(InputError, match="unreadable_file"):
            list(taker.pages(file))
        assert len(list(taker.pages(page))) == 1
    finally:
        taker.close()


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("end", ["dies", "hangs"])
def test_a_file_that_ends_its_worker_is_unreadable_and_the_next_is_taken(caplog, end, number):
    taker = WorkerPageTaker(limits=TimeLimits(opening_s=4), make_desk=FragileDesk)
    try:
        with closing(taker.pages(Path(f"{end} at page {number}"))) as pages:
            assert [next(pages).jpeg_bytes for _ in range(1, number)] == [b"1"] * (number - 1)
            with pytest.raises(InputError, match="unreadable_file"):
                next(pages)
        assert [page.jpeg_bytes for page in taker.pages(Path("good"))] == [b"1", b"2"]
    finally:
        taker.close()
    assert [record.message for record in caplog.records] == ["a worker ended or took too long: unreadable_file"]


def test_a_worker_killed_while_idle_costs_nothing(page):
    before = workers()
    taker = WorkerPageTaker()
    try:
        list(taker.pages(page))
        (pid,) = workers() - before
        os.kill(pid, signal.SIGKILL)
        assert len(list(taker.pages(page))) == 1
    finally:
        taker.close()


def test_when_no_worker_ever_begins_the_file_is_not_to_blame(monkeypatch):
    monkeypatch.setattr(worker_process, "serve", serve_nothing)
    taker = WorkerPageTaker(make_desk=FragileDesk)
    with pytest.raises(StoreError, match="program_error"):
        list(taker.pages(Path("good")))
    taker.close()


def test_cancelling_ends_even_a_file_that_hangs():
    stop = threading.Event()
    taker = WorkerPageTaker(limits=ENDLESS, make_desk=FragileDesk)
    try:
        pages = taker.pages(Path("hangs at page 2"), stop.is_set)
        next(pages)
        stop.set()
        assert list(pages) == []
    finally:
        taker.close()


def test_an_import_is_cancelled_in_the_middle_of_a_file_that_hangs(tmp_path):
    folder = tmp_path / "dossier"
    folder.mkdir()
    for name in ("good", "hangs at page 2"):
        (folder / name).touch()
    stop = threading.Event()
    store = open_store(tmp_path / "store", SystemClock())
    taker = WorkerPageTaker(limits=ENDLESS, make_desk=FragileDesk)
    intake = IntakeService(store, PagesOnDisk(tmp_path / "store", taker.pages), {}, SystemClock(), UuidV7Ids())
    threading.Timer(2, stop.set).start()
    try:
        summary = intake.import_paths(SETUP, [folder], cancelled=stop.is_set)
    finally:
        taker.close()
        store.close()
    assert (summary.pages, summary.dossiers, summary.refused) == (0, (), ())


def test_pages_left_in_the_middle_end_their_worker_and_disturb_no_other():
    before = workers()
    taker = WorkerPageTaker(make_desk=FragileDesk)
    try:
        with closing(taker.pages(Path("good"))) as pages:
            next(pages)
        assert workers() == before
        assert len(list(taker.pages(Path("good")))) == 2
    finally:
        taker.close()


def test_two_threads_may_take_at_once(taker, page):
    found: list[bytes] = []

    def take() -> None:
        found.extend(taken.jpeg_bytes for taken in taker.pages(page))

    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [page.read_bytes()] * 3
