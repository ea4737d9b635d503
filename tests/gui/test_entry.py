"""Entry of a dossier, driven by keys as a clerk does it."""

from __future__ import annotations

import dataclasses
import re
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from app.domain import paths
from app.domain.states import DossierState
from app.errors import StoreError
from app.ports import ServerResult
from tests.gui.keys import type_text
from tests.gui.office import Misread, Office
from ui.viewmodels.dossier_list import DossierListModel
from ui.viewmodels.entry import EntryModel
from ui.viewmodels.form import Mark
from ui.viewmodels.reading import ReadingModel
from ui.views.entry import EntryView

KEY = Qt.Key
DOUBTS = (
    ("certificate.serial", Misread(value="CV 216841", raw="CV216841")),
    (
        "holders[0].name",
        Misread(value="HUA DUC THO", raw="HUA DUC THO", others=(("qr", "HỨA ĐỨC THỌ"),), check="conflict"),
    ),
    ("parcels[0].area_m2", Misread(value="892.1", raw="892,1")),
)


class Clerk:
    """Somebody at the entry station."""

    def __init__(self, qtbot, office: Office, desk) -> None:
        self.bot = qtbot
        self.office = office
        self.tasks = desk.tasks
        self.model = EntryModel(desk)
        self.list_model = DossierListModel(desk)
        self.view = EntryView(self.list_model, self.model)
        self.station = self.view.station
        self.view.resize(1234, 740)
        self.said: list[str] = []
        self.model.said.connect(self.said.append)
        qtbot.addWidget(self.view)
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.activateWindow()

    def open(self, dossier_id: str) -> None:
        with self.bot.waitSignal(self.model.opened, timeout=5000):
            self.model.open(dossier_id)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way any more."""
        self.bot.waitUntil(lambda: self.tasks.pending == 0, timeout=8000)

    @property
    def path(self) -> str:
        return self.station.form.current_path

    @property
    def editor(self):
        return self.station.form.editor(self.path)

    def go_to(self, path: str) -> None:
        self.station.go_to(path)
        assert self.editor.line.hasFocus()

    def type(self, text: str) -> None:
        type_text(self.editor.line, text)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(QApplication.focusWidget(), key, modifiers)

    def value(self, path: str):
        opened = self.office.services.entry.open(self.model.dossier_id)
        return paths.get(opened.dossier, path)


@pytest.fixture
def clerk(qtbot, office: Office, desk_of) -> Clerk:
    return Clerk(qtbot, office, desk_of(office.officer))


def test_a_dossier_opens_at_its_first_doubt_with_the_paper_above_the_field(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    assert clerk.path == "certificate.serial"
    assert clerk.editor.line.hasFocus()
    assert not clerk.editor.snippet.is_empty
    assert clerk.editor.snippet.geometry().bottom() <= clerk.editor.line.geometry().top()
    assert clerk.station.pages.canvas.box is not None
    assert clerk.editor.mark.mark is Mark.LOOK
    assert "CV216841" in clerk.editor._under.text()


def test_enter_accepts_and_goes_to_the_next_doubt(clerk):
    dossier_id = clerk.office.take_in(*DOUBTS)
    clerk.open(dossier_id)
    clerk.press(KEY.Key_Return)
    assert clerk.path == "holders[0].name"
    clerk.settle()
    assert clerk.office.services.entry.open(dossier_id).field("certificate.serial").check == "ok"
    assert clerk.value("certificate.serial") == "CV 216841"


def test_what_is_typed_is_saved_when_the_field_is_left(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("parcels[0].area_m2")
    clerk.type("392,1")
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    assert str(clerk.value("parcels[0].area_m2")) == "392.1"
    history = clerk.office.services.entry.history(clerk.model.dossier_id, "parcels[0].area_m2")
    assert [value.source for value in history] == ["ocr", "person"]
    assert history[-1].raw == "892,1"


def test_a_wrong_text_stays_in_its_field_with_the_reason_and_nothing_is_saved(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("parcels[0].area_m2")
    clerk.type("1.250")
    clerk.press(KEY.Key_Return)
    assert clerk.path == "parcels[0].area_m2"
    assert clerk.editor.text == "1.250"
    assert clerk.editor.mark.mark is Mark.WRONG
    assert clerk.editor.error
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    left = clerk.station.form.editor("parcels[0].area_m2")
    assert left.text == "1.250"
    assert left.error
    assert str(clerk.value("parcels[0].area_m2")) == "892.1"


def test_a_text_the_store_does_not_take_is_kept_and_shown_again_when_the_dossier_is_opened(clerk, monkeypatch):
    first = clerk.office.take_in(*DOUBTS)
    clerk.open(first)
    clerk.go_to("holders[0].name")
    with monkeypatch.context() as broken:
        broken.setattr(clerk.office.services.entry, "change", _fail)
        clerk.type("HỨA ĐỨC THỌ")
        clerk.press(KEY.Key_Tab)
        clerk.settle()
    assert clerk.station.form.editor("holders[0].name").text == "HỨA ĐỨC THỌ"
    clerk.model.close()
    clerk.open(first)
    assert clerk.station.form.editor("holders[0].name").text == "HỨA ĐỨC THỌ"
    assert clerk.station.form.editor("holders[0].name").error
    clerk.go_to("holders[0].name")
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    assert clerk.value("holders[0].name") == "HỨA ĐỨC THỌ"


def test_decomposed_text_is_stored_composed(clerk):
    clerk.open(clerk.office.take_in())
    clerk.go_to("holders[0].name")
    clerk.editor.line.clear()
    clerk.editor.line.insert("NGUYE\u0302\u0303N THI\u0323 \u00d0A\u0300O")
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    assert clerk.value("holders[0].name") == "NGUYỄN THỊ ĐÀO"


def test_nothing_is_changed_while_an_input_method_composes(clerk):
    clerk.open(clerk.office.take_in())
    clerk.go_to("hamlet")
    line = clerk.editor.line
    QApplication.sendEvent(line, QInputMethodEvent("nguye", []))
    assert line.is_composing
    line.put("something else")
    assert line.text() == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("Nguyễn")
    QApplication.sendEvent(line, commit)
    assert not line.is_composing
    assert line.text() == "Nguyễn"


def test_tab_and_shift_tab_go_field_by_field_and_f3_doubt_by_doubt(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("certificate.serial")
    clerk.press(KEY.Key_Tab)
    assert clerk.path == "certificate.code"
    clerk.press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.path == "certificate.serial"
    clerk.press(KEY.Key_F3)
    assert clerk.path == "holders[0].name"
    clerk.press(KEY.Key_F3)
    assert clerk.path == "parcels[0].area_m2"
    clerk.press(KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.path == "holders[0].name"
    clerk.press(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert clerk.path == "holders[0].role"


def test_f8_leaves_blank_with_a_reason_from_a_list_under_the_field(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("certificate.register_number")
    clerk.press(KEY.Key_F8)
    assert clerk.station.choices.isVisible()
    assert any("Đang thế chấp" in line for line in clerk.station.choices.lines)
    clerk.press(KEY.Key_1)
    clerk.settle()
    assert not clerk.station.choices.isVisible()
    opened = clerk.office.services.entry.open(clerk.model.dossier_id)
    assert [(blank.path, blank.reason) for blank in opened.dossier.blanks] == [
        ("certificate.register_number", "mortgaged")
    ]
    assert clerk.station.form.editor("certificate.register_number").mark.mark is Mark.BLANK


def test_escape_closes_the_list_and_the_cursor_is_back_in_its_field(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.press(KEY.Key_F8)
    clerk.press(KEY.Key_Escape)
    assert not clerk.station.choices.isVisible()
    assert clerk.editor.line.hasFocus()
    assert clerk.view.currentWidget() is clerk.station


def test_candidates_are_offered_and_the_chosen_one_is_saved(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("holders[0].name")
    clerk.press(KEY.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert any("HỨA ĐỨC THỌ" in line for line in clerk.station.choices.lines)
    clerk.press(KEY.Key_Return)
    clerk.settle()
    assert clerk.value("holders[0].name") == "HỨA ĐỨC THỌ"


def test_a_choice_is_typed_without_accents_or_picked_from_its_list(clerk):
    clerk.open(clerk.office.take_in())
    clerk.go_to("holders[0].sex")
    clerk.type("nu")
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    assert clerk.value("holders[0].sex") == "female"
    assert clerk.station.form.editor("holders[0].sex").text == "Nữ"


def test_f4_copies_the_same_field_of_the_dossier_before(clerk):
    first, second = clerk.office.take_in(), clerk.office.services.intake.new_dossier(clerk.office.officer)
    clerk.open(first)
    address = clerk.value("holders[0].address")
    clerk.open(second)
    clerk.go_to("holders[0].address")
    clerk.press(KEY.Key_F4)
    clerk.settle()
    assert clerk.value("holders[0].address") == address


def test_undo_takes_the_last_change_back_and_goes_there(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("hamlet")
    clerk.type("Thôn Đông")
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    clerk.go_to("certificate.serial")
    clerk.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    assert clerk.value("hamlet") is None
    assert clerk.path == "hamlet"


def test_undo_in_a_field_takes_back_what_is_typed_there_first(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.go_to("hamlet")
    clerk.type("Thôn")
    clerk.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert clerk.editor.text == ""


def test_people_papers_and_parcels_are_added_and_removed_by_keys(clerk):
    clerk.open(clerk.office.take_in())
    count = len(clerk.office.services.entry.open(clerk.model.dossier_id).dossier.holders)
    clerk.go_to("holders[0].name")
    clerk.press(KEY.Key_F7)
    assert "Giấy tờ tùy thân" in clerk.station.choices.lines[0]
    clerk.press(KEY.Key_2)
    clerk.settle()
    assert clerk.path == f"holders[{count}].kind"
    assert len(clerk.office.services.entry.open(clerk.model.dossier_id).dossier.holders) == count + 1
    clerk.press(KEY.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    clerk.settle()
    assert len(clerk.office.services.entry.open(clerk.model.dossier_id).dossier.holders) == count


def test_f9_lists_what_is_missing_and_goes_there_then_finishes(clerk):
    clerk.open(clerk.office.take_in())
    clerk.press(KEY.Key_F9)
    clerk.settle()
    assert clerk.station.note.isVisible()
    assert clerk.path == "commune_code"
    clerk.type("09193")
    clerk.press(KEY.Key_F9)
    clerk.settle()
    for _ in range(12):
        if clerk.model.dossier.head.state is DossierState.ENTERED:
            break
        clerk.press(KEY.Key_F8)
        clerk.press(KEY.Key_7)
        clerk.press(KEY.Key_F9)
        clerk.settle()
    assert clerk.model.dossier.head.state is DossierState.ENTERED
    assert not clerk.station.note.isVisible()


def test_f9_shows_first_what_nobody_looked_at_and_finishes_all_the_same_when_pressed_again(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    entry = clerk.office.services.entry
    entry.change(clerk.office.officer, clerk.model.dossier_id, "commune_code", "09193")
    for finding in entry.problems(clerk.model.dossier_id):
        for path in finding.paths if finding.severity == "blocking" else ():
            entry.leave_blank(clerk.office.officer, clerk.model.dossier_id, path, "not_printed")
    clerk.open(clerk.model.dossier_id)
    doubts = clerk.model.doubtful()
    assert doubts
    clerk.press(KEY.Key_F9)
    clerk.settle()
    assert entry.open(clerk.model.dossier_id).head.state is DossierState.DRAFT
    assert clerk.station.note.isVisible()
    assert clerk.path == doubts[0]
    clerk.press(KEY.Key_F9)
    clerk.settle()
    assert entry.open(clerk.model.dossier_id).head.state is DossierState.ENTERED


def test_a_text_that_does_not_fit_its_input_is_shown_whole_while_it_is_the_current_one(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    clerk.station.go_to("parcels[0].address")
    editor = clerk.editor
    whole = editor.findChild(QLabel, "whole parcels[0].address")
    editor.line.setText("thôn Ngoài")
    assert not whole.isVisible()
    long = "khu phố Trại Vạc, phường Đa Mai, thành phố Bắc Giang, tỉnh Bắc Giang, cạnh đường liên xã"
    editor.line.setText(long)
    assert whole.isVisible()
    assert whole.text() == long
    editor.line.setText(editor.line.saved_text)
    clerk.station.go_to("certificate.serial")
    assert not whole.isVisible()


def test_the_next_dossier_comes_by_a_key_and_the_field_left_is_saved(clerk):
    first, second = clerk.office.take_in(), clerk.office.services.intake.new_dossier(clerk.office.officer)
    clerk.open(first)
    clerk.go_to("hamlet")
    clerk.type("Thôn Đoài")
    with clerk.bot.waitSignal(clerk.model.opened, timeout=5000):
        clerk.press(KEY.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    clerk.settle()
    assert clerk.model.dossier_id == second
    assert clerk.office.services.entry.open(first).dossier.hamlet == "Thôn Đoài"


def test_the_place_is_remembered_for_the_next_start(clerk):
    dossier_id = clerk.office.take_in(*DOUBTS)
    clerk.open(dossier_id)
    clerk.go_to("parcels[0].uses[0].term")
    clerk.settle()
    assert clerk.office.services.entry.open(dossier_id).head.last_path == "parcels[0].uses[0].term"
    clerk.model.close()
    clerk.open(dossier_id)
    assert clerk.path == "parcels[0].uses[0].term"


def test_pages_turn_and_zoom_by_keys_while_the_cursor_stays(clerk):
    clerk.open(clerk.office.take_in(*DOUBTS))
    pages, canvas = clerk.station.pages, clerk.station.pages.canvas
    clerk.bot.waitUntil(lambda: canvas.page is not None)
    clerk.press(KEY.Key_PageDown)
    assert pages.tabs.currentIndex() == 1
    clerk.press(KEY.Key_PageUp)
    assert pages.tabs.currentIndex() == 0
    clerk.settle()
    whole = canvas.zoom
    clerk.press(KEY.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom == pytest.approx(whole * 1.25)
    clerk.press(KEY.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    clerk.press(KEY.Key_F2)
    assert canvas.zoom == pytest.approx(whole, rel=0.02)
    clerk.press(KEY.Key_F2)
    assert canvas.zoom > whole
    assert clerk.editor.line.hasFocus()


def test_a_dossier_before_the_supervisor_can_be_read_but_not_changed(clerk):
    dossier_id, _batch = clerk.office.submitted()
    clerk.open(dossier_id)
    assert all(editor.line.isReadOnly() for editor in clerk.station.form.editors)


def test_the_whole_dossier_is_done_without_a_mouse(clerk):
    """From the list to entered, by keys alone."""
    clerk.office.take_in(*DOUBTS)
    clerk.view.arrive()
    clerk.settle()
    assert clerk.view.list.table.hasFocus()
    with clerk.bot.waitSignal(clerk.model.opened, timeout=5000):
        clerk.press(KEY.Key_Return)
    clerk.settle()
    for _ in range(40):
        doubtful = clerk.model.doubtful()
        if not doubtful:
            break
        if clerk.editor.row.mark is Mark.MISSING:
            clerk.press(KEY.Key_F8)
            clerk.press(KEY.Key_7)
        else:
            clerk.press(KEY.Key_Return)
        clerk.settle()
    clerk.press(KEY.Key_F9)
    clerk.settle()
    assert clerk.model.dossier.head.state is DossierState.ENTERED


def _fail(*_arguments: object) -> None:
    raise StoreError("disk_full")


RESULTS = {
    "nothing but the result": (ServerResult(dossier_id="", revision=1, at="", result="wrong_info"), "so lại cả hồ sơ"),
    "a message without a path": (
        ServerResult(dossier_id="", revision=1, at="", result="police", message="Ngày sinh khác dữ liệu dân cư"),
        "Ngày sinh khác dữ liệu dân cư",
    ),
    "a path without a message": (
        ServerResult(dossier_id="", revision=1, at="", result="wrong_info", path="parcels[0].number"),
        "• Thửa đất số",
    ),
    "a path the form does not have": (
        ServerResult(
            dossier_id="", revision=1, at="", result="returned", path="no.such", message="Thiếu trang bổ sung"
        ),
        "Thiếu trang bổ sung",
    ),
}


@pytest.mark.parametrize(("result", "why"), RESULTS.values(), ids=RESULTS.keys())
def test_what_came_back_from_the_province_says_so_above_the_form(clerk, result, why):
    office = clerk.office
    dossier_id = office.queued()
    office.server.known = True
    office.services.upload.upload(office.supervisor)
    office.server.posted = [dataclasses.replace(result, dossier_id=dossier_id)]
    office.services.upload.fetch_results()
    state = office.services.entry.open(dossier_id).head.state
    if state is not DossierState.RETURNED:
        with clerk.bot.waitSignal(clerk.model.opened, timeout=5000):
            clerk.model.start_correction(dossier_id)
        clerk.settle()
    else:
        clerk.open(dossier_id)
    note = clerk.station.findChild(QLabel, "problems_text")
    assert note.isVisible()
    title, *lines = note.text().splitlines()
    assert clerk.model.desk.messages.word("states", state) in title
    assert re.search(r"\d\d/\d\d/20\d\d \d\d:\d\d", title)
    assert why in "\n".join(lines)


def test_a_dossier_that_may_not_be_changed_shows_only_keys_and_buttons_that_work(clerk):
    dossier_id = clerk.office.take_in()
    clerk.open(dossier_id)
    keys = clerk.station.findChild(QLabel, "keys")
    add = clerk.station.findChild(QToolButton, "add holders[0].id_papers")
    for key in ("F8", "F4", "F9", "Ctrl+Z"):
        assert key in keys.text()
    assert add.isVisible()
    clerk.office.complete(dossier_id)
    clerk.office.services.review.submit(clerk.office.officer, [dossier_id])
    clerk.open(dossier_id)
    for key in ("F8", "F4", "F7", "F9", "Enter", "Ctrl+Z", "Ctrl+Space"):
        assert key not in keys.text()
    for key in ("Tab", "F2", "Esc"):
        assert key in keys.text()
    assert not add.isVisible()
    clerk.said.clear()
    clerk.bot.keyClick(clerk.station.form.editors[0].line, KEY.Key_F9)
    clerk.settle()
    assert clerk.office.services.entry.open(dossier_id).head.state is DossierState.SUBMITTED


def test_a_page_nobody_has_read_yet_says_so_instead_of_being_some_other_paper(clerk):
    office = clerk.office
    summary = office.services.intake.import_paths(office.officer, [office.sample.folder])
    clerk.open(summary.dossiers[0])
    tabs = clerk.station.pages.tabs
    assert [tabs.tabText(tab) for tab in range(4)] == [f"{number}. Chưa đọc" for number in (1, 2, 3, 4)]
    office.services.dossier_reading.read_dossier(office.officer, summary.dossiers[0])
    clerk.model.reload(summary.dossiers[0])
    clerk.settle()
    assert [tabs.tabText(tab) for tab in range(4)] == ["Trang 1", "Trang 2", "Trang 3", "Trang 4"]


class Growing:
    """A dossier of four pages being read while it is open; pages from the third on wait."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk, office = clerk, clerk.office
        self.rest = office.reader.page_gates[2] = threading.Event()
        self.dossier_id = office.services.intake.import_paths(office.officer, [office.sample.folder]).dossiers[0]
        clerk.open(self.dossier_id)
        self.reading = ReadingModel(clerk.model.desk, clerk.view)
        self.reading.values_came.connect(clerk.model.reload)
        self.reading.step_changed.connect(clerk.model.show_reading)
        self.reading.read.connect(lambda opened: clerk.model.reload(opened.head.dossier_id))

    def begin(self) -> None:
        """Read the first page; its values are in the form."""
        with self.clerk.bot.waitSignal(self.clerk.model.changed, timeout=5000):
            self.reading.request([self.dossier_id])

    def end(self) -> None:
        """Read the rest."""
        self.rest.set()
        self.clerk.settle()

    def text(self, path: str) -> str:
        editor = self.clerk.station.form.editor(path)
        assert editor is not None
        return editor.text


