"""A whole fictional certificate, drawn from a seed before anything is printed.

What is printed of it, and therefore what belongs to the truth, is decided by the layouts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tests.samples import wording
from tests.samples.assets import Asset, draw_assets
from tests.samples.changes import Change, Story, draw_changes
from tests.samples.drift import draw_drift
from tests.samples.owners import CASES, OLD_CASES, Owners, draw_owners
from tests.samples.parcels import Parcel, draw_parcels
from tests.samples.places import COMMUNES, TWO_LEVELS_FROM, place_on
from tests.samples.signing import Signature, draw_signature
from tests.samples.worlds import TUNING

SECOND_LETTERS = "ABCDEGHIKLMNOPQRSTUVXY"
ISSUED = {
    "1993": (date(1993, 11, 1), date(2004, 6, 30)),
    "2003": (date(2004, 7, 1), date(2009, 12, 9)),
    "2009": (date(2009, 12, 10), date(2014, 6, 30)),
    "2014": (date(2014, 7, 1), date(2024, 12, 31)),
    "2024": (date(2025, 1, 6), date(2026, 9, 30)),
}
UNIT_PREFIXES = {"Bắc Ninh": "H05.16.11", "Bắc Giang": "H02.14.08"}
OPAQUE_QR_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """Everything a certificate says, and a little more than is printed.

    Attributes:
        world: Whose words are printed; see `worlds`.
    """

    model: str
    world: str
    serial: str
    register_number: str
    issued_on: date
    owners: Owners
    parcels: tuple[Parcel, ...]
    assets: tuple[Asset, ...]
    signature: Signature
    note: wording.Note | None
    changes: tuple[Change, ...]
    barcode: str
    qr: str
    code: str


def draw_certificate(rng: Random, model: str, world: str = TUNING) -> Certificate:
    """Draw a certificate of a model, "1993" to "2024", in the words of a world."""
    first, last = ISSUED[model]
    issued_on = first + timedelta(days=rng.randrange((last - first).days))
    commune = rng.choice(COMMUNES)
    place = place_on(commune, issued_on)
    cases = OLD_CASES if model in {"1993", "2003"} else CASES
    form = rng.choices(list(cases), list(cases.values()))[0]
    owners = draw_owners(rng, form, commune, issued_on, model)
    parcels = draw_parcels(rng, form, place, model)
    if form == "company" and parcels[0].address != owners.addresses[0] and rng.random() < 0.5:
        parcels = tuple(replace(parcel, address=owners.addresses[0]) for parcel in parcels)
    drift = draw_drift(rng, world, model)
    owners = replace(owners, addresses=tuple(drift.address(address) for address in owners.addresses))
    parcels = tuple(drift.parcel(parcel, model) for parcel in parcels)
    sequence = int(10 ** rng.uniform(1.3, 4.9))
    register_number, signature = draw_signature(
        rng,
        is_organisation=owners.is_organisation,
        place=place,
        day=issued_on,
        model=model,
        sequence=sequence,
        world=world,
    )
    serial = _draw_serial(rng, model, issued_on)
    code = str(rng.randrange(10**11, 10**12))
    codes = set().union(*(parcel.codes for parcel in parcels))
    story = Story(owners=owners, parcels=parcels, commune=commune, issued_on=issued_on, world=world, drift=drift)
    return Certificate(
        model=model,
        world=world,
        serial=serial,
        register_number=register_number,
        issued_on=issued_on,
        owners=owners,
        parcels=parcels,
        assets=draw_assets(rng, model, codes, is_company=form == "company"),
        signature=signature,
        note=wording.draw_note(rng, commune, world=world, before=issued_on, dated=drift.date),
        changes=draw_changes(rng, story),
        barcode=f"{place.code}{issued_on.year % 100:02d}{sequence:06d}",
        qr=_draw_qr(rng, issued_on, commune.province, serial, code),
        code=code,
    )


def _draw_serial(rng: Random, model: str, issued_on: date) -> str:
    if model == "2024":
        return f"A{rng.choice('AAAB')} {rng.randrange(100_000_000):08d}"
    if model == "1993":
        return f"{rng.choice('BCDEGHKLMNOPQRSTUVX')} {rng.randrange(1_000_000):06d}"
    if model == "2003":
        second = rng.choice("Đ" + SECOND_LETTERS)
        return f"A{second} {rng.randrange(1_000_000):06d}"
    first = (
        "B"
        if model == "2009"
        else "D"
        if issued_on.year >= 2020
        else rng.choice("BC" if issued_on.year < 2017 else "C")
    )
    return f"{first}{rng.choice(SECOND_LETTERS)} {rng.randrange(1_000_000):06d}"


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
