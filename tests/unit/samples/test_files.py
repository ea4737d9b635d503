"""Dossiers as files, and the command that writes them."""

from __future__ import annotations

import io
import json

import pypdfium2
import pytest
from PIL import Image, ImageSequence

from tests.samples import Arrangement, draw_dossier, draw_loose, write_dossier
from tests.samples import __main__ as command


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
    status = command.main(
        [str(tmp_path), "--seed", "9", "--count", "4", "--model", "2014,2024", "--level", "mixed", "--dpi", "40"]
    )
    assert status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001-2014", "002-2024", "003-2014", "004-2024"]
    truths = [json.loads((folder / "truth.json").read_text(encoding="utf-8")) for folder in sorted(tmp_path.iterdir())]
    assert [truth["level"] for truth in truths] == ["clean", "clean", "office", "office"]
    of_the_form = [[page for page in truth["pages"] if page["kind"] != "supplement"] for truth in truths]
    assert [len(pages) for pages in of_the_form] == [4, 2, 4, 2]
    assert [len(truth["files"]) for truth in truths] == [len(truth["pages"]) for truth in truths]
    assert all((tmp_path / "001-2014" / name).is_file() for name in truths[0]["files"])
    assert "004-2024" in capsys.readouterr().out


def test_the_command_draws_piles_spreads_and_single_damages(tmp_path, capsys):
    words = ["--seed", "3", "--dpi", "40", "--pile", "2", "--model", "2014", "--spreads", "--turned", "0.5"]
    assert command.main([str(tmp_path), *words, "--damages", "fold,grey"]) == 0
    truth = json.loads((tmp_path / "001-pile" / "truth.json").read_text(encoding="utf-8"))
    spreads = [page for page in truth["pages"] if page["kind"].startswith("certificate")]
    assert len(truth["dossiers"]) == 2
    assert {page["page"] for page in spreads} == {1, 2}
    assert all(page["damages"] == ["fold", "grey"] for page in truth["pages"])
    assert "001-pile" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value", "answer"),
    [("--damages", "coffee", "coffee"), ("--model", "1789", "1789"), ("--spreads", "2", "between 0 and 1")],
)
def test_what_the_command_does_not_know_is_refused(tmp_path, capsys, option, value, answer):
    with pytest.raises(SystemExit) as stopped:
        command.main([str(tmp_path), "--seed", "1", option, value])
    assert stopped.value.code == 2
    assert answer in capsys.readouterr().err


def test_names_of_many_files_sort_in_the_order_of_the_scan(tmp_path):
    truth = write_dossier(draw_loose(1, ("letter", "contract") * 6, "clean", 40), tmp_path)
    assert len(truth["files"]) == 12
    assert sorted(truth["files"]) == truth["files"]


def test_the_halves_of_a_spread_are_two_pages_of_one_file(tmp_path):
    opened = draw_dossier(8, "2014", "clean", 40, arrangement=Arrangement(spreads=1.0))
    kinds = ["certificate_4", "certificate_1", "certificate_2", "certificate_3"]
    truth = write_dossier(opened, tmp_path / "jpg", "jpg")
    spreads = [page for page in truth["pages"] if page["kind"] in kinds]
    assert [(page["file"], page["page"], page["kind"]) for page in spreads] == [
        ("page-1.jpg", 1, "certificate_4"),
        ("page-1.jpg", 2, "certificate_1"),
        ("page-2.jpg", 1, "certificate_2"),
        ("page-2.jpg", 2, "certificate_3"),
    ]
    assert sorted(path.name for path in (tmp_path / "jpg").iterdir())[:2] == ["page-1.jpg", "page-2.jpg"]
    as_pdf = write_dossier(opened, tmp_path / "pdf", "pdf")
    assert [page["page"] for page in as_pdf["pages"]] == list(range(1, len(opened.pages) + 1))


def test_the_seed_of_a_run_chooses_its_words_unless_they_are_asked_for(tmp_path):
    def note(name, *options):
        words = ["--count", "2", "--model", "2024", "--dpi", "40", "--format", "ppm", *options]
        assert command.main([str(tmp_path / name), *words]) == 0
        return [json.loads(file.read_text())["fields"] for file in sorted((tmp_path / name).rglob("truth.json"))]

    tuning = note("a", "--seed", "7")
    assert note("b", "--seed", "7", "--words", "tuning") == tuning
    assert note("c", "--seed", "7", "--words", "scoring") != tuning
    assert note("d", "--seed", "1007") == note("e", "--seed", "1007", "--words", "scoring")


def test_a_photo_that_exif_turns_stands_upright_in_a_pdf(tmp_path):
    seeds = (draw_dossier(seed, "2024", "clean", 40, damages=("photo",)) for seed in range(8))
    photographed = next(one for one in seeds if any(page.jpeg != _upright(page) for page in one.pages))
    write_dossier(photographed, tmp_path, "pdf")
    with pypdfium2.PdfDocument(tmp_path / "dossier.pdf") as document:
        for number, page in enumerate(photographed.pictures):
            width, height = document.get_page_size(number)
            assert (width > height) == (page.image.width > page.image.height)
            picture = next(document[number].get_objects()).get_bitmap().to_pil()
            assert picture.size == page.image.size


def _upright(page):
    with Image.open(io.BytesIO(page.jpeg)) as stored:
        return b"" if stored.getexif() else page.jpeg
