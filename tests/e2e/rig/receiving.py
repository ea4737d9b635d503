"""The reference receiver in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.e2e.rig.command import done


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Receiver:
    """`diaba receiver`, restartable on the same port and data."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "ui.start", "receiver", "--data", str(self.data), "--port", str(self.port)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert "receiver on" in self._process.stdout.readline()

    @property
    def is_running(self) -> bool:
        """Whether it listens."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process to kill."""
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(self._process.pid, signal.SIGKILL)
        self.wait_dead()

    def wait_dead(self) -> None:
        """Wait until the process is gone."""
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def close(self) -> None:
        """End it."""
        if self._process.poll() is None:
            self._process.terminate()
        self.wait_dead()

    def code(self) -> str:
        """A one-time enrolment code by the operator's command."""
        return str(done("receiver", "code", "--data", self.data, "--json").plain["code"])

    def post(self, dossier_id: str, result: str, path: str = "", message: str = "") -> None:
        """A result by the operator's command, while the receiver runs."""
        words = ("--path", path, "--message", message) if path else ()
        done("receiver", "result", dossier_id, result, *words, "--data", self.data)

    def counts(self) -> dict[str, Any]:
        """What it holds, by the operator's command."""
        return done("receiver", "counts", "--data", self.data, "--json").plain
