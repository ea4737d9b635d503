"""The machine readable zone on the back of identity cards with a chip: three lines of thirty signs (TD1).

Line 1: "IDVNM", the last nine digits of the number, their check digit, the whole number, fillers, a check digit.
Line 2: birth, check digit, sex, expiry, check digit, "VNM", fillers, check digit. Line 3: the name without accents.
Only what a check digit confirms is believed. Source: ICAO Doc 9303 part 5 (weights 7, 3, 1); the content of line 1 from
general knowledge of the cards of 2021, to be verified.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.domain.dates import make_date
from app.domain.dossier import Sex
from app.domain.identity import parse_cccd
from app.domain.text import fold

LONGEST_LINE = 60
"""Longer lines are running text."""
MOST_SLIPS = 1
"""Digits in which the two copies of the number may differ; the check digit tells which copy is right."""

_FILLER = "<"
_DIGITS = 22
_FILLERS = str.maketrans({"«": "<<", "»": "<<", "‹": "<", "›": "<", "{": "<", "(": "<", "[": "<", "≤": "<"})
_AS_DIGITS = str.maketrans("OQDUILZSBGTA", "000011258674")
_DIGITS_LIKE = "0-9OQDUILZSBGTA"
_FIRST = re.compile(rf"(?:[I1LT|]{{1,2}}[D0O]|^[D0O])?V[NM][MN][<K]?([{_DIGITS_LIKE}]{{22,24}})(.*)$")
_SECOND = re.compile(
    rf"^.{{0,2}}?([{_DIGITS_LIKE}]{{6}})([{_DIGITS_LIKE}])([MFPHN<])([{_DIGITS_LIKE}]{{6}})([{_DIGITS_LIKE}])"
    rf"[{_DIGITS_LIKE}]?V[NM][MN](.*)$"
)
_THIRD = re.compile(r"^([A-Z]{1,12}(?:<[A-Z]{1,12})*)<<([A-Z]{1,12}(?:<[A-Z]{1,12})*)(?:<|$)")
_SEX = {"M": Sex.MALE.value, "N": Sex.MALE.value, "H": Sex.MALE.value, "F": Sex.FEMALE.value, "P": Sex.FEMALE.value}
_FILLER_LETTERS = re.compile(r"(?:<[KCLSE]{2,}|<K)+$|[KCLSE]{3,}$")
_NAME_LETTERS = str.maketrans("01583", "OISBB")
_LIKE_ZERO = "689"
_SWITCH_YEAR = 30
"""Two-digit years up to it are of this century where the number does not tell."""

PROVINCES = frozenset(
    f"{code:03}"
    for code in (
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33),
        *(34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66),
        *(67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96),
    )
)
"""Beginnings of numbers by the province of the birth's registration. Source: circular 59/2021/TT-BCA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mrz:
    """What the zone says and its check digits confirm.

    Attributes:
        number: All twelve digits; a check digit of their own confirms the last nine.
        is_whole: Whether the check digit of both lines holds, which confirms the first three digits as well.
        born: ISO date.
        name: Capitals without accents, family name first; it has no check digit of its own.
        first_line: Index of the line the zone begins with, among those given.
    """

    number: str | None = None
    sex: str | None = None
    born: str | None = None
    expires_on: str | None = None
    name: str | None = None
    first_line: int = 0
    is_whole: bool = False


def check_digit(signs: str) -> int:
    """The check digit of digits, letters and fillers: weights 7, 3, 1; A is 10, a filler 0."""
    return sum(_value(sign) * (7, 3, 1)[place % 3] for place, sign in enumerate(signs)) % 10


def _value(sign: str) -> int:
    if sign.isdigit():
        return int(sign)
    return ord(sign) - ord("A") + 10 if "A" <= sign <= "Z" else 0


def find_zones(untrusted_lines: Sequence[str]) -> list[Mrz]:
    """All zones in the lines of a page, top to bottom; each begins with a line of a number or of a birth."""
    lines = [_signs(line) for line in untrusted_lines]
    zones, at = [], 0
    while at < len(lines):
        found = _zone_at(lines, at)
        if found is None:
            at += 1
        else:
            zones.append(found)
            at += 3 if _first_line(lines[at]) else 2
    return zones


def _signs(untrusted_line: str) -> str:
    """A line in the signs of the zone: capitals, digits, fillers; blanks left out; other lines are empty."""
    if len(untrusted_line) > LONGEST_LINE:
        return ""
    return re.sub(r"[^A-Z0-9<|]", "", fold(untrusted_line.translate(_FILLERS)).upper())


