"""Houses and other assets attached to the land."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread
from app.domain.extraction.fuzzy import find
from app.domain.extraction.uses import area_draft, is_nothing

_EDGES = " ;:,.-–_…·|'\"`"
KINDS = {
    "house": "Nhà ở",
    "works": "Công trình xây dựng khác",
    "forest": "Rừng sản xuất là rừng trồng",
    "trees": "Cây lâu năm",
}
_KIND_WORDS = (
    (r"\bnha xuong|\bkho\b|\bxuong\b|\bcong trinh|\bchuong\b|\btrai\b", KINDS["works"]),
    (r"\brung\b", KINDS["forest"]),
    (r"\bcay\b", KINDS["trees"]),
    (r"\bnha\b|\bbiet thu", KINDS["house"]),
)
_ASSET_START = re.compile(
    r"^[\W\d]{0,5}(?=(?:nha (?:o|xuong|kho|cap|mot|hai|\d)|cong trinh|rung|cay lau|vuon cay|xuong))", re.MULTILINE
)
_BAD_UNIT = re.compile(r"(?<=\d)\s?[^\s\d]{1,3}[\W_]*$")
_NONE = re.compile(r"\W*(?:khong|chua (?:co|dang|chung|xac))\b")
LEAST_LETTERS = 4
_GRADE = re.compile(r"(Cấp|cấp)\s+([IVHl1|]{1,4})$")
_STROKES = str.maketrans("l1|", "III")
_ROMAN = frozenset({"I", "II", "III", "IV"})
_LABELS = {
    "built_area_m2": ("diện tích xây dựng",),
    "floor_area_m2": ("diện tích sàn", "diện tích sử dụng"),
    "ownership": ("hình thức sở hữu",),
    "grade": ("cấp (hạng)", "cấp hạng", "cấp công trình"),
    "floors": ("số tầng",),
    "term": ("thời hạn sở hữu", "thời hạn được sở hữu"),
    "address": ("địa chỉ",),
    "name": ("tên tài sản", "loại nhà ở", "tên công trình", "loại công trình"),
}


def read_listed_asset(clip: Clip | None, kind: str, first: int) -> list[Draft]:
    """Assets of one kind in the 2009 and 2014 models, as text: items parted by semicolons."""
    if clip is None or not clip.text.strip(_EDGES) or is_nothing(clip) or _says_none(clip):
        return []
    return [derived(f"assets[{first}].kind", kind), *_read_items(clip, f"assets[{first}]")]


def read_free_assets(clip: Clip | None) -> list[Draft]:
    """Assets of the model of 2003: text without labels of kinds, one asset in each part that names one."""
    if clip is None or is_nothing(clip) or _says_none(clip):
        return []
    drafts: list[Draft] = []
    for index, part in enumerate(_by_kind(clip)):
        kind = next((kind for words, kind in _KIND_WORDS if re.search(words, part.folded)), None)
        named = [derived(f"assets[{index}].kind", kind)] if kind else []
        drafts += [*named, *_read_items(part, f"assets[{index}]")]
    return drafts


def _says_none(clip: Clip) -> bool:
    return sum(map(str.isalpha, clip.text)) < LEAST_LETTERS or _NONE.match(clip.folded) is not None


def _by_kind(clip: Clip) -> list[Clip]:
    """Parts that each begin a line with the name of an asset."""
    starts = [found.start() for found in _ASSET_START.finditer(clip.folded)]
    if not starts:
        return [clip]
    return [clip.cut(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _read_items(clip: Clip, where: str) -> list[Draft]:
    """The name stands first; each label found takes what stands behind it, up to the next one."""
    places = _labels_in(clip)
    drafts = [_text(f"{where}.name", clip.cut(0, places[0][0] if places else None))]
    for (_, start, field), following in zip(places, [*places[1:], None], strict=False):
        drafts += asset_value(f"{where}.{field}", clip.cut(start, following[0] if following else None).strip(_EDGES))
    return drafts


def _labels_in(clip: Clip) -> list[tuple[int, int, str]]:
    """Start and end of each label in a text, and the field it is about, in order."""
    found = []
    for field, labels in _LABELS.items():
        hits = [hit for label in labels if (hit := find(label, clip.folded, 0.2))]
        if hits:
            best = min(hits, key=lambda hit: (hit.share, hit.start - hit.end))
            found.append((best.start, best.end, field))
    found.sort()
    return [place for index, place in enumerate(found) if not index or place[0] >= found[index - 1][1]]


def asset_value(path: str, clip: Clip) -> list[Draft]:
    """One value of an asset; nothing where the paper says there is none."""
    clip = clip.strip(_EDGES) if not is_nothing(clip) else clip
    if not clip.text or is_nothing(clip):
        return []
    if path.endswith("_area_m2"):
        return [_area(path, clip)]
    if path.endswith(".floors"):
        digits = re.search(r"\d{1,2}", clip.text)
        return [read_draft(path, clip.match(digits), str(int(digits[0]))) if digits else unread(path, clip.page, clip)]
    if path.endswith(".grade"):
        return [_grade(path, clip)]
    return [_text(path, clip)]


def _area(path: str, clip: Clip) -> Draft:
    """An area; its unit may be seen so badly that it is no unit any more."""
    draft = area_draft(path, clip)
    unit = _BAD_UNIT.search(clip.text) if draft.value is None else None
    return replace(area_draft(path, clip.cut(0, unit.start())), doubts=("slip",)) if unit else draft


def _grade(path: str, clip: Clip) -> Draft:
    """A grade in Roman figures; their strokes run together easily."""
    found = _GRADE.match(clip.text)
    if not found:
        return _text(path, clip)
    figure = found[2].replace("H", "II").translate(_STROKES)
    if figure not in _ROMAN:
        return _text(path, clip)
    return read_draft(path, clip, f"{found[1]} {figure}", "" if figure == found[2] else "mended")


def _text(path: str, clip: Clip) -> Draft:
    clip = clip.strip(_EDGES)
    return read_draft(path, clip, clip.line or None)


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
