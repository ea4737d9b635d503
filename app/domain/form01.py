"""Form 01: the record multiplied into rows, one per certificate x parcel x person.

Source: the collection workbook of the campaign (columns in `resources/layouts`): values in words, husband and wife in
two rows that repeat certificate and parcel, at most three land types in a row, dates as dd/mm/yyyy or the year alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.domain import findings
from app.domain.dates import is_date, show_date
from app.domain.dossier import (
    Asset,
    Certificate,
    CurrentUser,
    Dossier,
    Holder,
    HolderKind,
    IdKind,
    LandUse,
    Parcel,
    Sex,
)
from app.domain.handover import serial_or_placeholder
from app.domain.layout import Coding, FormLayout
from app.domain.reading import Finding, Severity
from app.domain.text import fold

USES_PER_ROW = 3
REPRESENTATIVE = "Người đại diện"
_PERSON_PAPERS = (IdKind.CCCD, IdKind.CMND, IdKind.PASSPORT)
_ORGANISATION_PAPERS = (IdKind.TAX_CODE, IdKind.DECISION)
_BODIES = frozenset({HolderKind.ORGANISATION, HolderKind.COMMUNITY})
_SEX_WORDS = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
_LEGAL_FORM_OF_BODY = {HolderKind.ORGANISATION: "Tổ chức", HolderKind.COMMUNITY: "Cộng đồng dân cư"}
_FLAT_WORDS = ("chung cu", "can ho")
_USE_KEYS = ("purpose", "area", "origin", "form", "term")

Cells = dict[str, str]

KEYS = frozenset(
    {
        "row_number",
        "commune_code",
        "serial",
        "issued_on",
        "register_number",
        "organisation_name",
        "organisation_id",
        "person_name",
        "born",
        "sex",
        "person_id",
        "address",
        "legal_form",
        "role",
        "current_name",
        "current_id",
        "current_address",
        "change_reason",
        "parcel_code",
        "sheet",
        "number",
        "map_sheet",
        "map_number",
        "parcel_address",
        "parcel_area",
        *(f"use{place}_{key}" for place in range(1, USES_PER_ROW + 1) for key in _USE_KEYS),
        "asset_kind",
        "apartment_complex",
        "apartment_building",
        "apartment_number",
        "built_area",
        "floor_area",
        "ownership",
        "asset_term",
        "grade",
        "files",
    }
)
"""What a column of a layout may hold. The record has no apartment complex and no apartment number: they stay blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who stands in one row: a person, or an organisation with the person who represents it."""

    body: Holder | CurrentUser | None = None
    person: Holder | CurrentUser | None = None


def rows_of(dossier: Dossier, layout: FormLayout, files: Sequence[str] = (), first_number: int = 1) -> list[list[str]]:
    """The rows of one dossier in the columns of the layout.

    Args:
        dossier: The record.
        layout: Which columns, and words or codes.
        files: Names of its scan files.
        first_number: The running number of its first row.
    """
    fixed = _certificate_cells(dossier.certificate) | {
        "commune_code": dossier.commune_code or "",
        "serial": serial_or_placeholder(dossier),
        "files": "; ".join(files),
    }
    rows = [
        fixed | party | land
        for place, parcel in enumerate(dossier.parcels or (Parcel(),))
        for party in _party_rows(dossier)
        for land in _parcel_rows(parcel, dossier.assets if place == 0 else (), layout.coding)
    ]
    return [
        [{"row_number": str(number), **row}.get(column.key, "") for column in layout.columns]
        for number, row in enumerate(rows, first_number)
    ]


def extra_rows(dossier: Dossier) -> tuple[Finding, ...]:
    """What does not fit into one row per parcel and person, and therefore takes more rows."""
    found = [
        findings.make("too_many_uses", f"parcels[{place}].uses")
        for place, parcel in enumerate(dossier.parcels)
        if len(parcel.uses) > USES_PER_ROW
    ]
    if len(dossier.assets) > 1:
        message = "Có nhiều tài sản gắn liền với đất; biểu mẫu 01 cần thêm dòng cho mỗi tài sản."
        found.append(Finding(code="several_assets", severity=Severity.INFO.value, paths=("assets",), message=message))
    return tuple(found)


def parties_of(people: Sequence[Holder | CurrentUser]) -> list[Party]:
    """Persons as they are; an organisation or community together with each of its representatives."""
    bodies = [person for person in people if person.kind in _BODIES]
    if not bodies:
        return [Party(person=person) for person in people]
    parties: list[Party] = []
    body = bodies[0]  # a representative printed before the organisation belongs to the first one
    represented: set[int] = set()
    for person in people:
        if person.kind in _BODIES:
            body = person
        elif person.role == REPRESENTATIVE:
            represented.add(id(body))
            parties.append(Party(body=body, person=person))
        else:
            parties.append(Party(person=person))
    return parties + [Party(body=body) for body in bodies if id(body) not in represented]


def show_area(area: Decimal | None) -> str:
    """Square metres with a decimal comma and the digits as printed."""
    return "" if area is None else format(area, "f").replace(".", ",")


def _certificate_cells(certificate: Certificate) -> Cells:
    return {"issued_on": _date(certificate.issued_on), "register_number": certificate.register_number or ""}


def _party_rows(dossier: Dossier) -> list[Cells]:
    """Holders beside present users; where there are more of one, the last of the other is repeated."""
    holders = [_holder_cells(party) for party in parties_of(dossier.holders)] or [{}]
    users = [_current_cells(party) for party in parties_of(dossier.current_users)] or [{}]
    count = max(len(holders), len(users))
    return [holders[min(place, len(holders) - 1)] | users[min(place, len(users) - 1)] for place in range(count)]


def _holder_cells(party: Party) -> Cells:
    body, person = party.body, party.person
    cells = {
        "organisation_name": body.name or "" if body else "",
        "organisation_id": _paper(body, _ORGANISATION_PAPERS) if body else "",
        "legal_form": next((_legal_form(who) for who in (body, person) if who), ""),
        "address": (person.address if person else None) or (body.address if body else None) or "",
    }
    if person is None:
        return cells
    return cells | {
        "person_name": person.name or "",
        "born": _date(person.born),
        "sex": _SEX_WORDS.get(Sex(person.sex), "") if person.sex in set(Sex) else "",
        "person_id": _paper(person, _PERSON_PAPERS),
        "role": person.role or "",
    }


def _current_cells(party: Party) -> Cells:
    body, person = party.body, party.person
    names = [who.name for who in (body, person) if who and who.name]
    reasons = [who.reason for who in (body, person) if isinstance(who, CurrentUser) and who.reason]
    addresses = [who.address for who in (person, body) if who and who.address]
    return {
        "current_name": "; ".join(names),
        "current_id": _paper(person, _PERSON_PAPERS) if person else _paper(body, _ORGANISATION_PAPERS),
        "current_address": addresses[0] if addresses else "",
        "change_reason": reasons[0] if reasons else "",
    }


def _legal_form(who: Holder | CurrentUser) -> str:
    if who.legal_form:
        return who.legal_form
    return _LEGAL_FORM_OF_BODY.get(HolderKind(who.kind), "") if who.kind in _BODIES else ""


def _paper(who: Holder | CurrentUser | None, kinds: Sequence[IdKind]) -> str:
    """The number of the first paper of the best kind; a body's other papers as the last choice."""
    papers = who.id_papers if who else ()
    ranked = [paper.number for kind in (*kinds, IdKind.OTHER) for paper in papers if paper.kind == kind]
    return next((number for number in ranked if number), "")


