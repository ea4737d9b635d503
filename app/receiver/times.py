"""The receiver's clock."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_s() -> float:
    """Seconds since 1970."""
    return time.time()


def now_text() -> str:
    """The present instant in UTC, ISO 8601 with milliseconds and Z."""
    return datetime.fromtimestamp(now_s(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
