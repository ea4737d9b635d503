"""The first station: pages from files and scanners into drafts.

Every page is accepted by the spool first (durable on the disk under its hash) and gets its row after that; a crash in
between leaves a file without a row, never a row without a file.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from app.domain.dossier import Certificate, CertificateStatus, Dossier, DossierPage
from app.domain.instants import to_iso
from app.domain.people import Person, Right
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check, Source
from app.domain.states import PAGES_OPEN, DossierState
from app.domain.text import tidy
from app.errors import DeviceError, InputError
from app.ports import (
    Cancelled,
    Clock,
    Device,
    Ids,
    PageFiles,
    ScanEvent,
    ScannerDriver,
    ScanRequest,
    Store,
    StoredPage,
    StoreReader,
    StoreWriter,
    never,
)
from app.services import rights
from app.services.file_groups import FileGroup, group_files
from app.services.intake_values import (
    DuplicatePage,
    ImportStep,
    ImportSummary,
    PageStored,
    RecoverySummary,
    RefusedFile,
    ScanSummary,
    Tally,
)
from app.services.scan_run import ScanRun

log = logging.getLogger(__name__)

UNFINISHED = frozenset({".part", ".tmp"})
_JOB_SEPARATOR = "_"
_FULL_TURN_DEG, _QUARTER_DEG = 360, 90


def _ignore(_: object) -> None:
    """Listens to nothing."""


_Accepted = list[tuple[Path, StoredPage]]


class IntakeService:
    """Makes drafts and fills them with pages.

    Args:
        drivers: Drivers of scanners by their name.
    """

    def __init__(
        self, store: Store, files: PageFiles, drivers: Mapping[str, ScannerDriver], clock: Clock, ids: Ids
    ) -> None:
        self._store = store
        self._files = files
        self._drivers = drivers
        self._clock = clock
        self._ids = ids

    # ------------------------------------------------------------ drafts

    def new_dossier(
        self, person: Person, commune_code: str | None = None, hamlet: str | None = None, status: str | None = None
    ) -> str:
        """Open an empty draft; commune and hamlet come from the office's settings when not given.

        A status says where the paper is, for a dossier without pages: mortgaged, lost, not_issued ...

        Returns:
            Its dossier_id.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `bad_choice` for an unknown status.
        """
        if status is not None and status not in set(CertificateStatus):
            raise InputError("bad_choice", text=status)
        with self._store.write() as writer:
            rights.require(writer, person, Right.ENTER)
            dossier = self._blank(writer, commune_code, hamlet)
            self._add_blank(writer, dossier, person)
            if status is not None:
                known = dataclasses.replace(dossier, certificate=Certificate(status=status))
                writer.save(known, [self._typed("certificate.status", status, person)])
        return dossier.dossier_id

    # ------------------------------------------------------------ files

    def import_paths(
        self,
        person: Person,
        paths: Sequence[Path],
        on_step: Callable[[ImportStep], None] = _ignore,
        cancelled: Cancelled = never,
    ) -> ImportSummary:
        """Make a dossier of every folder and of every single file; each is stored whole or not at all.

        Files that cannot be read are listed and the rest goes on.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            StoreError: `disk_full` and others; dossiers finished before stay.
        """
        with self._store.read() as reader:
            rights.require(reader, person, Right.ENTER)
        groups = group_files(paths)
        tally = Tally(total=sum(len(group.files) for group in groups))
        for group in groups:
            tally.refused += [RefusedFile(file=folder, code="unreadable_file") for folder in group.unread]
            accepted = self._accept_all(group, tally, on_step, cancelled)
            if cancelled():
                break
            if accepted:
                with self._store.write() as writer:
                    dossier = self._blank(writer)
                    self._add_blank(writer, dossier, person)
                    self._add_pages(writer, dossier.dossier_id, accepted, person, tally)
        return tally.summary()

    def add_files(self, person: Person, dossier_id: str, files: Sequence[Path]) -> ImportSummary:
        """Put the pages of files at the end of a draft.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`.
            StoreError: `disk_full` and others.
        """
        self._check_pages_may_change(person, dossier_id)
        tally = Tally(total=len(files))
        accepted = self._accept_all(FileGroup(files=tuple(files)), tally, _ignore, never)
        if accepted:
            with self._store.write() as writer:
                self._add_pages(writer, dossier_id, accepted, person, tally)
        return tally.summary()

    # ------------------------------------------------------------ scanners

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """The devices of all drivers.

        Raises:
            DeviceError: `scanner_driver_missing` when no driver can look and at least one says why.
        """
        found: list[Device] = []
        missing: DeviceError | None = None
        for driver in self._drivers.values():
            try:
                found += driver.devices(cancelled)
            except DeviceError as error:
                log.info("devices of %s: %s", driver.name, error.code)
                missing = error
        if missing is not None and not found:
            raise missing
        return found

    def scan(
        self,
        person: Person,
        dossier_id: str,
        request: ScanRequest,
        on_event: Callable[[ScanEvent | PageStored], None] = _ignore,
        cancelled: Cancelled = never,
    ) -> ScanSummary:
        """Scan a stack into a draft; each page is safe before the next one is looked at.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`.
            DeviceError: `scanner_driver_missing`.
            StoreError: `disk_full` before anything moves.
        """
        self._check_pages_may_change(person, dossier_id)
        driver = self._drivers.get(request.device.driver)
        if driver is None:
            raise DeviceError("scanner_driver_missing", driver=request.device.driver)
        self._files.check_space()
        job_id = f"{dossier_id}{_JOB_SEPARATOR}{self._ids.new()}"  # names its dossier for `recover`
        inbox = self._files.new_inbox(job_id)
        run = ScanRun(partial(self._store_scanned, person, dossier_id), on_event)
        for event in driver.scan(request, inbox, lambda: run.fault is not None or cancelled()):
            run.take(event)
        if not run.store_failed:
            run.tally.set_aside += self._clear(job_id, run)
        return run.summary()

    def recover(self, person: Person) -> RecoverySummary:
        """At every start: bring finished files of jobs a crash left open into their dossiers, set the rest aside.

        Raises:
            StoreError: `disk_full` and others; what is not done waits for the next start.
        """
        tally = Tally()
        inboxes = self._files.open_inboxes()
        for job_id, files in inboxes.items():
            dossier_id = job_id.partition(_JOB_SEPARATOR)[0]
            for file in files:
                self._adopt(person, dossier_id, file, tally)
            self._files.close_inbox(job_id)
        return RecoverySummary(
            jobs=len(inboxes), pages=tally.pages, dossiers=tuple(tally.dossiers), set_aside=tuple(tally.set_aside)
        )

    # ------------------------------------------------------------ pages of a draft

    def remove_page(self, person: Person, dossier_id: str, page_id: str) -> None:
        """Take a page out of a draft; its file stays in the store.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `unknown_page`.
        """
        with self._store.write() as writer:
            opened, page = self._open_page(writer, person, dossier_id, page_id)
            self._put_pages(writer, opened, [other for other in opened.dossier.pages if other != page])
            self._note(writer, person, "page_removed", dossier_id, page.sha256)

    def move_page(self, person: Person, dossier_id: str, page_id: str, position: int) -> None:
        """Put a page at another place, counted from 0; beyond the ends means at the end.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `unknown_page`.
        """
        with self._store.write() as writer:
            opened, page = self._open_page(writer, person, dossier_id, page_id)
            others = [other for other in opened.dossier.pages if other != page]
            others.insert(max(position, 0), page)
            self._put_pages(writer, opened, others)

    def rotate_page(self, person: Person, dossier_id: str, page_id: str, rotation_deg: int) -> None:
        """Say how far the content of a page stands turned clockwise; the image itself is never changed.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `unknown_page`, `bad_rotation`.
        """
        if rotation_deg % _QUARTER_DEG:
            raise InputError("bad_rotation", rotation=rotation_deg)
        with self._store.write() as writer:
            opened, page = self._open_page(writer, person, dossier_id, page_id)
            turned = dataclasses.replace(page, rotation_deg=rotation_deg % _FULL_TURN_DEG)
            self._put_pages(writer, opened, [turned if old == page else old for old in opened.dossier.pages])

    # ------------------------------------------------------------ inside

    def _store_scanned(self, person: Person, dossier_id: str, file: Path, tally: Tally) -> list[DossierPage]:
        """Accept a finished file of an inbox, write the rows of its pages, then let the file go.

        Returns:
            The pages of the dossier with its content, new or not.
        """
        accepted = [(file, stored) for stored in self._files.accept(file)]
        with self._store.write() as writer:
            self._add_pages(writer, dossier_id, accepted, person, tally)
            pages = {page.sha256: page for page in writer.open(dossier_id).dossier.pages}
        with suppress(OSError):  # the folder goes at the end of the job; a page taken twice is not added twice
            file.unlink()
        return [pages[stored.sha256] for _, stored in accepted]

    def _blank(self, reader: StoreReader, commune_code: str | None = None, hamlet: str | None = None) -> Dossier:
        return Dossier(
            dossier_id=self._ids.new(),
            commune_code=tidy(commune_code or "") or reader.setting("commune_code"),
            hamlet=tidy(hamlet or "") or reader.setting("hamlet"),
        )

    def _add_blank(self, writer: StoreWriter, dossier: Dossier, person: Person) -> None:
        writer.add_dossier(dossier, self._now(), person.person_id)

    def _accept_all(
        self, group: FileGroup, tally: Tally, on_step: Callable[[ImportStep], None], cancelled: Cancelled
    ) -> _Accepted:
        accepted: _Accepted = []
        for file in group.files:
            if cancelled():
                return []
            try:
                accepted += [(file, stored) for stored in self._files.accept(file, cancelled)]
            except InputError as error:
                log.warning("a file was refused: %s", error.code)
                tally.refused.append(RefusedFile(file=file, code=error.code))
            tally.done += 1
            on_step(ImportStep(done=tally.done, total=tally.total, file=file))
        return accepted

    def _add_pages(
        self, writer: StoreWriter, dossier_id: str, accepted: _Accepted, person: Person, tally: Tally
    ) -> None:
        opened = writer.open(dossier_id)
        _require_changeable(opened.head.state)
        known = {page.sha256 for page in opened.dossier.pages}
        position = len(opened.dossier.pages)
        added = 0
        for file, stored in accepted:
            is_new = stored.sha256 not in known
            tally.duplicates += _duplicates(writer, dossier_id, file, stored.sha256, is_new=is_new)
            if is_new:
                writer.add_page(dossier_id, self._page(stored, position + added), stored)
                known.add(stored.sha256)
                added += 1
        if added:
            self._note(writer, person, "pages_added", dossier_id, str(added))
        tally.added(dossier_id, added)

    def _page(self, stored: StoredPage, position: int) -> DossierPage:
        return DossierPage(
            page_id=self._ids.new(),
            sha256=stored.sha256,
            position=position,
            width_px=stored.width_px,
            height_px=stored.height_px,
            dpi=stored.dpi,
        )

    def _adopt(self, person: Person, dossier_id: str, file: Path, tally: Tally) -> None:
        code = "bad_page"
        if file.suffix not in UNFINISHED:
            try:
                self._store_scanned(person, dossier_id, file, tally)
            except InputError as error:
                code = error.code
            else:
                return
        log.warning("a file of an open inbox is set aside: %s", code)
        tally.set_aside.append(self._files.set_aside(file, code))

    def _clear(self, job_id: str, run: ScanRun) -> list[Path]:
        """Keep what a device left behind without announcing it, away from the dossier."""
        code = run.fault.code if run.fault else "bad_page"
        left = self._files.open_inboxes().get(job_id, [])
        kept = [self._files.set_aside(file, code) for file in left if file not in run.stored]
        self._files.close_inbox(job_id)
        return kept

    def _check_pages_may_change(self, person: Person, dossier_id: str) -> None:
        with self._store.read() as reader:
            rights.require(reader, person, Right.ENTER)
            _require_changeable(reader.head(dossier_id).state)

    def _open_page(
        self, writer: StoreWriter, person: Person, dossier_id: str, page_id: str
    ) -> tuple[OpenDossier, DossierPage]:
        rights.require(writer, person, Right.ENTER)
        opened = writer.open(dossier_id)
        _require_changeable(opened.head.state)
        for page in opened.dossier.pages:
            if page.page_id == page_id:
                return opened, page
        raise InputError("unknown_page", page=page_id)

    def _put_pages(self, writer: StoreWriter, opened: OpenDossier, pages: Sequence[DossierPage]) -> None:
        numbered = tuple(dataclasses.replace(page, position=position) for position, page in enumerate(pages))
        writer.save(dataclasses.replace(opened.dossier, pages=numbered))

    def _note(self, writer: StoreWriter, person: Person, what: str, dossier_id: str, detail: str) -> None:
        writer.add_event(person.person_id, what, self._now(), dossier_id=dossier_id, detail=detail)

    def _typed(self, path: str, value: str, person: Person) -> FieldValue:
        return FieldValue(
            path=path,
            value=value,
            source=Source.PERSON,
            confidence=1.0,
            check=Check.OK,
            set_by=person.person_id,
            set_at=self._now(),
        )

    def _now(self) -> str:
        return to_iso(self._clock.now())


def _require_changeable(state: DossierState) -> None:
    if state not in PAGES_OPEN:
        raise InputError("not_editable", state=state.value)


def _duplicates(reader: StoreReader, dossier_id: str, file: Path, sha256: str, *, is_new: bool) -> list[DuplicatePage]:
    if not is_new:
        return [DuplicatePage(file=file, sha256=sha256, dossier_id=dossier_id, added=False)]
    return [
        DuplicatePage(file=file, sha256=sha256, dossier_id=owner, added=True) for owner in reader.page_owners(sha256)
    ]
