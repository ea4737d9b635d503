"""The Qt binding gives back every reference to True and None it takes.

PySide6 6.12.0 loses one with each call that returns them (PYSIDE-3474): Python 3.11 then ends the program with a
"deallocating" error after a few hundred signals. From Python 3.12 on both are immortal and the counts never change.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

ROUNDS = 300
SLACK = 50  # other things of the interpreter come and go meanwhile


class Bell(QObject):
    """Rings with a value and without one."""

    rung = Signal(bool)
    silent = Signal()


def test_signals_and_setters_lose_no_reference_to_true_or_none(qtbot):
    bell, label = Bell(), QLabel()
    heard: list[bool] = []
    qtbot.addWidget(label)
    bell.rung.connect(heard.append)
    bell.silent.connect(heard.clear)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(ROUNDS):
        bell.rung.emit(True)
        bell.silent.emit()
        label.setText("x")
        label.repaint()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert all(abs(now - then) < SLACK for now, then in zip(after, before, strict=True))
