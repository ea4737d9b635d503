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


def test_what_no_paper_shows_is_left_out():
    assert text.to_nfc("Lê\x00 \x1bVăn\u202e \u2066An\u2069\ufeff\x7f\x9b") == "Lê Văn An"
    assert text.to_nfc("một\thai\r\nba\x1dbốn\x85") == "một\thai\r\nba\x1dbốn\x85"


def test_half_a_surrogate_pair_becomes_a_sign_every_file_takes():
    assert text.to_nfc("Lê \ud83d\udc00 \U0001f600").encode() == "Lê \ufffd\ufffd \U0001f600".encode()


@pytest.mark.parametrize("raw", ["a\x00\u0301", "D\u202e\u0323", "\ud800\u0301", "Ð\u0301"])
def test_bringing_text_to_its_form_twice_changes_nothing(raw):
    once = text.to_nfc(raw)
    assert text.to_nfc(once) == once
