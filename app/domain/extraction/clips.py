"""Text that still knows the words it was read from, however it is cut."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.domain.dates import fold_in_place
from app.domain.reading import Box, Word
from app.domain.text import tidy


@dataclass(frozen=True)
class Clip:
    """A piece of a page's text.

    Attributes:
        text: Words joined by blanks, printed lines by line ends.
        spans: Start and end in `text` of each word, with the word.
        page: Index of the page among the pages read.
    """

    text: str
    spans: tuple[tuple[int, int, Word], ...]
    page: int

    @cached_property
    def folded(self) -> str:
        """The text without accents and capitals, character for character."""
        return fold_in_place(self.text)

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in order."""
        return tuple(word for _, _, word in self.spans)

    @property
    def line(self) -> str:
        """The text on one line."""
        return tidy(self.text)

    @property
    def box(self) -> Box | None:
        """The rectangle around all words; None without words."""
        return box_around(word.box for word in self.words)

    def cut(self, start: int, end: int | None = None) -> Clip:
        """The part between two places, white space at its ends left out; words cut through are kept whole."""
        stop = len(self.text) if end is None else end
        piece = self.text[start:stop]
        start += len(piece) - len(piece.lstrip())
        stop -= len(piece) - len(piece.rstrip())
        spans = tuple((a - start, b - start, word) for a, b, word in self.spans if a < stop and start < min(b, stop))
        return Clip(self.text[start : max(start, stop)], spans, self.page)

    def match(self, found: re.Match[str], group: int | str = 0) -> Clip:
        """The part a match of the text (or of the folded text) covers."""
        return self.cut(found.start(group), found.end(group))

    def line_of(self, found: re.Match[str], group: int | str = 0) -> str:
        """The text a match covers, on one line."""
        return self.match(found, group).line

    def split(self, mark: re.Pattern[str]) -> list[Clip]:
        """The parts between matches of a pattern; empty parts left out."""
        parts, start = [], 0
        for found in mark.finditer(self.text):
            parts.append(self.cut(start, found.start()))
            start = found.end()
        parts.append(self.cut(start))
        return [part for part in parts if part.text]

    def strip(self, characters: str) -> Clip:
        """The part without some characters at its ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(left, max(left, len(self.text.rstrip(characters))))


def box_around(boxes: Iterable[Box]) -> Box | None:
    """The smallest rectangle around others; None for none."""
    known = list(boxes)
    if not known:
        return None
    left, top = min(box.x for box in known), min(box.y for box in known)
    right, bottom = max(box.x + box.width for box in known), max(box.y + box.height for box in known)
    return Box(left, top, right - left, bottom - top)


def clip_of_words(words: Iterable[Word], page: int) -> Clip:
    """One printed line as a clip."""
    return join([[word] for word in words], page, " ")


def join(groups: Iterable[Iterable[Word]], page: int, mark: str = "\n") -> Clip:
    """Groups of words as one clip, with a mark between groups."""
    return Clip(*_joined(groups, mark), page)


def _joined(groups: Iterable[Iterable[Word]], mark: str) -> tuple[str, tuple[tuple[int, int, Word], ...]]:
    parts: list[str] = []
    spans: list[tuple[int, int, Word]] = []
    place = 0
    for lead, word in _with_leads(groups, mark):
        place += len(lead)
        parts += [lead, word.text]
        spans.append((place, place + len(word.text), word))
        place += len(word.text)
    return "".join(parts), tuple(spans)


def _with_leads(groups: Iterable[Iterable[Word]], mark: str) -> Iterator[tuple[str, Word]]:
    lead = ""
    for group in groups:
        for word in group:
            yield lead, word
            lead = " "
        lead = mark if lead else ""
