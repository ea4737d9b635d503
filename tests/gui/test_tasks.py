"""The one door to worker threads."""

from __future__ import annotations

import functools
import sys
import threading
import time
from typing import Any

from PySide6.QtCore import QObject

from app.errors import DiabaError, StoreError
from ui.tasks import Lane, Stop, TaskRunner


def test_work_runs_on_another_thread_and_the_answer_comes_on_the_gui_thread(qtbot, tasks):
    seen: list[Any] = []
    with qtbot.waitSignal(tasks.idled, timeout=3000):
        tasks.start(threading.get_ident, on_done=lambda ident: seen.append((ident, threading.get_ident())))
    assert len(seen) == 1
    assert seen[0][0] != threading.get_ident()
    assert seen[0][1] == threading.get_ident()


def test_a_known_failure_is_answered_on_the_gui_thread(qtbot, tasks):
    seen: list[Any] = []

    def fail() -> None:
        raise StoreError("store_failed")

    with qtbot.waitSignal(tasks.idled, timeout=3000):
        tasks.start(fail, on_done=seen.append, on_failed=lambda e: seen.append((e.code, threading.get_ident())))
    assert seen == [("store_failed", threading.get_ident())]


def test_an_unknown_failure_reaches_the_crash_hook_and_frees_the_waiting_view(qtbot, tasks, monkeypatch):
    hooked: list[object] = []
    failed: list[DiabaError] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: hooked.append((kind, threading.get_ident())))
    with qtbot.waitSignal(tasks.idled, timeout=3000):
        tasks.start(lambda: 1 // 0, on_failed=failed.append)
    assert hooked == [(ZeroDivisionError, threading.get_ident())]
    assert [type(error) for error in failed] == [DiabaError]


def test_writes_keep_their_order(qtbot, tasks):
    seen: list[Any] = []
    gate = threading.Event()

    def write(number: int) -> int:
        if number == 0:
            gate.wait(3)
        return number

    for number in range(20):
        tasks.start(lambda n=number: write(n), on_done=seen.append, lane=Lane.WRITE)
    assert tasks.pending == 20
    with qtbot.waitSignal(tasks.idled, timeout=3000):
        gate.set()
    assert seen == list(range(20))


def test_progress_told_from_a_worker_arrives_on_the_gui_thread_before_the_answer(qtbot, tasks):
    seen: list[Any] = []
    tell = tasks.on_gui(lambda step: seen.append((step, threading.get_ident())))

    def work() -> str:
        tell(1)
        tell(2)
        return "done"

    with qtbot.waitSignal(tasks.idled, timeout=3000):
        tasks.start(work, on_done=lambda text: seen.append((text, threading.get_ident())))
    assert seen == [(step, threading.get_ident()) for step in (1, 2, "done")]


def test_an_answer_for_a_view_that_is_gone_is_dropped(qtbot, tasks):
    class View(QObject):
        def take(self, value: object) -> None:
            raise AssertionError(value)

    view = View()
    gate = threading.Event()
    tasks.start(gate.wait, on_done=view.take)
    view.deleteLater()
    qtbot.waitUntil(lambda: not _alive(view))
    with qtbot.waitSignal(tasks.idled, timeout=3000):
        gate.set()


def test_closing_cancels_the_long_work_finishes_the_writes_and_drops_the_rest(qapp):
    runner = TaskRunner()
    stop, begun = Stop(), threading.Event()
    written: list[int] = []
    dropped: list[int] = []

    def long() -> None:
        begun.set()
        while not stop.is_set():
            time.sleep(0.001)

    runner.start(long, lane=Lane.READ, stop=stop)
    assert begun.wait(3)
    runner.start(lambda: dropped.append(1), lane=Lane.READ)
    for number in range(5):
        runner.start(functools.partial(written.append, number), lane=Lane.WRITE)
    assert runner.shut_down()
    assert written == [0, 1, 2, 3, 4]
    assert dropped == []
    runner.start(lambda: written.append(9))
    assert runner.pending == 0


def test_closing_waits_no_longer_than_it_is_told_for_work_that_does_not_listen(qapp):
    runner = TaskRunner()
    begun, gate = threading.Event(), threading.Event()

    def deaf() -> None:
        begun.set()
        gate.wait()

    runner.start(deaf)
    assert begun.wait(3)
    started = time.monotonic()
    assert not runner.shut_down(wait_s=0.1)
    assert time.monotonic() - started < 2
    gate.set()
    assert runner.shut_down()


def _alive(view: QObject) -> bool:
    import shiboken6

    return shiboken6.isValid(view)
