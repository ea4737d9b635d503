"""`diaba export form01` and `diaba export handover`: what leaves the house as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    export = commands.group("export")
    form01 = export.add("form01", _form01)
    form01.value("out", "FILE.xlsx", type=Path)
    handover = export.add("handover", _handover)
    handover.value("dir", "FOLDER", type=Path)


def _form01(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, person):
        rows = services.export.form01(person, options.out)
        terminal.result({"file": str(options.out), "rows": rows}, f"{options.out}: {rows} dòng")
        return 0


def _handover(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, person):
        folders = services.export.handover(person, options.dir)
        words = "\n".join(map(str, folders)) or "Chưa có đợt nào đã duyệt để bàn giao."
        terminal.result({"folders": [str(folder) for folder in folders]}, words)
        return 0
