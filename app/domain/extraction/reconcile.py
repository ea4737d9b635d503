"""Values that explain each other: area in digits and words, sums, bar code, QR code, identity numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from app.domain import paths
from app.domain.areas import words_to_area
from app.domain.change_checks import released_mortgages
from app.domain.checks import ISSUED_FROM, LEAST_AGE_OF_HOLDER, MOST_AGE_OF_HOLDER, age_at, cccd_mismatches
from app.domain.code_lists import CodeLists, bare_name
from app.domain.dates import make_date, year_of
from app.domain.dossier import Dossier, HolderKind, IdKind, Model, Parcel
from app.domain.extraction.drafts import Draft, derived
from app.domain.extraction.rows import PageText
from app.domain.identity import is_tax_code, parse_barcode, parse_cccd, parse_certificate_qr
from app.domain.issuing import commune_fits, commune_of, issuer_kind, issuer_mismatch, register_prefix_fits
from app.domain.land_checks import areas_of, has_decimals, is_worded_otherwise, named_parcels, term_fits, unit_fits
from app.domain.reading import Finding, Source
from app.domain.syllables import odd_syllables

MOST_USES = 6
"""More uses than this on one parcel are not tried for lost commas."""
LEAST_FIGURES_OF_PLAN = 3
"""Shorter numbers stand in drawings and tables of coordinates by chance."""
FROM_WORDS, BY_DIFFERENCE = "from_words", "by_difference"
"""Doubts of areas that were not read from figures: they cannot confirm what they came from."""
WITH_DECIMALS = frozenset({Model.M2009, Model.M2014, Model.M2024})
"""Models whose areas have one decimal. Source: circulars 17/2009, 23/2014 and 10/2024/TT-BTNMT."""
WITH_BARRED_LETTERS = frozenset({Model.M1993, Model.M2003})
"""Models whose serials run through the Vietnamese alphabet, D and Đ among it. Source: serials such as "AĐ 123456"."""
VIETNAMESE_TEXTS = frozenset(
    {
        *("certificate.issuer", "certificate.signer", "certificate.signer_title", "certificate.notes"),
        *("holders[].name", "holders[].address", "holders[].id_papers[].issuer"),
        *("current_users[].name", "current_users[].address", "current_users[].id_papers[].issuer"),
        *("parcels[].address", "parcels[].area_words", "parcels[].uses[].purpose", "parcels[].uses[].origin"),
        *("parcels[].uses[].term", "assets[].name", "assets[].ownership", "assets[].term", "assets[].grade"),
        *("assets[].address", "changes[].text", "changes[].confirmed_by"),
    }
)
CARD_SOURCES = frozenset({Source.ID_CARD, Source.MRZ})
_PRINTED_OF_PERSON = re.compile(r"holders\[\d+\]\.(?:name|born|sex|address|id_papers\[0\]\.\w+)")
FIRST_BARCODE_YEAR, LAST_BARCODE_YEAR = 2009, 2025
"""Bar codes came with the model of 2009 and ended with that of 2014."""


def settle_area(drafts: Sequence[Draft], where: str) -> list[Draft]:
    """Let the words arbitrate digits that lost their comma; add the words' area as a second reading otherwise.

    Source: the words arbitrate the digits; areas are printed with one decimal.
    """
    path = f"{where}.area_m2"
    digits = next((draft for draft in drafts if draft.path == path), None)
    words = next((draft for draft in drafts if draft.path == f"{where}.area_words" and draft.value), None)
    spoken = words_to_area(words.value) if words and words.value else None
    if words is None or spoken is None:
        return list(drafts)
    if digits is not None and digits.value is not None and Decimal(digits.value) == spoken:
        return list(drafts)
    others = [draft.value for draft in drafts if draft.path.endswith("area_m2") and draft.value]
    are_whole = bool(others) and not any("." in value for value in others)
    printed = spoken if spoken % 1 or are_whole else spoken.quantize(Decimal("0.1"))
    from_words = replace(words, path=path, value=format(printed, "f"), doubts=(*words.doubts, FROM_WORDS))
    if digits is not None and digits.value and _same_digits(digits.value, from_words.value or ""):
        mended = replace(digits, value=from_words.value, doubts=(*digits.doubts, "mended"))
        return [mended if draft is digits else draft for draft in drafts]
    return [*(draft for draft in drafts if draft is not digits or draft.value), from_words]


def _same_digits(one: str, other: str) -> bool:
    return one.replace(".", "").lstrip("0") == other.replace(".", "").lstrip("0")


def settle_uses(drafts: Sequence[Draft], where: str) -> list[Draft]:
    """Use areas that lost their comma: the one place for it that makes the sum equal the parcel's area."""
    total = _number(drafts, f"{where}.area_m2")
    uses = [draft for draft in drafts if re.fullmatch(rf"{re.escape(where)}\.uses\[\d+\]\.area_m2", draft.path)]
    if total is None or not 2 <= len(uses) <= MOST_USES or any(draft.value is None for draft in uses):
        return list(drafts)
    fitting = [pick for pick in product(*map(_comma_choices, uses)) if sum(pick) == total]
    if len(fitting) != 1:
        return list(drafts)
    new = dict(zip((draft.path for draft in uses), fitting[0], strict=True))
    return [
        replace(draft, value=format(new[draft.path], "f"), doubts=(*draft.doubts, "mended"))
        if draft.path in new and Decimal(draft.value or 0) != new[draft.path]
        else draft
        for draft in drafts
    ]


