"""The upload service over a real store file and a real receiver: states, queue, results."""

from __future__ import annotations

import dataclasses
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.adapters import upload_link
from app.domain import codec
from app.domain.dossier import Dossier
from app.domain.people import SETUP
from app.domain.states import DossierState
from app.errors import AuthError, TransportError
from app.ports import BatchToSend, Cancelled, FormOutcome, ServerResult, ServerResults, never
from app.receiver import operator
from app.services.upload_settle import FIRST_PAUSE_S, LONGEST_PAUSE_S, next_try
from tests.integration.upload.post_office import PostOffice
from tests.integration.upload.proxy import Crossing, Fault, FaultProxy, http_answer
from tests.integration.upload.world import ReceiverProcess

S = DossierState


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_link, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(upload_link, "LONGEST_PAUSE_S", 0.1)


def is_forms(crossing: Crossing) -> bool:
    return crossing.path.endswith("/records")


def is_asking(crossing: Crossing) -> bool:
    return crossing.method == "GET" and "/v1/batches/" in crossing.path


def fail_forms_and_asking(crossing: Crossing) -> Fault | None:
    if is_forms(crossing):
        return Fault(lose_reply=True)
    return Fault(answer=http_answer(500)) if is_asking(crossing) else None


def test_a_sealed_batch_becomes_stored_with_its_receipt(office: PostOffice) -> None:
    _, ids = office.sealed_batch(dossiers=3)
    assert office.states() == ["queued/queued"] * 3
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.waiting, summary.stopped_by) == (3, 0, None)
    assert office.states() == ["stored/stored"] * 3
    assert all(office.row(each).receipt for each in ids)
    assert office.whats(ids[0])[-3:] == ["dossier_queued", "dossier_sending", "dossier_stored"]


def test_an_empty_outbox_is_no_work_at_all(office: PostOffice, proxy: FaultProxy) -> None:
    crossed = len(proxy.crossings)
    assert office.upload.upload(office.officer).stopped_by is None
    assert len(proxy.crossings) == crossed


def test_sending_is_written_down_before_the_first_byte_leaves(office: PostOffice, proxy: FaultProxy) -> None:
    office.sealed_batch()
    seen: list[str] = []

    def look() -> None:
        with sqlite3.connect(f"file:{office.folder / 'store.db'}?mode=ro", uri=True) as db:
            seen.extend(
                f"{row}/{state}"
                for row, state in db.execute(
                    "SELECT outbox.state, dossiers.state FROM outbox JOIN dossiers USING (dossier_id)"
                )
            )
        db.close()

    proxy.rule = lambda crossing: Fault(before=look) if "/v1/batches/" in crossing.path and not seen else None
    office.upload.upload(office.officer)
    assert seen == ["sending/sending"]


def test_an_unreachable_server_leaves_everything_queued_with_a_next_try(office: PostOffice, proxy: FaultProxy) -> None:
    _, (dossier_id,) = office.sealed_batch()
    proxy.close()
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.waiting, summary.stopped_by) == (0, 1, "server_unreachable")
    row = office.row(dossier_id)
    assert (row.state, row.attempts, row.error) == (S.QUEUED, 1, "server_unreachable")
    assert row.next_at is not None
    assert office.states() == ["queued/queued"]


def test_a_row_waits_for_its_time_unless_a_person_asks(office: PostOffice, proxy: FaultProxy) -> None:
    _, (dossier_id,) = office.sealed_batch()
    proxy.rule = lambda crossing: Fault(answer=http_answer(500)) if crossing.method == "POST" else None
    assert office.upload.upload(office.officer).stopped_by == "server_failed"
    with office.store.write() as writer:
        row = writer.outbox()[0]
        writer.set_outbox(row.seq, row.state, next_at="2099-01-01T00:00:00.000Z")
    proxy.rule = lambda _crossing: None
    assert office.upload.upload(office.officer, due_only=True).waiting == 1
    assert office.upload.upload(office.officer).stored == 1
    assert office.row(dossier_id).attempts == 2


