"""Argon2id for real."""

from __future__ import annotations

from app.adapters.passwords import Argon2Hasher


def test_only_the_password_opens_its_hash():
    hasher = Argon2Hasher()
    encoded = hasher.hash("mật khẩu dài")
    assert encoded.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert hasher.verify(encoded, "mật khẩu dài")
    assert not hasher.verify(encoded, "mật khẩu dai")


def test_two_hashes_of_one_password_differ():
    hasher = Argon2Hasher(passes=1, memory_kib=64)
    assert hasher.hash("giống nhau") != hasher.hash("giống nhau")


def test_a_damaged_hash_opens_for_nobody():
    hasher = Argon2Hasher(passes=1, memory_kib=64)
    assert not hasher.verify("", "")
    assert not hasher.verify("$argon2id$v=19$m=65536,t=3,p=1$AAAA", "mật khẩu dài")
