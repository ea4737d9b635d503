from __future__ import annotations

from app.adapters.code_lists_files import load_code_lists
from app.domain.code_lists import CodeLists, key_of

LISTS = load_code_lists()


def test_the_lists_that_ship_are_complete():
    assert len(LISTS.new_units) == 99
    assert len(LISTS.old_units) == 313
    assert len(LISTS.provinces) == 63
    assert LISTS.old_units_by_code["09172"].district == "Thành phố Bắc Ninh"
    assert {unit.new_code for unit in LISTS.old_units} == {unit.code for unit in LISTS.new_units}
    assert "Nguyễn" in LISTS.surnames
    assert LISTS.purposes_by_code["ODT"].names == ("Đất ở tại đô thị",)


def test_purposes_are_known_by_every_name_the_law_gave_them():
    assert LISTS.purpose_code("đất ở tại đô thị") == "ODT"
    assert LISTS.purpose_code("Đất chuyên trồng lúa nước") == "LUC"
    assert LISTS.purpose_code("Đất chuyên trồng lúa") == "LUC"
    assert LISTS.purpose_code("Đất gì đó") is None


def test_an_origin_after_a_transfer_has_both_codes():
    base = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
    assert LISTS.origin_code(base) == "CNQ-CTT"
    assert LISTS.origin_code(f"Nhận tặng cho đất được {base}") == "TA-CNQ-CTT"
    assert LISTS.origin_code("Nhận tặng cho đất được ai đó cho") is None
    assert LISTS.origin_code("ai đó cho") is None


def test_words_are_compared_without_accents_and_signs():
    assert key_of(" Đất ở, tại  Đô-thị ") == "dat o tai do thi"


def test_empty_lists_know_nothing():
    assert CodeLists().purpose_code("Đất ở tại đô thị") is None
