"""Rows of the lists the program shows: dossiers, batches, outbox, and the values' history."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dossier import Dossier
from app.domain.reading import Box, Candidate, Finding
from app.domain.states import BatchState, DossierState


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """The present value of a path with its evidence; the latest row of its history.

    Attributes:
        value: Text form of the value (decimal point, ISO date), None when blank.
        raw: The paper's text as read; kept when a person changes the value.
        source: One of reading.Source.
        page_id: The page the value was read from.
        set_by: person_id, or the name of the reader.
        set_at: UTC instant, ISO 8601 with Z.
    """

    path: str
    value: str | None
    raw: str | None = None
    source: str
    confidence: float = 0.0
    check: str
    page_id: str | None = None
    box: Box | None = None
    candidates: tuple[Candidate, ...] = ()
    set_by: str
    set_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHead:
    """What lists show of a dossier; the row beside its content.

    Attributes:
        revision: Fixed at approval, from 1; 0 before the first approval.
        digest: SHA-256 of the form's bytes, fixed at approval.
        doubts: Number of fields a person should still look at.
        risk: 0..1, for sorting the review list.
        last_path: Where the person was, to go on there.
    """

    dossier_id: str
    state: DossierState
    commune_code: str | None = None
    hamlet: str | None = None
    serial: str | None = None
    holder_names: str = ""
    page_count: int = 0
    doubts: int = 0
    risk: float = 0.0
    revision: int = 0
    digest: str | None = None
    batch_id: str | None = None
    submitted_by: str | None = None
    approved_by: str | None = None
    last_path: str | None = None
    reason: str | None = None
    created_at: str
    updated_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnReason:
    """Why a value was sent back."""

    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """How a dossier came back.

    Attributes:
        as_state: What was said of it: returned, wrong_info, police, refused or conflict; stays when a correction began.
        at: UTC instant, ISO 8601 with Z.
    """

    as_state: DossierState
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier:
    """A dossier opened for entry or review.

    Attributes:
        fields: Present values by path, in the order of the paper.
        findings: What the checks say of the present values.
        returned_for: Reasons of the last return, while the dossier is back; `head.reason` is the one without a path.
        sent_back: While the dossier is back: as what, and since when.
        unread_pages: Ids of the pages nobody has read yet.
    """

    head: DossierHead
    dossier: Dossier
    fields: tuple[FieldValue, ...] = ()
    findings: tuple[Finding, ...] = ()
    returned_for: tuple[ReturnReason, ...] = ()
    sent_back: SentBack | None = None
    unread_pages: tuple[str, ...] = ()

    def field(self, path: str) -> FieldValue | None:
        """The field value at a path, if it has one."""
        return next((field for field in self.fields if field.path == path), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHead:
    """A batch as lists show it."""

    batch_id: str
    state: BatchState
    commune_code: str
    made_by: str
    reviewed_by: str | None = None
    dossier_count: int = 0
    approved_count: int = 0
    created_at: str
    submitted_at: str | None = None
    sealed_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One dossier revision on its way to the server.

    Attributes:
        form: The exact bytes that are sent and whose SHA-256 is the digest.
        state: queued, sending, unknown, stored, refused or conflict.
        attempts: Tries so far.
        next_at: Not before this instant (UTC, ISO 8601).
        error: Code of the last failure.
        detail: The server's words for a person (already checked for length), by path where known.
        receipt: The signed receipt (compact JWS) once verified.
    """

    seq: int
    batch_id: str
    dossier_id: str
    revision: int
    digest: str
    form: bytes
    state: DossierState
    attempts: int = 0
    next_at: str | None = None
    error: str | None = None
    detail: str | None = None
    receipt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of the history chain; `hash` covers the row and the previous hash."""

    seq: int
    at: str
    who: str
    what: str
    dossier_id: str | None = None
    batch_id: str | None = None
    detail: str | None = None
    hash: str
