"""The layout of the workbook the province takes: a data file with a version, because the official one changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain import codec
from app.errors import InputError

MAX_COLUMNS = 500


class Coding(StrEnum):
    """Whether purposes and origins are written in words or as codes."""

    WORDS = "words"
    CODES = "codes"


class HeaderRow(StrEnum):
    """What a row above the data shows."""

    TITLE = "title"
    GROUPS = "groups"
    LABELS = "labels"
    NUMBERS = "numbers"


class ColumnKind(StrEnum):
    """How a column is written; everything but the running number is text."""

    INT = "int"
    TEXT = "text"
    DATE = "date"
    AREA = "area"
    CHOICE = "choice"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """A heading over several columns; first and last are letters."""

    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column.

    Attributes:
        letter: As the spreadsheet names it: A, B ... AX.
        number: The field's number in the form; None for columns without one.
        key: What stands in it; one of form01.KEYS.
        width: In characters.
        options: Values of the drop-down list.
    """

    letter: str
    number: str | None
    key: str
    label: str
    kind: ColumnKind
    required: bool
    width: int
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLayout:
    """The whole layout.

    Attributes:
        source: Where the facts come from, for people.
        sheet: Name of the worksheet.
        header: The rows above the data, from the top.
        first_data_row: Counted from 1, as spreadsheets do.
        coding: Words or codes for purposes and origins.
    """

    name: str
    version: int
    source: str
    sheet: str
    title: str
    header: tuple[HeaderRow, ...]
    first_data_row: int
    coding: Coding
    groups: tuple[ColumnGroup, ...]
    columns: tuple[FormColumn, ...]


def letter_index(letter: str) -> int:
    """The place of a spreadsheet column, from 0: A is 0, Z is 25, AA is 26."""
    number = 0
    for character in letter:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1


def read_layout(untrusted_text: str, known_keys: frozenset[str]) -> FormLayout:
    """Read a layout file.

    Args:
        untrusted_text: JSON with the fields of FormLayout.
        known_keys: What columns may hold.

    Raises:
        InputError: `bad_record` when it is not a layout, or its columns do not follow each other from A on.
    """
    layout = codec.from_json(FormLayout, untrusted_text)
    places = [column.letter for column in layout.columns]
    flaw = (
        _flaw_of_columns(layout.columns, known_keys)
        or (layout.first_data_row <= len(layout.header) and "first_data_row")
        or next((group.label for group in layout.groups if {group.first, group.last} - set(places)), None)
    )
    if flaw:
        raise InputError("bad_record", where=f"{layout.name}: {flaw}")
    return layout


def _flaw_of_columns(columns: tuple[FormColumn, ...], known_keys: frozenset[str]) -> str | None:
    if not 0 < len(columns) <= MAX_COLUMNS:
        return "columns"
    seen: set[str] = set()
    for place, column in enumerate(columns):
        if not column.letter.isascii() or not column.letter.isupper() or letter_index(column.letter) != place:
            return column.letter
        if column.key not in known_keys or column.key in seen:
            return column.key
        seen.add(column.key)
    return None
