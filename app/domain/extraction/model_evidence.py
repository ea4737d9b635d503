"""Which of two models that look alike a certificate is of: 1993 or 2003, 2009 or 2014; and whether that is sure.

Every piece of evidence speaks for the earlier model (positive) or the later one (negative), in natural logarithms of
odds by a cautious guess; they are added. The day of issue outweighs all else; where that speaks against it, and where
there is only the form of a serial or a label, the model is for a person to look at.

Source: models of 1 July 2004 and 1 July 2014; 13 digits of the bar code are commune, year and number; register letters
CH and CT of districts and provinces until departments (CS) and registration offices (VP, CN) issued; serials of one
letter until 2004, of A and a letter until 2009, beginning with C, D from about 2015 on; field notes on the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.domain.dossier import Model, PageKind
from app.domain.extraction.fuzzy import find
from app.domain.extraction.page_kinds import Guess
from app.domain.extraction.rows import PageText

RED = frozenset({Model.M1993, Model.M2003})
PINK = frozenset({Model.M2009, Model.M2014})
SURE = 5.0
"""From this weight on nobody needs to look: odds of a hundred and fifty to one."""
FIRST_DAYS = {Model.M2003: "2004-07-01", Model.M2014: "2014-07-01"}
"""Of the later model of each pair."""

_K = PageKind
_DAY_WEIGHT = 7.0
_MOST_WITHOUT_DAY = {Model.M2003: 7.5, Model.M2014: 6.0}
"""Days on red certificates are often handwritten: layout, serial and words together may outweigh one."""
_CHANGE_WEIGHT = 3.5
_BARCODE_WEIGHT, _PRINTED_BARCODE_WEIGHT = 4.0, 3.0
_TWO_LETTERS_WEIGHT = 3.5
_LIKE_DIGITS = str.maketrans("li!|oz", "111102")
_MONTH = re.compile(r"thang\W{0,3}([\dli!|oz]{1,2})\W{0,3}na[mn]\W{0,3}([\dli!|oz]{4})(?!\w)")
_CHANGED_ON = re.compile(r"(?:Ngày\s*|^\W*)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)", re.MULTILINE)
"""Days of changes stand first on a line or after a capital; those of cards and other papers within a sentence."""
_BARCODE = re.compile(r"(?<!\d)\d{5}(\d\d)\d{6}(?!\d)")
_YEARS = range(1985, 2035)
_LAST_YEAR = {Model.M2003: "2010", Model.M2014: "2025"}
"""In which the later model of each pair was still issued; a later day was read wrongly."""
_BARCODE_YEARS = range(2009, 2025)
_PHRASE = 14  # letters from which on slips are forgiven

_ISSUED_ON_PAGE = {Model.M2003: _K.CERTIFICATE_3, Model.M2014: _K.CERTIFICATE_2}
_WORDS: dict[Model, tuple[tuple[frozenset[PageKind], str, float], ...]] = {
    Model.M2003: (
        (frozenset({_K.CERTIFICATE_2}), "theo bảng liệt kê dưới đây", 3.0),
        (frozenset({_K.CERTIFICATE_2}), "phần ghi thêm", 2.0),
        (frozenset({_K.CERTIFICATE_2}), "thổ cư", 1.0),
        (frozenset({_K.CERTIFICATE_2, _K.CERTIFICATE_3}), "tỉnh Hà Bắc", 5.0),
        (frozenset({_K.CERTIFICATE_3}), "trích lục bản đồ", 2.0),
        (frozenset({_K.CERTIFICATE_3}), "QSDĐ/", 3.0),
        (frozenset({_K.CERTIFICATE_2}), "hình thức sử dụng", -2.5),
        (frozenset({_K.CERTIFICATE_2}), "nguồn gốc sử dụng", -2.5),
        (frozenset({_K.CERTIFICATE_2}), "đăng ký hộ khẩu", -1.5),
    ),
    Model.M2014: (
        (frozenset({_K.CERTIFICATE_2}), "giám đốc văn phòng đăng ký", -4.0),
        (frozenset({_K.CERTIFICATE_2}), "chi nhánh văn phòng đăng ký", -4.0),
        (frozenset({_K.CERTIFICATE_2}), "sở tài nguyên và môi trường", -1.0),
        (frozenset({_K.CERTIFICATE_1}), "CCCD", -3.0),
        (frozenset({_K.CERTIFICATE_1}), "căn cước", -3.0),
        (frozenset({_K.CERTIFICATE_1}), "định danh cá nhân", -3.0),
        (frozenset({_K.CERTIFICATE_1}), "CMND", 0.7),
    ),
}
"""Printed words by the later model of a pair: on which pages, and what they weigh."""
_PATTERNS: dict[Model, tuple[tuple[PageKind, re.Pattern[str], float], ...]] = {
    Model.M2003: (
        (_K.CERTIFICATE_2, re.compile(r"^\W{0,3}[5s]\s?[.)-]{1,2}\s?muc d.ch", re.MULTILINE), 4.0),
        (_K.CERTIFICATE_3, re.compile(r"vao so cap[^\n]{0,60}?\n?[^\n]{0,20}?(?<!\w)[ht][ .]?\d{4,6}(?!\d)"), -2.5),
        (_K.CERTIFICATE_4, re.compile(r"(?<!\w)vi\s?[-.–—]\s?nhung thay doi"), -2.0),
    ),
    Model.M2014: (
        (_K.CERTIFICATE_2, re.compile(r"rieng\W{1,3}(?:khong|\d)[^\n]{0,25}chung\W{1,3}(?:khong|\d|-)"), 1.5),
        (_K.CERTIFICATE_2, re.compile(r"so vao so[^\n]{0,40}?(?<!\w)c[ht][ .]?\d"), 1.0),
        (_K.CERTIFICATE_2, re.compile(r"so vao so[^\n]{0,40}?(?<!\w)cs[ .]?\d"), -2.5),
        (_K.CERTIFICATE_2, re.compile(r"so vao so[^\n]{0,40}?(?<!\w)(?:vp|cn)[ .]?\d"), -4.0),
    ),
}


@dataclass(frozen=True, slots=True)
class ToldModel:
    """The model of a certificate, and whether the evidence for it is enough."""

    model: Model | None
    is_sure: bool


Seen = tuple[Guess, PageText]


def told_model(pages: Sequence[Seen], serial: str | None, issued_on: str | None = None) -> ToldModel:
    """The model of the certificate these pages are of.

    Args:
        pages: What each certificate page seems to be, with its text.
        serial: The certificate's, where it was read.
        issued_on: ISO date, where it was read.
    """
    models = [guess.model for guess, _ in pages if guess.model]
    if not models:
        by_serial = {1: Model.M1993, 2: Model.M2003}.get(len((serial or "").partition(" ")[0]))
        return ToldModel(by_serial, is_sure=False)
    model = max(models, key=models.count)
    if model in RED:
        inner = [guess.model for guess, _ in pages if guess.kind is _K.CERTIFICATE_2 and guess.model in RED]
        more = _of_red_serial(serial) + _of_anchors(inner)
        weight = _weight(Model.M2003, pages, issued_on, more)
        return _told(weight, Model.M1993, Model.M2003)
    if model in PINK:
        weight = _weight(Model.M2014, pages, issued_on, _of_pink_serial(serial))
        return _told(weight, Model.M2009, Model.M2014)
    return ToldModel(model, is_sure=True)


def family(guess: Guess) -> frozenset[Model]:
    """The models whose pages look like this one; red ones for a page that does not show its model."""
    if guess.model in PINK:
        return PINK
    return RED if guess.model is None or guess.model in RED else frozenset({guess.model})


def may_be(guess: Guess, text: PageText) -> frozenset[Model]:
    """The models a page may be of by itself: one where its own evidence is enough, else its whole family."""
    models = family(guess)
    later = next(iter(models & FIRST_DAYS.keys()), None)
    if later is None:
        return models
    weight = _weight(later, [(guess, text)], None)
    if abs(weight) < SURE:
        return models
    return frozenset({later}) if weight < 0 else models - {later}


def _told(weight: float, earlier: Model, later: Model) -> ToldModel:
    return ToldModel(earlier if weight > 0 else later, is_sure=abs(weight) >= SURE)


def _weight(later: Model, pages: Sequence[Seen], issued_on: str | None, more: float = 0.0) -> float:
    """What days, bar code, words and register letters say, with what is already known."""
    weight = more + _of_changes(later, pages)
    if later is Model.M2014:
        weight += _of_barcode(pages)
    for guess, text in pages:
        folded = text.clip.folded
        weight += sum(value for kinds, words, value in _WORDS[later] if guess.kind in kinds and _has(words, folded))
        weight += sum(value for kind, form, value in _PATTERNS[later] if guess.kind is kind and form.search(folded))
    most = _MOST_WITHOUT_DAY[later]
    held = min(max(weight, -most), most)
    return held + _of_day(later, pages, issued_on)


def _has(words: str, folded: str) -> bool:
    return find(words, folded.replace("\n", " "), 0.15 if len(words) >= _PHRASE else 0.0) is not None


def _of_day(later: Model, pages: Sequence[Seen], issued_on: str | None) -> float:
    """By the day of issue: as it was read, else the last month written out on the page that is signed."""
    where = _ISSUED_ON_PAGE[later]
    written = [day for guess, text in pages if guess.kind is where for day in _months(text.clip.folded)]
    day = issued_on or max(written, default="")
    first = FIRST_DAYS[later]
    if not day or day == first[:4] or day[:4] > _LAST_YEAR[later]:
        return 0.0
    return _DAY_WEIGHT if day < first[: len(day)] else -_DAY_WEIGHT


def _months(folded: str) -> Iterator[str]:
    """Months as in "tháng 7 năm 2015", ISO; the year alone where the month makes no sense."""
    for match in _MONTH.finditer(folded):
        month, year = (part.translate(_LIKE_DIGITS) for part in match.groups())
        if int(year) in _YEARS:
            yield f"{int(year):04}-{int(month):02}" if 1 <= int(month) <= 12 else f"{int(year):04}"


def _of_changes(later: Model, pages: Sequence[Seen]) -> float:
    """By the first change: a certificate is older than what was written into it."""
    days = [
        f"{int(match[3]):04}-{int(match[2]):02}"
        for guess, text in pages
        if guess.kind in (_K.CERTIFICATE_3, _K.CERTIFICATE_4)
        for match in _CHANGED_ON.finditer(text.clip.text)
        if int(match[3]) in _YEARS and 1 <= int(match[2]) <= 12
    ]
    return _CHANGE_WEIGHT if days and min(days) < FIRST_DAYS[later][:7] else 0.0


def _of_barcode(pages: Iterable[Seen]) -> float:
    """By the year in the bar code, or in the digits printed under it."""
    weight = 0.0
    for guess, text in pages:
        codes = [code.text for code in text.scan.codes if code.kind == "barcode"]
        printed = [text.clip.text] if guess.kind is _K.CERTIFICATE_4 else []
        for value, sources in ((_BARCODE_WEIGHT, codes), (_PRINTED_BARCODE_WEIGHT, printed)):
            years = {2000 + int(match[1]) for source in sources for match in _BARCODE.finditer(source)}
            sides = {year < 2014 for year in years if year in _BARCODE_YEARS and year != 2014}
            if len(sides) == 1:
                return value if sides == {True} else -value
    return weight


def _of_red_serial(serial: str | None) -> float:
    letters = len((serial or "").partition(" ")[0])
    return {1: _TWO_LETTERS_WEIGHT, 2: -_TWO_LETTERS_WEIGHT}.get(letters, 0.0)


def _of_pink_serial(serial: str | None) -> float:
    return {"B": 1.0, "C": -4.0, "D": -4.0}.get((serial or " ")[0], 0.0)


def _of_anchors(inner: Sequence[Model | None]) -> float:
    """By what the inner page seemed to be."""
    return sum({Model.M1993: 1.0, Model.M2003: -1.0}.get(model, 0.0) for model in inner if model)
