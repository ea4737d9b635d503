"""Identity cards: both sides agree, codes can be read, check digits are right."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import zxingcpp

from tests.samples.id_cards import CARD_MM, MODELS, SIDES, card_of, draw_id_card
from tests.samples.mrz import check_digit, mrz_lines, plain_letters
from tests.samples.people import draw_person

QR_CODE = zxingcpp.barcode_formats_from_str("QRCode")
PAPER_KEYS = ("kind", "number", "issued_on")
QR_SIDE = {"2021": "front", "2024": "back"}


def _person(seed, id_kind="cccd"):
    sex = "female" if seed % 2 else "male"
    return draw_person(Random(seed), sex=sex, born=1950 + seed % 55, id_kind=id_kind, province="Bắc Giang")


def test_check_digits_are_those_of_the_worked_example_of_the_standard():
    assert check_digit("D23145890") == "7"
    assert check_digit("740812") == "2"
    assert check_digit("120415") == "9"
    assert check_digit("D231458907<<<<<<<<<<<<<<<" + "7408122" + "1204159" + "<<<<<<<<<<<") == "6"


def test_every_zone_has_three_lines_of_thirty_signs_with_right_check_digits():
    for seed in range(120):
        card = card_of(_person(seed, "cmnd" if seed % 3 else "cccd"))
        first, second, third = mrz_lines(
            number=card.number,
            born_on=card.born_on,
            sex=card.person.sex,
            expires_on=card.expires_on,
            name=card.person.name,
        )
        assert [len(line) for line in (first, second, third)] == [30, 30, 30]
        assert first[14] == check_digit(first[5:14])
        assert first[15:27] == card.number
        assert first[29] == check_digit(first[15:29])
        assert second[6] == check_digit(second[:6])
        assert second[14] == check_digit(second[8:14])
        assert second[29] == check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        assert third.replace("<", " ").split() == plain_letters(card.person.name).upper().split()


def test_a_card_has_a_number_of_its_own_where_the_certificate_names_the_old_one():
    for seed in range(40):
        person = _person(seed, "cmnd")
        card = card_of(person)
        assert card.old_number == person.id_number
        assert len(card.number) == 12
        assert card.number[4:6] == f"{person.born % 100:02d}"
        assert card.number[6:10] == "9999"
        assert card_of(person, model="2024").number == card.number


@pytest.mark.parametrize("model", MODELS)
def test_the_code_of_a_card_says_what_is_printed(model):
    for seed in range(6):
        person = _person(seed)
        sheet = draw_id_card(person, QR_SIDE[model], Random(seed), 300, model=model)
        (code,) = zxingcpp.read_barcodes(sheet.image, formats=QR_CODE)
        number, _, name, born, sex, address, _ = code.text.split("|")[:7]
        card = card_of(person, model=model)
        assert (number, name, address) == (card.number, person.name, card.address)
        assert (born, sex) == (f"{card.born_on:%d%m%Y}", "Nam" if person.sex == "male" else "Nữ")


@pytest.mark.parametrize("model", MODELS)
def test_sides_agree_and_every_value_has_ink_on_the_card(model):
    for seed in range(6):
        values: dict[str, str] = {}
        for side in SIDES:
            sheet = draw_id_card(_person(seed), side, Random(seed), 120, model=model)
            pixels = np.asarray(sheet.image)
            for path, field in sheet.fields.items():
                box = field.box
                assert values.setdefault(path, field.value) == field.value
                assert pixels[box.y : box.y + box.height, box.x : box.x + box.width].min() < 120, path
        names = ("kind", "name", "sex", "born", "address", *(f"id_papers[0].{name}" for name in PAPER_KEYS))
        assert set(values) == {f"holders[0].{name}" for name in names}


def test_a_card_may_fill_another_holder_or_none():
    other = draw_id_card(_person(1), "front", Random(1), 60, path="holders[1]")
    assert {path.partition(".")[0] for path in other.fields} == {"holders[1]"}
    assert not draw_id_card(_person(1), "front", Random(1), 60, path=None).fields


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("side", SIDES)
def test_nothing_is_printed_beside_the_card(model, side):
    for seed in range(8):
        sheet = draw_id_card(_person(seed), side, Random(seed), 100, model=model, page_mm=CARD_MM)
        for text, box in sheet.words:
            assert box.x >= 0 <= box.y, text
            assert box.x + box.width <= sheet.image.width, text
            assert box.y + box.height <= sheet.image.height, text
