"""The list of dossiers: search without accents, filter by state, open, hand over to the supervisor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.people import Right
from app.domain.states import EDITABLE, DossierState
from app.messages import Messages
from ui.viewmodels.dossier_list import Column, DossierListModel
from ui.viewmodels.entry import TO_ENTER
from ui.widgets.buttons import add_key, make_button
from ui.widgets.choice_list import ChoiceList
from ui.widgets.dossier_table_view import LineTable
from ui.widgets.key_bar import KeyBar

SEARCH_PAUSE_MS = 150
WIDTHS = {Column.SERIAL: 150, Column.STATE: 160, Column.PAGES: 60, Column.DOUBTS: 80, Column.UPDATED: 140}


class DossierListView(QWidget):
    """Shows the list and asks for a dossier to be opened.

    Signals:
        open_asked: dossier_id.
    """

    open_asked = Signal(str)

    def __init__(self, model: DossierListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._messages = model.desk.messages
        self.search_box = QLineEdit()
        self.search_box.setObjectName("search")
        self.search_box.setPlaceholderText(self.tr("Tìm theo số phát hành, tên, địa chỉ (không cần dấu)"))
        self.search_box.setAccessibleName(self.tr("Tìm hồ sơ"))
        self.search_box.setClearButtonEnabled(True)
        self.state_box = _state_box(self._messages, self.tr("Cần nhập"), self.tr("Tất cả"))
        self.state_box.setAccessibleName(self.tr("Lọc theo trạng thái"))
        self.table = LineTable("dossiers", self.tr("Danh sách hồ sơ"))
        self.table.show_model(model.table, {int(c): w for c, w in WIDTHS.items()}, Column.HOLDERS)
        self.open_button = make_button("open_dossier", self.tr("Mở hồ sơ"), icon="rail_entry", role="main")
        self.submit_button = make_button("submit", self.tr("Trình duyệt"))
        self.submit_button.setEnabled(False)
        self.discard_button = make_button(
            "discard", self.tr("Bỏ hồ sơ…"), icon="remove", tip=self.tr("Quét nhầm, trùng… (Delete)")
        )
        self.choices = ChoiceList(self)
        self._count = QLabel()
        self._count.setProperty("role", "quiet")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Nhập hồ sơ"))
        title.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch(1)
        top.addWidget(self._count)
        bar = QHBoxLayout()
        bar.addWidget(self.search_box, 1)
        bar.addWidget(self.state_box)
        bar.addWidget(self.open_button)
        bar.addWidget(self.discard_button)
        bar.addWidget(self.submit_button)
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 10, 14, 8)
        inner.setSpacing(8)
        inner.addLayout(top)
        inner.addLayout(bar)
        inner.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inner, 1)
        layout.addWidget(
            KeyBar(
                [
                    ("Enter", self.tr("mở")),
                    ("Ctrl+F", self.tr("tìm")),
                    ("Ctrl+Enter", self.tr("trình duyệt các hồ sơ đã nhập xong")),
                    ("Delete", self.tr("bỏ hồ sơ")),
                    ("Ctrl+N", self.tr("hồ sơ mới")),
                    ("Ctrl+1…4", self.tr("đổi màn hình")),
                ]
            )
        )

    def _connect(self) -> None:
        self.search_box.textChanged.connect(self._pause.start)
        self.search_box.returnPressed.connect(self._from_search)
        self.state_box.currentIndexChanged.connect(self._search)
        self._pause.timeout.connect(self._search)
        self.table.opened.connect(self._open_row)
        self.open_button.clicked.connect(lambda: self._open_row(self.table.current_row))
        self.submit_button.clicked.connect(self._model.submit_entered)
        self.discard_button.clicked.connect(self._ask_why_discarded)
        add_key(self, "discard_key", "Delete", self._ask_why_discarded)
        add_key(self, "submit_key", "Ctrl+Return Ctrl+Enter", self._submit)
        add_key(self, "search_key", "Ctrl+F", self.search_box.setFocus)
        self._model.counted.connect(self._show_counts)
        self._model.shown.connect(self._select_first)

    def refresh(self) -> None:
        """Read the list again."""
        self._search()

    def _search(self) -> None:
        self._pause.stop()
        self._model.search(self.search_box.text(), self.state_box.currentData())

    def _from_search(self) -> None:
        self._search()
        self.table.setFocus()

    def _select_first(self) -> None:
        if self._model.table.rowCount():
            self.table.go_to_row(0)
        self.open_button.setEnabled(self._model.table.rowCount() > 0)

    def _open_row(self, row: int) -> None:
        head = self._model.table.head_at(row)
        if head is not None:
            self.open_asked.emit(head.dossier_id)

    def _submit(self) -> None:
        if self.submit_button.isEnabled():
            self._model.submit_entered()

    def _ask_why_discarded(self) -> None:
        head = self._model.table.head_at(self.table.current_row)
        if head is None or self.search_box.hasFocus():
            return
        if head.state not in EDITABLE:
            self._model.said.emit(self.tr("Hồ sơ ở trạng thái này không bỏ được."))
            return
        reasons = (
            self.tr("Quét nhầm"),
            self.tr("Trùng với hồ sơ khác"),
            self.tr("Trang hỏng, đã quét lại"),
            self.tr("Không thuộc xã, phường này"),
        )
        self.choices.ask(
            self.discard_button,
            self.tr("Bỏ hồ sơ vì"),
            [(why, why) for why in reasons],
            partial(self._discard, head.dossier_id),
        )

    def _discard(self, dossier_id: str, why: object) -> None:
        self._model.discard(dossier_id, str(why))

    def _show_counts(self, counts: dict[DossierState, int]) -> None:
        entered = counts.get(DossierState.ENTERED, 0)
        may = self._model.desk.person.may(Right.SUBMIT)
        self.submit_button.setEnabled(entered > 0 and may)
        self.submit_button.setText(
            self.tr("Trình duyệt ({n})").format(n=entered) if entered else self.tr("Trình duyệt")
        )
        self._count.setText(
            self.tr("{todo} cần nhập · {all} hồ sơ trong kho").format(
                todo=sum(counts.get(state, 0) for state in TO_ENTER), all=sum(counts.values())
            )
        )


def _state_box(messages: Messages, to_enter: str, everything: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName("state_filter")
    box.addItem(to_enter, (*TO_ENTER, DossierState.ENTERED))
    box.addItem(everything, ())
    for state in DossierState:
        box.addItem(messages.word("states", state), (state,))
    return box
