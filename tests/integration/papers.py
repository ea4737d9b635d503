"""Small printed pages for the tests of seeing."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import img2pdf
from PIL import Image, ImageDraw

from tests.samples.fonts import load_font, tinos

A5_PX = (1748, 2480)
LINES = (
    "Thửa đất số 205 tờ bản đồ số 16",
    "Địa chỉ: thôn Núi Lẫm, xã Trung Kênh",
    "Diện tích: bảy mươi hai mét vuông",
    "Mục đích sử dụng: đất ở tại nông thôn",
    "Thời hạn sử dụng: lâu dài",
    "Nguồn gốc: công nhận quyền sử dụng đất",
)


def printed(
    lines: Sequence[str] = LINES,
    *,
    size_px: tuple[int, int] = A5_PX,
    dpi: int = 300,
    paper: str = "white",
    ink: str = "black",
    first_line_px: int = 200,
) -> Image.Image:
    """A page of lines in 13-point Tinos."""
    page = Image.new("RGB", size_px, paper)
    pen = ImageDraw.Draw(page)
    font = load_font(tinos().regular, 13, dpi)
    for index, line in enumerate(lines):
        pen.text((dpi * 0.5, first_line_px + index * dpi * 0.3), line, fill=ink, font=font)
    return page


def jpeg(page: Image.Image, **options: object) -> bytes:
    """The page as a JPEG file with its resolution."""
    packed = BytesIO()
    page.save(packed, "JPEG", **{"quality": 90, "dpi": (300, 300), **options})
    return packed.getvalue()


def save_jpeg(folder: Path, name: str, page: Image.Image, **options: object) -> Path:
    """The page as a JPEG file on disk."""
    file = folder / name
    file.write_bytes(jpeg(page, **options))
    return file


def pdf_of(jpegs: Sequence[bytes]) -> bytes:
    """A PDF of scans, each page its JPEG."""
    made: bytes = img2pdf.convert(list(jpegs))
    return made


def pdf_bomb() -> bytes:
    """40 KB of PDF whose one page is filled a million times: minutes of drawing for every reader."""
    packed = zlib.compress(b"0 0 595 842 re f\n" * 1_000_000, 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
    )
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + end
