"""Rows of the outbox and their dossiers move together: one step, both tables, the caller's transaction."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from app.domain.instants import to_iso
from app.domain.queue import OutboxRow, ReturnReason
from app.domain.states import DossierState
from app.errors import RejectedError
from app.ports import FormOutcome, FormOutcomeKind, StoreWriter

_S = DossierState
SERVER = "server"
"""Who made a step that the server decided."""
FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 900.0


def next_try(now: datetime, attempts: int, rng: random.Random) -> str:
    """When a row is tried again: full jitter, 2 seconds to 15 minutes. Source: field notes on poison rules."""
    longest_s = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2 ** min(attempts + 1, 20))
    return to_iso(now + timedelta(seconds=rng.uniform(FIRST_PAUSE_S, longest_s)))


def to_unknown(writer: StoreWriter, row: OutboxRow, at: str, *, error: str | None, next_at: str | None = None) -> None:
    """The form may have arrived: it waits until the server was asked."""
    writer.step(row.dossier_id, _S.UNKNOWN, who=SERVER, at=at)
    writer.set_outbox(row.seq, _S.UNKNOWN, error=error, next_at=next_at)


def back_to_queue(
    writer: StoreWriter, row: OutboxRow, old: DossierState, at: str, *, error: str | None, next_at: str | None
) -> None:
    """The form did not arrive for certain: it may be sent again."""
    if old is _S.SENDING:
        writer.step(row.dossier_id, _S.UNKNOWN, who=SERVER, at=at)
    writer.step(row.dossier_id, _S.QUEUED, who=SERVER, at=at)
    writer.set_outbox(row.seq, _S.QUEUED, error=error, next_at=next_at)


def turn_down(writer: StoreWriter, row: OutboxRow, error: RejectedError, at: str) -> None:
    """The server turned the whole batch down: a person must look."""
    state = _S.CONFLICT if error.code == "batch_conflict" else _S.REFUSED
    writer.step(row.dossier_id, state, who=SERVER, at=at)
    writer.set_outbox(row.seq, state, error=error.code)


def settle(writer: StoreWriter, row: OutboxRow, outcome: FormOutcome | None, at: str, next_at: str) -> DossierState:
    """Write down what the server said of a form that was sent or asked for; returns the state it came to."""
    old = writer.head(row.dossier_id).state
    if outcome is None:  # the answer has no receipt, or none that can be believed
        if old is _S.SENDING:
            to_unknown(writer, row, at, error="receipt_invalid", next_at=next_at)
        else:
            writer.set_outbox(row.seq, _S.UNKNOWN, error="receipt_invalid", next_at=next_at)
        return _S.UNKNOWN
    if outcome.kind is FormOutcomeKind.NOT_THERE:
        asked = old is _S.UNKNOWN
        back_to_queue(writer, row, old, at, error=None, next_at=None if asked else next_at)
        return _S.QUEUED
    if outcome.kind is FormOutcomeKind.STORED:
        writer.step(row.dossier_id, _S.STORED, who=SERVER, at=at)
        writer.set_outbox(row.seq, _S.STORED, receipt=outcome.receipt)
        return _S.STORED
    if outcome.kind is FormOutcomeKind.REFUSED:
        words = "\n".join(problem.message for problem in outcome.problems) or None
        reasons = [ReturnReason(path=problem.path, why=problem.message) for problem in outcome.problems]
        writer.step(row.dossier_id, _S.REFUSED, who=SERVER, at=at, reason=words, returned_for=reasons)
        writer.set_outbox(row.seq, _S.REFUSED, error="form_refused", detail=words)
        return _S.REFUSED
    writer.step(row.dossier_id, _S.CONFLICT, who=SERVER, at=at)
    writer.set_outbox(row.seq, _S.CONFLICT, error="revision_exists")
    return _S.CONFLICT
