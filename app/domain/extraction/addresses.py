"""Addresses: their own words in front, known administrative units behind."""

from __future__ import annotations

from dataclasses import replace

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, read_draft
from app.domain.extraction.labels import RESIDENCE, find_in_text
from app.domain.extraction.lexicon import Lexicon

_EDGES = " ;:,.-–—_…·|'\"`()"


def address_draft(path: str, clip: Clip, lexicon: Lexicon) -> Draft:
    """An address with its units mended; units that are all known do not add to the doubt."""
    clip = clip.cut(0, lexicon.end_of_address(clip.text))
    text = clip.line.strip(_EDGES)
    mended = lexicon.address(text)
    draft = read_draft(path, clip, mended or None)
    before = lexicon.words_before_units(mended)
    if before is None:
        return replace(draft, doubts=("mended",)) if mended != text else draft
    own = " ".join(mended.split(" ")[:before])
    doubts = () if text.startswith(own.rstrip(",")) else ("mended",)
    return replace(draft, confidences=(*draft.confidences[:before], *(96.5,) * bool(before)), doubts=doubts)


def split_address(clip: Clip) -> tuple[Clip, Clip | None]:
    """What is printed about a holder, in two: up to the address, and the address; None when there is none."""
    found = find_in_text(clip, RESIDENCE)
    if found is None:
        return clip, None
    return clip.cut(0, found[0]), clip.cut(found[1])
