"""The scanner, the copier and the phone spoil pages, and know where things went."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from tests.samples.damages import DAMAGES, LEVELS, UnknownDamageError, draw_device, draw_faults
from tests.samples.scan import EXIF_ORIENTATION, scan_page
from tests.samples.sheet import Box

DPI = 100
BAR = Box(500, 800, 120, 30)
DEVICES = [(), ("skew",), ("photocopy", "skew"), ("photo",), ("curl",), ("fax",)]


def _page_with_bar():
    page = Image.new("RGB", (760, 1060), (250, 225, 230))
    ImageDraw.Draw(page).rectangle((500, 800, 619, 829), fill=(30, 30, 30))
    return page


def _scan(seed, level="clean", damages=None, page=None, rotation_deg=0):
    rng = np.random.default_rng(seed)
    faults = draw_faults(rng, level, draw_device(rng, level, damages), damages)
    return scan_page(page or _page_with_bar(), faults, rng, DPI, rotation_deg=rotation_deg)


def _bar_on(scan, expected):
    """Find the dark bar near where it should be: against the light around it, single specks left out."""
    margin = 40
    left, top = max(0, expected.x - margin), max(0, expected.y - margin)
    part = scan.image.crop((left, top, expected.x + expected.width + margin, expected.y + expected.height + margin))
    grey = cv2.medianBlur(np.asarray(part.convert("L")), 5)
    dark = grey < (int(grey.min()) + int(np.percentile(grey, 80))) / 2
    count, _, boxes, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8))
    largest = max(range(1, count), key=lambda number: boxes[number][cv2.CC_STAT_AREA])
    x, y, width, height, _ = (int(value) for value in boxes[largest])
    return Box(x + left, y + top, width, height)


def _assert_near(found, expected):
    assert abs(found.x - expected.x) <= 4
    assert abs(found.y - expected.y) <= 4
    assert abs(found.x + found.width - expected.x - expected.width) <= 4
    assert abs(found.y + found.height - expected.y - expected.height) <= 4


@pytest.mark.parametrize("level", LEVELS)
def test_a_box_follows_the_page_at_every_level(level):
    for seed in range(8):
        scan = _scan(seed, level)
        _assert_near(_bar_on(scan, scan.box(BAR)), scan.box(BAR))


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "damages", [(), ("skew",), ("photocopy", "skew"), ("photo",), ("curl",), ("fax",)], ids="+".join
)
def test_a_box_follows_the_page_through_every_device_and_turn(damages, rotation_deg):
    for seed in range(3):
        scan = _scan(seed, "clean", damages, rotation_deg=rotation_deg)
        _assert_near(_bar_on(scan, scan.box(BAR)), scan.box(BAR))
        assert abs((scan.transform.lean_deg((760, 1060)) - rotation_deg + 180) % 360 - 180) < 12


def test_a_positive_lean_is_clockwise():
    page = Image.new("RGB", (760, 1060), (250, 225, 230))
    ImageDraw.Draw(page).rectangle((100, 524, 660, 536), fill=(20, 20, 20))
    leans = []
    for seed in range(6):
        scan = _scan(seed, damages=("skew",), page=page)
        near = [scan.box(Box(x, 524, 20, 13)) for x in (120, 620)]
        left, right = (_bar_on(scan, box).y for box in near)
        lean = scan.transform.lean_deg(page.size)
        assert (right > left) == (lean > 0)
        assert 3 <= abs(lean) <= 10
        leans.append(lean)
    assert min(leans) < 0 < max(leans)


def test_an_office_leans_two_degrees_at_most_and_a_poor_scan_ten():
    for level, limit in (("clean", 0), ("office", 2), ("poor", 10)):
        skews = [draw_faults(np.random.default_rng(seed), level, "colour").skew_deg for seed in range(200)]
        assert max(skews) <= limit
        assert min(skews) >= -limit
        assert max(skews) - min(skews) > 1.7 * limit - 0.1


def test_levels_lose_contrast_from_clean_to_poor():
    def bar_darkness(level):
        scans = [_scan(seed, level, page=_page_with_bar()) for seed in range(6)]
        in_colour = [scan for scan in scans if not {"photo", "photocopy", "fax"} & set(scan.damages)]
        greys = [np.asarray(scan.image.convert("L")) for scan in in_colour]
        boxes = [scan.box(BAR) for scan in in_colour]
        middles = [
            grey[box.y + box.height // 2, box.x + box.width // 2] for grey, box in zip(greys, boxes, strict=True)
        ]
        return float(np.mean(middles))

    darkness = [bar_darkness(level) for level in ("clean", "office", "poor")]
    assert darkness == sorted(darkness)
    assert darkness[2] - darkness[0] > 20


def test_exactly_the_damages_asked_for_are_told():
    scan = _scan(2, "office", ("fold", "grey", "jpeg"))
    assert scan.damages == ("fold", "grey", "jpeg")
    assert _scan(2, "clean").damages == ()


def test_an_unknown_damage_is_an_error_that_names_the_known_ones():
    with pytest.raises(UnknownDamageError, match="coffee; there are: stamp, fold"):
        _scan(1, "clean", ("coffee",))


def test_every_damage_comes_up_at_poor_and_none_at_clean():
    def told(level):
        faults = []
        for seed in range(300):
            rng = np.random.default_rng(seed)
            faults.append(draw_faults(rng, level, draw_device(rng, level, None)))
        return {name for one in faults for name in one.names}

    assert told("poor") == set(DAMAGES)
    assert told("clean") == set()
    assert told("office") == {"stamp", "holes", "staple", "bleed", "grey", "photocopy"}


def test_a_photo_may_lie_in_its_file_as_the_phone_was_held():
    turned = 0
    for seed in range(8):
        scan = _scan(seed, "clean", ("photo",))
        with Image.open(io.BytesIO(scan.jpeg)) as stored:
            turned += EXIF_ORIENTATION in stored.getexif()
            upright = ImageOps.exif_transpose(stored).convert("RGB")
        assert upright.tobytes() == scan.image.tobytes()
    assert 0 < turned < 8


@pytest.mark.parametrize("damage", ["grey", "photocopy", "fax"])
def test_a_scan_without_colours_is_stored_in_one_plane(damage):
    scan = _scan(4, "clean", (damage,))
    with Image.open(io.BytesIO(scan.jpeg)) as stored:
        assert stored.mode == "L"
    pixels = np.asarray(scan.image)
    assert (pixels[:, :, 0] == pixels[:, :, 2]).all()


def test_hard_jpeg_is_a_small_file():
    assert len(_scan(5, "office", ("jpeg",)).jpeg) < 0.7 * len(_scan(5, "office", ()).jpeg)
