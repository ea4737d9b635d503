"""Pages read by worker processes: order, damage, crashes, time, memory, cancelling, endings."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.adapters import worker_process
from app.adapters.page_reader import WorkerPageReader
from app.adapters.page_worker import ReadingDesk
from app.adapters.worker_process import Stage, TimeLimits
from app.domain.reading import PageScan
from app.errors import DeviceError
from tests.integration.page_reader.desks import FragileDesk, StartingDesk, serve_nothing
from tests.integration.papers import jpeg, pdf_bomb, pdf_of, printed, save_jpeg

assert sys.platform != "win32"  # stops and kills workers by POSIX signals

SMALL_PX = (1000, 420)
DEADLINE_S = 60


@pytest.fixture(scope="module")
def reader():
    reader = WorkerPageReader(workers=2)
    yield reader
    reader.close()


@pytest.fixture
def pages(tmp_path) -> list[Path]:
    return [numbered(tmp_path, number) for number in range(6)]


def numbered(folder: Path, number: int) -> Path:
    return save_jpeg(folder, f"{number}.jpg", printed([f"Thửa đất số 10{number}"], size_px=SMALL_PX))


def numbers(scans: list[PageScan]) -> list[str]:
    return [scan.lines[0].words[-1].text if scan.lines else str(scan.error) for scan in scans]


def worker_pids() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def wait_until(is_so) -> None:
    end = time.monotonic() + DEADLINE_S
    while not is_so():
        assert time.monotonic() < end, "it did not happen"
        threading.Event().wait(0.02)


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_pages_come_in_the_order_of_the_files(reader, pages):
    scans = list(reader.scan(pages))
    assert [scan.file for scan in scans] == [str(page) for page in pages]
    assert numbers(scans) == [f"10{number}" for number in range(6)]


def test_the_pages_of_one_file_are_shared_out_and_stay_in_order(reader, tmp_path):
    file = tmp_path / "hồ sơ.pdf"
    file.write_bytes(pdf_of([jpeg(printed([f"Trang số 20{n}"], size_px=SMALL_PX)) for n in range(5)]))
    first, last = numbered(tmp_path, 1), numbered(tmp_path, 2)
    scans = list(reader.scan([first, file, last]))
    assert numbers(scans) == ["101", "200", "201", "202", "203", "204", "102"]
    assert [scan.page for scan in scans] == [1, 1, 2, 3, 4, 5, 1]


def test_a_tiff_of_several_pages_is_read_whole(reader, tmp_path):
    file = tmp_path / "a.tif"
    first, second = (printed([f"Trang số 30{n}"], size_px=SMALL_PX) for n in range(2))
    first.save(file, save_all=True, append_images=[second], dpi=(300, 300), compression="tiff_lzw")
    assert numbers(list(reader.scan([file]))) == ["300", "301"]


def test_no_files_give_no_pages(reader):
    assert list(reader.scan([])) == []


def test_damaged_files_are_named_and_the_others_read(reader, tmp_path, pages):
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "foreign.jpg").write_bytes(b"hello")
    (tmp_path / "cut.jpg").write_bytes(pages[0].read_bytes()[:3000])
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.4\nhello")
    bad = [tmp_path / name for name in ("empty.jpg", "foreign.jpg", "cut.jpg", "cut.pdf", "gone.jpg")]
    scans = list(reader.scan([pages[0], *bad, pages[1]]))
    assert [scan.error for scan in scans] == [
        None,
        "empty_file",
        "unsupported_file",
        "unreadable_file",
        "unreadable_file",
        "unreadable_file",
        None,
    ]
    assert [scan.file for scan in scans[1:6]] == [str(file) for file in bad]
    assert {(scan.width_px, scan.lines) for scan in scans[1:6]} == {(0, ())}


def test_a_damaged_page_in_the_middle_of_a_file_costs_only_itself(reader, tmp_path):
    file = tmp_path / "a.tif"
    images = [printed([f"Trang số 40{n}"], size_px=SMALL_PX) for n in range(3)]
    images[0].save(file, save_all=True, append_images=images[1:], compression="tiff_deflate", dpi=(300, 300))
    content = bytearray(file.read_bytes())
    with Image.open(file) as tiff:
        tiff.seek(1)
        start = dict(tiff.getexif())[273]
    start = start[0] if isinstance(start, tuple) else start
    content[start : start + 200] = bytes(200)
    file.write_bytes(content)
    assert numbers(list(reader.scan([file]))) == ["400", "unreadable_file", "402"]


def test_nothing_is_started_before_the_first_page():
    before = worker_pids()
    reader = WorkerPageReader(workers=2)
    assert worker_pids() == before
    reader.close()


def test_closing_leaves_no_process_behind(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=2)
    list(reader.scan(pages[:2]))
    mine = set(worker_pids()) - before
    assert len(mine) == 2
    reader.close()
    assert not any(runs(pid) for pid in mine)
    assert list(reader.scan(pages)) == []


def test_a_worker_killed_at_some_moment_costs_one_page_at_most(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=1)
    try:
        scans = reader.scan(pages)
        read = [next(scans)]
        (pid,) = set(worker_pids()) - before
        os.kill(pid, signal.SIGKILL)
        read += scans
    finally:
        reader.close()
    assert sum(scan.error is not None for scan in read) <= 1
    expected = [f"10{number}" for number in range(6)]
    assert numbers(read) == [scan.error or right for scan, right in zip(read, expected, strict=True)]


@pytest.mark.parametrize(("stage", "code"), [("opening", "unreadable_file"), ("reading", "ocr_failed")])
@pytest.mark.parametrize(("end", "words"), [("dies", "ended"), ("hangs", "took too long")])
def test_a_page_that_ends_its_worker_fails_alone_by_what_was_done_to_it(caplog, stage, code, end, words):
    files = [Path(name) for name in ("1", f"{end} while {stage}", "2", "3")]
    reader = WorkerPageReader(workers=1, limits=TimeLimits(opening_s=4, reading_s=4), make_desk=FragileDesk)
    try:
        scans = list(reader.scan(files))
    finally:
        reader.close()
    assert [scan.file for scan in scans] == [str(file) for file in files]
    assert [scan.error for scan in scans] == [None, code, None, None]
    assert [record.message for record in caplog.records] == [f"page worker {words}: {code}"]


def test_a_pdf_bomb_is_an_unreadable_file_and_the_others_are_read(tmp_path, pages):
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(pdf_bomb())
    reader = WorkerPageReader(workers=1, limits=TimeLimits(opening_s=8))
    try:
        scans = list(reader.scan([pages[0], bomb, pages[1]]))
    finally:
        reader.close()
    assert numbers(scans) == ["100", "unreadable_file", "101"]


def test_a_file_whose_pages_end_one_worker_after_the_other_is_given_up(caplog):
    reader = WorkerPageReader(workers=1, make_desk=FragileDesk)
    try:
        scans = list(reader.scan([Path("20 pages"), Path("1")]))
    finally:
        reader.close()
    assert [scan.error for scan in scans] == [None, *["unreadable_file"] * 19, None]
    assert [record.message for record in caplog.records] == ["page worker ended: unreadable_file"] * 3


def test_what_a_worker_started_ends_with_it(tmp_path):
    note = tmp_path / "number"
    reader = WorkerPageReader(workers=1, limits=TimeLimits(opening_s=4), make_desk=StartingDesk)
    try:
        (scan,) = reader.scan([note])
    finally:
        reader.close()
    assert scan.error == "unreadable_file"
    wait_until(lambda: not runs(int(note.read_text())))


def test_a_large_file_has_longer_to_open(tmp_path):
    large = tmp_path / "large.tif"
    large.touch()
    os.truncate(large, 300_000_000)
    limits = TimeLimits(opening_s=30, reading_s=90)
    assert limits.of(Stage.OPENING, tmp_path / "gone.jpg") == 30
    assert limits.of(Stage.OPENING, large) == 90
    assert limits.of(Stage.READING, large) == 90


def test_a_page_no_worker_ever_begins_is_given_up_after_a_few(caplog, monkeypatch):
    monkeypatch.setattr(worker_process, "serve", serve_nothing)
    reader = WorkerPageReader(workers=1, make_desk=FragileDesk)
    try:
        scans = list(reader.scan([Path("1"), Path("2")]))
    finally:
        reader.close()
    assert [scan.error for scan in scans] == ["ocr_failed", "ocr_failed"]
    assert [record.message for record in caplog.records] == ["page worker ended: ocr_failed"] * 2


def test_a_worker_killed_while_idle_costs_nothing(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=1)
    try:
        list(reader.scan(pages[:1]))
        (pid,) = set(worker_pids()) - before
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not runs(pid))
        assert numbers(list(reader.scan(pages[:2]))) == ["100", "101"]
    finally:
        reader.close()


def test_a_worker_that_stands_still_is_ended_and_the_rest_read(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=1, limits=TimeLimits(opening_s=6, reading_s=6))
    try:
        scans = reader.scan(pages)
        read = [next(scans)]
        (pid,) = set(worker_pids()) - before
        os.kill(pid, signal.SIGSTOP)
        read += scans
        assert not runs(pid)
    finally:
        reader.close()
    assert sum(number.startswith("10") for number in numbers(read)) >= 5


def test_cancelling_ends_the_scan_and_what_it_started(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=2)
    stop = threading.Event()
    try:
        scans = reader.scan(pages * 3, stop.is_set)
        first = next(scans)
        mine = set(worker_pids()) - before
        stop.set()
        assert list(scans) == []
        assert first.lines
        wait_until(lambda: sum(map(runs, mine)) < 2)
        stop.clear()
        assert numbers(list(reader.scan(pages[:1]))) == ["100"]
    finally:
        reader.close()


def test_a_scan_left_in_the_middle_disturbs_no_other(reader, pages):
    left = reader.scan(pages)
    next(left)
    assert numbers(list(reader.scan(pages[:3]))) == ["100", "101", "102"]
    assert numbers(list(left)) == ["101", "102", "103", "104", "105"]


def test_two_threads_may_read_at_once(reader, pages):
    found: dict[int, list[str]] = {}

    def read(which: int) -> None:
        found[which] = numbers(list(reader.scan(pages[which : which + 3])))

    threads = [threading.Thread(target=read, args=(which,)) for which in (0, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_S)
    assert found == {0: ["100", "101", "102"], 3: ["103", "104", "105"]}


def test_a_page_that_wants_too_much_memory_fails_alone(tmp_path, pages):
    file = tmp_path / "large.png"
    Image.new("RGB", (7_500, 7_900), "#f3d0d6").save(file)
    reader = WorkerPageReader(workers=1, memory_limit_bytes=850 * 1024**2)
    try:
        scans = list(reader.scan([file, pages[0]]))
    finally:
        reader.close()
    assert scans[0].error in {"unreadable_file", "ocr_failed"}
    assert numbers(scans[1:]) == ["100"]


def test_a_page_at_the_size_limit_fits_into_the_memory_allowed(tmp_path, reader):
    file = tmp_path / "large.jpg"
    page = Image.new("RGB", (7_000, 8_500), "#f3d0d6")
    page.paste(printed(["Thửa đất số 500"], size_px=(2000, 420), dpi=600), (300, 300))
    page.save(file, dpi=(600, 600))
    (scan,) = reader.scan([file])
    assert (scan.error, scan.width_px) == (None, 7_000)
    assert numbers([scan]) == ["500"]


def test_a_model_that_is_not_installed_is_a_failure_of_the_device(pages):
    before = set(worker_pids())
    reader = WorkerPageReader(workers=1, make_desk=partial(ReadingDesk, "xyz"))
    with pytest.raises(DeviceError, match="ocr_missing"):
        list(reader.scan(pages))
    reader.close()
    assert set(worker_pids()) == before


PARENT = """
import multiprocessing, sys
from pathlib import Path
from app.adapters.page_reader import WorkerPageReader
if __name__ == "__main__":
    reader = WorkerPageReader(workers=2)
    page = Path(sys.argv[1])
    for scan in reader.scan([page] * 500):
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
"""


def test_workers_end_when_the_program_is_killed(tmp_path, pages):
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, script, pages[0]], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(runs(pid) for pid in pids)
    finally:
        parent.kill()
        parent.communicate()
    wait_until(lambda: not any(runs(pid) for pid in pids))


def test_warmed_workers_are_those_that_read_and_a_closed_reader_stays_cold(pages):
    reader = WorkerPageReader(workers=2)
    before = set(worker_pids())
    reader.warm()
    reader.warm()
    warmed = set(worker_pids()) - before
    assert len(warmed) == 2
    assert numbers(list(reader.scan(pages[:2]))) == ["100", "101"]
    assert set(worker_pids()) - before == warmed
    reader.close()
    reader.warm()
    assert set(worker_pids()) - before == set()
