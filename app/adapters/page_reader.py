"""Reads pages in warm worker processes: several at once, with a time and a memory limit for each.

A foreign file is opened only there. A page that crashes its worker, or takes too long, costs itself and nothing else:
the worker is replaced and the other pages go on.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from app.adapters.ocr.tessdata import VIETNAMESE
from app.adapters.page_worker import Channel, EngineMissing, PageJob, PagesCounted, WorkerReady, failed_page, serve
from app.domain.reading import PageScan
from app.errors import DeviceError
from app.ports import Cancelled, never

log = logging.getLogger(__name__)

PAGE_LIMIT_S = 90.0
MEMORY_LIMIT_BYTES = 3 * 1024**3
"""Of address space, of which libraries take about one; a page of 60 million pixels needs about one more."""

_POLL_S = 0.05
_QUEUED_PER_WORKER = 2  # one being read, one waiting, so that no worker waits for the caller
_START_LIMIT_S = 60.0
_FAREWELL_S = 3.0


class WorkerPageReader:
    """A `PageReader`; may be used from any thread, also from several at once. Workers start with the first page.

    Args:
        workers: How many processes; by default one for each core, at most four.
        page_limit_s: How long a page may take before its worker is ended.
        memory_limit_bytes: How much address space a worker may have (POSIX).
        language: The model to read words with.
    """

    def __init__(
        self,
        workers: int | None = None,
        page_limit_s: float = PAGE_LIMIT_S,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        language: str = VIETNAMESE,
    ) -> None:
        self._size = workers or max(1, min(4, os.cpu_count() or 1))
        self._page_limit_s = page_limit_s
        self._memory_limit_bytes = memory_limit_bytes
        self._language = language
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
                    run.hear(worker, self._page_limit_s)
                run.hand_out(workers)
                for scan in run.finished():
                    yield scan
                    if self._stopped(cancelled):
                        return
                if not run.over:
                    _listen(workers)
        finally:
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
            workers.append(_Worker(self._language, self._memory_limit_bytes))
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


class _Worker:
    """One worker process, started with its first job, replaced when it ends.

    Attributes:
        jobs: What it has been given and has not answered, the present job first.
    """

    def __init__(self, language: str, memory_limit_bytes: int) -> None:
        self.jobs: deque[PageJob] = deque()
        self._arguments = (language, memory_limit_bytes)
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Channel | None = None  # PipeConnection on Windows, Connection elsewhere
        self._since = 0.0
        self._ready = False

    @property
    def connection(self) -> Any:
        """What to wait for; None when it does not run."""
        return self._connection

    def give(self, job: PageJob) -> None:
        """Queue a job."""
        if not self.jobs and self._process is not None and not self._process.is_alive():
            self.end()  # something ended it while it had nothing to do
        if self._connection is None:
            self._start()
        if not self.jobs:
            self._since = time.monotonic()
        self.jobs.append(job)
        try:
            if self._connection is not None:
                self._connection.send(job)
        except OSError:
            log.debug("a worker ended before its job")  # the next `receive` says so too

    def receive(self) -> object | None:
        """The next answer, None when there is none yet.

        Raises:
            EOFError, OSError: The worker has ended.
        """
        if self._connection is None or not self._connection.poll():
            return None
        answer: object = self._connection.recv()
        if isinstance(answer, WorkerReady):
            self._ready = True
            self._since = time.monotonic()
        if isinstance(answer, PageScan):
            self.jobs.popleft()
            self._since = time.monotonic()
        return answer

    def overdue(self, limit_s: float) -> bool:
        """Whether the present job, or the start before it, takes too long."""
        limit_s = limit_s if self._ready else max(limit_s, _START_LIMIT_S)
        return bool(self.jobs) and time.monotonic() - self._since > limit_s

    def end(self) -> None:
        """Kill the process; its jobs are forgotten."""
        if self._process is not None and self._connection is not None:
            self._connection.close()
            self._process.kill()
            self._process.join(_FAREWELL_S)
        self._process = self._connection = None
        self._ready = False
        self.jobs.clear()

    def dismiss(self) -> None:
        """Let an idle process end by itself; kill it if it does not."""
        if self._process is not None and self._connection is not None:
            self._connection.close()
            self._connection = None
            self._process.join(_FAREWELL_S)
            self._process.kill()
            self._process.join(_FAREWELL_S)
        self._process = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # forking a program with threads or Qt is not safe
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, *self._arguments), name="diaba-page-worker", daemon=True
        )
        self._process.start()
        theirs.close()


class _Run:
    """One call of `scan`: what is still to read, what has been read, what was given out in order."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [Path(file) for file in files]
        self._waiting = deque(PageJob(index=index, file=file, page=1) for index, file in enumerate(self._files))
        self._totals: dict[int, int] = {}
        self._scans: dict[tuple[int, int], PageScan] = {}
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

    def hear(self, worker: _Worker, limit_s: float) -> None:
        """Take a worker's answers; settle with it when it has ended or takes too long.

        Raises:
            DeviceError: `ocr_missing`.
        """
        try:
            while (answer := self._receive(worker)) is not None:
                if isinstance(answer, EngineMissing):
                    raise DeviceError(answer.code)
        except (EOFError, OSError):
            log.warning("page worker ended: ocr_failed")
            self._settle(worker)
            return
        if worker.overdue(limit_s):
            log.warning("page worker took too long: ocr_failed")
            self._settle(worker)

    def finished(self) -> Iterator[PageScan]:
        """Pages whose turn it is."""
        while self._next in self._scans:
            index, page = self._next
            scan = self._scans.pop(self._next)
            last = page >= self._totals.get(index, 1)
            self._next = (index + 1, 1) if last else (index, page + 1)
            yield scan

    def _receive(self, worker: _Worker) -> object | None:
        job = worker.jobs[0] if worker.jobs else None
        answer = worker.receive()
        if job is None:
            return answer
        if isinstance(answer, PagesCounted):
            self._totals[job.index] = answer.total
            more = [PageJob(index=job.index, file=job.file, page=page) for page in range(2, answer.total + 1)]
            self._waiting.extendleft(reversed(more))
        elif isinstance(answer, PageScan):
            self._scans[job.index, job.page] = answer
        return answer

    def _settle(self, worker: _Worker) -> None:
        """The page in hand failed; those behind it have another try."""
        if worker.jobs:
            job = worker.jobs.popleft()
            self._scans[job.index, job.page] = failed_page(job, "ocr_failed")
            self._waiting.extendleft(reversed(worker.jobs))
        worker.end()


def _listen(workers: list[_Worker]) -> None:
    connections = [worker.connection for worker in workers if worker.connection is not None]
    wait(connections, _POLL_S)
