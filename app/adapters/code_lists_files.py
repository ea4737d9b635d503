"""Loads the code lists that ship with the program (`resources/codes/*.csv`)."""

from __future__ import annotations

import csv
import io

import resources
from app.domain.code_lists import CodeLists, FormerUnit, Origin, Purpose, RegisterPrefix, Unit
from app.domain.text import to_nfc

Row = dict[str, str]


def load_code_lists() -> CodeLists:
    """All lists as values; about a thousand short rows."""
    syllables = _rows("name_syllables")
    return CodeLists(
        purposes=tuple(_purpose(row) for row in _rows("purposes")),
        origins=tuple(Origin(code=row["code"], text=row["text"], kind=row["kind"]) for row in _rows("origins")),
        provinces={row["code"]: row["name"] for row in _rows("identity_provinces")},
        old_units=tuple(_old_unit(row) for row in _rows("communes_until_2025_06")),
        new_units=tuple(_new_unit(row) for row in _rows("communes_from_2025_07")),
        surnames=frozenset(row["syllable"] for row in syllables if row["role"] == "surname"),
        syllables=frozenset(row["syllable"] for row in syllables),
        register_prefixes=tuple(_prefix(row) for row in _rows("register_prefixes")),
        former_units=tuple(_former_unit(row) for row in _rows("former_units")),
    )


def _rows(name: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(to_nfc(resources.text(f"codes/{name}.csv")))))


def _purpose(row: Row) -> Purpose:
    names = dict.fromkeys(name for name in (row["name"], row["name_2024"]) if name)
    return Purpose(code=row["code"], names=tuple(names))


def _old_unit(row: Row) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        district=row["district"],
        province=row["province"],
        new_code=row["new_code"],
    )


def _new_unit(row: Row) -> Unit:
    return Unit(code=row["code"], name=row["name"], province=row["province"], new_code=row["code"])


def _prefix(row: Row) -> RegisterPrefix:
    return RegisterPrefix(
        prefix=row["prefix"], issuers=frozenset(row["issuers"].split()), models=frozenset(row["models"].split())
    )


def _former_unit(row: Row) -> FormerUnit:
    return FormerUnit(level=row["level"], name=row["name"], first_on=row["first_on"], last_on=row["last_on"] or None)
