"""Printed pages: nothing overlaps, nothing is cut off, what is printed is what the truth says."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from tests.samples.certificate import draw_certificate
from tests.samples.changes import TEXTS, WAYS_TO_NEW_OWNERS
from tests.samples.drift import ADDRESS_STYLES, Drift, draw_drift
from tests.samples.labels import LABELS
from tests.samples.layouts import LAYOUTS
from tests.samples.look import draw_look
from tests.samples.owners import CASES
from tests.samples.sheet import Box
from tests.samples.worlds import PRACTICE, SCORING, TUNING, WORLDS, in_world, world_of

SCHEMA = json.loads((Path(__file__).parents[3] / "resources/schemas/dossier-1.schema.json").read_text(encoding="utf-8"))
SEEDS = (*range(6), *range(500, 504), *range(1000, 1012))
DPI = 72
EDGE = 8 / 25.4 * DPI


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What one sheet carries, without its pixels."""

    name: str
    width: int
    height: int
    words: list[tuple[str, Box]]
    values: dict[str, str]

    @property
    def paths(self):
        """Every path that is filled here."""
        return set(self.values)


@pytest.fixture(scope="module")
def printed():
    """The sheets of certificates of each model, by model and seed, of all worlds."""
    return {(model, seed): _print(model, seed) for model in LAYOUTS for seed in SEEDS}


def _certificate(model, seed):
    return draw_certificate(Random(seed), model, world_of(seed))


