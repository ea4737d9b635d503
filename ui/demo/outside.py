"""What stands outside the window in the demo: the papers, the simulated scanner's feed, the receiver, the operator."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.fields import spec_of
from app.domain.paths import pattern
from app.domain.scoring import plain_at
from app.messages import Messages
from ui.demo.hands import StuckError

START_LIMIT_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One fictional dossier as it lies on the table; only the simulated person reads its truth.

    Attributes:
        folder: Where its page files lie.
        truth: Every printed value by path.
    """

    folder: Path
    truth: dict[str, Any]

    def text(self, path: str) -> str | None:
        """What a person reads on the paper for a field, as they would type it; None when it is not printed."""
        spec = spec_of(path)
        value = plain_at(self.truth, path)
        return Messages("vi").value(spec, value) if spec is not None and value is not None else None

    def value(self, path: str) -> str | None:
        """The value as the record writes it."""
        value = plain_at(self.truth, path)
        return None if value is None else str(value)

    def has_item(self, path: str) -> bool:
        """Whether the paper shows the item of a list that a path belongs to (the second holder, say)."""
        item = path.rpartition(".")[0]
        return not item.endswith("]") or plain_at(self.truth, item) is not None

    def missing_items(self, plain: Mapping[str, Any]) -> list[str]:
        """Items of lists the paper shows and a record lacks: `parcels[0].uses[1]`, outer items first."""
        items = dict.fromkeys(path[: end.end()] for path in self.truth["fields"] for end in _ITEM.finditer(path))
        return [item for item in items if plain_at(plain, item) is None]


_ITEM = re.compile(r"\[\d+\]")


def draw_papers(folder: Path, *, count: int, seed: int, level: str, form: str) -> list[Paper]:
    """Have the sample generator draw dossiers, in a process of its own."""
    wanted = {"--seed": str(seed), "--count": str(count), "--model": "2014,2024", "--level": level, "--format": form}
    _run([sys.executable, "-m", "tests.samples", str(folder), *(word for pair in wanted.items() for word in pair)])
    papers = []
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        file = place / "truth.json"
        papers.append(Paper(folder=place, truth=json.loads(file.read_text(encoding="utf-8"))))
        file.unlink()  # the scanner gets pages only
    return papers


def has_sane() -> bool:
    """Whether scanimage is here."""
    return shutil.which("scanimage") is not None


class Receiver:
    """The reference receiver in a process of its own, with its operator's commands."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ui.start", "receiver", "--data", str(data), "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
        )
        said = self._process.stdout.readline() if self._process.stdout else ""
        if " on " not in said:
            raise StuckError("máy chủ nhận không khởi động được")
        self.url = said.split()[-1]

    def code(self) -> str:
        """A one-time enrolment code."""
        return str(self._ask("code")["code"])

    def post(self, dossier_id: str, result: str, path: str, message: str) -> None:
        """Post the result of a check."""
        self._ask("result", dossier_id, result, "--path", path, "--message", message)

    def counts(self) -> dict[str, Any]:
        """How much it holds."""
        return self._ask("counts")

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(START_LIMIT_S)

    def _ask(self, act: str, *arguments: str) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(diaba("receiver", act, *arguments, "--data", str(self._data), "--json"))
        return plain


def diaba(*arguments: str, password_file: Path | None = None) -> str:
    """Run the command line beside the window; its output."""
    extra = {"DIABA_PASSWORD_FILE": str(password_file)} if password_file else {}
    return _run([sys.executable, "-m", "ui.start", *arguments], extra)


def _run(command: list[str], extra: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **(extra or {})})
    if done.returncode != 0:
        raise StuckError(f"{' '.join(command[2:6])} …: {done.stderr.strip()[-500:]}")
    return done.stdout


def is_derived(path: str) -> bool:
    """Whether a value is the program's own word and stands nowhere on the paper."""
    return pattern(path) in {
        "changes[].kind",
        "assets[].kind",
        "parcels[].uses[].origin_code",
        "parcels[].uses[].purpose_code",
    }
