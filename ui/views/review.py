"""The review station: batches, the riskiest dossier first, the paper beside each value, and the decision."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.queue import BatchHead
from app.domain.states import DossierState
from app.domain.text import tidy
from ui.viewmodels.dossier_list import show_instant
from ui.viewmodels.review import ReviewModel
from ui.viewmodels.review_table import Column, ReviewTable
from ui.views.form_view import panel_frame
from ui.widgets.buttons import add_key, make_button
from ui.widgets.dossier_table_view import LineTable
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_bar import KeyBar
from ui.widgets.page_panel import PagePanel
from ui.widgets.row_words import RowWords
from ui.widgets.snippet import Snippet

LIST_PX = 186


class ReviewView(QWidget):
    """Shows a batch to whoever answers for it."""

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review_view")
        self._model = model
        self._warned_of = ""
        self._messages = model.desk.messages
        self._words = RowWords(self._messages, self)
        self.values_model = ReviewTable(self._words, self)
        self.pages = PagePanel(model.desk.images, self._messages, short_tabs=True)
        self.pages.canvas.setObjectName("review_canvas")
        self._build_lists()
        self._build_values()
        self._build_buttons()
        self._build_return()
        self._lay_out()
        self._connect()
        self._show_dossier()

    # ------------------------------------------------------------ building

    def _build_lists(self) -> None:
        self.batches = QComboBox()
        self.batches.setObjectName("batches")
        self.batches.setAccessibleName(self.tr("Tập hồ sơ"))
        self.batches.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.dossiers = QListWidget()
        self.dossiers.setObjectName("batch_dossiers")
        self.dossiers.setAccessibleName(self.tr("Hồ sơ trong đợt, rủi ro cao trước"))
        self.dossiers.setWordWrap(True)

    def _build_values(self) -> None:
        self.title = ElidedLabel()
        self.title.setObjectName("review_title")
        self.title.setProperty("role", "heading")
        self.state = QLabel()
        self.state.setObjectName("review_state")
        self.state.setProperty("role", "quiet")
        self.snippet = Snippet()
        self.snippet.setObjectName("review_snippet")
        self.about = QLabel()
        self.about.setObjectName("value_about")
        self.about.setWordWrap(True)
        self.about.setMinimumHeight(36)
        self.about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.values = LineTable("values", self.tr("Các giá trị của hồ sơ"))
        self.values.show_model(self.values_model, {int(Column.FIELD): 172, int(Column.READ): 140}, Column.VALUE)

    def _build_buttons(self) -> None:
        self.approve_button = make_button("approve", self.tr("Duyệt (A)"), role="main")
        self.return_button = make_button("return", self.tr("Trả lại (R)"))
        self.recall_button = make_button("recall", self.tr("Bỏ duyệt"))
        self.next_button = make_button("review_next", self.tr("Tiếp (N)"), icon="right")
        self.clean_button = make_button(
            "approve_clean", self.tr("Duyệt nhanh"), tip=self.tr("Duyệt mọi hồ sơ không có điểm nghi ngờ")
        )
        self.seal_button = make_button(
            "seal", self.tr("Khóa, vào hàng gửi"), role="main", tip=self.tr("Khóa đợt và đưa vào hàng gửi")
        )
        for button in (self.approve_button, self.return_button, self.recall_button, self.next_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _build_return(self) -> None:
        self.return_panel = QFrame()
        self.return_panel.setObjectName("return_panel")
        self.return_panel.setProperty("tone", "returned")
        self.return_field = QLabel()
        self.return_field.setObjectName("return_field")
        self.return_field.setWordWrap(True)
        self.return_why = QLineEdit()
        self.return_why.setObjectName("return_why")
        self.return_why.setAccessibleName(self.tr("Lý do trả lại"))
        self.return_why.setPlaceholderText(self.tr("Lý do, Enter để ghi; Ctrl+Enter để trả hồ sơ"))
        self.return_now = make_button("return_now", self.tr("Trả hồ sơ"), role="main")
        row = QHBoxLayout()
        row.addWidget(self.return_why, 1)
        row.addWidget(self.return_now)
        layout = QVBoxLayout(self.return_panel)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.return_field)
        layout.addLayout(row)
        self.return_panel.hide()

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(LIST_PX)
        lists = QVBoxLayout(left)
        lists.setContentsMargins(6, 6, 6, 6)
        lists.setSpacing(6)
        lists.addWidget(self.batches)
        lists.addWidget(self.dossiers, 1)
        lists.addWidget(self.clean_button)
        lists.addWidget(self.seal_button)
        right = QWidget()
        right.setMinimumWidth(400)
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state)
        column.addLayout(head)
        column.addWidget(self.snippet)
        column.addWidget(self.about)
        column.addWidget(self.values, 1)
        column.addWidget(self.return_panel)
        buttons = QHBoxLayout()
        buttons.addWidget(self.return_button)
        buttons.addWidget(self.recall_button)
        buttons.addStretch(1)
        buttons.addWidget(self.next_button)
        buttons.addWidget(self.approve_button)
        column.addLayout(buttons)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(panel_frame(self.pages))
        splitter.addWidget(panel_frame(right))
        splitter.setStretchFactor(0, 8)
        splitter.setStretchFactor(1, 9)
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(6)
        row.addWidget(panel_frame(left))
        row.addWidget(splitter, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row, 1)
        layout.addWidget(self._key_bar())

    def _key_bar(self) -> KeyBar:
        return KeyBar(
            [
                ("A / Enter", self.tr("duyệt")),
                ("R", self.tr("trả lại với lý do")),
                ("N", self.tr("hồ sơ kế")),
                ("↑ ↓", self.tr("từng giá trị")),
                ("F2", self.tr("cả trang")),
                ("PageUp/Down", self.tr("trang")),
                ("Ctrl+Shift+A", self.tr("duyệt hồ sơ không nghi ngờ")),
                ("Ctrl+Enter", self.tr("khóa và đưa vào hàng gửi")),
            ]
        )

    def _connect(self) -> None:
        model, canvas = self._model, self.pages.canvas
        model.batches_changed.connect(self._show_batches)
        model.dossiers_changed.connect(self._show_dossiers)
        model.opened.connect(self._show_dossier)
        model.reasons_changed.connect(self._show_reasons)
        self.batches.activated.connect(lambda _i: model.choose_batch(self.batches.currentData()))
        self.dossiers.itemClicked.connect(self._open_item)
        self.dossiers.itemActivated.connect(self._open_item)
        self.values.selectionModel().currentRowChanged.connect(self._show_value)
        self.values.opened.connect(lambda _row: self._approve())
        self.approve_button.clicked.connect(self._approve)
        self.return_button.clicked.connect(self._ask_reason)
        self.recall_button.clicked.connect(model.recall)
        self.next_button.clicked.connect(model.open_next)
        self.clean_button.clicked.connect(model.approve_clean)
        self.seal_button.clicked.connect(model.seal)
        self.return_why.returnPressed.connect(self._take_reason)
        self.return_now.clicked.connect(self._return)
        for name, keys, act in (
            ("key_approve", "A", self._approve),
            ("key_return", "R", self._ask_reason),
            ("key_next", "N", model.open_next),
            ("key_clean", "Ctrl+Shift+A", self._approve_clean),
            ("key_seal", "Ctrl+Return Ctrl+Enter", self._seal_or_return),
            ("key_whole_page", "F2", canvas.toggle_whole_page),
            ("key_zoom_in", "Ctrl++ Ctrl+=", canvas.zoom_in),
            ("key_zoom_out", "Ctrl+-", canvas.zoom_out),
            ("key_page_down", "PgDown", lambda: self.pages.turn(1)),
            ("key_page_up", "PgUp", lambda: self.pages.turn(-1)),
            ("key_give_up", "Esc", self._give_up_return),
        ):
            add_key(self, name, keys, act)

    # ------------------------------------------------------------ what the person does

    def arrive(self) -> None:
        """The person came to this station."""
        self._model.refresh()
        self.values.setFocus()

    def _open_item(self, item: QListWidgetItem) -> None:
        self._model.open(str(item.data(Qt.ItemDataRole.UserRole)))

    def _approve(self) -> None:
        """Approve; while values are in doubt only when asked twice."""
        opened = self._model.dossier
        if opened is None or not self.approve_button.isEnabled():
            return
        head = opened.head
        if head.doubts and self._warned_of != head.dossier_id:
            self._warned_of = head.dossier_id
            words = self.tr("Còn {n} giá trị cần xem. Bấm lần nữa để vẫn duyệt, hoặc R để trả lại.")
            self._model.said.emit(words.format(n=head.doubts))
            return
        self._model.approve()

    def _approve_clean(self) -> None:
        if self.clean_button.isEnabled():
            self._model.approve_clean()

    def _seal_or_return(self) -> None:
        if self.return_panel.isVisible():
            self._return()
        elif self.seal_button.isEnabled():
            self._model.seal()

    def _ask_reason(self) -> None:
        row = self.values_model.row_at(self.values.current_row)
        if row is None or not self.return_button.isEnabled():
            return
        self.return_field.setText(self.tr("Trả lại vì ô: {field}").format(field=self._words.label(row.path)))
        self.return_why.setText(self._model.reasons.get(row.path, ""))
        self.return_panel.show()
        self.return_why.setFocus()

    def _take_reason(self) -> None:
        row = self.values_model.row_at(self.values.current_row)
        if row is not None:
            self._model.add_reason(row.path, tidy(self.return_why.text()))
            self.values.setFocus()

    def _return(self) -> None:
        if self.return_why.hasFocus() and tidy(self.return_why.text()):
            self._take_reason()
        self._model.return_dossier()

    def _give_up_return(self) -> None:
        self.return_panel.hide()
        self.values.setFocus()

    # ------------------------------------------------------------ what the model says

    def _show_batches(self, batches: list[BatchHead]) -> None:
        self.batches.clear()
        for batch in batches:
            at = show_instant(batch.submitted_at or batch.created_at)
            short = f"{at[:5]} {at[-5:]}"
            words = self.tr("{at} · {n} hồ sơ").format(at=short, n=batch.dossier_count)
            self.batches.addItem(words, batch.batch_id)
            self.batches.setItemData(self.batches.count() - 1, at, Qt.ItemDataRole.ToolTipRole)
        self.batches.setCurrentIndex(self.batches.findData(self._model.batch_id))
        if not batches:
            self.batches.addItem(self.tr("(chưa có đợt nào)"), "")

    def _show_dossiers(self) -> None:
        self.dossiers.clear()
        for head in self._model.heads:
            doubts = self.tr("{n} cần xem").format(n=head.doubts) if head.doubts else ""
            state = self._messages.word("states", head.state)
            lines = [head.serial or self.tr("(chưa có số)"), " · ".join(t for t in (state, doubts) if t)]
            item = QListWidgetItem("\n".join(lines))
            item.setToolTip(head.holder_names)
            item.setData(Qt.ItemDataRole.UserRole, head.dossier_id)
            self.dossiers.addItem(item)
        self._mark_shown()
        has_batch = bool(self._model.heads) and self._model.may_review
        clean = sum(h.state is DossierState.SUBMITTED and not h.doubts for h in self._model.heads)
        self.clean_button.setEnabled(has_batch and clean > 0)
        self.clean_button.setText(self.tr("Duyệt nhanh ({n})").format(n=clean) if clean else self.tr("Duyệt nhanh"))
        self.seal_button.setEnabled(has_batch and self._model.left == 0)

    def _mark_shown(self) -> None:
        shown = self._model.dossier.head.dossier_id if self._model.dossier else ""
        for number in range(self.dossiers.count()):
            if self.dossiers.item(number).data(Qt.ItemDataRole.UserRole) == shown:
                self.dossiers.setCurrentRow(number)

    def _show_dossier(self) -> None:
        opened = self._model.dossier
        self.return_panel.hide()
        self.values_model.show_rows(self._model.rows, self._model.reasons)
        self.pages.setVisible(opened is not None)
        self.pages.show_pages(opened.dossier.pages if opened else (), opened.unread_pages if opened else ())
        state = opened.head.state if opened else None
        deciding = self._model.may_review and state is DossierState.SUBMITTED
        self.approve_button.setEnabled(deciding)
        self.return_button.setEnabled(deciding)
        self.recall_button.setVisible(self._model.may_review and state is DossierState.APPROVED)
        self.next_button.setEnabled(opened is not None)
        if opened is None:
            self.title.setText(self.tr("Chưa có hồ sơ nào chờ duyệt"))
            self.state.setText("")
            self.about.setText("")
            self.snippet.show_part(None, None)
            return
        self.title.setText(" · ".join(t for t in (opened.head.serial, opened.head.holder_names) if t))
        self.state.setText(self._messages.word("states", opened.head.state))
        self._mark_shown()
        self.values.go_to_row(0)
        self._show_value()
        if not self.dossiers.hasFocus():
            self.values.setFocus()

    def _show_value(self) -> None:
        row = self.values_model.row_at(self.values.current_row)
        if row is None:
            return
        self.pages.show_field(row.field, self.snippet)
        about = f"<b>{escape(self._words.label(row.path))}</b>: {escape(self._words.row(row))}"
        if row.field is not None:
            about += f" · {show_instant(row.field.set_at)}"
        self.about.setText(about)

    def _show_reasons(self) -> None:
        self.values_model.show_reasons(self._model.reasons)
        count = len(self._model.reasons)
        self.return_now.setText(self.tr("Trả hồ sơ ({n})").format(n=count) if count else self.tr("Trả hồ sơ"))
