"""What is printed on identity cards: cards with a chip of 2021 and 2024, cards of 2016, papers of nine digits before.

A page may show both sides of a card, or several cards, above or beside each other. Values are drafts whose path is the
name of the value alone: `number, old_number, name, sex, born, address, issued_on`.

Source: circulars 59/2021 and 17/2024/TT-BCA; older labels from general knowledge, to be verified on real cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.dates import find_long_date, find_short_date, fold_in_place
from app.domain.dossier import IdKind, Sex
from app.domain.extraction.clips import Clip, box_around
from app.domain.extraction.drafts import Draft, read_draft
from app.domain.extraction.fuzzy import find
from app.domain.extraction.labels import parts_behind
from app.domain.extraction.rows import PageText, Row
from app.domain.identity import IdCard, parse_id_card_qr
from app.domain.mrz import PROVINCES, Mrz, find_zones
from app.domain.reading import Code, Line, Source

FRONT = {
    "name": ("Họ, chữ đệm và tên khai sinh", "Họ và tên khai sinh", "Họ và tên", "Họ tên"),
    "born": ("Ngày, tháng, năm sinh", "Ngày sinh", "Sinh ngày"),
    "sex": ("Giới tính",),
    "origin": ("Quê quán", "Nguyên quán"),
    "address": ("Nơi ĐKHK thường trú", "Nơi thường trú", "Nơi cư trú"),
    "expiry": ("Có giá trị đến", "Ngày, tháng, năm hết hạn"),
    "nationality": ("Quốc tịch",),
}
BACK = {
    "issued_on": ("Ngày, tháng, năm cấp", "Ngày, tháng, năm / Date, month, year", "Ngày, tháng, năm", "Date of issue"),
    "address": ("Nơi cư trú",),
    "birth_place": ("Nơi đăng ký khai sinh",),
    "expiry": ("Ngày, tháng, năm hết hạn",),
    "marks": ("Đặc điểm nhân dạng", "Dấu vết riêng và dị hình"),
}
_FRONT_TITLES = ("Căn cước công dân", "Giấy chứng minh nhân dân", "Citizen identity card", "Identity card")
_BACK_TITLES = (*BACK["marks"], "Nơi cư trú / Place of residence", "Dân tộc")
_OLD_TITLE = "chứng minh nhân dân"
_EDGES = " ;:,.-–_…·|'\"`()/\\"
_ENGLISH = re.compile(r"^\s*[/|\\][^:;\n]{2,48}(?:[:;]|\n|$)\s*")
_NUMBER = re.compile(r"(?<![\d/.])(\d{3} ?\d{3} ?\d{3} ?\d{3}|\d{12}|\d{3} ?\d{3} ?\d{3}|\d{9})(?![\d/])")
_NUMBER_LABEL = re.compile(r"^\W{0,3}(?:so\b|s[o0]\s?/|no\b|so dinh danh)|personal identification")
_SEX = re.compile(r"\b(nam|nu)\b")
_BEFORE_NATION = re.compile(r"quoc\s?tich|nationality|viet")
_STRAY_LETTER = re.compile(r"[^\W\dYHK]\b\W+(?=\w)")
_PROVINCE = re.compile(r".*\btinh (?:thua thien hue|ba ria ?[-–] ?vung tau|[a-z]+ [a-z]+)")
_SCRAP = 55.0
"""Confidence of words at the ends of an address below which they do not belong to it."""
_NAME_WORD = re.compile(r"[^\W\d_]+")
_OLD_DIGITS = 9
_MIDDLE_SHARES = (0.3, 0.7)
_LEAST_ROWS = 3
_TITLE_ROWS = 4
"""A second heading this close below the first belongs to the same side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSide:
    """What one place of a page says of one card.

    Attributes:
        values: Drafts named by the value alone.
        is_old: Whether it is the paper of nine digits; None when that is not to be seen.
        page: Index among the pages read.
    """

    values: tuple[Draft, ...]
    is_old: bool | None = None
    page: int

    def value(self, name: str) -> str | None:
        """The first value of a name."""
        return next((draft.value for draft in self.values if draft.path == name and draft.value), None)


def sides_by_code(page: PageText) -> list[CardSide]:
    """Cards whose QR code was read."""
    pairs = [(parse_id_card_qr(code.text), code) for code in page.scan.codes if code.kind == "qr"]
    return [_side_of_code(card, code, page.page) for card, code in pairs if card]


