from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.wire import bodies


@given(st.binary(max_size=2000))
def test_packing_goes_there_and_back_and_is_always_the_same(data):
    assert bodies.unpack(bodies.pack(data), 2000) == data
    assert bodies.pack(data) == bodies.pack(data)


def test_a_bomb_is_not_unpacked():
    bomb = gzip.compress(bytes(50_000_000), 9)
    assert len(bomb) < 60_000
    with pytest.raises(bodies.BodyTooLarge):
        bodies.unpack(bomb, 1_000_000)


@pytest.mark.parametrize("packed", [b"", b"\x1f\x8b", b"plain", gzip.compress(b"x")[:-1], gzip.compress(b"x") + b"y"])
def test_what_is_not_one_whole_stream_is_refused(packed):
    with pytest.raises(bodies.BodyBroken):
        bodies.unpack(packed, 100)


def test_collecting_has_an_end():
    assert bodies.collect([b"ab", b"c"], 3) == b"abc"
    with pytest.raises(bodies.BodyTooLarge):
        bodies.collect(iter(lambda: b"more", None), 1000)


def test_empty_lines_are_left_out():
    assert list(bodies.lines(b"a\n\nb\n")) == [b"a", b"b"]


@pytest.mark.parametrize(
    "text", [b"", b"NaN", b'"\\ud800"', b'{"\\ud800": 1}', b"\xff\xfe", b"[" * 5000, b"9" * 5000, b'{"a": 1} x']
)
def test_json_that_no_database_and_no_answer_can_hold_is_refused(text):
    with pytest.raises(bodies.BodyBroken):
        bodies.parse_json(text)


def test_json_keeps_its_values():
    text = '{"a": [1, "Đ", null, true, 1.5], "b": "\\ud83d\\ude00\\u0000"}'.encode()
    assert bodies.parse_json(text) == {"a": [1, "Đ", None, True, 1.5], "b": "\U0001f600\x00"}
