"""How the file is opened: durable settings, one process, one connection per thread, one writer at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.adapters.store import STORE_FILE, open_store
from app.adapters.store.connection import connect
from app.adapters.store.lock import StoreLock
from app.domain.dossier import Dossier
from app.errors import StoreError
from app.ports import ListQuery
from tests.office import AT, Office, TickingClock

HOLD_THE_STORE = """
import sys
from pathlib import Path
from app.adapters.clock import SystemClock
from app.adapters.store import open_store
store = open_store(Path(sys.argv[1]), SystemClock())
print("open", flush=True)
sys.stdin.read()
"""


def test_every_connection_syncs_each_commit_and_keeps_foreign_keys(tmp_path: Path):
    open_store(tmp_path, TickingClock()).close()
    db = connect(tmp_path / STORE_FILE)
    settings = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store")
    }
    db.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "temp_store": 2,
    }


def test_a_second_opener_in_this_process_is_refused_until_the_first_closes(tmp_path: Path):
    first = open_store(tmp_path, TickingClock())
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path, TickingClock())
    assert caught.value.code == "store_in_use"
    first.close()
    open_store(tmp_path, TickingClock()).close()


def test_a_store_held_by_another_process_can_be_read_but_not_written(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_STORE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreError) as caught:
            open_store(tmp_path, TickingClock())
        assert caught.value.code == "store_in_use"
        looking = open_store(tmp_path, TickingClock(), read_only=True)
        with looking.read() as reader:
            assert reader.heads(ListQuery()) == []
        with pytest.raises(StoreError) as refused, looking.write():
            pass
        assert refused.value.code == "store_read_only"
        looking.close()
        holder.kill()
    open_store(tmp_path, TickingClock()).close()


def test_a_failed_lock_is_given_back(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        StoreLock(tmp_path / "missing" / "store.lock")
    (tmp_path / "missing").mkdir()
    StoreLock(tmp_path / "missing" / "store.lock").release()


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "file" / "store", TickingClock())
    assert caught.value.code == "store_failed"


def test_looking_at_a_folder_without_a_store_says_so(tmp_path: Path):
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path, TickingClock(), read_only=True)
    assert caught.value.code == "store_missing"


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path):
    (tmp_path / STORE_FILE).write_bytes(b"this is not a database, however long it goes on and on" * 100)
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            open_store(tmp_path, TickingClock(), read_only=read_only)
        assert caught.value.code == "store_damaged"


@pytest.mark.parametrize("loss", ["gone", "emptied"])
def test_no_new_store_begins_over_the_pages_of_a_lost_one(tmp_path: Path, loss: str):
    open_store(tmp_path, TickingClock()).close()
    page = tmp_path / "pages" / "ab" / f"ab{62 * '0'}.jpg"
    page.parent.mkdir(parents=True)
    page.touch()
    open_store(tmp_path, TickingClock()).close()
    (tmp_path / STORE_FILE).unlink()
    if loss == "emptied":
        (tmp_path / STORE_FILE).touch()
    with pytest.raises(StoreError, match="store_damaged"):
        open_store(tmp_path, TickingClock())
    page.unlink()
    open_store(tmp_path, TickingClock()).close()


def test_threads_have_connections_of_their_own_that_go_with_them(office: Office):
    seen: list[int] = []

    def look() -> None:
        with office.store.read() as reader:
            seen.append(id(reader._db.conn))
            assert reader.counts()

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.store.read() as reader:
        assert id(reader._db.conn) not in seen
    assert len(office.store._connections._all) == 1


def test_many_threads_write_without_losing_one(office: Office):
    def add(number: int) -> None:
        for one in range(5):
            with office.store.write() as writer:
                writer.add_dossier(Dossier(dossier_id=f"{number}-{one}"), AT, "p1")

    threads = [threading.Thread(target=add, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.store.read() as reader:
        assert len(reader.heads(ListQuery())) == 20


def test_a_reader_sees_one_moment_while_another_thread_writes(office: Office):
    dossier_id = office.draft()
    with office.store.read() as reader:
        before = reader.open(dossier_id)
        writing = threading.Thread(target=office.entry.change, args=[office.officer, dossier_id, "hamlet", "Thôn Đông"])
        writing.start()
        writing.join()
        assert reader.open(dossier_id) == before
    assert office.opened(dossier_id).dossier.hamlet == "Thôn Đông"


def test_a_read_inside_a_write_sees_what_was_just_written(office: Office):
    with office.store.write() as writer:
        writer.put_setting("hamlet", "Thôn Đoài")
        with office.store.read() as reader:
            assert reader.setting("hamlet") == "Thôn Đoài"


def test_a_write_inside_a_write_is_our_bug(office: Office):
    with pytest.raises(sqlite3.ProgrammingError), office.store.write(), office.store.write():
        pass


def test_an_error_takes_the_whole_block_back(office: Office):
    events = office.whats()

    def fail_half_way() -> None:
        with office.store.write() as writer:
            writer.add_dossier(Dossier(dossier_id="d1"), AT, "p1")
            writer.put_setting("hamlet", str(1 // 0))

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with office.store.read() as reader:
        assert reader.heads(ListQuery()) == []
    assert office.whats() == events


def test_a_full_disk_is_named_and_nothing_acknowledged_is_lost(office: Office):
    dossier_id = office.draft()
    with office.store.read() as reader:
        db = reader._db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count={pages}")

    def type_until_it_is_full() -> None:
        for number in range(1000):
            office.entry.change(office.officer, dossier_id, "certificate.notes", f"ghi chú {number} " * 200)

    with pytest.raises(StoreError) as caught:
        type_until_it_is_full()
    assert caught.value.code == "disk_full"
    before = office.opened(dossier_id)
    db.execute("PRAGMA max_page_count=1000000")
    assert office.opened(dossier_id) == before
    office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông")
    with office.store.read() as reader:
        assert reader.damage() == []


def test_a_store_busy_for_too_long_says_so(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.adapters.store.store.WAIT_S", 0.01)
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with office.store.write():
            inside.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    with pytest.raises(StoreError) as caught, office.store.write():
        pass
    assert caught.value.code == "store_busy"
    done.set()
    holder.join()


def test_another_program_that_holds_the_file_makes_it_busy(office: Office):
    with office.store.read() as reader:
        reader._db.execute("PRAGMA busy_timeout=10")
    other = sqlite3.connect(office.folder / STORE_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as caught, office.store.write():
        pass
    other.close()
    assert caught.value.code == "store_busy"


def test_a_closed_store_refuses(office: Office):
    office.store.close()
    with pytest.raises(StoreError) as caught, office.store.read():
        pass
    assert caught.value.code == "store_failed"


def test_closing_does_not_wait_forever_for_a_stuck_writer(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.adapters.store.store.WAIT_S", 0.01)
    inside, done = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def hold() -> None:
        try:
            with office.store.write():
                inside.set()
                done.wait(10)
        except sqlite3.ProgrammingError as error:
            failures.append(error)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(10)
    office.store.close()
    done.set()
    holder.join()
    assert len(failures) == 1
