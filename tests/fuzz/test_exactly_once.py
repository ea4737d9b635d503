"""Exactly once, as a state machine: a real store file, the real adapter, the real receiver, and what befalls them.

Cuts within a page, lost and cut replies, foreign networks, server errors, crashes of the sender before and after its
books are kept, kill -9 of the receiver, results and corrections in between. A seeded bug shows that the machine sees.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.adapters import upload_link
from app.adapters.clock import SystemClock
from app.adapters.upload_http import HttpUploader
from app.domain.states import DossierState
from app.errors import InputError
from app.ports import BatchToSend, Cancelled, FormOutcome, FormOutcomeKind, ServerResults, UploadProgress, never
from app.receiver import operator
from app.receiver.ledger_sqlite import SqliteLedger
from tests.integration.upload.post_office import PostOffice
from tests.integration.upload.proxy import Crossing, Fault, FaultProxy, http_answer
from tests.integration.upload.world import ReceiverProcess, make_page

S = DossierState
NOT_THERE = FormOutcomeKind.NOT_THERE
PORTAL = http_answer(200, b"<html>sign in</html>")
SHARED = b"the application form everybody files"


class CrashError(BaseException):
    """The sender's process ends here."""


class CrashingUploader(HttpUploader):
    """The real uploader; the process may end when the server has answered, before anything of it is written down."""

    crash_after_send = False

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        outcomes = super().send(batch, progress, cancelled)
        if self.crash_after_send:
            raise CrashError
        return outcomes


class ForgetfulUploader(CrashingUploader):
    """The seeded bug: every try is a new revision, as if the client made a new key for each."""

    def __init__(self, folder: Path, clock: SystemClock) -> None:
        super().__init__(folder, clock)
        self._tries = 0

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        self._tries += 1
        forms = tuple(dataclasses.replace(form, revision=form.revision + self._tries - 1) for form in batch.forms)
        other_id = f"{batch.batch_id[:-4]}{self._tries:04x}" if self._tries > 1 else batch.batch_id
        outcomes = super().send(dataclasses.replace(batch, batch_id=other_id, forms=forms), progress, cancelled)
        return [
            dataclasses.replace(outcome, revision=form.revision)
            for outcome in outcomes
            for form in batch.forms
            if form.dossier_id == outcome.dossier_id
        ]

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        return [FormOutcome(dossier_id=f.dossier_id, revision=f.revision, kind=NOT_THERE) for f in batch.forms]

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        return ServerResults(cursor=cursor, items=())


def is_patch(crossing: Crossing) -> bool:
    return crossing.method == "PATCH" and crossing.headers.get("content-length") != "0"


def is_forms(crossing: Crossing) -> bool:
    return crossing.path.endswith("/records")


def is_manifest(crossing: Crossing) -> bool:
    return crossing.method == "POST" and "/v1/batches/" in crossing.path and not is_forms(crossing)


FAULTS = st.one_of(
    st.none(),
    st.tuples(st.just(is_patch), st.builds(Fault, cut_after=st.integers(0, 90_000))),
    st.tuples(
        st.sampled_from([is_manifest, is_patch, is_forms]),
        st.sampled_from([Fault(lose_reply=True), Fault(answer=PORTAL), Fault(answer=http_answer(500))]),
    ),
    st.tuples(st.just(is_forms), st.builds(Fault, truncate_reply=st.integers(0, 900))),
)


