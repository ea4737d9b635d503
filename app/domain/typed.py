"""What a person types into a field, read strictly; and how a value is shown for editing.

Whatever `show` gives, `parse_typed` reads back as the same value. A choice is typed and shown here as it is stored; its
words, in the languages of the window, belong to `app/messages.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from app.domain.areas import parse_area, show_area
from app.domain.dates import is_date, parse_date, show_date
from app.domain.fields import FieldKind, FieldSpec
from app.domain.identity import parse_identity
from app.domain.serials import parse_serial
from app.domain.text import fold, tidy, to_nfc
from app.errors import InputError

MAX_TEXT = 500
MAX_LONG_TEXT = 4000

Value = str | Decimal

_NUMBER = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ\-/.+,; ]{0,39}")


def parse_typed(spec: FieldSpec, untrusted_text: str) -> tuple[Value, str]:
    """Read what a person typed into a field.

    Args:
        spec: The field.
        untrusted_text: The text, not empty.

    Returns:
        The value for the dossier, and its text form (decimal point, ISO date).

    Raises:
        InputError: `empty_value`, `text_too_long`, `bad_area`, `area_ambiguous`, `bad_date`, `bad_serial`,
            `bad_identity`, `bad_number` or `bad_choice`.
    """
    if not tidy(untrusted_text):
        raise InputError("empty_value")
    if len(untrusted_text) > MAX_LONG_TEXT:
        raise InputError("text_too_long", most=MAX_LONG_TEXT)
    if spec.kind is FieldKind.CHOICE:
        value: Value = _parse_choice(spec, untrusted_text)
    else:
        value = _PARSERS[spec.kind](untrusted_text)
    return value, text_of(value)


def text_of(value: Value) -> str:
    """The text form of a value, as kept in the history of values."""
    return format(value, "f") if isinstance(value, Decimal) else value


def show(spec: FieldSpec, value: Value | None) -> str:
    """A value as a person edits it: decimal comma, dd/MM/yyyy; "" for none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return show_area(value)
    if spec.kind is FieldKind.AREA:
        return show_area(Decimal(value))
    if spec.kind is FieldKind.DATE and is_date(value):
        return show_date(value)
    return value


def _parse_choice(spec: FieldSpec, untrusted_text: str) -> str:
    key = fold(tidy(untrusted_text))
    for option in spec.options:
        if key == fold(option):
            return option
    raise InputError("bad_choice", text=untrusted_text)


def _parse_text(untrusted_text: str) -> str:
    text = tidy(untrusted_text)
    if len(text) > MAX_TEXT:
        raise InputError("text_too_long", most=MAX_TEXT)
    return text


def _parse_long_text(untrusted_text: str) -> str:
    lines = [tidy(line) for line in to_nfc(untrusted_text).splitlines()]
    return "\n".join(line for line in lines if line)


def _parse_number(untrusted_text: str) -> str:
    text = tidy(untrusted_text).upper()
    if not _NUMBER.fullmatch(text) or not re.search(r"[0-9]", text):
        raise InputError("bad_number", text=untrusted_text)
    return text


_PARSERS: dict[FieldKind, Callable[[str], Value]] = {
    FieldKind.TEXT: _parse_text,
    FieldKind.LONG_TEXT: _parse_long_text,
    FieldKind.NAME: _parse_text,
    FieldKind.AREA: parse_area,
    FieldKind.DATE: parse_date,
    FieldKind.SERIAL: parse_serial,
    FieldKind.IDENTITY: parse_identity,
    FieldKind.NUMBER: _parse_number,
}
