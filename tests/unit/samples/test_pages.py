"""Printed pages: nothing overlaps, nothing is cut off, what is printed is what the truth says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest

from tests.samples import layout_2014, layout_2024
from tests.samples.certificate import draw_certificate
from tests.samples.look import draw_look
from tests.samples.sheet import Box

LAYOUTS = {"2014": layout_2014, "2024": layout_2024}
DPI = 100
EDGE = 8 / 25.4 * DPI


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What one sheet carries, without its pixels."""

    name: str
    width: int
    height: int
    words: list[tuple[str, Box]]
    paths: set[str]


@pytest.fixture(scope="module")
def printed():
    """The sheets of 24 certificates of each model, by model and seed."""
    return {(model, seed): _print(model, seed) for model in LAYOUTS for seed in range(24)}


def _print(model, seed):
    sheets = LAYOUTS[model].draw_pages(
        draw_certificate(Random(seed), model), draw_look(Random(seed)), Random(seed), DPI
    )
    return [
        Printed(
            name=f"{kind} of {seed}",
            width=sheet.image.width,
            height=sheet.image.height,
            words=sheet.words,
            paths=set(sheet.fields),
        )
        for kind, sheet in sheets
    ]


def _overlap(one, other):
    """Return the shared pixels, boxes taken one pixel tighter than they are rounded."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(width - 2, 0) * max(height - 2, 0)


def test_no_word_is_printed_outside_the_paper(printed):
    for sheet in (sheet for sheets in printed.values() for sheet in sheets):
        for text, box in sheet.words:
            inside = box.x >= EDGE and box.x + box.width <= sheet.width - EDGE
            assert inside, f"{sheet.name}: {text}"
            inside = box.y >= EDGE and box.y + box.height <= sheet.height - EDGE
            assert inside, f"{sheet.name}: {text}"


def test_no_word_is_printed_over_another(printed):
    for sheet in (sheet for sheets in printed.values() for sheet in sheets):
        for (text, box), (other_text, other) in combinations(sheet.words, 2):
            smaller = min(box.width * box.height, other.width * other.height)
            assert _overlap(box, other) <= 0.3 * smaller, f"{sheet.name}: {text!r} over {other_text!r}"


def test_every_change_of_a_certificate_finds_room(printed):
    rows = 0
    for (model, seed), sheets in printed.items():
        changes = range(len(draw_certificate(Random(seed), model).changes))
        paths = set().union(*(sheet.paths for sheet in sheets))
        assert {f"changes[{number}].text" for number in changes} <= paths
        rows += len(changes)
    assert rows > 20


@pytest.mark.parametrize("model", LAYOUTS)
def test_areas_of_the_uses_add_up_to_the_area_of_the_parcel(model):
    several = 0
    for seed in range(60):
        parcel = draw_certificate(Random(seed), model).parcel
        assert sum((use.area for use in parcel.uses), Decimal(0)) == parcel.area
        several += len(parcel.uses) > 1
    assert several > 10


def test_all_kinds_of_owners_and_papers_come_up():
    certificates = [draw_certificate(Random(seed), "2014") for seed in range(80)]
    assert {certificate.owners.form for certificate in certificates} == {"person", "couple", "household", "company"}
    kinds = {person.id_kind for certificate in certificates for person in certificate.owners.people}
    assert kinds == {"cccd", "cmnd"}
    assert {len(certificate.changes) for certificate in certificates} == {0, 1, 2}
    assert any(certificate.note and certificate.note.replaces for certificate in certificates)


def test_the_2024_model_prints_no_birth_year_no_address_of_owners_and_no_origin(printed):
    for (model, _), sheets in printed.items():
        paths = " ".join(path for sheet in sheets for path in sheet.paths)
        found = re.search(r"holders\[\d\]\.(born|address)|\.origin", paths) is not None
        assert found == (model == "2014")


def test_some_qr_codes_are_opaque():
    texts = [draw_certificate(Random(seed), "2024").qr for seed in range(60)]
    opaque = [text for text in texts if "|" not in text]
    assert 0 < len(opaque) < 20
    assert all(text.count("|") == 7 for text in texts if text not in opaque)
