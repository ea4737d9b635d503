"""Files of the hand-over: which pages, in which order, under which names."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dossier import Certificate, Dossier, DossierPage, Parcel
from app.domain.handover import csv_line, numbered, page_sets, safe_name


def dossier(*kinds: str, serial: str | None = "CQ 718336") -> Dossier:
    pages = tuple(
        DossierPage(page_id=str(place), sha256=f"{place:064x}", kind=kind, position=place)
        for place, kind in enumerate(kinds)
    )
    return Dossier(
        dossier_id="d1",
        commune_code="09169",
        certificate=Certificate(serial=serial),
        parcels=(Parcel(sheet="16", number="205"),),
        pages=pages[::-1],
    )


def sets(record: Dossier) -> list[tuple[str, str, list[str]]]:
    return [(found.stem, found.suffix, [page.kind for page in found.pages]) for found in page_sets(record)]


def test_the_certificate_comes_in_the_order_of_its_pages_however_it_was_scanned():
    record = dossier("certificate_4", "certificate_2", "id_card_front", "certificate_1", "supplement", "certificate_3")
    assert sets(record) == [
        (
            "CQ 718336",
            "GCN",
            ["certificate_1", "certificate_2", "certificate_3", "certificate_4", "supplement"],
        ),
        ("CQ 718336", "GT", ["id_card_front"]),
    ]


def test_other_papers_stay_as_they_lay():
    record = dossier("other", "id_card_back", "certificate_front", "application", "id_card_front", "certificate_back")
    assert sets(record) == [
        ("CQ 718336", "GCN", ["certificate_front", "certificate_back"]),
        ("CQ 718336", "GT", ["other", "id_card_back", "application", "id_card_front"]),
    ]


def test_without_a_certificate_the_application_has_its_own_file():
    assert sets(dossier("id_card_front", "application", "other", serial=None)) == [
        ("CHUACOGIAY_09169_16_205", "DDK", ["application"]),
        ("CHUACOGIAY_09169_16_205", "GT", ["id_card_front", "other"]),
    ]


def test_a_blank_page_stays_behind_the_page_it_was_scanned_after():
    record = dossier("certificate_1", "blank", "certificate_2", "id_card_front", "blank", "blank")
    assert sets(record) == [
        ("CQ 718336", "GCN", ["certificate_1", "blank", "certificate_2"]),
        ("CQ 718336", "GT", ["id_card_front", "blank", "blank"]),
    ]
    assert [found[1] for found in sets(dossier("blank"))] == ["GCN"]
    assert [found[1] for found in sets(dossier("blank", serial=None))] == ["GT"]


def test_a_dossier_without_pages_has_no_files():
    assert page_sets(dossier()) == []


def test_a_certificate_whose_serial_is_unknown_still_has_files():
    record = Dossier(
        dossier_id="d",
        certificate=Certificate(status="mortgaged"),
        pages=(DossierPage(page_id="1", sha256="0" * 64, kind="certificate_1"),),
    )
    assert [(found.stem, found.suffix) for found in page_sets(record)] == [("CHUACOGIAY_0_0_0", "GCN")]


@pytest.mark.parametrize(
    ("untrusted", "safe"),
    [
        ("CQ 718336", "CQ 718336"),
        ("ĐA 123456", "ĐA 123456"),
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\x", "x"),
        ("a/b:c*d?e", "a_b_c_d_e"),
        ("=cmd|'/c calc'!A1", "cmd_c calc_A1"),
        ("con", "_con"),
        ("NUL.txt", "NUL_txt"),
        ("", "khong-ten"),
        ("...", "khong-ten"),
        ("x" * 300, "x" * 80),
    ],
)
def test_names_from_papers_are_made_safe(untrusted, safe):
    assert safe_name(untrusted) == safe


@given(st.text())
def test_no_text_makes_a_dangerous_name(untrusted):
    name = safe_name(untrusted)
    assert name
    assert not set(name) & set('/\\:*?"<>|\0\n\r\t')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert len(name) <= 81


def test_the_same_name_again_is_numbered_without_regard_to_capitals():
    taken: set[str] = set()
    names = [numbered(name, taken) for name in ("A-GCN.pdf", "a-GCN.pdf", "A-GCN.pdf", "B-GCN.pdf")]
    assert names == ["A-GCN.pdf", "a-GCN-2.pdf", "A-GCN-3.pdf", "B-GCN.pdf"]


def test_a_folder_without_ending_is_numbered_too():
    assert numbered("batch", {"batch"}) == "batch-2"


@pytest.mark.parametrize("value", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_list_never_holds_a_formula(value):
    (row,) = csv.reader(io.StringIO(csv_line(["x", value])))
    assert row == ["x", f"'{value}"]


def test_quotes_and_commas_survive_a_list():
    (row,) = csv.reader(io.StringIO(csv_line(['a"b', "c,d", "", "Đặng"])))
    assert row == ['a"b', "c,d", "", "Đặng"]
