"""Exports over a real store: what the province gets, read back from the files."""

from __future__ import annotations

import csv
import dataclasses
import errno
import hashlib
import os
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook
from PIL import Image

from app.adapters.handover_folder import DiskHandoverFolder
from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.layout_files import load_form01_layout
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.pdf.pdfium import PdfiumReader
from app.adapters.pdf_writer import Img2PdfWriter
from app.adapters.workbook import XlsxWorkbookWriter
from app.domain.dossier import Asset, Certificate, DossierPage
from app.domain.people import Person, Role
from app.domain.queue import ReturnReason
from app.domain.states import DossierState
from app.errors import AuthError, InputError, StoreError
from app.ports import WrittenPdf
from app.services import export as export_service
from app.services.export import ExportService
from tests.office import AT, PASSWORD, Office, a_complete_dossier

STRANGER = Person(person_id="x", login="x", full_name="X", role=Role.OFFICER)
LAYOUT = load_form01_layout()


class FussyPdfs:
    """Refuses PDFs of more than some pages, as if they were too large."""

    def __init__(self, most_pages: int) -> None:
        self.most_pages = most_pages
        self.written: list[tuple[str, int]] = []

    def write(self, pages: Sequence[Path], out: Path, turns_deg: Sequence[int] = ()) -> WrittenPdf:
        if len(pages) > self.most_pages:
            raise InputError("pdf_too_large", file=out.name)
        out.write_bytes(b"%PDF")
        self.written.append((out.name, len(pages)))
        return WrittenPdf(size_bytes=4, recompressed=True)


@pytest.fixture
def files(tmp_path: Path) -> PagesOnDisk:
    return PagesOnDisk(tmp_path / "store", partial(jpeg_pages, PdfiumReader()))


@pytest.fixture
def export(office: Office, files: PagesOnDisk) -> ExportService:
    return ExportService(office.store, files, XlsxWorkbookWriter(LAYOUT), Img2PdfWriter(), DiskHandoverFolder, LAYOUT)


@pytest.fixture
def desk(office: Office, files: PagesOnDisk, tmp_path: Path) -> Desk:
    return Desk(office, files, tmp_path)


class Desk:
    """Makes entered dossiers with real pages."""

    def __init__(self, office: Office, files: PagesOnDisk, folder: Path) -> None:
        self.office = office
        self.files = files
        self.folder = folder
        self.drawn = 0

    def enter(self, *kinds: str, serial: str | None = "CQ 718336", **changed: object) -> str:
        """A complete dossier with a page of each kind, entered."""
        base = a_complete_dossier("")
        values: dict[str, Any] = {"certificate": dataclasses.replace(base.certificate, serial=serial), **changed}
        dossier_id = self.office.draft(dataclasses.replace(base, **values))
        for position, kind in enumerate(kinds):
            (stored,) = self.files.accept(self.draw())
            page = DossierPage(page_id=f"{dossier_id}-{position}", sha256=stored.sha256, kind=kind, position=position)
            with self.office.store.write() as writer:
                writer.add_page(dossier_id, page, stored)
        with self.office.store.write() as writer:
            writer.step(dossier_id, DossierState.ENTERED, who=self.office.officer.person_id, at=AT)
        return dossier_id

    def submit(self, *dossier_ids: str) -> str:
        """A batch before the supervisor."""
        return self.office.review.submit(self.office.officer, dossier_ids)

    def seal(self, *dossier_ids: str) -> str:
        """An approved and sealed batch."""
        batch_id = self.submit(*dossier_ids)
        self.office.review.approve_all(self.office.supervisor, batch_id)
        self.office.review.seal(self.office.supervisor, batch_id)
        return batch_id

    def draw(self) -> Path:
        """Another page."""
        self.drawn += 1
        file = self.folder / f"drawn{self.drawn}.jpg"
        Image.new("RGB", (310, 438), (self.drawn, 120, 180)).save(file, dpi=(75, 75))
        return file


