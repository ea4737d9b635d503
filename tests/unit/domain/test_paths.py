from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain import paths
from app.domain.dossier import Dossier, Holder, LandUse, Parcel
from app.errors import InputError

DOSSIER = Dossier(
    dossier_id="d1",
    holders=(Holder(name="Vi Thị Sảo"),),
    parcels=(Parcel(sheet="42", uses=(LandUse(area_m2=Decimal("612.0")),)),),
)


def test_a_value_is_found_by_its_path():
    assert paths.get(DOSSIER, "holders[0].name") == "Vi Thị Sảo"
    assert paths.get(DOSSIER, "parcels[0].uses[0].area_m2") == Decimal("612.0")


def test_beyond_the_end_of_a_list_there_is_nothing():
    assert paths.get(DOSSIER, "holders[1].name") is None


def test_putting_a_value_changes_a_copy_only():
    changed = paths.put(DOSSIER, "parcels[0].number", "14")
    assert changed.parcels[0].number == "14"
    assert changed.parcels[0].sheet == "42"
    assert DOSSIER.parcels[0].number is None


def test_lists_grow_by_empty_items_up_to_the_place():
    changed = paths.put(DOSSIER, "holders[2].id_papers[0].number", "024169999914")
    assert changed.holders[1] == Holder()
    assert changed.holders[2].id_papers[0].number == "024169999914"


@pytest.mark.parametrize(
    "bad",
    ["", "holders[0]..name", "holders.", "holders[x].name", "nothing", "certificate.nothing", "holders.name",
     "certificate[0]", "holders[0].name.more", "certificate.serial[0]", "../etc", "holders[9999].name"],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_refused(bad):
    with pytest.raises(InputError) as caught:
        paths.put(DOSSIER, bad, "x")
    assert caught.value.code == "bad_path"


@pytest.mark.parametrize("bad", ["holders.name", "certificate[0]", "certificate.nothing"])
def test_reading_along_a_wrong_path_is_refused(bad):
    with pytest.raises(InputError):
        paths.get(DOSSIER, bad)


def test_leaves_are_listed_in_the_order_of_the_record():
    found = dict(paths.leaves(DOSSIER))
    assert found["parcels[0].uses[0].area_m2"] == Decimal("612.0")
    assert next(iter(found)) == "dossier_id"


@pytest.mark.parametrize("path", ["certificate.serial", "holders[0].id_papers[1].number", "parcels[1].uses[0].area_m2"])
def test_a_pointer_leads_back_to_its_path(path):
    assert paths.from_pointer(paths.to_pointer(path)) == path


def test_a_pattern_has_no_indexes():
    assert paths.pattern("parcels[1].uses[0].area_m2") == "parcels[].uses[].area_m2"
