"""One-time enrolment codes: a secret, and the start of the server key's fingerprint, in groups a person can type.

The fingerprint lets the device notice a foreign server before it trusts it, whatever the line says.
"""

from __future__ import annotations

import hashlib
import secrets

from app.errors import InputError
from app.wire import jws

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
_SECRET_CHARS = 12
_FINGERPRINT_CHARS = 8


def new_code(kid: str) -> str:
    """A code for the server whose newest key has this id: five groups of four."""
    secret = "".join(secrets.choice(_LETTERS) for _ in range(_SECRET_CHARS))
    whole = secret + _fingerprint(kid)
    return "-".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def tidy_code(untrusted_code: str) -> str:
    """A typed code in its one form: capitals, look-alikes replaced, no separators.

    Raises:
        InputError: `bad_enrolment_code` when it cannot be a code.
    """
    code = untrusted_code.strip().upper().translate(_LOOK_ALIKES)
    if len(code) != _SECRET_CHARS + _FINGERPRINT_CHARS or any(letter not in _LETTERS for letter in code):
        raise InputError("bad_enrolment_code")
    return code


def belongs(code: str, kid: str) -> bool:
    """Whether a tidied code was made for the server with this key."""
    return code[_SECRET_CHARS:] == _fingerprint(kid)


def stored_form(code: str) -> str:
    """What the server keeps of a tidied code."""
    return hashlib.sha256(code.encode()).hexdigest()


def _fingerprint(kid: str) -> str:
    digest = hashlib.sha256(jws.decode(kid)).digest()
    return "".join(_LETTERS[byte % 32] for byte in digest[:_FINGERPRINT_CHARS])
