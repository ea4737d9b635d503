"""The main window: opening the store, signing in, the workplace; one page at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from app.domain.people import Person
from app.errors import DiabaError
from app.messages import Messages
from ui.desk import Desk
from ui.languages import VIETNAMESE, Languages
from ui.page_images import PageImages
from ui.tasks import Lane, TaskRunner
from ui.viewmodels.sign_in import SignInModel
from ui.views.sign_in import SignInView
from ui.widgets.buttons import make_button
from ui.window_memory import WindowMemory
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.bootstrap import Services

LEAST_SIZE = (980, 560)
USUAL_SIZE = (1366, 768)


class MainWindow(QMainWindow):
    """Shows one page at a time; services come when the store is open.

    Signals:
        opened: The store is open; the sign-in page is shown.
        started: A workplace is shown.
    """

    opened = Signal()
    started = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        open_services: Callable[[], Services],
        languages: Languages,
        login: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.setWindowTitle("Địa Bạ")
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(QSize(*USUAL_SIZE).boundedTo(self.screen().availableSize()))
        self._tasks = tasks
        self._open_services = open_services
        self._languages = languages
        self._login = login
        self._services: Services | None = None
        self._memory: WindowMemory | None = None
        self._images: PageImages | None = None
        self._workplace: Workplace | None = None
        self._recovered = False
        self._show_opening()

    @property
    def workplace(self) -> Workplace | None:
        """The stations, while somebody is signed in."""
        return self._workplace

    @property
    def services(self) -> Services | None:
        """The open services."""
        return self._services

    # ------------------------------------------------------------ opening

    def open_store(self) -> None:
        """Open the store off the gui thread."""
        self._show_opening()
        self._tasks.start(self._open_services, on_done=self._take_services, on_failed=self._take_failure)

    def _take_services(self, services: Services) -> None:
        self._services = services
        self._memory = WindowMemory(services.store_dir)
        self._images = PageImages(self._tasks, services.page_path, self)
        self._use_language(self._memory.get("language") or self._languages.language)
        self._show_sign_in()
        self.opened.emit()

    def _take_failure(self, error: DiabaError) -> None:
        words = Messages(self._languages.language or VIETNAMESE).error(error)
        page, column = _page("opening_page")
        title = QLabel(words.title)
        title.setProperty("role", "title")
        text = QLabel(f"{words.text} {words.next_step}")
        text.setObjectName("opening_error")
        text.setWordWrap(True)
        text.setMaximumWidth(560)
        again = make_button("open_again", self.tr("Thử lại"), role="main")
        again.clicked.connect(self.open_store)
        for widget in (title, text, again):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.setCentralWidget(page)

    def _show_opening(self) -> None:
        page, column = _page("opening_page")
        label = QLabel(self.tr("Đang mở kho dữ liệu…"))
        label.setProperty("role", "heading")
        column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setCentralWidget(page)

    # ------------------------------------------------------------ signing in

    def _show_sign_in(self) -> None:
        if self._services is None:
            return
        self._workplace = None
        model = SignInModel(self._services, self._tasks)
        page = SignInView(model, self._login)
        model.setParent(page)
        model.signed_in.connect(self._start_work)
        model.people_known.connect(self._title_sign_in)
        self.setCentralWidget(page)
        model.ask_people()

    def _title_sign_in(self, has_people: bool) -> None:
        self._title(self.tr("Đăng nhập") if has_people else self.tr("Kho dữ liệu mới"))

    def _title_person(self) -> None:
        if self._workplace is not None:
            self._title(self._workplace.desk.person.full_name)

    def _title_dossier(self, _path: str) -> None:
        opened = self._workplace.entry_model.dossier if self._workplace is not None else None
        if self._workplace is not None and opened is not None:
            name = opened.head.serial or self.tr("Hồ sơ chưa có số phát hành")
            self._title(f"{name} · {self._workplace.desk.person.full_name}")

    def _title(self, words: str) -> None:
        """Say in the task bar who or what is on the screen."""
        self.setWindowTitle(f"{words} – Địa Bạ")

    def _start_work(self, person: Person) -> None:
        if self._services is None or self._memory is None or self._images is None:
            return
        self._login = person.login if self._login else ""
        desk = Desk(services=self._services, tasks=self._tasks, images=self._images, person=person, memory=self._memory)
        self._show_workplace(desk)

    def _show_workplace(self, desk: Desk) -> None:
        workplace = Workplace(desk)
        workplace.switch_user_asked.connect(self._sign_out, Qt.ConnectionType.QueuedConnection)
        workplace.language_asked.connect(self._change_language, Qt.ConnectionType.QueuedConnection)
        workplace.entry_model.opened.connect(self._title_dossier)
        workplace.entry_model.closed.connect(self._title_person)
        self._workplace = workplace
        self.setCentralWidget(workplace)
        workplace.start(is_first=not self._recovered)
        self._recovered = True
        self._title_person()
        self.started.emit()

    def _sign_out(self) -> None:
        self._login = ""
        self._show_sign_in()

    # ------------------------------------------------------------ languages

    def _change_language(self, language: str) -> None:
        if self._workplace is None or self._memory is None:
            return
        desk, station = self._workplace.desk, self._workplace.station
        self._use_language(language)
        self._tasks.start(lambda: self._remember_language(language), lane=Lane.WRITE)
        if self._services is not None:
            self._show_workplace(dataclasses.replace(desk, services=self._services))
        self._workplace.go_to(station)

    def _remember_language(self, language: str) -> None:
        if self._memory is not None:
            self._memory.put("language", language)

    def _use_language(self, language: str) -> None:
        if language != self._languages.language:
            self._languages.use(language)
        if self._services is not None and self._services.messages.language != language:
            self._services = dataclasses.replace(self._services, messages=Messages(language))

    # ------------------------------------------------------------ the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the current field; everything else is saved already."""
        if self._workplace is not None:
            self._workplace.finish()
        super().closeEvent(event)


def _page(name: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setObjectName(name)
    column = QVBoxLayout(page)
    column.setSpacing(12)
    column.addStretch(1)
    return page, column
