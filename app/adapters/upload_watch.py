"""Work over the line on a thread of its own, watched from the caller's, which can always end it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from app.errors import TransportError
from app.ports import Cancelled

T = TypeVar("T")

POLL_S = 0.1
END_S = 0.8
"""How long a stopped piece of work may take to end by itself."""
STALLED_S = 240.0
"""Nothing moved for this long: the line is dead whatever the sockets say, a byte now and then included."""


class Watched(Generic[T]):
    """A piece of work that ends when it is done, when it is asked to, or when nothing moves any more.

    Args:
        work: Runs on a thread of its own.
        stop: Ends everything `work` waits for; may be called from any thread.
    """

    def __init__(self, work: Callable[[], T], stop: Callable[[], None]) -> None:
        self._work = work
        self._stop = stop
        self._done = threading.Event()
        self._results: list[T] = []
        self._failure: BaseException | None = None

    def wait(self, cancelled: Cancelled, look: Callable[[], object] = lambda: None) -> T:
        """Wait for the end.

        Args:
            cancelled: Asked ten times a second, on the caller's thread.
            look: Asked as often; as long as its answers differ, the work moves. Without it the whole of the work has
                `STALLED_S` seconds.

        Raises:
            TransportError: `upload_stopped`, `connection_stalled`.
            BaseException: Whatever the work raised.
        """
        thread = threading.Thread(target=self._run, daemon=True, name="upload")
        thread.start()
        is_stalled = False
        last, last_s = look(), time.monotonic()
        while not self._done.wait(POLL_S):
            now = look()
            if now != last:
                last, last_s = now, time.monotonic()
            is_stalled = time.monotonic() - last_s > STALLED_S
            if is_stalled or cancelled():
                self._stop()
                break
        thread.join(timeout=END_S)
        if self._done.is_set() and self._failure is None:
            return self._results[0]
        if is_stalled:
            raise TransportError("connection_stalled")
        raise self._failure or TransportError("upload_stopped")

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except BaseException as failure:  # noqa: BLE001 - raised again on the caller's thread
            self._failure = failure
        finally:
            self._done.set()
