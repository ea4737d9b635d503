from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import fold_in_place
from app.domain.extraction.fuzzy import distance, find, find_at_start

SHORT = st.text(alphabet="ab c", max_size=8)


def plain_distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for index, a in enumerate(one):
        above, row = row, [index + 1]
        for place, b in enumerate(other):
            row.append(min(above[place] + (a != b), above[place + 1] + 1, row[-1] + 1))
    return row[-1]


@given(SHORT, SHORT)
def test_the_distance_is_the_edit_distance(one, other):
    assert distance(one, other) == plain_distance(one, other)


def test_a_label_is_found_where_it_stands():
    text = fold_in_place("a) Thứa đât sồ: 205, tờ bân dồ 5ố: 16")
    hit = find("tờ bản đồ số", text)
    assert hit is not None
    assert text[hit.start : hit.end] == "to ban do 5o"
    assert hit.errors == 1
    assert round(hit.share, 3) == 0.083


def test_a_label_with_too_many_wrong_letters_is_not_found():
    assert find("tờ bản đồ số", fold_in_place("tơ giấy nào đó")) is None
    assert find("a b", "xyz", 0.2) is None
    assert find("ghi chú", "") is None


def test_a_label_at_the_start_stands_at_the_start():
    hit = find_at_start("Địa chỉ", fold_in_place("Đja chỉ: Xã Cách Bi"))
    assert hit is not None
    assert (hit.start, hit.end) == (0, 7)
    assert find_at_start("Địa chỉ", fold_in_place("Xã Cách Bi, địa chỉ")) is None
    assert find_at_start("Địa chỉ", "") is None
