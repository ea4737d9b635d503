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
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton

import resources
import ui

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
