"""The main window: opening, signing in, going round, and leaving at any moment."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from app import bootstrap
from app.domain.people import Role
from app.domain.states import DossierState
from app.errors import AuthError, StoreError
from tests.gui.keys import type_text
from tests.gui.office import PASSWORD, Misread
from tests.gui.stage import Stage
from ui.main_window import MainWindow
from ui.viewmodels.sign_in import SignInModel

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_wrong_password_is_told_and_the_right_one_lets_in_by_enter(stage):
    type_text(stage.line("login"), "canbo")
    stage.bot.keyClick(stage.line("login"), KEY.Key_Return)
    assert stage.line("password").hasFocus()
    type_text(stage.line("password"), "không phải")
    stage.bot.keyClick(stage.line("password"), KEY.Key_Return)
    error = stage.find(QLabel, "sign_in_error")
    stage.bot.waitUntil(lambda: bool(error.text()), timeout=5000)
    assert stage.window.workplace is None
    stage.line("password").clear()
    stage.bot.waitUntil(stage.find(QPushButton, "sign_in").isEnabled, timeout=5000)
    stage.sign_in("canbo")
    assert stage.place.desk.person.login == "canbo"
    assert stage.find(QLabel, "person_name").text() == "Lê Văn Cán"


def test_after_wrong_passwords_the_window_counts_the_seconds_and_stays_awake(stage):
    for _ in range(2):
        with pytest.raises(AuthError):
            stage.services.people.sign_in("canbo", "không phải")
        stage.bot.waitUntil(lambda: _may_try(stage.services.people), timeout=5000)
    type_text(stage.line("login"), "canbo")
    type_text(stage.line("password"), "không phải")
    stage.bot.keyClick(stage.line("password"), KEY.Key_Return)
    wait, button = stage.find(QLabel, "sign_in_wait"), stage.find(QPushButton, "sign_in")
    stage.bot.waitUntil(wait.isVisible, timeout=5000)
    assert "4 giây" in wait.text()
    assert not button.isEnabled()
    stage.line("password").clear()
    type_text(stage.line("password"), PASSWORD)
    stage.bot.keyClick(stage.line("password"), KEY.Key_Return)
    assert stage.tasks.pending == 0
    stage.bot.waitUntil(lambda: "2 giây" in wait.text(), timeout=5000)
    again = SignInModel(stage.services, stage.tasks)  # the program was started anew: the store remembers
    with stage.bot.waitSignal(again.wait_changed, timeout=5000) as told:
        again.sign_in("canbo", PASSWORD)
    assert 0 < told.args[0] <= 4
    again.forget_wait()
    stage.bot.waitUntil(button.isEnabled, timeout=8000)
    assert not wait.isVisible()
    with stage.bot.waitSignal(stage.window.started, timeout=8000):
        stage.bot.keyClick(stage.line("password"), KEY.Key_Return)
    stage.settle()


def _may_try(people) -> bool:
    with people._store.read() as reader:
        try:
            people._check_wait(reader, "canbo")
        except AuthError:
            return False
    return True


def test_the_wait_of_one_login_does_not_stop_another(stage):
    type_text(stage.line("login"), "canbo")
    type_text(stage.line("password"), "không phải")
    stage.bot.keyClick(stage.line("password"), KEY.Key_Return)
    stage.bot.waitUntil(stage.find(QLabel, "sign_in_wait").isVisible, timeout=5000)
    stage.line("password").clear()
    stage.sign_in("duyet")
    assert stage.place.desk.person.login == "duyet"


def test_a_first_password_is_typed_twice_and_an_eye_shows_it(qtbot, tasks, look, tmp_path, office):
    services = bootstrap.open_services(tmp_path / "new")
    try:
        new = Stage(qtbot, dataclasses.replace(office, services=services), tasks, look, QSize(1366, 768))
        for who in ("supervisor", "officer"):
            type_text(new.line(f"{who}_login"), f"{who}2")
            type_text(new.line(f"{who}_password"), PASSWORD)
            type_text(new.line(f"{who}_password_again"), PASSWORD if who == "supervisor" else "mat-khau-99")
        new.click("create_people")
        error = new.find(QLabel, "first_people_error")
        qtbot.waitUntil(lambda: bool(error.text()), timeout=5000)
        assert "không giống nhau" in error.text()
        assert services.people.people() == []
        again = new.line("officer_password_again")
        assert again.hasFocus()
        password = new.line("officer_password")
        assert again.echoMode() == password.echoMode() == QLineEdit.EchoMode.Password
        _eye(again).trigger()
        assert again.echoMode() == password.echoMode() == QLineEdit.EchoMode.Normal
        _eye(password).trigger()
        assert again.echoMode() == QLineEdit.EchoMode.Password
        again.clear()
        type_text(again, PASSWORD)
        with qtbot.waitSignal(new.window.started, timeout=8000):
            qtbot.keyClick(again, KEY.Key_Return)
        new.settle()
        assert new.place.desk.person.login == "officer2"
        new.window.close()
        assert tasks.shut_down()
    finally:
        services.close()


def _eye(line: QLineEdit) -> QAction:
    """The action in a password's line that shows it."""
    eye = line.findChild(QAction, f"{line.objectName()}_eye")
    assert eye is not None
    return eye


