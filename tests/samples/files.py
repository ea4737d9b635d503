"""Sample dossiers as files: pages in the wished format and `truth.json`."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import img2pdf

from tests.samples.dossier import SampleDossier, SamplePage

FORMATS = ("jpg", "png", "ppm", "pdf", "tiff")
MULTI_PAGE = {"pdf": "dossier.pdf", "tiff": "dossier.tiff"}


def write_dossier(dossier: SampleDossier, folder: Path, file_format: str = "jpg") -> dict[str, Any]:
    """Write pages and truth into a folder.

    One file per page for jpg, png and ppm, one file with all pages for pdf and tiff. A PDF holds the JPEG scans as they
    are; the boxes of the truth count in pixels of those.

    Returns:
        The truth as written, with `files` and with `file` and `page` for every page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if file_format in MULTI_PAGE:
        name = MULTI_PAGE[file_format]
        content = _pdf(dossier) if file_format == "pdf" else _tiff(dossier)
        (folder / name).write_bytes(content)
        places = [(name, number) for number in range(1, len(dossier.pages) + 1)]
    else:
        places = [(f"page-{number}.{file_format}", 1) for number in range(1, len(dossier.pages) + 1)]
        for page, (name, _) in zip(dossier.pages, places, strict=True):
            (folder / name).write_bytes(page_bytes(page, file_format))
    truth = _with_files(dossier.truth, places)
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return truth


def page_bytes(page: SamplePage, file_format: str) -> bytes:
    """Return one page as a jpg, png or ppm file; the jpg is the scanner's own."""
    if file_format == "jpg":
        return page.jpeg
    buffer = io.BytesIO()
    options = {"dpi": (page.dpi, page.dpi), "compress_level": 2} if file_format == "png" else {}
    page.image.save(buffer, format=file_format, **options)
    return buffer.getvalue()


def _pdf(dossier: SampleDossier) -> bytes:
    content = img2pdf.convert([page.jpeg for page in dossier.pages], nodate=True)
    assert isinstance(content, bytes)
    return content


def _tiff(dossier: SampleDossier) -> bytes:
    buffer = io.BytesIO()
    first, *rest = (page.image for page in dossier.pages)
    dpi = dossier.pages[0].dpi
    first.save(buffer, format="TIFF", save_all=True, append_images=rest, compression="jpeg", quality=92, dpi=(dpi, dpi))
    return buffer.getvalue()


def _with_files(truth: dict[str, Any], places: list[tuple[str, int]]) -> dict[str, Any]:
    files = list(dict.fromkeys(name for name, _ in places))
    pages = [
        {"file": name, **page, "page": number} for page, (name, number) in zip(truth["pages"], places, strict=True)
    ]
    return {**truth, "files": files, "pages": pages}
