from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

import pytest

from app.domain import codec
from app.domain.dossier import Blank, Certificate, Dossier, DossierPage, Holder, IdPaper, LandUse, Parcel
from app.domain.queue import FieldValue
from app.domain.reading import Box, Candidate
from app.domain.states import DossierState
from app.errors import InputError

DOSSIER = Dossier(
    dossier_id="0193",
    certificate=Certificate(serial="CQ 718336", model="2014"),
    holders=(Holder(name="Trương Quang Hách", id_papers=(IdPaper(kind="cccd", number="027081999921"),)),),
    parcels=(Parcel(area_m2=Decimal("72.50"), uses=(LandUse(purpose="Đất ở tại đô thị"),)),),
    pages=(DossierPage(page_id="p", sha256="0" * 64, width_px=10),),
    blanks=(Blank(path="holders[0].born", reason="not_printed"),),
)


def test_a_dossier_comes_back_as_it_went():
    assert codec.from_json(Dossier, codec.to_json(DOSSIER)) == DOSSIER


def test_decimals_keep_their_digits():
    assert json.loads(codec.to_json(DOSSIER))["parcels"][0]["area_m2"] == "72.50"


def test_text_is_brought_to_nfc_on_the_way_in():
    plain = codec.to_plain(DOSSIER)
    plain["hamlet"] = "Thôn Đo\u0302\u0300ng"
    assert codec.from_plain(Dossier, plain).hamlet == "Thôn Đồng"


def test_boxes_and_candidates_come_back_as_their_types():
    value = FieldValue(
        path="certificate.serial", value=None, source="ocr", check="look", set_by="reader", set_at="2026",
        box=Box(1, 2, 3, 4), candidates=(Candidate(value="CQ", source="ocr", confidence=0.5),),
    )  # fmt: skip
    assert codec.from_json(FieldValue, codec.to_json(value)) == value


@dataclass(frozen=True, kw_only=True)
class Sample:
    state: DossierState = DossierState.DRAFT
    pair: tuple[int, str] = (1, "a")
    share: float = 0.0
    box: Box | None = None


def test_enums_and_whole_numbers_for_shares_are_understood():
    assert codec.from_plain(Sample, {"state": "sending", "share": 1}).state is DossierState.SENDING
    assert codec.to_plain({"a": DossierState.DRAFT}) == {"a": "draft"}


@pytest.mark.parametrize(
    "bad",
    [
        [], "x", {"unknown": 1}, {"state": "nothing"}, {"pair": [1]}, {"pair": "ab"}, {"pair": [True, "a"]},
        {"share": "1"}, {"box": [1, 2, 3]}, {"box": 1},
    ],
)  # fmt: skip
def test_values_that_do_not_fit_are_refused(bad):
    with pytest.raises(InputError) as caught:
        codec.from_plain(Sample, bad)
    assert caught.value.code == "bad_record"


@pytest.mark.parametrize("bad", [{}, {"dossier_id": 5}, {"dossier_id": "a", "parcels": [{"area_m2": "NaN"}]},
                                 {"dossier_id": "a", "parcels": [{"area_m2": "1,5"}]}])  # fmt: skip
def test_a_dossier_with_wrong_values_is_refused(bad):
    with pytest.raises(InputError):
        codec.from_plain(Dossier, bad)


def test_text_that_is_no_json_is_refused():
    with pytest.raises(InputError):
        codec.from_json(Dossier, b"{")
    with pytest.raises(InputError):
        codec.from_json(Dossier, "[" * 100_000)
