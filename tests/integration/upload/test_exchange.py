"""A batch goes up once and is confirmed, whatever was there before."""

from __future__ import annotations

import dataclasses
import gzip
import json
import threading
import time
from pathlib import Path

import pytest

from app.adapters.upload_http import HttpUploader
from app.domain.dossier import Blank
from app.errors import RejectedError, StoreError, TransportError
from app.ports import FormOutcomeKind
from app.wire import jws
from tests.integration.upload.proxy import FaultProxy
from tests.integration.upload.world import (
    ReceiverProcess,
    Watcher,
    enrolled_uploader,
    make_batch,
    make_batch_of,
    make_dossier,
    make_form,
    make_page,
)

K = FormOutcomeKind


def ignore(_progress: object) -> None:
    pass


def test_a_batch_is_stored_with_verified_receipts(own_receiver: ReceiverProcess, tmp_path: Path) -> None:
    uploader = enrolled_uploader(own_receiver, tmp_path / "device")
    batch = make_batch_of(tmp_path / "pages", dossiers=3, pages=2)
    watcher = Watcher()
    outcomes = uploader.send(batch, watcher)
    assert [outcome.kind for outcome in outcomes] == [K.STORED] * 3
    assert all(outcome.receipt for outcome in outcomes)
    assert watcher.last is not None
    assert (watcher.last.pages_done, watcher.last.bytes_done) == (6, 6 * 60_000)
    assert own_receiver.counts()["records"] == 3
    assert own_receiver.counts()["pages"] == 6
    assert own_receiver.damage() == []


def test_a_dossier_without_pages_is_stored(uploader: HttpUploader) -> None:
    (outcome,) = uploader.send(make_batch(make_form(make_dossier())), ignore)
    assert outcome.kind is K.STORED


def test_sending_again_gives_the_same_receipts_and_no_page_twice(
    receiver: ReceiverProcess, proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=2, pages=2)
    first = by_proxy.send(batch, ignore)
    before = receiver.counts()
    patches = len(proxy.of("PATCH", "/v1/blobs"))
    assert by_proxy.send(batch, ignore) == first
    assert receiver.counts() == before
    assert len(proxy.of("PATCH", "/v1/blobs")) == patches


def test_a_page_that_another_dossier_has_brought_is_not_sent_again(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    page = make_page(tmp_path / "pages")
    by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    patches = len(proxy.of("PATCH", "/v1/blobs"))
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    assert len(proxy.of("PATCH", "/v1/blobs")) == patches


def test_asking_tells_what_is_there_without_sending(uploader: HttpUploader, tmp_path: Path) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=2, pages=1)
    assert [outcome.kind for outcome in uploader.ask(batch)] == [K.NOT_THERE] * 2
    sent = uploader.send(batch, ignore)
    assert uploader.ask(batch) == sent


def test_a_bad_form_is_refused_with_vietnamese_reasons_and_the_others_are_stored(
    uploader: HttpUploader, tmp_path: Path
) -> None:
    good = make_form(make_dossier())
    incomplete = make_form(make_dossier(serial=""))
    wrong = dataclasses.replace(make_dossier(), commune_code="xã Bình Minh")
    outcomes = {o.dossier_id: o for o in uploader.send(make_batch(good, incomplete, make_form(wrong)), ignore)}
    assert outcomes[good.dossier_id].kind is K.STORED
    refused = outcomes[incomplete.dossier_id]
    assert (refused.kind, [(p.path, p.code) for p in refused.problems]) == (
        K.REFUSED,
        [("certificate.serial", "required_missing")],
    )
    assert refused.problems[0].message.startswith("Số phát hành (sê-ri): chưa có giá trị")
    assert [(p.path, p.code) for p in outcomes[wrong.dossier_id].problems] == [("commune_code", "pattern")]


def test_a_required_value_that_is_blank_with_a_reason_is_accepted(uploader: HttpUploader) -> None:
    dossier = make_dossier(register_number="")
    dossier = dataclasses.replace(dossier, blanks=(Blank(path="certificate.register_number", reason="unreadable"),))
    (outcome,) = uploader.send(make_batch(make_form(dossier)), ignore)
    assert outcome.kind is K.STORED


def test_a_corrected_revision_is_stored_beside_the_first(receiver: ReceiverProcess, uploader: HttpUploader) -> None:
    dossier = make_dossier()
    uploader.send(make_batch(make_form(dossier)), ignore)
    before = receiver.counts()
    corrected = dataclasses.replace(dossier, hamlet="Thôn Đông")
    (outcome,) = uploader.send(make_batch(make_form(corrected, revision=2)), ignore)
    assert outcome.kind is K.STORED
    assert receiver.counts()["records"] == before["records"] + 1
    assert receiver.counts()["dossiers"] == before["dossiers"]


