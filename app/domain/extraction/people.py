"""Holders as printed: persons, couples, households, co-owners, organisations, communities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from app.domain.dates import find_short_date
from app.domain.dossier import HolderKind, Sex
from app.domain.extraction.addresses import address_draft, split_address
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread
from app.domain.extraction.fuzzy import find_at_start
from app.domain.extraction.id_papers import NUMBER_IN_TEXT, PERSON_PAPER, read_person_paper
from app.domain.extraction.labels import RESIDENCE, begins_with, words_of
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.organisations import may_be_organisation, read_organisation
from app.domain.extraction.rows import Row
from app.domain.text import fold

_EDGES = " ;:,.-–—_…·|'\"`()"
_BOTH = r"ong\s{0,2}[(/,]\s{0,2}ba\s{0,2}\)?"
_LINE_START = r"^[\W_]{0,8}(?:\d{1,2}\s?[.)\-]\s?)?(?:[^\n:]{1,6}?(?<=[\W_])(?=(?:ho\s?)?(?:ong|ba)\s?:))?"
_OPENER = re.compile(
    rf"(?:{_LINE_START}(?:(?P<house>(?:chu\s)?h[o0]\W{{0,2}}(?:gia\s?dinh\W{{0,3}})?(?:{_BOTH}|ong|ba|on\w{{0,2}}(?=\s?:)))"
    rf"|(?P<lone>(?:(?:ho\s(?:va\s)?)?ten\s)?(?:nguoi\s)?(?:vo|chong)(?=\s?:)|vo\s?[(/]\s?chong\s?\)?|(?:vo|chong)(?=\s(?:la\s)?(?:ong|ba)\b)))"
    rf"|(?:{_LINE_START}|(?<=[\s,;]))(?P<spouse>(?:cung\s(?:v[ao]\s|voi\s)?|v[ao]\s)(?:vo|chong)))"
    rf"(?:\s{{0,2}}l[ao]\b)?(?:\W{{0,3}}(?P<of>ong|ba)\b)?(?=[\W_]|$)[\s:;.,]*"
    rf"|{_LINE_START}(?:va\s(?=(?:ong|ba)\s?:))?(?P<person>{_BOTH}|ho\s(?:va\s)?ten(?:\schu\ssu\sdung|\snguoi\ssu\sdung\sdat)?(?=\s?:)|ong|ba|[o0]n[gqa-z]?\w?(?=\s?:))(?=[\W_]|$)[\s:;.,]*",
    re.MULTILINE,
)
_OTHERS = re.compile(
    r"^[\W_]{0,8}(?:la\snguoi\sdai\sdien|la\sdai\sdien|(?:nguoi\s)?dai\sdien\s(?:cho|cac|nhung)\s|(?:cung\s(?:voi\s)?|gom\s)?(?:cac|nhung)\s(?:nguoi\s(?:co\s)?(?:chung|cung)|dong\s(?:su|so))\b|cung\s(?:voi\s)?(?:cac|nhung)\s|(?:cung|dong)\s(?:su\sdung|so\shuu)|va\snhung\snguoi|va\scac\sdong|"
    r"(?:va\s)?(?:cac|nhung)\sthanh\svien|thanh\svien\s(?:ho|trong|gia)|gom\s(?:cac|nhung)\s|cung\svoi\s(?!vo\b|chong\b))",
    re.MULTILINE,
)
_NAMED = re.compile(r"\b(ong|ba)\s{0,2}:?\s")
_NAMED_FOR = re.compile(r"\b(?:cua|thay)\s$")
"""Before somebody who is named only to say whose heirs the others are."""
_REPRESENTATIVE = re.compile(
    r"^[\W_]{0,8}(?:nguoi\s)?dai\sdien(?:\stheo\sphap\sluat|\shop\sphap)?(?:\sla)?\s?:\s*", re.MULTILINE
)
"""Before the person who acts for an organisation."""
_LEADS_MANY = re.compile(r"thua\ske|dong\ssu\sdung|nguoi\sdai\sdien|nhung\snguoi")
"""In the line above the first person: that person stands for several."""
_AS_ABOVE = re.compile(
    r"\W*(?:(?:nhu|cung|theo|o|tai)\s)*(?:dia\schi\s)?(?:noi\s|da\sghi\s|o\s)?(?:tren|nt|n\.t|voi\s(?:chong|vo))\W*"
)
"""Instead of an address: the same as the one above."""
_MANY = re.compile(r"thua\ske|dong\ssu\sdung|nhung\snguoi|cac\sdong|cung\ssu\sdung")
_LIST_START = re.compile(r"\bgom\b[^:;\n]{0,24}:?\s|thanh\svien[^:;\n]{0,40}:\s")
_BETWEEN_NAMES = re.compile(r";|\n|,(?=\s*[A-ZĐÀ-Ỹ])|\s(?:và|va)\s(?=[A-ZĐÀ-Ỹ])")
_BARE_NAME = re.compile(r"(?:\d{1,2}\s?[.)\-]\s?)?(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s?){2,6}(?=$|[\s,;:(\-])")
SPOUSE_LEAD = re.compile(r"[,;]?\s*v[ao]\s(?:vo|chong)(?:\s{0,2}l[ao])?\W{0,4}$")
_AFTER_NAME = re.compile(
    r"[,;\n(]|\b(?:ngay\W{1,2}thang|gioi\s?tinh|dan\s?toc|nam\s?sinh|sinh\s?nam|sinh\s?ngay|ngay\s?sinh|so\s?cmnd|so\s?cccd|cmnd|cmtnd|cmt|cccd|cc|can\s?cuoc|"
    r"ho\s?chieu|quoc\s?tich|so\s?dinh\s?danh|(?:so\s?)?chung\s?minh|gcmnd|so\s?:|va\s(?:vo|chong)|da\s(?:chet|mat))\b|\d"
)
_BORN = re.compile(
    r"(?:n\S?m\s?sinh|sinh\s?n\S?m|ng\S?y\s?sinh|sinh\s?ng\S?y|(?<![^\W_])(?:s\.?\s?n|n\.?\s?s)(?![^\W\d_]))[^\d]{0,5}(\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}|\d{4})(?!\d)"
)
_BIRTHS = re.compile(r"\bn\S?m\s?sinh\b|\bsinh\s?n\S?m\b")
LEAST_SHARE_OF_HEADING = 0.75
"""Of the words of a heading's row, at least this share must have been seen well."""
LEAST_SHARE_OF_LETTERS = 0.7
"""Of the signs of a name, at least this share are letters; the rest is handwriting that was not read."""
_WORD_OF_SEX = re.compile(r"[o0]n|ba")
SEXES = {"ong": Sex.MALE.value, "on": Sex.MALE.value, "0n": Sex.MALE.value, "ba": Sex.FEMALE.value}
SPOUSE_ROLES = {Sex.MALE.value: "Chồng", Sex.FEMALE.value: "Vợ"}


