"""Who uses the land after a change gave it to somebody else.

Source: form 01, columns O to R: when the last transfer names somebody else, that person is the present user. A change
about a part of the land leaves the holders as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.extraction.change_kinds import KEEPS_USERS
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, unread
from app.domain.extraction.fuzzy import find
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.organisations import read_organisation
from app.domain.extraction.people import SPOUSE_LEAD, Block, named_blocks, read_person, roles_of, shared_address
from app.domain.extraction.renumbering import settle_renumbering

_CHANGE_END = re.compile(
    r"\btheo\b|\bho\s?so\b|\bhop\s?dong\s(?:so|chuyen|tang|cong|mua)|\bcan\s?cu\b|\bvan\s?ban\s(?:so|thoa|phan|khai|cong)|"
    r"\bquyet\s?dinh\s(?:so|cua)|\bdi\s?chuc\b|\bdien\s?tich\b|\btoan\s?bo\b|\bso\s?cong\s?chung\b|\bdo\s(?:van|phong)\b"
)
_INLINE_ADDRESS = re.compile(
    r"[\s,;](d\S?a\s?ch\S?[^:;\n]{0,20}[:;]|(?:noi\s)?(?:thuong\s?tru|ho\s?khau|cu\s?tru)[^:;\n]{0,14}[:;])"
)
_PARTIAL = re.compile(
    r"\bmot\s+phan\b|\bphan\s+dien\s+tich\b|\bdien\s+tich\s+con\s+lai\b|\bcon\s+lai\b|\btach\s+thua\b"
)
REST = "diện tích còn lại"
_SOME_AREA = re.compile(r"(?:nhuong|tang\s?cho|thua\s?ke)\s+(?:[a-z]+\s){0,2}?\d[\d.,]*\s?m")
"""An area behind the word itself: it may be all of the land, or a part of it."""
_WHOLE = re.compile(r"\btoan\s+bo\b|\bca\s+thua\b")
_TO = re.compile(r"\b(?:sang|cho)\s+(?=\S)")
_FROM = re.compile(r"\b(?:cua|tu)\s+(?:vo\s+chong\s+|ho\s+)?(?=(?:ong|ba|ho)\b)")
_RECEIVES = re.compile(r"\b(?:nhan|duoc)\s+(?:tang|thua|chuyen)")
_TO_ORGANISATION = re.compile(
    r"\b(?:cho|sang)\s+(?:ten\s+)?(?=(?:cong\s+ty|hop\s+tac\s+xa|doanh\s+nghiep|ngan\s+hang|truong|ubnd|uy\s+ban|quy|hoi|"
    r"chua|trung\s+tam|hoc\s+vien|benh\s+vien|cong\s+doan|giao\s+xu)\b)"
)
_DAMAGED_OPENER = re.compile(r"\b(?:cho|sang)\s+(?:ten\s+)?(\w{2,3}[\s:]+)(?=[A-ZĐÀ-Ỹ]\S*\s+[A-ZĐÀ-Ỹ])")
"""Two or three letters between "cho" and a name: the word for a man or a woman, seen badly."""
OTHER_USER = "odd_holder"
"""Doubt of a person who may not be the one that uses the land."""
_MARK = "].current_users["


def read_new_users(clip: Clip, reason: str, where: str, lexicon: Lexicon) -> list[Draft]:
    """The persons a change gives the land to, named in its text; their paths begin with that of the change.

    Nothing where a part of the land is given away; a name that is open where nobody could be made out.

    Args:
        clip: The text of the change.
        reason: transfer, gift or inheritance.
        where: Path of the change, "changes[2]".
        lexicon: Closed lists.
    """
    clip = Clip(clip.text.replace("\n", " "), clip.spans, clip.page)
    is_part = _PARTIAL.search(clip.folded) or find(REST, clip.folded, 0.2)
    if is_part and not _WHOLE.search(clip.folded):
        return []
    named = _receivers(clip)
    unsure = (OTHER_USER,) if _SOME_AREA.search(clip.folded) and not _WHOLE.search(clip.folded) else ()
    drafts = _persons(named, reason, lexicon) or _organisation(named, reason, lexicon)
    if not drafts:
        drafts = [unread("holders[0].name", clip.page, named)]
    return [_as_current(replace(draft, doubts=(*draft.doubts, *unsure)), where) for draft in drafts]


def _receivers(clip: Clip) -> Clip:
    """The part of a text that names those who receive: behind "cho", without those it comes from, up to its basis."""
    to = [found for found in _TO.finditer(clip.folded) if not clip.folded[: found.start()].endswith("tang ")]
    gift = [found for found in _TO.finditer(clip.folded) if clip.folded[: found.start()].endswith("tang ")]
    first = next(iter(to or gift), None)
    start = first.start() if first and not _named_before(clip, first.start()) else 0
    rest = clip.cut(start)
    giver = _FROM.search(rest.folded)
    head = giver.start() if giver and _TO.search(rest.folded[: giver.start()]) is None and giver.start() > 12 else None
    if head is not None and named_blocks(rest.cut(0, head)):
        rest = rest.cut(0, head)
    opened = re.search(r"\b(?:ong|ba)\b", rest.folded)
    stop = _CHANGE_END.search(rest.folded, opened.end() if opened else min(len(rest.text), 24))
    receives = _RECEIVES.search(rest.folded, opened.end()) if opened else None
    ends = [found.start() for found in (stop, receives) if found]
    return rest.cut(0, min(ends, default=None))


def _named_before(clip: Clip, at: int) -> bool:
    """Whether somebody is named before the word "cho" who receives: "ông A nhận tặng cho của ông B"."""
    before = clip.folded[:at]
    return re.search(r"\b(?:nhan|duoc)\s+(?:tang|thua|chuyen)", before) is not None and bool(
        named_blocks(clip.cut(0, at))
    )


def _persons(clip: Clip, reason: str, lexicon: Lexicon) -> list[Draft]:
    blocks = named_blocks(clip)
    doubts: tuple[str, ...] = ()
    if not blocks:
        damaged = _DAMAGED_OPENER.search(clip.text)
        if damaged is None or _TO_ORGANISATION.search(clip.folded):
            return []
        blocks, doubts = [Block("person", None, None, clip.cut(damaged.end()))], (OTHER_USER,)
    drafts: list[Draft] = []
    for index, block in enumerate(blocks):
        drafts += read_person(_with_address_line(_without_link(block)), f"holders[{index}]", lexicon)
        drafts.append(derived(f"holders[{index}].reason", reason))
    names = [draft.value or "" for draft in drafts if draft.path.endswith("].name")]
    if any(len(name.split()) < 2 for name in names):
        doubts = (OTHER_USER,)
    drafts += shared_address(drafts, len(blocks))
    drafts += roles_of(blocks, drafts, has_others=False)
    return [replace(draft, doubts=(*draft.doubts, *doubts)) for draft in drafts]


def _organisation(clip: Clip, reason: str, lexicon: Lexicon) -> list[Draft]:
    """A company or another organisation that the land goes to."""
    found = _TO_ORGANISATION.search(clip.folded)
    if found is None:
        return []
    text = clip.cut(found.end())
    address = _INLINE_ADDRESS.search(text.folded)
    if address:
        at = address.start(1)
        text = Clip(f"{text.text[: at - 1]}\n{text.text[at:]}", text.spans, text.page)
    return [*read_organisation(text, lexicon), derived("holders[0].reason", reason)]


def _as_current(draft: Draft, where: str) -> Draft:
    doubts = (*draft.doubts, "running_text")
    return replace(draft, path=f"{where}.current_users{draft.path.removeprefix('holders')}", doubts=doubts)


def _without_link(block: Block) -> Block:
    """A person's text without the "và vợ là" that leads to the next one."""
    link = SPOUSE_LEAD.search(block.clip.folded)
    return replace(block, clip=block.clip.cut(0, link.start())) if link else block


