"""Signing in, and the first people of a new store."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.domain.people import Person, Role
from app.errors import DiabaError, InputError
from ui.tasks import Lane, TaskRunner

if TYPE_CHECKING:
    from app.bootstrap import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What is typed for a first person, the password twice; it goes to the hasher and nowhere else."""

    login: str
    full_name: str
    role: Role
    password: str
    repeated: str


class SignInModel(QObject):
    """Lets people in.

    Signals:
        people_known: Whether the store has people.
        signed_in: Person.
        failed: ErrorText.
        busy_changed: Whether a password is being checked.
        wait_changed: Seconds until the next try after a wrong password; 0 when there is nothing to wait for.
    """

    people_known = Signal(bool)
    signed_in = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)
    wait_changed = Signal(int)

    def __init__(self, services: Services, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._wait_s = 0
        self._second = QTimer(self)
        self._second.setTimerType(Qt.TimerType.PreciseTimer)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    @property
    def wait_s(self) -> int:
        """Seconds until the next try."""
        return self._wait_s

    def ask_people(self) -> None:
        """Find out whether there are people yet."""
        self._tasks.start(self._services.people.has_people, on_done=self.people_known.emit, on_failed=self._fail)

    def sign_in(self, login: str, password: str) -> None:
        """Check a password; not while the next try has to wait."""
        if not self._wait_s:
            self._let_in(functools.partial(self._services.people.sign_in, login.strip(), password))

    def forget_wait(self) -> None:
        """Another login is typed: the wait is only for the one before, and the store keeps it."""
        self._show_wait(0)

    def go_on_as_setup(self) -> None:
        """Work without people for now."""
        self._let_in(self._services.people.setup_person)

    def communes(self) -> list[tuple[str, str]]:
        """Names and codes of the communes of today, in the order of the names."""
        return sorted((unit.name, unit.code) for unit in self._services.communes)

    def add_first_people(self, supervisor: NewPerson, officer: NewPerson, commune_code: str) -> None:
        """Add both, or neither, and sign the officer in; the supervisor, who may, sets the commune."""
        people, upkeep = self._services.people, self._services.upkeep
        for who in (supervisor, officer):
            if who.password != who.repeated:
                self._fail(InputError("passwords_differ"))
                return

        def add() -> Person:
            chief, clerk = people.add_first(
                [(who.login, who.full_name, who.role, who.password) for who in (supervisor, officer)]
            )
            if commune_code:
                upkeep.put(chief, "commune_code", commune_code)
            return clerk

        self._let_in(add)

    def _let_in(self, work: Callable[[], Person]) -> None:
        self.busy_changed.emit(True)
        self._tasks.start(work, on_done=self._enter, on_failed=self._fail, lane=Lane.WRITE)

    def _enter(self, person: Person) -> None:
        self.busy_changed.emit(False)
        self.signed_in.emit(person)

    def _fail(self, error: DiabaError) -> None:
        self.busy_changed.emit(False)
        if error.code != "sign_in_waits":  # the seconds say it
            self.failed.emit(self._services.messages.error(error))
        self._show_wait(int(str(error.params.get("seconds", 0))))

    def _count_down(self) -> None:
        self._show_wait(self._wait_s - 1)

    def _show_wait(self, seconds: int) -> None:
        self._wait_s = max(0, seconds)
        if not self._wait_s:
            self._second.stop()
        elif not self._second.isActive():
            self._second.start()
        self.wait_changed.emit(self._wait_s)
