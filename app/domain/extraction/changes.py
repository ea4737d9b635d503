"""The table of changes after issue: what was changed on the left, who confirmed it on the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.dates import find_long_date, find_short_date
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, only_figures_count, read_draft
from app.domain.extraction.fuzzy import find, find_at_start
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.people import read_current_users
from app.domain.extraction.rows import Row, clip_of_rows
from app.domain.extraction.signature import is_capital_line

_LEFT_HEAD = "Nội dung thay đổi và cơ sở pháp lý"
_RIGHT_HEAD = "Xác nhận của cơ quan có thẩm quyền"
_ENDS = ("Người được cấp Giấy chứng nhận không được sửa chữa", "Số vào sổ cấp Giấy chứng nhận", "Số vào sổ cấp GCN")
_OPENERS = (
    *(
        "the chap",
        "xoa noi dung",
        "xoa the chap",
        "chuyen nhuong",
        "tang cho",
        "thua ke",
        "dinh chinh",
        "chuyen muc dich",
    ),
    *(
        "gia han",
        "cap doi",
        "cap lai",
        "thay doi",
        "gop von",
        "chuyen doi",
        "da chuyen",
        "cho thue",
        "dang ky",
        "tach thua",
    ),
)
_CHANGE_WORDS = ("quyền sử dụng đất", "theo hồ sơ số", "đăng ký thế chấp", "theo hợp đồng", "thửa đất", "đính chính")
_DAY = re.compile(r"ng\S?y\s")
_NUMBER = re.compile(r"(?<!\d)(\d{4,7})[\s.,'’‘]{1,3}([A-ZĐ]{2})[\s.,'’‘]{1,3}(\d{2,4})(?!\d)")
_TITLES = re.compile(r"^[\W_]{0,8}(?:kt|tuq|q)?[.,]?\s?(?:pho\s)?(?:giam doc|chu tich|truong phong)")
_EDGES = " ;:,-–_…·|'\"`"
LEAST_LETTERS = 4
"""Letters a line of the table needs; less is a scrap of the stamp."""
OPENING = 32
"""Letters at the beginning of an entry that say what kind it is."""
_REASONS = {"chuyen nhuong": "transfer", "tang cho": "gift", "thua ke": "inheritance"}
KINDS = {
    "xoa noi dung": "Xóa thế chấp",
    "the chap": "Thế chấp",
    "chuyen nhuong": "Chuyển nhượng",
    "tang cho": "Tặng cho",
    "thua ke": "Thừa kế",
    "dinh chinh": "Đính chính",
    "chuyen muc dich": "Chuyển mục đích sử dụng đất",
    "gia han": "Gia hạn",
}
"""Kinds of change by how their text begins."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The two columns below the heading."""

    left: list[Row]
    right: list[Row]


def read_changes(rows: Sequence[Row], page: int, lexicon: Lexicon, first: int = 0) -> list[Draft]:
    """The entries of the table on one page, and who uses the land after the last of them.

    Args:
        rows: The page's rows.
        page: Its index.
        lexicon: Closed lists.
        first: How many entries earlier pages had.
    """
    table = _find_table(rows)
    if table is None:
        return []
    entries = _parts(table.left, _opens_entry)
    confirmations = _parts(table.right, _opens_confirmation)
    entries = [entry for entry in entries if _speaks_of_change(entry, page)]
    drafts = []
    for index, entry in enumerate(entries):
        where = f"changes[{first + index}]"
        drafts += _read_entry(clip_of_rows(entry, page), where)
        if index < len(confirmations):
            drafts += _read_confirmation(confirmations[index], where, page)
    return drafts + _current_users(entries, page, lexicon)


def _current_users(entries: Sequence[Sequence[Row]], page: int, lexicon: Lexicon) -> list[Draft]:
    """Source: when the last transfer names somebody else, that person is the present user (form 01, O to R)."""
    for entry in reversed(entries):
        clip = clip_of_rows(entry, page)
        reason = next((reason for words, reason in _REASONS.items() if _near_beginning(clip, words)), None)
        if reason:
            return read_current_users(clip, reason, lexicon)
    return []


