"""Cross-checks of a dossier: small pure functions, each with its source, used on readings and on typed values alike.

A mismatch means "a person must look", never "wrong": papers carry errors of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from app.domain import findings, paths, serials
from app.domain.areas import print_area, words_to_area
from app.domain.change_checks import changes_out_of_order, release_day_differs, replaces_itself
from app.domain.code_lists import CodeLists, bare_name, key_of
from app.domain.dates import is_after, is_date, show_date, year_of
from app.domain.dossier import Certificate, CurrentUser, Dossier, Holder, IdKind, IdPaper, LandUse, Model, Parcel
from app.domain.fields import FIELDS
from app.domain.findings import Why, because
from app.domain.identity import is_tax_code, parse_barcode, parse_cccd, parse_certificate_qr
from app.domain.issuing import (
    commune_elsewhere,
    commune_unknown,
    issuer_unusual,
    register_prefix_differs,
    unit_of_other_era,
)
from app.domain.land_checks import (
    area_without_decimals,
    differ_by_comma,
    parcel_named_otherwise,
    purpose_unit_differs,
    term_ended,
)
from app.domain.reading import Finding, Severity

ISSUED_FROM = {
    Model.M1993: ("1987-01-01", "2004-12-31"),
    Model.M2003: ("2004-07-01", "2010-06-30"),
    Model.M2009: ("2009-12-10", "2014-12-31"),
    Model.M2014: ("2014-07-01", "2025-01-31"),
    Model.M2024: ("2024-08-01", "2150-12-31"),
}
"""First and last plausible day of issue by model; blanks of an old model were used up some months longer."""

USES_OF_FORM_01 = 3
LEAST_AGE_OF_CARD = 14
"""Source: law on citizen identity 2014; the cards of 1 July 2024 have no lower age."""
CARDS_FOR_CHILDREN_FROM = "2024-07-01"
LEAST_AGE_OF_HOLDER = 18
"""Minors may hold land, by inheritance for one; they are rare."""
MOST_AGE_OF_HOLDER = 105
CMND_PREFIXES = ("12",)
"""First digits of papers of nine digits of Hà Bắc, Bắc Ninh and Bắc Giang (121, 122, 125). General knowledge."""
_PLACE_NUMBER = re.compile(r"[A-ZĐ]{0,3}\d{1,5}(?:[-/.]\d{1,4}[a-z]?)?|[A-ZĐ]{2,3}\d{0,3}")

Found = Iterator[Finding]


def check_dossier(dossier: Dossier, lists: CodeLists, today: str | None = None) -> tuple[Finding, ...]:
    """Everything the checks say of a dossier's values, blocking findings first.

    Args:
        dossier: The values, read or typed.
        lists: Code lists.
        today: ISO date for "in the future"; None leaves that check out.
    """
    found = [*missing_values(dossier), *check_values(dossier, lists, today)]
    return tuple(sorted(found, key=lambda finding: finding.severity != Severity.BLOCKING))


def check_values(dossier: Dossier, lists: CodeLists, today: str | None = None) -> tuple[Finding, ...]:
    """What the checks say of the values that are there; nothing about missing ones."""
    found: list[Finding] = []
    for check in _CHECKS:
        found += check(dossier, lists)
    found += _dates_in_future(dossier, today)
    return tuple(found)


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that keep a dossier from `entered`."""
    return tuple(finding for finding in found if finding.severity == Severity.BLOCKING)


# ---------------------------------------------------------------- required values


def missing_values(dossier: Dossier) -> tuple[Finding, ...]:
    """Required values that are neither there nor blank with a reason; the order is the paper's."""
    reasons = {blank.path for blank in dossier.blanks}
    return tuple(
        findings.make("required_missing", path)
        for path in required_paths(dossier)
        if paths.get(dossier, path) in (None, "") and path not in reasons
    )


def required_paths(dossier: Dossier) -> tuple[str, ...]:
    """Paths that must have a value, with the indexes of the items there are; an empty list counts one item."""
    return tuple(path for spec in FIELDS if spec.required for path in _with_indexes(dossier, spec.pattern))


