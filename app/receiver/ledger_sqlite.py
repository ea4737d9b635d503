"""The ledger in one SQLite file: WAL and synchronous FULL, a connection per call, shared by server and operator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.receiver.storage import (
    Admission,
    Candidate,
    DeviceRow,
    ServerKeys,
    SignChange,
    SignReceipt,
    StorageFull,
    StoredRecord,
)
from app.wire import jws
from app.wire.models import Change, Jwk, Manifest

VERSION = 1
_TABLES = """
CREATE TABLE server(name TEXT PRIMARY KEY);
CREATE TABLE server_keys(number INTEGER PRIMARY KEY, private TEXT NOT NULL UNIQUE);
CREATE TABLE devices(device_id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL, enrolled_at TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0, 1)));
CREATE TABLE codes(code_hash TEXT PRIMARY KEY, made_at TEXT NOT NULL, device_id TEXT, taken_at TEXT);
CREATE TABLE assertions(jti TEXT PRIMARY KEY, expires_s INTEGER NOT NULL);
CREATE TABLE batches(batch_id TEXT PRIMARY KEY, digest TEXT NOT NULL, manifest TEXT NOT NULL,
  received_at TEXT NOT NULL);
CREATE TABLE declared(sha256 TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY(sha256, size)) WITHOUT ROWID;
CREATE TABLE records(dossier_id TEXT NOT NULL, revision INTEGER NOT NULL CHECK(revision > 0), form_sha256 TEXT NOT NULL,
  form BLOB NOT NULL, serial TEXT, batch_id TEXT NOT NULL REFERENCES batches,
  device_id TEXT NOT NULL REFERENCES devices, seq INTEGER NOT NULL, received_at TEXT NOT NULL,
  PRIMARY KEY(dossier_id, revision), UNIQUE(device_id, seq));
CREATE INDEX records_serial ON records(serial);
CREATE TABLE record_pages(dossier_id TEXT NOT NULL, revision INTEGER NOT NULL, position INTEGER NOT NULL,
  sha256 TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY(dossier_id, revision, position),
  FOREIGN KEY(dossier_id, revision) REFERENCES records);
CREATE TABLE receipts(number INTEGER PRIMARY KEY, dossier_id TEXT NOT NULL, revision INTEGER NOT NULL,
  compact INTEGER NOT NULL, receipt TEXT NOT NULL, FOREIGN KEY(dossier_id, revision) REFERENCES records);