def test_another_content_under_the_same_revision_is_a_conflict_and_changes_nothing(
    receiver: ReceiverProcess, uploader: HttpUploader
) -> None:
    dossier = make_dossier()
    uploader.send(make_batch(make_form(dossier)), ignore)
    before = receiver.counts()["records"]
    other = make_batch(make_form(dataclasses.replace(dossier, hamlet="Thôn Đoài")))
    (outcome,) = uploader.send(other, ignore)
    assert outcome.kind is K.CONFLICT
    assert [o.kind for o in uploader.ask(other)] == [K.CONFLICT]
    assert receiver.counts()["records"] == before


def test_another_content_under_the_same_batch_id_is_refused(uploader: HttpUploader) -> None:
    batch = make_batch(make_form(make_dossier()))
    uploader.send(batch, ignore)
    with pytest.raises(RejectedError, match="batch_conflict"):
        uploader.send(make_batch(make_form(make_dossier()), batch_id=batch.batch_id), ignore)


def test_a_settled_form_is_declared_but_not_sent(
    receiver: ReceiverProcess, uploader: HttpUploader, tmp_path: Path
) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=2, pages=1)
    first, second = batch.forms
    batch = dataclasses.replace(batch, forms=(first, dataclasses.replace(second, settled=True)))
    before = receiver.counts()
    (outcome,) = uploader.send(batch, ignore)
    assert outcome.dossier_id == first.dossier_id
    assert receiver.counts()["records"] == before["records"] + 1
    assert receiver.counts()["pages"] == before["pages"] + 1


def test_a_page_larger_than_a_chunk_arrives_in_pieces(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    page = make_page(tmp_path / "pages", 5 * 1024 * 1024)
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    assert [each.status for each in proxy.of("PATCH", page.sha256)] == [204, 201]


def test_a_page_damaged_on_the_disk_is_named_and_never_stored(
    receiver: ReceiverProcess, uploader: HttpUploader, tmp_path: Path
) -> None:
    page = make_page(tmp_path / "pages")
    before = receiver.counts()
    page.file.write_bytes(b"x" * page.size_bytes)
    with pytest.raises(StoreError, match="page_damaged"):
        uploader.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert receiver.counts()["records"] == before["records"]
    assert receiver.counts()["pages"] == before["pages"]


def test_a_page_file_that_vanished_is_named(uploader: HttpUploader, tmp_path: Path) -> None:
    page = make_page(tmp_path / "pages")
    page.file.unlink()
    with pytest.raises(StoreError, match="page_missing"):
        uploader.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)


def test_two_senders_of_the_same_pages_do_not_harm_each_other(
    receiver: ReceiverProcess, uploader: HttpUploader, tmp_path: Path
) -> None:
    pages = tuple(make_page(tmp_path / "pages", 400_000) for _ in range(3))
    batches = [make_batch(make_form(make_dossier(pages), pages)) for _ in range(2)]
    outcomes: list[list[K]] = []

    def send(index: int) -> None:
        outcomes.append([outcome.kind for outcome in uploader.send(batches[index], ignore)])

    threads = [threading.Thread(target=send, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [[K.STORED], [K.STORED]]
    assert receiver.damage() == []


def test_manifest_and_forms_travel_packed_and_once(proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=4, pages=1)
    by_proxy.send(batch, ignore)
    (forms,) = proxy.of("POST", "/records")
    assert gzip.decompress(forms.body) == b"".join(form.form + b"\n" for form in batch.forms)
    (manifest,) = proxy.of("POST", f"/v1/batches/{batch.batch_id}")[:1]
    assert json.loads(gzip.decompress(manifest.body))["chain_head"] == batch.chain_head


def test_the_receipt_repeats_what_was_sent(uploader: HttpUploader, tmp_path: Path) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=1, pages=2)
    (outcome,) = uploader.send(batch, ignore)
    assert outcome.receipt is not None
    words = jws.claims(outcome.receipt)
    (form,) = batch.forms
    assert words["chain_head"] == batch.chain_head
    assert (words["dossier_id"], words["revision"], words["form_sha256"]) == (form.dossier_id, 1, form.digest)
    assert words["pages"] == [page.sha256 for page in form.pages]
    assert words["batch_id"] == batch.batch_id


def test_a_cancelled_send_stops_within_a_second_and_goes_on_later(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=1, pages=6, size_bytes=300_000)
    proxy.bytes_per_s = 100_000
    asked_s: list[float] = []

    def cancelled() -> bool:
        if proxy.body_bytes > 200_000 and not asked_s:
            asked_s.append(time.monotonic())
        return bool(asked_s)

    with pytest.raises(TransportError, match="upload_stopped") as caught:
        by_proxy.send(batch, ignore, cancelled)
    assert time.monotonic() - asked_s[0] < 1.0
    assert caught.value.params["forms_sent"] is False
    proxy.bytes_per_s = None
    (outcome,) = by_proxy.send(batch, ignore)
    assert outcome.kind is K.STORED
    assert proxy.body_bytes < 1.3 * 6 * 300_000  # what was in the send buffers may go twice, nothing else
