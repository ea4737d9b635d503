"""One process per store: whoever holds the lock file may write."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from app.errors import StoreError

if sys.platform == "win32":
    from app.adapters.store.lock_windows import try_lock
else:
    from app.adapters.store.lock_posix import try_lock


class _Held:
    """Lock files this process holds; a process does not see its own record locks."""

    def __init__(self) -> None:
        self._files: set[Path] = set()
        self._guard = threading.Lock()

    def take(self, file: Path) -> bool:
        with self._guard:
            if file in self._files:
                return False
            self._files.add(file)
            return True

    def give_back(self, file: Path) -> None:
        with self._guard:
            self._files.discard(file)


_HELD = _Held()


class StoreLock:
    """The lock file of a store, held until `release` or the end of the process, however it ends.

    Raises:
        StoreError: `store_in_use` when somebody else holds it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.resolve()
        if not _HELD.take(self._file):
            raise StoreError("store_in_use")
        self._descriptor = -1
        try:
            self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
            locked = try_lock(self._descriptor)
        except BaseException:
            self.release()
            raise
        if not locked:
            self.release()
            raise StoreError("store_in_use")

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        _HELD.give_back(self._file)
