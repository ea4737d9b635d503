"""One contract for both PDF readers, and for the two behind one another."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops

from app.adapters.pdf.either import EitherPdfReader
from app.adapters.pdf.pdfium import PdfiumReader
from app.adapters.pdf.poppler import PopplerReader
from app.errors import DeviceError, InputError
from tests.integration.papers import jpeg, pdf_of, printed

SMALL_PX = (900, 1200)


@pytest.fixture(params=[PdfiumReader, PopplerReader, lambda: EitherPdfReader([PdfiumReader(), PopplerReader()])])
def reader(request):
    return request.param()


@pytest.fixture(scope="module")
def scans() -> list[bytes]:
    return [jpeg(printed([f"Trang số {number}"], size_px=SMALL_PX)) for number in (1, 2, 3)]


@pytest.fixture
def scanned(tmp_path: Path, scans: list[bytes]) -> Path:
    file = tmp_path / "hồ sơ.pdf"
    file.write_bytes(pdf_of(scans))
    return file


def changed(scanned: Path, change, **saving) -> Path:
    out: Path = scanned.with_name("changed.pdf")
    with pikepdf.open(scanned) as pdf:
        change(pdf)
        pdf.save(out, **saving)
    return out


def refusal(reader, file: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(reader.pages(file))
    with pytest.raises(InputError):
        list(reader.pages(file, 1))
    return caught.value.code


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("L")


def brightness(data: bytes, x: int, y: int) -> int:
    return int(np.asarray(opened(data))[y, x])


def test_scans_come_out_byte_for_byte_in_order(reader, scanned, scans):
    pages = list(reader.pages(scanned))
    assert reader.count(scanned) == 3
    assert [page.data for page in pages] == scans
    assert [(page.number, page.media_type, page.dpi) for page in pages] == [
        (number, "image/jpeg", 300) for number in (1, 2, 3)
    ]


def test_reading_can_begin_at_any_page(reader, scanned, scans):
    assert next(reader.pages(scanned, 3)).data == scans[2]
    assert list(reader.pages(scanned, 4)) == []


def test_a_page_that_is_only_shown_turned_is_still_its_scan(reader, scanned, scans):
    def turn(pdf):
        pdf.pages[0].Rotate = 90

    assert next(reader.pages(changed(scanned, turn))).data == scans[0]


def test_text_that_only_a_search_finds_does_not_count(reader, scanned, scans):
    def add_hidden_text(pdf):
        write(pdf, b"BT 3 Tr /F1 14 Tf 60 150 Td (Thua dat so 205) Tj ET")

    assert next(reader.pages(changed(scanned, add_hidden_text))).data == scans[0]


@pytest.mark.parametrize(
    "drawing",
    [b"BT /F1 14 Tf 60 150 Td (DA THE CHAP) Tj ET", b"0 0 1 rg 60 150 50 50 re f", b"0.5 0 0 0.5 0 0 cm"],
    ids=["text", "square", "nothing that shows"],
)
def test_what_is_drawn_over_a_scan_is_seen(reader, scanned, scans, drawing):
    def draw(pdf):
        write(pdf, drawing)

    page = next(reader.pages(changed(scanned, draw)))
    shown = opened(page.data)
    differs = ImageChops.difference(shown, opened(scans[0])).point(lambda value: 255 * (value > 100)).getbbox()
    assert shown.size == SMALL_PX
    assert bool(differs) == (b"cm" not in drawing)


def write(pdf, drawing: bytes) -> None:
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))
    page.contents_add(b"q " + drawing + b" Q", prepend=False)


def test_a_page_with_a_lossless_image_is_drawn_at_300_dpi(reader, tmp_path):
    packed = BytesIO()
    printed(["Trang"], size_px=SMALL_PX).save(packed, "PNG", dpi=(300, 300))
    file = tmp_path / "png.pdf"
    file.write_bytes(pdf_of([packed.getvalue()]))
    (page,) = reader.pages(file)
    assert (page.media_type, page.dpi, opened(page.data).size) == ("image/png", 300, SMALL_PX)


def test_a_four_colour_scan_is_drawn_in_its_colours(reader, tmp_path):
    file = tmp_path / "cmyk.pdf"
    file.write_bytes(pdf_of([jpeg(printed(["Trang"], size_px=SMALL_PX).convert("CMYK"))]))
    (page,) = reader.pages(file)
    assert page.media_type == "image/png"
    assert brightness(page.data, 5, 5) > 240


def test_an_owner_password_keeps_nobody_from_reading(reader, scanned, scans):
    file = changed(scanned, lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="chủ"))
    assert [page.data for page in reader.pages(file)] == scans


def test_a_file_with_a_password_is_called_locked(reader, scanned):
    file = changed(scanned, lambda pdf: None, encryption=pikepdf.Encryption(user="mở", owner="chủ"))
    assert refusal(reader, file) == "file_locked"


def test_a_page_of_five_metres_is_refused_without_being_drawn(reader, tmp_path):
    file = tmp_path / "giant.pdf"
    file.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14400 14400]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
        b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
        b"startxref\n165\n%%EOF\n"
    )
    assert file.stat().st_size < 400
    assert refusal(reader, file) == "file_too_large"


@pytest.mark.parametrize("share", [0.1, 0.6])
def test_a_pdf_cut_short_is_unreadable(reader, scanned, share):
    whole = scanned.read_bytes()
    scanned.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(reader, scanned) == "unreadable_file"


def test_what_only_begins_like_a_pdf_is_unreadable(reader, tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7\n" + b"hello\n" * 40)
    assert refusal(reader, file) == "unreadable_file"


def test_a_missing_file_is_unreadable(reader, tmp_path):
    assert refusal(reader, tmp_path / "gone.pdf") == "unreadable_file"


class Refusing:
    """A reader that cannot."""

    def __init__(self, error):
        self.error = error

    def count(self, file):
        raise self.error

    def pages(self, file, first=1):
        return self.count(file)


@pytest.mark.parametrize("error", [InputError("unreadable_file"), DeviceError("pdf_tool_missing")])
def test_the_second_reader_is_asked_when_the_first_cannot(scanned, scans, error):
    reader = EitherPdfReader([Refusing(error), PopplerReader()])
    assert [page.data for page in reader.pages(scanned)] == scans


def test_a_locked_file_is_not_tried_again(scanned):
    reader = EitherPdfReader([Refusing(InputError("file_locked")), PdfiumReader()])
    assert refusal(reader, scanned) == "file_locked"


def test_without_poppler_the_tool_is_named_as_missing(scanned, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DeviceError, match="pdf_tool_missing"):
        PopplerReader().count(scanned)
