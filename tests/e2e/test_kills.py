"""`kill -9` at every station, inside an open page write, commit or PATCH: nothing is lost, nothing is there twice.

`DIABA_RIGS=full` (run.py test --rigs) does many rounds.
"""

from __future__ import annotations

import os
import statistics
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e.rig.clerk import OFFICER, SUPERVISOR, Clerk
from tests.e2e.rig.command import done
from tests.e2e.rig.office import COMMIT, PAGE_WRITE, KillingOffice
from tests.e2e.rig.paper import Paper, draw_papers
from tests.e2e.rig.waiting import wait_for

pytestmark = pytest.mark.e2e

ROUNDS = int(os.environ.get("DIABA_KILL_ROUNDS", "8" if os.environ.get("DIABA_RIGS") == "full" else "1"))
KILLS_PER_ROUND = 12
LEAST_INSIDE = 0.8
"""Share of the kills aimed at a durability call that must have hit it; on a busy computer a call may end too early."""


@pytest.mark.timeout(400 * ROUNDS)
def test_whatever_is_killed_nothing_is_lost_and_nothing_is_there_twice(screen, tmp_path, record_property):
    office = KillingOffice(screen, tmp_path)
    try:
        clerk = office.start()
        clerk.make_people()
        clerk.switch_to(SUPERVISOR)
        clerk.enrol(office.line.url, office.receiver.code())
        clerk.switch_to(OFFICER)
        work: dict[str, Paper] = {}
        for number in range(ROUNDS):
            (paper,) = draw_papers(office.feed, seed=700 + number, count=1, model="2024")
            dossier_id, clerk = one_round(office, clerk, paper)
            work[dossier_id] = paper
            check(office, work)
            clerk.switch_to(OFFICER)
        check_by_command(office, work)
    finally:
        office.close()
    kinds = Counter(kill.kind for kill in office.kills)
    print(f"\n{len(office.kills)} kills: {dict(kinds)}; restart {statistics.median(office.seconds):.1f} s (median)")
    record_property("kills", dict(kinds))
    assert len(office.kills) == KILLS_PER_ROUND * ROUNDS
    assert kinds["PATCH"] == 2 * ROUNDS
    assert kinds["fsync"] + kinds["fdatasync"] >= LEAST_INSIDE * (KILLS_PER_ROUND - 2) * ROUNDS


def one_round(office: KillingOffice, clerk: Clerk, paper: Paper) -> tuple[str, Clerk]:
    """One certificate through all stations, the program killed at each; its id, and who sits there at the end."""
    dossier_id, clerk = scan(office, clerk, paper)
    clerk = read_and_enter(office, clerk, dossier_id, paper)
    clerk = review(office, clerk, dossier_id)
    return dossier_id, upload(office, clerk, dossier_id)


def scan(office: KillingOffice, clerk: Clerk, paper: Paper) -> tuple[str, Clerk]:
    """Killed while a page is written, and while the row of the next one is committed."""
    books = office.books
    before = set(books.states())
    clerk.program.key("ctrl+1", "ctrl+n")
    office.kill_inside("scan, page", PAGE_WRITE, lambda: clerk.program.key("F5"))
    (dossier_id,) = set(books.states()) - before
    delivered = waiting_files(office)
    clerk = office.start(OFFICER)
    wait_for("the pages of the cut-off scan", lambda: len(books.pages(dossier_id)) >= len(delivered) >= 1)
    clerk.scan_into(dossier_id)
    office.kill_inside("scan, row", COMMIT, lambda: clerk.program.key("F5"), when=lambda: waiting_files(office))
    return dossier_id, office.start(OFFICER)


def waiting_files(office: KillingOffice) -> list[Path]:
    """Finished pages of scan jobs that are not closed."""
    return list(office.store.glob("inbox/*/*.tif"))