def settle_missing_use(drafts: Sequence[Draft], where: str) -> list[Draft]:
    """The area of the one use whose own could not be read: what the others leave of the parcel."""
    total = _number(drafts, f"{where}.area_m2")
    uses = {draft.path.rpartition(".")[0] for draft in drafts if draft.path.startswith(f"{where}.uses[")}
    known = {use: _number(drafts, f"{use}.area_m2") for use in uses}
    missing = [use for use, area in known.items() if area is None]
    if total is None or len(missing) != 1 or len(uses) < 2:
        return list(drafts)
    rest = total - sum((area for area in known.values() if area is not None), Decimal(0))
    if rest <= 0:
        return list(drafts)
    kept = [draft for draft in drafts if draft.path != f"{missing[0]}.area_m2"]
    left = derived(f"{missing[0]}.area_m2", format(rest, "f"))
    return [*kept, replace(left, doubts=(BY_DIFFERENCE,))]


def _comma_choices(draft: Draft) -> list[Decimal]:
    value = draft.value or "0"
    digits = f"0{value.replace('.', '')}"
    return list(dict.fromkeys((Decimal(value), Decimal(f"{digits[:-1]}.{digits[-1]}"))))


def _number(drafts: Sequence[Draft], path: str) -> Decimal | None:
    value = next((draft.value for draft in drafts if draft.path == path and draft.value), None)
    return Decimal(value) if value else None


def settle_barcode(drafts: Sequence[Draft]) -> list[Draft]:
    """Doubt a bar code of a year in which no certificate had one."""
    return [
        replace(draft, doubts=(*draft.doubts, "odd_year"))
        if draft.path == "certificate.barcode" and draft.value and not _has_year(draft.value)
        else draft
        for draft in drafts
    ]


def _has_year(barcode: str) -> bool:
    parts = parse_barcode(barcode)
    return parts is not None and FIRST_BARCODE_YEAR <= parts.year <= LAST_BARCODE_YEAR


# ---------------------------------------------------------------- agreements


