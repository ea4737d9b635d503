"""The form of a dossier as values: groups in the order of the paper, one row for each field. No Qt, no widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain import paths
from app.domain.fields import FIELDS, FieldSpec
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check, Source
from app.messages import Messages


class Mark(StrEnum):
    """What the sign beside a value says."""

    OK = "ok"
    PERSON = "person"
    LOOK = "look"
    CONFLICT = "conflict"
    MISSING = "missing"
    BLANK = "blank"
    EMPTY = "empty"
    WRONG = "wrong"


DOUBTFUL = frozenset({Mark.LOOK, Mark.CONFLICT, Mark.MISSING})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One field of the form.

    Attributes:
        text: The value as a person edits it, in the language of the window; "" when there is none.
        field: The evidence; None when nothing was ever read or typed.
        blank_reason: Why the value stays blank, when it has a reason.
        warnings: What the checks say of this value.
    """

    path: str
    spec: FieldSpec
    text: str
    mark: Mark
    field: FieldValue | None = None
    blank_reason: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def read_text(self) -> str:
        """The paper's text as read; "" when nothing was read."""
        return (self.field.raw or "") if self.field else ""

    @property
    def is_changed(self) -> bool:
        """Whether a person's value differs from what was read."""
        return bool(self.field and self.field.source == Source.PERSON and self.read_text not in ("", self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroup:
    """Rows that belong together.

    Attributes:
        kind: certificate, holder, id_paper, parcel, use, parcel_end, asset, rest, change, current_user,
            current_user_end or office.
        number: Which of its kind, from 1; 0 when there is only one.
        item_path: The list item it shows, such as "holders[0]"; "" for groups that are no list item.
        exists: False for an empty form of an item that is not in the dossier yet.
        can_add: Lists an item may be added to from here.
    """

    kind: str
    rows: tuple[FormRow, ...]
    number: int = 0
    item_path: str = ""
    exists: bool = True
    can_add: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Stable name of the group within the dossier."""
        return f"{self.item_path} end" if self.is_end else self.item_path or self.kind

    @property
    def is_end(self) -> bool:
        """Whether it only goes on with an item after the lists inside of it."""
        return self.kind.endswith("_end")

    @property
    def doubts(self) -> int:
        """How many rows a person should look at."""
        return sum(row.mark in DOUBTFUL for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in and nothing is missing."""
        return all(row.mark is Mark.EMPTY for row in self.rows)


_CERTIFICATE = ("certificate.model", "certificate.serial", "certificate.code")
_OFFICE = ("commune_code", "hamlet", "channel")


def build_form(opened: OpenDossier, messages: Messages) -> tuple[FormGroup, ...]:
    """The groups of a dossier; a first holder, parcel and use are always shown, other lists when they have items."""
    form = _Form(opened, messages)
    return tuple(form.groups())


def rows_of(groups: Sequence[FormGroup]) -> list[FormRow]:
    """All rows in order."""
    return [row for group in groups for row in group.rows]


class _Form:
    """Builds the groups of one dossier."""

    def __init__(self, opened: OpenDossier, messages: Messages) -> None:
        self._opened = opened
        self._messages = messages
        self._fields = {field.path: field for field in opened.fields}
        self._blanks = {blank.path: blank.reason for blank in opened.dossier.blanks}
        self._warnings: dict[str, list[str]] = {}
        for finding in opened.findings:
            for path in finding.paths:
                self._warnings.setdefault(path, []).append(messages.sentence(finding))

    def groups(self) -> Iterator[FormGroup]:
        dossier = self._opened.dossier
        yield self._group("certificate", "", [spec for spec in FIELDS if spec.pattern in _CERTIFICATE])
        yield from self._people("holder", "holders", max(1, len(dossier.holders)))
        yield from self._parcels()
        yield from self._items("asset", "assets", "assets", len(dossier.assets))
        rest = [s for s in FIELDS if s.pattern.startswith("certificate.") and s.pattern not in _CERTIFICATE]
        yield self._group("rest", "", rest)
        yield from self._items("change", "changes", "changes", len(dossier.changes))
        yield from self._people("current_user", "current_users", len(dossier.current_users))
        yield self._group("office", "", [spec for spec in FIELDS if spec.pattern in _OFFICE])

    def _people(self, kind: str, name: str, count: int) -> Iterator[FormGroup]:
        for index in range(count):
            item = f"{name}[{index}]"
            yield self._item(kind, item, f"{name}[]", index, (f"{item}.id_papers",))
            papers = paths.get(self._opened.dossier, f"{item}.id_papers") or ()
            yield from self._items("id_paper", f"{item}.id_papers", f"{name}[].id_papers", len(papers))
            yield from self._end_of_item(f"{kind}_end", item, f"{name}[]", index)

    def _parcels(self) -> Iterator[FormGroup]:
        for index in range(max(1, len(self._opened.dossier.parcels))):
            item = f"parcels[{index}]"
            yield self._item("parcel", item, "parcels[]", index, (f"{item}.uses",))
            uses = paths.get(self._opened.dossier, f"{item}.uses") or ()
            yield from self._items("use", f"{item}.uses", "parcels[].uses", max(1, len(uses)))
            yield from self._end_of_item("parcel_end", item, "parcels[]", index)

    def _items(self, kind: str, list_path: str, pattern: str, count: int) -> Iterator[FormGroup]:
        for index in range(count):
            yield self._item(kind, f"{list_path}[{index}]", f"{pattern}[]", index)

    def _item(self, kind: str, item: str, pattern: str, index: int, can_add: tuple[str, ...] = ()) -> FormGroup:
        return self._group(kind, item, _own_fields(pattern)[0], number=index + 1, can_add=can_add)

    def _end_of_item(self, kind: str, item: str, pattern: str, index: int) -> Iterator[FormGroup]:
        """The fields the paper has behind the lists inside of an item."""
        behind = _own_fields(pattern)[1]
        if behind:
            yield self._group(kind, item, behind, number=index + 1)

    def _group(
        self, kind: str, item: str, specs: Sequence[FieldSpec], number: int = 0, can_add: tuple[str, ...] = ()
    ) -> FormGroup:
        rows = tuple(self._row(spec, f"{item}.{spec.pattern.rpartition('.')[2]}" if item else None) for spec in specs)
        exists = not item or paths.get(self._opened.dossier, item) is not None
        return FormGroup(kind=kind, rows=rows, number=number, item_path=item, exists=exists, can_add=can_add)

    def _row(self, spec: FieldSpec, path: str | None) -> FormRow:
        path = path or spec.pattern
        value = paths.get(self._opened.dossier, path)
        field = self._fields.get(path)
        reason = self._blanks.get(path)
        return FormRow(
            path=path,
            spec=spec,
            text=self._messages.value(spec, value),
            mark=_mark(spec, value, field, reason),
            field=field,
            blank_reason=reason,
            warnings=tuple(self._warnings.get(path, ())),
        )


def _own_fields(pattern: str) -> tuple[list[FieldSpec], list[FieldSpec]]:
    """The fields of an item itself: before the lists inside of it, and behind them."""
    inside = [spec for spec in FIELDS if spec.pattern.startswith(f"{pattern}.")]
    is_own = ["[]" not in spec.pattern.removeprefix(f"{pattern}.") for spec in inside]
    first = is_own.index(False) if False in is_own else len(inside)
    own = [spec for spec, own in zip(inside, is_own, strict=True) if own]
    return [spec for spec in own if inside.index(spec) < first], [spec for spec in own if inside.index(spec) > first]


def _mark(spec: FieldSpec, value: str | Decimal | None, field: FieldValue | None, reason: str | None) -> Mark:
    if value is None and reason:
        return Mark.BLANK
    if field and field.check == Check.CONFLICT:
        return Mark.CONFLICT
    if field and field.check == Check.LOOK:
        return Mark.LOOK
    if value is None:
        return Mark.MISSING if spec.required else Mark.EMPTY
    return Mark.PERSON if field and field.source == Source.PERSON else Mark.OK
