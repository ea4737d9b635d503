"""Reading the pages of a stored dossier into its values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.domain.dossier import Dossier, DossierPage, PageKind
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords
from app.domain.findings import renew
from app.domain.instants import to_iso
from app.domain.merging import ReadPage, merge
from app.domain.people import Person, Right
from app.domain.queue import OpenDossier
from app.domain.reading import Finding, PageReading, Reading
from app.domain.states import PAGES_OPEN
from app.errors import InputError
from app.ports import Cancelled, Clock, PageFiles, Store, StoreWriter, never
from app.services import rights
from app.services.reading_learned import LearnedCache
from app.services.reading_values import GrowingReading, ReadingStep

_UNDECIDED = frozenset({PageKind.OTHER, PageKind.BLANK})


class ReadsPages(Protocol):
    """What reads the pages of one dossier: the reading service."""

    def read(
        self, files: Sequence[Path], cancelled: Cancelled = never, learned: LearnedWords = NOTHING_LEARNED
    ) -> Reading:
        """The record of the files' pages."""
        ...

    def read_growing(
        self,
        files: Sequence[Path],
        cancelled: Cancelled = never,
        learned: LearnedWords = NOTHING_LEARNED,
        *,
        more_to_come: bool = False,
    ) -> Iterator[GrowingReading]:
        """After each page what is known by then; the last is whole unless there is `more_to_come`."""
        ...


class DossierReadingService:
    """Reads drafts; the long part runs outside of any transaction.

    Args:
        checks: What the rules say of a dossier, blocking findings first.
    """

    def __init__(
        self,
        store: Store,
        files: PageFiles,
        reading: ReadsPages,
        clock: Clock,
        checks: Callable[[Dossier], tuple[Finding, ...]],
    ) -> None:
        self._store = store
        self._files = files
        self._reading = reading
        self._clock = clock
        self._checks = checks
        self._learned = LearnedCache()

    def waiting(self) -> list[str]:
        """Drafts with pages that were never read, oldest first."""
        with self._store.read() as reader:
            return reader.waiting()

    def read_dossier(self, person: Person, dossier_id: str, cancelled: Cancelled = never) -> OpenDossier:
        """Read all pages of a draft; fills the values no person has set, in one commit.

        Cancelled, or without pages, or when the dossier left its draft meanwhile: nothing changes. A page whose reading
        failed (a crash, too little memory) stays unread and is tried again at the next start.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`.
            StoreError: `page_missing`.
            DeviceError: `ocr_missing`.
        """
        before, files, page_of = self._begin(person, dossier_id)
        if not files:
            return before
        reading = self._reading.read(files, cancelled, self._learned_for(before))
        if cancelled():
            return before
        return self._finish(person, dossier_id, reading, page_of)

    def read_growing(
        self,
        person: Person,
        dossier_id: str,
        on_step: Callable[[ReadingStep], None],
        cancelled: Cancelled = never,
        *,
        more_to_come: bool = False,
    ) -> OpenDossier:
        """Read all pages of a draft, and put into the store after each page what is known by then, one commit each.

        Pages count as read when the whole is known, so an interrupted reading is taken up again; findings come with the
        whole. Only what the pages to come cannot move is handed out early. Cancelled or when the dossier leaves its
        draft: what is in the store stays.

        Args:
            person: Who works.
            dossier_id: The draft.
            on_step: Hears how far it is; called before the first page, and after each when its values are stored.
            cancelled: Asked between steps.
            more_to_come: Pages are still being scanned; what is known so far is handed out, and nothing is finished.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`.
            StoreError: `page_missing`.
            DeviceError: `ocr_missing`.
        """
        opened, files, page_of = self._begin(person, dossier_id)
        if not files:
            return opened
        on_step(ReadingStep(dossier_id=dossier_id, pages_done=0, pages_total=len(files)))
        learned = self._learned_for(opened)
        for grown in self._reading.read_growing(files, cancelled, learned, more_to_come=more_to_come):
            if cancelled():
                break
            if grown.is_whole:
                return self._finish(person, dossier_id, grown.reading, page_of)
            if not self._take_first_values(dossier_id, grown.reading, page_of):
                break
            on_step(ReadingStep(dossier_id=dossier_id, pages_done=grown.files_done, pages_total=len(files)))
        with self._store.read() as reader:
            return reader.open(dossier_id)

    def _begin(self, person: Person, dossier_id: str) -> tuple[OpenDossier, list[Path], dict[str, DossierPage]]:
        """The draft as it stands, the files of its pages, and the page of each file."""
        with self._store.read() as reader:
            rights.require(reader, person, Right.ENTER)
            before = reader.open(dossier_id)
        if before.head.state not in PAGES_OPEN:
            raise InputError("not_editable", state=before.head.state.value)
        files = [self._files.path(page.sha256) for page in before.dossier.pages]
        page_of = {str(file): page for file, page in reversed(list(zip(files, before.dossier.pages, strict=True)))}
        return before, files, page_of

    def _learned_for(self, opened: OpenDossier) -> LearnedWords:
        """The words of the dossier's commune; of the office's own while the dossier names none."""
        with self._store.read() as reader:
            return self._learned.words(reader, opened.dossier.commune_code or reader.setting("commune_code"))

    def _finish(
        self, person: Person, dossier_id: str, reading: Reading, page_of: Mapping[str, DossierPage]
    ) -> OpenDossier:
        with self._store.write() as writer:
            if writer.head(dossier_id).state in PAGES_OPEN:
                self._take(writer, person, dossier_id, reading, page_of)
            return writer.open(dossier_id)

    def _take_first_values(self, dossier_id: str, reading: Reading, page_of: Mapping[str, DossierPage]) -> bool:
        """Store what is new; False when the dossier is no draft any more."""
        with self._store.write() as writer:
            if writer.head(dossier_id).state not in PAGES_OPEN:
                return False
            opened = writer.open(dossier_id)
            dossier, values = merge(
                opened,
                writer.history(dossier_id),
                reading,
                _pages_behind(reading, page_of),
                to_iso(self._clock.now()),
                is_whole=False,
            )
            if values or dossier != opened.dossier:
                writer.save(dossier, values)
        return True

    def _take(
        self, writer: StoreWriter, person: Person, dossier_id: str, reading: Reading, page_of: Mapping[str, DossierPage]
    ) -> None:
        at = to_iso(self._clock.now())
        opened = writer.open(dossier_id)
        behind = _pages_behind(reading, page_of)
        dossier, values = merge(opened, writer.history(dossier_id), reading, behind, at)
        seen_as = _seen_as(reading, page_of)
        unread = writer.unread_pages(dossier_id)
        pages = tuple(
            _recognised(page, seen_as.get(page.sha256)) if page.page_id in unread else page for page in dossier.pages
        )
        dossier = dataclasses.replace(dossier, pages=pages)
        writer.save(dossier, values)
        writer.set_findings(dossier_id, renew(reading.findings, self._checks(dossier)))
        contents = {page_of[seen.file].sha256 for seen in reading.pages if seen.file in page_of}  # a failed page waits
        writer.set_pages_read(dossier_id, [page.page_id for page in pages if page.sha256 in contents], at)
        writer.add_event(person.person_id, "dossier_read", at, dossier_id=dossier_id)


