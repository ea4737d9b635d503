"""The store against real SQLite files."""

from __future__ import annotations
