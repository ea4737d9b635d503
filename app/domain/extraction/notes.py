"""The notes of a certificate, and the certificate they say was replaced."""

from __future__ import annotations

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, read_draft
from app.domain.extraction.marks import serial_in_note
from app.domain.extraction.uses import is_nothing

_EDGES = " ;:,-–_…·|'\"`."


def read_notes(clip: Clip | None) -> list[Draft]:
    """Notes as printed; "-/-" and an empty line say there are none."""
    if clip is None or is_nothing(clip):
        return []
    notes = clip.strip(_EDGES)
    if sum(character.isalpha() for character in notes.text) < 4:
        return []
    replaced = serial_in_note(notes)
    return [read_draft("certificate.notes", notes, notes.line), *([replaced] if replaced else [])]
