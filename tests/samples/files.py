"""Sample dossiers as files: pages in the wished format and `truth.json`."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import img2pdf
from PIL import Image

from tests.samples.dossier import SampleDossier
from tests.samples.scan import EXIF_ORIENTATION
from tests.samples.shooting import SamplePage

FORMATS = ("jpg", "png", "ppm", "pdf", "tiff")
MULTI_PAGE = {"pdf": "dossier.pdf", "tiff": "dossier.tiff"}


def write_dossier(dossier: SampleDossier, folder: Path, file_format: str = "jpg") -> dict[str, Any]:
    """Write pages and truth into a folder.

    One file per image for jpg, png and ppm, one file with all images for pdf and tiff. A PDF holds the JPEG scans as
    they are, but a photograph that EXIF turns is put in upright; the boxes of the truth count in pixels of those.

    Returns:
        The truth as written, with `files` and with `file` and `page` for every page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = dossier.pictures
    if file_format in MULTI_PAGE:
        names = [MULTI_PAGE[file_format]] * len(pictures)
        content = _pdf(pictures) if file_format == "pdf" else _tiff(pictures)
        (folder / names[0]).write_bytes(content)
    else:
        digits = len(str(len(pictures)))
        names = [f"page-{number:0{digits}d}.{file_format}" for number in range(1, len(pictures) + 1)]
        for page, name in zip(pictures, names, strict=True):
            (folder / name).write_bytes(page_bytes(page, file_format))
    file_of = {page.picture: name for page, name in zip(pictures, names, strict=True)}
    truth = _with_files(dossier.truth, [file_of[page.picture] for page in dossier.pages])
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return truth


def page_bytes(page: SamplePage, file_format: str) -> bytes:
    """Return one image as a jpg, png or ppm file; the jpg is the device's own."""
    if file_format == "jpg":
        return page.jpeg
    buffer = io.BytesIO()
    options = {"dpi": (page.dpi, page.dpi), "compress_level": 2} if file_format == "png" else {}
    page.image.save(buffer, format=file_format, **options)
    return buffer.getvalue()


def _pdf(pictures: Sequence[SamplePage]) -> bytes:
    content = img2pdf.convert([_upright(page) for page in pictures], nodate=True)
    assert isinstance(content, bytes)
    return content


def _upright(page: SamplePage) -> bytes:
    """Return the JPEG, written anew if it relies on EXIF to stand upright."""
    with Image.open(io.BytesIO(page.jpeg)) as stored:
        if EXIF_ORIENTATION not in stored.getexif():
            return page.jpeg
    buffer = io.BytesIO()
    page.image.save(buffer, format="JPEG", quality=92, dpi=(page.dpi, page.dpi))
    return buffer.getvalue()


def _tiff(pictures: Sequence[SamplePage]) -> bytes:
    buffer = io.BytesIO()
    first, *rest = (page.image for page in pictures)
    dpi = pictures[0].dpi
    first.save(buffer, format="TIFF", save_all=True, append_images=rest, compression="jpeg", quality=92, dpi=(dpi, dpi))
    return buffer.getvalue()


def _with_files(truth: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Name each page's file; pages count from 1 within a file."""
    counts: Counter[str] = Counter()
    pages = []
    for page, name in zip(truth["pages"], names, strict=True):
        counts[name] += 1
        pages.append({"file": name, **page, "page": counts[name]})
    return {**truth, "files": list(counts), "pages": pages}
