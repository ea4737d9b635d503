"""`diaba read`: reading files without a store."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import bootstrap
from app.cli.parser import Commands
from app.cli.terminal import Terminal
from app.domain import codec
from app.domain.reading import Reading
from app.errors import DeviceError, InputError

MOST_JOBS = 64


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    read = commands.add("read", _read)
    read.value("files", "FILE", nargs="+", type=Path)
    read.flag("--each")
    read.value("--jobs", "COUNT", type=jobs)


def jobs(text: str) -> int:
    """How many processes read at once.

    Raises:
        ValueError: It is not a number from 1 to 64.
    """
    count = int(text)
    if not 1 <= count <= MOST_JOBS:
        raise ValueError(text)  # argparse says which option it was
    return count


def _read(options: argparse.Namespace, terminal: Terminal) -> int:
    with bootstrap.open_reading(jobs=options.jobs) as service:
        readings = service.read_each(options.files) if options.each else [service.read(options.files)]
        found: set[str] = set()
        for reading in readings:
            terminal.result(codec.to_plain(reading), _describe(reading, terminal))
            found.update(finding.code for finding in reading.findings)
    if "ocr_failed" in found:
        return DeviceError.exit_status
    return InputError.exit_status if "unreadable_file" in found else 0


def _describe(reading: Reading, terminal: Terminal) -> str:
    lines = [f"{page.file}: {terminal.messages.word('page_kinds', page.kind)}" for page in reading.pages]
    for field in reading.fields:
        sign = {"ok": " ", "look": "?", "conflict": "!"}[field.check]
        lines.append(f" {sign} {terminal.named(field.path)}: {terminal.shown(field.path, field.value)}")
    lines += [f" · {terminal.messages.sentence(finding)}" for finding in reading.findings]
    return "\n".join(lines)
