"""Enrolment, tokens, clocks and keys: who may talk to whom, and how it goes on after a change."""

from __future__ import annotations

import datetime
import ipaddress
import json
import ssl
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.upload_device import DeviceFolder
from app.adapters.upload_http import HttpUploader
from app.adapters.upload_link import checked_url
from app.errors import AuthError, InputError, StoreError, TransportError
from app.ports import FormOutcomeKind
from app.receiver import operator
from app.receiver.identity import Identity
from app.receiver.ledger_sqlite import SqliteLedger
from app.wire import enrolment
from app.wire.models import Jwk
from tests.integration.upload.proxy import Fault, FaultProxy, http_answer
from tests.integration.upload.world import (
    ReceiverProcess,
    ShiftedClock,
    enrolled_uploader,
    make_batch,
    make_dossier,
    make_form,
)

K = FormOutcomeKind


def ignore(_progress: object) -> None:
    pass


def send_one(uploader: HttpUploader) -> K:
    (outcome,) = uploader.send(make_batch(make_form(make_dossier())), ignore)
    return outcome.kind


def test_a_code_works_once_and_only_for_its_device(receiver: ReceiverProcess, tmp_path: Path) -> None:
    code = operator.new_enrolment_code(receiver.data)
    first, second = (HttpUploader(tmp_path / name, ShiftedClock()) for name in ("a", "b"))
    assert not first.enrolled()
    first.enrol(receiver.url, code.lower().replace("-", " "), "máy một")
    assert first.enrolled()
    assert send_one(first) is K.STORED
    with pytest.raises(AuthError, match="enrolment_refused"):
        second.enrol(receiver.url, code, "máy hai")
    assert not second.enrolled()


def test_an_enrolment_whose_answer_was_lost_can_be_repeated_with_the_same_code(
    receiver: ReceiverProcess, proxy: FaultProxy, tmp_path: Path
) -> None:
    code = operator.new_enrolment_code(receiver.data)
    devices = receiver.counts()["devices"]
    uploader = HttpUploader(tmp_path / "device", ShiftedClock())
    proxy.rule = lambda _crossing: Fault(lose_reply=True)
    with pytest.raises(TransportError):
        uploader.enrol(proxy.url, code, "máy")
    proxy.rule = lambda _crossing: None
    uploader.enrol(proxy.url, code, "máy")
    assert send_one(uploader) is K.STORED
    assert receiver.counts()["devices"] == devices + 1


def test_a_code_of_another_server_unmasks_a_foreign_server(
    receiver: ReceiverProcess, own_receiver: ReceiverProcess, tmp_path: Path
) -> None:
    foreign = operator.new_enrolment_code(own_receiver.data)
    real = enrolment.tidy_code(operator.new_enrolment_code(receiver.data))
    mixed = real[:12] + enrolment.tidy_code(foreign)[12:]  # a secret this server knows, the fingerprint of the other
    with pytest.raises(AuthError, match="enrolment_refused"):
        HttpUploader(tmp_path / "a", ShiftedClock()).enrol(receiver.url, mixed, "máy")
    with pytest.raises(AuthError, match="enrolment_refused"):
        HttpUploader(tmp_path / "b", ShiftedClock()).enrol(receiver.url, foreign, "máy")


def test_a_server_that_shows_a_key_the_code_does_not_know_is_refused(
    receiver: ReceiverProcess, proxy: FaultProxy, tmp_path: Path
) -> None:
    code = operator.new_enrolment_code(receiver.data)
    other = operator.new_enrolment_code(tmp_path / "other-receiver")
    assert enrolment.tidy_code(other)[12:] != enrolment.tidy_code(code)[12:]
    foreign_keys = Identity(SqliteLedger(tmp_path / "other-receiver")).keys().keys

    def swap(body: bytes) -> bytes:
        reply = json.loads(body)
        reply["keys"] = [key.model_dump() for key in foreign_keys]
        return json.dumps(reply).encode()

    proxy.rule = lambda _crossing: Fault(change_reply=swap)
    uploader = HttpUploader(tmp_path / "device", ShiftedClock())
    with pytest.raises(AuthError, match="server_key_differs"):
        uploader.enrol(proxy.url, code, "máy")
    assert not uploader.enrolled()