def read_and_enter(office: KillingOffice, clerk: Clerk, dossier_id: str, paper: Paper) -> Clerk:
    """Killed at the commit of the reading, of a typed value, and of the end of entry."""
    books = office.books
    wait_for("the pages of the cut-off scan", lambda: len(books.pages(dossier_id)) == paper.page_count)
    office.kill_inside("reading", COMMIT, lambda: None, when=lambda: not waiting_files(office))
    clerk = office.start(OFFICER)
    clerk.scan_into(dossier_id)  # the whole stack once more: what is there already is not taken twice
    clerk.program.press_until("the stack through", "F5", lambda: not paper.stack.exists())
    clerk.wait_read(dossier_id)
    clerk.open(dossier_id)
    while paper.value(books.place(dossier_id)) in (None, books.value(dossier_id, books.place(dossier_id))):
        clerk.one_field(dossier_id, paper)
    office.kill_inside("entry", COMMIT, lambda: clerk.answer(dossier_id, paper, books.place(dossier_id)))
    clerk = office.start(OFFICER)
    clerk.open(dossier_id)
    clerk.go_through(dossier_id, paper)
    office.kill_inside("finish", COMMIT, lambda: clerk.program.key("F9"))
    clerk = office.start(OFFICER)
    if books.state(dossier_id) != "entered":
        clerk.finish(dossier_id)
    clerk.close_form()
    office.kill_inside("submit", COMMIT, lambda: clerk.program.key("ctrl+Return"))
    if books.state(dossier_id) != "submitted":
        clerk = office.start(OFFICER)
        clerk.submit([dossier_id])
        clerk.program.kill()
    return office.start(SUPERVISOR)


def review(office: KillingOffice, clerk: Clerk, dossier_id: str) -> Clerk:
    """Killed at the commit of the approval and of the seal."""
    books = office.books
    clerk.program.key("ctrl+3")
    office.kill_inside("approve", COMMIT, lambda: clerk.program.key("a"))
    clerk = office.start(SUPERVISOR)
    if books.state(dossier_id) != "approved":
        clerk.approve([dossier_id])
    clerk.program.key("ctrl+3")
    office.kill_inside("seal", COMMIT, lambda: clerk.program.key("ctrl+Return"))
    clerk = office.start(SUPERVISOR)
    if books.state(dossier_id) != "queued":
        clerk.seal([dossier_id])
    return clerk


def upload(office: KillingOffice, clerk: Clerk, dossier_id: str) -> Clerk:
    """Killed at the first commit, inside a PATCH, and at the commit of the receipt; the receiver inside a PATCH."""
    clerk.program.key("ctrl+4")
    office.kill_inside("upload, begin", COMMIT, lambda: clerk.program.key("F5"))
    clerk = office.start(SUPERVISOR)
    office.kill_in_patch("upload, program", clerk)
    clerk = office.start(SUPERVISOR)
    office.kill_in_patch("upload, receiver", clerk, receiver=True)

    def go_on() -> None:
        if not office.receiver.is_running:
            office.receiver.start()
        clerk.program.key("F5")

    office.kill_inside(
        "upload, receipt", COMMIT, go_on, when=lambda: dossier_id in {row[0] for row in office.received.receipts()}
    )
    clerk = office.start(SUPERVISOR)
    clerk.send([dossier_id])
    return clerk


def check(office: KillingOffice, work: dict[str, Paper]) -> None:
    """What is in the store and at the receiver: everything once, and the same on both sides."""
    books, received = office.books, office.received
    assert books.states() == dict.fromkeys(work, "stored")
    sent = books.rows("select dossier_id, revision, form, receipt from outbox")
    assert sorted(row[0] for row in sent) == sorted(work)
    assert received.forms() == {(dossier_id, revision): bytes(form) for dossier_id, revision, form, _ in sent}
    assert sorted(received.receipts()) == sorted((row[0], row[1], row[3]) for row in sent)
    for dossier_id, paper in work.items():
        pages = books.pages(dossier_id)
        assert len(set(pages)) == len(pages) == paper.page_count
        assert received.pages(dossier_id, 1) == pages
        assert books.doubts(dossier_id) == 0
        for path, value in books.rows(
            "select path, value from values_history where dossier_id = ? and source = 'person' and value <> ''",
            dossier_id,
        ):
            assert (path, value) == (path, paper.value(path))
            assert books.value(dossier_id, path) == value
    assert books.check_pages() == len(received.blobs()) == sum(paper.page_count for paper in work.values())
    assert received.partial() == {}


def check_by_command(office: KillingOffice, work: dict[str, Paper]) -> None:
    """The program's own check of the store, and the operator's figures."""
    sound = done("--store", office.store, "--user", SUPERVISOR.login, "verify", "--json", password=SUPERVISOR.password)
    pages = sum(paper.page_count for paper in work.values())
    assert (sound.plain["faults"], sound.plain["strays"], sound.plain["pages"]) == ([], [], pages)
    counts = office.receiver.counts()
    assert (counts["records"], counts["dossiers"], counts["receipts"]) == (len(work),) * 3
    assert (counts["pages"], counts["record_pages"], counts["duplicates"], counts["devices"]) == (pages, pages, 0, 1)
