"""The started program on a screen, driven by keys from outside."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.e2e.rig.kill_point import traced
from tests.e2e.rig.screen import Screen
from tests.e2e.rig.waiting import wait_for

T = TypeVar("T")
NAME = "Địa Bạ"
KEY_DELAY_MS = "8"
PATIENCE_S = 3.0
"""After this long without an effect a person presses a key again."""


class Program:
    """`diaba` with its window; what it shows from outside is the title of the window.

    Args:
        trace: When given, the program runs under strace with slow durability calls, logged there.
    """

    def __init__(self, screen: Screen, store: Path, feed: Path, *, trace: Path | None = None) -> None:
        self._screen = screen
        command = [sys.executable, "-m", "ui.start", "--store", str(store), "--simulated-scanner", str(feed)]
        self._log = (store.parent / f"program-{time.monotonic_ns()}.log").open("wb")
        self._process = subprocess.Popen(
            traced(command, trace) if trace else command,
            env={**screen.environment(), "PYTHONFAULTHANDLER": "1"},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._trace = trace
        self.pid = self._wait_for_pid()
        self.window = wait_for("the window", self._find_window, limit_s=90)
        self._screen.xdotool("windowfocus", "--sync", self.window)  # as a window manager would

    def _wait_for_pid(self) -> int:
        if self._trace is None:
            return self._process.pid

        return wait_for("the program under strace", self._traced_pid)

    def _traced_pid(self) -> int:
        """The child of strace that is the program; strace has short-lived children of its own."""
        for pid in Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(sys.executable.encode()):
                    return int(pid)
        return 0

    def _find_window(self) -> str:
        self.check_alive()
        found = self._screen.xdotool("search", "--onlyvisible", "--name", NAME)
        return found.split()[0] if found else ""

    def check_alive(self) -> None:
        """Fail with the program's last words when it is gone."""
        assert self._process.poll() is None, f"the program ended early: {self.output()[-3000:]}"

    # ------------------------------------------------------------ what a person sees and does

    @property
    def title(self) -> str:
        """The title of the window: the page, or the open dossier and the person."""
        return self._screen.xdotool("getwindowname", self.window)

    def wait_title(self, words: str, *, limit_s: float = 60.0) -> None:
        """Wait until the title begins with these words."""

        def shown() -> bool:
            self.check_alive()
            return self.title.startswith(words)

        wait_for(f"the title {words!r} instead of {self.title!r}", shown, limit_s=limit_s)

    def key(self, *keys: str) -> None:
        """Press keys one after the other, in xdotool's names."""
        self._screen.xdotool("key", "--delay", KEY_DELAY_MS, *keys)

    def type(self, text: str) -> None:
        """Type text as a keyboard would."""
        self._screen.xdotool("type", "--delay", KEY_DELAY_MS, "--", text)

    def press_until(self, what: str, keys: str, look: Callable[[], T], *, limit_s: float = 60.0) -> T:
        """Press a key until something is so; for keys that do no harm when pressed once more."""
        return self.do_until(what, lambda: self.key(keys), look, limit_s=limit_s)

    def do_until(self, what: str, act: Callable[[], None], look: Callable[[], T], *, limit_s: float = 60.0) -> T:
        """Do something until something is so; again after a while when nothing came of it."""
        until = time.monotonic() + limit_s
        while True:
            act()
            try:
                return wait_for(what, self._while_alive(look), limit_s=PATIENCE_S)
            except AssertionError as error:
                self.check_alive()
                if time.monotonic() > until:
                    raise AssertionError(f"{error}; the window says {self.title!r}") from error

    def _while_alive(self, look: Callable[[], T]) -> Callable[[], T]:
        def check_and_look() -> T:
            self.check_alive()
            return look()

        return check_and_look

    # ------------------------------------------------------------ the end

    def kill(self) -> None:
        """Pull the plug: SIGKILL, no chance to tidy up."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_dead()

    def wait_dead(self) -> None:
        """Wait until the process is gone; under strace also every process it had started."""
        self._process.wait(30)
        self._log.close()

    def close(self) -> None:
        """Close the window as a window manager does; kill what remains."""
        if self._process.poll() is None:
            self._screen.xdotool("windowclose", self.window)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(15)
        self._log.close()

    def output(self) -> str:
        """What the program wrote to its terminal."""
        return Path(self._log.name).read_text(errors="replace")