@pytest.mark.parametrize("code", ["", "abc", "AAAA-AAAA-AAAA-AAAA-AAA", "AAAA-AAAA-AAAA-AAAA-AAA!", "Ủ" * 20])
def test_what_cannot_be_a_code_is_said_before_anything_is_sent(tmp_path: Path, code: str) -> None:
    with pytest.raises(InputError, match="bad_enrolment_code"):
        HttpUploader(tmp_path, ShiftedClock()).enrol("https://192.0.2.1", code, "máy")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://maychu.tinh.example", "server_not_https"),
        ("http://127.0.0.1.evil.example/", "server_not_https"),
        ("ftp://maychu.tinh.example", "bad_server_url"),
        ("maychu.tinh.example", "bad_server_url"),
        ("https://user:secret@maychu.tinh.example", "bad_server_url"),
        ("https://[::1", "bad_server_url"),
        ("https://maychu.tinh.example:port", "bad_server_url"),
        ("", "bad_server_url"),
    ],
)
def test_unsafe_and_impossible_addresses_are_refused(url: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_url(url)
    assert caught.value.code == code


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "http://localhost:8000", "http://[::1]:8000"])
def test_this_computer_itself_needs_no_tls(url: str) -> None:
    assert checked_url(url) == url.rstrip("/")


@pytest.mark.parametrize("days", [-4000, -1, 1, 4000])
def test_a_clock_that_is_wrong_by_years_does_not_stop_the_upload(
    receiver: ReceiverProcess, tmp_path: Path, days: int
) -> None:
    enrolled_uploader(receiver, tmp_path / "device")
    late = HttpUploader(tmp_path / "device", ShiftedClock(datetime.timedelta(days=days)))
    assert send_one(late) is K.STORED


def test_a_token_the_server_forgot_is_renewed_once(
    receiver: ReceiverProcess, proxy: FaultProxy, by_proxy: HttpUploader
) -> None:
    refusal = b'{"type": "urn:diaba:problem:device-refused", "title": "", "status": 401, "detail": ""}'
    answer = http_answer(401, refusal, "application/problem+json")
    refused = [1]
    proxy.rule = lambda crossing: Fault(answer=answer) if "/records" in crossing.path and refused.pop(0) else None
    refused.append(0)
    assert send_one(by_proxy) is K.STORED
    assert len(proxy.of("POST", "/v1/token")) == 2


