"""The worker's side of a worker process: it serves one desk, under limits, and ends with its parent.

What a worker says: `WorkerReady` once, or `DeskMissing` and no more; then for each job `JobBegun` before anything of it
is touched, what the desk has to say meanwhile, and `JobDone`. Whoever waits knows what a worker was at when it ended.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import Any, Protocol

from app.errors import DeviceError


class Channel(Protocol):
    """One end of a multiprocessing pipe, whose class differs between systems."""

    def send(self, obj: Any, /) -> None:
        """Send a value."""
        ...

    def recv(self) -> Any:
        """Wait for a value; EOFError when the other end is gone."""
        ...

    def poll(self, timeout: float = 0.0, /) -> bool:
        """Whether something can be received, at once or within so many seconds."""
        ...

    def close(self) -> None:
        """Close this end."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerReady:
    """Everything is loaded; from here on time counts against the job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskMissing:
    """Nothing can be done on this computer; `code` is that of a DeviceError."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobBegun:
    """Sent before the job's file is touched; a worker that ends earlier has cost the job nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOpened:
    """Sent by a desk when the file of its job is decoded and the work on what it shows begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """The job's last word."""

    job: Any
    answer: Any


class Desk(Protocol):
    """What a worker keeps between jobs, and how it does them."""

    def answer(self, job: Any, send: Callable[[object], None]) -> object:
        """Do one job, and say by `send` what cannot wait; whatever is wrong with its file is part of the answer."""
        ...


def serve(connection: Channel, make_desk: Callable[[], Desk], memory_limit_bytes: int) -> None:
    """Make the desk and do jobs until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is for the parent to act on
    if sys.platform != "win32":
        from app.adapters.posix_limits import lead_group, limit_memory

        lead_group()
        limit_memory(memory_limit_bytes)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        desk = make_desk()
    except DeviceError as error:
        connection.send(DeskMissing(code=error.code))
        return
    try:
        connection.send(WorkerReady())
        while True:
            job = connection.recv()
            connection.send(JobBegun())
            connection.send(JobDone(job=job, answer=desk.answer(job, connection.send)))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    if sys.platform != "win32":
        from app.adapters.posix_limits import end_own_group

        end_own_group()
    os._exit(1)