def test_after_a_lost_reply_the_fate_is_unknown_until_the_server_was_asked(
    office: PostOffice, proxy: FaultProxy, receiver: ReceiverProcess
) -> None:
    _, ids = office.sealed_batch(dossiers=2)
    before = receiver.counts()["records"]
    proxy.rule = fail_forms_and_asking
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.waiting) == (0, 2)
    assert office.states() == ["unknown/unknown"] * 2
    proxy.rule = lambda _crossing: None
    sent = len(proxy.of("POST", "/records"))
    assert office.upload.upload(office.officer).stored == 2
    assert len(proxy.of("POST", "/records")) == sent
    assert receiver.counts()["records"] == before + 2
    assert office.whats(ids[0])[-2:] == ["dossier_unknown", "dossier_stored"]


def test_what_was_being_sent_at_a_crash_is_asked_for(office: PostOffice, receiver: ReceiverProcess) -> None:
    _, ids = office.sealed_batch(dossiers=2)
    with office.store.write() as writer:
        for row in writer.outbox():
            writer.step(row.dossier_id, S.SENDING, who="x", at="2026-11-22T09:00:00.000Z")
            writer.set_outbox(row.seq, S.SENDING)
    again = office.reopened()
    try:
        assert again.upload.recover() == 2
        assert again.states() == ["unknown/unknown"] * 2
        assert again.upload.recover() == 0
        assert again.upload.upload(again.officer).stored == 2
        assert again.whats(ids[0])[-4:] == ["dossier_unknown", "dossier_queued", "dossier_sending", "dossier_stored"]
    finally:
        again.close()


def test_one_bad_batch_does_not_block_the_others(office: PostOffice) -> None:
    _, (bad,) = office.sealed_batch()
    _, (good,) = office.sealed_batch()
    form = codec.from_json(Dossier, office.row(bad).form)
    (office.files.folder / form.pages[0].sha256).unlink()
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.waiting, summary.stopped_by) == (1, 1, "page_missing")
    assert (office.row(bad).state, office.row(bad).error) == (S.QUEUED, "page_missing")
    assert office.row(good).state is S.STORED


def test_a_poison_batch_that_fails_the_server_does_not_block_the_others(office: PostOffice, proxy: FaultProxy) -> None:
    poison, (bad,) = office.sealed_batch()
    _, (good,) = office.sealed_batch()
    proxy.rule = lambda crossing: Fault(answer=http_answer(500)) if poison in crossing.path else None
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.stopped_by) == (1, "server_failed")
    assert (office.row(bad).state, office.row(good).state) == (S.QUEUED, S.STORED)


def test_a_refused_dossier_says_why_and_goes_on_as_a_new_revision(office: PostOffice) -> None:
    dossier_id = office.entered()
    with office.store.write() as writer:  # a value this program's own rules let pass, the server's do not
        writer.save(dataclasses.replace(office.opened(dossier_id).dossier, commune_code="xã Bình Minh"))
    office.seal([dossier_id])
    summary = office.upload.upload(office.officer)
    assert (summary.refused, summary.waiting, summary.stopped_by) == (1, 0, None)
    row = office.row(dossier_id)
    assert (row.state, row.error) == (S.REFUSED, "form_refused")
    assert (row.detail or "").endswith(": giá trị không đúng dạng.")
    opened = office.opened(dossier_id)
    assert [(reason.path, reason.why) for reason in opened.returned_for] == [("commune_code", row.detail)]
    office.corrected(dossier_id, "commune_code", "09193")
    assert office.upload.upload(office.officer).stored == 1
    assert (office.row(dossier_id).revision, office.states()) == (2, ["refused/stored", "stored/stored"])


def test_a_disabled_device_pauses_everything_and_keeps_the_queue(office: PostOffice, receiver: ReceiverProcess) -> None:
    office.sealed_batch()
    office.sealed_batch()
    office.upload.fetch_results()
    device_id = office.uploader._folder.load().device_id  # type: ignore[attr-defined]
    operator.disable_device(receiver.data, device_id)
    summary = office.upload.upload(office.officer)
    assert (summary.stopped_by, summary.waiting) == ("device_refused", 2)
    assert office.states() == ["queued/queued"] * 2
    assert [row.next_at for row in office.upload.queue()] == [None, None]


