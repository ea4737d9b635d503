from __future__ import annotations

import dataclasses

import pytest

from app.adapters.code_lists_files import load_code_lists
from app.domain.checks import check_values
from app.domain.dossier import Certificate, Dossier, Parcel
from app.domain.issuing import (
    IssuerKind,
    commune_fits,
    commune_kind,
    commune_of,
    era_mismatches,
    issuer_kind,
    issuer_mismatch,
    printed_commune,
    register_prefix_fits,
)

LISTS = load_code_lists()


def dossier(address: str | None = None, **values: str) -> Dossier:
    return Dossier(dossier_id="d", certificate=Certificate(**values), parcels=(Parcel(address=address),))


def codes(one: Dossier) -> list[str]:
    return [finding.code for finding in check_values(one, LISTS)]


@pytest.mark.parametrize(
    ("issuer", "kind"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN QUẾ VÕ", "district"),
        ("TM. ỦY BAN NHÂN DÂN THỊ XÃ TỪ SƠN", "district"),
        ("UBND THÀNH PHỐ BẮC NINH", "district"),
        ("ỦY BAN NHÂN DÂN TỈNH BẮC GIANG", "province"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG KINH BẮC", "commune"),
        ("SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH BẮC NINH", "department"),
        ("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ 1 TỈNH BẮC NINH", "office"),
        ("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI TỈNH BẮC NINH CHI NHÁNH THỊ XÃ QUẾ VÕ", "branch"),
        ("CÔNG TY", None),
        ("", None),
    ],
)
def test_an_authority_is_known_by_its_name(issuer, kind):
    assert issuer_kind(issuer) == kind


K = IssuerKind


@pytest.mark.parametrize(
    ("kind", "model", "issued_on", "fits"),
    [
        (K.DISTRICT, "1993", "1995-08-20", True),
        (K.PROVINCE, "1993", None, True),
        (K.DEPARTMENT, "1993", None, False),
        (K.DEPARTMENT, "2003", "2005-01-01", True),
        (K.OFFICE, "2009", None, False),
        (K.OFFICE, "2014", "2023-05-19", False),
        (K.OFFICE, "2014", "2023-05-20", True),
        (K.BRANCH, "2014", "2023", True),
        (K.BRANCH, "2014", "2022", False),
        (K.COMMUNE, "2024", "2025-06-30", False),
        (K.COMMUNE, "2024", "2025-07-01", True),
        (K.DISTRICT, "2024", "2025-06-30", True),
        (K.DISTRICT, "2024", "2025-07-01", False),
        (K.DISTRICT, "2024", "2025", True),
        (K.DISTRICT, "2024", None, True),
        (K.COMMUNE, None, None, True),
        (K.DEPARTMENT, "2014", "2019-06-14", True),
    ],
)
def test_each_authority_issues_in_its_time(kind, model, issued_on, fits):
    assert (issuer_mismatch(kind, model, issued_on) is None) == fits


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"issuer": "ỦY BAN NHÂN DÂN XÃ CÁCH BI", "issued_on": "2019-06-14", "model": "2014"}, "issuer_unusual"),
        ({"issuer": "SỞ ĐỊA CHÍNH", "model": "1993"}, "issuer_unusual"),
        ({"register_number": "H 00415", "model": "2014"}, "register_prefix_differs"),
        (
            {"register_number": "CS 09331", "model": "2014", "issuer": "ỦY BAN NHÂN DÂN HUYỆN QUẾ VÕ"},
            "register_prefix_differs",
        ),
    ],
)
def test_what_does_not_fit_is_found(values, code):
    assert code in codes(dossier(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"register_number": "CH 01877", "model": "2009", "issuer": "ỦY BAN NHÂN DÂN THỊ XÃ TỪ SƠN"},
        {"register_number": "CH 01877", "model": "2009"},
        {"register_number": "00214 QSDĐ/PL", "model": "1993", "issuer": "ỦY BAN NHÂN DÂN HUYỆN QUẾ VÕ"},
        {"register_number": "XY 1"},
        {"issuer": "CÔNG TY", "model": "1993"},
    ],
)
def test_what_fits_or_is_unknown_is_not_found(values):
    assert codes(dossier(**values)) == []


def test_letters_that_fit_model_and_authority_speak_for_the_number():
    right = {"register_number": "CH 01877", "model": "2009", "issuer": "ỦY BAN NHÂN DÂN THỊ XÃ TỪ SƠN"}
    assert register_prefix_fits(dossier(**right), LISTS)
    for name, value in (("register_number", "01877"), ("model", "2024"), ("issuer", "SỞ TÀI NGUYÊN")):
        assert not register_prefix_fits(dossier(**{**right, name: value}), LISTS)