@pytest.fixture
def growing(clerk) -> Growing:
    return Growing(clerk)


def test_the_first_values_stand_in_the_form_while_later_pages_are_read(clerk, growing):
    growing.begin()
    step = clerk.station.findChild(QLabel, "reading_step")
    assert (step.text(), step.isVisible()) == ("Đang đọc trang 2/4…", True)
    serial = clerk.office.sample.truth["certificate"]["serial"]
    assert growing.text("certificate.serial") == serial
    assert growing.text("parcels[0].area_m2") == ""
    assert clerk.model.dossier.findings == ()
    growing.end()
    assert growing.text("parcels[0].area_m2")
    assert not step.isVisible()
    assert len(clerk.office.services.entry.history(growing.dossier_id, "certificate.serial")) == 1


def test_what_is_being_typed_stays_when_the_page_says_something_else(clerk, growing):
    clerk.go_to("certificate.serial")
    type_text(clerk.editor.line, "CQ 1")
    growing.begin()
    assert (growing.text("certificate.serial"), clerk.path) == ("CQ 1", "certificate.serial")
    type_text(clerk.editor.line, "11112")
    growing.end()
    assert growing.text("certificate.serial") == "CQ 111112"
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    assert clerk.value("certificate.serial") == "CQ 111112"


def test_a_value_that_comes_where_the_cursor_waits_is_replaced_by_what_is_typed(clerk, growing):
    clerk.go_to("certificate.serial")
    growing.begin()
    assert growing.text("certificate.serial")
    type_text(clerk.editor.line, "CQ 111113")
    assert growing.text("certificate.serial") == "CQ 111113"
    growing.end()


