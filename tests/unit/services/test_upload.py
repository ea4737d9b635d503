"""The upload service against a scripted server: every answer and failure has its place in the books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.states import DossierState
from app.errors import AuthError, DiabaError, RejectedError, StoreError, TransportError
from app.ports import (
    BatchToSend,
    Cancelled,
    FormOutcome,
    FormOutcomeKind,
    FormProblem,
    ServerResult,
    ServerResults,
    UploadProgress,
    never,
)
from tests.integration.upload.post_office import PostOffice

S = DossierState
K = FormOutcomeKind
Answer = Callable[[BatchToSend], list[FormOutcome]]


def all_of(kind: K, problems: tuple[FormProblem, ...] = ()) -> Answer:
    """The same answer for every form."""
    receipt = "a.b.c" if kind is K.STORED else None
    return lambda batch: [
        FormOutcome(dossier_id=f.dossier_id, revision=f.revision, kind=kind, receipt=receipt, problems=problems)
        for f in batch.forms
        if not f.settled
    ]


def failing(error: DiabaError) -> Answer:
    def answer(_batch: BatchToSend) -> list[FormOutcome]:
        raise error

    return answer


class ScriptedUploader:
    """A server that answers as the test says; remembers what it was asked."""

    def __init__(self) -> None:
        self.sending: Answer = all_of(K.STORED)
        self.asking: Answer = all_of(K.NOT_THERE)
        self.pages: list[ServerResults] = []
        self.sent: list[BatchToSend] = []
        self.asked: list[BatchToSend] = []

    def enrol(self, url: str, code: str, device_name: str) -> None:
        self.name = device_name

    def enrolled(self) -> bool:
        return True

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        self.sent.append(batch)
        progress(UploadProgress(batch_id=batch.batch_id, pages_done=0, pages_total=0, bytes_done=0, bytes_total=0))
        return self.sending(batch)

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        self.asked.append(batch)
        return self.asking(batch)

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        if cancelled():
            raise TransportError("upload_stopped")
        return self.pages.pop(0) if self.pages else ServerResults(cursor=cursor, items=())


@pytest.fixture
def server() -> ScriptedUploader:
    return ScriptedUploader()


@pytest.fixture
def office(tmp_path: Path, server: ScriptedUploader) -> Iterator[PostOffice]:
    made = PostOffice(tmp_path / "store", server)
    yield made
    made.close()


def test_a_transport_error_before_the_forms_goes_back_to_the_queue(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(TransportError("connection_lost", forms_sent=False))
    assert office.upload.upload(office.officer).stopped_by == "connection_lost"
    assert office.states() == ["queued/queued"]


def test_a_transport_error_that_does_not_say_counts_as_sent(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(TransportError("connection_lost"))
    office.upload.upload(office.officer)
    assert office.states() == ["unknown/unknown"]
    assert server.asked == []


def test_an_unknown_fate_is_asked_before_anything_is_sent(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(TransportError("connection_lost"))
    office.upload.upload(office.officer)
    server.sending = all_of(K.STORED)
    assert office.upload.upload(office.officer).stored == 1
    assert (len(server.asked), len(server.sent)) == (1, 2)
    assert server.sent[0] == server.sent[1]
    assert server.asked[0].chain_head == server.sent[0].chain_head


def test_a_fate_that_cannot_be_asked_stays_unknown_and_the_others_go_on(office: PostOffice, server: ScriptedUploader):
    _, (first,) = office.sealed_batch()
    server.sending = failing(TransportError("reply_broken"))
    office.upload.upload(office.officer)
    _, (second,) = office.sealed_batch()
    server.sending, server.asking = all_of(K.STORED), failing(TransportError("server_failed"))
    summary = office.upload.upload(office.officer)
    assert (summary.stored, summary.waiting, summary.stopped_by) == (1, 1, "server_failed")
    row = office.row(first)
    assert (row.state, row.error, row.attempts) == (S.UNKNOWN, "server_failed", 2)
    assert row.next_at is not None
    assert office.row(second).state is S.STORED


def test_an_unknown_batch_that_is_not_due_is_left_alone(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(TransportError("reply_broken"))
    office.upload.upload(office.officer)
    with office.store.write() as writer:
        (row,) = writer.outbox()
        writer.set_outbox(row.seq, row.state, next_at="2099-01-01T00:00:00.000Z")
    office.upload.upload(office.officer, due_only=True)
    assert server.asked == []


def test_the_first_upload_after_a_crash_asks_even_when_nobody_called_recover(
    office: PostOffice, server: ScriptedUploader
):
    office.sealed_batch()
    with office.store.write() as writer:
        (row,) = writer.outbox()
        writer.step(row.dossier_id, S.SENDING, who="x", at="2026-11-22T09:00:00.000Z")
        writer.set_outbox(row.seq, S.SENDING)
    server.asking = all_of(K.STORED)
    assert office.upload.upload(office.officer).stored == 1
    assert (len(server.asked), len(server.sent)) == (1, 0)


@pytest.mark.parametrize("kind", [K.CONFLICT, K.REFUSED])
def test_an_unknown_fate_may_turn_out_badly(office: PostOffice, server: ScriptedUploader, kind: K):
    office.sealed_batch()
    server.sending, server.asking = failing(TransportError("reply_broken")), all_of(kind)
    office.upload.upload(office.officer)
    summary = office.upload.upload(office.officer)
    assert office.states() == [f"{kind}/{kind}"]
    assert (summary.refused, summary.conflict) == ((1, 0) if kind is K.REFUSED else (0, 1))


def test_a_receipt_that_cannot_be_believed_leaves_the_fate_unknown(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = server.asking = lambda _batch: []
    assert office.upload.upload(office.officer).stopped_by == "receipt_invalid"
    assert office.states() == ["unknown/unknown"]
    assert office.upload.upload(office.officer).stopped_by == "receipt_invalid"
    assert office.states() == ["unknown/unknown"]


def test_a_conflict_names_the_code_and_waits_for_a_person(office: PostOffice, server: ScriptedUploader):
    _, (dossier_id,) = office.sealed_batch()
    server.sending = all_of(K.CONFLICT)
    assert office.upload.upload(office.officer).conflict == 1
    assert (office.row(dossier_id).state, office.row(dossier_id).error) == (S.CONFLICT, "revision_exists")


def test_a_form_the_server_could_not_take_yet_waits(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = all_of(K.NOT_THERE)
    assert office.upload.upload(office.officer).waiting == 1
    assert office.states() == ["queued/queued"]


def test_a_refusal_without_words_is_kept_as_well(office: PostOffice, server: ScriptedUploader):
    _, (dossier_id,) = office.sealed_batch()
    server.sending = all_of(K.REFUSED)
    office.upload.upload(office.officer)
    assert (office.row(dossier_id).error, office.row(dossier_id).detail) == ("form_refused", None)


@pytest.mark.parametrize(("code", "state"), [("batch_conflict", S.CONFLICT), ("manifest_refused", S.REFUSED)])
def test_a_batch_turned_down_whole_waits_for_a_person_and_the_next_goes_on(
    office: PostOffice, server: ScriptedUploader, code: str, state: DossierState
):
    bad, (first,) = office.sealed_batch()
    _, (second,) = office.sealed_batch()
    stored = all_of(K.STORED)
    refused = failing(RejectedError(code, batch=bad))
    server.sending = lambda batch: refused(batch) if batch.batch_id == bad else stored(batch)
    summary = office.upload.upload(office.officer)
    assert (office.row(first).state, office.row(first).error) == (state, code)
    assert office.row(second).state is S.STORED
    assert summary.refused + summary.conflict == 1
    assert summary.stopped_by == code
    assert summary.failure is not None
    assert summary.failure.params == {"batch": bad}


def test_a_damaged_page_stops_only_its_batch(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(StoreError("page_damaged", sha256="ab"))
    summary = office.upload.upload(office.officer)
    assert (summary.stopped_by, office.states()) == ("page_damaged", ["queued/queued"])


def test_a_page_of_another_size_than_stored_is_noticed_before_sending(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch(pages=1)
    (file,) = office.files.folder.iterdir()
    file.write_bytes(b"short")
    assert office.upload.upload(office.officer).stopped_by == "page_missing"
    assert server.sent == []


def test_an_auth_error_ends_the_run_at_once(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    office.sealed_batch()
    server.sending = failing(AuthError("device_refused"))
    assert office.upload.upload(office.officer).stopped_by == "device_refused"
    assert len(server.sent) == 1
    assert office.states() == ["queued/queued"] * 2


def test_a_stop_between_asking_and_sending_is_one_stop(office: PostOffice, server: ScriptedUploader):
    office.sealed_batch()
    server.sending = failing(TransportError("reply_broken"))
    office.upload.upload(office.officer)
    office.sealed_batch()
    summary = office.upload.upload(office.officer, cancelled=lambda: True)
    assert (summary.stopped_by, summary.waiting) == ("upload_stopped", 2)
    assert server.asked == []


def test_the_device_is_named_by_the_office(office: PostOffice, server: ScriptedUploader):
    office.upload.enrol(office.supervisor, "https://maychu.example", "AAAA")
    assert server.name == ""
    with office.store.write() as writer:
        assert writer.setting("server_url") == "https://maychu.example"
        writer.put_setting("device_name", "Máy quét số 2")
    office.upload.enrol(office.supervisor, "https://maychu.example", "AAAA")
    assert server.name == "Máy quét số 2"


@pytest.mark.parametrize("path", [None, "no_such.field", "holders[0].name", "pages"])
def test_a_result_keeps_only_paths_the_form_has(office: PostOffice, server: ScriptedUploader, path: str | None):
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    item = ServerResult(dossier_id=dossier_id, revision=1, at="x", result="returned", path=path)
    odd = ServerResult(dossier_id=dossier_id, revision=1, at="x", result="something_new")
    server.pages = [ServerResults(cursor="1", items=(odd, item))]
    summary = office.upload.fetch_results()
    assert (summary.returned, summary.ignored) == (1, 1)
    known = [] if path in (None, "no_such.field") else [path]
    assert [reason.path for reason in office.opened(dossier_id).returned_for] == known


@pytest.mark.parametrize("result", ["wrong_info", "police", "returned", "duplicate_certificate"])
def test_what_came_back_says_as_what_and_when_also_when_the_server_says_nothing_else(
    office: PostOffice, server: ScriptedUploader, result: str
):
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    assert office.opened(dossier_id).sent_back is None
    server.pages = [
        ServerResults(cursor="1", items=(ServerResult(dossier_id=dossier_id, revision=1, at="x", result=result),))
    ]
    office.upload.fetch_results()
    came = office.opened(dossier_id).sent_back
    assert came is not None
    assert came.as_state == {"duplicate_certificate": S.CONFLICT}.get(result, result)
    with office.store.read() as reader:
        assert came.at == next(event.at for event in reader.events() if event.what == f"dossier_{came.as_state}")
    if result != "returned":
        assert office.entry.start_correction(office.officer, dossier_id).sent_back == came


def test_a_result_without_a_path_does_not_bring_back_the_reasons_of_an_earlier_return(
    office: PostOffice, server: ScriptedUploader
):
    _, (dossier_id,) = office.sealed_batch()
    office.upload.upload(office.officer)
    first = ServerResult(dossier_id=dossier_id, revision=1, at="x", result="returned", path="pages", message="Mờ")
    server.pages = [ServerResults(cursor="1", items=(first,))]
    office.upload.fetch_results()
    assert [reason.why for reason in office.opened(dossier_id).returned_for] == ["Mờ"]
    office.entry.finish(office.officer, dossier_id, with_doubts=True)
    batch_id = office.review.submit(office.officer, [dossier_id])
    office.review.approve_all(office.supervisor, batch_id)
    office.review.seal(office.supervisor, batch_id)
    office.upload.upload(office.officer)
    again = ServerResult(dossier_id=dossier_id, revision=2, at="x", result="wrong_info", message="Sai số thửa")
    server.pages = [ServerResults(cursor="2", items=(again,))]
    office.upload.fetch_results()
    opened = office.opened(dossier_id)
    assert (opened.head.state, opened.head.reason, opened.returned_for) == (S.WRONG_INFO, "Sai số thửa", ())
    assert office.entry.start_correction(office.officer, dossier_id).returned_for == ()


def test_a_cursor_that_stands_still_ends_the_fetching(office: PostOffice, server: ScriptedUploader):
    item = ServerResult(dossier_id="x", revision=1, at="x", result="verified")
    server.pages = [ServerResults(cursor="", items=(item,))] * 3
    assert office.upload.fetch_results().ignored == 0


def test_results_fetched_before_the_stop_are_kept_and_the_rest_comes_the_next_time(
    office: PostOffice, server: ScriptedUploader
):
    item = ServerResult(dossier_id="x", revision=1, at="x", result="verified")
    server.pages = [ServerResults(cursor=str(number), items=(item,)) for number in (1, 2, 3)]
    asked: list[bool] = []

    def stopped_in_the_second_page() -> bool:
        asked.append(True)
        return len(asked) > 2

    with pytest.raises(TransportError, match="upload_stopped"):
        office.upload.fetch_results(stopped_in_the_second_page)
    assert len(server.pages) == 2
    assert office.upload.fetch_results().ignored == 2


def test_a_server_that_gives_results_without_an_end_is_left_after_half_an_hour(
    office: PostOffice, server: ScriptedUploader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.services.upload.LONGEST_FETCH", timedelta(seconds=6))  # the clock goes on at every look
    item = ServerResult(dossier_id="x", revision=1, at="x", result="verified")
    server.pages = [ServerResults(cursor=str(number), items=(item,)) for number in range(1, 20)]
    with pytest.raises(TransportError, match="connection_stalled"):
        office.upload.fetch_results()
    assert 0 < len(server.pages) < 18
    with office.store.read() as reader:
        assert reader.setting("changes_cursor") == str(19 - len(server.pages))


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreError("page_missing"), 5),
        (TransportError("server_unreachable"), 6),
        (AuthError("not_enrolled"), 7),
        (RejectedError("batch_conflict"), 8),
    ],
)
def test_what_stopped_a_run_keeps_its_kind_for_the_exit_status(
    office: PostOffice, server: ScriptedUploader, error: DiabaError, status: int
):
    office.sealed_batch()
    server.sending = failing(error)
    failure = office.upload.upload(office.officer).failure
    assert failure is not None
    assert (failure.code, failure.exit_status) == (error.code, status)
