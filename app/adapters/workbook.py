"""The workbook through XlsxWriter: every value a text cell, nothing in it is ever a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.adapters.durable import as_store_errors, finish, temp_beside
from app.domain.layout import ColumnKind, FormLayout, HeaderRow, letter_index

MAX_CELL_CHARACTERS = 32_767
"""What a cell holds. Source: the specification of the format."""

_FONT = {"font_name": "Times New Roman", "font_size": 11}
_OPTIONS = {
    "in_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SPARE_ROWS = 1000
"""The drop-down lists also work in rows an office adds by hand."""


class XlsxWorkbookWriter:
    """A `WorkbookWriter` for one layout."""

    def __init__(self, layout: FormLayout) -> None:
        self._layout = layout

    def write(self, rows: Sequence[Sequence[str]], out: Path) -> None:
        """Write the rows of text below the heading of the layout."""
        temp = temp_beside(out)
        with as_store_errors(out):
            try:
                self._write(rows, temp)
                finish(temp, out)
            finally:
                temp.unlink(missing_ok=True)

    def _write(self, rows: Sequence[Sequence[str]], file: Path) -> None:
        try:
            with xlsxwriter.Workbook(str(file), _OPTIONS) as book:
                sheet = book.add_worksheet(self._layout.sheet)
                self._write_header(book, sheet)
                self._write_rows(book, sheet, rows)
                self._prepare_for_people(sheet, len(rows))
        except xlsxwriter.exceptions.FileCreateError as error:
            raise _cause_of(error) from error

    def _write_header(self, book: Workbook, sheet: Worksheet) -> None:
        frame = {**_FONT, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        title = book.add_format({**frame, "font_size": 14, "align": "left", "text_wrap": False})
        boxed = book.add_format({**frame, "border": 1, "bg_color": "#DDEBF7"})
        required = book.add_format({**frame, "border": 1, "bg_color": "#FCE4D6"})
        number = book.add_format({**frame, "border": 1, "bold": False, "italic": True})
        for place, kind in enumerate(self._layout.header):
            if kind is HeaderRow.TITLE:
                sheet.write_string(place, 0, self._layout.title, title)
            elif kind is HeaderRow.GROUPS:
                self._write_groups(sheet, place, boxed)
            elif kind is HeaderRow.LABELS:
                sheet.set_row(place, 75)
                for column, spec in enumerate(self._layout.columns):
                    sheet.write_string(place, column, spec.label, required if spec.required else boxed)
            else:
                for column, spec in enumerate(self._layout.columns):
                    sheet.write_string(place, column, f"({spec.number})" if spec.number else "", number)

    def _write_groups(self, sheet: Worksheet, place: int, boxed: Format) -> None:
        for group in self._layout.groups:
            first, last = letter_index(group.first), letter_index(group.last)
            if first == last:
                sheet.write_string(place, first, group.label, boxed)
            else:
                sheet.merge_range(place, first, place, last, "", boxed)
                sheet.write_string(place, first, group.label, boxed)

    def _write_rows(self, book: Workbook, sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
        text = book.add_format({**_FONT, "num_format": "@", "border": 1, "valign": "top", "text_wrap": True})
        count = book.add_format({**_FONT, "num_format": "0", "border": 1, "valign": "top"})
        for place, row in enumerate(rows, self._first_row):
            for column, (spec, value) in enumerate(zip(self._layout.columns, row, strict=True)):
                if spec.kind is ColumnKind.INT and value.isdecimal():
                    sheet.write_number(place, column, int(value), count)
                else:
                    sheet.write_string(place, column, value[:MAX_CELL_CHARACTERS], text)

    def _prepare_for_people(self, sheet: Worksheet, row_count: int) -> None:
        last_row = self._first_row + row_count + _SPARE_ROWS
        for column, spec in enumerate(self._layout.columns):
            sheet.set_column(column, column, spec.width)
            if spec.options:
                choices = {"validate": "list", "source": list(spec.options), "error_type": "warning"}
                sheet.data_validation(self._first_row, column, last_row, column, choices)
        sheet.freeze_panes(self._first_row, 3)
        last_letter = self._layout.columns[-1].letter
        sheet.ignore_errors({"number_stored_as_text": f"A1:{last_letter}{last_row}"})
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, self._first_row - 1)

    @property
    def _first_row(self) -> int:
        return self._layout.first_data_row - 1


def _cause_of(error: Exception) -> OSError:
    """XlsxWriter wraps what the system says."""
    cause = error.args[0] if error.args else None
    return cause if isinstance(cause, OSError) else OSError(str(error))
