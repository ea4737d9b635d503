"""Several parcels in a table: one row for each, or several rows where a parcel has several purposes.

Source: circulars 1427 CV/ĐC (the list of plots of the model of 1993), 29/2004, 17/2009, 23/2014 and 10/2024/TT-BTNMT:
the columns are the labels of the single parcel. Their order and wording differ between printing programs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from app.domain.code_lists import key_of
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, value_of
from app.domain.extraction.labels import DATE_LINE, LabelHit, Labels, find_labels
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.parcels import parcel_number, parcel_place, read_parcel
from app.domain.extraction.rows import CellPlace, Row, clip_of_rows
from app.domain.extraction.ruled import RuledTable, find_ruled, nameless_tables, ruled_records, with_names_by_values
from app.domain.extraction.tables import Column, Head, Record, find_head, is_total_row, records, split_unlabelled
from app.domain.extraction.uses import UseTexts, area_draft, area_of, is_nothing, read_uses
from app.domain.text import fold

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "order": ("Số thứ tự", "STT", "TT"),
    "sheet": ("Tờ bản đồ số", "Số tờ bản đồ", "Tờ bản đồ", "Số hiệu tờ bản đồ", "Số tờ", "Tờ số"),
    "parcel": ("Thửa đất số", "Số thửa", "Số thửa đất", "Thửa số", "Số hiệu thửa đất", "Số hiệu thửa", "Thửa đất"),
    "address": ("Địa chỉ thửa đất", "Địa chỉ", "Xứ đồng", "Tên xứ đồng", "Địa danh", "Địa danh thửa đất"),
    "area": ("Diện tích", "Diện tích đất", "Diện tích thửa đất", "Tổng diện tích"),
    "areas": (
        "Diện tích riêng chung",
        "Diện tích chung riêng",
        "Diện tích sử dụng riêng chung",
        "Diện tích sử dụng riêng sử dụng chung",
        "Hình thức sử dụng riêng chung",
        "Hình thức sử dụng sử dụng riêng sử dụng chung",
    ),
    "form": ("Hình thức sử dụng", "Hình thức sử dụng đất"),
    "purpose": ("Mục đích sử dụng", "Mục đích sử dụng đất", "Mục đích", "Loại đất"),
    "term": ("Thời hạn sử dụng", "Thời hạn sử dụng đất", "Thời hạn"),
    "origin": ("Nguồn gốc sử dụng", "Nguồn gốc sử dụng đất", "Nguồn gốc"),
    "extra": ("Phần ghi thêm", "Ghi chú", "Ghi thêm"),
}
RULED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{name: wordings for name, wordings in COLUMNS.items() if name != "areas"},
    "own": (
        *("Riêng", "Sử dụng riêng", "Diện tích riêng", "Diện tích sử dụng riêng"),
        *("Hình thức sử dụng riêng", "Hình thức sử dụng sử dụng riêng"),
    ),
    "shared": (
        *("Chung", "Sử dụng chung", "Diện tích chung", "Diện tích sử dụng chung"),
        *("Hình thức sử dụng chung", "Hình thức sử dụng sử dụng chung"),
    ),
}
"""The same where each column of the grid has its own label."""
_FIGURES = re.compile(r"\W{0,2}[a-zA-Z]{0,2}\d[\d.,/\-]*\W{0,2}$")
_WHOLE_NUMBER = re.compile(r"\W{0,2}\d{1,5}\W{0,2}$")
_TWO_NUMBERS = re.compile(r"\W{0,2}[a-z]?\d{1,4}\s{1,3}\W{0,2}[a-z]?\d{1,5}")
_VALUES: Mapping[str, re.Pattern[str]] = {
    "area": re.compile(r"\W{0,2}\d{1,3}(?:\.\d{3})*,\d{1,2}\W{0,2}$|\W{0,2}\d{1,3}\.\d{3}\W{0,2}$"),
    "form": re.compile(r"\W{0,2}(?:su dung )?(?:rieng|chung)\W{0,2}$"),
    "term": re.compile(r"\W{0,2}(?:lau dai|den |\d{1,2}/\d{1,2}/\d{4})"),
    "purpose": re.compile(r"\W{0,2}(?:d.t|nui) (?!duoc|nha nuoc|nhan|cong nhan)"),
    "address": re.compile(r".{0,60}\b(?:xa|phuong|thi tran|thon|xom|duong|to dan pho|tdp|khu pho|xu dong|canh dong)\b"),
    "origin": re.compile(r"\W{0,2}(?:nha nuoc|cong nhan|nhan |duoc |dat |khong thu|thu tien|su dung)"),
}
"""What the cells of a column begin with."""
WORDS_APART = 1.5
"""A blank of typewriters may be this many line heights wide."""
KEYS = ("parcel", "area", "own", "shared", "sheet")
MOST_PARCELS = 100
SURE_LABEL = 0.15
"""Wrong letters of a label that ends a table, as a share."""
_DITTO = re.compile(r"\W{0,3}(?:nt|n t|nhu tren|//|[\"”“″,]{1,3})\W{0,3}")
_DITTO_COLUMNS = ("sheet", "address", "purpose", "term", "origin", "form")


@dataclass(frozen=True, slots=True)
class ParcelTable:
    """A table found: where it stands, and what is in it.

    Attributes:
        first: Index of the head's first row.
        end: Index of the first row behind the table.
        names: Columns it has.
        records: Rows of the table, the total left out.
        total: The area of the total row.
    """

    first: int
    end: int
    names: frozenset[str]
    records: tuple[Record, ...]
    total: Decimal | None


def find_parcel_table(rows: Sequence[Row], labels: Labels) -> ParcelTable | None:
    """The table of parcels among the rows.

    Args:
        rows: Printed lines; the table reaches to the total row, to a line with one of the labels, or to the last one.
        labels: Of lines that may stand below the table.
    """
    ruled = _ruled_parcel_table(rows)
    if ruled is not None:
        return ruled
    head = find_head(rows, COLUMNS)
    if head is None or not head.names & {"parcel", "sheet"}:
        return None
    end = _end(rows, head.end, labels)
    columns = _named_by_values(_with_shares(head, rows[head.first : head.end]), rows[head.end : end])
    if not {"parcel", "area"} <= {column.name for column in columns} and not _has_shares(columns):
        return None
    names = frozenset(column.name for column in columns if column.name)
    return _parcel_table(head.first, end, names, records(rows[head.end : end], columns, KEYS))


def _ruled_parcel_table(rows: Sequence[Row]) -> ParcelTable | None:
    """The table by its rules, where they were found."""
    table = find_ruled(rows, RULED_COLUMNS, 3)
    if table is None:
        return None
    table = _with_number(_with_own_areas(with_names_by_values(table, _VALUES)))
    if "parcel" not in table.names or not table.names & {"area", "own", "shared"} or _is_run_together(table):
        return None
    found = _parcel_table(table.first, table.end, table.names, ruled_records(table, KEYS))
    return found if found.records else None


def _with_own_areas(table: RuledTable) -> RuledTable:
    """Beside a column of shared areas the other one holds the own ones, if its label was seen only in part."""
    if "shared" not in table.names or "own" in table.names:
        return table
    at = next((at for at, column in enumerate(table.columns) if column.name == "shared"), 0)
    if at == 0 or table.columns[at - 1].name != "area":
        return table
    return replace(
        table,
        columns=tuple(
            replace(column, name="own") if place == at - 1 else column for place, column in enumerate(table.columns)
        ),
    )


def _with_number(table: RuledTable) -> RuledTable:
    """The only column of whole numbers left without a name holds those of the parcels, or of the sheets beside them."""
    missing = {"parcel", "sheet"} - table.names
    left = [at for at, column in enumerate(table.columns) if column.name is None and _holds_numbers(table, at)]
    if len(missing) != 1 or len(left) != 1:
        return table
    (name,), (at,) = missing, left
    beside = {column.name for column in table.columns[max(0, at - 1) : at + 2]}
    if name == "sheet" and ("parcel" not in beside or _counts(table, at)):
        return table
    columns = tuple(replace(column, name=name) if place == at else column for place, column in enumerate(table.columns))
    return replace(table, columns=columns)


def _counts(table: RuledTable, at: int) -> bool:
    """Whether a column only counts the rows: 1, 2, 3."""
    cells = sorted((cell for cell in table.cells.items() if cell[0].column == at), key=_row_of)
    figures = [_figures(clip_of_rows(rows, rows[0].page)) for _, rows in cells]
    agree = sum(figure == str(number) for number, figure in enumerate(figures, start=1))
    return 2 * agree >= len(figures)


def _is_run_together(table: RuledTable) -> bool:
    """Whether most cells of the parcels' column hold two numbers: the rule before or behind it was not seen."""
    cells = [rows for place, rows in table.cells.items() if table.name_of(place) == "parcel" and place.col_span == 1]
    return 2 * sum(any(_TWO_NUMBERS.match(row.clip.folded) for row in rows) for rows in cells) > len(cells) > 0


