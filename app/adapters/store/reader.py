"""Reading the store inside one transaction."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import Table

from app.adapters.store import rows
from app.adapters.store.search import match_query
from app.domain import codec, history_chain
from app.domain.changes import UndoStep
from app.domain.dossier import Dossier, DossierPage
from app.domain.doubts import paper_order, says_nothing
from app.domain.people import Person
from app.domain.queue import BatchHead, DossierHead, Event, FieldValue, OpenDossier, OutboxRow, ReturnReason, SentBack
from app.domain.reading import Finding
from app.domain.states import ACCEPTED, FOR_A_PERSON, SENT_BACK, BatchState, DossierState
from app.errors import InputError, StoreError
from app.ports import AcceptedRecord, ListQuery, StoredPage

_HEAD = rows.columns(DossierHead)
_STEPS = tuple(f"dossier_{state}" for state in DossierState)
_OF_BATCH = """*,
    iif(state = 'sealed',
        (SELECT count(*) FROM outbox WHERE outbox.batch_id = batches.batch_id),
        (SELECT count(*) FROM dossiers WHERE dossiers.batch_id = batches.batch_id)) AS dossier_count,
    iif(state = 'sealed',
        (SELECT count(*) FROM outbox WHERE outbox.batch_id = batches.batch_id),
        (SELECT count(*) FROM dossiers
         WHERE dossiers.batch_id = batches.batch_id AND dossiers.state = 'approved')) AS approved_count"""
_NEWEST = "row_id IN (SELECT max(row_id) FROM values_history WHERE dossier_id = ? GROUP BY path)"
_WAITING = """
SELECT dossier_id FROM dossiers
WHERE state = 'draft'
    AND EXISTS (SELECT 1 FROM pages WHERE pages.dossier_id = dossiers.dossier_id AND pages.read_at IS NULL)
