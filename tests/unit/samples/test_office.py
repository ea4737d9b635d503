"""An office's spelling and pens."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.samples.fonts import cousine, free_mono, free_serif, tinos
from tests.samples.office import Filled, OfficeSheet, Spelling, spelling_of
from tests.samples.pens import DOTS, HAND, LASER, TYPED
from tests.samples.sheet import Column, Span, Style
from tests.samples.worlds import SCORING, TUNING

COLUMN = Column(x_mm=10, width_mm=120)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xã Hiệp Hòa", "xã Hiệp Hoà"),
        ("Cảnh Thụy", "Cảnh Thuỵ"),
        ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN"),
        ("CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI"),
        ("Quý Sơn, hoàn thành, khỏe", "Quý Sơn, hoàn thành, khoẻ"),
    ],
)
def test_tone_marks_move_in_open_syllables_only(old, new):
    assert Spelling(new_tones=True)(old) == new


def test_squares_and_thousands_follow_the_office():
    assert Spelling(plain_square=True)("1.005,0 m²") == "1.005,0 m2"
    dotless = Spelling(dotless_thousands=True)
    assert dotless("11.800,0 m²; 000318.TC.001; 15.10.2013") == "11800,0 m²; 000318.TC.001; 15.10.2013"


def test_offices_spell_differently():
    seen = {spelling_of(number / 200, TUNING) for number in range(200)}
    assert len(seen) > 4


def test_offices_of_the_scoring_world_write_areas_in_more_ways():
    spellings = [spelling_of(number / 300, SCORING) for number in range(300)]
    shown = {spelling("1.005,0") + spelling("\u00a0m²") for spelling in spellings}
    assert {"1.005,0\u00a0m²", "1005.0\u00a0m²", "1.005,0m²", "1.005,0\u00a0mét\u00a0vuông", "1.005,0\u00a0m2"} <= shown
    assert Spelling(unit="m²")("còn lại 12,5 m²; diện tích (m²)") == "còn lại 12,5m²; diện tích (m²)"


def test_the_truth_is_spelled_as_it_is_printed():
    sheet = OfficeSheet(Image.new("RGB", (600, 200), "white"), 100, Spelling(new_tones=True))
    address = Span("xã Hiệp Hòa", {"parcels[0].address": "xã Hiệp Hòa"})
    sheet.write([address], Style(typeface=tinos(), size_pt=12), COLUMN, 5)
    assert sheet.fields["parcels[0].address"].value == "xã Hiệp Hoà"
    assert [text for text, _ in sheet.words] == ["xã", "Hiệp", "Hoà"]


@pytest.mark.parametrize("pen", [LASER, DOTS, TYPED, HAND])
@pytest.mark.parametrize("typeface", [cousine(), free_mono(), free_serif()], ids=lambda typeface: typeface.name)
def test_a_pen_writes_within_its_box_in_its_colour(pen, typeface):
    sheet = OfficeSheet(Image.new("RGB", (1200, 200), "white"), 200)
    filled = Filled("Nguyễn", {"holders[0].name": "Nguyễn"}, None, None, _blue(typeface, pen))
    sheet.write([Span("Hộ ông: "), filled], Style(typeface=tinos(), size_pt=12), COLUMN, 8)
    box = sheet.fields["holders[0].name"].box
    pixels = np.asarray(sheet.image).astype(int)
    inside = pixels[box.y : box.y + box.height, box.x : box.x + box.width]
    assert (inside[..., 2] - inside[..., 0]).max() > 60
    right = pixels[:, box.x + box.width + 12 :]
    assert right.min() > 200


def _blue(typeface, pen):
    return Style(typeface=typeface, size_pt=12, colour=(20, 30, 160), pen=pen)
