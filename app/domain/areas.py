"""Areas in square metres: as printed, as typed, and in Vietnamese words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from app.domain.text import fold, tidy
from app.errors import InputError

MAX_WHOLE_DIGITS = 10
MAX_DECIMALS = 4

_UNIT = re.compile(r"\s*(?:m\s?[2²]?|mét vuông)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"(\d+)([.,])(\d+)")
_GROUPED = re.compile(r"(\d{1,3})((?:([. ,])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?")


def parse_area(untrusted_text: str) -> Decimal:
    """Read an area as a person types it; nothing is guessed.

    Args:
        untrusted_text: Such as "72,5", "1.250,7", "1250.7 m²" or "1 250".

    Returns:
        Square metres with the digits as written.

    Raises:
        InputError: `area_ambiguous` when dot or comma can mean thousands as well as decimals ("1.250"), `bad_area`
            when the text is no area or is not above zero.
    """
    text = _UNIT.sub("", tidy(untrusted_text)).strip()
    area = _one_reading(text)
    if area is None or area <= 0 or len(str(int(area))) > MAX_WHOLE_DIGITS:
        raise InputError("bad_area", text=untrusted_text)
    return area


def _one_reading(text: str) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    decimal = _DECIMAL.fullmatch(text)
    grouped = _GROUPED.fullmatch(text)
    if decimal and grouped and decimal[1] != "0":
        raise InputError("area_ambiguous", text=text)
    if decimal and len(decimal[3]) <= MAX_DECIMALS:
        return Decimal(f"{decimal[1]}.{decimal[3]}")
    if grouped and not decimal and grouped[1] != "0" and _marks_differ(grouped):
        whole = grouped[1] + re.sub(r"\D", "", grouped[2])
        return Decimal(f"{whole}.{grouped[5]}" if grouped[5] else whole)
    return None


def _marks_differ(grouped: re.Match[str]) -> bool:
    """Whether the mark between thousands is not the decimal mark as well."""
    return grouped[3] != grouped[4] and len(grouped[5] or "") <= MAX_DECIMALS


def parse_printed_area(untrusted_text: str) -> Decimal | None:
    """Read an area as printed on a certificate: comma before decimals, full stop between thousands.

    A full stop before fewer than three digits can only be a comma seen badly, and is read so.

    Source: one decimal, decimal comma, thousands dot (circulars 17/2009 to 10/2024).

    Returns:
        Square metres with the digits as printed; None when the text is no area.
    """
    text = tidy(untrusted_text).replace(" ", "")
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})*|\d+)(?:[.,](\d{1,2}))?", text)
    if not match:
        return None
    whole = re.sub(r"\D", "", match[1])
    return Decimal(f"{whole}.{match[2]}" if match[2] else whole)


def print_area(area: Decimal) -> str:
    """Write an area as certificates do: 1005.0 becomes "1.005,0"."""
    whole, _, decimals = format(area, "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped


def show_area(area: Decimal) -> str:
    """Write an area for editing, so that `parse_area` reads the same number: 1005.0 becomes "1005,0"."""
    whole, _, decimals = format(area, "f").partition(".")
    if len(decimals) == 3 and len(whole) <= 3 and whole != "0":
        decimals += "0"
    return f"{whole},{decimals}" if decimals else whole


# ---------------------------------------------------------------- words

_DIGIT_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALE_WORDS = ("", "nghìn", "triệu", "tỷ")
_VALUES = {
    **{fold(word): digit for digit, word in enumerate(_DIGIT_WORDS)},
    "tu": 4,
    "lam": 5,
    "nham": 5,
    "bay": 7,
    "muoi": 10,
    "tram": 100,
    "nghin": 1000,
    "ngan": 1000,
    "trieu": 10**6,
    "ty": 10**9,
    "ti": 10**9,
}
_FILLERS = frozenset({"linh", "le"})
_POINTS = frozenset({"phay", "phet"})
_UNIT_WORDS = frozenset({"met", "vuong", "m2"})
_KNOWN = frozenset(_VALUES) | _FILLERS | _POINTS | _UNIT_WORDS


def area_to_words(area: Decimal) -> str:
    """Write an area in words as certificates do: 72.5 becomes "Bảy mươi hai phẩy năm mét vuông"."""
    whole, _, decimals = format(area, "f").partition(".")
    words = _number_to_words(int(whole))
    if decimals.strip("0"):
        words += ["phẩy", *(_DIGIT_WORDS[int(digit)] for digit in decimals.rstrip("0"))]
    spoken = " ".join([*words, "mét vuông"])
    return spoken[0].upper() + spoken[1:]


def _number_to_words(number: int) -> list[str]:
    if number == 0:
        return [_DIGIT_WORDS[0]]
    words: list[str] = []
    top = (len(str(number)) - 1) // 3
    for power in range(top, -1, -1):
        group = number // 1000**power % 1000
        if group:
            words += _group_to_words(group, is_first=power == top) + _scale_to_words(power)
    return words


def _scale_to_words(power: int) -> list[str]:
    if power <= 3:
        return [_SCALE_WORDS[power]] if power else []
    return [*_scale_to_words(power - 3), _SCALE_WORDS[3]]


def _group_to_words(group: int, *, is_first: bool) -> list[str]:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [_DIGIT_WORDS[hundreds], "trăm"]
    if tens == 0:
        return words + ([*(["linh"] if words else []), _DIGIT_WORDS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [_DIGIT_WORDS[tens], "mươi"]
    if ones:
        words.append(_ones_after_ten(tens, ones))
    return words


def _ones_after_ten(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return _DIGIT_WORDS[ones]


def words_to_area(untrusted_text: str) -> Decimal | None:
    """Read an area in words, forgiving one wrong letter in a word; None when the words make no number."""
    keys = _word_keys(untrusted_text)
    if keys is None:
        return None
    words = [key for key in keys if key not in _UNIT_WORDS]
    point = next((index for index, word in enumerate(words) if word in _POINTS), len(words))
    whole = _words_to_number(words[:point])
    decimals = _words_to_decimals(words[point + 1 :])
    if whole is None or decimals is None or (point < len(words)) != bool(decimals):
        return None
    return Decimal(f"{whole}.{decimals}" if decimals else whole)


def _word_keys(untrusted_text: str) -> list[str] | None:
    """The words without accents, each a known one; None when a part is no known word.

    Words that were run together are parted, so "ba mét vuông" may be seen as "bamétvuông".
    """
    keys: list[str] = []
    for word in re.findall(r"[^\W_]+", fold(untrusted_text)):
        known = _known_word(word)
        parts = [known] if known else _run_together(word)
        if parts is None:
            return None
        keys += parts
    return keys


def _run_together(word: str) -> list[str] | None:
    """Known words that make up a word; None when none do."""
    if not word:
        return []
    for known in sorted(_KNOWN, key=len, reverse=True):
        if word.startswith(known):
            rest = _run_together(word[len(known) :])
            if rest is not None:
                return [known, *rest]
    return None


def _known_word(word: str) -> str | None:
    if word in _KNOWN:
        return word
    near = {known for known in _KNOWN if len(known) >= 3 and _is_one_letter_off(word, known)}
    values = {_VALUES.get(known, -1) for known in near}
    return min(near) if len(near) == 1 or (near and len(values) == 1 and -1 not in values) else None


def _is_one_letter_off(word: str, known: str) -> bool:
    if len(word) == len(known):
        return sum(a != b for a, b in zip(word, known, strict=True)) == 1
    long, short = (word, known) if len(word) > len(known) else (known, word)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _words_to_number(words: Sequence[str]) -> int | None:
    """Add up groups below a thousand, each closed by its scale word; None when the words do not fit together."""
    total = 0
    group: list[int] = []
    for word in words:
        value = 0 if word in _FILLERS else _VALUES.get(word)
        if value is None:
            return None
        if value >= 1000:
            below = _group_value(group)
            if below is None:
                return None
            total, group = _close_group(total, below, value), []
        elif word not in _FILLERS:
            group.append(value)
    rest = _group_value(group)
    return total + rest if words and rest is not None else None


def _group_value(values: Sequence[int]) -> int | None:
    """The number below a thousand that digits, tens and hundreds make; None for two digits in a row."""
    total, digit = 0, None
    for value in values:
        if value >= 10:
            total, digit = total + (1 if digit is None else digit) * value, None
        elif digit is None:
            digit = value
        else:
            return None
    return total + (digit or 0)


def _close_group(total: int, group: int, scale: int) -> int:
    """A scale above what was counted before multiplies all of it ("một nghìn tỷ"), else only the group."""
    if total and total < scale:
        return (total + group) * scale
    return total + group * scale


def _words_to_decimals(words: Sequence[str]) -> str | None:
    if any(word in _FILLERS or _VALUES.get(word, 1000) > 10 for word in words):
        return None
    if "muoi" in words:
        number = _words_to_number(words)
        return None if number is None else str(number)
    return "".join(str(_VALUES[word]) for word in words)


def spell_area(untrusted_text: str) -> str | None:
    """An area in words with each word spelled as it must be; None when the words make no number.

    Words that are already right stay: "bốn" and "tư", "linh" and "lẻ" are both in use; so does a small first letter.
    """
    keys = _word_keys(untrusted_text)
    if keys is None or words_to_area(untrusted_text) is None:
        return None
    printed = re.findall(r"[^\W_]+", tidy(untrusted_text).lower())
    spelled: list[str] = []
    for index, key in enumerate(keys):
        as_read = printed[index] if len(printed) == len(keys) else ""
        spelled.append(as_read if as_read in _SPELLINGS.get(key, ()) else _spell(key, spelled))
    text = " ".join(spelled)
    return text if tidy(untrusted_text)[:1].islower() else text[0].upper() + text[1:]


def _spell(key: str, before: Sequence[str]) -> str:
    """The spelling of a word that two words share without accents depends on the word before it."""
    last = before[-1] if before else ""
    if key == "muoi":
        return "mươi" if last in _DIGIT_WORDS else "mười"
    if key == "mot":
        return "mốt" if last == "mươi" else "một"
    return _SPELLINGS[key][0]


_SPELLINGS: dict[str, tuple[str, ...]] = {
    **{fold(word): (word,) for word in (*_DIGIT_WORDS, *_SCALE_WORDS[1:])},
    "tu": ("tư",),
    "lam": ("lăm",),
    "nham": ("nhăm",),
    "bay": ("bảy", "bẩy"),
    "tram": ("trăm",),
    "ngan": ("ngàn",),
    "ti": ("tỉ",),
    "linh": ("linh",),
    "le": ("lẻ",),
    "phay": ("phẩy", "phảy"),
    "phet": ("phết",),
    "met": ("mét",),
    "vuong": ("vuông",),
    "m2": ("m²",),
    "ty": ("tỷ", "tỉ"),
}
