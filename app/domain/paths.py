"""Addresses of values in a dossier: `certificate.serial`, `parcels[1].uses[0].area_m2`.

A pattern is a path with the indexes left out: `parcels[].uses[].area_m2`.
"""

from __future__ import annotations

import dataclasses
import re
import typing
from typing import Any, TypeVar

from app.errors import InputError

T = TypeVar("T")

_PART = re.compile(r"([a-z_0-9]+)((?:\[\d+\])?)(?:\.|$)")
_INDEX = re.compile(r"\[\d+\]")
MAX_ITEMS = 200
"""More co-owners or parcels than this on one certificate is an error, not a record."""


def split(untrusted_path: str) -> list[str | int]:
    """Split a path into attribute names and indexes.

    Raises:
        InputError: `bad_path` when the text is not a path.
    """
    parts: list[str | int] = []
    position = 0
    while position < len(untrusted_path):
        match = _PART.match(untrusted_path, position)
        if not match:
            raise InputError("bad_path", path=untrusted_path)
        parts.append(match[1])
        if match[2]:
            parts.append(int(match[2][1:-1]))
        position = match.end()
    if not parts or untrusted_path.endswith("."):
        raise InputError("bad_path", path=untrusted_path)
    return parts


def pattern(path: str) -> str:
    """The path with its indexes left out: `holders[2].born` becomes `holders[].born`."""
    return _INDEX.sub("[]", path)


def to_pointer(path: str) -> str:
    """The path as a JSON Pointer (RFC 6901): `holders[0].born` becomes `/holders/0/born`."""
    return "/" + "/".join(str(part) for part in split(path))


def from_pointer(untrusted_pointer: str) -> str:
    """A JSON Pointer back as a path; anything that is no path of a record is returned as it is."""
    path = ""
    for part in untrusted_pointer.strip("/").split("/"):
        path += f"[{part}]" if part.isdigit() else f".{part}" if path else part
    return path


def get(record: Any, path: str) -> Any:
    """The value at a path; None when a list on the way is shorter.

    Raises:
        InputError: `bad_path` when the record has no such attribute.
    """
    value = record
    for part in split(path):
        if isinstance(part, int):
            if not isinstance(value, tuple):
                raise InputError("bad_path", path=path)
            if part >= len(value):
                return None
            value = value[part]
        elif dataclasses.is_dataclass(value) and part in _field_names(type(value)):
            value = getattr(value, part)
        else:
            raise InputError("bad_path", path=path)
    return value


def put(record: T, path: str, value: Any) -> T:
    """A copy of the record with the value at the path; lists on the way grow by empty items.

    Raises:
        InputError: `bad_path` when the record has no such attribute or the index is beyond MAX_ITEMS.
    """
    return typing.cast("T", _put(record, split(path), value, path))


def leaves(record: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """All values that are not containers, with their paths, in the order of the record."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        found = []
        for name in _field_names(type(record)):
            found += leaves(getattr(record, name), f"{prefix}.{name}" if prefix else name)
        return found
    if isinstance(record, tuple):
        return [leaf for i, item in enumerate(record) for leaf in leaves(item, f"{prefix}[{i}]")]
    return [(prefix, record)]


def _field_names(cls: type[Any]) -> list[str]:
    return [f.name for f in dataclasses.fields(cls)]


def _put(node: Any, parts: list[str | int], value: Any, path: str) -> Any:
    if not parts:
        return value
    name, *rest = parts
    if not isinstance(name, str) or not dataclasses.is_dataclass(node) or name not in _field_names(type(node)):
        raise InputError("bad_path", path=path)
    child = getattr(node, name)
    if rest and isinstance(rest[0], int):
        item_type = _item_type(type(node), name, path)
        child = _put_item(child, rest[0], rest[1:], value, item_type, path)
    else:
        child = _put(child, rest, value, path)
    return dataclasses.replace(typing.cast("Any", node), **{name: child})


def _put_item(items: Any, index: int, rest: list[str | int], value: Any, item_type: Any, path: str) -> Any:
    if index >= MAX_ITEMS:
        raise InputError("bad_path", path=path)
    grown = list(items)
    while len(grown) <= index:
        grown.append(item_type())
    grown[index] = _put(grown[index], rest, value, path)
    return tuple(grown)


def _item_type(cls: type[Any], name: str, path: str) -> Any:
    hint = typing.get_type_hints(cls)[name]
    if typing.get_origin(hint) is not tuple:
        raise InputError("bad_path", path=path)
    return typing.get_args(hint)[0]
