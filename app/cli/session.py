"""Opening the store for one command: the services, and the person who signed in."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import bootstrap
from app.bootstrap import Services
from app.cli.terminal import Terminal
from app.domain.people import Person
from app.errors import AuthError, InputError


@contextmanager
def opened(
    options: argparse.Namespace, terminal: Terminal, *, writing: bool = True
) -> Iterator[tuple[Services, Person]]:
    """Open the store and sign the person in; the store is closed whatever happens.

    Raises:
        StoreError: `store_in_use` and whatever else keeps the store from opening.
        AuthError: `sign_in_failed`, `password_missing`, `password_file_unreadable` ...
    """
    services = bootstrap.open_services(
        options.store,
        writing=writing,
        sane_config=options.sane_config,
        simulated_scanner=options.simulated_scanner,
        language=options.language,
    )
    try:
        yield services, _sign_in(options, terminal, services)
    finally:
        services.close()


def password(variable: str, prompt: str, again: str = "") -> str:
    """A password from the file an environment variable names, else from the keyboard.

    Args:
        variable: Names the file.
        prompt: Asks at the keyboard.
        again: Asks for a new password a second time at the keyboard, where nobody sees what is typed.

    Raises:
        AuthError: `password_file_unreadable`, `password_missing`.
        InputError: `passwords_differ`.
    """
    file = os.environ.get(variable)
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise AuthError("password_file_unreadable", file=file) from error
    if not sys.stdin.isatty():
        raise AuthError("password_missing", variable=variable)
    typed = getpass.getpass(prompt)
    if again and getpass.getpass(again) != typed:
        raise InputError("passwords_differ")
    return typed


def _sign_in(options: argparse.Namespace, terminal: Terminal, services: Services) -> Person:
    if options.user:
        return services.people.sign_in(options.user, password("DIABA_PASSWORD_FILE", "Mật khẩu: "))
    person = services.people.setup_person()
    terminal.note("kho chưa có người dùng, đang làm việc với tên setup (diaba user add ... để tạo)")
    return person
