"""Bringing a reading into a dossier: what a person stands for is never touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain import paths
from app.domain.changes import is_under, nothing
from app.domain.dossier import Dossier
from app.domain.doubts import says_nothing
from app.domain.fields import spec_of
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check, FieldReading, Reading, Source
from app.domain.typed import Value, text_of
from app.domain.unprinted import with_unprinted_blanks

READER = "reader"
"""Stands in `set_by` of values no person has looked at."""

_RECORD = ("certificate", "changes", "holders", "current_users", "parcels", "assets")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """The dossier's page behind a page of the reading."""

    page_id: str
    position: int


def merge(
    opened: OpenDossier,
    history: Iterable[FieldValue],
    reading: Reading,
    pages: Mapping[int, ReadPage],
    at: str,
    *,
    is_whole: bool = True,
) -> tuple[Dossier, tuple[FieldValue, ...]]:
    """The dossier with what was read, and the rows for its history.

    Values a person set, accepted or left blank stay. A list out of which a person took an item is the person's: nothing
    is read into it any more, as the paper's numbering no longer fits. Values of an earlier reading that are not read
    any more go.

    Args:
        opened: The dossier as it stands.
        history: All values it ever had, oldest first.
        reading: What was read from all of its pages.
        pages: The dossier's pages by index into the reading's pages.
        at: Instant, ISO 8601.
        is_whole: Whether all pages are in the reading; else values it lacks may stand on the others, and stay, and what
            is there already waits for the whole.
    """
    newest = {row.path: row for row in history}
    kept = {path for path, row in newest.items() if _is_persons(row)}
    own_lists = {
        _list_of(row.path) for path, row in newest.items() if path in kept and _is_removed(opened.dossier, row)
    }

    def is_free(path: str) -> bool:
        return path not in kept and not any(is_under(path, own) for own in own_lists)

    evidence = {field.path: field for field in reading.fields}
    read = {path: value for path, value in _leaves(reading) if value is not None or path in evidence}
    read |= {path: None for path in evidence if path not in read and spec_of(path)}
    dossier = opened.dossier
    values: list[FieldValue] = []
    for path, value in read.items():
        if not is_free(path) or not (is_whole or _is_empty(opened, path)):
            continue
        dossier = paths.put(dossier, path, value)
        if spec_of(path) is not None:
            new = _field(path, value, evidence.get(path), pages, at)
            if _says_more(new, opened.field(path)):
                values.append(new)
    if not is_whole:
        return dossier, tuple(values)
    for field in opened.fields:
        if field.path not in read and is_free(field.path):
            dossier = paths.put(dossier, field.path, None)
            values.append(nothing(field.path, source=Source.RULE, who=READER, at=at))
    return with_unprinted_blanks(_trimmed(dossier, values)), tuple(values)


def _is_empty(opened: OpenDossier, path: str) -> bool:
    field = opened.field(path)
    return field is None or field.value is None


def _is_persons(row: FieldValue) -> bool:
    taken_back = row.source == Source.RULE and says_nothing(row)
    return row.set_by != READER and not taken_back


def _is_removed(dossier: Dossier, row: FieldValue) -> bool:
    """Whether a row says that a person took the value's item out of its list."""
    list_path = _list_of(row.path)
    if not list_path or not says_nothing(row):
        return False
    index = int(row.path[len(list_path) + 1 :].split("]", 1)[0])
    return index >= len(paths.get(dossier, list_path) or ())


def _list_of(path: str) -> str:
    """The innermost list a path goes through; "" when there is none."""
    return path.rpartition("[")[0]


def _leaves(reading: Reading) -> list[tuple[str, Value | None]]:
    return [leaf for name in _RECORD for leaf in paths.leaves(getattr(reading, name), name)]


def _field(
    path: str, value: Value | None, seen: FieldReading | None, pages: Mapping[int, ReadPage], at: str
) -> FieldValue:
    text = None if value is None else text_of(value)
    if seen is None:  # follows from another value
        return FieldValue(
            path=path, value=text, source=Source.RULE, confidence=1.0, check=Check.OK, set_by=READER, set_at=at
        )
    page = pages.get(seen.page) if seen.page is not None else None
    return FieldValue(
        path=path,
        value=text,
        raw=seen.raw,
        source=seen.source,
        confidence=seen.confidence,
        check=seen.check,
        page_id=page.page_id if page else None,
        box=seen.box,
        candidates=tuple(
            dataclasses.replace(candidate, page=_position(candidate.page, pages)) for candidate in seen.candidates
        ),
        set_by=READER,
        set_at=at,
    )


def _position(index: int | None, pages: Mapping[int, ReadPage]) -> int | None:
    """Where a page of the reading stands in the dossier."""
    page = pages.get(index) if index is not None else None
    return page.position if page else None


def _says_more(new: FieldValue, old: FieldValue | None) -> bool:
    """Whether it is worth a row: not the same again, nor one nobody need look at that is only a little surer now."""
    if old is None:
        return True
    is_settled = new.check == old.check == Check.OK
    confidence = new.confidence if is_settled else old.confidence
    return dataclasses.replace(old, set_at=new.set_at, confidence=confidence) != new


def _trimmed(dossier: Dossier, values: list[FieldValue]) -> Dossier:
    """Without empty items at the ends of lists that just lost their last value; a reason for a blank keeps its item."""
    gone = [row.path for row in values if says_nothing(row)]
    for list_path in sorted({_list_of(path) for path in gone} - {""}, key=len, reverse=True):
        items = paths.get(dossier, list_path) or ()
        while items and items[-1] == type(items[-1])() and not _has_blanks(dossier, f"{list_path}[{len(items) - 1}]"):
            items = items[:-1]
        dossier = paths.put(dossier, list_path, items)
    return dossier


def _has_blanks(dossier: Dossier, item_path: str) -> bool:
    return any(is_under(blank.path, item_path) for blank in dossier.blanks)
