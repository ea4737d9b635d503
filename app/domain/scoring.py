"""Scores readings against the truth of papers: exact text or nothing, and what the rest costs a person.

The truth is a JSON object in the shape of a reading (docs/TRUTH.md): the values visible on the paper, and under
`fields` the page and box of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from app.domain.extraction.fuzzy import distance
from app.domain.reading import Check

_PART = re.compile(r"[^.\[\]]+")
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One field against its truth.

    Attributes:
        check: What the reader said of it: ok, look, conflict; None when it has no reading.
        offered: The values offered beside it.
        damages: What the page it is printed on suffered.
    """

    path: str
    expected: str | None
    got: str | None
    check: str | None = None
    offered: tuple[str, ...] = ()
    damages: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether the value is exactly the truth."""
        return self.expected == self.got

    @property
    def is_sure(self) -> bool:
        """Whether the reader says that nobody needs to look."""
        return self.check == Check.OK

    @property
    def pattern(self) -> str:
        """The path without its indexes."""
        return pattern_of(self.path)

    @property
    def keystrokes(self) -> int:
        """Keys a person presses: none where nobody looks, one to accept, two to take a value offered, else all of it.

        A sure value that is wrong costs nothing here: it is what slips through.
        """
        if self.is_sure:
            return 0
        if self.is_right:
            return 1
        return 2 if self.expected in self.offered else self.keystrokes_by_hand

    @property
    def keystrokes_by_hand(self) -> int:
        """Typing the whole value, and one key to go on."""
        return 1 + len(self.expected or "")

    @property
    def slips(self) -> int:
        """Letters that differ: insertions, deletions and replacements between the value and the truth."""
        return distance(self.got or "", self.expected or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """Whether a page was recognised as what it is, and as standing the way it does."""

    kind: str
    is_kind_right: bool
    is_rotation_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierScore:
    """The reading of a dossier against its truth.

    Attributes:
        unprinted: Patterns of values read from paper although the truth has nothing printed there.
    """

    name: str
    model: str
    level: str
    scores: tuple[Score, ...]
    pages: tuple[PageScore, ...]
    unprinted: tuple[str, ...]
    seconds: float

    @property
    def has_table(self) -> bool:
        """Whether several parcels are printed."""
        return any(item.path.startswith("parcels[1]") for item in self.scores)


def score_dossier(name: str, plain: Mapping[str, Any], truth: Mapping[str, Any]) -> DossierScore:
    """Compare a reading as plain JSON values with the truth of its paper."""
    printed = truth["fields"]
    return DossierScore(
        name=name,
        model=str(truth["model"]),
        level=str(truth["level"]),
        scores=tuple(score(plain, truth)),
        pages=tuple(_page_scores(plain, truth)),
        unprinted=tuple(
            pattern_of(field["path"])
            for field in plain["fields"]
            if field["value"] is not None and field["source"] == "ocr" and field["path"] not in printed
        ),
        seconds=float(plain["seconds"]),
    )


def score(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> list[Score]:
    """Compare every field the truth lists under `fields` (those visible on the paper).

    Args:
        plain: A reading or a dossier as plain JSON values.
        truth: The same shape, with `fields` by path.
    """
    read = {field["path"]: field for field in plain.get("fields", ())}
    damages = [tuple(page.get("damages", ())) for page in truth.get("pages", ())]
    return [
        Score(
            path=path,
            expected=_text(plain_at(truth, path)),
            got=_text(plain_at(plain, path)),
            check=read.get(path, {}).get("check"),
            offered=tuple(str(one["value"]) for one in read.get(path, {}).get("candidates", ())),
            damages=_damages_of(place, damages),
        )
        for path, place in truth["fields"].items()
    ]


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


def pattern_of(path: str) -> str:
    """A path without its indexes: `parcels[].sheet`."""
    return _INDEX.sub("[]", path)


def _page_scores(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> Iterable[PageScore]:
    seen = {(PurePath(page["file"]).name, page["page"]): page for page in plain["pages"]}
    for page in truth["pages"]:
        found = seen.get((PurePath(page["file"]).name, page["page"]), {})
        yield PageScore(
            kind=page["kind"],
            is_kind_right=(found.get("kind"), found.get("model")) == (page["kind"], page["model"]),
            is_rotation_right=found.get("rotation_deg") == page["rotation_deg"],
        )


def _damages_of(place: object, damages: list[tuple[str, ...]]) -> tuple[str, ...]:
    index = place.get("page") if isinstance(place, Mapping) else None
    return damages[index] if isinstance(index, int) and 0 <= index < len(damages) else ()


def _text(value: object) -> str | None:
    return None if value is None else str(value)
