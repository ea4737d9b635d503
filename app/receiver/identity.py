"""Who talks to whom: enrolment of devices, their tokens, and the server's keys."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import InputError
from app.receiver import times
from app.receiver.refusals import Refused
from app.receiver.storage import Ledger
from app.wire import contract, enrolment, jws, receipts, tokens
from app.wire.models import DeviceReply, DeviceRequest, Jwk, KeysReply, TokenReply


class Identity:
    """Enrols devices, gives and checks tokens, shows and uses the server's keys."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def enrol(self, request: DeviceRequest) -> DeviceReply:
        """Take a one-time code for a device's key.

        Raises:
            Refused: `code-refused`, `bad-request`.
        """
        try:
            code = enrolment.tidy_code(request.code)
            jws.by_id([request.public_key])
        except InputError as error:
            raise Refused(403, "code-refused") from error
        except jws.BadSignature as error:
            raise Refused(422, "bad-request") from error
        stored = enrolment.stored_form(code)
        device_id = self._ledger.enrol(stored, request.public_key, request.name, times.now_text())
        if device_id is None:
            raise Refused(403, "code-refused")
        server, keys = self.server()
        return DeviceReply(device_id=device_id, server=server, keys=[jws.public_jwk(key) for key in keys])

    def token(self, untrusted_assertion: str) -> TokenReply:
        """Give a bearer token for a genuine assertion of an enrolled device.

        Raises:
            Refused: `device-refused`, `clock-apart`.
        """
        server, keys = self.server()
        now_s = times.now_s()
        try:
            device = self._ledger.device(tokens.device_of(untrusted_assertion))
            if device is None or device.disabled:
                raise Refused(401, "device-refused")
            checked = tokens.check_assertion(untrusted_assertion, device.device_id, server, device.key, now_s)
        except tokens.ClockApart as error:
            raise Refused(401, "clock-apart") from error
        except jws.BadSignature as error:
            raise Refused(401, "device-refused") from error
        if not self._ledger.take_assertion(*checked, now_s):
            raise Refused(401, "device-refused")
        access = tokens.make_access(device.device_id, server, keys[0], now_s)
        return TokenReply(access_token=access, expires_in=contract.TOKEN_LIFE_S)

    def device_of(self, untrusted_header: str) -> str:
        """The device a request comes from, by its Authorization header.

        Raises:
            Refused: `device-refused`.
        """
        scheme, _, token = untrusted_header.partition(" ")
        server, keys = self.server()
        try:
            device_id = tokens.check_access(token.strip(), server, _public(keys), times.now_s())
        except jws.BadSignature as error:
            raise Refused(401, "device-refused", {"WWW-Authenticate": "Bearer"}) from error
        device = self._ledger.device(device_id)
        if scheme.lower() != "bearer" or device is None or device.disabled:
            raise Refused(401, "device-refused", {"WWW-Authenticate": "Bearer"})
        return device_id

    def keys(self) -> KeysReply:
        """The public keys, and the list signed by each of them so that pins can follow a change."""
        server, keys = self.server()
        public = [jws.public_jwk(key) for key in keys]
        return KeysReply(server=server, keys=public, signed=[receipts.sign_keys(server, public, key) for key in keys])

    def server(self) -> tuple[str, Sequence[Ed25519PrivateKey]]:
        """The server's name and its private keys, newest first."""
        known = self._ledger.server()
        return known.server, [jws.private_key(text) for text in known.private]


def _public(keys: Sequence[Ed25519PrivateKey]) -> dict[str, Jwk]:
    return jws.by_id(jws.public_jwk(key) for key in keys)
