from __future__ import annotations

import dataclasses

from app.domain.dossier import Blank, Certificate, Dossier, LandUse, Parcel
from app.domain.unprinted import with_unprinted_blanks

NEW = Dossier(
    dossier_id="d",
    certificate=Certificate(model="2024"),
    parcels=(Parcel(uses=(LandUse(purpose="Đất ở tại nông thôn"), LandUse(origin="Nhận thừa kế"))),),
)


def test_the_origin_is_not_printed_on_the_2024_model():
    assert with_unprinted_blanks(NEW).blanks == (Blank(path="parcels[0].uses[0].origin", reason="not_printed"),)


def test_a_reason_a_person_gave_stays():
    given = dataclasses.replace(NEW, blanks=(Blank(path="parcels[0].uses[0].origin", reason="disputed"),))
    assert with_unprinted_blanks(given) == given


def test_other_models_print_it():
    old = dataclasses.replace(NEW, certificate=Certificate(model="2014"))
    assert with_unprinted_blanks(old) is old
    assert with_unprinted_blanks(Dossier(dossier_id="d")).blanks == ()