def another_serial(early):
    return dataclasses.replace(
        early,
        certificate=dataclasses.replace(early.certificate, serial="CQ 000001"),
        fields=tuple(
            dataclasses.replace(field, value="CQ 000001") if field.path == "certificate.serial" else field
            for field in early.fields
        ),
    )


@pytest.fixture
def early_slip(clerk: Clerk, growing: Growing) -> Growing:
    """The first page says another serial than the whole, and the cursor is there when the whole comes."""
    clerk.office.reader.early = another_serial
    growing.begin()
    clerk.go_to("certificate.serial")
    growing.end()
    assert growing.text("certificate.serial") == "CQ 000001"
    return growing


def test_a_field_somebody_is_in_shows_what_was_read_meanwhile_when_it_is_left(clerk, early_slip):
    clerk.press(KEY.Key_Tab)
    clerk.settle()
    serial = clerk.office.sample.truth["certificate"]["serial"]
    assert (early_slip.text("certificate.serial"), clerk.value("certificate.serial")) == (serial, serial)


def test_enter_accepts_what_stood_before_the_persons_eyes(clerk, early_slip):
    clerk.press(KEY.Key_Return)
    clerk.settle()
    assert clerk.value("certificate.serial") == early_slip.text("certificate.serial") == "CQ 000001"
    assert clerk.office.services.entry.history(early_slip.dossier_id, "certificate.serial")[-1].source == "person"


