"""What all view models share: work through the one door, failures into words."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import DiabaError
from ui.desk import Desk
from ui.tasks import Lane, Stop

T = TypeVar("T")


class StationModel(QObject):
    """Base of the view models; lives on the gui thread.

    Signals:
        said: A sentence for the status line.
        problem_told: ErrorText for the status line.
        work_changed: Dossiers changed their state; lists and counts are to be read again.
    """

    said = Signal(str)
    problem_told = Signal(object)
    work_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    @property
    def desk(self) -> Desk:
        """Where this person works."""
        return self._desk

    def _run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], object] | None = None,
        *,
        on_failed: Callable[[DiabaError], object] | None = None,
        lane: Lane = Lane.OTHER,
        stop: Stop | None = None,
    ) -> None:
        """Start work; a failure without its own taker goes to the status line."""
        self._desk.tasks.start(
            work,
            on_done=functools.partial(self._take, on_done) if on_done else None,
            on_failed=on_failed or self._tell,
            lane=lane,
            stop=stop,
        )

    def _take(self, on_done: Callable[[T], object], result: T) -> None:
        on_done(result)

    def _tell(self, error: DiabaError) -> None:
        self.problem_told.emit(self._desk.messages.error(error))