_HEADINGS = ("người sử dụng đất", "chủ sử dụng đất", "tên người sử dụng đất", "thông tin về người sử dụng đất")
_HEADING_WORDS = words_of(
    "ten thong tin ve nguoi su dung sd dat chu so huu quyen nha o va tai san khac gan lien voi cong trinh xay"
)
_HEADING_MARK = re.compile(r"\W{0,4}(?:[ivxhl\d]{1,4}\s?[.\-–—)]\s{0,2})?")
MOST_ROWS_OF_HEADING = 3


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one holder, and how it was opened."""

    opener: str
    sex: str | None
    spouse: str | None
    clip: Clip


def read_holders(clip: Clip, lexicon: Lexicon) -> list[Draft]:
    """Everything about the holders in the part of the paper that names them."""
    clip, others = _split_others(clip)
    blocks = _blocks(clip)
    if not blocks or _acts_for_one(clip):
        return _read_unopened(clip, others, lexicon) if clip.text.strip(_EDGES) else []
    above = clip.folded[: max(0, clip.text.find(blocks[0].clip.text))]
    leads_many = _LEADS_MANY.search(above) is not None
    drafts = [draft for index, block in enumerate(blocks) for draft in read_person(block, f"holders[{index}]", lexicon)]
    drafts += _read_others(others, drafts, len(blocks), lexicon) if others else []
    has_own = any(draft.path.endswith(".address") for draft in drafts if _index_of(draft) < len(blocks))
    drafts += shared_address(drafts, len(blocks) if has_own else 1 + max(map(_index_of, drafts)))
    roles = roles_of(blocks, drafts, has_others=others is not None or leads_many)
    if _BORN.search(above) or NUMBER_IN_TEXT.search(above):
        roles = [replace(draft, doubts=(*draft.doubts, "crowded")) for draft in roles]
    return [*drafts, *roles]


def holders_start(rows: Sequence[Row], known: int | None = None) -> tuple[int, int] | None:
    """Row and place where the holders begin: behind or below their heading, which may go on in the next rows.

    Args:
        rows: Of the page.
        known: The row of the heading, where its wording is known.
    """
    above = list(takewhile(lambda row: not _blocks(row.clip.cut(_end_of_heading(row.clip) or 0)), rows))
    ends = ((index, _end_of_heading(row.clip)) for index, row in enumerate(rows[: len(above) + 1]))
    index, end = next(((index, end) for index, end in ends if end is not None), (known, None))
    if index is None or index >= len(rows):
        return None
    if end is not None and rows[index].clip.text[end:].strip(_EDGES):
        return index, end
    below = index + 1
    while below < min(index + MOST_ROWS_OF_HEADING, len(rows)) and _is_of_heading(rows[below].clip.folded):
        below += 1
    colon = rows[below].clip.folded.find(":") + 1 if below < len(rows) else 0
    return below, colon if colon and _is_of_heading(rows[below].clip.folded[:colon]) else 0


def _end_of_heading(clip: Clip) -> int | None:
    """Where a heading ends that begins a row: behind its colon, or with the row."""
    mark = _HEADING_MARK.match(clip.folded)
    start = mark.end() if mark else 0
    if not any(find_at_start(heading, clip.folded[start:], 0.14) for heading in _HEADINGS):
        return None
    colon = clip.text.find(":", start)
    end = len(clip.text) if colon < 0 else colon + 1
    return end if _is_of_heading(clip.folded[start:end]) else None


def _is_of_heading(folded: str) -> bool:
    """Whether a row is made of a heading's words; one or two may be seen badly."""
    words = re.findall(r"[^\W_]+", folded)
    return bool(words) and sum(word in _HEADING_WORDS for word in words) >= LEAST_SHARE_OF_HEADING * len(words)


