"""Missing pages over several connections at once; each page resumes where the server says it stands."""

from __future__ import annotations

import hashlib
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import requests

from app.adapters.upload_auth import SignedLink
from app.adapters.upload_link import Answer, unexpected
from app.adapters.upload_slice import PageSlice
from app.errors import StoreError, TransportError
from app.ports import PageToSend
from app.wire import contract
from app.wire.models import Limits, Need

TRIES = 4
"""Tries of a page without a new byte on the server before the page is given up for now."""
SETBACKS = 20
"""How often a server may go back on what it held of a page before the page is given up for now."""
GIVE_UP = frozenset({"server_full", "upload_stopped", "server_not_trusted", "clock_wrong"})
"""Failures that another try in the same minute does not heal."""


class Tally:
    """How many bytes and pages are done; written by the sending threads, read by the one that reports."""

    def __init__(self, pages: Sequence[PageToSend]) -> None:
        self._lock = threading.Lock()
        self._sizes = {page.sha256: page.size_bytes for page in pages}
        self._done = dict.fromkeys(self._sizes, 0)

    def reached(self, sha256: str, byte: int) -> None:
        """A page is done up to a byte; it may go back when the server has less."""
        with self._lock:
            self._done[sha256] = min(byte, self._sizes[sha256])

    def figures(self) -> tuple[int, int, int, int]:
        """Pages done, pages in all, bytes done, bytes in all."""
        with self._lock:
            pages = sum(done == self._sizes[sha256] for sha256, done in self._done.items())
            return pages, len(self._sizes), sum(self._done.values()), sum(self._sizes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    page: PageToSend
    need: Need


class PageSender:
    """Sends missing pages over up to eight connections, partial ones first so that every finished page counts."""

    def __init__(self, link: SignedLink, limits: Limits, tally: Tally) -> None:
        self._link = link
        self._limits = limits
        self._tally = tally
        self._tasks: queue.SimpleQueue[_Task] = queue.SimpleQueue()
        self._failures: list[BaseException] = []
        self._failed = threading.Event()

    def send(self, pages: Sequence[PageToSend], missing: Sequence[Need]) -> None:
        """Send what is missing; returns when every page is there.

        Raises:
            TransportError, AuthError, StoreError: The first failure; the other connections stop after their piece.
        """
        by_hash = {page.sha256: page for page in pages}
        once = {need.sha256: need for need in missing}.values()
        tasks = [_Task(page=by_hash[need.sha256], need=need) for need in once if need.sha256 in by_hash]
        for task in sorted(tasks, key=lambda task: task.need.offset == 0):
            self._tasks.put(task)
        count = min(self._limits.parallel, contract.MAX_PARALLEL, len(tasks))
        threads = [threading.Thread(target=self._work, daemon=True, name=f"upload-{i}") for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _work(self) -> None:
        try:
            with self._link.link.open() as session:
                while not self._failed.is_set():
                    page = _Run(self._link, self._limits.chunk, self._tally, self._tasks.get_nowait())
                    while not self._failed.is_set() and not page.step(session):
                        pass
        except queue.Empty:
            return
        except BaseException as failure:  # noqa: BLE001 - raised again by `send`
            self._failures.append(failure)
            self._failed.set()


class _Run:
    """One page on its way over one connection; keeps what the server said last."""

    def __init__(self, link: SignedLink, chunk: int, tally: Tally, task: _Task) -> None:
        self._link = link
        self._chunk = chunk
        self._tally = tally
        self._page = task.page
        self._href = task.need.href
        self._offset = task.need.offset
        self._tries = 0
        self._setbacks = 0
        self._rejected = False
        self._probing = False

    def step(self, session: requests.Session) -> bool:
        """One request; True when the page is there.

        Raises:
            TransportError, AuthError, StoreError: When another try does not help now.
        """
        try:
            answer = self._patch(session)
        except TransportError as failure:
            self._probing = True  # bytes may or may not have arrived: ask with an empty piece first
            self._fail(failure)
            return False
        if answer.status in (200, 201) and answer.offset == self._page.size_bytes:
            self._tally.reached(self._page.sha256, self._page.size_bytes)
            return True
        if answer.status in (204, 409):
            self._go_on_at(answer.offset)
        elif answer.status == 422:
            self._start_again()
        else:
            self._fail(unexpected(answer), answer)
        self._tally.reached(self._page.sha256, self._offset)
        return False

    def _patch(self, session: requests.Session) -> Answer:
        page, offset = self._page, self._offset
        length = 0 if self._probing else min(self._chunk, page.size_bytes - offset)
        headers = {
            contract.OFFSET_HEADER: str(offset),
            contract.LENGTH_HEADER: str(page.size_bytes),
            "Content-Type": contract.OCTETS,
        }
        with PageSlice(page.file, offset, length, lambda done: self._tally.reached(page.sha256, offset + done)) as body:
            return self._link.ask(session, "PATCH", self._href, body if length else b"", headers)

    def _go_on_at(self, offset: int) -> None:
        self._setbacks += offset < self._offset
        if offset > self._page.size_bytes or self._setbacks > SETBACKS:
            raise TransportError("reply_broken")
        if offset > self._offset or self._probing:
            self._tries = self._tries if self._probing and offset <= self._offset else 0
        else:
            self._fail(TransportError("connection_lost"))
        self._offset, self._probing = offset, False

    def _start_again(self) -> None:
        if self._rejected or not _is_whole(self._page):
            raise StoreError("page_damaged", sha256=self._page.sha256[:12])
        self._offset, self._rejected, self._probing = 0, True, False

    def _fail(self, failure: TransportError, answer: Answer | None = None) -> None:
        self._tries += 1
        if self._tries >= TRIES or failure.code in GIVE_UP:
            raise failure
        self._link.link.pause(self._tries, answer)


def _is_whole(page: PageToSend) -> bool:
    with page.file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == page.sha256
