"""What the receiver needs to keep: contents of pages, and a ledger of everything else.

A folder and a SQLite file are the embedded defaults; an object store and PostgreSQL can take their places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.wire.models import Change, Jwk, Manifest, ManifestRecord


class StorageFull(OSError):  # noqa: N818 - says what it is
    """No room for more; nothing acknowledged is lost."""


class BlobStore(Protocol):
    """Contents by their SHA-256; a partial content is kept per declared size. Calls may come from any thread."""

    def has(self, sha256: str) -> bool:
        """Whether the content is here, whole and verified."""
        ...

    def held(self, sha256: str, size: int) -> int:
        """How many bytes of a partial content are here."""
        ...

    def append(self, sha256: str, size: int, offset: int, data: bytes) -> None:
        """Write bytes of a partial content at an offset.

        Raises:
            StorageFull: No room.
        """
        ...

    def sync(self, sha256: str, size: int) -> None:
        """Make a partial content durable as far as it came."""
        ...

    def finish(self, sha256: str, size: int) -> bool:
        """Verify a full partial content and make it durable under its name; a wrong one is dropped (False)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device as the ledger knows it."""

    device_id: str
    key: Jwk
    disabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerKeys:
    """The server's name and its private keys as text, newest first."""

    server: str
    private: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A form that passed the checks, with the batch it came in.

    Attributes:
        serial: Key of the certificate's serial for the search for duplicates; None when blank.
        compact: Originals that are here only in compact form.
    """

    batch_id: str
    device_id: str
    chain_head: str
    record: ManifestRecord
    form: bytes
    serial: str | None
    compact: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """What became of a candidate: stored with a receipt (new or not), or another revision or content is here."""

    new: bool = False
    receipt: str | None = None
    server_revision: int | None = None
    server_form_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """The newest revision of a dossier here."""

    revision: int
    form_sha256: str
    receipt: str


SignReceipt = Callable[[Candidate, int, str], str]
"""Makes a receipt from a candidate, the device's count and the instant of receipt."""
SignChange = Callable[[Change], str]


class Ledger(Protocol):
    """Devices, batches, records, receipts and results; every call is one durable transaction, from any thread."""

    def server(self) -> ServerKeys:
        """Name and keys, made at the first call."""
        ...

    def enrol(self, code_hash: str, key: Jwk, name: str, at: str) -> str | None:
        """Take a one-time code; the same key may come again. None when the code is unknown or taken."""
        ...

    def device(self, device_id: str) -> DeviceRow | None:
        """A device, disabled or not."""
        ...

    def take_assertion(self, jti: str, expires_s: int, now_s: float) -> bool:
        """Note an assertion; False when it was here before."""
        ...

    def add_batch(self, batch_id: str, digest: str, manifest: Manifest, at: str) -> bool:
        """Note a batch and its pages; False when the batch is here with another digest."""
        ...

    def batch(self, batch_id: str) -> Manifest | None:
        """The manifest of a batch."""
        ...

    def declared(self, sha256: str, size: int) -> bool:
        """Whether a manifest announced a content of this size."""
        ...

    def stored(self, dossier_id: str) -> StoredRecord | None:
        """The newest revision of a dossier."""
        ...

    def receipt(self, dossier_id: str, revision: int, form_sha256: str) -> str | None:
        """The newest receipt of a revision with exactly this content."""
        ...

    def admit(self, candidates: Sequence[Candidate], at: str, sign: SignReceipt) -> list[Admission]:
        """Store forms, all durable when the call returns; a form that is here gets its old receipt."""
        ...

    def changes(self, device_id: str, after: int, limit: int) -> list[Change]:
        """Results for the records of a device behind a cursor, signed."""
        ...