def _zone_at(lines: Sequence[str], at: int) -> Mrz | None:
    first = _first_line(lines[at])
    second = at + 1 if first else at
    rest = _SECOND.match(lines[second]) if second < len(lines) else None
    first = _with_province(first)
    number = first[10:22] if first else None
    born, sex, expires_on = _dates(rest, number)
    if number is None and born is None:
        return None
    is_whole = first is not None and rest is not None and _is_whole(first, rest)
    third = lines[second + 1] if second + 1 < len(lines) else ""
    return Mrz(
        number=number,
        sex=sex,
        born=born,
        expires_on=expires_on,
        name=_name(third),
        first_line=at,
        is_whole=is_whole,
    )


def _with_province(first: str | None) -> str | None:
    """The first line with a province that exists; without one there is no number, as no digit checks these three.

    All provinces begin with 0, which the typeface of the zone makes look like 6, 8 or 9.
    """
    if first is None:
        return None
    province = f"0{first[11:13]}" if first[10] in _LIKE_ZERO else first[10:13]
    return f"{first[:10]}{province}{first[13:]}" if province in PROVINCES else None


def _first_line(line: str) -> str | None:
    """Twice nine digits, alike, with the check digit between them; then fillers and the last digit, if it was seen.

    Up to two signs too many are left out where only one way makes all of it fit.
    """
    found = _FIRST.search(line)
    if found is None:
        return None
    digits = found[1].translate(_AS_DIGITS)
    extra = len(digits) - _DIGITS
    fitting = {fit for out in combinations(range(len(digits)), extra) if (fit := _fitting(_without(digits, out)))}
    if len(fitting) != 1:
        return None
    (right,) = fitting
    last = found[2][-1:].translate(_AS_DIGITS)
    return f"{right}<<{last}" if parse_cccd(right[10:]) else None


def _without(digits: str, places: tuple[int, ...]) -> str:
    return "".join(digit for place, digit in enumerate(digits) if place not in places)


def _fitting(digits: str) -> str | None:
    """The digits, the two copies of the number made alike by the check digit; None where it cannot tell."""
    tail, check, whole = digits[:9], digits[9], digits[10:]
    right = {copy for copy in (tail, whole[3:]) if str(check_digit(copy)) == check}
    if len(right) != 1 or sum(a != b for a, b in zip(tail, whole[3:], strict=True)) > MOST_SLIPS:
        return None
    (copy,) = right
    return f"{copy}{check}{whole[:3]}{copy}"


def _is_whole(first: str, second: re.Match[str]) -> bool:
    """Whether the last check digit holds, over both lines without sex and country; fillers count nothing."""
    last = second[6][-1:].translate(_AS_DIGITS)
    digits = "".join(second[group] for group in (1, 2, 4, 5)).translate(_AS_DIGITS)
    return len(first) == _DIGITS + 3 and str(check_digit(first + digits)) == last


def _dates(found: re.Match[str] | None, number: str | None) -> tuple[str | None, str | None, str | None]:
    """Birth, sex and expiry; nothing where the check digit of the birth fails."""
    if found is None:
        return None, None, None
    born, expires = (_checked(found[index], found[index + 1]) for index in (1, 4))
    if born is None:
        return None, None, None
    date = _date(born, _century(born, number))
    expiry = _date(expires, 2000) if expires else None
    return date, _SEX.get(found[3]) if date else None, expiry


def _checked(digits: str, check: str) -> str | None:
    """The digits if their check digit holds."""
    read, wanted = digits.translate(_AS_DIGITS), check.translate(_AS_DIGITS)
    return read if str(check_digit(read)) == wanted else None


def _century(digits: str, number: str | None) -> int:
    parts = parse_cccd(number or "")
    if parts and parts.birth_year % 100 == int(digits[:2]):
        return parts.birth_year - parts.birth_year % 100
    return 2000 if int(digits[:2]) <= _SWITCH_YEAR else 1900


def _date(digits: str, century: int) -> str | None:
    return make_date(digits[4:], digits[2:4], str(century + int(digits[:2])))


def _name(line: str) -> str | None:
    found = _THIRD.match(line.translate(_NAME_LETTERS))
    if found is None:
        return None
    given = _FILLER_LETTERS.sub("", found[2]).strip(_FILLER)
    return f"{found[1]}<{given}".strip(_FILLER).replace(_FILLER, " ") if given else None
