"""What was learned of each commune, kept between readings and brought up to date before each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords, Word, words_of
from app.ports import StoreReader

MOST_RECORDS = 1000
"""The newest of a commune that are asked for at once; more teach little that these do not."""
MOST_COMMUNES = 8
"""An office reads for its own commune, a district's for a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Commune:
    """The words of one commune's records.

    Attributes:
        until: Instant of the newest change seen.
        records: Words by dossier; none of those nobody stands for any more.
    """

    until: str = ""
    records: Mapping[str, frozenset[Word]] = field(default_factory=dict)
    words: LearnedWords = NOTHING_LEARNED


class LearnedCache:
    """The words of the communes read for lately.

    It may be used from any thread: what is kept is only ever replaced as a whole, so that two readings at once do the
    same work twice at worst.
    """

    def __init__(self) -> None:
        self._communes: Mapping[str, _Commune] = {}

    def words(self, reader: StoreReader, commune_code: str | None) -> LearnedWords:
        """What the accepted records of a commune teach; nothing without a commune.

        After a start the newest records are read, later only what changed since.

        Raises:
            StoreError: `store_failed`, `store_damaged`.
        """
        if not commune_code:
            return NOTHING_LEARNED
        kept = dict(self._communes)
        commune = _caught_up(kept.pop(commune_code, _Commune()), reader, commune_code)
        kept[commune_code] = commune
        self._communes = dict(list(kept.items())[-MOST_COMMUNES:])
        return commune.words


def _caught_up(commune: _Commune, reader: StoreReader, commune_code: str) -> _Commune:
    """With what was accepted, changed or sent back since the last look."""
    changed = reader.accepted(commune_code, since=commune.until, limit=MOST_RECORDS)
    taught = {record.dossier_id: words_of(record.dossier) for record in changed if record.dossier}
    gone = {record.dossier_id for record in changed} - set(taught)
    kept = {dossier_id: words for dossier_id, words in commune.records.items() if dossier_id not in gone}
    records = kept | taught
    until = max((record.updated_at for record in changed), default=commune.until)
    words = commune.words if records == commune.records else LearnedWords(records.values())
    return _Commune(until=until, records=records, words=words)
