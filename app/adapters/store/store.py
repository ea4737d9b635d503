"""The store itself: opening, reading and writing transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from app.adapters.store.connection import Connections, connect
from app.adapters.store.faults import translated
from app.adapters.store.lock import StoreLock
from app.adapters.store.migrations import check_version, migrate, newest
from app.adapters.store.reader import SqliteReader
from app.adapters.store.writer import SqliteWriter
from app.domain.instants import to_iso
from app.errors import StoreError
from app.ports import Clock

STORE_FILE = "store.db"
LOCK_FILE = "store.lock"
STORED_PAGES = "pages/??/*.jpg"
"""Beside a store file that holds their rows."""

WAIT_S = 30.0


def open_store(folder: Path, clock: Clock, *, read_only: bool = False) -> SqliteStore:
    """Open the store of a folder; a new one is made, an older file is copied and migrated.

    Args:
        folder: Holds `store.db`; on a local disk (WAL does not work on a share).
        clock: For `updated_at`.
        read_only: Look only; possible while another process has the store open.

    Raises:
        StoreError: `store_in_use`, `store_too_new`, `store_too_old` and `store_missing` (read only), `store_damaged`,
            `disk_full`, `store_failed`.
    """
    file = folder / STORE_FILE
    if read_only:
        _check_readable(file)
        return SqliteStore(file, clock, lock=None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = StoreLock(folder / LOCK_FILE)
    except OSError as error:
        raise StoreError("store_failed", reason=error.strerror or "") from error
    try:
        with translated():
            _check_not_lost(file)
            db = connect(file)
            try:
                migrate(db, file)
            finally:
                db.close()
    except BaseException:
        lock.release()
        raise
    return SqliteStore(file, clock, lock=lock)


def _check_not_lost(file: Path) -> None:
    """Refuse to begin a new store over the pages of an old one: its file was lost or emptied, not never made."""
    is_new = not file.exists() or not file.stat().st_size
    if is_new and next(file.parent.glob(STORED_PAGES), None) is not None:
        raise StoreError("store_damaged", reason=STORE_FILE)


def _check_readable(file: Path) -> None:
    if not file.is_file():
        raise StoreError("store_missing")
    with translated():
        db = connect(file, read_only=True)
        try:
            if check_version(db) < newest():
                raise StoreError("store_too_old")
        finally:
            db.close()


class SqliteStore:
    """A Store over one SQLite file; may be used from any thread, one writer at a time.

    Args:
        file: The migrated store file.
        clock: For `updated_at`.
        lock: The lock that lets this process write; None for a store that is only read.
    """

    def __init__(self, file: Path, clock: Clock, *, lock: StoreLock | None) -> None:
        self._clock = clock
        self._lock = lock
        self._connections = Connections(file, read_only=lock is None)
        self._writing = threading.Lock()
        self._closed = False

    @contextmanager
    def read(self) -> Iterator[SqliteReader]:
        """A read transaction: one moment of the store, whatever others write meanwhile.

        Raises:
            StoreError: `store_failed`, `store_damaged`, `store_busy`.
        """
        with translated():
            db = self._database()
            if db.conn.in_transaction:  # inside another block of this thread: the same view
                yield SqliteReader(db)
                return
            db.execute("BEGIN")
            try:
                yield SqliteReader(db)
            finally:
                db.rollback()

    @contextmanager
    def write(self) -> Iterator[SqliteWriter]:
        """A write transaction (BEGIN IMMEDIATE), durable at the end of the block, nothing of it on any error.

        Raises:
            StoreError: `store_failed`, `disk_full`, `store_busy`, `store_damaged`; `store_read_only`.
        """
        if self._lock is None:
            raise StoreError("store_read_only")
        with translated():
            db = self._database()
            if db.conn.in_transaction:
                raise sqlite3.ProgrammingError("a write inside a read or a write of the same thread")
            if not self._writing.acquire(timeout=WAIT_S):
                raise StoreError("store_busy", reason="")
            try:
                db.execute("BEGIN IMMEDIATE")
                yield SqliteWriter(db, lambda: to_iso(self._clock.now()))
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
            finally:
                self._writing.release()

    def close(self) -> None:
        """Close every connection and let others open the store; a second call does nothing."""
        waited = self._writing.acquire(timeout=WAIT_S)
        self._closed = True
        self._connections.close()
        if self._lock is not None:
            self._lock.release()
        if waited:
            self._writing.release()

    def _database(self) -> Database:
        if self._closed:
            raise StoreError("store_failed", reason="closed")
        return self._connections.mine()
