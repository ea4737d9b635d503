"""Reads pages in warm worker processes: several at once, with a time and a memory limit for each.

A foreign file is opened only there. A page that crashes its worker, or takes too long, costs itself and nothing else:
the worker is replaced and the other pages go on.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path

from app.adapters.ocr.tessdata import VIETNAMESE
from app.adapters.page_worker import PageJob, PagesCounted, ReadingDesk, failed_page
from app.adapters.worker_process import MEMORY_LIMIT_BYTES, Stage, TimeLimits, WorkerProcess
from app.adapters.worker_serving import Desk, DeskMissing, JobDone
from app.domain.reading import PageScan
from app.errors import DeviceError
from app.ports import Cancelled, never

log = logging.getLogger(__name__)

_POLL_S = 0.05
_QUEUED_PER_WORKER = 2  # one being read, one waiting, so that no worker waits for the caller
_TRIES = 3
"""How many workers may end, one after the other, with a page they had not begun."""

_ENDS_PER_FILE = 3
"""After so many workers ended while they opened its pages, a file's other pages are not tried any more."""

_LIMITS = TimeLimits()
_VIETNAMESE_DESK = partial(ReadingDesk, VIETNAMESE)
_FAILURES = {Stage.OPENING: "unreadable_file"}
"""What a page is told to be when its worker ended in this stage; in all others `ocr_failed`."""

_Worker = WorkerProcess[PageJob]


