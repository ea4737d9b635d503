"""Searching dossiers: what is indexed, and a person's words as a harmless query."""

from __future__ import annotations

import re

from app.domain.dossier import CurrentUser, Dossier, Holder
from app.domain.text import fold

_WORD = re.compile(r"\w+")


def search_text(dossier: Dossier) -> str:
    """The folded text a dossier is found by: serial, numbers, names, identity numbers and addresses."""
    certificate = dossier.certificate
    serial = certificate.serial or ""
    found = [serial, serial.replace(" ", ""), certificate.register_number, certificate.code, dossier.hamlet]
    people: tuple[Holder | CurrentUser, ...] = (*dossier.holders, *dossier.current_users)
    for person in people:
        found += [person.name, person.address, *(paper.number for paper in person.id_papers)]
    for parcel in dossier.parcels:
        found += [parcel.code, parcel.address]
    return fold("\n".join(text for text in found if text))


def match_query(untrusted_text: str) -> str | None:
    """An FTS5 query: every word as a quoted prefix, all of them wanted; None when there is no word.

    Nothing of the query language survives (measured: raw quotes, column names, AND, NEAR, - and * raise errors or reach
    other columns).
    """
    words = _WORD.findall(fold(untrusted_text))
    return " ".join(f'"{word}"*' for word in words[:16]) or None
