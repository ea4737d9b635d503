"""The last net: an error outside the tree is logged, shown once with its details, and never takes saved data along."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

import app
from ui.widgets.buttons import make_button

log = logging.getLogger(__name__)


class CrashNet(QObject):
    """Takes over `sys.excepthook` and `threading.excepthook`; shows one dialog at a time, on the gui thread.

    Signals:
        caught: The details, from whatever thread.

    Attributes:
        log_file: Where the log is kept, once the store is open.
    """

    caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_file: Path | None = None
        self._dialog: CrashDialog | None = None
        self.caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error and show it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = details_of(kind, trace)
        log.error("unexpected error: %s", details)  # not the error itself: its text may hold personal data
        self.caught.emit(details)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, details: str) -> None:
        if self._dialog is None:
            self._dialog = CrashDialog(details, self.log_file)
            self._dialog.finished.connect(self._forget)
            self._dialog.show()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def details_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What helps the support: versions, kind and place of the error; never the values it was about."""
    places = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    head = f"Địa Bạ {app.__version__} · Python {platform.python_version()} · {platform.system()} {platform.release()}"
    return "\n".join([head, kind.__name__, *places])


class CrashDialog(QDialog):
    """Says what happened, what is safe, and lets the details be copied."""

    def __init__(self, details: str, log_file: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash_dialog")
        self.setWindowTitle(self.tr("Lỗi của chương trình"))
        self._details = QPlainTextEdit(details)
        self._details.setObjectName("crash_details")
        self._details.setAccessibleName(self.tr("Chi tiết lỗi"))
        self._details.setReadOnly(True)
        text = QLabel(
            self.tr(
                "Chương trình gặp lỗi ngoài dự kiến. Những gì đã lưu vẫn còn nguyên. "
                "Hãy chép chi tiết và gửi cho nơi hỗ trợ, rồi làm tiếp hoặc mở lại chương trình."
            )
        )
        text.setWordWrap(True)
        where = QLabel(self.tr("Nhật ký: {file}").format(file=log_file or "—"))
        where.setProperty("role", "quiet")
        where.setWordWrap(True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = make_button("copy_details", self.tr("Chép chi tiết"))
        copy.clicked.connect(self._copy)
        close = make_button("close_crash", self.tr("Đóng"), role="main")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(self._details, 1)
        layout.addWidget(where)
        layout.addLayout(buttons)
        self.resize(620, 380)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