def _side_of_code(card: IdCard, code: Code, page: int) -> CardSide:
    names = ("number", "old_number", "name", "sex", "born", "address", "issued_on")
    values = ((name, getattr(card, name)) for name in names)
    drafts = tuple(_sourced(name, value, Source.ID_CARD, code.text, page, code) for name, value in values if value)
    return CardSide(values=drafts, is_old=False, page=page)


def _sourced(name: str, value: str, source: Source, raw: str, page: int, code: Code) -> Draft:
    """A value of a code; the text of the code is personal and is not kept beside each value."""
    return Draft(path=name, value=value, raw=value if raw else None, source=source.value, page=page, box=code.box)


def sides_by_zone(page: PageText) -> list[CardSide]:
    """Cards whose machine readable zone was read."""
    lines = page.scan.lines
    return [_side_of_zone(zone, lines, page.page) for zone in find_zones([line.text for line in lines])]


def _side_of_zone(zone: Mrz, lines: Sequence[Line], page: int) -> CardSide:
    words = [word for line in lines[zone.first_line : zone.first_line + 3] for word in line.words]
    box = box_around(word.box for word in words)
    doubts = () if zone.is_whole else ("mrz_part",)
    found = (("number", zone.number, doubts), ("sex", zone.sex, ()), ("born", zone.born, ()))
    drafts = [
        Draft(path=name, value=value, raw=value, source=Source.MRZ.value, page=page, box=box, doubts=why)
        for name, value, why in found
        if value
    ]
    if zone.name:
        drafts.append(Draft(path="plain_name", value=zone.name, raw=None, source=Source.MRZ.value, page=page, box=box))
    return CardSide(values=tuple(drafts), is_old=False, page=page)


# ---------------------------------------------------------------- printed words


def sides_by_print(page: PageText) -> list[CardSide]:
    """Fronts and backs by their printed words."""
    regions = [region for column in _columns(page) for region in _regions(column)]
    sides = [_front(rows, page.page) or _back(rows, page.page) for rows in regions]
    return [side for side in sides if side is not None]


def _columns(page: PageText) -> list[list[Row]]:
    """The page's rows; two lists where cards lie beside each other, parted by a gap no word crosses."""
    rows = list(page.rows)
    if not rows:
        return []
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    spans = sorted((item.left, item.right) for row in rows for item in row.items)
    low, high = (left + share * (right - left) for share in _MIDDLE_SHARES)
    for x in sorted((end for _, end in spans if low < end < high), key=lambda x: abs(x - (left + right) / 2)):
        if all(not start <= x + 1 <= end for start, end in spans):
            parts = [[cut for row in rows if (cut := row.within(*side))] for side in ((left - 1, x), (x, right + 1))]
            if all(len(part) >= _LEAST_ROWS and _has_title(part) for part in parts):
                return parts
    return [rows]


def _has_title(rows: Sequence[Row]) -> bool:
    return any(_is_title(row, (*_FRONT_TITLES, *_BACK_TITLES)) for row in rows)


def _is_title(row: Row, titles: Sequence[str]) -> bool:
    return len(row.clip.folded) < 90 and any(find(title, row.clip.folded, 0.15) for title in titles)


