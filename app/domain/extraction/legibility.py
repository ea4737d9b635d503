"""Handwriting and worn type that the engine cannot read: kept as read, but no value is made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, median

from app.domain.extraction.drafts import Draft
from app.domain.extraction.old_purposes import sign_of
from app.domain.reading import Source

LEGIBLE = 45.0
"""Mean confidence of the words below which a value is mostly wrong. Source: field notes on reading, section 2."""
FIGURES_LEGIBLE = 12.0
"""The same of figures on a page that is typed or printed: the engine doubts single numbers, and dates without blanks,
whose neighbours it believes in."""
PRINTED = 90.0
"""Confidence half the values of a typed or printed page have at least; of a handwritten one few have it."""
FEWEST = 4
_FIGURES = re.compile(r"(?:Đến\s(?:ngày\s)?)?[\d.,/\-]{1,12}(?:\snăm)?|[A-ZĐ]{1,3}\d{1,4}(?:[-/]\d{1,4})?")
"""Also numbers of plots with letters before them: "PL5"."""


def legible_only(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in which a value of words the engine does not believe in stays open."""
    means = [mean(draft.confidences) for draft in drafts if _is_seen(draft)]
    is_printed = len(means) >= FEWEST and median(means) >= PRINTED
    return [_open_if_illegible(draft, is_printed=is_printed) for draft in drafts]


def _is_seen(draft: Draft) -> bool:
    return draft.value is not None and draft.source == Source.OCR and bool(draft.confidences)


def _open_if_illegible(draft: Draft, *, is_printed: bool) -> Draft:
    if not _is_seen(draft):
        return draft
    is_short = _FIGURES.fullmatch(draft.value or "") is not None or _is_sign(draft)
    if mean(draft.confidences) >= (FIGURES_LEGIBLE if is_printed and is_short else LEGIBLE):
        return draft
    return replace(draft, value=None, doubts=(*draft.doubts, "unread"))


def _is_sign(draft: Draft) -> bool:
    """Whether a purpose is one of the signs of old certificates, as short as a figure."""
    return draft.path.endswith(".purpose") and sign_of(draft.value or "") is not None
