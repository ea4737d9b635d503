"""A whole fictional certificate, drawn from a seed before anything is printed.

What is printed of it, and therefore what belongs to the truth, is decided by the layouts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.samples import wording
from tests.samples.numbers import short_date
from tests.samples.people import Company, Person, draw_company, draw_name, draw_person
from tests.samples.places import COMMUNES, TWO_LEVELS_FROM, Commune, Place, capitalised, draw_address, place_on

LETTERS_2014 = ("B", "B", "C", "C", "C", "D")
SECOND_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"
UNIT_PREFIXES = {"Bắc Ninh": "H05.16.11", "Bắc Giang": "H02.14.08"}
OPAQUE_QR_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True, kw_only=True)
class Owners:
    """Who holds the land.

    Attributes:
        form: "person", "couple", "household" or "company".
        people: One person, or the couple in printed order.
        addresses: One per printed block; a couple may have one for both.
        company: Set for a company only.
    """

    form: str
    people: tuple[Person, ...] = ()
    addresses: tuple[str, ...] = ()
    company: Company | None = None


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """The parcel of the certificate."""

    sheet: str
    number: str
    address: str
    area: Decimal
    form: str
    uses: tuple[wording.LandUse, ...]
    house: wording.House | None


@dataclass(frozen=True, kw_only=True)
class Signature:
    """The block above the signature.

    Attributes:
        place: Where it was signed.
        organisation: Printed lines of the authority, the first with "TM." where it acts for a committee.
        issuer: The authority's name in one line, without "TM.".
        capacity: Lines that say for whom the signer acts ("KT. CHỦ TỊCH"), often none.
        title: The signer's own title, last line.
        seal: Text around the round stamp.
    """

    place: str
    organisation: tuple[str, ...]
    issuer: str
    capacity: tuple[str, ...]
    title: str
    signer: str
    seal: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A part of a change's text that fills paths of its own; "{change}" in a path is the row's index."""

    text: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the table of changes; `marks` are parts of the text, in its order."""

    on: date
    text: str
    marks: tuple[Mark, ...]
    office: str
    title: str
    signer: str


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Everything a certificate says, and a little more than is printed."""

    model: str
    serial: str
    register_number: str
    issued_on: date
    owners: Owners
    parcel: Parcel
    signature: Signature
    note: wording.Note | None
    changes: tuple[Change, ...]
    barcode: str
    qr: str
    code: str


def draw_certificate(rng: Random, model: str) -> Certificate:
    """Draw a certificate of the model "2014" or "2024"."""
    issued_on = _draw_issue_date(rng, model)
    commune = rng.choice(COMMUNES)
    place = place_on(commune, issued_on)
    form = rng.choices(("person", "couple", "household", "company"), (34, 40, 14, 12))[0]
    owners = _draw_owners(rng, form, place, commune.province, issued_on, model)
    prefix, signature = _draw_signature(rng, form, place, issued_on)
    sequence = int(10 ** rng.uniform(1.3, 4.9))
    register_number = f"{prefix} {sequence:05d}".strip()
    serial = _draw_serial(rng, model, issued_on)
    code = str(rng.randrange(10**11, 10**12))
    return Certificate(
        model=model,
        serial=serial,
        register_number=register_number,
        issued_on=issued_on,
        owners=owners,
        parcel=_draw_parcel(rng, form, place, model),
        signature=signature,
        note=wording.draw_note(rng, commune),
        changes=_draw_changes(rng, owners, commune, issued_on, model),
        barcode=f"{place.code}{issued_on.year % 100:02d}{sequence:06d}",
        qr=_draw_qr(rng, issued_on, commune.province, serial, code),
        code=code,
    )


def _draw_issue_date(rng: Random, model: str) -> date:
    first, last = (date(2014, 7, 1), date(2024, 12, 31)) if model == "2014" else (date(2025, 1, 6), date(2026, 9, 30))
    return first + timedelta(days=rng.randrange((last - first).days))


def _draw_serial(rng: Random, model: str, issued_on: date) -> str:
    if model == "2024":
        return f"A{rng.choice('AAAB')} {rng.randrange(100_000_000):08d}"
    first = "D" if issued_on.year >= 2020 else rng.choice("BC" if issued_on.year < 2017 else "C")
    return f"{first}{rng.choice(SECOND_LETTERS)} {rng.randrange(1_000_000):06d}"


