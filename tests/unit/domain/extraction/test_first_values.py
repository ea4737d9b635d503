"""What may be shown of a dossier before all of its pages are read."""

from __future__ import annotations

import dataclasses

from app.domain.dossier import Certificate
from app.domain.extraction.first_values import first_values
from app.domain.reading import FieldReading, PageReading, Reading
from tests.unit.domain.extraction import paper


def with_fields(reading: Reading, *fields: FieldReading) -> Reading:
    paths = {field.path for field in fields}
    return dataclasses.replace(
        reading, fields=(*fields, *(field for field in reading.fields if field.path not in paths))
    )


def said(path: str, value: str | None, check: str = "ok") -> FieldReading:
    return FieldReading(path=path, value=value, raw=value, source="ocr", confidence=0.9, check=check)


def roots(reading: Reading) -> set[str]:
    return {field.path.split("[")[0].split(".")[0] for field in reading.fields}


def test_the_first_page_gives_its_values_and_says_nothing_of_missing_pages():
    whole = paper.read(paper.page_1())
    early = first_values(whole)
    assert whole.missing_pages
    assert (early.findings, early.missing_pages) == ((), ())
    assert early.certificate.serial == whole.certificate.serial == "CQ 718336"
    assert early.holders == whole.holders
    assert early.pages == whole.pages


def test_the_second_page_alone_gives_parcels_but_no_holders_that_page_one_could_push_back():
    whole = paper.read(paper.page_2())
    early = first_values(whole)
    assert early.parcels == whole.parcels != ()
    stranger = said("holders[0].name", "AI ĐÓ")
    assert "holders" not in roots(first_values(with_fields(whole, stranger)))


def test_parcels_wait_for_the_page_they_begin_on():
    first = Reading(
        certificate=Certificate(),
        pages=(PageReading(file="a.jpg", page=1, kind="certificate_3"),),
        fields=(
            said("parcels[0].number", "7"),
            said("changes[0].text", "Thế chấp"),
            said("certificate.register_number", "CS 1"),
        ),
    )
    assert [field.path for field in first_values(first).fields] == ["certificate.register_number"]


def test_an_id_card_alone_gives_nothing_yet():
    card = Reading(
        certificate=Certificate(),
        pages=(PageReading(file="a.jpg", page=1, kind="id_card_front"),),
        fields=(said("holders[0].name", "AI ĐÓ"),),
    )
    assert first_values(card).fields == ()


def test_what_is_read_again_anyway_unreadable_or_a_model_in_doubt_waits():
    whole = paper.read(paper.page_1())
    doubtful = said("certificate.model", "2014", "look")
    unreadable = said("certificate.notes", None, "look")
    early = first_values(with_fields(whole, doubtful, unreadable), {"holders[0].name"})
    shown = {field.path for field in early.fields}
    assert not shown & {"certificate.model", "certificate.notes", "holders[0].name"}
    assert (early.certificate.model, early.holders[0].name) == (None, None)
    assert early.certificate.serial == "CQ 718336"
