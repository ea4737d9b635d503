"""Upkeep: a sound store is called sound, and whatever is changed behind the program is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.pdf.pdfium import PdfiumReader
from app.adapters.store import STORE_FILE
from app.domain.dossier import Dossier, DossierPage
from app.errors import AuthError, InputError
from app.services.upkeep import Fault, UpkeepService
from tests.office import AT, Office


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An office with a page, a sealed dossier and its upkeep."""

    office: Office
    upkeep: UpkeepService
    dossier_id: str
    sha256: str
    page: Path

    def behind(self, *statements: str) -> None:
        """Change the file as somebody with another program would."""
        self.office.close()
        db = sqlite3.connect(self.office.folder / STORE_FILE)
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            db.execute(statement)
        db.commit()
        db.close()

    def verify(self) -> tuple[Fault, ...]:
        """The faults after opening the store again."""
        self.office.close()
        again = Office(self.office.folder)
        try:
            return UpkeepService(again.store, self.upkeep._files, again.clock).verify().faults
        finally:
            again.close()


@pytest.fixture
def kept(office: Office, tmp_path: Path) -> Kept:
    files = PagesOnDisk(office.folder, partial(jpeg_pages, PdfiumReader()))
    Image.new("RGB", (80, 60), "white").save(tmp_path / "page.jpg")
    (stored,) = files.accept(tmp_path / "page.jpg")
    page = DossierPage(page_id="p1", sha256=stored.sha256, width_px=80, height_px=60)
    with office.store.write() as writer:
        writer.add_dossier(Dossier(dossier_id="d1"), AT, office.officer.person_id)
        writer.add_page("d1", page, stored)
    _batch_id, (dossier_id,) = office.sealed()
    return Kept(
        office=office,
        upkeep=UpkeepService(office.store, files, office.clock),
        dossier_id=dossier_id,
        sha256=stored.sha256,
        page=files.path(stored.sha256),
    )


def test_a_sound_store_is_sound(kept: Kept):
    report = kept.upkeep.verify()
    assert report.is_sound
    assert (report.faults, report.first_bad_event, report.strays) == ((), None, ())
    assert (report.pages, report.forms) == (1, 1)
    assert report.events == len(kept.office.whats())


def test_a_page_file_without_a_row_is_a_stray_and_no_fault(kept: Kept, tmp_path: Path):
    Image.new("RGB", (80, 60), "black").save(tmp_path / "other.jpg")
    (stored,) = kept.upkeep._files.accept(tmp_path / "other.jpg")
    report = kept.upkeep.verify()
    assert report.is_sound
    assert report.strays == (stored.sha256,)


def flip(page: Path) -> None:
    data = bytearray(page.read_bytes())
    data[-3] ^= 1
    page.write_bytes(data)


PAGE_DAMAGES: dict[str, Callable[[Path], object]] = {
    "page_missing": Path.unlink,
    "page_size": lambda page: page.write_bytes(page.read_bytes()[:-1]),
    "page_hash": flip,
}


@pytest.mark.parametrize(("code", "damage"), PAGE_DAMAGES.items(), ids=PAGE_DAMAGES.keys())
def test_a_damaged_page_is_named(kept: Kept, code: str, damage: Callable[[Path], object]):
    damage(kept.page)
    assert kept.upkeep.verify().faults == (Fault(code=code, where=kept.sha256),)


def test_a_page_that_cannot_be_opened_counts_as_missing(kept: Kept, monkeypatch: pytest.MonkeyPatch):
    def refuse(_self: Path, *_args: object) -> object:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert [fault.code for fault in kept.upkeep.verify().faults] == ["page_missing"]


EVENT_COLUMNS = ("at", "who", "what", "dossier_id", "batch_id", "detail")


@pytest.mark.parametrize("column", EVENT_COLUMNS)
def test_an_event_with_a_changed_value_is_the_first_bad_one(kept: Kept, column: str):
    kept.behind(f"UPDATE events SET {column} = coalesce({column}, '') || 'x' WHERE seq = 4")
    assert kept.verify() == (Fault(code="chain", where="4"),)


CHAIN_DAMAGES = {
    "a hash changed": ("UPDATE events SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE seq = 5", "5"),
    "a row dropped": ("DELETE FROM events WHERE seq = 3", "3"),
    "two rows swapped": ("UPDATE events SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3)", "2"),
    "the first row dropped": ("DELETE FROM events WHERE seq = 1", "1"),
}


@pytest.mark.parametrize(("statement", "first"), CHAIN_DAMAGES.values(), ids=CHAIN_DAMAGES.keys())
def test_a_broken_chain_names_its_first_bad_row(kept: Kept, statement: str, first: str):
    kept.behind(statement, "UPDATE events SET seq = -seq WHERE seq < 0")
    assert Fault(code="chain", where=first) in kept.verify()


def test_a_chain_cut_short_is_noticed(kept: Kept):
    last = kept.upkeep.verify().events
    kept.behind(f"DELETE FROM events WHERE seq > {last - 2}")
    assert kept.verify() == (Fault(code="chain", where=str(last - 1)),)


def test_a_row_put_in_behind_the_last_is_noticed(kept: Kept):
    last = kept.upkeep.verify().events
    kept.behind(
        f"INSERT INTO events SELECT {last + 1}, at, who, what, NULL, NULL, NULL, hash FROM events WHERE seq = 1"
    )
    assert kept.verify() == (Fault(code="chain", where=str(last + 1)),)


def test_a_changed_form_is_named(kept: Kept):
    kept.behind(
        "UPDATE dossiers SET content = replace(content, '1981', '1982') WHERE state = 'queued'",
        "UPDATE outbox SET form = x'7b7d'",
    )
    assert kept.verify() == (
        Fault(code="form_digest", where=kept.dossier_id),
        Fault(code="outbox_digest", where=f"{kept.dossier_id} 1"),
    )


def test_rows_that_point_nowhere_are_named(kept: Kept):
    kept.behind("UPDATE pages SET dossier_id = 'gone'")
    faults = kept.verify()
    assert [fault.code for fault in faults] == ["database"]
    assert "pages" in faults[0].where


def test_many_forms_are_checked_in_several_looks(kept: Kept, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.services.upkeep._CHUNK", 2)
    kept.office.sealed(3)
    report = kept.upkeep.verify()
    assert (report.is_sound, report.forms) == (True, 4)
    assert report.events == len(kept.office.whats())


def test_settings_are_put_by_who_may(kept: Kept):
    office = kept.office
    assert kept.upkeep.get("commune_code") is None
    kept.upkeep.put(office.supervisor, "commune_code", " 09193 ")
    kept.upkeep.put(office.officer, "hamlet", "Thôn Đông")
    assert (kept.upkeep.get("commune_code"), kept.upkeep.get("hamlet")) == ("09193", "Thôn Đông")
    assert office.whats()[-2:] == ["setting_put", "setting_put"]
    with pytest.raises(AuthError, match="right_missing"):
        kept.upkeep.put(office.officer, "server_url", "https://a")
    with pytest.raises(InputError, match="unknown_setting"):
        kept.upkeep.put(office.supervisor, "colour", "pink")
