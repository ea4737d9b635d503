"""The command line: the same services as the window (DESIGN 4.2). Prints words for people, or JSON with `--json`.

One module for each station, named as the station's service:

    reading.py   read                       upload.py    upload, enrol
    intake.py    import, scan               export.py    export form01, export handover
    entry.py     queue, show, finish        upkeep.py    verify, set
    review.py    submit, approve, return    people.py    user list, user add, user password
    bench.py     bench read                 receiver.py  receiver, receiver code | counts | result

A station's `add_to` hangs its commands into the command line. `parser.py` knows how that is done and in which words,
`terminal.py` how results are printed, `session.py` how a store is opened and a person signs in.
"""

from __future__ import annotations

import argparse
import io
import logging
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import app
from app import bootstrap
from app.cli import bench, entry, export, intake, people, reading, receiver, review, upkeep, upload
from app.cli.parser import LANGUAGES, Command, CommandLine, language_of, speaking
from app.cli.terminal import Terminal
from app.errors import DiabaError
from app.messages import Messages

_STATIONS = (reading, bench, intake, entry, review, upload, export, upkeep, people, receiver)
_INTERRUPTED_STATUS = 130


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Returns:
        Exit status: 0 done, 2 usage, 3 bad input, 4 device or OCR, 5 store, 6 network, 7 sign-in or rights, 8 refused
        by the server.
    """
    _quiet_pipes()
    _speak_utf8()
    messages = Messages(language_of(argv))
    with speaking(messages):
        options = _with_whole_texts(command_line(messages).parser.parse_args(list(argv)))
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    terminal = Terminal(as_json=options.json, messages=messages)
    command: Command = options.command
    try:
        return command(options, terminal)
    except DiabaError as error:
        terminal.error(error)
        return error.exit_status
    except KeyboardInterrupt:
        return _INTERRUPTED_STATUS


def command_line(messages: Messages) -> CommandLine:
    """The whole command line in one language."""
    line = CommandLine(messages)
    line.version(f"diaba {app.__version__}")
    line.value("--store", "FOLDER", type=Path, default=bootstrap.default_store_dir())
    line.value("--user", "LOGIN")
    line.value("--language", choices=LANGUAGES, default=LANGUAGES[0])
    line.value("--sane-config", "FOLDER", type=Path)
    line.value("--simulated-scanner", "FOLDER", type=Path)
    line.parser.set_defaults(json=False)
    commands = line.commands("COMMAND")
    for station in _STATIONS:
        station.add_to(commands)
    return line


def _quiet_pipes() -> None:
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _speak_utf8() -> None:
    r"""Print UTF-8 whatever the system's code page says, and names of files that are no text with escapes.

    An escape such as `\udcff` in JSON reads back as the very name. A terminal keeps the encoding it understands.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _with_whole_texts(options: argparse.Namespace) -> argparse.Namespace:
    """Bytes that are no text become question marks; paths keep them, for a file may be called so."""
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, value.encode("utf-8", "replace").decode())
        elif isinstance(value, list):
            whole = [item.encode("utf-8", "replace").decode() if isinstance(item, str) else item for item in value]
            setattr(options, name, whole)
    return options
