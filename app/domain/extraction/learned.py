"""Words learned from the records a commune's office has accepted: places, offices, banks, signers, map sheets.

What was accepted before speaks for a value that reads the same, and against one that differs from it only in accents.
It never changes a value, and names of holders are not learned: a rare name is as good as a frequent one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.code_lists import key_of
from app.domain.dates import fold_in_place, year_of
from app.domain.dossier import Dossier
from app.domain.extraction.lexicon import style_key
from app.domain.issuing import commune_of
from app.domain.text import fold, tidy

KNOWN, PART_KNOWN, SHEET_KNOWN = "known_here", "part_known_here", "sheet_known_here"
SPELLED_OTHERWISE = "spelled_otherwise_here"
"""Evidence, by what it says of a value; how much each counts stands with the chances."""
LEAST_RECORDS = 2
"""One record may hold a slip; two rarely hold the same."""
YEARS_AROUND = 1
"""A person signs some years on end; so many years before the first and behind the last seen."""

_PARTS = re.compile(r"[,;]|\s[-–]\s")
_BANK = re.compile(r"\b(?:ngan hang|quy tin dung)\b[^.;:()]*?(?=\s(?:theo|ngay|de|cho)\b|[.;:()]|$)")


class WordKind(StrEnum):
    """What a learned word is."""

    ADDRESS = "address"
    PLACE = "place"
    OFFICE = "office"
    BANK = "bank"
    SIGNER = "signer"
    TITLE = "title"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a record, written small.

    Attributes:
        year: Of issue, for who signed.
    """

    kind: WordKind
    text: str
    year: int | None = None


@dataclass(slots=True)
class _Seen:
    """How often a word was seen, and from when to when."""

    records: int = 0
    years: set[int] = field(default_factory=set)

    def covers(self, year: int | None) -> bool:
        return year is not None and any(abs(year - one) <= YEARS_AROUND for one in self.years)


def words_of(record: Dossier) -> frozenset[Word]:
    """What a record teaches."""
    words = {word for _, words in _words_by_path(record) for word in words}
    if record.hamlet:
        words.add(_word(WordKind.PLACE, record.hamlet))
    return frozenset(words)


class LearnedWords:
    """The words of a commune's accepted records.

    Args:
        records: The words of each record.
    """

    def __init__(self, records: Iterable[frozenset[Word]] = ()) -> None:
        self._seen: dict[tuple[WordKind, str], _Seen] = {}
        self._spellings: dict[tuple[WordKind, str], set[str]] = {}
        counts = Counter(word for words in records for word in words)
        for word, count in counts.items():
            seen = self._seen.setdefault((word.kind, word.text), _Seen())
            seen.records += count
            if word.year is not None:
                seen.years.add(word.year)
            self._spellings.setdefault((word.kind, fold(word.text)), set()).add(word.text)

    def __bool__(self) -> bool:
        """Whether anything was learned."""
        return bool(self._seen)

    def beside(self, weak: Mapping[str, tuple[str, ...]], record: Dossier) -> dict[str, tuple[str, ...]]:
        """Agreements by path with what is known here added.

        Args:
            weak: Names of agreements by path.
            record: The values read.
        """
        found = dict(weak)
        for path, words in _words_by_path(record) if self else ():
            name = self._name(path, words)
            if name:
                found[path] = (*found.get(path, ()), name)
        return found

    def _name(self, path: str, words: tuple[Word, ...]) -> str | None:
        """What the words of a value are evidence of; the first is the whole value, the others are its parts."""
        whole, *parts = words
        told = {word: self._told(word) for word in words}
        if SPELLED_OTHERWISE in told.values():
            return SPELLED_OTHERWISE
        if whole.kind is WordKind.SHEET:
            return SHEET_KNOWN if told[whole] else None
        if told[whole] and not path.endswith(".text"):
            return KNOWN
        if parts and all(told[part] for part in parts):
            return KNOWN
        lasting = [part for part in parts if not any(map(str.isdigit, part.text))] or [whole]
        return PART_KNOWN if all(told[part] for part in lasting) else None

    def _told(self, word: Word) -> str | None:
        """Known, spelled otherwise, or neither of both."""
        own = self._seen.get((word.kind, word.text), _Seen())
        style = style_key(word.text)
        others = [
            self._seen[word.kind, text].records
            for text in self._spellings.get((word.kind, fold(word.text)), ())
            if style_key(text) != style
        ]
        most = max(others, default=0)
        if own.records >= LEAST_RECORDS and own.records > most:
            return KNOWN if word.kind is not WordKind.SIGNER or own.covers(word.year) else None
        return SPELLED_OTHERWISE if most >= LEAST_RECORDS and most > own.records else None


