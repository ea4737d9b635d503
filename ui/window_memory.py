"""What the window remembers on this PC: the open dossier of each person, the language; no personal data."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from threading import Lock

log = logging.getLogger(__name__)
FILE_NAME = "window.json"


class WindowMemory:
    """Keys and values in one small file; written beside and renamed, so that a kill leaves the old or the new one.

    A file that is damaged or cannot be written is no reason to stop work: the window then opens at the list.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._lock = Lock()
        self._values = _read(self._file)

    def get(self, key: str) -> str:
        """The value, "" when there is none."""
        with self._lock:
            return self._values.get(key, "")

    def put(self, key: str, value: str) -> None:
        """Remember a value; from any thread."""
        with self._lock:
            if self._values.get(key, "") == value:
                return
            self._values[key] = value
            beside = self._file.with_suffix(".tmp")
            try:
                beside.write_text(json.dumps(self._values), encoding="utf-8")
                beside.replace(self._file)
            except OSError as error:
                log.warning("the window cannot remember: %s", error.strerror)


def _read(file: Path) -> dict[str, str]:
    try:
        untrusted = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(untrusted, dict):
        return {}
    return {key: value for key, value in untrusted.items() if isinstance(key, str) and isinstance(value, str)}
