"""What bad lines, foreign networks and failing servers do to a send: nothing counts without a receipt."""

from __future__ import annotations

import dataclasses
import itertools
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.adapters import upload_link, upload_watch
from app.adapters.upload_http import HttpUploader
from app.errors import TransportError
from app.ports import Cancelled, FormOutcomeKind, never
from app.receiver import operator
from app.wire import contract, jws, receipts
from tests.integration.upload.proxy import Crossing, Fault, FaultProxy, Rule, http_answer
from tests.integration.upload.world import (
    ReceiverProcess,
    ShiftedClock,
    make_batch,
    make_batch_of,
    make_dossier,
    make_form,
    make_page,
)

K = FormOutcomeKind
PORTAL = http_answer(200, b"<html>Please sign in to the hotel network</html>")


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_link, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(upload_link, "LONGEST_PAUSE_S", 0.1)


def ignore(_progress: object) -> None:
    pass


def first_times(times: int, matches: Callable[[Crossing], bool], fault: Fault) -> Rule:
    """A fault for the first matching requests."""
    counter = itertools.count()
    return lambda crossing: fault if matches(crossing) and next(counter) < times else None


def is_forms(crossing: Crossing) -> bool:
    return crossing.path.endswith("/records")


def is_patch(crossing: Crossing) -> bool:
    return crossing.method == "PATCH"


def is_manifest(crossing: Crossing) -> bool:
    return crossing.method == "POST" and "/v1/batches/" in crossing.path and not is_forms(crossing)


def test_a_reply_lost_after_success_is_asked_for_not_sent_again(
    receiver: ReceiverProcess, proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    before = receiver.counts()["records"]
    proxy.rule = first_times(1, is_forms, Fault(lose_reply=True))
    outcomes = by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=2, pages=1), ignore)
    assert [outcome.kind for outcome in outcomes] == [K.STORED] * 2
    assert len(proxy.of("POST", "/records")) == 1
    assert receiver.counts()["records"] == before + 2


@pytest.mark.parametrize("bytes_kept", [0, 40, 700])
def test_a_truncated_reply_is_no_receipt_but_the_next_round_finds_it(
    proxy: FaultProxy, by_proxy: HttpUploader, bytes_kept: int
) -> None:
    proxy.rule = first_times(1, is_forms, Fault(truncate_reply=bytes_kept))
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier())), ignore)
    assert outcome.kind is K.STORED


@pytest.mark.parametrize("what", [is_manifest, is_patch, is_forms])
def test_the_page_of_a_hotel_network_is_never_success(
    receiver: ReceiverProcess,
    proxy: FaultProxy,
    by_proxy: HttpUploader,
    tmp_path: Path,
    what: Callable[[Crossing], bool],
) -> None:
    before = receiver.counts()["records"]
    proxy.rule = lambda crossing: Fault(answer=PORTAL) if what(crossing) else None
    with pytest.raises(TransportError) as caught:
        by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=1, pages=1), ignore)
    assert caught.value.code == "reply_broken"
    assert caught.value.params["forms_sent"] is (what is is_forms)
    assert receiver.counts()["records"] == before


def test_a_redirect_is_not_followed(proxy: FaultProxy, by_proxy: HttpUploader) -> None:
    elsewhere = http_answer(302, extra="Location: http://127.0.0.1:9/portal\r\n")
    proxy.rule = lambda crossing: Fault(answer=elsewhere) if is_manifest(crossing) else None
    with pytest.raises(TransportError, match="reply_broken"):
        by_proxy.send(make_batch(make_form(make_dossier())), ignore)


def test_a_redirect_for_a_page_to_another_place_is_refused(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    def elsewhere(body: bytes) -> bytes:
        reply = json.loads(body)
        for need in reply["need"]:
            need["href"] = "http://127.0.0.1:9/steal"
        return json.dumps(reply).encode()

    proxy.rule = lambda crossing: Fault(change_reply=elsewhere) if is_manifest(crossing) else None
    with pytest.raises(TransportError, match="reply_broken"):
        by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=1, pages=1), ignore)
    assert proxy.of("PATCH", "") == []


def forged(change: Callable[[dict[str, object]], None] | None) -> Callable[[bytes], bytes]:
    """Receipts signed by somebody else, or by nobody over other words."""
    stranger = Ed25519PrivateKey.generate()

    def forge(body: bytes) -> bytes:
        line = json.loads(body)
        if change is None:
            line["receipt"] = jws.sign(receipts.RECEIPT, jws.claims(line["receipt"]), stranger)
        else:
            head, words, signature = line["receipt"].split(".")
            plain = json.loads(jws.decode(words))
            change(plain)
            line["receipt"] = f"{head}.{jws.encode(json.dumps(plain).encode())}.{signature}"
        return json.dumps(line).encode() + b"\n"

    return forge


