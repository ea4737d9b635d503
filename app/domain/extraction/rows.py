"""Printed lines of a page in reading order, whatever blocks the engine made of them.

Coordinates here are upright: the page turned as it is read and its lean taken out; boxes of words stay in the
image's own pixels.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from app.domain.extraction.clips import Clip, clip_of_words, join
from app.domain.reading import Box, Line, PageScan, Word

SAME_ROW_SHARE = 0.45
"""Lines whose middles differ by less than this share of their height stand on one row."""
UNSURE = 60.0
"""Confidence below which a word behind a leader is not a word."""
SCRAP = 40.0
"""Confidence below which a scrap at the end of a line is left out."""
DOUBTED = 75.0
"""Confidence below which a word beyond the margin is left out."""
SEEN_WELL = 88.0
"""Confidence of the words that tell where the margins are."""
LEAST_AT_MARGIN = 3
"""Lines that must begin at a place for it to be the margin."""
MARGIN_SHARE = 0.4
"""Share of a line's height beyond the margin from which words are looked at."""
MARGIN_GAP = 0.5
"""Gap, in line heights, between such words and the text."""
WIDE_GAP = 8.0
"""From line to line, in line heights, how far the next part of a page is away."""
_DASHES = "-–"
SURE_LETTER = 70.0
"""Confidence a single letter at the end of a line needs."""
LEAST_SURE_SHARE = 0.4
"""Of the letters of a line, at least this share must be in words that are believed in."""
SLIVER_SHARE = 0.4
"""Words lower than this share of the usual height are slivers."""
_RULES = "|¦ "
_LEADER = re.compile(r"[.…·_\-=—–~:]{4,}")
CELL_GAP_SHARE = 2.2
"""A gap wider than this many line heights parts a row into cells."""


@dataclass(frozen=True)
class CellPlace:
    """The cell of a ruled table a word stands in; `left` and `right` are upright."""

    table: int
    row: int
    column: int
    row_span: int
    col_span: int
    left: float
    right: float


@dataclass(frozen=True)
class Placed:
    """A word with its upright rectangle, and the cell it stands in."""

    word: Word
    left: float
    top: float
    right: float
    bottom: float
    cell: CellPlace | None = None


@dataclass(frozen=True)
class Row:
    """Words on one printed line, from left to right."""

    items: tuple[Placed, ...]
    page: int

    @cached_property
    def clip(self) -> Clip:
        """The words as text."""
        return clip_of_words((item.word for item in self.items), self.page)

    @property
    def left(self) -> float:
        """Left end."""
        return self.items[0].left

    @property
    def right(self) -> float:
        """Right end."""
        return max(item.right for item in self.items)

    @cached_property
    def middle(self) -> float:
        """Height of the line's middle, from the top of the page."""
        return median((item.top + item.bottom) / 2 for item in self.items)

    @cached_property
    def height(self) -> float:
        """Usual height of its words."""
        return median(item.bottom - item.top for item in self.items)

    def cells(self) -> list[Row]:
        """The parts of the row between wide gaps."""
        gap = CELL_GAP_SHARE * max(self.height, 1.0)
        cells: list[list[Placed]] = [[self.items[0]]]
        for before, item in zip(self.items, self.items[1:], strict=False):
            if item.left - before.right > gap:
                cells.append([])
            cells[-1].append(item)
        return [Row(tuple(cell), self.page) for cell in cells]

    def within(self, left: float, right: float) -> Row | None:
        """The words whose middle lies between two x; None for none."""
        items = tuple(item for item in self.items if left <= (item.left + item.right) / 2 <= right)
        return Row(items, self.page) if items else None


@dataclass(frozen=True)
class PageText:
    """The rows of a page from top to bottom."""

    scan: PageScan
    rows: tuple[Row, ...]
    page: int

    @cached_property
    def clip(self) -> Clip:
        """The whole page as text, one line for each row."""
        return clip_of_rows(self.rows, self.page)


def clip_of_rows(rows: Sequence[Row], page: int) -> Clip:
    """Rows as text, one line for each."""
    return join(([item.word for item in row.items] for row in rows), page)


def page_text(scan: PageScan, page: int) -> PageText:
    """Bring the words of a page into rows.

    Args:
        scan: The page as seen.
        page: Its index among the pages read.
    """
    cells = _cells(scan)
    lines = [
        [replace(_turned(word, scan), cell=cells.get(word.box)) for word in _without_rules(line.words)]
        for line in scan.lines
    ]
    lines = _without_slivers([line for line in lines if line])
    lean = _lean(lines)
    lines = [[_levelled(item, lean) for item in line] for line in map(without_leaders, lines)]
    rows = [Row(tuple(line), page) for line in lines if line]
    return PageText(scan, tuple(_within_margins(_merged(rows))), page)


