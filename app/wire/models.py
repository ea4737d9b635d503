"""The bodies of the exchange; requests forbid unknown keys, replies tolerate them so that servers may say more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.wire import contract

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Instant = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,100}$")]
Jws = Annotated[str, Field(max_length=64 * 1024, pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")]
Size = Annotated[int, Field(ge=1, le=contract.MAX_PAGE_BYTES)]
Offset = Annotated[int, Field(ge=0, le=contract.MAX_PAGE_BYTES)]
Revision = Annotated[int, Field(ge=1, le=1_000_000)]
MediaType = Annotated[str, Field(pattern=r"^[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}$")]
Result = Literal["verified", "wrong_info", "police", "duplicate_certificate", "returned"]


class Request(BaseModel):
    """Base of what a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)


class Reply(BaseModel):
    """Base of what a server answers; unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


# ---------------------------------------------------------------- devices and tokens


class Jwk(Reply):
    """A public Ed25519 key (RFC 8037)."""

    kty: Literal["OKP"] = "OKP"
    crv: Literal["Ed25519"] = "Ed25519"
    kid: Token
    x: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class DeviceRequest(Request):
    """Makes a device known with a one-time code."""

    code: Annotated[str, Field(min_length=4, max_length=60)]
    public_key: Jwk
    name: Name


class DeviceReply(Reply):
    """The device's id, and the server's keys to pin."""

    device_id: Token
    server: Token
    keys: Annotated[list[Jwk], Field(min_length=1, max_length=20)]


class TokenReply(Reply):
    """A bearer token."""

    access_token: Annotated[str, Field(min_length=1, max_length=4096)]
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a word of the protocol
    expires_in: Annotated[int, Field(ge=1, le=86_400)]


class KeysReply(Reply):
    """The server's keys, newest first; `signed` holds the same list signed by every key, so that pins can follow."""

    server: Token
    keys: Annotated[list[Jwk], Field(min_length=1, max_length=20)]
    signed: Annotated[list[Jws], Field(max_length=20)]


# ---------------------------------------------------------------- batches


class CompactPage(Request):
    """A smaller picture of a page that may go first."""

    sha256: Sha256
    size: Size
    type: MediaType


class ManifestPage(Request):
    """A page of a record; `sha256` is of the original, `role` is the kind of the page."""

    sha256: Sha256
    size: Size
    type: MediaType
    role: Token
    compact: CompactPage | None = None


class ManifestRecord(Request):
    """One revision of a dossier."""

    dossier_id: Uuid
    revision: Revision
    form_schema: Annotated[str, Field(alias="schema", pattern=r"^[a-z]{1,20}/\d{1,4}$")]
    form_sha256: Sha256
    pages: Annotated[list[ManifestPage], Field(max_length=contract.MAX_PAGES)]


class Manifest(Request):
    """What a batch holds; the device is known from its token, so that a device enrolled anew can go on."""

    commune_code: Annotated[str, Field(max_length=1000)]
    created_at: Instant
    reviewed_by: Name
    chain_head: Sha256
    records: Annotated[list[ManifestRecord], Field(min_length=1, max_length=contract.MAX_RECORDS)]

    @model_validator(mode="after")
    def _once_each(self) -> Manifest:
        if len({record.dossier_id for record in self.records}) != len(self.records):
            raise ValueError("a dossier stands twice in the manifest")
        return self


class Need(Reply):
    """Content the server lacks, from which byte on, and where to send it."""

    sha256: Sha256
    size: Size
    offset: Offset
    href: Annotated[str, Field(max_length=2000)]


class Limits(Reply):
    """How the server wants to be fed."""

    parallel: Annotated[int, Field(ge=1, le=64)] = contract.PARALLEL
    chunk: Annotated[int, Field(ge=1024, le=1 << 30)] = contract.CHUNK_BYTES


RecordWord = Literal["new", "already", "conflict"]


class ManifestReply(Reply):
    """What is missing of a batch."""

    batch_id: Uuid
    need: list[Need]
    records: dict[str, RecordWord]
    limits: Limits
    time: Instant


class FormError(Reply):
    """Why a form is refused; the pointer addresses a value, `vi` is for a person."""

    pointer: Annotated[str, Field(max_length=500)]
    code: Token
    vi: Annotated[str, Field(max_length=2000)]


class RecordLine(Reply):
    """The answer to one form: 201 new, 200 already there, 422 refused, 409 revision-exists or missing-pages."""

    dossier_id: str | None
    revision: int | None
    form_sha256: Sha256
    status: Literal[200, 201, 409, 422]
    receipt: Jws | None = None
    errors: list[FormError] = []
    type: Literal["revision-exists", "missing-pages"] | None = None
    server_revision: int | None = None
    server_form_sha256: Sha256 | None = None
    need: list[Need] = []


class BatchRecord(Reply):
    """How far one record of a batch is: `new` = not here, `already` = stored, `conflict` = another content is here."""

    dossier_id: Uuid
    revision: Revision
    form_sha256: Sha256
    state: RecordWord
    receipt: Jws | None = None


class BatchReply(Reply):
    """The state of a batch, with the receipts again."""

    batch_id: Uuid
    records: list[BatchRecord]
    need: list[Need]
    time: Instant


class Receipt(Reply):
    """The signed words of a receipt.

    Attributes:
        compact: Pages (by the hash of the original) that are here only in their compact form; a second receipt without
            them follows when the originals are complete.
        seq: Gapless count of the records this device delivered.
    """

    dossier_id: Uuid
    revision: Revision
    form_sha256: Sha256
    pages: list[Sha256]
    compact: list[Sha256] = []
    batch_id: Uuid
    device: Token
    server: Token
    seq: Annotated[int, Field(ge=1)]
    received_at: Instant
    chain_head: Sha256


# ---------------------------------------------------------------- results


class ResultDetail(Reply):
    """Where and why; the pointer addresses a value of the form."""

    pointer: Annotated[str, Field(max_length=500)] | None = None
    message: Annotated[str, Field(max_length=2000)] | None = None


class Change(Reply):
    """The result of a check; `signature` carries the same words signed."""

    seq: Annotated[int, Field(ge=1)]
    dossier_id: Uuid
    revision: Revision
    at: Instant
    result: Result
    detail: ResultDetail
    signature: Jws | None = None


class ChangesReply(Reply):
    """Results behind a cursor."""

    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,18}$")]
    items: Annotated[list[Change], Field(max_length=1000)]


class Problem(Reply):
    """An error of the whole request (RFC 9457)."""

    type: Annotated[str, Field(max_length=200)]
    title: Annotated[str, Field(max_length=500)] = ""
    status: int = 0
    detail: Annotated[str, Field(max_length=2000)] = ""
