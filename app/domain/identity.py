"""Identity papers: structure of their numbers, and the texts of the codes printed on cards and certificates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain import serials
from app.domain.dates import make_date
from app.domain.dossier import IdKind, Sex
from app.domain.text import tidy
from app.errors import InputError

_CENTURY_OF_DIGIT = {digit: 1900 + 100 * (digit // 2) for digit in range(10)}
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?")
_SEPARATORS = re.compile(r"[\s.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cccd:
    """What the twelve digits of a citizen identity number say.

    Source: circulars 07/2016 and 59/2021/TT-BCA: province of birth registration (3), century and sex (1), year of
    birth (2), sequence (6). There is no check digit.
    """

    province: str
    sex: str
    birth_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdCard:
    """The text of the QR code on an identity card: number, old number, name, birth, sex, address, issue."""

    number: str
    old_number: str | None
    name: str
    born: str | None
    sex: str | None
    address: str | None
    issued_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateQr:
    """The eight fields of a certificate's QR code; times are of the printing software, not of the issue."""

    created: str
    unit: str
    software: str
    dossier_code: str
    serial: str | None
    code: str | None
    edited: str
    security_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """The digits of page 4: commune (or district, province) at the time of issue, year, sequence in the register."""

    unit_code: str
    year: int
    sequence: str


def parse_cccd(number: str) -> Cccd | None:
    """Take a citizen identity number apart; None unless it has twelve digits."""
    if not re.fullmatch(r"[0-9]{12}", number):
        return None
    digit = int(number[3])
    sex = Sex.FEMALE if digit % 2 else Sex.MALE
    return Cccd(province=number[:3], sex=sex.value, birth_year=_CENTURY_OF_DIGIT[digit] + int(number[4:6]))


def is_tax_code(number: str) -> bool:
    """Whether a tax code has the right length and check digit; branches add a hyphen and three digits."""
    match = _TAX_CODE.fullmatch(number)
    if not match:
        return False
    digits = [int(digit) for digit in match[1]]
    check = 10 - sum(w * d for w, d in zip(_TAX_WEIGHTS, digits, strict=False)) % 11
    return check == digits[9]


def parse_identity(untrusted_text: str) -> str:
    """Read the number of an identity paper as typed: digits lose spaces and dots, other numbers stay as they are.

    Raises:
        InputError: `bad_identity` when there is no digit in it, it is too long, or it is digits of a length that no
            identity paper has.
    """
    text = tidy(untrusted_text)
    compact = _SEPARATORS.sub("", text)
    if re.fullmatch(r"[0-9]+", compact):
        if not 8 <= len(compact) <= 13:
            raise InputError("bad_identity", text=untrusted_text)
        return compact
    if len(text) > 60 or not re.search(r"[0-9]", text):
        raise InputError("bad_identity", text=untrusted_text)
    return text.upper() if re.fullmatch(r"[A-Za-z][0-9]{7,8}", text) else text


def kind_of_number(number: str, labelled: str | None = None) -> str | None:
    """Which paper a number belongs to by its length; the length is trusted over the label.

    Source: 12 digits CCCD, 9 digits CMND, 10 or 13 digits tax code of an organisation.
    """
    if re.fullmatch(r"[0-9]{12}", number):
        return IdKind.CCCD.value
    if re.fullmatch(r"[0-9]{9}", number):
        return IdKind.CMND.value
    if _TAX_CODE.fullmatch(number):
        return IdKind.TAX_CODE.value
    if re.fullmatch(r"[A-Z][0-9]{7,8}", number):
        return IdKind.PASSPORT.value
    return labelled


LONGEST_NAME, LONGEST_ADDRESS = 100, 250
"""More signs than a card prints. Source: column lengths of the provincial system."""


def parse_id_card_qr(untrusted_text: str) -> IdCard | None:
    """Read the QR text of an identity card; None when it is another text.

    Source: seven fields parted by "|", further fields may follow; some cards leave out the old number, and the dates
    may hold slashes.
    """
    parts = [tidy(part) for part in untrusted_text.split("|")]
    if parse_cccd(parts[0]) is None or len(parts) < _FIELDS_OF_CARD - 1:
        return None
    if not re.fullmatch(r"[0-9]*", parts[1]) and _card_date(parts[2]):
        parts.insert(1, "")
    if len(parts) < _FIELDS_OF_CARD or not _can_be_name(parts[2]):
        return None
    return IdCard(
        number=parts[0],
        old_number=parts[1] if re.fullmatch(r"[0-9]{9}|[0-9]{12}", parts[1]) else None,
        name=parts[2],
        born=_card_date(parts[3]),
        sex={"nam": Sex.MALE.value, "nữ": Sex.FEMALE.value}.get(parts[4].lower()),
        address=parts[5][:LONGEST_ADDRESS] or None,
        issued_on=_card_date(parts[6]),
    )


_FIELDS_OF_CARD = 7


def _can_be_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and len(text) <= LONGEST_NAME and not any(map(str.isdigit, text))


def _card_date(text: str) -> str | None:
    match = re.fullmatch(r"([0-9]{2})[/.-]?([0-9]{2})[/.-]?([0-9]{4})", text)
    return make_date(match[1], match[2], match[3]) if match else None


def parse_certificate_qr(untrusted_text: str) -> CertificateQr | None:
    """Read the QR text of a certificate; None when it is opaque.

    Source: eight fields parted by "|" as the registry software of Bac Ninh prints them.
    """
    parts = [tidy(part) for part in untrusted_text.split("|")]
    if len(parts) != 8:
        return None
    found = serials.find_serials(parts[4].upper())
    return CertificateQr(
        created=parts[0],
        unit=parts[1],
        software=parts[2],
        dossier_code=parts[3],
        serial=found[0][0] if found else None,
        code=parts[5] or None,
        edited=parts[6],
        security_code=parts[7],
    )


def parse_barcode(text: str) -> Barcode | None:
    """Take the digits of a bar code apart, thirteen with a commune; None for another length.

    Source: MX (commune 5, district 3 or province 2 digits) MN (year, 2) ST (sequence, 6) of circular 23/2014.
    Certificates with bar codes were issued from 2009 on, so the century is known.
    """
    match = re.fullmatch(r"([0-9]{5}|[0-9]{3}|[0-9]{2})([0-9]{2})([0-9]{6})", text)
    return Barcode(unit_code=match[1], year=2000 + int(match[2]), sequence=match[3]) if match else None
