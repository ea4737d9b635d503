"""Vietnamese text: one composed form, and folded keys for search and comparison."""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "\u00a0": " ", "\u200b": ""})
_SPACES = re.compile(r"\s+")


def to_nfc(untrusted_text: str) -> str:
    """Bring text to NFC and replace look-alikes of Đ; every string passes here at the entrance.

    Source: U+00D0 and U+0189 stand for Đ in files found in the wild.
    """
    return unicodedata.normalize("NFC", untrusted_text.translate(_LOOK_ALIKES))


def tidy(untrusted_text: str) -> str:
    """NFC, runs of white space made one space, ends stripped."""
    return _SPACES.sub(" ", to_nfc(untrusted_text)).strip()


def fold(text: str) -> str:
    """Lower case without any diacritics, đ as d: the key for searching by typing without accents."""
    lowered = to_nfc(text).lower().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
