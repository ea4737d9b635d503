"""Entry: a person looks at, corrects and completes what was read; every change is saved at once and can be undone."""

from __future__ import annotations

from collections.abc import Callable

from app.domain import changes, findings, paths
from app.domain.changes import Edit
from app.domain.checks import blocking
from app.domain.dossier import BlankReason, Dossier
from app.domain.doubts import doubtful_paths
from app.domain.fields import spec_of
from app.domain.instants import to_iso
from app.domain.people import Person, Right
from app.domain.queue import DossierHead, FieldValue, OpenDossier
from app.domain.reading import Finding
from app.domain.states import EDITABLE, FOR_A_PERSON, DossierState
from app.domain.text import tidy
from app.domain.typed import Value, parse_typed
from app.errors import InputError
from app.ports import Clock, ListQuery, Store, StoreWriter
from app.services import rights

Checks = Callable[[Dossier], tuple[Finding, ...]]


class EntryService:
    """The station between reading and review.

    Args:
        checks: What the rules say of a dossier, blocking findings first.
    """

    def __init__(self, store: Store, clock: Clock, checks: Checks) -> None:
        self._store = store
        self._clock = clock
        self._checks = checks

    # ------------------------------------------------------------ looking

    def open(self, dossier_id: str) -> OpenDossier:
        """One dossier whole.

        Raises:
            InputError: `unknown_dossier`.
        """
        with self._store.read() as reader:
            return reader.open(dossier_id)

    def heads(self, query: ListQuery) -> list[DossierHead]:
        """A page of the list of dossiers."""
        with self._store.read() as reader:
            return reader.heads(query)

    def counts(self) -> dict[DossierState, int]:
        """How many dossiers stand in each state."""
        with self._store.read() as reader:
            return reader.counts()

    def history(self, dossier_id: str, path: str | None = None) -> list[FieldValue]:
        """All values a dossier or a path ever had, oldest first."""
        with self._store.read() as reader:
            return reader.history(dossier_id, path)

    def problems(self, dossier_id: str) -> tuple[Finding, ...]:
        """What the checks say of a dossier as it stands, blocking findings first."""
        with self._store.read() as reader:
            opened = reader.open(dossier_id)
        return findings.renew(opened.findings, self._checks(opened.dossier))

    # ------------------------------------------------------------ changing values

    def change(self, person: Person, dossier_id: str, path: str, untrusted_text: str) -> OpenDossier:
        """Take what a person typed; no text clears the value, the same value again accepts it.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `bad_path`, and those of `parse_typed`.
        """
        value, text = _parse(path, untrusted_text)

        def edit(opened: OpenDossier, who: str, at: str) -> Edit | None:
            changes.check_place(opened.dossier, path)
            if value == paths.get(opened.dossier, path):
                return _confirmed(opened, path, who, at)
            return changes.set_value(opened, path, value, text, who=who, at=at)

        return self._edit(person, dossier_id, path, edit)

    def accept(self, person: Person, dossier_id: str, path: str) -> OpenDossier:
        """Take the present value as it stands; its source and evidence stay.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `bad_path`.
        """

        def edit(opened: OpenDossier, who: str, at: str) -> Edit | None:
            changes.check_place(opened.dossier, path)
            return _confirmed(opened, path, who, at)

        return self._edit(person, dossier_id, path, edit)

    def leave_blank(self, person: Person, dossier_id: str, path: str, reason: str) -> OpenDossier:
        """Leave a value blank and say why.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `bad_path`, `bad_choice`.
        """
        if reason not in set(BlankReason):
            raise InputError("bad_choice", text=reason)

        def edit(opened: OpenDossier, who: str, at: str) -> Edit:
            changes.check_place(opened.dossier, path)
            return changes.leave_blank(opened, path, reason, who=who, at=at)

        return self._edit(person, dossier_id, path, edit, what="left_blank", detail=f"{path} {reason}")

    def add_item(self, person: Person, dossier_id: str, list_path: str) -> OpenDossier:
        """An empty item at the end of a list: holders, parcels[0].uses, holders[0].id_papers ...

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `bad_path`.
        """

        def edit(opened: OpenDossier, _who: str, _at: str) -> Edit:
            return changes.add_item(opened, list_path)

        return self._edit(person, dossier_id, list_path, edit, what="item_added", detail=list_path)

    def remove_item(self, person: Person, dossier_id: str, item_path: str) -> OpenDossier:
        """Take an item out of a list: holders[1]; those behind it move up with their history's newest rows.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `bad_path`.
        """

        def edit(opened: OpenDossier, who: str, at: str) -> Edit:
            return changes.remove_item(opened, item_path, who=who, at=at)

        return self._edit(person, dossier_id, item_path, edit, what="item_removed", detail=item_path)

    def undo(self, person: Person, dossier_id: str) -> OpenDossier:
        """Take the last change of this dossier back, whatever it was; again for the one before it.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `not_editable`, `nothing_to_undo`.
        """
        at = self._now()
        with self._store.write() as writer:
            opened = self._for_change(writer, person, dossier_id)
            step = writer.pop_undo(dossier_id)
            if step is None:
                raise InputError("nothing_to_undo")
            self._to_draft(writer, opened, person, at)
            dossier, values = changes.take_back(opened, step, who=person.person_id, at=at)
            writer.save(dossier, values)
            writer.set_findings(dossier_id, findings.renew(opened.findings, self._checks(dossier)))
            writer.set_last_path(dossier_id, step.path)
            writer.add_event(person.person_id, "undone", at, dossier_id=dossier_id, detail=step.path)
            return writer.open(dossier_id)

    def remember_place(self, dossier_id: str, path: str) -> None:
        """Remember where the person was, to go on there."""
        with self._store.write() as writer:
            writer.set_last_path(dossier_id, path)

    # ------------------------------------------------------------ steps

    def finish(self, person: Person, dossier_id: str, *, with_doubts: bool = False) -> tuple[Finding, ...]:
        """Call a dossier entered; the blocking findings, with nothing changed, when it is not ready.

        Values that nobody has looked at stop it too (`doubts_left`), unless it is to be finished `with_doubts`.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.ENTER)
            opened = writer.open(dossier_id)
            found = self._checks(opened.dossier)
            if stopping := blocking(found) or (() if with_doubts else _doubts_left(opened)):
                return stopping
            writer.set_findings(dossier_id, findings.renew(opened.findings, found))
            writer.step(dossier_id, DossierState.ENTERED, who=person.person_id, at=self._now())
        return ()

    def reopen(self, person: Person, dossier_id: str) -> OpenDossier:
        """Go on with a dossier that was called entered.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.ENTER)
            writer.step(dossier_id, DossierState.DRAFT, who=person.person_id, at=self._now())
            return writer.open(dossier_id)

    def discard(self, person: Person, dossier_id: str, why: str) -> None:
        """Put a dossier away for good; its pages and its history stay.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `reason_missing`, `step_not_allowed`.
        """
        reason, at = tidy(why), self._now()
        if not reason:
            raise InputError("reason_missing")
        with self._store.write() as writer:
            rights.require(writer, person, Right.ENTER)
            self._to_draft(writer, writer.open(dossier_id), person, at)
            writer.step(dossier_id, DossierState.DISCARDED, who=person.person_id, at=at, reason=reason)

    def start_correction(self, person: Person, dossier_id: str) -> OpenDossier:
        """Take up a dossier the server refused or sent a result for; it can then be changed and sent anew.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_dossier`, `step_not_allowed`.
        """
        with self._store.write() as writer:
            rights.require(writer, person, Right.ENTER)
            state = writer.head(dossier_id).state
            if state not in FOR_A_PERSON:
                raise InputError("step_not_allowed", old=state.value, new=DossierState.RETURNED.value)
            writer.step(dossier_id, DossierState.RETURNED, who=person.person_id, at=self._now())
            return writer.open(dossier_id)

    # ------------------------------------------------------------ inside

    def _edit(
        self,
        person: Person,
        dossier_id: str,
        path: str,
        edit: Callable[[OpenDossier, str, str], Edit | None],
        what: str | None = None,
        detail: str | None = None,
    ) -> OpenDossier:
        who, at = person.person_id, self._now()
        with self._store.write() as writer:
            opened = self._for_change(writer, person, dossier_id)
            edited = edit(opened, who, at)
            writer.set_last_path(dossier_id, path)
            if edited is None:
                return writer.open(dossier_id)
            self._to_draft(writer, opened, person, at)
            writer.push_undo(dossier_id, edited.undo)
            writer.save(edited.dossier, edited.values)
            writer.set_findings(
                dossier_id, findings.renew(opened.findings, self._checks(edited.dossier), answered=path)
            )
            if what is not None:
                writer.add_event(who, what, at, dossier_id=dossier_id, detail=detail)
            return writer.open(dossier_id)

    def _for_change(self, writer: StoreWriter, person: Person, dossier_id: str) -> OpenDossier:
        rights.require(writer, person, Right.ENTER)
        opened = writer.open(dossier_id)
        if opened.head.state not in EDITABLE:
            raise InputError("not_editable", state=opened.head.state.value)
        return opened

    def _to_draft(self, writer: StoreWriter, opened: OpenDossier, person: Person, at: str) -> None:
        """What is changed is no longer entered."""
        if opened.head.state is DossierState.ENTERED:
            writer.step(opened.head.dossier_id, DossierState.DRAFT, who=person.person_id, at=at)

    def _now(self) -> str:
        return to_iso(self._clock.now())


def _parse(path: str, untrusted_text: str) -> tuple[Value | None, str | None]:
    spec = spec_of(path)
    if spec is None:
        raise InputError("bad_path", path=path)
    return parse_typed(spec, untrusted_text) if tidy(untrusted_text) else (None, None)


def _doubts_left(opened: OpenDossier) -> tuple[Finding, ...]:
    """What stops a dossier of which nothing is missing: values nobody has looked at."""
    left = doubtful_paths(opened)
    return (findings.make("doubts_left", *left, count=len(left)),) if left else ()


def _confirmed(opened: OpenDossier, path: str, who: str, at: str) -> Edit | None:
    """The edit that confirms a value; None where there is nothing to confirm."""
    if opened.field(path) is None and paths.get(opened.dossier, path) is None:
        return None
    return changes.confirm(opened, path, who=who, at=at)
