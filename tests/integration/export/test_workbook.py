"""The workbook, read back with openpyxl and looked at as XML."""

from __future__ import annotations

import dataclasses
import errno
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.adapters.layout_files import load_form01_layout
from app.adapters.workbook import XlsxWorkbookWriter
from app.domain.layout import HeaderRow
from app.errors import StoreError

LAYOUT = load_form01_layout()
HOSTILE = [
    "=cmd|'/c calc'!A1",
    "=1+1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "{=SUM(A1:A2)}",
    "http://example.invalid/?x",
    "mailto:a@example.invalid",
    "internal:Sheet1!A1",
    "file:///c:/x",
    "\t=1",
    "027081999921",
    "0.5",
    "1E5",
    "TRUE",
    "<b>&\"'",
    "NGUYỄN THỊ NGỌC ÁNH",
    "line\nbreak",
    "\x01\x1f control",
    "_x0041_",
]


def row_of(*values: str) -> list[str]:
    return ["1", *values, *[""] * (len(LAYOUT.columns) - 1 - len(values))]


def write(tmp_path: Path, *rows: list[str]) -> Path:
    out = tmp_path / "mau.xlsx"
    XlsxWorkbookWriter(LAYOUT).write(rows, out)
    return out


def test_headings_stand_above_the_data_as_the_layout_says(tmp_path):
    sheet = load_workbook(write(tmp_path, row_of("09169"))).active
    assert sheet is not None
    assert (sheet.title, sheet.max_column) == (LAYOUT.sheet, 50)
    assert sheet["A1"].value == LAYOUT.title
    assert [cell.value for cell in sheet[3]] == [column.label for column in LAYOUT.columns]
    assert sheet["AX4"].value == "(49)"
    assert sheet["Z2"].value == "Loại đất 1"
    assert "Z2:AD2" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert (sheet["A5"].value, sheet["B5"].value) == (1, "09169")
    assert sheet.freeze_panes == "D5"


def test_every_value_comes_back_as_the_same_text_and_none_is_a_formula(tmp_path):
    rows = [row_of(value) for value in HOSTILE]
    file = write(tmp_path, *rows)
    sheet = load_workbook(file).active
    assert sheet is not None
    for place, value in enumerate(HOSTILE, LAYOUT.first_data_row):
        cell = sheet[f"B{place}"]
        assert cell.data_type == "s", value
        assert _unescaped(str(cell.value)) == value
        assert cell.hyperlink is None
        assert cell.number_format == "@"
    with zipfile.ZipFile(file) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text
    assert "hyperlink" not in text


def test_identity_numbers_keep_their_zeros(tmp_path):
    sheet = load_workbook(write(tmp_path, row_of("00001", "AA 04417325"))).active
    assert sheet is not None
    assert (sheet["B5"].value, sheet["B5"].data_type) == ("00001", "s")


def test_drop_downs_offer_the_words_of_the_layout(tmp_path):
    sheet = load_workbook(write(tmp_path, row_of("x"))).active
    assert sheet is not None
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["M5"] == '"Cá nhân,Hộ gia đình,Vợ chồng,Đồng sử dụng,Cộng đồng dân cư,Tổ chức"'
    assert set(lists) == {"J5", "M5", "N5", "AC5", "AH5", "AM5"}


def test_a_value_longer_than_a_cell_is_cut_instead_of_lost(tmp_path):
    sheet = load_workbook(write(tmp_path, row_of("x" * 40_000))).active
    assert sheet is not None
    assert len(str(sheet["B5"].value)) == 32_767


def test_a_layout_with_labels_only_begins_in_its_second_row(tmp_path):
    layout = dataclasses.replace(LAYOUT, header=(HeaderRow.LABELS,), first_data_row=2)
    XlsxWorkbookWriter(layout).write([row_of("x")], tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert (sheet["B1"].value, sheet["B2"].value) == ("Mã ĐVHC cấp xã", "x")


def test_a_running_number_that_is_none_is_text(tmp_path):
    sheet = load_workbook(write(tmp_path, ["?", *row_of()[1:]])).active
    assert sheet is not None
    assert sheet["A5"].value == "?"


def test_a_row_of_another_width_is_our_bug_and_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="zip"):
        write(tmp_path, ["1", "2"])
    assert list(tmp_path.iterdir()) == []


def test_an_older_workbook_is_replaced_as_a_whole(tmp_path):
    write(tmp_path, row_of("old"))
    sheet = load_workbook(write(tmp_path, row_of("new"))).active
    assert sheet is not None
    assert sheet["B5"].value == "new"
    assert [file.name for file in tmp_path.iterdir()] == ["mau.xlsx"]


def test_a_folder_that_is_not_there_is_a_failed_disk(tmp_path):
    with pytest.raises(StoreError, match="disk_failed"):
        XlsxWorkbookWriter(LAYOUT).write([], tmp_path / "none" / "a.xlsx")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "file_in_use"), (errno.EIO, "disk_failed")]
)
def test_a_disk_that_fails_leaves_the_old_workbook(tmp_path, monkeypatch, number, code):
    file = write(tmp_path, row_of("old"))

    def fail(_: int) -> None:
        raise OSError(number, "injected")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match=code):
        write(tmp_path, row_of("new"))
    monkeypatch.undo()
    sheet = load_workbook(file).active
    assert sheet is not None
    assert sheet["B5"].value == "old"
    assert [other.name for other in tmp_path.iterdir()] == ["mau.xlsx"]


def _unescaped(text: str) -> str:
    """Openpyxl leaves the escapes of control characters as they stand in the file."""
    for number in range(32):
        text = text.replace(f"_x{number:04X}_", chr(number))
    return text.replace("_x005F_", "_")
