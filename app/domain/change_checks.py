"""Checks of what was written after issue: the order of its days, days named again, the certificate it replaced."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain import findings
from app.domain.code_lists import CodeLists, key_of
from app.domain.dates import find_short_date, is_after, is_date, show_date
from app.domain.dossier import Change, Dossier
from app.domain.reading import Finding

Found = Iterator[Finding]


def changes_out_of_order(dossier: Dossier, _: CodeLists) -> Found:
    """Entries follow each other in time: the table is filled from above. Source: circular 23/2014/TT-BTNMT, art. 17."""
    before: tuple[str, str] | None = None
    for index, change in enumerate(dossier.changes):
        if not change.on or not is_date(change.on):
            continue
        path = f"changes[{index}].on"
        if before and is_after(before[1], change.on):
            where = (path, before[0])
            yield findings.make("changes_out_of_order", *where, date=show_date(change.on), other=show_date(before[1]))
        else:
            before = (path, change.on)


def release_day_differs(dossier: Dossier, _: CodeLists) -> Found:
    """A release names the day of the mortgage it ends; a day that is none of them but one figure away is a slip.

    Source: wording of circulars 24/2014 and 10/2024/TT-BTNMT, "Xóa nội dung đăng ký thế chấp ngày ...".
    """
    for index, change in enumerate(dossier.changes):
        day = released_day(change)
        mortgages = list(_mortgages_before(dossier, index))
        if day is None or any(on == day for _, on in mortgages):
            continue
        for at, on in mortgages:
            if sum(a != b for a, b in zip(on, day, strict=False)) == 1 and len(on) == len(day):
                where = (f"changes[{at}].on", f"changes[{index}].text")
                yield findings.make("release_day_differs", *where, date=show_date(day), other=show_date(on))


def released_mortgages(dossier: Dossier) -> Iterator[int]:
    """Indexes of mortgages whose day a later release names."""
    for index, change in enumerate(dossier.changes):
        day = released_day(change)
        yield from (at for at, on in _mortgages_before(dossier, index) if on == day)


def released_day(change: Change) -> str | None:
    """The day of the mortgage that a release names."""
    if not key_of(change.kind or "").startswith("xoa"):
        return None
    found = find_short_date(change.text or "")
    return found[0] if found else None


def _mortgages_before(dossier: Dossier, index: int) -> Iterator[tuple[int, str]]:
    for at, change in enumerate(dossier.changes[:index]):
        if change.on and key_of(change.kind or "") == "the chap":
            yield at, change.on


def replaces_itself(dossier: Dossier, _: CodeLists) -> Found:
    """No certificate replaces itself: one of the two serials was taken from the other's place."""
    certificate = dossier.certificate
    if certificate.serial and certificate.serial == certificate.replaces:
        where = ("certificate.replaces", "certificate.serial")
        yield findings.make("replaces_itself", *where, serial=certificate.serial)