def test_a_device_enrolled_anew_finishes_what_the_old_one_began(
    office: PostOffice, proxy: FaultProxy, receiver: ReceiverProcess
) -> None:
    office.sealed_batch(dossiers=2)
    proxy.rule = fail_forms_and_asking
    office.upload.upload(office.officer)
    proxy.rule = lambda _crossing: None
    office.upload.enrol(office.supervisor, proxy.url, operator.new_enrolment_code(receiver.data))
    before = receiver.counts()["records"]
    assert office.upload.upload(office.officer).stored == 2
    assert receiver.counts()["records"] == before


def test_without_enrolment_nothing_is_sent_and_nothing_changes(tmp_path: Path) -> None:
    office = PostOffice(tmp_path / "store")
    try:
        office.sealed_batch()
        assert not office.upload.enrolled()
        assert office.upload.upload(office.officer).stopped_by == "not_enrolled"
        assert office.states() == ["queued/queued"]
    finally:
        office.close()


def test_strangers_may_not_upload_or_enrol(office: PostOffice) -> None:
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.upload.upload(SETUP)
    with pytest.raises(AuthError, match="right_missing"):
        office.upload.enrol(office.officer, "http://127.0.0.1:1", "AAAA-AAAA-AAAA-AAAA-AAAA")


def test_a_cancelled_upload_keeps_the_rest_for_later(office: PostOffice) -> None:
    office.sealed_batch()
    summary = office.upload.upload(office.officer, cancelled=lambda: True)
    assert (summary.stopped_by, summary.waiting) == ("upload_stopped", 1)
    assert office.states() == ["queued/queued"]
    assert office.upload.upload(office.officer).stored == 1


def test_a_batch_goes_on_with_the_same_manifest_after_some_of_it_was_settled(
    office: PostOffice, proxy: FaultProxy
) -> None:
    batch_id, (lost, settled) = office.sealed_batch(dossiers=2)

    def without_first(body: bytes) -> bytes:
        return body.split(b"\n", 1)[1]

    proxy.rule = lambda crossing: Fault(change_reply=without_first) if is_forms(crossing) else None
    assert office.upload.upload(office.officer).stored == 1
    assert sorted(office.states()) == ["stored/stored", "unknown/unknown"]
    with office.store.write() as writer:  # as if the server had answered that it has nothing of the first
        (row,) = writer.outbox((S.UNKNOWN,))
        writer.step(row.dossier_id, S.QUEUED, who="x", at="2026-11-22T09:00:00.000Z")
        writer.set_outbox(row.seq, S.QUEUED)
    proxy.rule = lambda _crossing: None
    assert office.upload.upload(office.officer).stored == 1
    announced = proxy.of("POST", batch_id)
    assert {each.body for each in announced if not is_forms(each)} == {announced[0].body}
    assert all(office.row(each).receipt for each in (lost, settled))


# ---------------------------------------------------------------- results


def test_results_come_only_by_the_operators_act_and_move_the_dossier(
    office: PostOffice, receiver: ReceiverProcess
) -> None:
    _, (dossier_id, other) = office.sealed_batch(dossiers=2)
    office.upload.upload(office.officer)
    assert office.upload.fetch_results().verified == 0
    operator.post_result(receiver.data, dossier_id, "wrong_info", "holders[0].born", "Năm sinh khác dữ liệu dân cư")
    operator.post_result(receiver.data, other, "verified")
    summary = office.upload.fetch_results()
    assert (summary.wrong_info, summary.verified) == (1, 1)
    opened = office.opened(dossier_id)
    assert (opened.head.state, opened.head.reason) == (S.WRONG_INFO, "Năm sinh khác dữ liệu dân cư")
    assert [(reason.path, reason.why) for reason in opened.returned_for] == [
        ("holders[0].born", "Năm sinh khác dữ liệu dân cư")
    ]
    assert office.head(other).state is S.VERIFIED


def test_fetching_results_again_changes_nothing(office: PostOffice, receiver: ReceiverProcess) -> None:
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    operator.post_result(receiver.data, dossier_id, "police")
    assert office.upload.fetch_results().police == 1
    events = office.whats()
    assert office.upload.fetch_results().police == 0
    with office.store.write() as writer:
        writer.put_setting("changes_cursor", "")
    assert office.upload.fetch_results().ignored == 1
    assert office.whats() == events


