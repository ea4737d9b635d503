"""What a person's change does to a dossier and to the history of its values, and how it is taken back.

Values only move forward: a change, an item put away and an undo all append rows to the history; nothing is lost.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from decimal import Decimal

from app.domain import paths
from app.domain.dossier import Blank, Dossier
from app.domain.fields import FIELDS, spec_of
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check, Source
from app.errors import InputError

_ITEM = re.compile(r"(.+)\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """What is needed to take one change back.

    Attributes:
        path: The value or the list that was changed; everything under it is put back.
        before: The dossier before the change.
        fields: The present values under the path before the change.
    """

    path: str
    before: Dossier
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change worked out, not yet stored: the new content, rows for the history, the way back."""

    dossier: Dossier
    values: tuple[FieldValue, ...]
    undo: UndoStep


def set_value(
    opened: OpenDossier, path: str, value: str | Decimal | None, text: str | None, *, who: str, at: str
) -> Edit:
    """A person gives a value, or none; the paper's text and place stay with it, a reason for the blank goes.

    Args:
        opened: The dossier as it stands.
        path: Address of the value; may be in the first item behind the end of a list.
        value: The typed value.
        text: Its text form for the history.
        who: person_id.
        at: Instant, ISO 8601.

    Raises:
        InputError: `bad_path`.
    """
    dossier = paths.put(opened.dossier, path, value)
    dossier = dataclasses.replace(dossier, blanks=tuple(b for b in dossier.blanks if b.path != path))
    return _edit(opened, path, dossier, by_person(opened, path, text, who=who, at=at))


def confirm(opened: OpenDossier, path: str, *, who: str, at: str) -> Edit:
    """A person takes the present value as it stands; evidence and confidence stay what they were."""
    present = opened.field(path)
    if present is None:
        value = paths.get(opened.dossier, path)
        text = format(value, "f") if isinstance(value, Decimal) else value
        confirmed = by_person(opened, path, text, who=who, at=at)
    else:
        confirmed = dataclasses.replace(present, check=Check.OK, set_by=who, set_at=at)
    return _edit(opened, path, opened.dossier, confirmed)


def leave_blank(opened: OpenDossier, path: str, reason: str, *, who: str, at: str) -> Edit:
    """A person says why there is no value; what was there stays in the history.

    Raises:
        InputError: `bad_path`.
    """
    dossier = paths.put(opened.dossier, path, None)
    others = tuple(blank for blank in dossier.blanks if blank.path != path)
    dossier = dataclasses.replace(dossier, blanks=(*others, Blank(path=path, reason=reason)))
    return _edit(opened, path, dossier, by_person(opened, path, None, who=who, at=at))


def add_item(opened: OpenDossier, list_path: str) -> Edit:
    """An empty item at the end of a list.

    Raises:
        InputError: `bad_path` when there is no such list or it is full.
    """
    name = _first_name(list_path)
    items = _items(opened.dossier, list_path)
    grown = paths.put(opened.dossier, f"{list_path}[{len(items)}].{name}", None)
    return Edit(dossier=grown, values=(), undo=_way_back(opened, list_path))


def remove_item(opened: OpenDossier, item_path: str, *, who: str, at: str) -> Edit:
    """Take an item out of a list; those behind it move up with their evidence and their blanks.

    Raises:
        InputError: `bad_path` when there is no such item.
    """
    list_path, index = _split_item(item_path)
    _first_name(list_path)
    items = _items(opened.dossier, list_path)
    if index >= len(items):
        raise InputError("bad_path", path=item_path)
    dossier = paths.put(opened.dossier, list_path, items[:index] + items[index + 1 :])
    blanks = tuple(
        dataclasses.replace(blank, path=moved)
        for blank in dossier.blanks
        if (moved := _moved(blank.path, list_path, index)) is not None
    )
    old = [field for field in opened.fields if is_under(field.path, list_path)]
    new = tuple(
        dataclasses.replace(field, path=moved)
        for field in old
        if (moved := _moved(field.path, list_path, index)) is not None
    )
    values = difference(old, new, source=Source.PERSON, who=who, at=at)
    return Edit(dossier=dataclasses.replace(dossier, blanks=blanks), values=values, undo=_way_back(opened, list_path))


