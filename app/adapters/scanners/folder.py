"""A folder as a scanner: whatever another program scans into it is taken, page by page.

Where no driver of ours reaches the device, every vendor's own tool can still write into a folder. Folders are polled:
network shares lose change notices.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.adapters.durable import as_store_errors, rename_over, sync_folder
from app.adapters.jpeg_pages import PageSource
from app.errors import InputError, StoreError
from app.ports import (
    Cancelled,
    Device,
    PageFile,
    PageStarted,
    ScanEvent,
    ScanFailed,
    ScanFinished,
    ScanRequest,
    ScanSource,
    never,
)

TAKEN = "done"
"""Files go here once their page is safe; nothing is ever deleted."""

REFUSED = "refused"
_UNFINISHED = (".part", ".tmp", ".crdownload")
_DIGITS = re.compile(r"(\d+)")
_LOOKS_BEFORE_REFUSAL = 5
"""Some programs pause in the middle of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steady:
    """Size and time of a file, and in how many further looks they were the same."""

    shape: tuple[int, int]
    looks: int


_Seen = dict[Path, _Steady]


class FolderDriver:
    """A `ScannerDriver` whose devices are folders.

    Args:
        folders: The watched folders; those that do not exist just now are not shown.
        pages: Opens files, to see whether they can be read.
        poll_s: Time between two looks; a file whose size and time did not change between two is finished.
        wait_s: How long a job waits for its first file.
    """

    name = "folder"

    def __init__(
        self, folders: Sequence[Path], pages: PageSource, *, poll_s: float = 2.0, wait_s: float = 120.0
    ) -> None:
        self._folders = tuple(folders)
        self._pages = pages
        self._poll_s = poll_s
        self._wait_s = wait_s

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """The folders that can be seen now."""
        return [
            Device(driver=self.name, device_id=str(folder), name=folder.name)
            for folder in self._folders
            if not cancelled() and folder.is_dir()
        ]

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        """Take files: from the glass one, from the feeder all until no more come.

        A file that cannot be read goes to `refused/`; the others are taken all the same.
        """
        folder = Path(request.device.device_id)
        if folder not in self._folders or not folder.is_dir():
            yield ScanFailed(code="scanner_offline", pages=0, detail=folder.name)
            return
        pages, bad = 0, ""
        try:
            for file, readable in self._finished_files(folder, request.source is ScanSource.FLATBED, cancelled):
                if not readable:
                    bad = file.name
                    _move(file, REFUSED)
                    continue
                number = request.first_page + pages
                yield PageStarted(number=number)
                yield PageFile(number=number, file=_copy(file, inbox, number))
                pages += 1
                _move(file, TAKEN)  # only now: whoever takes the page has it safe when it asks for the next one
        except StoreError as error:
            code = error.code if error.code == "disk_full" else "scanner_communication"
            yield ScanFailed(code=code, pages=pages, detail=error.code)
            return
        yield _end(pages, bad, cancelled=cancelled())

    def _finished_files(self, folder: Path, only_one: bool, cancelled: Cancelled) -> Iterator[tuple[Path, bool]]:
        """Files that stopped growing, in the order of their names, and whether they can be read."""
        until_s = time.monotonic() + self._wait_s
        steady: _Seen = {}
        came = False
        while not cancelled():
            steady = _look(folder, steady)
            for file in sorted(steady, key=_order):
                readable = steady[file].looks > 0 and self._is_readable(file, cancelled)
                if cancelled():
                    return
                if not readable and steady[file].looks < _LOOKS_BEFORE_REFUSAL:
                    continue
                came = True
                yield file, readable
                if only_one or cancelled():
                    return
            if (came and not steady) or (not came and time.monotonic() > until_s):
                return
            _pause(self._poll_s, cancelled)

    def _is_readable(self, file: Path, cancelled: Cancelled) -> bool:
        try:
            return sum(1 for _ in self._pages(file, cancelled)) > 0
        except InputError:
            return False


def _look(folder: Path, before: _Seen) -> _Seen:
    """The files of the folder, and in how many looks each has not changed."""
    now: _Seen = {}
    with as_store_errors(folder):
        for file in folder.iterdir():
            shape = _shape(file)
            if shape is not None:
                old = before.get(file)
                now[file] = _Steady(shape=shape, looks=old.looks + 1 if old and old.shape == shape else 0)
    return now


def _shape(file: Path) -> tuple[int, int] | None:
    """Size and time of a file that may be a page; None for others and for those just renamed away."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return (status.st_size, status.st_mtime_ns) if status.st_size and _is_page(file) else None


def _is_page(file: Path) -> bool:
    hidden = file.name.startswith((".", "~"))
    return not hidden and file.suffix.lower() not in _UNFINISHED and file.is_file() and not file.is_symlink()


def _order(file: Path) -> list[tuple[bool, int, str]]:
    """Page 2 before page 10."""
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _DIGITS.split(file.name.lower())]


def _copy(file: Path, inbox: Path, number: int) -> Path:
    """A copy in the inbox, compared by its hash: shares sometimes give half a file without an error."""
    copy = inbox / f"p{number:04d}{file.suffix.lower()}"
    unfinished = copy.with_name(copy.name + ".part")
    with as_store_errors(file):
        shutil.copyfile(file, unfinished)
        if _hash(unfinished) != _hash(file):
            raise StoreError("disk_failed", file=file.name)
        rename_over(unfinished, copy)
    return copy


def _hash(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _move(file: Path, folder_name: str) -> None:
    target = file.parent / folder_name / file.name
    number = 1
    with as_store_errors(file):
        target.parent.mkdir(exist_ok=True)
        while target.exists():
            number += 1
            target = target.with_name(f"{file.stem}-{number}{file.suffix}")
        rename_over(file, target)
        sync_folder(target.parent)


def _pause(seconds: float, cancelled: Cancelled) -> None:
    until_s = time.monotonic() + seconds
    while not cancelled() and (left_s := until_s - time.monotonic()) > 0:
        time.sleep(min(left_s, 0.1))


def _end(pages: int, bad: str, *, cancelled: bool) -> ScanFailed | ScanFinished:
    if cancelled:
        return ScanFailed(code="scan_cancelled", pages=pages)
    if bad:
        return ScanFailed(code="bad_page", pages=pages, detail=bad)
    if not pages:
        return ScanFailed(code="feeder_empty", pages=0)
    return ScanFinished(pages=pages)
