"""Both sides against the published contract: whatever crosses the wire fits openapi.yaml and the schema of the form."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from app.adapters.upload_http import HttpUploader
from app.domain import codec
from app.domain.dossier import Dossier
from app.receiver import operator
from app.wire import jws, models
from tests.integration.upload.contract_book import ContractBook
from tests.integration.upload.post_office import PostOffice
from tests.integration.upload.proxy import FaultProxy
from tests.integration.upload.world import (
    ReceiverProcess,
    make_batch,
    make_batch_of,
    make_dossier,
    make_form,
    make_page,
)

BOOK = ContractBook()


def ignore(_progress: object) -> None:
    pass


def test_a_whole_campaign_day_fits_the_contract(
    office: PostOffice, proxy: FaultProxy, by_proxy: HttpUploader, receiver: ReceiverProcess, tmp_path: Path
) -> None:
    _, (dossier_id, _) = office.sealed_batch(dossiers=2)
    office.upload.upload(office.officer)
    operator.post_result(receiver.data, dossier_id, "wrong_info", "holders[0].born", "Sai năm sinh")
    operator.post_result(receiver.data, dossier_id, "returned", "pages")
    office.upload.fetch_results()
    batch = make_batch_of(tmp_path / "pages", dossiers=1, pages=1, size_bytes=5 * 1024 * 1024)
    by_proxy.ask(batch)
    by_proxy.send(batch, ignore)
    by_proxy.send(batch, ignore)
    dossier = make_dossier()
    by_proxy.send(make_batch(make_form(dossier), make_form(make_dossier(serial=""))), ignore)
    other = dataclasses.replace(dossier, hamlet="Thôn Đoài")
    by_proxy.send(make_batch(make_form(other)), ignore)
    seen = {BOOK.check(crossing) for crossing in proxy.crossings}
    assert seen >= {
        "enrolDevice 201",
        "getToken 200",
        "openBatch 200",
        "getBatch 200",
        "getBatch 404",
        "sendRecords 200",
        "patchBlob 201",
        "patchBlob 204",
        "getChanges 200",
    }


def test_answers_to_nonsense_fit_the_contract(proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path) -> None:
    by_proxy.send(make_batch_of(tmp_path / "pages", dossiers=1, pages=1), ignore)
    (token,) = {each.headers["authorization"] for each in proxy.of("POST", "/records")}
    auth = {"Authorization": token}
    batch = "01900000-0000-7000-8000-000000000000"
    blob = f"{proxy.url}/v1/blobs/sha256/{'a' * 64}"
    asked: list[Callable[[], requests.Response]] = [
        lambda: requests.post(f"{proxy.url}/v1/batches/{batch}", b"{}", headers=auth, timeout=5),
        lambda: requests.post(f"{proxy.url}/v1/batches/nonsense", b"{}", headers=auth, timeout=5),
        lambda: requests.post(f"{proxy.url}/v1/batches/{batch}/records", b"{}", headers=auth, timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/batches/{batch}", timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/changes?since=-1", headers=auth, timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/changes?since={'9' * 30}", headers=auth, timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/keys", timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/schemas/dossier/1", timeout=5),
        lambda: requests.get(f"{proxy.url}/v1/schemas/dossier/2", timeout=5),
        lambda: requests.patch(blob, b"x", headers=auth, timeout=5),
        lambda: requests.patch(blob, b"x", headers={**auth, "Upload-Offset": "0", "Upload-Length": "1"}, timeout=5),
        lambda: requests.post(f"{proxy.url}/v1/token", b"grant_type=nonsense", timeout=5),
    ]
    for ask in asked:
        crossed = len(proxy.crossings)
        ask()
        crossing = proxy.crossings[crossed]
        crossing.body = b""  # the contract says nothing of bodies nobody should send
        BOOK.check(crossing)


def test_the_schema_travels_as_it_stands_in_the_repository_and_can_be_cached(receiver: ReceiverProcess) -> None:
    answer = requests.get(f"{receiver.url}/v1/schemas/dossier/1", timeout=5)
    assert answer.json()["title"] == "dossier/1"
    again = requests.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=5)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "model",
    [
        models.DeviceRequest,
        models.DeviceReply,
        models.TokenReply,
        models.KeysReply,
        models.Manifest,
        models.ManifestRecord,
        models.ManifestPage,
        models.ManifestReply,
        models.Need,
        models.RecordLine,
        models.FormError,
        models.BatchReply,
        models.BatchRecord,
        models.Receipt,
        models.Change,
        models.ChangesReply,
        models.Problem,
    ],
)
def test_the_models_and_the_contract_name_the_same_things(model: type[models.Reply] | type[models.Request]) -> None:
    ours = model.model_json_schema(by_alias=True)
    theirs = BOOK.schema_of(model.__name__)
    assert set(ours["properties"]) == set(theirs["properties"])
    assert set(ours.get("required", ())) == set(theirs.get("required", ()))
    assert ours.get("additionalProperties") == theirs.get("additionalProperties")


def test_a_page_that_was_announced_with_a_compact_form_may_come_in_either(
    receiver: ReceiverProcess, proxy: FaultProxy, by_proxy: HttpUploader, tmp_path: Path
) -> None:
    page, small = make_page(tmp_path / "pages", 90_000), make_page(tmp_path / "pages", 9_000)
    batch = make_batch(make_form(make_dossier((page,)), (page,)))
    by_proxy.send(make_batch(make_form(make_dossier())), ignore)
    (token,) = {each.headers["authorization"] for each in proxy.of("POST", "/records")}
    compact = {"sha256": small.sha256, "size": small.size_bytes, "type": "image/jpeg"}
    form = batch.forms[0]
    original = {"sha256": page.sha256, "size": page.size_bytes, "type": "image/jpeg", "role": form.pages[0].role}
    record = {
        "dossier_id": form.dossier_id,
        "revision": 1,
        "schema": "dossier/1",
        "form_sha256": form.digest,
        "pages": [{**original, "compact": compact}],
    }
    manifest = {
        "commune_code": "27004",
        "created_at": batch.created_at,
        "reviewed_by": "phuong",
        "chain_head": batch.chain_head,
        "records": [record],
    }
    session = requests.Session()
    session.headers["Authorization"] = token
    address = f"{proxy.url}/v1/batches/{batch.batch_id}"
    needed = session.post(address, json=manifest, timeout=5).json()["need"]
    assert [need["sha256"] for need in needed] == [page.sha256, small.sha256]

    def put(content: bytes, sha256: str) -> int:
        headers = {
            "Upload-Offset": "0",
            "Upload-Length": str(len(content)),
            "Content-Type": "application/offset+octet-stream",
        }
        return session.patch(f"{proxy.url}/v1/blobs/sha256/{sha256}", content, headers=headers, timeout=5).status_code

    def take() -> tuple[int, list[str]]:
        headers = {"Content-Type": "application/x-ndjson"}
        line = session.post(f"{address}/records", form.form, headers=headers, timeout=5).json()
        words = jws.claims(line["receipt"])
        return line["status"], words["compact"]  # type: ignore[return-value]

    assert put(small.file.read_bytes(), small.sha256) == 201
    assert take() == (201, [page.sha256])
    assert take() == (200, [page.sha256])
    assert put(page.file.read_bytes(), page.sha256) == 201
    assert take() == (200, [])
    assert take() == (200, [])
    assert receiver.damage() == []
    for crossing in proxy.of("POST", batch.batch_id):
        BOOK.check(crossing)


def test_a_form_that_the_program_writes_fits_the_schema() -> None:
    schema = {"$ref": "../schemas/dossier-1.schema.json"}
    BOOK.validate(schema, codec.to_plain(make_dossier()))
    BOOK.validate(schema, codec.to_plain(Dossier(dossier_id="01900000-0000-7000-8000-000000000000")))


def test_the_proxy_would_notice_an_answer_outside_the_contract(proxy: FaultProxy, by_proxy: HttpUploader) -> None:
    by_proxy.ask(make_batch(make_form(make_dossier())))
    crossing = proxy.of("GET", "/v1/batches/")[0]
    assert BOOK.check(crossing) == "getBatch 404"
    crossing.status = 418
    with pytest.raises(AssertionError, match="418"):
        BOOK.check(crossing)
