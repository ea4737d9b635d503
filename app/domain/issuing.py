"""Who issues certificates, when, and where: authority against model and day, register letters, units of the era.

Each check compares two values of one certificate. A mismatch says that one of them was read or typed wrong, or that the
case is rare; it never says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from app.domain import findings
from app.domain.code_lists import CodeLists, FormerUnit, bare_name, key_of
from app.domain.dates import fold_in_place, is_after, show_date
from app.domain.dossier import Dossier, Model
from app.domain.findings import Why, because
from app.domain.reading import Finding

Found = Iterator[Finding]

OFFICES_SIGN_FROM = "2023-05-20"
"""Registration offices and their branches issue in their own name. Source: decree 10/2023/NĐ-CP."""
COMMUNES_SIGN_FROM = "2025-07-01"
"""Districts ended, communes issue. Source: law on local government 2025, decree 151/2025/NĐ-CP."""


class IssuerKind(StrEnum):
    """Kinds of authorities that issued certificates."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    DEPARTMENT = "department"
    OFFICE = "office"
    BRANCH = "branch"


_BY_WORDS = (
    (IssuerKind.BRANCH, r"\bchi nhanh\b"),
    (IssuerKind.OFFICE, r"\bvan phong dang ky\b"),
    (IssuerKind.DEPARTMENT, r"^so (tai nguyen|nong nghiep|dia chinh)\b"),
    (IssuerKind.PROVINCE, r"^(uy ban nhan dan|ubnd) tinh\b"),
    (IssuerKind.DISTRICT, r"^(uy ban nhan dan|ubnd) (huyen|thi xa|thanh pho|quan|h|tx|tp)\b"),
    (IssuerKind.COMMUNE, r"^(uy ban nhan dan|ubnd) (xa|phuong|thi tran|dac khu)\b"),
)
_LEAD = re.compile(r"^(t ?m )")
_PREFIX = re.compile(r"([A-ZĐ]{1,3})\s?\d")
_ISSUERS_OF_MODEL = {
    Model.M1993: frozenset({IssuerKind.DISTRICT, IssuerKind.PROVINCE}),
    Model.M2003: frozenset({IssuerKind.DISTRICT, IssuerKind.PROVINCE, IssuerKind.DEPARTMENT}),
    Model.M2009: frozenset({IssuerKind.DISTRICT, IssuerKind.PROVINCE, IssuerKind.DEPARTMENT}),
}
"""Later models: every kind, each from its day on."""
_DISTRICT = re.compile(r"\b(huyen|thi xa|quan) \w")
_DISTRICT_CITY = re.compile(r"\bthanh pho (bac ninh|bac giang|tu son)\b")


def issuer_kind(issuer: str) -> IssuerKind | None:
    """What kind of authority a printed name is; None for an unknown one."""
    key = _LEAD.sub("", key_of(issuer))
    return next((kind for kind, words in _BY_WORDS if re.search(words, key)), None)


def issuer_unusual(dossier: Dossier, _: CodeLists) -> Found:
    """Authority against model and day.

    Source: land laws 1993 to 2024: districts and provinces first, departments from 2004 on, registration offices since
    20 May 2023, communes since 1 July 2025, when districts ended.
    """
    certificate = dossier.certificate
    kind = issuer_kind(certificate.issuer or "")
    if kind is None:
        return
    why = issuer_mismatch(kind, certificate.model, certificate.issued_on)
    if why:
        where = ("certificate.issuer", "certificate.issued_on" if certificate.issued_on else "certificate.model")
        yield findings.make("issuer_unusual", *where, issuer=certificate.issuer, why=(why,))


def issuer_mismatch(kind: IssuerKind, model: str | None, issued_on: str | None) -> Why | None:
    """Why an authority cannot have issued a certificate; None when nothing speaks against it."""
    allowed = _ISSUERS_OF_MODEL.get(Model(model)) if model in set(Model) else None
    if allowed is not None and kind not in allowed:
        return because("model", model=model)
    if issued_on is None:
        return None
    if kind is IssuerKind.COMMUNE and is_after(COMMUNES_SIGN_FROM, issued_on):
        return because("communes_later", day=show_date(COMMUNES_SIGN_FROM))
    if kind in (IssuerKind.OFFICE, IssuerKind.BRANCH) and is_after(OFFICES_SIGN_FROM, issued_on):
        return because("offices_later", day=show_date(OFFICES_SIGN_FROM))
    if kind is IssuerKind.DISTRICT and not is_after(COMMUNES_SIGN_FROM, issued_on) and len(issued_on) > len("2025"):
        return because("districts_ended", day=show_date(COMMUNES_SIGN_FROM))
    return None


def register_prefix_differs(dossier: Dossier, lists: CodeLists) -> Found:
    """Letters of the register number against model and authority. Source: `resources/codes/register_prefixes.csv`."""
    certificate = dossier.certificate
    found = _PREFIX.match(certificate.register_number or "")
    prefix = lists.prefixes.get(found[1]) if found else None
    if prefix is None:
        return
    kind = issuer_kind(certificate.issuer or "")
    if certificate.model in set(Model) and certificate.model not in prefix.models:
        yield _prefix_finding(prefix.prefix, because("model", model=certificate.model), certificate.register_number)
    elif kind and kind not in prefix.issuers:
        yield _prefix_finding(prefix.prefix, because("issuer"), certificate.register_number)


def _prefix_finding(prefix: str, why: Why, number: str | None) -> Finding:
    return findings.make(
        "register_prefix_differs", "certificate.register_number", number=number, prefix=prefix, why=(why,)
    )


