from __future__ import annotations

from app.domain.dossier import Holder, IdPaper
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import check_of, page, page_1, read

CARD = "027081999921|125999921|Trương Quang Hách|14061981|Nam|Khu phố Do Nha, Bắc Ninh|02052021"


def card(text: str = CARD):
    return page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name", codes=(paper.qr(text),), file="card.jpg")


def test_a_card_alone_is_the_holder():
    reading = read(card())
    assert reading.certificate.model is None
    assert reading.holders == (
        Holder(
            kind="person",
            name="Trương Quang Hách",
            sex="male",
            born="1981-06-14",
            address="Khu phố Do Nha, Bắc Ninh",
            id_papers=(IdPaper(kind="cccd", number="027081999921", issued_on="2021-05-02"),),
        ),
    )
    assert {field.source for field in reading.fields} == {"id_card"}
    assert check_of(reading, "holders[0].name") == "ok"
    assert reading.missing_pages == ()


def test_beside_a_certificate_a_card_confirms_the_holder_it_matches():
    reading = read(page_1(), card())
    assert reading.holders[0].name == "TRƯƠNG QUANG HÁCH"
    assert len(reading.holders[0].id_papers) == 1
    assert reading.holders[0].address is not None
    assert reading.holders[0].address.startswith("Số 14")
    assert reading.certificate.qr is None


def test_a_card_adds_its_number_to_a_holder_known_by_the_old_one():
    holders = "Ông: TRƯƠNG QUANG HÁCH Năm sinh: 1981, CMND số: 125999921"
    (holder,) = read(page_1(holders), card()).holders
    assert [(one.kind, one.number) for one in holder.id_papers] == [("cmnd", "125999921"), ("cccd", "027081999921")]


def test_a_card_that_matches_by_name_shows_a_second_reading():
    holders = "Ông: TRƯƠNG QUẢNG HÁCH Năm sinh: 1981"
    reading = read(page_1(holders), card())
    field = next(field for field in reading.fields if field.path == "holders[0].name")
    assert field.check == "conflict"
    assert {candidate.source for candidate in field.candidates} == {"ocr", "id_card"}


def test_a_strangers_card_changes_nothing():
    stranger = CARD.replace("027081999921", "027055999944").replace("125999921", "").replace("Hách", "Hoàn")
    assert read(page_1(), card(stranger)).holders == read(page_1()).holders


def test_a_card_without_a_readable_code_is_only_recognised():
    reading = read(page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name"))
    assert reading.holders == ()
    assert [seen.kind for seen in reading.pages] == ["id_card_front"]
