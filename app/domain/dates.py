"""Dates as ISO strings that may be partial: "1958", "1958-09", "1958-09-02"."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from app.domain.text import fold, tidy
from app.errors import InputError

EARLIEST_YEAR = 1850
"""No date on a certificate is older: the oldest holders were born after it."""
LATEST_YEAR = 2150

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4})")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SHORT = re.compile(r"(?<!\d)(\d{1,2})\s?[/⁄∕.\-]\s?(\d{1,2})\s?[/⁄∕.\-]\s?(\d{4})(?!\d)")
_LONG = re.compile(
    r"n\S{0,2}y\s{0,2}([\dilozs¡!|\]]{1,2})[\s.,]{0,2}t\S{1,3}g\s{0,2}([\dilozs¡!|\]]{1,2})[\s.,]{0,2}n\S?m\s{0,2}"
    r"([\dilozs¡!|\]](?:\s?[\dilozs¡!|\]]){3})(?!\d)"
)
_AS_DIGITS = str.maketrans("ilozs¡!|]", "110251111")


def is_date(text: str) -> bool:
    """Whether the text is an ISO date, whole or partial, that exists."""
    match = _ISO.fullmatch(text)
    return match is not None and make_date(match[3], match[2], match[1]) is not None


def make_date(day: str | None, month: str | None, year: str) -> str | None:
    """Put a date together; None when there is no such day."""
    number = int(year)
    if not EARLIEST_YEAR <= number <= LATEST_YEAR:
        return None
    if month is None:
        return f"{number:04d}"
    try:
        whole = date(number, int(month), int(day) if day else 1)
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]


def parse_date(untrusted_text: str) -> str:
    """Read a date as a person types it: dd/MM/yyyy, MM/yyyy or yyyy; also dots, hyphens and ddMMyyyy.

    Raises:
        InputError: `bad_date` when there is no such date.
    """
    text = tidy(untrusted_text).replace(" ", "")
    match = _COMPACT.fullmatch(text) or _TYPED.fullmatch(text)
    found = make_date(match[1], match[2], match[3]) if match else None
    if found is None and is_date(text):
        found = text
    if found is None:
        raise InputError("bad_date", text=untrusted_text)
    return found


def show_date(iso: str) -> str:
    """Write a date for people: dd/MM/yyyy, MM/yyyy or yyyy."""
    return "/".join(reversed(iso.split("-")))


def find_long_date(untrusted_text: str) -> tuple[str, str] | None:
    """Find "ngày 02 tháng 4 năm 2026", badly seen letters and figures forgiven.

    Returns:
        The ISO date and the raw text.
    """
    folded = fold_in_place(untrusted_text)
    for match in _LONG.finditer(folded):
        day, month, year = (part.translate(_AS_DIGITS).replace(" ", "") for part in match.groups())
        found = make_date(day, month, year) if year.isdigit() else None
        if found:
            return found, untrusted_text[match.start() : match.end()]
    return None


def find_short_date(untrusted_text: str) -> tuple[str, str] | None:
    """Find the first dd/mm/yyyy; returns the ISO date and the raw text."""
    for match in _SHORT.finditer(untrusted_text):
        found = make_date(match[1], match[2], match[3])
        if found:
            return found, match[0]
    return None


def fold_in_place(text: str) -> str:
    """The folded text with one character for each of the original, so that places stay the same."""
    return "".join(map(_folded_character, text))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return (fold(character) or " ")[0]


def year_of(iso: str) -> int:
    """The year of a date."""
    return int(iso[:4])


def is_after(one: str, other: str) -> bool:
    """Whether a date is surely later than another; partial dates are compared by what both have."""
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]
