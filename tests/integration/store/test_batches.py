"""Batches, outbox, people, settings and events in the store."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from app.domain.history_chain import START, event_hash, first_bad
from app.domain.queue import OutboxRow
from app.domain.states import BatchState, DossierState
from app.errors import InputError
from tests.office import AT, Office

S = DossierState


def test_a_batch_goes_open_submitted_sealed_and_no_other_way(office: Office):
    with office.store.write() as writer:
        writer.add_batch("b1", "09193", who="an", at=AT)
        with pytest.raises(InputError, match="step_not_allowed"):
            writer.set_batch_state("b1", BatchState.SEALED, who="an", at=AT)
        writer.set_batch_state("b1", BatchState.SUBMITTED, who="an", at="2026-11-22T09:00:00.000Z")
        writer.set_batch_state("b1", BatchState.SEALED, who="binh", at="2026-11-22T10:00:00.000Z")
        batch = writer.batch("b1")
    assert (batch.state, batch.made_by, batch.reviewed_by) == (BatchState.SEALED, "an", "binh")
    assert (batch.created_at, batch.submitted_at) == (AT, "2026-11-22T09:00:00.000Z")
    assert batch.sealed_at == "2026-11-22T10:00:00.000Z"
    assert office.whats()[-3:] == ["batch_added", "batch_submitted", "batch_sealed"]


def test_counts_follow_the_dossiers_and_stay_once_sealed(office: Office):
    batch_id, (first, second, _third) = office.submitted(3)
    office.review.approve(office.supervisor, first)
    office.review.withdraw(office.officer, second)
    batch = office.review.batch(batch_id)
    assert (batch.dossier_count, batch.approved_count) == (2, 1)
    office.review.approve_all(office.supervisor, batch_id)
    office.review.seal(office.supervisor, batch_id)
    with office.store.write() as writer:
        for state in (S.SENDING, S.REFUSED, S.RETURNED):
            writer.step(first, state, who="upload", at=AT)
    batch = office.review.batch(batch_id)
    assert (batch.dossier_count, batch.approved_count) == (2, 2)


def test_batches_are_listed_newest_first_by_state(office: Office):
    sealed, _ = office.sealed()
    submitted, _ = office.submitted()
    assert [batch.batch_id for batch in office.review.batches()] == [submitted, sealed]
    assert [batch.batch_id for batch in office.review.batches((BatchState.SEALED,))] == [sealed]


def test_outbox_rows_keep_the_order_of_sealing_and_record_how_far_they_came(office: Office):
    batch_id, dossier_ids = office.sealed(2)
    office.sealed()
    with office.store.write() as writer:
        first, second = writer.outbox(batch_id=batch_id)
        assert {first.dossier_id, second.dossier_id} == set(dossier_ids)
        assert len(writer.outbox((S.QUEUED,))) == 3
        writer.set_outbox(first.seq, S.SENDING, count_attempt=True)
        writer.set_outbox(first.seq, S.UNKNOWN, next_at=AT, error="server_unreachable", count_attempt=True)
        tried = writer.outbox((S.UNKNOWN, S.STORED), batch_id)
        assert tried == [
            dataclasses.replace(first, state=S.UNKNOWN, attempts=2, next_at=AT, error="server_unreachable")
        ]
        writer.set_outbox(first.seq, S.STORED, receipt="a.b.c")
        writer.set_outbox(first.seq, S.STORED)
        (stored,) = writer.outbox((S.STORED,))
        assert stored == dataclasses.replace(first, state=S.STORED, attempts=2, receipt="a.b.c")
        assert writer.last_sealed(first.dossier_id) == 1
        assert writer.last_sealed("nobody") == 0


def test_one_revision_goes_into_the_outbox_once(office: Office):
    batch_id, _ = office.sealed()
    with office.store.read() as reader:
        (row,) = reader.outbox(batch_id=batch_id)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"), office.store.write() as writer:
        writer.add_outbox(row)


def test_an_outbox_row_gives_back_the_exact_bytes(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    form = bytes(range(256))
    row = OutboxRow(
        seq=0, batch_id=batch_id, dossier_id=dossier_id, revision=7, digest="0" * 64, form=form, state=S.QUEUED
    )
    with office.store.write() as writer:
        writer.add_outbox(row)
        (found,) = writer.outbox()
    assert found == dataclasses.replace(row, seq=found.seq)


def test_logins_are_the_same_whatever_the_capitals(office: Office):
    with office.store.write() as writer:
        assert writer.credentials("AN") == writer.credentials("an") is not None
        with pytest.raises(InputError, match="login_taken"):
            writer.add_person(dataclasses.replace(office.officer, person_id="p9", login="An"), "x")
        assert writer.credentials("nobody") is None


def test_settings_are_replaced(office: Office):
    with office.store.write() as writer:
        assert writer.setting("server_url") is None
        writer.put_setting("server_url", "https://a")
        writer.put_setting("server_url", "https://b")
        assert writer.setting("server_url") == "https://b"


def test_events_form_a_chain_from_the_start(office: Office):
    dossier_id = office.entered()
    with office.store.write() as writer:
        writer.add_event("upload", "batch_sent", AT, batch_id="b1", detail="2")
        events = writer.events()
        assert writer.chain_head() == events[-1].hash == event_hash(events[-2].hash, events[-1])
        assert events[0].hash == event_hash(START, events[0])
        assert first_bad(events, *writer.chain_end()) is None
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert [event.what for event in writer.events(dossier_id)] == ["dossier_added", "dossier_entered"]
        assert writer.events(dossier_id, after=events[-2].seq) == []
        assert writer.events(limit=2) == events[:2]
        assert (events[-1].batch_id, events[-1].detail) == ("b1", "2")
