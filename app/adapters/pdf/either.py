"""One PDF reader out of several: the next is asked when one cannot read a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import DeviceError, InputError
from app.ports import PdfPage, PdfReader


class EitherPdfReader:
    """A `PdfReader` that asks others in turn; a locked or too large file is final, a missing program is passed over.

    Args:
        readers: At least one, the preferred first.
    """

    def __init__(self, readers: Sequence[PdfReader]) -> None:
        self._readers = tuple(readers)

    def count(self, file: Path) -> int:
        """How many pages there are, by the first reader that can tell."""
        return self._able(file)[1]

    def pages(self, file: Path, first: int = 1) -> Iterator[PdfPage]:
        """Pages in order, from page `first` on, each by the first reader that can make it."""
        _, total = self._able(file)
        for number in range(first, total + 1):
            yield self._page(file, number)

    def _able(self, file: Path) -> tuple[PdfReader, int]:
        refusal: InputError | None = None
        for reader in self._readers:
            try:
                return reader, reader.count(file)
            except InputError as error:
                refusal = _weigh(refusal, error)
            except DeviceError:
                continue
        raise refusal or InputError("unreadable_file", file=file.name)

    def _page(self, file: Path, number: int) -> PdfPage:
        refusal: InputError | None = None
        for reader in self._readers:
            try:
                return next(reader.pages(file, number))
            except (StopIteration, DeviceError):
                continue
            except InputError as error:
                refusal = _weigh(refusal, error)
        raise refusal or InputError("unreadable_file", file=file.name)


def _weigh(refusal: InputError | None, error: InputError) -> InputError:
    if error.code in {"file_locked", "file_too_large"}:
        raise error
    return refusal or error
