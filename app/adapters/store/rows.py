"""Rows of the tables as values of the domain, and back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from app.domain import codec
from app.domain.dossier import Dossier, DossierPage
from app.domain.people import Person, Role
from app.domain.queue import BatchHead, DossierHead, Event, FieldValue, OutboxRow
from app.domain.reading import Box, Candidate, Finding
from app.domain.states import BatchState, DossierState
from app.ports import StoredPage

Row = Mapping[str, Any]
T = TypeVar("T")


def columns(cls: type[Any]) -> str:
    """The fields of a dataclass as a list of columns for SELECT; the table has the same names."""
    return ", ".join(f'"{field.name}"' for field in dataclasses.fields(cls))


def _take(cls: type[T], row: Row, **changed: Any) -> T:
    values = {field.name: row[field.name] for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    return cls(**(values | changed))


def head_of(row: Row) -> DossierHead:
    """A dossier's list row."""
    return _take(DossierHead, row, state=DossierState(row["state"]))


def page_of(row: Row) -> DossierPage:
    """A page in its dossier."""
    return _take(DossierPage, row)


def page_row(dossier_id: str, page: DossierPage) -> dict[str, Any]:
    """A page as a row."""
    return {"dossier_id": dossier_id, **dataclasses.asdict(page)}


def stored_page_of(row: Row) -> StoredPage:
    """A stored page's type and size."""
    return _take(StoredPage, row)


def batch_of(row: Row) -> BatchHead:
    """A batch with its counts."""
    return _take(BatchHead, row, state=BatchState(row["state"]))


def outbox_of(row: Row) -> OutboxRow:
    """A dossier revision on its way."""
    return _take(OutboxRow, row, state=DossierState(row["state"]))


def event_of(row: Row) -> Event:
    """An event of the history chain."""
    return _take(Event, row)


def person_of(row: Row) -> Person:
    """A person without the password hash."""
    return _take(Person, row, role=Role(row["role"]), active=bool(row["active"]))


def finding_of(row: Row) -> Finding:
    """A finding."""
    return _take(Finding, row, paths=tuple(json.loads(row["paths"])), details=json.loads(row["details"]))


def finding_row(dossier_id: str, position: int, finding: Finding) -> dict[str, Any]:
    """A finding as a row."""
    return {
        "dossier_id": dossier_id,
        "position": position,
        "code": finding.code,
        "severity": finding.severity,
        "paths": codec.to_json(finding.paths),
        "message": finding.message,
        "details": codec.to_json(dict(finding.details)),
    }


def field_of(row: Row) -> FieldValue:
    """A value with its evidence."""
    candidates = json.loads(row["candidates"]) if row["candidates"] else ()
    box = json.loads(row["box"]) if row["box"] else None
    return _take(FieldValue, row, box=_box(box), candidates=tuple(_candidate(plain) for plain in candidates))


def field_row(dossier_id: str, value: FieldValue) -> dict[str, Any]:
    """A value with its evidence as a row."""
    plain = codec.to_plain(value)
    plain["box"] = codec.to_json(value.box) if value.box else None
    plain["candidates"] = codec.to_json(value.candidates) if value.candidates else None
    return {"dossier_id": dossier_id, **plain}


def fields_to_json(values: tuple[FieldValue, ...]) -> str:
    """Several values as JSON text."""
    return codec.to_json([field_row("", value) for value in values])


def fields_from_json(text: str) -> tuple[FieldValue, ...]:
    """Several values from `fields_to_json`."""
    return tuple(field_of(plain) for plain in json.loads(text))


def content_of(dossier: Dossier) -> str:
    """The record without its pages, which have a table of their own."""
    return codec.to_json(dataclasses.replace(dossier, pages=()))


def _candidate(plain: dict[str, Any]) -> Candidate:
    return Candidate(**(plain | {"box": _box(plain["box"])}))


def _box(plain: list[int] | None) -> Box | None:
    return Box(*plain) if plain else None