def _with_indexes(dossier: Dossier, pattern: str) -> list[str]:
    head, bracket, rest = pattern.partition("[]")
    if not bracket:
        return [pattern]
    items = paths.get(dossier, head) or (None,)
    return [path for index in range(len(items)) for path in _with_indexes(dossier, f"{head}[{index}]{rest}")]


# ---------------------------------------------------------------- parcels


def area_words_differ(dossier: Dossier, _: CodeLists) -> Found:
    """Digits against words. Source: the words arbitrate the digits (field notes on the 2009 and 2014 models)."""
    for index, parcel in enumerate(dossier.parcels):
        if parcel.area_m2 is None or not parcel.area_words:
            continue
        spoken = words_to_area(parcel.area_words)
        where = (f"parcels[{index}].area_m2", f"parcels[{index}].area_words")
        if spoken is None:
            yield findings.make("area_words_unread", *where)
        elif spoken != parcel.area_m2:
            yield findings.make(
                "area_words_differ", *where, digits=print_area(parcel.area_m2), words=print_area(spoken)
            )


def uses_sum_differs(dossier: Dossier, _: CodeLists) -> Found:
    """Sum over purposes equals the parcel's area. Source: circulars on certificates, confirmed by two programs."""
    for index, parcel in enumerate(dossier.parcels):
        total = sum_of_uses(parcel)
        if total is not None and parcel.area_m2 is not None and total != parcel.area_m2:
            where = [f"parcels[{index}].area_m2"]
            where += [f"parcels[{index}].uses[{at}].area_m2" for at in range(len(parcel.uses))]
            area = print_area(parcel.area_m2)
            if differ_by_comma(total, parcel.area_m2):
                yield findings.make("area_comma", *where, area=area, other=print_area(total))
            else:
                yield findings.make("uses_sum_differs", *where, total=print_area(total), area=area)


