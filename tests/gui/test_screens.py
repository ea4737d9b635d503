"""Every screen at the two sizes that count, in both languages: nothing cut, every control named; and pictures of them.

The pictures go to the folder named by DIABA_SCREENSHOTS, else to a temporary one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.ports import ServerResult
from tests.gui.keys import type_text
from tests.gui.office import Misread
from tests.gui.stage import Stage
from ui import theme
from ui.widgets.confidence_mark import ConfidenceMark
from ui.widgets.elided_label import ElidedLabel

SIZES = {"1366x768": (QSize(1366, 768), 1.0), "125pct": (QSize(1093, 614), 1.25)}
DOUBTS = (
    ("certificate.serial", Misread(value="CV 216841", raw="CV216841")),
    ("holders[0].name", Misread(value="HUA DUC THO", check="conflict", others=(("qr", "HỨA ĐỨC THỌ"),))),
    ("parcels[0].area_m2", Misread(value="892.1", raw="892,1")),
    ("parcels[0].uses[0].origin", Misread(value="Công nhận QSDĐ như giao đất", confidence=0.41)),
)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    folder = os.environ.get("DIABA_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return Path(folder)
    return tmp_path_factory.mktemp("screens")


class Pictured(Stage):
    """A window at one of the two sizes, of which pictures are taken."""

    pictures: Path
    size: str

    def check(self, name: str) -> None:
        """Nothing cut, everything named; one picture."""
        self.settle()
        logical, ratio = SIZES[self.size]
        assert self.window.size() == logical
        picture = QPixmap(logical * ratio)
        picture.setDevicePixelRatio(ratio)
        self.window.render(picture)
        assert picture.save(str(self.pictures / f"{name}-{self.size}.png"))
        assert cut_texts(self.window) == []
        assert nameless(self.window) == []


@pytest.fixture(params=sorted(SIZES))
def stage(request, qtbot, office, tasks, look, pictures) -> Iterator[Pictured]:
    made = Pictured(qtbot, office, tasks, look, SIZES[request.param][0])
    made.pictures, made.size = pictures, request.param
    yield made
    made.window.close()


def test_sign_in_and_first_people(stage, monkeypatch):
    stage.check("1-sign-in")
    type_text(stage.line("login"), "canbo")
    type_text(stage.line("password"), "sai mật khẩu")
    stage.bot.keyClick(stage.line("password"), Qt.Key.Key_Return)
    stage.bot.waitUntil(lambda: bool(stage.find(QLabel, "sign_in_error").text()), timeout=5000)
    stage.check("1-sign-in-wrong")
    monkeypatch.setattr(stage.office.services.people, "has_people", lambda: False)
    stage.window._show_sign_in()
    stage.check("1-first-people")


def test_scan(stage):
    stage.sign_in("canbo")
    stage.place.go_to("scan")
    stage.check("2-scan-empty")
    done = stage.bot.waitSignal(stage.place.reading_model.read, timeout=8000)
    with done:
        stage.bot.keyClick(stage.place.scan, Qt.Key.Key_F5)
    stage.settle()
    assert len(stage.place.scan_model.pages) == 4
    stage.check("2-scan-pages")


def test_entry(stage):
    dossier_id = stage.office.take_in(*DOUBTS)
    stage.office.take_in()
    stage.sign_in("canbo")
    stage.place.go_to("entry")
    stage.check("3-entry-list")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id)
    stage.check("3-entry-serial")
    station = stage.place.entry.station
    station.go_to("holders[0].name")
    stage.check("3-entry-conflict")
    station.go_to("parcels[0].uses[0].origin")
    stage.check("3-entry-long-line")
    station.go_to("parcels[0].area_m2")
    type_text(station.form.editor("parcels[0].area_m2").line, "1.250")
    stage.bot.keyClick(station.form.editor("parcels[0].area_m2").line, Qt.Key.Key_Return)
    stage.check("3-entry-wrong")
    station.go_to("certificate.register_number")
    stage.bot.keyClick(station.form.editor("certificate.register_number").line, Qt.Key.Key_F8)
    stage.check("3-entry-reasons")


def test_entry_problems_and_a_dossier_without_pages(stage):
    office = stage.office
    dossier_id = office.services.intake.new_dossier(office.officer, status="mortgaged")
    stage.sign_in("canbo")
    stage.place.go_to("entry")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id)
    stage.settle()
    with stage.bot.waitSignal(stage.place.entry_model.problems_found, timeout=5000):
        stage.place.entry.station.finish()
    stage.check("3-entry-problems")


def test_entry_of_what_came_back_and_of_what_may_only_be_looked_at(stage):
    office = stage.office
    dossier_id = office.queued()
    office.server.known = True
    office.services.upload.upload(office.supervisor)
    message = "Ngày sinh khác với Cơ sở dữ liệu quốc gia về dân cư"
    office.server.posted = [
        ServerResult(dossier_id=dossier_id, revision=1, at="", result="wrong_info", message=message)
    ]
    office.services.upload.fetch_results()
    stage.sign_in("canbo")
    stage.place.go_to("entry")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id)
    stage.check("3-entry-looked-at")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.start_correction(dossier_id)
    stage.check("3-entry-returned")
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id, "holders[0].role")
    stage.check("6-english-5-form")
    stage.bot.keyClick(
        stage.place.entry.station.form.editor("holders[0].role").line,
        Qt.Key.Key_Space,
        Qt.KeyboardModifier.ControlModifier,
    )
    stage.check("6-english-6-choices")


def test_first_people_in_english(stage, monkeypatch):
    stage.sign_in("canbo")
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    monkeypatch.setattr(stage.office.services.people, "has_people", lambda: False)
    stage.window._show_sign_in()
    stage.settle()
    stage.click("create_people")
    stage.check("6-english-7-first-people")


def test_review(stage):
    stage.office.submitted(*DOUBTS)
    stage.sign_in("duyet")
    assert stage.place.station == "review"
    stage.check("4-review")
    stage.bot.keyClick(stage.place.review.values, Qt.Key.Key_R)
    type_text(stage.place.review.return_why, "Xem lại số phát hành trên giấy")
    stage.check("4-review-return")


def test_upload(stage):
    office = stage.office
    office.queued()
    stage.sign_in("duyet")
    stage.place.go_to("upload")
    stage.check("5-upload-not-enrolled")
    stage.place.upload_model.enrolled_changed.emit(True)
    stage.check("5-upload-queue")


def test_english(stage):
    stage.office.submitted(*DOUBTS)
    stage.sign_in("duyet")
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    for number, station in enumerate(("scan", "entry", "review", "upload"), start=1):
        stage.place.go_to(station)
        stage.check(f"6-english-{number}-{station}")


def test_every_pair_of_colours_in_use_has_enough_contrast():
    for text, ground in theme.TEXT_PAIRS:
        found = theme.contrast(getattr(theme.COLOURS, text), getattr(theme.COLOURS, ground))
        assert found >= 4.5, f"{text} on {ground}: {found:.2f}"


def test_the_bundled_font_has_every_vietnamese_letter(look):
    from PySide6.QtGui import QFontInfo, QRawFont

    del look
    assert QFontInfo(QApplication.font()).family() == theme.FONT_FAMILY
    raw = QRawFont.fromFont(QApplication.font())
    letters = "ăâđêôơưĂÂĐÊÔƠƯ" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "“”…·–"
    assert [letter for letter in letters if not raw.supportsCharacter(ord(letter))] == []


def cut_texts(window: QWidget) -> list[str]:
    """Texts that do not fit into their widget."""
    return [f"{w.objectName()}: {text}" for w, text in _texts(window) if not _fits(w)]


def _texts(window: QWidget) -> Iterator[tuple[QWidget, str]]:
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not isinstance(label, ElidedLabel | ConfidenceMark):
            yield label, label.text()
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and not _is_part(button):  # parts show their icon only
            yield button, button.text()


def _fits(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + 1
    hint = widget.minimumSizeHint() if isinstance(widget, QAbstractButton) else widget.sizeHint()
    if isinstance(widget, QAbstractButton) and widget.property("role") != "group":
        hint = widget.sizeHint()
    return hint.width() <= widget.width() + 1 and hint.height() <= widget.height() + 1


def nameless(window: QWidget) -> list[str]:
    """Interactive widgets without an objectName or without words for those who do not see them."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)
    found = []
    for kind in kinds:
        for widget in window.findChildren(kind):
            own = not widget.objectName().startswith("qt_") and not _is_part(widget)
            if own and widget.isVisible() and not (widget.objectName() and _says_what_it_is(widget)):
                found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def _is_part(widget: QWidget) -> bool:
    """Parts of Qt's own compound widgets: the clear button of a line, the arrows of tabs, the corner of a table."""
    parent = widget.parentWidget()
    names: tuple[Callable[[], bool], ...] = (
        lambda: isinstance(parent, QLineEdit | QComboBox | QAbstractItemView),
        lambda: parent is not None and parent.inherits("QTabBar"),
        lambda: parent is not None and parent.inherits("QComboBoxPrivateContainer"),
    )
    return any(name() for name in names)


def _says_what_it_is(widget: QWidget) -> bool:
    return bool(widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))


def test_no_widget_that_silently_changes_areas_or_dates_is_used(stage):
    stage.sign_in("canbo")
    for kind in (QAbstractSpinBox, QDateTimeEdit):
        assert stage.window.findChildren(kind) == []
    for line in stage.window.findChildren(QLineEdit):
        assert line.validator() is None
        assert line.inputMask() == ""
