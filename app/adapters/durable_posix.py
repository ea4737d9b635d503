"""Renaming and folder syncing where folders are files."""

from __future__ import annotations

import os
from pathlib import Path


def rename_over(source: Path, target: Path) -> None:
    """Give a file its final name; an older file of that name is replaced."""
    source.replace(target)


def sync_folder(folder: Path) -> None:
    """Make the names inside a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
