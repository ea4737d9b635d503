"""The machine-readable zone on the back of identity cards: three lines of thirty signs with check digits.

Source: ICAO Doc 9303 part 5 (TD1); use of the optional field on Vietnamese cards as described by readers of them.
"""

from __future__ import annotations

import unicodedata
from datetime import date

WEIGHTS = (7, 3, 1)
WIDTH = 30


def mrz_lines(*, number: str, born_on: date, sex: str, expires_on: date | None, name: str) -> tuple[str, str, str]:
    """Return the three lines of a card.

    Args:
        number: Twelve digits.
        born_on: Day of birth.
        sex: "male" or "female".
        expires_on: None for a card without an end.
        name: Full name, family name first.
    """
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    end = f"{expires_on:%y%m%d}" if expires_on else "991231"
    birth = f"{born_on:%y%m%d}"
    second = f"{birth}{check_digit(birth)}{'M' if sex == 'male' else 'F'}{end}{check_digit(end)}VNM".ljust(29, "<")
    second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    family, *given = plain_letters(name).upper().split()
    return first, second, f"{family}<<{'<'.join(given)}".ljust(WIDTH, "<")[:WIDTH]


def check_digit(text: str) -> str:
    """Return the check digit of digits, capital letters and fillers."""
    values = (0 if sign == "<" else int(sign, 36) for sign in text)
    return str(sum(value * WEIGHTS[at % 3] for at, value in enumerate(values)) % 10)


def plain_letters(name: str) -> str:
    """Return a name without marks."""
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
