"""What can be said of a dossier before all of its pages are read: only what the pages to come cannot move."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from app.domain import paths
from app.domain.dossier import Dossier, PageKind
from app.domain.reading import Check, Reading

_STARTS_ON = {
    "holders": frozenset({PageKind.CERTIFICATE_1, PageKind.CERTIFICATE_FRONT}),
    "parcels": frozenset({PageKind.CERTIFICATE_2, PageKind.CERTIFICATE_FRONT}),
    "assets": frozenset({PageKind.CERTIFICATE_2, PageKind.CERTIFICATE_FRONT}),
}
"""Lists whose first items stand on these pages. Before one of them is seen, or for other lists, a page to come may put
items in front, and what a person said of the first item would then stand beside another one's values."""

_CERTIFICATE = frozenset(kind for kind in PageKind if kind.startswith("certificate"))


def first_values(reading: Reading, looked_at_again: Collection[str] = ()) -> Reading:
    """The values of a reading that may be shown already, with their pages; no findings.

    Left out are values that are read a second time anyway, values printed but not readable here, items whose place in
    their list is not known yet, the model while it is in doubt, and everything while no page of a certificate was seen.

    Args:
        reading: Of the first pages of a dossier, without a second look.
        looked_at_again: Paths the second look will be asked about.
    """
    kinds = {page.kind for page in reading.pages}
    fields = tuple(
        field
        for field in reading.fields
        if field.value is not None
        and field.path not in looked_at_again
        and _has_its_place(field.path, kinds)
        and (field.path != "certificate.model" or field.check == Check.OK)
    )
    shown = {field.path for field in fields}
    known = {field.path for field in reading.fields}
    record = Dossier(dossier_id="")
    for path, value in paths.leaves(_record_of(reading)):
        follows = path not in known and _has_its_place(path, kinds)  # from a value that is shown: a kind, a code
        if value is not None and (path in shown or follows):
            record = paths.put(record, path, value)
    return dataclasses.replace(
        reading,
        certificate=record.certificate,
        changes=record.changes,
        holders=record.holders,
        current_users=record.current_users,
        parcels=record.parcels,
        assets=record.assets,
        fields=fields,
        findings=(),
        missing_pages=(),
    )


def _has_its_place(path: str, kinds: Collection[str]) -> bool:
    if not _CERTIFICATE.intersection(kinds):
        return False
    name = str(paths.split(path)[0])
    return name == "certificate" or bool(_STARTS_ON.get(name, frozenset()).intersection(kinds))


def _record_of(reading: Reading) -> Dossier:
    return Dossier(
        dossier_id="",
        certificate=reading.certificate,
        changes=reading.changes,
        holders=reading.holders,
        current_users=reading.current_users,
        parcels=reading.parcels,
        assets=reading.assets,
    )
