"""Kinds of change after issue: by how the text begins, else by the letters of the dossier number.

Source: the list of changes of the provincial system (letters and names); wordings of circulars 24/2014 and
10/2024/TT-BTNMT. The letters stand in dossier numbers as well: "002155.TC.001" is a mortgage.
"""

from __future__ import annotations

import re

from app.domain.dates import fold_in_place
from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import distance, find, find_at_start
from app.domain.extraction.lexicon import mend_phrases, style_key

OPENING = 36
"""Letters at the beginning of an entry that say what kind it is."""
WIDE_OPENING = 72
"""The same of an entry that begins with words of any change."""
_NAMED = re.compile(r"\b(?:ong|ba|ho ong|ho ba|cong ty)\b")
KINDS: tuple[tuple[str, str], ...] = (
    ("xóa nội dung đăng ký thế chấp", "Xóa thế chấp"),
    ("xóa đăng ký thế chấp", "Xóa thế chấp"),
    ("xóa thế chấp", "Xóa thế chấp"),
    ("đã xóa thế chấp", "Xóa thế chấp"),
    ("giải chấp", "Xóa thế chấp"),
    ("xóa nội dung đăng ký cho thuê", "Xóa cho thuê"),
    ("xóa nội dung đăng ký góp vốn", "Xóa góp vốn"),
    ("xóa góp vốn", "Xóa góp vốn"),
    ("xóa nội dung", "Xóa thế chấp"),
    ("thay đổi nội dung thế chấp", "Thay đổi nội dung thế chấp"),
    ("thay đổi nội dung đăng ký thế chấp", "Thay đổi nội dung thế chấp"),
    ("đăng ký thế chấp", "Thế chấp"),
    ("thế chấp", "Thế chấp"),
    ("chuyển nhượng", "Chuyển nhượng"),
    ("nhận chuyển nhượng", "Chuyển nhượng"),
    ("tặng cho", "Tặng cho"),
    ("nhận tặng cho", "Tặng cho"),
    ("để thừa kế", "Thừa kế"),
    ("nhận thừa kế", "Thừa kế"),
    ("thừa kế", "Thừa kế"),
    ("đính chính", "Đính chính"),
    ("sửa chữa sai sót", "Đính chính"),
    ("chuyển mục đích", "Chuyển mục đích sử dụng đất"),
    ("gia hạn", "Gia hạn sử dụng đất"),
    ("cấp đổi", "Cấp đổi"),
    ("cấp lại", "Cấp lại"),
    ("tách thửa", "Tách thửa, hợp thửa"),
    ("hợp thửa", "Tách thửa, hợp thửa"),
    ("thửa đất số", "Thay đổi thông tin thửa đất"),
    ("thay đổi số thửa", "Thay đổi thông tin thửa đất"),
    ("thay đổi số hiệu thửa đất", "Thay đổi thông tin thửa đất"),
    ("thay đổi số thứ tự thửa đất", "Thay đổi thông tin thửa đất"),
    ("thay đổi diện tích", "Thay đổi thông tin thửa đất"),
    ("thay đổi địa chỉ", "Thay đổi thông tin chủ sử dụng"),
    ("tên chủ sử dụng", "Đính chính"),
    ("tên người sử dụng", "Đính chính"),
    ("số cccd", "Thay đổi thông tin chủ sử dụng"),
    ("số cmnd", "Thay đổi thông tin chủ sử dụng"),
    ("số căn cước", "Thay đổi thông tin chủ sử dụng"),
    ("được chuyển mục đích", "Chuyển mục đích sử dụng đất"),
    ("được phép chuyển mục đích", "Chuyển mục đích sử dụng đất"),
    ("được chuyển", "Chuyển quyền"),
    ("sang đất", "Chuyển mục đích sử dụng đất"),
    ("tiếp tục sử dụng", "Gia hạn sử dụng đất"),
    ("được gia hạn", "Gia hạn sử dụng đất"),
    ("cho tặng", "Tặng cho"),
    ("để lại thừa kế", "Thừa kế"),
    ("hợp nhất thửa", "Tách thửa, hợp thửa"),
    ("thay đổi họ tên", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi thông tin", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi giấy tờ", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi số", "Thay đổi thông tin chủ sử dụng"),
    ("thay đổi tên đơn vị hành chính", "Thay đổi đơn vị hành chính"),
    ("thay đổi đơn vị hành chính", "Thay đổi đơn vị hành chính"),
    ("góp vốn", "Góp vốn"),
    ("chuyển đổi", "Chuyển đổi"),
    ("cho thuê", "Cho thuê"),
    ("thu hồi", "Thu hồi đất"),
    ("chuyển quyền", "Chuyển quyền"),
    ("đấu giá", "Chuyển quyền"),
    ("đã chuyển", "Chuyển quyền"),
    ("đăng ký", "Đăng ký biến động"),
    ("bổ sung", "Thay đổi thông tin tài sản"),
    ("chứng nhận quyền sở hữu", "Thay đổi thông tin tài sản"),
)
"""How an entry begins, longer wordings of one beginning first, and its kind."""
KIND_BY_LETTERS = {
    "CL": "Cấp đổi, cấp lại",
    "CD": "Chuyển đổi",
    "CM": "Chuyển mục đích sử dụng đất",
    "CN": "Chuyển nhượng",
    "CT": "Cho thuê",
    "DG": "Chuyển quyền",
    "DH": "Thay đổi đơn vị hành chính",
    "DT": "Thay đổi thông tin chủ sử dụng",
    "GH": "Gia hạn sử dụng đất",
    "GP": "Góp vốn",
    "SN": "Đính chính",
    "TA": "Tặng cho",
    "TC": "Thế chấp",
    "TD": "Thay đổi thông tin thửa đất",
    "TH": "Thu hồi đất",
    "TK": "Thừa kế",
    "TN": "Tách thửa, hợp thửa",
    "TS": "Thay đổi thông tin tài sản",
    "XC": "Xóa thế chấp",
    "XT": "Xóa cho thuê",
    "XV": "Xóa góp vốn",
}
GENERIC = frozenset({"Chuyển quyền", "Đăng ký biến động"})
"""Kinds of beginnings that say too little: "Chuyển quyền sử dụng đất (chuyển nhượng) cho ..."."""
KEEPS_USERS = frozenset(
    {
        *("Thế chấp", "Xóa thế chấp", "Thay đổi nội dung thế chấp", "Đính chính", "Chuyển mục đích sử dụng đất"),
        *(
            "Gia hạn sử dụng đất",
            "Thay đổi thông tin thửa đất",
            "Thay đổi đơn vị hành chính",
            "Cho thuê",
            "Xóa cho thuê",
        ),
        *("Tách thửa, hợp thửa", "Thay đổi thông tin tài sản", "Xóa góp vốn", "Thay đổi thông tin chủ sử dụng"),
        *("Chuyển nhượng", "Tặng cho", "Thừa kế"),
    }
)
"""Kinds that leave the land with its users; of those that give it away the persons are read, or only a part goes."""
REASONS = {"Chuyển nhượng": "transfer", "Tặng cho": "gift", "Thừa kế": "inheritance"}
"""Kinds that give the land to somebody else."""


LETTERS_BY_KIND = {kind: letters for letters, kind in KIND_BY_LETTERS.items()}
WORDINGS = (
    *("Xóa nội dung đăng ký thế chấp ngày", "Thế chấp bằng quyền sử dụng đất", "Thế chấp quyền sử dụng đất"),
    *("tài sản gắn liền với đất", "quyền sử dụng đất", "tại Ngân hàng TMCP", "Quỹ tín dụng nhân dân"),
    *("Chuyển mục đích sử dụng", "đất vườn sang đất ở", "theo Quyết định số", "Gia hạn thời hạn sử dụng đất"),
    *("đất nông nghiệp đến ngày", "Đính chính tên người sử dụng đất từ", "Thay đổi giấy tờ nhân thân của"),
    *("Địa chỉ thửa đất thay đổi thành", "theo Nghị quyết số", "theo bản đồ địa chính mới", "Chuyển nhượng cho"),
    *("diện tích còn lại", "thửa đất còn lại diện tích", "Thửa đất nay là thửa số", "tờ bản đồ số", "theo hồ sơ số"),
    *("theo hợp đồng số", "Giấy chứng nhận", "Chi nhánh", "Để thừa kế cho", "Tặng cho con là"),
)
"""Words of the registry's own language, longer ones first of those that begin alike; never names of anybody."""
WORTH_OF_LETTER = 0.3
"""Slips that a letter of a longer wording makes up for."""
LONGEST_SLIP = 0.17
"""Wrong letters a wording may have to be put right, as a share of its length."""
MOST_SLIPPED_LETTERS = 1
"""Letters that words with lost or won blanks may have more or less."""
PHRASES = (
    *("thương mại cổ phần", "công ty cổ phần", "đã chuyển", "được chuyển", "chuyển quyền", "chuyển mục đích"),
    *("chuyển nhượng", "chuyển đổi", "chuyển sang", "thay đổi", "cấp đổi", "đính chính", "tiếp tục sử dụng"),
    *("đăng ký", "quyết định số", "thửa đất", "diện tích", "còn lại", "một phần", "sắp xếp đơn vị hành chính"),
    *("tặng cho", "địa chỉ", "thế chấp", "số thửa", "tờ bản đồ", "gia hạn", "thời hạn", "thu hồi đất"),
)
"""Words of entries of any wording, of which only the accents are put right; names are written with capitals."""
_MARKS_INSIDE = re.compile(r"[()\[\],;:]")
_SQUARE_METRES = re.compile(r"(?<=\d)( ?)[mM](?:[²³3?ˆ*°\"'”’`]|²2)(?![\w²])")
_PLAIN_METRES = re.compile(r"\d ?m2(?!\w)")
SAME_SHAPE = "cosuvx"
"""Small letters of the shape of the large ones: at the beginning of an entry they are large."""
DOSSIER_LABEL = "hồ sơ số"
_DOSSIER_LABEL = re.compile(r"(?<![^\W_])ho so so(?=:? ?\S*\d{3})")


def mended_wording(line: str) -> str:
    """A change's text with the words of the registry put right where they were seen badly.

    Whatever the office wrote stays its own: no word is added, dropped or moved.
    """
    line = _accented(_SQUARE_METRES.sub(r"\1m2" if _PLAIN_METRES.search(line) else r"\1m²", line))
    if line and line[0] in SAME_SHAPE and opens_change(fold_in_place(line)):
        line = line[0].upper() + line[1:]
    for found in _DOSSIER_LABEL.finditer(fold_in_place(line)):
        line = f"{line[: found.start() + 1]}{DOSSIER_LABEL[1:]}{line[found.end() :]}"
    for wording in WORDINGS:
        hit = find(wording, fold_in_place(line), LONGEST_SLIP)
        if hit is None:
            continue
        start, end = line.rfind(" ", 0, hit.start + 1) + 1, line.find(" ", hit.end)
        end = len(line) if end < 0 else end
        tail = re.search(r"[.,;:]*$", line[start:end])
        end -= len(tail[0]) if tail else 0
        read = line[start:end]
        if _MARKS_INSIDE.search(read):
            continue
        if end - hit.end > 1 or hit.start - start > 1 or style_key(read) == style_key(wording):
            continue
        if not _has_same_words(wording, read):
            continue
        line = line[:start] + _like_read(wording, read, at_start=start == 0) + line[end:]
    return line


def _accented(line: str) -> str:
    """A line in which the usual words have their own accents; what ends in a word with a capital may be a name."""
    for phrase in PHRASES:
        for found in re.finditer(rf"(?<![^\W_]){fold_in_place(phrase)}(?![^\W_])", fold_in_place(line)):
            read = line[found.start() : found.end()]
            if read.split(" ")[-1][:1].islower():
                line = f"{line[: found.start()]}{mend_phrases(read, (phrase,))}{line[found.end() :]}"
    return line


def _has_same_words(wording: str, read: str) -> bool:
    """Whether a text has a wording's words one by one: slips and blanks are put right, no word is added or dropped."""
    known, seen = fold_in_place(wording).split(), fold_in_place(read).split()
    if len(known) != len(seen):
        return abs(len("".join(known)) - len("".join(seen))) <= MOST_SLIPPED_LETTERS
    return all(2 * distance(one, two) <= max(len(one), 2) for one, two in zip(known, seen, strict=True))


def _like_read(wording: str, read: str, *, at_start: bool) -> str:
    """A wording in the style of tone marks it was read in; in the middle of a text it begins as it was read."""
    is_large = at_start or read[:1].isupper()
    known = ((wording[0].upper() if is_large else wording[0].lower()) + wording[1:]).split(" ")
    seen = read.split(" ")
    if len(known) != len(seen):
        return " ".join(known)
    pairs = zip(known, seen, strict=True)
    return " ".join(two if style_key(one) == style_key(two) and one[0] == two[0] else one for one, two in pairs)


def opens_change(folded_line: str) -> bool:
    """Whether a line begins as an entry of the table does."""
    return any(find_at_start(words, folded_line, 0.2) for words, _ in KINDS)


def kind_of(text: Clip, letters: str | None) -> str | None:
    """The kind of a change; None when neither its beginning nor its dossier number says.

    A beginning that says too little gives way to what stands close behind it, or to the dossier number.
    """
    beginning = text.folded[:OPENING].replace("\n", " ")
    at_start = _kind_at_start(beginning)
    lettered = KIND_BY_LETTERS.get(letters or "")
    if at_start in GENERIC:
        return _behind_generic(text.folded.replace("\n", " ")) or lettered or at_start
    near = next((kind for words, kind in KINDS if find(words, beginning, 0.15)), None)
    return at_start or lettered or near


def _kind_at_start(beginning: str) -> str | None:
    """The kind of the wording that fits best: long ones are worth a few slips, a word that is not there is too many."""
    hits = [
        (hit.errors - WORTH_OF_LETTER * len(words), kind)
        for words, kind in KINDS
        if (hit := find_at_start(words, beginning, 0.2))
    ]
    return min(hits, key=lambda hit: hit[0])[1] if hits else None


def _behind_generic(folded: str) -> str | None:
    """The kind of the first wording behind a beginning that says too little, before anybody is named."""
    named = _NAMED.search(folded)
    beginning = folded[: min(named.start() if named else WIDE_OPENING, WIDE_OPENING)]
    hits = [
        (hit.start, -len(words), kind)
        for words, kind in KINDS
        if kind not in GENERIC and (hit := find(words, beginning, 0.15))
    ]
    return min(hits)[2] if hits else None
