"""A piece of a page file as the body of a request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from app.errors import StoreError

BLOCK_BYTES = 8 * 1024
"""Small, so that a thin line moves a block within the time-out, and a stop is noticed between two blocks."""


class PageSlice:
    """Bytes of a file from an offset, read in small blocks as they are sent; use it in a `with` block.

    Args:
        on_bytes: Hears how many bytes of the slice were handed to the connection; runs on the sending thread.

    Raises:
        StoreError: `page_missing` when the file cannot be read, or is shorter than it should be.
    """

    def __init__(self, file: Path, offset: int, length: int, on_bytes: Callable[[int], None]) -> None:
        self._file = file
        self._offset = offset
        self._length = length
        self._done = 0
        self._on_bytes = on_bytes
        self._stream: BinaryIO | None = None

    def __enter__(self) -> PageSlice:
        try:
            self._stream = self._file.open("rb")
        except OSError as error:
            raise StoreError("page_missing", sha256=self._file.stem[:12]) from error
        self.restart()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream:
            self._stream.close()

    def __len__(self) -> int:
        return self._length

    def restart(self) -> None:
        """Begin again at the first byte."""
        if self._stream:
            self._stream.seek(self._offset)
        self._done = 0

    def read(self, size: int = -1) -> bytes:
        """The next block, at most `size` bytes; b"" at the end."""
        wanted = min(self._length - self._done, BLOCK_BYTES if size < 0 else min(size, BLOCK_BYTES))
        try:
            block = self._stream.read(wanted) if self._stream else b""
        except OSError as error:
            raise StoreError("page_missing", sha256=self._file.stem[:12]) from error
        if len(block) < wanted:
            raise StoreError("page_missing", sha256=self._file.stem[:12])
        self._done += len(block)
        self._on_bytes(self._done)
        return block
