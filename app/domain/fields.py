"""The form: every field a person can see or type, in the order of the paper, with its kind.

The labels belong to the window (`resources/messages`), keyed by the pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain import paths


class FieldKind(StrEnum):
    """How a value is typed, parsed and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    AREA = "area"
    DATE = "date"
    SERIAL = "serial"
    IDENTITY = "identity"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of the form.

    Attributes:
        pattern: Path with the indexes left out, such as `parcels[].uses[].area_m2`.
        critical: Costly when wrong: serial, sheet, parcel, area, identity number, name.
        required: Must have a value or a reason for the blank before the dossier is `entered`.
        options: The allowed values of a choice, as stored.
    """

    pattern: str
    kind: FieldKind = FieldKind.TEXT
    critical: bool = False
    required: bool = False
    options: tuple[str, ...] = ()


_K = FieldKind
LEGAL_FORMS = ("Cá nhân", "Hộ gia đình", "Vợ chồng", "Đồng sử dụng", "Cộng đồng dân cư", "Tổ chức")
ROLES = ("Cá nhân", "Chủ hộ", "Chồng", "Vợ", "Người đại diện", "Thành viên")
USE_FORMS = ("Sử dụng riêng", "Sử dụng chung")


def _spec(
    pattern: str,
    kind: FieldKind = _K.TEXT,
    *,
    critical: bool = False,
    required: bool = False,
    options: tuple[str, ...] = (),
) -> FieldSpec:
    return FieldSpec(pattern=pattern, kind=kind, critical=critical, required=required, options=options)


_PERSON = (
    ("kind", _K.CHOICE, ("person", "organisation", "community")),
    ("legal_form", _K.CHOICE, LEGAL_FORMS),
    ("role", _K.CHOICE, ROLES),
    ("name", _K.NAME, ()),
    ("sex", _K.CHOICE, ("male", "female")),
    ("born", _K.DATE, ()),
    ("address", _K.LONG_TEXT, ()),
    ("id_papers[].kind", _K.CHOICE, ("cccd", "cmnd", "passport", "tax_code", "decision", "other")),
    ("id_papers[].number", _K.IDENTITY, ()),
    ("id_papers[].issued_on", _K.DATE, ()),
    ("id_papers[].issuer", _K.TEXT, ()),
)
_CRITICAL_OF_PERSON = frozenset({"name", "id_papers[].number"})
_REQUIRED_OF_HOLDER = frozenset({"kind", "name"})


def _person_specs(prefix: str, required: frozenset[str]) -> tuple[FieldSpec, ...]:
    return tuple(
        FieldSpec(
            pattern=f"{prefix}[].{name}",
            kind=kind,
            critical=name in _CRITICAL_OF_PERSON,
            required=name in required,
            options=options,
        )
        for name, kind, options in _PERSON
    )


FIELDS: tuple[FieldSpec, ...] = (
    _spec("certificate.model", _K.CHOICE, required=True, options=("1993", "2003", "2009", "2014", "2024")),
    _spec("certificate.serial", _K.SERIAL, critical=True, required=True),
    _spec("certificate.code"),
    *_person_specs("holders", _REQUIRED_OF_HOLDER),
    _spec("parcels[].number", _K.NUMBER, critical=True, required=True),
    _spec("parcels[].sheet", _K.NUMBER, critical=True, required=True),
    _spec("parcels[].address", _K.LONG_TEXT, required=True),
    _spec("parcels[].area_m2", _K.AREA, critical=True, required=True),
    _spec("parcels[].area_words", _K.LONG_TEXT),
    _spec("parcels[].uses[].purpose", required=True),
    _spec("parcels[].uses[].purpose_code"),
    _spec("parcels[].uses[].area_m2", _K.AREA, critical=True),
    _spec("parcels[].uses[].form", _K.CHOICE, required=True, options=USE_FORMS),
    _spec("parcels[].uses[].term", required=True),
    _spec("parcels[].uses[].origin", _K.LONG_TEXT, required=True),
    _spec("parcels[].uses[].origin_code"),
    _spec("parcels[].code"),
    _spec("parcels[].map_sheet", _K.NUMBER),
    _spec("parcels[].map_number", _K.NUMBER),
    _spec("assets[].kind"),
    _spec("assets[].name"),
    _spec("assets[].built_area_m2", _K.AREA),
    _spec("assets[].floor_area_m2", _K.AREA),
    _spec("assets[].ownership"),
    _spec("assets[].term"),
    _spec("assets[].grade"),
    _spec("assets[].floors"),
    _spec("assets[].address", _K.LONG_TEXT),
    _spec("certificate.notes", _K.LONG_TEXT),
    _spec("certificate.replaces", _K.SERIAL),
    _spec("certificate.issued_on", _K.DATE, required=True),
    _spec("certificate.issuer", _K.LONG_TEXT),
    _spec("certificate.signer_title"),
    _spec("certificate.signer", _K.NAME),
    _spec("certificate.register_number", required=True),
    _spec("certificate.registered_on", _K.DATE),
    _spec("certificate.barcode"),
    _spec("certificate.qr", _K.LONG_TEXT),
    _spec(
        "certificate.status",
        _K.CHOICE,
        options=("held", "mortgaged", "lost", "damaged", "revoked", "not_issued", "unknown"),
    ),
    _spec("changes[].on", _K.DATE),
    _spec("changes[].kind"),
    _spec("changes[].text", _K.LONG_TEXT),
    _spec("changes[].dossier_number"),
    _spec("changes[].confirmed_by"),
    *_person_specs("current_users", frozenset()),
    _spec("current_users[].reason"),
    _spec("commune_code", _K.TEXT, required=True),
    _spec("hamlet"),
    _spec("channel", _K.CHOICE, required=True, options=("paper", "photo", "registry_office", "vneid")),
)
"""All fields in the order of the paper."""

_BY_PATTERN = {spec.pattern: spec for spec in FIELDS}


def spec_of(path: str) -> FieldSpec | None:
    """The field a path belongs to; None for values that have no field (page lists, blanks)."""
    return _BY_PATTERN.get(paths.pattern(path))


def order_of(path: str) -> int:
    """Place of a path in the paper's order; paths without a field come last."""
    spec = spec_of(path)
    return FIELDS.index(spec) if spec else len(FIELDS)
