"""Instants as text: UTC, ISO 8601, milliseconds, Z; such texts sort by time."""

from __future__ import annotations

from datetime import UTC, datetime


def to_iso(at: datetime) -> str:
    """An aware instant as text, such as "2026-11-22T01:02:03.456Z"."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The instant such a text names."""
    return datetime.fromisoformat(text)