def read_list(folder: Path) -> list[dict[str, str]]:
    with (folder / "danh-sach.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def rows_of(workbook: Path) -> Iterator[tuple[object, ...]]:
    sheet = load_workbook(workbook).active
    assert sheet is not None
    return sheet.iter_rows(min_row=5, values_only=True)


class TestForm01:
    def test_finished_dossiers_are_in_the_workbook_oldest_first(self, export, office, desk, tmp_path, monkeypatch):
        monkeypatch.setattr(export_service, "_AT_ONCE", 2)
        for number in range(5):
            desk.enter("certificate_front", serial=f"AA {number:08d}")
        office.draft(a_complete_dossier(""))
        count = export.form01(office.officer, tmp_path / "out.xlsx")
        rows = list(rows_of(tmp_path / "out.xlsx"))
        assert count == len(rows) == 10
        assert [row[0] for row in rows] == list(range(1, 11))
        assert [row[2] for row in rows][::2] == [f"AA {number:08d}" for number in range(5)]
        assert [row[49] for row in rows][::2] == [f"AA {number:08d}-GCN.pdf" for number in range(5)]
        assert [row[7] for row in rows][:2] == ["TRƯƠNG QUANG HÁCH", "ĐẶNG ĐỨC ĐÔNG"]

    def test_other_states_can_be_asked_for(self, export, office, desk, tmp_path):
        desk.enter()
        office.draft(a_complete_dossier(""))
        assert export.form01(office.officer, tmp_path / "out.xlsx", [DossierState.DRAFT]) == 2

    def test_an_empty_store_gives_a_workbook_with_headings(self, export, office, tmp_path):
        assert export.form01(office.officer, tmp_path / "out.xlsx") == 0
        assert list(rows_of(tmp_path / "out.xlsx")) == []

    def test_the_right_to_export_is_needed(self, export, office, tmp_path):
        admin = office.people.add(office.supervisor, "quan", "Quân", Role.ADMIN, PASSWORD)
        for person, code in ((admin, "right_missing"), (STRANGER, "sign_in_needed")):
            with pytest.raises(AuthError, match=code):
                export.form01(person, tmp_path / "out.xlsx")
            with pytest.raises(AuthError, match=code):
                export.handover(person, tmp_path / "out")

    def test_who_was_shut_out_meanwhile_takes_nothing_along(self, export, office, tmp_path):
        office.people.set_active(office.supervisor, office.officer.login, active=False)
        with pytest.raises(AuthError, match="sign_in_needed"):
            export.form01(office.officer, tmp_path / "out.xlsx")


class TestHandover:
    def test_a_batch_is_a_folder_with_workbook_pdfs_and_a_list_with_hashes(self, export, office, desk, files, tmp_path):
        first = desk.enter("certificate_back", "id_card_front", "certificate_front")
        batch_id = desk.seal(first, desk.enter("certificate_front", serial="AA 04417325"))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert folder == tmp_path / "out" / batch_id
        assert sorted(file.name for file in folder.iterdir()) == [
            "AA 04417325-GCN.pdf",
            "CQ 718336-GCN.pdf",
            "CQ 718336-GT.pdf",
            "bieu-mau-01.xlsx",
            "danh-sach.csv",
        ]
        listed = read_list(folder)
        assert [line["Tệp"] for line in listed] == [
            "CQ 718336-GCN.pdf",
            "CQ 718336-GT.pdf",
            "AA 04417325-GCN.pdf",
            "bieu-mau-01.xlsx",
        ]
        for line in listed:
            content = (folder / line["Tệp"]).read_bytes()
            assert line["SHA-256"] == hashlib.sha256(content).hexdigest()
            assert line["Kích thước (byte)"] == str(len(content))
        assert (listed[0]["Số trang"], listed[0]["Mã hồ sơ"], listed[0]["Số phát hành"]) == ("2", first, "CQ 718336")
        rows = list(rows_of(folder / "bieu-mau-01.xlsx"))
        assert [row[49] for row in rows] == ["CQ 718336-GCN.pdf; CQ 718336-GT.pdf"] * 2 + ["AA 04417325-GCN.pdf"] * 2
        dossier = office.opened(first).dossier
        front, back = dossier.pages[2], dossier.pages[0]
        expected = [files.path(page.sha256).read_bytes() for page in (front, back)]
        assert _images(folder / "CQ 718336-GCN.pdf") == expected

    def test_only_approved_dossiers_are_handed_over(self, export, office, desk, tmp_path):
        approved, waiting, returned = (desk.enter(serial=f"AA {number:08d}") for number in (1, 2, 3))
        batch_id = desk.submit(approved, waiting, returned)
        office.review.approve(office.supervisor, approved)
        office.review.return_dossier(
            office.supervisor, returned, [ReturnReason(path="certificate.serial", why="Xem lại số")]
        )
        (folder,) = export.handover(office.officer, tmp_path / "out", [batch_id])
        assert {row[2] for row in rows_of(folder / "bieu-mau-01.xlsx")} == {"AA 00000001"}

    def test_batches_without_an_approved_dossier_make_no_folder(self, export, office, desk, tmp_path):
        desk.submit(desk.enter())
        assert export.handover(office.officer, tmp_path / "out") == []

    def test_all_batches_are_handed_over_oldest_first_when_none_is_named(self, export, office, desk, tmp_path):
        batches = [desk.seal(desk.enter(serial=f"AA {number:08d}")) for number in (1, 2)]
        assert [folder.name for folder in export.handover(office.officer, tmp_path / "out")] == batches

    def test_a_second_hand_over_does_not_touch_the_first(self, export, office, desk, tmp_path):
        batch_id = desk.seal(desk.enter("certificate_front"))
        (first,) = export.handover(office.officer, tmp_path / "out")
        before = (first / "danh-sach.csv").read_bytes()
        (second,) = export.handover(office.officer, tmp_path / "out")
        assert second.name == f"{batch_id}-2"
        assert (first / "danh-sach.csv").read_bytes() == before

    def test_two_dossiers_with_the_same_serial_do_not_overwrite_each_other(self, export, office, desk, tmp_path):
        desk.seal(desk.enter("certificate_front"), desk.enter("certificate_front"))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert sorted(file.name for file in folder.glob("*.pdf")) == ["CQ 718336-GCN-2.pdf", "CQ 718336-GCN.pdf"]
        names = {row[49] for row in rows_of(folder / "bieu-mau-01.xlsx")}
        assert names == {"CQ 718336-GCN.pdf", "CQ 718336-GCN-2.pdf"}

    def test_a_serial_from_a_hostile_paper_cannot_leave_the_folder_or_run(self, export, office, desk, tmp_path):
        evil = "=cmd|'/c calc'!../../A1"
        desk.seal(desk.enter("certificate_front", serial=evil))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert [file.name for file in folder.glob("*.pdf")] == ["cmd_c calc_A1-GCN.pdf"]
        assert {path.name for path in tmp_path.iterdir()} >= {"out", "store"}
        assert read_list(folder)[0]["Số phát hành"] == f"'{evil}"
        sheet = load_workbook(folder / "bieu-mau-01.xlsx").active
        assert sheet is not None
        assert (sheet["C5"].value, sheet["C5"].data_type) == (evil, "s")

    def test_land_without_certificate_is_named_by_its_parcel(self, export, office, desk, tmp_path):
        certificate = Certificate(status="not_issued")
        desk.seal(desk.enter("application", "id_card_front", serial=None, certificate=certificate))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert sorted(file.name for file in folder.glob("*.pdf")) == [
            "CHUACOGIAY_09193_16_205-DDK.pdf",
            "CHUACOGIAY_09193_16_205-GT.pdf",
        ]

    def test_a_dossier_without_pages_is_in_the_workbook_only(self, export, office, desk, tmp_path):
        desk.seal(desk.enter())
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert [line["Tệp"] for line in read_list(folder)] == ["bieu-mau-01.xlsx"]
        assert len(list(rows_of(folder / "bieu-mau-01.xlsx"))) == 2

    def test_more_rows_than_one_per_parcel_and_person_are_told_in_the_list(self, export, office, desk, tmp_path):
        desk.seal(desk.enter(assets=(Asset(kind="Nhà ở"), Asset(kind="Nhà kho"))))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert read_list(folder)[-1]["Ghi chú"].startswith("CQ 718336: Có nhiều tài sản")

    def test_a_pdf_that_stays_too_large_is_split_and_the_parts_are_named_everywhere(
        self, office, files, desk, tmp_path
    ):
        pdfs = FussyPdfs(most_pages=2)
        export = ExportService(office.store, files, XlsxWorkbookWriter(LAYOUT), pdfs, DiskHandoverFolder, LAYOUT)
        desk.seal(desk.enter("certificate_front", *["other"] * 5))
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert pdfs.written == [
            ("CQ 718336-GCN.pdf", 1),
            ("CQ 718336-GT.pdf", 2),
            ("CQ 718336-GT-2.pdf", 1),
            ("CQ 718336-GT-3.pdf", 2),
        ]
        row = next(rows_of(folder / "bieu-mau-01.xlsx"))
        assert row[49] == "; ".join(name for name, _ in pdfs.written)
        assert all("nén lại" in line["Ghi chú"] for line in read_list(folder)[:-1])

    def test_a_long_stack_is_cut_into_pdfs_of_twenty_pages(self, office, files, desk, tmp_path, monkeypatch):
        monkeypatch.setattr(export_service, "MAX_PAGES_OF_A_PDF", 3)
        pdfs = FussyPdfs(most_pages=99)
        export = ExportService(office.store, files, XlsxWorkbookWriter(LAYOUT), pdfs, DiskHandoverFolder, LAYOUT)
        desk.seal(desk.enter(*["other"] * 7))
        export.handover(office.officer, tmp_path / "out")
        assert [pages for _, pages in pdfs.written] == [3, 3, 1]

    def test_every_file_is_on_the_disk_before_the_folder_has_its_name(
        self, export, office, desk, tmp_path, monkeypatch
    ):
        synced: set[str] = set()
        sync = os.fsync
        seen: list[set[str]] = []
        rename = Path.rename

        def note_sync(handle: int) -> None:
            sync(handle)
            synced.add(Path(f"/proc/self/fd/{handle}").readlink().name)

        def note_rename(source: Path, target: Path) -> Path:
            seen.append({file.name for file in source.iterdir()} - synced if source.is_dir() else set())
            return rename(source, target)

        desk.seal(desk.enter("certificate_front"))
        monkeypatch.setattr(os, "fsync", note_sync)
        monkeypatch.setattr(Path, "rename", note_rename)
        (folder,) = export.handover(office.officer, tmp_path / "out")
        assert seen[-1] == set()
        assert {file.name for file in folder.iterdir()} <= synced

    def test_a_single_page_too_large_stops_the_folder(self, office, files, desk, tmp_path):
        pdfs = FussyPdfs(most_pages=0)
        export = ExportService(office.store, files, XlsxWorkbookWriter(LAYOUT), pdfs, DiskHandoverFolder, LAYOUT)
        desk.seal(desk.enter("certificate_front"))
        with pytest.raises(InputError, match="pdf_too_large"):
            export.handover(office.officer, tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []

    def test_a_missing_page_file_stops_the_folder_instead_of_leaving_it_out(
        self, export, office, desk, files, tmp_path
    ):
        dossier_id = desk.enter("certificate_front")
        desk.seal(dossier_id)
        files.path(office.opened(dossier_id).dossier.pages[0].sha256).unlink()
        with pytest.raises(StoreError, match="page_missing"):
            export.handover(office.officer, tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []

    def test_an_unknown_batch_is_refused(self, export, office, tmp_path):
        with pytest.raises(InputError, match="unknown_batch"):
            export.handover(office.officer, tmp_path / "out", ["none"])

    @pytest.mark.parametrize(
        ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EACCES, "file_in_use"), (None, "disk_failed")]
    )
    def test_a_disk_that_fails_at_the_end_leaves_no_folder(
        self, export, office, desk, tmp_path, monkeypatch, number, code
    ):
        desk.seal(desk.enter())

        def fail(*_: object) -> None:
            raise OSError(number, "injected") if number else OSError("injected")

        monkeypatch.setattr(Path, "rename", fail)
        with pytest.raises(StoreError, match=code):
            export.handover(office.officer, tmp_path / "out")
        assert list((tmp_path / "out").iterdir()) == []

    def test_a_place_that_is_no_folder_is_a_failed_disk(self, export, office, desk, tmp_path):
        desk.seal(desk.enter())
        (tmp_path / "out").write_text("in the way")
        with pytest.raises(StoreError, match="disk_failed"):
            export.handover(office.officer, tmp_path / "out")


def _images(pdf: Path) -> list[bytes]:
    with pikepdf.open(BytesIO(pdf.read_bytes())) as opened:
        return [image.read_raw_bytes() for page in opened.pages for image in page.Resources.XObject.values()]
