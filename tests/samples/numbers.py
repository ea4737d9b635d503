"""Areas and dates as Vietnamese offices print them, and areas in words.

The words follow northern usage: "linh" for a missing ten, "mốt" and "lăm" after a ten, "nghìn" for thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
SCALES = ("", " nghìn", " triệu", " tỷ")


def printed_area(area: Decimal) -> str:
    """Write an area with a decimal comma and thousands dots: 1005.0 becomes "1.005,0"."""
    whole, _, decimals = str(area).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{decimals}" if decimals else grouped


def area_in_words(area: Decimal, *, four_after_ten: str = "tư") -> str:
    """Write an area in words, first letter upper case, with the unit.

    Args:
        area: Square metres with at most one decimal; a decimal zero is not spoken.
        four_after_ten: How a final 4 after a ten is spoken: "tư" or "bốn".
    """
    whole, _, decimals = str(area).partition(".")
    words = _whole_in_words(int(whole), four_after_ten)
    if decimals and int(decimals):
        words += " phẩy " + " ".join(ONES[int(digit)] for digit in decimals)
    return words[0].upper() + words[1:] + " mét vuông"


def _whole_in_words(number: int, four_after_ten: str) -> str:
    if number == 0:
        return ONES[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    top = len(groups) - 1
    spoken = [
        _group_in_words(group, four_after_ten, leading=index == top) + SCALES[index]
        for index, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(spoken)


def _group_in_words(group: int, four_after_ten: str, *, leading: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words: list[str] = []
    if hundreds or not leading:
        words.append(f"{ONES[hundreds]} trăm")
    if tens == 0 and ones and words:
        words.append(f"linh {ONES[ones]}")
    elif tens == 0 and ones:
        words.append(ONES[ones])
    elif tens == 1:
        words.append("mười" + (f" {'lăm' if ones == 5 else ONES[ones]}" if ones else ""))
    elif tens > 1:
        last = {0: "", 1: " mốt", 4: f" {four_after_ten}", 5: " lăm"}.get(ones, f" {ONES[ones]}")
        words.append(f"{ONES[tens]} mươi{last}")
    return " ".join(words)


def written_date(day: date, form: str) -> str:
    """Write a date in a form of `DATE_FORMS`."""
    return DATE_FORMS[form](day)


def short_date(day: date) -> str:
    """Write a date with strokes, as offices do: a zero before days below 10 and months below 3 only."""
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def long_date(day: date) -> str:
    """Write a date in words and figures: "ngày 05 tháng 3 năm 2025"."""
    return f"ngày {DATE_FORMS['words'](day)}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


DATE_FORMS: dict[str, Callable[[date], str]] = {
    "strokes": short_date,
    "zeros": "{:%d/%m/%Y}".format,
    "plain": lambda day: f"{day.day}/{day.month}/{day.year}",
    "dots": "{:%d.%m.%Y}".format,
    "dashes": "{:%d-%m-%Y}".format,
    "words": lambda day: f"{day.day:02d} tháng {_month(day)} năm {day.year}",
    "long words": "{:%d tháng %m năm %Y}".format,
    "plain words": lambda day: f"{day.day} tháng {day.month} năm {day.year}",
}
