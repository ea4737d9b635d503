"""The block above the signature: date, authority, capacity, title, name of the signer; and the register number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from app.domain.dates import fold_in_place
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, only_figures_count, read_draft, unread
from app.domain.extraction.fuzzy import distance, find, find_at_start
from app.domain.extraction.issue_days import DayFound, find_day
from app.domain.extraction.lexicon import Lexicon, style_key
from app.domain.extraction.people import name_doubt
from app.domain.extraction.rows import SCRAP, Placed, Row, clip_of_rows, without_scraps
from app.domain.text import fold

_EDGES = " ;:,.-–_…·|'\"`()“”‘’"
TITLES = tuple(
    f"{deputy}{title}"
    for title in (
        *("CHỦ TỊCH", "GIÁM ĐỐC", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "GIÁM ĐỐC CHI NHÁNH", "TRƯỞNG PHÒNG"),
        *("GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT", "GIÁM ĐỐC VĂN PHÒNG", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ"),
        *("GIÁM ĐỐC CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "CHI CỤC TRƯỞNG"),
        *("GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "GIÁM ĐỐC SỞ ĐỊA CHÍNH", "TRƯỞNG PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG"),
        *("TRƯỞNG PHÒNG ĐỊA CHÍNH", "CHÁNH VĂN PHÒNG", "CỤC TRƯỞNG", "CHỦ TỊCH ỦY BAN NHÂN DÂN"),
    )
    for deputy in ("", "PHÓ ")
)
"""Titles of those who sign; a deputy's begins with a word of its own."""
_CAPACITY = re.compile(r"(?:^|\W)(k\s?[.,/]?\s?t|tu[qo0]|t\s?[.,/]\s?l|tl|tlq|q)\s?[.,/:](?!\w{9})")
"""In the place of, by order of: before the title of the one who would sign."""
_FOR_THE_CHIEF = re.compile(r"(?:^|\W)k\s?[.,/]?\s?t\s?[.,/]")
_ACTS_FOR = re.compile(r"(?:^|(?<=\W))t[\s./]?m\s?[.,:]?\s*(?=\S)")
_OFFICE = re.compile(
    r"(?:^|(?<=\W))(?:[uy]\S{0,2}\s?b[ae]n\b|u\s?b\s?n\s?d\b|so\s(?:tai|nong|dia|xay)|van\s?phong|chi\s?nhanh|"
    r"phong\s(?:tai|dia|nong)|chi\s?cuc|cuc\s|bo\s(?:tai|nong)|hoi\sdong)"
)
"""How names of authorities begin."""
YEARS_OF_ISSUE = (1988, 2150)
_DOT_BEFORE_WORD = re.compile(r"(?<=\s)[.,;:'`“”\"_]+(?=[^\W\d_])")
_RUNS_ON = re.compile(
    r"\W{0,4}(?:so|van|phong|chi|dang|ky|quyen|su|dat|dai|uy|ubnd|u\s?b|tai|nong|moi|va|huyen|thanh|thi|tinh|quan|xa|"
    r"phuong|giam|pho|truong|chu|tich|doc|cuc|khu|nhan|dan|nghiep|nguyen|dia|chinh)(?![^\W_])"
)
"""Words a title's next line begins with; anything else is the stamp."""
_NO_LETTERS = re.compile(r"[^a-z]")
_NOT_OF_THE_BLOCK = (
    *("Số vào sổ cấp", "Vào sổ cấp giấy", "Thông tin chi tiết được thể hiện", "Người được cấp Giấy chứng nhận"),
    *("Số phát hành", "Mã Giấy chứng nhận"),
)
COUNCIL = "ỦY BAN NHÂN DÂN"
MOST_CAPITAL = 0.8
"""Share of the letters of an authority's words that are large; a small one is a slip."""
WIDE_STEP = 3.2
"""A line lower than this many line heights below the one above is no part of the authority's name."""
_GLUED = re.compile(r"(?:[^\W\d_]?[^\w\s]|_)+([^\W\d_]{2,})")
"""Strokes, and a letter made of one at most, before a word."""
_STROKES = re.compile(r"^[¡|!—=~_\-]+|[¡|!—=~_\-]+$")
_FOREIGN = str.maketrans("ÄËÏÖÜÅÑØÇŠŽÎÛäëïöüåñøçšžîû", "AEIOUANOCSZIUaeiouanocsziu")
"""Letters that Vietnamese does not have, and the ones they were seen for."""
_MIDDLE_NAMES = frozenset(
    {
        *("VĂN", "THỊ", "ĐÌNH", "DUY", "QUANG", "XUÂN", "NGỌC", "HỮU", "BÁ", "ĐỨC", "MẠNH", "MINH", "THẾ", "CÔNG"),
        *("KHẮC", "TIẾN", "TRỌNG", "VIẾT", "THANH", "CHÍ", "ĐĂNG", "QUỐC", "HỒNG", "ANH", "KIM", "THU", "SỸ", "SĨ"),
    }
)
"""Names that stand in the middle so often that in front they mean that the family name was lost."""
MOST_NAME_WORDS = 6
_NO_LETTER_OF_OURS = re.compile(r"[fjwz]", re.IGNORECASE)
SURE_NAME = 80.0
"""Confidence of a word above which it is a family name of its own, however rare."""
LEAST_NEAR_LETTERS = 5
"""Letters of a family name that one wrong letter does not make another one."""
SURE_LINE = 60.0
"""Usual confidence of the words of a line that a title runs on to."""
_REGISTER_LABELS = (
    "Số vào sổ cấp GCN",
    "Số vào sổ cấp Giấy chứng nhận",
    "Số vào sổ cấp giấy chứng nhận quyền sử dụng đất",
    "Vào sổ cấp giấy CNQSDĐ số",
    "Vào sổ cấp giấy chứng nhận quyền sử dụng đất",
    "Vào sổ đăng ký số",
    "Số đăng ký vào sổ",
    "Số vào sổ",
    "Vào sổ số",
)
_SUFFIX = r"[QOG0C][@.&]?[S5$]?[DĐO]?[ĐDÐB][Đ]?[/⁄∕|lI]\s?[A-ZĐÐ]{1,4}[\dA-ZĐ]{0,3}"
_REGISTER = re.compile(rf"([A-ZĐ]{{1,3}})?[\s.:]{{0,3}}(\d[\d.]{{2,9}})(?:\s?({_SUFFIX}|QSD[ĐD]\S*))?")
_SERIAL_FORM = re.compile(r"[A-ZĐ]{1,2} ?(?:\d{6}|\d{8})(?!\d)")
"""The serial of another certificate, quoted in the notes."""
_SUFFIX_LINE = re.compile(rf"\W{{0,3}}({_SUFFIX})\W{{0,3}}")
_SUFFIX_HEAD = re.compile(r"^.*?[/⁄∕|lI]\s?")