NOTHING_LEARNED = LearnedWords()


# ---------------------------------------------------------------- words of a record


def _words_by_path(record: Dossier) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Paths of values that teach, with the word of the whole value first and those of its parts behind."""
    yield from _of_certificate(record)
    for path, address in _addresses(record):
        yield path, _of_address(address)
    for path, issuer in _issuers_of_papers(record):
        yield path, (_word(WordKind.OFFICE, issuer),)
    for index, parcel in enumerate(record.parcels):
        if parcel.sheet:
            where = commune_of(parcel.address or "") or ""
            yield f"parcels[{index}].sheet", (Word(WordKind.SHEET, f"{where} {parcel.sheet}"),)
    yield from _of_changes(record)


def _addresses(record: Dossier) -> Iterator[tuple[str, str]]:
    addresses = [(f"holders[{index}]", one.address) for index, one in enumerate(record.holders)]
    addresses += [(f"current_users[{index}]", one.address) for index, one in enumerate(record.current_users)]
    addresses += [(f"parcels[{index}]", one.address) for index, one in enumerate(record.parcels)]
    addresses += [(f"assets[{index}]", one.address) for index, one in enumerate(record.assets)]
    yield from ((f"{where}.address", address) for where, address in addresses if address)


def _issuers_of_papers(record: Dossier) -> Iterator[tuple[str, str]]:
    people = [(f"holders[{index}]", one.id_papers) for index, one in enumerate(record.holders)]
    people += [(f"current_users[{index}]", one.id_papers) for index, one in enumerate(record.current_users)]
    for where, papers in people:
        for index, paper in enumerate(papers):
            if paper.issuer:
                yield f"{where}.id_papers[{index}].issuer", paper.issuer


def _of_certificate(record: Dossier) -> Iterator[tuple[str, tuple[Word, ...]]]:
    certificate = record.certificate
    year = year_of(certificate.issued_on) if certificate.issued_on else None
    if certificate.issuer:
        yield "certificate.issuer", (_word(WordKind.OFFICE, certificate.issuer),)
    if certificate.signer:
        yield "certificate.signer", (_word(WordKind.SIGNER, certificate.signer, year),)
    if certificate.signer and certificate.signer_title:
        text = f"{certificate.signer}: {certificate.signer_title}"
        yield "certificate.signer_title", (_word(WordKind.TITLE, text),)


def _of_changes(record: Dossier) -> Iterator[tuple[str, tuple[Word, ...]]]:
    for index, change in enumerate(record.changes):
        if change.confirmed_by:
            yield f"changes[{index}].confirmed_by", (_word(WordKind.OFFICE, change.confirmed_by),)
        bank = _BANK.search(fold_in_place(change.text or ""))
        if bank and change.text:
            yield f"changes[{index}].text", (_word(WordKind.BANK, change.text[bank.start() : bank.end()]),)


def _of_address(address: str) -> tuple[Word, ...]:
    parts = (_word(WordKind.PLACE, part) for part in _PARTS.split(address) if key_of(part))
    return (_word(WordKind.ADDRESS, address), *parts)


def _word(kind: WordKind, text: str, year: int | None = None) -> Word:
    return Word(kind, tidy(text).strip(" .").lower(), year)
