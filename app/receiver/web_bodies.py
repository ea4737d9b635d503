"""Bodies in and out: every size has an end, every failure is a problem+json answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from pydantic import BaseModel
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.receiver.refusals import Refused
from app.wire import bodies, contract

MAX_HEADER_BYTES = 16 * 1024
STALL_S = 300.0
"""A body that brings no byte for this long is given up."""


class HeaderLimit:
    """Refuses requests whose headers are too large; the server itself only bounds what it has not parsed yet."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 431."""
        size = sum(len(name) + len(value) for name, value in scope.get("headers", ()))
        answer = problem(Refused(431, "bad-request", {"Connection": "close"})) if size > MAX_HEADER_BYTES else None
        await (answer or self._app)(scope, receive, send)


async def chunks(request: Request) -> AsyncIterator[bytes]:
    """The parts of a body as they come.

    Raises:
        Refused: `too-slow`.
    """
    stream = request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(STALL_S):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise Refused(408, "too-slow") from error
        yield chunk


async def read_body(request: Request, limit: int) -> bytes:
    """A whole body, unpacked when it is gzip; never more than `limit` bytes.

    Raises:
        Refused: `body-too-large`, `body-broken`, `too-slow`.
    """
    packed = bytearray()
    async for chunk in chunks(request):
        packed += chunk
        if len(packed) > limit:
            raise Refused(413, "body-too-large")
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding == "identity":
        return bytes(packed)
    if encoding != "gzip":
        raise Refused(415, "body-broken")
    try:
        return bodies.unpack(bytes(packed), limit)
    except bodies.BodyTooLarge as error:
        raise Refused(413, "body-too-large") from error
    except bodies.BodyBroken as error:
        raise Refused(400, "body-broken") from error


def reply(model: BaseModel, status: int = 200) -> Response:
    """A model as JSON."""
    return Response(model.model_dump_json(exclude_none=True), status, media_type=contract.JSON)


def problem(refused: Refused) -> Response:
    """A refusal as problem+json."""
    body = json.dumps(refused.body(), ensure_ascii=False)
    return Response(body, refused.status, refused.headers, media_type=contract.PROBLEM)


async def on_refused(_: Request, error: Exception) -> Response:
    """Answer a refusal."""
    return problem(error if isinstance(error, Refused) else Refused(500, "server-failed"))


async def on_full(_: Request, __: Exception) -> Response:
    """Answer when the disk is full."""
    return problem(Refused(507, "no-room"))


async def on_left(_: Request, __: Exception) -> Response:
    """The client left in the middle; nobody hears the answer."""
    return Response(status_code=400)


async def on_not_found(_: Request, error: Exception) -> Response:
    """Answer for addresses and methods that do not exist."""
    return problem(Refused(getattr(error, "status_code", 404), "not-found"))


__all__ = [
    "ClientDisconnect",
    "HeaderLimit",
    "chunks",
    "on_full",
    "on_left",
    "on_not_found",
    "on_refused",
    "problem",
    "read_body",
    "reply",
]