def register_prefix_fits(dossier: Dossier, lists: CodeLists) -> bool:
    """Whether the letters of the register number are known and fit both model and authority."""
    certificate = dossier.certificate
    found = _PREFIX.match(certificate.register_number or "")
    prefix = lists.prefixes.get(found[1]) if found else None
    kind = issuer_kind(certificate.issuer or "")
    return prefix is not None and kind in prefix.issuers and certificate.model in prefix.models


# ---------------------------------------------------------------- administrative units


def unit_of_other_era(dossier: Dossier, lists: CodeLists) -> Found:
    """Units in a parcel's address against the day of issue: Hà Bắc to 1996, districts to 30 June 2025, and so on.

    Source: `resources/codes/former_units.csv`. Addresses of holders may be older or newer than the certificate.
    """
    issued = dossier.certificate.issued_on
    for index, parcel in enumerate(dossier.parcels):
        if not issued or not parcel.address:
            continue
        where = (f"parcels[{index}].address", "certificate.issued_on")
        for why in era_mismatches(parcel.address, issued, lists.former_units):
            yield findings.make("unit_of_other_era", *where, why=(why,))


def era_mismatches(address: str, issued_on: str, units: tuple[FormerUnit, ...]) -> list[Why]:
    """Which units of an address did not exist on a day."""
    key = key_of(address)
    why = [
        because(unit.level, name=unit.name, day=show_date(issued_on))
        for unit in units
        if _names(unit, key) and _lived_not(unit, issued_on)
    ]
    has_district = _DISTRICT.search(key) or _DISTRICT_CITY.search(key)
    if has_district and len(issued_on) == len("2025-07-01") and issued_on >= COMMUNES_SIGN_FROM:
        why.append(because("districts_ended", day=show_date(COMMUNES_SIGN_FROM)))
    return why


def _names(unit: FormerUnit, key: str) -> bool:
    level = "tinh" if unit.level == "province" else "huyen"
    return f"{level} {key_of(unit.name)}" in key


def _lived_not(unit: FormerUnit, issued_on: str) -> bool:
    return is_after(unit.first_on, issued_on) or (unit.last_on is not None and is_after(issued_on, unit.last_on))


def commune_unknown(dossier: Dossier, lists: CodeLists) -> Found:
    """The commune of a parcel against the list of its era.

    Source: decision 19/2025/QĐ-TTg and the list before it. Communes that were joined before 2025 are not in the lists,
    so this only informs.
    """
    issued = dossier.certificate.issued_on or ""
    for index, parcel in enumerate(dossier.parcels):
        name = commune_of(parcel.address or "")
        if name is None or not lists.old_units:
            continue
        known = lists.new_unit_names if issued >= COMMUNES_SIGN_FROM else lists.old_unit_names
        if name not in known:
            shown = printed_commune(parcel.address or "")
            yield findings.make("commune_unknown", f"parcels[{index}].address", name=shown)


def commune_elsewhere(dossier: Dossier, lists: CodeLists) -> Found:
    """A commune of the list that lies in another huyện than the address says.

    Source: `resources/codes/communes_until_2025_06.csv`. Towns grew and districts were parted, so only a huyện is held
    against a huyện, and only those that still were in 2025; this only informs.
    """
    issued = dossier.certificate.issued_on or ""
    for index, parcel in enumerate(dossier.parcels):
        name, district = commune_of(parcel.address or ""), district_of(parcel.address or "")
        if name is None or district is None or issued >= COMMUNES_SIGN_FROM:
            continue
        listed = {unit.district or "" for unit in lists.old_units if bare_name(unit.name) == name}
        if not _is_elsewhere(f"huyen {district}", {key_of(one) for one in listed}, lists):
            continue
        yield findings.make(
            "commune_elsewhere",
            f"parcels[{index}].address",
            name=printed_commune(parcel.address or ""),
            listed=", ".join(sorted(listed)),
            district=lists.district_names[f"huyen {district}"],
        )


def _is_elsewhere(named: str, listed: set[str], lists: CodeLists) -> bool:
    """Whether a huyện that still was in 2025 is named for a commune that other huyện have."""
    is_sure = bool(listed) and all(key.startswith("huyen ") for key in listed)
    return is_sure and named in lists.district_names and named not in listed


_COMMUNE = re.compile(r"(?:^|,)\s*(xa|phuong|thi tran)\s+([^,.;]+)")
_HUYEN = re.compile(r"(?:^|,)\s*huyen\s+([^,.;]+)")


def commune_of(address: str) -> str | None:
    """Key of the commune an address names, without its type; None when it names none."""
    found = _COMMUNE.findall(fold_in_place(address))
    return key_of(found[-1][1]) if found else None


def printed_commune(address: str) -> str:
    """The commune an address names, as it is printed, without its type; "" when it names none."""
    found = list(_COMMUNE.finditer(fold_in_place(address)))
    return address[found[-1].start(2) : found[-1].end(2)].strip() if found else ""


def commune_kind(address: str) -> str | None:
    """Which kind of commune an address names: "xa", "phuong" or "thi tran"; None when it names none."""
    found = _COMMUNE.findall(fold_in_place(address))
    return str(found[-1][0]) if found else None


def district_of(address: str) -> str | None:
    """Key of the huyện an address names, without its type; None for another kind of district."""
    found = _HUYEN.findall(fold_in_place(address))
    return key_of(found[-1]) if found else None


def commune_fits(dossier: Dossier, lists: CodeLists, index: int) -> bool:
    """Whether the commune of a parcel is in the list of its era."""
    name = commune_of(dossier.parcels[index].address or "")
    issued = dossier.certificate.issued_on or ""
    return name in (lists.new_unit_names if issued >= COMMUNES_SIGN_FROM else lists.old_unit_names)
