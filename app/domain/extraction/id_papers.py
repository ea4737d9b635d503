"""Identity papers of persons, registration papers of organisations: kind by label and length, number, day, office."""

from __future__ import annotations

import re

from app.domain.dates import find_long_date, find_short_date
from app.domain.dossier import IdKind
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, derived, read_draft, unread
from app.domain.identity import kind_of_number

_EDGES = " ;:,.-–—_…·|'\"`()"
_NUMBER = re.compile(r"(?<!\d)(\d{12}|\d{9})(?!\d)")
_NUMBER_WITH_GAPS = re.compile(r"(?<!\d)(\d[\d .]{7,16}\d)(?!\d)")
_NUMBER_WITH_SLIPS = re.compile(r"(?<!\w)([\dOoIlSBZ\]\[|]{12}|[\dOoIlSBZ\]\[|]{9})(?!\w)")
_SLIPS = str.maketrans("OoIlSBZ][|", "0011582111")
_CARD_LABEL = re.compile(r"(c[mn][nmt]?[nt]?d|cmt|gcmnd|cccd|cc|can\s?cuoc|chung\s?minh|dinh\s?danh)\D{0,16}$")
_OTHER_PAPER = re.compile(
    r"(?:\b(?:giay\s)?(?:cmqd\w*|cmsq\w*|cm\s?(?:quan\sdoi|si\squan)|chung\sminh\s(?:quan|si\squan|cong\san)\w*(?:\s\w+)?)|"
    r"\bsi\squan\b|\bquan\sdoi\b|\bgiay\skhai\ssinh)\D{0,20}?(\d{6,12})(?!\d)"
)
"""A paper that is neither a card nor a passport: of the army, the police, a birth."""
PERSON_PAPER = re.compile(r"\b(cmqd|cmsq|cccd|cmnd|cmtnd|cmt|cc|can\s?cuoc|chung\s?minh|dinh\s?danh|ho\s?chieu)\b")
_PASSPORT = re.compile(r"(?:ho\s?chieu|passport)\D{0,12}?\b([a-z]{0,2}\s?\d{6,9})\b")
_TAX_CODE = re.compile(r"(?<!\d)(\d{10}(?:-\d{3})?)(?!\d)")
_PAPER_NUMBER = re.compile(r"\bso\W{0,3}([0-9][0-9A-Za-z/\-.]{2,30})")
_DOUBLED = re.compile(r"(?<=Q)(Đ)Đ+")
_ISSUED = re.compile(r"cap\W{0,3}(?:ngay)?|ngay\s?cap|ngay")
_PAPER_ISSUER = re.compile(r"(?:noi\s?cap|co\s?quan\s?cap|tai)\s?[:;.]?\s*|\b(?:do|cua)\s(?=\S)")
_ISSUER_END = re.compile(r"\bcap\s|[,;]\s*(?:ngay|cap|dang\s?ky|ma\s?so)|\n\s*(?:dia\s?chi|noi\s?thuong)")
NUMBER_IN_TEXT = _NUMBER


def read_person_paper(clip: Clip, where: str) -> list[Draft]:
    """Kind and number of a person's paper, and when and where it was issued where that is printed.

    Args:
        clip: What is printed about the person, the address left out.
        where: Path of the paper, "holders[0].id_papers[0]".
    """
    passport = _PASSPORT.search(clip.folded)
    if passport:
        return _passport_drafts(clip, passport, where)
    other = _OTHER_PAPER.search(clip.folded)
    if other:
        return _other_drafts(clip, other, where)
    found = _number_with_gaps(clip) or _NUMBER.search(clip.text) or _number_with_slips(clip)
    if found is None:
        label = PERSON_PAPER.search(clip.folded)
        return [unread(f"{where}.number", clip.page, clip.cut(label.start()))] if label else []
    number = re.sub(r"\D", "", found[1].translate(_SLIPS))
    labelled = _kind_of_label(clip.folded[: found.start()])
    kind = kind_of_number(number, labelled) or IdKind.OTHER.value
    doubt = "label_differs" if labelled and labelled != kind else ""
    slip = "" if found[1].translate(_SLIPS) == found[1] else "slip"
    draft = read_draft(f"{where}.number", clip.match(found, 1), number, doubt, slip)
    return [derived(f"{where}.kind", kind, draft), draft, *_issue_drafts(clip.cut(found.end()), where)]


def _other_drafts(clip: Clip, found: re.Match[str], where: str) -> list[Draft]:
    number = read_draft(f"{where}.number", clip.match(found, 1), clip.line_of(found, 1))
    kind = derived(f"{where}.kind", IdKind.OTHER.value, number)
    return [kind, number, *_issue_drafts(clip.cut(found.end()), where)]


def _passport_drafts(clip: Clip, found: re.Match[str], where: str) -> list[Draft]:
    number = clip.line_of(found, 1).replace(" ", "").upper()
    draft = read_draft(f"{where}.number", clip.match(found, 1), number)
    kind = derived(f"{where}.kind", IdKind.PASSPORT.value, draft)
    return [kind, draft, *_issue_drafts(clip.cut(found.end()), where)]


def _issue_drafts(rest: Clip, where: str) -> list[Draft]:
    """Day and office behind a number; nothing when neither is printed."""
    drafts = []
    if _ISSUED.search(rest.folded):
        day = find_short_date(rest.text) or find_long_date(rest.text)
        if day:
            at = rest.text.find(day[1])
            drafts.append(read_draft(f"{where}.issued_on", rest.cut(at, at + len(day[1])), day[0]))
    issuer = _PAPER_ISSUER.search(rest.folded)
    if issuer:
        text = rest.cut(issuer.end(), _issuer_end(rest, issuer.end())).strip(_EDGES)
        if sum(map(str.isalpha, text.text)) >= 4:
            drafts.append(read_draft(f"{where}.issuer", text, text.line))
    return drafts


def _issuer_end(clip: Clip, start: int) -> int | None:
    stop = _ISSUER_END.search(clip.folded, start)
    return stop.start() if stop else None


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


def read_organisation_paper(clip: Clip, where: str) -> list[Draft]:
    """The paper an organisation exists by: a company's tax code, else the number of a decision."""
    tax = _TAX_CODE.search(clip.text)
    found = tax or _PAPER_NUMBER.search(clip.folded)
    if found is None:
        return [unread(f"{where}.number", clip.page, clip)]
    is_company = tax is not None or "doanh nghiep" in clip.folded[: found.start()]
    doubt = "odd_length" if is_company and tax is None else ""
    printed = clip.line_of(found, 1).strip(_EDGES)
    text = _DOUBLED.sub(r"\1", printed)
    number = read_draft(f"{where}.number", clip.match(found, 1), text, doubt, "" if text == printed else "slip")
    kind = IdKind.TAX_CODE if is_company else IdKind.DECISION
    return [derived(f"{where}.kind", kind.value, number), number, *_issue_drafts(clip.cut(found.end()), where)]