def _holds_numbers(table: RuledTable, at: int) -> bool:
    cells = [" ".join(row.clip.folded for row in rows) for place, rows in table.cells.items() if place.column == at]
    return _most(cells, _WHOLE_NUMBER)


def _parcel_table(first: int, end: int, names: frozenset[str], found: Sequence[Record]) -> ParcelTable:
    total = next((record for record in found if record.is_total), None)
    body = [record for record in found if not record.is_total][:MOST_PARCELS]
    area = area_of(total.clip("area") or total.clip("own")) if total else None
    return ParcelTable(first, end, names, tuple(_resolved(body)), area)


def find_list_of_plots(rows: Sequence[Row]) -> ParcelTable | None:
    """The list of plots of the model of 1993 where its head was seen too badly: columns by the body alone.

    Source: official letter 1427 CV/ĐC: sheet, plot, area, purpose, term, remarks, in this order.
    """
    start = next((at for at, row in enumerate(rows) if _is_plot(row)), None)
    if start is None:
        return None
    if start and rows[start].middle - rows[start - 1].middle < rows[start].height and len(rows[start - 1].cells()) == 1:
        start -= 1  # the upper line of a cell set in the middle of its row
    end = next((at + 1 for at in range(start, len(rows)) if is_total_row(rows[at])), len(rows))
    body = [row for row in rows[start:end] if not is_total_row(row)]
    whole = [Column(None, float("-inf"), float("inf"))]
    columns = _in_known_order(split_unlabelled(whole, body, WORDS_APART), body)
    if not columns:
        return None
    found = records(rows[start:end], columns, KEYS)
    total = next((record for record in found if record.is_total), None)
    plots = [record for record in found if not record.is_total][:MOST_PARCELS]
    names = frozenset(column.name for column in columns if column.name)
    if not {"parcel", "area"} <= names:
        return None
    return ParcelTable(start, end, names, tuple(_resolved(plots)), area_of(total.clip("area")) if total else None)


