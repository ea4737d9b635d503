"""Requests in the name of this device: bearer tokens, the server's clock, and keys that follow a change of keys."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import requests

from app.adapters.upload_device import DeviceFolder, Enrolment
from app.adapters.upload_link import Answer, Link, unexpected
from app.adapters.upload_slice import PageSlice
from app.errors import AuthError, TransportError
from app.ports import Clock
from app.wire import contract, jws, receipts, tokens
from app.wire.models import Jwk, KeysReply, TokenReply

RENEW_BEFORE_S = 60.0


class SignedLink:
    """A link whose requests carry this device's bearer token; shared by the threads of one upload."""

    def __init__(self, folder: DeviceFolder, clock: Clock, ca_file: Path | None) -> None:
        enrolment = folder.load()
        if enrolment is None:
            raise AuthError("not_enrolled")
        self.enrolment: Enrolment = enrolment
        self.link = Link(enrolment.url, clock, ca_file)
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._token_ends_s = 0.0

    def ask(
        self,
        session: requests.Session,
        method: str,
        path: str,
        data: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request with a token; a refused token is renewed once.

        Raises:
            TransportError: As `Link.ask`; `reply_broken` when something on the way refuses that is not our server.
            AuthError: `device_refused`.
        """
        token = self._valid_token(session, refused="")
        answer = self.link.ask(session, method, path, data, {**(headers or {}), "Authorization": f"Bearer {token}"})
        if answer.status == 401 and answer.problem:
            token = self._valid_token(session, refused=token)
            if isinstance(data, PageSlice):
                data.restart()
            answer = self.link.ask(session, method, path, data, {**(headers or {}), "Authorization": f"Bearer {token}"})
        if answer.status in (401, 403):
            raise AuthError("device_refused") if answer.problem else TransportError("reply_broken")
        return answer

    def pinned(self, session: requests.Session, kid: str) -> dict[str, Jwk]:
        """The server's keys; a key that is not pinned yet is taken when a pinned one vouches for it.

        Raises:
            TransportError: As `Link.ask`.
        """
        with self._lock:
            if kid not in self.enrolment.pinned:
                self._learn_keys(session)
            return self.enrolment.pinned

    def _learn_keys(self, session: requests.Session) -> None:
        answer = self.link.ask(session, "GET", "/v1/keys")
        if answer.status != 200:
            raise unexpected(answer)
        try:
            listed = receipts.read_keys(answer.read(KeysReply).signed, self.enrolment.server, self.enrolment.pinned)
        except jws.BadSignature:
            return  # the key stays unknown, and what it signed stays unverified
        keys = {**self.enrolment.pinned, **listed}
        self.enrolment = self.enrolment.model_copy(update={"keys": list(keys.values())})
        self._folder.save(self.enrolment)

    def _valid_token(self, session: requests.Session, refused: str) -> str:
        with self._lock:
            if not self._token or self._token == refused or time.monotonic() > self._token_ends_s:
                self._token = ""
                reply = self._new_token(session)
                self._token = reply.access_token
                self._token_ends_s = time.monotonic() + reply.expires_in - RENEW_BEFORE_S
            return self._token

    def _new_token(self, session: requests.Session) -> TokenReply:
        answer = self._ask_token(session)
        if answer.status == 401 and answer.problem == "clock-apart":
            answer = self._ask_token(session)  # the Date of the refusal told the server's time
        if answer.status in (400, 401, 403) and answer.problem:
            raise AuthError("device_refused")
        if answer.status != 200:
            raise unexpected(answer)
        return answer.read(TokenReply)

    def _ask_token(self, session: requests.Session) -> Answer:
        server_s = self._clock.now().timestamp() + self.link.ahead_s
        assertion = tokens.make_assertion(self.enrolment.device_id, self.enrolment.server, self.enrolment.key, server_s)
        form = {
            "grant_type": contract.GRANT_TYPE,
            "client_assertion_type": contract.ASSERTION_TYPE,
            "client_assertion": assertion,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.link.ask(session, "POST", "/v1/token", urlencode(form), headers)
