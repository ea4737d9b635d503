"""The one door to worker threads: work goes out, answers come back on the gui thread.

Only frozen values, bytes, paths and QImages cross; no widget, pixmap or database connection does.
"""

from __future__ import annotations

import functools
import logging
import queue
import sys
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.errors import DiabaError

log = logging.getLogger(__name__)
T = TypeVar("T")
WAIT_AT_CLOSE_S = 5.0


class Lane(StrEnum):
    """Rows in which work waits; work of one lane starts in the order it came."""

    WRITE = "write"  # what a person does to dossiers: one thread, so that the order stays
    READ = "read"  # reading of pages in the background
    SCAN = "scan"  # scanner and import
    SEND = "send"  # the network
    OTHER = "other"  # lists, images, devices


_THREADS = {Lane.WRITE: 1, Lane.READ: 1, Lane.SCAN: 1, Lane.SEND: 1, Lane.OTHER: 2}


class Stop:
    """A flag to stop work that asks for it between steps; may be set from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the work to stop."""
        self._event.set()

    def is_set(self) -> bool:
        """Whether the work shall stop; give this to services as `cancelled`."""
        return self._event.is_set()


class _Job:
    """One piece of work with where its answer goes."""

    def __init__(
        self,
        work: Callable[[], Any],
        on_done: Callable[[Any], object] | None,
        on_failed: Callable[[DiabaError], object] | None,
        stop: Stop,
    ) -> None:
        self.work = work
        self.on_done = on_done
        self.on_failed = on_failed
        self.stop = stop


class TaskRunner(QObject):
    """Runs work off the gui thread; lives on the gui thread.

    Signals:
        idled: Nothing runs and no answer is under way any more.
    """

    idled = Signal()
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, queue.SimpleQueue[_Job | None]] = {lane: queue.SimpleQueue() for lane in Lane}
        self._threads: dict[Lane, list[threading.Thread]] = {lane: [] for lane in Lane}
        self._open: set[_Job] = set()
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """How many answers are still to come."""
        return len(self._open)

    def start(
        self,
        work: Callable[[], T],
        *,
        on_done: Callable[[T], object] | None = None,
        on_failed: Callable[[DiabaError], object] | None = None,
        lane: Lane = Lane.OTHER,
        stop: Stop | None = None,
    ) -> None:
        """Run `work` in its lane; exactly one of the two answers is called on the gui thread.

        Args:
            work: Called on a worker thread; plain values in, a plain value out.
            on_done: Takes the result. Not called when its owner is gone by then.
            on_failed: Takes the failure. A failure outside the error tree also reaches `sys.excepthook`.
            lane: Where it waits.
            stop: The flag that the work asks; set for it when the program closes.
        """
        if self._closed:
            return
        job = _Job(work, on_done, on_failed, stop or Stop())
        self._open.add(job)
        if len(self._threads[lane]) < min(_THREADS[lane], len(self._open)):
            self._add_thread(lane)
        self._lanes[lane].put(job)

    def on_gui(self, take: Callable[[T], object]) -> Callable[[T], None]:
        """A callable for any thread that passes its argument on to `take` on the gui thread, in order."""

        def hand_over(value: T) -> None:
            self._answered.emit(functools.partial(_call_if_alive, take, value))

        return hand_over

    def shut_down(self, wait_s: float = WAIT_AT_CLOSE_S) -> bool:
        """Take no more work, cancel what can be cancelled, finish the writes, wait a little.

        Returns:
            False when something still ran after `wait_s`; its thread then ends with the process.
        """
        self._closed = True
        for job in self._open:
            job.stop.set()
        until = time.monotonic() + wait_s
        for lane, threads in self._threads.items():
            for _ in threads:
                self._lanes[lane].put(None)
        for threads in self._threads.values():
            for thread in threads:
                thread.join(max(0.0, until - time.monotonic()))
        self._open.clear()
        return not any(thread.is_alive() for threads in self._threads.values() for thread in threads)

    def _add_thread(self, lane: Lane) -> None:
        name = f"{lane.value}-{len(self._threads[lane])}"
        thread = threading.Thread(target=self._work, args=(lane,), name=name, daemon=True)
        self._threads[lane].append(thread)
        thread.start()

    def _work(self, lane: Lane) -> None:
        while (job := self._lanes[lane].get()) is not None:
            if self._closed and lane is not Lane.WRITE:
                continue
            self._run(job)

    def _run(self, job: _Job) -> None:
        try:
            result = job.work()
        except DiabaError as error:
            log.info("failed: %s", error.code)
            self._answer(functools.partial(self._settle, job, job.on_failed, error))
        except Exception as error:  # noqa: BLE001 - the last frame of a worker thread
            self._answer(functools.partial(self._break, job, error))
        else:
            self._answer(functools.partial(self._settle, job, job.on_done, result))

    def _answer(self, answer: Callable[[], None]) -> None:
        if not self._closed:
            self._answered.emit(answer)

    def _deliver(self, answer: Callable[[], None]) -> None:
        if not self._closed:
            answer()

    def _settle(self, job: _Job, take: Callable[[Any], object] | None, value: object) -> None:
        self._open.discard(job)
        try:
            if take is not None:
                _call_if_alive(take, value)
        finally:
            if not self._open:
                self.idled.emit()

    def _break(self, job: _Job, error: Exception) -> None:
        sys.excepthook(type(error), error, error.__traceback__)
        self._settle(job, job.on_failed, DiabaError("program_error"))


def _call_if_alive(take: Callable[[T], object], value: T) -> None:
    method: Any = take
    while isinstance(method, functools.partial):
        method = method.func
    owner = getattr(method, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    take(value)
