"""An office for tests: a real store file, the real services over it, people, and dossiers ready to be entered."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.adapters.clock import UuidV7Ids
from app.adapters.store import SqliteStore, open_store
from app.domain.checks import check_dossier
from app.domain.code_lists import CodeLists
from app.domain.dossier import Certificate, Dossier, DossierPage, Holder, IdPaper, LandUse, Parcel
from app.domain.people import SETUP, Role
from app.domain.queue import DossierHead, FieldValue, OpenDossier
from app.domain.reading import Box, Candidate, Finding
from app.ports import StoredPage
from app.services.entry import EntryService
from app.services.people import PeopleService
from app.services.review import ReviewService

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
AT = "2026-11-22T08:00:00.000Z"
PASSWORD = "mật khẩu dài"


class TickingClock:
    """Goes on by one second at every look."""

    def __init__(self) -> None:
        self._looks = 0

    def now(self) -> datetime:
        self._looks += 1
        return START + timedelta(seconds=self._looks)


class QuickHasher:
    """Hashes in microseconds what takes argon2 a fifth of a second; counts its looks."""

    def __init__(self) -> None:
        self.verified = 0

    def hash(self, password: str) -> str:
        return "quick:" + hashlib.sha256(password.encode()).hexdigest()

    def verify(self, encoded: str, password: str) -> bool:
        self.verified += 1
        return encoded == self.hash(password)


def check(dossier: Dossier) -> tuple[Finding, ...]:
    """The real rules without code lists."""
    return check_dossier(dossier, CodeLists())


def a_field(path: str, value: str | None, **changed: object) -> FieldValue:
    """A value as a reader sets it, with evidence."""
    field = FieldValue(
        path=path,
        value=value,
        raw=f"«{value}»",
        source="ocr",
        confidence=0.75,
        check="look",
        page_id="page-1",
        box=Box(10, 20, 30, 40),
        candidates=(Candidate(value=value, source="ocr", confidence=0.75, page=0, box=Box(1, 2, 3, 4)),),
        set_by="reader",
        set_at=AT,
    )
    return dataclasses.replace(field, **changed)  # type: ignore[arg-type]


def a_stored_page(content: str = "page") -> StoredPage:
    """A page as the spool gives it."""
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return StoredPage(
        sha256=sha256, media_type="image/jpeg", size_bytes=len(content), width_px=2480, height_px=3508, dpi=300
    )


def a_page(page_id: str = "page-1", content: str = "page", position: int = 0) -> DossierPage:
    """The same page in its place in a dossier."""
    stored = a_stored_page(content)
    return DossierPage(
        page_id=page_id,
        sha256=stored.sha256,
        position=position,
        width_px=stored.width_px,
        height_px=stored.height_px,
        dpi=stored.dpi,
    )


def a_complete_dossier(dossier_id: str, commune_code: str = "09193") -> Dossier:
    """A fictional record that passes every blocking rule."""
    return Dossier(
        dossier_id=dossier_id,
        commune_code=commune_code,
        certificate=Certificate(model="2014", serial="CQ 718336", register_number="CS 09331", issued_on="2019-06-14"),
        holders=(
            Holder(
                kind="person",
                name="TRƯƠNG QUANG HÁCH",
                sex="male",
                born="1981",
                id_papers=(IdPaper(kind="cccd", number="027081999921"),),
            ),
            Holder(kind="person", name="ĐẶNG ĐỨC ĐÔNG"),
        ),
        parcels=(
            Parcel(
                sheet="16",
                number="205",
                address="Xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh",
                uses=(LandUse(purpose="Đất ở tại đô thị", form="Sử dụng riêng", term="Lâu dài", origin="Giao đất"),),
            ),
        ),
    )


class Office:
    """A store of a folder, new or from before, with its services and two people.

    Attributes:
        officer: Enters and submits.
        supervisor: Reviews.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = TickingClock()
        self.ids = UuidV7Ids()
        self.store: SqliteStore = open_store(folder, self.clock)
        self.people = PeopleService(self.store, QuickHasher(), self.clock, self.ids)
        self.entry = EntryService(self.store, self.clock, check)
        self.review = ReviewService(self.store, self.clock, self.ids)
        if not self.people.has_people():
            first = self.people.add(SETUP, "binh", "Trần Thị Bình", Role.SUPERVISOR, PASSWORD)
            self.people.add(first, "an", "Lê Văn An", Role.OFFICER, PASSWORD)
        self.officer, self.supervisor = self.people.people()

    def draft(self, dossier: Dossier | None = None, *values: FieldValue) -> str:
        """A draft in the store; its id."""
        dossier_id = self.ids.new()
        content = dataclasses.replace(dossier or Dossier(dossier_id=dossier_id), dossier_id=dossier_id)
        with self.store.write() as writer:
            writer.add_dossier(dataclasses.replace(content, pages=()), AT, self.officer.person_id)
            for page in content.pages:
                writer.add_page(dossier_id, page, a_stored_page())
            writer.save(content, values)
            writer.set_findings(dossier_id, check(content))
        return dossier_id

    def entered(self) -> str:
        """A complete dossier that was called entered; its id."""
        dossier_id = self.draft(a_complete_dossier(""))
        self.entry.change(self.officer, dossier_id, "parcels[0].area_m2", "72,5")
        assert self.entry.finish(self.officer, dossier_id) == ()
        return dossier_id

    def submitted(self, dossiers: int = 1) -> tuple[str, list[str]]:
        """A submitted batch and its dossiers."""
        dossier_ids = [self.entered() for _ in range(dossiers)]
        return self.review.submit(self.officer, dossier_ids), dossier_ids

    def sealed(self, dossiers: int = 1) -> tuple[str, list[str]]:
        """A sealed batch and its dossiers."""
        batch_id, dossier_ids = self.submitted(dossiers)
        self.review.approve_all(self.supervisor, batch_id)
        self.review.seal(self.supervisor, batch_id)
        return batch_id, dossier_ids

    def opened(self, dossier_id: str) -> OpenDossier:
        """A dossier as it stands."""
        return self.entry.open(dossier_id)

    def head(self, dossier_id: str) -> DossierHead:
        """The list row of a dossier."""
        return self.opened(dossier_id).head

    def whats(self, dossier_id: str | None = None) -> list[str]:
        """What happened, oldest first."""
        with self.store.read() as reader:
            return [event.what for event in reader.events(dossier_id)]

    def close(self) -> None:
        """Close the store."""
        self.store.close()
