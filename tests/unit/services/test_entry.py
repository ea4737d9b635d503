"""Entry: changes, blanks, lists, undo and the steps before and after review."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from app.domain import paths
from app.domain.dossier import Blank, Dossier, Holder
from app.domain.people import Role
from app.domain.queue import OpenDossier
from app.domain.reading import Box, Finding
from app.domain.states import FOR_A_PERSON, DossierState
from app.errors import AuthError, InputError
from tests.office import AT, Office, a_complete_dossier, a_field

S = DossierState
SERIAL = "certificate.serial"


def content(opened: OpenDossier) -> tuple[object, ...]:
    """What undo must bring back."""
    return opened.dossier, opened.fields, opened.findings, opened.head.doubts, opened.head.risk


def test_a_typed_value_is_parsed_saved_and_keeps_the_papers_text_and_place(office: Office):
    dossier_id = office.draft(None, a_field("parcels[0].area_m2", "725"))
    opened = office.entry.change(office.officer, dossier_id, "parcels[0].area_m2", "72,5 m²")
    assert opened.dossier.parcels[0].area_m2 == Decimal("72.5")
    field = opened.field("parcels[0].area_m2")
    assert field is not None
    assert (field.value, field.raw, field.source, field.confidence, field.check) == (
        "72.5",
        "«725»",
        "person",
        1.0,
        "ok",
    )
    assert (field.page_id, field.box, field.set_by) == ("page-1", Box(10, 20, 30, 40), office.officer.person_id)
    assert [row.value for row in office.entry.history(dossier_id)] == ["725", "72.5"]
    assert opened.head.last_path == "parcels[0].area_m2"


def test_a_value_never_read_can_be_typed(office: Office):
    opened = office.entry.change(office.officer, office.draft(), "holders[0].name", "nguyễn văn a")
    assert opened.dossier.holders == (Holder(name="nguyễn văn a"),)
    assert opened.fields[0].raw is None


def test_a_text_that_cannot_be_read_changes_nothing(office: Office):
    dossier_id = office.draft()
    before = office.opened(dossier_id)
    with pytest.raises(InputError, match="bad_area"):
        office.entry.change(office.officer, dossier_id, "parcels[0].area_m2", "nhiều")
    assert office.opened(dossier_id) == before


def test_no_text_clears_a_value_and_keeps_what_it_was(office: Office):
    dossier_id = office.draft(a_complete_dossier(""), a_field(SERIAL, "CQ 718336"))
    opened = office.entry.change(office.officer, dossier_id, SERIAL, "  ")
    assert opened.dossier.certificate.serial is None
    field = opened.field(SERIAL)
    assert field is not None
    assert (field.value, field.raw, field.check) == (None, "«CQ 718336»", "ok")
    assert [row.value for row in office.entry.history(dossier_id, SERIAL)] == ["CQ 718336", None]


def test_clearing_what_is_empty_is_no_change(office: Office):
    dossier_id = office.draft()
    assert office.entry.change(office.officer, dossier_id, "hamlet", "").fields == ()
    assert office.entry.history(dossier_id) == []
    with pytest.raises(InputError, match="nothing_to_undo"):
        office.entry.undo(office.officer, dossier_id)


@pytest.mark.parametrize("typed", [True, False])
def test_the_same_value_again_or_accepting_confirms_it(office: Office, typed: bool):
    dossier_id = office.draft(a_complete_dossier(""), a_field(SERIAL, "CQ 718336"))
    if typed:
        opened = office.entry.change(office.officer, dossier_id, SERIAL, "cq718336")
    else:
        opened = office.entry.accept(office.officer, dossier_id, SERIAL)
    field = opened.field(SERIAL)
    assert field is not None
    assert field.set_at > AT
    expected = a_field(SERIAL, "CQ 718336", check="ok", set_by=office.officer.person_id, set_at=field.set_at)
    assert field == expected


def test_a_value_without_evidence_is_accepted_as_the_persons(office: Office):
    dossier_id = office.draft(a_complete_dossier(""))
    with office.store.write() as writer:
        dossier = writer.open(dossier_id).dossier
        parcel = dataclasses.replace(dossier.parcels[0], area_m2=Decimal("72.50"))
        writer.save(dataclasses.replace(dossier, parcels=(parcel,)))
    opened = office.entry.accept(office.officer, dossier_id, "parcels[0].area_m2")
    field = opened.field("parcels[0].area_m2")
    assert field is not None
    assert (field.value, field.source) == ("72.50", "person")


@pytest.mark.parametrize(
    "path", ["nowhere", "holders[1].name", "holders[0].id_papers[1].number", "pages[0].kind", "x["]
)
def test_a_path_that_is_no_field_of_this_dossier_is_refused(office: Office, path: str):
    dossier_id = office.draft()
    for call in (
        lambda: office.entry.change(office.officer, dossier_id, path, "027081999921"),
        lambda: office.entry.accept(office.officer, dossier_id, path),
        lambda: office.entry.leave_blank(office.officer, dossier_id, path, "lost"),
    ):
        with pytest.raises(InputError, match="bad_path"):
            call()
    assert office.entry.history(dossier_id) == []


def test_a_blank_has_a_reason_until_a_value_comes(office: Office):
    dossier_id = office.draft(a_complete_dossier(""), a_field(SERIAL, "CQ 718336"))
    opened = office.entry.leave_blank(office.officer, dossier_id, SERIAL, "unreadable")
    assert opened.dossier.blanks == (Blank(path=SERIAL, reason="unreadable"),)
    assert opened.dossier.certificate.serial is None
    opened = office.entry.leave_blank(office.officer, dossier_id, SERIAL, "lost")
    assert opened.dossier.blanks == (Blank(path=SERIAL, reason="lost"),)
    opened = office.entry.change(office.officer, dossier_id, SERIAL, "CQ 718337")
    assert opened.dossier.blanks == ()
    assert office.whats(dossier_id)[-2:] == ["left_blank", "left_blank"]
    with pytest.raises(InputError, match="bad_choice"):
        office.entry.leave_blank(office.officer, dossier_id, SERIAL, "no idea")


LISTS = ["holders", "current_users", "parcels", "assets", "changes", "parcels[0].uses", "holders[0].id_papers"]


@pytest.mark.parametrize("list_path", LISTS)
def test_items_are_added_at_the_end_and_taken_back(office: Office, list_path: str):
    dossier_id = office.draft(a_complete_dossier(""))
    before = office.opened(dossier_id)
    opened = office.entry.add_item(office.officer, dossier_id, list_path)
    assert opened.dossier != before.dossier
    assert office.whats(dossier_id)[-1] == "item_added"
    assert content(office.entry.undo(office.officer, dossier_id)) == content(before)


@pytest.mark.parametrize("list_path", ["pages", "blanks", "certificate", "holders[0]", "nothing", ""])
def test_what_is_no_list_of_the_form_gets_no_items(office: Office, list_path: str):
    dossier_id = office.draft(a_complete_dossier(""))
    with pytest.raises(InputError, match="bad_path"):
        office.entry.add_item(office.officer, dossier_id, list_path)


@pytest.mark.parametrize("item_path", ["holders", "holders[9]", "pages[0]", "holders[0].name", "holders[x]"])
def test_what_is_no_item_cannot_be_taken_out(office: Office, item_path: str):
    dossier_id = office.draft(a_complete_dossier(""))
    with pytest.raises(InputError, match="bad_path"):
        office.entry.remove_item(office.officer, dossier_id, item_path)


def three_holders(office: Office) -> str:
    names = ("MỘT", "HAI", "BA")
    dossier = Dossier(
        dossier_id="",
        holders=tuple(Holder(name=name, born=born) for name, born in zip(names, ("1950", None, "1970"), strict=True)),
        blanks=(
            Blank(path="holders[0].sex", reason="not_printed"),
            Blank(path="holders[1].born", reason="unreadable"),
            Blank(path="holders[2].sex", reason="lost"),
            Blank(path=SERIAL, reason="lost"),
        ),
    )
    values = [a_field(f"holders[{i}].name", name, box=Box(i, i, 9, 9)) for i, name in enumerate(names)]
    return office.draft(dossier, *values, a_field("holders[0].born", "1950"), a_field("holders[2].born", "1970"))


def test_taking_an_item_out_moves_the_others_up_with_their_evidence_and_blanks(office: Office):
    dossier_id = three_holders(office)
    opened = office.entry.remove_item(office.officer, dossier_id, "holders[0]")
    assert opened.dossier.holders == (Holder(name="HAI"), Holder(name="BA", born="1970"))
    assert opened.dossier.blanks == (
        Blank(path="holders[0].born", reason="unreadable"),
        Blank(path="holders[1].sex", reason="lost"),
        Blank(path=SERIAL, reason="lost"),
    )
    assert {field.path: (field.value, field.box) for field in opened.fields} == {
        "holders[0].name": ("HAI", Box(1, 1, 9, 9)),
        "holders[1].name": ("BA", Box(2, 2, 9, 9)),
        "holders[1].born": ("1970", Box(10, 20, 30, 40)),
    }
    assert [row.value for row in office.entry.history(dossier_id, "holders[0].name")] == ["MỘT", "HAI"]
    assert [row.value for row in office.entry.history(dossier_id, "holders[2].born")] == ["1970", None]


def test_an_item_taken_out_can_be_brought_back(office: Office):
    dossier_id = three_holders(office)
    before = office.opened(dossier_id)
    for item in ("holders[2]", "holders[0]", "holders[0]"):
        office.entry.remove_item(office.officer, dossier_id, item)
    for _ in range(3):
        office.entry.undo(office.officer, dossier_id)
    assert content(office.opened(dossier_id)) == content(before)
    assert office.whats(dossier_id)[-1] == "undone"


def test_undo_takes_changes_back_one_by_one_also_after_a_restart(office: Office):
    dossier_id = three_holders(office)
    seen = [content(office.opened(dossier_id))]
    acts = (
        lambda: office.entry.change(office.officer, dossier_id, SERIAL, "CQ 718336"),
        lambda: office.entry.accept(office.officer, dossier_id, "holders[0].name"),
        lambda: office.entry.change(office.officer, dossier_id, "parcels[0].uses[0].area_m2", "12"),
        lambda: office.entry.leave_blank(office.officer, dossier_id, "holders[1].name", "refused"),
        lambda: office.entry.add_item(office.officer, dossier_id, "holders"),
        lambda: office.entry.change(office.officer, dossier_id, "holders[3].name", "BỐN"),
        lambda: office.entry.remove_item(office.officer, dossier_id, "holders[1]"),
    )
    seen += [content(act()) for act in acts]
    history = office.entry.history(dossier_id)
    office.close()
    again = Office(office.folder)
    for expected in reversed(seen[:-1]):
        opened = again.entry.undo(again.officer, dossier_id)
        assert content(opened) == expected
    assert again.entry.history(dossier_id)[: len(history)] == history
    with pytest.raises(InputError, match="nothing_to_undo"):
        again.entry.undo(again.officer, dossier_id)
    again.close()


def test_what_the_pages_said_stays_until_it_is_answered(office: Office):
    dossier_id = office.draft(a_complete_dossier(""))
    of_pages = (
        Finding(code="serial_differs", severity="warning", paths=(SERIAL,)),
        Finding(code="pages_missing", severity="warning"),
    )
    with office.store.write() as writer:
        writer.set_findings(dossier_id, [*of_pages, Finding(code="serial_form", severity="warning")])
    opened = office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông")
    assert opened.findings == office.entry.problems(dossier_id)
    assert {"serial_differs", "pages_missing"} <= {finding.code for finding in opened.findings}
    assert "serial_form" not in {finding.code for finding in opened.findings}
    opened = office.entry.accept(office.officer, dossier_id, SERIAL)
    assert [finding.code for finding in opened.findings if finding.code.startswith("serial")] == []


def test_finishing_names_what_is_missing_and_changes_nothing(office: Office):
    dossier_id = office.draft(a_complete_dossier(""))
    before = office.opened(dossier_id)
    missing = office.entry.finish(office.officer, dossier_id)
    assert [(finding.code, finding.paths) for finding in missing] == [("required_missing", ("parcels[0].area_m2",))]
    assert office.opened(dossier_id) == before
    assert office.entry.problems(dossier_id)[0] == missing[0]


def test_a_reason_for_the_blank_is_enough_to_finish(office: Office):
    dossier_id = office.draft(a_complete_dossier(""))
    office.entry.leave_blank(office.officer, dossier_id, "parcels[0].area_m2", "unreadable")
    assert office.entry.finish(office.officer, dossier_id) == ()
    assert office.head(dossier_id).state is S.ENTERED


def test_doubts_stop_a_dossier_and_are_named_in_the_order_of_the_paper(office: Office):
    whole = paths.put(a_complete_dossier(""), "parcels[0].area_m2", Decimal("72.5"))
    dossier_id = office.draft(whole, a_field("holders[0].name", "MỘT", check="conflict"), a_field(SERIAL, "CQ 718336"))
    before = office.opened(dossier_id)
    (left,) = office.entry.finish(office.officer, dossier_id)
    assert (left.code, left.paths) == ("doubts_left", (SERIAL, "holders[0].name"))
    assert office.opened(dossier_id) == before
    office.entry.accept(office.officer, dossier_id, SERIAL)
    (left,) = office.entry.finish(office.officer, dossier_id)
    assert left.paths == ("holders[0].name",)
    assert office.entry.finish(office.officer, dossier_id, with_doubts=True) == ()
    assert office.head(dossier_id).state is S.ENTERED


def test_changing_or_undoing_what_was_entered_makes_it_a_draft_again(office: Office):
    dossier_id = office.entered()
    assert office.entry.accept(office.officer, dossier_id, "hamlet").head.state is S.ENTERED
    assert office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông").head.state is S.DRAFT
    assert office.entry.finish(office.officer, dossier_id) == ()
    assert office.entry.undo(office.officer, dossier_id).head.state is S.DRAFT


def test_an_entered_dossier_can_be_reopened(office: Office):
    dossier_id = office.entered()
    assert office.entry.reopen(office.officer, dossier_id).head.state is S.DRAFT
    with pytest.raises(InputError, match="step_not_allowed"):
        office.entry.reopen(office.officer, dossier_id)


@pytest.mark.parametrize("entered", [True, False])
def test_a_dossier_is_put_away_with_a_reason(office: Office, entered: bool):
    dossier_id = office.entered() if entered else office.draft()
    with pytest.raises(InputError, match="reason_missing"):
        office.entry.discard(office.officer, dossier_id, " ")
    office.entry.discard(office.officer, dossier_id, "quét nhầm")
    head = office.head(dossier_id)
    assert (head.state, head.reason) == (S.DISCARDED, "quét nhầm")
    with pytest.raises(InputError, match="not_editable"):
        office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông")


def test_the_place_is_remembered(office: Office):
    dossier_id = office.draft()
    office.entry.remember_place(dossier_id, "holders[0].name")
    assert office.head(dossier_id).last_path == "holders[0].name"


@pytest.mark.parametrize("state", sorted(FOR_A_PERSON))
def test_what_came_back_from_the_server_can_be_corrected(office: Office, state: DossierState):
    _batch_id, (dossier_id,) = office.sealed()
    way = [S.SENDING, S.STORED, state] if state in {S.WRONG_INFO, S.POLICE} else [S.SENDING, state]
    with office.store.write() as writer:
        for step in way:
            writer.step(dossier_id, step, who="upload", at=AT, reason="sai năm sinh" if step is state else None)
    opened = office.entry.start_correction(office.officer, dossier_id)
    assert (opened.head.state, opened.head.reason) == (S.RETURNED, "sai năm sinh")
    assert office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông").head.state is S.RETURNED
    assert office.entry.finish(office.officer, dossier_id) == ()


def test_what_lies_before_the_supervisor_is_not_taken_up_as_a_correction(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    with pytest.raises(InputError, match="step_not_allowed"):
        office.entry.start_correction(office.officer, dossier_id)


def test_who_may_not_enter_changes_nothing(office: Office):
    admin = office.people.add(office.supervisor, "quan", "Quản Trị", Role.ADMIN, "mật khẩu dài")
    dossier_id = office.draft(a_complete_dossier(""))
    before = office.opened(dossier_id)
    for call in (
        lambda: office.entry.change(admin, dossier_id, "hamlet", "x"),
        lambda: office.entry.accept(admin, dossier_id, SERIAL),
        lambda: office.entry.leave_blank(admin, dossier_id, SERIAL, "lost"),
        lambda: office.entry.add_item(admin, dossier_id, "holders"),
        lambda: office.entry.remove_item(admin, dossier_id, "holders[0]"),
        lambda: office.entry.undo(admin, dossier_id),
        lambda: office.entry.finish(admin, dossier_id),
        lambda: office.entry.reopen(admin, dossier_id),
        lambda: office.entry.discard(admin, dossier_id, "x"),
        lambda: office.entry.start_correction(admin, dossier_id),
    ):
        with pytest.raises(AuthError, match="right_missing"):
            call()
    assert office.opened(dossier_id) == before
