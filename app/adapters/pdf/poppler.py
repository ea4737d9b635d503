"""Pages of a PDF by poppler's programs through pdf2image: the second opinion when pdfium refuses a file.

poppler runs as a program of its own: a file that crashes it harms nothing else. Its exit status is not believed
(pdftoppm ends with 0 and no page where it cannot draw one); what it wrote is looked at instead.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pdf2image
from pdf2image import exceptions
from PIL import Image, ImageFilter

from app.adapters.images import check_page_size
from app.adapters.pdf.embedded import RENDER_DPI, is_plain_jpeg, page_from_jpeg, page_from_rendering, rendered_size_px
from app.errors import DeviceError, InputError
from app.ports import PdfPage

_TIME_LIMIT_S = 60
_LOOK_DPI = 72
_LOOK_BLUR_PX = 2
_LOOK_DIFFERENCE = 30  # of 255; measured: 11 for the image itself (half a pixel aside), 81 for 8-point text over it
_SIZE = re.compile(r"([0-9.]+) x ([0-9.]+) pts")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What pdfinfo says."""

    pages: int
    width_pt: float
    height_pt: float
    turned_deg: int


class PopplerReader:
    """A `PdfReader` over pdfinfo, pdfimages and pdftoppm."""

    def count(self, file: Path) -> int:
        """How many pages there are."""
        return _facts(file, 1).pages

    def pages(self, file: Path, first: int = 1) -> Iterator[PdfPage]:
        """Pages in order, from page `first` on."""
        number = first
        total = self.count(file)
        while number <= total:
            facts = _facts(file, number)
            yield _embedded(file, number, facts) or _rendering(file, number, facts)
            number += 1


def _facts(file: Path, number: int) -> _Facts:
    if not file.is_file():
        raise InputError("unreadable_file", file=file.name)
    try:
        info = pdf2image.pdfinfo_from_path(str(file), timeout=_TIME_LIMIT_S, first_page=number, last_page=number)
    except exceptions.PDFInfoNotInstalledError as error:
        raise DeviceError("pdf_tool_missing") from error
    except (exceptions.PDFPageCountError, exceptions.PDFPopplerTimeoutError, ValueError) as error:
        locked = "password" in str(error).lower()
        raise InputError("file_locked" if locked else "unreadable_file", file=file.name) from error
    size = next((_SIZE.search(str(value)) for key, value in info.items() if key.endswith(" size")), None)
    if size is None:
        raise InputError("unreadable_file", file=file.name)
    turned_deg = next((int(value) for key, value in info.items() if key.endswith(" rot")), 0)
    return _Facts(pages=int(info["Pages"]), width_pt=float(size[1]), height_pt=float(size[2]), turned_deg=turned_deg)


def _rendering(file: Path, number: int, facts: _Facts) -> PdfPage:
    check_page_size(*rendered_size_px(facts.width_pt, facts.height_pt), file.name)
    return page_from_rendering(_draw(file, number, RENDER_DPI), number)


def _draw(file: Path, number: int, dpi: int) -> Image.Image:
    try:
        drawn = pdf2image.convert_from_path(
            str(file), dpi=dpi, first_page=number, last_page=number, use_cropbox=True, timeout=_TIME_LIMIT_S
        )
    except exceptions.PDFInfoNotInstalledError as error:
        raise DeviceError("pdf_tool_missing") from error
    except (
        exceptions.PDFPageCountError,
        exceptions.PDFSyntaxError,
        exceptions.PDFPopplerTimeoutError,
        OSError,
        ValueError,
    ) as error:
        raise InputError("unreadable_file", file=file.name) from error
    if not drawn:
        raise InputError("unreadable_file", file=file.name)
    return drawn[0].convert("RGB")


def _embedded(file: Path, number: int, facts: _Facts) -> PdfPage | None:
    """The page's JPEG as it was put in, when the page looks exactly like it."""
    listed = _run(["pdfimages", "-list", "-f", str(number), "-l", str(number), str(file)]).splitlines()[2:]
    if len(listed) != 1 or listed[0].split()[2:9:6] != ["image", "jpeg"]:
        return None
    with tempfile.TemporaryDirectory(prefix="diaba-pdf-") as folder:
        _run(["pdfimages", "-j", "-f", str(number), "-l", str(number), str(file), f"{folder}/page"])
        taken = list(Path(folder).glob("page-*.jpg"))
        jpeg = taken[0].read_bytes() if taken else b""
    if not is_plain_jpeg(jpeg) or not _looks_like(jpeg, file, number, facts):
        return None
    return page_from_jpeg(jpeg, number, width_inch=facts.width_pt / 72)


def _looks_like(jpeg: bytes, file: Path, number: int, facts: _Facts) -> bool:
    check_page_size(*rendered_size_px(facts.width_pt, facts.height_pt), file.name)
    page = _draw(file, number, _LOOK_DPI).convert("L").rotate(facts.turned_deg, expand=True)
    blur = ImageFilter.GaussianBlur(_LOOK_BLUR_PX)
    with tempfile.SpooledTemporaryFile() as stream:
        stream.write(jpeg)
        with Image.open(stream, formats=["JPEG"]) as image:
            shrunk = image.convert("L").resize(page.size, Image.Resampling.BOX)
    difference = np.abs(np.asarray(page.filter(blur), np.int16) - np.asarray(shrunk.filter(blur), np.int16))
    return int(difference.max(initial=0)) < _LOOK_DIFFERENCE


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIME_LIMIT_S, check=False)
    except FileNotFoundError as error:
        raise DeviceError("pdf_tool_missing") from error
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")
