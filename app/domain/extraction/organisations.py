"""Organisations, communities and religious houses as holders."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.dossier import HolderKind
from app.domain.extraction.addresses import address_draft, split_address
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft
from app.domain.extraction.id_papers import read_organisation_paper
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.rows import UNSURE
from app.domain.text import fold

_EDGES = " ;:,.-–—_…·|'\"`()"
_LABEL = re.compile(r"^\W{0,4}(?:ten\s)?(?:to chuc|co quan|don vi)\s?:\s*")
_PAPER_START = re.compile(
    r"(?:(?:giay\s?chung\s?nhan|\bg\.?c\.?n\.?)\s?(?:(?:dang\s?ky|dau\s?tu|hoat|thanh\s?lap|so\b)|dk|dt)|"
    r"giay\s?phep|quyet\s?dinh|\bqd\s?(?:thanh\s?lap|so|:)|ma\s?so\s?(?:thue|doanh)|"
    r"(?:so\s)?dang\s?ky\s?(?:kinh\s?doanh|doanh\s?nghiep|thue)|\b(?:so\s)?(?:d[kn]kd|dkdn|gpkd|gpdt)|"
    r"(?<=[,;(\s])ms(?:t|dn)\b)"
)
_ORGANISATION = re.compile(
    r"\W{0,4}(?:\w+\s){0,2}?(?:cong ty|hop tac xa|htx|doanh nghiep|ngan hang|truong|tram|uy ban|ubnd|trung tam|hoi|"
    r"chua|ban quan ly|nha tho|so (?:tai|nong|giao|y|xay|cong|ke|tu|van|noi|lao)|vien|dinh|den|giao xu|quy tin dung|"
    r"cong an|bo chi huy|chi cuc|cuc|phong|nha van hoa|xi nghiep|nong truong|lam truong|tap doan|chi nhanh|lien doan|"
    r"tinh xa|thanh that|to chuc|dang uy|huyen uy)\b"
)
"""Words that names of organisations begin with; a text without any may be persons whose opener was seen badly."""
_TAX_CODE = re.compile(r"(?<!\d)\d{10}(?:-\d{3})?(?!\d)")
_COMMUNITY = ("cong dong dan cu", "cong dong thon", "ban tu quan thon")


def may_be_organisation(clip: Clip) -> bool:
    """Whether a word in it occurs in names of organisations."""
    return _ORGANISATION.match(clip.folded) is not None or clip.folded.startswith(_COMMUNITY)


def _before_number(details: Clip) -> int | None:
    """Where the words before a tax code begin that no label is known for; None without such a number."""
    number = _TAX_CODE.search(details.text)
    if number is None:
        return None
    return max(details.text.rfind(sign, 0, number.start()) for sign in ",;(\n") + 1 or None


def _is_seen(name: Clip) -> bool:
    """Whether most letters of a name stand in words the engine believes in."""
    sure = sum(len(word.text) for word in name.words if word.confidence >= UNSURE)
    return 2 * sure >= sum(len(word.text) for word in name.words)


def read_organisation(clip: Clip, lexicon: Lexicon) -> list[Draft]:
    """Everything about an organisation that is the only holder."""
    where = "holders[0]"
    details, address = split_address(clip)
    label = _LABEL.match(details.folded)
    details = details.cut(label.end()) if label else details
    paper = _PAPER_START.search(details.folded)
    start = paper.start() if paper else _before_number(details)
    name = details.cut(0, start).strip(_EDGES)
    is_community = fold(name.line).startswith(_COMMUNITY)
    kind = HolderKind.COMMUNITY if is_community else HolderKind.ORGANISATION
    form = "Cộng đồng dân cư" if is_community else "Tổ chức"
    named = read_draft(f"{where}.name", name, lexicon.mend(name.line) or None)
    is_known = is_community or _ORGANISATION.match(name.folded) is not None
    doubts = () if is_known and _is_seen(name) else ("odd_holder",)
    what = (derived(f"{where}.kind", kind.value), derived(f"{where}.legal_form", form))
    drafts = [*(replace(draft, doubts=doubts) for draft in what), named]
    if start is not None:
        drafts += read_organisation_paper(details.cut(start), f"{where}.id_papers[0]")
    if address is not None:
        drafts.append(address_draft(f"{where}.address", address, lexicon))
    return drafts