def _with_address_line(block: Block) -> Block:
    """In running text the address begins after a comma; here it begins a line, as in the holders' part."""
    found = _INLINE_ADDRESS.search(block.clip.folded)
    if not found:
        return block
    clip, at = block.clip, found.start(1)
    return replace(block, clip=Clip(f"{clip.text[: at - 1]}\n{clip.text[at:]}", clip.spans, clip.page))


# ---------------------------------------------------------------- the last transfer


def settle_current_users(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in which the present users are those of the last transfer of all pages.

    They are in doubt when a change behind it could not be read, may have given the land on, or is older than another
    transfer: somebody else may use the land. Persons of earlier transfers are left out.
    """
    of_transfers = {change: list(found) for change, found in _by_change(drafts)}
    others = settle_renumbering([draft for draft in drafts if _MARK not in draft.path])
    if not of_transfers:
        return others
    last = max(of_transfers)
    users = [replace(draft, path=draft.path.partition(".")[2]) for draft in of_transfers[last]]
    if _may_have_gone_on(others, last, of_transfers):
        users = [replace(draft, doubts=(*draft.doubts, OTHER_USER)) for draft in users]
    return [*others, *users]


def _by_change(drafts: Sequence[Draft]) -> Iterable[tuple[int, list[Draft]]]:
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        if _MARK in draft.path:
            found.setdefault(_number(draft.path), []).append(draft)
    return found.items()


def _number(path: str) -> int:
    return int(path.partition("[")[2].partition("]")[0])


def _may_have_gone_on(drafts: Sequence[Draft], last: int, transfers: Iterable[int]) -> bool:
    values = {draft.path: draft.value for draft in drafts if draft.path.startswith("changes[") and draft.value}
    changes = {_number(draft.path) for draft in drafts if draft.path.startswith("changes[")}
    unsure = any(values.get(f"changes[{at}].kind") not in KEEPS_USERS for at in changes if at > last)
    illegible = any(f"changes[{at}].text" not in values for at in changes if at >= last)
    day = values.get(f"changes[{last}].on")
    days = [values.get(f"changes[{at}].on") for at in transfers if at != last]
    return unsure or illegible or (bool(days) and (day is None or any(one is None or one > day for one in days)))
