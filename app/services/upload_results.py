"""Results of the server's checks move dossiers along; applying one twice changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain import codec
from app.domain.fields import spec_of
from app.domain.queue import ReturnReason
from app.domain.states import ON_THE_WAY, STEPS, DossierState
from app.errors import InputError
from app.ports import ServerResult, StoreWriter
from app.services.upload_settle import SERVER

CURSOR = "changes_cursor"
MOST_PAGES = 1000
"""A server that never comes to an end is left alone after this many pages of results."""

_WAITING = "results_waiting"
_S = DossierState
_STATE_OF = {
    "verified": _S.VERIFIED,
    "wrong_info": _S.WRONG_INFO,
    "police": _S.POLICE,
    "duplicate_certificate": _S.CONFLICT,
    "returned": _S.RETURNED,
}
_AFTER_RECEIPT = frozenset({_S.STORED, _S.WRONG_INFO, _S.POLICE, _S.CONFLICT})
"""Where a result of the server can meet a dossier; in all other states people have gone on with it."""


def apply_results(writer: StoreWriter, results: Iterable[ServerResult], at: str) -> Counter[str]:
    """Move dossiers along; results that come before their receipt are kept for later. Counts by outcome."""
    found: Counter[str] = Counter()
    early = _deferred(writer)
    for result in results:
        outcome = _apply(writer, result, at)
        found[outcome] += 1
        if outcome == "deferred":
            early.append(result)
    if found["deferred"]:
        writer.put_setting(_WAITING, codec.to_json(early))
    return found


def apply_deferred(writer: StoreWriter, at: str) -> Counter[str]:
    """Try the kept results again."""
    early = _deferred(writer)
    if not early:
        return Counter()
    writer.put_setting(_WAITING, "[]")
    return apply_results(writer, early, at)


def _deferred(writer: StoreWriter) -> list[ServerResult]:
    return [codec.from_plain(ServerResult, each) for each in json.loads(writer.setting(_WAITING) or "[]")]


def _apply(writer: StoreWriter, result: ServerResult, at: str) -> str:
    try:
        head = writer.head(result.dossier_id)
    except InputError:
        return "ignored"
    state = _STATE_OF.get(result.result)
    if state is None or head.revision != result.revision:
        return "ignored"
    if head.state in ON_THE_WAY:
        return "deferred"
    if state not in STEPS[head.state] or head.state not in _AFTER_RECEIPT:
        return "ignored"
    writer.step(
        result.dossier_id, state, who=SERVER, at=at, reason=result.message or None, returned_for=_reasons(result)
    )
    return str(state)


def _reasons(result: ServerResult) -> Sequence[ReturnReason]:
    if result.path is None or (spec_of(result.path) is None and result.path != "pages"):
        return ()
    return (ReturnReason(path=result.path, why=result.message or ""),)
