"""Which pages go into which file of the hand-over, and what the files are called.

Source: the names the campaign's offices use: `<serial>-GCN.pdf` for the certificate, `<serial>-GT.pdf` for other
papers; without a certificate `CHUACOGIAY_<commune>_<sheet>_<parcel>-DDK.pdf` for the application.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from app.domain.dossier import CertificateStatus, Dossier, DossierPage, PageKind
from app.domain.text import tidy

WITHOUT_CERTIFICATE = "CHUACOGIAY"
_CERTIFICATE_ORDER = (
    PageKind.CERTIFICATE_FRONT,
    PageKind.CERTIFICATE_1,
    PageKind.CERTIFICATE_2,
    PageKind.CERTIFICATE_3,
    PageKind.CERTIFICATE_4,
    PageKind.CERTIFICATE_BACK,
    PageKind.SUPPLEMENT,
)
_HAS_A_CERTIFICATE = frozenset(
    {
        CertificateStatus.HELD,
        CertificateStatus.MORTGAGED,
        CertificateStatus.LOST,
        CertificateStatus.DAMAGED,
        CertificateStatus.REVOKED,
    }
)
_UNSAFE = re.compile(r"[^\w -]+")
_EDGES = " _-"
_MAX_STEM = 80
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSet:
    """The pages of one PDF, in order; its file is `<stem>-<suffix>.pdf`."""

    stem: str
    suffix: str
    pages: tuple[DossierPage, ...]


def serial_or_placeholder(dossier: Dossier) -> str:
    """What stands for the serial in the form: the placeholder only where no certificate was ever issued."""
    certificate = dossier.certificate
    if certificate.serial:
        return certificate.serial
    if certificate.status in _HAS_A_CERTIFICATE or certificate.model:
        return ""
    return _placeholder(dossier)


def page_sets(dossier: Dossier) -> list[PageSet]:
    """The PDFs of a dossier: the certificate in the order of its pages, then the other papers as they lie.

    A blank page stays behind the page it was scanned after.
    """
    members: dict[str, list[tuple[int, DossierPage]]] = {"GCN": [], "DDK": [], "GT": []}
    has_certificate = dossier.certificate.serial or any(page.kind in _CERTIFICATE_ORDER for page in dossier.pages)
    suffix, rank = "GCN" if has_certificate else "GT", 0
    for page in sorted(dossier.pages, key=lambda page: page.position):
        if page.kind in _CERTIFICATE_ORDER:
            suffix, rank = "GCN", _CERTIFICATE_ORDER.index(PageKind(page.kind))
        elif page.kind != PageKind.BLANK:
            is_application = page.kind == PageKind.APPLICATION and not has_certificate
            suffix, rank = "DDK" if is_application else "GT", 0
        members[suffix].append((rank, page))
    stem = safe_name(serial_or_placeholder(dossier) or _placeholder(dossier))
    return [
        PageSet(stem=stem, suffix=suffix, pages=tuple(page for _, page in sorted(ranked, key=lambda pair: pair[0])))
        for suffix, ranked in members.items()
        if ranked
    ]


def safe_name(untrusted_name: str) -> str:
    """A name every file system takes, from text that came from a paper; letters with marks stay."""
    name = _UNSAFE.sub("_", tidy(untrusted_name)).strip(_EDGES)[:_MAX_STEM].strip(_EDGES)
    if not name:
        return "khong-ten"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def numbered(name: str, taken: set[str]) -> str:
    """The name, or the name with the first free number, compared without capitals; it is noted as taken."""
    path = PurePath(name)
    chosen, number = name, 1
    while chosen.lower() in taken:
        number += 1
        chosen = f"{path.stem}-{number}{path.suffix}"
    taken.add(chosen.lower())
    return chosen


def csv_line(values: Sequence[str]) -> str:
    """One line of a list that spreadsheets open: quoted, and nothing in it is taken for a formula.

    Source: cells beginning with = + - @ or a tab are run as formulas, whatever the quotes say.
    """
    cells = (f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value for value in values)
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def _placeholder(dossier: Dossier) -> str:
    parcel = dossier.parcels[0] if dossier.parcels else None
    parts = (dossier.commune_code, parcel and parcel.sheet, parcel and parcel.number)
    return "_".join((WITHOUT_CERTIFICATE, *(part or "0" for part in parts)))
