"""The spool: takes pages in, keeps them under the hash of their content, and holds the inboxes of scan jobs.

pages/ab/<sha256>.jpg     content-addressed; the row in the store comes after the file
inbox/<job_id>/           where a driver drops its files until they are accepted
rejected/                 files that cannot be a page, each with a .txt that says why
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.adapters.durable import TEMP_SUFFIX, as_store_errors, finish, rename_over, sync_folder, temp_beside, write_file
from app.adapters.jpeg_pages import JpegPage, PageSource
from app.errors import StoreError
from app.ports import Cancelled, StoredPage, never

PAGE_BYTES = 26_200_000
"""A raw A4 page at 300 dpi in colour, what a scanner drops into the inbox."""

LEAST_FREE_BYTES = 200_000_000
_TIMES_EXPECTED = 3
_TEMP_AGE_S = 3600.0
"""A temporary file this much older than the start of the program belongs to nobody any more."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_JOB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_MEGABYTE = 1_000_000


def free_bytes(folder: Path) -> int:
    """Room left for this user on the disk of a folder."""
    return shutil.disk_usage(folder).free


class PagesOnDisk:
    """A `PageFiles` in the folder of a store; safe to use from several threads.

    Args:
        root: The folder of the store; made when missing.
        pages: Gives the pages of a foreign file, which is never opened here.
        least_free_bytes: Below this nothing is taken in.
        free: Asks the disk; given in tests.
    """

    def __init__(
        self,
        root: Path,
        pages: PageSource,
        *,
        least_free_bytes: int = LEAST_FREE_BYTES,
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._root = root
        self._take_pages = pages
        self._least_free_bytes = least_free_bytes
        self._free = free
        self._pages, self._inboxes, self._rejected = root / "pages", root / "inbox", root / "rejected"
        with as_store_errors(root):
            for folder in (self._pages, self._inboxes, self._rejected):
                folder.mkdir(parents=True, exist_ok=True)
            sync_folder(root)
            self._sweep()

    def accept(self, file: Path, cancelled: Cancelled = never) -> list[StoredPage]:
        """Take the page or pages of a file in; every page is durable when this returns."""
        self._check_free(_size_of(file))
        with closing(self._take_pages(file, cancelled)) as pages:
            return [self._keep(page) for page in pages]

    def path(self, sha256: str) -> Path:
        """Where the stored page lies."""
        file = self._file_of(sha256) if _SHA256.fullmatch(sha256) else None
        if file is None or not file.is_file():
            raise StoreError("page_missing", sha256=sha256[:12])
        return file

    def hashes(self) -> list[str]:
        """The hashes of all pages that lie on the disk, by the names of their files."""
        with as_store_errors(self._pages):
            return sorted(file.stem for file in self._pages.glob("??/*") if _SHA256.fullmatch(file.stem))

    def new_inbox(self, job_id: str) -> Path:
        """An empty folder for one scan job, durable so that its name survives a power cut."""
        inbox = self._inbox_of(job_id)
        with as_store_errors(inbox):
            inbox.mkdir()
            sync_folder(self._inboxes)
        return inbox

    def close_inbox(self, job_id: str) -> None:
        """Remove the folder of a job whose pages are all accepted."""
        inbox = self._inbox_of(job_id)
        with as_store_errors(inbox):
            if inbox.is_dir():
                shutil.rmtree(inbox)
                sync_folder(self._inboxes)

    def open_inboxes(self) -> dict[str, list[Path]]:
        """Jobs that are not closed, with their files in the order of their names."""
        with as_store_errors(self._inboxes):
            jobs = sorted(folder for folder in self._inboxes.iterdir() if folder.is_dir())
            return {job.name: sorted(file for file in job.iterdir() if file.is_file()) for job in jobs}

    def set_aside(self, file: Path, code: str) -> Path:
        """Move a file of the inbox to `rejected/`, with a text beside it that names the reason."""
        kept = self._free_name(f"{file.parent.name}-{file.name}")
        with as_store_errors(file):
            write_file(kept.with_name(kept.name + ".txt"), f"{code}\n".encode())
            rename_over(file, kept)
            sync_folder(self._rejected)
        return kept

    def check_space(self, pages: int = 1) -> None:
        """Refuse work that would fill the disk."""
        self._check_free(pages * PAGE_BYTES)

    def _check_free(self, expected_bytes: int) -> None:
        with as_store_errors(self._root):
            free = self._free(self._root)
        if free < max(self._least_free_bytes, _TIMES_EXPECTED * expected_bytes):
            raise StoreError("disk_full", free_mb=free // _MEGABYTE)

    def _keep(self, page: JpegPage) -> StoredPage:
        data = page.jpeg_bytes
        sha256 = hashlib.sha256(data).hexdigest()
        file = self._file_of(sha256)
        if not self._is_kept(file, sha256):
            self._write(file, data)
        return StoredPage(
            sha256=sha256,
            media_type="image/jpeg",
            size_bytes=len(data),
            width_px=page.width_px,
            height_px=page.height_px,
            dpi=page.dpi,
        )

    def _is_kept(self, file: Path, sha256: str) -> bool:
        """Whether the content is there, whole and durable; a file damaged on the disk is written anew."""
        with as_store_errors(file):
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                return False
            sync_folder(file.parent)  # an earlier try may have ended between its rename and its sync
            return True

    def _write(self, file: Path, data: bytes) -> None:
        temp = temp_beside(self._pages / file.name)
        with as_store_errors(file):
            try:
                file.parent.mkdir(exist_ok=True)
                sync_folder(self._pages)
                temp.write_bytes(data)
                finish(temp, file)
            finally:
                temp.unlink(missing_ok=True)

    def _file_of(self, sha256: str) -> Path:
        return self._pages / sha256[:2] / f"{sha256}.jpg"

    def _inbox_of(self, job_id: str) -> Path:
        if not _JOB_ID.fullmatch(job_id):
            raise StoreError("disk_failed", file=job_id)
        return self._inboxes / job_id

    def _free_name(self, name: str) -> Path:
        kept = self._rejected / name
        number = 1
        while kept.exists():
            number += 1
            kept = self._rejected / f"{Path(name).stem}-{number}{Path(name).suffix}"
        return kept

    def _sweep(self) -> None:
        """Remove what a crash left half written; a page that was acknowledged is never a temporary file."""
        limit_s = time.time() - _TEMP_AGE_S
        for temp in [*self._pages.glob(f"*{TEMP_SUFFIX}"), *self._rejected.glob(f"*{TEMP_SUFFIX}")]:
            if temp.stat().st_mtime < limit_s:
                temp.unlink(missing_ok=True)


def _size_of(file: Path) -> int:
    """Of a file somebody wants to bring in; 0 when it cannot be asked, which opening it will say more about."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
