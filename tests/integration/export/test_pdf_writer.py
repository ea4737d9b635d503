"""PDFs, read back with pikepdf, pdfium and poppler."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from app.adapters.pdf_writer import MAX_BYTES, Img2PdfWriter
from app.errors import InputError, StoreError


def a_page(
    file: Path, *, size: tuple[int, int] = (1240, 1754), noise: float = 8, mode: str = "RGB", **options: Any
) -> Path:
    """A page with a black bar along its top edge."""
    image = Image.effect_noise(size, noise).convert(mode)
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 8), fill=0)
    image.save(file, format="JPEG", **{"quality": 90, "dpi": (150, 150), **options})
    return file


def streams(pdf: Path) -> list[bytes]:
    """The bytes of the images, as they lie in the file."""
    with pikepdf.open(pdf) as opened:
        return [image.read_raw_bytes() for page in opened.pages for image in page.Resources.XObject.values()]


def is_dark(pdf: Path, *, at_top: bool) -> bool:
    """Whether the top (or the left) edge of the first page, as a reader shows it, is the black bar."""
    document = pypdfium2.PdfDocument(pdf)
    shown = np.asarray(document[0].render(scale=0.2).to_pil().convert("L"))
    document.close()
    edge = shown[: shown.shape[0] // 12] if at_top else shown[:, : shown.shape[1] // 12]
    return bool(edge.mean() < 40)


def test_the_jpegs_are_in_the_pdf_byte_for_byte_in_the_order_given(tmp_path):
    pages = [a_page(tmp_path / f"{number}.jpg", noise=number, progressive=number == 2) for number in (3, 1, 2)]
    written = Img2PdfWriter().write(pages, tmp_path / "out.pdf")
    assert streams(tmp_path / "out.pdf") == [page.read_bytes() for page in pages]
    assert (written.size_bytes, written.recompressed) == ((tmp_path / "out.pdf").stat().st_size, False)


def test_another_program_takes_the_same_jpegs_out(tmp_path):
    page = a_page(tmp_path / "a.jpg")
    Img2PdfWriter().write([page], tmp_path / "out.pdf")
    subprocess.run(["pdfimages", "-j", tmp_path / "out.pdf", tmp_path / "img"], check=True)
    assert (tmp_path / "img-000.jpg").read_bytes() == page.read_bytes()


@pytest.mark.parametrize(
    ("options", "size_mm"),
    [
        ({"dpi": (150, 150)}, (210, 297)),
        ({"dpi": (300, 300)}, (105, 148.5)),
        ({"dpi": (0, 0)}, (210, 297)),
        ({"dpi": (72, 72)}, (210, 297)),
    ],
)
def test_a_page_has_the_size_its_resolution_says_and_a4_without_one(tmp_path, options, size_mm):
    Img2PdfWriter().write([a_page(tmp_path / "a.jpg", **options)], tmp_path / "out.pdf")
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        box = opened.pages[0].mediabox
    found_mm = [float(box[2]) / 72 * 25.4, float(box[3]) / 72 * 25.4]
    assert found_mm == pytest.approx(size_mm, abs=0.3)


def test_a_page_that_lies_on_its_side_is_shown_upright_without_touching_its_bytes(tmp_path):
    """Content turned clockwise by 90 degrees: the bar of the top stands at the right edge of the image."""
    upright = a_page(tmp_path / "upright.jpg")
    with Image.open(upright) as image:
        image.transpose(Image.Transpose.ROTATE_270).save(tmp_path / "turned.jpg", dpi=(150, 150))
    Img2PdfWriter().write([tmp_path / "turned.jpg"], tmp_path / "out.pdf", [90])
    assert is_dark(tmp_path / "out.pdf", at_top=True)
    assert not is_dark(tmp_path / "out.pdf", at_top=False)
    assert streams(tmp_path / "out.pdf") == [(tmp_path / "turned.jpg").read_bytes()]


def test_the_turn_of_a_phone_photo_is_kept(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    with Image.open(a_page(tmp_path / "upright.jpg")) as image:
        image.transpose(Image.Transpose.ROTATE_270).save(tmp_path / "photo.jpg", exif=exif, dpi=(150, 150))
    Img2PdfWriter().write([tmp_path / "photo.jpg"], tmp_path / "out.pdf")
    assert is_dark(tmp_path / "out.pdf", at_top=True)
    assert streams(tmp_path / "out.pdf") == [(tmp_path / "photo.jpg").read_bytes()]


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_four_colour_jpegs_go_in_as_they_are(tmp_path, mode):
    page = a_page(tmp_path / "a.jpg", mode=mode)
    Img2PdfWriter().write([page], tmp_path / "out.pdf")
    assert streams(tmp_path / "out.pdf") == [page.read_bytes()]


def test_the_same_pages_give_the_same_file(tmp_path):
    pages = [a_page(tmp_path / "a.jpg"), a_page(tmp_path / "b.jpg", noise=2)]
    for name in ("1.pdf", "2.pdf"):
        Img2PdfWriter().write(pages, tmp_path / name, [0, 180])
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_only_a_file_above_the_limit_is_made_smaller_and_it_says_so(tmp_path):
    pages = [a_page(tmp_path / f"{n}.jpg", size=(2480, 3508), noise=40, dpi=(300, 300)) for n in range(2)]
    assert sum(page.stat().st_size for page in pages) > MAX_BYTES
    written = Img2PdfWriter().write(pages, tmp_path / "out.pdf")
    assert written.recompressed
    assert (tmp_path / "out.pdf").stat().st_size == written.size_bytes <= MAX_BYTES
    with pikepdf.open(tmp_path / "out.pdf") as opened:
        assert [float(value) for value in opened.pages[0].mediabox][2:] == pytest.approx([595, 842], abs=1)
        assert len(opened.pages) == 2


def test_a_photo_made_smaller_still_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    with Image.open(a_page(tmp_path / "upright.jpg", dpi=(0, 0))) as image:
        image.transpose(Image.Transpose.ROTATE_270).save(tmp_path / "photo.jpg", exif=exif, quality=95)
    limit = (tmp_path / "photo.jpg").stat().st_size // 2
    written = Img2PdfWriter(max_bytes=limit).write([tmp_path / "photo.jpg"], tmp_path / "out.pdf")
    assert written.recompressed
    assert is_dark(tmp_path / "out.pdf", at_top=True)


def test_what_stays_too_large_is_refused_and_nothing_is_written(tmp_path):
    page = a_page(tmp_path / "a.jpg", noise=100)
    with pytest.raises(InputError, match="pdf_too_large"):
        Img2PdfWriter(max_bytes=5000).write([page], tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_a_missing_page_is_named(tmp_path):
    with pytest.raises(StoreError, match="disk_failed"):
        Img2PdfWriter().write([tmp_path / "none.jpg"], tmp_path / "out.pdf")


def test_a_page_that_is_no_image_is_a_failed_disk(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"rot")
    with pytest.raises(StoreError, match="disk_failed"):
        Img2PdfWriter().write([tmp_path / "a.jpg"], tmp_path / "out.pdf")


def test_a_mirrored_photo_goes_in_although_a_pdf_cannot_mirror(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 2
    page = a_page(tmp_path / "a.jpg", exif=exif)
    Img2PdfWriter().write([page], tmp_path / "out.pdf")
    assert len(streams(tmp_path / "out.pdf")) == 1
