"""Frozen dataclasses to plain JSON values and back; decimals travel as strings with their digits."""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from app.domain.text import to_nfc
from app.errors import InputError

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Turn a dataclass tree into dicts, lists, strings and numbers, in the order of the fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    return value


def to_json(value: Any) -> str:
    """The canonical JSON text of a dataclass tree: no white space, non-ASCII kept, order of the fields."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_plain(cls: type[T], untrusted: Any) -> T:
    """Build a dataclass of type `cls` from plain values.

    Raises:
        InputError: `bad_record` when a key is unknown or missing, or a value has the wrong type.
    """
    return typing.cast("T", _build(cls, untrusted, cls.__name__))


def from_json(cls: type[T], untrusted_text: str | bytes) -> T:
    """Parse JSON text into a dataclass.

    Raises:
        InputError: `bad_record` when the text is not JSON or does not fit.
    """
    try:
        plain = json.loads(untrusted_text)
    except (ValueError, RecursionError) as error:
        raise InputError("bad_record", where=cls.__name__) from error
    return from_plain(cls, plain)


def _build(kind: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _build_optional(kind, value, where)
    if origin is tuple:
        return _build_tuple(kind, value, where)
    if dataclasses.is_dataclass(kind):
        return _build_dataclass(kind, value, where)
    if hasattr(kind, "_fields"):
        return _build_named_tuple(kind, value, where)
    return _build_scalar(kind, value, where)


def _build_optional(kind: Any, value: Any, where: str) -> Any:
    if value is None:
        return None
    (inner,) = (arg for arg in typing.get_args(kind) if arg is not type(None))
    return _build(inner, value, where)


def _build_tuple(kind: Any, value: Any, where: str) -> Any:
    args = typing.get_args(kind)
    if not isinstance(value, (list, tuple)):
        raise InputError("bad_record", where=where)
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_build(args[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if len(args) != len(value):
        raise InputError("bad_record", where=where)
    return tuple(_build(arg, item, f"{where}[{i}]") for i, (arg, item) in enumerate(zip(args, value, strict=True)))


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    """Asked once for each class: asking each time took most of the time of opening a dossier."""
    return typing.get_type_hints(kind)


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise InputError("bad_record", where=where)
    hints = _hints(kind)
    unknown = value.keys() - hints.keys()
    if unknown:
        raise InputError("bad_record", where=f"{where}.{min(map(str, unknown))}")
    built = {name: _build(hints[name], item, f"{where}.{name}") for name, item in value.items()}
    try:
        return kind(**built)
    except TypeError as error:
        raise InputError("bad_record", where=where) from error


def _build_named_tuple(kind: Any, value: Any, where: str) -> Any:
    hints = _hints(kind)
    if not isinstance(value, (list, tuple)) or len(value) != len(hints):
        raise InputError("bad_record", where=where)
    return kind(
        *(_build(hint, item, f"{where}.{name}") for (name, hint), item in zip(hints.items(), value, strict=True))
    )


def _build_scalar(kind: Any, value: Any, where: str) -> Any:
    if kind is Decimal and isinstance(value, str):
        try:
            number = Decimal(value)
        except InvalidOperation as error:
            raise InputError("bad_record", where=where) from error
        if not number.is_finite():
            raise InputError("bad_record", where=where)
        return number
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError as error:
            raise InputError("bad_record", where=where) from error
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is Any:
        return value
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError("bad_record", where=where)
    return to_nfc(value) if isinstance(value, str) else value
