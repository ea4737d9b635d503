"""Starting, interrupting and killing a scanner program on Windows. Not run on Windows yet."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

assert sys.platform == "win32"  # noqa: S101 - tells the type checker which system this module is for


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own; what it says on both channels comes in one stream, in order."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
    )


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Ask the program to stop."""
    process.send_signal(signal.CTRL_BREAK_EVENT)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the program."""
    process.kill()
