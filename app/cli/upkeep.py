"""`diaba verify` and `diaba set`: the state of the store, and the settings of the office."""

from __future__ import annotations

import argparse
import json

from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal
from app.domain import codec
from app.errors import StoreError


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    commands.add("verify", _verify)
    setting = commands.add("set", _set)
    setting.value("key", "KEY")
    setting.value("value", "VALUE")


def _verify(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, _person):
        report = services.upkeep.verify()
        plain = codec.to_plain(report)
        terminal.result(plain, json.dumps(plain, ensure_ascii=False, indent=1))
        return 0 if report.is_sound else StoreError.exit_status


def _set(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        services.upkeep.put(person, options.key, options.value)
        terminal.result({options.key: options.value}, f"{options.key} = {options.value}")
        return 0
