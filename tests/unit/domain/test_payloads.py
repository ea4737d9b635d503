from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payloads import LONGEST_SIGNS, mended, text_of_payload

NAME = "Trương Quang Hách, xã Đông Thọ"


@pytest.mark.parametrize(
    "payload",
    [
        NAME.encode(),
        b"\xef\xbb\xbf" + NAME.encode(),
        "Trương Quang Hách, xã Đông Tho\u0323".encode(),
        "Trương Quang Ha\u0301ch, xa\u0303 Đông Tho\u0323".encode("cp1258"),
        f"  {NAME}\r\n".encode(),
        "Trương\u200b Quang\x07 Hách, \u202exã Đông Thọ".encode(),
    ],
)
def test_names_arrive_composed_whatever_they_were_written_in(payload):
    assert text_of_payload(payload) == NAME


def test_text_that_was_encoded_twice_is_decoded_twice():
    twice = NAME.encode().decode("latin-1")
    assert text_of_payload(twice.encode()) == NAME


@pytest.mark.parametrize("text", ["XÃ HOÀN SƠN", "XÃ HOAN", "Ä", "Nguyễn Văn Ân", "05-03-2025|H05.16"])
def test_right_text_is_left_alone(text):
    assert mended(text) == text


def test_nothing_longer_than_a_code_is_kept():
    assert len(text_of_payload(b"7" * 100_000)) == LONGEST_SIGNS


@given(st.binary(max_size=300))
def test_any_bytes_become_clean_text(payload):
    text = text_of_payload(payload)
    assert text == text.strip()
    assert not any(ord(sign) < 0x20 and not sign.isspace() for sign in text)
    text.encode("utf-8")
