"""Code lists as values: purposes and origins of land use, provinces, administrative units, syllables of names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.text import fold

_NOT_WORDS = re.compile(r"[\W_]+")


def key_of(text: str) -> str:
    """The key for comparing printed words with a list: no accents, no capitals, no punctuation."""
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def bare_name(unit_name: str) -> str:
    """A commune's name without its type, as a key: units change their type over the years."""
    return re.sub(r"^(xa|phuong|thi tran) ", "", key_of(unit_name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """A purpose of land use; `names` holds every wording of the law, the older first."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An origin of land use.

    Attributes:
        kind: "base" for a way the state gave the land, "transfer" for a way between people.
    """

    code: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A commune (xã, phường, thị trấn).

    Attributes:
        name: With its type: "Xã Cách Bi".
        district: None from 1 July 2025 on, when districts ended.
        new_code: Code of the commune that took it in on 1 July 2025; its own code for a commune of today.
    """

    code: str
    name: str
    district: str | None = None
    province: str
    new_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPrefix:
    """Letters before the number in the register of certificates.

    Attributes:
        issuers: Kinds of authority that write them (see `issuing.IssuerKind`).
        models: Models of certificates they stand on.
    """

    prefix: str
    issuers: frozenset[str]
    models: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerUnit:
    """A province or district with the days of its life.

    Attributes:
        level: "province" or "district".
        first_on: Day it began.
        last_on: Its last day; None when it lives.
    """

    level: str
    name: str
    first_on: str
    last_on: str | None


@dataclass(frozen=True, kw_only=True)
class CodeLists:
    """All lists the checks and the reading use.

    Attributes:
        provinces: Province part of citizen identity numbers, "027" to "Bắc Ninh".
        old_units: Communes until 30 June 2025.
        new_units: Communes since 1 July 2025.
        surnames: Family names, first letter upper case.
        syllables: Syllables of given names.
        register_prefixes: Letters of register numbers.
        former_units: Provinces and districts that began or ended while certificates were issued.
    """

    purposes: tuple[Purpose, ...] = ()
    origins: tuple[Origin, ...] = ()
    provinces: Mapping[str, str] = field(default_factory=dict)
    old_units: tuple[Unit, ...] = ()
    new_units: tuple[Unit, ...] = ()
    surnames: frozenset[str] = frozenset()
    syllables: frozenset[str] = frozenset()
    register_prefixes: tuple[RegisterPrefix, ...] = ()
    former_units: tuple[FormerUnit, ...] = ()

    @cached_property
    def purposes_by_key(self) -> dict[str, Purpose]:
        """Purposes by the key of each of their names."""
        return {key_of(name): purpose for purpose in self.purposes for name in purpose.names}

    @cached_property
    def purposes_by_code(self) -> dict[str, Purpose]:
        """Purposes by code."""
        return {purpose.code: purpose for purpose in self.purposes}

    @cached_property
    def origins_by_key(self) -> dict[str, Origin]:
        """Origins by the key of their text."""
        return {key_of(origin.text): origin for origin in self.origins}

    @cached_property
    def old_units_by_code(self) -> dict[str, Unit]:
        """Communes until 30 June 2025 by code."""
        return {unit.code: unit for unit in self.old_units}

    @cached_property
    def old_unit_names(self) -> frozenset[str]:
        """Keys of the communes' names until 30 June 2025, without their type, which changed over the years."""
        return frozenset(bare_name(unit.name) for unit in self.old_units)

    @cached_property
    def district_names(self) -> dict[str, str]:
        """Districts until 30 June 2025 by the key of their name with its type."""
        return {key_of(unit.district): unit.district for unit in self.old_units if unit.district}

    @cached_property
    def new_unit_names(self) -> frozenset[str]:
        """The same of the communes since 1 July 2025."""
        return frozenset(bare_name(unit.name) for unit in self.new_units)

    @cached_property
    def prefixes(self) -> dict[str, RegisterPrefix]:
        """Letters of register numbers."""
        return {one.prefix: one for one in self.register_prefixes}

    def purpose_code(self, name: str) -> str | None:
        """The code of a purpose by its printed name."""
        purpose = self.purposes_by_key.get(key_of(name))
        return purpose.code if purpose else None

    def origin_code(self, text: str) -> str | None:
        """The code of an origin by its printed text; a transfer before a base origin gives both codes.

        Source: registry books put the letters of the transfer in front, "TA-CNQ-CTT".
        """
        key = key_of(text)
        for opener, letters in _TRANSFERS.items():
            if key.startswith(opener):
                base = self.origins_by_key.get(key.removeprefix(opener).strip())
                return f"{letters}-{base.code}" if base else None
        origin = self.origins_by_key.get(key)
        return origin.code if origin else None


_TRANSFERS = {
    "nhan chuyen nhuong dat duoc": "CN",
    "nhan tang cho dat duoc": "TA",
    "nhan thua ke dat duoc": "TK",
}
