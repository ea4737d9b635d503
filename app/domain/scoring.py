"""Scores a record against the truth of a sample: exact text or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_PART = re.compile(r"[^.\[\]]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One field against its truth.

    Attributes:
        check: What the reader said of it: ok, look, conflict; None when it has no reading.
    """

    path: str
    expected: str | None
    got: str | None
    check: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether the value is exactly the truth."""
        return self.expected == self.got


def plain_at(plain: Any, path: str) -> Any:  # noqa: ANN401
    """The value at a path of plain JSON values; None where there is nothing."""
    value = plain
    for part in _PART.findall(path):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def score(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> list[Score]:
    """Compare every field the truth lists under `fields` (those visible on the paper).

    Args:
        plain: A reading or a dossier as plain JSON values.
        truth: The same shape, with `fields` by path.
    """
    checks = {field["path"]: field["check"] for field in plain.get("fields", ())}
    return [
        Score(
            path=path,
            expected=_text(plain_at(truth, path)),
            got=_text(plain_at(plain, path)),
            check=checks.get(path),
        )
        for path in truth["fields"]
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Scores added up.

    Attributes:
        sure: Fields marked ok.
        sure_wrong: Fields marked ok and wrong: the only errors nobody would look at.
    """

    fields: int
    right: int
    serials: int
    serials_right: int
    sure: int
    sure_wrong: int

    @property
    def exact_pct(self) -> float:
        """Share of fields that are exactly right, in percent."""
        return 100 * self.right / self.fields if self.fields else 0.0


def tally(scores: Iterable[Score]) -> Tally:
    """Add scores up."""
    known = list(scores)
    serials = [item for item in known if item.path == "certificate.serial"]
    sure = [item for item in known if item.check == "ok"]
    return Tally(
        fields=len(known),
        right=sum(item.is_right for item in known),
        serials=len(serials),
        serials_right=sum(item.is_right for item in serials),
        sure=len(sure),
        sure_wrong=sum(not item.is_right for item in sure),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
