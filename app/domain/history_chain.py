"""The history chain: every event carries a hash over itself and the hash before it.

A chain shows that a row was changed, dropped, put in or swapped, and which is the first one. It cannot show that
somebody wrote the whole rest anew: therefore its head goes along with every upload (DESIGN 4.5).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from app.domain.queue import Event

START = "0" * 64
"""Hash before the first event."""


def event_hash(previous: str, event: Event) -> str:
    """SHA-256 over the previous hash and all values of the event but its own hash.

    The values travel as one JSON array, so that no two different rows give the same bytes.
    """
    covered = [
        previous,
        event.seq,
        event.at,
        event.who,
        event.what,
        event.dossier_id,
        event.batch_id,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(covered, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_bad(events: Iterable[Event], head_seq: int, head_hash: str) -> int | None:
    """Number of the first event that is not what was written; None when all are.

    Args:
        events: The whole chain, oldest first.
        head_seq: Number of the last event as noted beside the chain; tells a chain that was cut short.
        head_hash: Its hash; START when there is none.
    """
    previous, seq = START, 0
    for event in events:
        seq += 1
        if event.seq != seq or event.hash != event_hash(previous, event):
            return seq
        previous = event.hash
    if seq < head_seq:
        return seq + 1
    return None if (seq, previous) == (head_seq, head_hash) else seq
