"""Passwords at the keyboard, where nobody sees what is typed."""

from __future__ import annotations

import getpass
import sys

import pytest

from app.cli.session import password
from app.errors import InputError


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What will be typed, prompt by prompt."""
    typed: list[str] = []
    monkeypatch.delenv("NO_SUCH_FILE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: typed.pop(0))
    return typed


def test_a_new_password_is_typed_twice(keyboard: list[str]):
    keyboard += ["mật khẩu dài", "mật khẩu dài"]
    assert password("NO_SUCH_FILE", "new: ", again="again: ") == "mật khẩu dài"
    assert keyboard == []


def test_two_different_passwords_are_none(keyboard: list[str]):
    keyboard += ["mật khẩu dài", "mật khẩu dai"]
    with pytest.raises(InputError, match="passwords_differ"):
        password("NO_SUCH_FILE", "new: ", again="again: ")


def test_to_sign_in_once_is_enough(keyboard: list[str]):
    keyboard.append("mật khẩu dài")
    assert password("NO_SUCH_FILE", "password: ") == "mật khẩu dài"
