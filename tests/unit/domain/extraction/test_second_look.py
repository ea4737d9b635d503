"""The second look at values in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.extraction import second_look
from app.domain.extraction.second_look import MOST_LOOKS, agrees, best_case, compare
from app.domain.reading import Box, FieldReading, PageScan

PLACE = Box(10, 20, 300, 40)
PAGES = [PageScan(file="a.jpg", image=1, rotation_deg=90, skew_deg=0.4), PageScan(file="b.pdf", page=3, image=2)]


def read(path: str, value: str | None, check: str = "look", raw: str | None = None, **more) -> FieldReading:
    known = {"source": "ocr", "confidence": 0.9, "page": 0, "box": PLACE, **more}
    return FieldReading(path=path, value=value, raw=raw or value, check=check, **known)


def wanted(fields, scans=PAGES):
    """What is worth a look if every value could be cleared."""
    return second_look.wanted(fields, [replace(item, check="ok") for item in fields], scans)


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("holders[0].name", "TRƯƠNG QUANG HÁCH", "Họ và tên: TRƯƠNG QUANG HÁCH ......."),
        ("parcels[0].address", "Thôn Hạ, xã Yên Lư", "b) Địa chỉ: Thôn Hạ, xã Yên Lư."),
        ("parcels[0].area_m2", "1250.7", "c) Diện tích: 1.250,7 m², (bằng chữ"),
        ("parcels[0].sheet", "16", "tờ bản đồ số: 16"),
        ("certificate.serial", "CQ 718336", "CQ718336"),
        ("certificate.issued_on", "2014-12-16", "Bắc Ninh, ngày 16 tháng 12 năm 2014"),
        ("holders[0].born", "1981", "Năm sinh: 1981,"),
    ],
)
def test_a_value_that_stands_in_the_second_text_is_agreed_on(path, value, text):
    assert agrees(read(path, value), text)


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("holders[0].name", "TRƯƠNG QUANG HÁCH", "TRƯỜNG QUANG HÁCH"),
        ("holders[0].name", "CHINHÁNH", "CHI NHÁNH"),
        ("parcels[0].address", "Số 183 đường Lò Chum", "Số 183, đường Lò Chum"),
        ("parcels[0].area_m2", "250.7", "1.250,7 m²"),
        ("parcels[0].sheet", "16", "162"),
        ("certificate.issued_on", "2014-12-16", "ngày 18 tháng 12 năm 2014"),
        ("parcels[0].sheet", "16", ""),
    ],
)
def test_a_value_read_otherwise_is_not(path, value, text):
    assert not agrees(read(path, value), text)


def test_only_printed_values_in_doubt_with_a_place_are_looked_at_again():
    fields = [
        read("holders[0].name", "A"),
        read("holders[1].name", "B", check="ok"),
        read("certificate.serial", "C", source="qr"),
        read("certificate.notes", "n" * 161),
        read("holders[0].address", None),
        read("holders[1].address", "D", box=None),
        read("parcels[0].sheet", "16", check="conflict", page=1),
    ]
    found = wanted(fields, PAGES)
    assert list(found) == ["holders[0].name", "parcels[0].sheet"]
    assert (found["holders[0].name"].file, found["holders[0].name"].rotation_deg) == ("a.jpg", 90)
    assert found["parcels[0].sheet"].image == 2


def test_one_place_is_looked_at_once_and_a_bad_dossier_not_for_ever():
    shared = [read(f"holders[{index}].address", "Thôn Hạ") for index in range(3)]
    assert len(set(wanted(shared, PAGES).values())) == 1
    many = [read(f"holders[{index}].name", "A", box=Box(index, 0, 9, 9)) for index in range(40)]
    assert len(wanted(many, PAGES)) == MOST_LOOKS


def test_the_second_look_confirms_or_offers_and_never_replaces():
    fields = [
        read("holders[0].name", "TRƯƠNG QUANG HÁCH"),
        read("holders[1].name", "NGUYÊN THỊ TÝ", box=Box(0, 0, 5, 5)),
        read("parcels[0].sheet", "16", box=Box(0, 9, 5, 5)),
    ]
    looks = wanted(fields, PAGES)
    texts = dict(zip(looks.values(), ("Ông: TRƯƠNG QUANG HÁCH", "Bà: NGUYỄN THỊ TÝ, sinh", "18"), strict=True))
    seen = compare(fields, looks, texts)
    assert seen.same == {"holders[0].name": "TRƯƠNG QUANG HÁCH"}
    assert seen.other == {"holders[1].name": "NGUYỄN THỊ TÝ"}


def test_no_answer_says_nothing():
    fields = [read("holders[0].name", "A B C")]
    seen = compare(fields, wanted(fields, PAGES), {})
    assert (seen.same, seen.other) == ({}, {})


def test_what_no_second_look_could_clear_is_left_to_a_person():
    fields = [read("holders[0].name", "A"), read("holders[1].name", "B", box=Box(0, 0, 5, 5))]
    at_best = [replace(fields[0], check="look"), replace(fields[1], check="ok")]
    assert list(second_look.wanted(fields, at_best, PAGES)) == ["holders[1].name"]


def test_at_best_all_values_in_doubt_are_seen_the_same():
    fields = [read("holders[0].name", "A"), read("holders[1].name", "B", check="ok"), read("holders[2].name", None)]
    assert best_case(fields).same == {"holders[0].name": "A"}
