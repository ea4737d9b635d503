"""Starting, interrupting and killing a scanner program where there are signals and process groups."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

assert sys.platform != "win32"  # noqa: S101 - tells the type checker which systems this module is for


def start(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own; what it says on both channels comes in one stream, in order."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Ask the program to stop, as Ctrl+C does."""
    process.send_signal(signal.SIGINT)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
