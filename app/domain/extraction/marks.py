"""What identifies a certificate: its serial in red, its QR code, its bar code, its code."""

from __future__ import annotations

import re
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


def read_serial(page: PageText, digits: int | None) -> list[Draft]:
    """Serials printed on a page that carries one: from the red pass and from the main pass.

    Args:
        page: The page.
        digits: How many digits the model's serials have; None when the model is unknown.
    """
    red = lines_as_clip(page.scan.red_lines, page.page)
    drafts = [draft for draft in _serials_in(red, digits) if draft.value]
    for row in page.rows:
        drafts += [draft for cell in row.cells() if len(cell.items) <= 4 for draft in _serials_in(cell.clip, digits)]
    return drafts


def _serials_in(clip: Clip, digits: int | None) -> list[Draft]:
    found = []
    for match in _SERIAL_LIKE.finditer(clip.text.upper() if len(clip.text.upper()) == len(clip.text) else clip.text):
        letters = match[1].translate(_AS_LETTERS)
        number = re.sub(r"\s", "", match[2]).translate(_AS_DIGITS)
        serial = f"{letters} {number}"
        if len(number) not in ((digits,) if digits else (6, 8)) or not letters.isalpha():
            continue
        mended = serial.replace(" ", "") != re.sub(r"\s", "", match[0]).upper().strip(".:")
        found.append(_serial_draft(clip.match(match), serial, "mended" if mended else ""))
    return found


def _serial_draft(clip: Clip, serial: str, doubt: str) -> Draft:
    """The engine gives no confidence where only some letters are allowed, as in the red pass."""
    if any(word.confidence <= 0 for word in clip.words):
        draft = read_draft("certificate.serial", clip, serial, doubt, "no_confidence")
        return replace(draft, confidences=())
    return read_draft("certificate.serial", clip, serial, doubt)


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
