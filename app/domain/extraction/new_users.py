"""Who uses the land after a change gave it to somebody else.

Source: form 01, columns O to R: when the last transfer names somebody else, that person is the present user. A change
about a part of the land leaves the holders as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.organisations import read_organisation
from app.domain.extraction.people import SPOUSE_LEAD, Block, named_blocks, read_person, roles_of, shared_address

_CHANGE_END = re.compile(
    r"theo\s+(?:ho\s+so|hop\s+dong|van\s+ban|quyet\s+dinh|di\s+chuc)|\bdien\s+tich\b|\btoan\s+bo\b"
)
_INLINE_ADDRESS = re.compile(r"[\s,;](d\S?a\s?ch\S?[^:;\n]{0,20}[:;])")
_PARTIAL = re.compile(
    r"\bmot\s+phan\b|\bphan\s+dien\s+tich\b|\bdien\s+tich\s+con\s+lai\b|\bcon\s+lai\s+\d|\btach\s+thua\b"
)
_WHOLE = re.compile(r"\btoan\s+bo\b")
_TO_ORGANISATION = re.compile(
    r"\bcho\s+(?=(?:cong\s+ty|hop\s+tac\s+xa|doanh\s+nghiep|ngan\s+hang|truong|ubnd|uy\s+ban|quy|hoi|chua|trung\s+tam)\b)"
)


def read_current_users(clip: Clip, reason: str, lexicon: Lexicon) -> list[Draft]:
    """The persons a change gives the land to, named in its text.

    Args:
        clip: The text of the change.
        reason: transfer, gift or inheritance.
        lexicon: Closed lists.
    """
    clip = Clip(clip.text.replace("\n", " "), clip.spans, clip.page)
    if _PARTIAL.search(clip.folded) and not _WHOLE.search(clip.folded):
        return []
    stop = _CHANGE_END.search(clip.folded)
    named = clip.cut(0, stop.start() if stop else None)
    blocks = named_blocks(named)
    if not blocks:
        return _organisation(named, reason, lexicon)
    drafts: list[Draft] = []
    for index, block in enumerate(blocks):
        drafts += read_person(_with_address_line(_without_link(block)), f"holders[{index}]", lexicon)
        drafts.append(derived(f"holders[{index}].reason", reason))
    drafts += shared_address(drafts, len(blocks))
    drafts += roles_of(blocks, drafts, has_others=False)
    return [_as_current(draft) for draft in drafts]


def _as_current(draft: Draft) -> Draft:
    doubts = (*draft.doubts, "running_text")
    return replace(draft, path=f"current_users{draft.path.removeprefix('holders')}", doubts=doubts)


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
    drafts = [*read_organisation(text, lexicon), derived("holders[0].reason", reason)]
    return [_as_current(draft) for draft in drafts]


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
