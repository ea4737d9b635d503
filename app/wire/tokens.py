"""What proves a device to the server: private_key_jwt assertions (RFC 7523) and the bearer token given for them."""

from __future__ import annotations

import uuid

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.wire import contract, jws
from app.wire.models import Jwk

ASSERTION = "client-authentication+jwt"
ACCESS = "at+jwt"


class ClockApart(ValueError):  # noqa: N818 - says what it is
    """The token is genuine but its time lies outside the tolerance; the reply's Date tells the right time."""


def make_assertion(device_id: str, server: str, key: Ed25519PrivateKey, now_s: float) -> str:
    """A short-lived proof that this device asks this server; `now_s` is the server's time as known here."""
    claims = {
        "iss": device_id,
        "sub": device_id,
        "aud": server,
        "jti": uuid.uuid4().hex,
        "iat": int(now_s),
        "exp": int(now_s) + contract.ASSERTION_LIFE_S,
    }
    return jws.sign(ASSERTION, claims, key)


def device_of(untrusted_assertion: str) -> str:
    """Which device an assertion names; nothing is verified.

    Raises:
        BadSignature: When it names none.
    """
    subject = jws.claims(untrusted_assertion).get("sub")
    if not isinstance(subject, str):
        raise jws.BadSignature("no subject")
    return subject


def check_assertion(untrusted_assertion: str, device_id: str, server: str, key: Jwk, now_s: float) -> tuple[str, int]:
    """Verify an assertion; returns its `jti` and `exp` so that it can be taken only once.

    Raises:
        BadSignature: When it is not genuine or meant for somebody else.
        ClockApart: When only its time is wrong.
    """
    claims = jws.verify(ASSERTION, untrusted_assertion, {key.kid: key})
    jti, issued_s, expires_s = claims.get("jti"), claims.get("iat"), claims.get("exp")
    if claims.get("iss") != device_id or claims.get("sub") != device_id or claims.get("aud") != server:
        raise jws.BadSignature("meant for somebody else")
    if not isinstance(jti, str) or len(jti) > 100 or not isinstance(issued_s, int) or not isinstance(expires_s, int):
        raise jws.BadSignature("claims missing")
    if expires_s - issued_s > contract.TOKEN_LIFE_S:
        raise jws.BadSignature("lives too long")
    if not issued_s - contract.CLOCK_TOLERANCE_S <= now_s <= expires_s + contract.CLOCK_TOLERANCE_S:
        raise ClockApart("outside the tolerance")
    return jti, expires_s


def make_access(device_id: str, server: str, key: Ed25519PrivateKey, now_s: float) -> str:
    """A bearer token: the server's own word, so that no table of tokens is needed."""
    claims = {"iss": server, "sub": device_id, "iat": int(now_s), "exp": int(now_s) + contract.TOKEN_LIFE_S}
    return jws.sign(ACCESS, claims, key)


def check_access(untrusted_token: str, server: str, keys: dict[str, Jwk], now_s: float) -> str:
    """The device a bearer token was given to.

    Raises:
        BadSignature: When it is not genuine or has expired.
    """
    claims = jws.verify(ACCESS, untrusted_token, keys)
    device_id, expires_s = claims.get("sub"), claims.get("exp")
    if claims.get("iss") != server or not isinstance(device_id, str) or not isinstance(expires_s, int):
        raise jws.BadSignature("claims missing")
    if now_s >= expires_s:
        raise jws.BadSignature("expired")
    return device_id
