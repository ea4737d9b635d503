"""The table of changes after issue: what was changed on the left, who confirmed it on the right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.dates import find_long_date, find_short_date
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft
from app.domain.extraction.fuzzy import find, find_at_start
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
_DAY = re.compile(r"ng\S?y\s")
_NUMBER = re.compile(r"(\d{4,7}\s?\.\s?[A-ZĐ]{2}\s?\.\s?\d{2,4})")
_TITLES = re.compile(r"^[\W_]{0,8}(?:kt|tuq|q)?[.,]?\s?(?:pho\s)?(?:giam doc|chu tich|truong phong)")
_EDGES = " ;:,-–_…·|'\"`"
KINDS = {
    "the chap": "Thế chấp",
    "xoa noi dung": "Xóa thế chấp",
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


def read_changes(rows: Sequence[Row], page: int, first: int = 0) -> list[Draft]:
    """The entries of the table on one page.

    Args:
        rows: The page's rows.
        page: Its index.
        first: How many entries earlier pages had.
    """
    table = _find_table(rows)
    if table is None:
        return []
    entries = _parts(table.left, _opens_entry)
    confirmations = _parts(table.right, _opens_confirmation)
    drafts = []
    for index, entry in enumerate(entries):
        where = f"changes[{first + index}]"
        drafts += _read_entry(clip_of_rows(entry, page), where)
        if index < len(confirmations):
            drafts += _read_confirmation(confirmations[index], where, page)
    return drafts


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
    parts: list[list[Row]] = []
    for row in rows:
        if opens(row):
            parts.append([])
        if parts:
            parts[-1].append(row)
    return parts


def _opens_entry(row: Row) -> bool:
    clip = row.clip.strip(_EDGES + "+~“”‘’[]()")
    return clip.text[:1].isupper() and any(find_at_start(opener, clip.folded, 0.2) for opener in _OPENERS)


def _opens_confirmation(row: Row) -> bool:
    text = row.clip.text
    return bool(_DAY.search(row.clip.folded)) and bool(find_short_date(text) or find_long_date(text))


def _read_entry(clip: Clip, where: str) -> list[Draft]:
    text = clip.strip(_EDGES)
    drafts = [read_draft(f"{where}.text", text, text.line)]
    kind = next((word for opener, word in KINDS.items() if find_at_start(opener, text.folded, 0.2)), None)
    if kind:
        drafts.append(derived(f"{where}.kind", kind, drafts[0]))
    number = _NUMBER.search(text.text)
    if number:
        drafts.append(read_draft(f"{where}.dossier_number", text.match(number), re.sub(r"\s", "", number[1])))
    return drafts


def _read_confirmation(rows: Sequence[Row], where: str, page: int) -> list[Draft]:
    first = rows[0].clip
    found = find_short_date(first.text) or find_long_date(first.text)
    drafts = [read_draft(f"{where}.on", first, found[0])] if found else []
    office = []
    for row in rows[1:]:
        if _TITLES.match(row.clip.folded) or not is_capital_line(row.clip.text):
            break
        office.append(row)
    if office:
        clip = clip_of_rows(office, page).strip(_EDGES)
        drafts.append(read_draft(f"{where}.confirmed_by", clip, clip.line))
    return drafts
