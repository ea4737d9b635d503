"""Purposes of land use as certificates before 2004 abbreviate them.

Source: the signs of the cadastral books and maps of the 1990s (decision 499 QĐ/ĐC of 1995); general knowledge, to be
confirmed by registration offices. Signs that stand for several purposes of today get no code: which one is not said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.extraction.drafts import Draft, derived
from app.domain.text import fold

DWELLING = frozenset({"t", "do", "tho cu", "dat o", "dat tho cu", "tc"})
"""Dwelling land; whether of a village or of a town is told by the place."""
CODES = {"2l": "LUC", "1l": "LUK", "ao": "NTS", "lua": "LUC", "2 lua": "LUC", "1 lua": "LUK"}
_SIGNS = {
    "ĐƠ": ("ĐO", "ĐÔ", "ĐỞ", "Đ0", "DƠ", "DO", "D0"),
    "2L": ("21", "2I", "2l", "ZL"),
    "1L": ("11", "IL", "lL", "|L", "4L"),
    "2M": ("ZM",),
    "1M": ("IM", "lM", "|M"),
    "RT": ("RI", "R1"),
    "Ao": ("A0", "AO", "ao"),
    "T": ("†", "Τ"),
    "Vườn": ("Vuờn", "Vưòn", "Vừơn"),
    **dict.fromkeys(("LN", "LM", "M", "V", "L", "A", "TS", "Màu", "Lúa", "Rừng"), ()),
}
"""Signs, and what the engine makes of them."""
_SIGN_OF = {seen: sign for sign, slips in _SIGNS.items() for seen in (sign, *slips)}
_PURPOSE = re.compile(r"parcels\[\d+\]\.uses\[\d+\]\.purpose")
_SCRAPS = " .,;:^'\"`´‘’“”~*_-–—"
"""Bits of rules and dirt beside a sign."""
_AND = re.compile(r"\s?\+\s?")
_TOWN = re.compile(r"\b(?:thị trấn|phường)\b")
_VILLAGE = re.compile(r"\bxã\b")


def with_old_purposes(drafts: Sequence[Draft]) -> list[Draft]:
    """Purposes in their old signs, each with the code of today where there is only one."""
    known = {draft.path for draft in drafts}
    addresses = {
        draft.path.rpartition(".")[0]: draft.value or "" for draft in drafts if draft.path.endswith("].address")
    }
    found: list[Draft] = []
    for draft in drafts:
        if not _PURPOSE.fullmatch(draft.path) or not draft.value:
            found.append(draft)
            continue
        sign = sign_of(draft.value)
        kept = draft if sign is None else _as_sign(draft, sign)
        found.append(kept)
        code = _code(kept.value or "", addresses.get(draft.path.partition(".uses[")[0], ""))
        if code and f"{draft.path}_code" not in known:
            found.append(derived(f"{draft.path}_code", code, kept))
    return found


def sign_of(printed: str) -> str | None:
    """The sign a printed purpose means, or several with "+" between them: "1L + 1M"; None for words."""
    signs = [_SIGN_OF.get(part.strip(_SCRAPS)) for part in _AND.split(printed)]
    known = [sign for sign in signs if sign]
    return " + ".join(known) if len(known) == len(signs) else None


def _as_sign(draft: Draft, sign: str) -> Draft:
    doubts = tuple(doubt for doubt in draft.doubts if doubt != "not_in_list")
    return replace(draft, value=sign, doubts=doubts if sign == draft.value else (*doubts, "mended"))


def _code(purpose: str, address: str) -> str | None:
    key = fold(purpose).strip(" .")
    if key not in DWELLING:
        return CODES.get(key)
    place = address.lower()
    if _TOWN.search(place):
        return "ODT"
    return "ONT" if _VILLAGE.search(place) else None
