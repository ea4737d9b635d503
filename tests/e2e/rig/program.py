"""The started program on a screen, driven by keys from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.rig.kill_point import traced
from tests.e2e.rig.screen import Screen
from tests.e2e.rig.waiting import wait_for

WINDOW = "Địa Bạ"
KEY_DELAY_MS = "8"


class Program:
    """`diaba` with its window.

    Args:
        trace: When given, the program runs under strace with slow durability calls, logged there.
    """

    def __init__(self, screen: Screen, store: Path, feed: Path, *, trace: Path | None = None) -> None:
        self._screen = screen
        command = [sys.executable, "-m", "ui.start", "--store", str(store), "--simulated-scanner", str(feed)]
        self._log = (store.parent / f"program-{os.urandom(3).hex()}.log").open("wb")
        self._process = subprocess.Popen(
            traced(command, trace) if trace else command,
            env={**screen.environment(), "QT_QPA_PLATFORM": "xcb", "PYTHONFAULTHANDLER": "1"},
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._trace = trace
        self.pid = self._wait_for_pid()
        self.window = wait_for("the window", self._find_window, limit_s=90)
        self.focus()

    def _wait_for_pid(self) -> int:
        if self._trace is None:
            return self._process.pid

        def child() -> int:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
            return int(children[0]) if children else 0

        return wait_for("the program under strace", child)

    def _find_window(self) -> str:
        assert self._process.poll() is None, f"the program ended early: {self.output()[-3000:]}"
        found = self._screen.xdotool("search", "--onlyvisible", "--name", WINDOW)
        return found.split()[0] if found else ""

    def focus(self) -> None:
        """Give the window the keyboard, as a window manager would."""
        self._screen.xdotool("windowfocus", "--sync", self.window)

    def key(self, *keys: str) -> None:
        """Press keys one after the other, in xdotool's names."""
        self._screen.xdotool("key", "--delay", KEY_DELAY_MS, *keys)

    def type(self, text: str) -> None:
        """Type text as a keyboard would."""
        self._screen.xdotool("type", "--delay", KEY_DELAY_MS, text)

    def kill(self) -> None:
        """Pull the plug: SIGKILL, no chance to tidy up."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait_dead()

    def wait_dead(self) -> None:
        """Wait until the process is gone."""
        self._process.wait(30)

    def close(self) -> None:
        """Close the window as a person would; kill what remains."""
        if self._process.poll() is None:
            self._screen.xdotool("key", "--window", self.window, "alt+F4")
            os.kill(self.pid, signal.SIGTERM)
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        self._log.close()

    def output(self) -> str:
        """What the program wrote to its terminal."""
        return Path(self._log.name).read_text(errors="replace")
