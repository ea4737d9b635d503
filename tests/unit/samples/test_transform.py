"""Places follow every step: moved, turned, leaned, seen from the side."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.samples.sheet import Box
from tests.samples.transform import Transform, corners, leaned, leaning_size, moved, quarter_turned, seen_from

PAGE = (400, 560)
MARK = Box(250, 90, 60, 24)


def _marked():
    pixels = np.zeros((PAGE[1], PAGE[0]), dtype=np.uint8)
    pixels[MARK.y : MARK.y + MARK.height, MARK.x : MARK.x + MARK.width] = 255
    return pixels


def _found(pixels):
    rows, columns = np.nonzero(pixels > 127)
    return Box(
        int(columns.min()),
        int(rows.min()),
        int(columns.max() - columns.min()) + 1,
        int(rows.max() - rows.min()) + 1,
    )


def _near(one, other, tolerance=2):
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_a_quarter_turn_is_clockwise_and_takes_the_box_along(rotation_deg):
    turned = np.rot90(_marked(), -rotation_deg // 90)
    transform = Transform.none().then(quarter_turned(rotation_deg, PAGE))
    assert transform.box(MARK, (turned.shape[1], turned.shape[0])) == _found(turned)
    assert round(transform.lean_deg(PAGE)) % 360 == rotation_deg


@pytest.mark.parametrize("skew_deg", [-10, -1.5, 0, 4, 10])
def test_a_lean_takes_the_box_along_and_leaves_the_whole_page_in_the_picture(skew_deg):
    canvas = leaning_size(skew_deg, PAGE)
    step = leaned(skew_deg, PAGE, canvas)
    transform = Transform.none().then(step)
    assert _near(transform.box(MARK, canvas), _found(cv2.warpAffine(_marked(), step[:2], canvas)))
    assert transform.lean_deg(PAGE) == pytest.approx(skew_deg)
    hull = transform.points(corners(Box(0, 0, *PAGE)))
    assert hull.min() >= -1
    assert (hull.max(axis=0) <= np.array(canvas) + 1).all()


@pytest.mark.parametrize(("pitch", "yaw", "roll"), [(14, 0, 0), (-10, 11, 5), (5, -11, -5)])
def test_a_view_from_the_side_takes_the_box_along_and_fills_the_picture(pitch, yaw, roll):
    canvas = (460, 620)
    step = seen_from(PAGE, pitch_deg=pitch, yaw_deg=yaw, roll_deg=roll, distance=1.8, canvas=canvas, fill=0.9)
    transform = Transform.none().then(step)
    assert _near(transform.box(MARK, canvas), _found(cv2.warpPerspective(_marked(), step, canvas)))
    hull = transform.points(corners(Box(0, 0, *PAGE)))
    spans = (hull.max(axis=0) - hull.min(axis=0)) / np.array(canvas)
    assert spans.max() == pytest.approx(0.9)
    assert (hull.min(axis=0) > 0).all()
    assert (hull.max(axis=0) < np.array(canvas)).all()


def test_the_far_edge_of_a_page_is_shorter():
    step = seen_from(PAGE, pitch_deg=14, yaw_deg=0, roll_deg=0, distance=1.8, canvas=PAGE, fill=0.9)
    upper_left, upper_right, lower_right, lower_left = Transform(matrix=step).points(corners(Box(0, 0, *PAGE)))
    upper, lower = upper_right[0] - upper_left[0], lower_right[0] - lower_left[0]
    assert abs(upper - lower) > 0.05 * lower


def test_steps_follow_one_another():
    both = Transform.none().then(moved(30, 5)).then(quarter_turned(180, (500, 600)))
    assert both.box(MARK, (500, 600)) == Box(500 - 30 - MARK.x - MARK.width, 600 - 5 - MARK.y - MARK.height, 60, 24)


def test_what_is_cut_off_is_not_in_the_box():
    assert Transform.none().then(moved(120, 0)).box(MARK, PAGE) == Box(370, 90, 30, 24)
