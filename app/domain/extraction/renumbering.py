"""Parcels and sheets that have other numbers on today's map, as changes say: "nay là thửa số 34, tờ bản đồ số 12".

Source: the record's `map_number` and `map_sheet`, the numbers of today's map beside those of the certificate.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, read_draft

_NOW = re.compile(
    r"\b(?:nay\s(?:la|thuoc)|doi\s(?:thanh|sang)|thanh(?=\s(?:thua|to|so))|so\s(?:thua|to)\smoi|thua\s(?:dat\s)?moi)"
)
_PARCEL = re.compile(r"\bthua(?:\s?dat)?(?:\s?moi)?(?:\s?so)?[\s:.]{0,3}(\d{1,5}(?:-\d{1,3})?)\b")
_SHEET = re.compile(r"\bto(?:\s?ban\s?do)?(?:\s?dia\s?chinh)?(?:\s?moi)?(?:\s?so)?[\s:.]{0,3}(\d{1,4})\b")
_FIELDS = (("map_number", _PARCEL), ("map_sheet", _SHEET))
_MARK = "].parcels["
_PARCEL_PATH = re.compile(r"parcels\[(\d+)\]\.(\w+)$")
OLD = "parcels[0].old_"
"""Paths of the numbers the parcel had, which only tell which one it is."""


def read_renumbering(clip: Clip, where: str) -> list[Draft]:
    """The numbers of today's map in the text of a change; their paths begin with that of the change.

    Args:
        clip: The text of the change.
        where: Path of the change, "changes[2]".
    """
    clip = Clip(clip.text.replace("\n", " "), clip.spans, clip.page)
    now = _NOW.search(clip.folded)
    if now is None:
        return []
    before, behind = clip.cut(0, now.start()), clip.cut(now.start())
    drafts = []
    for field, pattern in _FIELDS:
        found, old = pattern.search(behind.folded), pattern.search(before.folded)
        if found:
            drafts.append(read_draft(f"{where}.parcels[0].{field}", behind.match(found, 1), found[1], "running_text"))
        if old:
            drafts.append(read_draft(f"{where}.{OLD}{field}", before.match(old, 1), old[1]))
    return drafts if any(OLD not in draft.path for draft in drafts) else []


def settle_renumbering(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in which today's numbers belong to the parcel they are about: the only one, or the one that is named.

    A later change replaces what an earlier one says.
    """
    others = [draft for draft in drafts if not _is_renumbering(draft)]
    found: dict[str, Draft] = {}
    for change in sorted({_change(draft) for draft in drafts if _is_renumbering(draft)}):
        told = [draft for draft in drafts if _is_renumbering(draft) and _change(draft) == change]
        parcel = _parcel_of(others, told)
        if parcel is not None:
            new = [
                replace(draft, path=f"parcels[{parcel}].{draft.path.rpartition('.')[2]}")
                for draft in told
                if OLD not in draft.path
            ]
            found |= {draft.path: draft for draft in new}
    return [*others, *found.values()]


def _is_renumbering(draft: Draft) -> bool:
    return draft.path.startswith("changes[") and _MARK in draft.path


def _change(draft: Draft) -> int:
    return int(draft.path.partition("[")[2].partition("]")[0])


def _parcel_of(drafts: Sequence[Draft], told: Sequence[Draft]) -> int | None:
    """Which parcel a change is about; None where that is not sure."""
    known: dict[int, dict[str, str | None]] = {}
    for draft in drafts:
        found = _PARCEL_PATH.match(draft.path)
        if found:
            known.setdefault(int(found[1]), {})[found[2]] = draft.value
    if len(known) <= 1:
        return min(known, default=0)
    old = {draft.path.rpartition("_")[2]: draft.value for draft in told if OLD in draft.path}
    fitting = [at for at, values in known.items() if old and all(values.get(name) == one for name, one in old.items())]
    return fitting[0] if len(fitting) == 1 else None