_NUMBER_LINE = re.compile(r"\W{0,4}so\b\W{0,4}\S*\d|\W{0,4}\d{3,}")
_PREFIX_SLIPS = {"C5": "CS", "G5": "CS", "GS": "CS", "CHÍ": "CH", "CHI": "CH", "GH": "CH", "CHl": "CH", "CII": "CH"}
"""Letters of register numbers as the engine sees them badly; a figure 1 behind them may run into them."""
_SLIPPED_PREFIX = re.compile(rf"\W{{0,3}}({'|'.join(_PREFIX_SLIPS)})\s?(\d{{4,5}})(?!\d)")


@dataclass(frozen=True, slots=True)
class _Title:
    """A title as seen: its words, and the title of the list it is near; empty where it only begins with one."""

    clip: Clip
    text: str
    errors: int


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
    dated = _date_cell(rows, years)
    if dated is None:
        top = _authority_cell(rows)
        if top is None:
            return [unread("certificate.issued_on", page)]
        issued = _unread_day(rows, *top, page)
        return [issued, *_read_block(_column_below(rows[top[0] :], top[1]), lexicon, page)]
    index, cell, found = dated
    printed = cell.clip.cut(found.start, found.end)
    if found.day:
        draft = read_draft("certificate.issued_on", printed, found.day, found.doubt)
        issued = only_figures_count(draft, printed) if found.doubt != "mended" else draft
    else:
        issued = unread("certificate.issued_on", page, printed)
    return [issued, *_read_block(_column_below(rows[index + 1 :], cell), lexicon, page)]


# ---------------------------------------------------------------- where the block stands


def _date_cell(rows: Sequence[Row], years: tuple[int, int]) -> tuple[int, Row, DayFound] | None:
    """The line of the day: of several the one with an authority or a title right below it, else the last one."""
    cells = [
        (index, cell, found)
        for index, row in enumerate(rows)
        for cell in _cells_and_whole(row)
        if (found := find_day(cell.clip.text, years)) and _stands_alone(cell, found)
    ]
    heads = [one for one in cells if _leads_block(rows[one[0] + 1 :], one[1])]
    exact = [one for one in heads if one[2].day] or [one for one in cells if one[2].day]
    best = exact or heads or cells
    return best[0 if heads else -1] if best else None


