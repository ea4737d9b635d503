"""Reading: pages are seen by the reader and understood by the domain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from app.domain.code_lists import CodeLists
from app.domain.extraction import second_look
from app.domain.extraction.assemble import assess, draft_dossier
from app.domain.extraction.grading import Calibration
from app.domain.extraction.lexicon import Lexicon
from app.domain.reading import PageScan, Reading
from app.ports import Cancelled, Clock, CloserReader, PageReader, never


class ReadingService:
    """Reads records from files of pages; needs no store.

    Args:
        reader: Sees pages.
        closer: Looks again at what is in doubt.
        lists: Code lists.
        clock: For dates in the future and for the time taken.
        calibration: Measured chances of being right.
    """

    def __init__(
        self, reader: PageReader, closer: CloserReader, lists: CodeLists, clock: Clock, calibration: Calibration
    ) -> None:
        self._reader = reader
        self._closer = closer
        self._lexicon = Lexicon(lists)
        self._clock = clock
        self._calibration = calibration

    def read(self, files: Sequence[Path], cancelled: Cancelled = never) -> Reading:
        """The record of one dossier; its pages lie in the files, in any order.

        Raises:
            DeviceError: `ocr_missing`.
        """
        started = self._clock.now()
        return self._understood(list(self._reader.scan(files, cancelled)), started, cancelled)

    def read_each(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[Reading]:
        """Each file as a dossier of its own: one reading for each, in the order of the files.

        Raises:
            DeviceError: `ocr_missing`.
        """
        return self.read_many([[file] for file in files], cancelled)

    def read_many(self, dossiers: Sequence[Sequence[Path]], cancelled: Cancelled = never) -> Iterator[Reading]:
        """The record of each dossier, in order; the pages of the next are seen while one is understood.

        When cancelled it ends early. A dossier without files gives an empty record.

        Raises:
            DeviceError: `ocr_missing`.
        """
        started = self._clock.now()
        files = [file for dossier in dossiers for file in dossier]
        seen = _by_file(self._reader.scan(files, cancelled))
        for dossier in dossiers:
            groups = list(islice(seen, len(dossier)))
            if len(groups) < len(dossier):
                return
            yield self._understood([scan for group in groups for scan in group], started, cancelled)
            started = self._clock.now()

    def _understood(self, scans: Sequence[PageScan], started: datetime, cancelled: Cancelled) -> Reading:
        today = started.date().isoformat()
        drafted = draft_dossier(scans, self._lexicon)
        reading = assess(drafted, self._lexicon, self._calibration, today)
        best_case = second_look.best_case(reading.fields)
        at_best = assess(drafted, self._lexicon, self._calibration, today, best_case)
        looks = second_look.wanted(reading.fields, at_best.fields, drafted.readable)
        if looks:
            texts = self._closer.read(list(looks.values()), cancelled)
            second = second_look.compare(reading.fields, looks, texts)
            reading = assess(drafted, self._lexicon, self._calibration, today, second)
        seconds = (self._clock.now() - started).total_seconds()
        return replace(reading, seconds=round(max(seconds, 0.0), 3))


def _by_file(scans: Iterator[PageScan]) -> Iterator[list[PageScan]]:
    """Pages of one file together; the same file given twice counts twice, for its pages begin at 1 again."""
    together: list[PageScan] = []
    for scan in scans:
        if together and (scan.file != together[-1].file or scan.page <= together[-1].page):
            yield together
            together = []
        together.append(scan)
    if together:
        yield together
