from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.errors import InputError
from app.wire import contract, enrolment, jws, tokens

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = jws.public_jwk(KEY)
NOW_S = 1_800_000_000.0


def test_an_assertion_proves_the_device_to_its_server():
    made = tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S)
    assert tokens.device_of(made) == "dev-1"
    jti, expires_s = tokens.check_assertion(made, "dev-1", "rcv-1", PUBLIC, NOW_S)
    assert jti
    assert expires_s == NOW_S + contract.ASSERTION_LIFE_S


@pytest.mark.parametrize(("device", "server"), [("dev-2", "rcv-1"), ("dev-1", "rcv-2")])
def test_an_assertion_is_of_no_use_to_anybody_else(device, server):
    made = tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S)
    with pytest.raises(jws.BadSignature):
        tokens.check_assertion(made, device, server, PUBLIC, NOW_S)


@pytest.mark.parametrize("apart_s", [-301, 120 + 301])
def test_a_genuine_assertion_of_another_time_is_told_apart_from_a_forged_one(apart_s):
    made = tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S)
    with pytest.raises(tokens.ClockApart):
        tokens.check_assertion(made, "dev-1", "rcv-1", PUBLIC, NOW_S + apart_s)


@pytest.mark.parametrize("apart_s", [-300, 0, 420])
def test_clocks_may_differ_by_five_minutes(apart_s):
    made = tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S)
    assert tokens.check_assertion(made, "dev-1", "rcv-1", PUBLIC, NOW_S + apart_s)


@pytest.mark.parametrize("claim", ["jti", "iat", "exp", "aud", "iss", "sub"])
def test_an_assertion_without_a_claim_is_refused(claim):
    claims = jws.claims(tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S))
    claims.pop(claim)
    with pytest.raises(jws.BadSignature):
        tokens.check_assertion(jws.sign(tokens.ASSERTION, claims, KEY), "dev-1", "rcv-1", PUBLIC, NOW_S)


def test_an_assertion_that_would_live_for_days_is_refused():
    claims = jws.claims(tokens.make_assertion("dev-1", "rcv-1", KEY, NOW_S))
    claims["exp"] = int(NOW_S) + 86_400
    with pytest.raises(jws.BadSignature):
        tokens.check_assertion(jws.sign(tokens.ASSERTION, claims, KEY), "dev-1", "rcv-1", PUBLIC, NOW_S)


def test_an_assertion_that_names_nobody_is_refused():
    with pytest.raises(jws.BadSignature):
        tokens.device_of(jws.sign(tokens.ASSERTION, {"sub": 7}, KEY))


def test_a_bearer_token_lives_for_an_hour():
    token = tokens.make_access("dev-1", "rcv-1", KEY, NOW_S)
    keys = {PUBLIC.kid: PUBLIC}
    assert tokens.check_access(token, "rcv-1", keys, NOW_S + 3599) == "dev-1"
    for server, now_s in (("rcv-1", NOW_S + 3600), ("rcv-2", NOW_S)):
        with pytest.raises(jws.BadSignature):
            tokens.check_access(token, server, keys, now_s)


def test_a_code_is_typed_with_look_alikes_and_without_groups():
    code = enrolment.new_code(PUBLIC.kid)
    assert [len(group) for group in code.split("-")] == [4] * 5
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    tidy = enrolment.tidy_code(typed)
    assert tidy == code.replace("-", "")
    assert enrolment.belongs(tidy, PUBLIC.kid)
    assert not enrolment.belongs(tidy, jws.public_jwk(Ed25519PrivateKey.from_private_bytes(bytes(32))).kid)
    assert tidy not in enrolment.stored_form(tidy)


def test_two_codes_are_never_the_same():
    assert len({enrolment.new_code(PUBLIC.kid) for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 20, "A" * 21])
def test_what_cannot_be_a_code_is_refused(typed):
    with pytest.raises(InputError, match="bad_enrolment_code"):
        enrolment.tidy_code(typed)
