"""Drives SANE devices through the `scanimage` program, one run per job.

A crashing back end takes the child down and never the program; the exit status is a number instead of a sentence;
every page appears under its final name only when it was written.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.scanners.child import Child
from app.adapters.scanners.sane_options import SaneOption, Settings, UnsupportedError, parse_options, settings_for
from app.adapters.scanners.sane_status import fault_of
from app.adapters.scanners.scanned_page import flaw_of
from app.errors import DeviceError
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

log = logging.getLogger(__name__)

_STALL_S = {ScanSource.FLATBED: 90.0, ScanSource.FEEDER: 60.0, ScanSource.DUPLEX: 60.0}
"""Quiet time after which a job is given up. Source: a frozen network device kept its client waiting for ever."""

_LOOK_S = 30.0
"""Time limit for asking for devices and options; probing many back ends takes seconds."""

_POLL_S = 0.1
_PROGRESS_S = 0.1
_FULL_DISK_BYTES = 30_000_000
"""With less room than a raw page needs, a bad page is a full disk."""

_KEPT_MESSAGES = 5
_MADE_UP_DEVICES = ("pnm:", "test:")
_PAGE_NAME = re.compile(r"p(\d{4,})\.tif")
_STARTED = re.compile(r"Scanning page (\d+)")
_PROGRESS = re.compile(r"Progress: ([\d.]+)%")
_LIST_FORMAT = "%d\t%v\t%m\n"


class _FaultError(Exception):
    """A job cannot go on.

    Attributes:
        code: As in ScanFailed.
        detail: For the support.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(slots=True)
class _Job:
    """How far a running job came."""

    request: ScanRequest
    inbox: Path
    settings: Settings
    present: int = 0
    pages: int = 0
    told_s: float = 0.0
    said: list[str] = field(default_factory=list)


