"""A value found on a page, before it is known how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.extraction.clips import Clip
from app.domain.reading import Box, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One value for one path.

    Attributes:
        value: Normalised text; None when something is printed there that could not be read.
        confidences: The engine's confidence (0..100) in each word the value came from.
        doubts: Names of reasons to doubt or to trust it (see `grading`).
    """

    path: str
    value: str | None
    raw: str | None
    source: str = Source.OCR.value
    page: int | None = None
    box: Box | None = None
    confidences: tuple[float, ...] = ()
    doubts: tuple[str, ...] = ()


def read_draft(path: str, clip: Clip, value: str | None, *doubts: str) -> Draft:
    """A value read from printed words; `doubts` that are empty text do not count."""
    return Draft(
        path=path,
        value=value,
        raw=clip.line or None,
        page=clip.page,
        box=clip.box,
        confidences=tuple(word.confidence for word in clip.words),
        doubts=tuple(doubt for doubt in doubts if doubt),
    )


def only_figures_count(draft: Draft, figures: Clip) -> Draft:
    """A value of fixed words and figures: only the words that hold the figures can be wrong."""
    return replace(draft, confidences=tuple(word.confidence for word in figures.words if _has_digit(word.text)))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def unread(path: str, page: int | None = None, clip: Clip | None = None) -> Draft:
    """Something is printed for the path, but could not be read."""
    raw = clip.line or None if clip else None
    return Draft(path=path, value=None, raw=raw, page=page, box=clip.box if clip else None, doubts=("unread",))


def derived(path: str, value: str, *from_drafts: Draft) -> Draft:
    """A value that follows from others by a rule."""
    first = from_drafts[0] if from_drafts else None
    return Draft(
        path=path,
        value=value,
        raw=None,
        source=Source.RULE.value,
        page=first.page if first else None,
        box=first.box if first else None,
        confidences=tuple(c for draft in from_drafts for c in draft.confidences),
        doubts=tuple(dict.fromkeys(doubt for draft in from_drafts for doubt in draft.doubts)),
    )


def value_of(drafts: Sequence[Draft], path: str) -> str | None:
    """The value of the first draft for a path."""
    return next((draft.value for draft in drafts if draft.path == path), None)
