from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.adapters.code_lists_files import load_code_lists
from app.domain.checks import check_values
from app.domain.dossier import Asset, Certificate, Change, Dossier, LandUse, Parcel
from app.domain.land_checks import differ_by_comma, is_worded_otherwise, named_parcels, term_fits, unit_fits

LISTS = load_code_lists()
AREA = "parcels[{}].area_m2"


def found(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    return {finding.code: finding.paths for finding in check_values(dossier, LISTS)}


def with_areas(*areas: str) -> Dossier:
    parcels = tuple(Parcel(area_m2=Decimal(area), number=str(index)) for index, area in enumerate(areas))
    return Dossier(dossier_id="d", parcels=parcels)


def test_an_area_without_decimals_among_others_with_them_is_found():
    assert found(with_areas("72.5", "612.0", "1180")) == {"area_without_decimals": ("parcels[2].area_m2",)}


@pytest.mark.parametrize("areas", [("72.5", "1180"), ("72", "1180", "612"), ("72.5", "118.0", "612.0"), ("72",)])
def test_areas_of_one_kind_and_too_few_to_compare_are_not_found(areas):
    assert found(with_areas(*areas)) == {}


def test_areas_of_uses_count_as_well():
    uses = (LandUse(area_m2=Decimal("300.0")), LandUse(area_m2=Decimal(605)))
    dossier = Dossier(dossier_id="d", parcels=(Parcel(area_m2=Decimal("905.0"), uses=uses),))
    assert found(dossier) == {"area_without_decimals": ("parcels[0].uses[1].area_m2",)}


def test_areas_of_assets_count_as_well():
    asset = Asset(built_area_m2=Decimal("52.6"), floor_area_m2=Decimal(1052))
    dossier = Dossier(dossier_id="d", parcels=(Parcel(area_m2=Decimal("905.0")),), assets=(asset, Asset()))
    assert found(dossier) == {"area_without_decimals": ("assets[0].floor_area_m2",)}


@pytest.mark.parametrize(
    ("purpose", "model", "otherwise"),
    [
        ("Đất trồng cây hằng năm khác", "2024", False),
        ("Đất trồng cây hàng năm khác", "2024", True),
        ("Đất bằng trồng cây hàng năm khác", "2014", False),
        ("Đất bằng trồng cây hằng năm khác", "2014", True),
        ("Đất trồng cây hằng năm khác", None, False),
        (None, "2014", False),
    ],
)
def test_each_law_words_yearly_crops_in_its_way(purpose, model, otherwise):
    assert is_worded_otherwise(purpose, model) == otherwise


@pytest.mark.parametrize(
    ("one", "other", "same_figures"),
    [
        ("72.5", "725", True),
        ("7250", "72.5", True),
        ("72500", "72.5", True),
        ("725", "725", False),
        ("0", "0", False),
        ("72.5", "145", False),
    ],
)
def test_areas_that_differ_by_their_comma_only(one, other, same_figures):
    assert differ_by_comma(Decimal(one), Decimal(other)) == same_figures


def with_use(issued_on: str | None = None, address: str | None = None, **values: Any) -> Dossier:
    certificate = Certificate(issued_on=issued_on)
    return Dossier(
        dossier_id="d", certificate=certificate, parcels=(Parcel(address=address, uses=(LandUse(**values),)),)
    )


@pytest.mark.parametrize(
    ("term", "issued_on", "ended"),
    [
        ("Đến ngày 15/10/2013", "2013-10-16", True),
        ("Đến ngày 15/10/2013", "2013-10-15", False),
        ("Đến ngày 15/10/2013", None, False),
        ("Đến ngày 15/10/2063", "2013", False),
        ("Lâu dài", "2013-10-16", False),
        (None, "2013-10-16", False),
    ],
)
def test_a_term_ends_after_the_day_of_issue(term, issued_on, ended):
    assert ("term_ended" in found(with_use(issued_on, term=term))) == ended


@pytest.mark.parametrize(
    ("use", "fits"),
    [
        (LandUse(purpose="Đất ở tại đô thị", term="Lâu dài"), True),
        (LandUse(purpose="Đất ở tại đô thị", term="50 năm"), False),
        (LandUse(purpose_code="CLN", term="Đến ngày 01/7/2064"), True),
        (LandUse(purpose_code="CLN", term="Lâu dài"), False),
        (LandUse(purpose_code="CLN"), False),
        (LandUse(term="Lâu dài"), False),
    ],
)
def test_the_law_gives_each_purpose_its_kind_of_term(use, fits):
    assert term_fits(use, LISTS) == fits


URBAN, RURAL = "Đất ở tại đô thị", "Đất ở tại nông thôn"


@pytest.mark.parametrize(
    ("purpose", "address", "fits"),
    [
        (URBAN, "phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", True),
        (URBAN, "thị trấn Chờ, huyện Yên Phong, tỉnh Bắc Ninh", True),
        (URBAN, "xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh", False),
        (RURAL, "xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh", True),
        (RURAL, "phường Kinh Bắc, tỉnh Bắc Ninh", False),
        (RURAL, "Bắc Ninh", None),
        ("Đất trồng cây lâu năm", "phường Kinh Bắc, tỉnh Bắc Ninh", None),
        (None, None, None),
    ],
)
def test_residential_land_fits_the_kind_of_commune(purpose, address, fits):
    assert unit_fits(Parcel(address=address), LandUse(purpose=purpose), LISTS) is fits
    assert ("purpose_unit_differs" in found(with_use(address=address, purpose=purpose))) == (fits is False)


@pytest.mark.parametrize(
    ("text", "sheet", "number"),
    [
        ("Tách từ thửa đất số 205, tờ bản đồ số 16", "16", "205"),
        ("Thửa 205 tờ 16 nay là", "16", "205"),
        ("thửa số 205 thuộc tờ bản đồ số: 16", "16", "205"),
        ("tờ bản đồ 16, thửa số 03-1;", "16", "03-1"),
        ("thửa PL9, tờ bản đồ số 16", "16", "PL9"),
    ],
)
def test_parcels_are_found_in_texts(text, sheet, number):
    for dossier, path in (
        (Dossier(dossier_id="d", certificate=Certificate(notes=text)), "certificate.notes"),
        (Dossier(dossier_id="d", changes=(Change(), Change(text=text))), "changes[1].text"),
    ):
        (named,) = named_parcels(dossier)
        assert (named.path, named.sheet, named.number) == (path, sheet, number)


@pytest.mark.parametrize(
    "text", ["theo thửa đất, tờ bản đồ", "thửa số 205", "thửa 205. Tờ bản đồ 16", "ngày 20/5/2016", ""]
)
def test_texts_without_a_parcel_name_none(text):
    assert list(named_parcels(Dossier(dossier_id="d", certificate=Certificate(notes=text)))) == []


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("Chuyển nhượng thửa đất số 205, tờ bản đồ số 116", None),
        ("Chuyển nhượng thửa đất số 206, tờ bản đồ số 116", "parcels[0].number"),
        ("Chuyển nhượng thửa đất số 205, tờ bản đồ số 176", "parcels[0].sheet"),
        ("Thửa đất số 731, tờ bản đồ số 116", None),
        ("Thửa đất số 206, tờ bản đồ số 45", None),
        ("Thửa đất số 2050, tờ bản đồ số 116", None),
    ],
)
def test_a_parcel_named_with_one_other_figure_is_found(text, slip):
    dossier = Dossier(
        dossier_id="d",
        parcels=(Parcel(sheet="116", number="205"), Parcel(number="205"), Parcel(sheet="116")),
        changes=(Change(text=text),),
    )
    assert found(dossier) == ({"parcel_named_otherwise": (slip, "changes[0].text")} if slip else {})
