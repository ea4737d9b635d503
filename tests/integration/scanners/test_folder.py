"""A watched folder as a scanner."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.pdf.pdfium import PdfiumReader
from app.adapters.scanners import folder as folder_driver
from app.adapters.scanners.folder import FolderDriver
from app.ports import Device, PageFile, ScanEvent, ScanFailed, ScanFinished, ScanRequest, ScanSource
from tests.integration.scanners.conftest import page_names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    watched = tmp_path / "May quet"
    watched.mkdir()
    return watched


@pytest.fixture
def driver(folder: Path) -> FolderDriver:
    return FolderDriver([folder], partial(jpeg_pages, PdfiumReader()), poll_s=0.02, wait_s=0.3)


def draw(file: Path, shade: int = 100) -> Path:
    Image.new("RGB", (60, 80), (shade, 100, 200)).save(file, dpi=(300, 300))
    return file


def ask(folder: Path, source: ScanSource = ScanSource.FEEDER, first_page: int = 1) -> ScanRequest:
    return ScanRequest(
        device=Device(driver="folder", device_id=str(folder), name="x"), source=source, first_page=first_page
    )


def taken(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "done").iterdir())


def test_only_folders_that_exist_are_devices(folder, tmp_path):
    driver = FolderDriver([folder, tmp_path / "gone"], partial(jpeg_pages, PdfiumReader()))
    assert driver.devices() == [Device(driver="folder", device_id=str(folder), name="May quet")]
    assert driver.devices(lambda: True) == []


def test_a_folder_nobody_chose_is_not_touched(driver, inbox, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    draw(other / "a.jpg")
    assert list(driver.scan(ask(other), inbox)) == [ScanFailed(code="scanner_offline", pages=0, detail="other")]
    assert (other / "a.jpg").exists()


def test_files_come_in_the_order_of_their_numbers_and_move_to_done(driver, folder, inbox):
    for number in (10, 2, 1):
        draw(folder / f"scan{number}.jpg", number)
    events = list(driver.scan(ask(folder, first_page=3), inbox))
    assert page_names(events) == ["p0003.jpg", "p0004.jpg", "p0005.jpg"]
    assert events[-1] == ScanFinished(pages=3)
    originals = [(folder / "done" / f"scan{number}.jpg").read_bytes() for number in (1, 2, 10)]
    assert [(inbox / name).read_bytes() for name in page_names(events)] == originals


def test_a_file_moves_only_after_its_page_was_taken(driver, folder, inbox):
    draw(folder / "a.jpg")
    for event in driver.scan(ask(folder), inbox):
        if isinstance(event, PageFile):
            assert (folder / "a.jpg").exists()
    assert taken(folder) == ["a.jpg"]


def test_the_glass_takes_one_file(driver, folder, inbox):
    for name in ("a.png", "b.png"):
        draw(folder / name)
    assert list(driver.scan(ask(folder, ScanSource.FLATBED), inbox))[-1] == ScanFinished(pages=1)
    assert (folder / "b.png").exists()


def test_a_later_file_of_the_same_name_does_not_replace_the_earlier_one(driver, folder, inbox):
    for shade in (1, 2):
        draw(folder / "scan.jpg", shade)
        list(driver.scan(ask(folder, first_page=shade), inbox))
    assert taken(folder) == ["scan-2.jpg", "scan.jpg"]


def test_an_empty_folder_is_an_empty_feeder(driver, folder, inbox):
    assert list(driver.scan(ask(folder), inbox)) == [ScanFailed(code="feeder_empty", pages=0)]


def test_files_in_the_making_and_hidden_files_are_left_alone(driver, folder, inbox):
    for name in ("a.jpg.part", ".b.jpg", "~c.jpg", "d.tmp"):
        (folder / name).write_bytes(b"x")
    (folder / "e.jpg").touch()
    (folder / "sub").mkdir()
    assert list(driver.scan(ask(folder), inbox)) == [ScanFailed(code="feeder_empty", pages=0)]
    assert len(list(folder.iterdir())) == 6


def test_a_file_that_still_grows_is_taken_whole(folder, inbox, tmp_path):
    """A neighbour writes a page in pieces; every look sees another size until it is finished."""
    whole = draw(tmp_path / "whole.png").read_bytes()
    looks: list[int] = []
    real = folder_driver._look

    def look(watched: Path, before: folder_driver._Seen) -> folder_driver._Seen:
        looks.append(len(looks))
        if len(looks) <= 4:
            (folder / "a.png").write_bytes(whole[: len(whole) * len(looks) // 4])
        return real(watched, before)

    driver = FolderDriver([folder], partial(jpeg_pages, PdfiumReader()), poll_s=0.02, wait_s=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_driver, "_look", look)
        for event in driver.scan(ask(folder, ScanSource.FLATBED), inbox):
            if isinstance(event, PageFile):
                assert event.file.read_bytes() == whole
    assert event == ScanFinished(pages=1)
    assert len(looks) > 4


def test_a_file_that_cannot_be_read_goes_aside_and_the_others_are_taken(driver, folder, inbox):
    (folder / "a.jpg").write_bytes(b"\xff\xd8\xff no picture")
    draw(folder / "b.jpg")
    events = list(driver.scan(ask(folder), inbox))
    assert page_names(events) == ["p0001.jpg"]
    assert events[-1] == ScanFailed(code="bad_page", pages=1, detail="a.jpg")
    assert (folder / "refused" / "a.jpg").exists()


def test_waiting_is_ended_by_a_cancel(folder, inbox):
    driver = FolderDriver([folder], partial(jpeg_pages, PdfiumReader()), poll_s=5, wait_s=60)
    stop = threading.Event()
    timer = threading.Timer(0.1, stop.set)
    timer.start()
    started_s = time.monotonic()
    assert list(driver.scan(ask(folder), inbox, stop.is_set)) == [ScanFailed(code="scan_cancelled", pages=0)]
    assert time.monotonic() - started_s < 3
    timer.join()


def test_a_cancel_between_two_files_keeps_the_first(driver, folder, inbox):
    for name in ("a.jpg", "b.jpg"):
        draw(folder / name)
    seen: list[ScanEvent] = []
    events: Iterator[ScanEvent] = driver.scan(
        ask(folder), inbox, lambda: any(isinstance(event, PageFile) for event in seen)
    )
    for event in events:
        seen.append(event)  # noqa: PERF402 - the cancel looks at the list while it grows
    assert seen[-1] == ScanFailed(code="scan_cancelled", pages=1)
    assert (folder / "b.jpg").exists()
    assert taken(folder) == ["a.jpg"]


def test_a_copy_that_differs_from_its_source_is_a_fault(driver, folder, inbox, monkeypatch):
    draw(folder / "a.jpg")
    hashes = iter([b"one", b"two"])
    monkeypatch.setattr(folder_driver, "_hash", lambda _: next(hashes))
    events = list(driver.scan(ask(folder), inbox))
    assert events[-1] == ScanFailed(code="scanner_communication", pages=0, detail="disk_failed")
    assert (folder / "a.jpg").exists()
    assert not list(inbox.glob("*.jpg"))


def test_a_full_disk_is_named(driver, folder, inbox, monkeypatch):
    draw(folder / "a.jpg")

    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", fill)
    assert list(driver.scan(ask(folder), inbox))[-1] == ScanFailed(code="disk_full", pages=0, detail="disk_full")


def test_a_file_that_vanishes_between_two_looks_is_no_fault(driver, folder, inbox, monkeypatch):
    ghost = folder / "ghost.jpg"
    real = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        yield from real(path)
        if path == folder:
            yield ghost

    draw(folder / "a.jpg")
    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert list(driver.scan(ask(folder), inbox))[-1] == ScanFinished(pages=1)
