"""The command line `diaba`, run as a person at a terminal or a script runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A command that ended.

    Attributes:
        status: Its exit status.
        out: What it wrote to stdout.
        err: What it wrote to stderr.
    """

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def plain(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        (line,) = self.lines
        return line


def run(*arguments: str | Path, password: str | None = None, new_password: str | None = None) -> Ran:
    """Run `diaba`; passwords go through files, as scripts do it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DIABA_")}
    with tempfile.TemporaryDirectory() as folder:
        for variable, secret in (("DIABA_PASSWORD_FILE", password), ("DIABA_NEW_PASSWORD_FILE", new_password)):
            if secret is not None:
                file = Path(folder, variable)
                file.write_text(f"{secret}\n", encoding="utf-8")
                env[variable] = str(file)
        done = subprocess.run(
            [sys.executable, "-m", "ui.start", *map(str, arguments)],
            capture_output=True, text=True, timeout=300, check=False, env=env, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return Ran(status=done.returncode, out=done.stdout, err=done.stderr)


def done(*arguments: str | Path, password: str | None = None, new_password: str | None = None) -> Ran:
    """Run `diaba` and demand exit status 0."""
    ran = run(*arguments, password=password, new_password=new_password)
    assert ran.status == 0, f"exit {ran.status}: {ran.out}\n{ran.err}"
    return ran
