"""Upkeep: does the store still hold what was put into it; and the settings of the office."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.forms import digest_of, form_bytes
from app.domain.history_chain import first_bad
from app.domain.instants import to_iso
from app.domain.people import Person, Right
from app.domain.queue import Event
from app.domain.states import FROZEN
from app.domain.text import tidy
from app.errors import InputError, StoreError
from app.ports import Clock, ListQuery, PageFiles, Store, StoredPage, StoreReader
from app.services import rights

SETTINGS: dict[str, Right] = {
    "commune_code": Right.MANAGE,
    "server_url": Right.MANAGE,
    "hamlet": Right.ENTER,
}
"""Settings a person may put, with the right it takes."""

_CHUNK = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it was stored.

    Attributes:
        code: database, chain, page_missing, page_size, page_hash, form_digest or outbox_digest.
        where: What it is about: number of an event, hash of a page, dossier_id; never personal data.
    """

    code: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a check of the store found.

    Attributes:
        first_bad_event: Number of the first event of the history chain that is not what was written.
        strays: Page files without a row: harmless, left by a crash between file and row.
    """

    events: int
    pages: int
    forms: int
    faults: tuple[Fault, ...] = ()
    first_bad_event: int | None = None
    strays: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether everything is as it was stored."""
        return not self.faults


class UpkeepService:
    """Looks after the store."""

    def __init__(self, store: Store, files: PageFiles, clock: Clock) -> None:
        self._store = store
        self._files = files
        self._clock = clock

    def verify(self) -> VerifyReport:
        """Check database, history chain, pages and approved forms against each other; changes nothing.

        Reads every page file once. Works on one moment of the store; what is added meanwhile is not looked at.

        Raises:
            StoreError: `store_failed`, `store_damaged` when the file cannot be read at all.
        """
        on_disk = set(self._files.hashes())
        with self._store.read() as reader:
            faults = [Fault(code="database", where=text) for text in reader.damage()]
            bad_event = first_bad(_events(reader), *reader.chain_end())
            if bad_event is not None:
                faults.append(Fault(code="chain", where=str(bad_event)))
            pages = reader.stored_pages()
            forms, wrong = _check_forms(reader)
            events = reader.chain_end()[0]
        faults += [fault for page in pages for fault in self._check_page(page)]
        return VerifyReport(
            events=events,
            pages=len(pages),
            forms=forms,
            faults=(*faults, *wrong),
            first_bad_event=bad_event,
            strays=tuple(sorted(on_disk - {page.sha256 for page in pages})),
        )

    def get(self, key: str) -> str | None:
        """A setting of this office; None when it was never put."""
        with self._store.read() as reader:
            return reader.setting(key)

    def put(self, person: Person, key: str, value: str) -> None:
        """Put a setting.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_setting`.
        """
        if key not in SETTINGS:
            raise InputError("unknown_setting", key=key)
        with self._store.write() as writer:
            rights.require(writer, person, SETTINGS[key])
            writer.put_setting(key, tidy(value))
            writer.add_event(person.person_id, "setting_put", to_iso(self._clock.now()), detail=key)

    def _check_page(self, page: StoredPage) -> list[Fault]:
        try:
            file = self._files.path(page.sha256)
            size_bytes, sha256 = file.stat().st_size, _hash_of(file)
        except (StoreError, OSError):
            return [Fault(code="page_missing", where=page.sha256)]
        if size_bytes != page.size_bytes:
            return [Fault(code="page_size", where=page.sha256)]
        return [] if sha256 == page.sha256 else [Fault(code="page_hash", where=page.sha256)]


def _hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _events(reader: StoreReader) -> Iterator[Event]:
    last = 0
    while found := reader.events(after=last, limit=_CHUNK):
        yield from found
        last = found[-1].seq


def _check_forms(reader: StoreReader) -> tuple[int, list[Fault]]:
    """How many approved forms there are, and those that are not the bytes that were approved."""
    wrong: list[Fault] = []
    count = 0
    after = None
    while heads := reader.heads(ListQuery(states=FROZEN, after=after, limit=_CHUNK)):
        for head in heads:
            count += 1
            if digest_of(form_bytes(reader.open(head.dossier_id).dossier)) != head.digest:
                wrong.append(Fault(code="form_digest", where=head.dossier_id))
        after = heads[-1].dossier_id
    wrong += [
        Fault(code="outbox_digest", where=f"{row.dossier_id} {row.revision}")
        for row in reader.outbox()
        if digest_of(row.form) != row.digest
    ]
    return count, wrong
