"""The receiving server over HTTP: enrol, send a batch, ask for it, fetch results (field notes 1.2, DESIGN 4.5)."""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from app.adapters.upload_auth import SignedLink
from app.adapters.upload_device import DeviceFolder, Enrolment
from app.adapters.upload_exchange import Exchange
from app.adapters.upload_link import Link, checked_url, unexpected
from app.domain import paths
from app.domain.text import tidy
from app.errors import AuthError, TransportError
from app.ports import BatchToSend, Cancelled, Clock, FormOutcome, ServerResult, ServerResults, UploadProgress, never
from app.wire import contract, enrolment, jws, receipts
from app.wire.models import Change, ChangesReply, DeviceReply, DeviceRequest

POLL_S = 0.1
STALLED_S = 240.0
"""Nothing moved on any connection for this long: the line is dead whatever the sockets say."""


class HttpUploader:
    """An `Uploader` over requests; one batch at a time, its pages over several connections.

    Args:
        folder: Where the device's key lies (`device/` in the store's data folder).
        clock: This computer's clock; the server's Date corrects it for tokens.
        ca_file: Certificates of a private authority to trust instead of the public ones.
    """

    def __init__(self, folder: Path, clock: Clock, ca_file: Path | None = None) -> None:
        self._folder = DeviceFolder(folder)
        self._clock = clock
        self._ca_file = ca_file

    def enrol(self, url: str, code: str, device_name: str) -> None:
        """Make this device known with a one-time code; keeps the device key and pins the server's key."""
        base = checked_url(url)
        secret = enrolment.tidy_code(code)
        key = self._folder.pending_key(base, enrolment.stored_form(secret))
        name = (tidy(device_name) or tidy(platform.node()) or "diaba")[:200]
        request = DeviceRequest(code=secret, public_key=jws.public_jwk(key), name=name)
        link = Link(base, self._clock, self._ca_file)
        with link.open() as session:
            headers = {"Content-Type": contract.JSON}
            answer = link.ask(session, "POST", "/v1/devices", request.model_dump_json().encode(), headers)
        if answer.status == 403 and answer.problem == "code-refused":
            raise AuthError("enrolment_refused")
        if answer.status != 201:
            raise unexpected(answer)
        reply = answer.read(DeviceReply)
        vouched = [each for each in reply.keys if enrolment.belongs(secret, each.kid)]
        if not vouched or any(jws.thumbprint(each.x) != each.kid for each in vouched):
            raise AuthError("server_key_differs")
        self._folder.save(
            Enrolment(
                url=base,
                device_id=reply.device_id,
                server=reply.server,
                private=jws.private_text(key),
                keys=vouched,
            )
        )

    def enrolled(self) -> bool:
        """Whether this device has a key and a server."""
        return self._folder.load() is not None

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        """Manifest, missing pages, forms; resumes where an earlier try stopped.

        The work runs on threads of its own; `progress` and `cancelled` are called on the caller's. A transport error
        carries `forms_sent`: False when no form can have reached the server in this try.
        """
        exchange = Exchange(self._signed(), batch)
        return _Sending(exchange).watch(progress, cancelled)

    def ask(self, batch: BatchToSend) -> list[FormOutcome]:
        """What the server has of a batch, without sending anything."""
        return Exchange(self._signed(), batch).state()

    def results(self, cursor: str) -> ServerResults:
        """Results posted since a cursor; "" from the beginning."""
        link = self._signed()
        with link.link.open() as session:
            answer = link.ask(session, "GET", f"/v1/changes?since={quote(cursor, safe='')}")
            if answer.status != 200:
                raise unexpected(answer)
            reply = answer.read(ChangesReply)
            try:
                items = [
                    receipts.read_change(item, link.pinned(session, jws.key_id(item.signature or "")))
                    for item in reply.items
                ]
            except jws.BadSignature as error:
                raise TransportError("receipt_invalid") from error
        return ServerResults(cursor=reply.cursor, items=tuple(_result(item) for item in items))

    def _signed(self) -> SignedLink:
        return SignedLink(self._folder, self._clock, self._ca_file)


class _Sending:
    """An exchange on its own thread, watched from the caller's."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._done = threading.Event()
        self._outcomes: list[FormOutcome] = []
        self._failure: BaseException | None = None

    def watch(self, progress: Callable[[UploadProgress], None], cancelled: Cancelled) -> list[FormOutcome]:
        """Wait for the end, report progress, stop when asked to or when nothing moves any more."""
        thread = threading.Thread(target=self._run, daemon=True, name="upload")
        thread.start()
        stalled = False
        last, last_s = self._exchange.progress(), time.monotonic()
        while not self._done.wait(POLL_S):
            now = self._exchange.progress()
            if now != last:
                last, last_s = now, time.monotonic()
                progress(now)
            stalled = time.monotonic() - last_s > STALLED_S
            if stalled or cancelled():
                self._exchange.stop()
                break
        thread.join(timeout=0.8)
        if self._done.is_set() and self._failure is None:
            progress(self._exchange.progress())
            return self._outcomes
        code = "connection_stalled" if stalled else "upload_stopped"
        failure = self._failure if self._failure and not stalled else TransportError(code)
        if isinstance(failure, TransportError):
            failure.params["forms_sent"] = self._exchange.forms_sent
        raise failure

    def _run(self) -> None:
        try:
            self._outcomes = self._exchange.run()
        except BaseException as failure:  # noqa: BLE001 - raised again on the caller's thread
            self._failure = failure
        finally:
            self._done.set()


def _result(change: Change) -> ServerResult:
    pointer, message = change.detail.pointer, change.detail.message
    return ServerResult(
        dossier_id=change.dossier_id,
        revision=change.revision,
        at=change.at,
        result=change.result,
        path=paths.from_pointer(pointer) if pointer else None,
        message=tidy(message)[:500] if message else None,
    )