def sum_of_uses(parcel: Parcel) -> Decimal | None:
    """Sum of the areas by purpose; None unless every purpose has one."""
    areas = [use.area_m2 for use in parcel.uses]
    known = [area for area in areas if area is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(areas) else None


def purposes_unknown(dossier: Dossier, lists: CodeLists) -> Found:
    """Purposes and their codes against the list of purposes."""
    for path, use in _uses(dossier):
        code = lists.purpose_code(use.purpose) if use.purpose else None
        if use.purpose and code is None and lists.purposes:
            yield findings.make("purpose_unknown", f"{path}.purpose", purpose=use.purpose)
        elif code and use.purpose_code and code != use.purpose_code:
            where = (f"{path}.purpose_code", f"{path}.purpose")
            yield findings.make("purpose_code_differs", *where, code=use.purpose_code, purpose=use.purpose)


def too_many_uses(dossier: Dossier, _: CodeLists) -> Found:
    """More purposes than form 01 has columns for."""
    for index, parcel in enumerate(dossier.parcels):
        if len(parcel.uses) > USES_OF_FORM_01:
            yield findings.make("too_many_uses", f"parcels[{index}].uses[{USES_OF_FORM_01}].purpose")


def place_numbers(dossier: Dossier, _: CodeLists) -> Found:
    """Form of sheet and parcel numbers: digits, perhaps letters before and a part behind; they never end in a letter.

    Source: numbers such as "205", "PL9", "03-1" on certificates; a letter at the end is a misread digit.
    """
    for index, parcel in enumerate(dossier.parcels):
        for name, value in (("sheet", parcel.sheet), ("number", parcel.number)):
            if value and not _PLACE_NUMBER.fullmatch(value):
                yield findings.make("place_number_form", f"parcels[{index}].{name}", number=value)


def parcels_repeated(dossier: Dossier, _: CodeLists) -> Found:
    """The same sheet and number twice on one certificate."""
    places = [
        ((parcel.sheet, parcel.number), f"parcels[{index}].number")
        for index, parcel in enumerate(dossier.parcels)
        if parcel.sheet and parcel.number
    ]
    counts = Counter(place for place, _ in places)
    for place in (place for place, count in counts.items() if count > 1):
        same = (path for other, path in places if other == place)
        yield findings.make("parcel_repeated", *same, sheet=place[0], number=place[1])


def holders_repeated(dossier: Dossier, _: CodeLists) -> Found:
    """The same name and birth twice among the holders."""
    people = [
        ((key_of(holder.name), holder.born), f"holders[{index}].name")
        for index, holder in enumerate(dossier.holders)
        if holder.name and holder.born
    ]
    counts = Counter(person for person, _ in people)
    for person in (person for person, count in counts.items() if count > 1):
        yield findings.make("holder_repeated", *(path for other, path in people if other == person))


def _uses(dossier: Dossier) -> Iterator[tuple[str, LandUse]]:
    for index, parcel in enumerate(dossier.parcels):
        for at, use in enumerate(parcel.uses):
            yield f"parcels[{index}].uses[{at}]", use


# ---------------------------------------------------------------- people


def identity_structure(dossier: Dossier, lists: CodeLists) -> Found:
    """Structure of identity numbers against sex and birth year; check digit of tax codes."""
    for where, holder in _people(dossier):
        for index, paper in enumerate(holder.id_papers):
            yield from check_paper(f"{where}.id_papers[{index}]", paper, holder, lists)


def check_paper(where: str, paper: IdPaper, holder: Holder | CurrentUser, lists: CodeLists) -> Found:
    """Check one identity paper of a holder; `where` is the path of the paper."""
    number = paper.number or ""
    if not number:
        return
    if paper.kind == IdKind.CCCD:
        why = cccd_mismatches(number, holder.sex, holder.born, lists)
        if why:
            of = where.rpartition(".id_papers")[0]
            person = [f"{of}.{_NAMED_IN_NUMBER[one.code]}" for one in why if one.code in _NAMED_IN_NUMBER]
            yield findings.make("cccd_structure", f"{where}.number", *person, number=number, why=tuple(why))
    elif paper.kind == IdKind.CMND and not re.fullmatch(r"[0-9]{9}|[0-9]{12}", number):
        yield findings.make("cmnd_length", f"{where}.number", number=number)
    elif paper.kind == IdKind.TAX_CODE and not is_tax_code(number):
        yield findings.make("tax_code_check", f"{where}.number", number=number)


_NAMED_IN_NUMBER = {"sex": "sex", "year": "born"}
"""Reasons that speak against another value of the person as much as against the number."""


def cccd_mismatches(number: str, sex: str | None, born: str | None, lists: CodeLists) -> list[Why]:
    """Why a citizen identity number does not fit; empty when it fits or nothing can be compared.

    Source: circulars 07/2016 and 59/2021/TT-BCA.
    """
    parts = parse_cccd(number)
    if parts is None:
        return [because("length")]
    why = []
    if lists.provinces and parts.province not in lists.provinces:
        why.append(because("province", province=parts.province))
    if sex and sex != parts.sex:
        why.append(because("sex"))
    if born and year_of(born) != parts.birth_year:
        why.append(because("year", in_number=parts.birth_year, on_paper=year_of(born)))
    return why


def label_and_length(dossier: Dossier, _: CodeLists) -> Found:
    """Kind of a paper against the length of its number: CMND 9 (12 for some from 2012 on), CCCD 12.

    Source: circulars 04/1999 and 07/2016/TT-BCA; the length is trusted over the label.
    """
    for where, holder in _people(dossier):
        for index, paper in enumerate(holder.id_papers):
            number = paper.number or ""
            if paper.kind == IdKind.OTHER and re.fullmatch(r"[0-9]{9}|[0-9]{12}", number):
                yield findings.make("paper_kind_unclear", f"{where}.id_papers[{index}].kind", number=number)


def cmnd_prefix_unusual(dossier: Dossier, _: CodeLists) -> Found:
    """First digits of a paper of nine digits against the address of its holder; people move, so this only informs."""
    for where, holder in _people(dossier):
        for index, paper in enumerate(holder.id_papers):
            number, place = paper.number or "", key_of(holder.address or "")
            local = re.search(r"\btinh (bac ninh|bac giang|ha bac)\b", place)
            if paper.kind == IdKind.CMND and len(number) == 9 and local and not number.startswith(CMND_PREFIXES):
                yield findings.make("cmnd_prefix_unusual", f"{where}.id_papers[{index}].number", number=number)


def issued_too_young(dossier: Dossier, _: CodeLists) -> Found:
    """Nobody under 14 had an identity paper before July 2024. Source: law on citizen identity 2014, decree 05/1999."""
    for where, holder in _people(dossier):
        for index, paper in enumerate(holder.id_papers):
            of_person = paper.kind in (IdKind.CCCD, IdKind.CMND)
            if not (of_person and paper.issued_on and holder.born) or paper.issued_on >= CARDS_FOR_CHILDREN_FROM:
                continue
            if age_at(holder.born, paper.issued_on) < LEAST_AGE_OF_CARD:
                path = (f"{where}.id_papers[{index}].issued_on", f"{where}.born")
                yield findings.make("issued_too_young", *path, date=show_date(paper.issued_on))


def holder_age(dossier: Dossier, _: CodeLists) -> Found:
    """Holders under 18 or over 105 on the day of issue: possible, more often a misread year."""
    issued = dossier.certificate.issued_on
    for index, holder in enumerate(dossier.holders):
        if not issued or not holder.born or is_after(holder.born, issued):
            continue
        path = (f"holders[{index}].born", "certificate.issued_on")
        age = age_at(holder.born, issued)
        if age < LEAST_AGE_OF_HOLDER:
            yield findings.make("holder_minor", *path, age=age)
        elif age > MOST_AGE_OF_HOLDER:
            yield findings.make("date_implausible", *path, date=show_date(holder.born), why=(because("age", age=age),))


def age_at(born: str, on: str) -> int:
    """The most years somebody can have lived by a day; partial dates give the benefit of the doubt."""
    years = year_of(on) - year_of(born)
    shared = min(len(born), len(on))
    return years - 1 if shared > len("1958") and on[4:shared] < born[4:shared] else years


def identity_repeated(dossier: Dossier, _: CodeLists) -> Found:
    """The same number for two holders of one certificate."""
    seen = [
        (paper.number, f"holders[{index}].id_papers[{at}].number")
        for index, holder in enumerate(dossier.holders)
        for at, paper in enumerate(holder.id_papers)
        if paper.number
    ]
    counts = Counter(number for number, _ in seen)
    for number in (number for number, count in counts.items() if count > 1):
        yield findings.make("identity_repeated", *(path for other, path in seen if other == number), number=number)


def _people(dossier: Dossier) -> Iterator[tuple[str, Holder | CurrentUser]]:
    for index, holder in enumerate(dossier.holders):
        yield f"holders[{index}]", holder
    for index, user in enumerate(dossier.current_users):
        yield f"current_users[{index}]", user


# ---------------------------------------------------------------- the certificate


def serial_form(dossier: Dossier, _: CodeLists) -> Found:
    """Form of the serial by model. Source: two letters and 8 digits with a QR code, else 6 digits."""
    serial, model = dossier.certificate.serial, dossier.certificate.model
    if serial and model and not serials.is_placeholder(serial) and not serials.fits(serial, model):
        yield findings.make("serial_form", "certificate.serial", "certificate.model", serial=serial, model=model)


def barcode_differs(dossier: Dossier, lists: CodeLists) -> Found:
    """Bar code against issue year, registry number and the parcel's commune. Source: circular 23/2014."""
    barcode = dossier.certificate.barcode
    why = list(barcode_mismatches(dossier, lists)) if barcode else []
    for path, reason in why:
        yield findings.make("barcode_differs", "certificate.barcode", path, barcode=barcode, why=(reason,))


def barcode_mismatches(dossier: Dossier, lists: CodeLists) -> Iterator[tuple[str, Why]]:
    """Paths that do not fit the bar code, with the reason."""
    certificate = dossier.certificate
    parts = parse_barcode(certificate.barcode or "")
    if parts is None:
        yield "certificate.barcode", because("length")
        return
    if certificate.issued_on and year_of(certificate.issued_on) != parts.year:
        yield "certificate.issued_on", because("year", year=parts.year)
    digits = re.sub(r"\D", "", certificate.register_number or "")
    if digits and int(digits) != int(parts.sequence):
        yield "certificate.register_number", because("register", sequence=parts.sequence)
    unit = lists.old_units_by_code.get(parts.unit_code)
    address = dossier.parcels[0].address if dossier.parcels else None
    if unit and address and bare_name(unit.name) not in key_of(address):
        yield "parcels[0].address", because("unit", unit=unit.name)


def qr_differs(dossier: Dossier, _: CodeLists) -> Found:
    """QR code against the printed serial and certificate code."""
    certificate = dossier.certificate
    parts = parse_certificate_qr(certificate.qr or "")
    if parts is None:
        return
    for name, in_qr in (("serial", parts.serial), ("code", parts.code)):
        value = getattr(certificate, name)
        if in_qr and value and in_qr != value:
            yield findings.make("qr_differs", f"certificate.{name}", "certificate.qr", qr=in_qr, value=value)


def dates_implausible(dossier: Dossier, _: CodeLists) -> Found:
    """Issue date against the model's period; births and papers against the issue date."""
    issued = dossier.certificate.issued_on
    period = _period(dossier.certificate)
    if issued and period and (is_after(issued, period[1]) or is_after(period[0], issued)):
        first, last = map(show_date, period)
        why = because("model_period", model=dossier.certificate.model, first=first, last=last)
        where = ("certificate.issued_on", "certificate.model")
        yield findings.make("date_implausible", *where, date=show_date(issued), why=(why,))
    for where_, holder in _people(dossier):
        if issued and holder.born and is_after(holder.born, issued) and where_.startswith("holders"):
            path = (f"{where_}.born", "certificate.issued_on")
            yield findings.make(
                "date_implausible", *path, date=show_date(holder.born), why=(because("born_after_issue"),)
            )
    for index, change in enumerate(dossier.changes):
        if issued and change.on and is_date(change.on) and is_after(issued, change.on):
            path = (f"changes[{index}].on", "certificate.issued_on")
            yield findings.make("date_implausible", *path, date=show_date(change.on), why=(because("before_issue"),))


def _period(certificate: Certificate) -> tuple[str, str] | None:
    return ISSUED_FROM.get(Model(certificate.model)) if certificate.model in set(Model) else None


def _dates_in_future(dossier: Dossier, today: str | None) -> Found:
    named = [("certificate.issued_on", dossier.certificate.issued_on)]
    named += [("certificate.registered_on", dossier.certificate.registered_on)]
    named += [(f"{where}.born", holder.born) for where, holder in _people(dossier)]
    named += [(f"changes[{index}].on", change.on) for index, change in enumerate(dossier.changes)]
    for path, value in named:
        if today and value and is_after(value, today):
            yield findings.make("date_implausible", path, date=show_date(value), why=(because("in_future"),))


_CHECKS: tuple[Callable[[Dossier, CodeLists], Found], ...] = (
    serial_form,
    barcode_differs,
    qr_differs,
    dates_implausible,
    issuer_unusual,
    register_prefix_differs,
    unit_of_other_era,
    commune_unknown,
    commune_elsewhere,
    replaces_itself,
    changes_out_of_order,
    release_day_differs,
    identity_structure,
    label_and_length,
    cmnd_prefix_unusual,
    issued_too_young,
    identity_repeated,
    holder_age,
    holders_repeated,
    place_numbers,
    parcels_repeated,
    area_words_differ,
    uses_sum_differs,
    area_without_decimals,
    parcel_named_otherwise,
    purposes_unknown,
    purpose_unit_differs,
    term_ended,
    too_many_uses,
)
