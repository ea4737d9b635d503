"""The block above the signature: date, authority, capacity, title, name of the signer; and the register number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain.dates import find_long_date, year_of
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, only_figures_count, read_draft, unread
from app.domain.extraction.fuzzy import find, find_at_start
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.people import name_doubt
from app.domain.extraction.rows import SCRAP, Placed, Row, clip_of_rows
from app.domain.text import fold

_EDGES = " ;:,.-–_…·|'\"`()"
_CAPACITY = re.compile(r"^\W{0,2}(?:kt|tu\w{1,3}|tl|tlq|q|tm)\s?[.,/]\s?")
_TITLES = ("pho chu tich", "chu tich", "pho giam doc", "giam doc", "truong phong", "pho truong phong", "chi cuc truong")
_KNOWN_TITLES = frozenset(
    {*_TITLES, "giam doc van phong dang ky dat dai", "giam doc chi nhanh", "pho giam doc chi nhanh"}
)
YEARS_OF_ISSUE = (1988, 2150)
_DATE_LIKE = re.compile(r"\bn\S{0,2}y\b.{0,12}\bt\S{1,3}g\b.{0,12}\bn\S?m\b(?:\s?\S{2,6})?")
_FIGURES = re.compile(r"\S+\s\d{1,2}\s\S+\s\d{1,2}\s\S+\s\d{4}")
_ACTS_FOR = re.compile(r"^[\W_]{0,3}t[\s./]?m\s?[.,]?\s+")
_REGISTER_LABELS = (
    "Số vào sổ cấp GCN",
    "Số vào sổ cấp Giấy chứng nhận",
    "Số vào sổ cấp giấy chứng nhận quyền sử dụng đất",
    "Vào sổ cấp giấy CNQSDĐ số",
    "Vào sổ cấp giấy chứng nhận quyền sử dụng đất",
)
_REGISTER = re.compile(r"([A-ZĐ]{1,3})?[\s.:]{0,3}(\d[\d.]{2,9})(?:\s?(QSD[ĐD]\S*))?")

_NUMBER_LINE = re.compile(r"\W{0,4}so\b\W{0,4}\S*\d|\W{0,4}\d{3,}")
_PREFIX_SLIPS = {"C5": "CS", "G5": "CS", "GS": "CS", "CHÍ": "CH", "CHI": "CH", "GH": "CH", "CHl": "CH", "CII": "CH"}
"""Letters of register numbers as the engine sees them badly; a figure 1 behind them may run into them."""
_SLIPPED_PREFIX = re.compile(rf"\W{{0,3}}({'|'.join(_PREFIX_SLIPS)})\s?(\d{{4,5}})(?!\d)")


def read_signature(
    rows: Sequence[Row], lexicon: Lexicon, page: int, years: tuple[int, int] = YEARS_OF_ISSUE
) -> list[Draft]:
    """Issue date, issuer, signer and title from the rows of the page that carries the signature.

    Args:
        rows: The page's rows.
        lexicon: Closed lists.
        page: Its index.
        years: First and last year in which certificates of the model were issued: a day in another one is seen badly.
    """
    found = _date_row(rows)
    if found is None:
        return [unread("certificate.issued_on", page)]
    index, cell, day, raw = found
    at = max(cell.clip.text.find(raw), 0)
    printed = cell.clip.cut(at, at + len(raw))
    if day and years[0] <= year_of(day) <= years[1]:
        slip = "" if _FIGURES.fullmatch(raw) else "slip"
        issued = only_figures_count(read_draft("certificate.issued_on", printed, day, slip), printed)
    else:
        issued = unread("certificate.issued_on", page, printed)
    return [issued, *_read_block(_column_below(rows[index + 1 :], cell), lexicon, page)]


def _date_row(rows: Sequence[Row]) -> tuple[int, Row, str | None, str] | None:
    """The line of the day; one whose figures make no day is still the line."""
    cells = [(index, cell) for index, row in enumerate(rows) for cell in row.cells()]
    for index, cell in cells:
        found = find_long_date(cell.clip.text)
        if found:
            return index, cell, *found
    for index, cell in cells:
        like = _DATE_LIKE.search(cell.clip.folded)
        if like:
            return index, cell, None, cell.clip.text[like.start() : like.end()]
    return None


def _column_below(rows: Sequence[Row], date_cell: Row) -> list[Row]:
    """Cells under the date: those that overlap it from left to right."""
    column = []
    for row in rows:
        cells = [cell for cell in row.cells() if cell.right > date_cell.left and cell.left < date_cell.right]
        if cells:
            column.append(Row(tuple(item for cell in cells for item in cell.items), row.page))
    return column


def _read_block(column: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    rows = [row for row in column if _is_text(row) or _is_title(row) or _is_capacity(row)]
    title_at = next((index for index, row in enumerate(rows) if _is_title(row)), None)
    capacity_at = next((index for index, row in enumerate(rows) if _is_capacity(row)), None)
    end = min(index for index in (title_at, capacity_at, len(rows)) if index is not None)
    drafts = _issuer_drafts(rows[:end], lexicon, page)
    if title_at is None:
        return [*drafts, unread("certificate.signer_title", page), *_signer_drafts(rows[end:], lexicon, page)]
    block = _title_rows(rows, title_at)
    title = clip_of_rows(block, page)
    title = title.cut(_title_start(title))
    text = lexicon.mend(title.line.strip(_EDGES))
    drafts.append(read_draft("certificate.signer_title", title, text, "listed" if fold(text) in _KNOWN_TITLES else ""))
    return drafts + _signer_drafts(rows[title_at + len(block) :], lexicon, page)


def _is_text(row: Row) -> bool:
    """Words, not scraps of stamp and signature."""
    letters = sum(character.isalpha() for character in row.clip.text)
    good = [item.word for item in row.items if item.word.confidence >= 40 and len(item.word.text) > 1]
    return letters >= 6 and len(good) >= 2


def _is_capacity(row: Row) -> bool:
    """A line such as "KT. CHỦ TỊCH"; "TM." stands before the authority itself."""
    found = _CAPACITY.match(row.clip.folded)
    return found is not None and not found[0].strip().startswith("tm")


def _is_title(row: Row) -> bool:
    if _is_capacity(row) or not _is_upper(row):
        return False
    text = row.clip.folded[_title_start(row.clip) :]
    return any(find_at_start(title, text, 0.15) for title in _TITLES)


def _title_start(clip: Clip) -> int:
    """Where the letters begin; scraps of the stamp may stand before them."""
    found = re.search(r"[^\W\d_]{2}", clip.text)
    return found.start() if found else 0


def _is_upper(row: Row) -> bool:
    letters = [character for character in row.clip.text if character.isalpha()]
    return sum(character.isupper() for character in letters) > 0.7 * len(letters)


def _title_rows(rows: Sequence[Row], first: int) -> list[Row]:
    """The title's line and the ones it runs on to, close below and in capitals."""
    block = [rows[first]]
    for row in rows[first + 1 :]:
        if not _is_upper(row) or row.middle - block[-1].middle > 2.4 * max(row.height, block[-1].height):
            break
        block.append(row)
    return block


