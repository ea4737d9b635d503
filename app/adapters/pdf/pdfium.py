"""Pages of a PDF by pdfium: the quick way, and the one that works without poppler."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from app.adapters.images import check_page_size
from app.adapters.pdf.embedded import RENDER_DPI, is_plain_jpeg, page_from_jpeg, page_from_rendering, rendered_size_px
from app.errors import InputError
from app.ports import PdfPage

_POINTS_PER_INCH = 72
_RENDER_SCALE = RENDER_DPI / _POINTS_PER_INCH * (1 - 1e-6)  # sizes are rounded up: 900.00001 would become 901
_COVERED_SHARE = 0.95  # of the page's width and height, for an image to be the whole page
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


class PdfiumReader:
    """A `PdfReader`; pdfium itself is not thread-safe, so one call at a time enters it."""

    _gate = threading.Lock()

    def count(self, file: Path) -> int:
        """How many pages there are."""
        with self._gate, _document(file) as document:
            return len(document)

    def pages(self, file: Path, first: int = 1) -> Iterator[PdfPage]:
        """Pages in order, from page `first` on; each opens the file anew, so nothing is held between pages."""
        number = first
        total = self.count(file)
        while number <= total:
            with self._gate, _document(file) as document:
                page = _page(document, number, file.name)
            yield page
            number += 1


@contextmanager
def _document(file: Path) -> Iterator[Any]:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise InputError("file_locked" if locked else "unreadable_file", file=file.name) from error
    except OSError as error:
        raise InputError("unreadable_file", file=file.name) from error
    try:
        yield document
    finally:
        document.close()


def _page(document: Any, number: int, name: str) -> PdfPage:
    try:
        page = document[number - 1]
        try:
            return _embedded(page, number) or _rendering(page, number, name)
        finally:
            page.close()
    except (pypdfium2.PdfiumError, MemoryError, ctypes.ArgumentError) as error:
        raise InputError("unreadable_file", file=name) from error


def _embedded(page: Any, number: int) -> PdfPage | None:
    """The page's JPEG as it was put in, when the page shows it whole, plain, and nothing else."""
    image = _only_image(page)
    if image is None or image.get_filters() != ["DCTDecode"] or pdfium.FPDFPageObj_HasTransparency(image):
        return None
    matrix = image.get_matrix()
    upright = abs(matrix.b) + abs(matrix.c) < 0.01 * (abs(matrix.a) + abs(matrix.d))
    if not upright or matrix.a <= 0 or matrix.d <= 0 or not _covers(page, image.get_bounds()):
        return None
    jpeg = bytes(image.get_data())
    if not is_plain_jpeg(jpeg):
        return None
    return page_from_jpeg(jpeg, number, width_inch=matrix.a / _POINTS_PER_INCH)


def _only_image(page: Any) -> Any | None:
    """The single visible object of a page, if it is an image; text that only searches find does not count."""
    if pdfium.FPDFPage_GetAnnotCount(page) > 0:
        return None
    found = None
    for index, item in enumerate(page.get_objects(max_depth=1)):
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE:
            continue
        if found is not None or item.type != pdfium.FPDF_PAGEOBJ_IMAGE or index > 20_000:
            return None
        found = item
    return found


def _covers(page: Any, bounds: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = bounds
    page_left, page_bottom, page_right, page_top = page.get_bbox()
    width, height = page_right - page_left, page_top - page_bottom
    if width <= 0 or height <= 0:
        return False
    slack_x, slack_y = (1 - _COVERED_SHARE) * width, (1 - _COVERED_SHARE) * height
    gaps_x = abs(left - page_left), abs(right - page_right)
    gaps_y = abs(bottom - page_bottom), abs(top - page_top)
    return bool(max(gaps_x) <= slack_x and max(gaps_y) <= slack_y)


def _rendering(page: Any, number: int, name: str) -> PdfPage:
    width_pt, height_pt = page.get_size()
    check_page_size(*rendered_size_px(width_pt, height_pt), name)
    bitmap = page.render(scale=_RENDER_SCALE)
    try:
        return page_from_rendering(bitmap.to_pil().convert("RGB"), number)
    finally:
        bitmap.close()
