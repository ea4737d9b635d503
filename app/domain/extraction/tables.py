"""Tables, ruled or not: columns from the labels of the head and the boxes of the words, records from a key column.

Where the page reader found the rules, `ruled` knows the cells; here are the ways that need none. A head may run over
several printed lines, each label wrapped in its own narrow column, and a cell may be wrapped, set at the top of its
row or in the middle of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import distance
from app.domain.extraction.rows import Placed, Row, clip_of_rows
from app.domain.reading import Box
from app.domain.text import fold

ColumnLabels = Mapping[str, tuple[str, ...]]
"""Name of a column and the wordings of its label."""

MOST_HEAD_ROWS = 7
MOST_HEAD_WORDS = 48
LONGEST_LABEL_WORDS = 12
LEAST_HEAD_SHARE = 0.5
"""Of the words of a head's first line, at least this share belong to labels."""
ALLOWED_SHARE = 0.34
"""Wrong letters a column's label may have, as a share of its length."""
CLEAR_GAP = 1.25
"""A gap between lines this much wider than the usual step of a column parts two records."""
CLEAR_WORD, SCRAP_WORD = 80.0, 25.0
"""Confidence of a word that is surely there, and of one that is none beside it."""
TORN = 2.0
"""What a border between two words costs, in letters, when only a blank parts them."""
LEAST_STEP = 0.8
"""Lines of one cell are at least this share of their height apart."""
BLANK_SHARE = 0.8
"""A gap narrower than this share of a line's height is a blank between words."""
_STROKES = re.compile(r"(?<=\w)[|¦\[\]!](?=\w)")
_LETTERS = re.compile(r"[^a-z]")
_UNITS = re.compile(r"\(.{0,4}\)|\bm.\b|\bm\b")
_TOTAL = re.compile(r"\W{0,3}(?:tong|cong)\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name (None when its label is not known) and how far it reaches."""

    name: str | None
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, its wrapped lines together: printed lines by column."""

    cells: Mapping[str, tuple[Row, ...]]
    is_total: bool = False

    def clip(self, name: str) -> Clip | None:
        """The text of a cell; None when it is empty or there is no such column."""
        rows = self.cells.get(name)
        return clip_of_rows(rows, rows[0].page) if rows else None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table.

    Attributes:
        first: Index of its first row.
        end: Index of the first row below it.
        columns: From left to right; the first begins and the last ends beyond the paper.
        score: Letters of labels that agree.
    """

    first: int
    end: int
    columns: tuple[Column, ...]
    score: float

    @property
    def names(self) -> frozenset[str]:
        """Names of the columns known."""
        return frozenset(column.name for column in self.columns if column.name)


# ---------------------------------------------------------------- head


def find_head(rows: Sequence[Row], labels: ColumnLabels, least: int = 3) -> Head | None:
    """The best head among the rows; None when no place shows at least some of the labels side by side.

    Args:
        rows: Printed lines from top to bottom.
        labels: Of the columns that may occur.
        least: How many different labels a head needs.
    """
    words = _words_of(labels)
    best: Head | None = None
    for first, row in enumerate(rows):
        if not _may_begin(row, words):
            continue
        for end in range(first + 1, _last_end(rows, first) + 1):
            head = _head_at(rows, first, end, labels)
            if head and len(head.names) >= least and (best is None or head.score > best.score):
                best = head
    return best


def _words_of(labels: ColumnLabels) -> frozenset[str]:
    return frozenset(word for wordings in labels.values() for wording in wordings for word in fold(wording).split())


def _last_end(rows: Sequence[Row], first: int) -> int:
    """How far a head that begins here may reach: it has no figures and no labels with a colon."""
    end = first + 1
    while end < min(first + MOST_HEAD_ROWS, len(rows)) and not _has_values(rows[end]):
        end += 1
    return end


def _has_values(row: Row) -> bool:
    figures = [word for item in row.items if (word := item.word.text.strip(".,;()|")).isdigit()]
    return ":" in row.clip.text or sum(map(len, figures)) > 1


def _may_begin(row: Row, words: frozenset[str]) -> bool:
    if _has_values(row):
        return False
    known = [_LETTERS.sub("", fold(item.word.text)) for item in row.items]
    letters = [word for word in known if word]
    return bool(letters) and sum(word in words for word in letters) >= LEAST_HEAD_SHARE * len(letters)


def _head_at(rows: Sequence[Row], first: int, end: int, labels: ColumnLabels) -> Head | None:
    items = [(index, item) for index in range(first, end) for item in rows[index].items if _has_letter(item)]
    if not 2 <= len(items) <= MOST_HEAD_WORDS:
        return None
    atoms = _atoms(items)
    groups, score = _best_groups(atoms, tuple((name, wordings) for name, wordings in labels.items()))
    columns = _columns(groups, rows[end:])
    return Head(first, end, columns, score)


def _has_letter(item: Placed) -> bool:
    return any(map(str.isalpha, item.word.text))


_Atom = list[tuple[int, Placed]]


def _atoms(items: Iterable[tuple[int, Placed]]) -> list[_Atom]:
    """Words that stand above each other, in groups from left to right."""
    atoms: list[_Atom] = []
    reach = float("-inf")
    for index, item in sorted(items, key=lambda pair: pair[1].left):
        overlap = reach - item.left
        if atoms and overlap > 0.25 * (item.right - item.left):
            atoms[-1].append((index, item))
        else:
            atoms.append([(index, item)])
        reach = max(reach, item.right)
    return atoms


_Group = tuple[str | None, list[Placed]]


def _best_groups(atoms: Sequence[_Atom], labels: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[list[_Group], float]:
    """The way of putting neighbours together that agrees with the most letters of labels."""
    torn = [False, *(_is_one_line(one, other) for one, other in pairwise(atoms))]
    best: list[tuple[float, int, str | None]] = [(0.0, 0, None)]
    for end in range(1, len(atoms) + 1):
        choices = []
        for start in range(max(0, end - LONGEST_LABEL_WORDS), end):
            name, gain = nearest_label(_text_of(atoms[start:end]), labels)
            choices.append((best[start][0] + gain - (TORN if torn[start] else 0.0), start, name))
        best.append(max(choices, key=lambda choice: choice[0]))
    groups: list[_Group] = []
    end = len(atoms)
    while end:
        _, start, name = best[end]
        groups.append((name, [item for atom in atoms[start:end] for _, item in atom]))
        end = start
    return groups[::-1], best[-1][0]


def _is_one_line(one: _Atom, other: _Atom) -> bool:
    """Whether only a blank stands between two groups of words, so that a border would tear a line."""
    gap = min(item.left for _, item in other) - max(item.right for _, item in one)
    height = max(item.bottom - item.top for _, item in (*one, *other))
    return gap < BLANK_SHARE * height


def _text_of(atoms: Sequence[_Atom]) -> str:
    """The letters of a group of words, line by line."""
    items = sorted((pair for atom in atoms for pair in atom), key=lambda pair: (pair[0], pair[1].left))
    return letters_of(" ".join(item.word.text for _, item in items))


@lru_cache(maxsize=4096)
def letters_of(text: str) -> str:
    """The letters of a label without accents, blanks and units."""
    return _LETTERS.sub("", _UNITS.sub("", fold(text)))


@lru_cache(maxsize=8192)
def nearest_label(text: str, labels: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str | None, float]:
    """The label a text means and what it is worth: letters that agree less those that do not."""
    best: tuple[str | None, float] = (None, -0.5 * len(text))
    for name, wordings in labels:
        for wording in wordings:
            wanted = letters_of(wording)
            limit = int(len(wanted) * ALLOWED_SHARE)
            if abs(len(wanted) - len(text)) > limit:
                continue
            errors = distance(text, wanted)
            if errors <= limit and len(wanted) - 2 * errors > best[1]:
                best = (name, len(wanted) - 2.0 * errors)
    return best


def _columns(groups: Sequence[_Group], body: Sequence[Row]) -> tuple[Column, ...]:
    """Columns with their borders where the fewest words of the body are cut."""
    below = [stretch for row in body[:60] for stretch in _stretches(row)]
    borders = [float("-inf")]
    for (_, one), (_, other) in pairwise(groups):
        borders.append(_border(max(item.right for item in one), min(item.left for item in other), below))
    borders.append(float("inf"))
    return tuple(
        Column(name, left, right) for (name, _), left, right in zip(groups, borders, borders[1:], strict=False)
    )


def split_unlabelled(columns: Sequence[Column], body: Sequence[Row], blank_share: float = BLANK_SHARE) -> list[Column]:
    """Columns in which a part without a known label is parted where no line of the body is printed."""
    printed = sorted(stretch for row in body for stretch in _stretches(row, blank_share))
    found: list[Column] = []
    for column in columns:
        inside = [(one, other) for one, other in printed if column.left <= (one + other) / 2 <= column.right]
        borders = [] if column.name else _free_places(inside)
        edges = [column.left, *borders, column.right]
        found += [Column(column.name, one, other) for one, other in pairwise(edges)]
    return found


def _free_places(printed: Sequence[_Stretch]) -> list[float]:
    """The middles of the gaps between stretches, sorted from left to right, that none of them covers."""
    places: list[float] = []
    reach = printed[0][1] if printed else 0.0
    for left, right in printed:
        if left > reach:
            places.append((reach + left) / 2)
        reach = max(reach, right)
    return places


_Stretch = tuple[float, float]


def _stretches(row: Row, blank_share: float = BLANK_SHARE) -> list[_Stretch]:
    """From where to where a row is printed on; gaps of a blank's width do not count."""
    found: list[_Stretch] = []
    for item in row.items:
        if found and item.left - found[-1][1] < blank_share * row.height:
            found[-1] = (found[-1][0], max(found[-1][1], item.right))
        else:
            found.append((item.left, item.right))
    return found


def _border(left: float, right: float, printed: Sequence[_Stretch]) -> float:
    """The middle of the widest stretch between two x that the fewest lines cover."""
    if right <= left:
        return (left + right) / 2
    edges = sorted({left, right, *(x for stretch in printed for x in stretch if left < x < right)})
    choices = []
    for start, end in pairwise(edges):
        middle = (start + end) / 2
        choices.append((sum(one < middle < other for one, other in printed), start - end, middle))
    return min(choices)[2]


# ---------------------------------------------------------------- records


def split_columns(row: Row, columns: Sequence[Column]) -> dict[str, Row]:
    """The words of a row by column; words in columns without a name are left out."""
    found: dict[str, list[Placed]] = {}
    for item in (part for whole in row.items for part in _cut_at_strokes(whole, columns)):
        column = _column_of(item, columns)
        if column.name:
            found.setdefault(column.name, []).append(item)
    return {name: _cleaned(Row(tuple(items), row.page)) for name, items in found.items()}


def _cleaned(cell: Row) -> Row:
    """A cell without scraps of rules and stamps beside words seen well; figures and doubtful words stay."""
    if not any(item.word.confidence >= CLEAR_WORD and len(item.word.text) > 1 for item in cell.items):
        return cell
    kept = tuple(item for item in cell.items if not _is_scrap(item))
    return Row(kept, cell.page) if kept else cell


def _is_scrap(item: Placed) -> bool:
    letters = sum(map(str.isalpha, item.word.text))
    figures = sum(map(str.isdigit, item.word.text))
    return not figures and (item.word.confidence < SCRAP_WORD or (letters == 0 and item.word.confidence < CLEAR_WORD))


def _column_of(item: Placed, columns: Sequence[Column]) -> Column:
    return max(columns, key=lambda column: min(item.right, column.right) - max(item.left, column.left))


def _cut_at_strokes(item: Placed, columns: Sequence[Column]) -> list[Placed]:
    """A word of two cells with the rule between them seen as a stroke, in two."""
    borders = [column.left for column in columns[1:] if item.left + 4 < column.left < item.right - 4]
    strokes = list(_STROKES.finditer(item.word.text)) if borders else []
    if not strokes:
        return [item]
    wide = max(item.right - item.left, 1.0)
    at = (borders[0] - item.left) / wide * len(item.word.text)
    stroke = min(strokes, key=lambda found: abs(found.start() - at))
    return [
        _part(item, 0, stroke.start(), item.left, borders[0]),
        _part(item, stroke.end(), len(item.word.text), borders[0], item.right),
    ]


def _part(item: Placed, start: int, end: int, left: float, right: float) -> Placed:
    word, size = item.word, max(len(item.word.text), 1)
    x, y, width, height = word.box
    box = Box(round(x + width * start / size), y, max(1, round(width * (end - start) / size)), height)
    return Placed(replace(word, text=word.text[start:end], box=box), left, item.top, right, item.bottom)


def is_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: "(1) (2) (3)" or "1 2 3"."""
    figures = [re.sub(r"\D", "", item.word.text) for item in row.items]
    others = sum(map(str.isalpha, row.clip.text))
    known = [int(figure) for figure in figures if figure and len(figure) <= 2]
    return others <= 1 and len(known) >= 3 and known == list(range(known[0], known[0] + len(known))) and known[0] <= 2


def is_total_row(row: Row) -> bool:
    """Whether a row says the sum: "Tổng cộng", "Cộng"."""
    return _TOTAL.match(row.clip.folded) is not None


def records(rows: Sequence[Row], columns: Sequence[Column], keys: Sequence[str]) -> list[Record]:
    """The body's rows put together to records; a total row ends the table and is a record of its own.

    Args:
        rows: Printed lines below the head, as far as the table may reach.
        columns: Of the head.
        keys: Columns of which the first one that the table has begins a record where it holds a figure.
    """
    lines = [row for row in rows if not is_number_row(row)]
    total = next((index for index, row in enumerate(lines) if is_total_row(row)), None)
    parts = [split_columns(row, columns) for row in lines]
    body = len(lines) if total is None else total
    found: list[Record] = []
    for first, end in _blocks(lines[:body], parts[:body]):
        spans = _spans(lines[first:end], parts[first:end], keys)
        found += [Record(_together(parts[first + one : first + other])) for one, other in spans]
        if not spans and found:
            found[-1] = Record(_together([_lines_of(found[-1]), *parts[first:end]]))
    if total is not None:
        found.append(Record({name: (cell,) for name, cell in parts[total].items()}, is_total=True))
    return found


def _blocks(lines: Sequence[Row], parts: Sequence[Mapping[str, Row]]) -> list[tuple[int, int]]:
    """First line and end of each run of lines without a wide gap."""
    step = _line_step(parts)
    borders = [0] if lines else []
    borders += [at for at in range(1, len(lines)) if lines[at].middle - lines[at - 1].middle > CLEAR_GAP * step]
    return list(pairwise([*borders, len(lines)])) if lines else []


def _line_step(parts: Sequence[Mapping[str, Row]]) -> float:
    """The step from line to line inside cells: the least one that occurs in any column."""
    last: dict[str, float] = {}
    steps = []
    for part in parts:
        for name, row in part.items():
            if name in last and row.middle - last[name] > LEAST_STEP * row.height:
                steps.append(row.middle - last[name])
            last[name] = row.middle
    return min(steps, default=float("inf"))


def _spans(lines: Sequence[Row], parts: Sequence[Mapping[str, Row]], keys: Sequence[str]) -> list[tuple[int, int]]:
    """First line and end of each record among lines without wide gaps between them.

    A figure in the first key column begins a record; where that column is empty all through, one in another key column
    does, once.
    """
    starts = [index for index, part in enumerate(parts) if keys[0] in part and _has_figure(part[keys[0]])]
    if not starts:
        others = [index for index, part in enumerate(parts) if any(_has_figure(part[k]) for k in keys if k in part)]
        return [(0, len(lines))] if others else []
    centred = starts[0] > 0
    borders = [0]
    borders += [_parting(lines, one, other, centred=centred) for one, other in pairwise(starts)]
    return list(pairwise([*borders, len(lines)]))


def _lines_of(record: Record) -> Mapping[str, Row]:
    """The cells of a record as one line each."""
    return {
        name: Row(tuple(item for row in rows for item in row.items), rows[0].page)
        for name, rows in record.cells.items()
    }


def _has_figure(row: Row) -> bool:
    return any(map(str.isdigit, row.clip.text))


def _parting(lines: Sequence[Row], one: int, other: int, *, centred: bool) -> int:
    """The line at which the second of two records begins.

    A cell set at the top owns the lines below it, one set in the middle of its row those near it.
    """
    if not centred:
        return other
    middle = (lines[one].middle + lines[other].middle) / 2
    return next(at for at in range(one + 1, other + 1) if at == other or lines[at].middle > middle)


def _together(parts: Sequence[Mapping[str, Row]]) -> dict[str, tuple[Row, ...]]:
    cells: dict[str, list[Row]] = {}
    for part in parts:
        for name, row in part.items():
            cells.setdefault(name, []).append(row)
    return {name: tuple(rows) for name, rows in cells.items()}
