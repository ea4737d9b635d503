"""The life of dossiers as a state machine over the real services and a real store file.

Whatever officers, supervisors, the upload and crashes do in whatever order: states only move along the table, nobody
approves their own work, the history never loses a value, undo brings back exactly what was, content that was approved
never changes, and the chain of events holds.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from hypothesis import event as note
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.domain import codec
from app.domain import paths as addresses
from app.domain.history_chain import first_bad
from app.domain.people import Person
from app.domain.queue import OpenDossier, ReturnReason
from app.domain.states import EDITABLE, STEPS, DossierState
from app.errors import DiabaError
from app.ports import ListQuery
from tests.office import AT, Office, a_complete_dossier, a_field

T = TypeVar("T")
STAGES = (0, 1, 2, 5, 7)
"""Steps of an ordinary day: to a draft, entered, submitted, stored, returned."""

MOST_DOSSIERS = 8
S = DossierState
APPROVED = set(S) - EDITABLE - {S.SUBMITTED, S.DISCARDED}
SENT_AND_BACK = (S.SENDING, S.UNKNOWN, S.STORED, S.REFUSED, S.CONFLICT, S.QUEUED, S.VERIFIED, S.WRONG_INFO, S.POLICE)
VALUES = {
    "certificate.serial": ("CQ 718336", "AA 04417325", "", "không phải số"),
    "holders[0].name": ("NGUYỄN VĂN A", "TRẦN THỊ B", ""),
    "holders[1].name": ("LÊ C", ""),
    "holders[2].born": ("1958", "02/09/1958", "ngày nào đó"),
    "parcels[0].area_m2": ("72,5", "1.204,0", "nhiều"),
    "parcels[0].uses[0].purpose": ("Đất ở", ""),
    "hamlet": ("Thôn Đông", ""),
}
LISTS = ("holders", "parcels[0].uses", "assets")
ITEMS = ("holders[0]", "holders[1]", "parcels[0].uses[0]")

people = st.sampled_from(["officer", "supervisor"])
paths = st.sampled_from(sorted(VALUES))


def content(opened: OpenDossier) -> tuple[object, ...]:
    """What undo must bring back."""
    return opened.dossier, opened.fields


def outcome(act: Callable[[], T]) -> T | DiabaError:
    """What comes of it, or why it was refused."""
    try:
        return act()
    except DiabaError as error:
        return error


def read_dossier(office: Office) -> str:
    """A draft that passes the rules, with evidence for two of its values."""
    read = [a_field("certificate.serial", "CQ 718336"), a_field("holders[1].name", "ĐẶNG ĐỨC ĐÔNG")]
    return office.draft(addresses.put(a_complete_dossier(""), "parcels[0].area_m2", Decimal("72.5")), *read)


def go_on(office: Office, dossier_id: str, person: Person) -> None:
    """The next step of an ordinary day, around to the correction of what the server found wrong."""
    head = office.head(dossier_id)
    sent = {S.QUEUED: S.SENDING, S.SENDING: S.STORED, S.STORED: S.WRONG_INFO}
    if head.state in {S.DRAFT, S.RETURNED}:
        office.entry.finish(person, dossier_id, with_doubts=True)
    elif head.state is S.ENTERED:
        office.review.submit(person, [dossier_id])
    elif head.state in {S.SUBMITTED, S.APPROVED}:
        office.review.approve_all(office.supervisor, str(head.batch_id))
        office.review.seal(office.supervisor, str(head.batch_id))
    elif head.state in sent:
        with office.store.write() as writer:
            writer.step(dossier_id, sent[head.state], who="upload", at=AT)
    else:
        office.entry.start_correction(office.officer, dossier_id)


class LifeOfDossiers(RuleBasedStateMachine):
    """Calls services in any order; every refusal must be one of ours and change nothing."""

    dossiers = Bundle("dossiers")

    template: Path

    @initialize(target=dossiers)
    def open_office(self) -> MultipleResults[str]:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)
        self.office = Office(self.folder)
        heads = self.office.entry.heads(ListQuery())
        self.states = {head.dossier_id: head.state for head in heads}
        self.histories = {head.dossier_id: self.office.entry.history(head.dossier_id) for head in heads}
        self.undos: dict[str, list[tuple[object, ...]]] = {head.dossier_id: [] for head in heads}
        self.batches = [batch.batch_id for batch in self.office.review.batches()]
        self.digests: dict[tuple[str, int], str] = {}
        self.touched: set[str] = set()
        self.events = len(self.office.whats())
        return multiple(*self.states)

    def teardown(self) -> None:
        self.office.close()
        shutil.rmtree(self.folder)

    def who(self, name: str) -> Person:
        return self.office.officer if name == "officer" else self.office.supervisor

    # ------------------------------------------------------------ entry

    @precondition(lambda self: len(self.states) < MOST_DOSSIERS)
    @rule(target=dossiers)
    def scan(self) -> str:
        dossier_id = read_dossier(self.office)
        self.states[dossier_id] = S.DRAFT
        self.undos[dossier_id] = []
        self.histories[dossier_id] = []
        return dossier_id

    @rule(dossier_id=dossiers, name=people, path=paths, data=st.data())
    def change(self, dossier_id: str, name: str, path: str, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from(VALUES[path]))
        self.edit(dossier_id, lambda: self.office.entry.change(self.who(name), dossier_id, path, text))

    @rule(dossier_id=dossiers, name=people, path=paths)
    def accept(self, dossier_id: str, name: str, path: str) -> None:
        self.edit(dossier_id, lambda: self.office.entry.accept(self.who(name), dossier_id, path))

    @rule(dossier_id=dossiers, path=paths, reason=st.sampled_from(["lost", "unreadable"]))
    def leave_blank(self, dossier_id: str, path: str, reason: str) -> None:
        self.edit(dossier_id, lambda: self.office.entry.leave_blank(self.office.officer, dossier_id, path, reason))

    @rule(dossier_id=dossiers, list_path=st.sampled_from(LISTS))
    def add_item(self, dossier_id: str, list_path: str) -> None:
        self.edit(dossier_id, lambda: self.office.entry.add_item(self.office.officer, dossier_id, list_path))

    @rule(dossier_id=dossiers, item_path=st.sampled_from(ITEMS))
    def remove_item(self, dossier_id: str, item_path: str) -> None:
        self.edit(dossier_id, lambda: self.office.entry.remove_item(self.office.officer, dossier_id, item_path))

    @rule(dossier_id=dossiers, name=people)
    def undo(self, dossier_id: str, name: str) -> None:
        self.touched.add(dossier_id)
        before = self.office.opened(dossier_id)
        opened = outcome(lambda: self.office.entry.undo(self.who(name), dossier_id))
        if isinstance(opened, OpenDossier):
            assert content(opened) == self.undos[dossier_id].pop()
        elif before.head.state in EDITABLE:
            assert (opened.code, self.undos[dossier_id]) == ("nothing_to_undo", [])
        else:
            assert opened.code == "not_editable"

    def edit(self, dossier_id: str, act: Callable[[], OpenDossier]) -> None:
        """A change that is refused and changes nothing, or is stored and can be taken back."""
        self.touched.add(dossier_id)
        before = self.office.opened(dossier_id)
        depth = self.undo_depth(dossier_id)
        opened = outcome(act)
        if not isinstance(opened, OpenDossier):
            assert opened.code in {"not_editable", "bad_path", "bad_serial", "bad_date", "bad_area"}
            assert self.office.opened(dossier_id) == before
        elif self.undo_depth(dossier_id) > depth:
            self.undos[dossier_id].append(content(before))
            assert before.head.state in EDITABLE
            assert opened.head.state is (S.DRAFT if before.head.state is S.ENTERED else before.head.state)
        else:
            assert content(opened) == content(before)

    def undo_depth(self, dossier_id: str) -> int:
        with self.office.store.read() as reader:
            return reader.undo_depth(dossier_id)

    # ------------------------------------------------------------ steps

    @rule(dossier_id=dossiers, name=people, steps=st.integers(1, 4))
    def go_on(self, dossier_id: str, name: str, steps: int) -> None:
        for _ in range(steps):
            self.attempt([dossier_id], lambda: go_on(self.office, dossier_id, self.who(name)))

    @rule(dossier_id=dossiers, name=people, with_doubts=st.booleans())
    def finish(self, dossier_id: str, name: str, with_doubts: bool) -> None:
        finish = functools.partial(self.office.entry.finish, self.who(name), dossier_id, with_doubts=with_doubts)
        self.attempt([dossier_id], finish)

    @rule(dossier_id=dossiers)
    def reopen(self, dossier_id: str) -> None:
        self.attempt([dossier_id], lambda: self.office.entry.reopen(self.office.officer, dossier_id))

    @rule(dossier_id=dossiers)
    def discard(self, dossier_id: str) -> None:
        self.attempt([dossier_id], lambda: self.office.entry.discard(self.office.officer, dossier_id, "quét nhầm"))

    @rule(dossier_id=dossiers)
    def start_correction(self, dossier_id: str) -> None:
        self.attempt([dossier_id], lambda: self.office.entry.start_correction(self.office.officer, dossier_id))

    @rule(dossier_ids=st.lists(dossiers, min_size=1, max_size=3), name=people)
    def submit(self, dossier_ids: list[str], name: str) -> None:
        before = dict(self.states)
        batch_id = self.attempt(dossier_ids, lambda: self.office.review.submit(self.who(name), dossier_ids))
        if isinstance(batch_id, str):
            self.batches.append(batch_id)
            assert all(before[dossier_id] is S.ENTERED for dossier_id in dossier_ids)
            for dossier_id in dossier_ids:
                self.undos[dossier_id] = []

    @rule(dossier_id=dossiers)
    def withdraw(self, dossier_id: str) -> None:
        self.attempt([dossier_id], lambda: self.office.review.withdraw(self.office.officer, dossier_id))

    @rule(dossier_id=dossiers, name=people)
    def approve(self, dossier_id: str, name: str) -> None:
        self.touched.add(dossier_id)
        head = self.office.head(dossier_id)
        own = head.submitted_by == self.office.supervisor.person_id
        refused = outcome(lambda: self.office.review.approve(self.who(name), dossier_id))
        if name == "officer":
            assert refused is not None
            assert refused.code == "right_missing"
        elif own or head.state is not S.SUBMITTED:
            assert refused is not None
            assert refused.code == ("own_work" if own else "step_not_allowed")
        else:
            assert refused is None

    @rule(dossier_id=dossiers, path=paths)
    def return_dossier(self, dossier_id: str, path: str) -> None:
        reasons = [ReturnReason(path=path, why="đọc lại")]
        self.attempt(
            [dossier_id], lambda: self.office.review.return_dossier(self.office.supervisor, dossier_id, reasons)
        )

    @rule(dossier_id=dossiers)
    def recall(self, dossier_id: str) -> None:
        self.attempt([dossier_id], lambda: self.office.review.recall(self.office.supervisor, dossier_id))

    @precondition(lambda self: self.batches)
    @rule(data=st.data(), approve_first=st.booleans())
    def seal(self, data: st.DataObject, approve_first: bool) -> None:
        batch_id = data.draw(st.sampled_from(self.batches))
        dossier_ids = [head.dossier_id for head in self.office.review.dossiers(batch_id)]
        if approve_first:
            self.attempt(dossier_ids, lambda: self.office.review.approve_all(self.office.supervisor, batch_id))
        self.attempt(dossier_ids, lambda: self.office.review.seal(self.office.supervisor, batch_id))

    @rule(dossier_id=dossiers, new=st.sampled_from(SENT_AND_BACK))
    def upload(self, dossier_id: str, new: DossierState) -> None:
        """What the upload and the server's results do."""
        if self.states[dossier_id] in {S.DRAFT, S.ENTERED, S.RETURNED, S.SUBMITTED, S.APPROVED}:
            return

        def step() -> None:
            with self.office.store.write() as writer:
                writer.step(dossier_id, new, who="upload", at=AT)

        self.attempt([dossier_id], step)

    @rule()
    def restart(self) -> None:
        self.office.close()
        self.office = Office(self.folder)

    def attempt(self, dossier_ids: list[str], act: Callable[[], object]) -> object:
        """A step that happens, or is refused by one of our errors and changes nothing."""
        self.touched |= set(dossier_ids)
        before = [self.office.opened(dossier_id) for dossier_id in dossier_ids]
        result = outcome(act)
        if isinstance(result, DiabaError):
            known = {"step_not_allowed", "own_work", "batch_not_reviewed", "not_editable", "several_communes"}
            assert result.code in known
            assert [self.office.opened(dossier_id) for dossier_id in dossier_ids] == before
        return result

    # ------------------------------------------------------------ what always holds

    @invariant()
    def states_move_along_the_table(self) -> None:
        with self.office.store.read() as reader:
            events = reader.events(after=self.events)
            heads = reader.heads(ListQuery(limit=1000))
        for event in events:
            note(event.what)
            new = event.what.removeprefix("dossier_")
            if event.dossier_id is not None and new in set(S):
                assert new in STEPS[self.states[event.dossier_id]]
                self.states[event.dossier_id] = S(new)
            self.events = event.seq
        assert {head.dossier_id: head.state for head in heads} == self.states
        for head in heads:
            assert head.state not in APPROVED or head.approved_by != head.submitted_by

    @invariant()
    def the_history_of_values_only_grows_and_agrees_with_the_content(self) -> None:
        for dossier_id in self.touched:
            known, now = self.histories[dossier_id], self.office.entry.history(dossier_id)
            assert now[: len(known)] == known
            self.histories[dossier_id] = now
            opened = self.office.opened(dossier_id)
            values = dict(leaves_of(opened))
            for field in opened.fields:
                assert values.get(field.path) == field.value
            if opened.head.state in APPROVED:
                form = codec.to_json(opened.dossier).encode()
                assert hashlib.sha256(form).hexdigest() == opened.head.digest
        self.touched.clear()

    @invariant()
    def what_was_sealed_never_changes(self) -> None:
        with self.office.store.read() as reader:
            rows = reader.outbox()
        for row in rows:
            assert hashlib.sha256(row.form).hexdigest() == row.digest
            assert self.digests.setdefault((row.dossier_id, row.revision), row.digest) == row.digest
        assert len({(row.dossier_id, row.revision) for row in rows}) == len(rows)

    @invariant()
    def the_chain_of_events_holds(self) -> None:
        with self.office.store.read() as reader:
            assert first_bad(reader.events(limit=100_000), *reader.chain_end()) is None


def leaves_of(opened: OpenDossier) -> list[tuple[str, object]]:
    """All values of a dossier as the history writes them."""
    found = addresses.leaves(dataclasses.replace(opened.dossier, pages=(), blanks=()))
    return [(path, codec.to_plain(value)) for path, value in found]


def test_the_life_of_dossiers(tmp_path: Path):
    office = Office(tmp_path / "template")
    for steps in STAGES:
        dossier_id = read_dossier(office)
        for _ in range(steps):
            go_on(office, dossier_id, office.officer)
    office.draft()
    office.close()
    LifeOfDossiers.template = office.folder
    run_state_machine_as_test(LifeOfDossiers, settings=settings(max_examples=25, stateful_step_count=50, deadline=None))
