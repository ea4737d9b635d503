"""Dossiers in the store: what goes in comes out, with its history, its pages and its place in the lists."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from app.domain.changes import UndoStep
from app.domain.dossier import Blank, Dossier
from app.domain.doubts import doubtful_paths
from app.domain.queue import ReturnReason
from app.domain.reading import Finding
from app.domain.risk import risk
from app.domain.states import DossierState
from app.errors import InputError, StoreError
from app.ports import ListQuery
from tests.office import AT, Office, a_complete_dossier, a_field, a_page, a_stored_page

S = DossierState


def ids_of(office: Office, query: ListQuery) -> list[str]:
    return [head.dossier_id for head in office.entry.heads(query)]


def test_a_dossier_comes_back_as_it_was_put(office: Office):
    blanks = (Blank(path="parcels[0].area_m2", reason="unreadable"),)
    dossier = dataclasses.replace(a_complete_dossier(""), hamlet="Thôn Đông", pages=(a_page(),), blanks=blanks)
    value = a_field("certificate.serial", "CQ 718336")
    dossier_id = office.draft(dossier, value)
    opened = office.opened(dossier_id)
    assert opened.dossier == dataclasses.replace(dossier, dossier_id=dossier_id)
    assert opened.fields == (value,)
    assert opened.head.serial == "CQ 718336"
    assert opened.head.holder_names == "TRƯƠNG QUANG HÁCH; ĐẶNG ĐỨC ĐÔNG"
    assert opened.head.page_count == 1
    assert (opened.head.state, opened.head.created_at) == (S.DRAFT, AT)


def test_the_list_row_carries_doubts_and_risk_of_the_present_values(office: Office):
    dossier_id = office.draft(a_complete_dossier(""), a_field("certificate.serial", "CQ 718336"))
    opened = office.opened(dossier_id)
    assert opened.head.doubts == len(doubtful_paths(opened)) == 2
    assert opened.head.risk == risk(opened) > 0
    with office.store.write() as writer:
        writer.set_findings(dossier_id, [Finding(code="serial_form", severity="warning")])
    assert office.head(dossier_id).risk > opened.head.risk


def test_fields_are_the_newest_of_each_path_in_the_order_of_the_paper(office: Office):
    first = a_field("holders[0].name", "HACH")
    dossier_id = office.draft(None, first, a_field("certificate.serial", "CQ 1"))
    newest = a_field("holders[0].name", "HÁCH")
    with office.store.write() as writer:
        writer.save(writer.open(dossier_id).dossier, [newest])
    assert [field.path for field in office.opened(dossier_id).fields] == ["certificate.serial", "holders[0].name"]
    assert office.opened(dossier_id).field("holders[0].name") == newest
    assert office.entry.history(dossier_id, "holders[0].name") == [first, newest]
    assert len(office.entry.history(dossier_id)) == 3


def test_pages_keep_their_order_and_leave_with_the_content(office: Office):
    dossier_id = office.draft(Dossier(dossier_id="", pages=(a_page("p1"), a_page("p2", position=1))))
    with office.store.write() as writer:
        writer.set_pages_read(dossier_id, ["p1"], AT)
        assert writer.unread_pages(dossier_id) == {"p2"}
        dossier = writer.open(dossier_id).dossier
        turned = dataclasses.replace(dossier.pages[0], rotation_deg=90, position=0)
        writer.save(dataclasses.replace(dossier, pages=(turned,)))
        assert writer.open(dossier_id).dossier.pages == (turned,)
        assert writer.unread_pages(dossier_id) == set()
        assert writer.page_owners(turned.sha256) == [dossier_id]
        assert writer.stored_page(turned.sha256) == a_stored_page()
        assert writer.stored_pages() == [a_stored_page()]
    assert office.head(dossier_id).page_count == 1


def test_the_same_content_may_lie_in_two_dossiers(office: Office):
    first = office.draft(Dossier(dossier_id="", pages=(a_page("p1"),)))
    second = office.draft(Dossier(dossier_id="", pages=(a_page("p2"),)))
    with office.store.read() as reader:
        assert reader.page_owners(a_stored_page().sha256) == sorted([first, second])


def test_drafts_with_pages_never_read_are_waiting(office: Office):
    office.draft()
    dossier_id = office.draft(Dossier(dossier_id="", pages=(a_page("p1"),)))
    with office.store.write() as writer:
        assert writer.waiting() == [dossier_id]
        writer.set_pages_read(dossier_id, ["p1"], AT)
        assert writer.waiting() == []


def test_what_is_not_there_is_named(office: Office):
    with office.store.write() as writer:
        for call in (writer.open, writer.head):
            with pytest.raises(InputError, match="unknown_dossier"):
                call("nobody")
        with pytest.raises(InputError, match="unknown_dossier"):
            writer.save(Dossier(dossier_id="nobody"))
        with pytest.raises(InputError, match="unknown_dossier"):
            writer.set_findings("nobody", [])
        with pytest.raises(InputError, match="unknown_batch"):
            writer.batch("nobody")
        with pytest.raises(StoreError, match="page_missing"):
            writer.stored_page("0" * 64)


def test_content_is_frozen_outside_of_entry(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    opened = office.opened(dossier_id)
    with office.store.write() as writer:
        with pytest.raises(InputError, match="not_editable"):
            writer.save(opened.dossier)
        with pytest.raises(InputError, match="not_editable"):
            writer.add_page(dossier_id, a_page(), a_stored_page())


def test_a_value_of_an_unknown_kind_is_our_bug_and_nothing_is_stored(office: Office):
    dossier_id = office.draft()
    with pytest.raises(sqlite3.IntegrityError), office.store.write() as writer:
        writer.save(Dossier(dossier_id=dossier_id), [a_field("hamlet", "x"), a_field("hamlet", "y", source="guess")])
    assert office.entry.history(dossier_id) == []


def test_reasons_of_a_return_show_while_it_is_returned(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    reasons = (ReturnReason(path="certificate.serial", why="đọc lại"),)
    office.review.return_dossier(office.supervisor, dossier_id, reasons)
    assert office.opened(dossier_id).returned_for == reasons
    assert office.entry.finish(office.officer, dossier_id) == ()
    assert office.opened(dossier_id).returned_for == ()


def test_undo_steps_are_kept_last_in_first_out_and_forgotten_when_submitted(office: Office):
    dossier_id = office.entered()
    steps = [
        UndoStep(path="hamlet", before=Dossier(dossier_id=dossier_id, hamlet=name), fields=(a_field("hamlet", name),))
        for name in ("Đông", "Đoài")
    ]
    with office.store.write() as writer:
        for step in steps:
            writer.push_undo(dossier_id, step)
        assert writer.undo_depth(dossier_id) == 3
        assert writer.pop_undo(dossier_id) == steps[1]
        assert writer.pop_undo(dossier_id) == steps[0]
    office.review.submit(office.officer, [dossier_id])
    with office.store.write() as writer:
        assert writer.undo_depth(dossier_id) == 0
        assert writer.pop_undo(dossier_id) is None


# ---------------------------------------------------------------- lists


def test_the_newest_comes_first_page_by_page(office: Office):
    made = [office.draft() for _ in range(7)]
    seen: list[str] = []
    after = None
    while found := ids_of(office, ListQuery(after=after, limit=3)):
        seen += found
        after = found[-1]
    assert seen == made[::-1]


def test_states_are_shown_together_newest_first(office: Office):
    first, second, third = office.draft(), office.entered(), office.draft()
    office.entry.discard(office.officer, first, "giấy photo mờ")
    query = ListQuery(states=(S.DISCARDED, S.ENTERED, S.DRAFT, S.DRAFT))
    assert ids_of(office, query) == [third, second, first]
    assert ids_of(office, dataclasses.replace(query, limit=2)) == [third, second]
    assert ids_of(office, dataclasses.replace(query, after=third)) == [second, first]
    assert ids_of(office, ListQuery(states=(S.DRAFT,))) == [third]
    counts = office.entry.counts()
    assert (counts[S.DRAFT], counts[S.ENTERED], counts[S.DISCARDED], counts[S.STORED]) == (1, 1, 1, 0)


def test_a_batch_is_shown_riskiest_first(office: Office):
    batch_id, (safe, risky) = office.submitted(2)
    with office.store.write() as writer:
        writer.set_findings(risky, [Finding(code="serial_form", severity="warning")])
    other = office.entered()
    assert ids_of(office, ListQuery(batch_id=batch_id, by_risk=True, after=risky)) == [risky, safe]
    mixed = ids_of(office, ListQuery(states=(S.SUBMITTED, S.ENTERED), by_risk=True))
    assert mixed[0] == risky
    assert set(mixed[1:]) == {safe, other}


SEARCHES = {
    "a serial": "CQ 718336",
    "a serial without the space": "cq718336",
    "the beginning of a serial": "cq71",
    "a name without accents": "dang duc dong",
    "a name with accents": "Đặng Đức",
    "words in another order": "hach truong",
    "a name in decomposed letters": "ĐẶNG",
    "an identity number": "027081999921",
    "an address": "cách bi",
    "a register number": "09331",
}


@pytest.mark.parametrize("words", SEARCHES.values(), ids=SEARCHES.keys())
def test_a_dossier_is_found_by(office: Office, words: str):
    office.draft()
    dossier_id = office.entered()
    office.draft()
    assert ids_of(office, ListQuery(text=words)) == [dossier_id]
    assert ids_of(office, ListQuery(text=words, states=(S.ENTERED, S.DRAFT))) == [dossier_id]
    assert ids_of(office, ListQuery(text=words, by_risk=True)) == [dossier_id]
    assert ids_of(office, ListQuery(text=words, states=(S.DISCARDED,))) == []
    assert ids_of(office, ListQuery(text=words, after=dossier_id)) == []


def test_a_dossier_is_found_by_what_it_holds_now(office: Office):
    dossier_id = office.entered()
    office.entry.change(office.officer, dossier_id, "holders[0].name", "NGUYỄN THỊ ƯỚC")
    assert ids_of(office, ListQuery(text="nguyen thi uoc")) == [dossier_id]
    assert ids_of(office, ListQuery(text="hach")) == []


def test_blank_text_shows_all_and_text_without_words_none(office: Office):
    dossier_id = office.draft()
    assert ids_of(office, ListQuery(text="  ")) == [dossier_id]
    assert ids_of(office, ListQuery(text='"*')) == []
