"""Handwriting and worn type that the engine cannot read: kept as read, but no value is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import mean

from app.domain.extraction.drafts import Draft
from app.domain.reading import Source

LEGIBLE = 45.0
"""Mean confidence of the words below which a value is mostly wrong. Source: field notes on reading, section 2."""


def legible_only(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts in which a value of words the engine does not believe in stays open."""
    return [_open_if_illegible(draft) for draft in drafts]


def _open_if_illegible(draft: Draft) -> Draft:
    if draft.value is None or draft.source != Source.OCR or not draft.confidences:
        return draft
    if mean(draft.confidences) >= LEGIBLE:
        return draft
    return replace(draft, value=None, doubts=(*draft.doubts, "unread"))
