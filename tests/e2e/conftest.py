"""What every test of the started program needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.rig.receiving import Receiver
from tests.e2e.rig.screen import Screen


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    """A screen for one program."""
    made = Screen()
    yield made
    made.close()


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    """The reference receiver in a process of its own, with nothing in it."""
    made = Receiver(Path(tmp_path_factory.mktemp("receiver")))
    yield made
    made.close()
