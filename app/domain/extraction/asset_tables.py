"""Houses and works in a table below their heading, one row for each.

Source: circulars 17/2009 and 23/2014/TT-BTNMT: type, built area, floor area, form of ownership, grade, term.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.extraction.assets import asset_value
from app.domain.extraction.drafts import Draft, derived
from app.domain.extraction.rows import Row
from app.domain.extraction.ruled import find_ruled, ruled_records, with_names_by_values
from app.domain.extraction.tables import Column, Record, find_head, records, split_unlabelled

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "order": ("Số thứ tự", "STT", "TT"),
    "name": (
        *("Loại nhà ở", "Loại nhà", "Tên công trình", "Hạng mục công trình", "Loại công trình", "Tên tài sản"),
        *("Loại rừng", "Loại cây", "Loại tài sản", "Tên hạng mục công trình"),
    ),
    "built_area_m2": ("Diện tích xây dựng",),
    "floor_area_m2": ("Diện tích sàn", "Diện tích sử dụng", "Diện tích sàn hoặc công suất", "Tổng diện tích sàn"),
    "structure": ("Kết cấu", "Kết cấu chủ yếu"),
    "floors": ("Số tầng",),
    "ownership": ("Hình thức sở hữu", "Sở hữu"),
    "grade": ("Cấp hạng", "Cấp (hạng)", "Cấp", "Cấp công trình"),
    "year": ("Năm hoàn thành xây dựng", "Năm hoàn thành"),
    "term": ("Thời hạn sở hữu", "Thời hạn được sở hữu", "Thời hạn"),
}
FIELDS = ("name", "built_area_m2", "floor_area_m2", "ownership", "grade", "floors", "term")
KEYS = ("built_area_m2", "floor_area_m2")
MOST_ASSETS = 40
_AREA = re.compile(r"\W{0,2}\d[\d.]*(?:,\d{1,2})?\W{0,3}$")
_VALUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("built_area_m2", _AREA),
    ("floor_area_m2", _AREA),
    ("ownership", re.compile(r"\W{0,2}s.\s?h.u")),
    ("term", re.compile(r"\W{0,2}(?:lau dai|den )|-/-")),
    ("grade", re.compile(r"\W{0,2}(?:cap |[iv1l]{1,4}$|\d$)")),
)
"""What the cells of a column begin with; of two columns with areas the built area comes first."""


def read_asset_table(rows: Sequence[Row], kind: str, first: int) -> list[Draft]:
    """The assets of the table among the rows; none where there is no table.

    Args:
        rows: Printed lines below the heading of their kind.
        kind: Kind of these assets.
        first: Number of the first one.
    """
    found = _ruled_records(rows) or _records(rows)
    drafts: list[Draft] = []
    for index, record in enumerate(found[:MOST_ASSETS]):
        where = f"assets[{first + index}]"
        drafts.append(derived(f"{where}.kind", kind))
        for field in FIELDS:
            clip = record.clip(field)
            if clip is not None:
                drafts += asset_value(f"{where}.{field}", clip)
    return drafts


def _ruled_records(rows: Sequence[Row]) -> list[Record]:
    """The rows of the table by its rules, where they were found."""
    table = find_ruled(rows, COLUMNS, 2)
    if table is None:
        return []
    table = with_names_by_values(table, dict(_VALUES))
    keys = _keys(table.columns)
    found = ruled_records(table, keys) if keys else []
    return [record for record in found if not record.is_total]


def _records(rows: Sequence[Row]) -> list[Record]:
    head = find_head(rows, COLUMNS, least=2)
    if head is None:
        return []
    body = rows[head.end :]
    columns = _named_by_values(split_unlabelled(head.columns, body), body)
    keys = _keys(columns)
    return records(body, columns, keys) if keys else []


def _keys(columns: Sequence[Column]) -> tuple[str, ...]:
    names = {column.name for column in columns}
    return tuple(key for key in KEYS if key in names)


def _named_by_values(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Columns whose label was seen too badly, named by what most of their cells hold."""
    taken = {column.name for column in columns if column.name}
    named: list[Column] = []
    for column in columns:
        if column.name is None:
            cells = [part.clip.folded for row in rows if (part := row.within(column.left, column.right))]
            fitting = [name for name, pattern in _VALUES if name not in taken and _most(cells, pattern)]
            taken |= {*fitting[:1]}
            named.append(replace(column, name=fitting[0]) if fitting else column)
        else:
            named.append(column)
    return named


def _most(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and 2 * sum(pattern.match(cell) is not None for cell in cells) > len(cells)
