"""The history chain: any change, loss or swap is found at its first row."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from app.domain.history_chain import START, event_hash, first_bad
from app.domain.queue import Event

TEXT = st.one_of(st.none(), st.text(max_size=12))


def chain(details: list[str | None]) -> list[Event]:
    events: list[Event] = []
    previous = START
    for seq, detail in enumerate(details, start=1):
        event = Event(seq=seq, at="2026-11-22", who="p1", what="undone", dossier_id="d1", detail=detail, hash="")
        previous = event_hash(previous, event)
        events.append(dataclasses.replace(event, hash=previous))
    return events


def end(events: list[Event]) -> tuple[int, str]:
    return (events[-1].seq, events[-1].hash) if events else (0, START)


@given(details=st.lists(TEXT, max_size=6))
def test_an_untouched_chain_has_no_bad_row(details: list[str | None]):
    events = chain(details)
    assert first_bad(events, *end(events)) is None


@given(details=st.lists(TEXT, min_size=1, max_size=6), data=st.data())
def test_a_changed_value_is_found_at_its_row(details: list[str | None], data: st.DataObject):
    events = chain(details)
    at = data.draw(st.integers(0, len(events) - 1))
    field = data.draw(st.sampled_from(["at", "who", "what", "dossier_id", "batch_id", "detail"]))
    value = data.draw(TEXT.filter(lambda text: text != getattr(events[at], field)))
    changed = dataclasses.replace(events[at], **{field: value})  # type: ignore[arg-type]
    assert first_bad([*events[:at], changed, *events[at + 1 :]], *end(events)) == at + 1


@given(details=st.lists(TEXT, min_size=1, max_size=6), data=st.data())
def test_a_flipped_digit_of_a_hash_is_found_at_its_row(details: list[str | None], data: st.DataObject):
    events = chain(details)
    at = data.draw(st.integers(0, len(events) - 1))
    digit = data.draw(st.integers(0, 63))
    old = events[at].hash
    flipped = old[:digit] + ("1" if old[digit] == "0" else "0") + old[digit + 1 :]
    changed = dataclasses.replace(events[at], hash=flipped)
    assert first_bad([*events[:at], changed, *events[at + 1 :]], *end(events)) == at + 1


@given(details=st.lists(TEXT, min_size=1, max_size=6), data=st.data())
def test_a_dropped_row_is_found_where_it_is_missing(details: list[str | None], data: st.DataObject):
    events = chain(details)
    at = data.draw(st.integers(0, len(events) - 1))
    assert first_bad([*events[:at], *events[at + 1 :]], *end(events)) == at + 1


@given(details=st.lists(TEXT, min_size=2, max_size=6), data=st.data())
def test_swapped_rows_are_found_at_the_first(details: list[str | None], data: st.DataObject):
    events = chain(details)
    at = data.draw(st.integers(0, len(events) - 2))
    swapped = [*events[:at], events[at + 1], events[at], *events[at + 2 :]]
    assert first_bad(swapped, *end(events)) == at + 1


@given(details=st.lists(TEXT, min_size=1, max_size=6), data=st.data())
def test_a_chain_cut_short_is_found_behind_its_last_row(details: list[str | None], data: st.DataObject):
    events = chain(details)
    left = data.draw(st.integers(0, len(events) - 1))
    assert first_bad(events[:left], *end(events)) == left + 1


def test_a_tail_written_anew_is_found_by_the_head_that_was_noted():
    events = chain(["a", "b", "c"])
    forged = chain(["a", "b", "x"])
    assert first_bad(forged, *end(forged)) is None
    assert first_bad(forged, *end(events)) == 3
    assert first_bad(chain(["a", "b", "c", "d"]), *end(events)) == 4


def test_values_that_look_alike_joined_give_different_hashes():
    one = Event(seq=1, at="a", who="bc", what="d", hash="")
    two = Event(seq=1, at="ab", who="c", what="d", hash="")
    none = dataclasses.replace(one, detail=None)
    empty = dataclasses.replace(one, detail="")
    assert event_hash(START, one) != event_hash(START, two)
    assert event_hash(START, none) != event_hash(START, empty)
