"""Serials of certificates: letters, one space, digits; their form by model, and reading them.

Source: one letter and 6 digits until 30 June 2004, two letters and 6 digits until 2024, two letters and 8 digits from
2025 on; the letters are Vietnamese capitals, Đ among them.
"""

from __future__ import annotations

import re

from app.domain.dossier import Model
from app.domain.text import tidy
from app.errors import InputError

_FORMS = {
    Model.M1993: re.compile(r"[A-ZĐ] \d{6}"),
    Model.M2003: re.compile(r"[A-ZĐ]{2} \d{6}"),
    Model.M2009: re.compile(r"[A-ZĐ]{2} \d{6}"),
    Model.M2014: re.compile(r"[A-ZĐ]{2} \d{6}"),
    Model.M2024: re.compile(r"[A-ZĐ]{2} \d{8}"),
}
_TYPED = re.compile(r"(?:SỐ\s*:?\s*)?([A-ZĐ]{1,2})[\s.\-]*(\d[\d\s.]*)")
_PRINTED = re.compile(r"(?<![A-ZĐÀ-Ỹ\d])([A-ZĐ]{1,2})[ .]{0,2}(\d{8}|\d{6})(?![\d/])")
_NOT_DIGITS = re.compile(r"\D")
_PLACEHOLDER = re.compile(r"CHUACOGIAY_[0-9A-Z_\-]{1,40}")


def parse_serial(untrusted_text: str) -> str:
    """Read a serial as a person types it: "cq718336", "Số CQ 718 336", "AA 04417325".

    Source: form 01 keeps CHUACOGIAY_<commune>_<sheet>_<parcel> where no certificate was issued.

    Raises:
        InputError: `bad_serial` unless it is one or two letters with six digits, or two letters with eight.
    """
    text = tidy(untrusted_text).upper()
    if _PLACEHOLDER.fullmatch(text):
        return text
    match = _TYPED.fullmatch(text)
    serial = f"{match[1]} {_NOT_DIGITS.sub('', match[2])}" if match else ""
    if not any(form.fullmatch(serial) for form in _FORMS.values()):
        raise InputError("bad_serial", text=untrusted_text)
    return serial


def find_serials(untrusted_text: str) -> list[tuple[str, str]]:
    """Find serials in printed text; each with its raw text, in order."""
    return [(f"{match[1]} {match[2]}", match[0]) for match in _PRINTED.finditer(untrusted_text)]


def fits(serial: str, model: str) -> bool:
    """Whether a serial has the form of a model; True for a model without a known form."""
    form = _FORMS.get(Model(model)) if model in set(Model) else None
    return form is None or bool(form.fullmatch(serial))


def is_placeholder(serial: str) -> bool:
    """Whether the serial stands for "no certificate issued"."""
    return bool(_PLACEHOLDER.fullmatch(serial))
