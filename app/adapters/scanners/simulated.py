"""A simulated scanner for training, demo and tests: SANE's `pnm` back end fed with stacks of prepared pages.

Everything but the glass is real: scanimage runs, delivers TIFF pages, and its status is judged as for any device.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from app.adapters.scanners.sane_config import write_private_config
from app.adapters.scanners.scanimage import ScanimageDriver
from app.ports import (
    Cancelled,
    Device,
    PageFile,
    PageStarted,
    ScanEvent,
    ScanFailed,
    ScanFinished,
    ScanProgress,
    ScanRequest,
    ScanSource,
    never,
)

SCANNED = ".scanned"
"""Ending a stack's folder gets when all its pages went through."""

_PNM = Device(driver="scanimage", device_id="pnm:0", name="pnm")


class SimulatedDriver:
    """A `ScannerDriver` with one device: each job feeds the next stack.

    Args:
        feed: Folder with one folder per stack, in order of their names; in each the pages as PPM files (P6), in order
            of their names. A private SANE configuration is written to `feed/.sane`.
    """

    name = "simulated"

    def __init__(self, feed: Path) -> None:
        self._feed = feed.absolute()
        self._scanimage = ScanimageDriver(config_dir=write_private_config(self._feed / ".sane", ["pnm"]))

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """The one simulated device; none when SANE is not there."""
        if not any(device.device_id.startswith("pnm:") for device in self._scanimage.devices(cancelled)):
            return []
        return [Device(driver=self.name, device_id="simulated:0", name="Máy quét mô phỏng (SANE pnm)")]

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        """Feed the next stack, one scanimage run per sheet; an empty feed is an empty feeder."""
        stack = next((folder for folder in sorted(self._feed.iterdir()) if self._is_full(folder)), None)
        if stack is None:
            yield ScanFailed(code="feeder_empty", pages=0)
            return
        sheets = sorted(stack.glob("*.ppm"))
        for done, sheet in enumerate(sheets):
            number = request.first_page + done
            for event in self._scanimage.scan(self._request_for(request, sheet, number), inbox, cancelled):
                if isinstance(event, ScanFailed):
                    yield dataclasses.replace(event, pages=done)
                    return
                if isinstance(event, (PageStarted, ScanProgress, PageFile)):
                    yield event
        stack.rename(stack.with_name(stack.name + SCANNED))
        yield ScanFinished(pages=len(sheets))

    def _is_full(self, folder: Path) -> bool:
        return folder.is_dir() and folder.suffix != SCANNED and any(folder.glob("*.ppm"))

    def _request_for(self, request: ScanRequest, sheet: Path, number: int) -> ScanRequest:
        return dataclasses.replace(
            request,
            device=_PNM,
            source=ScanSource.FLATBED,
            first_page=number,
            options={"filename": str(sheet)},
        )