def test_a_duplicate_certificate_is_a_conflict_and_a_return_brings_its_reason(
    office: PostOffice, receiver: ReceiverProcess
) -> None:
    _, (twin, sent_back) = office.sealed_batch(dossiers=2)
    office.upload.upload(office.officer)
    assert any({twin, sent_back} <= set(dossiers) for _serial, dossiers in operator.duplicates(receiver.data))
    operator.post_result(receiver.data, twin, "duplicate_certificate", message="Trùng số phát hành")
    operator.post_result(receiver.data, sent_back, "returned", "pages", "Trang 2 mờ")
    summary = office.upload.fetch_results()
    assert (summary.conflict, summary.returned) == (1, 1)
    assert office.head(twin).state is S.CONFLICT
    assert [reason.path for reason in office.opened(sent_back).returned_for] == ["pages"]
    operator.post_result(receiver.data, twin, "returned")
    assert office.upload.fetch_results().returned == 1


def test_a_result_that_comes_before_the_receipt_is_kept_until_it_fits(
    office: PostOffice, proxy: FaultProxy, receiver: ReceiverProcess
) -> None:
    _, (dossier_id,) = office.sealed_batch()
    proxy.rule = fail_forms_and_asking
    office.upload.upload(office.officer)
    proxy.rule = lambda _crossing: None
    operator.post_result(receiver.data, dossier_id, "verified")
    assert office.upload.fetch_results().deferred == 1
    assert office.head(dossier_id).state is S.UNKNOWN
    office.upload.upload(office.officer)
    assert office.upload.fetch_results().verified == 1
    assert office.head(dossier_id).state is S.VERIFIED


def test_a_result_of_an_older_revision_or_a_foreign_dossier_changes_nothing(
    office: PostOffice, receiver: ReceiverProcess
) -> None:
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    operator.post_result(receiver.data, dossier_id, "wrong_info")
    operator.post_result(receiver.data, dossier_id, "verified")
    office.upload.fetch_results()
    office.corrected(dossier_id, "hamlet", "Thôn Đông")
    office.upload.upload(office.officer)
    with office.store.write() as writer:
        writer.put_setting("changes_cursor", "")
    assert office.upload.fetch_results().ignored == 2
    assert office.head(dossier_id).state is S.STORED


def test_a_forged_result_is_not_believed(office: PostOffice, proxy: FaultProxy, receiver: ReceiverProcess) -> None:
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    operator.post_result(receiver.data, dossier_id, "wrong_info")
    proxy.rule = lambda crossing: (
        Fault(change_reply=lambda body: body.replace(b"wrong_info", b"verified"))
        if crossing.path.startswith("/v1/changes")
        else None
    )
    with pytest.raises(TransportError, match="receipt_invalid"):
        office.upload.fetch_results()
    assert office.head(dossier_id).state is S.STORED


class EndlessResults:
    """A server whose results never end."""

    def __init__(self) -> None:
        self.asked = 0

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        self.asked += 1
        item = ServerResult(dossier_id="x", revision=1, at="2026-11-22T09:00:00Z", result="verified")
        return ServerResults(cursor=str(self.asked), items=(item,))

    def enrolled(self) -> bool:
        return True

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        raise TransportError("server_failed")


def test_results_without_an_end_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.upload.MOST_PAGES", 20)
    endless = EndlessResults()
    office = PostOffice(tmp_path / "store", endless)  # type: ignore[arg-type]  # only what is asked for here
    try:
        assert office.upload.fetch_results().ignored == 20
    finally:
        office.close()


def test_the_next_try_comes_between_two_seconds_and_fifteen_minutes() -> None:
    now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    rng = random.Random(1)
    waits = [
        (datetime.fromisoformat(next_try(now, attempts, rng)) - now).total_seconds()
        for attempts in range(40)
        for _ in range(20)
    ]
    assert min(waits) >= FIRST_PAUSE_S
    assert max(waits) <= LONGEST_PAUSE_S
    assert max(waits[:20]) <= 4.0
