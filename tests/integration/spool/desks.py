"""A desk that does with a file what its name says."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from app.adapters.jpeg_pages import JpegPage
from app.adapters.page_worker import TakeJob


class FragileDesk:
    """Gives two pages of every file; ends its worker, or never comes back, before one of them when the name says so."""

    def answer(self, job: TakeJob, send: Callable[[object], None]) -> None:
        """Give the pages."""
        for number in (1, 2):
            if job.file.name == f"dies at page {number}":
                os._exit(1)
            if job.file.name == f"hangs at page {number}":
                threading.Event().wait()
            send(JpegPage(jpeg_bytes=str(number).encode(), width_px=1, height_px=1, dpi=None))
