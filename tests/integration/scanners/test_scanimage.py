"""Scans with the real `scanimage` and SANE's `test` and `pnm` devices."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.scanners.scanimage import ScanimageDriver
from app.errors import DeviceError
from app.ports import (
    Device,
    PageFile,
    PageStarted,
    ScanFailed,
    ScanFinished,
    ScanProgress,
    ScanRequest,
    ScanSource,
)
from tests.integration.scanners.conftest import fault_of, feeder, flatbed, from_picture, page_names


def test_the_made_up_devices_are_listed_with_a_private_configuration(driver):
    assert [device.device_id for device in driver.devices()] == ["pnm:0", "pnm:1", "test:0", "test:1"]
    assert {device.name for device in driver.devices()} == {"PNM file reader", "frontend-tester"}


def test_without_a_private_configuration_made_up_devices_are_out_of_reach(sane, inbox, picture, monkeypatch):
    monkeypatch.setenv("SANE_CONFIG_DIR", str(sane))
    driver = ScanimageDriver()
    events = list(driver.scan(from_picture(picture), inbox))
    assert events == [
        ScanFailed(code="scanner_access_denied", pages=0, detail="made-up device without a private configuration")
    ]


def test_a_missing_program_is_named(sane, inbox):
    driver = ScanimageDriver(executable="no-such-scanimage", config_dir=sane)
    with pytest.raises(DeviceError, match="scanner_driver_missing"):
        driver.devices()
    assert list(driver.scan(flatbed(), inbox))[-1] == ScanFailed(
        code="scanner_offline", pages=0, detail="scanimage is missing"
    )


def test_a_page_from_the_glass_has_the_size_asked_for(driver, inbox):
    events = list(driver.scan(flatbed(), inbox))
    assert events[0] == PageStarted(number=1)
    assert events[-2:] == [PageFile(number=1, file=inbox / "p0001.tif"), ScanFinished(pages=1)]
    with Image.open(inbox / "p0001.tif") as page:
        assert page.size == (393, 196)
        assert page.info["dpi"] == (100, 100)
        assert page.mode == "RGB"


def test_a_grey_scan_is_grey(driver, inbox):
    request = ScanRequest(device=flatbed().device, dpi=100, mode="gray", width_mm=50.0, height_mm=50.0)
    list(driver.scan(request, inbox))
    with Image.open(inbox / "p0001.tif") as page:
        assert page.mode == "L"


def test_a_picture_comes_through_pixel_for_pixel(driver, inbox, picture):
    events = list(driver.scan(from_picture(picture), inbox))
    assert events[-1] == ScanFinished(pages=1)
    with Image.open(inbox / "p0001.tif") as page, Image.open(picture) as original:
        assert page.tobytes() == original.tobytes()
        assert page.info["dpi"] == (150, 150)


def test_a_stack_of_ten_sheets_gives_ten_pages_in_order(driver, inbox):
    events = list(driver.scan(feeder(), inbox))
    assert page_names(events) == [f"p{number:04d}.tif" for number in range(1, 11)]
    assert events[-1] == ScanFinished(pages=10)
    order = [(type(event), event.number) for event in events if isinstance(event, PageStarted | PageFile)]
    pairs = [pair for number in range(1, 11) for pair in ((PageStarted, number), (PageFile, number))]
    assert [pair for pair in order if pair != (PageStarted, 11)] == pairs


def test_a_resumed_stack_goes_on_counting(driver, inbox):
    request = ScanRequest(
        device=feeder().device, source=ScanSource.FEEDER, dpi=75, width_mm=80.0, height_mm=100.0, first_page=4
    )
    events = list(driver.scan(request, inbox))
    assert page_names(events)[0] == "p0004.tif"
    assert page_names(events)[-1] == "p0013.tif"
    assert events[-1] == ScanFinished(pages=10)


def test_each_page_is_announced_while_the_next_ones_are_still_to_come(driver, inbox):
    slow = feeder(**{"read-delay": "yes", "read-delay-duration": "20000"})
    seen = [len(page_names_in(inbox)) for event in driver.scan(slow, inbox) if isinstance(event, PageFile)]
    assert seen[0] < 10


def test_progress_is_told_but_not_too_often(driver, inbox):
    slow = {"read-delay": "yes", "read-delay-duration": "100000", "read-limit": "yes", "read-limit-size": "5000"}
    started_s = time.monotonic()
    progress = [event for event in driver.scan(flatbed(**slow), inbox) if isinstance(event, ScanProgress)]
    shares = [event.share for event in progress if event.share is not None]
    assert len(shares) == len(progress)
    assert 2 <= len(shares) <= (time.monotonic() - started_s) * 10 + 1
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("UNSUPPORTED", "scan_unsupported"),
        ("CANCELLED", "scan_cancelled"),
        ("DEVICE_BUSY", "scanner_busy"),
        ("INVAL", "scan_unsupported"),
        ("EOF", "bad_page"),
        ("JAMMED", "paper_jam"),
        ("NO_DOCS", "feeder_empty"),
        ("COVER_OPEN", "cover_open"),
        ("IO_ERROR", "scanner_communication"),
        ("NO_MEM", "scanner_unknown"),
        ("ACCESS_DENIED", "scanner_access_denied"),
    ],
)
@pytest.mark.parametrize("request_of", [flatbed, feeder])
def test_every_status_of_a_device_has_its_fault(driver, inbox, status, code, request_of):
    events = list(driver.scan(request_of(**{"read-return-value": f"SANE_STATUS_{status}"}), inbox))
    fault = fault_of(events)
    assert (fault.code, fault.pages) == (code, 0)
    assert page_names(events) == []


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("status-jammed", "paper_jam"),
        ("status-nodocs", "feeder_empty"),
        ("status-coveropen", "cover_open"),
        ("status-ioerror", "scanner_communication"),
        ("status-nomem", "scanner_unknown"),
        ("status-accessdenied", "scanner_access_denied"),
    ],
)
def test_the_picture_device_fails_the_same_way(driver, inbox, picture, option, code):
    assert fault_of(driver.scan(from_picture(picture, **{option: "yes"}), inbox)).code == code


def test_a_picture_device_without_its_picture_is_a_fault(driver, inbox, tmp_path):
    assert fault_of(driver.scan(from_picture(tmp_path / "none.ppm"), inbox)).code == "scan_unsupported"


def test_a_device_that_is_gone_is_offline(driver, inbox):
    request = ScanRequest(device=Device(driver="scanimage", device_id="test:77", name="gone"))
    assert [event.code for event in driver.scan(request, inbox) if isinstance(event, ScanFailed)] == ["scanner_offline"]


@pytest.mark.parametrize(
    "request_",
    [
        ScanRequest(device=flatbed().device, dpi=99999),
        ScanRequest(device=flatbed().device, source=ScanSource.DUPLEX),
        ScanRequest(device=flatbed().device, width_mm=420.0),
        ScanRequest(device=flatbed().device, mode="sepia"),
        ScanRequest(device=flatbed().device, options={"batch-script": "/bin/true"}),
        ScanRequest(device=Device(driver="scanimage", device_id="pnm:0", name="pnm"), source=ScanSource.FEEDER),
    ],
    ids=["resolution", "duplex", "size", "mode", "option of the program", "no feeder"],
)
def test_what_the_device_cannot_do_is_refused_before_a_sheet_moves(driver, inbox, request_):
    events = list(driver.scan(request_, inbox))
    assert len(events) == 1
    assert fault_of(events).code == "scan_unsupported"
    assert fault_of(events).detail


def test_a_hand_scanner_that_does_not_know_its_length_gives_a_page(driver, inbox):
    events = list(driver.scan(flatbed(**{"hand-scanner": "yes"}), inbox))
    assert events[-1] == ScanFinished(pages=1)
    with Image.open(inbox / "p0001.tif") as page:
        assert page.width == 433


def test_a_slow_scan_stops_within_eight_seconds_when_cancelled(driver, inbox):
    slow = feeder(
        **{"read-delay": "yes", "read-delay-duration": "200000", "read-limit": "yes", "read-limit-size": "4000"}
    )
    began: list[PageStarted] = []
    started_s = time.monotonic()
    for event in driver.scan(slow, inbox, lambda: bool(began)):
        if isinstance(event, PageStarted):
            began.append(event)
    assert isinstance(event, ScanFailed)
    assert (event.code, event.pages) == ("scan_cancelled", 0)
    assert time.monotonic() - started_s < 8
    assert page_names([event]) == []


def test_pages_before_a_cancel_are_kept(driver, inbox):
    kept: list[Path] = []
    for event in driver.scan(feeder(), inbox, lambda: len(kept) >= 3):
        if isinstance(event, PageFile):
            kept.append(event.file)
    assert event == ScanFailed(code="scan_cancelled", pages=3)
    assert all(file.is_file() for file in kept)


def test_nobody_is_left_behind_when_the_caller_walks_away(driver, inbox):
    slow = {"read-delay": "yes", "read-delay-duration": "200000", "read-limit": "yes", "read-limit-size": "4000"}
    events = driver.scan(flatbed(**slow), inbox)
    next(events)
    events.close()
    assert [pid for pid in _children_of(os.getpid()) if "scanimage" in _command_of(pid)] == []


def test_a_silent_device_is_given_up(sane, inbox):
    driver = ScanimageDriver(config_dir=sane, stall_s=0.1)
    slow = {"read-delay": "yes", "read-delay-duration": "200000", "read-limit": "yes", "read-limit-size": "1"}
    assert fault_of(driver.scan(flatbed(**slow), inbox)).code == "scanner_stalled"


def test_a_page_cut_by_a_full_disk_is_never_announced_although_scanimage_reports_success(
    sane, inbox, picture, tmp_path
):
    """Writes fail after 2 MB while the program goes on, exactly as on a full disk."""
    program = _program(tmp_path, "trap '' XFSZ\nulimit -f 2000\nexec scanimage \"$@\"")
    driver = ScanimageDriver(executable=program, config_dir=sane)
    events = list(driver.scan(from_picture(picture), inbox))
    assert (inbox / "p0001.tif").stat().st_size < 2_100_000
    assert page_names(events) == []
    assert fault_of(events).code == "bad_page"
    assert "decode" in fault_of(events).detail


def test_a_cut_page_on_a_disk_without_room_is_called_a_full_disk(sane, inbox, picture, tmp_path):
    program = _program(tmp_path, "trap '' XFSZ\nulimit -f 2000\nexec scanimage \"$@\"")
    driver = ScanimageDriver(executable=program, config_dir=sane, free=lambda _: 1_000_000)
    assert fault_of(driver.scan(from_picture(picture), inbox)).code == "disk_full"


def test_a_crashing_back_end_costs_only_the_running_page(sane, inbox, tmp_path):
    program = _program(
        tmp_path,
        'case "$*" in *--batch=*) scanimage "$@" --batch-count=2; kill -SEGV $$;; *) exec scanimage "$@";; esac',
    )
    driver = ScanimageDriver(executable=program, config_dir=sane)
    events = list(driver.scan(feeder(), inbox))
    assert page_names(events) == ["p0001.tif", "p0002.tif"]
    assert (fault_of(events).code, fault_of(events).pages) == ("scanner_crashed", 2)


def test_a_deaf_program_is_killed_in_time(sane, inbox, tmp_path):
    program = _program(
        tmp_path,
        "trap '' INT\n"
        'case "$*" in *--batch=*) echo "Scanning page 1"; while :; do sleep 0.2; done;; *) exec scanimage "$@";; esac',
    )
    driver = ScanimageDriver(executable=program, config_dir=sane)
    began: list[float] = []
    for event in driver.scan(flatbed(), inbox, lambda: bool(began)):
        if isinstance(event, PageStarted):
            began.append(time.monotonic())
    assert isinstance(event, ScanFailed)
    assert event.code == "scan_cancelled"
    assert time.monotonic() - began[0] < 8


def page_names_in(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("p*.tif")]


def _program(tmp_path: Path, script: str) -> str:
    file = tmp_path / "scanimage-under-test"
    file.write_text(f"#!/bin/bash\n{script}\n")
    file.chmod(0o755)
    return str(file)


def _children_of(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(line) for line in listed.split()]


def _command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
