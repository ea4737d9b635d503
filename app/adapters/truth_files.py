"""Folders of scanned pages with their truth (docs/TRUTH.md), as benches of reading take them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from app.errors import InputError

TRUTH_FILE = "truth.json"
_NEEDED = {"files": list, "pages": list, "model": str}


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthFolder:
    """One dossier: the files of its pages and what is printed on them."""

    name: str
    files: tuple[Path, ...]
    truth: dict[str, Any]


def find_truths(folders: Iterable[Path]) -> Iterator[TruthFolder]:
    """The dossiers in folders: each itself, or all below it, in the order of their names.

    Raises:
        InputError: `truth_unreadable` for a folder without a truth, or with one that is not in the format.
    """
    for folder in folders:
        found = sorted(folder.rglob(TRUTH_FILE)) or [folder / TRUTH_FILE]
        for file in found:
            yield _read(file)


def _read(file: Path) -> TruthFolder:
    try:
        truth = json.loads(file.read_text(encoding="utf-8"))
        well_formed = all(isinstance(truth[name], kind) for name, kind in _NEEDED.items())
        names = [str(name) for name in truth["files"]] if well_formed else []
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("truth_unreadable", file=file) from error
    if not names or any(PurePath(name).name != name for name in names):
        raise InputError("truth_unreadable", file=file)
    return TruthFolder(name=file.parent.name, files=tuple(file.parent / name for name in names), truth=truth)
