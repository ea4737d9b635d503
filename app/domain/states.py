"""States of a dossier and of a batch, with the one table of allowed steps (DESIGN section 3)."""

from __future__ import annotations

from enum import StrEnum

from app.errors import InputError


class DossierState(StrEnum):
    """Where a dossier stands."""

    DRAFT = "draft"
    ENTERED = "entered"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    STORED = "stored"
    VERIFIED = "verified"
    WRONG_INFO = "wrong_info"
    POLICE = "police"
    REFUSED = "refused"
    CONFLICT = "conflict"
    DISCARDED = "discarded"


class BatchState(StrEnum):
    """Where a batch stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SEALED = "sealed"


_S = DossierState
STEPS: dict[DossierState, frozenset[DossierState]] = {
    _S.DRAFT: frozenset({_S.ENTERED, _S.DISCARDED}),
    _S.ENTERED: frozenset({_S.SUBMITTED, _S.DRAFT}),
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.RETURNED, _S.ENTERED}),
    _S.RETURNED: frozenset({_S.ENTERED, _S.DISCARDED}),
    _S.APPROVED: frozenset({_S.QUEUED, _S.SUBMITTED}),
    _S.QUEUED: frozenset({_S.SENDING}),
    _S.SENDING: frozenset({_S.STORED, _S.UNKNOWN, _S.REFUSED, _S.CONFLICT}),
    _S.UNKNOWN: frozenset({_S.STORED, _S.QUEUED, _S.REFUSED, _S.CONFLICT}),
    _S.STORED: frozenset({_S.VERIFIED, _S.WRONG_INFO, _S.POLICE, _S.CONFLICT, _S.RETURNED}),
    _S.WRONG_INFO: frozenset({_S.RETURNED}),
    _S.POLICE: frozenset({_S.RETURNED}),
    _S.REFUSED: frozenset({_S.RETURNED}),
    _S.CONFLICT: frozenset({_S.RETURNED}),
    _S.VERIFIED: frozenset(),
    _S.DISCARDED: frozenset(),
}
"""From each state, the states a dossier may go to."""

EDITABLE = frozenset({_S.DRAFT, _S.ENTERED, _S.RETURNED})
"""States in which the values may be changed."""

PAGES_OPEN = frozenset({_S.DRAFT, _S.RETURNED})
"""States in which pages come, go and are read: one sent back for a bad page must be able to get a better one."""

FROZEN = tuple(state for state in _S if state not in {_S.DRAFT, _S.ENTERED, _S.SUBMITTED, _S.RETURNED, _S.DISCARDED})
"""States in which the content is what a supervisor approved."""

ON_THE_WAY = (_S.QUEUED, _S.SENDING, _S.UNKNOWN)
"""States whose fate at the server is open."""

FOR_A_PERSON = (_S.WRONG_INFO, _S.POLICE, _S.CONFLICT, _S.REFUSED)
"""States in which the server's answer waits for a person, who begins a correction; gravest first."""

SENT_BACK = frozenset({_S.RETURNED, *FOR_A_PERSON})
"""States of a dossier that came back and was not entered anew."""

ACCEPTED = tuple(state for state in _S if state not in {_S.DRAFT, _S.RETURNED, _S.REFUSED, _S.CONFLICT, _S.DISCARDED})
"""States in which a person stands for the values and nobody has sent them back."""

BATCH_STEPS: dict[BatchState, frozenset[BatchState]] = {
    BatchState.OPEN: frozenset({BatchState.SUBMITTED}),
    BatchState.SUBMITTED: frozenset({BatchState.SEALED}),
    BatchState.SEALED: frozenset(),
}


def check_step(old: DossierState, new: DossierState) -> None:
    """Refuse a step that is not in the table.

    Raises:
        InputError: `step_not_allowed` with both states.
    """
    if new not in STEPS[old]:
        raise InputError("step_not_allowed", old=old.value, new=new.value)