CREATE INDEX receipts_record ON receipts(dossier_id, revision);
CREATE TABLE changes(seq INTEGER PRIMARY KEY AUTOINCREMENT, device_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX changes_device ON changes(device_id, seq);
"""


class SqliteLedger:
    """A `Ledger` in `ledger.db`.

    Args:
        root: The data folder; made if missing, readable by its owner only.
    """

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = root / "ledger.db"
        with self.write() as db:
            if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                for statement in _TABLES.split(";\n"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {VERSION}")
        self._file.chmod(0o600)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading; also for the operator's questions."""
        with closing(sqlite3.connect(self._file, timeout=30, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA foreign_keys = ON")
            yield db

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction, taken at its start so that no reader turns writer half-way."""
        with self.read() as db:
            try:
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    raise StorageFull("no room") from error
                raise

    # ---------------------------------------------------------------- keys and devices

    def server(self) -> ServerKeys:
        """Name and keys, made at the first call."""
        with self.read() as db:
            known = _server(db)
        if known:
            return known
        with self.write() as db:
            if not _server(db):
                key = Ed25519PrivateKey.generate()
                db.execute("INSERT INTO server VALUES(?)", (f"rcv-{jws.public_jwk(key).kid[:16]}",))
                db.execute("INSERT INTO server_keys(private) VALUES(?)", (jws.private_text(key),))
        return self.server()

    def add_key(self) -> None:
        """Make a new key the newest; the old ones stay and vouch for it."""
        with self.write() as db:
            db.execute("INSERT INTO server_keys(private) VALUES(?)", (jws.private_text(Ed25519PrivateKey.generate()),))

    def add_code(self, code_hash: str, at: str, device_id: str | None = None) -> None:
        """A new one-time code, for a new device or for a device that lost its key."""
        with self.write() as db:
            db.execute("INSERT INTO codes VALUES(?, ?, ?, NULL)", (code_hash, at, device_id))

    def enrol(self, code_hash: str, key: Jwk, name: str, at: str) -> str | None:
        """Take a one-time code; the same key may come again."""
        with self.write() as db:
            code = db.execute("SELECT * FROM codes WHERE code_hash = ?", (code_hash,)).fetchone()
            if code is None:
                return None
            if code["taken_at"] is not None:
                known = self.device(code["device_id"])
                return known.device_id if known and known.key == key else None
            device_id = code["device_id"] or f"dev-{key.kid[:16]}"
            db.execute(
                "INSERT INTO devices(device_id, name, key, enrolled_at) VALUES(?, ?, ?, ?)"
                " ON CONFLICT(device_id) DO UPDATE SET key = excluded.key, name = excluded.name",
                (device_id, name, key.model_dump_json(), at),
            )
            db.execute("UPDATE codes SET device_id = ?, taken_at = ? WHERE code_hash = ?", (device_id, at, code_hash))
            return str(device_id)

    def device(self, device_id: str) -> DeviceRow | None:
        """A device, disabled or not."""
        with self.read() as db:
            row = db.execute("SELECT * FROM devices WHERE device_id = ?", (device_id,)).fetchone()
        return row and DeviceRow(
            device_id=row["device_id"], key=Jwk.model_validate_json(row["key"]), disabled=bool(row["disabled"])
        )

    def take_assertion(self, jti: str, expires_s: int, now_s: float) -> bool:
        """Note an assertion; False when it was here before."""
        with self.write() as db:
            db.execute("DELETE FROM assertions WHERE expires_s < ?", (int(now_s) - 86_400,))
            return bool(db.execute("INSERT OR IGNORE INTO assertions VALUES(?, ?)", (jti, expires_s)).rowcount)

    # ---------------------------------------------------------------- batches and records

    def add_batch(self, batch_id: str, digest: str, manifest: Manifest, at: str) -> bool:
        """Note a batch and its pages; False when the batch is here with another digest."""
        with self.read() as db:
            known = db.execute("SELECT digest FROM batches WHERE batch_id = ?", (batch_id,)).fetchone()
        if known:
            return bool(known["digest"] == digest)
        with self.write() as db:
            text = manifest.model_dump_json(by_alias=True)
            db.execute("INSERT OR IGNORE INTO batches VALUES(?, ?, ?, ?)", (batch_id, digest, text, at))
            db.executemany("INSERT OR IGNORE INTO declared VALUES(?, ?)", contents(manifest))
            known = db.execute("SELECT digest FROM batches WHERE batch_id = ?", (batch_id,)).fetchone()
            return bool(known["digest"] == digest)

    def batch(self, batch_id: str) -> Manifest | None:
        """The manifest of a batch."""
        with self.read() as db:
            row = db.execute("SELECT manifest FROM batches WHERE batch_id = ?", (batch_id,)).fetchone()
        return row and Manifest.model_validate_json(row["manifest"])

    def declared(self, sha256: str, size: int) -> bool:
        """Whether a manifest announced a content of this size."""
        with self.read() as db:
            sql = "SELECT 1 FROM declared WHERE sha256 = ? AND size = ?"
            return db.execute(sql, (sha256, size)).fetchone() is not None

    def stored(self, dossier_id: str) -> StoredRecord | None:
        """The newest revision of a dossier."""
        with self.read() as db:
            return _newest(db, dossier_id)

    def receipt(self, dossier_id: str, revision: int, form_sha256: str) -> str | None:
        """The newest receipt of a revision with exactly this content."""
        with self.read() as db:
            row = db.execute(
                "SELECT receipt FROM receipts JOIN records USING(dossier_id, revision)"
                " WHERE dossier_id = ? AND revision = ? AND form_sha256 = ? ORDER BY number DESC LIMIT 1",
                (dossier_id, revision, form_sha256),
            ).fetchone()
        return row and str(row["receipt"])

    def admit(self, candidates: Sequence[Candidate], at: str, sign: SignReceipt) -> list[Admission]:
        """Store forms, all durable when the call returns; a form that is here gets its old receipt."""
        with self.write() as db:
            return [_admit(db, candidate, at, sign) for candidate in candidates]

    # ---------------------------------------------------------------- results

    def add_result(self, dossier_id: str, change: Change, sign: SignChange) -> Change | None:
        """Post a result for the newest revision of a dossier; None when the dossier is not here."""
        with self.write() as db:
            sql = "SELECT * FROM records WHERE dossier_id = ? ORDER BY revision DESC LIMIT 1"
            record = db.execute(sql, (dossier_id,)).fetchone()
            if record is None:
                return None
            seq = db.execute("INSERT INTO changes(device_id, body) VALUES(?, '')", (record["device_id"],)).lastrowid
            whole = change.model_copy(update={"seq": seq, "revision": record["revision"]})
            whole = whole.model_copy(update={"signature": sign(whole)})
            db.execute("UPDATE changes SET body = ? WHERE seq = ?", (whole.model_dump_json(), seq))
            return whole

    def changes(self, device_id: str, after: int, limit: int) -> list[Change]:
        """Results for the records of a device behind a cursor, signed."""
        sql = "SELECT body FROM changes WHERE device_id = ? AND seq > ? ORDER BY seq LIMIT ?"
        with self.read() as db:
            rows = db.execute(sql, (device_id, after, limit)).fetchall()
        return [Change.model_validate_json(row["body"]) for row in rows]


def contents(manifest: Manifest) -> list[tuple[str, int]]:
    """Every content a manifest announces, with its size, each once, originals and compact pages alike."""
    found: dict[tuple[str, int], None] = {}
    for record in manifest.records:
        for page in record.pages:
            found[page.sha256, page.size] = None
            if page.compact:
                found[page.compact.sha256, page.compact.size] = None
    return list(found)


def _server(db: sqlite3.Connection) -> ServerKeys | None:
    row = db.execute("SELECT name FROM server").fetchone()
    if row is None:
        return None
    keys = db.execute("SELECT private FROM server_keys ORDER BY number DESC").fetchall()
    return ServerKeys(server=row["name"], private=tuple(key["private"] for key in keys))


def _newest(db: sqlite3.Connection, dossier_id: str) -> StoredRecord | None:
    row = db.execute(
        "SELECT revision, form_sha256, receipt FROM records JOIN receipts USING(dossier_id, revision)"
        " WHERE dossier_id = ? ORDER BY revision DESC, number DESC LIMIT 1",
        (dossier_id,),
    ).fetchone()
    return row and StoredRecord(revision=row["revision"], form_sha256=row["form_sha256"], receipt=row["receipt"])


def _admit(db: sqlite3.Connection, candidate: Candidate, at: str, sign: SignReceipt) -> Admission:
    record = candidate.record
    known = _newest(db, record.dossier_id)
    if known and (known.revision, known.form_sha256) == (record.revision, record.form_sha256):
        return Admission(receipt=_completed_receipt(db, candidate, sign) or known.receipt)
    if known and known.revision >= record.revision:
        return Admission(server_revision=known.revision, server_form_sha256=known.form_sha256)
    sql = "SELECT coalesce(max(seq), 0) + 1 FROM records WHERE device_id = ?"
    seq = db.execute(sql, (candidate.device_id,)).fetchone()[0]
    identity = (record.dossier_id, record.revision)
    origin = (candidate.batch_id, candidate.device_id, seq, at)
    content = (record.form_sha256, candidate.form, candidate.serial)
    db.execute("INSERT INTO records VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", (*identity, *content, *origin))
    pages = [(*identity, position, page.sha256, page.role) for position, page in enumerate(record.pages)]
    db.executemany("INSERT INTO record_pages VALUES(?, ?, ?, ?, ?)", pages)
    return Admission(new=True, receipt=_add_receipt(db, candidate, sign(candidate, seq, at)))


def _completed_receipt(db: sqlite3.Connection, candidate: Candidate, sign: SignReceipt) -> str | None:
    identity = (candidate.record.dossier_id, candidate.record.revision)
    sql = "SELECT compact FROM receipts WHERE dossier_id = ? AND revision = ? ORDER BY number DESC LIMIT 1"
    if len(candidate.compact) >= db.execute(sql, identity).fetchone()["compact"]:
        return None
    sql = "SELECT seq, received_at FROM records WHERE dossier_id = ? AND revision = ?"
    seq, at = db.execute(sql, identity).fetchone()
    return _add_receipt(db, candidate, sign(candidate, seq, at))


def _add_receipt(db: sqlite3.Connection, candidate: Candidate, receipt: str) -> str:
    identity = (candidate.record.dossier_id, candidate.record.revision)
    sql = "INSERT INTO receipts(dossier_id, revision, compact, receipt) VALUES(?, ?, ?, ?)"
    db.execute(sql, (*identity, len(candidate.compact), receipt))
    return receipt
