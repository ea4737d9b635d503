"""Waiting for a condition instead of a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(what: str, look: Callable[[], T], *, limit_s: float = 60.0, every_s: float = 0.05) -> T:
    """The first true answer of `look`; fails with `what` when none comes within the limit."""
    until = time.monotonic() + limit_s
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"waited {limit_s:.0f} s for {what}")
        time.sleep(every_s)
