from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from app.domain.checks import blocking, check_dossier, check_values, required_paths
from app.domain.code_lists import CodeLists, Purpose, Unit
from app.domain.dossier import (
    Blank,
    Certificate,
    Change,
    CurrentUser,
    Dossier,
    Holder,
    IdPaper,
    LandUse,
    Parcel,
)
from app.domain.findings import KINDS

LISTS = CodeLists(
    purposes=(Purpose(code="ODT", names=("Đất ở tại đô thị",)), Purpose(code="CLN", names=("Đất trồng cây lâu năm",))),
    provinces={"027": "Bắc Ninh"},
    old_units=(
        Unit(
            code="09172", name="Phường Kinh Bắc", district="Thành phố Bắc Ninh", province="Bắc Ninh", new_code="09187"
        ),
    ),
)


def a_right_dossier() -> Dossier:
    return Dossier(
        dossier_id="d",
        commune_code="09187",
        certificate=Certificate(
            model="2014",
            serial="CQ 718336",
            register_number="CS 09331",
            issued_on="2019-06-14",
            barcode="0917219009331",
        ),
        holders=(
            Holder(
                kind="person",
                name="TRƯƠNG QUANG HÁCH",
                sex="male",
                born="1981",
                id_papers=(IdPaper(kind="cccd", number="027081999921"),),
            ),
        ),
        parcels=(
            Parcel(
                sheet="16",
                number="205",
                address="Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh",
                area_m2=Decimal("72.5"),
                area_words="Bảy mươi hai phẩy năm mét vuông",
                uses=(
                    LandUse(
                        purpose="Đất ở tại đô thị",
                        purpose_code="ODT",
                        area_m2=Decimal("72.5"),
                        form="Sử dụng riêng",
                        term="Lâu dài",
                        origin="Nhà nước giao đất có thu tiền sử dụng đất",
                    ),
                ),
            ),
        ),
    )


def with_certificate(**values: str) -> Dossier:
    dossier = a_right_dossier()
    return dataclasses.replace(dossier, certificate=dataclasses.replace(dossier.certificate, **values))


def with_parcel(**values: Any) -> Dossier:
    dossier = a_right_dossier()
    return dataclasses.replace(dossier, parcels=(dataclasses.replace(dossier.parcels[0], **values),))


def with_use(**values: Any) -> Dossier:
    use = a_right_dossier().parcels[0].uses[0]
    return with_parcel(uses=(dataclasses.replace(use, **values),))


def with_holder(**values: Any) -> Dossier:
    dossier = a_right_dossier()
    return dataclasses.replace(dossier, holders=(dataclasses.replace(dossier.holders[0], **values),))


def with_paper(kind: str, number: str | None) -> Dossier:
    return with_holder(id_papers=(IdPaper(kind=kind, number=number),))


def codes(dossier: Dossier, today: str | None = "2026-11-22") -> list[str]:
    return [finding.code for finding in check_dossier(dossier, LISTS, today)]


def test_a_right_dossier_has_no_findings():
    assert codes(a_right_dossier()) == []


@pytest.mark.parametrize(
    ("dossier", "code"),
    [
        (with_certificate(serial="CQ 7183365"), "serial_form"),
        (with_certificate(issued_on="2020-06-14"), "barcode_differs"),
        (with_certificate(register_number="CS 09332"), "barcode_differs"),
        (with_certificate(barcode="12"), "barcode_differs"),
        (with_parcel(address="Thôn Đông, xã Cách Bi"), "barcode_differs"),
        (with_certificate(qr="a|b|c|d|AA 04417325|m|e|1"), "qr_differs"),
        (with_certificate(issued_on="2009-01-02", barcode=""), "date_implausible"),
        (with_certificate(issued_on="2027-01-02", barcode="", model="2024", serial="AA 04417325"), "date_implausible"),
        (with_holder(born="2020", id_papers=()), "date_implausible"),
        (with_paper("cccd", "02708199992"), "cccd_structure"),
        (with_paper("cccd", "999081999921"), "cccd_structure"),
        (with_paper("cccd", "027181999921"), "cccd_structure"),
        (with_paper("cccd", "027082999921"), "cccd_structure"),
        (with_paper("cmnd", "12599992"), "cmnd_length"),
        (with_paper("tax_code", "2302999900"), "tax_code_check"),
        (with_parcel(area_words="Bảy mươi ba mét vuông"), "area_words_differ"),
        (with_parcel(area_words="không rõ"), "area_words_unread"),
        (with_parcel(area_m2=Decimal(73), area_words=None), "uses_sum_differs"),
        (with_use(purpose="Đất gì đó", purpose_code=None), "purpose_unknown"),
        (with_use(purpose_code="CLN"), "purpose_code_differs"),
    ],
)
def test_each_check_finds_its_fault(dossier, code):
    assert code in codes(dossier)