def _print(model, seed):
    sheets = LAYOUTS[model](_certificate(model, seed), draw_look(Random(seed), model), Random(seed), DPI)
    return [
        Printed(
            name=f"{kind} of {seed}",
            width=sheet.image.width,
            height=sheet.image.height,
            words=sheet.words,
            values={path: field.value for path, field in sheet.fields.items()},
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


def _neighbours(words):
    """Return pairs of words that share a height."""
    from_top = sorted(words, key=lambda word: word[1].y)
    for at, (text, box) in enumerate(from_top):
        for other_text, other in from_top[at + 1 :]:
            if other.y >= box.y + box.height:
                break
            yield text, box, other_text, other


def test_no_word_is_printed_over_another(printed):
    for sheet in (sheet for sheets in printed.values() for sheet in sheets):
        for text, box, other_text, other in _neighbours(sheet.words):
            smaller = min(box.width * box.height, other.width * other.height)
            assert _overlap(box, other) <= 0.3 * smaller, f"{sheet.name}: {text!r} over {other_text!r}"


def test_every_change_of_a_certificate_finds_room(printed):
    rows = 0
    for (model, seed), sheets in printed.items():
        changes = range(len(_certificate(model, seed).changes))
        paths = set().union(*(sheet.paths for sheet in sheets))
        assert {f"changes[{number}].text" for number in changes} <= paths
        rows += len(changes)
    assert rows > 40


def test_every_parcel_and_every_holder_of_a_certificate_is_printed(printed):
    for (model, seed), sheets in printed.items():
        certificate = _certificate(model, seed)
        paths = set().union(*(sheet.paths for sheet in sheets))
        for at, parcel in enumerate(certificate.parcels):
            assert {f"parcels[{at}].{name}" for name in ("sheet", "number", "area_m2", "address")} <= paths
            uses = range(len(parcel.uses))
            names = {f"parcels[{at}].uses[{use}].{name}" for use in uses for name in ("purpose", "term", "area_m2")}
            assert names <= paths
        assert {f"holders[{at}].name" for at in range(len(certificate.owners.people))} <= paths
        assert {f"assets[{at}].name" for at in range(len(certificate.assets))} <= paths


def test_all_kinds_of_owners_papers_parcels_and_changes_come_up():
    certificates = [_certificate("2014", seed) for seed in range(160)]
    assert {certificate.owners.form for certificate in certificates} == set(CASES)
    kinds = {person.id_kind for certificate in certificates for person in certificate.owners.people}
    assert kinds >= {"cccd", "cmnd", "passport", "army"}
    together = [one.owners.people for one in certificates if one.owners.form == "co_owners"]
    assert {len(people) for people in together} >= {2, 6}
    assert {len(certificate.changes) for certificate in certificates} == set(range(7))
    assert {len(certificate.parcels) for certificate in certificates} >= set(range(1, 10))
    assert any(certificate.note and certificate.note.replaces for certificate in certificates)
    assert {change.kind for one in certificates for change in one.changes} == {*TEXTS, *WAYS_TO_NEW_OWNERS}
    assert {asset.section for one in certificates for asset in one.assets} == {"home", "works", "forest", "trees"}
    uses = [use for one in certificates for parcel in one.parcels for use in parcel.uses]
    assert {use.form for use in uses} == {"Sử dụng riêng", "Sử dụng chung"}
    assert any(len({use.form for use in parcel.uses}) == 2 for one in certificates for parcel in one.parcels)
    assert any(parcel.is_forest_plot for one in certificates for parcel in one.parcels)


def _forest(model, first):
    """The first seed with a single forest plot."""
    return next(
        seed
        for seed in range(first, first + 400)
        if [parcel.is_forest_plot for parcel in _certificate(model, seed).parcels] == [True]
    )


@pytest.mark.parametrize("model", ["2003", "2009", "2014", "2024"])
@pytest.mark.parametrize("first", [0, 500, 1000])
def test_a_forest_plot_is_printed_by_lot_and_compartment(model, first):
    seed = _forest(model, first)
    (parcel,) = _certificate(model, seed).parcels
    sheets = _print(model, seed)
    values = {path: value for sheet in sheets for path, value in sheet.values.items()}
    assert values["parcels[0].number"] == parcel.number
    assert values["parcels[0].sheet"] == parcel.sheet
    text = " ".join(text for sheet in sheets for text, _ in sheet.words).lower()
    assert f"khoảnh {parcel.sheet}" in text or f"khoảnh số {parcel.sheet}" in text


def test_a_new_number_of_the_sheet_alone_fills_the_sheet_alone():
    found = [change for seed in range(300) for change in _certificate("2014", seed).changes if change.kind == "resheet"]
    assert found
    for change in found:
        paths = {path for piece in change.pieces for path in piece.fields}
        assert paths == {"parcels[0].map_sheet", "changes[{change}].dossier_number"}


def _schema_of(path):
    node = SCHEMA
    for name, index in re.findall(r"(\w+)(\[\d+\])?", path):
        node = node["properties"][name]
        node = node["items"] if index else node
        while "$ref" in node:
            node = SCHEMA["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def test_every_value_fits_the_record(printed):
    for sheet in (sheet for sheets in printed.values() for sheet in sheets):
        for path, value in sheet.values.items():
            schema = _schema_of(path)
            assert value
            assert value == value.strip()
            assert value in schema.get("enum", [value]), path
            assert re.search(schema.get("pattern", ""), value), path
            assert len(value) <= schema.get("maxLength", 100), path


def test_pages_of_a_certificate_agree_where_they_say_the_same(printed):
    for sheets in printed.values():
        known: dict[str, str] = {}
        for sheet in sheets:
            assert all(known.get(path, value) == value for path, value in sheet.values.items())
            known |= sheet.values


def test_every_model_has_its_pages_and_some_a_supplement(printed):
    supplements = 0
    for (model, _), sheets in printed.items():
        kinds = [sheet.name.partition(" ")[0] for sheet in sheets]
        own = [kind for kind in kinds if kind != "supplement"]
        four = [f"certificate_{number}" for number in range(1, 5)]
        assert own == (["certificate_front", "certificate_back"] if model == "2024" else four)
        supplements += len(kinds) > len(own)
    assert supplements > 0


def test_the_last_new_owner_is_the_current_user():
    found = 0
    for seed in range(200):
        changes = _certificate("2014", seed).changes
        fields = [{path for piece in change.pieces for path in piece.fields} for change in changes]
        named = [at for at, paths in enumerate(fields) if "current_users[0].name" in paths]
        owners = [at for at, change in enumerate(changes) if change.kind in WAYS_TO_NEW_OWNERS]
        assert named == owners[-1:]
        found += len(owners) > 1
    assert found > 3


def test_models_print_birth_years_addresses_of_owners_and_origins_or_not(printed):
    for (model, _), sheets in printed.items():
        paths = " ".join(path for sheet in sheets for path in sheet.paths)
        assert ("].origin" in paths) == (model in {"2003", "2009", "2014"})
        if model == "2024":
            assert re.search(r"holders\[\d\]\.(born|address)", paths) is None


def test_each_world_says_what_the_others_never_say():
    said = {world: {text for variants in LABELS.values() for text in in_world(world, variants)} for world in WORLDS}
    assert len(said[PRACTICE] - said[TUNING]) > 60
    assert len(said[SCORING] - said[TUNING] - said[PRACTICE]) > 180
    assert len(said[SCORING] & said[TUNING]) > 30
    assert len(said[PRACTICE] & said[TUNING]) > 30


def test_the_world_follows_from_the_seed():
    assert [world_of(seed) for seed in (0, 499, 500, 999, 1000, 100_000)] == [
        *(TUNING, TUNING, PRACTICE, PRACTICE, SCORING, SCORING)
    ]


def test_only_offices_of_the_scoring_world_drift():
    drawn = {world: [draw_drift(Random(seed), world, "2009") for seed in range(60)] for world in WORLDS}
    assert set(drawn[TUNING]) == set(drawn[PRACTICE]) == {Drift()}
    address = "thôn Vũ, xã Tương Giang, thị xã Từ Sơn, tỉnh Bắc Ninh"
    assert len({drift.address(address) for drift in drawn[SCORING]}) == len(set(ADDRESS_STYLES))
    assert "thôn Vũ - xã Tương Giang - Từ Sơn - Bắc Ninh" in {drift.address(address) for drift in drawn[SCORING]}
    terms = {drift.term_of("Đến ngày 15/10/2063") for drift in drawn[SCORING]}
    assert {"Đến ngày 15/10/2063", "Đến 15.10.2063"} <= terms
    assert all("2063" in term for term in terms)


def test_some_qr_codes_are_opaque():
    texts = [_certificate("2024", seed).qr for seed in range(60)]
    opaque = [text for text in texts if "|" not in text]
    assert 0 < len(opaque) < 20
    assert all(text.count("|") == 7 for text in texts if text not in opaque)
