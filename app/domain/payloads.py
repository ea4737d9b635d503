"""Text of codes: what came as bytes from foreign software, as clean text.

Codes hold UTF-8 as a rule; software of old systems writes Windows-1258, or UTF-8 that was once taken for Windows-1252
and encoded again. Nothing longer than the largest QR code is kept.
"""

from __future__ import annotations

from app.domain.text import to_nfc

LONGEST_BYTES = 2953
"""What the largest QR code holds in byte mode. Source: ISO/IEC 18004, version 40-L."""
LONGEST_SIGNS = 7089
"""What it holds in figures."""

_SLIPS = ("Ã", "Ä", "Å", "Æ", "á»", "áº", "Â")
"""Beginnings of Vietnamese letters in UTF-8, seen as Windows-1252."""


def text_of_payload(untrusted_bytes: bytes) -> str:
    """The text of a code; NFC, without control signs, ends stripped, never longer than a code can be."""
    return to_nfc(mended(_decoded(untrusted_bytes[:LONGEST_SIGNS]))).strip()


def _decoded(untrusted_bytes: bytes) -> str:
    try:
        return untrusted_bytes.decode("utf-8-sig")
    except UnicodeDecodeError:
        return untrusted_bytes.decode("cp1258", errors="replace")


def mended(untrusted_text: str) -> str:
    """Text that was encoded twice, decoded once more; any other text as it is."""
    if not any(slip in untrusted_text for slip in _SLIPS):
        return untrusted_text
    try:
        return b"".join(map(_as_byte, untrusted_text)).decode("utf-8")
    except UnicodeError:
        return untrusted_text


def _as_byte(sign: str) -> bytes:
    """The byte a sign of Windows-1252 stands for; the five bytes it leaves free stand for themselves."""
    return sign.encode("latin-1") if ord(sign) < 0x100 else sign.encode("cp1252")
