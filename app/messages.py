"""Words for codes: errors, fields, states and choices, in Vietnamese and English, for window and command line alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

import resources
from app.domain import findings, paths, typed
from app.domain.fields import FieldKind, FieldSpec
from app.domain.reading import Finding
from app.domain.text import fold, tidy
from app.errors import DiabaError

Table = dict[str, dict[str, str]]
LANGUAGES = ("vi", "en")

_GROUP_OF_PARAM = {"right": "rights", "old": "states", "new": "states", "state": "states"}
"""Parameters of errors that are codes themselves, with the group of their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorText:
    """What a person reads of a failure: what happened, and what to do next."""

    title: str
    text: str
    next_step: str

    @property
    def line(self) -> str:
        """All of it in one line, for the command line and lists."""
        return f"{self.title}: {self.text} {self.next_step}".strip()


class _KeepUnknown(dict[str, object]):
    """Leaves placeholders without a value visible instead of failing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Messages:
    """One language's words. Groups: errors, fields, states, reasons, sources, roles, rights, values, page_kinds ...

    Only the words of `values` are also typed: what may be typed beside the word shown stands there as `also`.

    Args:
        language: "vi" or "en".
    """

    def __init__(self, language: str = "vi") -> None:
        self.language = language
        self._groups = _groups(language)

    def error(self, error: DiabaError) -> ErrorText:
        """The words for a failure."""
        return self.error_code(error.code, **error.params)

    def error_code(self, code: str, **params: object) -> ErrorText:
        """The words for an error code; an unknown code is shown as it is."""
        entry = self._groups["errors"].get(code)
        if entry is None:
            return ErrorText(title=code, text="", next_step="")
        values = _KeepUnknown({key: self._shown(key, value) for key, value in params.items()})
        return ErrorText(
            title=entry["title"].format_map(values),
            text=entry["text"].format_map(values),
            next_step=entry["next"].format_map(values),
        )

    def _shown(self, key: str, value: object) -> object:
        """Codes among the values of a message, in words."""
        if key == "path":
            return self.field(str(value)) if paths.pattern(str(value)) in self._groups["fields"] else value
        group = _GROUP_OF_PARAM.get(key)
        return self.word(group, str(value)) if group else value

    def field(self, path: str) -> str:
        """The label of the field at a path, without indexes: "Số tờ bản đồ"."""
        return self.word("fields", paths.pattern(path))

    def finding(self, code: str) -> str:
        """The short name of what a check found."""
        return self.word("findings", code)

    def sentence(self, finding: Finding) -> str:
        """The whole sentence of a finding with its values; Vietnamese ones are the finding's own.

        Findings that an earlier program stored have no details: of them only the short name is known.
        """
        entry = self._groups["findings"].get(finding.code, {})
        if "sentence" not in entry:
            return finding.message
        kinds = (self.word("page_kinds", kind) for kind in finding.details.get("kinds", "").split())
        try:
            return findings.tell(entry["sentence"], entry, {**finding.details, "kinds": ", ".join(kinds)})
        except KeyError:
            return f"{entry['text']}."

    def word(self, group: str, key: str) -> str:
        """The word for a key of a group; an unknown key is shown as it is."""
        entry = self._groups.get(group, {}).get(key)
        return entry["text"] if entry else key

    def value(self, spec: FieldSpec, value: str | Decimal | None) -> str:
        """A value as a person reads and edits it: the word of a choice, decimal comma, dd/MM/yyyy; "" for none."""
        if spec.kind is FieldKind.CHOICE and value is not None:
            return self.word("values", str(value))
        return typed.show(spec, value)

    def choices(self, spec: FieldSpec) -> list[tuple[str, str]]:
        """The stored values of a choice with the words shown for them."""
        return [(option, self.value(spec, option)) for option in spec.options]

    def typed(self, spec: FieldSpec, untrusted_text: str) -> str:
        """What was typed into a field, with the word of a choice replaced by what is stored for it.

        Words of either language will do, whatever is shown; accents and capitals do not matter.
        """
        key = fold(tidy(untrusted_text))
        found = (option for option in spec.options if key in {fold(word) for word in _words_of(option)})
        return next(found, untrusted_text)

    def keys(self, group: str) -> list[str]:
        """The keys a group has words for."""
        return list(self._groups.get(group, {}))


@cache
def _groups(language: str) -> dict[str, Table]:
    return cast("dict[str, Table]", json.loads(resources.text(f"messages/{language}.json")))


def _words_of(option: str) -> Iterator[str]:
    """Every word a person may type for a stored choice."""
    yield option
    for language in LANGUAGES:
        entry = _groups(language)["values"].get(option, {})
        yield from (word for word in (entry.get("text", ""), *entry.get("also", "").split("; ")) if word)