def without_scraps(row: Row) -> Row | None:
    """A row without bits of stamp and signature at its ends; None when hardly any word of the rest is believed in."""
    items = list(row.items)
    while items and _is_bit(items[-1].word) and not _may_be_unit(items):
        items.pop()
    while items and _is_bit(items[0].word):
        items.pop(0)
    sure = sum(len(item.word.text) for item in items if item.word.confidence >= SCRAP)
    letters = sum(len(item.word.text) for item in items)
    return Row(tuple(items), row.page) if items and sure >= LEAST_SURE_SHARE * letters else None


def _within_margins(rows: Sequence[Row]) -> list[Row]:
    """Rows without what the engine made of the paper's edge: hardly believed in, and beyond the margins of the text."""
    firsts = sorted(item.left for row in rows for item in list(filter(_is_seen_well, row.items))[:1])
    ends = [item.right for row in rows for item in row.items if _is_seen_well(item)]
    if not firsts:
        return list(rows)
    reach = median(row.height for row in rows)
    near = (x for x in firsts if sum(x <= other <= x + reach for other in firsts) >= LEAST_AT_MARGIN)
    left, right = next(near, -math.inf) - MARGIN_SHARE * reach, max(ends) + MARGIN_SHARE * reach
    trimmed = (_trimmed(row, left, right, MARGIN_GAP * reach) for row in rows)
    return [row for row in trimmed if row.items]


def _trimmed(row: Row, left: float, right: float, gap: float) -> Row:
    """A row without doubted words beyond the margins, where a gap parts them from the rest."""
    items = row.items
    first = _edge_words(items, lambda item: item.right <= left, gap)
    last = _edge_words(items[::-1], lambda item: item.left >= right, gap)
    return row if first == last == 0 else replace(row, items=items[first : max(first, len(items) - last)])


def _edge_words(items: Sequence[Placed], is_beyond: Callable[[Placed], bool], gap: float) -> int:
    """How many words at the beginning lie beyond a margin, are doubted and stand apart from what follows."""
    count = 0
    for index, item in enumerate(items):
        if not (is_beyond(item) and _is_doubted(item)):
            break
        following = items[index + 1] if index + 1 < len(items) else None
        if following is None or max(item.left, following.left) - min(item.right, following.right) >= gap:
            count = index + 1
    return count


def _is_seen_well(item: Placed) -> bool:
    return item.word.confidence >= SEEN_WELL and sum(map(str.isalpha, item.word.text)) >= 2


def _is_doubted(item: Placed) -> bool:
    """Whether a word at the edge may be none; figures stand alone more often."""
    text = item.word.text
    return not any(map(str.isalnum, text)) or item.word.confidence < (SCRAP if any(map(str.isdigit, text)) else DOUBTED)


def _is_bit(word: Word) -> bool:
    """Signs without a letter, but for a dash seen well; one or two letters that are hardly believed in."""
    letters = sum(map(str.isalnum, word.text))
    if letters == 0:
        return word.confidence < UNSURE or word.text.strip(_DASHES) != ""
    return (word.confidence < SCRAP and letters <= 2) or (letters == 1 and word.confidence < SURE_LETTER)


def _without_slivers(lines: list[list[Placed]]) -> list[list[Placed]]:
    """Lines without what the engine made of the upper or lower edges of letters: low, and hardly believed in."""
    heights = [item.bottom - item.top for line in lines for item in line]
    least = SLIVER_SHARE * median(heights) if heights else 0.0
    kept = [
        [item for item in line if item.bottom - item.top >= least or item.word.confidence >= UNSURE] for line in lines
    ]
    return [line for line in kept if line]


def without_gaps(rows: Sequence[Row]) -> list[Row]:
    """Rows down to the first wide gap between them."""
    reach = WIDE_GAP * median(row.height for row in rows) if rows else 0.0
    for index, (row, below) in enumerate(pairwise(rows), 1):
        if below.middle - row.middle > reach:
            return list(rows[:index])
    return list(rows)


def lines_as_clip(lines: Sequence[Line], page: int) -> Clip:
    """Lines of a pass of their own (the red ink) as text."""
    return join((line.words for line in lines), page)


def without_leaders(line: Sequence[Placed]) -> list[Placed]:
    """A line without what the engine made of a dotted leader: the dots, and scraps of words behind them."""
    kept: list[Placed] = []
    is_behind = False
    for item in line:
        word = item.word
        leader = _LEADER.search(word.text)
        if leader:
            head = word.text[: leader.start()]
            is_behind = True
            if sum(character.isalnum() for character in head) > 0:
                kept.append(replace(item, word=replace(word, text=head)))
        elif not (is_behind and (word.confidence < UNSURE or not any(map(str.isalnum, word.text)))):
            kept.append(item)
    while kept and _is_scrap(kept[-1].word) and not _may_be_unit(kept):
        kept.pop()
    return kept


