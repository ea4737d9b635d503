"""Receipts and results as signed words: made by the server, verified by the device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from app.wire import jws
from app.wire.models import Change, Jwk, Receipt

RECEIPT = "receipt+jwt"
RESULT = "result+jwt"
KEYS = "keys+jwt"


def sign_receipt(receipt: Receipt, key: Ed25519PrivateKey) -> str:
    """The receipt as compact JWS."""
    return jws.sign(RECEIPT, receipt.model_dump(), key)


def read_receipt(untrusted_token: str, keys: Mapping[str, Jwk]) -> Receipt:
    """The words of a receipt.

    Raises:
        BadSignature: When the signature does not fit or the words are not a receipt's.
    """
    payload = jws.verify(RECEIPT, untrusted_token, keys)
    try:
        return Receipt.model_validate(payload)
    except ValidationError as error:
        raise jws.BadSignature("not a receipt") from error


def sign_change(change: Change, key: Ed25519PrivateKey) -> str:
    """The words of a result as compact JWS."""
    return jws.sign(RESULT, change.model_dump(exclude={"signature"}), key)


def read_change(untrusted_change: Change, keys: Mapping[str, Jwk]) -> Change:
    """The signed words of a result, which win over the plain ones.

    Raises:
        BadSignature: When there is no signature, it does not fit, or it speaks of something else.
    """
    payload = jws.verify(RESULT, untrusted_change.signature or "", keys)
    try:
        change = Change.model_validate(payload)
    except ValidationError as error:
        raise jws.BadSignature("not a result") from error
    if change != untrusted_change.model_copy(update={"signature": None}):
        raise jws.BadSignature("the plain words differ from the signed ones")
    return change


def sign_keys(server: str, keys: Sequence[Jwk], key: Ed25519PrivateKey) -> str:
    """The server's list of keys, signed by one of them."""
    return jws.sign(KEYS, {"server": server, "keys": [each.model_dump() for each in keys]}, key)


def read_keys(untrusted_tokens: Sequence[str], server: str, pinned: Mapping[str, Jwk]) -> dict[str, Jwk]:
    """The list of keys vouched for by a key that is already pinned.

    Raises:
        BadSignature: When no pinned key vouches for a list of this server.
    """
    for token in untrusted_tokens:
        try:
            payload = jws.verify(KEYS, token, pinned)
            listed = payload.get("keys")
            keys = jws.by_id(Jwk.model_validate(each) for each in listed) if isinstance(listed, list) else {}
        except (jws.BadSignature, ValidationError):
            continue
        if keys and payload.get("server") == server:
            return keys
    raise jws.BadSignature("no pinned key vouches for the list")
