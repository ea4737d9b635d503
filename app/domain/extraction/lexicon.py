"""Words of closed lists seen badly: the nearest entry of the list, or the text as it was read.

Only words that can stand in the place are offered: purposes, origins, names of administrative units. Names of people
are never changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.domain.code_lists import CodeLists, key_of
from app.domain.dates import fold_in_place
from app.domain.extraction.fuzzy import distance
from app.domain.text import fold, tidy

_TRANSFERS = (
    "Nhận chuyển nhượng đất được ",
    "Nhận tặng cho đất được ",
    "Nhận thừa kế đất được ",
    "Nhận chuyển đổi đất được ",
    "Nhận góp vốn đất được ",
    "Được tặng cho đất được ",
    "Được thừa kế đất được ",
)
_MORE_ORIGINS = (
    "Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    "Công nhận quyền sử dụng đất như giao đất không thu tiền sử dụng đất",
    "Công nhận QSDĐ như giao đất có thu tiền",
    "Công nhận QSDĐ như giao đất không thu tiền",
    "Thuê đất trả tiền một lần của doanh nghiệp đầu tư hạ tầng khu công nghiệp",
    "Thuê đất trả tiền hàng năm của doanh nghiệp đầu tư hạ tầng khu công nghiệp",
    "có thu tiền sử dụng đất",
    "không thu tiền sử dụng đất",
)
OFFICES = (
    *("ủy ban nhân dân", "văn phòng đăng ký đất đai", "chi nhánh", "sở tài nguyên và môi trường", "số"),
    *("sở nông nghiệp và môi trường", "ubnd"),
)
PHRASES = (
    *("Thế chấp bằng quyền sử dụng đất", "Thế chấp quyền sử dụng đất", "tài sản gắn liền với đất", "tại Ngân hàng"),
    *("theo hồ sơ số", "Xóa nội dung đăng ký thế chấp ngày", "Chi nhánh", "Quỹ tín dụng nhân dân", "quyền sử dụng đất"),
    *("Giấy chứng nhận", "số vào sổ", "cấp ngày", "Cấp đổi từ", "Cấp lại từ", "Tách thửa từ", "Văn phòng đăng ký"),
    *("Số hiệu và diện tích thửa đất", "được xác định theo bản đồ địa chính", "hành lang bảo vệ", "hợp đồng số"),
    *("an toàn công trình giao thông", "miễn nộp tiền sử dụng đất", "Ủy ban nhân dân", "Văn phòng đăng ký đất đai"),
    *("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", "Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
    *("Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc", "Sở hữu riêng", "Sở hữu chung", "Nhà ở riêng lẻ"),
    *("Chuyển nhượng cho", "Tặng cho", "Để thừa kế cho", "Thừa kế", "sinh năm", "địa chỉ:", "tổ dân phố", "khu phố"),
    *(
        "Chuyển quyền",
        "được chuyển",
        "chuyển mục đích",
        "thay đổi",
        "cấp đổi",
        "đổi tên",
        "thương mại cổ phần",
        "sổ cấp",
    ),
    *("Công ty cổ phần", "Công ty TNHH", "một thành viên", "Hợp tác xã", "trách nhiệm hữu hạn", "doanh nghiệp"),
)
"""Wordings of forms and registries; only their accents are mended where they are read."""
SEEN_WELL = 85.0
"""Confidence of a word that an entry of a list must hold."""
LEAST_SEEN_SHARE = 0.6
"""Of the letters of an entry, at least this share must have been seen well."""
_PROVINCE = re.compile(r"\b(?:tinh\s+|t\.\s*)([a-z]+\s+[a-z]+)(?![a-z])")
_BEHIND_ADDRESS = re.compile(r"\s*[.;]\s+\S|\s+[—–_|]")
"""Signs behind a province that end an address."""
MOST_SCRAPS = 3
"""Words behind the province of an address that are taken for scraps."""
_REGISTER_MARK = re.compile(r":(?= số vào sổ)")
_SQUARE_METRES = re.compile(r"(?<=\d )m[^\w\s,;.)]?[2²ỶỷẺẻ]?(?=[\s,;.)]|$)")
_EIGHT = re.compile(r"(?<=\d)§|§(?=\d)")
_KINDS_OF_UNIT = ("tỉnh", "thành phố", "huyện", "thị xã", "quận", "xã", "phường", "thị trấn")
_KINDS_OF_PLACE = (
    *_KINDS_OF_UNIT,
    *("thôn", "xóm", "bản", "khu phố", "tổ dân phố", "phố", "khu", "đường", "ngõ", "số"),
)
_ABBREVIATED = ("T.", "TP.", "TX.", "TT.", "H.", "P.", "X.", "Q.")
_SURE_KINDS = ("xóm", "thôn", "huyện")
"""Kinds of places of one word whose accents are sure without a known name behind them."""
_DOT_BEFORE_WORD = re.compile(r"(?<=\s)\.(?=\w)")
_GLUED_ABBREVIATION = re.compile(r"\b(TP|TX|TT|T|H|P|X|Q)\.(?=\w)")
_DOT_BEHIND_WORD = re.compile(r"(?<=[^\W\d_]{2})(?<!TP)(?<!TX)(?<!TT)(?<!tp)(?<!tx)(?<!tt)\. (?=[^\W\d_]{2,}(?:,|$))")
"""A leader's dot inside a name; one behind an abbreviation belongs to it."""
_ONE_BEHIND = re.compile(r"(?<=\d)[\]\[|](?=[,;\s]|$)")
_ONE_BEFORE = re.compile(r"(?<=số )[Il|\]](?=\d{1,3}\b)")
_DOT_BETWEEN = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SPELLINGS = (("hàng năm", "hằng năm"), ("thủy", "thuỷ"), ("hóa", "hoá"), ("hòa", "hoà"))


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry of a list and how far the text read was from it, in letters."""

    text: str
    errors: int


@dataclass(frozen=True)
class Lexicon:
    """Closed lists prepared for looking up; built once."""

    lists: CodeLists

    @cached_property
    def purposes(self) -> tuple[str, ...]:
        """Purposes of land use in every spelling."""
        return _spellings(name for purpose in self.lists.purposes for name in purpose.names)

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Origins, alone and after a transfer, in every spelling."""
        bases = [*(origin.text for origin in self.lists.origins), *_MORE_ORIGINS]
        granted = [text for text in bases if key_of(text).startswith(("cong nhan", "nha nuoc"))]
        return _spellings([*bases, *(opener + text for opener in _TRANSFERS for text in granted)])

    @cached_property
    def places(self) -> dict[str, set[str]]:
        """Names of communes, districts and provinces by their folded form, without the kind of unit."""
        names: dict[str, set[str]] = {}
        for unit in (*self.lists.old_units, *self.lists.new_units):
            for full in (unit.name, unit.district or "", unit.province):
                name = _without_kind(full)
                names.setdefault(fold(name), set()).add(name)
        return names

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Syllables of names and places, in capitals."""
        known = set(self.lists.syllables)
        known.update(part for names in self.places.values() for name in names for part in name.split())
        return frozenset(syllable.upper() for syllable in known)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Family names, in capitals."""
        return frozenset(name.upper() for name in self.lists.surnames)

    def purpose(self, text: str) -> Nearest | None:
        """The purpose a text means, if it is near one; scraps behind it are left out."""
        return nearest(text, self.purposes, 0.2) or nearest_beginning(text, self.purposes, 0.15)

    def origin(self, text: str) -> Nearest | None:
        """The origin a text means, if it is near one; scraps behind it are left out."""
        return nearest(text, self.origins, 0.12) or nearest_beginning(text, self.origins, 0.1)

    def origin_by_words(self, words: Sequence[tuple[str, float]]) -> Nearest | None:
        """The only origin that holds the words seen well, in order, and mostly consists of them.

        Args:
            words: Words as read, with the engine's confidence.
        """
        sure = [fold(word).strip(".,;:") for word, confidence in words if confidence >= SEEN_WELL]
        letters = sum(map(len, sure))
        fitting = {
            key_of(entry): entry
            for entry in self.origins
            if _holds(fold(entry).split(), sure) and letters >= LEAST_SEEN_SHARE * len(fold(entry).replace(" ", ""))
        }
        return Nearest(next(iter(fitting.values())), 1) if len(fitting) == 1 else None

    def mend(self, text: str) -> str:
        """A text with the accents of known phrases and of units' names mended."""
        text = _EIGHT.sub("8", text)
        return self._mend_units(
            _SQUARE_METRES.sub("m²", _REGISTER_MARK.sub(";", mend_phrases(text, PHRASES))), _KINDS_OF_UNIT
        )

    def is_authority(self, text: str) -> bool:
        """Whether a text is made of known words of offices and known units only, such as "UBND huyện Tiên Du"."""
        rest = fold(text)
        for phrase in sorted((*OFFICES, *_KINDS_OF_UNIT), key=len, reverse=True):
            rest = re.sub(rf"(?<![^\W_]){re.escape(fold(phrase))}(?![^\W_])", "|", rest)
        names = [part.strip() for part in rest.split("|") if part.strip()]
        return all(name in self.places or name.isdigit() for name in names)

    def words_before_units(self, text: str) -> int | None:
        """How many words of an address stand before units that are known one and all; None when one is not."""
        words = text.split(" ")
        by_key = {fold(kind): kind for kind in (*_KINDS_OF_UNIT, *_ABBREVIATED)}
        starts = [index for index in range(len(words)) if _size_of_kind(words, index, by_key)]
        starts = [index for index in starts if not index or words[index - 1].endswith(",")]
        for start, end in zip(starts, [*starts[1:], len(words)], strict=False):
            size = _size_of_kind(words, start, by_key)
            if fold(" ".join(words[start + size : end]).rstrip(",.")) not in self.places:
                return None
        return starts[0] if starts else None

    def end_of_address(self, text: str) -> int:
        """Where an address ends: behind the name of its province, when only scraps or another sentence follow."""
        for found in _PROVINCE.finditer(fold_in_place(text)):
            rest = text[found.end() :]
            is_over = len(rest.split()) <= MOST_SCRAPS or _BEHIND_ADDRESS.match(rest)
            if fold(" ".join(found[1].split())) in self.provinces and is_over and "(" not in rest:
                return found.end()
        return len(text)

    @cached_property
    def provinces(self) -> frozenset[str]:
        """Names of provinces, folded."""
        units = (*self.lists.old_units, *self.lists.new_units)
        return frozenset(fold(name) for name in (*self.lists.provinces.values(), *(unit.province for unit in units)))

    def address(self, text: str) -> str:
        """An address with its units' accents mended and the commas before its units in place."""
        text = _ONE_BEHIND.sub("1", _ONE_BEFORE.sub("1", text))
        return self._mend_units(_undotted(tidy(text)), (*_KINDS_OF_PLACE, *_ABBREVIATED), commas=True)

    def _mend_units(self, text: str, kinds: Sequence[str], *, commas: bool = False) -> str:
        """Mend each "huyện ..." and its like: the kind's accents, and the name's where its letters are known."""
        by_key = {fold(kind): kind for kind in kinds}
        words = text.split(" ")
        mended: list[str] = []
        index = 0
        while index < len(words):
            size = _size_of_kind(words, index, by_key)
            if not size:
                mended.append(words[index])
                index += 1
                continue
            taken, name = self._name_at(words, index + size)
            known = by_key[_key(words[index : index + size])]
            is_sure = taken or size > 1 or known in _SURE_KINDS
            if not is_sure and style_key(" ".join(words[index : index + size])) != style_key(known):
                mended.append(words[index])
                index += 1
                continue
            kind = _spelled_like(words[index], known)
            is_unit = kind in _KINDS_OF_UNIT or kind in _ABBREVIATED
            if commas and mended and is_unit and not mended[-1].endswith((",", "-", ";")):
                mended[-1] = mended[-1].rstrip(".:") + ","
            mended.append(kind)
            mended += name
            index += size + taken
        return " ".join(mended)

    def _name_at(self, words: Sequence[str], index: int) -> tuple[int, list[str]]:
        """The longest known name at a place, with its own spelling, and how many words it takes."""
        for size in range(min(5, len(words) - index), 0, -1):
            piece = " ".join(words[index : index + size])
            bare = piece.rstrip(",.;:-")
            known = self.places.get(fold(bare), set())
            if not known:
                continue
            cased = {_cased_like(bare, name) for name in known}
            same = any(style_key(bare) == style_key(name) for name in known)
            same = same and not any(word[:1].islower() for word in bare.split()[1:])
            spelled = bare if same or len(cased) > 1 else _with_lost_dot(bare, min(cased))
            return size, [spelled + piece[len(bare) :]]
        return 0, []


