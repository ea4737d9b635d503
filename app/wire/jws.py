"""Compact JWS with Ed25519 (RFC 7515, RFC 8037): the signed bytes travel verbatim, so nothing must be canonical."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from app.wire import bodies
from app.wire.models import Jwk

MAX_CHARS = 64 * 1024


class BadSignature(ValueError):  # noqa: N818 - says what it is, never leaves the two sides of the wire
    """A token is not whole, not signed by a known key, or meant for something else."""


def encode(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url text without padding.

    Raises:
        BadSignature: When the text is anything else.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadSignature("not base64url") from error
    if encode(data) != text:
        raise BadSignature("not the shortest base64url")
    return data


def thumbprint(x: str) -> str:
    """Name of a key by its content (RFC 7638)."""
    words = f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'
    return encode(hashlib.sha256(words.encode()).digest())


def public_jwk(key: Ed25519PrivateKey) -> Jwk:
    """The public half as a JWK; its `kid` is the thumbprint."""
    x = encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    return Jwk(kid=thumbprint(x), x=x)


def private_text(key: Ed25519PrivateKey) -> str:
    """The private half as text for a file."""
    return encode(key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))


def private_key(text: str) -> Ed25519PrivateKey:
    """A private key from its text.

    Raises:
        BadSignature: When the text is no key.
    """
    data = decode(text)
    if len(data) != 32:
        raise BadSignature("not a private key")
    return Ed25519PrivateKey.from_private_bytes(data)


def by_id(untrusted_keys: Iterable[Jwk]) -> dict[str, Jwk]:
    """Keys by their id.

    Raises:
        BadSignature: When an id is not the thumbprint of its key.
    """
    keys = {key.kid: key for key in untrusted_keys}
    if any(thumbprint(key.x) != kid or len(decode(key.x)) != 32 for kid, key in keys.items()):
        raise BadSignature("the id is not the thumbprint")
    return keys


def sign(kind: str, payload: Mapping[str, object], key: Ed25519PrivateKey) -> str:
    """Sign a payload; `kind` (the header's `typ`) keeps a token for one purpose from passing as another."""
    header = {"alg": "EdDSA", "typ": kind, "kid": public_jwk(key).kid}
    signed = f"{_part(header)}.{_part(payload)}"
    return f"{signed}.{encode(key.sign(signed.encode()))}"


def key_id(untrusted_token: str) -> str:
    """The `kid` a token names; nothing is verified.

    Raises:
        BadSignature: When the token is not whole.
    """
    kid = _json_part(_parts(untrusted_token)[0]).get("kid")
    if not isinstance(kid, str):
        raise BadSignature("no kid")
    return kid


def claims(untrusted_token: str) -> dict[str, object]:
    """The payload of a token; nothing is verified.

    Raises:
        BadSignature: When the token is not whole.
    """
    return _json_part(_parts(untrusted_token)[1])


def verify(kind: str, untrusted_token: str, keys: Mapping[str, Jwk]) -> dict[str, object]:
    """The payload of a token signed by one of the keys (by `kid`).

    Raises:
        BadSignature: When it is not whole, of another kind, by an unknown key, or the signature does not fit.
    """
    head, body, signature = _parts(untrusted_token)
    header = _json_part(head)
    key = keys.get(str(header.get("kid")))
    if key is None or header.get("alg") != "EdDSA" or header.get("typ") != kind or "crit" in header:
        raise BadSignature("unknown key or kind")
    try:
        Ed25519PublicKey.from_public_bytes(decode(key.x)).verify(decode(signature), f"{head}.{body}".encode())
    except (InvalidSignature, ValueError) as error:
        raise BadSignature("the signature does not fit") from error
    return _json_part(body)


def _part(value: Mapping[str, object]) -> str:
    return encode(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _parts(untrusted_token: str) -> tuple[str, str, str]:
    parts = untrusted_token.split(".", 3)
    if len(untrusted_token) > MAX_CHARS or not untrusted_token.isascii() or len(parts) != 3:
        raise BadSignature("not a compact JWS")
    return parts[0], parts[1], parts[2]


def _json_part(part: str) -> dict[str, object]:
    try:
        value = bodies.parse_json(decode(part))
    except bodies.BodyBroken as error:
        raise BadSignature("not JSON") from error
    if not isinstance(value, dict):
        raise BadSignature("not an object")
    return value
