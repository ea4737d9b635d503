"""Houses and other assets attached to the land."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread
from app.domain.extraction.fuzzy import Hit, find, find_at_start
from app.domain.extraction.grades import grade_of
from app.domain.extraction.lexicon import mend_phrases, nearest, nearest_beginning, style_key
from app.domain.extraction.uses import area_draft, is_nothing
from app.domain.text import tidy

_EDGES = " ;:,.-–_…·|'\"`"
KINDS = {
    "house": "Nhà ở",
    "works": "Công trình xây dựng khác",
    "forest": "Rừng sản xuất là rừng trồng",
    "trees": "Cây lâu năm",
}
_KIND_WORDS = (
    (
        r"\bnha (?:xuong|kho|may|dieu hanh|lam viec)|\bkho\b|\bxuong\b|\bcong trinh|\bchuong\b|\btrai\b|\btram\b",
        KINDS["works"],
    ),
    (r"\brung\b", KINDS["forest"]),
    (r"\bcay\b|\bvuon\b", KINDS["trees"]),
    (r"\bnha\b|\bbiet thu", KINDS["house"]),
)
_BAD_UNIT = re.compile(r"(?<=\d)\s?[^\s\d]{1,3}[\W_]*$")
_STROKE_FOR_ONE = re.compile(r"[Il|!](?=\.\d{3}(?:\.\d{3})*,\d)")
"""A stroke before groups of three figures: only a one has its shape."""
_PARTED_AREA = re.compile(r"(?<![\d,.])(\d{1,3}(?:\.\d{3})*|\d+)\s?,\s?(\d{1,2})(?=\s?m|\W*$)")
_NONE = re.compile(r"\W*(?:khong|chua (?:co|dang|chung|xac))\b")
LEAST_LETTERS = 4
_LABELS: dict[str, tuple[str, ...]] = {
    "built_area_m2": ("diện tích xây dựng", "diện tích chiếm đất", "DT xây dựng", "DTXD", "DT đất xây dựng"),
    "floor_area_m2": (
        *("tổng diện tích sàn", "diện tích sàn xây dựng", "diện tích sàn", "diện tích sử dụng", "tổng DT sàn"),
        *("DT sàn xây dựng", "DT sàn", "DT sử dụng", "tổng diện tích sử dụng", "DTSD"),
    ),
    "ownership": ("hình thức sở hữu", "hình thức SH", "sở hữu"),
    "grade": ("cấp (hạng)", "cấp hạng", "cấp công trình", "cấp nhà", "cấp"),
    "floors": ("số tầng", "tầng cao", "chiều cao", "số tầng cao"),
    "term": ("thời hạn sở hữu", "thời hạn được sở hữu", "thời hạn", "thời hạn SH"),
    "address": ("địa chỉ",),
    "name": (
        "tên tài sản",
        "loại nhà ở",
        "tên công trình",
        "loại công trình",
        "loại rừng",
        "loại cây",
        "loại tài sản",
        "tên nhà",
    ),
    "": (
        *("diện tích", "kết cấu", "kết cấu chính", "năm hoàn thành xây dựng", "năm hoàn thành", "công suất"),
        *("số lượng", "mật độ", "năm xây dựng", "hoàn thành năm", "DT", "loài cây", "tuổi cây", "năm trồng"),
    ),
}
"""Labels of values in running text; those without a field only end the value before them."""
SHARE = 0.2
SHORT = 10
"""Letters of a label below which it must be followed by a colon, or what was seen for one."""
SHORTEST = 6
"""The same for a colon that was seen as one."""
_PARTING = re.compile(r"[.;]\s*(?=[A-ZĐÀ-Ỹ])|(?<=-/-)\W*\s(?=[A-ZĐÀ-Ỹ])")
OWNERSHIPS = ("Sở hữu riêng", "Sở hữu chung", "Sở hữu chung hợp nhất", "Sở hữu chung theo phần")
HOME = "Nhà ở riêng lẻ"
"""The name nearly every house has; put right where a letter or two were seen badly."""
NAMES = ("Rừng trồng", "Rừng sản xuất", "Nhà xưởng", "Nhà kho", "Nhà điều hành", "Nhà ở")
"""Words of other names, of which only the accents are put right."""
_FOREIGN = re.compile(r"uy ban nhan dan|\bso vao so\b|giay chung nhan")
"""What no asset is named: lines of other parts of the page."""


def read_listed_asset(clip: Clip | None, kind: str, first: int) -> list[Draft]:
    """Assets of one kind in the 2009 and 2014 models, as text: items parted by semicolons."""
    if clip is None or not clip.text.strip(_EDGES) or is_nothing(clip) or _says_none(clip):
        return []
    return _read_items(clip, first, kind)


def read_free_assets(clip: Clip | None) -> list[Draft]:
    """Assets of the model of 2003: text without headings of kinds, which the names themselves tell."""
    if clip is None or is_nothing(clip) or _says_none(clip):
        return []
    drafts: list[Draft] = []
    for index, (name, values) in enumerate(_assets_in(clip)):
        kind = next((kind for words, kind in _KIND_WORDS if re.search(words, _before(clip, name).folded)), None)
        named = [derived(f"assets[{index}].kind", kind)] if kind else []
        drafts += [*named, *_drafts_of(f"assets[{index}]", name, values)]
    return drafts


def _before(clip: Clip, name: Clip) -> Clip:
    """A name with the words right before it, such as "Loại cây:"."""
    at = clip.text.find(name.text)
    return clip.cut(max(0, at - 12), at + len(name.text)) if name.text and at >= 0 else name


def _says_none(clip: Clip) -> bool:
    return sum(map(str.isalpha, clip.text)) < LEAST_LETTERS or _NONE.match(clip.folded) is not None


_Values = dict[str, Clip]


def _assets_in(clip: Clip) -> list[tuple[Clip, _Values]]:
    """The assets of a running text: name and values of each; a label that comes again begins the next one."""
    places = _labels_in(clip)
    found: list[tuple[Clip, _Values]] = []
    name, values = clip.cut(0, places[0][0] if places else None), _Values()
    for (_, start, field), following in zip(places, [*places[1:], None], strict=False):
        value = clip.cut(start, following[0] if following else None)
        next_field = following[2] if following else None
        begins_next = next_field is not None and next_field != "" and (next_field in {*values, field})
        value, rest = _parted_value(value) if begins_next and next_field != "name" else (value, None)
        if field == "name":
            if values:
                found.append((name, values))
                values = {}
            name = value
        elif field:
            values[field] = value
        if rest is not None:
            found.append((name, values))
            name, values = rest, {}
    return [*found, (name, values)]


def _parted_value(clip: Clip) -> tuple[Clip, Clip | None]:
    """A value and the name of the next asset behind it; None where no mark parts them."""
    marks = list(_PARTING.finditer(clip.text)) or list(re.finditer(r"\n", clip.text))
    if not marks:
        return clip, None
    return clip.cut(0, marks[-1].start()), clip.cut(marks[-1].end())


def _read_items(clip: Clip, first: int, kind: str) -> list[Draft]:
    drafts: list[Draft] = []
    for index, (name, values) in enumerate(_assets_in(clip)):
        where = f"assets[{first + index}]"
        drafts += [derived(f"{where}.kind", kind), *_drafts_of(where, name, values)]
    return drafts


def _drafts_of(where: str, name: Clip, values: _Values) -> list[Draft]:
    name = name.strip(_EDGES)
    if _FOREIGN.search(name.folded):
        return [unread(f"{where}.name", name.page, name)]
    drafts = [_name(f"{where}.name", name)] if name.text else [unread(f"{where}.name", name.page)]
    return drafts + [
        draft for field, value in values.items() for draft in asset_value(f"{where}.{field}", value.strip(_EDGES))
    ]


def _labels_in(clip: Clip) -> list[tuple[int, int, str]]:
    """Start and end of each label in a text, and the field it is about, in order; of two at one place the longer."""
    folded = clip.folded.replace("\n", " ")
    hits: list[tuple[int, int, str, float]] = []
    for field, labels in _LABELS.items():
        for label in labels:
            hits += [(hit.start, hit.end, field, hit.share) for hit in _all_hits(label, folded)]
    hits.sort(key=lambda hit: (hit[0] - hit[1], hit[3]))
    chosen: list[tuple[int, int, str]] = []
    for start, end, field, _ in hits:
        if all(end <= one or start >= other for one, other, _ in chosen):
            chosen.append((start, end, field))
    return sorted(chosen)


def _all_hits(label: str, folded: str) -> list[Hit]:
    """All places of a label, not only the best one."""
    found: list[Hit] = []
    start = 0
    while start < len(folded) and (hit := find(label, folded[start:], SHARE)):
        here = Hit(start + hit.start, start + hit.end, hit.errors)
        before = find(label, folded[start : here.start], SHARE)
        here = Hit(start + before.start, start + before.end, before.errors) if before else here
        mark = r"\s{0,2}[:;.]" if len(label) >= SHORTEST else r"\s{0,2}:"
        if len(label) >= SHORT or re.match(mark, folded[here.end :]):
            found.append(here)
        start = here.end
    return found


def asset_value(path: str, clip: Clip) -> list[Draft]:
    """One value of an asset; nothing where the paper says there is none."""
    clip = clip.strip(_EDGES) if not is_nothing(clip) else clip
    if not clip.text or is_nothing(clip):
        return []
    read = _READERS.get(path.rpartition(".")[2], _text)
    return [read(path, clip)]


def _floors(path: str, clip: Clip) -> Draft:
    digits = re.search(r"\d{1,2}", clip.text)
    return read_draft(path, clip.match(digits), str(int(digits[0]))) if digits else unread(path, clip.page, clip)


def _area(path: str, clip: Clip) -> Draft:
    """An area; its unit may be seen so badly that it is no unit any more, a blank stand behind its comma.

    Areas of assets are printed with a decimal: without one a comma may be lost.
    """
    if _STROKE_FOR_ONE.match(clip.text):
        figures = Clip(f"1{clip.text[1:]}", clip.spans, clip.page)
        return replace(_area(path, figures), raw=clip.line)
    parted = _PARTED_AREA.search(clip.text)
    if parted and _begins_there(clip, parted.start()):
        value = f"{parted[1].replace('.', '')}.{parted[2]}"
        return read_draft(path, clip.match(parted), value, "slip" if " " in parted[0] else "")
    draft = area_draft(path, clip)
    unit = _BAD_UNIT.search(clip.text) if draft.value is None else None
    draft = area_draft(path, clip.cut(0, unit.start())) if unit else draft
    if draft.value is None:
        return draft
    if not _begins_there(clip, max(clip.text.find(draft.raw or ""), 0)):
        return unread(path, clip.page, clip)
    return draft if "." in draft.value else replace(draft, doubts=(*draft.doubts, "slip"))


def _begins_there(clip: Clip, at: int) -> bool:
    """Whether a number is all of what is printed, and not the end of one whose beginning was seen badly."""
    before = clip.text[:at]
    return not any(map(str.isdigit, before)) and before[-1:] in {"", " ", "\n", "(", ":"}


def _grade(path: str, clip: Clip) -> Draft:
    found = grade_of(clip)
    return read_draft(path, clip, *found) if found else _text(path, clip)


def _ownership(path: str, clip: Clip) -> Draft:
    """One of a few wordings, with a letter in five wrong or scraps behind it; any other text as it is."""
    clip = clip.strip(_EDGES)
    near = nearest(clip.line, OWNERSHIPS, 0.2) or nearest_beginning(clip.line, OWNERSHIPS, 0.1)
    if near is None or near.text == clip.line or near.text.lower() == clip.line.lower():
        return _text(path, clip)
    return read_draft(path, clip, near.text, "mended")


def _name(path: str, clip: Clip) -> Draft:
    """The name of an asset, the usual words at its beginning put right."""
    clip = clip.strip(_EDGES)
    hit = find_at_start(HOME, clip.folded, SHARE)
    is_home = hit is not None and not clip.text[hit.end : hit.end + 1].isalnum()
    line = f"{HOME}{clip.text[hit.end :]}" if hit and is_home else mend_phrases(clip.line, NAMES)
    if style_key(tidy(line)) == style_key(clip.line):
        return _text(path, clip)
    return read_draft(path, clip, tidy(line), "mended")


def _text(path: str, clip: Clip) -> Draft:
    clip = clip.strip(_EDGES)
    return read_draft(path, clip, clip.line or None)


_READERS: Mapping[str, Callable[[str, Clip], Draft]] = {
    "built_area_m2": _area,
    "floor_area_m2": _area,
    "floors": _floors,
    "grade": _grade,
    "ownership": _ownership,
    "name": _name,
}


def read_labelled_asset(parts: Mapping[str, Clip], where: str) -> list[Draft]:
    """An asset of the 2024 model: one labelled line for each value."""
    fields = {
        "asset_name": "name",
        "asset_area": "floor_area_m2",
        "ownership": "ownership",
        "asset_term": "term",
        "asset_address": "address",
    }
    drafts = [
        draft
        for name, field in fields.items()
        if name in parts
        for draft in asset_value(f"{where}.{field}", parts[name])
    ]
    return drafts if any(draft.value for draft in drafts) else []