def _holds(entry: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words occur in an entry in their order."""
    rest = iter(entry)
    return bool(words) and all(word in rest for word in words)


def _undotted(text: str) -> str:
    """A text without the dots a leader under it left between its words."""
    text = _GLUED_ABBREVIATION.sub(r"\1. ", _DOT_BEFORE_WORD.sub("", text))
    return _DOT_BEHIND_WORD.sub(" ", _DOT_BETWEEN.sub(" ", text))


def _with_lost_dot(read: str, known: str) -> str:
    """A known name whose tone was not seen: a dot is lost below "y" more easily than below "u"."""
    pairs = zip(read.split(), known.split(), strict=False)
    spelled = [name[:-2] + "uỵ" if word.endswith("uy") and name.endswith("ụy") else name for word, name in pairs]
    return " ".join(spelled) if len(spelled) == len(known.split()) else known


def _key(words: Sequence[str]) -> str:
    return fold(" ".join(words))


def _size_of_kind(words: Sequence[str], index: int, by_key: Mapping[str, str]) -> int:
    """How many words at a place name a kind of place; 0 for none. Inside a text a kind is written small."""
    before = words[index - 1] if index else ","
    starts_part = before.endswith((",", ";", "-", "."))
    if not (words[index][:1].islower() or starts_part or words[index].isupper()):
        return 0
    return next((size for size in (3, 2, 1) if _key(words[index : index + size]) in by_key), 0)


def _spelled_like(read: str, known: str) -> str:
    """A known word in the capitals of the word read."""
    if len(read) > 1 and read.isupper():
        return known.upper()
    return known[0].upper() + known[1:] if read[:1].isupper() else known


def _cased_like(read: str, name: str) -> str:
    return name.upper() if read.isupper() and len(read) > 1 else name


@lru_cache(maxsize=4096)
def style_key(text: str) -> str:
    """The same for a text in both styles of setting tone marks: "hòa" and "hoà", "Ủy" and "Uỷ"."""
    syllables = unicodedata.normalize("NFD", text.lower()).split()
    return " ".join(_TONES.sub("", syllable) + "".join(_TONES.findall(syllable)) for syllable in syllables)


def mend_phrases(text: str, phrases: Iterable[str]) -> str:
    """A text in which known phrases have their own accents; nothing but accents changes."""
    for phrase in phrases:
        folded, key = fold_in_place(text), fold_in_place(phrase)
        start = folded.find(key)
        while start >= 0:
            end = start + len(key)
            whole = not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum()
            if whole and style_key(text[start:end]) != style_key(phrase):
                text = text[:start] + _accents_of(phrase, text[start:end]) + text[end:]
            start = folded.find(key, end)
    return text


def _accents_of(phrase: str, read: str) -> str:
    return "".join(k.upper() if r.isupper() else k.lower() for k, r in zip(phrase, read, strict=True))


def nearest_beginning(text: str, entries: Iterable[str], allowed_share: float) -> Nearest | None:
    """The entry a text begins with, when only scraps of at most four letters stand behind it."""
    wanted = tidy(text).lower()
    found: list[Nearest] = []
    for entry in entries:
        head, rest = wanted[: len(entry)], wanted[len(entry) :]
        if not rest or sum(character.isalpha() for character in rest) > 4 or rest[:1].isalpha():
            continue
        errors = distance(head, entry.lower())
        if errors <= int(len(entry) * allowed_share):
            found.append(Nearest(entry, errors + 1))
    return min(found, key=lambda near: (near.errors, -len(near.text)), default=None)


def nearest(text: str, entries: Iterable[str], allowed_share: float) -> Nearest | None:
    """The only entry near enough to a text; None when there is none or two are as near.

    Args:
        text: As read.
        entries: The list.
        allowed_share: Wrong letters allowed, as a share of the entry's length.
    """
    wanted = _unspaced(text)
    best: list[Nearest] = []
    for entry in entries:
        limit = int(len(entry) * allowed_share)
        letters = _unspaced(entry)
        if abs(len(letters) - len(wanted)) > limit:
            continue
        errors = distance(wanted, letters)
        if errors > limit:
            continue
        if not best or errors < best[0].errors:
            best = [Nearest(entry, errors)]
        elif errors == best[0].errors and entry not in {near.text for near in best}:
            best.append(Nearest(entry, errors))
    return best[0] if len(best) == 1 else _nearest_but_for_tones(wanted, best)


def _nearest_but_for_tones(wanted: str, entries: Sequence[Nearest]) -> Nearest | None:
    """Of entries as near, the only one that differs in tones alone: "hăng" is "hằng"; "hãng" may have lost its hook."""
    keys = {near.text: _toneless(_unspaced(near.text)) for near in entries}
    same = [near for near in entries if keys[near.text] == _toneless(wanted)]
    most = max(map(len, keys.values()), default=0)
    return same[0] if len(same) == 1 and len(keys[same[0].text]) == most else None


def _toneless(text: str) -> str:
    return _TONES.sub("", unicodedata.normalize("NFD", text))


def _unspaced(text: str) -> str:
    """The letters only: blanks are lost and won too easily to count."""
    return tidy(text).lower().replace(" ", "")


def _spellings(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text with its other accepted spellings, once."""
    found: dict[str, None] = {}
    for text in texts:
        found[text] = None
        for one, other in _SPELLINGS:
            found[text.replace(one, other)] = None
            found[text.replace(other, one)] = None
    return tuple(found)


def _without_kind(full: str) -> str:
    for kind in ("Tỉnh ", "Thành phố ", "Thị xã ", "Huyện ", "Quận ", "Thị trấn ", "Phường ", "Xã "):
        if full.startswith(kind):
            return full.removeprefix(kind)
    return full
