"""Reading: pages are seen by the reader and understood by the domain."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from app.domain.code_lists import CodeLists
from app.domain.dossier import Certificate
from app.domain.extraction import second_look
from app.domain.extraction.assemble import DraftedDossier, assess, draft_dossier
from app.domain.extraction.first_values import first_values
from app.domain.extraction.grading import Calibration
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords
from app.domain.extraction.lexicon import Lexicon
from app.domain.reading import Look, PageScan, Reading
from app.ports import Cancelled, Clock, CloserReader, PageReader, never
from app.services.reading_values import GrowingReading

GROWS_WITH = 6
"""A certificate and an ID card: with that many pages early values are worth their work; each draft takes all pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FirstLook:
    """What the pages say, and what is worth a second look, by path."""

    drafted: DraftedDossier
    learned: LearnedWords
    reading: Reading
    looks: dict[str, Look]


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
        self._looked: OrderedDict[tuple[tuple[PageScan, ...], LearnedWords], _FirstLook] = OrderedDict()

    def read(
        self, files: Sequence[Path], cancelled: Cancelled = never, learned: LearnedWords = NOTHING_LEARNED
    ) -> Reading:
        """The record of one dossier; its pages lie in the files, in any order.

        Args:
            files: Its pages.
            cancelled: Asked between steps.
            learned: Words of the records its commune has accepted.

        Raises:
            DeviceError: `ocr_missing`.
        """
        started = self._clock.now()
        return self._understood(list(self._reader.scan(files, cancelled)), started, cancelled, learned)

    def read_growing(
        self,
        files: Sequence[Path],
        cancelled: Cancelled = never,
        learned: LearnedWords = NOTHING_LEARNED,
        *,
        more_to_come: bool = False,
    ) -> Iterator[GrowingReading]:
        """The record of one dossier, after each page what is known by then, at the end the whole; ends when cancelled.

        Args:
            files: Its pages.
            cancelled: Asked between steps.
            learned: Words of the records its commune has accepted.
            more_to_come: Pages of the dossier are still being scanned: no second look yet, and nothing is whole.

        Raises:
            DeviceError: `ocr_missing`.
        """
        started = self._clock.now()
        scans: list[PageScan] = []
        early = Reading(certificate=Certificate())
        first = self._first_look_once(scans, started, learned)
        for scan in self._reader.scan(files, cancelled):
            scans.append(scan)
            if len(scans) <= GROWS_WITH:
                first = self._first_look_once(scans, started, learned)
                early = first_values(first.reading, first.looks)
            done = len({seen.file for seen in scans})
            yield GrowingReading(reading=early, files_done=done, is_whole=False)
            if cancelled():
                return
        if not more_to_come and not cancelled():
            if len(scans) > GROWS_WITH:
                first = self._first_look(scans, started, learned)
            whole = self._look_again(first, started, cancelled)
            yield GrowingReading(reading=whole, files_done=len(files), is_whole=True)

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
            scans = [scan for group in groups for scan in group]
            yield self._understood(scans, started, cancelled, NOTHING_LEARNED)
            started = self._clock.now()

    def _understood(
        self, scans: Sequence[PageScan], started: datetime, cancelled: Cancelled, learned: LearnedWords
    ) -> Reading:
        return self._look_again(self._first_look(scans, started, learned), started, cancelled)

    def _first_look_once(self, scans: Sequence[PageScan], started: datetime, learned: LearnedWords) -> _FirstLook:
        """While a dossier grows, its first pages come again and again, remembered by the page reader."""
        key = (tuple(scans), learned)
        looked = self._looked.pop(key, None) or self._first_look(scans, started, learned)
        self._looked[key] = looked
        while len(self._looked) > GROWS_WITH + 1:
            self._looked.popitem(last=False)
        return looked

    def _first_look(self, scans: Sequence[PageScan], started: datetime, learned: LearnedWords) -> _FirstLook:
        today = started.date().isoformat()
        drafted = draft_dossier(scans, self._lexicon)
        reading = assess(drafted, self._lexicon, self._calibration, today, learned=learned)
        best_case = second_look.best_case(reading.fields)
        at_best = assess(drafted, self._lexicon, self._calibration, today, best_case, learned)
        looks = second_look.wanted(reading.fields, at_best.fields, drafted.readable)
        return _FirstLook(drafted=drafted, learned=learned, reading=reading, looks=looks)

    def _look_again(self, first: _FirstLook, started: datetime, cancelled: Cancelled) -> Reading:
        reading, looks = first.reading, first.looks
        if looks:
            texts = self._closer.read(list(looks.values()), cancelled)
            second = second_look.compare(reading.fields, looks, texts)
            today = started.date().isoformat()
            reading = assess(first.drafted, self._lexicon, self._calibration, today, second, first.learned)
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