def opens_holder(clip: Clip) -> bool:
    """Whether a line begins with a person or an organisation."""
    return bool(_blocks(clip)) or may_be_organisation(clip)


def _acts_for_one(clip: Clip) -> bool:
    """Whether a representative acts for an organisation named above, not for heirs or co-owners."""
    found = _REPRESENTATIVE.search(clip.folded)
    return found is not None and not _MANY.search(clip.folded[: found.start()])


def _read_unopened(clip: Clip, others: Clip | None, lexicon: Lexicon) -> list[Draft]:
    """Text without "Ông" or "Bà": an organisation, unless it speaks of a birth or a person's paper."""
    parts = _REPRESENTATIVE.search(clip.folded)
    if (
        parts is None
        and not may_be_organisation(clip)
        and (_BORN.search(clip.folded) or PERSON_PAPER.search(clip.folded))
    ):
        details, address = split_address(clip)
        drafts = [
            replace(derived("holders[0].kind", HolderKind.PERSON.value), doubts=("odd_holder",)),
            unread("holders[0].name", clip.page, details),
            *_born_drafts(details, "holders[0]"),
            *read_person_paper(details, "holders[0].id_papers[0]"),
        ]
        drafts += [address_draft("holders[0].address", address, lexicon)] if address else []
        return drafts + (_read_others(others, drafts, 1, lexicon) if others else [])
    organisation = read_organisation(clip.cut(0, parts.start() if parts else None), lexicon)
    return organisation + (_representative(clip.cut(parts.end()), lexicon) if parts else [])


def _representative(clip: Clip, lexicon: Lexicon) -> list[Draft]:
    """The person who signs for an organisation: a holder of their own, with that role."""
    blocks = _blocks(clip) or named_blocks(clip)
    if not blocks:
        return []
    person = read_person(blocks[0], "holders[1]", lexicon)
    return [*person, derived("holders[1].role", "Người đại diện")]


def _split_others(clip: Clip) -> tuple[Clip, Clip | None]:
    found = _OTHERS.search(clip.folded)
    return (clip.cut(0, found.start()), clip.cut(found.start())) if found else (clip, None)


def _blocks(clip: Clip) -> list[Block]:
    found = [match for match in _OPENER.finditer(clip.folded) if _names_somebody(clip, match)]
    if not found:
        return []
    ends = [*(match.start() for match in found[1:]), len(clip.text)]
    return [_block(match, clip, end) for match, end in zip(found, ends, strict=True)]


