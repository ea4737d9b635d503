"""Finding labels in printed lines, and what stands behind them.

A label is known by its wording, or by its meaning: a short phrase at the beginning of a line, or behind a separator,
whose key words say what it is about ("Diện tích", "Tổng diện tích thửa đất theo bản đồ:"), with any letter before it,
with or without a colon, in any capitals. A value ends where the next label begins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from app.domain.dates import find_long_date, fold_in_place
from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import find_at_start
from app.domain.extraction.rows import Row, clip_of_rows

Labels = Mapping[str, tuple[str, ...]]
"""Name of a part and the wordings of its label."""

DATE_LINE = "date line"
"""Name given to the line "…, ngày … tháng … năm …", which ends every part before it."""

BY_MEANING = 0.06
"""Added to the wrong letters of a label whose wording is not known: one whose wording is known goes before it."""
SURE = 0.13
"""Share of wrong letters up to which a label that was found once more ends the part before it."""
_LONGEST_MARKER = 7
"""Letters and signs of an item's mark, such as "a)" or "đ)", before its label."""
_MOST_LEADS = 4
_MOST_WORDS = 6
_LONGEST_LABEL = 64
_GLUED_MARKER = re.compile(r"[).:,;\]}>]")
_BEHIND = re.compile(r"(?:\s*dat(?=\s*[:;.]))?[\s:;.,]*")
_BEHIND_MEANING = re.compile(r"[\s:;.,]*")
_SCRAPS = re.compile(r"[\W_]*(?:[^\W_]{1,2}[\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\s*\([^()\d:]{1,50}\d?\)")
_FIGURE = re.compile(r"[\s:;.,]*(?:(?:lo|khoanh|thua|to|so)\s)?[a-z]{0,3}[\d§]")
_SEPARATOR = re.compile(r"[,;.|)\]–—-]\s+|\s[(\[]|\s(?=(?:[a-zđ]|\d{1,2})\s?[).]\s?\w)")
_BEFORE_LABEL = re.compile(r"[\s,;.(]+(?=\w)")
_ITEM = re.compile(r"(?:[a-zđ]|\d{1,2})\s?[).]\s?")


