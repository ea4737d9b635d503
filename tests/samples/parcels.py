"""The parcels of a certificate: one with a home, or a table of fields, ponds and hills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.samples import wording
from tests.samples.places import Place, capitalised, draw_address, draw_field_name
from tests.samples.wording import LandUse, Offices

# Chance of several parcels on one certificate, by model; organisations have several more rarely.
SEVERAL = {"1993": 0.72, "2003": 0.3, "2009": 0.2, "2014": 0.2, "2024": 0.2}
SHARED_TABLES = 0.08
FOREST_PLOTS = 7  # of ten
MOST = {"1993": 9, "2003": 7, "2009": 8, "2014": 9, "2024": 7}


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A parcel as printed.

    Attributes:
        sheet: Number of the map sheet; of a forest plot the number of its "khoảnh".
        number: Number on the sheet; of a forest plot the number of its "lô".
        is_forest_plot: Whether "Khoảnh" and "Lô" stand before the numbers.
        subzone: The "tiểu khu" of a forest plot, printed where it stands in a line.
        remark: What the column for remarks says (1993), often nothing.
    """

    sheet: str
    number: str
    address: str
    uses: tuple[LandUse, ...]
    is_forest_plot: bool = False
    subzone: str = ""
    remark: str = ""

    @property
    def area(self) -> Decimal:
        """The sum of the uses."""
        return sum((use.area for use in self.uses), Decimal(0))

    @property
    def codes(self) -> set[str]:
        """Codes of the purposes."""
        return {use.code for use in self.uses}

    def area_in(self, form: str) -> Decimal:
        """Return the area used in a form, "Sử dụng riêng" or "Sử dụng chung"."""
        return sum((use.area for use in self.uses if use.form == form), Decimal(0))


def total_area(parcels: Sequence[Parcel]) -> Decimal:
    """Return the area of all parcels together."""
    return sum((parcel.area for parcel in parcels), Decimal(0))


def draw_parcels(rng: Random, form: str, place: Place, model: str) -> tuple[Parcel, ...]:
    """Draw the parcels of a certificate for a kind of owner."""
    decimals = rng.choices((0, 1, 2), {"1993": (92, 8, 0), "2003": (40, 60, 0)}.get(model, (8, 82, 10)))[0]
    offices = Offices(model=model, decimals=decimals)
    is_organisation = form in {"company", "body"}
    several = rng.random() < SEVERAL[model] * (0.3 if is_organisation else 1)
    if several and not is_organisation:
        return _draw_table(rng, offices, place)
    count = rng.randint(2, 3) if several else 1
    parcels = [_draw_one(rng, form, offices, place, alone=count == 1) for _ in range(count)]
    if len({(parcel.sheet, parcel.number) for parcel in parcels}) < count:
        return draw_parcels(rng, form, place, model)
    return tuple(replace(parcel, address=parcels[0].address) for parcel in parcels)


def _draw_one(rng: Random, form: str, offices: Offices, place: Place, *, alone: bool) -> Parcel:
    if form == "company":
        uses = wording.draw_company_uses(rng, offices)
    elif form == "body":
        uses = wording.draw_body_uses(rng, offices)
    else:
        uses = wording.draw_home_uses(rng, offices, is_urban=place.is_urban)
    if offices.model != "1993":
        share = rng.choices(("own", "shared", "part"), (78, 14, 8))[0]
        if share == "shared":
            uses = tuple(replace(use, form="Sử dụng chung") for use in uses)
        elif share == "part" and alone and len(uses) == 1 and uses[0].area > 5:
            uses = wording.shared_in_part(rng, uses[0])
    address = place.text if rng.random() < 0.12 else draw_address(rng, place)
    sheet, number = _draw_sheet(rng), _draw_number(rng)
    is_forest = {use.code for use in uses} == {"RSX"} and not place.is_urban and number.isdigit()
    return Parcel(
        sheet=sheet,
        number=number,
        address=capitalised(address),
        uses=uses,
        is_forest_plot=is_forest and int(number) % 10 < FOREST_PLOTS,
        subzone=_subzone(sheet),
    )


def _draw_table(rng: Random, offices: Offices, place: Place) -> tuple[Parcel, ...]:
    """Draw two to many parcels, some with a home first; all on a few map sheets, or forest plots."""
    count = min(rng.choice((2, 2, 3, 3, 4, 5, 6, 7, 8, 9)), MOST[offices.model])
    with_home = rng.random() < (0.5 if offices.model == "1993" else 0.25)
    is_forest = not with_home and not place.is_urban and rng.random() < 0.12
    home = "ODT" if place.is_urban else "ONT"
    origin = rng.choice((wording.ALLOTTED_FREE, wording.ALLOTTED_FREE, wording.RECOGNISED_FREE))
    sheets = [_draw_sheet(rng) for _ in range(rng.randint(1, 3))]
    where = capitalised(f"{place.unit} {place.name}, {place.district or f'tỉnh {place.province}'}")
    each = rng.random() < 0.3 and offices.model != "1993"
    if offices.model == "1993":
        where = place.text
    shared = rng.random() < SHARED_TABLES and offices.model != "1993"
    parcels: list[Parcel] = []
    while len(parcels) < count:
        at = len(parcels)
        if at == 0 and with_home:
            uses = wording.draw_single_use(rng, offices, home)
        elif at == 1 and with_home and rng.random() < 0.3:
            uses = wording.draw_home_uses(rng, offices, is_urban=place.is_urban)
        else:
            code = "RSX" if is_forest else wording.draw_farm_code(rng)
            uses = wording.draw_single_use(rng, offices, code, origin=origin)
        if shared:
            uses = tuple(replace(use, form="Sử dụng chung") for use in uses)
        parcel = Parcel(
            sheet=rng.choice(sheets),
            number=_draw_number(rng),
            address=draw_field_name(rng, place) if each else where,
            uses=uses,
            is_forest_plot=is_forest,
            subzone=_subzone(sheets[0]),
            remark=rng.choice(("", "", "", "Trong KDC", "HTX Bãi", "Lâu bền", "5%")),
        )
        if all((known.sheet, known.number) != (parcel.sheet, parcel.number) for known in parcels):
            parcels.append(parcel)
    return tuple(parcels)


def _draw_sheet(rng: Random) -> str:
    return str(rng.randint(1, 140)) if rng.random() < 0.6 else str(rng.randint(1, 30))


def _draw_number(rng: Random) -> str:
    if rng.random() < 0.06:
        return rng.choice((f"PL{rng.randint(1, 60)}", f"{rng.randint(1, 40):02d}-{rng.randint(1, 9)}"))
    return str(rng.randint(1, 980))


def _subzone(sheet: str) -> str:
    return f"{int(sheet) % 60 + 3}{('', '', 'A', 'B')[int(sheet) % 4]}"
