"""The tables: numbered migrations, copies before a change, and the same rules in the file as in the domain."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from app.adapters.store import STORE_FILE, open_store
from app.adapters.store.connection import connect
from app.adapters.store.migrations import (
    MIGRATIONS,
    m0001_first_tables,
    m0002_failed_sign_ins,
    m0003_details_of_findings,
    m0004_dossiers_by_commune,
    migrate,
    newest,
    version_of,
)
from app.domain.dossier import Dossier
from app.domain.findings import make
from app.domain.states import BATCH_STEPS, STEPS, BatchState, DossierState
from app.errors import StoreError
from tests.office import Office, TickingClock, a_page

FIRST = newest()
"""The version of today; the tests of the way itself go one further."""


def first_only() -> Migrations:
    steps = Migrations("diaba")
    steps(name="m0001_first_tables")(m0001_first_tables)
    return steps


def second_only() -> Migrations:
    steps = first_only()
    steps(name="m0002_failed_sign_ins")(m0002_failed_sign_ins)
    return steps


def with_one_more(fails: bool = False) -> Migrations:
    steps = second_only()
    steps(name="m0003_details_of_findings")(m0003_details_of_findings)
    steps(name="m0004_dossiers_by_commune")(m0004_dossiers_by_commune)

    @steps()
    def m9999_colour(db: Database) -> None:
        db.execute("ALTER TABLE dossiers ADD COLUMN colour TEXT")
        if fails:
            db.execute("ALTER TABLE no_such_table ADD COLUMN colour TEXT")

    return steps


def columns(db: Database) -> set[str]:
    return {column.name for column in db["dossiers"].columns}


def test_a_new_file_has_the_newest_version(office: Office):
    with office.store.read() as reader:
        assert version_of(reader._db) == newest() == len(MIGRATIONS.applied(reader._db))


def test_a_newer_file_is_refused_and_not_touched(tmp_path: Path):
    open_store(tmp_path, TickingClock()).close()
    db = connect(tmp_path / STORE_FILE)
    db.execute("PRAGMA user_version=99")
    db.close()
    before = (tmp_path / STORE_FILE).read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            open_store(tmp_path, TickingClock(), read_only=read_only)
        assert caught.value.code == "store_too_new"
        assert caught.value.params == {"found": 99, "known": newest()}
    assert (tmp_path / STORE_FILE).read_bytes() == before


def test_an_older_file_is_copied_before_it_is_changed(tmp_path: Path):
    office = Office(tmp_path)
    dossier_id = office.draft()
    office.close()
    db = connect(tmp_path / STORE_FILE)
    migrate(db, tmp_path / STORE_FILE, with_one_more())
    assert version_of(db) == FIRST + 1
    assert "colour" in columns(db)
    db.close()
    copy = Database(tmp_path / f"store.v{FIRST}.db")
    assert version_of(copy) == FIRST
    assert "colour" not in columns(copy)
    assert [row["dossier_id"] for row in copy["dossiers"].rows] == [dossier_id]
    copy.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path):
    open_store(tmp_path, TickingClock()).close()
    db = connect(tmp_path / STORE_FILE)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, tmp_path / STORE_FILE, with_one_more(fails=True))
    assert not db.conn.in_transaction
    assert version_of(db) == FIRST
    assert "colour" not in columns(db)
    db.close()
    open_store(tmp_path, TickingClock()).close()


def test_a_file_of_version_1_learns_to_count_failed_sign_ins_and_keeps_its_people(tmp_path: Path):
    db = connect(tmp_path / STORE_FILE)
    migrate(db, tmp_path / STORE_FILE, first_only())
    db.execute("INSERT INTO people VALUES ('p1', 'an', 'Lê Văn An', 'officer', 1, 'x')")
    db.close()
    store = open_store(tmp_path, TickingClock())
    with store.write() as writer:
        assert [person.login for person in writer.people()] == ["an"]
        assert writer.failed_sign_ins("0" * 64) is None
        writer.put_failed_sign_ins("0" * 64, 3, "2026-11-22T08:00:00.000Z")
    with store.read() as reader:
        assert version_of(reader._db) == newest()
        assert reader.failed_sign_ins("0" * 64) == (3, "2026-11-22T08:00:00.000Z")
    store.close()
    assert (tmp_path / "store.v1.db").is_file()


def test_a_file_of_version_2_learns_the_details_of_findings_and_finds_communes_quickly(tmp_path: Path):
    office = Office(tmp_path)
    dossier_id = office.draft()
    office.close()
    db = connect(tmp_path / STORE_FILE)
    db.executescript("""
        ALTER TABLE findings DROP COLUMN details;
        DROP INDEX dossiers_by_commune;
        DELETE FROM _sqlite_migrations WHERE name IN ('m0003_details_of_findings', 'm0004_dossiers_by_commune');
        PRAGMA user_version=2;
    """)
    db.close()
    store = open_store(tmp_path, TickingClock())
    with store.write() as writer:
        old = writer.open(dossier_id).findings
        assert old
        assert all(finding.details == {} and finding.message for finding in old)
        writer.set_findings(dossier_id, [make("serial_form", "certificate.serial", serial="X 1", model="2014")])
    with store.read() as reader:
        assert version_of(reader._db) == newest()
        assert reader.open(dossier_id).findings[0].details == {"serial": "X 1", "model": "2014"}
        plan = "EXPLAIN QUERY PLAN SELECT 1 FROM dossiers WHERE commune_code = '09193' ORDER BY updated_at DESC"
        assert "dossiers_by_commune" in str(list(reader._db.query(plan)))
    store.close()
    assert (tmp_path / "store.v2.db").is_file()


def test_a_file_that_needs_a_migration_is_not_opened_for_looking_only(tmp_path: Path):
    db = connect(tmp_path / STORE_FILE)
    db.close()
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path, TickingClock(), read_only=True)
    assert caught.value.code == "store_too_old"


def test_the_file_knows_the_same_steps_as_the_domain(office: Office):
    with office.store.read() as reader:
        known = {(row["old"], row["new"]) for row in reader._db["steps"].rows}
    assert known == {(str(old), str(new)) for old, news in STEPS.items() for new in news}


@pytest.mark.parametrize("state", DossierState)
def test_the_file_knows_every_state_and_no_other(office: Office, state: DossierState):
    with office.store.read() as reader:
        schema = reader._db["dossiers"].schema
    assert f"'{state}'" in schema


def test_the_file_knows_every_state_of_a_batch(office: Office):
    with office.store.read() as reader:
        schema = reader._db["batches"].schema
    assert all(f"'{state}'" in schema for state in [*BatchState, *BATCH_STEPS])


_NEW_DOSSIER = (
    "INSERT INTO dossiers (dossier_id, state, holder_names, page_count, doubts, risk, created_at, updated_at,"
    " created_by, search, content) VALUES ('x', 'stored', '', 0, 0, 0, '', '', '', '', '{}')"
)
_NEW_VALUE = (
    'INSERT INTO values_history (dossier_id, path, source, confidence, "check", set_by, set_at)'
    " SELECT dossier_id, 'hamlet', 'guess', 1, 'ok', 'p', '' FROM dossiers"
)
FORBIDDEN = {
    "a step that is not in the table": ("UPDATE dossiers SET state = 'verified'", "step not allowed"),
    "a dossier that begins elsewhere": (_NEW_DOSSIER, "begins as a draft"),
    "a dossier deleted": ("DELETE FROM dossiers", "never deleted"),
    "content that is no JSON": ("UPDATE dossiers SET content = 'x' WHERE state = 'draft'", "json_valid"),
    "content changed after approval": ("UPDATE dossiers SET content = '{}' WHERE state = 'queued'", "frozen"),
    "a digest that is no hash": ("UPDATE dossiers SET digest = 'abc' WHERE state = 'queued'", "digest"),
    "a queued dossier without a digest": ("UPDATE dossiers SET digest = NULL WHERE state = 'queued'", "revision > 0"),
    "a risk beyond one": ("UPDATE dossiers SET risk = 1.5", "risk"),
    "a page without a file": ("UPDATE pages SET sha256 = 'ab'", "FOREIGN KEY"),
    "a page file with a false hash": ("INSERT INTO page_files VALUES ('ABC', 'image/jpeg', 1, 1, 1, NULL)", "sha256"),
    "an empty page file": ("UPDATE page_files SET size_bytes = 0", "size_bytes"),
    "a value changed": ("UPDATE values_history SET value = 'x'", "append-only"),
    "a value forgotten": ("DELETE FROM values_history", "append-only"),
    "a value of an unknown source": (_NEW_VALUE, "source"),
    "an event changed": ("UPDATE events SET who = 'x'", "append-only"),
    "an event forgotten": ("DELETE FROM events", "append-only"),
    "sent bytes changed": ("UPDATE outbox SET form = x'00'", "never changes"),
    "a sent form forgotten": ("DELETE FROM outbox", "stays known"),
    "stored without a receipt": ("UPDATE outbox SET state = 'stored'", "receipt"),
    "a batch sealed by nobody": ("UPDATE batches SET sealed_at = NULL", "sealed_at"),
    "a login twice": ("INSERT INTO people SELECT 'p9', upper(login), '', role, 1, '' FROM people LIMIT 1", "login"),
    "a role nobody knows": ("UPDATE people SET role = 'king'", "role"),
}


@pytest.mark.parametrize(("statement", "why"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_the_file_itself_refuses(office: Office, statement: str, why: str):
    office.sealed()
    office.draft(Dossier(dossier_id="", pages=(a_page(),)))
    with pytest.raises(sqlite3.IntegrityError, match=re.escape(why)), office.store.write() as writer:
        writer._db.execute(statement)
