"""What `images` makes of good, odd and hostile files."""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from app.adapters import images
from app.adapters.images import FileKind, count_pages, open_pages, sniff
from app.adapters.pdf.pdfium import PdfiumReader
from app.errors import InputError
from tests.integration.papers import jpeg, pdf_of, printed, save_jpeg

PDF = PdfiumReader()


def corner_marked(size=(60, 40)) -> Image.Image:
    """A white page whose top left corner is red."""
    page = Image.new("RGB", size, "white")
    page.paste((255, 0, 0), (0, 0, 10, 10))
    return page


def pixel(page: Image.Image, x: int, y: int) -> tuple[int, ...]:
    value = page.getpixel((x, y))
    assert isinstance(value, tuple)
    return value


def refusal(file: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(open_pages(file, PDF))
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", FileKind.JPEG), ("a.png", FileKind.PNG), ("a.tif", FileKind.TIFF), ("a.ppm", FileKind.PNM)],
)
def test_every_image_kind_gives_its_page_whatever_the_file_is_called(tmp_path, name, kind):
    corner_marked().save(tmp_path / name)
    file = (tmp_path / name).rename(tmp_path / "scan.dat")
    (page,) = open_pages(file, PDF)
    assert sniff(file) is kind
    assert (page.number, page.image.size, page.image.mode) == (1, (60, 40), "RGB")
    red, green, _ = pixel(page.image, 2, 2)
    assert red > 200
    assert green < 60


def test_a_jpeg_is_handed_on_byte_for_byte_with_its_resolution(tmp_path):
    file = save_jpeg(tmp_path, "a.jpg", corner_marked(), dpi=(200, 200))
    (page,) = open_pages(file, PDF)
    assert page.jpeg_bytes == file.read_bytes()
    assert page.dpi == 200


@pytest.mark.parametrize("dpi", [(0, 0), (1, 1), (72, 72), (30_000, 30_000), (300, 100)])
def test_a_resolution_that_nobody_scans_with_counts_as_unknown(tmp_path, dpi):
    (page,) = open_pages(save_jpeg(tmp_path, "a.jpg", corner_marked(), dpi=dpi), PDF)
    assert page.dpi is None


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_the_turn_in_the_exif_block_is_applied(tmp_path, name, orientation):
    upright = corner_marked()
    as_stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = upright if as_stored is None else upright.transpose(as_stored)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / name, exif=exif)
    (page,) = open_pages(tmp_path / name, PDF)
    assert page.image.size == upright.size
    red, green, _ = pixel(page.image, 2, 2)
    assert red > 200
    assert green < 60


def test_a_damaged_exif_block_does_not_spoil_the_page(tmp_path):
    file = tmp_path / "a.jpg"
    corner_marked().save(file, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    (page,) = open_pages(file, PDF)
    assert page.image.size == (60, 40)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGBA", "RGB"), ("LA", "RGB")],
)
def test_odd_pixel_formats_become_grey_or_colour(tmp_path, mode, expected):
    corner_marked().convert(mode).save(tmp_path / "a.png")
    (page,) = open_pages(tmp_path / "a.png", PDF)
    assert page.image.mode == expected


def test_a_four_colour_jpeg_is_shown_in_its_colours(tmp_path):
    corner_marked((64, 64)).convert("CMYK").save(tmp_path / "a.jpg", quality=95)
    (page,) = open_pages(tmp_path / "a.jpg", PDF)
    assert page.image.mode == "RGB"
    assert pixel(page.image, 50, 50)[0] > 240


def test_what_is_transparent_is_paper(tmp_path):
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "a.png")
    (page,) = open_pages(tmp_path / "a.png", PDF)
    assert pixel(page.image, 5, 5) == (255, 255, 255)


def test_sixteen_bits_a_pixel_keep_their_shades(tmp_path):
    Image.fromarray(np.array([[0, 32768, 65535]], np.uint16)).save(tmp_path / "a.png")
    (page,) = open_pages(tmp_path / "a.png", PDF)
    assert list(np.asarray(page.image)[0]) == [0, 128, 255]


def test_a_tiff_gives_all_its_pages_and_can_be_entered_at_any(tmp_path):
    file = tmp_path / "a.tif"
    first, *rest = [Image.new("L", (30 + number, 20), number) for number in range(4)]
    first.save(file, save_all=True, append_images=rest, dpi=(300, 300), compression="tiff_lzw")
    assert count_pages(file, PDF) == 4
    assert [(page.number, page.image.width, page.dpi) for page in open_pages(file, PDF)] == [
        (number + 1, 30 + number, 300) for number in range(4)
    ]
    assert next(open_pages(file, PDF, 3)).image.width == 32


def test_a_second_picture_in_a_jpeg_or_png_is_not_a_page(tmp_path):
    page = corner_marked()
    page.save(tmp_path / "a.png", save_all=True, append_images=[page.rotate(90)])
    page.save(tmp_path / "a.mpo", save_all=True, append_images=[page])
    assert len(list(open_pages(tmp_path / "a.png", PDF))) == 1
    assert len(list(open_pages(tmp_path / "a.mpo", PDF))) == 1