class ScanimageDriver:
    """A `ScannerDriver` for everything SANE knows.

    Args:
        executable: The scanimage program.
        config_dir: A private SANE_CONFIG_DIR. Without one the system's devices are used, and the made-up devices of
            SANE are out of reach: `pnm` reads any file the user may read.
        stall_s: Quiet time after which a job is given up; None for the usual limits.
        free: Asks the disk for its free bytes; given in tests.
    """

    name = "scanimage"

    def __init__(
        self,
        *,
        executable: str = "scanimage",
        config_dir: Path | None = None,
        stall_s: float | None = None,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        self._executable = executable
        self._config_dir = config_dir
        self._stall_s = stall_s
        self._free = free
        self._options: dict[tuple[str, ...], dict[str, SaneOption]] = {}

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """Devices SANE can see now; what does not answer within half a minute is left out."""
        if shutil.which(self._executable) is None:
            raise DeviceError("scanner_driver_missing", driver=self.name)
        try:
            _, lines = self._ask(["--formatted-device-list", _LIST_FORMAT], Path.cwd(), cancelled)
        except _FaultError as fault:
            log.warning("device list: %s", fault.code)
            return []
        found = (line.split("\t") for line in lines if line.count("\t") == 2)
        return [
            Device(driver=self.name, device_id=device_id, name=_name(vendor, model))
            for device_id, vendor, model in found
            if self._may_use(device_id)
        ]

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        """Run one job. A page announced after it was cancelled stays unannounced in the inbox."""
        pages = 0
        try:
            job = self._prepare(request, inbox, cancelled)
            for event in self._run(job, cancelled):
                pages = job.pages
                yield event
        except _FaultError as fault:
            self._options.clear()
            code = self._without_room(fault.code, inbox)
            log.warning("scan %s: %s after %d pages", request.device.driver, code, pages)
            yield ScanFailed(code=code, pages=pages, detail=fault.detail)
            return
        yield ScanFinished(pages=pages)

    def _may_use(self, device_id: str) -> bool:
        return self._config_dir is not None or not device_id.startswith(_MADE_UP_DEVICES)

    def _prepare(self, request: ScanRequest, inbox: Path, cancelled: Cancelled) -> _Job:
        if shutil.which(self._executable) is None:
            raise _FaultError("scanner_offline", "scanimage is missing")
        if not self._may_use(request.device.device_id):
            raise _FaultError("scanner_access_denied", "made-up device without a private configuration")
        try:
            options = self._options_for(request, inbox, cancelled)
            return _Job(request=request, inbox=inbox, settings=settings_for(request, options))
        except UnsupportedError as error:
            raise _FaultError("scan_unsupported", str(error)) from error

    def _options_for(self, request: ScanRequest, inbox: Path, cancelled: Cancelled) -> dict[str, SaneOption]:
        """What the device can do, with the named options set: they may switch others on and off."""
        device = f"--device-name={request.device.device_id}"
        options = self._look_up((device,), inbox, cancelled)
        for name in request.options or {}:
            if name not in options:  # would be an option of scanimage itself
                raise UnsupportedError(name)
        given = tuple(f"--{name}={value}" for name, value in (request.options or {}).items())
        return self._look_up((device, *given), inbox, cancelled) if given else options

    def _look_up(self, arguments: tuple[str, ...], inbox: Path, cancelled: Cancelled) -> dict[str, SaneOption]:
        """Asked once, because opening some devices takes seconds; forgotten after a fault."""
        if arguments not in self._options:
            status, lines = self._ask([*arguments, "--all-options"], inbox, cancelled)
            said = "\n".join(lines)
            if status:
                raise _FaultError(fault_of(status, said, 0) or "scanner_unknown", said[-500:])
            self._options[arguments] = parse_options(said)
        return self._options[arguments]

    def _ask(self, arguments: list[str], folder: Path, cancelled: Cancelled) -> tuple[int, list[str]]:
        said: list[str] = []
        until_s = time.monotonic() + _LOOK_S
        with self._start(arguments, folder) as child:
            while not child.has_ended():
                said += child.lines(_POLL_S)
                if cancelled():
                    raise _FaultError("scan_cancelled")
                if time.monotonic() > until_s:
                    raise _FaultError("scanner_stalled")
            return child.exit_status(), said

    def _start(self, arguments: list[str], folder: Path) -> Child:
        environment: Mapping[str, str] = {
            **{name: value for name, value in os.environ.items() if name != "SANE_CONFIG_DIR"},
            **({"SANE_CONFIG_DIR": str(self._config_dir)} if self._config_dir else {}),
            "LC_ALL": "C",
        }
        return Child([self._executable, *arguments], folder, environment)

    def _run(self, job: _Job, cancelled: Cancelled) -> Iterator[ScanEvent]:
        stall_s = self._stall_s or _STALL_S[job.request.source]
        with self._start(_arguments(job), job.inbox) as child:
            while not child.has_ended():
                for line in child.lines(_POLL_S):
                    if cancelled():
                        break
                    yield from _events_of(line, job)
                if cancelled():
                    raise _FaultError("scan_cancelled")
                if not child.has_ended() and child.quiet_s > stall_s:
                    raise _FaultError("scanner_stalled", f"{stall_s:g} s")
            status = child.exit_status()
        said = "\n".join(job.said)
        code = fault_of(status, said, job.pages)
        if code:
            raise _FaultError(code, f"scanimage {status}: {said}"[-500:])

    def _without_room(self, code: str, inbox: Path) -> str:
        if code in {"bad_page", "scan_unsupported", "scanner_communication", "scanner_unknown", "scanner_crashed"}:
            return "disk_full" if self._free(inbox) < _FULL_DISK_BYTES else code
        return code


def _arguments(job: _Job) -> list[str]:
    return [
        f"--device-name={job.request.device.device_id}",
        *job.settings.arguments,
        "--format=tiff",  # png and jpeg fail when the height is not known beforehand
        "--batch=p%04d.tif",
        f"--batch-start={job.request.first_page}",
        *(["--batch-count=1"] if job.request.source is ScanSource.FLATBED else []),
        "--batch-print",
        "--progress",
    ]


def _events_of(line: str, job: _Job) -> Iterator[ScanEvent]:
    if progress := _PROGRESS.match(line):
        yield from _progress(float(progress[1]), job)
    elif started := _STARTED.fullmatch(line):
        job.present = int(started[1])
        yield PageStarted(number=job.present)
    elif named := _PAGE_NAME.fullmatch(line):
        yield _page(int(named[1]), job.inbox / line, job)
    else:
        job.said = [*job.said, line][-_KEPT_MESSAGES:]


def _progress(percent: float, job: _Job) -> Iterator[ScanEvent]:
    now_s = time.monotonic()
    if now_s - job.told_s >= _PROGRESS_S:
        job.told_s = now_s
        yield ScanProgress(number=job.present, share=min(percent / 100, 1.0))


def _page(number: int, file: Path, job: _Job) -> PageFile:
    flaw = flaw_of(
        file,
        width_px=job.settings.width_px,
        height_px=job.settings.height_px,
        dpi=job.settings.dpi,
        may_be_shorter=job.request.source is not ScanSource.FLATBED,
    )
    if flaw:
        raise _FaultError("bad_page", f"page {number}: {flaw}")
    job.pages += 1
    return PageFile(number=number, file=file)


def _name(vendor: str, model: str) -> str:
    return model if vendor in {"", "Noname"} or model.startswith(vendor) else f"{vendor} {model}"
