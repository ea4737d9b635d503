"""What both PDF readers do alike with a page's JPEG or its rendering."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from app.adapters.images import DECODER_FAILURES, MAX_PAGE_PIXELS
from app.ports import PdfPage

RENDER_DPI = 300

_POINTS_PER_INCH = 72


def is_plain_jpeg(untrusted_jpeg: bytes) -> bool:
    """Whether it is a grey or colour JPEG of a sensible size that shows what the PDF shows.

    Four-colour JPEGs are often stored inverted, which only the PDF knows; they are rendered instead.
    """
    try:
        with Image.open(BytesIO(untrusted_jpeg), formats=["JPEG"]) as image:
            return image.mode in {"L", "RGB"} and 0 < image.width * image.height <= MAX_PAGE_PIXELS
    except (*DECODER_FAILURES, Image.DecompressionBombError):
        return False


def page_from_jpeg(jpeg: bytes, number: int, width_inch: float) -> PdfPage:
    """A page that is its embedded JPEG."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        dpi = round(image.width / width_inch)
    return PdfPage(number=number, data=jpeg, media_type="image/jpeg", dpi=dpi)


def page_from_rendering(image: Image.Image, number: int) -> PdfPage:
    """A page drawn at 300 dpi, as PNG: lossless, packed quickly rather than tightly."""
    packed = BytesIO()
    image.save(packed, "PNG", compress_level=1, dpi=(RENDER_DPI, RENDER_DPI))
    return PdfPage(number=number, data=packed.getvalue(), media_type="image/png", dpi=RENDER_DPI)


def rendered_size_px(width_pt: float, height_pt: float) -> tuple[int, int]:
    """How large a page will be at 300 dpi."""
    return (
        int(width_pt * RENDER_DPI / _POINTS_PER_INCH + 0.5),
        int(height_pt * RENDER_DPI / _POINTS_PER_INCH + 0.5),
    )