def test_a_pdf_of_scans_gives_its_jpegs(tmp_path):
    scans = [jpeg(printed([f"Trang {number}"], size_px=(400, 300))) for number in (1, 2)]
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf_of(scans))
    pages = list(open_pages(file, PDF))
    assert [page.jpeg_bytes for page in pages] == scans
    assert [(page.number, page.dpi, page.image.size) for page in pages] == [(1, 300, (400, 300)), (2, 300, (400, 300))]


def test_an_empty_file_is_called_empty(tmp_path):
    (tmp_path / "a.jpg").touch()
    assert refusal(tmp_path / "a.jpg") == "empty_file"


@pytest.mark.parametrize(
    "content",
    [
        b"hello",
        b"GIF89a" + bytes(50),
        b"BM" + bytes(60),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + bytes(40),
        b"P7\nWIDTH 1\n",
    ],
)
def test_other_kinds_are_not_even_tried(tmp_path, content):
    (tmp_path / "a.jpg").write_bytes(content)
    assert refusal(tmp_path / "a.jpg") == "unsupported_file"


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path):
    assert refusal(tmp_path / "gone.jpg") == "unreadable_file"
    assert refusal(tmp_path) == "unreadable_file"


if sys.platform != "win32":

    def test_a_pipe_and_a_device_are_refused_without_waiting_for_a_writer(tmp_path):
        os.mkfifo(tmp_path / "a.jpg")
        assert refusal(tmp_path / "a.jpg") == "unreadable_file"
        assert refusal(Path("/dev/zero")) == "unreadable_file"


def test_a_name_that_is_too_long_is_unreadable(tmp_path):
    assert refusal(tmp_path / ("a" * 300)) == "unreadable_file"


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.ppm", "a.tif"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_file_cut_short_is_refused(tmp_path, name, share):
    file = tmp_path / name
    grain = np.random.default_rng(4).integers(0, 255, (200, 300, 3), np.uint8)
    Image.fromarray(grain).save(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(file) == "unreadable_file"


def test_pages_before_a_damaged_one_are_still_given(tmp_path):
    file = tmp_path / "a.tif"
    grain = [Image.fromarray(np.random.default_rng(n).integers(0, 255, (90, 90), np.uint8)) for n in range(3)]
    grain[0].save(file, save_all=True, append_images=grain[1:], compression="tiff_deflate")
    content = bytearray(file.read_bytes())
    with TiffImageFile(file) as tiff:
        tiff.seek(1)
        start = tiff.tag_v2[273][0]
    content[start : start + 400] = bytes(400)
    file.write_bytes(content)
    pages = open_pages(file, PDF)
    assert next(pages).number == 1
    with pytest.raises(InputError, match="unreadable_file"):
        next(pages)
    assert next(open_pages(file, PDF, 3)).number == 3


def bomb_png(width: int, height: int) -> bytes:
    """A small file that would become a large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    body = b"".join(packer.compress(row) for _ in range(64)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 8_000), (10_000, 10_000), (30_000, 30_000)])
def test_a_decompression_bomb_is_refused_before_its_pixels_are_made(tmp_path, size):
    file = tmp_path / "a.png"
    file.write_bytes(bomb_png(*size))
    assert file.stat().st_size < 10_000
    assert refusal(file) == "file_too_large"


def test_a_portable_pixmap_cannot_claim_what_it_does_not_have(tmp_path):
    file = tmp_path / "a.ppm"
    file.write_bytes(b"P6\n90000 90000\n255\n")
    assert refusal(file) == "file_too_large"
    file.write_bytes(b"P6\n900 900\n255\nabc")
    assert refusal(file) == "unreadable_file"


def test_a_file_beyond_the_size_limit_is_refused_unread(tmp_path):
    file = tmp_path / "a.jpg"
    with file.open("wb") as stream:
        stream.write(b"\xff\xd8\xff\xe0")
        stream.truncate(images.MAX_FILE_BYTES + 1)
    assert refusal(file) == "file_too_large"


def endless_pdf(pages: int) -> bytes:
    """Many empty pages, which take no time to count and all day to draw."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)]
    parts += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"] * pages
    body = b"".join(b"%d 0 obj %s endobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def test_of_a_file_with_too_many_pages_none_is_made(tmp_path):
    pdf, tiff = tmp_path / "a.pdf", tmp_path / "a.tif"
    pdf.write_bytes(endless_pdf(images.MAX_PAGES + 1))
    page = Image.new("1", (8, 8))
    page.save(tiff, save_all=True, append_images=[page] * images.MAX_PAGES)
    for file in (pdf, tiff):
        with pytest.raises(InputError, match="file_too_large"):
            next(open_pages(file, PDF))


def test_a_file_with_too_many_pages_is_refused(tmp_path):
    file = tmp_path / "a.tif"
    page = Image.new("1", (8, 8))
    page.save(file, save_all=True, append_images=[page] * images.MAX_PAGES)
    with pytest.raises(InputError, match="file_too_large"):
        count_pages(file, PDF)
    assert refusal(file) == "file_too_large"