def words_of(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


_LEADS = words_of("thua dat co voi thuoc tai vao tren cua duoc su dung so ten thong tin ve cac nay tong khu ghi")
"""Words that may stand before the key words of a label."""
_OF_LABELS = _LEADS | words_of(
    "to ban do dia chi chinh dien tich hinh thuc muc dich loai thoi han nguon goc gian thu tu hieu theo quyen hien "
    "trang giay chung nhan cap noi vi tri cong m2 m nguoi la sd sdd duoc giao gom nhu sau xac dinh phap ly"
)
"""Words that labels are made of, folded."""


@dataclass(frozen=True)
class Meaning:
    """What a label is about.

    Attributes:
        known: Wordings by which a list of labels names this meaning.
        keys: Key words, one of which the label must hold.
        tails: Words behind the key words that belong to the label even without a colon.
        others: Words that make a label with these key words another one's.
        is_strict: Whether only words of labels may stand before the colon: the value itself may hold colons.
        takes_figure: Whether the value begins with a figure: the label stands before one, or ends the line.
        loose: Key words that are a label only before a colon, or before a figure where the value begins with one.
    """

    known: tuple[str, ...]
    keys: tuple[str, ...]
    tails: frozenset[str] = frozenset()
    others: tuple[str, ...] = ()
    is_strict: bool = False
    takes_figure: bool = False
    loose: tuple[str, ...] = ()


MEANINGS = (
    Meaning(
        known=("Thửa đất số", "Số thửa"),
        keys=("số hiệu thửa đất", "số hiệu thửa", "số thứ tự thửa", "thửa đất số", "số thửa đất", "số thửa", "thửa số"),
        tails=words_of("dat so thu tu hieu la"),
        others=("dia chi", "dien tich", "nguon", "loai", "muc dich", "thong tin", "duoc quyen", "ban do"),
        takes_figure=True,
        loose=("thửa đất", "thửa"),
    ),
    Meaning(
        known=("Tờ bản đồ số", "Số tờ bản đồ"),
        keys=("số hiệu tờ bản đồ", "tờ bản đồ số", "số tờ bản đồ", "tờ bản đồ", "bản đồ địa chính số", "bản đồ số"),
        tails=words_of("so dia chinh hieu la"),
        others=("so thua", "thua dat"),
        takes_figure=True,
        loose=("tờ số", "số tờ", "tờ bđ số"),
    ),
    Meaning(
        known=("Địa chỉ thửa đất", "Địa chỉ"),
        keys=("địa chỉ", "vị trí thửa đất", "vị trí", "địa điểm", "nơi có đất", "nơi có thửa đất"),
        tails=words_of("thua dat cua tai noi co"),
        loose=("tại", "thuộc", "đ/c"),
    ),
    Meaning(
        known=("Diện tích",),
        keys=("diện tích",),
        tails=words_of("thua dat su dung cua la duoc cap"),
        others=("xay dung", "san", "rieng", " chung:", "ho chung"),
        takes_figure=True,
        loose=("dt",),
    ),
    Meaning(
        known=("Diện tích sử dụng",), keys=("diện tích",), tails=words_of("su dung san xay dung"), takes_figure=True
    ),
    Meaning(
        known=("Hình thức sử dụng",),
        keys=("hình thức sử dụng", "hình thức"),
        tails=words_of("su dung sd dat la"),
        others=("so huu",),
        is_strict=True,
    ),
    Meaning(
        known=("Mục đích sử dụng", "Loại đất"),
        keys=("mục đích sử dụng", "mục đích", "loại đất", "loại hình sử dụng đất"),
        tails=words_of("su dung sd dat la"),
        is_strict=True,
    ),
    Meaning(
        known=("Thời hạn sử dụng",),
        keys=("thời hạn sử dụng", "thời hạn", "thời gian sử dụng"),
        tails=words_of("su dung sd dat la"),
        others=("so huu",),
        is_strict=True,
    ),
    Meaning(
        known=("Nguồn gốc sử dụng",),
        keys=("nguồn gốc sử dụng", "nguồn gốc"),
        tails=words_of("su dung sd dat la cua thua"),
        is_strict=True,
    ),
    Meaning(
        known=("Tên tài sản",),
        keys=("tên tài sản", "loại tài sản", "tên công trình", "loại công trình", "loại nhà ở", "loại nhà"),
        tails=words_of("la gan lien voi dat"),
    ),
    Meaning(known=("Hình thức sở hữu",), keys=("hình thức sở hữu", "sở hữu"), tails=words_of("tai san la")),
    Meaning(
        known=("Thời hạn sở hữu",),
        keys=("thời hạn sở hữu", "thời hạn được sở hữu", "thời hạn"),
        tails=words_of("so huu tai san su dung la"),
    ),
    Meaning(
        known=("Ghi chú",),
        keys=("ghi chú", "nội dung ghi chú", "những ghi chú", "phần ghi chú", "các ghi chú", "mục ghi chú"),
        is_strict=True,
    ),
)
"""What lines of parcels, assets and notes are about. Source: circulars 17/2009, 23/2014, 10/2024, decision 24/2004."""

RESIDENCE = Meaning(
    known=("Địa chỉ thường trú",),
    keys=(
        "địa chỉ",
        "thường trú",
        "nơi cư trú",
        "cư trú",
        "nơi ở",
        "chỗ ở",
        "hộ khẩu",
        "trú tại",
        "trú quán",
        "trụ sở",
    ),
    tails=words_of("thuong tru so chinh tai cua noi o dang ky ho khau hien nay hktt lien he la"),
    loose=("hktt", "đktt", "nơi thường trú", "đ/c", "đc"),
)
"""Where a person lives, or an organisation has its seat."""
_LEADS_TO_RESIDENCE = _LEADS | words_of("noi o hien nay cung deu ca hai nguoi vo chong dang ky ho khau dat dia diem va")


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found in a row.

    Attributes:
        row: Index of the row.
        end: Place behind the label and its colon in the row's text.
        share: Wrong letters as a share of its length.
        start: Where the label begins; an item letter before it does not belong to it.
        is_sure: Whether a colon or a figure behind it confirms the label.
    """

    name: str
    row: int
    end: int
    share: float
    start: int = 0
    is_sure: bool = False


def find_labels(rows: Sequence[Row], labels: Labels) -> list[LabelHit]:
    """The rows that begin with a label, in order; each label and each row at most once, best matches first."""
    return _chosen([hit for index, row in enumerate(rows) for hit in _hits_of_row(index, row, labels)])


def _chosen(hits: Iterable[LabelHit]) -> list[LabelHit]:
    chosen: dict[str, LabelHit] = {}
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.share, hit.row, -hit.end)):
        if hit.name not in chosen and hit.row not in taken:
            chosen[hit.name] = hit
            taken.add(hit.row)
    return sorted(chosen.values(), key=lambda hit: hit.row)


def rows_with_label(rows: Sequence[Row], labels: Labels, name: str) -> list[LabelHit]:
    """All rows that begin with one label, the best match of each."""
    best: dict[int, LabelHit] = {}
    for index, row in enumerate(rows):
        for hit in _hits_of_row(index, row, {name: labels[name]}):
            if hit.name == name and (index not in best or hit.share < best[index].share):
                best[index] = hit
    return list(best.values())


def _hits_of_row(index: int, row: Row, labels: Labels) -> list[LabelHit]:
    if find_long_date(row.clip.text):
        return [LabelHit(DATE_LINE, index, 0, 0.0)]
    clip = row.clip
    starts = {0, *(start for start, _, _ in clip.spans if start <= _LONGEST_MARKER)}
    starts |= {found.end() for found in _GLUED_MARKER.finditer(clip.folded[:_LONGEST_MARKER])}
    hits: list[LabelHit] = []
    for name, wordings in labels.items():
        meaning = meaning_of(wordings)
        for start in starts:
            found = [_hit_at(name, wording, index, clip, start) for wording in wordings]
            if meaning:
                known = [_widened(hit, clip, meaning) for hit in found if hit]
                may_mean = not known and _SCRAPS.fullmatch(clip.folded[:start])
                found = [_meant_at(name, meaning, index, clip, start)] if may_mean else known
            hits += [hit for hit in found if hit]
    return hits


def _hit_at(name: str, wording: str, index: int, clip: Clip, start: int) -> LabelHit | None:
    found = find_at_start(wording, clip.folded[start:])
    if not found:
        return None
    end = start + found.end
    behind = _BEHIND.match(clip.folded, end)
    is_sure = ":" in clip.text[end - 1 : end + 3]
    return LabelHit(name, index, behind.end() if behind else end, found.share, start, is_sure)


# ---------------------------------------------------------------- labels by their meaning


@lru_cache(maxsize=256)
def meaning_of(wordings: tuple[str, ...]) -> Meaning | None:
    """What a label is about that may have these wordings; None where only the wordings themselves count."""
    folded = {fold_in_place(wording).rstrip(": ") for wording in wordings}
    return next((one for one in MEANINGS if any(fold_in_place(known) in folded for known in one.known)), None)


def _meant_at(name: str, meaning: Meaning, index: int, clip: Clip, start: int) -> LabelHit | None:
    """A label of any wording at a place: words of labels, the key words, and the rest up to the colon."""
    leading = _LEADS_TO_RESIDENCE if meaning is RESIDENCE else _LEADS
    for at, leads in _key_places(clip.folded, start, leading):
        hits = [hit for key in meaning.keys if (hit := _key_at(name, key, meaning, index, clip, (start, at)))]
        hits += [
            hit
            for key in meaning.loose
            if (hit := _key_at(name, key, meaning, index, clip, (start, at))) and hit.is_sure
        ]
        best = min(hits, key=lambda hit: (not hit.is_sure, hit.share, -hit.end), default=None)
        if best and (best.is_sure or not leads or meaning is RESIDENCE):
            return replace(best, share=best.share + BY_MEANING * (1 + leads))
    return None


def _key_at(name: str, key: str, meaning: Meaning, index: int, clip: Clip, places: tuple[int, int]) -> LabelHit | None:
    """A label that begins at the first place, with its key words at the second."""
    start, at = places
    found = find_at_start(key, clip.folded[at:])
    if found is None or clip.folded[at + found.end : at + found.end + 1].isalnum():
        return None
    is_loose = key in meaning.loose
    hit = _widened(LabelHit(name, index, at + found.end, found.share, start), clip, meaning, is_loose=is_loose)
    if hit is None or not meaning.takes_figure:
        return hit
    has_figure = _FIGURE.match(clip.folded, hit.end) is not None
    is_alone = not is_loose and found.share <= SURE and not clip.text[hit.end :].strip()
    return replace(hit, is_sure=True) if has_figure or is_alone else None


def _key_places(folded: str, start: int, leading: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where key words may begin, with the number of words of labels before them."""
    at = start
    for leads in range(_MOST_LEADS + 1):
        word = _WORD.search(folded, at)
        if word is None or any(sign not in " .)(,:-–" or sign == "\n" for sign in folded[at : word.start()]):
            return
        yield word.start(), leads
        if word[0] not in leading:
            return
        at = word.end()


def _widened(hit: LabelHit, clip: Clip, meaning: Meaning, *, is_loose: bool = False) -> LabelHit | None:
    """A label with all the words that belong to it; None when they make it another one's.

    Args:
        hit: The wording or the key words found.
        clip: The row.
        meaning: What it is about.
        is_loose: Whether only words of labels may stand before the colon.
    """
    inside = clip.text.find(":", hit.start, hit.end)
    end = max(hit.start, len(clip.text[: inside if inside >= 0 else hit.end].rstrip(" :;.,\n")))
    is_capital = clip.text[hit.start : end].isupper()
    colon = _colon_of(clip, end, is_capital=is_capital, is_strict=meaning.is_strict or is_loose)
    last = colon if colon is not None else _tail_end(clip, end, meaning, is_capital=is_capital)
    if any(other in clip.folded[hit.start : last + 1] for other in meaning.others):
        return None
    behind = _BEHIND_MEANING.match(clip.folded, last)
    is_sure = colon is not None or (meaning.takes_figure and _FIGURE.match(clip.folded, last) is not None)
    return replace(hit, end=behind.end() if behind else last, is_sure=is_sure)


def _colon_of(clip: Clip, end: int, *, is_capital: bool, is_strict: bool) -> int | None:
    """The place of the colon that ends a label, when what stands before it can belong to the label."""
    at = clip.text.find(":", end, end + _LONGEST_LABEL)
    if at < 0:
        return None
    bare = _IN_BRACKETS.sub(" ", clip.text[end:at])
    words = _WORD.findall(bare)
    if all(fold_in_place(word) in _OF_LABELS for word in words) and not set(bare) & set(",;"):
        return at
    if is_strict or len(words) > _MOST_WORDS or set(bare) & set(",;\n.") or any(map(str.isdigit, bare)):
        return None
    return at if is_capital or not any(word[0].isupper() for word in words) else None


def _tail_end(clip: Clip, end: int, meaning: Meaning, *, is_capital: bool) -> int:
    """Where a label without a colon ends: behind the words that only labels have."""
    while True:
        brackets = _IN_BRACKETS.match(clip.text, end)
        end = brackets.end() if brackets else end
        word = _WORD.search(clip.text, end)
        if word is None or clip.text[end : word.start()].strip():
            return end
        folded = fold_in_place(word[0])
        if folded not in meaning.tails or (word[0][0].isupper() and not is_capital):
            return end
        if folded == "dat" and clip.text[word.end() : word.end() + 2].strip()[:1].islower():
            return end
        end = word.end()


def find_in_text(clip: Clip, meaning: Meaning) -> tuple[int, int] | None:
    """Start and end of the first label with a meaning in a text: beginning a line, behind a comma, or with a colon.

    The start is that of its line or of its first word, so that bits before a label go with it.
    """
    at = 0
    for line in clip.text.split("\n"):
        piece = clip.cut(at, at + len(line))
        skipped = len(line) - len(line.lstrip())
        found = _in_line(piece, meaning)
        if found:
            return at + skipped + found[0], at + skipped + found[1]
        at += len(line) + 1
    return None


def begins_with(line: str, meaning: Meaning) -> bool:
    """Whether a printed line begins with a label of a meaning."""
    return _meant_at("", meaning, 0, Clip(line, (), 0), 0) is not None


def _in_line(line: Clip, meaning: Meaning) -> tuple[int, int] | None:
    starts = [word.start() for word in _WORD.finditer(line.folded) if _SCRAPS.fullmatch(line.folded[: word.start()])]
    for start in starts:
        hit = _meant_at("", meaning, 0, line, start)
        if hit:
            return 0, hit.end
    for separator in _BEFORE_LABEL.finditer(line.folded):
        hit = _meant_at("", meaning, 0, line, separator.end())
        if hit and (hit.is_sure or (hit.share <= SURE and separator[0][0] in ",;")):
            return separator.end(), hit.end
    return None


def _within_row(index: int, row: Row, labels: Labels, after: int) -> list[LabelHit]:
    """Labels that stand behind another one's value on a line: behind a separator, with a colon or their figure."""
    clip = row.clip
    starts = {found.end() for found in _SEPARATOR.finditer(clip.folded, after)}
    at = 0
    for cell in row.cells()[:-1]:
        at += len(cell.items)
        starts.add(clip.spans[at][0])
    hits: list[LabelHit] = []
    for start in sorted(start for start in starts if start > after):
        item = _ITEM.match(clip.folded, start)
        place = item.end() if item else start
        for name, wordings in labels.items():
            meaning = meaning_of(wordings)
            found = _meant_at(name, meaning, index, clip, place) if meaning else None
            if found and found.is_sure:
                hits.append(replace(found, start=start))
    return hits


# ---------------------------------------------------------------- parts


def parts_behind(rows: Sequence[Row], labels: Labels, page: int) -> dict[str, Clip]:
    """What stands behind each label, up to the next one; rows above the first label are left out."""
    found = [hit for index, row in enumerate(rows) for hit in _hits_of_row(index, row, labels)]
    chosen = _chosen(found)
    named = {hit.name: hit for hit in chosen}
    for hit in chosen:
        for other in _within_row(hit.row, rows[hit.row], labels, hit.end):
            named.setdefault(other.name, other)
    hits = sorted(named.values(), key=lambda hit: (hit.row, hit.end))
    again = [hit.row for hit in found if hit.is_sure and hit.share <= SURE and meaning_of(labels[hit.name])]
    parts: dict[str, Clip] = {}
    for index, hit in enumerate(hits):
        parts[hit.name] = _part(rows, hit, hits[index + 1 : index + 2], again, page)
    return parts


def _part(rows: Sequence[Row], hit: LabelHit, following: Sequence[LabelHit], again: Sequence[int], page: int) -> Clip:
    """From behind a label to the next one, which may stand on the same line, or to one that was found before."""
    ends = [*(other.row for other in following), *(row for row in again if row > hit.row), len(rows)]
    if hit.row in ends:
        return clip_of_rows(rows[hit.row : hit.row + 1], page).cut(hit.end, following[0].start)
    return clip_of_rows(rows[hit.row : min(ends)], page).cut(hit.end)


def blocks_from(rows: Sequence[Row], labels: Labels, name: str) -> list[Sequence[Row]]:
    """The rows in parts that each begin with one label; one part where it stands once or not at all.

    Rows above the first one belong to the first part.
    """
    starts = [hit.row for hit in rows_with_label(rows, labels, name) if hit.is_sure]
    if len(starts) < 2:
        return [rows]
    return [rows[one:other] for one, other in pairwise([0, *starts[1:], len(rows)])]


def rows_between(rows: Sequence[Row], labels: Labels, first: str, *ends: str) -> list[Row]:
    """The rows from the one a label begins to the next of some other labels; empty when the first is not there."""
    hits = {hit.name: hit.row for hit in find_labels(rows, labels)}
    if first not in hits:
        return []
    start = hits[first]
    stops = [hits[name] for name in ends if name in hits and hits[name] > start]
    return list(rows[start : min(stops, default=len(rows))])


def first_label(rows: Sequence[Row], labels: Labels, *names: str) -> int:
    """The first row that begins with one of some labels; behind the last row when none does."""
    return min((hit.row for hit in find_labels(rows, labels) if hit.name in names), default=len(rows))
