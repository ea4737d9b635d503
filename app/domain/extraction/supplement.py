"""The supplementary page ("trang bổ sung"): which certificate it belongs to, and more of the table of changes.

Source: circulars 17/2009, 23/2014 and 10/2024/TT-BTNMT: parcel number, serial and register number of the certificate
are repeated above the table.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.extraction.changes import read_changes
from app.domain.extraction.drafts import Draft
from app.domain.extraction.labels import parts_behind
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import read_serial
from app.domain.extraction.parcels import read_numbers
from app.domain.extraction.rows import PageText
from app.domain.extraction.signature import read_register_number

LABELS = {
    "parcel": ("Thửa đất số", "Số thửa", "Thửa số"),
    "sheet": ("Tờ bản đồ số",),
    "serial": ("Số phát hành Giấy chứng nhận", "Số phát hành", "Số seri", "Số hiệu Giấy chứng nhận"),
}


def read_supplement(page: PageText, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """The page's own evidence of serial, register number and parcel, and its changes."""
    parts = parts_behind(page.rows, LABELS, page.page)
    known = read_serial(page, None) + read_register_number(page.rows)
    known += read_numbers(parts, "parcels[0]", page.page) if "parcel" in parts else []
    drafts = [replace(draft, doubts=(*draft.doubts, "supplement")) for draft in known if draft.value is not None]
    return drafts + read_changes(page.rows, page.page, lexicon, first_change)