class Exchange(RuleBasedStateMachine):
    """One office, one line, one receiver."""

    receiver: ReceiverProcess
    uploader_class: type[CrashingUploader] = CrashingUploader

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="exactly-once-"))
        self.proxy = FaultProxy(lambda: self.receiver.port)
        self.uploader = self.uploader_class(self.folder / "store" / "device", SystemClock())
        self.office = PostOffice(self.folder / "store", self.uploader)
        self.office.upload.enrol(
            self.office.supervisor, self.proxy.url, operator.new_enrolment_code(self.receiver.data)
        )

    @rule(sizes=st.lists(st.integers(1, 80_000), max_size=2), shared=st.booleans(), dossiers=st.integers(1, 2))
    def seal(self, sizes: list[int], shared: bool, dossiers: int) -> None:
        ids = []
        for _ in range(dossiers):
            pages = [make_page(self.office.files.folder, size) for size in sizes]
            if shared:
                pages.append(make_page(self.office.files.folder, 5000, SHARED))
            ids.append(self.office.entered_with(pages))
        self.office.seal(ids)

    @rule(fault=FAULTS, times=st.integers(1, 12), crash=st.booleans())
    def upload(self, fault: tuple[Callable[[Crossing], bool], Fault] | None, times: int, crash: bool) -> None:
        left = [times]

        def befall(crossing: Crossing) -> Fault | None:
            if fault is None or not fault[0](crossing) or left[0] <= 0:
                return None
            left[0] -= 1
            return fault[1]

        self.proxy.rule = befall
        self.uploader.crash_after_send = crash
        try:
            self.office.upload.upload(self.office.officer)
        except CrashError:
            self.office.close()
            self.office = self.office.after_crash()
            self.office.upload.recover()
        finally:
            self.uploader.crash_after_send = False
            self.proxy.rule = lambda _crossing: None

    @rule()
    def kill_the_receiver(self) -> None:
        self.receiver.restart()

    @precondition(lambda self: hasattr(self, "office"))
    @rule(result=st.sampled_from(operator.RESULTS), pick=st.integers(0, 5))
    def post_a_result(self, result: str, pick: int) -> None:
        rows = self.office.upload.queue()
        if rows:
            with suppress(InputError):  # it has not arrived yet
                operator.post_result(self.receiver.data, rows[pick % len(rows)].dossier_id, result)

    @rule()
    def fetch_results(self) -> None:
        self.office.upload.fetch_results()

    @rule(pick=st.integers(0, 5))
    def correct(self, pick: int) -> None:
        back = [
            row.dossier_id
            for row in self.office.upload.queue()
            if self.office.head(row.dossier_id).state in (S.WRONG_INFO, S.POLICE, S.CONFLICT)
        ]
        if back:
            self.office.corrected(back[pick % len(back)], "hamlet", f"Thôn {pick}")

    @invariant()
    def exactly_once(self) -> None:
        if not hasattr(self, "office"):
            return
        approved = {(row.dossier_id, row.revision): row for row in self.office.upload.queue()}
        for identity, digest in self.at_the_receiver().items():
            assert identity in approved, "a record nobody approved"
            assert digest == approved[identity].digest, "another content than approved"
        stored = {identity for identity, row in approved.items() if row.state is S.STORED}
        assert stored <= set(self.at_the_receiver()), "a receipt for something that is not there"

    def at_the_receiver(self) -> dict[tuple[str, int], str]:
        ours = {row.dossier_id for row in self.office.upload.queue()}
        with SqliteLedger(self.receiver.data).read() as db:
            rows = db.execute("SELECT dossier_id, revision, form_sha256 FROM records").fetchall()
        found = [
            ((row["dossier_id"], row["revision"]), row["form_sha256"]) for row in rows if row["dossier_id"] in ours
        ]
        assert len(found) == len(dict(found)), "a record twice"
        return dict(found)

    def teardown(self) -> None:
        if not hasattr(self, "office"):
            return
        try:
            self.office.upload.upload(self.office.officer)
            self.office.upload.upload(self.office.officer)
            self.exactly_once()
            assert not [row for row in self.office.upload.queue() if row.state in (S.QUEUED, S.SENDING, S.UNKNOWN)]
            assert set(self.at_the_receiver()) == {(r.dossier_id, r.revision) for r in self.office.upload.queue()}
            assert self.receiver.damage() == []
        finally:
            self.put_away()

    def put_away(self) -> None:
        """End threads and files of this example."""
        self.office.close()
        self.proxy.close()
        shutil.rmtree(self.folder)


@pytest.fixture
def receiver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReceiverProcess]:
    monkeypatch.setattr(upload_link, "FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(upload_link, "LONGEST_PAUSE_S", 0.05)
    process = ReceiverProcess(tmp_path / "receiver")
    process.start()
    yield process
    process.kill()


def play(machine: type[Exchange], receiver: ReceiverProcess, examples: int, steps: int, shrink: bool = True) -> None:
    phases = [Phase.explicit, Phase.generate] + ([Phase.shrink] if shrink else [])
    machine.receiver = receiver
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        ),
    )


def test_every_approved_revision_is_stored_once(receiver: ReceiverProcess) -> None:
    play(Exchange, receiver, examples=int(os.environ.get("DIABA_EXAMPLES", "6")), steps=12)


@pytest.mark.rig
@pytest.mark.timeout(3600)
def test_every_approved_revision_is_stored_once_in_many_more_ways(receiver: ReceiverProcess) -> None:
    play(Exchange, receiver, examples=60, steps=25)


class ForgetfulExchange(Exchange):
    """The machine over the seeded bug."""

    uploader_class = ForgetfulUploader


def test_the_invariant_sees_a_client_that_makes_a_new_key_for_every_try(receiver: ReceiverProcess) -> None:
    machine = ForgetfulExchange()
    machine.receiver = receiver
    machine.begin()
    try:
        machine.seal(sizes=[100], shared=False, dossiers=1)
        machine.upload(fault=None, times=1, crash=True)
        machine.upload(fault=None, times=1, crash=False)
        with pytest.raises(AssertionError, match="a record nobody approved"):
            machine.exactly_once()
    finally:
        machine.put_away()


@pytest.mark.rig
@pytest.mark.timeout(3600)
def test_the_machine_finds_a_client_that_makes_a_new_key_for_every_try(receiver: ReceiverProcess) -> None:
    with pytest.raises(AssertionError, match="a record nobody approved"):
        play(ForgetfulExchange, receiver, examples=60, steps=12, shrink=False)
