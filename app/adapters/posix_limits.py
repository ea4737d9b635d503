"""Limits a process sets itself on POSIX systems, and the group it ends with; Windows has none of these calls."""

from __future__ import annotations

import os
import resource
import signal
import sys
from contextlib import suppress

assert sys.platform != "win32"  # noqa: S101 - tells the type checker, and whoever imports it there


def limit_memory(limit_bytes: int) -> None:
    """Let this process have no more address space than this; what goes beyond fails inside it as MemoryError."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit_bytes = min(limit_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, hard))


def lead_group() -> None:
    """Make this process the leader of a group, in which the programs it starts stay."""
    os.setpgid(0, 0)


def end_own_group() -> None:
    """End this process with everything it started."""
    os.killpg(0, signal.SIGKILL)


def end_group(leader: int) -> None:
    """End a child with everything it started; one that does not lead a group yet is left to the caller."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