def find_list_by_rules(rows: Sequence[Row]) -> ParcelTable | None:
    """The same list in a ruled table whose head was not seen at all, with all its columns."""
    if _ruled_parcel_table(rows) is not None:
        return None
    return next((table for table in map(_list_by_rules, nameless_tables(rows)) if table), None)


def _list_by_rules(table: RuledTable) -> ParcelTable | None:
    """The list in a ruled table of which only the body was seen."""
    texts = [
        [
            " ".join(row.clip.folded for row in rows)
            for place, rows in sorted(table.cells.items(), key=_row_of)
            if place.column == at and place.col_span == 1
        ]
        for at in range(len(table.columns))
    ]
    names = _known_order([_most(column, _FIGURES) for column in texts])
    columns = tuple(replace(column, name=name) for column, name in zip(table.columns, names, strict=False))
    if names[:5] != ["sheet", "parcel", "area", "purpose", "term"] or len(columns) < len(table.columns):
        return None
    named = replace(table, columns=columns)
    found = [record for record in ruled_records(named, KEYS) if record.is_total or _figures(record.clip("parcel"))]
    return _parcel_table(named.first, named.end, named.names, found) if found else None


def _row_of(cell: tuple[CellPlace, tuple[Row, ...]]) -> int:
    return cell[0].row


def _is_plot(row: Row) -> bool:
    cells = row.cells()
    return len(cells) >= 3 and sum(_FIGURES.fullmatch(cell.clip.text) is not None for cell in cells) >= 2


