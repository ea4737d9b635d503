"""`diaba receiver`: the reference receiving server, and what its operator does."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser import Commands
from app.cli.terminal import Terminal

_RESULTS = ("verified", "wrong_info", "police", "duplicate_certificate", "returned")


def add_to(commands: Commands) -> None:
    """Hang in the commands of the receiving side."""
    serve = commands.add("receiver", _serve)
    serve.value("--data", "FOLDER", type=Path, default=Path("diaba-receiver"))
    serve.value("--port", "COUNT", type=int, default=8640)
    acts = serve.commands("TASK", required=False)
    code = acts.add("code", _code)
    counts = acts.add("counts", _counts)
    result = acts.add("result", _result)
    for act in (code, counts, result):
        act.value("--data", "FOLDER", type=Path, default=argparse.SUPPRESS)
    result.value("dossier", "ID")
    result.value("result", "RESULT", choices=_RESULTS)
    result.value("--path", "FIELD")
    result.value("--message", "MESSAGE")


def _serve(options: argparse.Namespace, _terminal: Terminal) -> int:
    from app import receiver

    receiver.serve(options.data, options.port)
    return 0


def _code(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    code = operator.new_enrolment_code(options.data)
    terminal.result({"code": code}, code)
    return 0


def _result(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    operator.post_result(options.data, options.dossier, options.result, path=options.path, message=options.message)
    terminal.result({"dossier": options.dossier, "result": options.result}, f"{options.dossier}: {options.result}")
    return 0


def _counts(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    counts = operator.counts(options.data)
    terminal.result(counts, "\n".join(f"{key}: {value}" for key, value in counts.items()))
    return 0