def _cells_and_whole(row: Row) -> list[Row]:
    cells = row.cells()
    return [*cells, row] if len(cells) > 1 else cells


def _stands_alone(cell: Row, found: DayFound) -> bool:
    """Whether hardly anything stands behind the day on its line: in running text it does not end it."""
    return sum(map(str.isalpha, cell.clip.text[found.end :])) <= 3 and len(cell.clip.text[: found.start]) <= 60


def _leads_block(below: Sequence[Row], cell: Row) -> bool:
    column = [without_scraps(row) for row in _column_below(below[:4], cell)]
    return any(row is not None and (_is_office(row) or _title_in(row) or _is_capacity(row)) for row in column)


def _authority_cell(rows: Sequence[Row]) -> tuple[int, Row] | None:
    """Where the day could not be seen: the last line that names an authority and has a title below it."""
    for index in range(len(rows) - 1, -1, -1):
        for cell in rows[index].cells():
            if _is_office(cell) and any(map(_title_in, _column_below(rows[index + 1 : index + 5], cell))):
                above = [at for at in (index - 1, index) if at >= 0 and _is_office_above(rows[at], cell, rows[index])]
                return (above[0], cell) if above else (index, cell)
    return None


def _is_office_above(row: Row, cell: Row, below: Row) -> bool:
    """Whether the authority's name begins on this row already."""
    near = 0 <= below.middle - row.middle < WIDE_STEP * cell.height
    return near and any(_is_office(part) for part in row.cells() if part.right > cell.left and part.left < cell.right)


def _unread_day(rows: Sequence[Row], index: int, cell: Row, page: int) -> Draft:
    """The day that could not be seen: figures on the line above the authority."""
    above = _column_below(rows[max(0, index - 1) : index], cell)
    has_figures = bool(above) and sum(map(str.isdigit, above[-1].clip.text)) >= 2
    return unread("certificate.issued_on", page, above[-1].clip if has_figures else None)


def _column_below(rows: Sequence[Row], head: Row) -> list[Row]:
    """Cells under a line: those that overlap it from left to right."""
    column = []
    for row in rows:
        cells = [cell for cell in row.cells() if cell.right > head.left and cell.left < head.right]
        if cells:
            column.append(Row(tuple(item for cell in cells for item in cell.items), row.page))
    return column


# ---------------------------------------------------------------- what its lines are


