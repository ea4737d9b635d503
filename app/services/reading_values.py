"""What the services of reading say while they work."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowingReading:
    """What is known of a dossier so far.

    Attributes:
        reading: While not whole: values that may be shown already, no findings.
        files_done: How many of the files have been read.
        is_whole: Whether this is the last word: all pages, second look made.
    """

    reading: Reading
    files_done: int
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingStep:
    """How far the reading of a dossier is; what is known so far is in the store."""

    dossier_id: str
    pages_done: int
    pages_total: int
