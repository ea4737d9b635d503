"""An office with pages and an upload service over a real store file."""

from __future__ import annotations

import random
from pathlib import Path

from app.adapters.clock import SystemClock
from app.adapters.store import open_store
from app.adapters.upload_http import HttpUploader
from app.domain.dossier import DossierPage
from app.domain.queue import OutboxRow
from app.errors import StoreError
from app.ports import PageToSend, StoredPage, Uploader
from app.services.entry import EntryService
from app.services.review import ReviewService
from app.services.upload import UploadService
from tests.integration.upload.world import make_page
from tests.office import Office, a_complete_dossier, check


class FolderFiles:
    """As much of `PageFiles` as sending needs: pages under their hash in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        file = self.folder / sha256
        if not file.is_file():
            raise StoreError("page_missing", sha256=sha256[:12])
        return file


class PostOffice(Office):
    """An office whose sealed batches have pages."""

    def __init__(self, folder: Path, uploader: Uploader | None = None) -> None:
        super().__init__(folder)
        self.files = FolderFiles(folder / "page-files")
        self.uploader = uploader or HttpUploader(folder / "device", SystemClock())
        self.upload = UploadService(
            self.store,
            self.files,  # type: ignore[arg-type]  # only path() is asked for
            self.uploader,
            self.clock,
            random.Random(7),
        )

    def sealed_batch(self, dossiers: int = 1, pages: int = 2, size_bytes: int = 40_000) -> tuple[str, list[str]]:
        """A sealed batch of dossiers with pages of their own."""
        ids = [
            self.entered_with([make_page(self.files.folder, size_bytes) for _ in range(pages)]) for _ in range(dossiers)
        ]
        return self.seal(ids), ids

    def seal(self, ids: list[str]) -> str:
        batch_id = self.review.submit(self.officer, ids)
        self.review.approve_all(self.supervisor, batch_id)
        self.review.seal(self.supervisor, batch_id)
        return batch_id

    def entered_with(self, pages: list[PageToSend]) -> str:
        """A complete dossier with pages."""
        dossier_id = self.draft(a_complete_dossier(""))
        with self.store.write() as writer:
            for position, page in enumerate(pages):
                place = DossierPage(
                    page_id=self.ids.new(), sha256=page.sha256, position=position, width_px=10, height_px=10
                )
                stored = StoredPage(
                    sha256=page.sha256,
                    media_type=page.media_type,
                    size_bytes=page.size_bytes,
                    width_px=10,
                    height_px=10,
                    dpi=300,
                )
                writer.add_page(dossier_id, place, stored)
        self.entry.change(self.officer, dossier_id, "parcels[0].area_m2", "72,5")
        assert self.entry.finish(self.officer, dossier_id) == ()
        return dossier_id

    def states(self) -> list[str]:
        """States of the outbox rows and of their dossiers, which must agree while the row is open."""
        rows = self.upload.queue()
        return [f"{row.state}/{self.head(row.dossier_id).state}" for row in rows]

    def row(self, dossier_id: str) -> OutboxRow:
        """The newest outbox row of a dossier."""
        return [row for row in self.upload.queue() if row.dossier_id == dossier_id][-1]

    def reopened(self) -> PostOffice:
        """The same store opened again by another process."""
        self.close()
        return ReopenedPostOffice(self, HttpUploader(self.folder / "device", SystemClock()))

    def after_crash(self) -> PostOffice:
        """The same store opened again with the same way to the server."""
        return ReopenedPostOffice(self, self.uploader)

    def corrected(self, dossier_id: str, path: str, text: str) -> str:
        """Correct a dossier that came back and seal it anew; the new batch."""
        self.entry.start_correction(self.officer, dossier_id)
        self.entry.change(self.officer, dossier_id, path, text)
        assert self.entry.finish(self.officer, dossier_id) == ()
        return self.seal([dossier_id])


class ReopenedPostOffice(PostOffice):
    """A post office over a store that has its people already."""

    def __init__(self, old: PostOffice, uploader: Uploader) -> None:
        self.folder, self.clock, self.ids = old.folder, old.clock, old.ids
        self.store = open_store(old.folder, old.clock)
        self.entry = EntryService(self.store, self.clock, check)
        self.review = ReviewService(self.store, self.clock, self.ids)
        self.officer, self.supervisor = old.officer, old.supervisor
        self.files = old.files
        self.uploader = uploader
        self.upload = UploadService(
            self.store,
            self.files,  # type: ignore[arg-type]  # only path() is asked for
            self.uploader,
            self.clock,
            random.Random(7),
        )