def take_back(opened: OpenDossier, step: UndoStep, *, who: str, at: str) -> tuple[Dossier, tuple[FieldValue, ...]]:
    """The content and the rows of the history that put everything under the step's path back as it was."""
    dossier = paths.put(opened.dossier, step.path, paths.get(step.before, step.path))
    now = [field for field in opened.fields if is_under(field.path, step.path)]
    values = difference(now, step.fields, source=Source.RULE, who=who, at=at)
    return dataclasses.replace(dossier, blanks=step.before.blanks), values


def difference(
    old: list[FieldValue], new: tuple[FieldValue, ...], *, source: Source, who: str, at: str
) -> tuple[FieldValue, ...]:
    """Rows that turn the present values `old` into `new`; a value that is gone gets a row that says nothing."""
    known = {field.path: field for field in old}
    changed = [field for field in new if known.get(field.path) != field]
    kept = {field.path for field in new}
    gone = [nothing(field.path, source=source, who=who, at=at) for field in old if field.path not in kept]
    return (*changed, *gone)


def nothing(path: str, *, source: Source, who: str, at: str) -> FieldValue:
    """A row of the history that says there is nothing at a path."""
    return FieldValue(path=path, value=None, source=source, check=Check.OK, set_by=who, set_at=at)


def by_person(opened: OpenDossier, path: str, text: str | None, *, who: str, at: str) -> FieldValue:
    """A value a person stands for, with what the paper said and where."""
    present = opened.field(path)
    new = FieldValue(path=path, value=text, source=Source.PERSON, confidence=1.0, check=Check.OK, set_by=who, set_at=at)
    if present is None:
        return new
    return dataclasses.replace(
        new, raw=present.raw, page_id=present.page_id, box=present.box, candidates=present.candidates
    )


def check_place(dossier: Dossier, path: str) -> None:
    """Refuse a path that is no field of the form or lies further than one item behind the end of a list.

    Raises:
        InputError: `bad_path`.
    """
    if spec_of(path) is None or any(index > len(_items(dossier, above)) for above, index in _lists_above(path)):
        raise InputError("bad_path", path=path)


def is_under(path: str, area: str) -> bool:
    """Whether a path is the area itself or lies in it."""
    return path == area or path.startswith((f"{area}.", f"{area}["))


def _edit(opened: OpenDossier, path: str, dossier: Dossier, value: FieldValue) -> Edit:
    grown = (above for above, index in _lists_above(path) if index >= len(_items(opened.dossier, above)))
    return Edit(dossier=dossier, values=(value,), undo=_way_back(opened, next(grown, path)))


def _way_back(opened: OpenDossier, path: str) -> UndoStep:
    fields = tuple(field for field in opened.fields if is_under(field.path, path))
    return UndoStep(path=path, before=opened.dossier, fields=fields)


def _items(dossier: Dossier, list_path: str) -> tuple[object, ...]:
    """The items of a list of the form; none where the list lies in an item that is not there yet."""
    return tuple(paths.get(dossier, list_path) or ())


def _first_name(list_path: str) -> str:
    """A value every item of a list of the form has."""
    prefix = f"{paths.pattern(list_path)}[]."
    name = next((spec.pattern.removeprefix(prefix) for spec in FIELDS if spec.pattern.startswith(prefix)), None)
    if name is None:
        raise InputError("bad_path", path=list_path)
    return name


def _lists_above(path: str) -> list[tuple[str, int]]:
    """The lists a path goes through, from the outside in, with the index in each."""
    return [(path[: match.start()], int(match[1])) for match in re.finditer(r"\[(\d+)\]", path)]


def _split_item(item_path: str) -> tuple[str, int]:
    match = _ITEM.fullmatch(item_path)
    if match is None:
        raise InputError("bad_path", path=item_path)
    return match[1], int(match[2])


def _moved(path: str, list_path: str, removed: int) -> str | None:
    """Where a path is after an item went; None when it was in the item."""
    if not path.startswith(f"{list_path}["):
        return path
    number, rest = path[len(list_path) + 1 :].split("]", 1)
    if int(number) == removed:
        return None
    return f"{list_path}[{int(number) - 1}]{rest}" if int(number) > removed else path