def _names_somebody(clip: Clip, opener: re.Match[str]) -> bool:
    """A name begins with a capital; "bà con" in running text does not open a block, a colon does."""
    behind = clip.text[opener.end() : opener.end() + 1]
    if behind.isalpha() and behind.isupper():
        return True
    return ":" in opener[0] and bool(behind) and behind not in "(.-–" and not behind.isspace()


def _block(match: re.Match[str], whole: Clip, end: int) -> Block:
    spoken = match["spouse"] or match["lone"]
    opened = match["house"] or spoken or match["person"]
    both = any(mark in opened for mark in "(/,")
    named = match["of"] and _is_family_name(whole.text, match.start("of"))
    start = match.start("of") if named else match.end()
    word = "" if named else match["of"]
    sex = word or ("" if both or spoken else next(reversed(_WORD_OF_SEX.findall(opened)), ""))
    spouse = None
    if spoken and not both:
        spouse = Sex.FEMALE.value if "vo" in spoken.split()[-1] else Sex.MALE.value
    kind = "house" if match["house"] else "spouse" if spoken else "person"
    return Block(kind, SEXES.get(sex), spouse, whole.cut(start, end))


def _is_family_name(text: str, at: int) -> bool:
    """Whether "Ong" is the family name, or "Bá" a middle name.

    The word for a man is written with a circumflex, the one for a woman with another tone.
    """
    is_bare_ong = text[at : at + 3] in {"Ong", "ONG"} and text[at + 3 : at + 5].strip()[:1] != ":"
    return is_bare_ong or (text[at : at + 2] in {"Bá", "BÁ"} and text[at + 2 : at + 4].strip()[:1] != ":")


def read_person(block: Block, where: str, lexicon: Lexicon) -> list[Draft]:
    """Everything printed about one person."""
    details, address = split_address(block.clip)
    doubts = ("crowded",) if _is_crowded(block) else ()
    told = [*_born_drafts(details, where), *read_person_paper(details, f"{where}.id_papers[0]")]
    drafts = [
        derived(f"{where}.kind", HolderKind.PERSON.value),
        _name_draft(f"{where}.name", details, lexicon),
        *_sex_drafts(block, where),
        *(replace(draft, doubts=(*draft.doubts, *doubts)) for draft in told),
    ]
    if address is not None and not _AS_ABOVE.fullmatch(address.folded):
        drafts.append(address_draft(f"{where}.address", address, lexicon))
    return drafts


def _name_draft(path: str, clip: Clip, lexicon: Lexicon) -> Draft:
    end = _AFTER_NAME.search(clip.folded)
    name = clip.cut(0, end.start() if end else None).strip(_EDGES)
    if sum(map(str.isalpha, name.text)) < LEAST_SHARE_OF_LETTERS * len(name.text.replace(" ", "")) or not name.text:
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


def _sex_drafts(block: Block, where: str) -> list[Draft]:
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


def _index_of(draft: Draft) -> int:
    return int(draft.path.split("]")[0].removeprefix("holders["))


def shared_address(drafts: Sequence[Draft], count: int) -> list[Draft]:
    """An address printed once for several persons belongs to those above it, else to those below."""
    printed = {draft.path: draft for draft in drafts if draft.path.endswith(".address")}
    own = [printed.get(f"holders[{index}].address") for index in range(count)]
    found = []
    for index, draft in enumerate(own):
        below = next((other for other in own[index + 1 :] if other), None)
        above = next((other for other in reversed(own[:index]) if other), None)
        other = below or above
        if draft is None and other is not None:
            found.append(replace(other, path=f"holders[{index}].address"))
    return found


# ---------------------------------------------------------------- legal form and roles


def roles_of(blocks: Sequence[Block], drafts: Sequence[Draft], *, has_others: bool) -> list[Draft]:
    """Legal form and role of each holder."""
    count = 1 + max(map(_index_of, drafts))
    forms, roles = _forms_and_roles(blocks, count, has_others=has_others)
    doubts = ("crowded",) if any(map(_is_crowded, blocks)) else ()
    found = []
    for index in range(count):
        found.append(replace(derived(f"holders[{index}].legal_form", forms), doubts=doubts))
        found.append(replace(derived(f"holders[{index}].role", roles[index]), doubts=doubts))
    return found


