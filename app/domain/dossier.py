"""The dossier (hồ sơ): one certificate with its people, its parcels and its scanned pages.

All values are frozen; text is NFC; areas are exact decimals in square metres; dates are ISO strings that may be
partial ("1958", "1958-09", "1958-09-02"). None means unknown or not printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Model(StrEnum):
    """Certificate models, named by the law or decree they were issued under."""

    M1993 = "1993"
    M2003 = "2003"
    M2009 = "2009"
    M2014 = "2014"
    M2024 = "2024"


class Channel(StrEnum):
    """How the papers reached the office."""

    PAPER = "paper"
    PHOTO = "photo"
    REGISTRY_OFFICE = "registry_office"
    VNEID = "vneid"


class CertificateStatus(StrEnum):
    """Where the paper certificate is."""

    HELD = "held"
    MORTGAGED = "mortgaged"
    LOST = "lost"
    DAMAGED = "damaged"
    REVOKED = "revoked"
    NOT_ISSUED = "not_issued"
    UNKNOWN = "unknown"


class HolderKind(StrEnum):
    """What a holder is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COMMUNITY = "community"


class Sex(StrEnum):
    """Sex as printed (Ông, Bà, Nam, Nữ)."""

    MALE = "male"
    FEMALE = "female"


class IdKind(StrEnum):
    """Kinds of identity papers."""

    CCCD = "cccd"
    CMND = "cmnd"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    DECISION = "decision"
    OTHER = "other"


class BlankReason(StrEnum):
    """Why a value stays blank."""

    MORTGAGED = "mortgaged"
    LOST = "lost"
    OWNER_ABSENT = "owner_absent"
    INHERITANCE_PENDING = "inheritance_pending"
    DISPUTED = "disputed"
    REFUSED = "refused"
    NOT_PRINTED = "not_printed"
    UNREADABLE = "unreadable"


class PageKind(StrEnum):
    """What a scanned page is."""

    CERTIFICATE_1 = "certificate_1"
    CERTIFICATE_2 = "certificate_2"
    CERTIFICATE_3 = "certificate_3"
    CERTIFICATE_4 = "certificate_4"
    CERTIFICATE_FRONT = "certificate_front"
    CERTIFICATE_BACK = "certificate_back"
    SUPPLEMENT = "supplement"
    ID_CARD_FRONT = "id_card_front"
    ID_CARD_BACK = "id_card_back"
    APPLICATION = "application"
    OTHER = "other"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The certificate itself.

    Attributes:
        serial: Serial as printed, letters, one space, digits: "CQ 718336", "AA 04417325".
        register_number: Number in the register of certificates, such as "CS 09331".
        barcode: The 13 digits under the bar code of page 4 (models 2009 and 2014).
        qr: The raw text of the printed QR code (model 2024).
        code: Mã Giấy chứng nhận, printed on the 2024 model.
        replaces: Serial of the certificate this one replaced, quoted in the notes.
    """

    model: str | None = None
    serial: str | None = None
    register_number: str | None = None
    registered_on: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    barcode: str | None = None
    qr: str | None = None
    code: str | None = None
    status: str | None = None
    notes: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the table of changes after issue (mortgage, release, transfer ...)."""

    on: str | None = None
    kind: str | None = None
    text: str | None = None
    dossier_number: str | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdPaper:
    """An identity paper of a holder; `check` is the result of the offline structure check."""

    kind: str | None = None
    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    check: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A land user or owner as printed.

    Attributes:
        legal_form: Pháp nhân in form 01's words: Cá nhân, Vợ chồng, Hộ gia đình, Đồng sử dụng, Tổ chức ...
        role: Vai trò in form 01's words: Cá nhân, Chồng, Vợ, Chủ hộ, Người đại diện, Thành viên; None for the
            organisation itself.
        born: Date of birth, may be partial.
    """

    kind: str | None = None
    legal_form: str | None = None
    role: str | None = None
    name: str | None = None
    sex: str | None = None
    born: str | None = None
    address: str | None = None
    id_papers: tuple[IdPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentUser:
    """Who uses the land today when the last change names somebody else; fields as in Holder."""

    kind: str | None = None
    legal_form: str | None = None
    role: str | None = None
    name: str | None = None
    sex: str | None = None
    born: str | None = None
    address: str | None = None
    id_papers: tuple[IdPaper, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandUse:
    """One purpose of a parcel with its own area, term and origin."""

    purpose: str | None = None
    purpose_code: str | None = None
    area_m2: Decimal | None = None
    origin: str | None = None
    origin_code: str | None = None
    form: str | None = None
    term: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One parcel as printed on the certificate.

    Attributes:
        code: Twelve-character parcel identification code, when known.
        sheet: Map sheet number as on the certificate.
        number: Parcel number as on the certificate, such as "205" or "03-1".
        map_sheet: Sheet number on today's cadastral map.
        map_number: Parcel number on today's cadastral map.
    """

    code: str | None = None
    sheet: str | None = None
    number: str | None = None
    map_sheet: str | None = None
    map_number: str | None = None
    address: str | None = None
    area_m2: Decimal | None = None
    area_words: str | None = None
    uses: tuple[LandUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A house or another asset attached to the land."""

    kind: str | None = None
    name: str | None = None
    built_area_m2: Decimal | None = None
    floor_area_m2: Decimal | None = None
    ownership: str | None = None
    term: str | None = None
    grade: str | None = None
    floors: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """A stored page in its place in the dossier.

    Attributes:
        sha256: Hash of the stored plain content; also its address.
        side: "front" or "back" of the sheet when known.
        position: Order in the dossier, from 0.
        rotation_deg: How far the content stands turned clockwise in the image: 0, 90, 180 or 270.
    """

    page_id: str
    sha256: str
    kind: str = PageKind.OTHER
    side: str | None = None
    position: int = 0
    width_px: int = 0
    height_px: int = 0
    dpi: int | None = None
    rotation_deg: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A value that stays blank, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The record of one certificate; its state lives beside it in the store."""

    dossier_id: str
    commune_code: str | None = None
    hamlet: str | None = None
    channel: str = Channel.PAPER
    certificate: Certificate = field(default_factory=Certificate)
    changes: tuple[Change, ...] = ()
    holders: tuple[Holder, ...] = ()
    current_users: tuple[CurrentUser, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    assets: tuple[Asset, ...] = ()
    pages: tuple[DossierPage, ...] = ()
    blanks: tuple[Blank, ...] = ()
