"""The form of a dossier as values: groups in the order of the paper, one sign for each value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.dossier import Asset, Blank, Certificate, Change, Dossier, Holder, IdPaper, LandUse, Parcel
from app.domain.doubts import doubtful_paths, paper_order
from app.domain.queue import DossierHead, FieldValue, OpenDossier
from app.domain.reading import Finding
from app.domain.states import DossierState
from app.messages import Messages
from ui.viewmodels.form import Mark, build_form, rows_of
from ui.viewmodels.review_table import mark_difference

VI = Messages("vi")
HEAD = DossierHead(dossier_id="d", state=DossierState.DRAFT, created_at="", updated_at="")


def value(path: str, text: str | None, check: str = "ok", source: str = "ocr", raw: str | None = None) -> FieldValue:
    return FieldValue(
        path=path, value=text, raw=raw, source=source, confidence=0.9, check=check, set_by="ocr", set_at=""
    )


def opened(dossier: Dossier, *fields: FieldValue, findings: tuple[Finding, ...] = ()) -> OpenDossier:
    return OpenDossier(head=HEAD, dossier=dossier, fields=fields, findings=findings)


FULL = Dossier(
    dossier_id="d",
    certificate=Certificate(serial="CQ 718336", issued_on="2019-06-14"),
    holders=(Holder(name="A", id_papers=(IdPaper(number="027081999921"),)), Holder(name="B")),
    parcels=(Parcel(area_m2=Decimal("72.5"), uses=(LandUse(purpose="Đất ở"), LandUse(purpose="Vườn"))),),
    assets=(Asset(name="Nhà"),),
    changes=(Change(kind="Thế chấp"),),
)


def test_groups_stand_in_the_order_of_the_paper():
    keys = [group.key for group in build_form(opened(FULL), VI)]
    assert keys == [
        "certificate",
        "holders[0]",
        "holders[0].id_papers[0]",
        "holders[1]",
        "parcels[0]",
        "parcels[0].uses[0]",
        "parcels[0].uses[1]",
        "parcels[0] end",
        "assets[0]",
        "rest",
        "changes[0]",
        "office",
    ]


def test_rows_stand_in_the_order_in_which_doubts_are_visited():
    rows = [row.path for row in rows_of(build_form(opened(FULL), VI))]
    assert rows == sorted(rows, key=paper_order)


def test_every_doubtful_path_of_an_empty_dossier_has_its_row():
    empty = opened(Dossier(dossier_id="d"))
    rows = {row.path for row in rows_of(build_form(empty, VI))}
    assert set(doubtful_paths(empty)) <= rows
    assert not next(group for group in build_form(empty, VI) if group.kind == "holder").exists


def test_values_are_shown_as_people_write_them():
    rows = {row.path: row.text for row in rows_of(build_form(opened(FULL), VI))}
    assert rows["parcels[0].area_m2"] == "72,5"
    assert rows["certificate.issued_on"] == "14/06/2019"
    assert rows["channel"] == "Bản giấy"


@pytest.mark.parametrize(
    ("field", "mark"),
    [
        (value("certificate.serial", "CQ 718336"), Mark.OK),
        (value("certificate.serial", "CQ 718336", source="person"), Mark.PERSON),
        (value("certificate.serial", "CQ 718336", check="look"), Mark.LOOK),
        (value("certificate.serial", "CQ 718336", check="conflict"), Mark.CONFLICT),
    ],
)
def test_the_sign_says_how_far_a_value_can_be_trusted(field, mark):
    rows = {row.path: row.mark for row in rows_of(build_form(opened(FULL, field), VI))}
    assert rows["certificate.serial"] is mark


def test_an_empty_value_is_missing_only_when_required_and_without_a_reason():
    dossier = Dossier(dossier_id="d", blanks=(Blank(path="certificate.serial", reason="lost"),))
    rows = {row.path: row for row in rows_of(build_form(opened(dossier), VI))}
    assert rows["certificate.model"].mark is Mark.MISSING
    assert rows["certificate.code"].mark is Mark.EMPTY
    assert rows["certificate.serial"].mark is Mark.BLANK
    assert rows["certificate.serial"].blank_reason == "lost"


def test_what_the_checks_say_stands_at_the_value():
    finding = Finding(code="x", severity="warning", paths=("parcels[0].area_m2",), message="Khác nhau.")
    rows = {row.path: row for row in rows_of(build_form(opened(FULL, findings=(finding,)), VI))}
    assert rows["parcels[0].area_m2"].warnings == ("Khác nhau.",)


def test_a_value_a_person_changed_shows_where_it_differs_from_the_paper():
    field = value("certificate.serial", "CQ 718336", source="person", raw="CQ 778336")
    rows = {row.path: row for row in rows_of(build_form(opened(FULL, field), VI))}
    assert rows["certificate.serial"].is_changed
    assert mark_difference("CQ 718336", "CQ 778336") == "CQ 7[7]8336"
    assert mark_difference("CQ 718336", "CQ 18336") == "CQ [·]18336"
