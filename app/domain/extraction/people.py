"""Holders as printed: persons, couples, households, co-owners, organisations, communities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.dates import find_short_date
from app.domain.dossier import HolderKind, IdKind, Sex
from app.domain.extraction.addresses import address_draft
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread
from app.domain.extraction.lexicon import Lexicon
from app.domain.identity import kind_of_number
from app.domain.text import fold

_EDGES = " ;:,.-–_…·|'\"`()"
_OPENER = re.compile(
    r"^[\W_]{0,8}(?:(?P<house>h[o0]\s{0,2}(?:ong|ba)(?:\s{0,2}\(\s{0,2}ba\s{0,2}\))?)"
    r"|(?P<spouse>(?:cung\s)?v[ao]\s(?:vo|chong)|vo\s?\(\s?chong\s?\))(?:\s{0,2}l[ao])?(?:\W{0,3}(?P<of>ong|ba)\b)?"
    r"|(?P<person>ong|ba))(?=[\W_]|$)[\s:;.,]*",
    re.MULTILINE,
)
_OTHERS = re.compile(
    r"^[\W_]{0,8}(?:la nguoi dai dien|cung su dung|cung so huu|va nhung nguoi|la dai dien)", re.MULTILINE
)
_NAMED = re.compile(r"\b(ong|ba)\s{0,2}:?\s")
_SPOUSE_LEAD = re.compile(r"[,;]?\s*v[ao]\s(?:vo|chong)(?:\s{0,2}l[ao])?\W{0,4}$")
_CHANGE_END = re.compile(r"theo\s+(?:ho\s+so|hop\s+dong|van\s+ban)")
_INLINE_ADDRESS = re.compile(r"[\s,;](d\S?a\s?ch\S?[^:;\n]{0,20}[:;])")
_AFTER_NAME = re.compile(
    r"[,;\n(]|\b(?:nam\s?sinh|sinh\s?nam|sinh\s?ngay|ngay\s?sinh|cmnd|cmtnd|cmt|cccd|cc|can\s?cuoc|ho\s?chieu|so\s?dinh\s?danh|chung\s?minh|gcmnd)\b|\d"
)
_BORN = re.compile(
    r"(?:n\S?m\s?sinh|sinh\s?n\S?m|ng\S?y\s?sinh|sinh\s?ng\S?y)[^\d]{0,5}(\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}|\d{4})(?!\d)"
)
_BIRTHS = re.compile(r"\bn\S?m\s?sinh\b|\bsinh\s?n\S?m\b")
_NUMBER = re.compile(r"(?<!\d)(\d{12}|\d{9})(?!\d)")
_NUMBER_WITH_GAPS = re.compile(r"(?<!\d)(\d[\d .]{7,16}\d)(?!\d)")
_NUMBER_WITH_SLIPS = re.compile(r"(?<!\w)([\dOoIlSBZ\]\[|]{12}|[\dOoIlSBZ\]\[|]{9})(?!\w)")
_SLIPS = str.maketrans("OoIlSBZ][|", "0011582111")
_CARD_LABEL = re.compile(r"(c[mn][nmt]?[nt]?d|cmt|gcmnd|cccd|cc|can\s?cuoc|chung\s?minh|dinh\s?danh)\D{0,16}$")
_ADDRESS_START = re.compile(
    r"^[\W_]{0,8}(?:d\S?a\s?ch\S?|noi\s?thuong\s?tru|ho\s?khau\s?thuong|tru\s?so)[^:;\n]{0,60}[:;]?\s*", re.MULTILINE
)
_PAPER_START = re.compile(
    r"(?:giay\s?chung\s?nhan\s?(?:dang\s?ky|dau\s?tu|hoat)|quyet\s?dinh|ma\s?so\s?(?:thue|doanh)|dang\s?ky\s?kinh\s?doanh|gcndk)"
)
_TAX_CODE = re.compile(r"(?<!\d)(\d{10}(?:-\d{3})?)(?!\d)")
_PAPER_NUMBER = re.compile(r"\bso\W{0,3}([0-9][0-9A-Za-z/\-.]{2,30})")
_PAPER_ISSUER = re.compile(r"(?:noi\s?cap|co\s?quan\s?cap)\s?[:;.]?\s*|\bdo\s(?=\S)")
_ORGANISATION = re.compile(
    r"cong ty|hop tac xa|doanh nghiep|ngan hang|truong|tram|uy ban|ubnd|trung tam|hoi |ban quan ly|chua |nha tho|so |"
    r"vien"
)
"""Words in the names of organisations; a text without any may be persons whose opener was seen badly."""
_COMMUNITY = ("cong dong dan cu",)
SPOUSE_ROLES = {Sex.MALE.value: "Chồng", Sex.FEMALE.value: "Vợ"}


@dataclass(frozen=True, slots=True)
class _Block:
    """The text of one holder, and how it was opened."""

    opener: str
    sex: str | None
    spouse: str | None
    clip: Clip


def read_holders(clip: Clip, lexicon: Lexicon) -> list[Draft]:
    """Everything about the holders in the part of the paper that names them."""
    clip, others = _split_others(clip)
    blocks = _blocks(clip)
    if not blocks:
        return _read_organisation(clip, lexicon) if clip.text.strip(_EDGES) else []
    drafts = [
        draft for index, block in enumerate(blocks) for draft in _read_person(block, f"holders[{index}]", lexicon)
    ]
    drafts += _read_others(others, drafts, len(blocks), lexicon) if others else []
    drafts += _shared_address(drafts, len(blocks))
    return [*drafts, *_roles(blocks, drafts, has_others=others is not None)]


def _split_others(clip: Clip) -> tuple[Clip, Clip | None]:
    found = _OTHERS.search(clip.folded)
    return (clip.cut(0, found.start()), clip.cut(found.start())) if found else (clip, None)


def _blocks(clip: Clip) -> list[_Block]:
    found = [match for match in _OPENER.finditer(clip.folded) if _names_somebody(clip, match)]
    if not found:
        return []
    ends = [*(match.start() for match in found[1:]), len(clip.text)]
    return [_block(match, clip.cut(match.end(), end)) for match, end in zip(found, ends, strict=True)]


def _names_somebody(clip: Clip, opener: re.Match[str]) -> bool:
    """A name begins with a capital; "bà con" in running text does not open a block."""
    behind = clip.text[opener.end() : opener.end() + 1]
    return behind.isalpha() and behind.isupper()


def _block(match: re.Match[str], clip: Clip) -> _Block:
    opened = match["house"] or match["spouse"] or match["person"]
    word = match["of"] or (match["person"] or match["house"] or "").removeprefix("ho").strip()
    both = "(" in opened
    sex = None if both or not word else Sex.FEMALE.value if "ba" in word else Sex.MALE.value
    spouse = None
    if match["spouse"] and not both:
        spouse = Sex.FEMALE.value if "vo" in opened.split()[-1] else Sex.MALE.value
    kind = "house" if match["house"] else "spouse" if match["spouse"] else "person"
    return _Block(kind, sex, spouse, clip)


def _read_person(block: _Block, where: str, lexicon: Lexicon) -> list[Draft]:
    details, address = _split_address(block.clip)
    drafts = [
        derived(f"{where}.kind", HolderKind.PERSON.value),
        _name_draft(f"{where}.name", details, lexicon),
        *_sex_drafts(block, where),
        *_born_drafts(details, where),
        *_paper_drafts(details, where),
    ]
    if address is not None:
        drafts.append(_address_draft(f"{where}.address", address, lexicon))
    return drafts


def _split_address(clip: Clip) -> tuple[Clip, Clip | None]:
    found = _ADDRESS_START.search(clip.folded)
    if found is None:
        return clip, None
    return clip.cut(0, found.start()), clip.cut(found.end())


def _address_draft(path: str, clip: Clip, lexicon: Lexicon) -> Draft:
    return address_draft(path, clip, lexicon)


def _name_draft(path: str, clip: Clip, lexicon: Lexicon) -> Draft:
    end = _AFTER_NAME.search(clip.folded)
    name = clip.cut(0, end.start() if end else None).strip(_EDGES)
    if not name.text:
        return unread(path, clip.page, clip)
    return read_draft(path, name, name.line, name_doubt(name.line, lexicon))


def name_doubt(name: str, lexicon: Lexicon) -> str:
    """What speaks against a name as read, or for it; the name itself stays as it is.

    Letters that no name has, a syllable nobody knows, or a family name nobody has speak against it.
    """
    if not re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){1,6}", name):
        return "odd_name"
    syllables = name.upper().split()
    if any(syllable not in lexicon.syllables for syllable in syllables) or syllables[0] not in lexicon.surnames:
        return "rare_name"
    return "known_name"


def _sex_drafts(block: _Block, where: str) -> list[Draft]:
    sex = block.sex or block.spouse
    if sex is None:
        return []
    return [derived(f"{where}.sex", sex)]


def _born_drafts(clip: Clip, where: str) -> list[Draft]:
    found = _BORN.search(clip.folded)
    if not found:
        return [unread(f"{where}.born", clip.page, clip)] if "sinh" in clip.folded else []
    whole = find_short_date(found[1])
    return [read_draft(f"{where}.born", clip.match(found, 1), whole[0] if whole else found[1][-4:])]


def _paper_drafts(clip: Clip, where: str) -> list[Draft]:
    path = f"{where}.id_papers[0]"
    found = _number_with_gaps(clip) or _NUMBER.search(clip.text) or _number_with_slips(clip)
    if found is None:
        label = re.search(r"\b(cccd|cmnd|cmtnd|cmt|cc|can\s?cuoc)\b", clip.folded)
        return [unread(f"{path}.number", clip.page, clip.cut(label.start()))] if label else []
    number = re.sub(r"\D", "", found[1].translate(_SLIPS))
    labelled = _kind_of_label(clip.folded[: found.start()])
    kind = kind_of_number(number, labelled) or IdKind.OTHER.value
    doubt = "label_differs" if labelled and labelled != kind else ""
    slip = "" if found[1].translate(_SLIPS) == found[1] else "slip"
    draft = read_draft(f"{path}.number", clip.match(found, 1), number, doubt, slip)
    return [derived(f"{path}.kind", kind, draft), draft]


def _number_with_gaps(clip: Clip) -> re.Match[str] | None:
    """Twelve digits, or nine, with blanks or dots seen between them."""
    for found in _NUMBER_WITH_GAPS.finditer(clip.text):
        digits = len(re.sub(r"\D", "", found[1]))
        if digits == 12 or (digits == 9 and not _NUMBER.search(clip.text)):
            return found
    return None


def _number_with_slips(clip: Clip) -> re.Match[str] | None:
    """Twelve or nine figures of which one or two were seen as letters or brackets."""
    for found in _NUMBER_WITH_SLIPS.finditer(clip.text):
        if sum(map(str.isdigit, found[1])) >= len(found[1]) - 2:
            return found
    return None


def _kind_of_label(folded_before: str) -> str | None:
    found = _CARD_LABEL.search(folded_before[-28:])
    if not found:
        return None
    is_old = "m" in found[1] and "can" not in found[1]
    return IdKind.CMND.value if is_old else IdKind.CCCD.value


def _shared_address(drafts: Sequence[Draft], count: int) -> list[Draft]:
    """One address printed for several persons belongs to each of them."""
    printed = {draft.path: draft for draft in drafts if draft.path.endswith(".address")}
    if len(printed) != 1 or count < 2:
        return []
    (draft,) = printed.values()
    missing = [f"holders[{index}].address" for index in range(count) if f"holders[{index}].address" not in printed]
    return [replace(draft, path=path) for path in missing]


# ---------------------------------------------------------------- legal form and roles


def _roles(blocks: Sequence[_Block], drafts: Sequence[Draft], *, has_others: bool) -> list[Draft]:
    count = 1 + max(int(draft.path.split("]")[0].removeprefix("holders[")) for draft in drafts)
    forms, roles = _forms_and_roles(blocks, count, has_others=has_others)
    doubts = ("crowded",) if any(map(_is_crowded, blocks)) else ()
    found = []
    for index in range(count):
        found.append(replace(derived(f"holders[{index}].legal_form", forms), doubts=doubts))
        found.append(replace(derived(f"holders[{index}].role", roles[index]), doubts=doubts))
    return found


def _is_crowded(block: _Block) -> bool:
    """Whether two persons seem to stand in one block, the second one's opener seen badly."""
    return len(_NUMBER.findall(block.clip.text)) > 1 or len(_BIRTHS.findall(block.clip.folded)) > 1


