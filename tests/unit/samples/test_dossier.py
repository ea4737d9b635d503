"""A drawn dossier: repeatable, readable by machines where it has codes, true to its paper."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from decimal import Decimal

import numpy as np
import pytest
import zxingcpp

from tests.samples import draw_dossier
from tests.samples.dossier import MODELS, chosen_dpi

QR_CODE, CODE_128 = (zxingcpp.barcode_formats_from_str(name) for name in ("QRCode", "Code128"))
A4_WIDTHS = {300: 2480, 200: 1654}
PAPER_DIGITS = {"cccd": 12, "cmnd": 9, "tax_code": 10}
PAGE_KINDS = {
    "2014": ["certificate_1", "certificate_2", "certificate_3", "certificate_4"],
    "2024": ["certificate_front", "certificate_back"],
}


@pytest.fixture(scope="module")
def small():
    """Twenty dossiers of each model, drawn small: only their truth is looked at."""
    return {
        model: [draw_dossier(seed, model=model, level="clean", dpi=40) for seed in range(20)] for model in PAGE_KINDS
    }


def _fingerprint(dossier):
    digest = hashlib.sha256(json.dumps(dossier.truth, sort_keys=True).encode())
    for page in dossier.pages:
        digest.update(page.jpeg)
        digest.update(page.image.tobytes())
    return digest.hexdigest()


def _content(dossier):
    return {
        name: dossier.truth[name]
        for name in ("certificate", "holders", "parcels", "assets", "changes", "current_users")
    }


@pytest.mark.parametrize(("model", "level"), [("2014", "office"), ("2024", "poor")])
def test_the_same_seed_gives_the_same_bytes(model, level):
    first, second = (draw_dossier(41, model=model, level=level, dpi=100) for _ in range(2))
    assert _fingerprint(first) == _fingerprint(second)


def test_another_seed_gives_another_certificate():
    serials = {
        draw_dossier(seed, model="2024", level="clean", dpi=60).truth["certificate"]["serial"] for seed in range(8)
    }
    assert len(serials) == 8


@pytest.mark.parametrize("model", PAGE_KINDS)
def test_level_and_resolution_do_not_change_what_is_printed(model):
    contents = [
        _content(draw_dossier(7, model=model, level=level, dpi=dpi))
        for level, dpi in (("clean", 80), ("office", 80), ("poor", 80), ("clean", 120))
    ]
    assert all(content == contents[0] for content in contents)


def test_the_seed_may_decide_the_resolution():
    widths = {seed: A4_WIDTHS[chosen_dpi(seed, None)] for seed in range(12)}
    assert set(widths.values()) == set(A4_WIDTHS.values())
    assert draw_dossier(3, "2024", "clean", None).pages[0].image.width == widths[3]


def test_mixed_leaves_model_and_level_to_the_seed():
    dossiers = [draw_dossier(seed, dpi=40) for seed in range(20)]
    assert {dossier.model for dossier in dossiers} == set(MODELS)
    assert {dossier.level for dossier in dossiers} == {"clean", "office", "poor"}


@pytest.mark.parametrize(("model", "width", "height"), [("2014", 2244, 3130), ("2024", 2480, 3508)])
def test_pages_have_their_kinds_and_the_size_of_the_paper(model, width, height):
    dossier = draw_dossier(3, model=model, level="clean")
    assert [page.kind for page in dossier.pages] == PAGE_KINDS[model]
    assert {page.image.size for page in dossier.pages} == {(width, height)}


@pytest.mark.parametrize("level", ["clean", "office"])
def test_the_qr_code_holds_the_text_of_the_truth(level):
    for seed in range(2):
        dossier = draw_dossier(seed, model="2024", level=level)
        found = zxingcpp.read_barcodes(dossier.pages[0].image, formats=QR_CODE)
        assert [code.text for code in found] == [dossier.truth["certificate"]["qr"]]


def test_a_qr_code_of_eight_fields_repeats_serial_and_code(small):
    spelled = 0
    for dossier in small["2024"]:
        certificate = dossier.truth["certificate"]
        fields = certificate["qr"].split("|")
        if len(fields) == 8:
            spelled += 1
            assert fields[4] == certificate["serial"]
            assert fields[5] == certificate["code"]
    assert spelled > 10


def test_the_bars_say_commune_year_and_number_like_the_digits_below():
    for seed in range(2):
        dossier = draw_dossier(seed, model="2014", level="clean")
        certificate = dossier.truth["certificate"]
        found = zxingcpp.read_barcodes(dossier.pages[3].image, formats=CODE_128)
        assert [code.text for code in found] == [certificate["barcode"]]
        assert certificate["barcode"][5:7] == certificate["issued_on"][2:4]
        assert certificate["barcode"][7:] == re.sub(r"\D", "", certificate["register_number"]).rjust(6, "0")


@pytest.mark.parametrize("model", PAGE_KINDS)
@pytest.mark.parametrize("level", ["clean", "office", "poor"])
def test_boxes_lie_on_the_page_and_hold_ink(model, level):
    dossier = draw_dossier(12, model=model, level=level, dpi=150)
    assert set(dossier.truth["fields"]) == {path for page in dossier.pages for path in page.boxes}
    for page in dossier.pages:
        darkness = 255 - np.asarray(page.image).min(axis=2).astype(np.float32)
        for path, box in page.boxes.items():
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= page.image.width
            assert box.y + box.height <= page.image.height
            inside = darkness[box.y : box.y + box.height, box.x : box.x + box.width]
            around = darkness[max(0, box.y - 12) : box.y + box.height + 12, max(0, box.x - 12) : box.x + box.width + 12]
            assert np.percentile(inside, 97) > np.median(around) + 20, path


def _leaves(value, path=""):
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{path}[{number}]")
    else:
        yield path, value


@pytest.mark.parametrize("model", PAGE_KINDS)
def test_the_truth_has_exactly_the_paths_with_a_place_on_the_paper(model, small):
    for dossier in small[model]:
        leaves = dict(_leaves(_content(dossier)))
        assert set(leaves) == set(dossier.truth["fields"])
        assert all(isinstance(value, str) and value and value == value.strip() for value in leaves.values())
        assert all(unicodedata.is_normalized("NFC", value) for value in leaves.values())


@pytest.mark.parametrize("model", PAGE_KINDS)
def test_values_have_the_shape_of_the_contract(model, small):
    digits = {"2014": 6, "2024": 8}[model]
    for truth in (dossier.truth for dossier in small[model]):
        certificate, parcel = truth["certificate"], truth["parcels"][0]
        assert certificate["model"] == model
        assert re.fullmatch(rf"[A-D][A-Z] \d{{{digits}}}", certificate["serial"])
        assert re.fullmatch(r"((CH|CS|CT|VP|CN) )?\d{5}", certificate["register_number"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", certificate["issued_on"])
        assert sum(Decimal(use["area_m2"]) for use in parcel["uses"]) == Decimal(parcel["area_m2"])
        for holder in truth["holders"]:
            for paper in holder.get("id_papers", []):
                if paper["kind"] in PAPER_DIGITS:
                    assert paper["number"][-6:-2] == "9999"
                    assert len(paper["number"]) == PAPER_DIGITS[paper["kind"]]


def test_husband_and_wife_have_their_roles_and_sex_only_where_it_is_printed(small):
    records = [dossier.truth["holders"] for dossier in small["2014"]]
    couples = [holders for holders in records if holders[0]["legal_form"] == "Vợ chồng"]
    assert len(couples) > 3
    for holders in couples:
        assert {holder["role"] for holder in holders} == {"Chồng", "Vợ"}
        assert all(holder["address"] for holder in holders)
        for holder in holders:
            assert holder.get("sex") in {None, "male" if holder["role"] == "Chồng" else "female"}
    assert {"sex" in holders[1] for holders in couples} == {True, False}
