"""Renaming on Windows: written through to the disk, patient with virus scanners. Not run on Windows yet."""

from __future__ import annotations

import ctypes
import sys
import time
from pathlib import Path

assert sys.platform == "win32"  # noqa: S101 - tells the type checker which system this module is for

_REPLACE_EXISTING = 0x1
_WRITE_THROUGH = 0x8
_TRIES = 5
_PAUSE_S = 0.2
_HELD_BY_ANOTHER = frozenset({5, 32})  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION


def rename_over(source: Path, target: Path) -> None:
    """Give a file its final name; tries again while another program (a virus scanner) holds it."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    for left in reversed(range(_TRIES)):
        if kernel.MoveFileExW(str(source), str(target), _REPLACE_EXISTING | _WRITE_THROUGH):
            return
        code = ctypes.get_last_error()
        if code not in _HELD_BY_ANOTHER or not left:
            raise ctypes.WinError(code)
        time.sleep(_PAUSE_S)


def sync_folder(folder: Path) -> None:
    """Nothing to do: there are no folder handles to sync, the rename itself was written through."""
