"""PDFs of page images through img2pdf: the JPEGs go in as they are, each page has the size its resolution says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageOps

from app.adapters.durable import as_store_errors, write_file
from app.adapters.images import DECODER_FAILURES
from app.errors import InputError, StoreError
from app.ports import WrittenPdf

MAX_BYTES = 3_500_000
"""Source: the limit for one file where citizens hand certificates in (VNeID), kept by the campaign's offices."""

_A4_LONG_INCH = 297 / 25.4
_POINTS_PER_INCH = 72.0
_UNKNOWN_DPI = 96
"""What img2pdf takes for an image that does not say."""

_LEAST_DPI = 75
"""72 is what programs write that do not know."""

_FULL_TURN_DEG = 360
_REFUSED_BY_IMG2PDF = (
    img2pdf.ImageOpenError,
    img2pdf.JpegColorspaceError,
    img2pdf.AlphaChannelError,
    img2pdf.NegativeDimensionError,
    img2pdf.PdfTooLargeError,
    img2pdf.UnsupportedColorspaceError,
    img2pdf.ExifOrientationError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """How far images may be made smaller."""

    dpi: int
    quality: int


_STEPS = (
    _Step(dpi=300, quality=70),
    _Step(dpi=200, quality=75),
    _Step(dpi=200, quality=55),
    _Step(dpi=150, quality=45),
)
"""From hardly visible to the least that rules for land records allow (150 dpi, in colour)."""


class Img2PdfWriter:
    """A `PdfWriter`; images are made smaller only when the file would be larger than allowed."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes

    def write(self, pages: Sequence[Path], out: Path, turns_deg: Sequence[int] = ()) -> WrittenPdf:
        """Write the PDF in the order of the pages."""
        originals = self._read(pages)
        for recompressed, images in self._tries(originals):
            data = _pdf_of(images, turns_deg or [0] * len(pages))
            if data is not None and len(data) <= self._max_bytes:
                write_file(out, data)
                return WrittenPdf(size_bytes=len(data), recompressed=recompressed)
        raise InputError("pdf_too_large", file=out.name, pages=len(pages))

    def _read(self, pages: Sequence[Path]) -> list[bytes]:
        images = []
        for page in pages:
            with as_store_errors(page):
                images.append(page.read_bytes())
        return images

    def _tries(self, originals: Sequence[bytes]) -> Iterator[tuple[bool, Sequence[bytes]]]:
        """The images as they are, then smaller and smaller."""
        yield False, originals
        for step in _STEPS:
            yield True, [_smaller(image, step) for image in originals]


def _pdf_of(images: Sequence[bytes], turns_deg: Sequence[int]) -> bytes | None:
    """The PDF; None when img2pdf does not take one of the images as it is."""
    try:
        data: bytes = img2pdf.convert(
            [BytesIO(image) for image in images], layout_fun=_page_size, rotation=img2pdf.Rotation.ifvalid, nodate=True
        )
    except _REFUSED_BY_IMG2PDF:
        return None
    if not any(turns_deg):
        return data
    stream = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        for page, turn_deg in zip(pdf.pages, turns_deg, strict=True):
            page.rotate((_FULL_TURN_DEG - turn_deg) % _FULL_TURN_DEG, relative=True)
        pdf.save(stream, deterministic_id=True)
    return stream.getvalue()


def _page_size(width_px: int, height_px: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """The size of page and image in points; without a known resolution the page is taken for A4."""
    across, down = (_believable(side, (width_px, height_px)) for side in dpi)
    width, height = width_px / across * _POINTS_PER_INCH, height_px / down * _POINTS_PER_INCH
    return width, height, width, height


def _believable(dpi: float, size: tuple[int, int]) -> float:
    """The resolution; that of an A4 page when the image does not really say."""
    return max(size) / _A4_LONG_INCH if dpi < _LEAST_DPI or dpi == _UNKNOWN_DPI else dpi


def _smaller(data: bytes, step: _Step) -> bytes:
    """The image with at most the resolution and the quality of a step, its EXIF turn applied."""
    try:
        with Image.open(BytesIO(data)) as image:
            upright = ImageOps.exif_transpose(image)
            page = upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")
            dpi = _believable(float(image.info.get("dpi", (0, 0))[0]), page.size)
            scale = min(1.0, step.dpi / dpi)
            size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
            shrunk = page if scale == 1.0 else page.resize(size, Image.Resampling.LANCZOS)
            stream = BytesIO()
            new_dpi = round(dpi * scale)
            shrunk.save(stream, "JPEG", quality=step.quality, dpi=(new_dpi, new_dpi), optimize=True)
            return stream.getvalue()
    except DECODER_FAILURES as error:
        raise StoreError("disk_failed", file="jpeg") from error