def test_undo_after_the_reading_takes_back_only_what_the_person_did(clerk, growing):
    growing.begin()
    clerk.go_to("holders[0].name")
    clerk.type("NGUYỄN VĂN THỬ")
    clerk.press(KEY.Key_Tab)
    growing.end()
    assert clerk.value("holders[0].name") == "NGUYỄN VĂN THỬ"
    clerk.model.undo()
    clerk.settle()
    assert clerk.value("holders[0].name") != "NGUYỄN VĂN THỬ"
    assert growing.text("parcels[0].area_m2")


def test_reading_stops_at_once_and_is_taken_up_again(clerk, growing):
    growing.begin()
    growing.reading.stop()
    clerk.settle()
    services = clerk.office.services
    assert (growing.reading.left, growing.reading.step) == (0, None)
    assert services.dossier_reading.waiting() == [growing.dossier_id]
    growing.rest.set()
    growing.reading.go_on()
    clerk.settle()
    assert services.dossier_reading.waiting() == []


def test_the_open_dossier_is_read_before_the_others_that_wait(clerk, growing):
    office = clerk.office
    others = [office.services.intake.new_dossier(office.officer) for _ in range(2)]
    order = []
    growing.reading.read.connect(lambda opened: order.append(opened.head.dossier_id))
    growing.begin()
    growing.reading.request(others)
    growing.reading.prefer(others[1])
    growing.end()
    assert order == [growing.dossier_id, others[1], others[0]]
