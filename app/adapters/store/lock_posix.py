"""Locking a file on POSIX systems."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock a file for this process without waiting; False when another process holds it.

        A record lock, not flock: a forked worker does not inherit it, so that a killed program's workers cannot keep
        the store locked.
        """
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
