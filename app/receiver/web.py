"""The addresses of the receiver: thin shells that read a body, ask the parts behind and answer."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import parse_qs

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.receiver import web_bodies
from app.receiver.batches import Batches, encode_lines
from app.receiver.blobs_folder import FolderBlobs
from app.receiver.identity import Identity
from app.receiver.ledger_sqlite import SqliteLedger
from app.receiver.refusals import Refused
from app.receiver.storage import BlobStore, Ledger, StorageFull
from app.receiver.web_blobs import BlobReceiver
from app.receiver.web_bodies import HeaderLimit
from app.wire import bodies, contract, form_check
from app.wire.models import ChangesReply, DeviceRequest

CHANGES_PAGE = 500


def make_app(data: Path) -> Starlette:
    """The server on its embedded defaults: a folder and a SQLite file."""
    ledger = SqliteLedger(data)
    return make_app_on(FolderBlobs(data), ledger)


def make_app_on(blobs: BlobStore, ledger: Ledger) -> Starlette:
    """The server on any storage; it keeps no state of its own but the parts being written at the moment."""
    web = _Web(blobs, ledger)
    routes = [
        Route("/v1/devices", web.devices, methods=["POST"]),
        Route("/v1/token", web.token, methods=["POST"]),
        Route("/v1/keys", web.keys, methods=["GET"]),
        Route("/v1/schemas/{name}/{version}", web.schema, methods=["GET"]),
        Route("/v1/batches/{batch_id}", web.open_batch, methods=["POST"]),
        Route("/v1/batches/{batch_id}", web.batch_state, methods=["GET"]),
        Route("/v1/batches/{batch_id}/records", web.take_forms, methods=["POST"]),
        Route("/v1/blobs/sha256/{sha256}", web.patch_blob, methods=["PATCH", "POST"]),
        Route("/v1/changes", web.changes, methods=["GET"]),
    ]
    handlers = {
        Refused: web_bodies.on_refused,
        StorageFull: web_bodies.on_full,
        web_bodies.ClientDisconnect: web_bodies.on_left,
        HTTPException: web_bodies.on_not_found,
    }
    middleware = [Middleware(HeaderLimit), Middleware(GZipMiddleware, minimum_size=2000)]
    return Starlette(routes=routes, exception_handlers=handlers, middleware=middleware)


class _Web:
    """One method per address."""

    def __init__(self, blobs: BlobStore, ledger: Ledger) -> None:
        self._ledger = ledger
        self._identity = Identity(ledger)
        self._batches = Batches(blobs, ledger, self._identity)
        self._blobs = BlobReceiver(blobs, ledger)

    async def devices(self, request: Request) -> Response:
        body = await web_bodies.read_body(request, contract.MAX_SMALL_BYTES)
        try:
            wanted = DeviceRequest.model_validate_json(body)
        except (ValidationError, RecursionError) as error:
            raise Refused(422, "bad-request") from error
        return web_bodies.reply(await run_in_threadpool(self._identity.enrol, wanted), 201)

    async def token(self, request: Request) -> Response:
        body = await web_bodies.read_body(request, contract.MAX_SMALL_BYTES)
        try:
            form = parse_qs(body.decode("ascii"), strict_parsing=True, max_num_fields=10)
        except ValueError as error:
            raise Refused(400, "bad-request") from error
        expected = {"grant_type": [contract.GRANT_TYPE], "client_assertion_type": [contract.ASSERTION_TYPE]}
        if (
            any(form.get(name) != value for name, value in expected.items())
            or len(form.get("client_assertion", [])) != 1
        ):
            raise Refused(400, "bad-request")
        return web_bodies.reply(await run_in_threadpool(self._identity.token, form["client_assertion"][0]))

    async def keys(self, _: Request) -> Response:
        return web_bodies.reply(await run_in_threadpool(self._identity.keys))

    async def schema(self, request: Request) -> Response:
        text = form_check.schema_text(f"{request.path_params['name']}/{request.path_params['version']}")
        if text is None:
            raise Refused(404, "not-found")
        return _tagged(request, text, "application/schema+json", hashlib.sha256(text.encode()).hexdigest()[:32])

    async def open_batch(self, request: Request) -> Response:
        await self._device(request)
        body = await web_bodies.read_body(request, contract.MAX_MANIFEST_BYTES)
        return web_bodies.reply(await run_in_threadpool(self._batches.open, request.path_params["batch_id"], body))

    async def batch_state(self, request: Request) -> Response:
        await self._device(request)
        return web_bodies.reply(await run_in_threadpool(self._batches.state, request.path_params["batch_id"]))

    async def take_forms(self, request: Request) -> Response:
        device_id = await self._device(request)
        body = await web_bodies.read_body(request, contract.MAX_FORMS_BYTES)
        lines = bodies.lines(body)
        answers = await run_in_threadpool(self._batches.take_forms, device_id, request.path_params["batch_id"], lines)
        return Response(encode_lines(answers), media_type=contract.NDJSON)

    async def patch_blob(self, request: Request) -> Response:
        if request.method == "POST" and request.headers.get("x-http-method-override", "").upper() != "PATCH":
            raise Refused(405, "not-found")
        await self._device(request)
        return await self._blobs.patch(request, request.path_params["sha256"])

    async def changes(self, request: Request) -> Response:
        device_id = await self._device(request)
        after = _cursor(request.query_params.get("since", ""))
        items = await run_in_threadpool(self._ledger.changes, device_id, after, CHANGES_PAGE)
        found = ChangesReply(cursor=str(items[-1].seq if items else after), items=items)
        return _tagged(request, found.model_dump_json(exclude_none=True), contract.JSON, f"{after}-{found.cursor}")

    async def _device(self, request: Request) -> str:
        return await run_in_threadpool(self._identity.device_of, request.headers.get("authorization", ""))


def _cursor(untrusted_cursor: str) -> int:
    cursor = untrusted_cursor or "0"
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Refused(400, "bad-request")
    return int(cursor)


def _tagged(request: Request, body: str, media_type: str, tag: str) -> Response:
    headers = {"ETag": f'"{tag}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)
