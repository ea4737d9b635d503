from __future__ import annotations

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.wire import jws

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = jws.public_jwk(KEY)
KEYS = {PUBLIC.kid: PUBLIC}
WORDS = {"dossier_id": "đ", "revision": 1}


def test_what_was_signed_is_read_back():
    assert jws.verify("receipt+jwt", jws.sign("receipt+jwt", WORDS, KEY), KEYS) == WORDS


def test_the_thumbprint_is_that_of_rfc_8037():
    # RFC 8037, appendix A.3
    assert (
        jws.thumbprint("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo") == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )


def test_a_token_for_one_purpose_is_none_for_another():
    with pytest.raises(jws.BadSignature):
        jws.verify("receipt+jwt", jws.sign("at+jwt", WORDS, KEY), KEYS)


def test_an_unknown_key_signs_nothing():
    with pytest.raises(jws.BadSignature):
        jws.verify("x", jws.sign("x", WORDS, Ed25519PrivateKey.generate()), KEYS)


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"crit": ["b64"]}, {"kid": None}])
def test_other_algorithms_and_critical_extensions_are_refused(header):
    whole = {"alg": "EdDSA", "typ": "x", "kid": PUBLIC.kid, **header}
    head, body = (jws.encode(json.dumps(part).encode()) for part in (whole, WORDS))
    token = f"{head}.{body}.{jws.encode(KEY.sign(f'{head}.{body}'.encode()))}"
    with pytest.raises(jws.BadSignature):
        jws.verify("x", token, KEYS)


@pytest.mark.parametrize("position", range(0, 200, 7))
def test_no_letter_of_a_token_can_be_changed(position):
    token = jws.sign("x", WORDS, KEY)
    at = position % len(token)
    changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    with pytest.raises(jws.BadSignature):
        jws.verify("x", changed, KEYS)


@pytest.mark.parametrize("body", [b"[]", b"1", b"nonsense", b"[" * 20_000, b"\xff"])
def test_a_payload_that_is_no_object_is_refused(body):
    head = jws.encode(json.dumps({"alg": "EdDSA", "typ": "x", "kid": PUBLIC.kid}).encode())
    signed = f"{head}.{jws.encode(body)}"
    with pytest.raises(jws.BadSignature):
        jws.verify("x", f"{signed}.{jws.encode(KEY.sign(signed.encode()))}", KEYS)


@given(st.text(max_size=300))
def test_any_text_is_either_a_token_or_refused(untrusted):
    for read in (jws.claims, jws.key_id, lambda token: jws.verify("x", token, KEYS)):
        with pytest.raises(jws.BadSignature):
            read(untrusted)


@given(st.binary(max_size=100))
def test_base64url_goes_there_and_back(data):
    assert jws.decode(jws.encode(data)) == data


@pytest.mark.parametrize("text", ["A", "AB=", "A+", "A/", "AÄ", "AB\n", "AB"])
def test_only_the_shortest_base64url_is_read(text):
    with pytest.raises(jws.BadSignature):
        jws.decode(text)


def test_a_key_whose_id_is_not_its_thumbprint_is_refused():
    with pytest.raises(jws.BadSignature):
        jws.by_id([PUBLIC.model_copy(update={"kid": "mine"})])


def test_a_private_key_goes_there_and_back_as_text():
    assert jws.public_jwk(jws.private_key(jws.private_text(KEY))) == PUBLIC
    with pytest.raises(jws.BadSignature):
        jws.private_key(jws.encode(b"short"))


def test_a_token_longer_than_any_receipt_is_not_even_looked_at():
    with pytest.raises(jws.BadSignature):
        jws.claims("A" * (jws.MAX_CHARS + 1))


def test_a_genuine_token_whose_words_are_no_text_is_refused():
    head = jws.sign("x", {}, KEY).split(".")[0]
    words = rb'{"jti": "\ud800"}'
    signed = f"{head}.{jws.encode(words)}"
    with pytest.raises(jws.BadSignature):
        jws.verify("x", f"{signed}.{jws.encode(KEY.sign(signed.encode()))}", KEYS)