def _may_be_unit(line: Sequence[Placed]) -> bool:
    """Whether the last word may be the m² of the number before it."""
    return len(line) > 1 and line[-1].word.text[:1] in "mM" and line[-2].word.text[-1:].isdigit()


def _without_rules(words: Iterable[Word]) -> Iterator[Word]:
    """Words without the ruled lines of tables, which look like upright strokes."""
    for word in words:
        text = word.text.strip(_RULES)
        if text:
            yield word if text == word.text else replace(word, text=text)


def _is_scrap(word: Word) -> bool:
    """A short bit without digits that the engine itself does not believe in."""
    letters = sum(character.isalnum() for character in word.text)
    return word.confidence < SCRAP and letters <= 2 and not any(map(str.isdigit, word.text))


def _cells(scan: PageScan) -> dict[Box, CellPlace]:
    """The cells of words, by the boxes of the words."""
    places: dict[Box, CellPlace] = {}
    for number, table in enumerate(scan.tables):
        for cell in table.cells:
            around = _turned(Word(text="", box=cell.box, confidence=0.0), scan)
            spans = cell.row_span, cell.col_span
            place = CellPlace(number, cell.row, cell.column, *spans, around.left, around.right)
            places |= dict.fromkeys((word.box for line in cell.lines for word in line.words), place)
    return places


def _turned(word: Word, scan: PageScan) -> Placed:
    """Turn a word's rectangle upright; `rotation_deg` is how far the content stands turned clockwise."""
    x, y, width, height = word.box
    wide, high = scan.width_px, scan.height_px
    if scan.rotation_deg == 180:
        x, y = scan.width_px - x - width, scan.height_px - y - height
    elif scan.rotation_deg == 90:
        x, y, width, height = y, scan.width_px - x - width, height, width
        wide, high = high, wide
    elif scan.rotation_deg == 270:
        x, y, width, height = scan.height_px - y - height, x, height, width
        wide, high = high, wide
    placed = Placed(word, x, y, x + width, y + height)
    return _straightened(placed, scan.skew_deg, wide / 2, high / 2) if scan.skew_deg else placed


def _straightened(item: Placed, skew_deg: float, middle_x: float, middle_y: float) -> Placed:
    """Take the page's lean out, about its middle; the box around a slanted word becomes the word's own."""
    lean = math.radians(skew_deg)
    cos, sin = math.cos(lean), math.sin(lean)
    wide, high = item.right - item.left, item.bottom - item.top
    own_wide = max((wide * cos - high * abs(sin)) / math.cos(2 * lean), wide / 2)
    own_high = max((high * cos - wide * abs(sin)) / math.cos(2 * lean), high / 2)
    right, down = (item.left + item.right) / 2 - middle_x, (item.top + item.bottom) / 2 - middle_y
    x, y = middle_x + right * cos + down * sin, middle_y - right * sin + down * cos
    return Placed(item.word, x - own_wide / 2, y - own_high / 2, x + own_wide / 2, y + own_high / 2)


def _lean(lines: Sequence[Sequence[Placed]]) -> float:
    """How much lines fall per pixel to the right, the median of the long ones."""
    slopes = []
    for line in lines:
        first, last = line[0], line[-1]
        run = last.left - first.left
        if len(line) >= 4 and run > 12 * (first.bottom - first.top):
            slopes.append((last.top + last.bottom - first.top - first.bottom) / 2 / run)
    return median(slopes) if slopes else 0.0


def _levelled(item: Placed, lean: float) -> Placed:
    drop = lean * item.left
    return replace(item, top=item.top - drop, bottom=item.bottom - drop)


def _merged(rows: list[Row]) -> list[Row]:
    """Lines of different blocks that stand side by side become one row."""
    merged: list[Row] = []
    for row in sorted(rows, key=lambda row: row.middle):
        beside = next((at for at in range(len(merged) - 1, -1, -1) if _is_beside(merged[at], row)), None)
        if beside is None:
            merged.append(row)
        else:
            items = sorted((*merged[beside].items, *row.items), key=lambda item: item.left)
            merged[beside] = Row(tuple(items), row.page)
    return sorted(merged, key=lambda row: row.middle)


def _is_beside(one: Row, other: Row) -> bool:
    reach = SAME_ROW_SHARE * max(min(one.height, other.height), 1.0)
    if abs(one.middle - other.middle) > reach:
        return False
    return all(a.right <= b.left or b.right <= a.left for a in one.items for b in other.items)