@pytest.mark.parametrize(
    "dossier",
    [
        with_paper("cmnd", "125999921"),
        with_paper("passport", "B1234567"),
        with_paper("cccd", None),
        with_certificate(serial="CHUACOGIAY_09172_16_205"),
        with_certificate(qr="opaque"),
        with_certificate(barcode="1917219009331"),
        with_parcel(area_m2=None, uses=(dataclasses.replace(a_right_dossier().parcels[0].uses[0], area_m2=None),)),
        with_use(purpose=None, purpose_code=None),
    ],
)
def test_what_cannot_be_compared_is_not_held_against_a_dossier(dossier):
    assert [code for code in codes(dossier) if code != "required_missing"] == []


def test_a_number_that_contradicts_birth_or_sex_puts_both_in_doubt():
    (year,) = check_values(with_paper("cccd", "027082999921"), LISTS)
    assert year.paths == ("holders[0].id_papers[0].number", "holders[0].born")
    (sex,) = check_values(with_paper("cccd", "027181999921"), LISTS)
    assert sex.paths == ("holders[0].id_papers[0].number", "holders[0].sex")
    (province,) = check_values(with_paper("cccd", "999081999921"), LISTS)
    assert province.paths == ("holders[0].id_papers[0].number",)


def test_a_sum_that_is_ten_times_the_area_speaks_of_the_comma():
    (found,) = check_values(with_parcel(area_m2=Decimal(725), area_words=None), LISTS)
    assert (found.code, found.paths) == ("area_comma", ("parcels[0].area_m2", "parcels[0].uses[0].area_m2"))


def test_a_date_in_the_future_needs_a_today():
    dossier = with_holder(born="2090", id_papers=())
    assert "ở tương lai" not in " ".join(finding.message for finding in check_dossier(dossier, LISTS))
    assert "ở tương lai" in " ".join(finding.message for finding in check_dossier(dossier, LISTS, "2026-11-22"))


def test_a_number_of_two_holders_is_named_with_both_paths():
    first = a_right_dossier().holders[0]
    dossier = dataclasses.replace(a_right_dossier(), holders=(first, dataclasses.replace(first, name="ĐÀM THỊ VỊNH")))
    repeated = next(finding for finding in check_values(dossier, LISTS) if finding.code == "identity_repeated")
    assert repeated.paths == ("holders[0].id_papers[0].number", "holders[1].id_papers[0].number")


def test_a_change_before_the_issue_and_a_user_born_later_are_told_apart():
    dossier = dataclasses.replace(
        a_right_dossier(), changes=(Change(on="2018-01-01"),), current_users=(CurrentUser(born="2020"),)
    )
    assert [finding.paths[0] for finding in check_values(dossier, LISTS)] == ["changes[0].on"]


def test_a_fourth_use_is_a_finding():
    use = LandUse(purpose="Đất ở tại đô thị", area_m2=Decimal("18.125"))
    assert "too_many_uses" in codes(with_parcel(uses=(use, use, use, use)))


def test_missing_values_block_until_they_have_a_reason():
    dossier = with_use(origin=None)
    found = check_dossier(dossier, LISTS)
    assert [(finding.code, finding.paths) for finding in blocking(found)] == [
        ("required_missing", ("parcels[0].uses[0].origin",))
    ]
    blank = Blank(path="parcels[0].uses[0].origin", reason="not_printed")
    assert blocking(check_dossier(dataclasses.replace(dossier, blanks=(blank,)), LISTS)) == ()


