"""Which letters can make a Vietnamese syllable: a word that is none was read badly, or is foreign or an abbreviation.

Source: the spelling of Vietnamese (initial, vowels, final, one tone); syllables that end in c, ch, p or t have the
tones sắc and nặng only, so that "Ngoc" has lost its tone.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.text import to_nfc

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED_TONES = frozenset("\u0301\u0323")
_INITIAL = r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
_VOWELS = "(?:iê|uyê|yê|uô|ươ|uơ|ia|uya|ya|ua|ưa|oă|uâ|oa|oe|uê|uy|oo|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
_SYLLABLE = re.compile(f"{_INITIAL}{_VOWELS}(?:ng|nh|ch|[cmnptiyou])?")
_STOPPED = re.compile(f"{_INITIAL}{_VOWELS}(?:ch|[cpt])")
_WORD = re.compile(r"(?:[^\W\d_²³][\u0300-\u036f]*){2,}")
_ANY_VOWEL = re.compile("[aăâeêioôơuưy]")
_FOREIGN = frozenset(
    {
        *("đắk", "lắk", "đăk", "lăk", "pleiku", "co", "ltd", "jsc", "company", "corporation", "group", "vina"),
        *("km", "cm", "mm", "kv", "kw", "kwh", "kva", "ubnd", "ubtvqh", "tuq", "qsdđ"),
        *("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"),
    }
)
_BANKS = ("bank", "banks")
MOST_LETTERS_OF_SHORT_FORM = 6


def odd_syllables(text: str) -> list[str]:
    """The words of a text that cannot be Vietnamese syllables; single letters, short forms and banks are left out."""
    is_shouted = text.isupper()
    return [word for word in _WORD.findall(to_nfc(text)) if _is_odd(word, is_shouted=is_shouted)]


def _is_odd(word: str, *, is_shouted: bool) -> bool:
    letters, tones = _parted(word)
    if word.lower() in _FOREIGN or letters.endswith(_BANKS) or _is_short_form(word, letters, is_shouted=is_shouted):
        return False
    if len(tones) > 1 or not _SYLLABLE.fullmatch(letters):
        return True
    return _STOPPED.fullmatch(letters) is not None and not _STOPPED_TONES.intersection(tones)


def _parted(word: str) -> tuple[str, list[str]]:
    """The letters without tones, small, and the tones."""
    marks = unicodedata.normalize("NFD", word.lower())
    letters = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return letters, [mark for mark in marks if mark in _TONES]


def _is_short_form(word: str, letters: str, *, is_shouted: bool) -> bool:
    """Capitals among small letters, or without any vowel: TMCP, UBND, GCN."""
    if not word.isupper():
        return False
    return not _ANY_VOWEL.search(letters) or (not is_shouted and len(word) <= MOST_LETTERS_OF_SHORT_FORM)
