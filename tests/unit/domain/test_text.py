from __future__ import annotations

import unicodedata

import pytest

from app.domain import text


@pytest.mark.parametrize(("raw", "folded"), [("ĐẶNG Đức", "dang duc"), ("Nguyễn Thị Thuỷ", "nguyen thi thuy")])
def test_folding_drops_every_mark_and_the_stroke(raw, folded):
    assert text.fold(raw) == folded
    assert text.fold(unicodedata.normalize("NFD", raw)) == folded


def test_look_alikes_of_the_stroked_d_become_the_vietnamese_letter():
    assert text.to_nfc("Ðặng ƉÀO ð") == "Đặng ĐÀO đ"


def test_tidy_makes_one_space_of_many():
    assert text.tidy("  Số \u00a0 14,\n đường  ") == "Số 14, đường"