def test_an_empty_dossier_misses_one_of_each():
    paths = required_paths(Dossier(dossier_id="d"))
    assert "holders[0].name" in paths
    assert "parcels[0].uses[0].purpose" in paths
    assert "channel" in paths
    assert len(blocking(check_dossier(Dossier(dossier_id="d"), LISTS))) == len(paths) - 1


def test_blocking_findings_come_first():
    severities = [finding.severity for finding in check_dossier(with_use(origin=None, purpose_code="CLN"), LISTS)]
    assert severities == sorted(severities, key=lambda severity: severity != "blocking")


def test_every_sentence_is_complete():
    for _, sentence in KINDS.values():
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def with_paper_of(
    kind: str, number: str, born: str | None, issued_on: str | None, address: str | None = None
) -> Dossier:
    return with_holder(born=born, address=address, id_papers=(IdPaper(kind=kind, number=number, issued_on=issued_on),))


@pytest.mark.parametrize(
    ("dossier", "code", "found"),
    [
        (with_paper_of("cmnd", "125999921", "1981-06-14", "1995-06-13"), "issued_too_young", True),
        (with_paper_of("cmnd", "125999921", "1981-06-14", "1995-06-14"), "issued_too_young", False),
        (with_paper_of("cmnd", "125999921", "1981", "1995-01-01"), "issued_too_young", False),
        (with_paper_of("cmnd", "125999921", "1981", "1994-12-31"), "issued_too_young", True),
        (with_paper_of("cccd", "027081999921", "2015-01-01", "2024-07-01"), "issued_too_young", False),
        (with_paper_of("cccd", "027215999921", "2015-01-01", "2024-06-30"), "issued_too_young", True),
        (with_paper_of("tax_code", "2302999906", "1981", "1985-01-01"), "issued_too_young", False),
        (with_holder(born="2001-06-15"), "holder_minor", True),
        (with_holder(born="2001-06-14"), "holder_minor", False),
        (with_holder(born="2001"), "holder_minor", False),
        (with_holder(born="1913"), "date_implausible", True),
        (with_holder(born="1914"), "date_implausible", False),
        (with_parcel(number="20O"), "place_number_form", True),
        (with_parcel(sheet="l6"), "place_number_form", True),
        (with_parcel(number="PL9"), "place_number_form", False),
        (with_parcel(number="03-1"), "place_number_form", False),
        (with_parcel(number="123456"), "place_number_form", True),
        (with_paper_of("other", "125999921", None, None), "paper_kind_unclear", True),
        (with_paper_of("other", "12/QĐ", None, None), "paper_kind_unclear", False),
        (with_paper_of("cmnd", "142999921", None, None, "xã A, tỉnh Bắc Ninh"), "cmnd_prefix_unusual", True),
        (with_paper_of("cmnd", "125999921", None, None, "xã A, tỉnh Bắc Ninh"), "cmnd_prefix_unusual", False),
        (with_paper_of("cmnd", "142999921", None, None, "xã A, tỉnh Hải Dương"), "cmnd_prefix_unusual", False),
    ],
)
def test_each_check_has_its_border(dossier, code, found):
    assert (code in [one.code for one in check_values(dossier, LISTS)]) == found


def test_the_same_parcel_or_person_twice_is_found_at_all_its_places():
    dossier = a_right_dossier()
    twice = dataclasses.replace(dossier, parcels=dossier.parcels * 2, holders=dossier.holders * 2)
    found = {one.code: one.paths for one in check_values(twice, LISTS)}
    assert found["parcel_repeated"] == ("parcels[0].number", "parcels[1].number")
    assert found["holder_repeated"] == ("holders[0].name", "holders[1].name")
    other = dataclasses.replace(dossier.parcels[0], number="206")
    apart = dataclasses.replace(dossier, parcels=(dossier.parcels[0], other))
    assert check_values(apart, LISTS) == ()
