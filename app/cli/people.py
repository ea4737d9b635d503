"""`diaba user list`, `diaba user add` and `diaba user password`: people and roles."""

from __future__ import annotations

import argparse

from app.cli.parser import Commands
from app.cli.session import opened, password
from app.cli.terminal import Terminal
from app.domain import codec
from app.domain.people import Role


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    user = commands.group("user")
    user.add("list", _list)
    add = user.add("add", _add)
    add.value("login", "LOGIN")
    add.value("--name", "FULL_NAME", required=True)
    add.value("--role", required=True, choices=[role.value for role in Role])
    change = user.add("password", _password)
    change.value("login", "LOGIN")


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, _person):
        for person in services.people.people():
            role = terminal.messages.word("roles", person.role)
            terminal.result(codec.to_plain(person), f"{person.login}\t{person.full_name}\t{role}")
        return 0


def _add(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, by):
        secret = _new_password(options.login)
        person = services.people.add(by, options.login, options.name, Role(options.role), secret)
        terminal.result(codec.to_plain(person), f"{person.login}: {terminal.messages.word('roles', person.role)}")
        return 0


def _password(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, by):
        services.people.change_password(by, options.login, _new_password(options.login))
        terminal.result({"login": options.login}, f"{options.login}: đã đổi mật khẩu")
        return 0


def _new_password(login: str) -> str:
    prompt = f"Mật khẩu mới cho {login}: "
    return password("DIABA_NEW_PASSWORD_FILE", prompt, again=f"Gõ lại mật khẩu của {login}: ")
