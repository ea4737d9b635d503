"""Upload: the queue, the sending, and what the server said."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.queue import DossierHead, OutboxRow
from app.domain.states import FOR_A_PERSON, ON_THE_WAY, DossierState
from app.errors import DiabaError, Retry
from app.ports import ListQuery, UploadProgress
from app.services.upload_values import ResultSummary, UploadSummary
from ui.desk import Desk
from ui.tasks import Lane, Stop
from ui.viewmodels.station import StationModel

_S = DossierState
SENT = (_S.STORED, _S.VERIFIED)
SHOWN = (*FOR_A_PERSON, _S.RETURNED, *ON_THE_WAY, *SENT)
MOST_ROWS = 1000
LEAST_S_TO_JUDGE = 3.0
RESUME_LOOK_MS = 15_000
"""How often it is seen whether a next try is due; when it is due stands in the outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLine:
    """One dossier of the upload table."""

    head: DossierHead
    row: OutboxRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingNow:
    """How far the sending is; seconds_left is None while it cannot be said honestly."""

    progress: UploadProgress
    seconds_left: float | None


class UploadModel(StationModel):
    """The outbox and the worklist.

    What a person began to send goes on by itself after a failure of the line, also after a restart, until it is paused.

    Attributes:
        resume_timer: Runs while something is to be tried again.

    Signals:
        lines_changed: list of UploadLine, what a person must look at first.
        enrolled_changed: Whether this device is known to a server.
        busy_changed: Whether something is being sent or fetched.
        progressed: SendingNow.
    """

    lines_changed = Signal(object)
    enrolled_changed = Signal(bool)
    busy_changed = Signal(bool)
    progressed = Signal(object)

    def __init__(
        self, desk: Desk, parent: QObject | None = None, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(desk, parent)
        self._seconds = seconds
        self._stop: Stop | None = None
        self._begun: tuple[str, float, int] = ("", 0.0, 0)
        self._is_paused = False
        self.resume_timer = QTimer(self)
        self.resume_timer.setInterval(RESUME_LOOK_MS)
        self.resume_timer.timeout.connect(self._resume)

    @property
    def is_busy(self) -> bool:
        """Whether something is being sent or fetched."""
        return self._stop is not None

    def refresh(self) -> None:
        """Read the queue again."""
        services = self._desk.services

        def read() -> tuple[bool, list[DossierHead], list[OutboxRow]]:
            heads = services.entry.heads(ListQuery(states=SHOWN, limit=MOST_ROWS))
            return services.upload.enrolled(), heads, services.upload.queue()

        self._run(read, self._take_queue)

    def enrol(self, url: str, code: str) -> None:
        """Make this device known to the server."""
        work = functools.partial(self._desk.services.upload.enrol, self._desk.person, url.strip(), code.strip())
        self._begin(work, self._take_enrolled)

    def send(self) -> None:
        """Send what waits; goes on where it stopped."""
        self._is_paused = False
        self._upload(self._take_sent, due_only=False)

    def pause(self) -> None:
        """Stop after the present piece; nothing is lost, sending goes on from there when asked."""
        self._is_paused = True
        self.resume_timer.stop()
        if self._stop is not None:
            self._stop.set()
            self.said.emit(self.tr("Đang tạm dừng…"))

    def fetch(self) -> None:
        """Ask the server for results."""
        stop = Stop()
        work = functools.partial(self._desk.services.upload.fetch_results, stop.is_set)
        self._begin(work, self._take_results, stop)

    # ------------------------------------------------------------ answers

    def _upload(self, on_done: Callable[[UploadSummary], None], *, due_only: bool) -> None:
        upload, person, stop = self._desk.services.upload, self._desk.person, Stop()
        tell = self._desk.tasks.on_gui(self._take_progress)
        self._begun = ("", 0.0, 0)
        self._begin(functools.partial(upload.upload, person, tell, stop.is_set, due_only=due_only), on_done, stop)

    def _resume(self) -> None:
        """Try again what is due by now."""
        self._upload(self._take_resumed, due_only=True)

    def _take_resumed(self, summary: UploadSummary) -> None:
        if summary.failure is not None or summary.stored or summary.refused or summary.conflict:
            self._take_sent(summary)

    def _wait_for_the_line(self, *, is_wanted: bool) -> None:
        if is_wanted and not self._is_paused:
            self.resume_timer.start()
        else:
            self.resume_timer.stop()

    def _begin(self, work: Callable[[], object], on_done: Callable[..., None], stop: Stop | None = None) -> None:
        if self.is_busy:
            return
        self._stop = stop or Stop()
        self.busy_changed.emit(True)
        self._run(
            work, functools.partial(self._end, on_done), on_failed=self._end_badly, lane=Lane.SEND, stop=self._stop
        )

    def _end(self, on_done: Callable[[object], None], result: object) -> None:
        self._stop = None
        self.busy_changed.emit(False)
        on_done(result)

    def _end_badly(self, error: DiabaError) -> None:
        self._stop = None
        self.busy_changed.emit(False)
        if error.code == "upload_stopped":
            self.said.emit(self.tr("Đã dừng theo yêu cầu; những gì đã lấy về vẫn giữ."))
        else:
            self._tell(error)
        self.refresh()

    def _take_queue(self, answer: tuple[bool, list[DossierHead], Sequence[OutboxRow]]) -> None:
        enrolled, heads, rows = answer
        last = {row.dossier_id: row for row in rows}
        order = {state: place for place, state in enumerate(SHOWN)}
        lines = [UploadLine(head=head, row=last.get(head.dossier_id)) for head in heads if _was_sealed(head, last)]
        lines.sort(key=lambda line: order[line.head.state])
        self.enrolled_changed.emit(enrolled)
        self.lines_changed.emit(lines)
        if enrolled and not self.resume_timer.isActive():
            self._wait_for_the_line(is_wanted=any(row.attempts and row.state in ON_THE_WAY for row in rows))

    def _take_enrolled(self, _nothing: object) -> None:
        self.said.emit(self.tr("Máy này đã được máy chủ ghi nhận."))
        self.refresh()

    def _take_progress(self, progress: UploadProgress) -> None:
        now = self._seconds()
        batch_id, since, first_bytes = self._begun
        if batch_id != progress.batch_id:
            batch_id, since, first_bytes = self._begun = (progress.batch_id, now, progress.bytes_done)
        moved = progress.bytes_done - first_bytes
        left = None
        if now - since >= LEAST_S_TO_JUDGE and moved > 0:
            left = (progress.bytes_total - progress.bytes_done) * (now - since) / moved
        self.progressed.emit(SendingNow(progress=progress, seconds_left=left))

    def _take_sent(self, summary: UploadSummary) -> None:
        is_later = summary.failure is None or summary.failure.retry is Retry.LATER
        self._wait_for_the_line(is_wanted=summary.waiting > 0 and is_later)
        words = self.tr(
            "Đã gửi: máy chủ nhận {stored}, từ chối {refused}, trùng {conflict}, còn chờ {waiting}."
        ).format(stored=summary.stored, refused=summary.refused, conflict=summary.conflict, waiting=summary.waiting)
        if summary.failure is None:
            self.said.emit(words)
        else:
            self._tell(summary.failure)
        self.refresh()
        self.work_changed.emit()

    def _take_results(self, _summary: ResultSummary) -> None:
        self.said.emit(self.tr("Đã lấy kết quả từ máy chủ."))
        self.refresh()
        self.work_changed.emit()


def _was_sealed(head: DossierHead, rows: dict[str, OutboxRow]) -> bool:
    """Leave out dossiers a supervisor returned before they were ever sent."""
    return head.state is not _S.RETURNED or head.dossier_id in rows
