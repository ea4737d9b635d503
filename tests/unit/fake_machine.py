"""A computer that only remembers what it was told to do, for the tests of `run.py` and `build_installer.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import run

DEBIAN = run.Facts(
    windows=False, root=True, terminal=False, python="/usr/bin/python3", python_version="3.11", ensurepip=True
)


class FakeMachine:
    """A computer that only remembers what it was told to do.

    Attributes:
        commands: Everything that was run, in order, as one line each.
        envs: The environment variables of each of them.
        failing: Words; a command with one of them ends with status 1 (or the status given).
        sudo: What `sudo -n true` answers: None asks for a password.
        display: The virtual screen there is to be had.
    """

    def __init__(self, facts: run.Facts = DEBIAN, *, installed: Sequence[str] = (), has: Sequence[str] = ()) -> None:
        self.facts = facts
        self.programs = {"apt-get", *has}
        self.dpkg_answer: str | None = "".join(f"installed\t{name}\t\n" for name in installed)
        self.commands: list[str] = []
        self.envs: list[Mapping[str, str]] = []
        self.failing: dict[str, int] = {}
        self.sudo: str | None = None
        self.display: str | None = None
        self.environment_version: str | None = None

    def has(self, program: str) -> bool:
        return program in self.programs

    def run(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        line = " ".join(command)
        self.commands.append(line)
        self.envs.append(env or {})
        if " -m venv " in f" {line} ":
            self.environment_version = self.facts.python_version
        return next((status for word, status in self.failing.items() if word in line), 0)

    def read(self, command: Sequence[str]) -> str | None:
        if command[0] == "dpkg-query":
            return self.dpkg_answer
        if command[0] == "sudo":
            return self.sudo
        return self.environment_version and f"{self.environment_version}\n"

    @contextmanager
    def virtual_screen(self) -> Iterator[str | None]:
        yield self.display
