"""The table of changes after issue: what was changed, and who confirmed it when.

Source: two columns since 2009 (circulars 17/2009, 23/2014, 10/2024/TT-BTNMT), the day on top of the confirmation;
three before, with the day in a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.dates import find_long_date, find_short_date
from app.domain.extraction.change_kinds import KIND_BY_LETTERS, REASONS, kind_of, opens_change
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, only_figures_count, read_draft
from app.domain.extraction.fuzzy import find
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.new_users import read_current_users
from app.domain.extraction.rows import Row, clip_of_rows, without_scraps
from app.domain.extraction.ruled import find_ruled
from app.domain.extraction.signature import is_capital_line
from app.domain.extraction.tables import find_head, is_number_row, split_columns

COLUMNS = {
    "on": ("Ngày, tháng, năm", "Ngày tháng năm"),
    "text": (
        "Nội dung thay đổi và cơ sở pháp lý",
        "Những nội dung thay đổi và cơ sở pháp lý",
        "Nội dung thay đổi, cơ sở pháp lý",
        "Nội dung thay đổi",
        "Những thay đổi",
    ),
    "office": (
        "Xác nhận của cơ quan có thẩm quyền",
        "Xác nhận của cơ quan nhà nước có thẩm quyền",
        "Xác nhận của cơ quan",
        "Cơ quan xác nhận",
    ),
}
_ENDS = (
    "Người được cấp Giấy chứng nhận không được sửa chữa",
    "Số vào sổ cấp Giấy chứng nhận",
    "Số vào sổ cấp GCN",
)
_CHANGE_WORDS = (
    *("quyền sử dụng đất", "theo hồ sơ số", "đăng ký thế chấp", "theo hợp đồng", "thửa đất", "đính chính"),
    *("chuyển nhượng cho", "tặng cho", "thừa kế", "theo quyết định", "giấy chứng nhận", "ngân hàng"),
)
_DAY = re.compile(r"ng\S?y\b")
_SLIPPED_DAY = re.compile(r"\D{0,2}(\d{1,2})\D(\d{1,2})\D(\d{4})\D{0,6}")
_NUMBER = re.compile(r"(?<!\d)(\d{4,7})[\s.,:;'’‘]{1,3}([A-ZĐ]{2})([A-ZĐŒ]?)[\s.,:;'’‘]{1,3}(\d{2,4})(?!\d)")
_DATE_BLANKS = re.compile(r"(?<=\d/) (?=\d)|(?<=\d) (?=/\d)")
_TITLES = ("phó giám đốc", "giám đốc", "phó chủ tịch", "chủ tịch", "trưởng phòng", "phó trưởng phòng", "chi cục trưởng")
_TITLE_START = re.compile(r"^[\W_]{0,8}(?:kt|tuq|tl|q)\b[.,/]?\s?")
_PLACE_DATE = re.compile(r"^[^\d\n]{0,40}\bng\S?y\b")
_EDGES = " ;:,-–_…·|'\"`"
LEAST_LETTERS = 4
"""Letters a line of the table needs; less is a scrap of the stamp."""
LEAST_OFFICE_LETTERS = 6
SAME_HEIGHT = 1.4
"""Lines whose middles differ by less than this many line heights begin side by side."""
MOST_CHANGES = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the table: its printed lines by column."""

    text: list[Row]
    day: list[Row]
    office: list[Row]


def read_changes(rows: Sequence[Row], page: int, lexicon: Lexicon, first: int = 0) -> list[Draft]:
    """The entries of the table on one page, and who uses the land after the last of them.

    Args:
        rows: The page's rows.
        page: Its index.
        lexicon: Closed lists.
        first: How many entries earlier pages had.
    """
    entries = [entry for entry in _entries(rows) if _speaks_of_change(entry, page)][:MOST_CHANGES]
    drafts = []
    for index, entry in enumerate(entries):
        where = f"changes[{first + index}]"
        drafts += _read_text(clip_of_rows(entry.text, page), where)
        drafts += _read_day(entry, where, page)
        drafts += _read_office(entry.office, where, page)
    return drafts + _current_users(entries, page, lexicon)