@pytest.mark.parametrize(
    "change", [None, lambda words: words.update(revision=7), lambda words: words.update(chain_head="d" * 64)]
)
def test_a_receipt_with_a_wrong_signature_is_no_receipt(
    proxy: FaultProxy, by_proxy: HttpUploader, change: Callable[[dict[str, object]], None] | None
) -> None:
    def rule(crossing: Crossing) -> Fault | None:
        if is_forms(crossing):
            return Fault(change_reply=forged(change))
        if crossing.method == "GET" and "/v1/batches/" in crossing.path:
            return Fault(answer=PORTAL)
        return None

    proxy.rule = rule
    batch = make_batch(make_form(make_dossier()))
    with pytest.raises(TransportError) as caught:
        by_proxy.send(batch, ignore)
    assert caught.value.params["forms_sent"] is True
    proxy.rule = lambda _crossing: None
    assert [outcome.kind for outcome in by_proxy.ask(batch)] == [K.STORED]


def test_a_genuine_receipt_of_another_form_is_no_receipt(proxy: FaultProxy, by_proxy: HttpUploader) -> None:
    (other,) = by_proxy.send(make_batch(make_form(make_dossier())), ignore)

    def swap(body: bytes) -> bytes:
        lines = [json.loads(line) for line in body.splitlines()]
        lines[0]["receipt"] = other.receipt
        return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    first, second = make_form(make_dossier()), make_form(make_dossier())
    proxy.rule = lambda crossing: Fault(change_reply=swap) if is_forms(crossing) else None
    outcomes = by_proxy.send(make_batch(first, second), ignore)
    assert [outcome.dossier_id for outcome in outcomes] == [second.dossier_id]


def test_a_storm_of_server_errors_is_weathered(proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path) -> None:
    counter = itertools.count()
    proxy.rule = lambda _crossing: Fault(answer=http_answer(503)) if next(counter) % 3 == 2 else None
    outcomes = by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=2, pages=3), ignore)
    assert [outcome.kind for outcome in outcomes] == [K.STORED] * 2


@pytest.mark.parametrize(("status", "code"), [(500, "server_failed"), (503, "server_busy"), (507, "server_full")])
def test_a_server_that_stays_down_is_left_for_later(
    proxy: FaultProxy, by_proxy: HttpUploader, status: int, code: str
) -> None:
    proxy.rule = lambda crossing: Fault(answer=http_answer(status)) if is_manifest(crossing) else None
    with pytest.raises(TransportError) as caught:
        by_proxy.send(make_batch(make_form(make_dossier())), ignore)
    assert (caught.value.code, caught.value.params["forms_sent"]) == (code, False)
    assert len(proxy.of("POST", "/v1/batches/")) <= 3


def test_a_broken_line_resumes_within_the_page(proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path) -> None:
    page = make_page(tmp_path / "pages", 2_000_000)
    proxy.rule = first_times(3, is_patch, Fault(cut_after=500_000))
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    offsets = [int(each.headers["upload-offset"]) for each in proxy.of("PATCH", page.sha256) if each.body]
    assert offsets[-1] >= 500_000
    assert proxy.body_bytes < 2_000_000 * 1.3


def test_a_line_that_breaks_without_any_progress_is_given_up_for_now(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    proxy.rule = lambda crossing: Fault(cut_after=0) if is_patch(crossing) else None
    with pytest.raises(TransportError) as caught:
        by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=1, pages=1), ignore)
    assert caught.value.code in ("connection_lost", "reply_broken")
    assert caught.value.params["forms_sent"] is False


