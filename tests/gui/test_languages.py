"""Both languages are whole: every visible text has its English, Qt's own words have their Vietnamese."""

from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton

import resources
import ui
from tests.gui.keys import type_text

UI = Path(ui.__file__).parent
SOURCES = sorted(path for path in UI.rglob("*.py") if "demo" not in path.relative_to(UI).parts)
NAMES = {"Địa Bạ", "Tiếng Việt"}
"""Names that are the same in every language."""


def tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    assert found is not None, name
    return found


def messages(file: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(context, source) to (translation, type)."""
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = (translation.text or "", translation.get("type") or "")
    return found


def test_every_text_of_the_window_has_its_english(tmp_path: Path):
    fresh = tmp_path / "fresh.ts"
    subprocess.run([tool("pyside6-lupdate"), *map(str, SOURCES), "-ts", str(fresh)], check=True, capture_output=True)
    committed = messages(resources.path("i18n/en.ts"))
    assert sorted(messages(fresh)) == sorted(committed)
    assert [key for key, (text, kind) in committed.items() if not text or kind] == []


def test_placeholders_are_the_same_in_both_languages():
    for (_context, source), (text, _kind) in messages(resources.path("i18n/en.ts")).items():
        assert _fields(source) == _fields(text), source


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_compiled_file_is_that_of_the_committed_text(language, tmp_path: Path):
    built = tmp_path / "built.qm"
    source = resources.path(f"i18n/{language}.ts")
    subprocess.run([tool("pyside6-lrelease"), str(source), "-qm", str(built)], check=True, capture_output=True)
    assert built.read_bytes() == resources.path(f"i18n/{language}.qm").read_bytes()


def test_no_vietnamese_text_is_shown_without_tr():
    assert [f"{file.name}: {text!r}" for file in SOURCES for text in _bare_texts(file)] == []


def test_standard_buttons_and_the_file_dialog_speak_vietnamese(qtbot, look):
    del look
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Ok)
    qtbot.addWidget(box)
    assert {button.text().replace("&", "") for button in box.buttons()} == {"Đồng ý", "Hủy"}
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    words = {button.text().replace("&", "") for button in dialog.findChildren(QPushButton)}
    assert words <= {"Mở", "Hủy", "Chọn", ""}


def test_english_is_used_when_it_is_chosen(look):
    look.use("en")
    assert QCoreApplication.translate("Rail", "Quét") == "Scan"
    look.use("vi")
    assert QCoreApplication.translate("Rail", "Quét") == "Quét"


def _fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def _bare_texts(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    excused = {id(node) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            excused |= {id(inside) for inside in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in excused:
            bare = re.sub("|".join(map(re.escape, NAMES)), "", node.value)
            if _is_vietnamese(bare):
                yield node.value


def _docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def _is_vietnamese(text: str) -> bool:
    return any("đ" in c.lower() or (c.isalpha() and unicodedata.decomposition(c)) for c in text)


def test_choices_speak_the_language_of_the_window_and_understand_both(stage):
    dossier_id = stage.office.take_in()
    stage.office.services.entry.change(stage.office.officer, dossier_id, "holders[0].sex", "male")
    stage.sign_in("canbo")
    with stage.bot.waitSignal(stage.window.started, timeout=5000):
        stage.click("language")
    stage.place.go_to("entry")
    with stage.bot.waitSignal(stage.place.entry_model.opened, timeout=5000):
        stage.place.entry_model.open(dossier_id, "holders[0].sex")
    stage.settle()
    station = stage.place.entry.station
    sex = station.form.editor("holders[0].sex").line
    assert sex.text() == "Male"
    sex.clear()
    type_text(sex, "nữ")
    stage.bot.keyClick(sex, Qt.Key.Key_Return)
    stage.settle()
    assert sex.text() == "Female"
    assert stage.services.entry.open(dossier_id).dossier.holders[0].sex == "female"
    station.go_to("holders[0].role")
    stage.bot.keyClick(sex, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert "3  Husband" in station.choices.lines