def _current_users(entries: Sequence[_Entry], page: int, lexicon: Lexicon) -> list[Draft]:
    """Source: when the last transfer names somebody else, that person is the present user (form 01, O to R)."""
    for entry in reversed(entries):
        clip = clip_of_rows(entry.text, page)
        number = _NUMBER.search(clip.text)
        reason = REASONS.get(kind_of(clip, number[2] if number else None) or "")
        if reason:
            return read_current_users(clip, reason, lexicon)
    return []


# ---------------------------------------------------------------- the table


def _entries(rows: Sequence[Row]) -> list[_Entry]:
    by_column = _ruled_columns(rows) or _columns(rows)
    return _parted(by_column["text"], by_column["on"], by_column["office"]) if by_column else []


def _ruled_columns(rows: Sequence[Row]) -> dict[str, list[Row]] | None:
    """The lines of each column by the rules of the table, where they were found."""
    table = find_ruled(rows, COLUMNS, 2)
    if table is None or "text" not in table.names:
        return None
    return {name: _clean(row for row in table.lines(name) if not is_number_row(row)) for name in COLUMNS}


def _columns(rows: Sequence[Row]) -> dict[str, list[Row]] | None:
    head = find_head(rows, COLUMNS, least=2)
    if head is None or "text" not in head.names:
        return None
    below = rows[head.end :]
    end = next((at for at, row in enumerate(below) if any(find(words, row.clip.folded, 0.2) for words in _ENDS)), None)
    parts = [split_columns(row, head.columns) for row in below[:end] if not is_number_row(row)]
    return {name: _clean(part[name] for part in parts if name in part) for name in COLUMNS}


def _clean(rows: Iterable[Row]) -> list[Row]:
    return [row for row in (without_scraps(row) for row in rows) if row is not None]


def _parted(text: list[Row], day: list[Row], office: list[Row]) -> list[_Entry]:
    """Lines of the columns put together to entries: each begins where a text or a confirmation does."""
    confirmations = _groups(office, [at for at, row in enumerate(office) if _opens_confirmation(row)])
    starts = [at for at, row in enumerate(text) if _opens_entry(row) or _stands_beside(row, at, text, confirmations)]
    texts = [group for group in _groups(text, starts) if _letters(group) >= LEAST_LETTERS]
    alike = len(texts) == len(confirmations)
    beside = dict(enumerate(confirmations)) if alike else _by_height(texts, office)
    tops = [group[0].middle - group[0].height for group in texts]
    entries = []
    for index, group in enumerate(texts):
        below = tops[index + 1] if index + 1 < len(tops) else float("inf")
        days = [row for row in day if (not index or tops[index] <= row.middle) and row.middle < below]
        entries.append(_Entry(group, days, beside.get(index, [])))
    return entries


def _groups(rows: Sequence[Row], starts: Sequence[int]) -> list[list[Row]]:
    """Rows in groups that each begin at one of some places; rows above the first make a group as well."""
    if not rows:
        return []
    borders = sorted({*starts, 0})
    groups = [list(rows[one:other]) for one, other in pairwise([*borders, len(rows)])]
    if len(groups) > 1 and 0 not in starts and _letters(groups[0]) < 3 * LEAST_LETTERS:
        return groups[1:]
    return groups


def _letters(rows: Sequence[Row]) -> int:
    return sum(map(str.isalpha, "".join(row.clip.text for row in rows)))


def _stands_beside(row: Row, at: int, text: Sequence[Row], confirmations: Sequence[Sequence[Row]]) -> bool:
    """Whether a line that begins with a capital stands below a gap and beside the beginning of a confirmation."""
    if at == 0 or not row.clip.strip(_EDGES).text[:1].isupper():
        return False
    step = row.middle - text[at - 1].middle
    near = any(abs(group[0].middle - row.middle) < SAME_HEIGHT * row.height for group in confirmations)
    return near and step > 1.9 * row.height


