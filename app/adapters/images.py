"""Opens image files from outside: says what a file is, refuses what is harmful, and gives its pages decoded.

Every file is suspect. Its kind comes from its first bytes, never from its name; only the decoder of that kind is
tried; sizes are checked before pixels are made.
"""

from __future__ import annotations

import stat
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from app.errors import InputError
from app.ports import PdfReader

MAX_FILE_BYTES = 300_000_000
"""An A4 page at 600 dpi in colour without compression has 104 MB."""

MAX_PAGE_PIXELS = 60_000_000
"""A4 at 600 dpi has 35 million, A3 at 400 dpi 31 million; Pillow alone only warns up to 179 million (measured)."""

MAX_PAGES = 300
"""Pages taken from one file."""

_DPI_RANGE = range(75, 2401)  # below: 72 is what programs write that do not know
_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

DECODER_FAILURES = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    AssertionError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders throw at damaged files, as seen on its own collection of broken images."""


class FileKind(StrEnum):
    """What a file is by its content."""

    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    PNM = "pnm"
    PDF = "pdf"


_PILLOW_FORMATS = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.TIFF: "TIFF",
    FileKind.PNM: "PPM",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPage:
    """One page in memory.

    Attributes:
        number: Page within its file, from 1.
        image: RGB or L pixels, loaded, turned as its EXIF says.
        dpi: As the file says it, 75..2400; None when it does not say or says nonsense.
        jpeg_bytes: The page's JPEG byte for byte as it came (file or embedded in a PDF); None for other kinds. Its
            EXIF turn, if any, is still to be applied.
    """

    number: int
    image: Image.Image
    dpi: int | None
    jpeg_bytes: bytes | None


def sniff(file: Path) -> FileKind:
    """What a file is by its first bytes.

    Raises:
        InputError: `empty_file`, `file_too_large`, `unsupported_file`, `unreadable_file` (missing, not allowed, or no
            regular file: opening a pipe waits for whoever writes into it).
    """
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError("unreadable_file", file=file.name)
        size_bytes = found.st_size
        with file.open("rb") as stream:
            untrusted_head = stream.read(1024)
    except OSError as error:
        raise InputError("unreadable_file", file=file.name) from error
    if not untrusted_head:
        raise InputError("empty_file", file=file.name)
    if size_bytes > MAX_FILE_BYTES:
        raise InputError("file_too_large", file=file.name)
    kind = _kind_of(untrusted_head)
    if kind is None:
        raise InputError("unsupported_file", file=file.name)
    return kind


def count_pages(file: Path, pdf: PdfReader) -> int:
    """How many pages a file has, without decoding them; 1 for a TIFF whose directory is damaged.

    Raises:
        InputError: `unreadable_file`, `empty_file`, `file_too_large`, `unsupported_file`, `file_locked`.
    """
    kind = sniff(file)
    if kind is FileKind.PDF:
        total = pdf.count(file)
    elif kind is FileKind.TIFF:
        total = _tiff_count(file)
    else:
        total = 1
    if total > MAX_PAGES:
        raise InputError("file_too_large", file=file.name)
    return total


def open_pages(file: Path, pdf: PdfReader, first: int = 1) -> Iterator[DecodedPage]:
    """Decode the pages of a file, one after the other, from page `first` on.

    Pages before a damaged one are given before the error is raised; of a file with too many pages none is.

    Raises:
        InputError: `unreadable_file`, `empty_file`, `file_too_large`, `unsupported_file`, `file_locked`.
    """
    kind = sniff(file)
    if first == 1:
        count_pages(file, pdf)
    try:
        if kind is FileKind.PDF:
            yield from _pdf_pages(file, pdf, first)
        elif kind is FileKind.TIFF:
            yield from _tiff_pages(file, first)
        elif first == 1:
            yield _single_page(file, kind)
    except Image.DecompressionBombError as error:
        raise InputError("file_too_large", file=file.name) from error


def check_page_size(width_px: int, height_px: int, name: str) -> None:
    """Refuse a page before its pixels are made.

    Raises:
        InputError: `file_too_large`, or `unreadable_file` when it has no pixels.
    """
    if width_px < 1 or height_px < 1:
        raise InputError("unreadable_file", file=name)
    if width_px * height_px > MAX_PAGE_PIXELS:
        raise InputError("file_too_large", file=name)


def _kind_of(untrusted_head: bytes) -> FileKind | None:
    if untrusted_head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if untrusted_head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if untrusted_head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return FileKind.TIFF
    if untrusted_head[:1] == b"P" and untrusted_head[1:2] in b"123456" and untrusted_head[2:3] in b" \t\r\n":
        return FileKind.PNM
    if b"%PDF-" in untrusted_head:  # readers accept up to 1024 bytes before it
        return FileKind.PDF
    return None


def _pdf_pages(file: Path, pdf: PdfReader, first: int) -> Iterator[DecodedPage]:
    for page in pdf.pages(file, first):
        if page.number > MAX_PAGES:
            raise InputError("file_too_large", file=file.name)
        is_jpeg = page.media_type == "image/jpeg"
        kind = FileKind.JPEG if is_jpeg else FileKind.PNG
        image, _ = _decode_first(page.data, kind, file.name)
        yield DecodedPage(
            number=page.number,
            image=image,
            dpi=_plausible_dpi(page.dpi),
            jpeg_bytes=page.data if is_jpeg else None,
        )


def _single_page(file: Path, kind: FileKind) -> DecodedPage:
    """The first picture: a second one in a JPEG or PNG is a preview or an animation, not a page."""
    try:
        untrusted_bytes = file.read_bytes()
    except OSError as error:
        raise InputError("unreadable_file", file=file.name) from error
    image, dpi = _decode_first(untrusted_bytes, kind, file.name)
    return DecodedPage(number=1, image=image, dpi=dpi, jpeg_bytes=untrusted_bytes if kind is FileKind.JPEG else None)


def _decode_first(untrusted_bytes: bytes, kind: FileKind, name: str) -> tuple[Image.Image, int | None]:
    try:
        with _open(BytesIO(untrusted_bytes), kind) as image:
            return _decode_present(image, name)
    except DECODER_FAILURES as error:
        raise InputError("unreadable_file", file=name) from error


def _tiff_pages(file: Path, first: int) -> Iterator[DecodedPage]:
    try:
        with file.open("rb") as stream, _open(stream, FileKind.TIFF) as tiff:
            for number in range(first, MAX_PAGES + 2):
                if not _seek(tiff, number - 1):
                    return
                if number > MAX_PAGES:
                    raise InputError("file_too_large", file=file.name)
                image, dpi = _decode_present(tiff, file.name)
                yield DecodedPage(number=number, image=image, dpi=dpi, jpeg_bytes=None)
    except DECODER_FAILURES as error:
        raise InputError("unreadable_file", file=file.name) from error


def _tiff_count(file: Path) -> int:
    count = 0
    try:
        with file.open("rb") as stream, _open(stream, FileKind.TIFF) as tiff:
            while count <= MAX_PAGES and _seek(tiff, count):
                count += 1
    except (*DECODER_FAILURES, Image.DecompressionBombError):
        return max(1, count)
    return max(1, count)


def _open(stream: BinaryIO, kind: FileKind) -> Image.Image:
    with _unwarned():
        return Image.open(stream, formats=[_PILLOW_FORMATS[kind]])


@contextmanager
def _unwarned() -> Iterator[None]:
    """Pillow warns of damaged tags and large sizes; we look at the pixels and have limits of our own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _seek(tiff: Image.Image, index: int) -> bool:
    try:
        with _unwarned():
            tiff.seek(index)
    except EOFError:
        return False
    return True


