"""The upload queue as a table: what a person must look at first, each failure with its reason and the next step."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from app.domain.states import FOR_A_PERSON, DossierState
from app.messages import Messages
from ui import theme
from ui.viewmodels.upload import UploadLine

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """Columns of the table."""

    SERIAL = 0
    HOLDERS = 1
    STATE = 2
    TRIES = 3
    NOTE = 4


class UploadTable(QAbstractTableModel):
    """Rows of the queue."""

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._lines: list[UploadLine] = []
        self._titles = {
            Column.SERIAL: self.tr("Số phát hành"),
            Column.HOLDERS: self.tr("Người sử dụng đất"),
            Column.STATE: self.tr("Trạng thái"),
            Column.TRIES: self.tr("Lần gửi"),
            Column.NOTE: self.tr("Lý do và việc cần làm"),
        }

    def show_lines(self, lines: list[UploadLine]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line_at(self, number: int) -> UploadLine | None:
        """The dossier of a line."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Dossiers shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and colour of a cell."""
        line = self.line_at(index.row())
        if line is None:
            return None
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(line, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.TRIES:
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.BackgroundRole:
            return _ground(line.head.state)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(theme.COLOURS.ink))
        return None

    def note(self, line: UploadLine) -> str:
        """Why it stands where it stands, and what to do."""
        said = [line.head.reason or ""]
        if line.row is not None:
            error = self._messages.error_code(line.row.error).line if line.row.error else ""
            said += [line.row.detail or "", error]
        said.append(self._next_step(line.head.state))
        return " ".join(dict.fromkeys(text for text in said if text))

    def _text(self, line: UploadLine, column: Column) -> str:
        return {
            Column.SERIAL: line.head.serial or self.tr("(chưa có số)"),
            Column.HOLDERS: line.head.holder_names or "—",
            Column.STATE: self._messages.word("states", line.head.state),
            Column.TRIES: str(line.row.attempts) if line.row and line.row.attempts else "",
            Column.NOTE: self.note(line),
        }[column]

    def _next_step(self, state: DossierState) -> str:
        if state in FOR_A_PERSON:
            return self.tr("Enter: mở để sửa rồi trình lại.")
        if state is DossierState.RETURNED:
            return self.tr("Đang sửa; Enter: mở.")
        if state is DossierState.UNKNOWN:
            return self.tr("Lần gửi tới sẽ hỏi máy chủ trước, không gửi lại mù.")
        return ""


def _ground(state: DossierState) -> QBrush | None:
    if state in FOR_A_PERSON:
        return QBrush(QColor(theme.COLOURS.wrong_ground))
    if state is DossierState.RETURNED:
        return QBrush(QColor(theme.COLOURS.look_ground))
    if state is DossierState.VERIFIED:
        return QBrush(QColor(theme.COLOURS.ok_ground))
    return None
