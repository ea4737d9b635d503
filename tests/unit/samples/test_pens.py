"""Pins, type and hand leave ink where the word stands, and look different."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.samples.fonts import tinos
from tests.samples.pens import DOTS, HAND, LASER, TYPED
from tests.samples.sheet import Column, Sheet, Span, Style

TEXT = "NGUYỄN VĂN ƯỚC 125999912"


def _written(pen, dpi=300):
    sheet = Sheet(Image.new("RGB", (round(dpi * 4), round(dpi * 0.6)), (255, 255, 255)), dpi)
    style = Style(typeface=tinos(), size_pt=14, pen=pen)
    sheet.write([Span(TEXT, {"holders[0].name": TEXT})], style, Column(x_mm=8, width_mm=90), 4)
    return sheet


def _ink(sheet):
    return 255 - np.asarray(sheet.image.convert("L")).astype(np.float32)


@pytest.mark.parametrize("pen", [LASER, DOTS, TYPED, HAND])
def test_the_box_holds_the_ink_whatever_wrote_it(pen):
    sheet = _written(pen)
    ink, box = _ink(sheet), sheet.fields["holders[0].name"].box
    inside = ink[box.y : box.y + box.height, box.x : box.x + box.width].sum()
    assert inside > 0.97 * ink.sum() > 0


def test_pins_strike_a_grid_of_180_to_the_inch():
    ink = _ink(_written(DOTS, dpi=720))
    spectrum = np.abs(np.fft.rfft(ink.sum(axis=0) - ink.sum(axis=0).mean()))
    plain = np.abs(np.fft.rfft(_ink(_written(LASER, dpi=720)).sum(axis=0)))
    pitch = round(ink.shape[1] * 180 / 720)
    assert spectrum[pitch - 8 : pitch + 9].max() > 2 * plain[pitch - 8 : pitch + 9].max()


def test_typed_letters_have_uneven_ink():
    def strengths(pen):
        ink = _ink(_written(pen)).astype(np.uint8)
        count, labels = cv2.connectedComponents((ink > 60).astype(np.uint8))
        return [float(np.percentile(ink[labels == number], 90)) for number in range(1, count)]

    assert np.std(strengths(TYPED)) > 3 * np.std(strengths(LASER))


@pytest.mark.parametrize("pen", [DOTS, TYPED, HAND])
def test_the_same_word_in_the_same_place_comes_out_the_same(pen):
    assert _written(pen).image.tobytes() == _written(pen).image.tobytes()


def test_a_hand_writes_the_same_letter_differently_each_time():
    sheet = Sheet(Image.new("RGB", (1200, 180), (255, 255, 255)), 300)
    sheet.write("ngõ ngõ ngõ", Style(typeface=tinos(), size_pt=14, pen=HAND), Column(x_mm=8, width_mm=90), 4)
    shapes = [_ink(sheet)[box.y : box.y + box.height, box.x : box.x + box.width] for _, box in sheet.words]
    width = min(shape.shape[1] for shape in shapes)
    assert len({shape[:, :width].round().tobytes() for shape in shapes}) == 3
