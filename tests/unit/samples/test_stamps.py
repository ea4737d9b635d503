"""A stamp lies over text, transparent, and never over what machines read."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image

from tests.samples.fonts import tinos
from tests.samples.sheet import Column, Sheet, Style
from tests.samples.stamps import CLEAR_MM, stamp_over

DPI = 100
PAPER = (250, 240, 240)


def _sheet(code_mm=None):
    sheet = Sheet(Image.new("RGB", (748, 1043), PAPER), DPI)
    for line in range(12):
        sheet.write(
            "Thửa đất số: 205, tờ bản đồ số: 16",
            Style(typeface=tinos(), size_pt=13),
            Column(x_mm=20, width_mm=150),
            20 + 8 * line,
        )
    if code_mm:
        code = Image.new("RGB", (80, 80), (0, 0, 0))
        sheet.paste(code, x_mm=code_mm[0], y_mm=code_mm[1], fields={"certificate.qr": "text"})
    return sheet


def _pressed(before, after, threshold=12):
    return (before.astype(int) - after).max(axis=2) > threshold


def test_a_stamp_covers_words_and_the_words_stay_dark():
    for seed in range(10):
        sheet = _sheet()
        before = np.asarray(sheet.image).copy()
        assert stamp_over(sheet, Random(seed))
        after = np.asarray(sheet.image)
        assert (after <= before).all()
        pressed = _pressed(before, after)
        words = np.zeros(pressed.shape, dtype=bool)
        for _, box in sheet.words:
            words[box.y : box.y + box.height, box.x : box.x + box.width] = True
        assert (pressed & words).sum() > 60
        ink = before.max(axis=2) < 90
        assert after[ink].max() < 90


def test_a_stamp_is_coloured_on_the_bare_paper():
    for seed in range(10):
        sheet = _sheet()
        before = np.asarray(sheet.image).copy()
        stamp_over(sheet, Random(seed))
        after = np.asarray(sheet.image)
        bare = _pressed(before, after, threshold=50) & (before.min(axis=2) > 230)
        colours = after[bare].astype(int)
        assert (np.ptp(colours, axis=1) > 25).mean() > 0.9


def test_no_stamp_comes_near_a_code():
    for seed in range(25):
        sheet = _sheet(code_mm=(90, 30))
        before = np.asarray(sheet.image).copy()
        stamp_over(sheet, Random(seed))
        rows, columns = np.nonzero(_pressed(before, np.asarray(sheet.image)))
        code, clear = sheet.fields["certificate.qr"].box, CLEAR_MM * DPI / 25.4 - 3
        beside = (columns < code.x - clear) | (columns > code.x + code.width + clear)
        above = (rows < code.y - clear) | (rows > code.y + code.height + clear)
        assert (beside | above).all()


def test_an_empty_sheet_gets_no_stamp():
    sheet = Sheet(Image.new("RGB", (300, 300), PAPER), DPI)
    assert not stamp_over(sheet, Random(1))
    assert (np.asarray(sheet.image) == PAPER).all()
