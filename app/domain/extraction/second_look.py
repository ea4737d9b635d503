"""The second look: values in doubt are read again from their own piece of the page, in another way.

What both looks agree on is no slip of the engine. A second look never replaces a value; where it sees another text,
that is offered beside the first. Source: two passes that agree were right in 242 of 243 values (field notes on reading,
section 1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.dates import find_long_date, find_short_date, fold_in_place
from app.domain.extraction.fuzzy import find
from app.domain.fields import FieldKind, spec_of
from app.domain.reading import Check, FieldReading, Look, PageScan, Source
from app.domain.text import fold, tidy

MOST_LOOKS = 40
"""For one dossier: a bad page would be read twice otherwise."""
LONGEST_TEXT = 160
"""Longer texts hardly ever come out the same twice; a person looks at them anyway."""

_FIGURES = frozenset({FieldKind.AREA, FieldKind.NUMBER, FieldKind.IDENTITY, FieldKind.SERIAL})
_MARKS = re.compile(r"[\s.,/\-]")
_NOISE = re.compile(r"[^\w\s,/\-]|_")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """What looking again has shown.

    Attributes:
        same: By path the value both looks agree on.
        other: For paths where the second saw another text in the same place: that text.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    other: Mapping[str, str] = field(default_factory=dict)


NO_SECOND_LOOK = SecondLook()


def best_case(fields: Sequence[FieldReading]) -> SecondLook:
    """What a second look could show at best: that it sees all values in doubt the same."""
    return SecondLook(same={item.path: item.value for item in fields if _is_in_doubt(item) and item.value})


def wanted(
    fields: Sequence[FieldReading], at_best: Sequence[FieldReading], scans: Sequence[PageScan]
) -> dict[str, Look]:
    """What is worth a second look, by path: printed values in doubt whose place is known, and that may be cleared.

    Args:
        fields: As graded after the first look.
        at_best: As they would be graded in the `best_case`.
        scans: The pages the fields' indexes count.
    """
    cleared = {item.path for item in at_best if item.check == Check.OK}
    looks: dict[str, Look] = {}
    for item in fields:
        if _is_in_doubt(item) and item.path in cleared and item.page is not None and item.box is not None:
            scan = scans[item.page]
            looks[item.path] = Look(
                file=scan.file, image=scan.image, box=item.box, rotation_deg=scan.rotation_deg, skew_deg=scan.skew_deg
            )
    kept = list(dict.fromkeys(looks.values()))[:MOST_LOOKS]
    return {path: look for path, look in looks.items() if look in kept}


def compare(fields: Sequence[FieldReading], looks: Mapping[str, Look], texts: Mapping[Look, str]) -> SecondLook:
    """Hold the values against what the second look has read in their places."""
    same: dict[str, str] = {}
    other: dict[str, str] = {}
    for item in fields:
        text = texts.get(looks[item.path]) if item.path in looks else None
        if text and item.value is not None:
            if agrees(item, text):
                same[item.path] = item.value
            elif seen := _seen_instead(item, text):
                other[item.path] = seen
    return SecondLook(same=same, other=other)


def agrees(item: FieldReading, text: str) -> bool:
    """Whether a value stands in a text read from its place, perhaps between other words."""
    spec = spec_of(item.path)
    kind = spec.kind if spec else FieldKind.TEXT
    if kind is FieldKind.DATE:
        return item.value in _dates(text)
    if kind in _FIGURES:
        return _stands_in(_figures(item.value or ""), _figures(text))
    said = item.raw if kind is FieldKind.CHOICE else item.value
    return bool(said) and f" {_words(said or '')} " in f" {_words(text)} "


def _is_in_doubt(item: FieldReading) -> bool:
    is_printed = item.source == Source.OCR and item.value is not None
    return is_printed and item.check != Check.OK and len(item.value or "") <= LONGEST_TEXT


def _dates(text: str) -> set[str | None]:
    found = {read[0] for read in (find_long_date(text), find_short_date(text)) if read}
    return {*found, *re.findall(r"(?<!\d)[12]\d{3}(?!\d)", text)}


def _figures(text: str) -> str:
    """Letters and figures without the blanks and marks between them, which are printed in many ways."""
    return _MARKS.sub("", fold(text))


def _stands_in(figures: str, text: str) -> bool:
    return bool(figures) and re.search(rf"(?<!\d){re.escape(figures)}(?!\d)", text) is not None


def _words(text: str) -> str:
    """Words, commas and strokes; marks that stains and leaders leave behind are left out."""
    return tidy(_NOISE.sub(" ", tidy(text))).replace(" ,", ",")


def _seen_instead(item: FieldReading, text: str) -> str | None:
    """The piece of the second text that is nearly the value."""
    spec = spec_of(item.path)
    if spec is None or spec.kind not in {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NAME}:
        return None
    line = _words(text)
    hit = find(_words(item.value or ""), fold_in_place(line), 0.25)
    return line[hit.start : hit.end].strip(" ,-/") if hit else None
