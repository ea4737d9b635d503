"""Widgets that show paper: the canvas and the snippet; and the list of choices."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip, QVBoxLayout, QWidget

from app.domain.reading import Box
from app.errors import StoreError
from ui import page_images
from ui.page_images import PageImage, PageImages, load_page
from ui.viewmodels.form import Mark
from ui.widgets.choice_list import ChoiceList
from ui.widgets.confidence_mark import ConfidenceMark
from ui.widgets.key_bar import KeyBar
from ui.widgets.page_canvas import PageCanvas
from ui.widgets.snippet import Snippet
from ui.window_memory import WindowMemory

pytestmark = pytest.mark.usefixtures("look")
BOX = Box(50, 100, 200, 20)
RED = QColor("#cc0000")


def page(width: int = 400, height: int = 600, box: Box = BOX) -> PageImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(box.x, box.y, box.width, box.height, RED)
    painter.end()
    return PageImage(sha256="a" * 64, image=image)


@pytest.fixture
def canvas(qtbot) -> PageCanvas:
    made = PageCanvas()
    qtbot.addWidget(made)
    made.resize(500, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_page_is_fitted_whole_and_stays_so_when_the_window_grows(canvas, qtbot):
    canvas.show_page(page())
    assert canvas.zoom * 600 <= canvas.viewport().height()
    before = canvas.zoom
    canvas.resize(1000, 1400)
    qtbot.waitUntil(lambda: canvas.zoom > before * 1.5)


def test_ctrl_and_the_wheel_zoom(canvas):
    canvas.show_page(page())
    before = canvas.zoom
    place = QPointF(100, 100)
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.zoom == pytest.approx(before * 1.25)


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_the_box_lies_over_its_words_whatever_way_the_page_was_scanned(canvas, rotation_deg):
    canvas.show_page(page(), rotation_deg)
    canvas.show_box(BOX)
    assert canvas.box == BOX
    middle = canvas._box_item.sceneBoundingRect().center()
    picture = canvas.grab().toImage()
    seen = picture.pixelColor(canvas.mapFromScene(middle) + canvas.viewport().pos())
    assert seen.red() > 180
    assert seen.green() < 80


def test_a_page_too_large_for_smooth_zooming_is_shown_smaller_with_its_box_in_place(tmp_path: Path, monkeypatch):
    file = tmp_path / "page.png"
    assert page(800, 1200).image.save(str(file))
    monkeypatch.setattr(page_images, "MAX_PIXELS", 0)
    small = load_page(file, "b" * 64, most_px=240_000)
    assert small.scale == pytest.approx(0.5, abs=0.01)
    assert small.image.width() == pytest.approx(400, abs=2)


def test_a_page_that_is_gone_is_told_and_not_shown(qtbot, tasks, tmp_path: Path):
    images = PageImages(tasks, lambda sha256: tmp_path / sha256)
    with qtbot.waitSignal(images.failed, timeout=3000) as failed:
        assert images.request("c" * 64) is None
    assert isinstance(failed.args[1], StoreError)
    assert failed.args[1].code == "page_missing"


def test_pages_are_loaded_once_and_the_oldest_are_let_go(qtbot, tasks, tmp_path: Path):
    for number in range(page_images.KEEP + 1):
        assert page(20, 20).image.save(str(tmp_path / f"{number}.png"))
    images = PageImages(tasks, lambda sha256: tmp_path / f"{sha256}.png")
    for number in range(page_images.KEEP + 1):
        with qtbot.waitSignal(images.loaded, timeout=3000):
            images.request(str(number))
    assert images.ready("0") is None
    assert images.ready("1") is not None


def test_the_snippet_enlarges_the_words_and_cuts_a_long_line_into_strips(qtbot):
    snippet = Snippet()
    qtbot.addWidget(snippet)
    snippet.resize(400, 40)
    snippet.show()
    wide = page(2400, 3400, Box(300, 400, 1800, 40))
    snippet.show_part(wide, Box(300, 400, 150, 40))
    assert snippet.enlargement > 0.8
    one_line = snippet.sizeHint().height()
    snippet.show_part(wide, Box(300, 400, 1800, 40))
    assert snippet._strips == 3
    assert snippet.sizeHint().height() > one_line
    snippet.show_part(wide, Box(300, 400, 1800, 200))
    assert snippet._strips == 1
    snippet.show_part(None, None)
    assert snippet.is_empty
    assert not snippet.isVisible()


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_the_snippet_stands_upright(qtbot, rotation_deg):
    snippet = Snippet()
    qtbot.addWidget(snippet)
    snippet.resize(400, 40)
    tall = Box(100, 100, 20, 200) if rotation_deg != 180 else Box(100, 100, 200, 20)
    snippet.show_part(page(400, 600, tall), tall, rotation_deg)
    assert snippet._crop.width() > snippet._crop.height()


def test_every_sign_has_its_own_shape_and_says_its_meaning(qtbot):
    mark = ConfidenceMark()
    qtbot.addWidget(mark)
    shapes = set()
    for kind in Mark:
        if kind is not Mark.EMPTY:
            mark.show_mark(kind, f"nghĩa {kind}")
            assert mark.toolTip() == mark.accessibleName() == f"nghĩa {kind}"
            shapes.add(mark.pixmap().toImage().cacheKey())
    assert len(shapes) == len(Mark) - 1


def test_the_list_of_choices_stays_inside_its_window_and_gives_the_cursor_back(qtbot):
    window = QWidget()
    line = QLineEdit()
    layout = QVBoxLayout(window)
    layout.addStretch(1)
    layout.addWidget(line)
    choices = ChoiceList(window)
    qtbot.addWidget(window)
    window.resize(400, 300)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    line.setFocus()
    taken: list[object] = []
    choices.ask(line, "Chọn", [(number, f"giá trị {number}") for number in range(12)], taken.append)
    assert window.rect().contains(choices.geometry())
    assert not choices.geometry().intersects(line.geometry())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert taken == [1]
    assert line.hasFocus()
    choices.ask(line, "Chọn", [("a", "A")], taken.append)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert taken == [1]
    assert line.hasFocus()


def test_the_window_remembers_between_starts_and_forgets_a_damaged_file(tmp_path: Path):
    memory = WindowMemory(tmp_path)
    memory.put("open_dossier.canbo", "d1")
    assert WindowMemory(tmp_path).get("open_dossier.canbo") == "d1"
    assert WindowMemory(tmp_path).get("other") == ""
    (tmp_path / "window.json").write_text("[broken", encoding="utf-8")
    assert WindowMemory(tmp_path).get("open_dossier.canbo") == ""
    (tmp_path / "window.json").write_text('["a"]', encoding="utf-8")
    assert WindowMemory(tmp_path).get("a") == ""


MARKUP = 'NGUYỄN <b>VĂN</b> <img src="file:////elsewhere/share/x.png">'


def test_what_a_paper_or_a_server_says_is_never_taken_for_markup(qtbot):
    label = QLabel(MARKUP)
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.setText(MARKUP + MARKUP)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_tooltip_is_never_taken_for_markup(qtbot):
    QToolTip.showText(QPoint(5, 5), MARKUP)
    (tip,) = [shown for shown in QApplication.topLevelWidgets() if isinstance(shown, QLabel) and shown.isVisible()]
    assert (tip.text(), tip.textFormat()) == (MARKUP, Qt.TextFormat.PlainText)
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_the_bar_of_keys_shows_its_keys_in_bold(qtbot):
    bar = KeyBar([("F9", "xem")])
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    (label,) = bar.findChildren(QLabel)
    assert label.textFormat() is Qt.TextFormat.RichText


def test_qt_gives_every_reference_to_none_and_true_back(qtbot):
    """PySide6 6.12.0 loses one with many calls and ends Python 3.11 after about 1500 of them (PYSIDE-3474)."""
    label = QLabel()
    qtbot.addWidget(label)
    label.show()

    def work(times: int) -> None:
        for number in range(times):
            label.setText(str(number))
            label.repaint()
            label.setEnabled(number % 2 == 0)
            label.isVisible()
            label.update()

    work(10)
    before = sys.getrefcount(None), sys.getrefcount(True)
    work(300)
    lost = [a - b for a, b in zip(before, (sys.getrefcount(None), sys.getrefcount(True)), strict=True)]
    assert max(lost) < 100, f"lost references to None, True: {lost}"