def _decode_present(image: Image.Image, name: str) -> tuple[Image.Image, int | None]:
    check_page_size(*image.size, name)
    with _unwarned():
        dpi = _plausible_dpi(_dpi_of(image))
        image.load()
        return _turned(_flat(image), _orientation_of(image)), dpi


def _flat(image: Image.Image) -> Image.Image:
    """The picture as opaque RGB or L, always a copy that outlives its file."""
    if image.mode in {"L", "RGB"}:
        return image.copy()
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):
        return _from_deep(image)
    if image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        page = Image.new("RGBA", image.size, "white")
        page.alpha_composite(image.convert("RGBA"))
        return page.convert("RGB")
    return image.convert("RGB")


def _from_deep(image: Image.Image) -> Image.Image:
    """Sixteen bits a pixel brought to eight; Pillow's own conversion cuts at 255."""
    deep = np.asarray(image).astype(np.int64)
    return Image.fromarray(np.clip(deep >> 8, 0, 255).astype(np.uint8))


def _orientation_of(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION_TAG, 1))
    except DECODER_FAILURES:
        return 1  # a damaged EXIF block does not make the page unreadable


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _dpi_of(image: Image.Image) -> float | None:
    untrusted_dpi = image.info.get("dpi", ())
    try:
        across, down = float(untrusted_dpi[0]), float(untrusted_dpi[1])
    except DECODER_FAILURES:
        return None
    return across if abs(across - down) <= 0.02 * across else None


def _plausible_dpi(dpi: float | None) -> int | None:
    if dpi is None or not _DPI_RANGE.start <= dpi < _DPI_RANGE.stop:
        return None
    return round(dpi)
