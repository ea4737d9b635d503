"""Fixtures: one receiver process per module, an enrolled device per test."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.upload_http import HttpUploader
from tests.integration.upload.world import ReceiverProcess, enrolled_uploader


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    process = ReceiverProcess(tmp_path_factory.mktemp("receiver"))
    process.start()
    yield process
    process.kill()


@pytest.fixture
def uploader(receiver: ReceiverProcess, tmp_path: Path) -> HttpUploader:
    return enrolled_uploader(receiver, tmp_path / "device")


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]
