"""Intake: pages from files and scanners into drafts, whatever goes wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.clock import SystemClock, UuidV7Ids
from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.pdf.pdfium import PdfiumReader
from app.adapters.store import SqliteStore, open_store
from app.domain.dossier import Dossier
from app.domain.people import Person, Role
from app.domain.states import DossierState
from app.errors import AuthError, DeviceError, InputError, StoreError
from app.ports import (
    Cancelled,
    Device,
    PageFile,
    PageStarted,
    ScanEvent,
    ScanFailed,
    ScanFinished,
    ScanRequest,
    StoredPage,
    never,
)
from app.services.intake import IntakeService
from app.services.intake_values import ImportStep, PageStored

OFFICER = Person(person_id="p1", login="lan", full_name="Lan", role=Role.OFFICER)
ADMIN = Person(person_id="p2", login="quan", full_name="Quân", role=Role.ADMIN)
DEVICE = Device(driver="scripted", device_id="one", name="One")


class ScriptedDriver:
    """Plays a list of steps: events, or actions in the inbox that may give an event."""

    name = "scripted"

    def __init__(self, *steps: ScanEvent | Callable[[Path], ScanEvent | None]) -> None:
        self.steps = steps
        self.asked_to_stop = False

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        return [] if cancelled() else [DEVICE]

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        for step in self.steps:
            if cancelled():
                self.asked_to_stop = True
                yield ScanFailed(code="scan_cancelled", pages=0)
                return
            event = step(inbox) if callable(step) else step
            if event is not None:
                yield event


class MissingDriver(ScriptedDriver):
    """A driver whose program is not installed."""

    name = "missing"

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        raise DeviceError("scanner_driver_missing", driver=self.name)


def a_sheet(number: int) -> Callable[[Path], PageFile]:
    """A step that drops a good page into the inbox."""
    return lambda inbox: PageFile(number=number, file=draw(inbox / f"p{number:04d}.tif", number))


def a_broken_sheet(number: int) -> Callable[[Path], PageFile]:
    """A step that announces a page that does not decode."""

    def step(inbox: Path) -> PageFile:
        file = inbox / f"p{number:04d}.tif"
        file.write_bytes(b"II*\0 cut")
        return PageFile(number=number, file=file)

    return step


def unannounced_files(inbox: Path) -> None:
    """A step that leaves files behind, one of them a good page."""
    draw(inbox / "p0005.tif", 5)
    (inbox / "p0009.tif.part").write_bytes(b"II*\0")


def draw(file: Path, shade: int) -> Path:
    """A small page; another shade is another content."""
    Image.new("RGB", (60, 80), (shade % 256, 100, 200)).save(file, dpi=(300, 300))
    return file


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_store(tmp_path / "store", SystemClock())
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path: Path) -> PagesOnDisk:
    return PagesOnDisk(tmp_path / "store", partial(jpeg_pages, PdfiumReader()))


@pytest.fixture
def intake(store: SqliteStore, files: PagesOnDisk) -> IntakeService:
    return IntakeService(store, files, {}, SystemClock(), UuidV7Ids())


def with_driver(intake: IntakeService, driver: ScriptedDriver) -> IntakeService:
    intake._drivers = {driver.name: driver}
    return intake


def open_dossier(store: SqliteStore, dossier_id: str) -> Dossier:
    with store.read() as reader:
        return reader.open(dossier_id).dossier


def request() -> ScanRequest:
    return ScanRequest(device=DEVICE)


class TestDrafts:
    def test_an_empty_draft_takes_commune_and_hamlet_from_the_settings(self, intake, store):
        with store.write() as writer:
            writer.put_setting("commune_code", "09169")
            writer.put_setting("hamlet", "Thôn Đông")
        dossier = open_dossier(store, intake.new_dossier(OFFICER))
        assert (dossier.commune_code, dossier.hamlet, dossier.pages) == ("09169", "Thôn Đông", ())
        other = open_dossier(store, intake.new_dossier(OFFICER, " 09170\x00", "Thôn\ud800  Tây"))
        assert (other.commune_code, other.hamlet) == ("09170", "Thôn\ufffd Tây")

    def test_a_mortgaged_certificate_is_opened_without_pages_and_says_who_said_so(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER, status="mortgaged")
        with store.read() as reader:
            opened = reader.open(dossier_id)
        assert opened.dossier.certificate.status == "mortgaged"
        field = opened.field("certificate.status")
        assert field is not None
        assert (field.value, field.source, field.set_by, field.check) == ("mortgaged", "person", "p1", "ok")

    def test_an_unknown_status_is_refused(self, intake, store):
        with pytest.raises(InputError, match="bad_choice"):
            intake.new_dossier(OFFICER, status="eaten")
        assert _count(store) == 0

    def test_whoever_may_not_enter_may_not_take_anything_in(self, intake, tmp_path):
        dossier_id = intake.new_dossier(OFFICER)
        for call in (
            lambda: intake.new_dossier(ADMIN),
            lambda: intake.import_paths(ADMIN, [tmp_path]),
            lambda: intake.add_files(ADMIN, dossier_id, []),
            lambda: intake.scan(ADMIN, dossier_id, request()),
            lambda: intake.remove_page(ADMIN, dossier_id, "x"),
            lambda: intake.move_page(ADMIN, dossier_id, "x", 0),
            lambda: intake.rotate_page(ADMIN, dossier_id, "x", 0),
        ):
            with pytest.raises(AuthError, match="right_missing"):
                call()

    def test_the_rights_are_those_of_the_store_and_not_of_the_sign_in(self, intake, store, tmp_path):
        with store.write() as writer:
            writer.add_person(OFFICER, "hash")
        dossier_id = intake.new_dossier(OFFICER)
        with store.write() as writer:
            writer.set_active(OFFICER.person_id, active=False)
        for call in (
            lambda: intake.new_dossier(OFFICER),
            lambda: intake.import_paths(OFFICER, [tmp_path]),
            lambda: intake.add_files(OFFICER, dossier_id, []),
            lambda: intake.scan(OFFICER, dossier_id, request()),
            lambda: intake.remove_page(OFFICER, dossier_id, "x"),
        ):
            with pytest.raises(AuthError, match="sign_in_needed"):
                call()


class TestImport:
    def test_a_folder_is_one_dossier_with_its_pages_in_natural_order(self, intake, store, files, tmp_path):
        folder = tmp_path / "scans"
        folder.mkdir()
        for number in (10, 2, 1):
            draw(folder / f"trang {number}.jpg", number * 20)
        summary = intake.import_paths(OFFICER, [folder])
        assert (summary.pages, summary.refused, summary.duplicates) == (3, (), ())
        (dossier_id,) = summary.dossiers
        pages = open_dossier(store, dossier_id).pages
        assert [page.position for page in pages] == [0, 1, 2]
        expected = [(folder / f"trang {number}.jpg").read_bytes() for number in (1, 2, 10)]
        assert [files.path(page.sha256).read_bytes() for page in pages] == expected

    def test_each_file_is_a_dossier_and_a_tiff_brings_all_its_pages(self, intake, store, tmp_path):
        frames = [Image.new("L", (50, 70), shade) for shade in (10, 90, 170)]
        frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], dpi=(200, 200))
        draw(tmp_path / "b.png", 5)
        summary = intake.import_paths(OFFICER, [tmp_path / "a.tif", tmp_path / "b.png"])
        counts = [len(open_dossier(store, dossier_id).pages) for dossier_id in summary.dossiers]
        assert (counts, summary.pages) == ([3, 1], 4)
        assert {page.dpi for page in open_dossier(store, summary.dossiers[0]).pages} == {200}

    def test_folders_inside_a_folder_are_dossiers_of_their_own(self, intake, tmp_path):
        for name, shade in (("A", 1), ("B", 2)):
            (tmp_path / "pile" / name).mkdir(parents=True)
            draw(tmp_path / "pile" / name / "1.jpg", shade * 40)
        (tmp_path / "pile" / ".hidden").mkdir()
        draw(tmp_path / "pile" / ".hidden" / "1.jpg", 200)
        (tmp_path / "pile" / "Thumbs.db").write_bytes(b"x")
        summary = intake.import_paths(OFFICER, [tmp_path / "pile"])
        assert (len(summary.dossiers), summary.pages, summary.refused) == (2, 2, ())

    def test_files_that_are_no_pages_are_listed_with_their_reason_and_the_rest_goes_on(self, intake, store, tmp_path):
        good = draw(tmp_path / "good.jpg", 7)
        cut = tmp_path / "cut.jpg"
        cut.write_bytes(good.read_bytes()[:300])
        (tmp_path / "empty.jpg").touch()
        (tmp_path / "letter.docx").write_bytes(b"PK\x03\x04 something")
        steps: list[ImportStep] = []
        names = ["cut.jpg", "empty.jpg", "letter.docx", "none.jpg", "good.jpg"]
        summary = intake.import_paths(OFFICER, [tmp_path / name for name in names], steps.append)
        assert [(refused.file.name, refused.code) for refused in summary.refused] == [
            ("cut.jpg", "unreadable_file"),
            ("empty.jpg", "empty_file"),
            ("letter.docx", "unsupported_file"),
            ("none.jpg", "unreadable_file"),
        ]
        assert (len(summary.dossiers), summary.pages, _count(store)) == (1, 1, 1)
        assert [(step.done, step.total, step.file.name) for step in steps][-1] == (5, 5, "good.jpg")
        assert cut.exists()

    def test_a_folder_that_cannot_be_looked_into_is_listed(self, intake, tmp_path, monkeypatch):
        folder = tmp_path / "closed"
        folder.mkdir()

        def refuse(_: Path) -> Iterator[Path]:
            raise PermissionError

        monkeypatch.setattr(Path, "iterdir", refuse)
        summary = intake.import_paths(OFFICER, [folder])
        assert [(refused.file, refused.code) for refused in summary.refused] == [(folder, "unreadable_file")]

    def test_the_same_page_twice_in_one_folder_is_added_once_and_told(self, intake, tmp_path):
        folder = tmp_path / "scans"
        folder.mkdir()
        draw(folder / "a.jpg", 9)
        draw(folder / "b.jpg", 9)
        summary = intake.import_paths(OFFICER, [folder])
        assert summary.pages == 1
        assert [(d.file.name, d.dossier_id, d.added) for d in summary.duplicates] == [
            ("b.jpg", summary.dossiers[0], False)
        ]

    def test_a_page_another_dossier_has_is_added_and_told(self, intake, tmp_path):
        file = draw(tmp_path / "a.jpg", 9)
        first = intake.import_paths(OFFICER, [file])
        second = intake.import_paths(OFFICER, [file])
        assert second.pages == 1
        assert [(d.dossier_id, d.added) for d in second.duplicates] == [(first.dossiers[0], True)]

    def test_a_cancelled_import_leaves_no_half_dossier(self, intake, store, tmp_path):
        folder = tmp_path / "scans"
        folder.mkdir()
        for number in range(4):
            draw(folder / f"{number}.jpg", number * 9)
        seen: list[ImportStep] = []
        summary = intake.import_paths(OFFICER, [folder], seen.append, lambda: len(seen) >= 2)
        assert (summary.dossiers, _count(store), len(seen)) == ((), 0, 2)

    def test_a_cancel_behind_the_last_file_stores_nothing_of_that_dossier(self, intake, store, tmp_path):
        seen: list[ImportStep] = []
        intake.import_paths(OFFICER, [draw(tmp_path / "a.jpg", 1)], seen.append, lambda: bool(seen))
        assert _count(store) == 0

    def test_a_full_disk_ends_the_import_and_keeps_what_was_finished(self, intake, store, files, tmp_path):
        first, second = draw(tmp_path / "a.jpg", 1), draw(tmp_path / "b.jpg", 2)
        seen: list[ImportStep] = []
        files._free = lambda _: 10**12 if not seen else 1000
        with pytest.raises(StoreError, match="disk_full"):
            intake.import_paths(OFFICER, [first, second], seen.append)
        assert _count(store) == 1

    def test_files_are_put_behind_the_pages_of_a_draft(self, intake, store, tmp_path):
        dossier_id = intake.import_paths(OFFICER, [draw(tmp_path / "a.jpg", 1)]).dossiers[0]
        summary = intake.add_files(OFFICER, dossier_id, [draw(tmp_path / "b.jpg", 2), tmp_path / "a.jpg"])
        assert (summary.pages, summary.dossiers, len(summary.duplicates)) == (1, (dossier_id,), 1)
        assert [page.position for page in open_dossier(store, dossier_id).pages] == [0, 1]

    def test_adding_only_broken_files_changes_nothing(self, intake, store, tmp_path):
        dossier_id = intake.new_dossier(OFFICER)
        summary = intake.add_files(OFFICER, dossier_id, [tmp_path / "none.jpg"])
        assert (summary.pages, len(summary.refused)) == (0, 1)
        assert open_dossier(store, dossier_id).pages == ()

    def test_a_dossier_that_left_the_desk_takes_no_pages(self, intake, store, tmp_path):
        dossier_id = intake.import_paths(OFFICER, [draw(tmp_path / "a.jpg", 1)]).dossiers[0]
        page_id = open_dossier(store, dossier_id).pages[0].page_id
        with store.write() as writer:
            writer.step(dossier_id, DossierState.ENTERED, who="p1", at="2026-01-01T00:00:00.000Z")
        for call in (
            lambda: intake.add_files(OFFICER, dossier_id, [tmp_path / "a.jpg"]),
            lambda: intake.scan(OFFICER, dossier_id, request()),
            lambda: intake.remove_page(OFFICER, dossier_id, page_id),
        ):
            with pytest.raises(InputError, match="not_editable"):
                call()


class TestScan:
    def test_each_page_is_stored_before_the_next_event(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER)
        seen: list[tuple[str, int]] = []

        def listen(event: ScanEvent | PageStored) -> None:
            seen.append((type(event).__name__, len(open_dossier(store, dossier_id).pages)))

        driver = ScriptedDriver(PageStarted(number=1), a_sheet(1), a_sheet(2), ScanFinished(pages=2))
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request(), listen)
        assert (summary.pages, summary.fault, summary.set_aside) == (2, None, ())
        assert seen == [
            ("PageStarted", 0),
            ("PageFile", 0),
            ("PageStored", 1),
            ("PageFile", 1),
            ("PageStored", 2),
            ("ScanFinished", 2),
        ]

    def test_the_inbox_is_gone_after_the_job(self, intake, files):
        dossier_id = intake.new_dossier(OFFICER)
        with_driver(intake, ScriptedDriver(a_sheet(1), ScanFinished(pages=1))).scan(OFFICER, dossier_id, request())
        assert files.open_inboxes() == {}

    def test_a_jam_keeps_the_pages_before_it(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER)
        driver = ScriptedDriver(a_sheet(1), ScanFailed(code="paper_jam", pages=1, detail="6"))
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request())
        assert summary.fault == ScanFailed(code="paper_jam", pages=1, detail="6")
        assert len(open_dossier(store, dossier_id).pages) == 1

    def test_a_page_that_does_not_decode_stops_the_job_and_is_kept_aside(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER)
        driver = ScriptedDriver(a_sheet(1), a_broken_sheet(2), a_sheet(3), ScanFinished(pages=3))
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request())
        assert summary.fault == ScanFailed(code="bad_page", pages=1, detail="unreadable_file")
        assert driver.asked_to_stop
        assert [file.name.endswith("p0002.tif") for file in summary.set_aside] == [True]
        assert len(open_dossier(store, dossier_id).pages) == 1

    def test_events_after_our_own_fault_are_not_passed_on(self, intake):
        dossier_id = intake.new_dossier(OFFICER)
        seen: list[ScanEvent | PageStored] = []
        driver = ScriptedDriver(a_broken_sheet(1), a_sheet(2))
        with_driver(intake, driver).scan(OFFICER, dossier_id, request(), seen.append)
        assert [type(event) for event in seen] == [PageFile, ScanFailed]

    def test_what_the_device_leaves_unannounced_never_gets_into_the_dossier(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER)
        driver = ScriptedDriver(a_sheet(1), unannounced_files, ScanFinished(pages=1))
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request())
        assert [file.name.split("-")[-1] for file in summary.set_aside] == ["p0005.tif", "p0009.tif.part"]
        assert len(open_dossier(store, dossier_id).pages) == 1

    def test_a_sheet_scanned_twice_is_told_and_stored_once(self, intake, store):
        dossier_id = intake.new_dossier(OFFICER)
        seen: list[ScanEvent | PageStored] = []

        def again(inbox: Path) -> PageFile:
            return PageFile(number=2, file=draw(inbox / "p0002.tif", 1))

        driver = ScriptedDriver(a_sheet(1), again, ScanFinished(pages=2))
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request(), seen.append)
        (page,) = open_dossier(store, dossier_id).pages
        stored = [event for event in seen if isinstance(event, PageStored)]
        assert [(event.number, event.page_id, event.added) for event in stored] == [
            (1, page.page_id, True),
            (2, page.page_id, False),
        ]
        assert (summary.pages, len(summary.duplicates)) == (1, 1)

    def test_a_disk_that_fills_up_stops_the_job_and_the_sheet_waits_for_the_next_start(
        self, intake, store, files, monkeypatch
    ):
        dossier_id = intake.new_dossier(OFFICER)
        driver = ScriptedDriver(a_sheet(1), a_sheet(2), ScanFinished(pages=2))
        free = [10**12]
        files._free = lambda _: free[0]

        def fill(event: ScanEvent | PageStored) -> None:
            if isinstance(event, PageStored):
                free[0] = 1000

        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request(), fill)
        assert summary.fault is not None
        assert (summary.fault.code, summary.pages) == ("disk_full", 1)
        free[0] = 10**12
        assert intake.recover(OFFICER).pages == 1
        assert len(open_dossier(store, dossier_id).pages) == 2

    def test_no_job_starts_on_a_full_disk(self, intake, files):
        dossier_id = intake.new_dossier(OFFICER)
        files._free = lambda _: 1000
        with pytest.raises(StoreError, match="disk_full"):
            with_driver(intake, ScriptedDriver()).scan(OFFICER, dossier_id, request())

    def test_a_device_of_an_unknown_driver_is_refused(self, intake):
        with pytest.raises(DeviceError, match="scanner_driver_missing"):
            intake.scan(OFFICER, intake.new_dossier(OFFICER), request())

    def test_a_file_that_cannot_be_deleted_is_not_taken_twice(self, intake, store, monkeypatch):
        dossier_id = intake.new_dossier(OFFICER)

        def refuse(_: Path, missing_ok: bool = False) -> None:
            raise PermissionError

        def hold(event: ScanEvent | PageStored) -> None:
            monkeypatch.setattr(Path, "unlink", refuse) if isinstance(event, PageFile) else monkeypatch.undo()

        driver = ScriptedDriver(PageStarted(number=1), a_sheet(1), ScanFinished(pages=1))
        intake._files = _NoDisk(intake._files)
        summary = with_driver(intake, driver).scan(OFFICER, dossier_id, request(), hold)
        assert (summary.pages, summary.set_aside) == (1, ())


class TestDevices:
    def test_the_devices_of_all_drivers_are_listed_although_one_is_missing(self, intake):
        intake._drivers = {"missing": MissingDriver(), "scripted": ScriptedDriver()}
        assert intake.devices() == [DEVICE]

    def test_a_missing_driver_is_named_when_nothing_else_is_found(self, intake):
        intake._drivers = {"missing": MissingDriver()}
        with pytest.raises(DeviceError, match="scanner_driver_missing"):
            intake.devices()

    def test_no_devices_is_no_error(self, intake):
        assert intake.devices() == []


class TestRecovery:
    def test_a_start_after_a_quiet_end_finds_nothing(self, intake):
        summary = intake.recover(OFFICER)
        assert (summary.jobs, summary.pages, summary.set_aside) == (0, 0, ())

    def test_finished_files_of_a_crashed_job_come_into_their_dossier(self, intake, store, files):
        dossier_id = intake.new_dossier(OFFICER)
        inbox = files.new_inbox(f"{dossier_id}_job")
        for number in (1, 2):
            draw(inbox / f"p{number:04d}.tif", number)
        draw(inbox / "p0003.tif", 3).rename(inbox / "p0003.tif.part")
        (inbox / "p0004.tif").write_bytes(b"II*\0")
        summary = intake.recover(OFFICER)
        assert (summary.jobs, summary.pages, summary.dossiers) == (1, 2, (dossier_id,))
        assert sorted(file.name.split("-")[-1] for file in summary.set_aside) == ["p0003.tif.part", "p0004.tif"]
        assert len(open_dossier(store, dossier_id).pages) == 2
        assert files.open_inboxes() == {}

    def test_a_page_whose_row_was_written_before_the_crash_is_not_added_again(self, intake, store, files, tmp_path):
        dossier_id = intake.import_paths(OFFICER, [draw(tmp_path / "a.jpg", 1)]).dossiers[0]
        inbox = files.new_inbox(f"{dossier_id}_job")
        draw(inbox / "p0001.jpg", 1)
        assert intake.recover(OFFICER).pages == 0
        assert len(open_dossier(store, dossier_id).pages) == 1

    @pytest.mark.parametrize("gone", [True, False])
    def test_files_of_a_dossier_that_cannot_take_them_are_kept_aside(self, intake, store, files, gone):
        dossier_id = "no-such-dossier" if gone else intake.new_dossier(OFFICER)
        if not gone:
            with store.write() as writer:
                writer.step(dossier_id, DossierState.DISCARDED, who="p1", at="2026-01-01T00:00:00.000Z", reason="x")
        draw(files.new_inbox(f"{dossier_id}_job") / "p0001.tif", 1)
        summary = intake.recover(OFFICER)
        assert (summary.pages, len(summary.set_aside)) == (0, 1)
        assert summary.set_aside[0].with_name(summary.set_aside[0].name + ".txt").read_text().strip() == (
            "unknown_dossier" if gone else "not_editable"
        )


class TestPages:
    @pytest.fixture
    def dossier_id(self, intake: IntakeService, tmp_path: Path) -> str:
        folder = tmp_path / "scans"
        folder.mkdir()
        for number in (1, 2, 3):
            draw(folder / f"{number}.jpg", number * 50)
        return intake.import_paths(OFFICER, [folder]).dossiers[0]

    def test_a_page_is_taken_out_and_its_file_stays(self, intake, store, files, dossier_id):
        first, second, third = open_dossier(store, dossier_id).pages
        intake.remove_page(OFFICER, dossier_id, second.page_id)
        left = open_dossier(store, dossier_id).pages
        assert [(page.page_id, page.position) for page in left] == [(first.page_id, 0), (third.page_id, 1)]
        assert files.path(second.sha256).is_file()
        with store.read() as reader:
            assert [event.what for event in reader.events(dossier_id)][-1] == "page_removed"

    @pytest.mark.parametrize(("position", "order"), [(0, [2, 0, 1]), (1, [0, 2, 1]), (-5, [2, 0, 1]), (99, [0, 1, 2])])
    def test_a_page_moves_to_its_new_place(self, intake, store, dossier_id, position, order):
        pages = open_dossier(store, dossier_id).pages
        intake.move_page(OFFICER, dossier_id, pages[2].page_id, position)
        moved = open_dossier(store, dossier_id).pages
        assert [page.page_id for page in moved] == [pages[index].page_id for index in order]
        assert [page.position for page in moved] == [0, 1, 2]

    def test_a_turn_is_noted_and_the_image_stays(self, intake, store, dossier_id):
        page = open_dossier(store, dossier_id).pages[1]
        intake.rotate_page(OFFICER, dossier_id, page.page_id, -90)
        assert open_dossier(store, dossier_id).pages[1] == dataclasses.replace(page, rotation_deg=270)

    def test_only_quarter_turns_are_taken(self, intake, dossier_id):
        with pytest.raises(InputError, match="bad_rotation"):
            intake.rotate_page(OFFICER, dossier_id, "any", 45)

    def test_an_unknown_page_is_refused(self, intake, dossier_id):
        with pytest.raises(InputError, match="unknown_page"):
            intake.remove_page(OFFICER, dossier_id, "none")


class _NoDisk:
    """Accepts every file without touching the disk, so that a test can make deleting fail."""

    def __init__(self, real: PagesOnDisk) -> None:
        self._real = real

    def accept(self, file: Path) -> list[StoredPage]:
        return [StoredPage(sha256="ab" * 32, media_type="image/jpeg", size_bytes=1, width_px=1, height_px=1, dpi=None)]

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def _count(store: SqliteStore) -> int:
    with store.read() as reader:
        return sum(reader.counts().values())
