"""How a store of a whole district behaves: `python -m tests.bench.queue_size [--dossiers 200000]`.

Builds a store with that many dossiers (content, full-text index, one event each; values with evidence for the last
thousand) and measures what the window and the services ask of it. Goals stand beside the questions. Building writes
the tables directly, the measured calls are the program's own.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils.db import Table

from app.adapters.clock import SystemClock, UuidV7Ids
from app.adapters.store import STORE_FILE, SqliteStore, open_store, rows
from app.adapters.store.search import search_text
from app.domain import history_chain
from app.domain.dossier import Dossier, Holder
from app.domain.people import Person, Role
from app.domain.queue import Event
from app.domain.states import DossierState
from app.ports import ListQuery
from app.services.entry import EntryService
from app.services.reading_learned import LearnedCache
from tests.office import AT, a_complete_dossier, a_field, check

S = DossierState
PAGE_MS, SEARCH_MS, SAVE_MS, LEARN_MS = 5.0, 100.0, 100.0, 1000.0
"""A page of the list is drawn within a frame; a search and a save are over before a person notices.

What a commune has accepted is learned beside the window, while the first pages of the day are being read.
"""
COMMUNE = a_complete_dossier("").commune_code

SURNAMES = ("NGUYỄN", "NGUYỄN", "NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "ĐẶNG", "BÙI", "ĐỖ")
MIDDLES = ("VĂN", "THỊ", "ĐỨC", "QUANG", "NGỌC", "HỮU")
GIVEN = ("AN", "BÌNH", "CHÂU", "DŨNG", "ĐÔNG", "GIANG", "HÁCH", "KHÁNH", "LAN", "MINH", "PHƯƠNG", "ƯỚC")
SHARES = ((S.VERIFIED, 0.80), (S.STORED, 0.15), (S.ENTERED, 0.04), (S.RETURNED, 0.0005), (S.DRAFT, 1.0))
"""Most of a campaign is behind it; a few were returned; the rest are drafts."""

WITH_VALUES = 1000
OFFICER = Person(person_id="p1", login="lan", full_name="Lan", role=Role.OFFICER)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """What one question took."""

    name: str
    median_ms: float
    worst_ms: float
    rows: int
    goal_ms: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, measure, print the table; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="diaba-queue-") as name:
        folder = Path(name)
        started = time.perf_counter()
        store = open_store(folder, SystemClock())
        dossier_ids = build(store, options.dossiers, random.Random(options.seed))
        store.close()
        size_mb = (folder / STORE_FILE).stat().st_size / 1e6
        print(f"{options.dossiers} dossiers, {size_mb:.0f} MB, built in {time.perf_counter() - started:.0f} s")
        started = time.perf_counter()
        store = open_store(folder, SystemClock())
        with store.read() as reader:
            reader.heads(ListQuery())
        print(f"open and first page: {1000 * (time.perf_counter() - started):.1f} ms")
        timings = measure(store, dossier_ids, random.Random(options.seed))
        store.close()
    print("| question | median ms | worst ms | goal ms | rows |\n|---|---|---|---|---|")
    for timing in timings:
        print(
            f"| {timing.name} | {timing.median_ms:.2f} | {timing.worst_ms:.2f} | {timing.goal_ms:.0f} | {timing.rows} |"
        )
    return int(any(timing.median_ms > timing.goal_ms for timing in timings))


def build(store: SqliteStore, count: int, chance: random.Random) -> list[str]:
    """Fill a store; the ids in the order they were added."""
    ids = UuidV7Ids()
    dossier_ids = [ids.new() for _ in range(count)]
    with store.write() as writer:
        db = writer._db
        (trigger,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'dossiers_begin_as_drafts'").fetchone()
        db.execute("DROP TRIGGER dossiers_begin_as_drafts")
        Table(db, "dossiers").insert_all(_dossier_rows(dossier_ids, chance), batch_size=1000)
        db.execute(trigger)
        last = _Chain()
        Table(db, "events").insert_all((last.row(dossier_id) for dossier_id in dossier_ids), batch_size=1000)
        db.execute("INSERT INTO chain VALUES (1, ?, ?)", [last.seq, last.hash])
        for dossier_id in dossier_ids[-WITH_VALUES:]:
            fields = [a_field(path, "CQ 718336") for path in ("certificate.serial", "holders[0].name", "hamlet") * 12]
            Table(db, "values_history").insert_all(rows.field_row(dossier_id, field) for field in fields)
    return dossier_ids


def _dossier_rows(dossier_ids: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for number, dossier_id in enumerate(dossier_ids):
        dossier = _fictional(dossier_id, number, chance)
        state = S.DRAFT if number >= len(dossier_ids) - WITH_VALUES else _state(chance)
        sent = state in {S.VERIFIED, S.STORED}
        yield {
            "dossier_id": dossier_id,
            "state": state,
            "commune_code": dossier.commune_code,
            "serial": dossier.certificate.serial,
            "holder_names": "; ".join(str(holder.name) for holder in dossier.holders),
            "page_count": 4,
            "doubts": 0,
            "risk": chance.random(),
            "revision": int(sent),
            "digest": "0" * 64 if sent else None,
            "approved_by": "p2" if sent else None,
            "created_at": AT,
            "updated_at": AT,
            "created_by": "p1",
            "search": search_text(dossier),
            "content": rows.content_of(dossier),
        }


def _fictional(dossier_id: str, number: int, chance: random.Random) -> Dossier:
    full = a_complete_dossier(dossier_id)
    name = " ".join(chance.choice(part) for part in (SURNAMES, MIDDLES, GIVEN))
    certificate = dataclasses.replace(full.certificate, serial=f"CQ {number:06d}", notes="Ghi chú trên giấy. " * 40)
    holder: Holder = dataclasses.replace(full.holders[0], name=name, address="Xã Cách Bi, tỉnh Bắc Ninh")
    return dataclasses.replace(full, certificate=certificate, holders=(holder, full.holders[1]))


def _state(chance: random.Random) -> DossierState:
    drawn = chance.random()
    for state, share in SHARES:
        if drawn < share:
            return state
        drawn -= share
    return S.DRAFT


class _Chain:
    """Makes the rows of a chain of events."""

    def __init__(self) -> None:
        self.seq, self.hash = 0, history_chain.START

    def row(self, dossier_id: str) -> dict[str, Any]:
        """The next row."""
        self.seq += 1
        event = Event(seq=self.seq, at=AT, who="p1", what="dossier_added", dossier_id=dossier_id, hash="")
        self.hash = history_chain.event_hash(self.hash, event)
        return dataclasses.asdict(dataclasses.replace(event, hash=self.hash))


def measure(store: SqliteStore, dossier_ids: list[str], chance: random.Random) -> list[Timing]:
    """What the window and the services ask, in the order of a day."""
    entry = EntryService(store, SystemClock(), check)

    def page(**changed: Any) -> Callable[[], int]:
        return lambda: len(entry.heads(dataclasses.replace(ListQuery(), **changed)))

    def deep() -> int:
        return len(entry.heads(ListQuery(after=chance.choice(dossier_ids))))

    def change() -> int:
        entry.change(OFFICER, chance.choice(dossier_ids[-WITH_VALUES:]), "hamlet", f"Thôn {chance.random()}")
        return 1

    def opened() -> int:
        return len(entry.open(chance.choice(dossier_ids[-WITH_VALUES:])).fields)

    cache = LearnedCache()

    def learn_afresh() -> int:
        with store.read() as reader:
            return bool(LearnedCache().words(reader, COMMUNE))

    def learn_on() -> int:
        change()
        with store.read() as reader:
            return bool(cache.words(reader, COMMUNE))

    learn_on()
    questions: list[tuple[str, Callable[[], int], float]] = [
        ("first page of 100", page(), PAGE_MS),
        ("page of 100 anywhere", deep, PAGE_MS),
        ("page of a common state", page(states=(S.VERIFIED,)), PAGE_MS),
        ("page of a rare state", page(states=(S.RETURNED,)), PAGE_MS),
        ("page of all states by name", page(states=tuple(S)), 2 * PAGE_MS),
        ("page of what is to enter", page(states=(S.DRAFT, S.RETURNED)), PAGE_MS),
        ("search, a serial", page(text="CQ 012345"), SEARCH_MS),
        ("search, a full name", page(text="dang quang uoc"), SEARCH_MS),
        ("search, a common name (60 000 hits)", page(text="nguyễn"), SEARCH_MS),
        ("search, one letter", page(text="n"), SEARCH_MS),
        ("search, a common name in a rare state", page(text="nguyen", states=(S.RETURNED,)), 3 * SEARCH_MS),
        ("counts by state", lambda: sum(entry.counts().values()), SEARCH_MS),
        ("open a dossier", opened, PAGE_MS),
        ("change a value, saved and synced", change, SAVE_MS),
        ("words of a commune after a start", learn_afresh, LEARN_MS),
        ("the same after a change, with the change", learn_on, 2 * SAVE_MS),
    ]
    return [_timed(name, ask, goal_ms) for name, ask, goal_ms in questions]


def _timed(name: str, ask: Callable[[], int], goal_ms: float, looks: int = 50) -> Timing:
    taken, found = [], 0
    for _ in range(looks):
        started = time.perf_counter()
        found = ask()
        taken.append(1000 * (time.perf_counter() - started))
    return Timing(name=name, median_ms=statistics.median(taken), worst_ms=max(taken), rows=found, goal_ms=goal_ms)


if __name__ == "__main__":
    sys.exit(main())
