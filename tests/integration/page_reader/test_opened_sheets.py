"""Opened sheets on their way through the workers: how their pages are counted."""

from __future__ import annotations

from app.adapters.page_reader import WorkerPageReader
from tests.integration.page_reader.test_page_scanner import opened_sheet
from tests.integration.papers import jpeg, pdf_of, printed, save_jpeg


def test_the_pages_of_opened_sheets_are_counted_on_through_their_file(tmp_path):
    file = tmp_path / "hồ sơ.pdf"
    file.write_bytes(pdf_of([jpeg(opened_sheet()), jpeg(printed()), jpeg(opened_sheet())]))
    single = save_jpeg(tmp_path, "trang.jpg", printed())
    reader = WorkerPageReader(workers=2)
    try:
        scans = list(reader.scan([file, single]))
    finally:
        reader.close()
    assert [scan.page for scan in scans] == [1, 2, 3, 4, 5, 1]
    assert [scan.image for scan in scans] == [1, 1, 2, 3, 3, 1]
    assert [scan.split.half if scan.split else None for scan in scans] == [0, 1, None, 0, 1, None]