ORDER BY row_id
"""
_OF_ACCEPTED = f"state IN ({', '.join('?' * len(ACCEPTED))})"
_ACCEPTED_OF_COMMUNE = f"""
SELECT dossier_id, updated_at, iif({_OF_ACCEPTED}, content, NULL) AS content
FROM dossiers INDEXED BY dossiers_by_commune
WHERE commune_code = ? AND updated_at >= ? AND (? <> '' OR {_OF_ACCEPTED})
ORDER BY updated_at DESC LIMIT ?
"""  # noqa: S608


class SqliteReader:
    """A StoreReader over one connection that stands in a transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # ------------------------------------------------------------ dossiers

    def open(self, dossier_id: str) -> OpenDossier:
        """One dossier whole.

        Raises:
            InputError: `unknown_dossier`.
        """
        row = self._one("dossiers", "dossier_id = ?", [dossier_id])
        if row is None:
            raise InputError("unknown_dossier", dossier=dossier_id)
        head = rows.head_of(row)
        is_back = head.state in SENT_BACK
        returned_for = json.loads(row["returned_for"]) if is_back else ()
        return OpenDossier(
            head=head,
            dossier=self._dossier(row["content"], dossier_id),
            fields=self._fields(dossier_id),
            findings=self._findings(dossier_id),
            returned_for=tuple(ReturnReason(**reason) for reason in returned_for),
            sent_back=self._sent_back(dossier_id) if is_back else None,
            unread_pages=tuple(sorted(self.unread_pages(dossier_id))),
        )

    def head(self, dossier_id: str) -> DossierHead:
        """The list row of a dossier.

        Raises:
            InputError: `unknown_dossier`.
        """
        row = self._one("dossiers", "dossier_id = ?", [dossier_id], select=_HEAD)
        if row is None:
            raise InputError("unknown_dossier", dossier=dossier_id)
        return rows.head_of(row)

    def heads(self, query: ListQuery) -> list[DossierHead]:
        """A page of the list, newest in this store first; `limit` holds for every order."""
        words = match_query(query.text)
        if query.text.strip() and words is None:
            return []
        if words is not None:
            return self._heads_found(words, query)
        where, values = _conditions(query, "row_id")
        order = "risk DESC, row_id DESC" if query.by_risk else "row_id DESC"
        # One limited walk per state goes its index backwards; IN over several states would sort all of their rows.
        states: Sequence[DossierState | None] = sorted(set(query.states)) or [None]
        found = [row for state in states for row in self._heads_of(state, where, values, order, query.limit)]
        if len(query.states) > 1:
            found.sort(key=lambda row: (row["risk"] if query.by_risk else 0, row["row_id"]), reverse=True)
        return [rows.head_of(row) for row in found[: query.limit]]

    def _heads_of(
        self, state: DossierState | None, where: list[str], values: list[Any], order: str, limit: int
    ) -> list[dict[str, Any]]:
        if state is not None:
            where, values = [*where, "state = ?"], [*values, str(state)]
        return self._all(
            "dossiers", " AND ".join(where), values, select=f"row_id, {_HEAD}", order_by=order, limit=limit
        )

    def _heads_found(self, words: str, query: ListQuery) -> list[DossierHead]:
        where, values = _conditions(query, "dossiers_fts.rowid")
        if query.states:
            where.append(f"state IN ({_marks(query.states)})")
            values += [str(state) for state in query.states]
        conditions = " AND ".join(["dossiers_fts MATCH ?", *where])
        order = "risk DESC, row_id DESC" if query.by_risk else "dossiers_fts.rowid DESC"
        # The full-text index gives its hits by row number backwards, so that a page ends after `limit` of them.
        sql = (
            f"SELECT {_HEAD} FROM dossiers_fts CROSS JOIN dossiers ON dossiers.row_id = dossiers_fts.rowid"  # noqa: S608
            f" WHERE {conditions} ORDER BY {order} LIMIT ?"
        )
        return [rows.head_of(row) for row in self._db.query(sql, [words, *values, query.limit])]

    def counts(self) -> dict[DossierState, int]:
        """How many dossiers stand in each state; states without dossiers are 0."""
        found = self._db.query("SELECT state, count(*) AS n FROM dossiers GROUP BY state")
        return dict.fromkeys(DossierState, 0) | {DossierState(row["state"]): row["n"] for row in found}

    def history(self, dossier_id: str, path: str | None = None) -> list[FieldValue]:
        """All values a dossier or a path ever had, oldest first."""
        where, values = "dossier_id = ?", [dossier_id]
        if path is not None:
            where, values = f"{where} AND path = ?", [dossier_id, path]
        found = self._all("values_history", where, values, order_by="row_id")
        return [rows.field_of(row) for row in found]

    def waiting(self) -> list[str]:
        """Drafts with pages that were never read, oldest first."""
        return [row["dossier_id"] for row in self._db.query(_WAITING)]

    def accepted(self, commune_code: str, *, since: str, limit: int) -> list[AcceptedRecord]:
        """Dossiers of a commune changed at an instant or later, accepted or not, the newest first.

        Without an instant ("") only the accepted ones: there is nothing yet that could have been sent back.
        """
        states = [str(state) for state in ACCEPTED]
        found = self._db.query(_ACCEPTED_OF_COMMUNE, [*states, commune_code, since, since, *states, limit])
        return [
            AcceptedRecord(dossier_id=row["dossier_id"], updated_at=row["updated_at"], dossier=_legible(row["content"]))
            for row in found
        ]

    def unread_pages(self, dossier_id: str) -> set[str]:
        """Page ids of a dossier that were never read."""
        found = self._all("pages", "dossier_id = ? AND read_at IS NULL", [dossier_id])
        return {row["page_id"] for row in found}

    def undo_depth(self, dossier_id: str) -> int:
        """How many changes of a dossier can be taken back."""
        return int(self._table("undo_steps").count_where("dossier_id = ?", [dossier_id]))

    def _dossier(self, content: str, dossier_id: str) -> Dossier:
        return dataclasses.replace(codec.from_json(Dossier, content), pages=self._pages(dossier_id))

    def _pages(self, dossier_id: str) -> tuple[DossierPage, ...]:
        found = self._all("pages", "dossier_id = ?", [dossier_id], order_by="position, page_id")
        return tuple(rows.page_of(row) for row in found)

    def _fields(self, dossier_id: str) -> tuple[FieldValue, ...]:
        found = self._all("values_history", _NEWEST, [dossier_id])
        present = [field for field in map(rows.field_of, found) if not says_nothing(field)]
        return tuple(sorted(present, key=lambda field: paper_order(field.path)))

    def _findings(self, dossier_id: str) -> tuple[Finding, ...]:
        found = self._all("findings", "dossier_id = ?", [dossier_id], order_by="position")
        return tuple(rows.finding_of(row) for row in found)

    # ------------------------------------------------------------ pages

    def page_owners(self, sha256: str) -> list[str]:
        """Dossiers that hold a page with this content."""
        found = self._all("pages", "sha256 = ?", [sha256], select="DISTINCT dossier_id", order_by="dossier_id")
        return [row["dossier_id"] for row in found]

    def stored_page(self, sha256: str) -> StoredPage:
        """Type and size of a stored page.

        Raises:
            StoreError: `page_missing`.
        """
        row = self._one("page_files", "sha256 = ?", [sha256])
        if row is None:
            raise StoreError("page_missing", sha256=sha256)
        return rows.stored_page_of(row)

    def stored_pages(self) -> list[StoredPage]:
        """All stored pages, also those no dossier holds any more."""
        return [rows.stored_page_of(row) for row in self._all("page_files", order_by="sha256")]

    # ------------------------------------------------------------ batches and outbox

    def batch(self, batch_id: str) -> BatchHead:
        """One batch.

        Raises:
            InputError: `unknown_batch`.
        """
        row = self._one("batches", "batch_id = ?", [batch_id], select=_OF_BATCH)
        if row is None:
            raise InputError("unknown_batch", batch=batch_id)
        return rows.batch_of(row)

    def batches(self, states: tuple[BatchState, ...] = ()) -> list[BatchHead]:
        """Batches, newest first."""
        where = f"state IN ({_marks(states)})" if states else ""
        values = [str(state) for state in states]
        found = self._all("batches", where, values, select=_OF_BATCH, order_by="row_id DESC")
        return [rows.batch_of(row) for row in found]

    def outbox(self, states: tuple[DossierState, ...] = (), batch_id: str | None = None) -> list[OutboxRow]:
        """Outbox rows in the order they were sealed."""
        where: list[str] = []
        values: list[Any] = []
        if states:
            where.append(f"state IN ({_marks(states)})")
            values += [str(state) for state in states]
        if batch_id is not None:
            where.append("batch_id = ?")
            values.append(batch_id)
        return [rows.outbox_of(row) for row in self._all("outbox", " AND ".join(where), values, order_by="seq")]

    def last_sealed(self, dossier_id: str) -> int:
        """The highest revision of a dossier that went into the outbox; 0 when none did."""
        row = self._one("outbox", "dossier_id = ?", [dossier_id], select="coalesce(max(revision), 0) AS revision")
        return int(row["revision"]) if row else 0

    # ------------------------------------------------------------ people, settings, events

    def people(self) -> list[Person]:
        """Everybody, active or not, by login."""
        return [rows.person_of(row) for row in self._all("people", order_by="login")]

    def credentials(self, login: str) -> tuple[Person, str] | None:
        """A person with the password hash; None when unknown; capitals do not matter."""
        row = self._one("people", "login = ?", [login])
        return (rows.person_of(row), row["password_hash"]) if row else None

    def failed_sign_ins(self, login_digest: str) -> tuple[int, str] | None:
        """How many sign-ins of a login failed since the last right one, and when the last of them did."""
        row = self._one("failed_sign_ins", "login_digest = ?", [login_digest])
        return (row["failures"], row["last_at"]) if row else None

    def setting(self, key: str) -> str | None:
        """A stored setting of this office."""
        row = self._one("settings", "key = ?", [key])
        return row["value"] if row else None

    def events(self, dossier_id: str | None = None, after: int = 0, limit: int = 1000) -> list[Event]:
        """The history chain, oldest first."""
        where: str = "seq > ?"
        values: list[Any] = [after]
        if dossier_id is not None:
            where, values = "dossier_id = ? AND seq > ?", [dossier_id, after]
        found = self._all("events", where, values, order_by="seq", limit=limit)
        return [rows.event_of(row) for row in found]

    def chain_head(self) -> str:
        """Hash of the newest event; 64 zeros when there is none."""
        return self.chain_end()[1]

    def chain_end(self) -> tuple[int, str]:
        """Number and hash of the newest event as noted beside the chain."""
        row = self._one("chain")
        return (row["seq"], row["hash"]) if row else (0, history_chain.START)

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong with the file; empty when sound."""
        found = [text for (text,) in self._db.execute("PRAGMA quick_check(20)") if text != "ok"]
        broken = self._db.execute("PRAGMA foreign_key_check").fetchmany(20)
        return found + [f"{table} {row_id} -> {parent}" for table, row_id, parent, _number in broken]

    def _sent_back(self, dossier_id: str) -> SentBack | None:
        """The step that brought a dossier back; a correction begun afterwards is only a person's taking it up."""
        where = f"dossier_id = ? AND what IN ({_marks(_STEPS)})"
        steps = self._all("events", where, [dossier_id, *_STEPS], order_by="seq DESC", limit=2)
        came = [(DossierState(step["what"].removeprefix("dossier_")), step["at"]) for step in steps]
        if not came:
            return None
        as_state, at = next((step for step in came if step[0] in FOR_A_PERSON), came[0])
        return SentBack(as_state=as_state, at=at)

    def _undo_step(self, dossier_id: str) -> tuple[int, UndoStep] | None:
        row = self._one("undo_steps", "dossier_id = ?", [dossier_id], order_by="row_id DESC")
        if row is None:
            return None
        step = UndoStep(
            path=row["path"],
            before=codec.from_json(Dossier, row["content"]),
            fields=rows.fields_from_json(row["fields"]),
        )
        return row["row_id"], step

    def _table(self, name: str) -> Table:
        return Table(self._db, name)

    def _all(
        self,
        table: str,
        where: str = "",
        values: Sequence[Any] = (),
        *,
        select: str = "*",
        order_by: str | None = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        found = self._table(table).rows_where(where or None, values, select=select, order_by=order_by, limit=limit)
        return list(found)

    def _one(
        self,
        table: str,
        where: str = "",
        values: Sequence[Any] = (),
        *,
        select: str = "*",
        order_by: str | None = None,
    ) -> dict[str, Any] | None:
        found = self._all(table, where, values, select=select, order_by=order_by, limit=1)
        return found[0] if found else None


def _legible(content: str | None) -> Dossier | None:
    """A record; None where it is not to be shown or is damaged, which must not keep others from being read."""
    if content is None:
        return None
    try:
        return codec.from_json(Dossier, content)
    except InputError:
        return None


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _conditions(query: ListQuery, row_number: str) -> tuple[list[str], list[Any]]:
    where: list[str] = []
    values: list[Any] = []
    if query.batch_id is not None:
        where.append("batch_id = ?")
        values.append(query.batch_id)
    if query.after is not None and not query.by_risk:
        where.append(f"{row_number} < (SELECT row_id FROM dossiers WHERE dossier_id = ?)")  # noqa: S608
        values.append(query.after)
    return where, values
