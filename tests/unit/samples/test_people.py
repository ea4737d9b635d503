"""People and companies are fictional, their numbers well formed."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.samples.people import TAX_WEIGHTS, draw_company, draw_person


def test_a_cccd_has_sex_century_and_year_and_ends_in_the_sequence_for_examples():
    for seed in range(200):
        sex = "female" if seed % 2 else "male"
        person = draw_person(Random(seed), sex=sex, born=1950 + seed % 56, id_kind="cccd", province="Bắc Ninh")
        assert len(person.id_number) == 12
        assert person.id_number[3] == str((0 if person.born < 2000 else 2) + (sex == "female"))
        assert person.id_number[4:6] == f"{person.born % 100:02d}"
        assert person.id_number[6:10] == "9999"


def test_a_cmnd_has_nine_digits_of_its_province_and_ends_in_the_sequence_for_examples():
    for seed in range(50):
        person = draw_person(Random(seed), sex="male", born=1960, id_kind="cmnd", province="Bắc Giang")
        assert len(person.id_number) == 9
        assert person.id_number[:3] in {"121", "122"}
        assert person.id_number[3:7] == "9999"


def test_a_tax_code_has_the_sequence_for_examples_and_a_right_check_digit():
    for seed in range(200):
        code = draw_company(Random(seed), province="Bắc Ninh", before=date(2021, 3, 8)).tax_code
        total = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, code, strict=False))
        assert len(code) == 10
        assert code[4:8] == "9999"
        assert int(code[9]) == 10 - total % 11
