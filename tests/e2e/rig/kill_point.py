"""Killing a program in the middle of a system call, and proof from strace that it was so.

strace lengthens the calls that make things durable, so that a kill can fall inside them; its log shows which call had
begun and not ended when the program died.
"""

from __future__ import annotations

import ctypes
import os
import re
import select
import signal
import struct
from pathlib import Path

DELAY_US = 60_000
TRACED = "fsync,fdatasync,rename,renameat,renameat2"
_libc = ctypes.CDLL(None, use_errno=True)
_IN_CREATE, _IN_MODIFY, _IN_MOVED_TO = 0x100, 0x2, 0x80
_HEAD = struct.Struct("iIII")


def traced(command: list[str], log: Path) -> list[str]:
    """The command under strace, with slow durability calls."""
    return [
        "strace", "-f", "-yy", "--seccomp-bpf", "-qq",
        "-e", f"trace={TRACED}", "-e", f"inject=fsync,fdatasync:delay_enter={DELAY_US}", "-e", "signal=none",
        "-o", str(log), *command,
    ]  # fmt: skip


def kill_when_touched(pid: int, folder: Path, name: re.Pattern[str], *, limit_s: float = 60.0) -> str:
    """SIGKILL a process as soon as a matching file in a folder is made, written or renamed into place.

    Returns:
        The name of the file that gave it away.
    """
    watch = _libc.inotify_init1(os.O_CLOEXEC)
    try:
        mask = _IN_CREATE | _IN_MODIFY | _IN_MOVED_TO
        for place in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
            if _libc.inotify_add_watch(watch, os.fsencode(place), mask) < 0:
                raise OSError(ctypes.get_errno(), f"cannot watch {place}")
        return _kill_at_event(watch, pid, name, limit_s)
    finally:
        os.close(watch)


def _kill_at_event(watch: int, pid: int, name: re.Pattern[str], limit_s: float) -> str:
    while select.select([watch], [], [], limit_s)[0]:
        events = os.read(watch, 65536)
        while events:
            _, _, _, length = _HEAD.unpack_from(events)
            touched = events[_HEAD.size : _HEAD.size + length].rstrip(b"\0").decode()
            events = events[_HEAD.size + length :]
            if name.search(touched):
                os.kill(pid, signal.SIGKILL)
                return touched
    raise AssertionError(f"nothing like {name.pattern} was touched in {limit_s:.0f} s")


def interrupted_calls(log: Path) -> list[str]:
    """The durability calls that had begun and not ended when the program died, as strace wrote them."""
    ends = re.compile(r"\) += ")
    open_calls: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        pid, _, call = line.partition(" ")
        call = call.strip()
        if call.startswith("<..."):
            open_calls.pop(pid, None)
        elif "(" in call and (not ends.search(call) or "<unfinished" in call or call.rstrip().endswith("= ?")):
            open_calls[pid] = call
        else:
            open_calls.pop(pid, None)
    return list(open_calls.values())
