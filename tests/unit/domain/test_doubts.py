"""What a person should still look at, in the order of the paper, and how risky a dossier is."""

from __future__ import annotations

import dataclasses
import math

import pytest

from app.domain.dossier import Blank, Dossier
from app.domain.doubts import doubtful_paths, next_doubtful, paper_order
from app.domain.fields import FIELDS
from app.domain.queue import DossierHead, FieldValue, OpenDossier
from app.domain.reading import Finding
from app.domain.risk import risk
from app.domain.states import DossierState
from tests.office import AT, a_complete_dossier, a_field

AREA = "parcels[0].area_m2"


def opened(dossier: Dossier | None = None, *fields: FieldValue, findings: tuple[Finding, ...] = ()) -> OpenDossier:
    head = DossierHead(dossier_id="d1", state=DossierState.DRAFT, created_at=AT, updated_at=AT)
    return OpenDossier(head=head, dossier=dossier or Dossier(dossier_id="d1"), fields=fields, findings=findings)


def complete(*fields: FieldValue, findings: tuple[Finding, ...] = ()) -> OpenDossier:
    """Nothing is missing: the area has a reason."""
    dossier = dataclasses.replace(a_complete_dossier("d1"), blanks=(Blank(path=AREA, reason="unreadable"),))
    return opened(dossier, *fields, findings=findings)


def test_items_stay_together_in_the_order_of_the_paper():
    paths = [
        "certificate.serial",
        "holders[0].name",
        "holders[0].id_papers[0].number",
        "holders[1].name",
        "parcels[0].number",
        "parcels[0].uses[2].term",
        "parcels[0].uses[10].purpose",
        "parcels[0].code",
        "parcels[1].number",
        "hamlet",
    ]
    alphabetical = sorted(paths)
    assert sorted(alphabetical, key=paper_order) == paths


def test_the_form_of_one_item_has_the_order_of_the_fields():
    firsts = [spec.pattern.replace("[]", "[0]") for spec in FIELDS]
    assert sorted(firsts, key=paper_order) == firsts


def test_paths_that_are_no_fields_come_last():
    assert paper_order("pages") > paper_order("channel")


def test_doubtful_is_what_was_read_with_doubt_in_conflict_or_is_missing():
    found = doubtful_paths(
        complete(
            a_field("holders[1].name", "x", check="conflict"),
            a_field("certificate.serial", "x"),
            a_field("hamlet", "x", check="ok"),
        )
    )
    assert found == ["certificate.serial", "holders[1].name"]
    assert doubtful_paths(opened(a_complete_dossier("d1"))) == [AREA]
    assert "parcels[0].uses[0].purpose" in doubtful_paths(opened())


def test_the_next_doubt_goes_round():
    here = complete(a_field("certificate.serial", "x"), a_field("holders[1].name", "x"), a_field("hamlet", "x"))
    assert next_doubtful(here, None) == "certificate.serial"
    assert next_doubtful(here, None, backwards=True) == "hamlet"
    assert next_doubtful(here, "certificate.serial") == "holders[1].name"
    assert next_doubtful(here, "parcels[0].code") == "hamlet"
    assert next_doubtful(here, "hamlet") == "certificate.serial"
    assert next_doubtful(here, "holders[1].name", backwards=True) == "certificate.serial"
    assert next_doubtful(here, "certificate.serial", backwards=True) == "hamlet"
    assert next_doubtful(complete(), "hamlet") is None
    assert next_doubtful(complete(), None) is None


SAFE = a_field("certificate.serial", "x", check="ok", confidence=1.0)
RISING = {
    "nothing to fear": ((SAFE,), ()),
    "an uncertain value of little weight": ((a_field("certificate.notes", "x", check="ok", confidence=0.9),), ()),
    "an uncertain critical value": ((a_field("certificate.serial", "x", check="ok", confidence=0.9),), ()),
    "a warning": ((SAFE,), (Finding(code="serial_form", severity="warning"),)),
    "an open doubt": ((a_field("certificate.serial", "x", check="look"),), ()),
    "an open conflict": ((a_field("certificate.serial", "x", check="conflict"),), ()),
    "a conflict and a doubt": ((a_field("certificate.serial", "x", check="conflict"), a_field("hamlet", "x")), ()),
}


def test_what_is_worse_is_riskier():
    risks = [risk(complete(*fields, findings=findings)) for fields, findings in RISING.values()]
    assert risks == sorted(risks)
    assert len(set(risks)) == len(risks)
    assert 0 < risks[0] < risks[-1] < 1


def test_typing_is_safer_than_a_doubtful_reading_and_not_without_risk():
    typed = risk(complete(a_field("certificate.serial", "x", source="person", check="ok", confidence=1.0)))
    other = risk(complete(a_field("hamlet", "x", source="person", check="ok", confidence=1.0)))
    assert risk(complete(SAFE)) < other < typed < risk(complete(a_field("certificate.serial", "x")))


def test_a_missing_value_counts_once():
    missing = (Finding(code="required_missing", severity="blocking", paths=(AREA,)),)
    without = opened(a_complete_dossier("d1"))
    assert risk(without) == risk(dataclasses.replace(without, findings=missing)) > risk(complete())


@pytest.mark.parametrize("confidence", [math.nan, -5.0, math.inf])
def test_a_nonsense_confidence_counts_as_none(confidence: float):
    nonsense = risk(complete(a_field("certificate.serial", "x", check="ok", confidence=confidence)))
    assert nonsense == risk(complete(a_field("certificate.serial", "x", check="ok", confidence=0.0)))


def test_a_value_that_is_not_there_is_no_risk_of_its_own():
    assert risk(complete(a_field("certificate.serial", None, check="ok"))) == risk(complete())


def test_informing_and_unknown_findings_are_no_risk():
    notes = (Finding(code="too_many_uses", severity="info"), Finding(code="x", severity="curious"))
    assert risk(complete(findings=notes)) == risk(complete())
