"""The table of changes after issue: what was changed, and who confirmed it when.

Source: two columns since 2009 (circulars 17/2009, 23/2014, 10/2024/TT-BTNMT), the day on top of the confirmation;
three before, with the day in a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from app.domain.dates import find_short_date, fold_in_place, year_of
from app.domain.extraction.change_kinds import (
    LETTERS_BY_KIND,
    REASONS,
    SAME_SHAPE,
    kind_of,
    mended_wording,
    opens_change,
)
from app.domain.extraction.clips import Clip
from app.domain.extraction.dossier_numbers import find_number
from app.domain.extraction.drafts import Draft, derived, only_figures_count, read_draft, unread, value_of
from app.domain.extraction.fuzzy import find, find_at_start
from app.domain.extraction.issue_days import find_day, likely_day
from app.domain.extraction.lexicon import Lexicon, style_key
from app.domain.extraction.new_users import read_new_users
from app.domain.extraction.renumbering import read_renumbering
from app.domain.extraction.rows import Row, clip_of_rows, without_scraps
from app.domain.extraction.ruled import find_ruled
from app.domain.extraction.signature import is_capital_line
from app.domain.extraction.tables import find_head, is_number_row, split_columns

COLUMNS = {
    "on": (
        *("Ngày, tháng, năm", "Ngày tháng năm", "Thời gian", "Thời điểm", "Ngày đăng ký", "Ngày biến động"),
        *("Thời điểm đăng ký", "Ngày thay đổi", "Thời điểm biến động", "Ngày tháng"),
    ),
    "text": (
        "Nội dung thay đổi và cơ sở pháp lý",
        "Những nội dung thay đổi và cơ sở pháp lý",
        "Nội dung thay đổi, cơ sở pháp lý",
        "Nội dung thay đổi",
        "Những thay đổi",
        "Nội dung biến động và cơ sở pháp lý",
        "Nội dung biến động",
        "Nội dung thay đổi và căn cứ pháp lý",
    ),
    "office": (
        "Xác nhận của cơ quan có thẩm quyền",
        "Xác nhận của cơ quan nhà nước có thẩm quyền",
        "Xác nhận của cơ quan",
        "Cơ quan xác nhận",
        "Chứng nhận của cơ quan có thẩm quyền",
        "Cơ quan có thẩm quyền xác nhận",
        "Xác nhận của cơ quan đăng ký",
    ),
}
_ENDS = (
    "Người được cấp Giấy chứng nhận không được sửa chữa",
    "Số vào sổ cấp Giấy chứng nhận",
    "Số vào sổ cấp GCN",
)
_CHANGE_WORDS = (
    *("quyền sử dụng đất", "theo hồ sơ số", "đăng ký thế chấp", "theo hợp đồng", "thửa đất", "đính chính"),
    *("chuyển nhượng cho", "tặng cho", "thừa kế", "theo quyết định", "giấy chứng nhận", "ngân hàng", "hồ sơ số"),
    *("thay đổi", "gia hạn", "chuyển mục đích", "tờ bản đồ", "người sử dụng đất"),
)
_DAY = re.compile(r"ng\S?y\b")
_SLIPPED_DAY = re.compile(r"\D{0,2}(\d{1,2})\D(\d{1,2})\D(\d{4})\D{0,6}")
_THREE_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?[/⁄∕.\-]\s?(\d{1,2})\s?[/⁄∕.\-]\s?(\d{4})(?!\d)")
YEARS = (1988, 2039)
"""Days of changes lie in these years; in another one a figure was taken for a look-alike."""
_END_OF_ENTRY = re.compile(r"\d{3}\W{0,3}$|\.\s?$")
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
WIDER_STEP = 1.35
"""A step this much wider than the usual one of a column parts two entries."""
FAR_BELOW = 3.0
"""A confirmation this many line heights below a text is about another one, which was not seen."""
MOST_CHANGES = 60
LEGIBLE = 45.0
"""Mean confidence of a text below which nothing is made of it."""
OFFICES = (
    *("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "VĂN PHÒNG ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT"),
    *("PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", "PHÒNG ĐỊA CHÍNH", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "ỦY BAN NHÂN DÂN"),
    *("PHÒNG NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "PHÒNG NÔNG NGHIỆP VÀ ĐỊA CHÍNH"),
)
_UNIT_START = re.compile(r"\W{0,3}(?:huyen|thanh pho|thi xa|tinh|so \d|xa|phuong|quan|dat|dai)\b")
_LETTERED_BRANCH = re.compile(r"\bSỐ \d{1,2}$")
"""The number of a branch, which would look like a scrap."""
_GLUED_KIND = re.compile(r"(?<=[A-ZĐÀ-Ỹ])(?=(?:HUYỆN|THÀNH|TỈNH)(?:\s|$))")


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
    entries = [entry for entry in _entries(rows) if _is_entry(entry, page)][:MOST_CHANGES]
    drafts: list[Draft] = []
    for index, entry in enumerate(entries):
        drafts += _read_entry(entry, f"changes[{first + index}]", page, lexicon)
    return drafts


def _read_entry(entry: _Entry, where: str, page: int, lexicon: Lexicon) -> list[Draft]:
    """Everything about one change, and who uses the land after it."""
    clip = clip_of_rows(entry.text, page)
    drafts = _read_text(clip, where) if clip.text else [unread(f"{where}.text", page)]
    reason = REASONS.get(value_of(drafts, f"{where}.kind") or "")
    users = read_new_users(clip, reason, where, lexicon) if reason else []
    users += [] if reason else read_renumbering(clip, where)
    return [*drafts, *users, *_read_day(entry, where, page), *_read_office(entry.office, where, page, lexicon)]


# ---------------------------------------------------------------- the table


def _entries(rows: Sequence[Row]) -> list[_Entry]:
    found = _ruled_columns(rows)
    if found is None:
        by_column = _columns(rows)
        found = [by_column] if by_column else []
    return [entry for part in found for entry in _parted(part["text"], part["on"], part["office"])]


def _ruled_columns(rows: Sequence[Row]) -> list[dict[str, list[Row]]] | None:
    """The lines of each column by the rules of the table, for each of its rows, where they were found."""
    table = find_ruled(rows, COLUMNS, 2)
    if table is None or "text" not in table.names:
        return None
    parts: dict[int, dict[str, list[Row]]] = {}
    for place, lines in table.cells.items():
        name = table.name_of(place)
        if name:
            parts.setdefault(place.row, {}).setdefault(name, []).extend(lines)
    return [
        {name: _clean(name, (row for row in part.get(name, []) if not is_number_row(row))) for name in COLUMNS}
        for _, part in sorted(parts.items())
    ]


def _columns(rows: Sequence[Row]) -> dict[str, list[Row]] | None:
    head = find_head(rows, COLUMNS, least=2)
    if head is None or "text" not in head.names:
        return None
    below = rows[head.end :]
    end = next((at for at, row in enumerate(below) if any(find(words, row.clip.folded, 0.2) for words in _ENDS)), None)
    parts = [split_columns(row, head.columns) for row in below[:end] if not is_number_row(row)]
    return {name: _clean(name, (part[name] for part in parts if name in part)) for name in COLUMNS}


def _clean(name: str, rows: Iterable[Row]) -> list[Row]:
    """The lines of a column without scraps; figures stay, whatever the engine thinks of them."""
    kept = ((row, row if _LETTERED_BRANCH.search(row.clip.text) else without_scraps(row)) for row in rows)
    return [clean or row for row, clean in kept if clean or (_has_figures(row) and (name != "office" or _is_day(row)))]


def _is_day(row: Row) -> bool:
    return _PLACE_DATE.match(row.clip.folded) is not None


def _has_figures(row: Row) -> bool:
    return sum(map(str.isdigit, row.clip.text)) >= LEAST_LETTERS


def _parted(text: list[Row], day: list[Row], office: list[Row]) -> list[_Entry]:
    """Lines of the columns put together to entries: each begins where a text, a confirmation or a day does.

    A day or a confirmation far below the text above it belongs to an entry whose text was not seen.
    """
    confirmations = _groups(office, [at for at, row in enumerate(office) if _opens_confirmation(row)])
    dated = [group[0] for group in confirmations if _opens_confirmation(group[0])]
    days = [row for row in day if _has_figures(row)]
    starts = [
        at for at, row in enumerate(text) if _opens_entry(row, text[:at]) or _stands_beside(at, text, days, dated)
    ]
    texts = [group for group in _groups(text, starts) if _letters(group) >= LEAST_LETTERS]
    if days or len(texts) != len(dated):
        texts += [[row] for row in _lonely([*days, *dated], texts)]
        texts.sort(key=lambda group: group[0].middle)
    alike = len(texts) == len(confirmations)
    beside = dict(enumerate(confirmations)) if alike else _by_height(texts, office)
    tops = [group[0].middle - group[0].height for group in texts]
    entries = []
    for index, group in enumerate(texts):
        below = tops[index + 1] if index + 1 < len(tops) else float("inf")
        own = [row for row in day if (not index or tops[index] <= row.middle) and row.middle < below]
        is_seen = group[0] not in days and group[0] not in dated
        entries.append(_Entry(group if is_seen else [], own, beside.get(index, [])))
    return entries


def _lonely(marks: Sequence[Row], texts: Sequence[Sequence[Row]]) -> list[Row]:
    """Days and confirmations that no text begins beside, and that stand far below the one above them."""
    found: list[Row] = []
    for mark in sorted(marks, key=lambda row: row.middle):
        near = any(abs(group[0].middle - mark.middle) < SAME_HEIGHT * max(group[0].height, 1.0) for group in texts)
        above = [group for group in texts if group[0].middle < mark.middle]
        gap = mark.middle - above[-1][-1].middle if above else float("inf")
        if not near and above and gap > FAR_BELOW * max(mark.height, 1.0):
            found.append(mark)
    return found


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


def _stands_beside(at: int, text: Sequence[Row], days: Sequence[Row], dated: Sequence[Row]) -> bool:
    """Whether a line stands at the height of a day, or below a gap and beside the beginning of a confirmation."""
    if at == 0:
        return False
    row, height = text[at], max(text[at].height, 1.0)
    if any(abs(day.middle - row.middle) < height / 2 for day in days):
        return True
    steps = sorted(other.middle - one.middle for one, other in pairwise(text))
    step = row.middle - text[at - 1].middle
    near = any(abs(one.middle - row.middle) < SAME_HEIGHT * height for one in dated)
    return near and step > max(1.9 * height, WIDER_STEP * steps[len(steps) // 2])


def _by_height(texts: Sequence[Sequence[Row]], office: Sequence[Row]) -> dict[int, list[Row]]:
    """The lines of confirmations, each with the last entry that begins above it or at its height."""
    beside: dict[int, list[Row]] = {}
    for row in office:
        reach = row.middle + SAME_HEIGHT * row.height
        above = [index for index, text in enumerate(texts) if text[0].middle <= reach]
        if above:
            beside.setdefault(above[-1], []).append(row)
    return beside


def _opens_entry(row: Row, above: Sequence[Row]) -> bool:
    """Whether a line begins an entry: with a large letter, or one of that shape below a line that ends one."""
    clip = row.clip.strip(_EDGES + "+~“”‘’[]()")
    after_end = not above or _END_OF_ENTRY.search(above[-1].clip.text) is not None
    is_large = clip.text[:1].isupper() or (clip.text[:1] in {*SAME_SHAPE} and after_end)
    return is_large and opens_change(clip.folded)


def _opens_confirmation(row: Row) -> bool:
    return bool(_PLACE_DATE.search(row.clip.folded)) and _day_of(row.clip) is not None


def _is_entry(entry: _Entry, page: int) -> bool:
    """Whether a group of lines is an entry and not scraps of ruled paper."""
    if not entry.text:
        return True
    text = clip_of_rows(entry.text, page).folded.replace("\n", " ")
    return any(find(words, text, 0.2) for words in _CHANGE_WORDS)


# ---------------------------------------------------------------- values


def _read_text(clip: Clip, where: str) -> list[Draft]:
    start = re.search(r"[^\W\d_]{2}", clip.text)
    text = clip.cut(start.start() if start else 0).strip(_EDGES)
    spoken = kind_of(text, None)
    number = find_number(text, LETTERS_BY_KIND.get(spoken or ""))
    line = text.line
    if number and number.value:
        line = line.replace(number.clip.line, number.value)
        line = re.sub(rf"(?<=[^\W\d]){re.escape(number.value)}", f" {number.value}", line)
    line = mended_wording(_DATE_BLANKS.sub("", line).replace("⁄", "/"))
    doubts = ["mended" if line != text.line else ""]
    if text.words and mean(word.confidence for word in text.words) < LEGIBLE:
        return [unread(f"{where}.text", clip.page, text)]
    drafts = [read_draft(f"{where}.text", text, line or None, *doubts)]
    kind = kind_of(text, number.letters if number else None)
    if kind:
        drafts.append(derived(f"{where}.kind", kind, drafts[0]))
    if number:
        drafts.append(read_draft(f"{where}.dossier_number", number.clip, number.value, number.doubt))
    return drafts


def _read_day(entry: _Entry, where: str, page: int) -> list[Draft]:
    """The day: in its own column, else on top of the confirmation."""
    for row in (*entry.day, *entry.office[:2]):
        found = _day_of(row.clip)
        if found:
            draft = read_draft(f"{where}.on", row.clip, found[0], *found[2:])
            return [only_figures_count(draft, row.clip)]
    figures = [row for row in (*entry.day, *entry.office[:1]) if _has_figures(row)]
    return [unread(f"{where}.on", page, clip_of_rows(figures, page))] if figures else []


def _day_of(clip: Clip) -> tuple[str, ...] | None:
    """The ISO day and the raw text, and a doubt where its figures or the marks between them were seen badly."""
    numbers = _THREE_NUMBERS.search(clip.text)
    if numbers:
        found = find_short_date(numbers[0])
        if found and YEARS[0] <= year_of(found[0]) <= YEARS[1]:
            return found
        day = likely_day(numbers.groups(), YEARS)
        return (day, numbers[0], "mended") if day else None
    words = find_day(clip.text, YEARS)
    if words and words.day:
        return words.day, clip.text[words.start : words.end], words.doubt
    label = _DAY.search(clip.folded)
    slipped = _SLIPPED_DAY.fullmatch(clip.text[label.end() :].replace(" ", "")) if label else None
    mended = find_short_date("/".join(slipped.groups())) if slipped else None
    return (*mended, "slip") if mended and YEARS[0] <= year_of(mended[0]) <= YEARS[1] else None


def _read_office(rows: Sequence[Row], where: str, page: int, lexicon: Lexicon) -> list[Draft]:
    """The office that confirms: capital lines below the day, down to the title of who signs."""
    office: list[Row] = []
    for row in rows:
        if not office and _is_day_line(row):
            continue
        if _is_title(row) or not is_capital_line(row.clip.text):
            break
        office.append(row)
    while len(office) > 1 and _ends_before(office, page, lexicon):
        office.pop()
    if _letters(office) < LEAST_OFFICE_LETTERS:
        return []
    clip = clip_of_rows(office, page).strip(_EDGES)
    line = _office_name(clip.line)
    return [read_draft(f"{where}.confirmed_by", clip, line or None, "" if line == clip.line else "mended")]


def _ends_before(office: Sequence[Row], page: int, lexicon: Lexicon) -> bool:
    """Whether the last line is no part of the name: without it it is a known one, with it it is none."""
    if _UNIT_START.match(office[-1].clip.folded):
        return False
    whole, less = (_office_name(clip_of_rows(rows, page).line) for rows in (office, office[:-1]))
    return not lexicon.is_authority(whole) and lexicon.is_authority(less)


def _is_day_line(row: Row) -> bool:
    return _day_of(row.clip) is not None or (_has_figures(row) and _is_day(row))


def _office_name(line: str) -> str:
    """A name of an office with its own words put right; names of units behind them stay as read."""
    line = _GLUED_KIND.sub(" ", line) if "ĐẤT ĐAI" in line else line
    for office in OFFICES:
        hit = find_at_start(office, fold_in_place(line), 0.15)
        if hit and line[hit.end : hit.end + 1] in {"", " "}:
            same = style_key(line[: hit.end]) == style_key(office)
            return line if same else f"{office}{line[hit.end :]}"
    return line


def _is_title(row: Row) -> bool:
    text = row.clip.folded
    if _TITLE_START.match(text):
        return True
    letters = re.sub(r"^[\W_]+", "", text)
    words = letters.split()
    return len(words) <= 5 and any(find(title, letters, 0.3) for title in _TITLES)
