"""Which files belong to one dossier: a folder is a dossier, a file named by itself is one too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MAX_DEPTH = 8
_DIGITS = re.compile(r"(\d+)")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup:
    """The files of one dossier, in page order; `unread` are folders that could not be looked into."""

    files: tuple[Path, ...] = ()
    unread: tuple[Path, ...] = ()


def group_files(paths: Sequence[Path]) -> list[FileGroup]:
    """Sort files and folders into dossiers; folders inside a folder are dossiers of their own."""
    groups: list[FileGroup] = []
    for path in paths:
        groups += _folder_groups(path, MAX_DEPTH) if _is_folder(path) else [FileGroup(files=(path,))]
    return groups


def _folder_groups(folder: Path, depth: int) -> list[FileGroup]:
    try:
        inside = sorted(folder.iterdir(), key=_page_order)
    except OSError:
        return [FileGroup(unread=(folder,))]
    files = tuple(path for path in inside if _may_be_page(path) and not _is_system_file(path))
    groups = [FileGroup(files=files)] if files else []
    for path in inside:
        if _is_folder(path) and not path.is_symlink() and not path.name.startswith(".") and depth:
            groups += _folder_groups(path, depth - 1)
    return groups


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # a name that is too long, a folder nobody may look into


def _may_be_page(path: Path) -> bool:
    """Whether it is a file, or cannot be asked: then opening it will say why."""
    try:
        return path.is_file()
    except OSError:
        return True


def _is_system_file(file: Path) -> bool:
    return file.name.startswith(".") or file.name.lower() in _SYSTEM_FILES


def _page_order(path: Path) -> list[tuple[int, str]]:
    """Page 2 before page 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(path.name.lower())]
