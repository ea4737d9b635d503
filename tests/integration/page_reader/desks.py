"""Desks that do with a file what its name says: they end, hang or work, and read nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from app.adapters.page_worker import PageJob
from app.adapters.worker_serving import Channel, Desk, PageOpened, WorkerReady
from app.domain.reading import PageScan


class FragileDesk:
    """Ends its worker, or never comes back, while it opens or reads a file that is named so."""

    def answer(self, job: PageJob, send: Callable[[object], None]) -> PageScan:
        """Every other page is seen, with a mark."""
        _meet(job.file.name, "opening")
        send(PageOpened())
        _meet(job.file.name, "reading")
        return PageScan(file=str(job.file), page=job.page, width_px=1, height_px=1)


def serve_nothing(connection: Channel, make_desk: Callable[[], Desk], memory_limit_bytes: int) -> None:
    """A worker that is ready, takes a job and ends before it begins it."""
    connection.send(WorkerReady())
    connection.recv()


def _meet(name: str, where: str) -> None:
    if name == f"dies while {where}":
        os._exit(1)
    if name == f"hangs while {where}":
        threading.Event().wait()