def _forms_and_roles(blocks: Sequence[_Block], count: int, *, has_others: bool) -> tuple[str, list[str]]:
    """Legal form and roles in form 01's words. Source: drop-downs of form 01, fields 12 and 13."""
    if has_others:
        return "Đồng sử dụng", ["Người đại diện", *["Thành viên"] * (count - 1)]
    if any(block.opener == "house" for block in blocks):
        return "Hộ gia đình", ["Chủ hộ", *["Thành viên"] * (count - 1)]
    if len(blocks) == 2 and blocks[1].opener == "spouse":
        second = blocks[1].spouse or blocks[1].sex
        first = blocks[0].sex or {Sex.MALE.value: Sex.FEMALE.value, Sex.FEMALE.value: Sex.MALE.value}.get(second or "")
        return "Vợ chồng", [SPOUSE_ROLES.get(first or "", "Chồng"), SPOUSE_ROLES.get(second or "", "Vợ")]
    if len(blocks) == 1:
        return "Cá nhân", ["Cá nhân"]
    if len(blocks) == 2 and {block.sex for block in blocks} == {Sex.MALE.value, Sex.FEMALE.value}:
        return "Vợ chồng", [SPOUSE_ROLES[block.sex or ""] for block in blocks]
    return "Đồng sử dụng", ["Thành viên"] * len(blocks)


