"""Who signed a certificate, in which capacity, and the register number that goes with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from tests.samples.people import draw_name
from tests.samples.places import Place
from tests.samples.worlds import SCORING

OFFICES_SIGN_FROM = date(2023, 5, 20)
SHORTENED = 0.3
SHORT_NAMES = (
    ("ỦY BAN NHÂN DÂN", "UBND"),
    ("TÀI NGUYÊN VÀ MÔI TRƯỜNG", "TN&MT"),
    ("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "VPĐK ĐẤT ĐAI"),
)
REGISTER_LETTERS_1993 = ("PL", "TD", "ĐK", "HB", "TC", "QV", "CN", "TX")


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


def draw_signature(
    rng: Random, *, is_organisation: bool, place: Place, day: date, model: str, sequence: int, world: str
) -> tuple[str, Signature]:
    """Draw who signed; returns the register number and the block."""
    kind = _draw_authority(rng, day, model, is_organisation=is_organisation)
    deputy = rng.random() < 0.5
    signer = draw_name(rng, rng.choice(("male", "male", "male", "female")))
    if kind in {"province", "committee"}:
        prefix, signature = _committee(rng, kind, place, model, signer, deputy=deputy)
    elif kind == "department":
        prefix, signature = _department(place, signer, is_organisation=is_organisation)
    else:
        prefix, signature = _office(rng, kind, place, signer, deputy=deputy)
    if world == SCORING and rng.random() < SHORTENED:
        signature = _shortened(signature)
    if model == "1993":
        return f"{sequence % 4_000 + 1:05d} QSDĐ/{rng.choice(REGISTER_LETTERS_1993)}", signature
    return f"{prefix} {sequence:05d}".strip(), signature


def _shortened(signature: Signature) -> Signature:
    """Return the block of an office that abbreviates its own name."""
    return replace(
        signature,
        organisation=tuple(_short(line) for line in signature.organisation),
        issuer=_short(signature.issuer),
        seal=_short(signature.seal),
    )


def _short(name: str) -> str:
    for long, short in SHORT_NAMES:
        name = name.replace(long, short)
    return name


def _draw_authority(rng: Random, day: date, model: str, *, is_organisation: bool) -> str:
    """Say who may sign on a day: committee, province, department, registration office or its branch."""
    if model in {"1993", "2003"}:
        return "province" if is_organisation else "committee"
    if is_organisation:
        return "department" if day.year < 2025 else "office"
    if model == "2009":
        return "committee"
    if day < OFFICES_SIGN_FROM:
        return rng.choice(("committee", "department"))
    return rng.choice(("committee", "branch", "branch"))


def _committee(rng: Random, kind: str, place: Place, model: str, signer: str, *, deputy: bool) -> tuple[str, Signature]:
    province = f"TỈNH {place.province.upper()}"
    unit = province if kind == "province" else (place.district or f"{place.unit} {place.name}").upper()
    issuer = f"ỦY BAN NHÂN DÂN {unit}"
    if model == "2003" and kind == "committee" and rng.random() < 0.5:
        issuer = f"{issuer} - {province}"
    title = "PHÓ CHỦ TỊCH" if deputy else "CHỦ TỊCH"
    capacity = ("KT. CHỦ TỊCH",) if deputy else ()
    prefix = "CH" if place.district else rng.choice(("", "CH"))
    if model == "2003":
        prefix = "T" if kind == "province" else "H"
    where = place.province if kind == "province" else place.district_name
    return prefix, _signature(where, (f"TM. {issuer}",), issuer, capacity, title, signer)


def _department(place: Place, signer: str, *, is_organisation: bool) -> tuple[str, Signature]:
    issuer = f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH {place.province.upper()}"
    if is_organisation:
        capacity, title, prefix = ("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "CT"
    else:
        capacity, title, prefix = ("TUQ. GIÁM ĐỐC",), "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "CS"
    return prefix, _signature(place.province, (issuer,), issuer, capacity, title, signer)


def _office(rng: Random, kind: str, place: Place, signer: str, *, deputy: bool) -> tuple[str, Signature]:
    office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI TỈNH {place.province.upper()}"
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
