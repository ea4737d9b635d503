"""Intake: pages from a scanner or from files into the present dossier, and into new ones."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.dossier import DossierPage
from app.domain.queue import OpenDossier
from app.domain.states import EDITABLE
from app.errors import DiabaError
from app.ports import Device, PageStarted, ScanProgress, ScanRequest
from app.services.intake_values import ImportStep, ImportSummary, PageStored, ScanSummary
from ui.desk import Desk
from ui.tasks import Lane, Stop
from ui.viewmodels.station import StationModel

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the work is; `share` is None when nobody knows."""

    words: str
    share: float | None = None


class ScanModel(StationModel):
    """The dossier pages go into, the scanner, and the work under way.

    Signals:
        devices_found: list of Device.
        dossier_changed: The present dossier or its pages changed.
        busy_changed: Whether a scan or an import runs.
        progressed: Progress.
        refused: Sentences about files that were not taken; empty when all were.
        reading_wanted: Dossiers whose pages are to be read.
        page_came: dossier_id of which a page is safe, while the next one is scanned.
        entry_wanted: dossier_id that is to be opened for entry.
    """

    devices_found = Signal(object)
    dossier_changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)
    refused = Signal(object)
    reading_wanted = Signal(object)
    page_came = Signal(str)
    entry_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._opened: OpenDossier | None = None
        self._dossier_id = ""
        self._stop: Stop | None = None

    @property
    def dossier(self) -> OpenDossier | None:
        """The present dossier; None while it has no page yet."""
        return self._opened

    @property
    def pages(self) -> tuple[DossierPage, ...]:
        """The pages of the present dossier."""
        return self._opened.dossier.pages if self._opened else ()

    @property
    def is_busy(self) -> bool:
        """Whether a scan or an import runs."""
        return self._stop is not None

    # ------------------------------------------------------------ dossiers

    def start_new(self) -> None:
        """The next page begins a new dossier."""
        if not self.is_busy:
            self._opened, self._dossier_id = None, ""
            self.refused.emit([])
            self.dossier_changed.emit()

    def new_without_pages(self, status: str) -> None:
        """A dossier whose paper is not here, with the reason; it is typed at once."""
        work = functools.partial(self._desk.services.intake.new_dossier, self._desk.person, status=status)
        self._run(work, self._take_typed, lane=Lane.WRITE)

    def open(self, dossier_id: str) -> None:
        """Go on with a draft, to add or order its pages; not while something comes in."""
        if not self.is_busy:
            self._dossier_id = dossier_id
            self._reload()

    def show_values(self, dossier_id: str) -> None:
        """More is known of a dossier whose pages are being read."""
        if dossier_id == self._dossier_id:
            self._reload()

    def show_read(self, opened: OpenDossier) -> None:
        """The pages of a dossier were read in the background."""
        if opened.head.dossier_id == self._dossier_id:
            self._take_opened(opened)

    def enter_present(self) -> None:
        """Open the present dossier for entry."""
        if self._dossier_id and not self.is_busy:
            self.entry_wanted.emit(self._dossier_id)

    # ------------------------------------------------------------ scanning

    def find_devices(self) -> None:
        """Look for scanners; takes some seconds."""
        self.said.emit(self.tr("Đang tìm máy quét…"))
        stop = Stop()
        work = functools.partial(self._desk.services.intake.devices, stop.is_set)
        self._run(work, self._take_devices, on_failed=self._take_no_devices, lane=Lane.OTHER, stop=stop)

    def scan(self, request: ScanRequest) -> None:
        """Scan into the present dossier; pages show up while the next one is scanned."""
        if self.is_busy:
            return
        intake, person, stop = self._desk.services.intake, self._desk.person, Stop()
        known, drop_empty = self._dossier_id, self._emptier()
        tell_dossier = self._desk.tasks.on_gui(self._take_dossier_id)
        tell = self._desk.tasks.on_gui(self._take_event)

        def work() -> ScanSummary:
            dossier_id = known or intake.new_dossier(person)
            tell_dossier(dossier_id)
            summary = intake.scan(person, dossier_id, request, tell, stop.is_set)
            if not known and not summary.pages and summary.fault and summary.fault.code == "feeder_empty":
                drop_empty(dossier_id)
            return summary

        self._begin(work, self._take_scanned, stop, self.tr("Đang gọi máy quét…"))

    def stop(self) -> None:
        """Stop the scan or the import; pages already here stay."""
        if self._stop is not None:
            self._stop.set()
            self.progressed.emit(Progress(words=self.tr("Đang dừng…")))

    # ------------------------------------------------------------ files

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Folders and files that become dossiers of their own."""
        if self.is_busy or not paths:
            return
        stop = Stop()
        work = functools.partial(
            self._desk.services.intake.import_paths,
            self._desk.person,
            list(paths),
            self._desk.tasks.on_gui(self._take_step),
            stop.is_set,
        )
        self._begin(work, self._take_imported, stop, self.tr("Đang nhập tệp…"))

    def add_files(self, files: Sequence[Path]) -> None:
        """Files that become pages of the present dossier."""
        if self.is_busy or not files:
            return
        intake, person, known = self._desk.services.intake, self._desk.person, self._dossier_id
        drop_empty = self._emptier()
        tell_dossier = self._desk.tasks.on_gui(self._take_dossier_id)

        def work() -> ImportSummary:
            dossier_id = known or intake.new_dossier(person)
            tell_dossier(dossier_id)
            summary = intake.add_files(person, dossier_id, list(files))
            if not known and not summary.pages:
                drop_empty(dossier_id)
            return summary

        self._begin(work, self._take_imported, Stop(), self.tr("Đang nhập tệp…"))

    def _emptier(self) -> Callable[[str], None]:
        """What puts a dossier away that was made for pages none of which came."""
        entry, person, why = self._desk.services.entry, self._desk.person, self.tr("Không có trang nào vào hồ sơ này.")
        forget = self._desk.tasks.on_gui(self._take_dossier_id)

        def drop_empty(dossier_id: str) -> None:
            entry.discard(person, dossier_id, why)
            forget("")

        return drop_empty

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Dropped folders become dossiers; dropped files become pages of the present one."""
        if any(path.is_dir() for path in paths):
            self.import_paths(paths)
        else:
            self.add_files(paths)

    # ------------------------------------------------------------ pages

    def rotate(self, page: DossierPage) -> None:
        """Turn a page a quarter to the right on the screen."""
        turned = (page.rotation_deg - 90) % 360
        self._change_page(self._desk.services.intake.rotate_page, page, turned)

    def move(self, page: DossierPage, step: int) -> None:
        """Move a page by one place."""
        self._change_page(self._desk.services.intake.move_page, page, max(0, page.position + step))

    def remove(self, page: DossierPage) -> None:
        """Take a page out of the dossier; the picture stays in the store."""
        self._change_page(self._desk.services.intake.remove_page, page)

    def _change_page(self, change: Callable[..., None], page: DossierPage, *values: int) -> None:
        if self._opened is not None and self._opened.head.state in EDITABLE:
            work = functools.partial(change, self._desk.person, self._dossier_id, page.page_id, *values)
            self._run(work, self._reload_after, lane=Lane.WRITE)

    def _reload_after(self, _nothing: None) -> None:
        self._reload()

    # ------------------------------------------------------------ answers

    def _begin(self, work: Callable[[], T], on_done: Callable[[T], None], stop: Stop, words: str) -> None:
        self._stop = stop
        self.refused.emit([])
        self.busy_changed.emit(True)
        self.progressed.emit(Progress(words=words))
        self._run(work, functools.partial(self._end, on_done), on_failed=self._end_badly, lane=Lane.SCAN, stop=stop)

    def _end(self, on_done: Callable[[T], None], result: T) -> None:
        self._stop = None
        self.busy_changed.emit(False)
        on_done(result)

    def _end_badly(self, error: DiabaError) -> None:
        self._stop = None
        self.busy_changed.emit(False)
        self._tell(error)
        self._after_intake([self._dossier_id] if self.pages else [])

    def _take_dossier_id(self, dossier_id: str) -> None:
        self._dossier_id = dossier_id
        if not dossier_id:
            self._opened = None
            self.dossier_changed.emit()

    def _take_event(self, event: object) -> None:
        if isinstance(event, PageStarted):
            words = self.tr("Đang quét trang {n}…").format(n=event.number)
            self.progressed.emit(Progress(words=words))
        elif isinstance(event, ScanProgress):
            words = self.tr("Đang quét trang {n}…").format(n=event.number)
            self.progressed.emit(Progress(words=words, share=event.share))
        elif isinstance(event, PageStored):
            self.progressed.emit(Progress(words=self.tr("Trang {n} đã lưu an toàn").format(n=event.number)))
            self._reload()
            self.page_came.emit(self._dossier_id)

    def _take_step(self, step: ImportStep) -> None:
        words = self.tr("Đang nhập tệp {done}/{total}").format(done=step.done, total=step.total)
        self.progressed.emit(Progress(words=words, share=step.done / max(1, step.total)))

    def _take_scanned(self, summary: ScanSummary) -> None:
        if summary.fault is not None:
            fault = summary.fault
            words = self._desk.messages.error_code(
                fault.code, pages=fault.pages, page=fault.pages + 1, n=fault.pages, detail=fault.detail
            )
            self.problem_told.emit(words)
        else:
            self.said.emit(self.tr("Đã quét {n} trang.").format(n=summary.pages))
        self._after_intake([self._dossier_id] if summary.pages else [])

    def _take_imported(self, summary: ImportSummary) -> None:
        messages = self._desk.messages
        refused = [
            f"{item.file.name}: {messages.error_code(item.code, file=item.file.name).line}" for item in summary.refused
        ]
        self.refused.emit(refused)
        self.said.emit(
            self.tr("Đã nhập {pages} trang vào {dossiers} hồ sơ, {refused} tệp không nhận.").format(
                pages=summary.pages, dossiers=len(summary.dossiers), refused=len(summary.refused)
            )
        )
        if summary.dossiers and self._dossier_id not in summary.dossiers:
            self._dossier_id = summary.dossiers[-1]
        self._after_intake(list(summary.dossiers))

    def _after_intake(self, dossier_ids: list[str]) -> None:
        self._reload()
        if dossier_ids:
            self.reading_wanted.emit(dossier_ids)
        self.work_changed.emit()

    def _take_typed(self, dossier_id: str) -> None:
        self.work_changed.emit()
        self.entry_wanted.emit(dossier_id)

    def _take_devices(self, devices: list[Device]) -> None:
        self.devices_found.emit(devices)
        self.said.emit(
            self.tr("Tìm thấy {n} máy quét.").format(n=len(devices))
            if devices
            else self.tr("Không thấy máy quét nào. Kiểm tra nguồn và dây, rồi bấm Tìm lại; hoặc nhập từ tệp.")
        )

    def _take_no_devices(self, error: DiabaError) -> None:
        self.devices_found.emit([])
        self._tell(error)

    def _reload(self) -> None:
        if self._dossier_id:
            work = functools.partial(self._desk.services.entry.open, self._dossier_id)
            self._run(work, self._take_opened, lane=Lane.WRITE)

    def _take_opened(self, opened: OpenDossier) -> None:
        if opened.head.dossier_id == self._dossier_id:
            self._opened = opened
            self.dossier_changed.emit()