def _near_beginning(clip: Clip, words: str) -> bool:
    return find(words, clip.folded[:OPENING], 0.2) is not None


def _find_table(rows: Sequence[Row]) -> _Table | None:
    for index, row in enumerate(rows):
        right = find(_RIGHT_HEAD, row.clip.folded, 0.3)
        left = find(_LEFT_HEAD, row.clip.folded, 0.3)
        if left and right and right.start > left.start:
            border = _border(row, left.end, right.start)
            return _columns(rows[index + 1 :], border)
    return None


def _border(row: Row, left_end: int, right_start: int) -> float:
    """Between the headings: they are centred in their columns."""
    spans = row.clip.spans
    left = max(item.right for item, (_, end, _) in zip(row.items, spans, strict=True) if end <= left_end + 1)
    right = min(item.left for item, (start, _, _) in zip(row.items, spans, strict=True) if start >= right_start - 1)
    return (left + right) / 2


def _columns(rows: Sequence[Row], border: float) -> _Table:
    left, right = [], []
    for row in rows:
        if any(find(end, row.clip.folded, 0.2) for end in _ENDS):
            break
        one, other = row.within(float("-inf"), border), row.within(border, float("inf"))
        left += [one] if one else []
        right += [other] if other else []
    return _Table(left, right)


def _parts(rows: Sequence[Row], opens: Callable[[Row], bool]) -> list[list[Row]]:
    """Rows in groups that each begin with one that opens; words above the first of these open a group as well."""
    parts: list[list[Row]] = []
    for row in rows:
        is_text = sum(map(str.isalpha, row.clip.text)) >= LEAST_LETTERS
        if opens(row) or (is_text and not parts):
            parts.append([])
        if parts and (is_text or any(map(str.isdigit, row.clip.text))):
            parts[-1].append(row)
    return parts


def _speaks_of_change(entry: Sequence[Row], page: int) -> bool:
    """Whether a group of lines is an entry and not scraps of ruled paper."""
    text = clip_of_rows(entry, page).folded.replace("\n", " ")
    return any(find(words, text, 0.2) for words in _CHANGE_WORDS)


def _opens_entry(row: Row) -> bool:
    clip = row.clip.strip(_EDGES + "+~“”‘’[]()")
    return clip.text[:1].isupper() and any(find_at_start(opener, clip.folded, 0.2) for opener in _OPENERS)


def _opens_confirmation(row: Row) -> bool:
    return bool(_DAY.search(row.clip.folded)) and _day_of(row.clip) is not None


def _day_of(clip: Clip) -> tuple[str, str] | None:
    return find_short_date(clip.text) or find_long_date(clip.text)


def _read_entry(clip: Clip, where: str) -> list[Draft]:
    start = re.search(r"[^\W\d_]{2}", clip.text)
    text = clip.cut(start.start() if start else 0).strip(_EDGES)
    number = _NUMBER.search(text.text)
    dossier = f"{number[1]}.{number[2]}.{number[3]}" if number else ""
    line = text.line.replace(text.line_of(number), dossier) if number else text.line
    drafts = [read_draft(f"{where}.text", text, line or None, "" if line == text.line else "mended")]
    kind = next((word for opener, word in KINDS.items() if _near_beginning(text, opener)), None)
    if kind:
        drafts.append(derived(f"{where}.kind", kind, drafts[0]))
    if number:
        piece = text.match(number)
        drafts.append(read_draft(f"{where}.dossier_number", piece, dossier, "" if piece.line == dossier else "mended"))
    return drafts


def _read_confirmation(rows: Sequence[Row], where: str, page: int) -> list[Draft]:
    first = rows[0].clip
    found = _day_of(first)
    drafts = [only_figures_count(read_draft(f"{where}.on", first, found[0]), first)] if found else []
    office = []
    for row in rows[1:]:
        if _TITLES.match(row.clip.folded) or not is_capital_line(row.clip.text):
            break
        office.append(row)
    if office:
        clip = clip_of_rows(office, page).strip(_EDGES)
        drafts.append(read_draft(f"{where}.confirmed_by", clip, clip.line))
    return drafts
