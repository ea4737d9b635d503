"""Signing in with login and password; on a new store, making the first people."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.people import Role
from app.domain.text import tidy, to_nfc
from app.messages import ErrorText
from app.services.people import LEAST_PASSWORD
from ui import theme
from ui.viewmodels.sign_in import NewPerson, SignInModel
from ui.widgets.buttons import make_button
from ui.widgets.password_line import PasswordLine


class SignInView(QWidget):
    """The first page a person sees."""

    def __init__(self, model: SignInModel, login: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("signin_page")
        self._model = model
        self._card = _SignInCard(login)
        self._first = _FirstPeopleCard(model.communes())
        self._stack = QStackedWidget()
        self._pages = {card: _in_the_middle(card) for card in (self._card, self._first)}
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    def _connect(self) -> None:
        card, first, model = self._card, self._first, self._model
        card.password.returnPressed.connect(self._sign_in)
        card.login.returnPressed.connect(card.password.setFocus)
        card.login.textEdited.connect(model.forget_wait)
        card.button.clicked.connect(self._sign_in)
        for line, following in itertools.pairwise(first.lines):
            line.returnPressed.connect(following.setFocus)
        first.lines[-1].returnPressed.connect(self._create)
        first.create_button.clicked.connect(self._create)
        first.later_button.clicked.connect(model.go_on_as_setup)
        model.people_known.connect(self._show_people)
        model.failed.connect(self._show_problem)
        model.busy_changed.connect(self._show_busy)
        model.wait_changed.connect(card.show_wait)

    def _sign_in(self) -> None:
        if self._model.wait_s:
            return
        self._card.error.setText("")
        self._model.sign_in(self._card.login.text(), self._card.password.text())

    def _create(self) -> None:
        self._first.error.setText("")
        supervisor, officer = self._first.supervisor.person(), self._first.officer.person()
        needed = [line for box in (self._first.supervisor, self._first.officer) for line in box.lines[1:]]
        empty = next((line for line in needed if not line.text().strip()), None)
        if empty is not None:
            self._first.error.setText(self.tr("Hãy điền đủ tên đăng nhập và mật khẩu (gõ hai lần) của cả hai người."))
            empty.setFocus()
            return
        self._model.add_first_people(supervisor, officer, self._first.commune.currentData())

    def _show_people(self, has_people: bool) -> None:
        self._stack.setCurrentWidget(self._pages[self._card if has_people else self._first])
        if has_people:
            (self._card.password if self._card.login.text() else self._card.login).setFocus()
        else:
            self._first.supervisor.full_name.setFocus()

    def _show_problem(self, problem: ErrorText) -> None:
        self._card.error.setText(problem.line)
        self._first.error.setText(problem.line)
        self._card.password.selectAll()
        if self._card.isVisible():
            self._card.password.setFocus()
        else:
            first = self._first
            asked = (box.line_to_mend for box in (first.supervisor, first.officer))
            next((line for line in asked if line is not None), first.lines[1]).setFocus()

    def _show_busy(self, is_busy: bool) -> None:
        for button in (self._first.create_button, self._first.later_button):
            button.setDisabled(is_busy)
        self._card.button.setDisabled(is_busy or self._model.wait_s > 0)


class _SignInCard(QFrame):
    """Login and password."""

    def __init__(self, login: str) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.setFixedWidth(420)
        self.login = _line("login", self.tr("Tên đăng nhập"))
        self.login.setText(login)
        self.password = PasswordLine("password", self.tr("Mật khẩu"))
        self.button = make_button("sign_in", self.tr("Đăng nhập"), role="main")
        self.error = _error_label("sign_in_error")
        self.wait = QLabel()
        self.wait.setObjectName("sign_in_wait")
        self.wait.setWordWrap(True)
        self.wait.hide()
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("Tên đăng nhập"), self.login)
        form.addRow(self.tr("Mật khẩu"), self.password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(30, 24, 30, 26)
        layout.setSpacing(12)
        layout.addLayout(_heading(self.tr("Địa Bạ"), self.tr("Số hóa giấy chứng nhận quyền sử dụng đất")))
        layout.addLayout(form)
        layout.addWidget(self.error)
        layout.addWidget(self.wait)
        layout.addWidget(self.button)

    def show_wait(self, seconds: int) -> None:
        """Say how long the next try has to wait."""
        self.wait.setText(self.tr("Mật khẩu vừa gõ sai. Thử lại được sau {n} giây.").format(n=seconds))
        self.wait.setVisible(seconds > 0)
        self.button.setEnabled(seconds == 0)


class _PersonBox(QFrame):
    """Name, login and password of a new person."""

    def __init__(self, name: str, title: str, what: str, role: Role) -> None:
        super().__init__()
        self._role = role
        self.full_name = _line(f"{name}_name", self.tr("Họ và tên"))
        self.login = _line(f"{name}_login", self.tr("Tên đăng nhập"))
        self.password = PasswordLine(f"{name}_password", self.tr("Mật khẩu"))
        self.password.setPlaceholderText(self.tr("ít nhất 8 ký tự"))
        self.repeated = PasswordLine(f"{name}_password_again", self.tr("Gõ lại mật khẩu"))
        self.password.shown_changed.connect(self.repeated.show_typed)
        self.repeated.shown_changed.connect(self.password.show_typed)
        self.lines = (self.full_name, self.login, self.password, self.repeated)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        text = QLabel(what)
        text.setProperty("role", "quiet")
        text.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self.tr("Họ và tên"), self.full_name)
        form.addRow(self.tr("Tên đăng nhập"), self.login)
        form.addRow(self.tr("Mật khẩu"), self.password)
        form.addRow(self.tr("Gõ lại mật khẩu"), self.repeated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(heading)
        layout.addWidget(text)
        layout.addLayout(form)

    @property
    def line_to_mend(self) -> QLineEdit | None:
        """Where a password is too short, or not the same the second time."""
        if len(to_nfc(self.password.text())) < LEAST_PASSWORD:
            return self.password
        return self.repeated if self.repeated.text() != self.password.text() else None

    def person(self) -> NewPerson:
        """What was typed."""
        login = self.login.text().strip()
        name = tidy(self.full_name.text()) or login
        return NewPerson(
            login=login,
            full_name=name,
            role=self._role,
            password=self.password.text(),
            repeated=self.repeated.text(),
        )


class _FirstPeopleCard(QFrame):
    """The first two people of a new store: nobody approves their own work."""

    def __init__(self, communes: list[tuple[str, str]]) -> None:
        super().__init__()
        self.setProperty("panel", True)
        self.setFixedWidth(780)
        self.commune = QComboBox()
        self.commune.setObjectName("commune")
        self.commune.setAccessibleName(self.tr("Xã, phường"))
        self.commune.addItem(self.tr("(chọn sau)"), "")
        for name, code in communes:
            self.commune.addItem(f"{name} ({code})", code)
        self.supervisor = _PersonBox(
            "supervisor",
            self.tr("Người duyệt"),
            self.tr("Xem lại và duyệt hồ sơ, quản lý người dùng."),
            Role.SUPERVISOR,
        )
        self.officer = _PersonBox(
            "officer", self.tr("Cán bộ nhập"), self.tr("Quét, nhập, trình duyệt và gửi hồ sơ."), Role.OFFICER
        )
        self.create_button = make_button("create_people", self.tr("Tạo hai người dùng và bắt đầu"), role="main")
        self.later_button = make_button("go_on_as_setup", self.tr("Để sau, làm việc với tên “setup”"), role="flat")
        self.error = _error_label("first_people_error")
        self.lines = [line for box in (self.supervisor, self.officer) for line in box.lines]
        place = QHBoxLayout()
        place_label = QLabel(self.tr("Xã, phường của cơ quan"))
        place_label.setBuddy(self.commune)
        place.addWidget(place_label)
        place.addWidget(self.commune, 1)
        boxes = QHBoxLayout()
        boxes.setSpacing(26)
        boxes.addWidget(self.supervisor)
        boxes.addWidget(self.officer)
        buttons = QHBoxLayout()
        buttons.addWidget(self.later_button)
        buttons.addStretch(1)
        buttons.addWidget(self.create_button)
        note = QLabel(self.tr("Người trình hồ sơ không được tự duyệt hồ sơ đó, vì vậy cần ít nhất hai người."))
        note.setProperty("role", "quiet")
        note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(30, 22, 30, 22)
        layout.setSpacing(12)
        layout.addLayout(_heading(self.tr("Kho dữ liệu mới"), self.tr("Tạo những người dùng đầu tiên")))
        layout.addWidget(note)
        layout.addLayout(place)
        layout.addLayout(boxes)
        layout.addWidget(self.error)
        layout.addLayout(buttons)


def _in_the_middle(card: QWidget) -> QWidget:
    page = QWidget()
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    column = QVBoxLayout(page)
    column.addStretch(1)
    column.addLayout(row)
    column.addStretch(2)
    return page


def _line(name: str, words: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    line.setAccessibleName(words)
    return line


def _error_label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("role", "error")
    label.setWordWrap(True)
    return label


def _heading(title: str, subtitle: str) -> QHBoxLayout:
    picture = QLabel()
    picture.setPixmap(theme.icon("logo").pixmap(QSize(44, 44)))
    name = QLabel(title)
    name.setProperty("role", "title")
    what = QLabel(subtitle)
    what.setProperty("role", "quiet")
    what.setWordWrap(True)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(name)
    words.addWidget(what)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return row
