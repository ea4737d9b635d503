"""The main window with somebody who works in it by keys and clicks."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.bootstrap import Services
from tests.gui.keys import type_text
from tests.gui.office import PASSWORD, Office
from ui.languages import Languages
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.workplace import Workplace

W = TypeVar("W", bound=QWidget)


class Stage:
    """A started window over an office's services."""

    def __init__(self, qtbot, office: Office, tasks: TaskRunner, languages: Languages, size: QSize) -> None:
        self.bot = qtbot
        self.office = office
        self.tasks = tasks
        self.services: Services = office.services
        self.window = MainWindow(tasks, lambda: self.services, languages)
        qtbot.addWidget(self.window)
        self.window.resize(size)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        with qtbot.waitSignal(self.window.opened, timeout=5000):
            self.window.open_store()
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way, and let the layouts follow."""
        self.bot.waitUntil(lambda: self.tasks.pending == 0, timeout=8000)
        for _ in range(3):
            QApplication.processEvents()

    @property
    def place(self) -> Workplace:
        """The workplace of whoever is signed in."""
        assert self.window.workplace is not None
        return self.window.workplace

    def find(self, kind: type[W], name: str) -> W:
        """The widget with this name."""
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def line(self, name: str) -> QLineEdit:
        """The input with this name."""
        return self.find(QLineEdit, name)

    def click(self, name: str) -> None:
        """Click the button with this name."""
        self.bot.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key wherever the cursor is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.bot.keyClick(focused, key, modifiers)

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Type login and password, and Enter."""
        self.line("login").clear()
        type_text(self.line("login"), login)
        type_text(self.line("password"), password)
        with self.bot.waitSignal(self.window.started, timeout=8000):
            self.bot.keyClick(self.line("password"), Qt.Key.Key_Return)
        self.settle()
