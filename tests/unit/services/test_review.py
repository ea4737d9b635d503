"""Review: four eyes, digests of exact bytes, revisions, and sealing."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from pathlib import Path

import pytest

from app.adapters.clock import UuidV7Ids
from app.adapters.store import STORE_FILE, open_store
from app.domain import codec
from app.domain.people import SETUP, Role
from app.domain.queue import ReturnReason
from app.domain.reading import Finding
from app.domain.states import BatchState, DossierState
from app.errors import AuthError, InputError, StoreError
from app.services.review import MOST_PER_BATCH, ReviewService
from tests.office import AT, PASSWORD, Office, TickingClock, a_complete_dossier

S = DossierState
REASON = (ReturnReason(path="certificate.serial", why="đọc lại số phát hành"),)


def digest(office: Office, dossier_id: str) -> str:
    return hashlib.sha256(codec.to_json(office.opened(dossier_id).dossier).encode()).hexdigest()


def state(office: Office, dossier_id: str) -> DossierState:
    return office.head(dossier_id).state


def send(office: Office, dossier_id: str, *way: DossierState) -> None:
    """Move a sealed dossier on as the upload would."""
    with office.store.write() as writer:
        for step in way:
            writer.step(dossier_id, step, who="upload", at=AT)


def test_submitting_makes_a_batch_before_the_supervisor(office: Office):
    first, second = office.entered(), office.entered()
    batch_id = office.review.submit(office.officer, [first, second, first])
    batch = office.review.batch(batch_id)
    assert (batch.state, batch.dossier_count, batch.commune_code) == (BatchState.SUBMITTED, 2, "09193")
    assert batch.made_by == office.head(first).submitted_by == office.officer.person_id
    assert [head.batch_id for head in office.review.dossiers(batch_id)] == [batch_id, batch_id]


def test_a_batch_is_all_or_nothing(office: Office):
    good, draft = office.entered(), office.draft(a_complete_dossier(""))
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.submit(office.officer, [good, draft])
    assert state(office, good) is S.ENTERED
    assert office.review.batches() == []


def test_a_batch_needs_dossiers_of_one_commune_and_not_too_many(office: Office):
    with pytest.raises(InputError, match="nothing_to_submit"):
        office.review.submit(office.officer, [])
    with pytest.raises(InputError, match="batch_too_large"):
        office.review.submit(office.officer, [str(number) for number in range(MOST_PER_BATCH + 1)])
    first, second = office.entered(), office.entered()
    office.entry.change(office.officer, second, "commune_code", "09196")
    office.entry.finish(office.officer, second)
    with pytest.raises(InputError, match="several_communes"):
        office.review.submit(office.officer, [first, second])


def test_a_submitted_dossier_can_be_withdrawn(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    office.review.withdraw(office.officer, dossier_id)
    assert state(office, dossier_id) is S.ENTERED
    assert office.review.dossiers(batch_id) == []
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.withdraw(office.officer, dossier_id)


def test_a_returned_dossier_is_not_withdrawn(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    office.review.return_dossier(office.supervisor, dossier_id, REASON)
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.withdraw(office.officer, dossier_id)


def test_the_riskiest_dossier_comes_first(office: Office):
    batch_id, (safe, risky) = office.submitted(2)
    with office.store.write() as writer:
        writer.set_findings(risky, [Finding(code="serial_form", severity="warning")])
    assert [head.dossier_id for head in office.review.dossiers(batch_id)] == [risky, safe]


def test_approval_fixes_revision_and_the_digest_of_the_exact_bytes(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    office.review.approve(office.supervisor, dossier_id, note=" đã  xem bản giấy ")
    head = office.head(dossier_id)
    assert (head.state, head.revision, head.digest) == (S.APPROVED, 1, digest(office, dossier_id))
    assert (head.approved_by, head.reason) == (office.supervisor.person_id, "đã xem bản giấy")
    with office.store.read() as reader:
        event = reader.events(dossier_id)[-1]
    assert (event.what, event.detail) == ("dossier_approved", f"1 {head.digest}")


def test_nobody_approves_what_they_submitted(office: Office):
    dossier_id = office.entered()
    batch_id = office.review.submit(office.supervisor, [dossier_id])
    with pytest.raises(AuthError, match="own_work"):
        office.review.approve(office.supervisor, dossier_id)
    with pytest.raises(AuthError, match="own_work"):
        office.review.approve_all(office.supervisor, batch_id)
    assert state(office, dossier_id) is S.SUBMITTED
    other = office.people.add(office.supervisor, "chi", "Phạm Chi", Role.SUPERVISOR, PASSWORD)
    office.review.approve(other, dossier_id)
    assert state(office, dossier_id) is S.APPROVED


def test_an_officer_does_not_review(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    for call in (
        lambda: office.review.approve(office.officer, dossier_id),
        lambda: office.review.approve_all(office.officer, batch_id),
        lambda: office.review.return_dossier(office.officer, dossier_id, REASON),
        lambda: office.review.recall(office.officer, dossier_id),
        lambda: office.review.seal(office.officer, batch_id),
    ):
        with pytest.raises(AuthError, match="right_missing"):
            call()
    assert state(office, dossier_id) is S.SUBMITTED


def test_in_a_store_without_people_setup_returns_but_does_not_approve(tmp_path: Path):
    store, clock, ids = open_store(tmp_path / "store", TickingClock()), TickingClock(), UuidV7Ids()
    review, dossier_id = ReviewService(store, clock, ids), ids.new()
    with store.write() as writer:
        writer.add_dossier(a_complete_dossier(dossier_id), AT, SETUP.person_id)
        writer.step(dossier_id, S.ENTERED, who=SETUP.person_id, at=AT)
    review.submit(SETUP, [dossier_id])
    with pytest.raises(AuthError, match="right_missing"):
        review.approve(SETUP, dossier_id)
    review.return_dossier(SETUP, dossier_id, REASON)
    with store.read() as reader:
        assert reader.head(dossier_id).state is S.RETURNED
    store.close()


def test_an_administrator_neither_submits_nor_withdraws(office: Office):
    admin = office.people.add(office.supervisor, "quan", "Quản Trị", Role.ADMIN, PASSWORD)
    dossier_id = office.entered()
    with pytest.raises(AuthError, match="right_missing"):
        office.review.submit(admin, [dossier_id])
    office.review.submit(office.officer, [dossier_id])
    with pytest.raises(AuthError, match="right_missing"):
        office.review.withdraw(admin, dossier_id)


def test_the_rest_of_a_batch_is_approved_at_once(office: Office):
    batch_id, (first, second, third) = office.submitted(3)
    office.review.approve(office.supervisor, first)
    office.review.return_dossier(office.supervisor, second, REASON)
    assert office.review.approve_all(office.supervisor, batch_id) == 1
    assert state(office, third) is S.APPROVED
    with pytest.raises(InputError, match="unknown_batch"):
        office.review.approve_all(office.supervisor, "nothing")


def test_a_return_names_values_and_reasons(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    reasons = [ReturnReason(path="pages", why="trang 2 mờ"), ReturnReason(path="holders[0].born", why=" sai  năm ")]
    office.review.return_dossier(office.supervisor, dossier_id, reasons)
    opened = office.opened(dossier_id)
    assert opened.returned_for == (
        ReturnReason(path="holders[0].born", why="sai năm"),
        ReturnReason(path="pages", why="trang 2 mờ"),
    )
    assert (opened.head.state, opened.head.batch_id) == (S.RETURNED, None)


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ((), "reason_missing"),
        ((ReturnReason(path="hamlet", why=" "),), "reason_missing"),
        ((ReturnReason(path="nowhere", why="x"),), "bad_path"),
        ((ReturnReason(path="", why="x"),), "bad_path"),
    ],
)
def test_a_return_without_a_good_reason_is_refused(office: Office, reasons: tuple[ReturnReason, ...], code: str):
    _batch_id, (dossier_id,) = office.submitted()
    with pytest.raises(InputError, match=code):
        office.review.return_dossier(office.supervisor, dossier_id, reasons)
    assert state(office, dossier_id) is S.SUBMITTED


def test_an_approved_dossier_is_recalled_before_it_is_returned(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    office.review.approve(office.supervisor, dossier_id)
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.return_dossier(office.supervisor, dossier_id, REASON)
    office.review.recall(office.supervisor, dossier_id)
    head = office.head(dossier_id)
    assert (head.state, head.batch_id, head.digest, head.approved_by) == (S.SUBMITTED, batch_id, None, None)
    assert head.submitted_by == office.officer.person_id
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.recall(office.supervisor, dossier_id)


def test_a_revision_that_was_never_sent_is_used_again(office: Office):
    _batch_id, (dossier_id,) = office.submitted()
    office.review.approve(office.supervisor, dossier_id)
    office.review.recall(office.supervisor, dossier_id)
    office.review.approve(office.supervisor, dossier_id)
    assert office.head(dossier_id).revision == 1


def test_a_correction_of_what_was_sent_gets_the_next_revision(office: Office):
    _batch_id, (dossier_id,) = office.sealed()
    send(office, dossier_id, S.SENDING, S.STORED, S.WRONG_INFO)
    office.entry.start_correction(office.officer, dossier_id)
    office.entry.change(office.officer, dossier_id, "holders[0].born", "1982")
    office.entry.finish(office.officer, dossier_id)
    batch_id = office.review.submit(office.officer, [dossier_id])
    office.review.approve_all(office.supervisor, batch_id)
    office.review.seal(office.supervisor, batch_id)
    with office.store.read() as reader:
        rows = [row for row in reader.outbox() if row.dossier_id == dossier_id]
    assert [row.revision for row in rows] == [1, 2]
    assert rows[0].digest != rows[1].digest


def test_sealing_queues_the_exact_bytes_that_were_approved(office: Office):
    batch_id, (first, second) = office.submitted(2)
    office.review.approve(office.supervisor, first)
    office.review.return_dossier(office.supervisor, second, REASON)
    assert office.review.seal(office.supervisor, batch_id) == 1
    with office.store.read() as reader:
        (row,) = reader.outbox(batch_id=batch_id)
    assert (row.dossier_id, row.revision, row.state, row.attempts) == (first, 1, S.QUEUED, 0)
    assert row.form == codec.to_json(office.opened(first).dossier).encode()
    assert row.digest == hashlib.sha256(row.form).hexdigest() == office.head(first).digest
    assert state(office, first) is S.QUEUED
    batch = office.review.batch(batch_id)
    assert (batch.state, batch.reviewed_by) == (BatchState.SEALED, office.supervisor.person_id)
    assert office.review.batches((BatchState.SUBMITTED,)) == []


def test_a_batch_is_sealed_only_when_all_is_decided_and_only_once(office: Office):
    batch_id, (first, _second, _third) = office.submitted(3)
    office.review.approve(office.supervisor, first)
    with pytest.raises(InputError) as caught:
        office.review.seal(office.supervisor, batch_id)
    assert (caught.value.code, caught.value.params) == ("batch_not_reviewed", {"left": 2})
    assert state(office, first) is S.APPROVED
    office.review.approve_all(office.supervisor, batch_id)
    assert office.review.seal(office.supervisor, batch_id) == 3
    with pytest.raises(InputError, match="step_not_allowed"):
        office.review.seal(office.supervisor, batch_id)


def test_a_batch_whose_dossiers_all_left_is_closed_empty(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    office.review.withdraw(office.officer, dossier_id)
    assert office.review.seal(office.supervisor, batch_id) == 0


def test_a_record_changed_behind_the_program_is_not_sealed(office: Office):
    batch_id, (dossier_id,) = office.submitted()
    office.review.approve_all(office.supervisor, batch_id)
    changed = codec.to_json(dataclasses.replace(office.opened(dossier_id).dossier, hamlet="Thôn Khác"))
    db = sqlite3.connect(office.folder / STORE_FILE)
    db.execute("DROP TRIGGER dossiers_frozen")
    db.execute("UPDATE dossiers SET content = ? WHERE dossier_id = ?", [changed, dossier_id])
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="store_damaged"):
        office.review.seal(office.supervisor, batch_id)
    assert office.review.batch(batch_id).state is BatchState.SUBMITTED
