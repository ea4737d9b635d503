"""Review: batches, the riskiest dossiers first, and the decision on each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.people import Right
from app.domain.queue import BatchHead, DossierHead, OpenDossier, ReturnReason
from app.domain.states import BatchState, DossierState
from ui.desk import Desk
from ui.tasks import Lane
from ui.viewmodels.form import DOUBTFUL, FormRow, Mark, build_form, rows_of
from ui.viewmodels.station import StationModel


class ReviewModel(StationModel):
    """What is before the supervisor.

    Signals:
        batches_changed: list of BatchHead.
        dossiers_changed: The dossiers of the chosen batch.
        opened: Another dossier is shown, or none.
        reasons_changed: The reasons collected for a return.
    """

    batches_changed = Signal(object)
    dossiers_changed = Signal()
    opened = Signal()
    reasons_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._batch_id = ""
        self._heads: list[DossierHead] = []
        self._opened: OpenDossier | None = None
        self._rows: list[FormRow] = []
        self._reasons: dict[str, str] = {}

    @property
    def may_review(self) -> bool:
        """Whether the person has the right."""
        return self._desk.person.may(Right.REVIEW)

    @property
    def batch_id(self) -> str:
        """The chosen batch."""
        return self._batch_id

    @property
    def heads(self) -> list[DossierHead]:
        """The dossiers of the chosen batch, riskiest first."""
        return list(self._heads)

    @property
    def dossier(self) -> OpenDossier | None:
        """The dossier shown."""
        return self._opened

    @property
    def rows(self) -> list[FormRow]:
        """Its values: doubtful and changed ones first, then the rest that is filled in, each in the paper's order."""
        return list(self._rows)

    @property
    def reasons(self) -> dict[str, str]:
        """Why values are to be returned, by path."""
        return dict(self._reasons)

    @property
    def left(self) -> int:
        """Dossiers of the batch without a decision."""
        return sum(head.state is DossierState.SUBMITTED for head in self._heads)

    # ------------------------------------------------------------ looking

    def refresh(self) -> None:
        """Read the batches again, and the chosen one."""
        work = functools.partial(self._desk.services.review.batches, (BatchState.OPEN, BatchState.SUBMITTED))
        self._run(work, self._take_batches, lane=Lane.WRITE)

    def choose_batch(self, batch_id: str) -> None:
        """Show the dossiers of a batch."""
        self._batch_id = batch_id
        self._read_dossiers()

    def open(self, dossier_id: str) -> None:
        """Show a dossier."""
        work = functools.partial(self._desk.services.entry.open, dossier_id)
        self._run(work, self._take_opened, lane=Lane.WRITE)

    def open_next(self) -> None:
        """The next dossier of the batch without a decision, going round."""
        here = self._opened.head.dossier_id if self._opened else ""
        ids = [head.dossier_id for head in self._heads]
        start = ids.index(here) + 1 if here in ids else 0
        for head in self._heads[start:] + self._heads[:start]:
            if head.state is DossierState.SUBMITTED and head.dossier_id != here:
                self.open(head.dossier_id)
                return
        self.said.emit(self.tr("Không còn hồ sơ nào khác chờ duyệt trong đợt này."))

    # ------------------------------------------------------------ deciding

    def approve(self) -> None:
        """Approve the dossier shown and go on to the next."""
        if self._opened is not None:
            review, person = self._desk.services.review, self._desk.person
            self._decide(functools.partial(review.approve, person, self._opened.head.dossier_id))

    def add_reason(self, path: str, why: str) -> None:
        """Note why a value is to be returned; an empty reason takes it back."""
        if why.strip():
            self._reasons[path] = why.strip()
        else:
            self._reasons.pop(path, None)
        self.reasons_changed.emit()

    def return_dossier(self) -> None:
        """Send the dossier back with the reasons collected."""
        if self._opened is not None:
            reasons = [ReturnReason(path=path, why=why) for path, why in self._reasons.items()]
            review, person = self._desk.services.review, self._desk.person
            self._decide(functools.partial(review.return_dossier, person, self._opened.head.dossier_id, reasons))

    def recall(self) -> None:
        """Take the approval of the dossier shown back."""
        if self._opened is not None:
            review, person = self._desk.services.review, self._desk.person
            self._decide(functools.partial(review.recall, person, self._opened.head.dossier_id), is_last_word=False)

    def approve_clean(self) -> None:
        """Approve every dossier of the batch without a doubt."""
        review, person = self._desk.services.review, self._desk.person
        clean = [h.dossier_id for h in self._heads if h.state is DossierState.SUBMITTED and not h.doubts]

        def approve() -> int:
            for dossier_id in clean:
                review.approve(person, dossier_id)
            return len(clean)

        self._run(approve, self._take_approved, lane=Lane.WRITE)

    def seal(self) -> None:
        """Close the batch: what is approved goes into the outbox."""
        work = functools.partial(self._desk.services.review.seal, self._desk.person, self._batch_id)
        self._run(work, self._take_sealed, lane=Lane.WRITE)

    # ------------------------------------------------------------ answers

    def _decide(self, decision: Callable[[], None], *, is_last_word: bool = True) -> None:
        self._run(decision, functools.partial(self._take_decided, is_last_word), lane=Lane.WRITE)

    def _take_decided(self, is_last_word: bool, _nothing: None) -> None:
        self._reasons.clear()
        self._desk.tasks.start(
            functools.partial(self._desk.services.review.dossiers, self._batch_id),
            on_done=functools.partial(self._take_after_decision, is_last_word),
            on_failed=self._tell,
            lane=Lane.WRITE,
        )
        self.work_changed.emit()

    def _take_after_decision(self, is_last_word: bool, heads: Sequence[DossierHead]) -> None:
        here = self._opened.head.dossier_id if self._opened else ""
        self._heads = list(heads)
        self.dossiers_changed.emit()
        if is_last_word and self.left:
            self.open_next()
        elif any(head.dossier_id == here for head in heads):
            self.open(here)
        else:
            self._show_nothing()
        if not self.left:
            self.said.emit(self.tr("Đã xem hết đợt này. Ctrl+Enter: khóa và đưa vào hàng gửi."))

    def _take_approved(self, count: int) -> None:
        self.said.emit(self.tr("Đã duyệt {n} hồ sơ không có điểm nghi ngờ.").format(n=count))
        self._read_dossiers()
        self.work_changed.emit()

    def _take_sealed(self, count: int) -> None:
        self.said.emit(self.tr("Đã khóa đợt; {n} hồ sơ vào hàng gửi.").format(n=count))
        self._batch_id, self._heads = "", []
        self._show_nothing()
        self.dossiers_changed.emit()
        self.refresh()
        self.work_changed.emit()

    def _take_batches(self, batches: Sequence[BatchHead]) -> None:
        known = [batch.batch_id for batch in batches]
        if self._batch_id not in known:
            self._batch_id = known[-1] if known else ""
        self.batches_changed.emit(list(batches))
        self._read_dossiers()

    def _read_dossiers(self) -> None:
        if self._batch_id:
            work = functools.partial(self._desk.services.review.dossiers, self._batch_id)
            self._run(work, self._take_dossiers, lane=Lane.WRITE)
        else:
            self._take_dossiers([])

    def _take_dossiers(self, heads: Sequence[DossierHead]) -> None:
        self._heads = list(heads)
        self.dossiers_changed.emit()
        shown = self._opened.head.dossier_id if self._opened else ""
        if not any(head.dossier_id == shown for head in heads):
            first = next((head for head in heads if head.state is DossierState.SUBMITTED), None)
            first = first or next(iter(heads), None)
            if first is None:
                self._show_nothing()
            else:
                self.open(first.dossier_id)
        else:
            self.open(shown)

    def _take_opened(self, opened: OpenDossier) -> None:
        if self._opened is None or self._opened.head.dossier_id != opened.head.dossier_id:
            self._reasons.clear()
        self._opened = opened
        rows = rows_of(build_form(opened, self._desk.messages))
        self._rows = sorted((row for row in rows if row.text or row.mark is not Mark.EMPTY), key=_worth)
        self.opened.emit()

    def _show_nothing(self) -> None:
        self._opened, self._rows = None, []
        self._reasons.clear()
        self.opened.emit()


def _worth(row: FormRow) -> int:
    """0 for values to look at first, 1 for typed and critical ones, 2 for the rest."""
    if row.mark in DOUBTFUL or row.is_changed or row.warnings:
        return 0
    return 1 if row.spec.critical else 2