class WorkerPageReader:
    """A `PageReader`; may be used from any thread, also from several at once. Workers start with the first page.

    `warm` starts them earlier.

    Args:
        workers: How many processes; by default one for each core, at most four.
        limits: How long a page may take before its worker is ended.
        memory_limit_bytes: How much address space a worker may have (POSIX).
        make_desk: What a worker works with; by default it reads with the Vietnamese model.
    """

    def __init__(
        self,
        workers: int | None = None,
        limits: TimeLimits = _LIMITS,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        make_desk: Callable[[], Desk] = _VIETNAMESE_DESK,
    ) -> None:
        self._size = workers or max(1, min(4, os.cpu_count() or 1))
        self._limits = limits
        self._memory_limit_bytes = memory_limit_bytes
        self._make_desk = make_desk
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._closed = False

    def scan(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[PageScan]:
        """One PageScan per page in order of the files; when cancelled it ends at once, without the rest.

        Raises:
            DeviceError: `ocr_missing`.
        """
        run = _Run(files)
        if run.over:
            return
        workers = self._take()
        try:
            while not run.over:
                if self._stopped(cancelled):
                    return
                for worker in workers:
                    run.hear(worker, self._limits)
                run.hand_out(workers)
                for scan in run.finished():
                    yield scan
                    if self._stopped(cancelled):
                        return
                if not run.over:
                    _listen(workers)
        finally:
            self._give_back(workers)

    def warm(self) -> None:
        """Start the workers now; they load what they need while nobody waits for them."""
        workers = [] if self._closed else self._take()
        for worker in workers:
            worker.wake()
        self._give_back(workers)

    def close(self) -> None:
        """Stop the workers; a scan that still runs ends without the rest."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.dismiss()

    def _stopped(self, cancelled: Cancelled) -> bool:
        return self._closed or cancelled()

    def _take(self) -> list[_Worker]:
        """Idle workers, filled up to the number wanted; a second scan at the same time gets workers of its own."""
        with self._lock:
            workers, self._idle = self._idle, []
        while len(workers) < self._size:
            workers.append(_Worker(self._make_desk, self._memory_limit_bytes))
        return workers

    def _give_back(self, workers: list[_Worker]) -> None:
        for worker in workers:
            if worker.jobs:
                worker.end()
        with self._lock:
            room = 0 if self._closed else self._size - len(self._idle)
            self._idle.extend(workers[:room])
        for worker in workers[room:]:
            worker.dismiss()


class _Run:
    """One call of `scan`: what is still to read, what has been read, what was given out in order."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [Path(file) for file in files]
        self._waiting = deque(PageJob(index=index, file=file, page=1) for index, file in enumerate(self._files))
        self._totals: dict[int, int] = {}
        self._scans: dict[tuple[int, int], tuple[PageScan, ...]] = {}  # of each image; two where a sheet lay opened
        self._pages: Counter[int] = Counter()
        self._unbegun: Counter[tuple[int, int]] = Counter()
        self._ends: Counter[int] = Counter()
        self._next = (0, 1)

    @property
    def over(self) -> bool:
        """Whether everything has been given out."""
        return self._next[0] >= len(self._files)

    def hand_out(self, workers: list[_Worker]) -> None:
        """Give waiting jobs to free workers; a second one only while there is enough for all."""
        for depth in range(_QUEUED_PER_WORKER):
            for worker in workers:
                enough = len(self._waiting) >= (1 if depth == 0 else len(workers))
                if enough and len(worker.jobs) == depth:
                    worker.give(self._waiting.popleft())

    def hear(self, worker: _Worker, limits: TimeLimits) -> None:
        """Take a worker's answers; settle with it when it has ended or takes too long.

        Raises:
            DeviceError: `ocr_missing`.
        """
        try:
            while (said := worker.receive()) is not None:
                self._take(said)
        except (EOFError, OSError):
            self._settle(worker, "ended")
            return
        if worker.jobs and worker.overdue(limits.of(worker.stage, worker.jobs[0].file)):
            self._settle(worker, "took too long")

    def finished(self) -> Iterator[PageScan]:
        """Pages whose turn it is; the halves of an opened sheet count as two pages of their file."""
        while self._next in self._scans:
            index, image = self._next
            scans = self._scans.pop(self._next)
            last = image >= self._totals.get(index, 1)
            self._next = (index + 1, 1) if last else (index, image + 1)
            for scan in scans:
                self._pages[index] += 1
                yield replace(scan, page=self._pages[index])

    def _take(self, said: object) -> None:
        if isinstance(said, DeskMissing):
            raise DeviceError(said.code)
        if isinstance(said, PagesCounted):
            file = self._files[said.index]
            self._totals[said.index] = said.total
            more = [PageJob(index=said.index, file=file, page=page) for page in range(2, said.total + 1)]
            self._waiting.extendleft(reversed(more))
        elif isinstance(said, JobDone):
            answer = said.answer
            self._scans[said.job.index, said.job.page] = answer if isinstance(answer, tuple) else (answer,)

    def _settle(self, worker: _Worker, what: str) -> None:
        """The page in hand failed, unless its worker had not begun it; those behind it have another try."""
        stage, jobs = worker.stage, list(worker.jobs)
        worker.end()
        if jobs and not self._may_try_again(jobs[0], stage):
            job, code = jobs.pop(0), _FAILURES.get(stage, "ocr_failed")
            log.warning("page worker %s: %s", what, code)
            self._fail(job, code)
            self._ends[job.index] += stage is Stage.OPENING
        self._waiting.extendleft(reversed(jobs))
        for job in [job for job in self._waiting if self._ends[job.index] >= _ENDS_PER_FILE]:
            self._waiting.remove(job)
            self._fail(job, "unreadable_file")

    def _fail(self, job: PageJob, code: str) -> None:
        self._scans[job.index, job.page] = (failed_page(job, code),)

    def _may_try_again(self, job: PageJob, stage: Stage) -> bool:
        """Whether the worker was ready and the page is not to blame for its end; a few times only."""
        if stage is not Stage.READY:
            return False
        self._unbegun[job.index, job.page] += 1
        return self._unbegun[job.index, job.page] < _TRIES


def _listen(workers: list[_Worker]) -> None:
    connections = [worker.connection for worker in workers if worker.connection is not None]
    wait(connections, _POLL_S)
