"""A list of dossiers that grows as it is scrolled: keyset paging, off the gui thread."""

from __future__ import annotations

import functools
from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.domain.queue import DossierHead
from app.domain.states import DossierState
from app.ports import ListQuery
from ui.desk import Desk
from ui.tasks import Lane
from ui.viewmodels.station import StationModel

PAGE_ROWS = 100
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """Columns of the list."""

    SERIAL = 0
    HOLDERS = 1
    STATE = 2
    PAGES = 3
    DOUBTS = 4
    UPDATED = 5


class DossierTable(QAbstractTableModel):
    """The rows read so far.

    Signals:
        more_wanted: The view came near the end.
    """

    more_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._heads: list[DossierHead] = []
        self._has_more = False
        self._titles = {
            Column.SERIAL: self.tr("Số phát hành"),
            Column.HOLDERS: self.tr("Người sử dụng đất"),
            Column.STATE: self.tr("Trạng thái"),
            Column.PAGES: self.tr("Trang"),
            Column.DOUBTS: self.tr("Cần xem"),
            Column.UPDATED: self.tr("Sửa lúc"),
        }

    @property
    def heads(self) -> list[DossierHead]:
        """The rows shown."""
        return list(self._heads)

    def head_at(self, row: int) -> DossierHead | None:
        """The dossier of a row."""
        return self._heads[row] if 0 <= row < len(self._heads) else None

    def row_of(self, dossier_id: str) -> int:
        """The row of a dossier, -1 when it is not shown."""
        return next((i for i, head in enumerate(self._heads) if head.dossier_id == dossier_id), -1)

    def replace(self, heads: list[DossierHead], *, has_more: bool) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads = list(heads)
        self._has_more = has_more
        self.endResetModel()

    def append(self, heads: list[DossierHead], *, has_more: bool) -> None:
        """Add rows at the end."""
        self._has_more = has_more
        if heads:
            first = len(self._heads)
            self.beginInsertRows(QModelIndex(), first, first + len(heads) - 1)
            self._heads += heads
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; numbers stand right."""
        head = self.head_at(index.row())
        if head is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(head, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return head.reason or self._text(head, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.PAGES, Column.DOUBTS):
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _text(self, head: DossierHead, column: Column) -> str:
        return {
            Column.SERIAL: head.serial or self.tr("(chưa có số)"),
            Column.HOLDERS: head.holder_names or "—",
            Column.STATE: self._desk.messages.word("states", head.state),
            Column.PAGES: str(head.page_count),
            Column.DOUBTS: str(head.doubts) if head.doubts else "",
            Column.UPDATED: show_instant(head.updated_at),
        }[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[Column(section)]
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows read so far."""
        return 0 if parent.isValid() else len(self._heads)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Columns."""
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether the store has more rows."""
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Ask for the next rows."""
        if not parent.isValid() and self._has_more:
            self._has_more = False
            self.more_wanted.emit()


class DossierListModel(StationModel):
    """Search, filter and pages of the list.

    Signals:
        counted: dict of DossierState to number.
        shown: New rows are there.
    """

    counted = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, states: tuple[DossierState, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.table = DossierTable(desk, self)
        self.table.more_wanted.connect(self._fetch_more)
        self._query = ListQuery(states=states, limit=PAGE_ROWS)
        self._asked = 0

    def search(self, text: str, states: tuple[DossierState, ...]) -> None:
        """Show dossiers with these words, accents optional, in these states (all when empty)."""
        self._query = ListQuery(states=states, text=text.strip(), limit=PAGE_ROWS)
        self.refresh()

    def refresh(self) -> None:
        """Read the first page and the counts again."""
        self._asked += 1
        entry, query, asked = self._desk.services.entry, self._query, self._asked
        self._run(lambda: (asked, entry.heads(query)), self._take_first, lane=Lane.OTHER)
        self._run(entry.counts, self.counted.emit)

    def submit_entered(self) -> None:
        """Hand everything that is entered to the supervisor, as one batch."""
        services, person = self._desk.services, self._desk.person

        def submit() -> int:
            heads = services.entry.heads(ListQuery(states=(DossierState.ENTERED,), limit=1000))
            services.review.submit(person, [head.dossier_id for head in heads])
            return len(heads)

        self._run(submit, self._take_submitted, lane=Lane.WRITE)

    def discard(self, dossier_id: str, why: str) -> None:
        """Put a dossier aside for good, with the reason; its pages stay in the store."""
        work = functools.partial(self._desk.services.entry.discard, self._desk.person, dossier_id, why)
        self._run(work, self._take_discarded, lane=Lane.WRITE)

    def _take_discarded(self, _nothing: None) -> None:
        self.said.emit(self.tr("Đã bỏ hồ sơ; các trang vẫn còn trong kho."))
        self.work_changed.emit()
        self.refresh()

    def _take_submitted(self, count: int) -> None:
        self.said.emit(self.tr("Đã trình {n} hồ sơ cho người duyệt.").format(n=count))
        self.work_changed.emit()
        self.refresh()

    def _take_first(self, answer: tuple[int, list[DossierHead]]) -> None:
        asked, heads = answer
        if asked == self._asked:
            self.table.replace(heads, has_more=len(heads) == PAGE_ROWS)
            self.shown.emit()

    def _fetch_more(self) -> None:
        heads = self.table.heads
        query = ListQuery(
            states=self._query.states,
            text=self._query.text,
            after=heads[-1].dossier_id if heads else None,
            limit=PAGE_ROWS,
        )
        work = functools.partial(self._desk.services.entry.heads, query)
        self._run(work, functools.partial(self._take_more, self._asked))

    def _take_more(self, asked: int, heads: list[DossierHead]) -> None:
        if asked == self._asked:
            self.table.append(heads, has_more=len(heads) == PAGE_ROWS)


def show_instant(iso: str) -> str:
    """An instant (UTC, ISO 8601) as dd/MM/yyyy HH:mm in the time of this PC."""
    try:
        return datetime.fromisoformat(iso).astimezone().strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return iso
