"""Killing a program inside a chosen system call, and proof from strace that it was so.

strace lengthens the calls that make things durable, so that a kill can fall inside them. A trap looks at what the
threads of the program are doing and kills when one of them is inside such a call on a certain file; afterwards the log
of strace shows, independently of the trap, which call had begun and not ended.
"""

from __future__ import annotations

import os
import platform
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

DELAY_US = 200_000
TRACED = "fsync,fdatasync,rename,renameat,renameat2"
LOOK_EVERY_S = 0.003
SETTLE_S = 0.06
"""So long a call must have been under way before the kill: strace has written down its beginning by then."""

_ARM = platform.machine() in ("aarch64", "arm64")
_NUMBERS = {"fsync": 82 if _ARM else 74, "fdatasync": 83 if _ARM else 75}
_NAMES = {number: name for name, number in _NUMBERS.items()}
_ENDED = re.compile(r"\) += (?!\?)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")


def traced(command: list[str], log: Path) -> list[str]:
    """The command under strace, with slow durability calls."""
    return [
        "strace", "-f", "-yy", "--seccomp-bpf", "-qq",
        "-e", f"trace={TRACED}", "-e", f"inject=fsync,fdatasync:delay_enter={DELAY_US}", "-e", "signal=none",
        "-o", str(log), *command,
    ]  # fmt: skip


def always() -> bool:
    """Any such call will do."""
    return True


class Trap(threading.Thread):
    """Kills a process as soon as one of its threads is inside fsync or fdatasync on a certain file.

    Args:
        pid: The process.
        file: What the file's path must match.
        when: Asked inside such a call; the kill waits until it says so.
        before_kill: Called while the call is under way, before the kill; again when the call ended meanwhile.
    """

    def __init__(
        self,
        pid: int,
        file: str,
        when: Callable[[], object] = always,
        before_kill: Callable[[], object] = always,
    ) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._file = re.compile(file)
        self._when = when
        self._before_kill = before_kill
        self._given_up = threading.Event()
        self.found = ""
        self.start()

    def run(self) -> None:
        """Look until something is found, the process is gone, or the trap is given up."""
        while not self._given_up.is_set():
            call = self._call_under_way()
            if call and self._when():
                self._before_kill()
                time.sleep(SETTLE_S)
                if self._call_under_way() == call:
                    os.kill(self._pid, signal.SIGKILL)
                    self.found = call
                    return
            time.sleep(LOOK_EVERY_S)

    def _call_under_way(self) -> str:
        """Name and file of a call that fits, "" when there is none."""
        try:
            tasks = list(Path(f"/proc/{self._pid}/task").iterdir())
        except OSError:
            self._given_up.set()  # gone
            return ""
        for task in tasks:
            try:
                number, *arguments = (task / "syscall").read_text().split()
                if number.isdigit() and int(number) in _NAMES:
                    file = str(Path(f"/proc/{self._pid}/fd/{int(arguments[0], 16)}").readlink())
                    if self._file.search(file):
                        return f"{_NAMES[int(number)]} {file}"
            except (OSError, ValueError):
                continue  # the thread has ended meanwhile, or runs
        return ""

    def give_up(self) -> None:
        """Let the process live."""
        self._given_up.set()
        self.join(10)


def interrupted_calls(log: Path) -> list[str]:
    """The durability calls that had begun and not ended when the program died, as strace wrote them."""
    under_way: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.startswith("+++"):
            continue
        if _ENDED.search(call):
            under_way.pop(thread, None)
        elif not _RESUMED.match(call) and "(" in call:
            under_way[thread] = call
    return list(under_way.values())
