"""Upload: sealed batches leave the outbox, their receipts and the server's results come back."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from app.domain.instants import to_iso
from app.domain.people import Person, Right
from app.domain.queue import OutboxRow
from app.domain.states import ON_THE_WAY, DossierState
from app.errors import AuthError, DiabaError, RejectedError, TransportError
from app.ports import BatchToSend, Cancelled, Clock, FormOutcome, PageFiles, Store, Uploader, UploadProgress, never
from app.services import rights
from app.services.upload_batches import batch_to_send, remember_chain_head
from app.services.upload_results import CURSOR, MOST_PAGES, apply_deferred, apply_results
from app.services.upload_settle import back_to_queue, next_try, settle, to_unknown, turn_down
from app.services.upload_values import ResultSummary, UploadSummary

log = logging.getLogger(__name__)

_S = DossierState
_STOPPING = frozenset(
    {
        "server_unreachable",
        "server_not_trusted",
        "clock_wrong",
        "server_full",
        "server_busy",
        "connection_stalled",
        "upload_stopped",
    }
)
"""Failures that the next batch would meet as well: the run ends. Any other leaves the other batches their turn."""

LONGEST_FETCH = timedelta(minutes=30)
"""A server that gives results drop by drop is left alone after this; the next time goes on behind the last of them."""


def _unheard(_progress: UploadProgress) -> None:
    pass


class UploadService:
    """The station between the outbox and the server; what it knows is in the store, so that it may end anywhere."""

    def __init__(self, store: Store, files: PageFiles, uploader: Uploader, clock: Clock, rng: random.Random) -> None:
        self._store = store
        self._files = files
        self._uploader = uploader
        self._clock = clock
        self._rng = rng
        self._recovered = False

    def recover(self) -> int:
        """Call at every start: what was being sent has an unknown fate now; returns how many dossiers.

        The first upload of a service does it too: nothing can be on its way then, since one process owns the store.
        """
        self._recovered = True
        with self._store.write() as writer:
            rows = writer.outbox((_S.SENDING,))
            for row in rows:
                to_unknown(writer, row, self._now(), error=None)
        return len(rows)

    def queue(self) -> list[OutboxRow]:
        """The outbox, in the order it was sealed."""
        with self._store.read() as reader:
            return reader.outbox()

    def enrolled(self) -> bool:
        """Whether this device is known to a server."""
        return self._uploader.enrolled()

    def enrol(self, person: Person, url: str, code: str) -> None:
        """Make this device known to a server with a one-time code.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`, `enrolment_refused`, `server_key_differs`.
            InputError: `bad_server_url`, `server_not_https`, `bad_enrolment_code`.
            TransportError: When the server cannot be reached.
        """
        with self._store.read() as reader:
            rights.require(reader, person, Right.MANAGE)
            name = reader.setting("device_name") or ""
        self._uploader.enrol(url, code, name)
        with self._store.write() as writer:
            writer.put_setting("server_url", url)
            writer.put_setting(CURSOR, "")  # results may come again, and change nothing then
            writer.add_event(person.person_id, "device_enrolled", self._now())

    def upload(
        self,
        person: Person,
        on_progress: Callable[[UploadProgress], None] = _unheard,
        cancelled: Cancelled = never,
        *,
        due_only: bool = False,
    ) -> UploadSummary:
        """Settle what has an unknown fate by asking, then send what is queued; a failing batch leaves the others alone.

        Args:
            person: Needs the right to upload.
            on_progress: Hears how far the pages of the present batch are.
            cancelled: Stops within a second; nothing is lost, the rest waits.
            due_only: Leave rows alone whose next try is still to come (for a timer; a person's own wish goes at once).

        Raises:
            AuthError: `right_missing`, `sign_in_needed`. Failures of the line or the server are in the summary.
        """
        with self._store.read() as reader:
            rights.require(reader, person, Right.UPLOAD)
        if not self._recovered:
            self.recover()
        run = _Run(person=person, cancelled=cancelled)
        if not self._uploader.enrolled():
            run.failures.append(AuthError("not_enrolled"))
        for batch_id in self._due(_S.UNKNOWN, due_only):
            if run.goes_on():
                self._ask(run, batch_id)
        for batch_id in self._due(_S.QUEUED, due_only):
            if run.goes_on():
                self._send(run, batch_id, on_progress)
        with self._store.read() as reader:
            waiting = len(reader.outbox(ON_THE_WAY))
        return run.summary(waiting)

    def fetch_results(self, cancelled: Cancelled = never) -> ResultSummary:
        """Fetch what the server found out since the last time, and move the dossiers along; may be repeated at will.

        Args:
            cancelled: Stops within a second; what was fetched before is kept.

        Raises:
            TransportError, AuthError: When the server cannot be asked, or has not come to an end after `LONGEST_FETCH`;
                what was fetched before is kept.
        """
        found: Counter[str] = Counter()
        until = self._clock.now() + LONGEST_FETCH
        with self._store.write() as writer:
            found += apply_deferred(writer, self._now())
            cursor = writer.setting(CURSOR) or ""
        for _ in range(MOST_PAGES):
            page = self._uploader.results(cursor, cancelled)
            if not page.items or page.cursor == cursor:
                break
            with self._store.write() as writer:
                found += apply_results(writer, page.items, self._now())
                writer.put_setting(CURSOR, page.cursor)
            cursor = page.cursor
            if cancelled():
                raise TransportError("upload_stopped")
            if self._clock.now() > until:
                raise TransportError("connection_stalled")
        return ResultSummary(**found)

    # ------------------------------------------------------------ inside

    def _due(self, state: DossierState, due_only: bool) -> list[str]:
        now = self._now()
        with self._store.read() as reader:
            rows = reader.outbox((state,))
        due = [row for row in rows if not due_only or row.next_at is None or row.next_at <= now]
        return list(dict.fromkeys(row.batch_id for row in due))

    def _ask(self, run: _Run, batch_id: str) -> None:
        """Settle rows of unknown fate by asking the server, without sending anything."""
        try:
            with self._store.read() as reader:
                rows = reader.outbox((_S.UNKNOWN,), batch_id)
                batch = batch_to_send(reader, None, batch_id, rows)
            outcomes = self._uploader.ask(batch, run.cancelled)
        except DiabaError as error:
            run.note(batch_id, error)
            self._put_off(_S.UNKNOWN, batch_id, error)
            return
        self._settle(run, batch_id, rows, outcomes)

    def _send(self, run: _Run, batch_id: str, on_progress: Callable[[UploadProgress], None]) -> None:
        try:
            batch, rows = self._begin(run.person, batch_id)
        except DiabaError as error:  # a page is gone: nothing was begun, a person must look
            run.note(batch_id, error)
            self._put_off(_S.QUEUED, batch_id, error)
            return
        try:
            outcomes = self._uploader.send(batch, on_progress, run.cancelled)
        except DiabaError as error:
            run.note(batch_id, error)
            self._failed(rows, error)
            if isinstance(error, RejectedError):
                run.count(_S.CONFLICT if error.code == "batch_conflict" else _S.REFUSED, len(rows))
            return
        self._settle(run, batch_id, rows, outcomes)

    def _begin(self, person: Person, batch_id: str) -> tuple[BatchToSend, list[OutboxRow]]:
        """Write down that a batch is being sent, before the first byte leaves."""
        with self._store.write() as writer:
            remember_chain_head(writer, batch_id)
            rows = writer.outbox((_S.QUEUED,), batch_id)
            batch = batch_to_send(writer, self._files, batch_id, rows)
            for row in rows:
                writer.step(row.dossier_id, _S.SENDING, who=person.person_id, at=self._now())
                writer.set_outbox(row.seq, _S.SENDING, count_attempt=True)
        return batch, rows

    def _put_off(self, state: DossierState, batch_id: str, error: DiabaError) -> None:
        """The rows of a batch in a state keep it and wait for their next try."""
        with self._store.write() as writer:
            for row in writer.outbox((state,), batch_id):
                writer.set_outbox(row.seq, state, next_at=self._next_try(row), error=error.code, count_attempt=True)

    def _failed(self, rows: Sequence[OutboxRow], error: DiabaError) -> None:
        with self._store.write() as writer:
            for row in rows:
                if isinstance(error, RejectedError):
                    turn_down(writer, row, error, self._now())
                elif isinstance(error, TransportError) and error.params.get("forms_sent", True):
                    to_unknown(writer, row, self._now(), error=error.code, next_at=self._next_try(row))
                else:
                    paused = isinstance(error, AuthError) or error.code == "upload_stopped"
                    next_at = None if paused else self._next_try(row)
                    back_to_queue(writer, row, _S.SENDING, self._now(), error=error.code, next_at=next_at)

    def _settle(self, run: _Run, batch_id: str, rows: Sequence[OutboxRow], outcomes: Sequence[FormOutcome]) -> None:
        by_revision = {(outcome.dossier_id, outcome.revision): outcome for outcome in outcomes}
        with self._store.write() as writer:
            for row in rows:
                outcome = by_revision.get((row.dossier_id, row.revision))
                run.count(settle(writer, row, outcome, self._now(), self._next_try(row)), 1)
        if len(by_revision) < len(rows):
            run.note(batch_id, TransportError("receipt_invalid"))

    def _next_try(self, row: OutboxRow) -> str:
        return next_try(self._clock.now(), row.attempts, self._rng)

    def _now(self) -> str:
        return to_iso(self._clock.now())


class _Run:
    """What one run has met so far."""

    def __init__(self, person: Person, cancelled: Cancelled) -> None:
        self.person = person
        self.cancelled = cancelled
        self.failures: list[DiabaError] = []
        self._counts: Counter[DossierState] = Counter()

    def goes_on(self) -> bool:
        """Whether the next batch gets its turn."""
        if self.cancelled() and not any(failure.code == "upload_stopped" for failure in self.failures):
            self.failures.append(TransportError("upload_stopped"))
        return not any(isinstance(failure, AuthError) or failure.code in _STOPPING for failure in self.failures)

    def note(self, batch_id: str, error: DiabaError) -> None:
        """Remember a failure of a batch."""
        log.warning("upload of batch %s: %s", batch_id, error.code)
        self.failures.append(error)

    def count(self, state: DossierState, dossiers: int) -> None:
        """Count dossiers that came to a state."""
        self._counts[state] += dossiers

    def summary(self, waiting: int) -> UploadSummary:
        """The run in figures."""
        return UploadSummary(
            stored=self._counts[_S.STORED],
            refused=self._counts[_S.REFUSED],
            conflict=self._counts[_S.CONFLICT],
            waiting=waiting,
            failure=self.failures[0] if self.failures else None,
        )


__all__ = ["ResultSummary", "UploadService", "UploadSummary"]
