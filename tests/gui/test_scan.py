"""The scan station: pages as they become safe, faults in words, files, and reading in the background."""

from __future__ import annotations

import shutil
import threading

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from app.domain.states import DossierState
from app.ports import ScanFailed

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def at_the_scanner(stage):
    stage.sign_in("canbo")
    stage.place.go_to("scan")
    stage.bot.waitUntil(lambda: stage.place.scan.settings.has_devices, timeout=5000)
    stage.settle()
    return stage.place


def test_pages_show_up_while_the_next_one_is_scanned(stage):
    gate = stage.office.scanner.gates[2] = threading.Event()
    place = at_the_scanner(stage)
    thumbnails = stage.find(QListWidget, "thumbnails")
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: thumbnails.count() == 1, timeout=5000)
    assert place.scan_model.is_busy
    assert stage.find(QPushButton, "stop_scan").isVisible()
    stage.bot.waitUntil(lambda: "2" in stage.find(QLabel, "scan_progress_words").text(), timeout=5000)
    gate.set()
    stage.bot.waitUntil(lambda: thumbnails.count() == 4, timeout=8000)
    stage.settle()
    assert not place.scan_model.is_busy


def test_the_pages_are_read_in_the_background_and_the_first_values_appear(stage):
    place = at_the_scanner(stage)
    with stage.bot.waitSignal(place.reading_model.read, timeout=8000):
        stage.press(KEY.Key_F5)
    stage.settle()
    assert threading.get_ident() not in stage.office.reader.threads
    assert "ô cần xem" in stage.find(QLabel, "scan_summary").text()
    assert place.scan_model.dossier.head.serial
    with stage.bot.waitSignal(place.entry_model.opened, timeout=5000):
        stage.press(KEY.Key_E, CTRL)
    assert place.station == "entry"


def test_the_first_page_is_read_while_the_next_one_is_scanned(stage):
    gate = stage.office.scanner.gates[2] = threading.Event()
    place = at_the_scanner(stage)
    with stage.bot.waitSignal(place.reading_model.values_came, timeout=8000):
        stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: bool(place.scan_model.dossier and place.scan_model.dossier.head.serial), timeout=5000)
    opened = place.scan_model.dossier
    assert place.scan_model.is_busy
    assert (len(opened.unread_pages), opened.findings) == (1, ())
    with stage.bot.waitSignal(place.reading_model.read, timeout=8000):
        gate.set()
    stage.settle()
    assert place.scan_model.dossier.unread_pages == ()
    assert stage.services.dossier_reading.waiting() == []


def test_the_readers_of_pages_are_loaded_when_the_window_is_up_and_idle(stage):
    assert not stage.office.reader.is_warm
    stage.sign_in("canbo")
    stage.bot.waitUntil(lambda: stage.office.reader.is_warm, timeout=5000)


def test_escape_stops_the_scan_and_the_pages_before_stay(stage):
    stage.office.scanner.gates[3] = threading.Event()
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 2, timeout=5000)
    stage.press(KEY.Key_Escape)
    stage.bot.waitUntil(lambda: not place.scan_model.is_busy, timeout=8000)
    stage.settle()
    assert len(place.scan_model.pages) == 2


def test_a_fault_is_told_in_vietnamese_and_the_pages_before_stay(stage):
    stage.office.scanner.pages = stage.office.scanner.pages[:2]
    stage.office.scanner.fault = ScanFailed(code="paper_jam", pages=2)
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: "Kẹt giấy" in place.status.text, timeout=8000)
    stage.settle()
    assert "{" not in place.status.text
    assert len(place.scan_model.pages) == 2


def test_no_dossier_stays_when_no_page_came_into_it(stage, tmp_path):
    stage.office.scanner.pages = []
    stage.office.scanner.fault = ScanFailed(code="feeder_empty", pages=0)
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: stage.services.entry.counts().get(DossierState.DISCARDED) == 1, timeout=8000)
    stage.settle()
    assert place.scan_model.dossier is None
    damaged = tmp_path / "hong.jpg"
    damaged.write_bytes(b"no picture")
    _drop(place.scan, [damaged])
    stage.bot.waitUntil(lambda: stage.services.entry.counts().get(DossierState.DISCARDED) == 2, timeout=8000)
    stage.settle()
    assert stage.find(QLabel, "refused_files").isVisible()
    assert not stage.services.entry.counts().get(DossierState.DRAFT)


def test_a_new_dossier_begins_with_the_next_page_and_f6_scans_it_at_once(stage):
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 4 and not place.scan_model.is_busy, timeout=8000)
    stage.settle()
    stage.press(KEY.Key_N, CTRL)
    assert place.scan_model.pages == ()
    assert stage.services.entry.counts()[DossierState.DRAFT] == 1
    stage.press(KEY.Key_F6)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 4 and not place.scan_model.is_busy, timeout=8000)
    stage.settle()
    assert stage.services.entry.counts()[DossierState.DRAFT] == 2