def _read_others(clip: Clip, drafts: Sequence[Draft], first: int, lexicon: Lexicon) -> list[Draft]:
    """Co-owners named in running text; the representative may be named again and is not counted twice."""
    known = {fold(draft.value) for draft in drafts if draft.path.endswith(".name") and draft.value}
    found: list[Draft] = []
    index = first
    for block in _named_blocks(clip):
        person = _read_person(block, f"holders[{index}]", lexicon)
        name = next((draft.value for draft in person if draft.path.endswith(".name")), None)
        if not name or fold(name) in known:
            continue
        found += [replace(draft, doubts=(*draft.doubts, "running_text")) for draft in person]
        index += 1
    return found


def _named_blocks(clip: Clip) -> list[_Block]:
    """Persons named in running text: "ông" or "bà" and a name in capitals or with a capital."""
    starts = [match for match in _NAMED.finditer(clip.folded) if _names_somebody(clip, match)]
    ends = [*(match.start() for match in starts[1:]), len(clip.text)]
    blocks = []
    for match, end in zip(starts, ends, strict=False):
        sex = Sex.FEMALE.value if match[1] == "ba" else Sex.MALE.value
        lead = clip.folded[max(0, match.start() - 16) : match.start()]
        is_spouse = _SPOUSE_LEAD.search(lead) is not None
        blocks.append(
            _Block("spouse" if is_spouse else "person", sex, sex if is_spouse else None, clip.cut(match.end(), end))
        )
    return blocks


