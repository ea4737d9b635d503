"""The values of the dossier under review as a table: sign, field, value, as read from the paper, reason of a return."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from app.domain.reading import Source
from ui import theme
from ui.viewmodels.form import DOUBTFUL, FormRow, Mark
from ui.widgets.row_words import RowWords

Index = QModelIndex | QPersistentModelIndex
_ICONS = {
    Mark.OK: "mark_ok",
    Mark.PERSON: "mark_person",
    Mark.LOOK: "mark_look",
    Mark.CONFLICT: "mark_conflict",
    Mark.MISSING: "mark_missing",
    Mark.BLANK: "mark_blank",
}


class Column(IntEnum):
    """Columns of the table."""

    FIELD = 0
    VALUE = 1
    READ = 2


class ReviewTable(QAbstractTableModel):
    """Rows of the dossier shown."""

    def __init__(self, words: RowWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: list[FormRow] = []
        self._reasons: dict[str, str] = {}
        self._titles = {
            Column.FIELD: self.tr("Trường"),
            Column.VALUE: self.tr("Giá trị"),
            Column.READ: self.tr("Giấy ghi (máy đọc)"),
        }

    def show_rows(self, rows: list[FormRow], reasons: dict[str, str]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self._reasons = list(rows), dict(reasons)
        self.endResetModel()

    def show_reasons(self, reasons: dict[str, str]) -> None:
        """Show the reasons collected so far."""
        self._reasons = dict(reasons)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def row_at(self, number: int) -> FormRow | None:
        """The value of a line."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Values shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, sign and colour of a cell."""
        row = self.row_at(index.row())
        if row is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._words.row(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._text(row, column)} {self._words.mark(row)}"
        return self._look(row, column, role)

    def _look(self, row: FormRow, column: Column, role: int) -> object:
        if role == Qt.ItemDataRole.DecorationRole and column is Column.FIELD and row.mark in _ICONS:
            return theme.icon(_ICONS[row.mark])
        if role == Qt.ItemDataRole.BackgroundRole and self._needs_look(row):
            wrong = row.mark is Mark.CONFLICT or row.path in self._reasons
            return QBrush(QColor(theme.COLOURS.wrong_ground if wrong else theme.COLOURS.look_ground))
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(theme.COLOURS.ink))
        if role == Qt.ItemDataRole.FontRole and column is Column.VALUE and row.is_changed:
            font = QFont(theme.FONT_FAMILY, theme.FONT_POINTS)
            font.setBold(True)
            return font
        return None

    def _needs_look(self, row: FormRow) -> bool:
        return row.mark in DOUBTFUL or row.is_changed or bool(row.warnings) or row.path in self._reasons

    def _text(self, row: FormRow, column: Column) -> str:
        if column is Column.FIELD:
            return _number(row.path) + self._words.label(row.path)
        if column is Column.VALUE:
            why = self._reasons.get(row.path)
            text = row.text or self._words.mark(row)
            return f"{text}   ← {why}" if why else text
        by_person = row.field is not None and row.field.source == Source.PERSON and not row.read_text
        if by_person:
            return self.tr("(gõ tay)")
        read = self._words.read_text(row)
        return mark_difference(row.text, read) if row.is_changed else read


def mark_difference(value: str, read: str) -> str:
    """The text as read with the parts that differ from the value in [brackets]."""
    pieces = []
    for kind, _i, _j, start, end in SequenceMatcher(a=value, b=read, autojunk=False).get_opcodes():
        part = read[start:end]
        if kind == "equal":
            pieces.append(part)
        else:
            pieces.append(f"[{part or '·'}]")
    return "".join(pieces)


def _number(path: str) -> str:
    numbers = [part.split("]")[0] for part in path.split("[")[1:]]
    return "" if not numbers or set(numbers) == {"0"} else ".".join(str(int(n) + 1) for n in numbers) + " · "
