"""A batch goes up once and is confirmed, whatever was there before."""

from __future__ import annotations

from pathlib import Path

from app.adapters.upload_http import HttpUploader
from app.ports import FormOutcomeKind
from tests.integration.upload.world import ReceiverProcess, Watcher, make_batch_of


def test_a_batch_is_stored_with_verified_receipts(
    receiver: ReceiverProcess, uploader: HttpUploader, tmp_path: Path
) -> None:
    batch = make_batch_of(tmp_path / "pages", dossiers=3, pages=2)
    watcher = Watcher()
    outcomes = uploader.send(batch, watcher)
    assert [outcome.kind for outcome in outcomes] == [FormOutcomeKind.STORED] * 3
    assert all(outcome.receipt for outcome in outcomes)
    assert watcher.last is not None
    assert (watcher.last.pages_done, watcher.last.bytes_done) == (6, 6 * 60_000)
    assert receiver.counts()["records"] == 3
    assert receiver.counts()["pages"] == 6
    assert receiver.damage() == []