def test_a_new_store_asks_for_an_officer_and_a_supervisor(qtbot, tasks, look, tmp_path, office):
    services = bootstrap.open_services(tmp_path / "new")
    try:
        new = Stage(qtbot, dataclasses.replace(office, services=services), tasks, look, QSize(1366, 768))
        for who, login in (("supervisor", "duyet2"), ("officer", "canbo2")):
            type_text(new.line(f"{who}_name"), "Trần Thị Thử")
            type_text(new.line(f"{who}_login"), login)
        new.click("create_people")
        assert new.find(QLabel, "first_people_error").text()
        for who in ("supervisor", "officer"):
            type_text(new.line(f"{who}_password"), PASSWORD)
            type_text(new.line(f"{who}_password_again"), PASSWORD)
        commune = new.find(QComboBox, "commune")
        commune.setFocus()
        commune.setCurrentIndex(commune.findData("07264"))
        with qtbot.waitSignal(new.window.started, timeout=8000):
            new.click("create_people")
        new.settle()
        assert services.upkeep.get("commune_code") == "07264"
        assert {person.login: person.role for person in services.people.people()} == {
            "duyet2": Role.SUPERVISOR,
            "canbo2": Role.OFFICER,
        }
        assert new.place.desk.person.login == "canbo2"
        new.window.close()
        assert tasks.shut_down()
    finally:
        services.close()


def test_a_new_store_may_be_used_as_setup(qtbot, tasks, look, tmp_path, office):
    services = bootstrap.open_services(tmp_path / "new")
    try:
        new = Stage(qtbot, dataclasses.replace(office, services=services), tasks, look, QSize(1366, 768))
        with qtbot.waitSignal(new.window.started, timeout=8000):
            new.click("go_on_as_setup")
        new.settle()
        assert new.place.desk.person.login == "setup"
        new.window.close()
        assert tasks.shut_down()
    finally:
        services.close()