def _issuer_drafts(rows: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    if not rows:
        return [unread("certificate.issuer", page)]
    clip = clip_of_rows(rows, page)
    acts_for = _ACTS_FOR.match(clip.folded)
    issuer = clip.cut(acts_for.end() if acts_for else 0)
    text = lexicon.mend(issuer.line.strip(_EDGES))
    return [read_draft("certificate.issuer", issuer, text or None, "listed" if lexicon.is_authority(text) else "")]


def _signer_drafts(rows: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    """The lowest line in the column that can be a name."""
    names = [name for row in rows if (name := _name_in(row, lexicon))]
    if not names:
        return [unread("certificate.signer", page)]
    clip = names[-1].clip.strip(_EDGES)
    return [read_draft("certificate.signer", clip, clip.line, name_doubt(clip.line, lexicon))]


def _name_in(row: Row, lexicon: Lexicon) -> Row | None:
    """The words of a row that can be a name, without scraps of stamp and signature around them."""
    runs: list[list[Placed]] = [[]]
    for item in row.items:
        word = item.word.text.strip(_EDGES)
        if word[:1].isupper() and word.isalpha() and not (len(word) == 1 and item.word.confidence < SCRAP):
            runs[-1].append(item)
        elif runs[-1]:
            runs.append([])
    best = max(runs, key=lambda run: sum(len(item.word.text) for item in run))
    while (
        len(best) > 2 and not _is_surname(best[0], lexicon) and any(_is_surname(item, lexicon) for item in best[1:-1])
    ):
        best = best[1:]
    return Row(tuple(best), row.page) if 2 <= len(best) <= 6 else None


def _is_surname(item: Placed, lexicon: Lexicon) -> bool:
    return item.word.text.strip(_EDGES).upper() in lexicon.surnames


def read_register_number(rows: Sequence[Row]) -> list[Draft]:
    """The number in the register of certificates, with one blank after its letters.

    The notes may quote the number of the certificate that was replaced; the certificate's own begins a line, and stands
    below them.
    """
    found: list[tuple[bool, Draft]] = []
    for index, row in enumerate(rows):
        for cell in _with_rest(row):
            below = rows[index + 1].clip if index + 1 < len(rows) else None
            draft = _register_draft(cell.clip, below)
            if draft:
                found.append((draft[0], draft[1]))
                break
    at_start = [draft for begins, draft in found if begins]
    return (at_start or [draft for _, draft in found])[-1:]


def _with_rest(row: Row) -> list[Row]:
    """The row's cells; a label parted from its number by a wide gap is tried together with it."""
    cells = row.cells()
    return [*cells, row] if len(cells) > 1 else cells


def _register_draft(clip: Clip, below: Clip | None) -> tuple[bool, Draft] | None:
    """Whether the label begins the line, and the number behind it or at the beginning of the line below."""
    hits = [hit for label in _REGISTER_LABELS if (hit := find(label, clip.folded, 0.2))]
    if not hits:
        return None
    best = min(hits, key=lambda hit: (hit.share, hit.start - hit.end))
    begins = sum(map(str.isalnum, clip.text[: best.start])) <= 2
    value = clip.cut(best.end).strip(_EDGES)
    draft = _register_number(value)
    if draft is None and begins and below is not None and _NUMBER_LINE.match(below.folded):
        draft = _register_number(below)
    return (begins, draft) if draft else None


def _register_number(value: Clip) -> Draft | None:
    slipped = _SLIPPED_PREFIX.match(value.text)
    if slipped:
        number = f"{_PREFIX_SLIPS[slipped[1]]} {'1' * (len(slipped[2]) == 4)}{slipped[2]}"
        return read_draft("certificate.register_number", value.match(slipped), number, "mended")
    found = _REGISTER.search(value.text)
    if found is None:
        return None
    number = f"{found[1] or ''} {found[2].strip('.')}".strip() + (f" {found[3].replace('⁄', '/')}" if found[3] else "")
    return read_draft("certificate.register_number", value.match(found), number, _form_doubt(found))


def _form_doubt(found: re.Match[str]) -> str:
    """Source: two letters and five digits since 2009; other forms occur, but are more often seen badly."""
    return "" if found[1] and len(found[2]) == 5 else "odd_form"


def is_capital_line(text: str) -> bool:
    """Whether a line of a confirmation is set in capitals."""
    letters = [character for character in fold(text) if character.isalpha()]
    upper = sum(character.isupper() for character in text)
    return bool(letters) and upper > 0.7 * len(letters)
