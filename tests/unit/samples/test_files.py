"""Dossiers as files, and the command that writes them."""

from __future__ import annotations

import io
import json

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from tests.samples import __main__ as command
from tests.samples import draw_dossier, write_dossier


@pytest.fixture(scope="module")
def dossier():
    return draw_dossier(5, model="2024", level="office", dpi=100)


@pytest.mark.parametrize("file_format", ["png", "ppm"])
def test_lossless_files_hold_the_pixels_of_the_scan(dossier, tmp_path, file_format):
    truth = write_dossier(dossier, tmp_path, file_format)
    assert truth["files"] == [f"page-1.{file_format}", f"page-2.{file_format}"]
    for page, name in zip(dossier.pages, truth["files"], strict=True):
        with Image.open(tmp_path / name) as image:
            assert image.convert("RGB").tobytes() == page.image.tobytes()


def test_a_jpeg_is_the_scan_itself_with_its_resolution(dossier, tmp_path):
    write_dossier(dossier, tmp_path, "jpg")
    for number, page in enumerate(dossier.pages, start=1):
        content = (tmp_path / f"page-{number}.jpg").read_bytes()
        assert content == page.jpeg
        with Image.open(io.BytesIO(content)) as image:
            assert image.info["dpi"] == (100, 100)
            assert image.convert("RGB").tobytes() == page.image.tobytes()


def test_a_pdf_holds_all_pages_in_their_size(dossier, tmp_path):
    truth = write_dossier(dossier, tmp_path, "pdf")
    assert truth["files"] == ["dossier.pdf"]
    assert [(page["file"], page["page"]) for page in truth["pages"]] == [("dossier.pdf", 1), ("dossier.pdf", 2)]
    with pypdfium2.PdfDocument(tmp_path / "dossier.pdf") as document:
        assert [document.get_page_size(number) for number in range(2)] == [pytest.approx((595.4, 841.7), abs=1)] * 2


def test_a_tiff_holds_all_pages(dossier, tmp_path):
    write_dossier(dossier, tmp_path, "tiff")
    with Image.open(tmp_path / "dossier.tiff") as image:
        pages = list(ImageSequence.Iterator(image))
        assert [page.size for page in pages] == [page.image.size for page in dossier.pages]


@pytest.mark.parametrize("file_format", ["jpg", "png", "ppm", "pdf", "tiff"])
def test_files_are_the_same_every_time(dossier, tmp_path, file_format):
    for folder in ("one", "two"):
        write_dossier(dossier, tmp_path / folder, file_format)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_command_writes_a_folder_per_dossier_and_goes_round_models_and_levels(tmp_path, capsys):
    status = command.main([str(tmp_path), "--seed", "9", "--count", "4", "--level", "mixed", "--dpi", "40"])
    assert status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001-2014", "002-2024", "003-2014", "004-2024"]
    truths = [json.loads((folder / "truth.json").read_text(encoding="utf-8")) for folder in sorted(tmp_path.iterdir())]
    assert [truth["level"] for truth in truths] == ["clean", "clean", "office", "office"]
    assert [len(truth["files"]) for truth in truths] == [4, 2, 4, 2]
    assert all((tmp_path / "001-2014" / name).is_file() for name in truths[0]["files"])
    assert "004-2024" in capsys.readouterr().out
