"""The main job from outside: a person at the keys of the started program, a receiver in another process."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.e2e.rig.books import ReceiverBooks, StoreBooks
from tests.e2e.rig.clerk import SUPERVISOR, Clerk
from tests.e2e.rig.command import done
from tests.e2e.rig.paper import Paper, draw_papers
from tests.e2e.rig.program import Program
from tests.e2e.rig.waiting import wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

WRONG = "holders[0].name"
MESSAGE = "Họ tên không khớp cơ sở dữ liệu dân cư"


def test_a_certificate_goes_from_the_scanner_to_a_verified_receipt_and_back_with_a_result(screen, receiver, tmp_path):
    feed, store = tmp_path / "feed", tmp_path / "store"
    feed.mkdir()
    papers = [
        *draw_papers(feed, seed=611, count=1, model="2014"),
        *draw_papers(feed, seed=612, count=1, model="2024"),
    ]
    books, received = StoreBooks(store), ReceiverBooks(receiver.data)
    program = Program(screen, store, feed)
    try:
        clerk = Clerk(program, books)
        clerk.make_people()
        work = dict(zip(capture(clerk, papers), papers, strict=True))
        for dossier_id, paper in work.items():
            clerk.open(dossier_id)
            clerk.go_through(dossier_id, paper)
            clerk.finish(dossier_id)
        clerk.submit(list(work))
        clerk.switch_to(SUPERVISOR)
        clerk.approve(list(work))
        clerk.seal(list(work))
        clerk.enrol(receiver.url, receiver.code())
        clerk.send(list(work))
        check_entry(books, work)
        check_receipt(books, received, work)
        first = next(iter(work))
        receiver.post(first, "wrong_info", WRONG, MESSAGE)
        clerk.fetch(first, "wrong_info")
        check_result(clerk, first)
    finally:
        program.close()
    sound = done("--store", store, "--user", SUPERVISOR.login, "verify", "--json", password=SUPERVISOR.password).plain
    assert (sound["pages"], sound["forms"], sound["faults"]) == (6, 1, [])
    assert "Traceback" not in program.output()


def capture(clerk: Clerk, papers: list[Paper]) -> list[str]:
    """Put every stack through the scanner and wait until all are read."""
    made = []
    for paper in papers:
        made.append(clerk.scan())
        clerk.wait_scanned(made[-1], paper)
    for dossier_id in made:
        clerk.wait_read(dossier_id)
    return made


def check_entry(books: StoreBooks, work: dict[str, Paper]) -> None:
    """Every doubtful value was looked at, and what the person typed is what the paper says."""
    assert books.check_pages() == sum(paper.page_count for paper in work.values())
    for dossier_id, paper in work.items():
        assert books.doubts(dossier_id) == 0
        typed = books.rows(
            "select path, value from values_history where dossier_id = ? and source = 'person'", dossier_id
        )
        assert ("commune_code", paper.known["commune_code"]) in typed
        assert {path: value for path, value in typed if value} == {
            path: paper.value(path) for path, value in typed if value
        }


def check_receipt(books: StoreBooks, received: ReceiverBooks, work: dict[str, Paper]) -> None:
    """The receiver has exactly the approved forms and pages, and its receipts are the ones in the store."""
    sent = books.rows("select dossier_id, revision, form, digest, receipt, state from outbox")
    assert {dossier_id for dossier_id, *_ in sent} == set(work)
    assert received.forms() == {(dossier_id, revision): bytes(form) for dossier_id, revision, form, *_ in sent}
    assert sorted(received.receipts()) == sorted(
        (dossier_id, revision, receipt) for dossier_id, revision, _, _, receipt, _ in sent
    )
    for dossier_id, revision, form, digest, receipt, state in sent:
        assert (revision, state) == (1, "stored")
        assert receipt.count(".") == 2
        assert hashlib.sha256(form).hexdigest() == digest
        assert json.loads(form)["certificate"]["serial"] == work[dossier_id].value("certificate.serial")
        assert received.pages(dossier_id, revision) == books.pages(dossier_id)
    assert received.blobs() == {page for dossier_id in work for page in books.pages(dossier_id)}


def check_result(clerk: Clerk, dossier_id: str) -> None:
    """The result is on the screen's list: Enter opens the dossier at the field in question, with the reason."""
    books = clerk.books
    assert [state for other, state in books.states().items() if other != dossier_id] == ["stored"]
    clerk.open_result(dossier_id)
    clerk.program.wait_title(f"{books.value(dossier_id, 'certificate.serial')} · {SUPERVISOR.name}")
    wait_for(f"the cursor in {WRONG}", lambda: books.place(dossier_id) == WRONG)
    (reason,) = json.loads(books.one("select returned_for from dossiers where dossier_id = ?", dossier_id))
    assert (reason["path"], reason["why"]) == (WRONG, MESSAGE)
