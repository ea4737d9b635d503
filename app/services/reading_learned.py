"""What was learned of each commune, kept between readings and brought up to date before each."""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords, Word, words_of
from app.ports import StoreReader

MOST_RECORDS = 1000
"""The newest of a commune that are asked for at once; more teach little that these do not."""
MOST_COMMUNES = 8
"""An office reads for its own commune, a district's for a few."""


class _Commune:
    """The words of one commune's records.

    Attributes:
        until: Instant of the newest change seen.
    """

    def __init__(self) -> None:
        self.until = ""
        self.words = NOTHING_LEARNED
        self._records: dict[str, frozenset[Word]] = {}

    def catch_up(self, reader: StoreReader, commune_code: str) -> None:
        """Take in what was accepted, changed or sent back since the last look."""
        changed = reader.accepted(commune_code, since=self.until, limit=MOST_RECORDS)
        before = len(self._records)
        is_new = False
        for record in changed:
            words = words_of(record.dossier) if record.dossier else frozenset()
            if self._records.get(record.dossier_id, frozenset()) != words:
                self._records[record.dossier_id] = words
                is_new = True
        self.until = max((record.updated_at for record in changed), default=self.until)
        if is_new or len(self._records) != before:
            self.words = LearnedWords(self._records.values())


class LearnedCache:
    """The words of the communes read for lately; may be used from any thread."""

    def __init__(self) -> None:
        self._communes: OrderedDict[str, _Commune] = OrderedDict()
        self._guard = threading.Lock()

    def words(self, reader: StoreReader, commune_code: str | None) -> LearnedWords:
        """What the accepted records of a commune teach; nothing without a commune.

        After a start the newest records are read, later only what changed since.

        Raises:
            StoreError: `store_failed`, `store_damaged`.
        """
        if not commune_code:
            return NOTHING_LEARNED
        with self._guard:
            commune = self._communes.pop(commune_code, None) or _Commune()
            commune.catch_up(reader, commune_code)
            self._communes[commune_code] = commune
            while len(self._communes) > MOST_COMMUNES:
                self._communes.popitem(last=False)
            return commune.words
