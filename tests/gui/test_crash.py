"""The last net: errors nobody expected are logged and shown, with nothing personal in the details."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from ui.crash import CrashDialog, CrashNet

P = TypeVar("P", bound=QWidget)


def _part(dialog: CrashDialog, kind: type[P], name: str) -> P:
    found = dialog.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _fail_over(name: str) -> None:
    raise ValueError(name)


def _dialog() -> CrashDialog | None:
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()), None)


def test_an_unexpected_error_is_shown_with_details_that_can_be_copied_and_no_values(qtbot, look, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    net = CrashNet()
    net.install()
    with pytest.raises(ValueError, match="MẬT") as raised:
        _fail_over("NGUYỄN VĂN MẬT 027081999921")
    with caplog.at_level(logging.INFO):
        sys.excepthook(raised.type, raised.value, raised.tb)
    qtbot.waitUntil(lambda: _dialog() is not None, timeout=3000)
    dialog = _dialog()
    assert dialog is not None
    details = _part(dialog, QPlainTextEdit, "crash_details").toPlainText()
    assert "ValueError" in details
    assert "test_crash.py" in details
    assert "MẬT" not in details
    assert "MẬT" not in caplog.text
    qtbot.mouseClick(_part(dialog, QPushButton, "copy_details"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == details
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    qtbot.mouseClick(_part(dialog, QPushButton, "close_crash"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(gone), timeout=3000)


def test_an_error_on_another_thread_is_shown_on_the_gui_thread(qtbot, look, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    net = CrashNet()
    net.install()

    def fail() -> None:
        raise RuntimeError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: _dialog() is not None, timeout=3000)
    dialog = _dialog()
    assert dialog is not None
    assert dialog.thread().isCurrentThread()
    qtbot.mouseClick(_part(dialog, QPushButton, "close_crash"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: _dialog() is None, timeout=3000)