def read_current_users(clip: Clip, reason: str, lexicon: Lexicon) -> list[Draft]:
    """The persons a change gives the land to, named in its text.

    Args:
        clip: The text of the change.
        reason: transfer, gift or inheritance.
        lexicon: Closed lists.
    """
    clip = Clip(clip.text.replace("\n", " "), clip.spans, clip.page)
    stop = _CHANGE_END.search(clip.folded)
    blocks = _named_blocks(clip.cut(0, stop.start() if stop else None))
    drafts: list[Draft] = []
    for index, block in enumerate(blocks):
        drafts += _read_person(_with_address_line(_without_link(block)), f"holders[{index}]", lexicon)
        drafts.append(derived(f"holders[{index}].reason", reason))
    drafts += _shared_address(drafts, len(blocks))
    drafts += _roles(blocks, drafts, has_others=False) if drafts else []
    return [
        replace(
            draft, path=f"current_users{draft.path.removeprefix('holders')}", doubts=(*draft.doubts, "running_text")
        )
        for draft in drafts
    ]


def _without_link(block: _Block) -> _Block:
    """A person's text without the "và vợ là" that leads to the next one."""
    link = _SPOUSE_LEAD.search(block.clip.folded)
    return replace(block, clip=block.clip.cut(0, link.start())) if link else block


