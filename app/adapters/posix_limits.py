"""Limits a process sets itself on POSIX systems; Windows has none of these calls."""

from __future__ import annotations

import resource
import sys

assert sys.platform != "win32"  # noqa: S101 - tells the type checker, and whoever imports it there


def limit_memory(limit_bytes: int) -> None:
    """Let this process have no more address space than this; what goes beyond fails inside it as MemoryError."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit_bytes = min(limit_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, hard))
