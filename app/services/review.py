"""Review: a second person looks at what was entered, and seals what goes to the server."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.doubts import paper_order
from app.domain.fields import spec_of
from app.domain.forms import digest_of, form_bytes
from app.domain.instants import to_iso
from app.domain.people import Person, Right
from app.domain.queue import BatchHead, DossierHead, OutboxRow, ReturnReason
from app.domain.states import BatchState, DossierState
from app.domain.text import tidy
from app.errors import AuthError, InputError, StoreError
from app.ports import Clock, Ids, ListQuery, Store, StoreReader, StoreWriter
from app.services import rights

MOST_PER_BATCH = 500
"""Batches of 50 to 500 records are what the lines of communes carry (UPLOAD.md)."""

_PAGES = "pages"
"""May be given as the path of a return: the pages are at fault, not a value."""


class ReviewService:
    """The station between entry and the outbox; nobody approves what they submitted."""

    def __init__(self, store: Store, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids

    def submit(self, person: Person, dossier_ids: Sequence[str]) -> str:
        """Put entered dossiers before the supervisor, as one batch.

        Returns:
            batch_id of the new batch.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `nothing_to_submit`, `batch_too_large`, `several_communes`, `unknown_dossier`,
                `step_not_allowed`.
        """
        wanted = list(dict.fromkeys(dossier_ids))
        if not wanted:
            raise InputError("nothing_to_submit")
        if len(wanted) > MOST_PER_BATCH:
            raise InputError("batch_too_large", most=MOST_PER_BATCH)
        who, at, batch_id = person.person_id, self._now(), self._ids.new()
        with self._store.write() as writer:
            rights.require(writer, person, Right.SUBMIT)
            communes = {writer.head(dossier_id).commune_code or "" for dossier_id in wanted}
            if len(communes) > 1:
                raise InputError("several_communes")
            writer.add_batch(batch_id, communes.pop(), who=who, at=at)
            for dossier_id in wanted:
                writer.step(dossier_id, DossierState.SUBMITTED, who=who, at=at, batch_id=batch_id)
            writer.set_batch_state(batch_id, BatchState.SUBMITTED, who=who, at=at)
        return batch_id

    def withdraw(self, person: Person, dossier_id: str) -> None:
        """Take a submitted dossier back out of its batch.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.SUBMIT)
            _need(writer, dossier_id, DossierState.SUBMITTED, DossierState.ENTERED)
            writer.step(dossier_id, DossierState.ENTERED, who=person.person_id, at=self._now())

    # ------------------------------------------------------------ looking

    def batches(self, states: tuple[BatchState, ...] = ()) -> list[BatchHead]:
        """Batches, newest first."""
        with self._store.read() as reader:
            return reader.batches(states)

    def batch(self, batch_id: str) -> BatchHead:
        """One batch.

        Raises:
            InputError: `unknown_batch`.
        """
        with self._store.read() as reader:
            return reader.batch(batch_id)

    def dossiers(self, batch_id: str) -> list[DossierHead]:
        """The dossiers of a batch, riskiest first."""
        with self._store.read() as reader:
            return _of_batch(reader, batch_id)

    # ------------------------------------------------------------ deciding

    def approve(self, person: Person, dossier_id: str, note: str | None = None) -> None:
        """Fix a dossier as it stands: its revision and the digest of its bytes.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`; `own_work` when the person submitted it.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            self._approve(writer, person, dossier_id, note)

    def approve_all(self, person: Person, batch_id: str) -> int:
        """Approve whatever of a batch is still submitted; all of it or, on an error, nothing.

        Returns:
            How many were approved.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`, `own_work`.
            InputError: `unknown_batch`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.REVIEW)
            waiting = [head for head in _of_batch(writer, batch_id) if head.state is DossierState.SUBMITTED]
            for head in waiting:
                self._approve(writer, person, head.dossier_id, None)
        return len(waiting)

    def return_dossier(self, person: Person, dossier_id: str, reasons: Sequence[ReturnReason]) -> None:
        """Send a dossier back, with a reason for each value meant; it leaves its batch.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `reason_missing`, `bad_path`, `step_not_allowed`.
        """
        given = _checked(reasons)
        with self._store.write() as writer:
            rights.require(writer, person, Right.RETURN)
            _need(writer, dossier_id, DossierState.SUBMITTED, DossierState.RETURNED)
            writer.step(dossier_id, DossierState.RETURNED, who=person.person_id, at=self._now(), returned_for=given)

    def recall(self, person: Person, dossier_id: str) -> None:
        """Take an approval back before the batch is sealed.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.REVIEW)
            _need(writer, dossier_id, DossierState.APPROVED, DossierState.SUBMITTED)
            writer.step(dossier_id, DossierState.SUBMITTED, who=person.person_id, at=self._now())

    def seal(self, person: Person, batch_id: str) -> int:
        """Close a batch: its approved dossiers go into the outbox with the bytes that were approved.

        Returns:
            How many dossiers are queued now.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_batch`, `batch_not_reviewed`, `step_not_allowed`.
            StoreError: `store_damaged` when a dossier is not what was approved.
        """
        who, at = person.person_id, self._now()
        with self._store.write() as writer:
            rights.require(writer, person, Right.REVIEW)
            heads = _of_batch(writer, batch_id)
            if left := sum(head.state is DossierState.SUBMITTED for head in heads):
                raise InputError("batch_not_reviewed", left=left)
            writer.set_batch_state(batch_id, BatchState.SEALED, who=who, at=at)
            for head in heads:
                writer.step(head.dossier_id, DossierState.QUEUED, who=who, at=at)
                writer.add_outbox(_outbox_row(writer, head, batch_id))
        return len(heads)

    # ------------------------------------------------------------ inside

    def _approve(self, writer: StoreWriter, person: Person, dossier_id: str, note: str | None) -> None:
        rights.require(writer, person, Right.REVIEW)
        if writer.head(dossier_id).submitted_by == person.person_id:
            raise AuthError("own_work")
        form = form_bytes(writer.open(dossier_id).dossier)
        writer.step(
            dossier_id,
            DossierState.APPROVED,
            who=person.person_id,
            at=self._now(),
            reason=tidy(note) if note else None,
            revision=writer.last_sealed(dossier_id) + 1,
            digest=digest_of(form),
        )

    def _now(self) -> str:
        return to_iso(self._clock.now())


def _outbox_row(reader: StoreReader, head: DossierHead, batch_id: str) -> OutboxRow:
    form = form_bytes(reader.open(head.dossier_id).dossier)
    digest = digest_of(form)
    if digest != head.digest:
        raise StoreError("store_damaged", reason="digest")
    return OutboxRow(
        seq=0,
        batch_id=batch_id,
        dossier_id=head.dossier_id,
        revision=head.revision,
        digest=digest,
        form=form,
        state=DossierState.QUEUED,
    )


def _of_batch(reader: StoreReader, batch_id: str) -> list[DossierHead]:
    reader.batch(batch_id)
    return reader.heads(ListQuery(batch_id=batch_id, by_risk=True, limit=MOST_PER_BATCH))


def _need(reader: StoreReader, dossier_id: str, old: DossierState, new: DossierState) -> None:
    """Refuse the step when the dossier stands elsewhere; the table of steps knows other ways to `new`."""
    state = reader.head(dossier_id).state
    if state is not old:
        raise InputError("step_not_allowed", old=state.value, new=new.value)


def _checked(reasons: Sequence[ReturnReason]) -> list[ReturnReason]:
    given = [ReturnReason(path=reason.path, why=tidy(reason.why)) for reason in reasons]
    if not given or not all(reason.why for reason in given):
        raise InputError("reason_missing")
    for reason in given:
        if spec_of(reason.path) is None and reason.path != _PAGES:
            raise InputError("bad_path", path=reason.path)
    return sorted(given, key=lambda reason: paper_order(reason.path))