def test_pages_are_turned_moved_and_removed_by_keys(stage):
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 4 and not place.scan_model.is_busy, timeout=8000)
    stage.settle()
    thumbnails = stage.find(QListWidget, "thumbnails")
    thumbnails.setCurrentRow(1)
    second = place.scan_model.pages[1].page_id
    stage.press(KEY.Key_R, CTRL)
    stage.settle()
    assert place.scan_model.pages[1].rotation_deg == 270
    stage.press(KEY.Key_Left, CTRL)
    stage.settle()
    assert place.scan_model.pages[0].page_id == second
    assert thumbnails.currentRow() == 0
    thumbnails.setFocus()
    stage.press(KEY.Key_Delete)
    stage.settle()
    assert len(place.scan_model.pages) == 4
    assert "Delete" in place.status.text
    stage.press(KEY.Key_Delete)
    stage.settle()
    assert second not in [page.page_id for page in place.scan_model.pages]
    assert len(place.scan_model.pages) == 3


def test_dropped_folders_become_dossiers_and_a_bad_file_is_named_with_its_reason(stage, tmp_path):
    place = at_the_scanner(stage)
    for name in ("mot", "hai"):
        shutil.copytree(stage.office.sample.folder, tmp_path / "in" / name)
    (tmp_path / "in" / "hai" / "hong.jpg").write_bytes(b"\xff\xd8 not a picture")
    _drop(place.scan, [tmp_path / "in" / "mot", tmp_path / "in" / "hai"])
    stage.bot.waitUntil(lambda: not place.scan_model.is_busy, timeout=8000)
    stage.settle()
    assert stage.services.entry.counts()[DossierState.DRAFT] == 2
    refused = stage.find(QLabel, "refused_files")
    assert refused.isVisible()
    assert "hong.jpg" in refused.text()


def test_dropped_files_become_pages_of_the_present_dossier(stage):
    place = at_the_scanner(stage)
    _drop(place.scan, list(stage.office.sample.files[:2]))
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 2, timeout=8000)
    stage.settle()
    _drop(place.scan, list(stage.office.sample.files[2:3]))
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 3, timeout=8000)
    stage.settle()
    assert stage.services.entry.counts()[DossierState.DRAFT] == 1


def test_a_dossier_without_paper_is_typed_with_its_reason(stage):
    place = at_the_scanner(stage)
    stage.click("without_pages")
    assert place.scan.choices.isVisible()
    with stage.bot.waitSignal(place.entry_model.opened, timeout=5000):
        stage.press(KEY.Key_1)
    stage.settle()
    assert place.station == "entry"
    assert place.entry_model.dossier.dossier.certificate.status == "mortgaged"
    assert place.entry_model.dossier.dossier.pages == ()


def test_a_reader_that_fails_is_told_and_the_dossier_can_be_typed(stage):
    stage.office.reader.fails = True
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 4 and place.reading_model.left == 0, timeout=8000)
    stage.settle()
    assert place.status.property("tone") == "wrong"
    assert stage.find(QPushButton, "enter_present").isEnabled()


def test_unread_pages_of_an_earlier_day_are_read_after_the_sign_in(stage):
    summary = stage.services.intake.import_paths(stage.office.officer, [stage.office.sample.folder])
    stage.sign_in("canbo")
    stage.settle()
    assert stage.services.entry.open(summary.dossiers[0]).head.serial
    assert stage.services.dossier_reading.waiting() == []


def test_closing_in_the_middle_of_a_scan_loses_no_page_that_was_shown(stage):
    stage.office.scanner.gates[3] = threading.Event()
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: len(place.scan_model.pages) == 2, timeout=5000)
    dossier = place.scan_model.dossier
    assert dossier is not None
    dossier_id = dossier.head.dossier_id
    stage.window.close()
    assert stage.tasks.shut_down()
    assert len(stage.services.entry.open(dossier_id).dossier.pages) == 2


def _drop(view, files) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    view.dropEvent(event)


def test_before_the_first_page_the_station_says_what_to_do(stage):
    place = at_the_scanner(stage)
    hint = stage.find(QLabel, "scan_hint")
    assert hint.isVisible()
    for key in ("F5", "F6", "Ctrl+O"):
        assert f"<b>{key}</b>" in hint.text()
    assert not place.scan.canvas.isVisible()
    stage.press(KEY.Key_F5)
    stage.bot.waitUntil(lambda: stage.find(QListWidget, "thumbnails").count() == 4, timeout=8000)
    stage.settle()
    assert not hint.isVisible()
    assert place.scan.canvas.isVisible()


def test_without_a_scanner_the_station_says_how_to_find_it_and_how_to_do_without(stage):
    stage.office.scanner.devices = lambda cancelled=None: []
    stage.sign_in("canbo")
    stage.place.go_to("scan")
    stage.settle()
    assert "Chưa thấy máy quét" in stage.find(QLabel, "scan_hint").text()


def test_pages_say_that_they_were_not_read_yet(stage):
    stage.office.reader.gate.clear()
    place = at_the_scanner(stage)
    stage.press(KEY.Key_F5)
    thumbnails = stage.find(QListWidget, "thumbnails")
    stage.bot.waitUntil(lambda: thumbnails.count() == 4, timeout=8000)
    assert [thumbnails.item(row).text() for row in range(4)] == [f"{number}. Chưa đọc" for number in (1, 2, 3, 4)]
    with stage.bot.waitSignal(place.reading_model.read, timeout=8000):
        stage.office.reader.gate.set()
    stage.settle()
    assert thumbnails.item(0).text() == "1. Trang 1"
