"""The receiving server over HTTP: enrol, send a batch, ask for it, fetch results (field notes 1.2, DESIGN 4.5)."""

from __future__ import annotations

import platform
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from app.adapters.upload_auth import SignedLink
from app.adapters.upload_device import DeviceFolder, Enrolment
from app.adapters.upload_exchange import Exchange
from app.adapters.upload_link import Answer, Link, checked_url, unexpected
from app.adapters.upload_watch import Watched
from app.domain import paths
from app.domain.text import tidy
from app.errors import AuthError, TransportError
from app.ports import BatchToSend, Cancelled, Clock, FormOutcome, ServerResult, ServerResults, UploadProgress, never
from app.wire import contract, enrolment, jws, receipts
from app.wire.models import Change, ChangesReply, DeviceReply, DeviceRequest


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

        def ask() -> Answer:
            with link.open() as session:
                headers = {"Content-Type": contract.JSON}
                return link.ask(session, "POST", "/v1/devices", request.model_dump_json().encode(), headers)

        answer = Watched(ask, link.stop).wait(never)
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
        last = exchange.progress()

        def look() -> UploadProgress:
            nonlocal last
            now = exchange.progress()
            if now != last:
                last = now
                progress(now)
            return now

        try:
            outcomes = Watched(exchange.run, exchange.stop).wait(cancelled, look)
        except TransportError as failure:
            failure.params["forms_sent"] = exchange.forms_sent
            raise
        progress(exchange.progress())
        return outcomes

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        """What the server has of a batch, without sending anything."""
        exchange = Exchange(self._signed(), batch)
        return Watched(exchange.state, exchange.stop).wait(cancelled)

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        """Results posted since a cursor; "" from the beginning."""
        link = self._signed()
        return Watched(lambda: _results(link, cursor), link.link.stop).wait(cancelled)

    def _signed(self) -> SignedLink:
        return SignedLink(self._folder, self._clock, self._ca_file)


def _results(link: SignedLink, cursor: str) -> ServerResults:
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
