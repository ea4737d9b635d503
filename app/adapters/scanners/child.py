"""A scanner program as a child: its lines as they come, how long it has been quiet, and a sure way to end it."""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

if sys.platform == "win32":
    from app.adapters.scanners import process_windows as process
else:
    from app.adapters.scanners import process_posix as process

_LINE_END = re.compile(rb"[\r\n]")
_READ_BYTES = 4096
_MAX_LINE_BYTES = 65_536
STEP_S = 3.0
"""Between the steps of the ladder. Source: scanimage ignored one SIGINT for 36 s, a second ended it in 20 ms."""


class Child:
    """One run of a program; leaving the `with` block ends it for sure.

    A thread reads what it says; everything else belongs to the thread of the caller.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._process = process.start(command, folder, environment)
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._heard_s = time.monotonic()
        self._reader = threading.Thread(target=self._read, name="scanner-output", daemon=True)
        self._reader.start()
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def has_ended(self) -> bool:
        """Whether everything it said has been taken by `lines`."""
        return self._ended

    @property
    def quiet_s(self) -> float:
        """Seconds since it last said anything."""
        return time.monotonic() - self._heard_s

    def lines(self, wait_s: float) -> Iterator[str]:
        """The lines said so far; waits at most `wait_s` for the first. Carriage returns end lines too."""
        try:
            line = self._lines.get(timeout=wait_s)
            while line is not None:
                yield line
                line = self._lines.get_nowait()
        except queue.Empty:
            return
        self._ended = True

    def exit_status(self) -> int:
        """The exit status after the end of its output; negative when a signal ended it."""
        try:
            return self._process.wait(STEP_S)
        except subprocess.TimeoutExpired:
            self.stop()
            return self._process.wait()

    def stop(self) -> None:
        """Interrupt, interrupt again, kill: at most about seven seconds."""
        for step in (process.interrupt, process.interrupt, process.kill):
            if self._process.poll() is not None:
                break
            step(self._process)
            try:
                self._process.wait(STEP_S)
            except subprocess.TimeoutExpired:
                continue
        process.kill(self._process)
        self._reader.join(STEP_S)

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is not None:
            with stream:
                self._split(stream)
        self._lines.put(None)

    def _split(self, stream: IO[bytes]) -> None:
        rest = b""
        while chunk := os.read(stream.fileno(), _READ_BYTES):
            self._heard_s = time.monotonic()
            *whole, rest = _LINE_END.split(rest[-_MAX_LINE_BYTES:] + chunk)
            for line in whole:
                self._say(line)
        self._say(rest)

    def _say(self, line: bytes) -> None:
        if line.strip():
            self._lines.put(line.decode("utf-8", "replace"))
