"""A folder that is handed over: filled beside, listed with the hash of every file, then renamed into place."""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from app.adapters.durable import as_store_errors, sync_folder
from app.domain.handover import csv_line, numbered
from app.ports import ListedFile

LIST_NAME = "danh-sach.csv"
_HEADINGS = ("Tệp", "SHA-256", "Kích thước (byte)", "Số trang", "Mã hồ sơ", "Số phát hành", "Ghi chú")


class DiskHandoverFolder:
    """A folder being filled; at the end of the `with` block it gets its name, after an error nothing is left.

    An earlier folder of that name stays: the new one is numbered.

    Raises:
        StoreError: `disk_full`, `file_in_use`, `disk_failed`.

    Attributes:
        path: Where the files go.
        final_path: Where the folder stands after the block.
    """

    def __init__(self, out_dir: Path, name: str) -> None:
        self._out_dir = out_dir
        self._name = name
        self._listed: list[ListedFile] = []
        self.path = out_dir / f".{uuid.uuid4().hex}.tmp"
        self.final_path = out_dir / name

    def note(self, *files: ListedFile) -> None:
        """Put files of the folder on its list."""
        self._listed += files

    def __enter__(self) -> Self:
        with as_store_errors(self._out_dir):
            self.path.mkdir(parents=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            shutil.rmtree(self.path, ignore_errors=True)

    def _finish(self) -> None:
        with as_store_errors(self._out_dir):
            _write_list(self.path / LIST_NAME, self._listed)
            _sync(self.path)
            self.final_path = _free_folder(self._out_dir, self._name)
            self.path.rename(self.final_path)
            sync_folder(self._out_dir)


def _sync(folder: Path) -> None:
    """Bring all files to the disk before the folder gets its name: it may lie on a stick that is pulled out next."""
    for file in folder.iterdir():
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())
    sync_folder(folder)


def _free_folder(out_dir: Path, name: str) -> Path:
    return out_dir / numbered(name, {path.name.lower() for path in out_dir.iterdir()})


def _write_list(file: Path, listed: list[ListedFile]) -> None:
    lines = [csv_line(_HEADINGS), *(csv_line(_cells(entry)) for entry in listed)]
    file.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8-sig", newline="")


def _cells(entry: ListedFile) -> tuple[str, ...]:
    with entry.file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return (
        entry.file.name,
        sha256,
        str(entry.file.stat().st_size),
        str(entry.pages) if entry.pages else "",
        entry.dossier_id,
        entry.serial,
        entry.note,
    )