def _draw_owners(rng: Random, form: str, place: Place, province: str, issued_on: date, model: str) -> Owners:
    if form == "company":
        company = draw_company(rng, province=province, before=issued_on)
        address = (
            f"Lô CN-{rng.randint(1, 40):02d}, {draw_address(rng, place)}"
            if rng.random() < 0.4
            else draw_address(rng, place)
        )
        return Owners(form=form, company=company, addresses=(capitalised(address),))
    old_paper = model == "2014" and rng.random() < (0.85 if issued_on.year < 2020 else 0.25)
    id_kind = "cmnd" if old_paper else "cccd"
    first_sex = rng.choice(("male", "male", "female"))
    sexes = (first_sex, "female" if first_sex == "male" else "male") if form == "couple" else (first_sex,)
    born = rng.randint(1938, issued_on.year - 24)
    people = tuple(
        draw_person(rng, sex=sex, born=min(born + rng.randint(-3, 3) * index, 2005), id_kind=id_kind, province=province)
        for index, sex in enumerate(sexes)
    )
    if len({person.id_number for person in people}) < len(people):
        return _draw_owners(rng, form, place, province, issued_on, model)
    home = place if rng.random() < 0.8 else place_on(rng.choice(COMMUNES), issued_on)
    address = draw_address(rng, home)
    addresses = (address, address) if form == "couple" and rng.random() < 0.6 else (address,)
    return Owners(form=form, people=people, addresses=addresses)


def _draw_parcel(rng: Random, form: str, place: Place, model: str) -> Parcel:
    is_company = form == "company"
    uses = (
        wording.draw_company_uses(rng, model)
        if is_company
        else wording.draw_home_uses(rng, model, is_urban=place.is_urban)
    )
    has_home = uses[0].code in {"ODT", "ONT"}
    house = (
        wording.draw_house(rng, model, is_home=not is_company)
        if (has_home or is_company) and rng.random() < 0.35
        else None
    )
    number = str(rng.randint(1, 980))
    if rng.random() < 0.06:
        number = rng.choice((f"PL{rng.randint(1, 60)}", f"{rng.randint(1, 40):02d}-{rng.randint(1, 9)}"))
    address = place.text if rng.random() < 0.12 else draw_address(rng, place)
    return Parcel(
        sheet=str(rng.randint(1, 140)),
        number=number,
        address=capitalised(address),
        area=sum((use.area for use in uses), Decimal(0)),
        form=rng.choice(("Sử dụng riêng",) * 4 + ("Sử dụng chung",)),
        uses=uses,
        house=house,
    )


