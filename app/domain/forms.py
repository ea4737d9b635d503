"""The form of a dossier: the exact bytes that are approved, digested, sent and signed for."""

from __future__ import annotations

import hashlib

from app.domain import codec
from app.domain.dossier import Dossier


def form_bytes(dossier: Dossier) -> bytes:
    """The bytes of a dossier's form; the same dossier always gives the same bytes."""
    return codec.to_json(dossier).encode()


def digest_of(form: bytes) -> str:
    """SHA-256 of a form, in hex."""
    return hashlib.sha256(form).hexdigest()