@pytest.mark.parametrize(
    ("address", "issued_on", "count"),
    [
        ("xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc", "1996-12-31", 0),
        ("xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc", "1997-01-01", 1),
        ("xã Phương Liễu, huyện Quế Võ, tỉnh Bắc Ninh", "1996-12-31", 1),
        ("xã Phương Liễu, huyện Quế Võ, tỉnh Bắc Ninh", "1996", 1),
        ("xã Đồng Quang, huyện Tiên Sơn, tỉnh Bắc Ninh", "1998-11-05", 0),
        ("xã Đồng Quang, huyện Tiên Sơn, tỉnh Bắc Ninh", "2001-11-05", 1),
        ("xã Hoàn Sơn, huyện Tiên Du, tỉnh Bắc Ninh", "1998-11-05", 1),
        ("phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", "2025-06-30", 0),
        ("phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", "2025-07-01", 1),
        ("phường Kinh Bắc, tỉnh Bắc Ninh", "2025-07-01", 0),
        ("xã Tân Yên, tỉnh Bắc Giang", "2025-07-01", 1),
        ("xã Phù Chẩn, huyện Từ Sơn, tỉnh Bắc Ninh", "2025", 0),
    ],
)
def test_units_live_in_their_era(address, issued_on, count):
    assert len(era_mismatches(address, issued_on, LISTS.former_units)) == count


def test_an_address_of_another_era_is_found_with_the_day_it_is_held_against():
    one = dossier("xã Phương Liễu, huyện Quế Võ, tỉnh Hà Bắc", issued_on="2001-02-03")
    (found,) = check_values(one, LISTS)
    assert (found.code, found.paths) == ("unit_of_other_era", ("parcels[0].address", "certificate.issued_on"))
    assert codes(dossier("xã Phương Liễu, tỉnh Hà Bắc")) == []


@pytest.mark.parametrize(
    ("address", "commune"),
    [
        ("Xứ đồng Cửa Chùa, xã Cách Bi, huyện Quế Võ", "cach bi"),
        ("Số 14, đường Hai Khe, phường Kinh Bắc", "kinh bac"),
        ("Thị trấn Nhã Nam", "nha nam"),
        ("Xứ đồng Mả Cả", None),
        ("", None),
    ],
)
def test_the_commune_of_an_address(address, commune):
    assert commune_of(address) == commune


def test_a_commune_is_looked_up_in_the_list_of_its_era():
    old = dossier("xã Phượng Mao, thị xã Quế Võ", issued_on="2019-01-01")
    assert codes(old) == []
    assert commune_fits(old, LISTS, 0)
    new = dataclasses.replace(old, certificate=Certificate(issued_on="2025-08-01"))
    assert "commune_unknown" in codes(new)
    assert not commune_fits(new, LISTS, 0)
    assert not commune_fits(dossier(None), LISTS, 0)


@pytest.mark.parametrize(
    ("address", "issued_on", "is_elsewhere"),
    [
        ("thôn Đồng Ván, xã Đồng Lạc, huyện Yên Thế, tỉnh Bắc Giang", "2013-05-22", False),
        ("thôn Đồng Ván, xã Đồng Lạc, huyện Sơn Động, tỉnh Bắc Giang", "2013-05-22", True),
        ("thôn Đồng Ván, xã Đồng Lạc, huyện Sơn Động, tỉnh Bắc Giang", "2025-08-01", False),
        ("xã Cách Bi, huyện Yên Phong, tỉnh Bắc Ninh", "2013-05-22", False),
        ("xã Đồng Lạc, huyện Tiên Sơn, tỉnh Hà Bắc", "1995-05-22", False),
        ("xã Đồng Lạc, tỉnh Bắc Giang", "2013-05-22", False),
        ("xã Không Có, huyện Yên Thế", "2013-05-22", False),
    ],
)
def test_a_commune_that_lies_in_another_district_is_found(address, issued_on, is_elsewhere):
    found = [
        one for one in check_values(dossier(address, issued_on=issued_on), LISTS) if one.code == "commune_elsewhere"
    ]
    assert [one.paths for one in found] == ([("parcels[0].address",)] if is_elsewhere else [])


def test_a_commune_is_named_as_it_is_printed():
    (found,) = check_values(dossier("thôn A, xã Không Có, tỉnh Bắc Ninh", issued_on="2013-05-22"), LISTS)
    assert '"Không Có"' in found.message
    assert printed_commune("tỉnh Bắc Ninh") == ""
    assert [commune_kind(text) for text in ("thị trấn Chờ", "Bắc Ninh")] == ["thi tran", None]