def test_a_store_that_does_not_open_is_told_and_tried_again(qtbot, tasks, look, office):
    answers = [StoreError("store_in_use"), office.services]

    def open_store():
        answer = answers.pop(0)
        if isinstance(answer, StoreError):
            raise answer
        return answer

    window = MainWindow(tasks, open_store, look)
    qtbot.addWidget(window)
    window.show()
    window.open_store()
    qtbot.waitUntil(lambda: window.findChild(QLabel, "opening_error") is not None, timeout=5000)
    with qtbot.waitSignal(window.opened, timeout=5000):
        qtbot.mouseClick(window.findChild(QPushButton, "open_again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tasks.pending == 0)


def test_ctrl_and_a_number_change_the_station(stage):
    stage.sign_in("canbo")
    for key, station in ((KEY.Key_2, "entry"), (KEY.Key_3, "review"), (KEY.Key_4, "upload"), (KEY.Key_1, "scan")):
        stage.press(key, CTRL)
        assert stage.place.station == station
        assert stage.find(QPushButton, f"station_{station}").isChecked()
        stage.settle()


def test_the_rail_counts_what_waits(stage):
    stage.office.take_in()
    stage.office.submitted()
    stage.sign_in("canbo")
    assert stage.find(QLabel, "count_entry").text() == "1"
    assert stage.find(QLabel, "count_review").text() == "1"
    assert not stage.find(QLabel, "count_upload").isVisible()


def test_switching_the_user_saves_the_field_and_asks_for_the_password(stage):
    dossier_id = stage.office.take_in()
    stage.sign_in("canbo")
    _open(stage, dossier_id)
    stage.place.entry.station.go_to("hamlet")
    type_text(stage.place.entry.station.form.editor("hamlet").line, "Thôn Bắc")
    stage.click("switch_user")
    stage.bot.waitUntil(lambda: stage.window.workplace is None)
    stage.settle()
    assert stage.services.entry.open(dossier_id).dossier.hamlet == "Thôn Bắc"
    assert stage.line("password").text() == ""
    stage.sign_in("duyet")
    assert stage.place.desk.person.login == "duyet"


def test_after_a_kill_the_same_dossier_opens_at_the_same_field(stage, qtbot, look):
    dossier_id = stage.office.take_in(("certificate.serial", Misread(value="CV 216841")))
    stage.sign_in("canbo")
    _open(stage, dossier_id)
    stage.place.entry.station.go_to("parcels[0].sheet")
    stage.settle()
    again = Stage(qtbot, stage.office, stage.tasks, look, QSize(1366, 768))  # the first window never got to close
    again.sign_in("canbo")
    again.bot.waitUntil(lambda: again.place.entry_model.dossier is not None, timeout=5000)
    again.settle()
    assert again.place.station == "entry"
    assert again.place.entry_model.dossier_id == dossier_id
    assert again.place.entry.station.form.current_path == "parcels[0].sheet"
    again.window.close()


def test_after_going_back_to_the_list_the_next_start_opens_no_dossier(stage, qtbot, look):
    dossier_id = stage.office.take_in()
    stage.sign_in("canbo")
    _open(stage, dossier_id)
    stage.press(KEY.Key_Escape)
    stage.settle()
    assert stage.place.entry.currentWidget() is stage.place.entry.list
    again = Stage(qtbot, stage.office, stage.tasks, look, QSize(1366, 768))
    again.sign_in("canbo")
    assert again.place.entry_model.dossier is None
    again.window.close()


def test_closing_the_window_saves_what_stands_in_the_field(stage):
    dossier_id = stage.office.take_in()
    stage.sign_in("canbo")
    _open(stage, dossier_id)
    stage.place.entry.station.go_to("hamlet")
    type_text(stage.place.entry.station.form.editor("hamlet").line, "Thôn Nam")
    stage.window.close()
    assert stage.tasks.shut_down()
    assert stage.services.entry.open(dossier_id).dossier.hamlet == "Thôn Nam"


def test_the_language_changes_at_once_and_the_station_stays(stage):
    stage.sign_in("duyet")
    stage.place.go_to("upload")
    before = stage.find(QPushButton, "send").text()
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    stage.settle()
    assert stage.place.station == "upload"
    assert stage.place.desk.messages.language == "en"
    assert stage.find(QPushButton, "send").text() != before
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    stage.settle()
    assert stage.find(QPushButton, "send").text() == before


def test_the_workplace_of_the_person_before_is_gone_after_the_switch(stage):
    stage.sign_in("canbo")
    gone: list[bool] = []
    stage.place.destroyed.connect(lambda: gone.append(True))
    stage.click("switch_user")
    stage.bot.waitUntil(lambda: bool(gone), timeout=5000)


@pytest.mark.parametrize("search", ["le thi", "cv 216", "DO"])
def test_the_list_is_searched_without_accents_while_typing(stage, search):
    stage.office.take_in(
        ("holders[0].name", Misread(value="LÊ THỊ ĐỖ")), ("certificate.serial", Misread(value="CV 216841"))
    )
    other = stage.services.intake.new_dossier(stage.office.officer)
    stage.sign_in("canbo")
    stage.press(KEY.Key_2, CTRL)
    stage.settle()
    model = stage.place.list_model
    assert model.table.rowCount() == 2
    with stage.bot.waitSignal(model.shown, timeout=5000):
        type_text(stage.line("search"), search)
    stage.settle()
    assert model.table.rowCount() == 1
    assert model.table.row_of(other) == -1


def test_the_list_grows_by_pages_as_it_is_scrolled(stage, monkeypatch):
    monkeypatch.setattr("ui.viewmodels.dossier_list.PAGE_ROWS", 3)
    for _ in range(8):
        stage.services.intake.new_dossier(stage.office.officer)
    stage.sign_in("canbo")
    stage.press(KEY.Key_2, CTRL)
    stage.settle()
    table = stage.place.list_model.table
    stage.bot.waitUntil(lambda: table.rowCount() == 8, timeout=5000)
    assert len({head.dossier_id for head in table.heads}) == 8


def test_ctrl_enter_hands_what_is_entered_to_the_supervisor(stage):
    dossier_id = stage.office.take_in()
    stage.office.complete(dossier_id)
    stage.sign_in("canbo")
    stage.press(KEY.Key_2, CTRL)
    stage.settle()
    assert stage.find(QPushButton, "submit").isEnabled()
    with stage.bot.waitSignal(stage.place.list_model.work_changed, timeout=5000):
        stage.press(KEY.Key_Return, CTRL)
    stage.settle()
    (batch,) = stage.services.review.batches()
    assert batch.dossier_count == 1
    assert stage.find(QLabel, "count_review").text() == "1"


def test_a_dossier_scanned_by_mistake_is_put_aside_with_a_reason_and_no_dialog(stage):
    dossier_id = stage.office.take_in()
    stage.sign_in("canbo")
    stage.press(KEY.Key_2, CTRL)
    stage.settle()
    stage.press(KEY.Key_Delete)
    assert stage.place.entry.list.choices.isVisible()
    stage.press(KEY.Key_1)
    stage.settle()
    head = stage.services.entry.open(dossier_id).head
    assert head.state is DossierState.DISCARDED
    assert head.reason == "Quét nhầm"
    assert stage.place.list_model.table.rowCount() == 0


def _open(stage: Stage, dossier_id: str) -> None:
    stage.place.go_to("entry")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id)
    stage.settle()
