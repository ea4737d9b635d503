"""Keeps what was seen on the last pages, so that a dossier that gets one more page is not read anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from app.domain.reading import PageScan
from app.ports import Cancelled, PageReader, never

PAGES_KEPT = 32
"""Of some ten kilobytes each: the dossiers somebody is just working on."""


class RememberingPageReader:
    """A `PageReader` for files whose content never changes: stored pages, which are named by their hash.

    One thread at a time uses it, as dossiers are read one after the other.

    A page that could not be read is not kept; it has another try.

    Args:
        reader: Sees the pages that are not remembered.
        kept: How many files are remembered.
    """

    def __init__(self, reader: PageReader, kept: int = PAGES_KEPT) -> None:
        self._reader = reader
        self._room = kept
        self._known: OrderedDict[Path, tuple[PageScan, ...]] = OrderedDict()

    def scan(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[PageScan]:
        """One PageScan per page in order of the files; remembered pages at once.

        Raises:
            DeviceError: `ocr_missing`.
        """
        known = {file: scans for file in files if (scans := self._recall(file))}
        for is_known, run in groupby(files, key=known.__contains__):
            if not is_known:
                yield from self._see(list(run), cancelled)
                continue
            for file in run:
                if cancelled():
                    return
                yield from known[file]

    def close(self) -> None:
        """Stop the reader."""
        self._reader.close()

    def _see(self, files: Sequence[Path], cancelled: Cancelled) -> Iterator[PageScan]:
        together: list[PageScan] = []  # the halves of an opened sheet
        for scan in self._reader.scan(files, cancelled):
            if together and (scan.file != together[-1].file or scan.page <= together[-1].page):
                self._keep(together)
                together = []
            together.append(scan)
            yield scan
        if together and not cancelled():
            self._keep(together)

    def _recall(self, file: Path) -> tuple[PageScan, ...]:
        if file not in self._known:
            return ()
        self._known.move_to_end(file)
        return self._known[file]

    def _keep(self, scans: Sequence[PageScan]) -> None:
        if any(scan.error for scan in scans):
            return
        self._known[Path(scans[0].file)] = tuple(scans)
        while len(self._known) > self._room:
            self._known.popitem(last=False)
