"""Fixtures: one receiver process per module, an enrolled device per test, a proxy and an office when wanted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.upload_http import HttpUploader
from app.receiver import operator
from tests.integration.upload.post_office import PostOffice
from tests.integration.upload.proxy import FaultProxy
from tests.integration.upload.world import ReceiverProcess, enrolled_uploader


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReceiverProcess]:
    process = ReceiverProcess(tmp_path_factory.mktemp("receiver"))
    process.start()
    yield process
    process.kill()


@pytest.fixture
def own_receiver(tmp_path: Path) -> Iterator[ReceiverProcess]:
    """A receiver with nothing in it, which may be killed."""
    process = ReceiverProcess(tmp_path / "receiver")
    process.start()
    yield process
    process.kill()


@pytest.fixture(autouse=True)
def _no_threads_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=5)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def uploader(receiver: ReceiverProcess, tmp_path: Path) -> HttpUploader:
    return enrolled_uploader(receiver, tmp_path / "device")


@pytest.fixture
def proxy(receiver: ReceiverProcess, _no_threads_left: None) -> Iterator[FaultProxy]:
    made = FaultProxy(lambda: receiver.port)
    yield made
    made.close()


@pytest.fixture
def by_proxy(receiver: ReceiverProcess, proxy: FaultProxy, tmp_path: Path) -> HttpUploader:
    """An uploader that reaches the receiver through the proxy."""
    return enrolled_uploader(receiver, tmp_path / "device", proxy.url)


@pytest.fixture
def office(receiver: ReceiverProcess, proxy: FaultProxy, tmp_path: Path) -> Iterator[PostOffice]:
    """An office whose device is enrolled, through the proxy."""
    made = PostOffice(tmp_path / "store")
    made.upload.enrol(made.supervisor, proxy.url, operator.new_enrolment_code(receiver.data))
    yield made
    made.close()
