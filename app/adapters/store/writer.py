"""Writing the store inside one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from sqlite_utils import Database

from app.adapters.store import rows
from app.adapters.store.reader import SqliteReader
from app.adapters.store.search import search_text
from app.domain import codec
from app.domain.changes import UndoStep
from app.domain.dossier import Dossier, DossierPage
from app.domain.doubts import doubtful_paths
from app.domain.history_chain import event_hash
from app.domain.people import Person
from app.domain.queue import DossierHead, Event, FieldValue, OutboxRow, ReturnReason
from app.domain.reading import Finding
from app.domain.risk import risk
from app.domain.states import BATCH_STEPS, EDITABLE, FOR_A_PERSON, SENT_BACK, BatchState, DossierState, check_step
from app.errors import InputError
from app.ports import StoredPage

_S = DossierState


class SqliteWriter(SqliteReader):
    """A StoreWriter over one connection that stands in a write transaction.

    Args:
        db: The connection.
        now: The present instant as text, for `updated_at`.
    """

    def __init__(self, db: Database, now: Callable[[], str]) -> None:
        super().__init__(db)
        self._now = now

    # ------------------------------------------------------------ dossiers

    def add_dossier(self, dossier: Dossier, at: str, who: str) -> None:
        """A new draft, without pages yet."""
        record = {
            "dossier_id": dossier.dossier_id,
            "state": _S.DRAFT,
            "page_count": 0,
            "doubts": 0,
            "risk": 0.0,
            "created_at": at,
            "updated_at": at,
            "created_by": who,
            **_columns_of(dossier),
        }
        self._table("dossiers").insert(record)
        self._rate(dossier.dossier_id)
        self.add_event(who, "dossier_added", at, dossier_id=dossier.dossier_id)

    def save(self, dossier: Dossier, values: Sequence[FieldValue] = ()) -> None:
        """Replace the content and append to the history of values; updates search, doubts and risk.

        Raises:
            InputError: `unknown_dossier`, `not_editable` when the state forbids changes.
        """
        self._editable(dossier.dossier_id)
        self._put_pages(dossier)
        self._table("values_history").insert_all(rows.field_row(dossier.dossier_id, value) for value in values)
        self._set(dossier.dossier_id, **_columns_of(dossier))
        self._rate(dossier.dossier_id)

    def set_findings(self, dossier_id: str, findings: Sequence[Finding]) -> None:
        """Replace what the checks said.

        Raises:
            InputError: `unknown_dossier`.
        """
        self.head(dossier_id)
        self._db.execute("DELETE FROM findings WHERE dossier_id = ?", [dossier_id])
        self._table("findings").insert_all(
            rows.finding_row(dossier_id, position, finding) for position, finding in enumerate(findings)
        )
        self._rate(dossier_id)

    def add_page(self, dossier_id: str, page: DossierPage, stored: StoredPage) -> None:
        """Put a stored page into a dossier.

        Raises:
            InputError: `unknown_dossier`, `not_editable`.
        """
        self._editable(dossier_id)
        # sqlite-utils 4.2.1 asks for the rowid of an ignored row, which a WITHOUT ROWID table does not have
        self._db.execute(
            "INSERT OR IGNORE INTO page_files (sha256, media_type, size_bytes, width_px, height_px, dpi)"
            " VALUES (:sha256, :media_type, :size_bytes, :width_px, :height_px, :dpi)",
            dataclasses.asdict(stored),
        )
        self._table("pages").insert(rows.page_row(dossier_id, page))
        self._count_pages(dossier_id)

    def set_pages_read(self, dossier_id: str, page_ids: Sequence[str], at: str) -> None:
        """Note that pages were read, so that they wait no more."""
        for page_id in page_ids:
            self._db.execute(
                "UPDATE pages SET read_at = ? WHERE dossier_id = ? AND page_id = ?", [at, dossier_id, page_id]
            )

    def set_last_path(self, dossier_id: str, path: str) -> None:
        """Remember where the person was.

        Raises:
            InputError: `unknown_dossier`.
        """
        self.head(dossier_id)
        self._update("dossiers", dossier_id, {"last_path": path})

    def step(
        self,
        dossier_id: str,
        new: DossierState,
        *,
        who: str,
        at: str,
        reason: str | None = None,
        returned_for: Sequence[ReturnReason] = (),
        revision: int | None = None,
        digest: str | None = None,
        batch_id: str | None = None,
    ) -> None:
        """Move a dossier along an allowed step; writes the event.

        `submitted` out of `entered` sets submitted_by and batch_id; out of `approved` (recalled) it keeps both and
        takes the approval away. `approved` sets approved_by, revision and digest. `returned` and `entered` clear
        batch_id. What comes back brings its own reasons, be it none; they stay while a correction is begun.

        Raises:
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        head = self.head(dossier_id)
        check_step(head.state, new)
        changes: dict[str, Any] = {"state": new, "updated_at": at}
        if reason is not None or new is not _S.RETURNED:
            changes["reason"] = reason
        if new in SENT_BACK and head.state not in FOR_A_PERSON:
            changes["returned_for"] = codec.to_json(list(returned_for))
        changes |= _changes_of(head, new, who=who, revision=revision, digest=digest, batch_id=batch_id)
        self._set(dossier_id, **changes)
        if new is _S.SUBMITTED:
            self._db.execute("DELETE FROM undo_steps WHERE dossier_id = ?", [dossier_id])
        detail = f"{revision} {digest}" if new is _S.APPROVED else " ".join(r.path for r in returned_for) or None
        self.add_event(
            who, f"dossier_{new}", at, dossier_id=dossier_id, batch_id=batch_id or head.batch_id, detail=detail
        )

    # ------------------------------------------------------------ undo

    def push_undo(self, dossier_id: str, step: UndoStep) -> None:
        """Keep the way back of a change."""
        record = {
            "dossier_id": dossier_id,
            "path": step.path,
            "content": rows.content_of(step.before),
            "fields": rows.fields_to_json(step.fields),
        }
        self._table("undo_steps").insert(record)

    def pop_undo(self, dossier_id: str) -> UndoStep | None:
        """Take the way back of the last change; None when there is none."""
        found = self._undo_step(dossier_id)
        if found is None:
            return None
        row_id, step = found
        self._db.execute("DELETE FROM undo_steps WHERE row_id = ?", [row_id])
        return step

    # ------------------------------------------------------------ batches and outbox

    def add_batch(self, batch_id: str, commune_code: str, *, who: str, at: str) -> None:
        """A new open batch."""
        record = {
            "batch_id": batch_id,
            "state": BatchState.OPEN,
            "commune_code": commune_code,
            "made_by": who,
            "created_at": at,
        }
        self._table("batches").insert(record)
        self.add_event(who, "batch_added", at, batch_id=batch_id)

    def set_batch_state(self, batch_id: str, new: BatchState, *, who: str, at: str) -> None:
        """Move a batch along; writes the event.

        Raises:
            InputError: `unknown_batch`, `step_not_allowed`.
        """
        old = self.batch(batch_id).state
        if new not in BATCH_STEPS[old]:
            raise InputError("step_not_allowed", old=old.value, new=new.value)
        changes: dict[str, Any] = {"state": new}
        if new is BatchState.SUBMITTED:
            changes["submitted_at"] = at
        else:
            changes |= {"sealed_at": at, "reviewed_by": who}
        self._update("batches", batch_id, changes)
        self.add_event(who, f"batch_{new}", at, batch_id=batch_id)

    def add_outbox(self, row: OutboxRow) -> None:
        """A new row; its `seq` is given by the store."""
        record = dataclasses.asdict(row)
        del record["seq"]
        self._table("outbox").insert(record)

    def set_outbox(
        self,
        seq: int,
        state: DossierState,
        *,
        next_at: str | None = None,
        error: str | None = None,
        detail: str | None = None,
        receipt: str | None = None,
        count_attempt: bool = False,
    ) -> None:
        """Record how far a row came; a receipt once stored stays."""
        changes: dict[str, Any] = {"state": state, "next_at": next_at, "error": error, "detail": detail}
        if receipt is not None:
            changes["receipt"] = receipt
        if count_attempt:
            changes["attempts"] = self._table("outbox").get(seq)["attempts"] + 1
        self._table("outbox").update(seq, changes)

    # ------------------------------------------------------------ people, settings, events

    def add_person(self, person: Person, password_hash: str) -> None:
        """A new person.

        Raises:
            InputError: `login_taken`.
        """
        if self.credentials(person.login) is not None:
            raise InputError("login_taken", login=person.login)
        record = dataclasses.asdict(person) | {"active": int(person.active), "password_hash": password_hash}
        self._table("people").insert(record)

    def set_password(self, person_id: str, password_hash: str) -> None:
        """Replace a password hash."""
        self._table("people").update(person_id, {"password_hash": password_hash})

    def set_active(self, person_id: str, active: bool) -> None:
        """Let a person in or keep them out."""
        self._table("people").update(person_id, {"active": int(active)})

    def put_failed_sign_ins(self, login_digest: str, failures: int, at: str) -> None:
        """Keep how many sign-ins of a login failed; 0 forgets them."""
        self._db.execute("DELETE FROM failed_sign_ins WHERE login_digest = ?", [login_digest])
        if failures:
            self._db.execute("INSERT INTO failed_sign_ins VALUES (?, ?, ?)", [login_digest, failures, at])

    def put_setting(self, key: str, value: str) -> None:
        """Store a setting."""
        self._table("settings").upsert({"key": key, "value": value}, pk="key")

    def add_event(
        self,
        who: str,
        what: str,
        at: str,
        *,
        dossier_id: str | None = None,
        batch_id: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Append to the history chain; `detail` holds codes and paths, never personal data."""
        last, head = self.chain_end()
        event = Event(
            seq=last + 1, at=at, who=who, what=what, dossier_id=dossier_id, batch_id=batch_id, detail=detail, hash=""
        )
        event = dataclasses.replace(event, hash=event_hash(head, event))
        self._table("events").insert(dataclasses.asdict(event))
        self._db.execute("INSERT OR REPLACE INTO chain (one, seq, hash) VALUES (1, ?, ?)", [event.seq, event.hash])

    # ------------------------------------------------------------ inside

    def _editable(self, dossier_id: str) -> None:
        state = self.head(dossier_id).state
        if state not in EDITABLE:
            raise InputError("not_editable", state=state.value)

    def _rate(self, dossier_id: str) -> None:
        opened = self.open(dossier_id)
        self._set(dossier_id, doubts=len(doubtful_paths(opened)), risk=risk(opened))

    def _put_pages(self, dossier: Dossier) -> None:
        if self._pages(dossier.dossier_id) == dossier.pages:
            return
        kept = {page.page_id for page in dossier.pages}
        for gone in {page.page_id for page in self._pages(dossier.dossier_id)} - kept:
            self._table("pages").delete(gone)
        self._table("pages").upsert_all(
            (rows.page_row(dossier.dossier_id, page) for page in dossier.pages), pk="page_id"
        )
        self._count_pages(dossier.dossier_id)

    def _count_pages(self, dossier_id: str) -> None:
        self._set(dossier_id, page_count=len(self._pages(dossier_id)))

    def _set(self, dossier_id: str, **changes: Any) -> None:
        self._update("dossiers", dossier_id, {"updated_at": self._now()} | changes)

    def _update(self, table: str, identifier: str, changes: dict[str, Any]) -> None:
        key = {"dossiers": "dossier_id", "batches": "batch_id"}[table]
        (row,) = self._all(table, f"{key} = ?", [identifier], select="row_id")
        self._table(table).update(row["row_id"], changes)


def _columns_of(dossier: Dossier) -> dict[str, Any]:
    return {
        "commune_code": dossier.commune_code,
        "hamlet": dossier.hamlet,
        "serial": dossier.certificate.serial,
        "holder_names": "; ".join(holder.name for holder in dossier.holders if holder.name),
        "search": search_text(dossier),
        "content": rows.content_of(dossier),
    }


def _changes_of(
    head: DossierHead, new: DossierState, *, who: str, revision: int | None, digest: str | None, batch_id: str | None
) -> dict[str, Any]:
    if new is _S.SUBMITTED and head.state is _S.APPROVED:
        return {"approved_by": None, "digest": None}
    if new is _S.SUBMITTED:
        return {"submitted_by": who, "batch_id": batch_id}
    if new is _S.APPROVED:
        return {"approved_by": who, "revision": revision, "digest": digest}
    if new in {_S.RETURNED, _S.ENTERED, _S.DRAFT}:
        return {"batch_id": None}
    return {}
