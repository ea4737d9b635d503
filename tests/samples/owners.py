"""Who holds the land: one, two or many people, an organisation, a village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.samples.people import (
    Body,
    Company,
    Person,
    draw_body,
    draw_company,
    draw_foreigner,
    draw_name,
    draw_person,
)
from tests.samples.places import (
    COMMUNES,
    Commune,
    Place,
    capitalised,
    draw_address,
    draw_hamlet_name,
    place_on,
)

# Each case with its weight. What is printed of it: owner_lines.
CASES = {
    "person": 28,
    "couple": 30,
    "household": 11,
    "members": 4,
    "co_owners": 6,
    "heirs": 3,
    "estate": 2,
    "widowed": 3,
    "foreigner": 1,
    "company": 7,
    "body": 5,
}
OLD_CASES = {"person": 24, "couple": 14, "household": 46, "co_owners": 3, "heirs": 1, "company": 3, "body": 9}
LEGAL_FORMS = {
    "person": "Cá nhân",
    "foreigner": "Cá nhân",
    "couple": "Vợ chồng",
    "widowed": "Vợ chồng",
    "household": "Hộ gia đình",
    "members": "Hộ gia đình",
    "co_owners": "Đồng sử dụng",
    "heirs": "Đồng sử dụng",
    "estate": "Đồng sử dụng",
}


@dataclass(frozen=True, kw_only=True)
class Owners:
    """Who holds the land.

    Attributes:
        form: A key of `CASES`.
        people: In printed order; of heirs and co-owners the first stands for all.
        addresses: One per printed block; a couple may have one for both.
        company: Set for a company only.
        body: Set for another organisation or a community.
        deceased: Whose land the heirs hold (case "estate").
        representative: Who signs for an organisation, where that is printed.
    """

    form: str
    people: tuple[Person, ...] = ()
    addresses: tuple[str, ...] = ()
    company: Company | None = None
    body: Body | None = None
    deceased: Person | None = None
    representative: Person | None = None

    @property
    def is_organisation(self) -> bool:
        """Whether the holder is no person."""
        return self.company is not None or self.body is not None

    def role(self, at: int) -> str:
        """Return the role of a person, in the words of form 01."""
        spouse = "Chồng" if self.people[at].sex == "male" else "Vợ"
        first, others = {
            "household": ("Chủ hộ", "Thành viên"),
            "members": ("Chủ hộ", "Thành viên"),
            "couple": (spouse, spouse),
            "widowed": (spouse, spouse),
            "co_owners": ("Người đại diện", "Thành viên"),
            "heirs": ("Người đại diện", "Thành viên"),
            "estate": ("Người đại diện", "Thành viên"),
        }.get(self.form, ("Cá nhân", "Cá nhân"))
        return first if at == 0 else others


def draw_owners(rng: Random, form: str, commune: Commune, issued_on: date, model: str) -> Owners:
    """Draw the holders of a case for a certificate of a model and day."""
    place = place_on(commune, issued_on)
    if form == "company":
        return _draw_company_owners(rng, commune, place, issued_on)
    if form == "body":
        body = draw_body(
            rng,
            unit=f"{place.unit} {place.name}",
            district=place.district or "",
            hamlet=draw_hamlet_name(rng),
            before=issued_on,
        )
        return Owners(form=form, body=body, addresses=(capitalised(place.text),))
    people = _draw_people(rng, form, commune, issued_on, model)
    home = place if rng.random() < 0.8 else place_on(rng.choice(COMMUNES), issued_on)
    address = draw_address(rng, home)
    both = form == "couple" and rng.random() < 0.6
    second = draw_address(rng, home) if both and rng.random() < 0.15 else address
    deceased = replace(people[0], name=draw_name(rng, "male"), sex="male") if form == "estate" else None
    return Owners(form=form, people=people, addresses=(address, second) if both else (address,), deceased=deceased)


def _draw_company_owners(rng: Random, commune: Commune, place: Place, issued_on: date) -> Owners:
    company = draw_company(rng, province=commune.province, before=issued_on)
    address = draw_address(rng, place)
    if rng.random() < 0.4:
        address = f"Lô CN-{rng.randint(1, 40):02d}, {address}"
    sex = rng.choice(("male", "female"))
    representative = (
        draw_person(rng, sex=sex, born=rng.randint(1950, 1975), id_kind="none", province=commune.province)
        if rng.random() < 0.25
        else None
    )
    return Owners(form="company", company=company, addresses=(capitalised(address),), representative=representative)


def _draw_people(rng: Random, form: str, commune: Commune, issued_on: date, model: str) -> tuple[Person, ...]:
    """Draw people whose identity numbers differ."""
    if form == "foreigner":
        return (draw_foreigner(rng),)
    first_sex = rng.choice(("male", "male", "female"))
    count = {"members": rng.randint(2, 5), "co_owners": rng.randint(2, 6), "heirs": rng.randint(2, 5)}.get(form, 1)
    sexes = [first_sex, *(rng.choice(("male", "female")) for _ in range(count - 1))]
    if form in {"couple", "widowed"}:
        sexes = [first_sex, "female" if first_sex == "male" else "male"]
    id_kind = _draw_id_kind(rng, model, issued_on)
    born = rng.randint(max(1938, issued_on.year - 78), issued_on.year - 26)
    latest = issued_on.year - 19
    ages = [0, *(rng.randint(-3, 3) if form in {"couple", "widowed"} else rng.randint(-3, 24) for _ in sexes)]
    people = [
        draw_person(rng, sex=sex, born=min(born + ages[at], latest), id_kind=id_kind, province=commune.province)
        for at, sex in enumerate(sexes)
    ]
    if form == "widowed":
        people[0] = replace(people[0], id_kind="none", id_number="")
    numbers = [person.id_number for person in people]
    names = {person.name for person in people}
    if len(set(numbers)) < len(numbers) or len(names) < len(people):
        return _draw_people(rng, form, commune, issued_on, model)
    return tuple(people)


def _draw_id_kind(rng: Random, model: str, issued_on: date) -> str:
    if model == "1993":
        return "none" if rng.random() < 0.8 else "cmnd"
    if model == "2003":
        return rng.choices(("cmnd", "army"), (96, 4))[0]
    old = rng.random() < (1.0 if issued_on.year < 2016 else 0.85 if issued_on.year < 2020 else 0.25)
    plain = "cmnd" if old and model != "2024" else "cccd"
    return rng.choices((plain, "army", "passport"), (95, 3, 2))[0]
