from __future__ import annotations

import pytest
from PIL import Image

from app.adapters.scanners.simulated import SimulatedDriver
from app.ports import PageFile, ScanFailed, ScanFinished, ScanRequest


@pytest.fixture
def feed(tmp_path):
    folder = tmp_path / "feed"
    for stack, colours in {"01": ["red", "green"], "02": ["blue"]}.items():
        (folder / stack).mkdir(parents=True)
        for number, colour in enumerate(colours):
            Image.new("RGB", (400, 600), colour).save(folder / stack / f"{number}.ppm")
    return folder


def scan(driver, inbox):
    inbox.mkdir(exist_ok=True)
    (device,) = driver.devices()
    return list(driver.scan(ScanRequest(device=device, first_page=3), inbox))


def colours(events):
    return [Image.open(event.file).getpixel((5, 5)) for event in events if isinstance(event, PageFile)]


def test_each_job_feeds_the_next_stack_in_order(feed, tmp_path):
    driver = SimulatedDriver(feed)
    first = scan(driver, tmp_path / "in1")
    assert colours(first) == [(255, 0, 0), (0, 128, 0)]
    assert [event.number for event in first if isinstance(event, PageFile)] == [3, 4]
    assert first[-1] == ScanFinished(pages=2)
    assert colours(scan(driver, tmp_path / "in2")) == [(0, 0, 255)]


def test_an_empty_feed_is_an_empty_feeder(feed, tmp_path):
    driver = SimulatedDriver(feed)
    scan(driver, tmp_path / "in")
    scan(driver, tmp_path / "in")
    assert scan(driver, tmp_path / "in") == [ScanFailed(code="feeder_empty", pages=0)]


def test_a_sheet_that_fails_ends_the_job_and_keeps_the_sheets_before_it(feed, tmp_path):
    (feed / "01" / "1.ppm").write_bytes(b"not a picture")
    events = scan(SimulatedDriver(feed), tmp_path / "in")
    assert colours(events) == [(255, 0, 0)]
    assert isinstance(events[-1], ScanFailed)
    assert events[-1].pages == 1
    assert (feed / "01").exists()
