"""What the store and the receiver really hold, read from outside the program."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from pathlib import Path
from typing import Any, ClassVar

_PART = re.compile(r"(\w+)(?:\[(\d+)\])?")


def value_at(record: Any, path: str) -> Any:
    """The value of a path such as `holders[0].name` in plain JSON; None when it is not there."""
    for name, index in _PART.findall(path):
        record = record.get(name) if isinstance(record, dict) else None
        if index:
            record = record[int(index)] if isinstance(record, list) and int(index) < len(record) else None
    return record


def rows_of(file: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Run a query on a SQLite file without changing it; no rows while file or table are not there yet."""
    if not file.exists():
        return []
    db = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)
    try:
        return db.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []
        raise
    finally:
        db.close()


class StoreBooks:
    """A store's folder seen by a stranger: plain SQL, read-only."""

    KEPT: ClassVar = {
        "history": "select row_id, dossier_id, path, value, source, set_by from values_history",
        "files": "select sha256, size_bytes from page_files",
        "pages": "select page_id, dossier_id, sha256 from pages",
        "events": "select seq, at, who, what, dossier_id, batch_id, hash from events",
        "outbox": "select seq, batch_id, dossier_id, revision, digest, form from outbox",
        "receipts": "select seq, receipt from outbox where receipt is not null",
        "dossiers": "select dossier_id, created_at, created_by from dossiers",
        "people": "select person_id, login, password_hash from people",
    }
    """What, once seen, must be there for good."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query."""
        return rows_of(self.folder / "store.db", sql, *values)

    def one(self, sql: str, *values: object) -> Any:
        """The first column of the only row, None without a row."""
        rows = self.rows(sql, *values)
        assert len(rows) < 2
        return rows[0][0] if rows else None

    def states(self) -> dict[str, str]:
        """State of each dossier, by dossier_id in the order they were made."""
        return dict(self.rows("select dossier_id, state from dossiers order by dossier_id"))

    def state(self, dossier_id: str) -> str:
        """State of a dossier."""
        return str(self.one("select state from dossiers where dossier_id = ?", dossier_id))

    def doubts(self, dossier_id: str) -> int:
        """How many fields a person should still look at."""
        return int(self.one("select doubts from dossiers where dossier_id = ?", dossier_id))

    def place(self, dossier_id: str) -> str:
        """The path where the cursor is, "" before it was anywhere."""
        return self.one("select last_path from dossiers where dossier_id = ?", dossier_id) or ""

    def content(self, dossier_id: str) -> dict[str, Any]:
        """The content of a dossier as plain JSON."""
        plain: dict[str, Any] = json.loads(self.one("select content from dossiers where dossier_id = ?", dossier_id))
        return plain

    def value(self, dossier_id: str, path: str) -> str | None:
        """The present value at a path."""
        value = value_at(self.content(dossier_id), path)
        return None if value is None else str(value)

    def pages(self, dossier_id: str) -> list[str]:
        """The hashes of a dossier's pages, in their order."""
        found = self.rows("select sha256 from pages where dossier_id = ? order by position", dossier_id)
        return [sha256 for (sha256,) in found]

    def unread(self, dossier_id: str) -> int:
        """How many pages of a dossier were not read yet."""
        return int(self.one("select count(*) from pages where dossier_id = ? and read_at is null", dossier_id))

    def check_pages(self) -> int:
        """Every page row has its file, and the file is what its name says; returns how many."""
        hashes = [sha256 for (sha256,) in self.rows("select sha256 from page_files")]
        for sha256 in hashes:
            (file,) = self.folder.glob(f"pages/{sha256[:2]}/{sha256}.*")
            assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
        return len(hashes)

    def kept(self) -> dict[str, set[tuple[Any, ...]]]:
        """Everything acknowledged so far that must never go again."""
        db = sqlite3.connect(f"file:{self.folder / 'store.db'}?mode=ro", uri=True, timeout=20)
        try:
            return {name: set(db.execute(sql)) for name, sql in self.KEPT.items()}
        finally:
            db.close()


class ReceiverBooks:
    """The receiver's data folder seen by a stranger."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query on the ledger."""
        return rows_of(self.folder / "ledger.db", sql, *values)

    def forms(self) -> dict[tuple[str, int], bytes]:
        """The form of every record, by dossier and revision, byte for byte."""
        found = self.rows("select dossier_id, revision, form from records")
        return {(dossier_id, revision): bytes(form) for dossier_id, revision, form in found}

    def pages(self, dossier_id: str, revision: int) -> list[str]:
        """The hashes of a record's pages, in their order."""
        found = self.rows(
            "select sha256 from record_pages where dossier_id = ? and revision = ? order by position",
            dossier_id,
            revision,
        )
        return [sha256 for (sha256,) in found]

    def receipts(self) -> list[tuple[str, int, str]]:
        """(dossier_id, revision, receipt) of every receipt given."""
        return self.rows("select dossier_id, revision, receipt from receipts")

    def blobs(self) -> set[str]:
        """The hashes of all whole pages; each is checked against its content."""
        files = [file for file in self.folder.glob("blobs/*/*") if file.is_file()]
        for file in files:
            assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
        return {file.name for file in files}

    def partial(self) -> dict[str, tuple[int, int]]:
        """Pages under way: bytes here and bytes announced, by hash; none that has not begun or is whole."""
        found = {}
        for part in self.folder.glob("parts/*.*"):
            sha256, _, announced = part.name.partition(".")
            try:
                held = part.stat().st_size
            except FileNotFoundError:
                continue
            if 0 < held < int(announced):
                found[sha256] = (held, int(announced))
        return found
