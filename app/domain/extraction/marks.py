"""What identifies a certificate: its serial in red, its QR code, its bar code, its code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain import serials
from app.domain.extraction.clips import Clip
from app.domain.extraction.drafts import Draft, read_draft
from app.domain.extraction.fuzzy import find
from app.domain.extraction.rows import PageText, lines_as_clip
from app.domain.identity import parse_certificate_qr, parse_id_card_qr
from app.domain.reading import Code, Source

_SERIAL_LIKE = re.compile(r"(?<!\w)([A-ZĐ0-9]{1,2}) {0,2}[.:]? {0,2}([0-9OQDILZSBG]{4} ?[0-9OQDILZSBG]{2,4})(?![\w/])")
_AS_DIGITS = str.maketrans("OQDILZSBG", "000112586")
_AS_LETTERS = str.maketrans("0185", "OIBS")
_CODE_LABEL = "Mã Giấy chứng nhận"
_CODE = re.compile(r"[\s:;.,]*([0-9A-Z][0-9A-Z.\-]{5,30})")
_BARCODE_DIGITS = re.compile(r"(?<!\d)(\d{13})(?!\d)")
PASSES_AGREE, PASSES_DIFFER = "passes_agree", "passes_differ"
"""What several readings of one serial say of each other: a support and a doubt."""


def read_serial(page: PageText, digits: int | None) -> list[Draft]:
    """Serials printed on a page that carries one: of each place what most of its readings say.

    Args:
        page: The page.
        digits: How many digits the model's serials have; None when the model is unknown.
    """
    readings = _serials_in(lines_as_clip(page.scan.red_lines, page.page), digits)
    for row in page.rows:
        readings += [draft for cell in row.cells() if len(cell.items) <= 4 for draft in _serials_in(cell.clip, digits)]
    return [draft for place in _by_place(readings) for draft in _voted(place)]


def _serials_in(clip: Clip, digits: int | None) -> list[Draft]:
    found = []
    for match in _SERIAL_LIKE.finditer(clip.text.upper() if len(clip.text.upper()) == len(clip.text) else clip.text):
        letters = match[1].translate(_AS_LETTERS)
        number = re.sub(r"\s", "", match[2]).translate(_AS_DIGITS)
        serial = f"{letters} {number}"
        if len(number) not in ((digits,) if digits else (6, 8)) or not letters.isalpha():
            continue
        mended = serial.replace(" ", "") != re.sub(r"\s", "", match[0]).upper().strip(".:")
        found.append(read_draft("certificate.serial", clip.match(match), serial, "mended" if mended else ""))
    return found


def _by_place(readings: Sequence[Draft]) -> list[list[Draft]]:
    """Readings of the same print together, in order."""
    places: list[list[Draft]] = []
    for draft in readings:
        home = next((place for place in places if any(_same_place(draft, other) for other in place)), None)
        if home is None:
            places.append([draft])
        else:
            home.append(draft)
    return places


def _same_place(one: Draft, other: Draft) -> bool:
    if one.box is None or other.box is None:
        return False
    a, b = one.box, other.box
    wide = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    high = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    smaller = min(a.width * a.height, b.width * b.height)
    return wide > 0 and high > 0 and 2 * wide * high >= smaller


def _voted(readings: Sequence[Draft]) -> list[Draft]:
    """One draft for each value read at a place, most votes first.

    Three equal readings, or all of two, agree; anything else is a doubt, as is D against Đ, which the English model
    cannot write. Agreement is no proof: readings of one print share its faults. Source: of 50 drawn pages read whole
    none of 26 office scans, but one of 24 poor ones (at 200 dpi) had three readings wrong alike, of low confidence.
    """
    votes = Counter(draft.value for draft in readings)
    surest = {draft.value: draft for draft in sorted(readings, key=_least_confidence)}
    ranked = sorted(surest.values(), key=lambda draft: (-votes[draft.value], -_least_confidence(draft)))
    best, count = ranked[0], votes[ranked[0].value]
    if len(readings) == 1:
        return [best]
    crossed = any((draft.value or "").replace("Đ", "D") == (best.value or "").replace("Đ", "D") for draft in ranked[1:])
    if not crossed and count >= min(3, len(readings)):
        return [replace(best, doubts=(*best.doubts, PASSES_AGREE))]
    return [replace(draft, doubts=(*draft.doubts, PASSES_DIFFER)) for draft in ranked]


def _least_confidence(draft: Draft) -> float:
    return min(draft.confidences, default=0.0)


def read_codes(page: PageText) -> list[Draft]:
    """QR and bar codes of a certificate's page; an identity card's QR is left to `id_cards`."""
    drafts: list[Draft] = []
    for code in page.scan.codes:
        if code.kind == "barcode" and re.fullmatch(r"\d{10,13}", code.text):
            drafts.append(_code_draft("certificate.barcode", code, code.text, page.page))
        elif code.kind == "qr" and not parse_id_card_qr(code.text):
            drafts += _qr_drafts(code, page.page)
    return drafts


def _qr_drafts(code: Code, page: int) -> list[Draft]:
    drafts = [_code_draft("certificate.qr", code, code.text, page)]
    parts = parse_certificate_qr(code.text)
    if parts and parts.serial:
        drafts.append(_code_draft("certificate.serial", code, parts.serial, page))
    if parts and parts.code:
        drafts.append(_code_draft("certificate.code", code, parts.code, page))
    return drafts


def _code_draft(path: str, code: Code, value: str, page: int) -> Draft:
    source = Source.QR if code.kind == "qr" else Source.BARCODE
    return Draft(path=path, value=value, raw=code.text, source=source.value, page=page, box=code.box)


def read_printed_code(page: PageText) -> list[Draft]:
    """Mã Giấy chứng nhận of the 2024 model."""
    for row in page.rows:
        hit = find(_CODE_LABEL, row.clip.folded, 0.15)
        found = _CODE.match(row.clip.text, hit.end) if hit else None
        if found:
            return [read_draft("certificate.code", row.clip.match(found, 1), found[1].strip("."))]
    return []


def read_barcode_digits(page: PageText) -> list[Draft]:
    """The digits printed under the bars."""
    found = _BARCODE_DIGITS.search(page.clip.text)
    return [read_draft("certificate.barcode", page.clip.match(found), found[1])] if found else []


def serial_in_note(clip: Clip) -> Draft | None:
    """The serial of the certificate that was replaced, quoted in the notes."""
    quoted = re.search(r"giay\s?chung\s?nhan\D{0,60}?so\W{0,3}", clip.folded)
    rest = clip.cut(quoted.end()) if quoted else clip
    found = serials.find_serials(rest.text)
    if not found or not quoted:
        return None
    serial, raw = found[0]
    at = rest.text.find(raw)
    return read_draft("certificate.replaces", rest.cut(at, at + len(raw)), serial)


def distinct(drafts: Sequence[Draft]) -> list[str]:
    """The different values of drafts, in order."""
    return list(dict.fromkeys(draft.value for draft in drafts if draft.value))
