"""The tables of the store, as numbered migrations; never change one that was released, add the next.

The states and steps stand here as text on purpose: a migration keeps what was true when it was made. A test compares
the newest tables with `app/domain/states.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from app.errors import StoreError

MIGRATIONS = Migrations("diaba")

_HASH = "length({0}) = 64 AND {0} NOT GLOB '*[^0-9a-f]*'"
_STATES = (
    "'draft','entered','submitted','returned','approved','queued','sending','unknown','stored','verified',"
    "'wrong_info','police','refused','conflict','discarded'"
)
_SENT = "'queued','sending','unknown','stored','verified','wrong_info','police','refused','conflict'"

_STEPS = """
draft entered,draft discarded,entered submitted,entered draft,submitted approved,submitted returned,submitted entered,
returned entered,returned discarded,approved queued,approved submitted,queued sending,sending stored,sending unknown,
sending refused,sending conflict,unknown stored,unknown queued,unknown refused,unknown conflict,stored verified,
stored wrong_info,stored police,stored conflict,stored returned,wrong_info returned,police returned,refused returned,
conflict returned
"""

_PEOPLE = """
CREATE TABLE people (
    person_id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (login <> ''),
    full_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer','supervisor','admin')),
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    password_hash TEXT NOT NULL
) STRICT;
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

_BATCHES = """
CREATE TABLE batches (
    row_id INTEGER PRIMARY KEY,
    batch_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('open','submitted','sealed')),
    commune_code TEXT NOT NULL,
    made_by TEXT NOT NULL,
    reviewed_by TEXT,
    created_at TEXT NOT NULL,
    submitted_at TEXT,
    sealed_at TEXT,
    CHECK (state = 'open' OR submitted_at IS NOT NULL),
    CHECK (state <> 'sealed' OR (sealed_at IS NOT NULL AND reviewed_by IS NOT NULL))
) STRICT;
"""

_DOSSIERS = f"""
CREATE TABLE dossiers (
    row_id INTEGER PRIMARY KEY,
    dossier_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ({_STATES})),
    commune_code TEXT,
    hamlet TEXT,
    serial TEXT,
    holder_names TEXT NOT NULL,
    page_count INTEGER NOT NULL CHECK (page_count >= 0),
    doubts INTEGER NOT NULL CHECK (doubts >= 0),
    risk REAL NOT NULL CHECK (risk BETWEEN 0 AND 1),
    revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
    digest TEXT CHECK ({_HASH.format("digest")}),
    batch_id TEXT REFERENCES batches (batch_id),
    submitted_by TEXT,
    approved_by TEXT,
    last_path TEXT,
    reason TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    returned_for TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(returned_for)),
    search TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    CHECK (state NOT IN ('draft','entered','returned') OR batch_id IS NULL),
    CHECK (state NOT IN ('submitted','approved') OR (batch_id IS NOT NULL AND submitted_by IS NOT NULL)),
    CHECK (state NOT IN ('approved',{_SENT}) OR (revision > 0 AND digest IS NOT NULL AND approved_by IS NOT NULL))
) STRICT;
"""

_DOSSIER_RULES = """
CREATE TABLE steps (
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    PRIMARY KEY (old, new)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossiers_by_state ON dossiers (state);
CREATE INDEX dossiers_by_batch ON dossiers (batch_id) WHERE batch_id IS NOT NULL;
CREATE TRIGGER dossiers_begin_as_drafts BEFORE INSERT ON dossiers WHEN new.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a dossier begins as a draft'); END;
CREATE TRIGGER dossiers_step BEFORE UPDATE OF state ON dossiers
WHEN NOT EXISTS (SELECT 1 FROM steps WHERE steps.old = old.state AND steps.new = new.state)
BEGIN SELECT RAISE(ABORT, 'step not allowed'); END;
CREATE TRIGGER dossiers_stay BEFORE DELETE ON dossiers
BEGIN SELECT RAISE(ABORT, 'a dossier is never deleted'); END;
CREATE TRIGGER dossiers_frozen BEFORE UPDATE OF content ON dossiers WHEN old.state NOT IN ('draft','entered','returned')
BEGIN SELECT RAISE(ABORT, 'the content is frozen'); END;
"""

