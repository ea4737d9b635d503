"""What makes this computer known to the server: its private key, its id, and the server's pinned keys.

All of it lies in one file, `device/device.json`, readable by its owner only and replaced as a whole. The key is not
encrypted: whoever can read the account's files can send as this device until the operator disables it. A key in the
operating system's key store is a later step.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import BaseModel, ConfigDict, ValidationError

from app.adapters import durable
from app.errors import StoreError
from app.wire import jws
from app.wire.models import Jwk


class Enrolment(BaseModel):
    """A device at its server.

    Attributes:
        keys: The server's pinned keys; receipts and results must be signed by one of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    device_id: str
    server: str
    private: str
    keys: list[Jwk]

    @property
    def key(self) -> Ed25519PrivateKey:
        """The device's private key."""
        return jws.private_key(self.private)

    @property
    def pinned(self) -> dict[str, Jwk]:
        """The server's keys by their id."""
        return jws.by_id(self.keys)


class _Pending(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    code_hash: str
    private: str


class DeviceFolder:
    """Keeps the enrolment; a try that got no answer keeps its key, so that the same code can be tried again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "device.json"
        self._pending = folder / "pending.json"

    def load(self) -> Enrolment | None:
        """The enrolment; None before there is one.

        Raises:
            StoreError: `device_key_broken`.
        """
        try:
            enrolment = Enrolment.model_validate_json(self._file.read_bytes())
            jws.by_id(enrolment.keys)
            jws.private_key(enrolment.private)
        except FileNotFoundError:
            return None
        except (OSError, ValidationError, jws.BadSignature) as error:
            raise StoreError("device_key_broken", file=str(self._file)) from error
        return enrolment

    def pending_key(self, url: str, code_hash: str) -> Ed25519PrivateKey:
        """The key for an enrolment try, durable before it is used; the same for the same server and code."""
        try:
            pending = _Pending.model_validate_json(self._pending.read_bytes())
            if (pending.url, pending.code_hash) == (url, code_hash):
                return jws.private_key(pending.private)
        except (OSError, ValidationError, jws.BadSignature):
            pass  # there was no earlier try, or nothing of it can be used
        key = Ed25519PrivateKey.generate()
        self._write(self._pending, _Pending(url=url, code_hash=code_hash, private=jws.private_text(key)))
        return key

    def save(self, enrolment: Enrolment) -> None:
        """Make an enrolment the valid one."""
        self._write(self._file, enrolment)
        self._pending.unlink(missing_ok=True)

    def _write(self, file: Path, content: BaseModel) -> None:
        temp = durable.temp_beside(file)
        with durable.as_store_errors(file):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                handle = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content.model_dump_json().encode())
                durable.finish(temp, file)
            finally:
                temp.unlink(missing_ok=True)