def _is_crowded(block: Block) -> bool:
    """Whether two persons seem to stand in one block, the second one's opener seen badly."""
    return len(NUMBER_IN_TEXT.findall(block.clip.text)) > 1 or len(_BIRTHS.findall(block.clip.folded)) > 1


def _forms_and_roles(blocks: Sequence[Block], count: int, *, has_others: bool) -> tuple[str, list[str]]:
    """Legal form and roles in form 01's words. Source: drop-downs of form 01, fields 12 and 13."""
    if any(block.opener == "house" for block in blocks):
        return "Hộ gia đình", ["Chủ hộ", *["Thành viên"] * (count - 1)]
    if has_others:
        return "Đồng sử dụng", ["Người đại diện", *["Thành viên"] * (count - 1)]
    if len(blocks) == 2 and blocks[1].opener == "spouse":
        second = blocks[1].spouse or blocks[1].sex
        first = blocks[0].sex or {Sex.MALE.value: Sex.FEMALE.value, Sex.FEMALE.value: Sex.MALE.value}.get(second or "")
        return "Vợ chồng", [SPOUSE_ROLES.get(first or "", "Chồng"), SPOUSE_ROLES.get(second or "", "Vợ")]
    if len(blocks) == 1:
        spouse = SPOUSE_ROLES.get(blocks[0].spouse or "") if blocks[0].opener == "spouse" else None
        return ("Vợ chồng", [spouse]) if spouse else ("Cá nhân", ["Cá nhân"])
    if len(blocks) == 2 and {block.sex for block in blocks} == {Sex.MALE.value, Sex.FEMALE.value}:
        return "Vợ chồng", [SPOUSE_ROLES[block.sex or ""] for block in blocks]
    return "Đồng sử dụng", ["Thành viên"] * len(blocks)


def _read_others(clip: Clip, drafts: Sequence[Draft], first: int, lexicon: Lexicon) -> list[Draft]:
    """Co-owners named in running text; the representative may be named again and is not counted twice."""
    known = {fold(draft.value) for draft in drafts if draft.path.endswith(".name") and draft.value}
    found: list[Draft] = []
    index = first
    clip = _on_one_line(clip) if _NAMED.search(clip.folded) else clip
    for block in named_blocks(clip):
        person = read_person(block, f"holders[{index}]", lexicon)
        name = next((draft.value for draft in person if draft.path.endswith(".name")), None)
        if not name or fold(name) in known:
            continue
        found += [replace(draft, doubts=(*draft.doubts, "running_text")) for draft in person]
        index += 1
    return found


def _on_one_line(clip: Clip) -> Clip:
    """Running text as one line, but for lines that begin with the label of a residence."""
    lines = clip.text.split("\n")
    text = lines[0]
    for line in lines[1:]:
        text += ("\n" if begins_with(line, RESIDENCE) else " ") + line
    return Clip(text, clip.spans, clip.page)


def named_blocks(clip: Clip) -> list[Block]:
    """Persons named in running text: "ông" or "bà" and a name in capitals or with a capital."""
    starts = [
        match
        for match in _NAMED.finditer(clip.folded)
        if _names_somebody(clip, match)
        and not _is_family_name(clip.text, match.start())
        and not _NAMED_FOR.search(clip.folded[: match.start()][-12:])
    ]
    ends = [*(match.start() for match in starts[1:]), len(clip.text)]
    blocks = []
    for match, end in zip(starts, ends, strict=False):
        sex = Sex.FEMALE.value if match[1] == "ba" else Sex.MALE.value
        lead = clip.folded[max(0, match.start() - 16) : match.start()]
        is_spouse = SPOUSE_LEAD.search(lead) is not None
        blocks.append(
            Block("spouse" if is_spouse else "person", sex, sex if is_spouse else None, clip.cut(match.end(), end))
        )
    return blocks or _listed_names(clip)


def _listed_names(clip: Clip) -> list[Block]:
    """Persons in a list of bare names; each begins with a capital and reaches to the comma or the next line."""
    start = _LIST_START.search(clip.folded)
    if start is None:
        return []
    rest = clip.cut(start.end())
    parts = rest.split(_BETWEEN_NAMES)
    return [Block("person", None, None, part) for part in parts if _BARE_NAME.match(part.text)]
