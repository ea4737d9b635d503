"""Takes the pages out of foreign files in a warm worker process, with a time and a memory limit for each page.

It is a worker as for reading pages, with another desk and a process of its own: a scanner's page must not wait behind
pages being read, and a worker without an engine is ready in a fraction of the time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from pathlib import Path

from app.adapters.jpeg_pages import JpegPage
from app.adapters.page_worker import Refused, TakeJob, TakingDesk
from app.adapters.worker_process import MEMORY_LIMIT_BYTES, Stage, TimeLimits, WorkerProcess
from app.adapters.worker_serving import Desk, JobDone
from app.errors import InputError, StoreError
from app.ports import Cancelled, never

log = logging.getLogger(__name__)

_POLL_S = 0.05
_TRIES = 3
"""How many workers may end, one after the other, with a file they had not begun."""

_LIMITS = TimeLimits()
_Worker = WorkerProcess[TakeJob]


class WorkerPageTaker:
    """Opens files one page at a time; may be used from several threads. The worker starts with the first file.

    Args:
        limits: How long a page may take before the worker is ended.
        memory_limit_bytes: How much address space a worker may have (POSIX).
        make_desk: What a worker works with.
    """

    def __init__(
        self,
        limits: TimeLimits = _LIMITS,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        make_desk: Callable[[], Desk] = TakingDesk,
    ) -> None:
        self._limits = limits
        self._memory_limit_bytes = memory_limit_bytes
        self._make_desk = make_desk
        self._lock = threading.Lock()
        self._idle: _Worker | None = None
        self._closed = False

    def pages(self, file: Path, cancelled: Cancelled = never) -> Generator[JpegPage, None, None]:
        """The pages of a file in order; when cancelled it ends without the rest.

        Raises:
            InputError: `unreadable_file` (also when the file ended its worker or took too long), `empty_file`,
                `file_too_large`, `unsupported_file`, `file_locked`.
            StoreError: `program_error` when no worker could begin.
        """
        worker = self._take()
        try:
            for _ in range(_TRIES):
                yield from self._pages_by(worker, file, cancelled)
                if not worker.jobs or cancelled():
                    return
                log.info("a worker ended before it began a file")
                worker.end()
            raise StoreError("program_error")
        finally:
            self._give_back(worker)

    def close(self) -> None:
        """Stop the worker that waits."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, None
        if idle is not None:
            idle.dismiss()

    def _pages_by(self, worker: _Worker, file: Path, cancelled: Cancelled) -> Generator[JpegPage, None, None]:
        """The pages; the worker keeps its job when it ended without having begun it."""
        worker.give(TakeJob(file=file))
        try:
            while worker.jobs and not cancelled():
                said = worker.receive(_POLL_S)
                if isinstance(said, JpegPage):
                    yield said
                elif isinstance(said, JobDone) and isinstance(said.answer, Refused):
                    raise InputError(said.answer.code, file=file.name)
                elif said is None and worker.overdue(self._limits.of(worker.stage, file)):
                    raise TimeoutError
        except (EOFError, OSError) as error:
            if worker.stage is Stage.OPENING:
                log.warning("a worker ended or took too long: unreadable_file")
                raise InputError("unreadable_file", file=file.name) from error

    def _take(self) -> _Worker:
        """The idle worker; a second file at the same time gets a worker of its own."""
        with self._lock:
            worker, self._idle = self._idle, None
        return worker or _Worker(self._make_desk, self._memory_limit_bytes)

    def _give_back(self, worker: _Worker) -> None:
        if worker.jobs:
            worker.end()
        with self._lock:
            if self._idle is None and not self._closed:
                self._idle = worker
                return
        worker.dismiss()
