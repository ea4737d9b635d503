"""The pages of the model of 1993: a red cover, the holder and a list of plots on page 2, plan and signature on page 3.

Source: decision 201-QĐ/ĐKTK of 1989 and official letter 1427 CV/ĐC of 1995. Values are handwritten, typed or printed
by dot matrix; areas have no decimals. Some were filled in under the roman headings of the later model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from app.domain.extraction.addresses import address_draft
from app.domain.extraction.certificate_2003 import has_headings, read_headed_page
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, unread
from app.domain.extraction.labels import find_labels
from app.domain.extraction.land import read_land
from app.domain.extraction.legibility import legible_only
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.old_purposes import with_old_purposes
from app.domain.extraction.parcel_tables import (
    find_list_by_rules,
    find_list_of_plots,
    find_parcel_table,
    read_parcel_table,
    with_total,
)
from app.domain.extraction.people import read_holders
from app.domain.extraction.rows import PageText, Row, clip_of_rows
from app.domain.extraction.uses import find_area

LABELS = {
    "certified": ("CHỨNG NHẬN",),
    "granted": ("Được quyền sử dụng", "Được sử dụng"),
    "table": ("Theo bảng liệt kê dưới đây", "Theo bảng liệt kê", "Bảng liệt kê"),
}
LAND = {
    "parcel": ("Thửa đất số", "Thửa số", "Số thửa"),
    "sheet": ("Tờ bản đồ số", "Số tờ bản đồ"),
    "area": ("Diện tích",),
    "purpose": ("Mục đích sử dụng",),
    "term": ("Thời hạn sử dụng",),
    "origin": ("Nguồn gốc sử dụng",),
}
EXPECTED = frozenset({"term"})
_PLACE = re.compile(r"^\W{0,4}tai\b[\s:;.,]*", re.MULTILINE)
_PLACE_IN_LINE = re.compile(r"\btai\s?[:;.]?\s*(?=(?:xa|phuong|thi tran|thon|xom|khu|ban|so|to|pho|duong)\b)")


def read_page_2(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Holder, place and plots."""
    if has_headings(page.rows):
        return legible_only(with_old_purposes(read_headed_page(page, lexicon)))
    at = {hit.name: hit.row for hit in find_labels(page.rows, LABELS)}
    granted = at.get("granted", at.get("table", len(page.rows)))
    holders = read_holders(clip_of_rows(_holder_rows(page.rows, at, granted), page.page), lexicon)
    drafts = holders or [unread("holders[0].name", page.page)]
    rows = page.rows[granted:]
    labelled = at.get("table", -1) - granted
    list_at = _list_start(rows, labelled)
    land = _plots(rows[list_at:], lexicon, page.page)
    granting = clip_of_rows(rows[: labelled if labelled >= 0 else list_at], page.page)
    land += _places(land, _place(granting), lexicon)
    return legible_only(with_old_purposes([*drafts, *with_total(land, _granted_area(granting))]))


def _holder_rows(rows: Sequence[Row], at: dict[str, int], end: int) -> Sequence[Row]:
    """Rows between "CHỨNG NHẬN" and "Được quyền sử dụng"."""
    start = at["certified"] + 1 if at.get("certified", end) < end else 0
    return rows[start:end]


def _plots(rows: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    """The list of plots: by the labels of its head, else by the order of its columns."""
    by_rules = find_list_by_rules(rows)
    if by_rules is not None:
        return read_parcel_table(by_rules, {}, lexicon, page, EXPECTED)
    if find_parcel_table(rows, LAND) is None:
        table = find_list_of_plots(rows)
        if table is not None:
            return read_parcel_table(table, {}, lexicon, page, EXPECTED)
    return read_land(rows, LAND, lexicon, page, EXPECTED)


def _list_start(rows: Sequence[Row], labelled: int) -> int:
    """Where the list of plots begins: below "Theo bảng liệt kê dưới đây", else at the head of its table."""
    if 0 <= labelled < len(rows):
        return labelled + 1
    table = find_parcel_table(rows, LAND)
    return table.first if table else 0


def _granted_area(clip: Clip) -> Decimal | None:
    """The area granted, the sum of the plots."""
    found = find_area(clip)
    return found[0] if found else None


def _place(clip: Clip) -> Clip | None:
    """Where the land lies: behind "Tại", on a line of its own or behind the area."""
    found = _PLACE.search(clip.folded) or _PLACE_IN_LINE.search(clip.folded)
    return clip.cut(found.end()) if found else None


def _places(land: Sequence[Draft], place: Clip | None, lexicon: Lexicon) -> list[Draft]:
    """The place printed once belongs to every plot without one of its own."""
    numbers = [draft.path.removesuffix(".number") for draft in land if draft.path.endswith("].number")]
    own = {draft.path for draft in land}
    missing = [f"{where}.address" for where in numbers if f"{where}.address" not in own]
    return [address_draft(path, place, lexicon) for path in missing] if place and place.text else []
