"""The receiver against clients that are broken, old, or mean it badly; spoken to with plain requests and sockets."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from app.adapters.upload_auth import SignedLink
from app.adapters.upload_device import DeviceFolder
from app.errors import InputError, TransportError
from app.receiver import operator
from app.receiver.web_blobs import FLUSH_BYTES
from app.wire import contract
from tests.integration.upload.world import (
    CHAIN_HEAD,
    ReceiverProcess,
    ShiftedClock,
    enrolled_uploader,
    make_batch_of,
    make_dossier,
    make_form,
    new_id,
)

DIGEST = hashlib.sha256(b"whatever").hexdigest()


@pytest.fixture(scope="module")
def session(receiver: ReceiverProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[requests.Session]:
    """A session with the token of an enrolled device."""
    folder = tmp_path_factory.mktemp("device")
    enrolled_uploader(receiver, folder)
    link = SignedLink(DeviceFolder(folder), ShiftedClock(), None)
    with link.link.open() as asking, requests.Session() as made:
        made.headers["Authorization"] = f"Bearer {link._valid_token(asking, refused='')}"
        yield made


def a_manifest(**changed: object) -> dict[str, object]:
    record = {
        "dossier_id": new_id(),
        "revision": 1,
        "schema": "dossier/1",
        "form_sha256": DIGEST,
        "pages": [{"sha256": DIGEST, "size": 8, "type": "image/jpeg", "role": "certificate_1"}],
    }
    manifest: dict[str, object] = {
        "commune_code": "27004",
        "created_at": "2026-11-22T08:01:02Z",
        "reviewed_by": "phuong",
        "chain_head": CHAIN_HEAD,
        "records": [record],
    }
    manifest.update(changed)
    return manifest


def announce(receiver: ReceiverProcess, session: requests.Session, content: bytes, size: int | None = None) -> str:
    """Announce a content; its address."""
    sha256 = hashlib.sha256(content).hexdigest()
    page = {"sha256": sha256, "size": size or len(content), "type": "image/jpeg", "role": "other"}
    record = {"dossier_id": new_id(), "revision": 1, "schema": "dossier/1", "form_sha256": DIGEST, "pages": [page]}
    answer = session.post(f"{receiver.url}/v1/batches/{new_id()}", json=a_manifest(records=[record]), timeout=5)
    assert answer.status_code == 200, answer.text
    return f"{receiver.url}/v1/blobs/sha256/{sha256}"


def patch(session: requests.Session, address: str, data: bytes, offset: int, size: int) -> requests.Response:
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(size)}
    return session.patch(address, data, headers=headers, timeout=10)


def until(happened: Callable[[], bool], within_s: float = 20) -> None:
    """Look again and again until something has happened."""
    end_s = time.monotonic() + within_s
    while not happened():
        assert time.monotonic() < end_s
        time.sleep(0.01)


def problem_of(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda manifest: manifest.update(records=[]),
        lambda manifest: manifest.update(extra=1),
        lambda manifest: manifest.update(created_at="today"),
        lambda manifest: manifest.pop("chain_head"),
        lambda manifest: manifest.update(records=manifest["records"] * 2),
        lambda manifest: manifest["records"][0].update(revision=0),
        lambda manifest: manifest["records"][0].update(revision=True),
        lambda manifest: manifest["records"][0].update(dossier_id="../../etc/passwd"),
        lambda manifest: manifest["records"][0]["pages"][0].update(sha256="../" * 21 + "x"),
        lambda manifest: manifest["records"][0]["pages"][0].update(size=contract.MAX_PAGE_BYTES + 1),
        lambda manifest: manifest["records"][0]["pages"][0].update(size=-1),
        lambda manifest: manifest["records"][0].update(pages=manifest["records"][0]["pages"] * 101),
    ],
)
def test_a_manifest_outside_the_contract_is_refused_whole(
    receiver: ReceiverProcess, session: requests.Session, spoil: Callable[[dict[str, object]], None]
) -> None:
    batches = receiver.counts()["batches"]
    manifest = a_manifest()
    spoil(manifest)
    answer = session.post(f"{receiver.url}/v1/batches/{new_id()}", json=manifest, timeout=5)
    assert problem_of(answer) == (422, "bad-manifest")
    assert receiver.counts()["batches"] == batches


@pytest.mark.parametrize(
    ("body", "encoding", "expected"),
    [
        (b"[" * 200_000, "identity", (422, "bad-manifest")),
        (b"\xff\xfe", "identity", (422, "bad-manifest")),
        (b"not gzip", "gzip", (400, "body-broken")),
        (gzip.compress(b"{}")[:-4], "gzip", (400, "body-broken")),
        (gzip.compress(b"{}") + b"tail", "gzip", (400, "body-broken")),
        (zlib.compress(b"{}"), "deflate", (415, "body-broken")),
        (gzip.compress(bytes(200 * 1024 * 1024), 9), "gzip", (413, "body-too-large")),
    ],
    ids=["deep", "not utf-8", "not gzip", "cut short", "tail", "another encoding", "bomb"],
)
def test_bodies_that_are_broken_or_explode_are_refused(
    receiver: ReceiverProcess, session: requests.Session, body: bytes, encoding: str, expected: tuple[int, str]
) -> None:
    headers = {"Content-Encoding": encoding}
    answer = session.post(f"{receiver.url}/v1/batches/{new_id()}", body, headers=headers, timeout=20)
    assert problem_of(answer) == expected


def test_headers_that_are_too_large_or_without_an_end_are_refused(receiver: ReceiverProcess) -> None:
    begin = b"GET /v1/keys HTTP/1.1\r\nHost: x\r\nX-Long: "
    for headers in (begin + b"a" * 20_000 + b"\r\n\r\n", begin + b"a" * 1_000_000):
        with socket.create_connection(("127.0.0.1", receiver.port), timeout=5) as line, suppress(ConnectionError):
            line.sendall(headers)
            assert line.recv(100).startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))


def test_without_a_genuine_token_nothing_is_said(receiver: ReceiverProcess, session: requests.Session) -> None:
    token = str(session.headers["Authorization"])
    address = f"{receiver.url}/v1/changes"
    for header in ("", "Bearer", "Bearer x.y.z", token[:-3] + "AAA", token.replace("Bearer", "Basic"), "Bearer ü.ü.ü"):
        answer = requests.get(address, headers={"Authorization": header.encode()}, timeout=5)
        assert problem_of(answer) == (401, "device-refused")
    assert session.get(address, timeout=5).status_code == 200


def test_a_content_nobody_announced_is_not_taken(receiver: ReceiverProcess, session: requests.Session) -> None:
    address = f"{receiver.url}/v1/blobs/sha256/{hashlib.sha256(os.urandom(8)).hexdigest()}"
    assert problem_of(patch(session, address, b"x", 0, 1)) == (404, "blob-not-announced")
    assert problem_of(patch(session, f"{receiver.url}/v1/blobs/sha256/{'Z' * 64}", b"x", 0, 1)) == (400, "bad-request")


@pytest.mark.parametrize(
    ("offset", "size"), [("-1", "5"), ("x", "5"), ("6", "5"), ("0", "9" * 13), ("٣", "5"), ("", "5")]
)
def test_impossible_offsets_are_refused(
    receiver: ReceiverProcess, session: requests.Session, offset: str, size: str
) -> None:
    address = announce(receiver, session, os.urandom(5))
    headers = {"Upload-Offset": offset.encode(), "Upload-Length": size.encode()}
    answer = session.patch(address, b"x", headers=headers, timeout=5)
    assert problem_of(answer) == (400, "bad-request")


def test_the_server_says_where_to_go_on_when_offsets_differ(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    content = os.urandom(100_000)
    address = announce(receiver, session, content)
    assert patch(session, address, content[:40_000], 0, 100_000).status_code == 204
    for offset in (0, 39_999, 70_000):
        answer = patch(session, address, content[offset:], offset, 100_000)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "40000")
    probe = patch(session, address, b"", 40_000, 100_000)
    assert (probe.status_code, probe.headers["Upload-Offset"]) == (204, "40000")
    assert patch(session, address, content[40_000:], 40_000, 100_000).status_code == 201
    done = patch(session, address, b"", 0, 100_000)
    assert (done.status_code, done.headers["Upload-Offset"]) == (200, "100000")


def test_a_content_that_is_not_what_its_name_says_is_dropped(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    content = os.urandom(1000)
    address = announce(receiver, session, content)
    answer = patch(session, address, content[:-1] + bytes([content[-1] ^ 1]), 0, 1000)
    assert problem_of(answer) == (422, "digest-mismatch")
    assert answer.headers["Upload-Offset"] == "0"
    assert patch(session, address, content, 0, 1000).status_code == 201


def test_a_wrong_announced_size_spoils_only_its_own_part(receiver: ReceiverProcess, session: requests.Session) -> None:
    content = os.urandom(1000)
    announce(receiver, session, content, size=400)
    address = announce(receiver, session, content)
    assert problem_of(patch(session, address, content[:400], 0, 400)) == (422, "digest-mismatch")
    assert patch(session, address, content, 0, 1000).status_code == 201


def test_more_bytes_than_announced_are_refused(receiver: ReceiverProcess, session: requests.Session) -> None:
    content = os.urandom(1000)
    address = announce(receiver, session, content)
    assert problem_of(patch(session, address, content + b"more", 0, 1000)) == (413, "body-too-large")
    assert patch(session, address, content, 0, 1000).status_code == 201


def test_where_patch_is_blocked_post_with_an_override_does(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    content = os.urandom(1000)
    address = announce(receiver, session, content)
    headers = {"Upload-Offset": "0", "Upload-Length": "1000"}
    assert session.post(address, content, headers=headers, timeout=5).status_code == 405
    headers["X-HTTP-Method-Override"] = "PATCH"
    assert session.post(address, content, headers=headers, timeout=5).status_code == 201


def test_a_new_writer_takes_over_from_one_that_hangs(receiver: ReceiverProcess, session: requests.Session) -> None:
    content = os.urandom(600_000)
    address = announce(receiver, session, content)
    token = str(session.headers["Authorization"])
    head = (
        f"PATCH {address.removeprefix(receiver.url)} HTTP/1.1\r\nHost: x\r\nContent-Length: 600000\r\n"
        f"Upload-Offset: 0\r\nUpload-Length: 600000\r\nAuthorization: {token}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as hanging:
        hanging.sendall(head.encode() + content[:300_000])
        part = receiver.data / "parts" / f"{address.rpartition('/')[2]}.600000"
        until(lambda: part.exists() and part.stat().st_size >= FLUSH_BYTES)  # kept though the request never ends
        offset = int(patch(session, address, b"", 600_000, 600_000).headers["Upload-Offset"])
        assert offset >= FLUSH_BYTES
        answer = patch(session, address, content[offset:], offset, 600_000)
        assert answer.status_code == 201
        hanging.sendall(bytes(300_000))  # the old writer wakes up, and is told that it is too late
        assert hanging.recv(2000).startswith(b"HTTP/1.1 409")
    assert receiver.damage() == []


def test_a_part_that_was_complete_at_a_crash_is_finished_by_an_empty_piece(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    content = os.urandom(5000)
    address = announce(receiver, session, content)
    sha256 = address.rpartition("/")[2]
    (receiver.data / "parts" / f"{sha256}.5000").write_bytes(content)
    assert patch(session, address, b"", 5000, 5000).status_code == 201
    assert (receiver.data / "blobs" / sha256[:2] / sha256).read_bytes() == content


def test_a_part_longer_than_its_content_begins_again(receiver: ReceiverProcess, session: requests.Session) -> None:
    content = os.urandom(5000)
    address = announce(receiver, session, content)
    sha256 = address.rpartition("/")[2]
    (receiver.data / "parts" / f"{sha256}.5000").write_bytes(content + b"tail")
    assert problem_of(patch(session, address, b"", 5000, 5000)) == (422, "digest-mismatch")
    assert patch(session, address, content, 0, 5000).status_code == 201


def post_forms(
    receiver: ReceiverProcess, session: requests.Session, batch_id: str, body: bytes
) -> list[dict[str, object]]:
    answer = session.post(f"{receiver.url}/v1/batches/{batch_id}/records", body, timeout=20)
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def codes(line: dict[str, object]) -> list[tuple[str, str]]:
    errors = line["errors"]
    assert isinstance(errors, list)
    return [(error["pointer"], error["code"]) for error in errors]


def test_forms_that_are_something_else_are_refused_each_for_itself(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    good = make_form(make_dossier())
    other_id = make_form(make_dossier())
    no_text = rb'{"\ud800": "\udfff"}'
    hostile = [b"null", b"[" * 50_000, b'{"a": 1}', no_text, b"x" * (contract.MAX_FORM_BYTES + 1), other_id.form]
    records = [
        {
            "dossier_id": good.dossier_id if form is good.form else new_id(),
            "revision": 1,
            "schema": "dossier/1",
            "form_sha256": hashlib.sha256(form).hexdigest(),
            "pages": [],
        }
        for form in [good.form, *hostile]
    ]
    retired = make_form(make_dossier())
    records.append(
        {
            "dossier_id": retired.dossier_id,
            "revision": 1,
            "schema": "dossier/0",
            "form_sha256": retired.digest,
            "pages": [],
        }
    )
    batch_id = new_id()
    assert (
        session.post(f"{receiver.url}/v1/batches/{batch_id}", json=a_manifest(records=records), timeout=5).status_code
        == 200
    )
    body = b"\n".join([*hostile, b"not announced", retired.form, good.form])
    lines = post_forms(receiver, session, batch_id, body)
    assert [line["status"] for line in lines] == [422] * 8 + [201]
    assert codes(lines[1]) == [("", "not_json")]
    assert codes(lines[5]) == [("/dossier_id", "dossier_differs")]
    assert codes(lines[6]) == [("", "not_in_manifest")]
    assert codes(lines[7]) == [("", "schema_unknown")]


def test_a_form_whose_pages_are_not_those_announced_is_refused(
    receiver: ReceiverProcess, session: requests.Session
) -> None:
    form = make_form(make_dossier())
    page = {"sha256": DIGEST, "size": 8, "type": "image/jpeg", "role": "other"}
    record = {
        "dossier_id": form.dossier_id,
        "revision": 1,
        "schema": "dossier/1",
        "form_sha256": form.digest,
        "pages": [page],
    }
    batch_id = new_id()
    session.post(f"{receiver.url}/v1/batches/{batch_id}", json=a_manifest(records=[record]), timeout=5)
    (line,) = post_forms(receiver, session, batch_id, form.form)
    assert codes(line) == [("/pages", "pages_differ")]


def test_an_older_revision_never_replaces_a_newer_one(receiver: ReceiverProcess, session: requests.Session) -> None:
    dossier = make_dossier()
    statuses = []
    for revision in (2, 1):
        form = make_form(dossier, revision=revision)
        record: dict[str, object] = {
            "dossier_id": form.dossier_id,
            "revision": revision,
            "schema": "dossier/1",
            "form_sha256": form.digest,
            "pages": [],
        }
        batch_id = new_id()
        session.post(f"{receiver.url}/v1/batches/{batch_id}", json=a_manifest(records=[record]), timeout=5)
        (line,) = post_forms(receiver, session, batch_id, form.form)
        statuses.append((line["status"], line.get("type"), line.get("server_revision")))
    assert statuses == [(201, None, None), (409, "revision-exists", 2)]


def test_forms_before_their_manifest_are_refused(receiver: ReceiverProcess, session: requests.Session) -> None:
    answer = session.post(f"{receiver.url}/v1/batches/{new_id()}/records", b"{}", timeout=5)
    assert problem_of(answer) == (404, "batch-unknown")


def test_the_operator_is_told_what_he_mistypes(receiver: ReceiverProcess) -> None:
    for dossier_id, result, path, code in [
        (new_id(), "verified", None, "unknown_dossier"),
        ("nonsense", "verified", None, "unknown_dossier"),
        (new_id(), "fine", None, "bad_result"),
        (new_id(), "wrong_info", "no path!", "bad_path"),
    ]:
        with pytest.raises(InputError) as caught:
            operator.post_result(receiver.data, dossier_id, result, path)
        assert caught.value.code == code


def test_damage_at_the_receiver_is_found(own_receiver: ReceiverProcess, tmp_path: Path) -> None:
    uploader = enrolled_uploader(own_receiver, tmp_path / "device")
    batch = make_batch_of(tmp_path / "pages", dossiers=1, pages=2)
    uploader.send(batch, lambda _progress: None)
    first, second = (page.sha256 for page in batch.forms[0].pages)
    (own_receiver.data / "blobs" / first[:2] / first).write_bytes(b"rot")
    (own_receiver.data / "blobs" / second[:2] / second).unlink()
    assert own_receiver.damage() == [f"content {first}", f"missing page {second} of {batch.forms[0].dossier_id}"]


def test_a_receiver_without_room_says_so_and_takes_the_rest_later(
    own_receiver: ReceiverProcess, tmp_path: Path
) -> None:
    uploader = enrolled_uploader(own_receiver, tmp_path / "device")
    batch = make_batch_of(tmp_path / "pages", dossiers=1, pages=1, size_bytes=3_000_000)
    own_receiver.kill()
    own_receiver.start(largest_file_bytes=2_000_000)
    with pytest.raises(TransportError, match="server_full"):
        uploader.send(batch, lambda _progress: None)
    (part,) = (own_receiver.data / "parts").iterdir()
    assert part.stat().st_size > 1_000_000
    own_receiver.restart()
    (outcome,) = uploader.send(batch, lambda _progress: None)
    assert outcome.receipt is not None
    assert own_receiver.damage() == []
