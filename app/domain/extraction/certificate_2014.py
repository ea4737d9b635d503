"""The pages of the models of 2009 and 2014: one folded sheet, four pages, roman headings.

Source: circulars 17/2009 and 23/2014/TT-BTNMT. Letters before the items drift between printing programs, so lines are
known by their labels only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.domain.extraction.asset_tables import read_asset_table
from app.domain.extraction.assets import KINDS, read_listed_asset
from app.domain.extraction.changes import read_changes
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, unread
from app.domain.extraction.labels import DATE_LINE, Labels, find_labels, first_label, parts_behind
from app.domain.extraction.land import read_land
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import read_barcode_digits, read_codes, read_serial
from app.domain.extraction.notes import read_notes
from app.domain.extraction.people import holders_start, opens_holder, read_holders
from app.domain.extraction.rows import PageText, Row, clip_of_rows, without_gaps
from app.domain.extraction.signature import read_register_number, read_signature

PAGE_1 = {
    "holders": (
        "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
        "Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
    ),
}
PAGE_2 = {
    "parcel": ("Thửa đất số", "Thửa số"),
    "sheet": ("Tờ bản đồ số",),
    "address": ("Địa chỉ", "Địa chỉ thửa đất"),
    "area": ("Diện tích",),
    "form": ("Hình thức sử dụng",),
    "purpose": ("Mục đích sử dụng",),
    "term": ("Thời hạn sử dụng",),
    "origin": ("Nguồn gốc sử dụng",),
    "house": ("2. Nhà ở:", "Nhà ở:"),
    "works": ("3. Công trình xây dựng khác:", "Công trình xây dựng khác:"),
    "forest": ("4. Rừng sản xuất là rừng trồng:", "Rừng sản xuất là rừng trồng:"),
    "trees": ("5. Cây lâu năm:", "Cây lâu năm:"),
    "notes": ("6. Ghi chú:", "Ghi chú:"),
    "register": ("Số vào sổ cấp GCN", "Số vào sổ cấp Giấy chứng nhận"),
}
LAND = ("parcel", "sheet", "address", "area", "form", "purpose", "term", "origin")
BEHIND_LAND = ("house", "works", "forest", "trees", "notes", "register")
EXPECTED = frozenset({"address", "form", "term", "origin"})
SERIAL_DIGITS = 6
_SERIAL = re.compile(r"\W{0,2}[A-ZĐ]{1,2}\s?\d{6}\W{0,2}")


def read_page_1(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Holders and serial."""
    drafts = read_serial(page, SERIAL_DIGITS)
    if not drafts:
        drafts.append(unread("certificate.serial", page.page))
    holders = _holder_part(page)
    return drafts + (read_holders(holders, lexicon) if holders else [])


def _holder_part(page: PageText) -> Clip | None:
    """What stands under the heading "I.", down to a wide gap or the serial; without it, from the first holder on."""
    hits = {hit.name: hit.row for hit in find_labels(page.rows, PAGE_1)}
    first, start = holders_start(page.rows, hits.get("holders")) or (_first_holder(page.rows), 0)
    rows = [row for row in without_gaps(page.rows[first:]) if not _is_serial_row(row)]
    return clip_of_rows(rows, page.page).cut(start) if rows else None


def _first_holder(rows: Sequence[Row]) -> int:
    return next((index for index, row in enumerate(rows) if opens_holder(row.clip)), len(rows))


def _is_serial_row(row: Row) -> bool:
    return _SERIAL.fullmatch(row.clip.line) is not None


def read_page_2(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Parcel, assets, notes, signature and register number."""
    end = first_label(page.rows, PAGE_2, *BEHIND_LAND, DATE_LINE)
    land = {name: labels for name, labels in PAGE_2.items() if name in LAND}
    rest = {name: labels for name, labels in PAGE_2.items() if name not in LAND}
    drafts = read_land(page.rows[:end], land, lexicon, page.page, EXPECTED)
    parts = parts_behind(page.rows[end:], rest, page.page)
    drafts += _read_assets(page.rows[end:], rest, parts)
    drafts += read_notes(parts.get("notes"))
    drafts += read_signature(page.rows, lexicon, page.page)
    register = read_register_number(page.rows)
    return drafts + (register or [unread("certificate.register_number", page.page)])


def _read_assets(rows: Sequence[Row], labels: Labels, parts: Mapping[str, Clip]) -> list[Draft]:
    """Assets of each kind: a table below its heading, or text behind it."""
    hits = find_labels(rows, labels)
    ends = {hit.name: following.row for hit, following in pairwise(hits)}
    starts = {hit.name: hit.row for hit in hits}
    drafts: list[Draft] = []
    for name, kind in KINDS.items():
        if name not in starts:
            continue
        first = len({draft.path.partition(".")[0] for draft in drafts})
        below = rows[starts[name] + 1 : ends.get(name, len(rows))]
        drafts += read_asset_table(below, kind, first) or read_listed_asset(parts.get(name), kind, first)
    return drafts


def read_page_3(page: PageText, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """The first part of the table of changes."""
    return read_changes(page.rows, page.page, lexicon, first_change)


def read_page_4(page: PageText, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """The rest of the table of changes, and the bar code."""
    coded = read_codes(page)
    printed = read_barcode_digits(page)
    drafts = [*coded, *printed]
    if not any(draft.path == "certificate.barcode" for draft in drafts):
        drafts.append(unread("certificate.barcode", page.page))
    return drafts + read_changes(page.rows, page.page, lexicon, first_change)
