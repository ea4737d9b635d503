"""Acts of the operator at the receiver, while the server runs or not: codes, results, figures, suspected duplicates."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.domain import paths
from app.domain.text import tidy
from app.errors import InputError
from app.receiver import times
from app.receiver.blobs_folder import FolderBlobs
from app.receiver.identity import Identity
from app.receiver.ledger_sqlite import SqliteLedger
from app.wire import enrolment, jws, receipts
from app.wire.models import Change, ResultDetail

RESULTS = ("verified", "wrong_info", "police", "duplicate_certificate", "returned")


def new_enrolment_code(data: Path, device_id: str | None = None) -> str:
    """A one-time code for a new device, or for a known one that lost its key (it keeps its id and its results)."""
    ledger = SqliteLedger(data)
    _, keys = Identity(ledger).server()
    code = enrolment.new_code(jws.public_jwk(keys[0]).kid)
    ledger.add_code(enrolment.stored_form(enrolment.tidy_code(code)), times.now_text(), device_id)
    return code


def disable_device(data: Path, device_id: str) -> None:
    """Refuse a stolen or retired device from now on.

    Raises:
        InputError: `unknown_device`.
    """
    with SqliteLedger(data).write() as db:
        if not db.execute("UPDATE devices SET disabled = 1 WHERE device_id = ?", (device_id,)).rowcount:
            raise InputError("unknown_device", device=device_id)


def rotate_key(data: Path) -> None:
    """Sign with a new key from now on; devices follow because the old key vouches for it."""
    SqliteLedger(data).add_key()


def post_result(data: Path, dossier_id: str, result: str, path: str | None = None, message: str | None = None) -> None:
    """Post the result of a check for the newest revision of a dossier; the only way a result comes to be.

    Raises:
        InputError: `bad_result`, `bad_path`, `unknown_dossier`.
    """
    if result not in RESULTS:
        raise InputError("bad_result", result=result)
    ledger = SqliteLedger(data)
    _, keys = Identity(ledger).server()
    words = {
        "seq": 1,
        "dossier_id": dossier_id,
        "revision": 1,
        "at": times.now_text(),
        "result": result,
        "detail": ResultDetail(
            pointer=paths.to_pointer(path) if path else None, message=tidy(message)[:2000] if message else None
        ),
    }
    try:
        change = Change.model_validate(words)
    except ValueError as error:
        raise InputError("unknown_dossier", dossier=dossier_id) from error
    if ledger.add_result(dossier_id, change, lambda whole: receipts.sign_change(whole, keys[0])) is None:
        raise InputError("unknown_dossier", dossier=dossier_id)


def duplicates(data: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Serials that several dossiers carry, with the dossiers: for a person to judge, nothing is posted."""
    sql = (
        "SELECT serial, dossier_id FROM records AS r WHERE serial IS NOT NULL AND revision ="
        " (SELECT max(revision) FROM records WHERE dossier_id = r.dossier_id) ORDER BY serial, dossier_id"
    )
    found: dict[str, list[str]] = {}
    with SqliteLedger(data).read() as db:
        for row in db.execute(sql):
            found.setdefault(row["serial"], []).append(row["dossier_id"])
    return [(serial, tuple(dossiers)) for serial, dossiers in found.items() if len(dossiers) > 1]


def counts(data: Path) -> dict[str, int]:
    """How much is here; `duplicates` counts serials that several dossiers carry."""
    with SqliteLedger(data).read() as db:
        tables = ("devices", "batches", "records", "record_pages", "receipts", "changes")
        figures = {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in tables}  # noqa: S608
        figures["dossiers"] = int(db.execute("SELECT count(DISTINCT dossier_id) FROM records").fetchone()[0])
    pages = [file.stat().st_size for file in FolderBlobs(data).all()]
    return {**figures, "pages": len(pages), "page_bytes": sum(pages), "duplicates": len(duplicates(data))}


def damage(data: Path) -> list[str]:
    """What is not as it should be: pages whose content is not their name, pages of records that are missing."""
    blobs = FolderBlobs(data)
    wrong = [f"content {file.name}" for file in blobs.all() if _digest(file) != file.name]
    with SqliteLedger(data).read() as db:
        rows = db.execute("SELECT dossier_id, revision, sha256 FROM record_pages ORDER BY 1, 2, position").fetchall()
        forms = db.execute("SELECT dossier_id, revision, form, form_sha256 FROM records").fetchall()
    wrong += [f"missing page {row['sha256']} of {row['dossier_id']}" for row in rows if not blobs.has(row["sha256"])]
    return wrong + [
        f"form of {row['dossier_id']} revision {row['revision']}"
        for row in forms
        if hashlib.sha256(row["form"]).hexdigest() != row["form_sha256"]
    ]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
