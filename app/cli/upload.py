"""`diaba upload` and `diaba enrol`: the server."""

from __future__ import annotations

import argparse

from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal
from app.domain import codec
from app.errors import InputError, RejectedError


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    commands.add("upload", _upload)
    enrol = commands.add("enrol", _enrol)
    enrol.value("code", "CODE")
    enrol.value("--server", "ADDRESS")


def _upload(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        summary = services.upload.upload(person, lambda _progress: None)
        results = services.upload.fetch_results() if summary.failure is None else None
        plain = {
            "stored": summary.stored,
            "refused": summary.refused,
            "conflict": summary.conflict,
            "waiting": summary.waiting,
            "stopped_by": summary.stopped_by,
            "results": codec.to_plain(results),
        }
        terminal.result(
            plain,
            f"{summary.stored} đã nhận, {summary.refused} bị từ chối,"
            f" {summary.conflict} trùng, {summary.waiting} còn chờ",
        )
        if summary.failure is not None:
            raise summary.failure
        return RejectedError.exit_status if summary.refused + summary.conflict else 0


def _enrol(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        url = options.server or services.upkeep.get("server_url")
        if not url:
            raise InputError("server_unknown")
        services.upload.enrol(person, url, options.code)
        terminal.result({"server": url, "enrolled": True}, f"Đã ghi danh với {url}")
        return 0
