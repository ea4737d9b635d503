"""Every failure the program knows, in one tree.

    DiabaError (code, retry, params)
    ├─ InputError      the paper or the entry must change       retry NEVER
    ├─ DeviceError     scanner or OCR missing, stuck, jammed    retry BY_USER
    ├─ StoreError      disk or database                         retry BY_USER
    ├─ TransportError  network, time-out, server 5xx            retry LATER (the queue does it)
    ├─ AuthError       sign in, or the right is missing         retry BY_USER
    └─ RejectedError   the server refused; a person must look   retry NEVER

The sentence for each code (title, text, next step) lives in `resources/messages/vi.json` and `en.json`.
Anything outside this tree is our bug.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class Retry(StrEnum):
    """Who may try again."""

    NEVER = "never"
    BY_USER = "by_user"
    LATER = "later"


class DiabaError(Exception):
    """Base of all known failures.

    Attributes:
        code: Stable name of the failure, such as "area_ambiguous"; key of the message tables.
        params: Values for the placeholders of the message (file name, path, page number ...). They are shown to
            the user; the log gets only the code.
        exit_status: What `diaba` exits with (DESIGN 4.2).
    """

    retry: ClassVar[Retry] = Retry.NEVER
    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.params.items())
        return f"{self.code} ({shown})" if shown else self.code


class InputError(DiabaError):
    """A file, a page or a typed value cannot be used as it is."""

    exit_status = 3


class DeviceError(DiabaError):
    """The scanner or the OCR engine failed."""

    retry = Retry.BY_USER
    exit_status = 4


class StoreError(DiabaError):
    """The local disk or database failed; nothing acknowledged is lost."""

    retry = Retry.BY_USER
    exit_status = 5


class TransportError(DiabaError):
    """The server could not be reached or did not answer properly."""

    retry = Retry.LATER
    exit_status = 6


class AuthError(DiabaError):
    """Nobody is signed in, or the signed-in person may not do this."""

    retry = Retry.BY_USER
    exit_status = 7


class RejectedError(DiabaError):
    """The server refused; a person must look."""

    exit_status = 8