def _read_block(column: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    end = next((at for at, row in enumerate(column) if _is_no_part(row)), len(column))
    rows = [row for row in column[:end] if _is_text(row) or _title_in(row) or _is_capacity(row)]
    title_at = next((index for index, row in enumerate(rows) if _title_in(row)), None)
    capacity_at = next((index for index, row in enumerate(rows) if _is_capacity(row)), None)
    stop = min(index for index in (title_at, capacity_at, len(rows)) if index is not None)
    office = _office_rows(rows[:stop])
    drafts = _issuer_drafts(office, lexicon, page)
    if title_at is None:
        rest = rows[capacity_at + 1 :] if capacity_at is not None else rows[len(office) :]
        return [*drafts, unread("certificate.signer_title", page), *_signer_drafts(rest, column[:end], lexicon, page)]
    block = _title_rows(rows, title_at)
    above = rows[capacity_at] if capacity_at is not None and capacity_at < title_at else None
    drafts.append(_title_draft(block, above, lexicon, page))
    return drafts + _signer_drafts(rows[title_at + len(block) :], column[:end], lexicon, page)


def _is_no_part(row: Row) -> bool:
    """Whether a line stands below the block: the register number and what the form says at its foot."""
    return any(find(words, row.clip.folded, 0.2) for words in _NOT_OF_THE_BLOCK)


def _is_text(row: Row) -> bool:
    """Words, not scraps of stamp and signature."""
    letters = sum(character.isalpha() for character in row.clip.text)
    good = [item.word for item in row.items if item.word.confidence >= 40 and len(item.word.text) > 1]
    return letters >= 5 and (len(good) >= 2 or (len(good) == 1 and letters >= 6))


def _is_office(row: Row) -> bool:
    begins = _OFFICE.search(row.clip.folded[:16]) or _ACTS_FOR.search(row.clip.folded[:8])
    return begins is not None and _is_upper(row)


def _is_capacity(row: Row) -> bool:
    """A line such as "KT. CHỦ TỊCH"; "TM." stands before the authority itself."""
    return _CAPACITY.search(row.clip.folded[:12]) is not None and _is_upper(row)


def _title_in(row: Row) -> _Title | None:
    """The title a line of capitals says, scraps of the stamp before it left out; None for another line."""
    if _is_capacity(row) or not _is_upper(row):
        return None
    clip = row.clip
    for start in [found.start() for found in re.finditer(r"[^\W\d_]{2}", clip.text)][:1] + [
        start for start, _, _ in clip.spans
    ][:4]:
        piece = clip.cut(start)
        title = _nearest_title(piece)
        if title:
            return title
    return None


def _nearest_title(clip: Clip) -> _Title | None:
    """The title a text is or begins with; a letter of it in five may be wrong."""
    letters = _NO_LETTERS.sub("", clip.folded)
    best: _Title | None = None
    for title in TITLES:
        wanted = _NO_LETTERS.sub("", fold(title))
        errors = distance(letters, wanted)
        if errors <= max(1, len(wanted) // 6) and (best is None or errors < best.errors):
            best = _Title(clip, title, errors)
    if best is None and any(letters.startswith(_NO_LETTERS.sub("", fold(title))) for title in TITLES):
        return _Title(clip, "", 0)
    return best


def _is_upper(row: Row) -> bool:
    letters = [character for character in row.clip.text if character.isalpha()]
    return sum(character.isupper() for character in letters) > 0.7 * len(letters)


def _title_rows(rows: Sequence[Row], first: int) -> list[Row]:
    """The title's line and the ones it runs on to, close below, in capitals and seen well."""
    block = [rows[first]]
    for row in rows[first + 1 :]:
        near = row.middle - block[-1].middle <= 2.4 * max(row.height, block[-1].height)
        if not _RUNS_ON.match(row.clip.folded):
            break
        if not near or not _is_upper(row) or median(item.word.confidence for item in row.items) < SURE_LINE:
            break
        block.append(row)
    return block


def _office_rows(rows: Sequence[Row]) -> list[Row]:
    """The lines of the authority's name: capitals without a wide step between them."""
    office: list[Row] = []
    for row in rows:
        if not _is_upper(row) or (office and row.middle - office[-1].middle > WIDE_STEP * max(row.height, 1.0)):
            break
        office.append(row)
    return office


# ---------------------------------------------------------------- values


def _title_draft(block: Sequence[Row], capacity: Row | None, lexicon: Lexicon, page: int) -> Draft:
    """The title; below "KT." only a deputy signs."""
    path = "certificate.signer_title"
    clip = clip_of_rows([without_scraps(row) or row for row in block], page)
    title = (_title_in(block[0]) if len(block) == 1 else None) or _nearest_title(_from_first_letters(clip))
    if title is None:
        title = _Title(_from_first_letters(clip), "", 0)
    text = title.text or lexicon.mend(title.clip.line.strip(_EDGES))
    doubt = "listed" if style_key(text) == style_key(title.clip.line.strip(_EDGES)) and title.text else "mended"
    if capacity is not None and _FOR_THE_CHIEF.search(capacity.clip.folded[:12]) and not fold(text).startswith("pho"):
        text, doubt = f"PHÓ {text}", "mended"
    return read_draft(path, title.clip, text, doubt)


def _from_first_letters(clip: Clip) -> Clip:
    """Without scraps of the stamp before the letters."""
    found = re.search(r"[^\W\d_]{2}", clip.text)
    return clip.cut(found.start() if found else 0)


def _issuer_drafts(rows: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    known = [row for row in (without_scraps(row) for row in rows) if row is not None]
    if not known:
        return [unread("certificate.issuer", page)]
    clip = clip_of_rows(known, page)
    acts_for = _ACTS_FOR.search(clip.folded[:8])
    named = _OFFICE.search(clip.folded[:16])
    issuer = clip.cut(acts_for.end() if acts_for else named.start() if named else 0)
    read = _DOT_BEFORE_WORD.sub("", issuer.line.strip(_EDGES))
    text = _in_own_style(read, _with_own_words(lexicon.mend(read)))
    doubt = "listed" if lexicon.is_authority(text) else ""
    mended = "mended" if style_key(text) != style_key(issuer.line.strip(_EDGES)) else ""
    return [read_draft("certificate.issuer", issuer, text or None, doubt, mended)]


def _with_own_words(text: str) -> str:
    """An authority's name with "ỦY BAN NHÂN DÂN" in front and the kind of unit behind it put right."""
    council = find_at_start(COUNCIL, fold_in_place(text), 0.2)
    if council and fold(text[: council.end]) != fold(COUNCIL) and _is_capital(text[: council.end]):
        text = f"{'UỶ BAN NHÂN DÂN' if 'Ỷ' in text[: council.end] else COUNCIL} {text[council.end :].strip()}"
    return " ".join(_as_unit(word) for word in text.split(" "))


def _is_capital(text: str) -> bool:
    return sum(map(str.isupper, text)) >= MOST_CAPITAL * sum(map(str.isalpha, text))


def _as_unit(word: str) -> str:
    """A word such as "HUYIN" can only be a district; words of names are left alone."""
    return "HUYỆN" if len(word) == 5 and word.isupper() and distance(fold(word), "huyen") == 1 else word


def _in_own_style(read: str, mended: str) -> str:
    """A mended text in which words that only changed their style of tone marks stay as they were printed."""
    pairs = list(zip(read.split(" "), mended.split(" "), strict=False))
    if len(read.split(" ")) != len(mended.split(" ")):
        return mended
    return " ".join(one if style_key(one) == style_key(other) else other for one, other in pairs)


def _signer_drafts(rows: Sequence[Row], column: Sequence[Row], lexicon: Lexicon, page: int) -> list[Draft]:
    """The name: of the lines that can be one the lowest, unless another has a family name and it has none."""
    names = [name for row in rows if (name := _name_in(row, lexicon))]
    whole = [name for name in names if not name[1]]
    if not names:
        return [unread("certificate.signer", page, _scraps_below(rows, column))]
    best, is_cut = (whole or names)[-1]
    if is_cut:
        return [unread("certificate.signer", page, best.clip)]
    clip, text = best.clip.strip(_EDGES), _name_text(best, lexicon)
    return [
        read_draft(
            "certificate.signer",
            clip,
            text,
            name_doubt(text, lexicon),
            "" if text in clip_of_rows(rows, page).text else "mended",
        )
    ]


def _scraps_below(rows: Sequence[Row], column: Sequence[Row]) -> Clip | None:
    """What the engine made of a name that the stamp covers: the last line with letters."""
    left = [row for row in (rows or column[-1:]) if sum(map(str.isalpha, row.clip.text)) >= 4]
    return left[-1].clip if left else None


def _name_in(row: Row, lexicon: Lexicon) -> tuple[Row, bool] | None:
    """The words of a row that can be a name, and whether its beginning seems to be cut off."""
    runs: list[list[Placed]] = [[]]
    for item in map(_without_strokes, row.items):
        if _may_be_name(item, runs[-1], lexicon):
            runs[-1].append(item)
        elif runs[-1]:
            runs.append([])
    best = max(runs, key=lambda run: sum(len(item.word.text) for item in run))
    while len(best) > 2 and not _surname_of(best[0], lexicon) and any(_leads_name(one, lexicon) for one in best[1:-1]):
        best = best[1:]
    if not 2 <= len(best) <= MOST_NAME_WORDS:
        return None
    before = [item for item in row.items if item.right <= best[0].left + 2]
    scraps = [item for item in before if best[0].left - item.right < 3 * max(row.height, 1.0)]
    first = best[0].word.text.strip(_EDGES).upper()
    is_family = _surname_of(best[0], lexicon) is not None and not (scraps and first in _MIDDLE_NAMES)
    lost = not is_family and (bool(scraps) or (len(best) == 2 and first in _MIDDLE_NAMES))
    return Row(tuple(best), row.page), lost


def _without_strokes(item: Placed) -> Placed:
    """A word without the strokes of a signature or stamp that run into its ends, and a nought for an O."""
    text = _STROKES.sub("", item.word.text.strip(_EDGES))
    glued = _GLUED.fullmatch(text)
    if glued:
        text = glued[1]
    elif text[:1] == "0" and text[1:].isalpha():
        text = f"O{text[1:]}"
    return item if text == item.word.text else replace(item, word=replace(item.word, text=text))


def _may_be_name(item: Placed, run: Sequence[Placed], lexicon: Lexicon) -> bool:
    word = item.word.text
    if not word.isalpha() or (len(word) == 1 and item.word.confidence < SCRAP):
        return False
    return word[0].isupper() or (not run and word.upper() in lexicon.surnames)


def _surname_of(item: Placed, lexicon: Lexicon) -> str | None:
    """The family name a word is, letters that Vietnamese lacks read as the ones they were seen for."""
    word = item.word.text.strip(_EDGES).translate(_FOREIGN).upper()
    return word if word in lexicon.surnames else None


def _leads_name(item: Placed, lexicon: Lexicon) -> bool:
    """Whether a name may begin with a word that stands behind another one."""
    name = _surname_of(item, lexicon)
    return name is not None and name not in _MIDDLE_NAMES


def _name_text(name: Row, lexicon: Lexicon) -> str:
    """A name as printed; a first word that cannot be spelled so is its family name."""
    words = [item.word.text.strip(_EDGES) for item in name.items]
    known = _surname_of(name.items[0], lexicon)
    if known and (not words[0][0].isupper() or words[0] != words[0].translate(_FOREIGN)):
        words[0] = known if words[0].isupper() else known.capitalize()
    first = name.items[0].word
    is_slip = first.confidence < SURE_NAME or _NO_LETTER_OF_OURS.search(words[0]) is not None
    near = _near_surname(words[0], lexicon) if is_slip and not known else None
    if near:
        words[0] = near if words[0].isupper() else near.capitalize()
    return " ".join(words)


def _near_surname(word: str, lexicon: Lexicon) -> str | None:
    """The only family name that has a word's letters but for accents, or that a misspelt one is a letter away from."""
    letters = fold(word)
    same = [name for name in lexicon.surnames if fold(name) == letters]
    if same:
        return same[0] if len(same) == 1 else None
    if len(letters) < LEAST_NEAR_LETTERS or word.upper() in lexicon.syllables:
        return None
    near = [name for name in lexicon.surnames if distance(fold(name), letters) == 1]
    if len({fold(name) for name in near}) != 1:
        return None
    errors = sorted((distance(name.lower(), word.lower()), name) for name in near)
    return errors[0][1] if len(errors) == 1 or errors[0][0] < errors[1][0] else None


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
    rest = _SUFFIX_LINE.fullmatch(below.text) if below and draft and (draft.value or "")[-1:].isdigit() else None
    if draft is not None and below is not None and rest is not None:
        suffix, doubt = _suffix(rest[1])
        seen = tuple(word.confidence for word in below.match(rest, 1).words)
        doubts = tuple(filter(None, (*draft.doubts, doubt)))
        draft = replace(draft, value=f"{draft.value} {suffix}", confidences=(*draft.confidences, *seen), doubts=doubts)
    if draft is None and begins and below is not None and _NUMBER_LINE.match(below.folded):
        draft = _register_number(below)
    return (begins, draft) if draft else None


def _register_number(value: Clip) -> Draft | None:
    slipped = _SLIPPED_PREFIX.match(value.text)
    if slipped:
        number = f"{_PREFIX_SLIPS[slipped[1]]} {'1' * (len(slipped[2]) == 4)}{slipped[2]}"
        return read_draft("certificate.register_number", value.match(slipped), number, "mended")
    found = _REGISTER.search(value.text)
    if found is None or _SERIAL_FORM.match(value.text, found.start()):
        return None
    suffix, slip = _suffix(found[3]) if found[3] else ("", "")
    number = f"{found[1] or ''} {found[2].strip('.')} {suffix}".strip()
    return read_draft("certificate.register_number", value.match(found), number, _form_doubt(found), slip)


def _suffix(text: str) -> tuple[str, str]:
    """The letters behind a number of 1993, "QSDĐ/PL", and whether they had slips."""
    plain = text.replace("⁄", "/").replace("∕", "/")
    if re.fullmatch(r"QSD[ĐD]\S*", plain):
        return plain, ""
    return f"QSDĐ/{_SUFFIX_HEAD.sub('', plain, count=1)}", "mended"


def _form_doubt(found: re.Match[str]) -> str:
    """Source: two letters and five digits since 2009; other forms occur, but are more often seen badly."""
    return "" if found[1] and len(found[2]) == 5 else "odd_form"


def is_capital_line(text: str) -> bool:
    """Whether a line of a confirmation is set in capitals."""
    letters = [character for character in fold(text) if character.isalpha()]
    upper = sum(character.isupper() for character in text)
    return bool(letters) and upper > 0.7 * len(letters)
