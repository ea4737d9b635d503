"""PATCH of page contents at an offset: whatever arrives is kept, the newest writer of a content wins."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from app.receiver.refusals import Refused
from app.receiver.storage import BlobStore, Ledger
from app.receiver.web_bodies import chunks
from app.wire import contract

FLUSH_BYTES = 64 * 1024
FLUSH_S = 0.1
"""On a thin line bytes go to the file at least this often, so that a crash costs little."""


@dataclass(slots=True)
class _Part:
    """A content that is being written; the lock is held for one write at a time, never for a whole request."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    writer: object | None = None
    users: int = 0


class BlobReceiver:
    """Appends page contents; one for all requests of a process.

    A client that was killed may still drain its send buffer while its successor is here: the successor takes the part
    over, the old request stops at its next write. So bytes of two writers never mix.
    """

    def __init__(self, blobs: BlobStore, ledger: Ledger) -> None:
        self._blobs = blobs
        self._ledger = ledger
        self._parts: dict[tuple[str, int], _Part] = {}

    async def patch(self, request: Request, sha256: str) -> Response:
        """Take bytes of a content from an offset on.

        Raises:
            Refused: `bad-request`, `blob-not-announced`, `offset-conflict`, `digest-mismatch`, `body-too-large`.
        """
        size = _number(request, contract.LENGTH_HEADER)
        offset = _number(request, contract.OFFSET_HEADER)
        if not contract.SHA256.fullmatch(sha256) or offset > size:
            raise Refused(400, "bad-request")
        if not await run_in_threadpool(self._ledger.declared, sha256, size):
            raise Refused(404, "blob-not-announced")
        key = (sha256, size)
        part = self._parts.setdefault(key, _Part())
        part.users += 1
        part.writer = writer = object()
        try:
            return await self._take(request, key, part, writer, offset)
        finally:
            part.users -= 1
            if not part.users:
                self._parts.pop(key, None)

    async def _take(self, request: Request, key: tuple[str, int], part: _Part, writer: object, offset: int) -> Response:
        async with part.lock:
            if await run_in_threadpool(self._blobs.has, key[0]):
                return _answer(200, key[1], close=True)
            held = await run_in_threadpool(self._blobs.held, *key)
            if held > key[1]:  # a damaged disk: it can only be verified, and dropped
                await run_in_threadpool(self._blobs.finish, *key)
                raise _mismatch()
        if offset != held:
            raise _elsewhere(held)
        try:
            offset = await self._append_all(request, key, part, writer, offset)
        except ClientDisconnect:
            return _answer(400, offset, close=True)
        async with part.lock:
            if part.writer is not writer:
                raise _elsewhere(await run_in_threadpool(self._blobs.held, *key))
            if offset < key[1]:
                await run_in_threadpool(self._blobs.sync, *key)
                return _answer(204, offset)
            if await run_in_threadpool(self._blobs.finish, *key):
                return _answer(201, offset)
        raise _mismatch()

    async def _append_all(
        self, request: Request, key: tuple[str, int], part: _Part, writer: object, offset: int
    ) -> int:
        waiting = bytearray()
        clock = asyncio.get_running_loop()
        flushed_s = clock.time()
        try:
            async for chunk in chunks(request):
                waiting += chunk
                if offset + len(waiting) > key[1]:
                    waiting.clear()
                    raise Refused(413, "body-too-large", {"Connection": "close"})
                if len(waiting) >= FLUSH_BYTES or clock.time() - flushed_s > FLUSH_S:
                    offset = await self._append(key, part, writer, offset, waiting)
                    flushed_s = clock.time()
        finally:
            offset = await self._append(key, part, writer, offset, waiting)
        return offset

    async def _append(self, key: tuple[str, int], part: _Part, writer: object, offset: int, waiting: bytearray) -> int:
        data = bytes(waiting)
        waiting.clear()
        if not data:
            return offset
        async with part.lock:
            if part.writer is not writer:
                raise _elsewhere(await run_in_threadpool(self._blobs.held, *key))
            await run_in_threadpool(self._blobs.append, *key, offset, data)
        return offset + len(data)


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    if not text.isascii() or not text.isdigit() or len(text) > 12 or int(text) > contract.MAX_PAGE_BYTES:
        raise Refused(400, "bad-request")
    return int(text)


def _answer(status: int, offset: int, *, close: bool = False) -> Response:
    headers = {contract.OFFSET_HEADER: str(offset)}
    if close:
        headers["Connection"] = "close"
    return Response(status_code=status, headers=headers)


def _mismatch() -> Refused:
    return Refused(422, "digest-mismatch", {contract.OFFSET_HEADER: "0", "Connection": "close"})


def _elsewhere(held: int) -> Refused:
    return Refused(409, "offset-conflict", {contract.OFFSET_HEADER: str(held), "Connection": "close"})