_PAGES = f"""
CREATE TABLE page_files (
    sha256 TEXT PRIMARY KEY CHECK ({_HASH.format("sha256")}),
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
    width_px INTEGER NOT NULL CHECK (width_px > 0),
    height_px INTEGER NOT NULL CHECK (height_px > 0),
    dpi INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE pages (
    page_id TEXT PRIMARY KEY,
    dossier_id TEXT NOT NULL REFERENCES dossiers (dossier_id),
    sha256 TEXT NOT NULL REFERENCES page_files (sha256),
    kind TEXT NOT NULL,
    side TEXT CHECK (side IN ('front','back')),
    position INTEGER NOT NULL CHECK (position >= 0),
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    dpi INTEGER,
    rotation_deg INTEGER NOT NULL CHECK (rotation_deg IN (0, 90, 180, 270)),
    read_at TEXT
) STRICT;
CREATE INDEX pages_by_dossier ON pages (dossier_id, position);
CREATE INDEX pages_by_content ON pages (sha256);
CREATE INDEX pages_unread ON pages (dossier_id) WHERE read_at IS NULL;
"""

_VALUES = """
CREATE TABLE values_history (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier_id TEXT NOT NULL REFERENCES dossiers (dossier_id),
    path TEXT NOT NULL,
    value TEXT,
    raw TEXT,
    source TEXT NOT NULL CHECK (source IN ('ocr','qr','barcode','mrz','id_card','rule','person')),
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    "check" TEXT NOT NULL CHECK ("check" IN ('ok','look','conflict')),
    page_id TEXT,
    box TEXT CHECK (box IS NULL OR json_valid(box)),
    candidates TEXT CHECK (candidates IS NULL OR json_valid(candidates)),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL
) STRICT;
CREATE INDEX values_by_path ON values_history (dossier_id, path);
CREATE TRIGGER values_stay BEFORE DELETE ON values_history
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER values_as_written BEFORE UPDATE ON values_history
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TABLE findings (
    dossier_id TEXT NOT NULL REFERENCES dossiers (dossier_id),
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('info','warning','blocking')),
    paths TEXT NOT NULL CHECK (json_valid(paths)),
    message TEXT NOT NULL,
    PRIMARY KEY (dossier_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE undo_steps (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier_id TEXT NOT NULL REFERENCES dossiers (dossier_id),
    path TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    fields TEXT NOT NULL CHECK (json_valid(fields))
) STRICT;
CREATE INDEX undo_by_dossier ON undo_steps (dossier_id);
"""

_OUTBOX = f"""
CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id TEXT NOT NULL REFERENCES batches (batch_id),
    dossier_id TEXT NOT NULL REFERENCES dossiers (dossier_id),
    revision INTEGER NOT NULL CHECK (revision > 0),
    digest TEXT NOT NULL CHECK ({_HASH.format("digest")}),
    form BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued','sending','unknown','stored','refused','conflict')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_at TEXT,
    error TEXT,
    detail TEXT,
    receipt TEXT,
    UNIQUE (dossier_id, revision),
    CHECK (state <> 'stored' OR receipt IS NOT NULL)
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state);
CREATE INDEX outbox_by_batch ON outbox (batch_id);
CREATE TRIGGER outbox_as_approved BEFORE UPDATE OF batch_id, dossier_id, revision, digest, form ON outbox
BEGIN SELECT RAISE(ABORT, 'what is sent never changes'); END;
CREATE TRIGGER outbox_stays BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'what was sent stays known'); END;
"""

_EVENTS = f"""
CREATE TABLE events (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    dossier_id TEXT,
    batch_id TEXT,
    detail TEXT,
    hash TEXT NOT NULL CHECK ({_HASH.format("hash")})
) STRICT;
CREATE INDEX events_by_dossier ON events (dossier_id) WHERE dossier_id IS NOT NULL;
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TRIGGER events_as_written BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;
CREATE TABLE chain (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL CHECK ({_HASH.format("hash")})
) STRICT;
"""

