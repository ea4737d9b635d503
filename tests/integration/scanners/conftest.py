"""SANE's made-up devices under a private configuration, and pictures to scan."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.scanners.sane_config import write_private_config
from app.adapters.scanners.scanimage import ScanimageDriver
from app.ports import Device, PageFile, ScanEvent, ScanFailed, ScanRequest, ScanSource


@pytest.fixture
def sane(tmp_path: Path) -> Path:
    return write_private_config(tmp_path / "sane", ["test", "pnm"], {"test": ["geometry_max 300"]})


@pytest.fixture
def driver(sane: Path) -> ScanimageDriver:
    return ScanimageDriver(config_dir=sane)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A portable pixmap that does not compress: 6.5 MB as TIFF."""
    file = tmp_path / "picture.ppm"
    Image.effect_noise((1240, 1754), 60).convert("RGB").save(file)
    return file


def flatbed(**options: str) -> ScanRequest:
    """A small page from the glass of the test device."""
    return ScanRequest(
        device=Device(driver="scanimage", device_id="test:0", name="test"),
        dpi=100,
        width_mm=100.0,
        height_mm=50.0,
        options=options,
    )


def feeder(**options: str) -> ScanRequest:
    """The stack of the test device: ten sheets."""
    return ScanRequest(
        device=Device(driver="scanimage", device_id="test:0", name="test"),
        source=ScanSource.FEEDER,
        dpi=75,
        width_mm=80.0,
        height_mm=100.0,
        options=options,
    )


def from_picture(file: Path, **options: str) -> ScanRequest:
    """A picture file as if it lay on the glass."""
    return ScanRequest(
        device=Device(driver="scanimage", device_id="pnm:0", name="pnm"),
        dpi=150,
        options={"filename": str(file), **options},
    )


def page_names(events: list[ScanEvent]) -> list[str]:
    """The names of the delivered files, in order."""
    return [event.file.name for event in events if isinstance(event, PageFile)]


def fault_of(events: Iterable[ScanEvent]) -> ScanFailed:
    """The fault a job ended with; it is always the last event."""
    last = list(events)[-1]
    assert isinstance(last, ScanFailed)
    return last
