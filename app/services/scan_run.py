"""One running scan job as the intake sees it: every page is stored before the next event is looked at."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.dossier import DossierPage
from app.errors import InputError, StoreError
from app.ports import PageFile, ScanEvent, ScanFailed
from app.services.intake_values import PageStored, ScanSummary, Tally

log = logging.getLogger(__name__)

StorePage = Callable[[Path, Tally], Sequence[DossierPage]]


class ScanRun:
    """Follows the events of a job.

    Args:
        store: Stores the page of a finished file.
        on_event: Hears every event, and PageStored behind every PageFile.

    Attributes:
        fault: The device's fault, or ours when a page could not be stored: the job must then be stopped.
        store_failed: Whether the disk or the database failed; finished files then wait for the next start.
        stored: Files whose pages are safe.
    """

    def __init__(self, store: StorePage, on_event: Callable[[ScanEvent | PageStored], None]) -> None:
        self._store = store
        self._on_event = on_event
        self.tally = Tally()
        self.fault: ScanFailed | None = None
        self.store_failed = False
        self.stored: set[Path] = set()

    def take(self, event: ScanEvent) -> None:
        """Handle the next event; after a fault only the device's end is awaited."""
        if self.fault is not None:
            return
        if isinstance(event, ScanFailed):
            self._fail(dataclasses.replace(event, pages=self.tally.pages))
            return
        self._on_event(event)
        if isinstance(event, PageFile):
            self._take_page(event)

    def summary(self) -> ScanSummary:
        """The result of the job."""
        return ScanSummary(
            pages=self.tally.pages,
            fault=self.fault,
            duplicates=tuple(self.tally.duplicates),
            set_aside=tuple(self.tally.set_aside),
        )

    def _take_page(self, event: PageFile) -> None:
        before = self.tally.pages
        try:
            pages = self._store(event.file, self.tally)
        except InputError as error:
            self._fail(ScanFailed(code="bad_page", pages=before, detail=error.code))
            return
        except StoreError as error:
            self.store_failed = True
            self._fail(ScanFailed(code=error.code, pages=before, detail=error.code))
            return
        self.stored.add(event.file)
        added = self.tally.pages > before
        for page in pages:
            self._on_event(PageStored(number=event.number, page_id=page.page_id, sha256=page.sha256, added=added))

    def _fail(self, fault: ScanFailed) -> None:
        log.warning("scan ended after %d pages: %s", fault.pages, fault.code)
        self.fault = fault
        self._on_event(fault)