def _with_address_line(block: _Block) -> _Block:
    """In running text the address begins after a comma; here it begins a line, as in the holders' part."""
    found = _INLINE_ADDRESS.search(block.clip.folded)
    if not found:
        return block
    clip, at = block.clip, found.start(1)
    return replace(block, clip=Clip(f"{clip.text[: at - 1]}\n{clip.text[at:]}", clip.spans, clip.page))


# ---------------------------------------------------------------- organisations


def _read_organisation(clip: Clip, lexicon: Lexicon) -> list[Draft]:
    where = "holders[0]"
    details, address = _split_address(clip)
    paper = _PAPER_START.search(details.folded)
    name = details.cut(0, paper.start() if paper else None).strip(_EDGES)
    is_community = fold(name.line).startswith(_COMMUNITY)
    kind = HolderKind.COMMUNITY if is_community else HolderKind.ORGANISATION
    form = "Cộng đồng dân cư" if is_community else "Tổ chức"
    named = read_draft(f"{where}.name", name, lexicon.mend(name.line) or None)
    doubts = () if is_community or _ORGANISATION.search(name.folded) else ("odd_holder",)
    what = (derived(f"{where}.kind", kind.value), derived(f"{where}.legal_form", form))
    drafts = [*(replace(draft, doubts=doubts) for draft in what), named]
    if paper:
        drafts += _organisation_paper(details.cut(paper.start()), f"{where}.id_papers[0]")
    if address is not None:
        drafts.append(_address_draft(f"{where}.address", address, lexicon))
    return drafts


def _organisation_paper(clip: Clip, where: str) -> list[Draft]:
    tax = _TAX_CODE.search(clip.text)
    other = None if tax else _PAPER_NUMBER.search(clip.folded)
    found = tax or other
    if found is None:
        return [unread(f"{where}.number", clip.page, clip)]
    number = read_draft(f"{where}.number", clip.match(found, 1), clip.line_of(found, 1).strip(_EDGES))
    is_company = tax is not None or "doanh nghiep" in clip.folded[: found.start()]
    kind = IdKind.TAX_CODE if is_company else IdKind.DECISION
    if is_company and tax is None:
        number = replace(number, doubts=(*number.doubts, "odd_length"))
    drafts = [derived(f"{where}.kind", kind.value, number), number]
    rest = clip.cut(found.end())
    issued = find_short_date(rest.text)
    if issued:
        at = rest.text.find(issued[1])
        drafts.append(read_draft(f"{where}.issued_on", rest.cut(at, at + len(issued[1])), issued[0]))
    issuer = _PAPER_ISSUER.search(rest.folded)
    if issuer:
        text = rest.cut(issuer.end(), _issuer_end(rest, issuer.end())).strip(_EDGES)
        drafts.append(read_draft(f"{where}.issuer", text, text.line))
    return drafts


def _issuer_end(clip: Clip, start: int) -> int | None:
    stop = re.search(r"\bcap\s|[,;]\s*(?:ngay|dang\s?ky)", clip.folded[start:])
    return start + stop.start() if stop else None
