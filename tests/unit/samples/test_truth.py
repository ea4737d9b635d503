"""The truth of spreads, turns, piles and other papers."""

from __future__ import annotations

from collections import Counter
from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.samples import Arrangement, draw_dossier, draw_loose, draw_pile
from tests.samples.company import with_blanks
from tests.samples.fonts import tinos
from tests.samples.leaves import Leaf, certificate_leaves, grouped
from tests.samples.sheet import Column, Sheet, Span, Style
from tests.samples.shooting import open_studio, shoot
from tests.samples.truth import dossier_truth, pile_truth

FOUR = ("certificate_1", "certificate_2", "certificate_3", "certificate_4")
SPREADS = [("certificate_4", "certificate_1"), ("certificate_2", "certificate_3")]
DPI = 60
WIDTH, HEIGHT = 449, 626


def _sheet(number):
    """A page with one dark value and a serial at its foot."""
    sheet = Sheet(Image.new("RGB", (WIDTH, HEIGHT), (250, 226, 230)), DPI)
    bar = Image.new("RGB", (141, 21), (20, 20, 20))
    sheet.paste(bar, x_mm=25, y_mm=40 + 25 * number, fields={f"parcels[{number}].number": str(number)})
    style = Style(typeface=tinos(), size_pt=12)
    sheet.write([Span("AB", {"certificate.serial": "AB 1"})], style, Column(x_mm=100, width_mm=40), 240)
    return sheet


def _shot(arrangement, damages=(), seed=5, dossier=0):
    leaves = certificate_leaves("2014", [(kind, _sheet(number)) for number, kind in enumerate(FOUR)], dossier)
    studio = open_studio(seed, "clean", damages, arrangement)
    groups = grouped(leaves, arrangement, Random(seed))
    return [page for number, group in enumerate(groups) for page in shoot(studio, group, number)]


def _dark(page, box):
    grey = cv2.cvtColor(np.asarray(page.image), cv2.COLOR_RGB2GRAY)
    inside = grey[box.y + 4 : box.y + box.height - 4, box.x + 4 : box.x + box.width - 4]
    return float(np.median(inside))


@pytest.mark.parametrize("turned", [0.0, 1.0])
@pytest.mark.parametrize("damages", [(), ("skew",), ("photo",), ("curl",), ("photocopy",)], ids="+".join)
def test_values_of_both_halves_lie_where_the_truth_says(damages, turned):
    for seed in range(4):
        pages = _shot(Arrangement(spreads=1.0, turned=turned), damages, seed)
        assert [(page.picture, page.kind) for page in pages] == [
            (number, kind) for number, pair in enumerate(SPREADS) for kind in pair
        ]
        for page in pages:
            path = f"parcels[{FOUR.index(page.kind)}].number"
            assert _dark(page, page.boxes[path]) < 90
            assert (page.rotation_deg != 0) == bool(turned)
            inside = page.boxes[path]
            assert page.box.x <= inside.x
            assert inside.x + inside.width <= page.box.x + page.box.width


def test_the_left_half_is_the_left_one_after_turning_upright():
    for rotation_deg, side in ((0, "x"), (90, "y"), (180, "x"), (270, "y")):
        pages = next(
            pages
            for pages in (
                _shot(Arrangement(spreads=1.0, turned=float(rotation_deg > 0)), seed=seed) for seed in range(40)
            )
            if pages[0].rotation_deg == rotation_deg
        )
        left, right = pages[0].box, pages[1].box
        assert (getattr(left, side) < getattr(right, side)) == (rotation_deg in {0, 90})


def test_the_truth_says_what_a_value_is_written_with_unless_it_is_printed():
    pens: Counter[str | None] = Counter()
    for seed in range(16):
        for model in ("1993", "2003"):
            truth = draw_dossier(seed, model, "clean", 40).truth
            own = {
                place.get("pen") for path, place in truth["fields"].items() if path.endswith(("].name", "].address"))
            }
            assert len(own) == 1, (model, seed)
            pens.update(own)
            assert "pen" not in truth["fields"]["certificate.serial"]
            assert "pen" not in truth["fields"]["certificate.model"]
    assert set(pens) == {None, "hand", "typed", "dots"}


def test_a_register_number_written_by_hand_is_told_apart():
    places = [draw_dossier(seed, "2024", "clean", 40).truth["fields"] for seed in range(12)]
    pens = [fields["certificate.register_number"].get("pen") for fields in places]
    assert set(pens) == {None, "hand"}
    assert not any("pen" in fields["certificate.serial"] for fields in places)


def test_a_value_printed_twice_is_told_once_with_its_other_places():
    pages = _shot(Arrangement(spreads=1.0))
    truth = dossier_truth(1, "2014", "clean", pages)
    serial = truth["fields"]["certificate.serial"]
    assert truth["pages"][serial["page"]]["kind"] == "certificate_1"
    assert {truth["pages"][place["page"]]["kind"] for place in serial["also"]} == set(FOUR) - {"certificate_1"}
    assert truth["certificate"]["serial"] == "AB 1"


def test_shuffled_pages_are_the_same_pages_in_another_order():
    kinds = {tuple(page.kind for page in _shot(Arrangement(shuffled=1.0), seed=seed)) for seed in range(6)}
    assert len(kinds) > 2
    assert {frozenset(order) for order in kinds} == {frozenset(FOUR)}


def test_the_damages_of_a_spread_stand_with_both_pages():
    pages = _shot(Arrangement(spreads=1.0), ("fold", "photo"))
    assert {page.damages for page in pages} == {("fold", "photo")}
    assert dossier_truth(1, "2014", "clean", pages)["pages"][0]["damages"] == ["fold", "photo"]


