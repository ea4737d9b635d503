"""Second looks in a warm worker process of their own, which does not wait behind whole pages being read."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from app.adapters.closer_desk import CloserDesk, LookJob
from app.adapters.ocr.tessdata import VIETNAMESE
from app.adapters.worker_process import MEMORY_LIMIT_BYTES, TimeLimits, WorkerProcess
from app.adapters.worker_serving import Desk, JobDone
from app.domain.reading import Look
from app.ports import Cancelled, never

log = logging.getLogger(__name__)

_POLL_S = 0.05
_LIMITS = TimeLimits(reading_s=30.0)
_VIETNAMESE_DESK = partial(CloserDesk, VIETNAMESE)


class WorkerCloserReader:
    """A `CloserReader`; may be used from any thread, one call after the other. The worker starts with the first.

    `warm` starts it earlier.

    Args:
        limits: How long the pieces of one image may take before the worker is ended.
        memory_limit_bytes: How much address space the worker may have (POSIX).
        make_desk: What the worker works with; by default it reads with the Vietnamese model.
    """

    def __init__(
        self,
        limits: TimeLimits = _LIMITS,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        make_desk: Callable[[], Desk] = _VIETNAMESE_DESK,
    ) -> None:
        self._limits = limits
        self._worker = WorkerProcess[LookJob](make_desk, memory_limit_bytes)
        self._lock = threading.Lock()
        self._closed = False

    def read(self, looks: Sequence[Look], cancelled: Cancelled = never) -> dict[Look, str]:
        """The text of each piece; a worker that ends or takes too long costs the pieces of one image."""
        texts: dict[Look, str] = {}
        for job in _jobs(looks):
            with self._lock:
                if self._closed or cancelled():
                    break
                texts.update(zip(job.looks, self._answer(job, cancelled), strict=False))
        return texts

    def warm(self) -> None:
        """Start the worker now; it loads what it needs while nobody waits for it."""
        with self._lock:
            if not self._closed:
                self._worker.wake()

    def close(self) -> None:
        """Stop the worker."""
        with self._lock:
            self._closed = True
            self._worker.dismiss()

    def _answer(self, job: LookJob, cancelled: Cancelled) -> Sequence[str]:
        self._worker.give(job)
        try:
            while not cancelled():
                said = self._worker.receive(_POLL_S)
                if isinstance(said, JobDone):
                    texts: Sequence[str] = said.answer
                    return texts
                if said is None and self._worker.overdue(self._limits.of(self._worker.stage, job.file)):
                    raise TimeoutError
        except (EOFError, OSError):
            log.warning("a worker ended or took too long: no second look")
        self._worker.end()
        return ()


def _jobs(looks: Sequence[Look]) -> Iterator[LookJob]:
    """One job for each image."""
    for (file, image), same in groupby(sorted(set(looks), key=_place), key=lambda look: (look.file, look.image)):
        yield LookJob(file=Path(file), image=image, looks=tuple(same))


def _place(look: Look) -> tuple[str, int, tuple[int, ...]]:
    return look.file, look.image, tuple(look.box)
