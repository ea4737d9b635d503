"""Starts the window: the application, its look, its languages, the log, the way out."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import theme
from ui.crash import CrashNet
from ui.languages import VIETNAMESE, Languages
from ui.main_window import MainWindow
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from app.bootstrap import Services

log = logging.getLogger(__name__)
LOG_NAME = "diaba.log"
LOG_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """What the command line says of the window.

    Attributes:
        store: The store's folder; None for the usual one.
        user: The login that stands in the sign-in page.
        simulated_scanner: Folder of prepared pages that plays the scanner.
    """

    store: Path | None = None
    user: str = ""
    language: str = VIETNAMESE
    sane_config: Path | None = None
    simulated_scanner: Path | None = None


def run_window(options: WindowOptions) -> int:
    """Open the window and stay until it is closed; the exit status of the program."""
    choose_input_method()
    app = QApplication(sys.argv[:1])
    theme.apply(app)
    app.setApplicationName("diaba")
    app.setApplicationDisplayName("Địa Bạ")
    languages = Languages(app)
    languages.use(options.language)
    tasks = TaskRunner(app)
    net = CrashNet(app)
    net.install()
    window = MainWindow(tasks, _opener(options), languages, login=options.user)
    window.opened.connect(lambda: _tell_log(net, window))
    window.show()
    window.open_store()
    status = app.exec()
    leave(window, tasks, status)
    return status


def leave(window: MainWindow, tasks: TaskRunner, status: int) -> None:
    """Finish the writes and go, at the latest after five seconds; nothing depends on a clean end."""
    is_clean = tasks.shut_down()
    if window.services is not None and is_clean:
        window.services.close()
    if not is_clean:
        log.warning("left with work still running")
        logging.shutdown()
        os._exit(status)


def choose_input_method() -> None:
    """Qt here carries the ibus plugin only; fcitx5 speaks its language.

    Source: hydrus #1794, FreeCAD-Bundle #346.
    """
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
        log.info("QT_IM_MODULE set to ibus")


def _opener(options: WindowOptions) -> Callable[[], Services]:
    def open_store() -> Services:
        """Import what is heavy only now, off the gui thread."""
        from app import bootstrap

        store = options.store or bootstrap.default_store_dir()
        services = bootstrap.open_services(
            store,
            sane_config=options.sane_config,
            simulated_scanner=options.simulated_scanner,
            language=options.language,
        )
        _keep_log(store / LOG_NAME)
        return services

    return open_store


def _keep_log(file: Path) -> None:
    handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)


def _tell_log(net: CrashNet, window: MainWindow) -> None:
    if window.services is not None:
        net.log_file = window.services.store_dir / LOG_NAME