def test_a_pile_says_which_pages_belong_to_which_certificate():
    pages = [page for number in range(2) for page in _shot(Arrangement(), seed=number, dossier=number)]
    truth = pile_truth(1, ["2014", "2014"], "clean", pages)
    assert [dossier["pages"] for dossier in truth["dossiers"]] == [[0, 1, 2, 3], [4, 5, 6, 7]]
    for dossier in truth["dossiers"]:
        assert dossier["certificate"]["serial"] == "AB 1"
        assert {place["page"] for place in dossier["fields"].values()} <= set(dossier["pages"])


def test_a_blank_back_shows_nothing_but_the_print_behind_it():
    leaves = certificate_leaves("2014", [("supplement", _sheet(0))])
    found = next(sides for sides in (with_blanks(leaves, Random(seed)) for seed in range(9)) if len(sides) == 2)
    front, blank = found
    assert (blank.kind, blank.model, blank.dossier) == ("blank", None, 0)
    assert blank.back is front.sheet
    plain, through = (
        shoot(open_studio(3, "clean", damages, Arrangement()), (blank,), 0)[0] for damages in ((), ("bleed",))
    )
    assert plain.boxes == {}
    mirrored = front.sheet.fields["parcels[0].number"].box
    column = WIDTH - mirrored.x - mirrored.width // 2
    row = mirrored.y + mirrored.height // 2
    assert np.asarray(plain.image)[row, column].min() > 225
    assert np.asarray(through.image)[row, column].mean() < np.asarray(plain.image)[row, column].mean() - 8
    assert through.damages == ("bleed",)


def test_piles_and_arranged_dossiers_are_the_same_every_time():
    arrangement = Arrangement(spreads=0.5, turned=0.5, shuffled=1.0, papers=1.0)
    one, two = (draw_pile(4, 3, level="poor", dpi=40, arrangement=arrangement) for _ in range(2))
    assert one.truth == two.truth
    assert [page.jpeg for page in one.pages] == [page.jpeg for page in two.pages]
    assert len(one.truth["dossiers"]) == 3
    first, second = (draw_dossier(4, level="poor", dpi=40, arrangement=arrangement) for _ in range(2))
    assert first.truth == second.truth


def test_arranging_changes_nothing_that_is_printed():
    plain = draw_dossier(6, "2014", "clean", 40)
    arranged = draw_dossier(6, "2014", "clean", 40, arrangement=Arrangement(spreads=1.0, turned=1.0, shuffled=1.0))
    for name in ("certificate", "holders", "parcels", "changes"):
        assert plain.truth[name] == arranged.truth[name]
    assert set(plain.truth["fields"]) == set(arranged.truth["fields"])


def test_id_cards_and_papers_stand_beside_the_record_and_fill_nothing_of_it():
    for model in ("2014", "2024"):
        plain = draw_dossier(11, model, "clean", 40)
        together = draw_dossier(11, model, "clean", 40, arrangement=Arrangement(papers=1.0))
        kinds = [page["kind"] for page in together.truth["pages"]]
        assert len(kinds) > len(plain.pages)
        for name in ("certificate", "holders", "parcels", "changes", "current_users"):
            assert together.truth[name] == plain.truth[name]
        for page in together.truth["pages"]:
            assert (page["model"] is None) == (not page["kind"].startswith(("certificate", "supplement")))


def test_an_id_card_shows_its_holder_of_the_certificate():
    seen = 0
    for seed in range(12):
        truth = draw_dossier(seed, "2024", "clean", 60, arrangement=Arrangement(papers=1.0)).truth
        for page in truth["pages"]:
            for path, shown in page.get("shows", {}).items():
                if path.endswith(".name"):
                    seen += 1
                    holder = truth["holders"][int(path[len("holders[") : path.index("]")])]
                    assert shown["value"].upper() == holder["name"].upper()
    assert seen > 2


def test_an_id_card_alone_is_the_record_and_a_wedding_photo_is_nothing():
    truth = draw_loose(2, ("id_card", "wedding"), "clean", 60).truth
    assert [page["kind"] for page in truth["pages"]] == ["id_card_front", "id_card_back", "other"]
    assert truth["certificate"] == {}
    assert truth["holders"][0]["id_papers"][0]["kind"] == "cccd"
    assert {place["page"] for place in truth["fields"].values()} <= {0, 1}


def test_a_pile_of_many_kinds_knows_whose_every_page_is():
    arrangement = Arrangement(spreads=0.5, papers=1.0, shuffled=1.0)
    truth = draw_pile(22, 6, level="clean", dpi=40, arrangement=arrangement).truth
    owned = sorted(index for dossier in truth["dossiers"] for index in dossier["pages"])
    assert owned == list(range(len(truth["pages"])))
    assert {"certificate", "id_card", "blank"} <= {page["kind"].rsplit("_", 1)[0] for page in truth["pages"]}
    for number, dossier in enumerate(truth["dossiers"]):
        assert dossier["certificate"]["model"] == dossier["model"]
        assert {truth["pages"][index]["dossier"] for index in dossier["pages"]} == {number}


def test_a_card_of_plastic_is_neither_folded_nor_punched():
    small = Sheet(Image.new("RGB", (202, 128), (220, 230, 225)), DPI)
    studio = open_studio(3, "clean", ("fold", "holes", "staple", "corner"), Arrangement())
    (page,) = shoot(studio, (Leaf(kind="id_card_front", model=None, sheet=small),), 0)
    assert page.damages == ()
    assert np.ptp(np.asarray(page.image).astype(int), axis=(0, 1)).max() < 20
