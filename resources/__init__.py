"""Files that ship with the program: read by name, in a checkout and in a frozen build alike."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def text(name: str) -> str:
    """The UTF-8 text of a resource, such as "messages/vi.json"."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def path(name: str) -> Path:
    """Where a resource lies on disk, for libraries that want a path (fonts, tessdata)."""
    return Path(str(files(__name__).joinpath(name)))
