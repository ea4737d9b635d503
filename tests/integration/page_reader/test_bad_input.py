"""Images that are no certificate, or hardly images: nothing is invented, and it is said what is wrong."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.adapters.calibration_file import load_calibration
from app.adapters.code_lists_files import load_code_lists
from app.adapters.page_worker import PageJob, ReadingDesk
from app.domain.extraction.assemble import understand
from app.domain.extraction.lexicon import Lexicon
from app.domain.reading import Reading
from tests.integration.papers import printed
from tests.samples import draw_loose

MOST_S = 6.0
"""Processor time for a page of 60 megapixels without print, with room for a busy machine."""


@pytest.fixture(scope="module")
def desk():
    return ReadingDesk("vie")


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(load_code_lists())


@pytest.fixture
def read(desk, lexicon, tmp_path):
    def reading_of(content: bytes, name: str = "trang.jpg") -> Reading:
        file: Path = tmp_path / name
        file.write_bytes(content)
        scans = desk.answer(PageJob(index=0, file=file, page=1), lambda _: None)
        return understand(scans, lexicon, load_calibration(), "2026-11-22")

    return reading_of


def jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=85, dpi=(300, 300))
    return stream.getvalue()


def says_nothing(reading: Reading) -> bool:
    return not any(field.value for field in reading.fields)


def kinds(reading: Reading) -> list[str]:
    return [page.kind for page in reading.pages]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("foreign_title", "other"),
        ("wedding", "other"),
        ("photo", "other"),
        ("electricity_bill", "other"),
        ("handwritten_letter", "other"),
        ("blank", "blank"),
    ],
)
@pytest.mark.parametrize("level", ["clean", "office"])
def test_papers_that_are_no_certificate_fill_nothing(read, name, kind, level):
    reading = read(draw_loose(921, [name], level).pages[0].jpeg)
    assert kinds(reading) == [kind]
    assert says_nothing(reading)
    assert [finding.code for finding in reading.findings] == ["no_certificate"]


@pytest.mark.parametrize(
    "image",
    [
        Image.new("RGB", (1, 1), "white"),
        Image.new("RGB", (1, 1), "black"),
        Image.new("L", (2480, 3508), 0),
        Image.fromarray(np.random.default_rng(5).integers(0, 256, (1400, 1000, 3), np.uint8)),
    ],
    ids=["white pixel", "black pixel", "black page", "noise"],
)
def test_images_without_print_are_other_or_blank(read, image):
    reading = read(jpeg(image))
    assert kinds(reading)[0] in ("other", "blank")
    assert says_nothing(reading)


def test_a_page_of_sixty_megapixels_is_seen_in_seconds(read):
    content = jpeg(Image.new("L", (7_740, 7_740), 255))
    started = time.process_time()
    reading = read(content)
    assert (kinds(reading), says_nothing(reading)) == (["blank"], True)
    assert time.process_time() - started < MOST_S


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.98])
def test_of_a_truncated_file_only_what_is_there_is_read(read, share):
    content = jpeg(printed())
    reading = read(content[: int(share * len(content))])
    assert says_nothing(reading)
    if not reading.pages:
        assert [finding.code for finding in reading.findings] == ["unreadable_file"]


def test_a_file_that_is_no_image_is_named(read):
    reading = read(b"khong phai anh" * 100, "thu.jpg")
    assert reading.pages == ()
    (finding,) = reading.findings
    assert finding.code == "unreadable_file"
    assert "thu.jpg" in finding.message
