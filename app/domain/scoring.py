"""Scores readings against the truth of papers: exact text or nothing, and what the rest costs a person.

The truth is a JSON object in the shape of a reading (docs/TRUTH.md): the values visible on the paper, and under
`fields` the page and box of each. Items of lists are compared with the items they stand for: a parcel that was not seen
costs its own values, not those of the parcels after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from app.domain.extraction.fuzzy import distance
from app.domain.reading import Check, Source

RECORD = ("certificate", "changes", "current_users", "holders", "parcels", "assets")
"""The parts of a reading that hold values."""
EVEN_A_WRONG_ONE = 0.01
"""An item without a single right value still stands for one that is printed, rather than for none."""

PRINT, HAND = "print", "hand"

_PART = re.compile(r"[^.\[\]]+")
_INDEX = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One field against its truth.

    Attributes:
        check: What the reader said of it: ok, look, conflict; None when it has no reading.
        chance: How sure the reader is of it, 0 to 1; 0 when it has no reading.
        offered: The values offered beside it.
        damages: What the page it is printed on suffered.
        pen: What it is written with: print, or another name of docs/TRUTH.md.
    """

    path: str
    expected: str | None
    got: str | None
    check: str | None = None
    chance: float = 0.0
    offered: tuple[str, ...] = ()
    damages: tuple[str, ...] = ()
    pen: str = PRINT

    @property
    def is_handwritten(self) -> bool:
        """Whether it was written by hand."""
        return self.pen == HAND

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
        unprinted_sure: How many of these are marked ok.
    """

    name: str
    model: str
    level: str
    scores: tuple[Score, ...]
    pages: tuple[PageScore, ...]
    unprinted: tuple[str, ...]
    unprinted_sure: int
    seconds: float

    @property
    def has_table(self) -> bool:
        """Whether several parcels are printed."""
        return any(item.path.startswith("parcels[1]") for item in self.scores)


def score_dossier(name: str, plain: Mapping[str, Any], truth: Mapping[str, Any]) -> DossierScore:
    """Compare a reading as plain JSON values with the truth of its paper."""
    invented = list(_invented(plain, truth)) if "fields" in truth else []
    return DossierScore(
        name=name,
        model=str(truth["model"]),
        level=str(truth.get("level", "")),
        scores=tuple(score(plain, truth)),
        pages=tuple(_page_scores(plain, truth)),
        unprinted=tuple(pattern_of(field["path"]) for field in invented),
        unprinted_sure=sum(field["check"] == Check.OK for field in invented),
        seconds=float(plain["seconds"]),
    )


def _invented(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Values read from paper although the truth, which says where each is printed, has nothing printed there."""
    places = dict(_places(plain, _record(truth)))
    printed = {places.get(path, path) for path in truth["fields"]}
    for field in plain["fields"]:
        if field["value"] is not None and field["source"] == Source.OCR and field["path"] not in printed:
            yield field


def score(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> list[Score]:
    """Compare every value printed on the paper.

    Args:
        plain: A reading or a dossier as plain JSON values.
        truth: The same shape; with `fields` only the paths named there count.
    """
    return list(score_by_place(plain, truth).values())


def score_by_place(plain: Mapping[str, Any], truth: Mapping[str, Any]) -> dict[str, Score]:
    """The same by the path the reading has the value at."""
    read = {field["path"]: field for field in plain.get("fields", ())}
    places = dict(_places(plain, _record(truth)))
    damages = [tuple(page.get("damages", ())) for page in truth.get("pages", ())]
    return {
        places[path]: Score(
            path=path,
            expected=_text(plain_at(truth, path)),
            got=_text(plain_at(plain, places[path])),
            check=read.get(places[path], {}).get("check"),
            chance=float(read.get(places[path], {}).get("confidence", 0.0)),
            offered=tuple(str(one["value"]) for one in read.get(places[path], {}).get("candidates", ())),
            damages=_damages_of(place, damages),
            pen=_pen_of(place),
        )
        for path, place in _printed(truth).items()
    }


def paths_of(plain: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401
    """The paths of all values in plain JSON values that are not null."""
    if isinstance(plain, Mapping):
        for name, value in plain.items():
            yield from paths_of(value, f"{path}.{name}" if path else str(name))
    elif isinstance(plain, list):
        for index, value in enumerate(plain):
            yield from paths_of(value, f"{path}[{index}]")
    elif plain is not None:
        yield path


def _record(truth: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a truth that says what is printed."""
    return {name: truth[name] for name in RECORD if name in truth}


def _printed(truth: Mapping[str, Any]) -> Mapping[str, Any]:
    """The paths to be scored, with their places; all values of the record where the truth does not say."""
    if "fields" in truth:
        fields: Mapping[str, Any] = truth["fields"]
        return fields
    return dict.fromkeys(paths_of(_record(truth)))


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


def _places(plain: Any, truth: Any, place: str = "", path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Each path of the truth, with the path the reading has its value at, or would have it at."""
    if isinstance(truth, Mapping):
        for name, value in truth.items():
            below = plain.get(name) if isinstance(plain, Mapping) else None
            yield from _places(below, value, f"{place}.{name}" if path else name, f"{path}.{name}" if path else name)
    elif isinstance(truth, list):
        items = plain if isinstance(plain, list) else []
        partners = _partners(truth, items)
        for index, value in enumerate(truth):
            at = partners.get(index, len(items) + index)
            below = items[at] if at < len(items) else None
            yield from _places(below, value, f"{place}[{at}]", f"{path}[{index}]")
    else:
        yield path, place


def _partners(printed: Sequence[Any], read: Sequence[Any]) -> dict[int, int]:
    """Which item read stands for which one printed, in the same order, so that most values are the same.

    The best way to the end from each pair of places (as for the longest common part of two texts).
    """
    said = [{(path, str(plain_at(item, path))) for path in paths_of(item)} for item in printed]
    seen = [{(path, str(plain_at(item, path))) for path in paths_of(item)} for item in read]
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}
    for row in range(len(said), -1, -1):
        for column in range(len(seen), -1, -1):
            ways: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
            if row < len(said):
                ways.append(best[row + 1, column])
            if column < len(seen):
                ways.append(best[row, column + 1])
            if row < len(said) and column < len(seen):
                total, pairs = best[row + 1, column + 1]
                ways.append((total + len(said[row] & seen[column]) + EVEN_A_WRONG_ONE, ((row, column), *pairs)))
            best[row, column] = max(ways, key=lambda way: way[0])
    return dict(best[0, 0][1])


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


def _pen_of(place: object) -> str:
    """What a value is written with; the plainer pen where it stands in several places."""
    if not isinstance(place, Mapping):
        return PRINT
    pens = {str(one.get("pen", PRINT)) for one in (place, *place.get("also", ()))}
    return PRINT if PRINT in pens else min(pens - {HAND}, default=HAND)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
