"""Checks of parcels and their uses: commas of areas, terms, what other places of the paper say of a parcel.

Each compares values of one record; none says which of them is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.domain import findings
from app.domain.areas import print_area
from app.domain.code_lists import CodeLists, key_of
from app.domain.dates import find_short_date, fold_in_place, is_after, show_date
from app.domain.dossier import Dossier, LandUse, Model, Parcel
from app.domain.findings import because
from app.domain.issuing import commune_kind
from app.domain.reading import Finding

Found = Iterator[Finding]

LEAST_WITH_DECIMALS = 2
"""So many areas with decimals make one without them look like a lost comma."""
_URBAN, _RURAL = "ODT", "ONT"
_LASTING = frozenset({_URBAN, _RURAL})
"""Purposes of land given for good. Source: land laws 2013 (article 125) and 2024 (article 171)."""
_LIMITED = frozenset({"LUC", "LUK", "LUN", "LUA", "BHK", "HNK", "CLN", "RSX", "NTS", "NKH", "TMD", "SKC", "SKK"})
"""Purposes of land given for a time. Source: land laws 2013 (article 126) and 2024 (article 172)."""
_NUMBER = r"(?:so\s*:?\s*)?([a-z]{0,3}\d{1,5}(?:-\d{1,3})?)(?![\d/])"
_NUMBER_THEN_SHEET = re.compile(rf"\bthua (?:dat )?{_NUMBER}[^.;\d]{{0,6}}(?:thuoc )?to (?:ban do )?{_NUMBER}")
_SHEET_THEN_NUMBER = re.compile(rf"\bto (?:ban do )?{_NUMBER}[^.;\d]{{0,6}}thua (?:dat )?{_NUMBER}")


# ---------------------------------------------------------------- areas


def area_without_decimals(dossier: Dossier, _: CodeLists) -> Found:
    """A whole area among areas with decimals: its comma may be lost, which makes it ten times too big.

    Source: areas are printed with one decimal, "72,0" too (circulars 17/2009, 23/2014 and 10/2024/TT-BTNMT).
    """
    areas = list(areas_of(dossier))
    if sum(map(has_decimals, (area for _, area in areas))) < LEAST_WITH_DECIMALS:
        return
    for path, area in areas:
        if not has_decimals(area):
            yield findings.make("area_without_decimals", path, area=print_area(area))


def areas_of(dossier: Dossier) -> Iterator[tuple[str, Decimal]]:
    """All areas of parcels, uses and assets by path."""
    for index, parcel in enumerate(dossier.parcels):
        if parcel.area_m2 is not None:
            yield f"parcels[{index}].area_m2", parcel.area_m2
        for at, use in enumerate(parcel.uses):
            if use.area_m2 is not None:
                yield f"parcels[{index}].uses[{at}].area_m2", use.area_m2
    for index, asset in enumerate(dossier.assets):
        if asset.built_area_m2 is not None:
            yield f"assets[{index}].built_area_m2", asset.built_area_m2
        if asset.floor_area_m2 is not None:
            yield f"assets[{index}].floor_area_m2", asset.floor_area_m2


def has_decimals(area: Decimal) -> bool:
    """Whether an area is written with decimals, be they zero."""
    return "." in format(area, "f")


def differ_by_comma(one: Decimal, other: Decimal) -> bool:
    """Whether two areas are ten, a hundred or a thousand times each other: the same figures, another comma."""
    low, high = sorted((one, other))
    return low > 0 and high / low in (10, 100, 1000)


# ---------------------------------------------------------------- uses


def term_ended(dossier: Dossier, _: CodeLists) -> Found:
    """A use that had ended on the day of issue."""
    issued = dossier.certificate.issued_on
    for path, use in _uses(dossier):
        until = find_short_date(use.term or "")
        if issued and until and is_after(issued, until[0]):
            where = (f"{path}.term", "certificate.issued_on")
            yield findings.make("term_ended", *where, term=show_date(until[0]), issued=show_date(issued))


def term_fits(use: LandUse, lists: CodeLists) -> bool:
    """Whether the term is of the kind the law gives the purpose: for good, or until a day or for some years."""
    code = use.purpose_code or lists.purpose_code(use.purpose or "")
    term = key_of(use.term or "")
    return (code in _LASTING and term == "lau dai") or (code in _LIMITED and bool(re.search(r"\d", term)))


def is_worded_otherwise(purpose: str | None, model: str | None) -> bool:
    """Whether "hằng năm" stands on a certificate of before 2025, or "hàng năm" on one of today: one letter apart.

    Source: names of purposes in circulars 27/2018 and 08/2024/TT-BTNMT.
    """
    said = (purpose or "").lower()
    if model == Model.M2024:
        return "hàng năm" in said
    return model is not None and "hằng năm" in said


def purpose_unit_differs(dossier: Dossier, lists: CodeLists) -> Found:
    """Urban residential land lies in a phường or thị trấn, rural in a xã.

    Source: land laws 2013 (articles 143, 144) and 2024 (195, 196). Units change their kind, so this only informs.
    """
    for index, parcel in enumerate(dossier.parcels):
        for at, use in enumerate(parcel.uses):
            fits = unit_fits(parcel, use, lists)
            if fits is False:
                where = (f"parcels[{index}].uses[{at}].purpose", f"parcels[{index}].address")
                why = because("rural" if commune_kind(parcel.address or "") == "xa" else "urban")
                yield findings.make("purpose_unit_differs", *where, purpose=use.purpose, why=(why,))


def unit_fits(parcel: Parcel, use: LandUse, lists: CodeLists) -> bool | None:
    """Whether a residential purpose fits the kind of commune in the address; None when it cannot be said."""
    kind = commune_kind(parcel.address or "")
    code = lists.purpose_code(use.purpose or "")
    if kind is None or code not in _LASTING:
        return None
    return (kind == "xa") == (code == _RURAL)


def _uses(dossier: Dossier) -> Iterator[tuple[str, LandUse]]:
    for index, parcel in enumerate(dossier.parcels):
        for at, use in enumerate(parcel.uses):
            yield f"parcels[{index}].uses[{at}]", use


# ---------------------------------------------------------------- parcels named elsewhere


@dataclass(frozen=True, slots=True)
class NamedParcel:
    """A parcel a text speaks of.

    Attributes:
        path: Of the text.
    """

    path: str
    sheet: str
    number: str


def named_parcels(dossier: Dossier) -> Iterator[NamedParcel]:
    """Parcels that notes and changes name with number and sheet."""
    texts = [("certificate.notes", dossier.certificate.notes)]
    texts += [(f"changes[{index}].text", change.text) for index, change in enumerate(dossier.changes)]
    for path, text in texts:
        folded = fold_in_place(text or "")
        for found in _NUMBER_THEN_SHEET.finditer(folded):
            yield NamedParcel(path, sheet=found[2].upper(), number=found[1].upper())
        for found in _SHEET_THEN_NUMBER.finditer(folded):
            yield NamedParcel(path, sheet=found[1].upper(), number=found[2].upper())


def parcel_named_otherwise(dossier: Dossier, _: CodeLists) -> Found:
    """A text names a parcel that is one figure away from one of the list and is none of the list.

    Parcels that are quite another are named as well, where land was parted or numbered anew: they say nothing.
    """
    known = {(parcel.sheet, parcel.number) for parcel in dossier.parcels}
    for named in named_parcels(dossier):
        if (named.sheet, named.number) in known:
            continue
        for index, parcel in enumerate(dossier.parcels):
            slip = _slip(parcel, named)
            if slip:
                where = (f"parcels[{index}].{slip}", named.path)
                yield findings.make(
                    "parcel_named_otherwise",
                    *where,
                    number=parcel.number,
                    sheet=parcel.sheet,
                    other_number=named.number,
                    other_sheet=named.sheet,
                )


def _slip(parcel: Parcel, named: NamedParcel) -> str | None:
    """Which of sheet and number differs in one figure while the other is the same."""
    if not parcel.sheet or not parcel.number:
        return None
    if parcel.sheet == named.sheet and _one_figure_apart(parcel.number, named.number):
        return "number"
    if parcel.number == named.number and _one_figure_apart(parcel.sheet, named.sheet):
        return "sheet"
    return None


def _one_figure_apart(one: str, other: str) -> bool:
    """Three figures at least: neighbours among small numbers are often different parcels."""
    is_long = len(one) == len(other) >= 3
    return is_long and sum(a != b for a, b in zip(one, other, strict=True)) == 1