def test_a_refusal_of_something_on_the_way_is_no_refusal_of_the_device(
    proxy: FaultProxy, by_proxy: HttpUploader, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.rule = lambda crossing: Fault(answer=http_answer(403, b"blocked")) if "batches" in crossing.path else None
    with pytest.raises(TransportError, match="reply_broken"):
        send_one(by_proxy)


def test_a_disabled_device_is_told_so(receiver: ReceiverProcess, tmp_path: Path) -> None:
    uploader = enrolled_uploader(receiver, tmp_path / "device")
    assert send_one(uploader) is K.STORED
    enrolment_here = DeviceFolder(tmp_path / "device").load()
    assert enrolment_here is not None
    operator.disable_device(receiver.data, enrolment_here.device_id)
    with pytest.raises(AuthError, match="device_refused"):
        send_one(uploader)
    with pytest.raises(InputError, match="unknown_device"):
        operator.disable_device(receiver.data, "dev-nobody")


def test_a_device_that_lost_its_key_comes_back_under_its_old_name(receiver: ReceiverProcess, tmp_path: Path) -> None:
    enrolled_uploader(receiver, tmp_path / "old")
    old = DeviceFolder(tmp_path / "old").load()
    assert old is not None
    uploader = HttpUploader(tmp_path / "new", ShiftedClock())
    uploader.enrol(receiver.url, operator.new_enrolment_code(receiver.data, old.device_id), "máy")
    new = DeviceFolder(tmp_path / "new").load()
    assert new is not None
    assert (new.device_id, new.private != old.private) == (old.device_id, True)
    assert send_one(uploader) is K.STORED
    with pytest.raises(AuthError, match="device_refused"):
        send_one(HttpUploader(tmp_path / "old", ShiftedClock()))


def test_pins_follow_a_change_of_the_servers_key(own_receiver: ReceiverProcess, tmp_path: Path) -> None:
    uploader = enrolled_uploader(own_receiver, tmp_path / "device")
    operator.rotate_key(own_receiver.data)
    assert send_one(uploader) is K.STORED
    enrolment_here = DeviceFolder(tmp_path / "device").load()
    assert enrolment_here is not None
    assert len(enrolment_here.keys) == 2


def test_an_unknown_key_that_no_pinned_key_vouches_for_signs_nothing(
    own_receiver: ReceiverProcess, tmp_path: Path
) -> None:
    uploader = enrolled_uploader(own_receiver, tmp_path / "device")
    folder = DeviceFolder(tmp_path / "device")
    here = folder.load()
    assert here is not None
    other = enrolled_uploader_keys(tmp_path)
    folder.save(here.model_copy(update={"keys": other}))
    with pytest.raises(TransportError, match="receipt_invalid"):
        send_one(uploader)


def enrolled_uploader_keys(tmp_path: Path) -> list[Jwk]:
    return Identity(SqliteLedger(tmp_path / "stranger")).keys().keys


def test_the_device_file_is_for_its_owner_only_and_a_broken_one_is_named(
    receiver: ReceiverProcess, tmp_path: Path
) -> None:
    uploader = enrolled_uploader(receiver, tmp_path / "device")
    file = tmp_path / "device" / "device.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["device.json"]
    file.write_text("{}")
    with pytest.raises(StoreError, match="device_key_broken"):
        uploader.enrolled()


def test_without_enrolment_nothing_can_be_asked(tmp_path: Path) -> None:
    with pytest.raises(AuthError, match="not_enrolled"):
        HttpUploader(tmp_path, ShiftedClock()).results("")


# ---------------------------------------------------------------- TLS


@pytest.fixture
def tls_server(tmp_path: Path, request: pytest.FixtureRequest, _no_threads_left: None) -> Iterator[tuple[str, Path]]:
    """A TLS server on loopback with a certificate of its own making; its address and that certificate."""
    file = certificate(tmp_path, expired=getattr(request, "param", False))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(500)

        def log_message(self, *_words: object) -> None:
            pass

    class QuietServer(HTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # the client refuses the handshake, which is what is tested

    server = QuietServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}", file
    server.shutdown()
    thread.join()
    server.server_close()


def certificate(folder: Path, *, expired: bool) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    start = now - datetime.timedelta(days=30)
    end = now - datetime.timedelta(days=10) if expired else now + datetime.timedelta(days=10)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return file


CODE = "AAAA-AAAA-AAAA-AAAA-AAAA"


def test_a_certificate_nobody_vouches_for_is_not_trusted(tls_server: tuple[str, Path], tmp_path: Path) -> None:
    with pytest.raises(TransportError, match="server_not_trusted"):
        HttpUploader(tmp_path / "device", ShiftedClock()).enrol(tls_server[0], CODE, "máy")


def test_a_certificate_of_the_provinces_own_authority_is_trusted_when_given(
    tls_server: tuple[str, Path], tmp_path: Path
) -> None:
    uploader = HttpUploader(tmp_path / "device", ShiftedClock(), ca_file=tls_server[1])
    with pytest.raises(TransportError, match="server_failed"):
        uploader.enrol(tls_server[0], CODE, "máy")


@pytest.mark.parametrize("tls_server", [True], indirect=True)
def test_a_certificate_out_of_its_time_points_to_the_clock(tls_server: tuple[str, Path], tmp_path: Path) -> None:
    uploader = HttpUploader(tmp_path / "device", ShiftedClock(), ca_file=tls_server[1])
    with pytest.raises(TransportError, match="clock_wrong"):
        uploader.enrol(tls_server[0], CODE, "máy")
