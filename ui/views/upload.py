"""The upload station: what waits, what goes, what came back, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from app.domain.people import Right
from app.domain.states import FOR_A_PERSON, ON_THE_WAY
from ui.viewmodels.upload import SENT, SendingNow, UploadLine, UploadModel
from ui.viewmodels.upload_table import Column, UploadTable
from ui.widgets.buttons import add_key, make_button
from ui.widgets.dossier_table_view import LineTable
from ui.widgets.key_bar import KeyBar

WIDTHS = {Column.SERIAL: 120, Column.HOLDERS: 190, Column.STATE: 150, Column.TRIES: 62}


class UploadView(QWidget):
    """Shows the outbox and the worklist.

    Signals:
        correction_asked: dossier_id the server did not accept.
        open_asked: dossier_id that is already being corrected.
    """

    correction_asked = Signal(str)
    open_asked = Signal(str)

    def __init__(self, model: UploadModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("upload_view")
        self._model = model
        self._is_enrolled = False
        self._may_enrol = model.desk.person.may(Right.MANAGE)
        self.table_model = UploadTable(model.desk.messages, self)
        self.table = LineTable("outbox", self.tr("Hàng gửi và kết quả"))
        self.table.show_model(self.table_model, {int(c): w for c, w in WIDTHS.items()}, Column.NOTE)
        self._build_bar()
        self._build_enrolment()
        self._build_progress()
        self._lay_out()
        self._connect()
        self._show_busy(is_busy=False)

    # ------------------------------------------------------------ building

    def _build_bar(self) -> None:
        self.send_button = make_button("send", self.tr("Gửi (F5)"), icon="", role="main")
        self.pause_button = make_button("pause", self.tr("Tạm dừng"), icon="pause")
        self.fetch_button = make_button("fetch_results", self.tr("Lấy kết quả (F6)"), icon="refresh")
        self.open_button = make_button("open_result", self.tr("Mở để sửa"), icon="file")
        self.note = QLabel()
        self.note.setObjectName("upload_note")
        self.note.setWordWrap(True)
        self.counts = QLabel()
        self.counts.setObjectName("upload_counts")
        self.counts.setProperty("role", "quiet")

    def _build_enrolment(self) -> None:
        self.enrolment = QFrame()
        self.enrolment.setObjectName("enrolment")
        self.enrolment.setProperty("panel", True)
        self.url = QLineEdit()
        self.url.setObjectName("server_url")
        self.url.setAccessibleName(self.tr("Địa chỉ máy chủ"))
        self.url.setPlaceholderText("https://…")
        self.code = QLineEdit()
        self.code.setObjectName("enrol_code")
        self.code.setAccessibleName(self.tr("Mã ghi nhận máy"))
        self.code.setPlaceholderText(self.tr("mã một lần do tỉnh cấp"))
        self.enrol_button = make_button("enrol", self.tr("Ghi nhận máy này"), role="main")
        heading = QLabel(self.tr("Máy này chưa được máy chủ ghi nhận"))
        heading.setProperty("role", "heading")
        self._not_allowed = QLabel(self.tr("Người duyệt hoặc quản trị mới ghi nhận máy được."))
        self._not_allowed.setProperty("role", "quiet")
        row = QHBoxLayout()
        for label, line in ((self.tr("Địa chỉ máy chủ"), self.url), (self.tr("Mã"), self.code)):
            words = QLabel(label)
            words.setBuddy(line)
            row.addWidget(words)
            row.addWidget(line, 1)
        row.addWidget(self.enrol_button)
        layout = QVBoxLayout(self.enrolment)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.addWidget(heading)
        layout.addWidget(self._not_allowed)
        layout.addLayout(row)
        self.enrolment.hide()

    def _build_progress(self) -> None:
        self.progress = QProgressBar()
        self.progress.setObjectName("upload_progress")
        self.progress.setRange(0, 1000)
        self.progress_words = QLabel()
        self.progress_words.setObjectName("upload_progress_words")

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Gửi hồ sơ"))
        title.setProperty("role", "title")
        bar = QHBoxLayout()
        bar.addWidget(title)
        bar.addStretch(1)
        for widget in (self.open_button, self.fetch_button, self.pause_button, self.send_button):
            bar.addWidget(widget)
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 10, 14, 8)
        inner.setSpacing(8)
        inner.addLayout(bar)
        inner.addWidget(self.counts)
        inner.addWidget(self.enrolment)
        inner.addWidget(self.progress_words)
        inner.addWidget(self.progress)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inner, 1)
        layout.addWidget(
            KeyBar(
                [
                    ("F5", self.tr("gửi")),
                    ("Esc", self.tr("tạm dừng")),
                    ("F6", self.tr("lấy kết quả")),
                    ("Enter", self.tr("mở hồ sơ cần sửa")),
                ]
            )
        )

    def _connect(self) -> None:
        model = self._model
        self.send_button.clicked.connect(self._send)
        self.pause_button.clicked.connect(model.pause)
        self.fetch_button.clicked.connect(model.fetch)
        self.open_button.clicked.connect(lambda: self._open(self.table.current_row))
        self.enrol_button.clicked.connect(self._enrol)
        self.url.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self._enrol)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(self._show_choice)
        model.lines_changed.connect(self._show_lines)
        model.enrolled_changed.connect(self._show_enrolled)
        model.busy_changed.connect(lambda is_busy: self._show_busy(is_busy=is_busy))
        model.progressed.connect(self._show_progress)
        add_key(self, "key_send", "F5", self._send)
        add_key(self, "key_fetch", "F6", self._fetch)
        add_key(self, "key_pause", "Esc", model.pause)

    # ------------------------------------------------------------ what the person does

    def arrive(self) -> None:
        """The person came to this station."""
        self._model.refresh()
        self.table.setFocus()

    def _send(self) -> None:
        if self.send_button.isEnabled():
            self._model.send()

    def _fetch(self) -> None:
        if self.fetch_button.isEnabled():
            self._model.fetch()

    def _enrol(self) -> None:
        if self.url.text().strip() and self.code.text().strip():
            self._model.enrol(self.url.text(), self.code.text())
        else:
            self._model.said.emit(self.tr("Hãy điền địa chỉ máy chủ và mã."))

    def _open(self, number: int) -> None:
        line = self.table_model.line_at(number)
        if line is None:
            return
        if line.head.state in FOR_A_PERSON:
            self.correction_asked.emit(line.head.dossier_id)
        else:
            self.open_asked.emit(line.head.dossier_id)

    # ------------------------------------------------------------ what the model says

    def _show_lines(self, lines: list[UploadLine]) -> None:
        row = max(0, self.table.current_row)
        self.table_model.show_lines(lines)
        self.table.go_to_row(min(row, len(lines) - 1))
        states = [line.head.state for line in lines]
        self.counts.setText(
            self.tr("{waiting} chờ gửi · {sent} máy chủ đã nhận · {look} cần người xem").format(
                waiting=sum(state in ON_THE_WAY for state in states),
                sent=sum(state in SENT for state in states),
                look=sum(state in FOR_A_PERSON for state in states),
            )
        )
        self._show_choice()

    def _show_choice(self) -> None:
        line = self.table_model.line_at(self.table.current_row)
        self.open_button.setEnabled(line is not None)
        self.note.setText(self.table_model.note(line) if line else "")
        self.note.setVisible(bool(self.note.text()))

    def _show_enrolled(self, is_enrolled: bool) -> None:
        self._is_enrolled = is_enrolled
        self.enrolment.setVisible(not is_enrolled)
        for line in (self.url, self.code):
            line.setEnabled(self._may_enrol)
        self._not_allowed.setVisible(not self._may_enrol)
        if not is_enrolled and self._may_enrol and self.table.hasFocus():
            self.url.setFocus()
        self._show_busy(is_busy=self._model.is_busy)

    def _show_busy(self, *, is_busy: bool) -> None:
        ready = self._is_enrolled and not is_busy
        self.send_button.setEnabled(ready)
        self.fetch_button.setEnabled(ready)
        self.enrol_button.setEnabled(self._may_enrol and not is_busy)
        self.pause_button.setEnabled(is_busy)
        self.progress.setVisible(is_busy)
        self.progress_words.setVisible(is_busy)
        if is_busy:
            self.progress.setValue(0)
            self.progress_words.setText(self.tr("Đang nối với máy chủ…"))

    def _show_progress(self, now: SendingNow) -> None:
        progress = now.progress
        self.progress.setValue(int(1000 * progress.bytes_done / max(1, progress.bytes_total)))
        left = self.tr("đang ước tính thời gian") if now.seconds_left is None else self._time_left(now.seconds_left)
        self.progress_words.setText(
            self.tr("Trang {done}/{total} · {mb_done} / {mb_total} MB · {left}").format(
                done=progress.pages_done,
                total=progress.pages_total,
                mb_done=_megabytes(progress.bytes_done),
                mb_total=_megabytes(progress.bytes_total),
                left=left,
            )
        )

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("còn dưới 1 phút")
        if seconds < 5400:
            return self.tr("còn khoảng {n} phút").format(n=round(seconds / 60))
        return self.tr("còn khoảng {n} giờ").format(n=round(seconds / 3600))


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}".replace(".", ",")