def _pages_behind(reading: Reading, page_of: Mapping[str, DossierPage]) -> dict[int, ReadPage]:
    """The dossier's page behind each page of the reading."""
    return {
        index: ReadPage(page_id=page_of[seen.file].page_id, position=page_of[seen.file].position)
        for index, seen in enumerate(reading.pages)
        if seen.file in page_of
    }


def _seen_as(reading: Reading, page_of: Mapping[str, DossierPage]) -> dict[str, PageReading]:
    """What each content was recognised as.

    A stored page is an image; the two pages of an opened sheet share it. It is named by the one that comes first in
    the certificate: pages 4 and 1 as page 1, pages 2 and 3 as page 2, so that images stand in the certificate's order.
    """
    found: dict[str, PageReading] = {}
    for seen in reading.pages:
        page = page_of.get(seen.file)
        if page is not None and (page.sha256 not in found or _rank(seen) < _rank(found[page.sha256])):
            found[page.sha256] = seen
    return found


def _rank(seen: PageReading) -> tuple[bool, bool, str]:
    """Pages of a certificate first, in its order, then other papers; what is undecided last."""
    return seen.kind in _UNDECIDED, not seen.kind.startswith("certificate"), seen.kind


def _recognised(page: DossierPage, seen: PageReading | None) -> DossierPage:
    """The page with its kind and turn as seen; a person's own turn, made before the reading, stays."""
    if seen is None:
        return page
    return dataclasses.replace(page, kind=seen.kind, rotation_deg=page.rotation_deg or seen.rotation_deg)