def _draw_signature(rng: Random, form: str, place: Place, day: date) -> tuple[str, Signature]:
    """Draw who signed; returns the prefix of the register number and the block."""
    province = f"TỈNH {place.province.upper()}"
    kind = _draw_authority(rng, form, day)
    deputy = rng.random() < 0.5
    signer = draw_name(rng, rng.choice(("male", "male", "male", "female")))
    if kind == "committee":
        unit = (place.district or f"{place.unit} {place.name}").upper()
        issuer = f"ỦY BAN NHÂN DÂN {unit}"
        title = "PHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH"
        capacity = ("KT. CHỦ TỊCH",) if deputy else ()
        prefix = "CH" if place.district else rng.choice(("", "CH"))
        return prefix, _signature(place.district_name, (f"TM. {issuer}",), issuer, capacity, title, signer)
    if kind == "department":
        issuer = f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG {province}"
        if form == "company":
            capacity, title, prefix = ("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "CT"
        else:
            capacity, title, prefix = ("TUQ. GIÁM ĐỐC",), "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "CS"
        return prefix, _signature(place.province, (issuer,), issuer, capacity, title, signer)
    office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {province}"
    if kind == "office":
        lines: tuple[str, ...] = (office,)
        prefix = "VP"
    else:
        branch = place.district.upper() if place.district else f"SỐ {rng.randint(1, 9)}"
        lines = (office, f"CHI NHÁNH {branch}")
        prefix = "CN"
    capacity = ("KT. GIÁM ĐỐC",) if deputy else ()
    title = "PHÓ GIÁM ĐỐC" if deputy else "GIÁM ĐỐC"
    return prefix, _signature(place.district_name, lines, " ".join(lines), capacity, title, signer)


def _draw_authority(rng: Random, form: str, day: date) -> str:
    """Say who may sign on a day: committee, department, registration office or its branch."""
    if form == "company":
        return "department" if day.year < 2025 else "office"
    if day < date(2023, 5, 20):
        return rng.choice(("committee", "department"))
    return rng.choice(("committee", "branch", "branch"))


def _signature(
    place: str, organisation: tuple[str, ...], issuer: str, capacity: tuple[str, ...], title: str, signer: str
) -> Signature:
    return Signature(
        place=place,
        organisation=organisation,
        issuer=issuer,
        capacity=capacity,
        title=title,
        signer=signer,
        seal=issuer,
    )


def _draw_changes(rng: Random, owners: Owners, commune: Commune, issued_on: date, model: str) -> tuple[Change, ...]:
    """Draw no change, a mortgage, a mortgage and its release, or a new owner."""
    kind = rng.choices(("none", "mortgage", "release", "owner"), (52, 18, 22, 8))[0]
    start = issued_on + timedelta(days=rng.randint(12, 120))
    end = start + timedelta(days=rng.randint(60, 900))
    if model == "2024":
        end = min(end, date(2026, 11, 10))
        start = min(start, end - timedelta(days=20))
    number = f"{rng.randrange(1, 10_000):06d}"
    if kind == "owner" and owners.form != "company":
        return (_new_owner_change(rng, place_on(commune, start), start, number),)
    with_assets = rng.choice(("", ", tài sản gắn liền với đất"))
    bank = _draw_bank(rng, commune)
    mortgage = f"Thế chấp bằng quyền sử dụng đất{with_assets} tại {bank} theo hồ sơ số {number}.TC.001"
    release = f"Xóa nội dung đăng ký thế chấp ngày {short_date(start)} theo hồ sơ số {number}.XC.001"
    rows = (
        _change(rng, place_on(commune, start), start, mortgage, (_number_mark(f"{number}.TC.001"),)),
        _change(rng, place_on(commune, end), end, release, (_number_mark(f"{number}.XC.001"),)),
    )
    return rows[: {"mortgage": 1, "release": 2}.get(kind, 0)]


def _draw_bank(rng: Random, commune: Commune) -> str:
    bank = rng.choice(wording.BANKS)
    return f"{bank} - Chi nhánh {commune.province}" if rng.random() < 0.6 else bank


def _new_owner_change(rng: Random, place: Place, day: date, number: str) -> Change:
    """Draw a transfer, gift or inheritance to one person or a couple: they are the current users."""
    opener, suffix, reason = rng.choice(wording.WAYS_TO_NEW_OWNERS)
    sex = rng.choice(("male", "female"))
    couple = rng.random() < 0.5
    sexes = (sex, "female" if sex == "male" else "male") if couple else (sex,)
    born = rng.randint(1955, 1992)
    people = [
        draw_person(rng, sex=each, born=born + rng.randint(0, 6), id_kind="cccd", province="Bắc Ninh") for each in sexes
    ]
    dossier_number = f"{number}.{suffix}.001"
    address = draw_address(rng, place)
    marks = [mark for at, person in enumerate(people) for mark in _new_owner_marks(at, person, len(people), reason)]
    marks.append(Mark(text=address, fields={f"current_users[{at}].address": address for at in range(len(people))}))
    marks.append(_number_mark(dossier_number))
    named = " và ".join(
        f"{wording.new_owner_title(person.sex, at)} {person.name}, sinh năm {person.born}, CCCD số {person.id_number}"
        for at, person in enumerate(people)
    )
    text = f"{opener} {named}, địa chỉ: {address}; theo hồ sơ số {dossier_number}"
    return _change(rng, place, day, text, tuple(marks))


def _new_owner_marks(at: int, person: Person, count: int, reason: str) -> list[Mark]:
    path = f"current_users[{at}]"
    role = "Cá nhân" if count == 1 else ("Chồng" if person.sex == "male" else "Vợ")
    standing = {
        f"{path}.kind": "person",
        f"{path}.legal_form": "Cá nhân" if count == 1 else "Vợ chồng",
        f"{path}.role": role,
        f"{path}.sex": person.sex,
        f"{path}.reason": reason,
    }
    return [
        Mark(text=wording.new_owner_title(person.sex, at), fields=standing),
        Mark(text=person.name, fields={f"{path}.name": person.name}),
        Mark(text=str(person.born), fields={f"{path}.born": str(person.born)}),
        Mark(text="CCCD", fields={f"{path}.id_papers[0].kind": "cccd"}),
        Mark(text=person.id_number, fields={f"{path}.id_papers[0].number": person.id_number}),
    ]


def _number_mark(dossier_number: str) -> Mark:
    return Mark(text=dossier_number, fields={"changes[{change}].dossier_number": dossier_number})


def _change(rng: Random, place: Place, day: date, text: str, marks: tuple[Mark, ...]) -> Change:
    if place.district:
        office = f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {place.district.upper()}"
    else:
        office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ {rng.randint(1, 2)} TỈNH BẮC NINH"
    return Change(
        on=day,
        text=text,
        marks=marks,
        office=office,
        title=rng.choice(("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        signer=draw_name(rng, "male"),
    )


def _draw_qr(rng: Random, day: date, province: str, serial: str, code: str) -> str:
    """Draw the text of the QR code: eight fields, or an opaque text in one of eight."""
    if rng.random() < 0.125:
        return "".join(rng.choice(OPAQUE_QR_LETTERS) for _ in range(64))
    moment = f"{day:%d-%m-%Y}-{rng.randint(8, 16):02d}-{rng.randrange(60):02d}-{rng.randrange(60):02d}"
    prefix = UNIT_PREFIXES[province]
    dossier = f"{prefix.rpartition('.')[0]}-{day:%y%m%d}-{rng.randrange(10_000):04d}"
    software = "VBDLIS" if day >= TWO_LEVELS_FROM else rng.choice(("ELIS", "VBDLIS"))
    fields = (
        moment,
        f"{prefix}.{rng.randint(5, 12)}",
        software,
        dossier,
        serial,
        code,
        moment,
        str(rng.randrange(100_000, 1_000_000)),
    )
    return "|".join(fields)
