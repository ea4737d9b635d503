"""The clock and the identifiers that sort by time."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.adapters.clock import SystemClock, UuidV7Ids
from app.domain.instants import to_iso


def test_the_clock_gives_aware_instants_in_utc():
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now.timestamp() - time.time()) < 60


def test_instants_are_texts_that_sort_by_time():
    at = datetime(2026, 11, 22, 8, 1, 2, 3456, tzinfo=timezone(timedelta(hours=7)))
    assert to_iso(at) == "2026-11-22T01:01:02.003Z"
    assert to_iso(at) < to_iso(at + timedelta(milliseconds=1))


def test_ids_are_uuids_of_version_7_with_the_time_inside():
    made = uuid.UUID(UuidV7Ids().new())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert abs((made.int >> 80) / 1000 - time.time()) < 60


@pytest.mark.parametrize("step_ms", [0, -1, 1])
def test_later_ids_sort_after_earlier_ones_even_when_the_clock_stands_or_goes_back(
    monkeypatch: pytest.MonkeyPatch, step_ms: int
):
    times = iter(range(1_800_000_000_000, 1_800_000_000_000 + 10_000 * step_ms, step_ms) if step_ms else [])
    monkeypatch.setattr("app.adapters.clock.time.time_ns", lambda: next(times, 1_800_000_000_000) * 1_000_000)
    ids = UuidV7Ids()
    made = [ids.new() for _ in range(9_000)]
    assert made == sorted(set(made))


def test_ids_made_by_several_threads_never_repeat():
    ids = UuidV7Ids()
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.extend(ids.new() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000