def confirmed_paths(record: Dossier, pages: Sequence[PageText], drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Paths whose value another, independent value agrees with; once for each agreement.

    Args:
        record: The values chosen.
        pages: All pages, for the figures written into the drawing.
        drafts: Where the values came from.
    """
    doubts = {draft.path: draft.doubts for draft in drafts if draft.value is not None}
    found: list[str] = []
    for index, parcel in enumerate(record.parcels):
        where = f"parcels[{index}]"
        if FROM_WORDS not in doubts.get(f"{where}.area_m2", ()):
            found += _by_words(parcel, where)
        if not any(BY_DIFFERENCE in doubts.get(f"{where}.uses[{at}].area_m2", ()) for at in range(len(parcel.uses))):
            found += _by_sum(parcel, where)
    return (*found, *_by_barcode(record), *_by_identity(record), *_by_plan(record, pages, drafts))


def supporting_paths(record: Dossier, lists: CodeLists, drafts: Sequence[Draft] = ()) -> dict[str, tuple[str, ...]]:
    """Weaker agreements by path, with their names: they speak for a value without confirming all of it.

    `prefix_fits`: letters of the register number fit model and authority · `period_fits`: the day of issue lies in the
    model's period · `issuer_fits`: the authority fits model and day · `era_unit`: the commune of the address is in the
    list of its era · `barcode_unit`: the commune in the bar code is the one of the address · `barcode_year`: its year
    is the year of issue · `number_fits`: sex, year and province in a citizen number fit the holder · `age_fits`: the
    holder was of age at issue · `term_fits`: the term is of the kind the purpose has · `unit_fits`: a residential
    purpose fits the kind of commune · `named_again`: another text of the paper, or its QR code, names the same.
    Some speak against a value: `whole_area`: an area without decimals on a model that prints them · `odd_syllable`: a
    word in it cannot be Vietnamese · `barred_letter`: the letter D of an old serial may be Đ · `other_wording`: the
    purpose is worded as the law before or after the model has it · `only_on_card`: an identity card says it of somebody
    on the certificate, where nothing could be read of it.

    Args:
        record: The values chosen.
        lists: Code lists.
        drafts: Where the values came from, when there is a certificate; none for cards alone.
    """
    found: dict[str, tuple[str, ...]] = {}
    for path, name in (
        *_certificate_support(record, lists),
        *_parcel_support(record, lists),
        *_use_support(record, lists),
        *_whole_areas(record),
        *_people_support(record, lists),
        *_named_again(record),
        *_odd_texts(record),
        *((path, "only_on_card") for path in _only_on_cards(drafts)),
    ):
        found[path] = (*found.get(path, ()), name)
    return found


def _certificate_support(record: Dossier, lists: CodeLists) -> Iterator[tuple[str, str]]:
    certificate = record.certificate
    if register_prefix_fits(record, lists):
        yield "certificate.register_number", "prefix_fits"
    period = ISSUED_FROM.get(Model(certificate.model)) if certificate.model in set(Model) else None
    if certificate.issued_on and period and period[0] <= certificate.issued_on <= period[1]:
        yield "certificate.issued_on", "period_fits"
    kind = issuer_kind(certificate.issuer or "")
    if kind and certificate.issued_on and not issuer_mismatch(kind, certificate.model, certificate.issued_on):
        yield "certificate.issuer", "issuer_fits"
    if certificate.model in WITH_BARRED_LETTERS and "D" in (certificate.serial or ""):
        yield "certificate.serial", "barred_letter"
    parts = parse_barcode(certificate.barcode or "")
    if parts and certificate.issued_on and year_of(certificate.issued_on) == parts.year:
        yield "certificate.issued_on", "barcode_year"


def _parcel_support(record: Dossier, lists: CodeLists) -> Iterator[tuple[str, str]]:
    for index, parcel in enumerate(record.parcels):
        if parcel.address and commune_fits(record, lists, index):
            yield f"parcels[{index}].address", "era_unit"
    parts = parse_barcode(record.certificate.barcode or "")
    unit = lists.old_units_by_code.get(parts.unit_code) if parts else None
    if unit and record.parcels and commune_of(record.parcels[0].address or "") == bare_name(unit.name):
        yield "certificate.barcode", "barcode_unit"
        yield "parcels[0].address", "barcode_unit"


def _use_support(record: Dossier, lists: CodeLists) -> Iterator[tuple[str, str]]:
    for index, parcel in enumerate(record.parcels):
        for at, use in enumerate(parcel.uses):
            where = f"parcels[{index}].uses[{at}]"
            if is_worded_otherwise(use.purpose, record.certificate.model):
                yield f"{where}.purpose", "other_wording"
            if term_fits(use, lists):
                yield f"{where}.term", "term_fits"
            if unit_fits(parcel, use, lists):
                yield f"{where}.purpose", "unit_fits"


def _whole_areas(record: Dossier) -> Iterator[tuple[str, str]]:
    if record.certificate.model in WITH_DECIMALS:
        yield from ((path, "whole_area") for path, area in areas_of(record) if not has_decimals(area))


def _odd_texts(record: Dossier) -> Iterator[tuple[str, str]]:
    """Texts with words that are no Vietnamese; names of organisations may hold foreign ones."""
    organisations = {f"holders[{at}].name" for at, one in enumerate(record.holders) if one.kind != HolderKind.PERSON}
    for path, value in paths.leaves(record):
        is_text = value and path not in organisations and paths.pattern(path) in VIETNAMESE_TEXTS
        if is_text and odd_syllables(value):
            yield path, "odd_syllable"


def _only_on_cards(drafts: Sequence[Draft]) -> Iterator[str]:
    """What a card says in the place of what the certificate prints; further papers of a person are the card's own."""
    sources: dict[str, set[str]] = {}
    for draft in drafts:
        if draft.value is not None and _PRINTED_OF_PERSON.fullmatch(draft.path):
            sources.setdefault(draft.path, set()).add(draft.source)
    return (path for path, found in sources.items() if found <= CARD_SOURCES)


def _named_again(record: Dossier) -> Iterator[tuple[str, str]]:
    """Parcels named in notes and changes, mortgages a release names, the day a QR code was made."""
    named = {(parcel.sheet, parcel.number) for parcel in named_parcels(record)}
    for index, parcel in enumerate(record.parcels):
        if (parcel.sheet, parcel.number) in named:
            yield from ((f"parcels[{index}].{name}", "named_again") for name in ("sheet", "number"))
    for at in dict.fromkeys(released_mortgages(record)):
        yield f"changes[{at}].on", "named_again"
    qr = parse_certificate_qr(record.certificate.qr or "")
    made = re.match(r"(\d{2})-(\d{2})-(\d{4})-", qr.created) if qr else None
    if made and record.certificate.issued_on == make_date(made[1], made[2], made[3]):
        yield "certificate.issued_on", "named_again"


def _people_support(record: Dossier, lists: CodeLists) -> Iterator[tuple[str, str]]:
    issued = record.certificate.issued_on
    for index, holder in enumerate(record.holders):
        where = f"holders[{index}]"
        if issued and holder.born and LEAST_AGE_OF_HOLDER <= age_at(holder.born, issued) <= MOST_AGE_OF_HOLDER:
            yield f"{where}.born", "age_fits"
        for at, paper in enumerate(holder.id_papers):
            is_known = paper.kind == IdKind.CCCD and paper.number and (holder.sex or holder.born)
            if is_known and not cccd_mismatches(paper.number or "", holder.sex, holder.born, lists):
                yield f"{where}.id_papers[{at}].number", "number_fits"


def _by_words(parcel: Parcel, where: str) -> list[str]:
    if parcel.area_m2 is None or not parcel.area_words or words_to_area(parcel.area_words) != parcel.area_m2:
        return []
    single = [f"{where}.uses[0].area_m2"] if len(parcel.uses) == 1 else []
    return [f"{where}.area_m2", f"{where}.area_words", *single]


def _by_sum(parcel: Parcel, where: str) -> list[str]:
    areas = [use.area_m2 for use in parcel.uses]
    known = [area for area in areas if area is not None]
    if len(known) != len(areas) or len(areas) < 2 or sum(known) != parcel.area_m2:
        return []
    return [f"{where}.area_m2", *(f"{where}.uses[{at}].area_m2" for at in range(len(areas)))] * 2


def _by_barcode(record: Dossier) -> list[str]:
    certificate = record.certificate
    parts = parse_barcode(certificate.barcode or "")
    if parts is None:
        return []
    found = []
    if certificate.issued_on and year_of(certificate.issued_on) == parts.year:
        found += ["certificate.barcode"]
    register = re.fullmatch(r"[A-ZĐ]{1,3} (\d+)", certificate.register_number or "")
    if register and int(register[1]) == int(parts.sequence):
        found += ["certificate.register_number", "certificate.barcode"]
    return found


def _by_identity(record: Dossier) -> list[str]:
    """Sex and birth year inside a citizen identity number; the check digit of a tax code.

    They do not confirm the whole citizen number: six of its twelve digits are a sequence without a check digit.
    """
    found = []
    for index, holder in enumerate(record.holders):
        for at, paper in enumerate(holder.id_papers):
            path = f"holders[{index}].id_papers[{at}].number"
            parts = parse_cccd(paper.number or "")
            if paper.kind == IdKind.CCCD and parts and holder.born and year_of(holder.born) == parts.birth_year:
                found += [f"holders[{index}].born"]
            if paper.kind == IdKind.CCCD and parts and holder.sex == parts.sex:
                found += [f"holders[{index}].sex"]
            if paper.kind == IdKind.TAX_CODE and is_tax_code(paper.number or ""):
                found += [path]
    return found


def _by_plan(record: Dossier, pages: Sequence[PageText], drafts: Sequence[Draft]) -> list[str]:
    """Parcel number and area are written into the drawing of the parcel as well, which is on another page."""
    if not record.parcels:
        return []
    parcel = record.parcels[0]
    told = {
        "parcels[0].number": parcel.number,
        "parcels[0].area_m2": None if parcel.area_m2 is None else format(parcel.area_m2, "f").replace(".", ","),
    }
    found = []
    for path, words in told.items():
        own = {draft.page for draft in drafts if draft.path == path}
        if words and len(words) >= LEAST_FIGURES_OF_PLAN and words in _words_elsewhere(pages, own):
            found.append(path)
    return found


def _words_elsewhere(pages: Sequence[PageText], own: set[int | None]) -> set[str]:
    """The words of the pages a value was not read from."""
    others = [page for page in pages if page.page not in own]
    return {item.word.text.strip(".,;:") for page in others for row in page.rows for item in row.items}


def doubted_paths(findings: Sequence[Finding]) -> frozenset[str]:
    """Paths a warning names."""
    return frozenset(path for finding in findings if finding.severity != "info" for path in finding.paths)
