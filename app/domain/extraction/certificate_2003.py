"""The pages of the model of 2003: a red cover, then five roman headings over pages 2 and 3, changes on page 4.

Source: decisions 24/2004/QĐ-BTNMT and 08/2006/QĐ-BTNMT. Values are handwritten, typed or printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.extraction.assets import read_free_assets
from app.domain.extraction.changes import read_changes
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, unread
from app.domain.extraction.labels import DATE_LINE, Labels, find_labels, parts_behind, rows_between, rows_with_label
from app.domain.extraction.land import read_land
from app.domain.extraction.legibility import legible_only
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import read_serial
from app.domain.extraction.notes import read_notes
from app.domain.extraction.people import read_holders
from app.domain.extraction.rows import PageText, Row, clip_of_rows
from app.domain.extraction.signature import read_register_number, read_signature

HEADINGS = {
    "holders": ("I- Tên người sử dụng đất", "Tên người sử dụng đất"),
    "land": ("II- Thửa đất được quyền sử dụng", "Thửa đất được quyền sử dụng"),
    "assets": ("III- Tài sản gắn liền với đất", "Tài sản gắn liền với đất"),
    "notes": ("IV- Ghi chú", "Ghi chú:"),
    "plan": ("V- Sơ đồ thửa đất", "Sơ đồ thửa đất"),
}
LAND = {
    "parcel": ("Thửa đất số", "Thửa số", "Số thửa"),
    "sheet": ("Tờ bản đồ số", "Số tờ bản đồ"),
    "address": ("Địa chỉ thửa đất", "Địa chỉ"),
    "area": ("Diện tích",),
    "form": ("Hình thức sử dụng",),
    "purpose": ("Mục đích sử dụng",),
    "term": ("Thời hạn sử dụng",),
    "origin": ("Nguồn gốc sử dụng",),
}
EXPECTED = frozenset({"address", "form", "term", "origin"})
SERIAL_DIGITS = 6
YEARS = (1988, 2010)
"""Years of issue of the models of 1993 and 2003."""


def read_cover(page: PageText) -> list[Draft]:
    """The serial; the red cover says nothing else about the certificate."""
    return read_serial(page, SERIAL_DIGITS) or [unread("certificate.serial", page.page)]


def has_headings(rows: Sequence[Row]) -> bool:
    """Whether a page is laid out under the roman headings; the model of 1993 occurs in both layouts."""
    names = {hit.name for hit in find_labels(rows, HEADINGS)}
    return len(names & {"holders", "land", "assets"}) >= 2


def read_page_2(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Holders, land, assets and notes."""
    return legible_only(read_headed_page(page, lexicon))


def read_headed_page(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Everything under the roman headings I to IV."""
    rows = page.rows
    headings = _headings_of(rows)
    holders = rows_between(rows, headings, "holders", "land", "assets", "notes")
    drafts = read_holders(clip_of_rows(holders[1:], page.page), lexicon) if len(holders) > 1 else []
    if not drafts:
        drafts = [unread("holders[0].name", page.page)]
    land = rows_between(rows, headings, "land", "assets", "notes", "plan", DATE_LINE)
    drafts += read_land(land[1:] if land else rows, LAND, lexicon, page.page, EXPECTED)
    assets = rows_between(rows, headings, "assets", "notes", "plan", DATE_LINE)
    drafts += read_free_assets(_below(assets, page.page, "assets"))
    notes = rows_between(rows, headings, "notes", "plan", DATE_LINE)
    return drafts + read_notes(_below(notes, page.page, "notes"))


def _headings_of(rows: Sequence[Row]) -> Labels:
    """The headings to look for: "Số thửa đất" is so near "Sơ đồ thửa đất" that it would end the land's part."""
    plan = next((hit.row for hit in find_labels(rows, HEADINGS) if hit.name == "plan"), None)
    is_parcel = any(hit.row == plan for hit in rows_with_label(rows, LAND, "parcel"))
    return {name: wordings for name, wordings in HEADINGS.items() if name != "plan" or not is_parcel}


def _below(rows: Sequence[Row], page: int, name: str) -> Clip | None:
    """What stands behind a heading and under it."""
    return parts_behind(rows, {name: HEADINGS[name]}, page).get(name) if rows else None


def read_page_3(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Date, authority, signer and register number, below the plan."""
    drafts = read_signature(page.rows, lexicon, page.page, YEARS)
    register = read_register_number(page.rows) or [unread("certificate.register_number", page.page)]
    return legible_only([*drafts, *register])


def read_page_4(page: PageText, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """The table of changes."""
    return legible_only(read_changes(page.rows, page.page, lexicon, first_change))
