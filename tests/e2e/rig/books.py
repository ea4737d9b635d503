"""What the store and the receiver really hold, read from outside the program."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any


class StoreBooks:
    """A store's folder seen by a stranger: plain SQL, read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query; no rows while the file is not there yet."""
        file = self.folder / "store.db"
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

    def states(self) -> dict[str, str]:
        """State of each dossier, by dossier_id in the order they were made."""
        return dict(self.rows("select dossier_id, state from dossiers order by dossier_id"))

    def content(self, dossier_id: str) -> dict[str, Any]:
        """The content of a dossier as plain JSON."""
        ((text,),) = self.rows("select content from dossiers where dossier_id = ?", dossier_id)
        plain: dict[str, Any] = json.loads(text)
        return plain

    def pages(self) -> list[tuple[str, str]]:
        """(dossier_id, sha256) of every page row."""
        return self.rows("select dossier_id, sha256 from pages order by dossier_id, position")

    def check_pages(self) -> None:
        """Every page row has its file, and the file is what its name says."""
        for _, sha256 in self.pages():
            (file,) = self.folder.glob(f"pages/{sha256[:2]}/{sha256}.*")
            assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
