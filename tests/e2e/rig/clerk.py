"""The person at the keys: knows the papers, sees the cursor, types what the paper says."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.e2e.rig.books import StoreBooks
from tests.e2e.rig.paper import Paper
from tests.e2e.rig.program import Program
from tests.e2e.rig.waiting import wait_for

OPEN_MARK = "·"
"""Stands in the title between the open dossier and the person."""

NO_SERIAL = "Hồ sơ chưa có số phát hành"
NOT_PRINTED = "7"
"""The seventh reason in the list of reasons for a blank."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody of the office."""

    name: str
    login: str
    password: str


OFFICER = Account(name="Đỗ Thị Mẫu", login="canbo", password="Giấy tờ số 999901")
SUPERVISOR = Account(name="Lương Văn Thử", login="truongphong", password="Đọc kỹ rồi hãy ký")


class Clerk:
    """Works at the stations by keys; waits for what the books say, never for a time."""

    def __init__(self, program: Program, books: StoreBooks) -> None:
        self.program = program
        self.books = books
        self.who: Account | None = None

    # ------------------------------------------------------------ people

    def make_people(self) -> None:
        """Fill in the page of a new store: the supervisor, then the officer, who is signed in then."""
        self.program.wait_title("Kho dữ liệu mới")
        lines = [text for who in (SUPERVISOR, OFFICER) for text in (who.name, who.login, who.password, who.password)]
        for text in lines:
            self.program.type(text)
            self.program.key("Return")
        self.program.wait_title(OFFICER.name)
        self.who = OFFICER

    def sign_in(self, who: Account) -> None:
        """Sign in on the sign-in page."""
        self.program.wait_title("Đăng nhập")
        self.program.type(who.login)
        self.program.key("Return")
        self.program.type(who.password)
        self.program.key("Return")
        wait_for(f"{who.name} at work", lambda: who.name in self.program.title)
        self.who = who
        if self.remembered():
            wait_for("the dossier that was open", lambda: OPEN_MARK in self.program.title)

    def switch_to(self, who: Account) -> None:
        """Let another person sit down."""
        self.program.key("ctrl+l")
        self.sign_in(who)

    # ------------------------------------------------------------ capture and entry

    def scan(self) -> str:
        """Put a stack through the scanner into a new dossier; its id, when the scanning has begun."""
        before = set(self.books.states())
        self.program.key("ctrl+n")
        (made,) = self.program.press_until("a new dossier", "F5", lambda: set(self.books.states()) - before)
        return str(made)

    def wait_scanned(self, dossier_id: str, paper: Paper) -> None:
        """Wait for the last page."""
        wait_for("the pages", lambda: len(self.books.pages(dossier_id)) == paper.page_count, limit_s=120)

    def wait_read(self, dossier_id: str) -> None:
        """Wait until the pages are read."""
        wait_for("the reading", lambda: not self.books.unread(dossier_id), limit_s=150)

    def open(self, dossier_id: str) -> None:
        """From wherever the person is to the form of a dossier, by the list unless it is open already."""
        if OPEN_MARK not in self.program.title or self.remembered() != dossier_id:
            serial = self.books.value(dossier_id, "certificate.serial") or ""
            self.program.do_until(
                "the form",
                lambda: self._open_from_list(serial),
                lambda: self.program.title.startswith(f"{serial or NO_SERIAL} {OPEN_MARK}"),
            )
        self.program.key("ctrl+2")
        wait_for("the cursor", lambda: self.books.place(dossier_id))

    def _open_from_list(self, serial: str) -> None:
        self.program.key("ctrl+2")
        self.close_form()
        self.program.key("ctrl+f", "ctrl+a", "BackSpace")
        self.program.type(serial)
        self.program.key("Return", "Return")

    def close_form(self) -> None:
        """Back to the list, when a dossier is open."""
        if OPEN_MARK in self.program.title:
            self.program.press_until("the list", "Escape", lambda: OPEN_MARK not in self.program.title)

    def remembered(self) -> str:
        """The dossier that the window opens when this person signs in."""
        try:
            memory = json.loads((self.books.folder / "window.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return ""
        return str(memory.get(f"open_dossier.{self.who.login}", "")) if self.who else ""

    def scan_into(self, dossier_id: str) -> None:
        """To the scanner, with more pages for this dossier."""
        self.open(dossier_id)
        self.program.key("ctrl+shift+n")

    def go_through(self, dossier_id: str, paper: Paper) -> int:
        """From doubtful field to doubtful field until none is left; returns how many values were typed."""
        typed = 0
        while self.books.doubts(dossier_id):
            typed += self.one_field(dossier_id, paper)
        return typed

    def one_field(self, dossier_id: str, paper: Paper) -> int:
        """The field with the cursor: Enter when it is right, else the paper's value and Enter; 1 when typed."""
        here = self.books.place(dossier_id)
        typed = self.answer(dossier_id, paper, here)
        wait_for(
            f"the cursor to leave {here}",
            lambda: self.books.place(dossier_id) != here or not self.books.doubts(dossier_id),
        )
        return typed

    def answer(self, dossier_id: str, paper: Paper, here: str) -> int:
        """Press what the field with the cursor needs; 1 when a value was typed."""
        printed, present = paper.value(here), self.books.value(dossier_id, here)
        if printed is None and present is None and paper.is_required(here):
            self.program.key("F8", NOT_PRINTED)
        elif printed is not None and printed != present:
            self.program.key("ctrl+a")
            self.program.type(paper.text(here))
            self.program.key("Return")
            return 1
        else:
            self.program.key("Return")
        return 0

    def finish(self, dossier_id: str) -> None:
        """Say that the dossier is entered."""
        self.program.press_until("entered", "F9", lambda: self.books.state(dossier_id) == "entered")

    # ------------------------------------------------------------ the later stations

    def submit(self, dossier_ids: list[str]) -> None:
        """Back to the list, and everything entered to the supervisor."""
        self.program.key("ctrl+2")
        self.close_form()
        self.program.press_until("submitted", "ctrl+Return", lambda: self.are(dossier_ids, "submitted"))

    def approve(self, dossier_ids: list[str]) -> None:
        """Approve one dossier after the other."""
        self.program.key("ctrl+3")
        self.program.press_until("approved", "a", lambda: self.are(dossier_ids, "approved"))

    def seal(self, dossier_ids: list[str]) -> None:
        """Close the batch."""
        self.program.key("ctrl+3")
        self.program.press_until("queued", "ctrl+Return", lambda: self.are(dossier_ids, "queued"))

    def enrol(self, url: str, code: str) -> None:
        """Make the device known: on a new device the cursor comes into the line for the address."""

        def fill_in() -> None:
            self.program.key("ctrl+4", "ctrl+a")
            self.program.type(url)
            self.program.key("Return", "ctrl+a")
            self.program.type(code)
            self.program.key("Return")

        self.program.do_until(
            "enrolled", fill_in, lambda: self.books.rows("select 1 from events where what = 'device_enrolled'")
        )

    def send(self, dossier_ids: list[str]) -> None:
        """Upload until every dossier has its receipt."""
        self.program.key("ctrl+4")
        self.program.press_until("stored", "F5", lambda: self.are(dossier_ids, "stored"), limit_s=120)

    def fetch(self, dossier_id: str, state: str) -> None:
        """Ask the server for results."""
        self.program.key("ctrl+4")
        self.program.press_until(state, "F6", lambda: self.books.state(dossier_id) == state)

    def open_result(self, dossier_id: str) -> None:
        """Open the first line of the upload list, which is the one a person must look at, to correct it."""

        def open_first() -> None:
            self.program.key("ctrl+4", "ctrl+Home", "Return")

        self.program.do_until("the correction", open_first, lambda: self.books.state(dossier_id) == "returned")

    def are(self, dossier_ids: list[str], state: str) -> bool:
        """Whether all these dossiers are in a state."""
        states = self.books.states()
        return all(states[dossier_id] == state for dossier_id in dossier_ids)