def _regions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Parts of a column that begin with the heading of a front or a back."""
    starts = [0]
    for index, row in enumerate(rows):
        is_front, is_back = _is_title(row, _FRONT_TITLES), _is_title(row, _BACK_TITLES)
        if (is_front or is_back) and index - starts[-1] >= (_TITLE_ROWS if is_front else _LEAST_ROWS):
            starts.append(max(starts[-1] + 1, index - 2 if is_front and _is_heading(rows[index - 1]) else index))
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield list(rows[start:end])


def _is_heading(row: Row) -> bool:
    return find("Độc lập - Tự do - Hạnh phúc", row.clip.folded, 0.25) is not None


def _front(rows: Sequence[Row], page: int) -> CardSide | None:
    """A front: it has a number and a name or a birth."""
    found = _number_in(rows)
    if found is None:
        return None
    number, digits = found
    parts = parts_behind(_right_of_photo(rows), FRONT, page)
    values = [
        _name(parts.get("name")),
        _born(parts.get("born")),
        _sex(parts.get("sex")),
        _address(parts.get("address")),
    ]
    if not any(values[:2]):
        return None
    text = " ".join(row.clip.folded for row in rows)
    is_old = len(digits) == _OLD_DIGITS or find(_OLD_TITLE, text, 0.15) is not None
    known = [read_draft("number", number, digits), *(value for value in values if value)]
    return CardSide(values=tuple(known), is_old=is_old, page=page)


def _number_in(rows: Sequence[Row]) -> tuple[Clip, str] | None:
    """The number behind its label; without one the first number alone on its row."""
    found = []
    for row in rows:
        for match in _NUMBER.finditer(row.clip.text):
            labelled = _NUMBER_LABEL.search(row.clip.folded) is not None
            alone = sum(map(str.isalpha, row.clip.text)) <= 12
            digits = re.sub(r"\D", "", match[0])
            if (labelled or alone) and (len(digits) == _OLD_DIGITS or digits[:3] in PROVINCES):
                found.append((not labelled, row.clip.match(match), digits))
    return min(found, key=lambda one: one[0])[1:] if found else None


def _right_of_photo(rows: Sequence[Row]) -> list[Row]:
    """The rows without what stands below the photograph, left of the column of labels."""
    named = [
        item.left
        for row in rows
        for cell in row.cells()
        for item in cell.items[:1]
        if any((hit := find(label, cell.clip.folded, 0.2)) and hit.start < 4 for label in FRONT["name"])
    ]
    if not named:
        return list(rows)
    left = min(named) - 1.5 * rows[0].height
    return [cut for row in rows if (cut := row.within(left, float("inf")))]


def _behind_english(part: Clip) -> Clip:
    """A value without the English half of its label."""
    found = _ENGLISH.match(part.text)
    return part.cut(found.end()) if found else part


def _name(part: Clip | None) -> Draft | None:
    """A name, which cards print in capitals; a single letter before it is a stroke of the photograph's edge."""
    if part is None:
        return None
    for line in _behind_english(part).split(re.compile(r"\n")):
        clip = line.strip(_EDGES)
        stray = _STRAY_LETTER.match(clip.text)
        clip = clip.cut(stray.end()) if stray else clip
        words = clip.line.split()
        is_name = 2 <= len(words) <= 7 and all(_NAME_WORD.fullmatch(word.strip("'’")) for word in words)
        if is_name and clip.line.isupper():
            return read_draft("name", clip, clip.line)
    return None


def _born(part: Clip | None) -> Draft | None:
    return _date("born", part) if part else None


def _date(name: str, part: Clip) -> Draft | None:
    found = find_short_date(part.text) or find_long_date(part.text)
    if found is None:
        return None
    at = max(part.text.find(found[1]), 0)
    return read_draft(name, part.cut(at, at + len(found[1])), found[0])


def _sex(part: Clip | None) -> Draft | None:
    if part is None:
        return None
    stop = _BEFORE_NATION.search(part.folded)
    value = part.cut(0, stop.start() if stop else None)
    found = _SEX.search(value.folded)
    if found is None:
        return None
    return read_draft("sex", value.match(found), Sex.MALE.value if found[1] == "nam" else Sex.FEMALE.value)


def _address(part: Clip | None) -> Draft | None:
    """An address on up to three lines; scraps at its ends, of the photograph or of what stands below, are left out."""
    if part is None:
        return None
    lines = [_without_scraps(line) for line in _behind_english(part).split(re.compile(r"\n"))[:3]]
    kept = [line for line in lines if line.text]
    text = " ".join(line.line for line in kept).strip(_EDGES)
    end = _PROVINCE.search(fold_in_place(text))
    text = text[: end.end()] if end else text
    if sum(map(str.isalpha, text)) < 6:
        return None
    spans = tuple(span for line in kept for span in line.spans)
    return read_draft("address", Clip(text, spans, part.page), text)


def _without_scraps(line: Clip) -> Clip:
    """A line without the words at its ends that are hardly believed."""
    spans = [span for span in line.spans if any(map(str.isalnum, span[2].text))]
    while spans and spans[0][2].confidence < _SCRAP:
        spans.pop(0)
    while spans and spans[-1][2].confidence < _SCRAP:
        spans.pop()
    return line.cut(spans[0][0], spans[-1][1]) if spans else Clip("", (), line.page)


def _back(rows: Sequence[Row], page: int) -> CardSide | None:
    """A back: it has a heading of its own and a day of issue."""
    if not any(_is_title(row, _BACK_TITLES) for row in rows):
        return None
    parts = parts_behind(rows, BACK, page)
    issued = next((parts[name] for name in ("issued_on", "date line") if name in parts), None)
    drafts = [_date("issued_on", issued) if issued else None, _address(parts.get("address"))]
    found = tuple(draft for draft in drafts if draft)
    return CardSide(values=found, page=page) if found else None


def kind_of(side: CardSide) -> str:
    """Kind of the identity paper."""
    return (IdKind.CMND if side.is_old else IdKind.CCCD).value