_SEARCH_TRIGGERS = """
CREATE TRIGGER dossiers_search_insert AFTER INSERT ON dossiers BEGIN
    INSERT INTO dossiers_fts (rowid, search) VALUES (new.row_id, new.search);
END;
CREATE TRIGGER dossiers_search_update AFTER UPDATE OF search ON dossiers WHEN old.search <> new.search BEGIN
    INSERT INTO dossiers_fts (dossiers_fts, rowid, search) VALUES ('delete', old.row_id, old.search);
    INSERT INTO dossiers_fts (rowid, search) VALUES (new.row_id, new.search);
END;
"""


@MIGRATIONS()
def m0001_first_tables(db: Database) -> None:
    """Everything the main job needs."""
    for script in (_PEOPLE, _BATCHES, _DOSSIERS, _DOSSIER_RULES, _PAGES, _VALUES, _OUTBOX, _EVENTS):
        db.executescript(script)
    pairs = (step.split() for step in _STEPS.replace("\n", "").split(","))
    Table(db, "steps").insert_all({"old": old, "new": new} for old, new in pairs)
    # The text is folded by the program (đ as d, no marks), so that typing without accents finds it; the tokenizer's
    # own remove_diacritics does not know đ.
    Table(db, "dossiers").enable_fts(["search"], tokenize="unicode61 remove_diacritics 0")
    db.executescript(_SEARCH_TRIGGERS)


_SIGN_INS = """
CREATE TABLE failed_sign_ins (
    login_digest TEXT PRIMARY KEY CHECK (length(login_digest) = 64 AND login_digest NOT GLOB '*[^0-9a-f]*'),
    failures INTEGER NOT NULL CHECK (failures > 0),
    last_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


@MIGRATIONS()
def m0002_failed_sign_ins(db: Database) -> None:
    """After wrong passwords the next try waits. By a digest: what is typed as a login may be a password."""
    db.executescript(_SIGN_INS)


_DETAILS = """
ALTER TABLE findings ADD COLUMN details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details));
"""


@MIGRATIONS()
def m0003_details_of_findings(db: Database) -> None:
    """What is filled into a finding's sentence, so that it can be told in another language."""
    db.executescript(_DETAILS)


_BY_COMMUNE = """
CREATE INDEX dossiers_by_commune ON dossiers (commune_code, updated_at);
"""


@MIGRATIONS()
def m0004_dossiers_by_commune(db: Database) -> None:
    """What was accepted in a commune lately, for the words learned from it."""
    db.executescript(_BY_COMMUNE)


def version_of(db: Database) -> int:
    """The number of migrations a file went through."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def newest(steps: Migrations = MIGRATIONS) -> int:
    """The version this program writes."""
    with closing(Database(memory=True)) as empty:
        return len(steps.pending(empty))


def check_version(db: Database, steps: Migrations = MIGRATIONS) -> int:
    """The version of a file this program can work with.

    Raises:
        StoreError: `store_too_new` when a newer program made the file.
    """
    version = version_of(db)
    if version > newest(steps):
        raise StoreError("store_too_new", found=version, known=newest(steps))
    return version


def migrate(db: Database, file: Path, steps: Migrations = MIGRATIONS) -> None:
    """Bring a file to the newest version, all steps in one transaction; an older file is copied first.

    The copy is `store.v1.db` beside it, made by the backup API.

    Raises:
        StoreError: `store_too_new`.
    """
    version, last = check_version(db, steps), newest(steps)
    if version == last:
        return
    if version > 0:
        _copy(db, file.with_name(f"{file.stem}.v{version}{file.suffix}"))
    db.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(db)
        db.execute(f"PRAGMA user_version={last}")
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _copy(db: Database, to: Path) -> None:
    with closing(sqlite3.connect(to)) as copy:
        db.conn.backup(copy)
