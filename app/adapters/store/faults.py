"""SQLite's failures in the words of our error tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import StoreError

_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "disk_full",  # there is no room for the file readers share
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
}


def as_store_error(error: sqlite3.Error) -> StoreError:
    """The StoreError for a failure of SQLite."""
    exact = getattr(error, "sqlite_errorcode", 0)
    return StoreError(
        _CODES.get(exact) or _CODES.get(exact & 0xFF, "store_failed"),
        reason=getattr(error, "sqlite_errorname", "") or "SQLite",
    )


@contextmanager
def translated() -> Iterator[None]:
    """Turn failures of the disk and the file into StoreError; a broken constraint or a misuse is our bug and passes.

    Raises:
        StoreError: `disk_full`, `store_busy`, `store_damaged`, `store_failed`.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as error:
        raise as_store_error(error) from error
