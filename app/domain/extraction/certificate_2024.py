"""The two pages of the model of 2024.

Source: circular 10/2024/TT-BTNMT. Birth years, addresses of holders and origins are not printed on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.extraction.assets import read_labelled_asset
from app.domain.extraction.changes import read_changes
from app.domain.extraction.drafts import Draft, unread
from app.domain.extraction.labels import DATE_LINE, blocks_from, find_labels, parts_behind, rows_with_label
from app.domain.extraction.land import read_land
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import read_codes, read_printed_code, read_serial
from app.domain.extraction.notes import read_notes
from app.domain.extraction.parcels import PRINTED
from app.domain.extraction.people import holders_start, opens_holder, read_holders
from app.domain.extraction.rows import PageText, Row, clip_of_rows
from app.domain.extraction.signature import read_register_number, read_signature
from app.domain.extraction.uses import is_nothing

HEADINGS = {
    "holders": ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:",),
    "land": ("2. Thông tin thửa đất:", "2. Thông tin về thửa đất:", "2. Thửa đất:"),
    "assets": ("3. Thông tin tài sản gắn liền với đất:", "3. Tài sản gắn liền với đất:"),
    "end": ("Thông tin chi tiết được thể hiện tại mã QR",),
}
PARCEL = {
    "parcel": ("Thửa đất số", "Thửa số"),
    "sheet": ("Tờ bản đồ số",),
    "area": ("Diện tích",),
    "purpose": ("Loại đất", "Mục đích sử dụng"),
    "term": ("Thời hạn sử dụng",),
    "form": ("Hình thức sử dụng",),
    "address": ("Địa chỉ", "Địa chỉ thửa đất"),
}
ASSET = {
    "asset_name": ("Tên tài sản",),
    "asset_area": ("Diện tích sử dụng",),
    "ownership": ("Hình thức sở hữu",),
    "asset_term": ("Thời hạn sở hữu",),
    "asset_address": ("Địa chỉ", "Địa chỉ tài sản"),
}
BACK = {
    "plan": ("4. Sơ đồ thửa đất, tài sản gắn liền với đất",),
    "notes": ("5. Ghi chú:", "Ghi chú:"),
    "changes": ("6. Những thay đổi sau khi cấp Giấy chứng nhận",),
    "register": ("Số vào sổ cấp Giấy chứng nhận",),
}
SERIAL_DIGITS = 8


def read_front(page: PageText, lexicon: Lexicon) -> list[Draft]:
    """Holders, parcel, asset, signature, serial, QR code and code."""
    rows = page.rows
    coded = read_codes(page)
    drafts = [*read_serial(page, SERIAL_DIGITS), *coded, *read_printed_code(page)]
    drafts += [unread(path, page.page) for path in _CODED if path not in {draft.path for draft in drafts}]
    parts = _parts(rows)
    holders = rows[parts["holders"] : parts["land"]]
    if holders:
        drafts += read_holders(clip_of_rows(holders, page.page).cut(parts["behind"]), lexicon)
    drafts += read_land(rows[parts["land"] : parts["assets"]], PARCEL, lexicon, page.page, PRINTED)
    drafts += _read_assets(rows[parts["assets"] : parts["end"]], page.page)
    return drafts + read_signature(rows, lexicon, page.page)


def _parts(rows: Sequence[Row]) -> dict[str, int]:
    """Where holders, land and assets begin and the last one ends, by headings; by first labels where one was lost."""
    heads = {hit.name: hit.row for hit in find_labels(rows, HEADINGS)}
    end = min((heads[name] for name in (DATE_LINE, "end") if name in heads), default=len(rows))
    named = (hit.row for hit in rows_with_label(rows[:end], ASSET, "asset_name") if hit.is_sure)
    assets = heads.get("assets", min(named, default=end))
    numbered = (hit.row for hit in rows_with_label(rows[:assets], PARCEL, "parcel") if hit.is_sure)
    land = heads.get("land", min(numbered, default=assets))
    opened = next((index for index, row in enumerate(rows[:land]) if opens_holder(row.clip)), land)
    holders, behind = holders_start(rows[:land], heads.get("holders")) or (opened, 0)
    ends = {"land": max(holders, land), "assets": max(land, assets), "end": end}
    return {"holders": holders, "behind": behind, **ends}


_CODED = ("certificate.serial", "certificate.qr", "certificate.code")


def _read_assets(rows: Sequence[Row], page: int) -> list[Draft]:
    heading = parts_behind(rows[:1], HEADINGS, page).get("assets")
    if heading and heading.text and is_nothing(heading):
        return []
    drafts: list[Draft] = []
    for block in blocks_from(rows[1:] if heading else rows, ASSET, "asset_name"):
        drafts += read_labelled_asset(parts_behind(block, ASSET, page), f"assets[{len(_indexes(drafts))}]")
    return drafts


def _indexes(drafts: Sequence[Draft]) -> set[str]:
    return {draft.path.partition(".")[0] for draft in drafts}


def read_back(page: PageText, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """Notes, changes and the register number."""
    parts = parts_behind(page.rows, BACK, page.page)
    register = read_register_number(page.rows) or [unread("certificate.register_number", page.page)]
    return [*read_notes(parts.get("notes")), *register, *read_changes(page.rows, page.page, lexicon, first_change)]
