"""One contract for both OCR engines, over the real Tesseract."""

from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from app.adapters.ocr import tessdata
from app.adapters.ocr.pytesseract_engine import PytesseractEngine
from app.adapters.ocr.tessdata import find_tessdata, has_language
from app.adapters.ocr.tesserocr_engine import TesserocrEngine
from app.errors import DeviceError
from app.ports import GreyImage, Layout
from tests.integration.papers import LINES, printed


def grey(page: Image.Image) -> GreyImage:
    pixels = page.convert("L")
    return GreyImage(width_px=pixels.width, height_px=pixels.height, dpi=300, pixels=pixels.tobytes())


@pytest.fixture(scope="module", params=[TesserocrEngine, PytesseractEngine])
def engine(request):
    engine = request.param()
    yield engine
    engine.close()


@pytest.mark.parametrize("layout", [Layout.AUTO, Layout.BLOCK])
def test_vietnamese_lines_are_read_in_their_order(engine, layout):
    lines = engine.read(grey(printed()), layout)
    assert [line.text for line in lines] == list(LINES)


def test_words_have_the_box_they_are_printed_in(engine):
    page = printed(["Thửa", "đất"], size_px=(900, 700))
    (first,), (second,) = (line.words for line in engine.read(grey(page), Layout.BLOCK))
    assert (first.text, second.text) == ("Thửa", "đất")
    for word, top in ((first, 200), (second, 290)):
        assert 145 <= word.box.x <= 160
        assert top <= word.box.y <= top + 25
        assert 25 <= word.box.height <= 65
    assert 90 <= first.box.width <= 130
    assert 0 <= second.confidence <= 100
    assert second.confidence > 85


def test_one_line_is_read_as_a_line(engine):
    page = printed(["CQ 718336"], size_px=(700, 130), first_line_px=30)
    (line,) = engine.read(grey(page), Layout.LINE)
    assert line.text == "CQ 718336"


def test_scattered_words_are_found(engine):
    page = printed(["Thửa"], size_px=(2000, 1500))
    page.paste(printed(["đất"], size_px=(600, 300)).crop((100, 180, 500, 280)), (1300, 1200))
    assert {word.text for line in engine.read(grey(page), Layout.SPARSE) for word in line.words} >= {"Thửa", "đất"}


def test_a_whitelist_lets_only_its_signs_through_and_only_once(engine):
    page = grey(printed(["205 đất", "72 ao"], size_px=(700, 500)))
    digits = "".join(word.text for line in engine.read(page, Layout.BLOCK, "0123456789") for word in line.words)
    assert digits.isdigit()
    assert "đất" in " ".join(line.text for line in engine.read(page, Layout.BLOCK))


def test_an_empty_page_has_no_lines(engine):
    assert engine.read(grey(Image.new("L", (800, 600), 255)), Layout.BLOCK) == ()
    assert engine.read(grey(Image.new("L", (800, 600), 255)), Layout.AUTO) == ()


def test_one_page_does_not_colour_the_next(engine):
    page = grey(printed(["Thửa đất số 205"], size_px=(900, 400)))
    first = engine.read(page, Layout.BLOCK)
    engine.read(grey(printed(["hoàn toàn khác 999"], size_px=(1200, 700))), Layout.AUTO)
    assert engine.read(page, Layout.BLOCK) == first


def test_text_is_in_composed_form(engine):
    text = " ".join(line.text for line in engine.read(grey(printed()), Layout.BLOCK))
    assert "̣" not in text
    assert "ộ" in text or "ử" in text


@pytest.mark.parametrize("make", [TesserocrEngine, PytesseractEngine])
def test_a_language_that_is_not_installed_is_named_as_missing(make):
    with pytest.raises(DeviceError, match="ocr_missing"):
        make("xyz")


def test_a_broken_model_is_named_as_missing(tmp_path, monkeypatch):
    (tmp_path / "vie.traineddata").write_bytes(b"nothing of use")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(DeviceError, match="ocr_missing"):
        TesserocrEngine()


def test_a_failing_program_is_a_failure_of_the_page(tmp_path, monkeypatch):
    engine = PytesseractEngine()
    monkeypatch.setattr(engine, "_tessdata", tmp_path)
    with pytest.raises(DeviceError, match="ocr_failed"):
        engine.read(grey(Image.new("L", (100, 100), 255)), Layout.BLOCK)


def test_without_the_program_it_is_named_as_missing(monkeypatch):
    engine = PytesseractEngine()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DeviceError, match="ocr_missing"):
        PytesseractEngine()
    with pytest.raises(DeviceError, match="ocr_missing"):
        engine.read(grey(Image.new("L", (100, 100), 255)))


def test_the_environment_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv("OMP_THREAD_LIMIT", "3")
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    before = dict(os.environ)
    PytesseractEngine().read(grey(Image.fromarray(np.full((60, 60), 255, np.uint8))))
    assert dict(os.environ) == before


def test_the_prefix_of_the_environment_comes_first_then_our_own_model(tmp_path, monkeypatch):
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert (find_tessdata("vie") / "LICENSE.txt").is_file()
    (tmp_path / "tessdata").mkdir()
    (tmp_path / "tessdata" / "vie.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata("vie") == tmp_path / "tessdata"


def test_debians_models_are_found_where_ours_has_none(tmp_path, monkeypatch):
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    folder = tmp_path / "5" / "tessdata"
    folder.mkdir(parents=True)
    (folder / "lao.traineddata").touch()
    assert not has_language("lao")
    monkeypatch.setattr(tessdata, "_SYSTEM", tmp_path)
    assert find_tessdata("lao") == folder
