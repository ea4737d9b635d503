"""Contents as files: `blobs/ab/<sha256>` when whole, `parts/<sha256>.<size>` until then."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.receiver.storage import StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FolderBlobs:
    """A `BlobStore` in a folder; written → synced → renamed → folder synced before a page counts as here.

    A partial file is named with its declared size, so that a wrong announcement spoils only its own part. Several
    server processes on one folder must get the same page by its hash (route by hash); one process needs nothing.
    """

    def __init__(self, root: Path) -> None:
        self._blobs = root / "blobs"
        self._parts = root / "parts"
        self._parts.mkdir(parents=True, exist_ok=True)
        for number in range(256):
            (self._blobs / f"{number:02x}").mkdir(parents=True, exist_ok=True)
        _sync_folder(self._blobs)
        _sync_folder(root)

    def has(self, sha256: str) -> bool:
        """Whether the content is here, whole and verified."""
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """Where a whole content lies."""
        return self._blobs / sha256[:2] / sha256

    def held(self, sha256: str, size: int) -> int:
        """How many bytes of a partial content are here."""
        try:
            return self._part(sha256, size).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, sha256: str, size: int, offset: int, data: bytes) -> None:
        """Write bytes of a partial content at an offset."""
        with _as_full(), self._part(sha256, size).open("r+b" if offset else "wb") as part:
            part.seek(offset)
            part.write(data)

    def sync(self, sha256: str, size: int) -> None:
        """Make a partial content durable as far as it came."""
        part = self._part(sha256, size)
        if part.exists():
            with _as_full(), part.open("r+b") as stream:
                os.fsync(stream.fileno())

    def finish(self, sha256: str, size: int) -> bool:
        """Verify a full partial content and make it durable under its name; a wrong one is dropped."""
        part = self._part(sha256, size)
        with _as_full(), part.open("r+b") as stream:
            right = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
            os.fsync(stream.fileno())
        if not right:
            part.unlink()
            return False
        part.replace(self.path(sha256))
        _sync_folder(self.path(sha256).parent)
        return True

    def all(self) -> Iterator[Path]:
        """Every whole content."""
        return (file for folder in sorted(self._blobs.iterdir()) for file in sorted(folder.iterdir()))

    def _part(self, sha256: str, size: int) -> Path:
        return self._parts / f"{sha256}.{size}"


@contextmanager
def _as_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(error.errno, "no room") from error
        raise


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # folders have no handles to sync there
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
