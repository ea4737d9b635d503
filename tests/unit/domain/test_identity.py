from __future__ import annotations

import pytest

from app.domain.identity import (
    Cccd,
    is_tax_code,
    kind_of_number,
    parse_barcode,
    parse_cccd,
    parse_certificate_qr,
    parse_id_card_qr,
    parse_identity,
)
from app.errors import InputError

CARD = "027081999921|125999921|Trương Quang Hách|14061981|Nam|Khu phố Do Nha, Bắc Ninh|02052021"


def test_a_citizen_number_tells_province_sex_and_birth_year():
    assert parse_cccd("027081999921") == Cccd(province="027", sex="male", birth_year=1981)
    assert parse_cccd("027304999921") == Cccd(province="027", sex="female", birth_year=2004)
    assert parse_cccd("02708199992") is None


def test_a_tax_code_has_a_check_digit():
    digits = "230299990"
    right = [code for code in (f"{digits}{last}" for last in range(10)) if is_tax_code(code)]
    assert len(right) == 1
    assert is_tax_code(f"{right[0]}-001")
    assert not is_tax_code("23029999")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("027 081 999 921", "027081999921"),
        ("125.999.921", "125999921"),
        ("b1234567", "B1234567"),
        ("12/QĐ-UBND", "12/QĐ-UBND"),
        ("2302999906-001", "2302999906-001"),
    ],
)
def test_identity_numbers_lose_blanks_and_dots(typed, number):
    assert parse_identity(typed) == number


@pytest.mark.parametrize("typed", ["", "1234567", "12345678901234", "không có", "x" * 61 + "1"])
def test_what_no_paper_has_is_refused(typed):
    with pytest.raises(InputError, match="bad_identity"):
        parse_identity(typed)


def test_the_length_of_a_number_tells_its_kind():
    assert kind_of_number("027081999921") == "cccd"
    assert kind_of_number("125999921") == "cmnd"
    assert kind_of_number("2302999906") == "tax_code"
    assert kind_of_number("B1234567") == "passport"
    assert kind_of_number("12/QĐ-UBND", "decision") == "decision"


def test_the_qr_of_an_identity_card_is_taken_apart():
    card = parse_id_card_qr(CARD)
    assert card is not None
    assert (card.number, card.old_number, card.born, card.sex) == ("027081999921", "125999921", "1981-06-14", "male")
    assert card.issued_on == "2021-05-02"


def test_some_cards_leave_fields_out_or_write_dates_with_strokes():
    card = parse_id_card_qr("027184999922|Đàm Thị Vịnh|02/09/1984|Nữ|Bắc Ninh|")
    assert card is not None
    assert (card.old_number, card.sex, card.born, card.issued_on) == (None, "female", "1984-09-02", None)
    assert parse_id_card_qr("abc|def") is None
    assert parse_id_card_qr("12|x|y|z|Nam|a|b") is None
    assert parse_id_card_qr("027184999922||||||") is None


def test_the_qr_of_a_certificate_has_eight_fields():
    qr = parse_certificate_qr("05-03-2025-09-15-30|H05.16.11.9|ELIS|H05-1|AA 04417325|(mã)|05-03-2025-09-15-30|418273")
    assert qr is not None
    assert (qr.serial, qr.unit, qr.code) == ("AA 04417325", "H05.16.11.9", "(mã)")
    assert parse_certificate_qr("opaque") is None
    unread = parse_certificate_qr("a|b|c|d|e||g|h")
    assert unread is not None
    assert (unread.serial, unread.code) == (None, None)


def test_a_barcode_is_commune_year_and_sequence():
    code = parse_barcode("0917219009331")
    assert code is not None
    assert (code.unit_code, code.year, code.sequence) == ("09172", 2019, "009331")
    province = parse_barcode("2421001544")
    assert province is not None
    assert (province.unit_code, province.year) == ("24", 2021)
    assert parse_barcode("091721900933") is None


@pytest.mark.parametrize(
    ("text", "old", "born", "issued_on"),
    [
        (CARD, "125999921", "1981-06-14", "2021-05-02"),
        (
            CARD.replace("14061981", "14/06/1981").replace("02052021", "02-05-2021"),
            "125999921",
            "1981-06-14",
            "2021-05-02",
        ),
        (CARD.replace("|125999921|", "||"), None, "1981-06-14", "2021-05-02"),
        (CARD.replace("|125999921|", "|"), None, "1981-06-14", "2021-05-02"),
        (CARD.replace("|125999921|", "|") + "|VN|x", None, "1981-06-14", "2021-05-02"),
        (CARD + "|Trương Văn A|Lê Thị B|", "125999921", "1981-06-14", "2021-05-02"),
        (CARD.replace("125999921", "không"), None, "1981-06-14", "2021-05-02"),
        (CARD.replace("14061981", "99999999"), "125999921", None, "2021-05-02"),
    ],
)
def test_variants_of_a_card_s_code_are_read(text, old, born, issued_on):
    card = parse_id_card_qr(text)
    assert card is not None
    assert (card.number, card.old_number, card.name) == ("027081999921", old, "Trương Quang Hách")
    assert (card.born, card.issued_on, card.address) == (born, issued_on, "Khu phố Do Nha, Bắc Ninh")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "|",
        "027081999921",
        "027081999921|||||",
        "027081999921||12345|14061981|Nam|x|02052021",
        f"027081999921||{'A' * 101}|14061981|Nam|x|02052021",
        CARD.replace("027081999921", "02708199992"),
        CARD.replace("027081999921", "٠٢٧٠٨١٩٩٩٩٢١"),
    ],
)
def test_other_texts_are_no_card(text):
    assert parse_id_card_qr(text) is None
