"""`diaba read` and `diaba bench read`: reading files without a store, and scoring what was read."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from app import bootstrap
from app.cli.parser import Commands
from app.cli.terminal import Terminal
from app.domain import codec
from app.domain.reading import Reading
from app.domain.scoring import score, tally
from app.errors import DeviceError, InputError

MOST_JOBS = 64


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    read = commands.add("read", _read)
    read.value("files", "FILE", nargs="+", type=Path)
    read.flag("--each")
    read.value("--jobs", "COUNT", type=_jobs)
    scored = commands.group("bench").add("read", _bench_read)
    scored.value("folders", "FOLDER", nargs="+", type=Path)
    scored.value("--jobs", "COUNT", type=_jobs)


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= MOST_JOBS:
        raise ValueError(text)  # argparse says which option it was
    return jobs


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
    lines += [f" · {finding.message}" for finding in reading.findings]
    return "\n".join(lines)


def _bench_read(options: argparse.Namespace, terminal: Terminal) -> int:
    """Score folders that hold pages and their `truth.json`."""
    scores = []
    with bootstrap.open_reading(jobs=options.jobs) as service:
        for folder in options.folders:
            truth = _truth_of(folder)
            reading = service.read([folder / name for name in truth["files"]])
            scored = score(codec.to_plain(reading), truth)
            scores += scored
            found = tally(scored)
            terminal.result(
                {"folder": str(folder), **codec.to_plain(found), "seconds": reading.seconds},
                f"{folder}: {found.right}/{found.fields} trường đúng, {reading.seconds:.1f} s",
            )
    total = tally(scores)
    terminal.result(
        {"folder": None, **codec.to_plain(total), "exact_pct": round(total.exact_pct, 2)},
        f"tổng: {total.right}/{total.fields} trường đúng ({total.exact_pct:.2f} %), sê-ri {total.serials_right}/"
        f"{total.serials}, tin cậy mà sai {total.sure_wrong}/{total.sure}",
    )
    return 0


def _truth_of(folder: Path) -> dict[str, Any]:
    try:
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        return {**truth, "files": list(truth["files"]), "fields": dict(truth["fields"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("truth_unreadable", file=folder / "truth.json") from error