def _parcel_rows(parcel: Parcel, assets: Sequence[Asset], coding: Coding) -> list[Cells]:
    cells = {
        "parcel_code": parcel.code or "",
        "sheet": parcel.sheet or "",
        "number": parcel.number or "",
        "map_sheet": parcel.map_sheet or "",
        "map_number": parcel.map_number or "",
        "parcel_address": parcel.address or "",
        "parcel_area": show_area(parcel.area_m2),
    }
    uses = _uses(parcel)
    use_rows = [_use_cells(uses[start : start + USES_PER_ROW], coding) for start in range(0, len(uses), USES_PER_ROW)]
    asset_rows = [_asset_cells(asset) for asset in assets]
    count = max(len(use_rows), len(asset_rows), 1)
    return [cells | _at(use_rows, place) | _at(asset_rows, place) for place in range(count)]


def _uses(parcel: Parcel) -> tuple[LandUse, ...]:
    """The uses; the area of the only one is the parcel's."""
    if len(parcel.uses) == 1 and parcel.uses[0].area_m2 is None:
        return (replace(parcel.uses[0], area_m2=parcel.area_m2),)
    return parcel.uses


def _use_cells(uses: Sequence[LandUse], coding: Coding) -> Cells:
    cells: Cells = {}
    for place, use in enumerate(uses, 1):
        words = coding is Coding.WORDS
        values = (
            _word_or_code(use.purpose, use.purpose_code, words=words),
            show_area(use.area_m2),
            _word_or_code(use.origin, use.origin_code, words=words),
            use.form or "",
            _date(use.term),
        )
        cells |= {f"use{place}_{key}": value for key, value in zip(_USE_KEYS, values, strict=True)}
    return cells


def _word_or_code(word: str | None, code: str | None, *, words: bool) -> str:
    return (word or code if words else code or word) or ""


def _asset_cells(asset: Asset) -> Cells:
    is_flat = any(word in fold(asset.kind or "") for word in _FLAT_WORDS)
    return {
        "asset_kind": asset.kind or asset.name or "",
        "apartment_building": asset.name or "" if is_flat else "",
        "built_area": show_area(asset.built_area_m2),
        "floor_area": show_area(asset.floor_area_m2),
        "ownership": asset.ownership or "",
        "asset_term": _date(asset.term),
        "grade": asset.grade or "",
    }


def _at(rows: Sequence[Cells], place: int) -> Cells:
    return rows[place] if place < len(rows) else {}


def _date(text: str | None) -> str:
    """A date for people; anything else, such as "Lâu dài", as it is."""
    return show_date(text) if text and is_date(text) else text or ""