def _by_height(texts: Sequence[Sequence[Row]], office: Sequence[Row]) -> dict[int, list[Row]]:
    """The lines of confirmations, each with the last entry that begins above it or at its height."""
    beside: dict[int, list[Row]] = {}
    for row in office:
        reach = row.middle + SAME_HEIGHT * row.height
        above = [index for index, text in enumerate(texts) if text[0].middle <= reach]
        if above:
            beside.setdefault(above[-1], []).append(row)
    return beside


def _opens_entry(row: Row) -> bool:
    clip = row.clip.strip(_EDGES + "+~“”‘’[]()")
    return clip.text[:1].isupper() and opens_change(clip.folded)


def _opens_confirmation(row: Row) -> bool:
    return bool(_PLACE_DATE.search(row.clip.folded)) and _day_of(row.clip) is not None


def _speaks_of_change(entry: _Entry, page: int) -> bool:
    """Whether a group of lines is an entry and not scraps of ruled paper."""
    text = clip_of_rows(entry.text, page).folded.replace("\n", " ")
    return any(find(words, text, 0.2) for words in _CHANGE_WORDS)


# ---------------------------------------------------------------- values


def _read_text(clip: Clip, where: str) -> list[Draft]:
    start = re.search(r"[^\W\d_]{2}", clip.text)
    text = clip.cut(start.start() if start else 0).strip(_EDGES)
    number = next((found for found in _NUMBER.finditer(text.text) if _is_dossier_number(found)), None)
    dossier = f"{number[1]}.{number[2]}.{number[4]}" if number else ""
    line = text.line.replace(text.line_of(number), dossier) if number else text.line
    line = _DATE_BLANKS.sub("", line)
    drafts = [read_draft(f"{where}.text", text, line or None, "" if line == text.line else "mended")]
    kind = kind_of(text, number[2] if number else None)
    if kind:
        drafts.append(derived(f"{where}.kind", kind, drafts[0]))
    if number:
        piece = text.match(number)
        drafts.append(read_draft(f"{where}.dossier_number", piece, dossier, "" if piece.line == dossier else "mended"))
    return drafts


def _is_dossier_number(found: re.Match[str]) -> bool:
    """A third letter is only a slip where the two before it are letters of the list."""
    return not found[3] or found[2] in KIND_BY_LETTERS


def _read_day(entry: _Entry, where: str, page: int) -> list[Draft]:
    """The day: in its own column, else on top of the confirmation."""
    for row in (*entry.day, *entry.office[:2]):
        found = _day_of(row.clip)
        if found:
            draft = read_draft(f"{where}.on", row.clip, found[0], *found[2:])
            return [only_figures_count(draft, row.clip)]
    if entry.day:
        clip = clip_of_rows(entry.day, page)
        if sum(map(str.isdigit, clip.text)) >= LEAST_LETTERS:
            return [read_draft(f"{where}.on", clip, None, "unread")]
    return []


def _day_of(clip: Clip) -> tuple[str, ...] | None:
    """The ISO day and the raw text, and a doubt where the marks between its figures were seen badly."""
    found = find_short_date(clip.text) or find_long_date(clip.text)
    label = _DAY.search(clip.folded)
    if found or not label:
        return found
    slipped = _SLIPPED_DAY.fullmatch(clip.text[label.end() :].replace(" ", ""))
    mended = find_short_date("/".join(slipped.groups())) if slipped else None
    return (*mended, "slip") if mended else None


def _read_office(rows: Sequence[Row], where: str, page: int) -> list[Draft]:
    """The office that confirms: capital lines below the day, down to the title of who signs."""
    if not rows:
        return []
    start = 1 if _day_of(rows[0].clip) else 0
    office = []
    for row in rows[start:]:
        if _is_title(row) or not (is_capital_line(row.clip.text) or not start):
            break
        office.append(row)
    if _letters(office) < LEAST_OFFICE_LETTERS:
        return []
    clip = clip_of_rows(office, page).strip(_EDGES)
    return [read_draft(f"{where}.confirmed_by", clip, clip.line or None)]


def _is_title(row: Row) -> bool:
    text = row.clip.folded
    if _TITLE_START.match(text):
        return True
    letters = re.sub(r"^[\W_]+", "", text)
    words = letters.split()
    return len(words) <= 5 and any(find(title, letters, 0.3) for title in _TITLES)
