"""Entry of one dossier: what is open, what is saved, where the person goes next."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.domain import paths
from app.domain.doubts import doubtful_paths, paper_order
from app.domain.fields import spec_of
from app.domain.queue import DossierHead, OpenDossier
from app.domain.reading import Finding
from app.domain.states import EDITABLE, DossierState
from app.domain.text import tidy
from app.domain.typed import parse_typed
from app.errors import DiabaError, InputError
from app.messages import ErrorText
from app.ports import ListQuery
from app.services.reading_values import ReadingStep
from ui.desk import Desk
from ui.tasks import Lane
from ui.viewmodels.form import FormGroup, FormRow, build_form, rows_of
from ui.viewmodels.station import StationModel

TO_ENTER = (DossierState.DRAFT, DossierState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saving:
    """A value on its way into the store."""

    dossier_id: str
    path: str
    text: str


class EntryModel(StationModel):
    """The dossier being entered.

    Signals:
        opened: Another dossier is open; the argument is the path to go to, "" for none.
        changed: Values, groups or state of the open dossier changed.
        field_failed: path and ErrorText; what was typed is to be kept.
        saving_changed: path, and whether it is on its way.
        items_changed: A list got or lost an item; the argument is the path to go to.
        problems_found: tuple of Finding that keep the dossier from being entered.
        finished: The dossier is entered now.
        closed: No dossier is open any more.
        reading_changed: Whether and how far the open dossier is being read.
    """

    opened = Signal(str)
    changed = Signal()
    field_failed = Signal(str, object)
    saving_changed = Signal(str, bool)
    items_changed = Signal(str)
    problems_found = Signal(object)
    finished = Signal()
    closed = Signal()
    reading_changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._opened: OpenDossier | None = None
        self._previous: OpenDossier | None = None
        self._groups: tuple[FormGroup, ...] = ()
        self._rows: dict[str, FormRow] = {}
        self._saving: dict[str, str] = {}
        self._unsaved: dict[tuple[str, str], tuple[str, ErrorText]] = {}
        self._looked_at: set[str] = set()
        self._place = ("", "")
        self._kept = ""
        self._reading: ReadingStep | None = None

    # ------------------------------------------------------------ what is shown

    @property
    def dossier(self) -> OpenDossier | None:
        """The open dossier."""
        return self._opened

    @property
    def dossier_id(self) -> str:
        """Id of the open dossier, "" when none is open."""
        return self._opened.head.dossier_id if self._opened else ""

    @property
    def groups(self) -> tuple[FormGroup, ...]:
        """The form of the open dossier."""
        return self._groups

    @property
    def is_editable(self) -> bool:
        """Whether the state allows changes."""
        return self._opened is not None and self._opened.head.state in EDITABLE

    @property
    def reading(self) -> ReadingStep | None:
        """How far the open dossier is read; None while it is not being read."""
        return self._reading if self._reading and self._reading.dossier_id == self.dossier_id else None

    def row(self, path: str) -> FormRow | None:
        """The row of a path."""
        return self._rows.get(path)

    def unsaved(self, path: str) -> tuple[str, ErrorText] | None:
        """A text of the open dossier the store did not take, with the reason."""
        return self._unsaved.get((self.dossier_id, path))

    def doubtful(self) -> list[str]:
        """Paths to look at, in the order of the paper: doubts and returned values, without those being saved."""
        if self._opened is None:
            return []
        returned = {reason.path for reason in self._opened.returned_for} - self._looked_at
        found = (set(doubtful_paths(self._opened)) | returned) - set(self._saving)
        return sorted((path for path in found if path in self._rows), key=paper_order)

    def next_doubtful(self, after_path: str, *, backwards: bool = False) -> str | None:
        """The next path to look at, going round at the end; None when there is none."""
        doubtful = self.doubtful()
        if backwards:
            doubtful.reverse()
        here = paper_order(after_path) if after_path else ()
        behind = (p for p in doubtful if (paper_order(p) < here if backwards else paper_order(p) > here))
        return next(behind, doubtful[0] if doubtful else None)

    # ------------------------------------------------------------ opening

    def open(self, dossier_id: str, path: str = "") -> None:
        """Open a dossier at a path, at the place it was left, or at its first doubt."""
        entry = self._desk.services.entry
        self._run(
            functools.partial(entry.open, dossier_id), functools.partial(self._take_opened, path), lane=Lane.WRITE
        )

    def open_next(self) -> None:
        """Open the next dossier that is to be entered."""
        entry = self._desk.services.entry
        here = self.dossier_id

        def find() -> DossierHead | None:
            behind = entry.heads(ListQuery(states=TO_ENTER, after=here or None, limit=1))
            again = entry.heads(ListQuery(states=TO_ENTER, limit=1)) if not behind else []
            return next((head for head in [*behind, *again] if head.dossier_id != here), None)

        self._run(find, self._take_next, lane=Lane.WRITE)

    def close(self) -> None:
        """Go back to the list."""
        self._keep_previous()
        self._opened = None
        self._groups, self._rows = (), {}
        self._remember_dossier("")
        self.closed.emit()

    def reload(self, dossier_id: str) -> None:
        """Show what was read in the background, when it is of the open dossier; the field in hand stays as it is."""
        if dossier_id == self.dossier_id:
            entry = self._desk.services.entry
            self._run(functools.partial(entry.open, dossier_id), self._take_reread, lane=Lane.WRITE)

    def show_reading(self, step: ReadingStep | None) -> None:
        """Which dossier is being read, and how far it is."""
        self._reading = step
        self.reading_changed.emit()

    def start_correction(self, dossier_id: str) -> None:
        """Take back a dossier the server did not accept, and open it at the field in question."""
        entry, person = self._desk.services.entry, self._desk.person

        def correct() -> tuple[str, OpenDossier]:
            asked = entry.open(dossier_id).returned_for
            opened = entry.start_correction(person, dossier_id)
            return next((reason.path for reason in (*asked, *opened.returned_for)), ""), opened

        self._run(correct, self._take_correction, lane=Lane.WRITE)

    def remember_place(self, path: str) -> None:
        """Note where the person is, so that the next start goes on there."""
        if self._opened is None or (self.dossier_id, path) == self._place:
            return
        self._place = (self.dossier_id, path)
        entry = self._desk.services.entry
        self._run(functools.partial(entry.remember_place, self.dossier_id, path), lane=Lane.WRITE)

    # ------------------------------------------------------------ values

    def check_typed(self, path: str, text: str) -> ErrorText | None:
        """What is wrong with a typed text, at once; None when it can be saved."""
        spec = spec_of(path)
        if spec is None or not tidy(text):
            return None
        try:
            parse_typed(spec, self._desk.messages.typed(spec, text))
        except InputError as error:
            return self._desk.messages.error(error)
        return None

    def leave(self, path: str, text: str) -> bool:
        """Save a field that is left, when it was changed; False when the text is wrong."""
        row = self._rows.get(path)
        if row is None or not self.is_editable or text in (row.text, self._saving.get(path)):
            self._let_go(path)
            return True
        wrong = self.check_typed(path, text)
        if wrong is not None:
            self.field_failed.emit(path, wrong)
            return False
        self._save(path, text)
        return True

    def accept(self, path: str, text: str) -> bool:
        """Enter: save what was typed, or confirm the value as it stands; False when the text is wrong."""
        row = self._rows.get(path)
        if row is None or not self.is_editable:
            return True
        if text not in (row.text, self._saving.get(path)):
            return self.leave(path, text)
        if path == self._kept:
            self._save(path, text)
            return True
        has_something = row.text or (row.field is not None and not row.spec.required)
        if path in self.doubtful() and has_something:
            self._looked_at.add(path)
            work = functools.partial(self._desk.services.entry.accept, self._desk.person, self.dossier_id, path)
            self._act(work, _Saving(dossier_id=self.dossier_id, path=path, text=row.text))
        return True

    def leave_blank(self, path: str, reason: str) -> None:
        """Blank a field with a reason."""
        self._looked_at.add(path)
        work = functools.partial(
            self._desk.services.entry.leave_blank, self._desk.person, self.dossier_id, path, reason
        )
        self._act(work, _Saving(dossier_id=self.dossier_id, path=path, text=""))

    def text_of_previous(self, path: str) -> str:
        """The same field of the dossier that was open before; "" when it has none."""
        spec = spec_of(path)
        if self._previous is None or spec is None:
            return ""
        first = paths.pattern(path).replace("[]", "[0]")
        value = paths.get(self._previous.dossier, path) or paths.get(self._previous.dossier, first)
        return self._desk.messages.value(spec, value)

    def undo(self) -> None:
        """Take the last change of this dossier back."""
        if self.is_editable:
            self._looked_at.clear()
            work = functools.partial(self._desk.services.entry.undo, self._desk.person, self.dossier_id)
            self._run(work, self._take_undone, lane=Lane.WRITE)

    # ------------------------------------------------------------ items of lists

    def add_item(self, list_path: str) -> None:
        """Add a person, a parcel, a use, a paper, an asset or a change."""
        if self._opened is None or not self.is_editable:
            return
        count = len(paths.get(self._opened.dossier, list_path) or ())
        work = functools.partial(self._desk.services.entry.add_item, self._desk.person, self.dossier_id, list_path)
        self._run(work, functools.partial(self._take_items, f"{list_path}[{count}]"), lane=Lane.WRITE)

    def remove_item(self, item_path: str) -> None:
        """Remove an item of a list; undo brings it back."""
        if self.is_editable:
            work = functools.partial(
                self._desk.services.entry.remove_item, self._desk.person, self.dossier_id, item_path
            )
            self._run(work, functools.partial(self._take_items, item_path), lane=Lane.WRITE)

    # ------------------------------------------------------------ the end of entry

    def finish(self) -> None:
        """Say that the dossier is entered; what is missing is told instead."""
        if self._opened is not None:
            work = functools.partial(self._finish, self.dossier_id)
            self._run(work, self._take_finish, lane=Lane.WRITE)

    def reopen(self) -> None:
        """Make an entered dossier a draft again."""
        if self._opened is not None and self._opened.head.state is DossierState.ENTERED:
            self._act(functools.partial(self._desk.services.entry.reopen, self._desk.person, self.dossier_id))
            self.work_changed.emit()

    # ------------------------------------------------------------ answers

    def _finish(self, dossier_id: str) -> tuple[tuple[Finding, ...], OpenDossier]:
        entry = self._desk.services.entry
        return entry.finish(self._desk.person, dossier_id, with_doubts=True), entry.open(dossier_id)

    def _save(self, path: str, text: str) -> None:
        self._looked_at.add(path)
        self._unsaved.pop((self.dossier_id, path), None)
        saving = _Saving(dossier_id=self.dossier_id, path=path, text=text)
        entry, spec = self._desk.services.entry, spec_of(path)
        stored = self._desk.messages.typed(spec, text) if spec is not None else text
        self._act(functools.partial(entry.change, self._desk.person, self.dossier_id, path, stored), saving)

    def _act(self, work: Callable[[], OpenDossier], saving: _Saving | None = None) -> None:
        if saving is None:
            self._run(work, self._take_changed, lane=Lane.WRITE)
            return
        self._saving[saving.path] = saving.text
        self.saving_changed.emit(saving.path, True)
        self._run(
            work,
            functools.partial(self._take_saved, saving),
            on_failed=functools.partial(self._take_unsaved, saving),
            lane=Lane.WRITE,
        )

    def _take_saved(self, saving: _Saving, opened: OpenDossier) -> None:
        self._end_saving(saving)
        self._take_changed(opened)

    def _take_unsaved(self, saving: _Saving, error: DiabaError) -> None:
        self._end_saving(saving)
        words = self._desk.messages.error(error)
        self._unsaved[saving.dossier_id, saving.path] = (saving.text, words)
        self._looked_at.discard(saving.path)
        if saving.dossier_id == self.dossier_id:
            self.field_failed.emit(saving.path, words)
        self.problem_told.emit(words)

    def _end_saving(self, saving: _Saving) -> None:
        if saving.dossier_id == self.dossier_id and self._saving.get(saving.path) == saving.text:
            del self._saving[saving.path]
            self.saving_changed.emit(saving.path, False)

    def _take_changed(self, opened: OpenDossier) -> None:
        if opened.head.dossier_id == self.dossier_id:
            self._show(opened)
            self.changed.emit()

    def _take_reread(self, opened: OpenDossier) -> None:
        if opened.head.dossier_id != self.dossier_id:
            return
        here = self._place[1] if self._place[0] == self.dossier_id else ""
        before = self._rows.get(here)
        self._show(opened)
        now = self._rows.get(here)
        if before is not None and now is not None and before.text not in ("", now.text):
            self._keep(before)
        self.changed.emit()

    def _keep(self, row: FormRow) -> None:
        """Leave the field in hand as the person sees it until they leave it."""
        self._kept = row.path
        self._rows[row.path] = row
        self._groups = tuple(
            replace(group, rows=tuple(row if other.path == row.path else other for other in group.rows))
            for group in self._groups
        )

    def _let_go(self, path: str) -> None:
        """Show what was read meanwhile for a field that is left as it was."""
        if path == self._kept and self._opened is not None:
            self._show(self._opened)
            self.changed.emit()

    def _take_opened(self, path: str, opened: OpenDossier) -> None:
        self._keep_previous()
        self._saving.clear()
        self._looked_at.clear()
        self._show(opened)
        self._remember_dossier(self.dossier_id)
        self.opened.emit(self._first_path(path))

    def _take_correction(self, answer: tuple[str, OpenDossier]) -> None:
        path, opened = answer
        self.work_changed.emit()
        self._take_opened(path, opened)

    def _take_next(self, head: DossierHead | None) -> None:
        if head is None:
            self.said.emit(self.tr("Không còn hồ sơ nào khác cần nhập."))
        else:
            self.open(head.dossier_id)

    def _take_undone(self, opened: OpenDossier) -> None:
        self._take_changed(opened)
        self.items_changed.emit(opened.head.last_path or "")

    def _take_items(self, item_path: str, opened: OpenDossier) -> None:
        self._take_changed(opened)
        rows = rows_of(self._groups)
        here = next((row.path for row in rows if row.path.startswith(f"{item_path}.")), "")
        self.items_changed.emit(here or (rows[0].path if rows else ""))

    def _take_finish(self, answer: tuple[tuple[Finding, ...], OpenDossier]) -> None:
        findings, opened = answer
        self._take_changed(opened)
        if findings:
            self.problems_found.emit(findings)
        else:
            self.said.emit(self.tr("Hồ sơ đã nhập xong. Ctrl+PageDown: hồ sơ tiếp theo."))
            self.finished.emit()
            self.work_changed.emit()

    def _show(self, opened: OpenDossier) -> None:
        self._opened = opened
        self._kept = ""
        self._groups = build_form(opened, self._desk.messages)
        self._rows = {row.path: row for row in rows_of(self._groups)}

    def _first_path(self, path: str) -> str:
        opened = self._opened
        if opened is None:
            return ""
        wanted = [path, opened.head.last_path or "", *(reason.path for reason in opened.returned_for)]
        known = next((p for p in wanted if p in self._rows), None)
        return known or self.next_doubtful("") or next(iter(self._rows), "")

    def _keep_previous(self) -> None:
        if self._opened is not None:
            self._previous = self._opened

    def _remember_dossier(self, dossier_id: str) -> None:
        key = last_dossier_key(self._desk.person.login)
        self._run(functools.partial(self._desk.memory.put, key, dossier_id), lane=Lane.WRITE)


def last_dossier_key(login: str) -> str:
    """Under which key the window remembers the dossier a person had open."""
    return f"open_dossier.{login}"
