"""What the province takes today: the form 01 workbook, and per batch a folder with workbook, PDFs and a list."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain import form01
from app.domain.dossier import Dossier, DossierPage
from app.domain.handover import PageSet, numbered, page_sets
from app.domain.layout import FormLayout
from app.domain.people import Person, Right
from app.domain.states import FROZEN, BatchState, DossierState
from app.errors import InputError
from app.ports import ListedFile, ListQuery, MakeHandoverFolder, PageFiles, PdfWriter, Store, WorkbookWriter
from app.services import rights

log = logging.getLogger(__name__)

_S = DossierState
FINISHED = tuple(state for state in _S if state not in {_S.DRAFT, _S.RETURNED, _S.DISCARDED})
"""Whose values somebody finished entering."""

WORKBOOK_NAME = "bieu-mau-01.xlsx"
MAX_PAGES_OF_A_PDF = 20
_AT_ONCE = 200
_RECOMPRESSED = "Ảnh trong tệp này đã được nén lại để dưới giới hạn dung lượng"


@dataclass(slots=True)
class _Rows:
    """The rows of a workbook while it is put together."""

    layout: FormLayout
    cells: list[list[str]]

    def add(self, dossier: Dossier, files: Sequence[str]) -> None:
        """Append the rows of a dossier, numbered on."""
        self.cells += form01.rows_of(dossier, self.layout, files, len(self.cells) + 1)


class ExportService:
    """Writes files for people outside; the store is only read."""

    def __init__(
        self,
        store: Store,
        files: PageFiles,
        workbook: WorkbookWriter,
        pdfs: PdfWriter,
        make_folder: MakeHandoverFolder,
        layout: FormLayout,
    ) -> None:
        self._store = store
        self._files = files
        self._workbook = workbook
        self._pdfs = pdfs
        self._make_folder = make_folder
        self._layout = layout

    def form01(self, person: Person, out: Path, states: Sequence[DossierState] = FINISHED) -> int:
        """Write the workbook of all dossiers in some states, oldest first.

        Returns:
            Number of rows.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            StoreError: `disk_full`, `disk_failed`, `file_in_use`.
        """
        with self._store.read() as reader:
            rights.require(reader, person, Right.EXPORT)
        rows = _Rows(layout=self._layout, cells=[])
        for dossier in self._dossiers(ListQuery(states=tuple(states), limit=_AT_ONCE)):
            rows.add(dossier, [_file_name(pages) for pages in page_sets(dossier)])
        self._workbook.write(rows.cells, out)
        return len(rows.cells)

    def handover(self, person: Person, out_dir: Path, batch_ids: Sequence[str] = ()) -> list[Path]:
        """Write a folder for each batch with approved dossiers; the batches named, or all.

        Returns:
            The folders.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_batch`, `pdf_too_large` for a single page.
            StoreError: `page_missing`, `disk_full`, `disk_failed`, `file_in_use`; the folder of that batch is not made.
        """
        with self._store.read() as reader:
            rights.require(reader, person, Right.EXPORT)
            if batch_ids:
                batches = [reader.batch(batch_id) for batch_id in batch_ids]
            else:
                batches = reader.batches((BatchState.SUBMITTED, BatchState.SEALED))[::-1]
        folders = [self._hand_over(out_dir, batch.batch_id) for batch in batches]
        return [folder for folder in folders if folder is not None]

    def _hand_over(self, out_dir: Path, batch_id: str) -> Path | None:
        query = ListQuery(states=FROZEN, batch_id=batch_id, limit=_AT_ONCE)
        dossiers = list(self._dossiers(query))
        if not dossiers:
            return None
        rows = _Rows(layout=self._layout, cells=[])
        taken = {WORKBOOK_NAME}
        with self._make_folder(out_dir, batch_id) as folder:
            for dossier in dossiers:
                pdfs = [pdf for pages in page_sets(dossier) for pdf in self._write_pdfs(folder.path, pages, taken)]
                rows.add(dossier, [pdf.file.name for pdf in pdfs])
                folder.note(*(_described(pdf, dossier) for pdf in pdfs))
            self._workbook.write(rows.cells, folder.path / WORKBOOK_NAME)
            folder.note(ListedFile(file=folder.path / WORKBOOK_NAME, note=_extra_rows(dossiers)))
        return folder.final_path

    def _write_pdfs(self, folder: Path, pages: PageSet, taken: set[str]) -> Iterator[ListedFile]:
        for start in range(0, len(pages.pages), MAX_PAGES_OF_A_PDF):
            yield from self._write_pdf(folder, pages, pages.pages[start : start + MAX_PAGES_OF_A_PDF], taken)

    def _write_pdf(
        self, folder: Path, pages: PageSet, part: tuple[DossierPage, ...], taken: set[str]
    ) -> Iterator[ListedFile]:
        """One PDF; in halves when it would be too large even with smaller images."""
        name = numbered(_file_name(pages), taken)
        try:
            written = self._pdfs.write(
                [self._files.path(page.sha256) for page in part],
                folder / name,
                [page.rotation_deg for page in part],
            )
        except InputError:
            if len(part) == 1:
                raise
            taken.discard(name.lower())
            log.info("a file of %d pages is split", len(part))
            middle = len(part) // 2
            yield from self._write_pdf(folder, pages, part[:middle], taken)
            yield from self._write_pdf(folder, pages, part[middle:], taken)
            return
        note = _RECOMPRESSED if written.recompressed else ""
        yield ListedFile(file=folder / name, pages=len(part), note=note)

    def _dossiers(self, query: ListQuery) -> Iterator[Dossier]:
        """All dossiers of a list, oldest first."""
        with self._store.read() as reader:
            found = []
            after: str | None = None
            while heads := reader.heads(_behind(query, after)):
                found += [head.dossier_id for head in heads]
                after = heads[-1].dossier_id
        for dossier_id in reversed(found):
            with self._store.read() as reader:
                dossier = reader.open(dossier_id).dossier
            yield dossier


def _behind(query: ListQuery, after: str | None) -> ListQuery:
    return ListQuery(states=query.states, batch_id=query.batch_id, after=after, limit=query.limit)


def _file_name(pages: PageSet) -> str:
    return f"{pages.stem}-{pages.suffix}.pdf"


def _described(pdf: ListedFile, dossier: Dossier) -> ListedFile:
    return replace(pdf, dossier_id=dossier.dossier_id, serial=dossier.certificate.serial or "")


def _extra_rows(dossiers: Sequence[Dossier]) -> str:
    """Which dossiers needed more rows than one per parcel and person, and why."""
    found = [(dossier, finding) for dossier in dossiers for finding in form01.extra_rows(dossier)]
    return " ".join(
        f"{dossier.certificate.serial or dossier.dossier_id}: {finding.message}" for dossier, finding in found
    )
