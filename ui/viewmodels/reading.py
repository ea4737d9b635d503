"""Reading of pages in the background, one dossier after the other, while the person goes on."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.queue import OpenDossier
from app.errors import DiabaError
from ui.desk import Desk
from ui.tasks import Lane, Stop
from ui.viewmodels.station import StationModel


class ReadingModel(StationModel):
    """Feeds dossiers to the reader.

    Signals:
        read: OpenDossier whose pages were just read.
        left_changed: How many dossiers still wait.
    """

    read = Signal(object)
    left_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._waiting: list[str] = []
        self._stop = Stop()

    @property
    def left(self) -> int:
        """Dossiers being read or waiting."""
        return len(self._waiting)

    def request(self, dossier_ids: Sequence[str]) -> None:
        """Read these dossiers, in this order, after those asked for before."""
        service, person, stop = self._desk.services.dossier_reading, self._desk.person, self._stop
        for dossier_id in dossier_ids:
            self._waiting.append(dossier_id)
            self._run(
                functools.partial(service.read_dossier, person, dossier_id, stop.is_set),
                functools.partial(self._take_read, dossier_id),
                on_failed=functools.partial(self._take_failure, dossier_id),
                lane=Lane.READ,
                stop=stop,
            )
        self.left_changed.emit(self.left)

    def go_on(self) -> None:
        """Read what an earlier day left unread."""
        self._run(self._desk.services.dossier_reading.waiting, self.request)

    def stop(self) -> None:
        """Stop reading; what is unread is read at the next start."""
        self._stop.set()
        self._stop = Stop()

    def _take_read(self, dossier_id: str, opened: OpenDossier) -> None:
        self._done(dossier_id)
        self.read.emit(opened)
        self.work_changed.emit()

    def _take_failure(self, dossier_id: str, error: DiabaError) -> None:
        self._done(dossier_id)
        self._tell(error)

    def _done(self, dossier_id: str) -> None:
        if dossier_id in self._waiting:
            self._waiting.remove(dossier_id)
        self.left_changed.emit(self.left)
