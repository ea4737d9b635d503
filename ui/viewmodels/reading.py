"""Reading of pages in the background, one dossier after the other, while the person goes on."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.queue import OpenDossier
from app.errors import DiabaError
from app.services.reading_values import ReadingStep
from ui.desk import Desk
from ui.tasks import Lane, Stop
from ui.viewmodels.station import StationModel


class ReadingModel(StationModel):
    """Feeds dossiers to the reader.

    Signals:
        read: OpenDossier all of whose pages were just read.
        values_came: dossier_id of which more is known; the reading goes on.
        step_changed: ReadingStep of the dossier being read; None when none is.
        left_changed: How many dossiers still wait.
    """

    read = Signal(object)
    values_came = Signal(str)
    step_changed = Signal(object)
    left_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._waiting: list[str] = []
        self._in_hand = ""
        self._growing: set[str] = set()
        self._step: ReadingStep | None = None
        self._stop = Stop()

    @property
    def left(self) -> int:
        """Dossiers being read or waiting."""
        return len(self._waiting) + bool(self._in_hand)

    @property
    def step(self) -> ReadingStep | None:
        """How far the dossier in hand is; None while none is."""
        return self._step

    def request(self, dossier_ids: Sequence[str]) -> None:
        """Read these dossiers, in this order, after those asked for before; their pages are all there."""
        self._growing.difference_update(dossier_ids)
        self._add(dossier_ids)

    def request_growing(self, dossier_id: str) -> None:
        """Show what the pages of a dossier say while more of them are being scanned; `request` ends it."""
        self._growing.add(dossier_id)
        self._add([dossier_id])

    def prefer(self, dossier_id: str) -> None:
        """Read this dossier next, if it waits: somebody has it before them."""
        if dossier_id in self._waiting:
            self._waiting.remove(dossier_id)
            self._waiting.insert(0, dossier_id)

    def go_on(self) -> None:
        """Read what an earlier day left unread."""
        self._run(self._desk.services.dossier_reading.waiting, self.request)

    def stop(self) -> None:
        """Stop reading at once; what is unread is read at the next start."""
        self._stop.set()
        self._stop = Stop()
        self._waiting.clear()
        self.left_changed.emit(self.left)

    def _add(self, dossier_ids: Sequence[str]) -> None:
        self._waiting += [dossier_id for dossier_id in dossier_ids if dossier_id not in self._waiting]
        self._read_next()

    def _read_next(self) -> None:
        if self._waiting and not self._in_hand:
            self._in_hand = dossier_id = self._waiting.pop(0)
            is_growing = dossier_id in self._growing
            work = functools.partial(
                self._desk.services.dossier_reading.read_growing,
                self._desk.person,
                dossier_id,
                self._desk.tasks.on_gui(self._take_step),
                self._stop.is_set,
                more_to_come=is_growing,
            )
            self._run(
                work,
                functools.partial(self._take_read, is_growing),
                on_failed=self._take_failure,
                lane=Lane.READ,
                stop=self._stop,
            )
        self.left_changed.emit(self.left)

    def _take_step(self, step: ReadingStep) -> None:
        if step.dossier_id == self._in_hand:
            self._show_step(step)
            if step.pages_done:
                self.values_came.emit(step.dossier_id)

    def _take_read(self, is_growing: bool, opened: OpenDossier) -> None:
        self._end()
        if not is_growing:
            self.read.emit(opened)
            self.work_changed.emit()

    def _take_failure(self, error: DiabaError) -> None:
        self._end()
        self._tell(error)

    def _end(self) -> None:
        self._in_hand = ""
        self._show_step(None)
        self._read_next()

    def _show_step(self, step: ReadingStep | None) -> None:
        self._step = step
        self.step_changed.emit(step)
