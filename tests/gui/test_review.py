"""The review station: risk first, the paper beside the value, decisions by keys, and nobody's own work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton

from app.domain.states import BatchState, DossierState
from tests.gui.keys import type_text
from tests.gui.office import Misread

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
WRONG_AREA = ("parcels[0].area_m2", Misread(value="892.1", raw="892,1"))


def at_the_review(stage, login="duyet"):
    stage.sign_in(login)
    if stage.place.station != "review":
        stage.press(KEY.Key_3, CTRL)
    stage.settle()
    return stage.place


def test_the_supervisor_starts_at_the_review_with_the_doubtful_value_and_its_paper(stage):
    dossier_id, _batch = stage.office.submitted(WRONG_AREA)
    place = at_the_review(stage)
    assert place.review_model.dossier.head.dossier_id == dossier_id
    assert place.review_model.rows[0].path == "parcels[0].area_m2"
    assert not place.review.snippet.is_empty
    assert place.review.pages.canvas.box is not None
    assert "892,1" in stage.find(QLabel, "value_about").text()


def test_what_stands_on_the_paper_is_not_taken_for_markup(stage):
    stage.office.submitted(("parcels[0].area_m2", Misread(value="892.1", raw="<img src='x.png'> 892,1")))
    at_the_review(stage)
    about = stage.find(QLabel, "value_about")
    assert about.textFormat() is Qt.TextFormat.RichText
    assert "&lt;img" in about.text()
    assert "<img" not in about.text()


def test_values_a_person_changed_come_first_with_the_difference_to_the_paper(stage):
    dossier_id = stage.office.take_in()
    stage.services.entry.change(stage.office.officer, dossier_id, "certificate.signer", "Lục Thị Phụng")
    stage.office.complete(dossier_id)
    stage.services.review.submit(stage.office.officer, [dossier_id])
    place = at_the_review(stage)
    row = place.review_model.rows[0]
    assert row.path == "certificate.signer"
    model = place.review.values_model
    assert model.data(model.index(0, 1)) == "Lục Thị Phụng"
    assert "[" in model.data(model.index(0, 2))


def test_a_approves_and_goes_on_until_the_batch_can_be_sealed(stage):
    ids = [stage.office.take_in(), stage.office.take_in()]
    for dossier_id in ids:
        stage.office.complete(dossier_id)
    batch_id = stage.services.review.submit(stage.office.officer, ids)
    place = at_the_review(stage)
    assert not stage.find(QPushButton, "seal").isEnabled()
    first = place.review_model.dossier.head.dossier_id
    stage.press(KEY.Key_A)
    stage.settle()
    assert place.review_model.dossier.head.dossier_id != first
    stage.press(KEY.Key_Return)
    stage.settle()
    assert place.review_model.left == 0
    assert stage.find(QPushButton, "seal").isEnabled()
    stage.press(KEY.Key_Return, CTRL)
    stage.settle()
    assert stage.services.review.batch(batch_id).state is BatchState.SEALED
    assert {stage.services.entry.open(i).head.state for i in ids} == {DossierState.QUEUED}
    assert stage.find(QLabel, "count_upload").text() == "2"


def test_r_returns_with_a_reason_for_the_value(stage):
    dossier_id, _batch = stage.office.submitted(WRONG_AREA)
    at_the_review(stage)
    stage.press(KEY.Key_R)
    why = stage.line("return_why")
    assert why.hasFocus()
    type_text(why, "Diện tích không khớp bằng chữ")
    stage.press(KEY.Key_Return)
    assert not why.hasFocus()
    stage.press(KEY.Key_Return, CTRL)
    stage.settle()
    opened = stage.services.entry.open(dossier_id)
    assert opened.head.state is DossierState.RETURNED
    assert [(r.path, r.why) for r in opened.returned_for] == [("parcels[0].area_m2", "Diện tích không khớp bằng chữ")]


def test_a_return_without_a_reason_is_refused_in_words(stage):
    dossier_id, _batch = stage.office.submitted(WRONG_AREA)
    place = at_the_review(stage)
    stage.press(KEY.Key_R)
    stage.press(KEY.Key_Return, CTRL)
    stage.settle()
    assert place.status.property("tone") == "wrong"
    assert stage.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED


def test_the_returned_dossier_opens_for_the_officer_at_the_field_with_the_reason(stage):
    dossier_id, _batch = stage.office.submitted(WRONG_AREA)
    from app.domain.queue import ReturnReason

    reason = ReturnReason(path="parcels[0].sheet", why="Sai tờ bản đồ")
    stage.services.review.return_dossier(stage.office.supervisor, dossier_id, [reason])
    stage.services.entry.remember_place(dossier_id, "")
    stage.sign_in("canbo")
    stage.press(KEY.Key_2, CTRL)
    stage.settle()
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.press(KEY.Key_Return)
    stage.settle()
    station = stage.place.entry.station
    assert station.form.current_path == "parcels[0].sheet"
    assert station.note.isVisible()
    assert "Sai tờ bản đồ" in stage.find(QLabel, "problems_text").text()


def test_nobody_approves_what_they_submitted(stage):
    office = stage.office
    dossier_id = office.take_in()
    office.complete(dossier_id)
    stage.services.review.submit(office.supervisor, [dossier_id])
    place = at_the_review(stage)
    stage.press(KEY.Key_A)
    stage.settle()
    assert place.status.property("tone") == "wrong"
    assert stage.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED


def test_an_officer_sees_the_batch_but_decides_nothing(stage):
    dossier_id, _batch = stage.office.submitted()
    at_the_review(stage, "canbo")
    for name in ("approve", "return", "seal", "approve_clean"):
        assert not stage.find(QPushButton, name).isEnabled()
    stage.press(KEY.Key_A)
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED


def test_all_without_a_doubt_are_approved_at_once(stage):
    dossier_id, _batch = stage.office.submitted()
    place = at_the_review(stage)
    stage.press(KEY.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    assert place.review_model.left == 0
    assert stage.services.entry.open(dossier_id).head.state is DossierState.APPROVED


def test_an_approval_is_taken_back_before_the_seal(stage):
    dossier_id, _batch = stage.office.submitted()
    at_the_review(stage)
    stage.press(KEY.Key_A)
    stage.settle()
    stage.click("recall")
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED
    assert stage.find(QPushButton, "approve").isEnabled()


def test_an_empty_review_says_so(stage):
    at_the_review(stage)
    assert "Chưa có hồ sơ" in stage.find(QLabel, "review_title").text()
    assert stage.find(QListWidget, "batch_dossiers").count() == 0
    assert stage.find(QComboBox, "batches").count() == 1


def test_a_dossier_with_doubts_is_approved_only_when_asked_twice(stage):
    dossier_id = stage.office.take_in(WRONG_AREA)
    stage.office.complete(dossier_id, accepting=False)
    stage.services.review.submit(stage.office.officer, [dossier_id])
    place = at_the_review(stage)
    assert place.review_model.dossier.head.doubts
    stage.press(KEY.Key_A)
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED
    assert "cần xem" in place.status.text
    stage.press(KEY.Key_A)
    stage.settle()
    assert stage.services.entry.open(dossier_id).head.state is DossierState.APPROVED
