"""The system's clock, and identifiers that sort by time."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from datetime import UTC, datetime

_COUNTER_BITS = 12
_COUNTER_SPAN = 1 << _COUNTER_BITS


class SystemClock:
    """The wall clock of the machine; it may be wrong or jump (a dead CMOS battery): never order by it."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.fromtimestamp(time.time(), UTC)


class UuidV7Ids:
    """UUIDv7 (RFC 9562, method 1): milliseconds, a 12-bit counter, 62 random bits.

    Later ids of one process sort after earlier ones even when the clock stands still or goes back. May be used from
    any thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = 0
        self._counter = 0

    def new(self) -> str:
        """A fresh identifier in canonical text form."""
        with self._lock:
            ms, counter = self._next(time.time_ns() // 1_000_000)
        high = (ms << 16) | (0x7 << _COUNTER_BITS) | counter
        low = (0b10 << 62) | secrets.randbits(62)
        return str(uuid.UUID(int=(high << 64) | low))

    def _next(self, now_ms: int) -> tuple[int, int]:
        if now_ms > self._last_ms:
            self._last_ms, self._counter = now_ms, secrets.randbits(_COUNTER_BITS - 1)
        else:
            self._counter += 1
            if self._counter == _COUNTER_SPAN:
                self._last_ms, self._counter = self._last_ms + 1, 0
        return self._last_ms, self._counter