def test_a_server_that_forgets_the_page_again_and_again_is_left_for_later(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    steps = itertools.cycle(
        [http_answer(204, extra="Upload-Offset: 900\r\n"), http_answer(409, extra="Upload-Offset: 0\r\n")]
    )
    proxy.rule = lambda crossing: Fault(answer=next(steps)) if is_patch(crossing) else None
    page = make_page(tmp_path / "pages", 1000)
    with pytest.raises(TransportError, match="reply_broken") as caught:
        by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert caught.value.params["forms_sent"] is False


def test_a_page_that_is_asked_for_a_hundred_times_is_sent_once(
    proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    def again(body: bytes) -> bytes:
        reply = json.loads(body)
        return json.dumps({**reply, "need": reply["need"] * 100}).encode()

    proxy.rule = lambda crossing: Fault(change_reply=again) if is_manifest(crossing) else None
    page = make_page(tmp_path / "pages")
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    assert len(proxy.of("PATCH", page.sha256)) == 1


def test_a_slow_receiver_gets_the_page_in_one_go(proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path) -> None:
    proxy.bytes_per_s = 400_000
    page = make_page(tmp_path / "pages", 400_000)
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    assert len(proxy.of("PATCH", page.sha256)) == 1


def test_nobody_listening_is_unreachable(receiver: ReceiverProcess, tmp_path: Path) -> None:
    from tests.integration.upload.world import enrolled_uploader

    gone = FaultProxy(lambda: receiver.port)
    uploader = enrolled_uploader(receiver, tmp_path / "device", gone.url)
    gone.close()
    with pytest.raises(TransportError) as caught:
        uploader.send(make_batch(make_form(make_dossier())), ignore)
    assert (caught.value.code, caught.value.params["forms_sent"]) == ("server_unreachable", False)


def test_a_reply_without_an_end_is_cut_off(
    proxy: FaultProxy, by_proxy: HttpUploader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "MAX_REPLY_BYTES", 100_000)
    endless = http_answer(200, b" " * 200_000, "application/json")
    proxy.rule = lambda crossing: Fault(answer=endless) if is_manifest(crossing) else None
    with pytest.raises(TransportError, match="reply_broken"):
        by_proxy.send(make_batch(make_form(make_dossier())), ignore)


def test_a_page_the_server_lost_between_manifest_and_forms_is_sent_in_the_next_round(
    receiver: ReceiverProcess, proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    page = make_page(tmp_path / "pages")
    stored = receiver.data / "blobs" / page.sha256[:2] / page.sha256
    proxy.rule = first_times(1, is_forms, Fault(before=stored.unlink))
    (outcome,) = by_proxy.send(make_batch(make_form(make_dossier((page,)), (page,))), ignore)
    assert outcome.kind is K.STORED
    assert stored.is_file()


def test_a_batch_of_which_nothing_is_known_any_more_is_not_there(by_proxy: HttpUploader, proxy: FaultProxy) -> None:
    batch = make_batch(make_form(make_dossier()))
    assert [outcome.kind for outcome in by_proxy.ask(batch)] == [K.NOT_THERE]
    foreign = http_answer(404, b"<h1>Not found</h1>")
    proxy.rule = lambda crossing: Fault(answer=foreign) if crossing.method == "GET" else None
    with pytest.raises(TransportError, match="reply_broken"):
        by_proxy.ask(dataclasses.replace(batch))


DRIPPING = http_answer(200, b" " * 2_000, "application/json")
"""At a byte in 50 ms a hundred seconds long, and never silent for as long as a time-out."""


def calls_of(uploader: HttpUploader) -> dict[str, Callable[[Cancelled], object]]:
    """What may be asked of the server without sending anything."""
    batch = make_batch(make_form(make_dossier()))
    return {
        "ask": lambda cancelled: uploader.ask(batch, cancelled),
        "results": lambda cancelled: uploader.results("", cancelled),
    }


@pytest.mark.parametrize("what", ["ask", "results"])
def test_a_server_that_answers_drop_by_drop_does_not_hold_the_line_for_ever(
    proxy: FaultProxy, by_proxy: HttpUploader, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(upload_watch, "STALLED_S", 0.6)
    proxy.rule = lambda crossing: Fault(answer=DRIPPING, drip_s=0.05) if crossing.method == "GET" else None
    began_s = time.monotonic()
    with pytest.raises(TransportError, match="connection_stalled"):
        calls_of(by_proxy)[what](never)
    assert time.monotonic() - began_s < 10


@pytest.mark.parametrize("what", ["ask", "results"])
def test_asking_stops_within_moments_when_it_is_cancelled(proxy: FaultProxy, by_proxy: HttpUploader, what: str) -> None:
    is_under_way = threading.Event()
    drip = Fault(answer=DRIPPING, drip_s=0.05, before=is_under_way.set)
    proxy.rule = lambda crossing: drip if crossing.method == "GET" else None
    began_s = time.monotonic()
    with pytest.raises(TransportError, match="upload_stopped"):
        calls_of(by_proxy)[what](is_under_way.is_set)
    assert time.monotonic() - began_s < 10


def test_an_enrolment_that_never_ends_is_given_up(
    receiver: ReceiverProcess, proxy: FaultProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_watch, "STALLED_S", 0.6)
    proxy.rule = lambda _crossing: Fault(answer=DRIPPING, drip_s=0.05)
    with pytest.raises(TransportError, match="connection_stalled"):
        HttpUploader(tmp_path / "new", ShiftedClock()).enrol(
            proxy.url, operator.new_enrolment_code(receiver.data), "máy"
        )
