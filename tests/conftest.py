"""Slow rigs and long fuzzing run only when asked for: `python3 run.py test --rigs` sets DIABA_RIGS=full."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `rig` out of a usual run; they say so in the count of deselected tests."""
    if os.environ.get("DIABA_RIGS") == "full":
        return
    rigs = [item for item in items if item.get_closest_marker("rig")]
    items[:] = [item for item in items if not item.get_closest_marker("rig")]
    config.hook.pytest_deselected(items=rigs)


@pytest.fixture(autouse=True)
def _broken_pipes_stay_errors() -> Iterator[None]:
    """The command line lets a broken pipe end its process; called within a test it must not end all tests."""
    before = signal.getsignal(signal.SIGPIPE) if hasattr(signal, "SIGPIPE") else None
    yield
    if before is not None:
        signal.signal(signal.SIGPIPE, before)