def _in_known_order(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Columns of figures first (sheet, plot, area; the last two where there are only two), then those of words."""
    kinds = [_most([_text_in(row, column) for row in rows if _text_in(row, column)], _FIGURES) for column in columns]
    return [replace(column, name=name) for column, name in zip(columns, _known_order(kinds), strict=False)]


def _known_order(are_figures: Sequence[bool]) -> list[str]:
    figures = next((at for at, is_figures in enumerate(are_figures) if not is_figures), len(are_figures))
    if not 2 <= figures <= 3:
        return []
    return [*("sheet", "parcel", "area")[-figures:], "purpose", "term", "extra"][: len(are_figures)]


def _end(rows: Sequence[Row], start: int, labels: Labels) -> int:
    """The row behind the table: behind its total row, or the first that begins with a label and a colon."""
    for index in range(start, len(rows)):
        if is_total_row(rows[index]):
            return index + 1
        hits = find_labels(rows[index : index + 1], labels)
        if any(hit.name == DATE_LINE or (hit.share <= SURE_LABEL and _has_colon(rows[index], hit)) for hit in hits):
            return index
    return len(rows)


def _has_colon(row: Row, hit: LabelHit) -> bool:
    return ":" in row.clip.text[max(0, hit.end - 3) : hit.end]


def _with_shares(head: Head, rows: Sequence[Row]) -> list[Column]:
    """Columns in which the one over "riêng | chung" is two."""
    columns: list[Column] = []
    for column in head.columns:
        border = _border_of_shares(column, rows) if column.name == "areas" else None
        if border is None:
            columns.append(replace(column, name="area") if column.name == "areas" else column)
        else:
            columns.append(replace(column, name="own", right=border))
            columns.append(replace(column, name="shared", left=border))
    return columns


def _has_shares(columns: Sequence[Column]) -> bool:
    names = {column.name for column in columns}
    return {"parcel", "own"} <= names


def _named_by_values(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Columns whose label was seen too badly, named by what most of their cells hold."""
    taken = {column.name for column in columns if column.name}
    named: list[Column] = []
    for column in columns:
        name = column.name
        if name is None:
            cells = [text for row in rows if (text := _text_in(row, column))]
            name = next(
                (each for each, pattern in _VALUES.items() if each not in taken and _most(cells, pattern)), None
            )
            taken |= {name} if name else set()
        named.append(replace(column, name=name))
    return named


def _text_in(row: Row, column: Column) -> str:
    part = row.within(column.left, column.right)
    return part.clip.folded if part else ""


def _most(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(cells) and sum(pattern.match(cell) is not None for cell in cells) > len(cells) / 2


def _border_of_shares(column: Column, rows: Sequence[Row]) -> float | None:
    items = [item for row in rows for item in row.items if column.left < (item.left + item.right) / 2 < column.right]
    own = next((item for item in reversed(items) if fold(item.word.text).startswith("rieng")), None)
    shared = next((item for item in reversed(items) if fold(item.word.text).startswith("chung")), None)
    return (own.right + shared.left) / 2 if own and shared and own.right < shared.left else None


def _resolved(found: Sequence[Record]) -> list[Record]:
    """Records in which a ditto mark stands for the cell above it."""
    resolved: list[Record] = []
    for record in found:
        cells = dict(record.cells)
        for name in _DITTO_COLUMNS:
            clip = record.clip(name)
            above = resolved[-1].cells.get(name) if resolved else None
            if clip and above and _DITTO.fullmatch(clip.folded):
                cells[name] = above
        resolved.append(Record(cells))
    return resolved


# ---------------------------------------------------------------- drafts


def read_parcel_table(
    table: ParcelTable, shared: Mapping[str, Clip], lexicon: Lexicon, page: int, expected: frozenset[str]
) -> list[Draft]:
    """Everything about the parcels of a table.

    Args:
        table: As found.
        shared: What is printed once for all of them, by the names of `parcels.read_parcel`.
        lexicon: Closed lists.
        page: The page, to name it where nothing was found.
        expected: Names the model prints; those of the table's own columns are added.
    """
    drafts: list[Draft] = []
    wanted = expected | (table.names & {"address", "term", "origin", "form", "purpose"})
    for index, group in enumerate(_by_parcel(table.records)):
        drafts += _read_group(group, f"parcels[{index}]", shared, lexicon, page, wanted)
    return with_total(drafts, table.total)


def with_total(drafts: list[Draft], total: Decimal | None) -> list[Draft]:
    """Areas of parcels held against a printed total."""
    areas = [draft for draft in drafts if re.fullmatch(r"parcels\[\d+\]\.area_m2", draft.path)]
    if total is None or not areas or any(draft.value is None for draft in areas):
        return drafts
    agrees = sum(Decimal(draft.value or 0) for draft in areas) == total
    doubt = "total_agrees" if agrees else "total_differs"
    return [replace(draft, doubts=(*draft.doubts, doubt)) if draft in areas else draft for draft in drafts]


def _by_parcel(found: Sequence[Record]) -> list[list[Record]]:
    """Records of one parcel together: rows without a number of their own, or with the number of the row above."""
    groups: list[list[Record]] = []
    for record in found:
        if groups and _goes_on(groups[-1][0], record):
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _goes_on(first: Record, record: Record) -> bool:
    number, sheet = _figures(record.clip("parcel")), _figures(record.clip("sheet"))
    if not number:
        return not sheet and "sheet" in first.cells
    same = number == _figures(first.clip("parcel")) and sheet in ("", _figures(first.clip("sheet")))
    one, other = first.clip("purpose"), record.clip("purpose")
    return same and one is not None and other is not None and key_of(one.line) != key_of(other.line)


def _figures(clip: Clip | None) -> str:
    return re.sub(r"[^0-9A-Za-z/\-]", "", clip.text) if clip and any(map(str.isdigit, clip.text)) else ""


def _read_group(
    group: Sequence[Record], where: str, shared: Mapping[str, Clip], lexicon: Lexicon, page: int, wanted: frozenset[str]
) -> list[Draft]:
    lines = [line for record in group for line in _by_area(record)]
    if len(lines) == 1:
        return read_parcel(_parts(lines[0], shared), where, lexicon, page, wanted)
    parts = _parts(lines[0], shared)
    drafts = [
        parcel_number(f"{where}.number", parts.get("parcel"), page),
        parcel_number(f"{where}.sheet", parts.get("sheet"), page),
        *parcel_place(parts, where, lexicon, page, wanted),
    ]
    areas = [area_draft(f"{where}.area_m2", area) for line in lines if (area := _parts(line, {}).get("area"))]
    whole, lines = _whole_area(areas, lines, where)
    drafts.append(whole)
    for index, line in enumerate(lines):
        drafts += _read_use(_parts(line, shared), where, index, lexicon, page, wanted)
    return drafts


def _whole_area(areas: Sequence[Draft], lines: list[Record], where: str) -> tuple[Draft, list[Record]]:
    """The parcel's area: the first one where the others add up to it, else the sum of all."""
    numbers = [Decimal(draft.value) for draft in areas if draft.value]
    if len(numbers) == len(lines) > 2 and numbers[0] == sum(numbers[1:]):
        return areas[0], lines[1:]
    total = format(sum(numbers, Decimal(0)), "f")
    is_whole = len(numbers) == len(lines)
    return (derived(f"{where}.area_m2", total, *areas) if is_whole else replace(areas[0], value=None)), lines


def _read_use(
    parts: Mapping[str, Clip], where: str, index: int, lexicon: Lexicon, page: int, wanted: frozenset[str]
) -> list[Draft]:
    """One purpose on a row of its own."""
    texts = UseTexts(parts.get("purpose"), parts.get("term"), parts.get("origin"), parts.get("form"))
    drafts = read_uses(texts, where, lexicon, page, wanted)
    kept = [
        replace(draft, path=draft.path.replace(".uses[0].", f".uses[{index}].", 1))
        for draft in drafts
        if draft.path.startswith(f"{where}.uses[0].")
    ]
    area = parts.get("area")
    path = f"{where}.uses[{index}].area_m2"
    return kept if area is None or value_of(kept, path) else [*kept, area_draft(path, area)]


def _by_area(record: Record) -> list[Record]:
    """A record in parts where its area column holds several areas on lines of their own, each with its purpose."""
    areas = [row for row in record.cells.get("area", ()) if area_of(clip_of_rows([row], row.page)) is not None]
    purposes = record.cells.get("purpose", ())
    if len(areas) < 2 or len(purposes) < 2:
        return [record]
    borders = [(one.middle + other.middle) / 2 for one, other in pairwise(areas)]
    parts: list[dict[str, list[Row]]] = [{} for _ in areas]
    for name, rows in record.cells.items():
        for row in rows:
            at = sum(row.middle > border for border in borders)
            parts[at].setdefault(name, []).append(row)
    return [Record({name: tuple(rows) for name, rows in part.items()}) for part in parts]


def _parts(record: Record, shared: Mapping[str, Clip]) -> dict[str, Clip]:
    """The cells of a record by the names `parcels.read_parcel` knows, with what is printed once for all."""
    parts = dict(shared)
    for name in record.cells:
        clip = record.clip(name)
        if clip is not None and name not in {"own", "shared", "order", "extra"}:
            parts[name] = clip
    shares = [
        (clip, word)
        for clip, word in ((record.clip("own"), "riêng"), (record.clip("shared"), "chung"))
        if clip is not None and not is_nothing(clip) and area_of(clip)
    ]
    if len(shares) == 1 and "area" not in record.cells:
        parts["area"] = shares[0][0]
    if len(shares) == 1:
        parts["form"] = Clip(shares[0][1], shares[0][0].spans[:1], page=shares[0][0].page)
    return parts
