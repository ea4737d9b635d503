"""What a signed-in person sees: the rail, the four stations, and the status line."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.people import Right
from app.domain.queue import OpenDossier
from app.domain.states import FOR_A_PERSON, ON_THE_WAY, DossierState
from app.errors import DiabaError
from ui.desk import Desk
from ui.tasks import Lane
from ui.viewmodels.dossier_list import DossierListModel
from ui.viewmodels.entry import TO_ENTER, EntryModel, last_dossier_key
from ui.viewmodels.reading import ReadingModel
from ui.viewmodels.review import ReviewModel
from ui.viewmodels.scan import ScanModel
from ui.viewmodels.station import StationModel
from ui.viewmodels.upload import UploadModel
from ui.views.entry import EntryView
from ui.views.review import ReviewView
from ui.views.scan import ScanView
from ui.views.upload import UploadView
from ui.widgets.buttons import add_key
from ui.widgets.rail import STATIONS, Rail
from ui.widgets.status_line import StatusLine

_COUNTED = {
    "entry": TO_ENTER,
    "review": (DossierState.SUBMITTED,),
    "upload": (*ON_THE_WAY, *FOR_A_PERSON),
}


class Workplace(QWidget):
    """The stations of one signed-in person; made at sign-in, gone at sign-out.

    Signals:
        switch_user_asked: Sign out.
        language_asked: "vi" or "en".
    """

    switch_user_asked = Signal()
    language_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workplace")
        self._desk = desk
        self._station = ""
        self._make_models()
        self._make_views()
        self._lay_out()
        self._connect_models()
        self._connect_stations()
        for number, station in enumerate(STATIONS, start=1):
            add_key(self, f"key_{station}", f"Ctrl+{number}", functools.partial(self.go_to, station))
        add_key(self, "key_new_dossier", "Ctrl+N", self._new_dossier)
        add_key(self, "key_switch_user", "Ctrl+L", self._switch_user)

    def _make_models(self) -> None:
        self.list_model = DossierListModel(self._desk, (), self)
        self.entry_model = EntryModel(self._desk, self)
        self.scan_model = ScanModel(self._desk, self)
        self.reading_model = ReadingModel(self._desk, self)
        self.review_model = ReviewModel(self._desk, self)
        self.upload_model = UploadModel(self._desk, self)

    @property
    def _models(self) -> tuple[StationModel, ...]:
        return (
            self.list_model,
            self.entry_model,
            self.scan_model,
            self.reading_model,
            self.review_model,
            self.upload_model,
        )

    def _make_views(self) -> None:
        person, messages = self._desk.person, self._desk.messages
        self.rail = Rail(person.full_name, messages.word("roles", person.role), messages.language)
        self.scan = ScanView(self.scan_model)
        self.entry = EntryView(self.list_model, self.entry_model)
        self.review = ReviewView(self.review_model)
        self.upload = UploadView(self.upload_model)
        self.status = StatusLine()
        self._stack = QStackedWidget()
        for view in (self.scan, self.entry, self.review, self.upload):
            self._stack.addWidget(view)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _connect_models(self) -> None:
        for model in self._models:
            model.said.connect(self.status.say)
            model.problem_told.connect(self.status.show_problem)
            model.work_changed.connect(self._read_counts)
        self.scan_model.reading_wanted.connect(self.reading_model.request)
        self.scan_model.entry_wanted.connect(self._enter)
        self.scan_model.page_came.connect(self.reading_model.request_growing)
        self.reading_model.read.connect(self._take_read)
        self.reading_model.values_came.connect(self.scan_model.show_values)
        self.reading_model.values_came.connect(self.entry_model.reload)
        self.reading_model.step_changed.connect(self.entry_model.show_reading)
        self.entry_model.opened.connect(self._prefer_open)
        self.reading_model.left_changed.connect(self._show_reading)
        self._desk.images.failed.connect(self._tell_image_failure)

    def _connect_stations(self) -> None:
        self.rail.station_chosen.connect(self.go_to)
        self.rail.switch_user_asked.connect(self._switch_user)
        self.rail.language_asked.connect(self._change_language)
        self.upload.correction_asked.connect(self._correct)
        self.upload.open_asked.connect(self._enter)
        self.entry.station.pages_asked.connect(self._scan_into)

    # ------------------------------------------------------------ beginning and end

    @property
    def desk(self) -> Desk:
        """Where this person works."""
        return self._desk

    @property
    def station(self) -> str:
        """The station shown."""
        return self._station

    def start(self, *, is_first: bool) -> None:
        """Begin: take up what a crash left (at the first sign-in), and open the dossier that was open."""
        if is_first:
            self._recover()
        self._read_counts()
        if self._desk.person.may(Right.ENTER):
            self._desk.tasks.idled.connect(self._warm, Qt.ConnectionType.SingleShotConnection)
            self.reading_model.go_on()
        if self._desk.person.may(Right.UPLOAD):
            self.upload_model.refresh()
        last = self._desk.memory.get(last_dossier_key(self._desk.person.login))
        if last:
            self.go_to("entry")
            self.entry_model.open(last)
        else:
            self.go_to("review" if self._desk.person.may(Right.REVIEW) else "scan")

    def finish(self) -> None:
        """Save the current field and stop what can be stopped."""
        self.entry.flush()
        self.scan_model.stop()
        self.upload_model.pause()
        self.reading_model.stop()

    def _warm(self) -> None:
        """The window is up and nothing runs: let the readers of pages load."""
        self._desk.tasks.start(self._desk.services.warm, on_failed=self._tell, lane=Lane.READ)

    def _recover(self) -> None:
        services, person = self._desk.services, self._desk.person

        def recover() -> tuple[int, tuple[str, ...]]:
            found = services.intake.recover(person)
            services.upload.recover()
            return found.pages, found.dossiers

        self._desk.tasks.start(recover, on_done=self._take_recovered, on_failed=self._tell, lane=Lane.WRITE)

    def _take_recovered(self, found: tuple[int, tuple[str, ...]]) -> None:
        pages, dossiers = found
        if pages:
            self.status.say(self.tr("Đã tìm lại {n} trang của lần quét bị ngắt.").format(n=pages))
            self.reading_model.request(dossiers)
            self.scan_model.open(dossiers[-1])  # the rest of the stack goes on where it was cut off
        self._read_counts()

    # ------------------------------------------------------------ going round

    def go_to(self, station: str) -> None:
        """Show a station."""
        if self._station == "entry" and station != "entry":
            self.entry.flush()
        if station != self._station:
            self.status.say("")
        self._station = station
        view = self._view(station)
        self._stack.setCurrentWidget(view)
        self.rail.show_station(station)
        view.arrive()
        self._read_counts()

    def _view(self, station: str) -> ScanView | EntryView | ReviewView | UploadView:
        by_station: dict[str, ScanView | EntryView | ReviewView | UploadView] = {
            "scan": self.scan,
            "entry": self.entry,
            "review": self.review,
            "upload": self.upload,
        }
        return by_station[station]

    def _enter(self, dossier_id: str) -> None:
        self.go_to("entry")
        self.entry_model.open(dossier_id)

    def _correct(self, dossier_id: str) -> None:
        self.go_to("entry")
        self.entry_model.start_correction(dossier_id)

    def _scan_into(self, dossier_id: str) -> None:
        self.scan_model.open(dossier_id)
        self.go_to("scan")

    def _new_dossier(self) -> None:
        self.scan_model.start_new()
        self.go_to("scan")

    def _switch_user(self) -> None:
        self.finish()
        self.switch_user_asked.emit()

    def _change_language(self, language: str) -> None:
        self.entry.flush()
        self.language_asked.emit(language)

    # ------------------------------------------------------------ what the models say

    def _take_read(self, opened: OpenDossier) -> None:
        self.scan_model.show_read(opened)
        self.entry_model.reload(opened.head.dossier_id)

    def _prefer_open(self, _path: str) -> None:
        self.reading_model.prefer(self.entry_model.dossier_id)

    def _show_reading(self, left: int) -> None:
        self.status.show_side(self.tr("Đang đọc {n} hồ sơ…").format(n=left) if left else "")

    def _read_counts(self) -> None:
        self._desk.tasks.start(self._desk.services.entry.counts, on_done=self._show_counts, on_failed=self._tell)

    def _show_counts(self, counts: dict[DossierState, int]) -> None:
        for station, states in _COUNTED.items():
            self.rail.show_count(station, sum(counts.get(state, 0) for state in states))

    def _tell_image_failure(self, _sha256: str, error: DiabaError) -> None:
        self._tell(error)

    def _tell(self, error: DiabaError) -> None:
        self.status.show_problem(self._desk.messages.error(error))
