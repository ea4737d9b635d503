"""The upload station: sending with honest progress, pausing, failures in words, and what came back."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton

from app.domain.states import DossierState
from app.errors import TransportError
from app.ports import FormOutcomeKind, FormProblem, ServerResult, UploadProgress, never
from tests.gui.keys import type_text
from ui.viewmodels.upload import SendingNow, UploadModel
from ui.viewmodels.upload_table import Column

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def at_the_upload(stage, login="duyet"):
    stage.sign_in(login)
    stage.press(KEY.Key_4, CTRL)
    stage.settle()
    return stage.place


def note_of(place, row=0) -> str:
    model = place.upload.table_model
    return str(model.data(model.index(row, Column.NOTE)))


def test_a_device_without_a_server_is_enrolled_by_address_and_code(stage):
    stage.office.queued()
    place = at_the_upload(stage)
    assert stage.find(QFrame, "enrolment").isVisible()
    assert not stage.find(QPushButton, "send").isEnabled()
    type_text(stage.line("server_url"), "https://nhan.example")
    type_text(stage.line("enrol_code"), "SAI")
    stage.click("enrol")
    stage.settle()
    assert place.status.property("tone") == "wrong"
    stage.line("enrol_code").clear()
    type_text(stage.line("enrol_code"), "MA-999")
    stage.bot.keyClick(stage.line("enrol_code"), KEY.Key_Return)
    stage.settle()
    assert not stage.find(QFrame, "enrolment").isVisible()
    assert stage.find(QPushButton, "send").isEnabled()


def test_sending_shows_pages_and_bytes_and_the_button_sleeps_meanwhile(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    server.gate.clear()
    place = at_the_upload(stage, "canbo")
    stage.press(KEY.Key_F5)
    words = stage.find(QLabel, "upload_progress_words")
    stage.bot.waitUntil(lambda: "2/4" in words.text(), timeout=5000)
    assert "1,0 / 2,0 MB" in words.text()
    assert stage.find(QProgressBar, "upload_progress").value() == 500
    assert not stage.find(QPushButton, "send").isEnabled()
    server.gate.set()
    stage.settle()
    assert stage.find(QPushButton, "send").isEnabled()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.STORED
    assert server.sent == [dossier_id]
    assert not stage.find(QLabel, "count_upload").isVisible()
    assert "máy chủ nhận 1" in place.status.text


def test_pausing_keeps_the_dossier_in_the_queue_and_says_so(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    server.gate.clear()
    place = at_the_upload(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: "2/4" in stage.find(QLabel, "upload_progress_words").text(), timeout=5000)
    stage.press(KEY.Key_Escape)
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.QUEUED
    assert server.sent == []
    assert place.status.text
    server.gate.set()
    stage.press(KEY.Key_F5)
    stage.settle()
    assert server.sent == [dossier_id]


def test_fetching_results_can_be_stopped_and_says_so(stage):
    stage.office.queued()
    server = stage.office.server
    server.known = True
    server.gate.clear()
    place = at_the_upload(stage)
    stage.press(KEY.Key_F6)
    assert place.upload_model.is_busy
    stage.press(KEY.Key_Escape)
    stage.settle()
    assert not place.upload_model.is_busy
    assert place.status.property("tone") == "plain"
    assert "những gì đã lấy về vẫn giữ" in place.status.text


def test_a_failed_line_is_told_with_what_to_do(stage):
    stage.office.queued()
    stage.office.server.known = True
    stage.office.server.error = TransportError("server_unreachable", forms_sent=False)
    place = at_the_upload(stage)
    stage.press(KEY.Key_F5)
    stage.settle()
    words = place.desk.messages.error_code("server_unreachable")
    assert words.next_step
    assert words.next_step in note_of(place)
    assert place.status.property("tone") == "wrong"


def test_after_a_failed_line_the_sending_goes_on_by_itself_until_it_is_paused(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    server.error = TransportError("server_unreachable", forms_sent=False)
    place = at_the_upload(stage)
    timer = place.upload_model.resume_timer
    assert not timer.isActive()
    stage.press(KEY.Key_F5)
    stage.settle()
    assert timer.isActive()
    stage.press(KEY.Key_Escape)
    assert not timer.isActive()
    stage.press(KEY.Key_F5)
    stage.settle()
    server.error = None
    timer.setInterval(50)
    stage.bot.waitUntil(lambda: server.sent == [dossier_id], timeout=60_000)
    stage.settle()
    assert not timer.isActive()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.STORED


def test_a_refusal_shows_the_servers_sentence_and_opens_at_the_field(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    server.kind = FormOutcomeKind.REFUSED
    server.problems = (FormProblem(path="parcels[0].sheet", code="unknown_sheet", message="Không có tờ bản đồ này."),)
    place = at_the_upload(stage, "canbo")
    stage.press(KEY.Key_F5)
    stage.settle()
    assert "Không có tờ bản đồ này." in note_of(place)
    with stage.bot.waitSignal(place.entry_model.opened, timeout=5000):
        stage.press(KEY.Key_Return)
    stage.settle()
    assert place.station == "entry"
    assert place.entry_model.dossier.head.state is DossierState.RETURNED
    assert place.entry_model.dossier_id == dossier_id
    assert place.entry.station.form.current_path == "parcels[0].sheet"


def test_results_become_a_worklist_and_a_wrong_one_opens_at_its_field(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    place = at_the_upload(stage, "canbo")
    stage.press(KEY.Key_F5)
    stage.settle()
    server.posted.append(
        ServerResult(
            dossier_id=dossier_id,
            revision=1,
            at="2026-11-22T00:00:00Z",
            result="wrong_info",
            path="holders[0].born",
            message="Năm sinh không khớp cơ sở dữ liệu dân cư.",
        )
    )
    stage.press(KEY.Key_F6)
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.WRONG_INFO
    assert "Năm sinh không khớp" in note_of(place)
    assert stage.find(QLabel, "count_upload").text() == "1"
    with stage.bot.waitSignal(place.entry_model.opened, timeout=5000):
        stage.press(KEY.Key_Return)
    stage.settle()
    assert place.entry.station.form.current_path == "holders[0].born"


def test_verified_dossiers_are_shown_as_done(stage):
    dossier_id = stage.office.queued()
    server = stage.office.server
    server.known = True
    place = at_the_upload(stage)
    stage.press(KEY.Key_F5)
    stage.settle()
    server.posted.append(ServerResult(dossier_id=dossier_id, revision=1, at="2026-11-22T00:00:00Z", result="verified"))
    stage.press(KEY.Key_F6)
    stage.settle()
    model = place.upload.table_model
    assert model.data(model.index(0, Column.STATE)) == "Đã xác thực"


def test_the_time_left_is_only_said_when_it_can_be_known(desk_of, office):
    now = [0.0]
    model = UploadModel(desk_of(office.officer), seconds=lambda: now[0])
    seen: list[SendingNow] = []
    model.progressed.connect(seen.append)
    for at, done in ((0.0, 1000), (1.0, 2000), (10.0, 6000), (20.0, 6000)):
        now[0] = at
        model._take_progress(
            UploadProgress(batch_id="b", pages_done=0, pages_total=4, bytes_done=done, bytes_total=11_000)
        )
    assert [each.seconds_left for each in seen] == [None, None, pytest.approx(10.0), pytest.approx(20.0)]


def test_work_of_the_upload_runs_off_the_gui_thread(stage):
    stage.office.queued()
    server = stage.office.server
    server.known = True
    seen: list[int] = []
    ask = server.ask

    def asked(batch, cancelled=never):
        seen.append(threading.get_ident())
        return ask(batch, cancelled)

    server.ask = asked
    at_the_upload(stage)
    stage.press(KEY.Key_F5)
    stage.settle()
    assert seen
    assert threading.get_ident() not in seen
