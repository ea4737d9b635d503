"""Vietnamese text: one composed form, and folded keys for search and comparison."""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "\u00a0": " ", "\u200b": "", "\ufeff": ""}
_CONTROLS = [*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)]  # but those that are white space
_TURNS_OF_DIRECTION = [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_HALVES_OF_PAIRS = range(0xD800, 0xE000)
_AT_THE_ENTRANCE = str.maketrans(
    {**_LOOK_ALIKES, **dict.fromkeys(_HALVES_OF_PAIRS, "\ufffd"), **dict.fromkeys(_CONTROLS + _TURNS_OF_DIRECTION, "")}
)
_SPACES = re.compile(r"\s+")


def to_nfc(untrusted_text: str) -> str:
    """Bring text to NFC, replace look-alikes of Đ, and leave out what no paper shows; every string passes here.

    Control signs and marks that turn the direction of writing are dropped: they steer terminals and make a text look
    like another. Halves of surrogate pairs, which no file and no database takes, become U+FFFD.

    Source: U+00D0 and U+0189 stand for Đ in files found in the wild.
    """
    return unicodedata.normalize("NFC", untrusted_text.translate(_AT_THE_ENTRANCE))


def tidy(untrusted_text: str) -> str:
    """NFC, runs of white space made one space, ends stripped."""
    return _SPACES.sub(" ", to_nfc(untrusted_text)).strip()


def fold(text: str) -> str:
    """Lower case without any diacritics, đ as d: the key for searching by typing without accents."""
    lowered = to_nfc(text).lower().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
