"""How one office writes addresses, dates, terms, origins and purposes: as the circulars do, or in its own way.

The offices of the tuning and the practice world write them plainly. Those of the scoring world drift as paper does:
parts of an address parted by dashes, units without their kind, dates with points, abbreviations, shortened names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.samples.numbers import written_date
from tests.samples.parcels import Parcel
from tests.samples.worlds import SCORING

Replacements = tuple[tuple[str, str], ...]

UNIT_KINDS = re.compile(r"(?<=, )(?:huyện|thị xã|thành phố|tỉnh) (?=\w)")
PROVINCE = re.compile(r", tỉnh [^,]+$")
CAPITALS: Replacements = (
    *((", xã ", ", Xã "), (", phường ", ", Phường "), (", thị trấn ", ", Thị trấn "), (", huyện ", ", Huyện ")),
    *((", thị xã ", ", Thị xã "), (", thành phố ", ", Thành phố "), (", tỉnh ", ", Tỉnh ")),
)
TIGHT: Replacements = (
    *((", phường ", ", P."), (", thị trấn ", ", TT."), (", huyện ", ", H."), (", thị xã ", ", TX.")),
    (", thành phố ", ", TP."),
)
ADDRESS_STYLES = ("commas", "commas", "commas", "dashes", "kindless", "capitals", "tight", "no province")
ORIGINS: tuple[Replacements, ...] = (
    (),
    (),
    (("Công nhận QSDĐ", "Công nhận quyền sử dụng đất"),),
    (("tiền sử dụng đất", "tiền SDĐ"), ("quyền sử dụng đất", "QSDĐ")),
    (("Nhà nước giao đất", "Được Nhà nước giao đất"), ("Công nhận QSDĐ", "Nhà nước công nhận QSDĐ")),
)
AFTER_A_TRANSFER = "đất được Được"
SHORT_PURPOSES: Replacements = (
    *(("Đất ở tại nông thôn", "Đất ở nông thôn"), ("Đất ở tại đô thị", "Đất ở đô thị")),
    ("Đất bằng trồng cây hàng năm khác", "Đất trồng cây hàng năm khác"),
)
OLD_PURPOSES = {
    "Ao": "Đất ao",
    "Vườn": "Thổ canh",
    "M": "Đất trồng màu",
    "2L": "Lúa 2 vụ",
    "1L": "Lúa 1 vụ",
    "LN": "Đất lâm nghiệp",
    "Thổ cư": "Đất TC",
}
DATED_TERM = re.compile(r"(?:[Đđ]ến )?(?:ngày )?(\d{2})/(\d{1,2})/(\d{4})")
TERMS = ("Đến ngày {}", "Đến {}", "Đến hết ngày {}", "Thời hạn đến {}", "Sử dụng đến ngày {}", "{}")
YEARS = re.compile(r"(\d\d) năm")
YEAR_TERMS = ("{} năm", "{} (năm)", "{} năm kể từ ngày cấp giấy")
LASTING = {
    "1993": ("Lâu dài", "LÂU DÀI", "Ổn định lâu dài", "lâu dài"),
    "2003": ("Lâu dài", "Ổn định, lâu dài", "lâu dài"),
}
DATES = ("strokes", "zeros", "zeros", "dots", "dashes", "plain", "words")


@dataclass(frozen=True, kw_only=True)
class Drift:
    """The ways of one office; the defaults are those of the circulars."""

    address_style: str = "commas"
    date_form: str = "strokes"
    origins: Replacements = ()
    short_purposes: bool = False
    term: str = ""
    years: str = YEAR_TERMS[0]
    lasting: str = ""

    def address(self, text: str) -> str:
        """Return an address as this office writes it."""
        if self.address_style in {"dashes", "kindless"}:
            if self.address_style == "kindless":
                text = UNIT_KINDS.sub("", text)
            return text.replace(", ", " - ")
        if self.address_style == "no province":
            return PROVINCE.sub("", text) if text.count(", ") > 2 else text
        return _replaced(text, {"capitals": CAPITALS, "tight": TIGHT}.get(self.address_style, ()))

    def date(self, day: date) -> str:
        """Return a date within a text."""
        return written_date(day, self.date_form)

    def term_of(self, text: str) -> str:
        """Return a term of use."""
        dated = DATED_TERM.fullmatch(text)
        if dated and self.term:
            day, month, year = map(int, dated.groups())
            return self.term.format(self.date(date(year, month, day)))
        if self.lasting and text.lower() == "lâu dài":
            return self.lasting
        years = YEARS.fullmatch(text)
        return self.years.format(years[1]) if years else text

    def parcel(self, parcel: Parcel, model: str) -> Parcel:
        """Return a parcel in the words of this office."""
        uses = tuple(
            replace(
                use,
                purpose=self._purpose(use.purpose, model),
                origin=_replaced(use.origin, self.origins).replace(AFTER_A_TRANSFER, "đất được"),
                term=self.term_of(use.term),
            )
            for use in parcel.uses
        )
        return replace(parcel, address=self.address(parcel.address), uses=uses)

    def _purpose(self, text: str, model: str) -> str:
        if not self.short_purposes:
            return text
        return OLD_PURPOSES.get(text, text) if model == "1993" else _replaced(text, SHORT_PURPOSES)


def draw_drift(rng: Random, world: str, model: str) -> Drift:
    """Draw the ways of an office of a world at the time of a model."""
    if world != SCORING:
        return Drift()
    return Drift(
        address_style=rng.choice(ADDRESS_STYLES),
        date_form=rng.choice(DATES),
        origins=rng.choice(ORIGINS),
        short_purposes=model in {"1993", "2003", "2009"} and rng.random() < 0.35,
        term=rng.choice(TERMS),
        years=rng.choice(YEAR_TERMS),
        lasting=rng.choice(LASTING.get(model, ("Lâu dài",))),
    )


def _replaced(text: str, replacements: Sequence[tuple[str, str]]) -> str:
    for old, new in replacements:
        text = text.replace(old, new)
    return text
