"""A worker process as its owner sees it: started with its first job, warm between jobs, ended at any time."""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, Generic, TypeVar

from app.adapters.worker_serving import Channel, Desk, JobBegun, JobDone, PageOpened, WorkerReady, serve

log = logging.getLogger(__name__)

MEMORY_LIMIT_BYTES = 3 * 1024**3
"""Of address space, of which libraries take about one; a page of 60 million pixels needs about one more."""

OPENING_LIMIT_S = 30.0
"""The slowest page allowed, 60 million pixels, is decoded in a few seconds."""

_BYTES_PER_S = 5_000_000  # of a slow share, so that a large honest file is not taken for one that never ends
_START_LIMIT_S = 60.0
_FAREWELL_S = 3.0

J = TypeVar("J")


class Stage(Enum):
    """How far a worker is with the job in hand."""

    STARTING = auto()
    READY = auto()
    OPENING = auto()
    READING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimits:
    """How long a worker may stay in a stage, in seconds.

    Attributes:
        opening_s: For a small file; a large one has longer.
        reading_s: From the decoded page to what is on it.
    """

    opening_s: float = OPENING_LIMIT_S
    reading_s: float = 90.0

    def of(self, stage: Stage, file: Path) -> float:
        """The limit of a stage for a file."""
        if stage is Stage.STARTING:
            return max(_START_LIMIT_S, self.reading_s)
        if stage is Stage.READING:
            return self.reading_s
        return self.opening_s + _size_of(file) / _BYTES_PER_S


class WorkerProcess(Generic[J]):
    """One worker process, replaced by the next `give` when it has ended. One thread at a time uses it.

    Args:
        make_desk: Made in the worker; must be picklable.
        memory_limit_bytes: How much address space it may have (POSIX).

    Attributes:
        jobs: What it has been given and has not answered, the present job first.
        stage: How far it is, as it has said.
    """

    def __init__(self, make_desk: Callable[[], Desk], memory_limit_bytes: int = MEMORY_LIMIT_BYTES) -> None:
        self.jobs: deque[J] = deque()
        self.stage = Stage.STARTING
        self._arguments = (make_desk, memory_limit_bytes)
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Channel | None = None  # PipeConnection on Windows, Connection elsewhere
        self._since_s = 0.0

    @property
    def connection(self) -> Any:
        """What to wait for; None when it does not run."""
        return self._connection

    def wake(self) -> None:
        """Start the process if it does not run, so that the first job finds everything loaded; does not wait for it."""
        if self._connection is None:
            self._start()

    def give(self, job: J) -> None:
        """Queue a job."""
        self.wake()
        if not self.jobs:
            self._since_s = time.monotonic()
        self.jobs.append(job)
        try:
            if self._connection is not None:
                self._connection.send(job)
        except OSError:
            log.debug("a worker ended before its job")  # the next `receive` says so too

    def receive(self, wait_s: float = 0.0) -> object | None:
        """What it says next, None when that is nothing within so many seconds.

        Raises:
            EOFError, OSError: The worker has ended.
        """
        if self._connection is None or not self._connection.poll(wait_s):
            return None
        said: object = self._connection.recv()
        self._since_s = time.monotonic()
        if isinstance(said, WorkerReady):
            self.stage = Stage.READY
        elif isinstance(said, JobBegun):
            self.stage = Stage.OPENING
        elif isinstance(said, PageOpened):
            self.stage = Stage.READING
        elif isinstance(said, JobDone):
            self.stage = Stage.READY
            self.jobs.popleft()
        return said

    def overdue(self, limit_s: float) -> bool:
        """Whether it has said nothing for too long although it has a job."""
        return bool(self.jobs) and time.monotonic() - self._since_s > limit_s

    def end(self) -> None:
        """Kill the process and what it started; its jobs are forgotten."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            _kill(self._process)
        self._process = self._connection = None
        self.stage = Stage.STARTING
        self.jobs.clear()

    def dismiss(self) -> None:
        """Let an idle process end by itself; kill it if it does not."""
        if self._process is not None and self._connection is not None:
            self._connection.close()
            self._process.join(_FAREWELL_S)
        self.end()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # forking a program with threads or Qt is not safe
        self._connection, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs, *self._arguments), name="diaba-page-worker", daemon=True
        )
        self._process.start()
        theirs.close()


def _kill(process: multiprocessing.process.BaseProcess) -> None:
    if sys.platform != "win32" and process.pid is not None and process.is_alive():
        from app.adapters.posix_limits import end_group

        end_group(process.pid)
    process.kill()
    process.join(_FAREWELL_S)


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
