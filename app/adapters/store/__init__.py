"""The store: one SQLite file through sqlite-utils, WAL with full syncs, one writer at a time."""

from __future__ import annotations

from app.adapters.store.store import STORE_FILE, SqliteStore, open_store

__all__ = ["STORE_FILE", "SqliteStore", "open_store"]
