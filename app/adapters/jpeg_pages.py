"""The pages of a foreign file as JPEGs, the form in which the store keeps them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from app.ports import Cancelled, never

if TYPE_CHECKING:
    from app.adapters.images import DecodedPage
    from app.ports import PdfReader

JPEG_QUALITY = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegPage:
    """One page; what came as a JPEG is here byte for byte.

    Attributes:
        width_px: Of the page as it is seen, after its EXIF turn.
        height_px: Likewise.
        dpi: As the file says it; None when it does not say or says nonsense.
    """

    jpeg_bytes: bytes
    width_px: int
    height_px: int
    dpi: int | None


PageSource = Callable[[Path, Cancelled], Generator[JpegPage, None, None]]
"""Opens a file and gives its pages as they are asked for, when cancelled without the rest; raises what `jpeg_pages`
does, and StoreError when it cannot work at all."""


def jpeg_pages(pdf: PdfReader, file: Path, cancelled: Cancelled = never) -> Generator[JpegPage, None, None]:
    """Decode the pages of a file one after the other: only a page that can be shown is handed on.

    It trusts the decoders with this process; the program has it done in a worker.

    Raises:
        InputError: `unreadable_file`, `empty_file`, `file_too_large`, `unsupported_file`, `file_locked`.
    """
    from app.adapters.images import open_pages  # loads the decoders, which only the process that opens files needs

    for page in open_pages(file, pdf):
        if cancelled():
            return
        yield JpegPage(
            jpeg_bytes=page.jpeg_bytes or _encoded(page),
            width_px=page.image.width,
            height_px=page.image.height,
            dpi=page.dpi,
        )


def _encoded(page: DecodedPage) -> bytes:
    """A raster as JPEG, once; with its resolution, which scanners and PDFs rely on."""
    stream = BytesIO()
    dpi = (page.dpi, page.dpi) if page.dpi else (0, 0)
    page.image.save(stream, "JPEG", quality=JPEG_QUALITY, dpi=dpi)
    return stream.getvalue()
