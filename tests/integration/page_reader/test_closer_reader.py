"""Second looks by a worker process: warm, limited, and never costing more than an answer."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from app.adapters.closer_reader import WorkerCloserReader
from app.domain.reading import Box, Look
from tests.integration.papers import LINES, jpeg, pdf_of, printed, save_jpeg

assert sys.platform != "win32"  # kills the worker by POSIX signals


@pytest.fixture(scope="module")
def closer():
    closer = WorkerCloserReader()
    yield closer
    closer.close()


@pytest.fixture
def page(tmp_path) -> Path:
    return save_jpeg(tmp_path, "trang 1.jpg", printed())


def line(file: Path, number: int, image: int = 1) -> Look:
    """A look at a line of a page, from 0."""
    return Look(file=str(file), image=image, box=Box(140, 190 + 90 * number, 1200, 70))


def test_every_piece_is_answered_whatever_their_order(closer, page):
    looks = [line(page, number) for number in (3, 0, 1, 0)]
    texts = closer.read(looks)
    assert texts == {line(page, number): LINES[number] for number in (0, 1, 3)}


def test_pieces_of_the_images_of_a_pdf_are_told_apart(closer, tmp_path):
    file = tmp_path / "hai trang.pdf"
    file.write_bytes(pdf_of([jpeg(printed(LINES)), jpeg(printed(LINES[::-1]))]))
    texts = closer.read([line(file, 0), line(file, 0, image=2)])
    assert texts == {line(file, 0): LINES[0], line(file, 0, image=2): LINES[-1]}


def test_a_warm_piece_takes_less_than_a_keystroke_waits(closer, page):
    closer.read([line(page, 0)])
    took_s = []
    for number in range(1, 5):
        started = time.perf_counter()
        closer.read([line(page, number)])
        took_s.append(time.perf_counter() - started)
    assert min(took_s) < 0.15


def test_files_that_do_not_open_cost_only_their_own_answers(closer, page, tmp_path):
    foreign = tmp_path / "foreign.jpg"
    foreign.write_bytes(b"hello")
    looks = [line(foreign, 0), line(tmp_path / "gone.jpg", 0), line(page, 0, image=7), line(page, 0)]
    assert closer.read(looks) == {line(page, 0): LINES[0]}


def test_nothing_wanted_or_cancelled_is_nothing_read(closer, page):
    assert closer.read([]) == {}
    assert closer.read([line(page, 0)], lambda: True) == {}


def test_a_worker_that_died_is_replaced(page):
    closer = WorkerCloserReader()
    try:
        before = {child.pid for child in multiprocessing.active_children()}
        assert closer.read([line(page, 0)]) == {line(page, 0): LINES[0]}
        (pid,) = {child.pid for child in multiprocessing.active_children()} - before
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        answers = [closer.read([line(page, 1)]) for _ in range(2)]  # the first may meet the dying one
        assert answers[-1] == {line(page, 1): LINES[1]}
    finally:
        closer.close()
    assert closer.read([line(page, 0)]) == {}


def test_a_warmed_worker_is_the_one_that_answers_and_a_closed_reader_stays_cold(page):
    reader = WorkerCloserReader()
    before = set(multiprocessing.active_children())
    reader.warm()
    (worker,) = set(multiprocessing.active_children()) - before
    assert reader.read([line(page, 0)]) == {line(page, 0): LINES[0]}
    assert set(multiprocessing.active_children()) - before == {worker}
    reader.close()
    reader.warm()
    assert set(multiprocessing.active_children()) - before == set()
