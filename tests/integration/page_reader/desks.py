"""Desks that do with a file what its name says: they end, hang or work, and read nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable

from app.adapters.page_worker import PageJob, PagesCounted
from app.adapters.worker_serving import Channel, Desk, PageOpened, WorkerReady
from app.domain.reading import PageScan


class FragileDesk:
    """Ends its worker, or never comes back, while it opens or reads a file that is named so."""

    def answer(self, job: PageJob, send: Callable[[object], None]) -> PageScan:
        """Every other page is seen."""
        if job.file.name == "20 pages":
            if job.page > 1:
                os._exit(1)
            send(PagesCounted(index=job.index, total=20))
        _meet(job.file.name, "opening")
        send(PageOpened())
        _meet(job.file.name, "reading")
        return PageScan(file=str(job.file), page=job.page, width_px=1, height_px=1)


class StartingDesk:
    """Starts a program that does not end, notes its number in the file of the job, and waits for it."""

    def answer(self, job: PageJob, send: Callable[[object], None]) -> PageScan:
        """Never does."""
        with subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"]) as program:
            job.file.write_text(str(program.pid))
            program.wait()
        return PageScan(file=str(job.file), page=job.page)


def serve_nothing(connection: Channel, make_desk: Callable[[], Desk], memory_limit_bytes: int) -> None:
    """A worker that is ready, takes a job and ends before it begins it."""
    connection.send(WorkerReady())
    connection.recv()


def _meet(name: str, where: str) -> None:
    if name == f"dies while {where}":
        os._exit(1)
    if name == f"hangs while {where}":
        threading.Event().wait()
