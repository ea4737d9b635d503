"""What a bench of readings says: figures against their goals, and tables by model, level, damage and field.

What was written by hand has a table of its own: no engine reads it. The shares of short and long fields, the damages
and the fields count what is printed or typed; what is said of `ok` values holds for all of them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.domain.scoring import DossierScore, Score

LONG = re.compile(r"(parcels\[\]|holders\[\])\.address|parcels\[\]\.uses\[\]\.(purpose|term|origin)")
"""Texts of several words that form 01 asks for: told apart from numbers, dates and names."""
SENTENCES = re.compile(r"certificate\.notes|changes\[\]\.(text|confirmed_by)")
"""Told by themselves: no form asks for them word by word."""
CELLS = re.compile(r"parcels\[\]\..*")
SERIAL = "certificate.serial"
PRINTED_MODELS = ("2009", "2014", "2024")
"""Models filled by printers; values of the others may be handwritten or typed."""
GOOD_LEVELS = ("clean", "office")

CHANCE_STEPS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 2.0)

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share of right ones among `of`, with the goal it must reach; for errors the most that is allowed."""

    name: str
    right: int
    of: int
    goal: float
    is_error: bool = False

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None when there was nothing to count."""
        return self.right / self.of if self.of else None

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; nothing counted reaches nothing."""
        if self.share is None:
            return False
        return self.share <= self.goal if self.is_error else self.share >= self.goal


def figures(dossiers: Sequence[DossierScore]) -> list[Figure]:
    """The figures that decide whether reading is good enough."""
    good = [item for one in dossiers if one.level in GOOD_LEVELS for item in one.scores]
    pages = [page for one in dossiers for page in one.pages]
    read = [item for item in good if item.got is not None]
    sure = [item for one in dossiers for item in one.scores if item.is_sure]
    invented = sum(one.unprinted_sure for one in dossiers)
    cells = [
        item
        for one in dossiers
        if one.has_table and one.model in PRINTED_MODELS
        for item in one.scores
        if CELLS.fullmatch(item.pattern)
    ]
    return [
        *(_short(dossiers, level, goal) for level, goal in (("clean", 0.99), ("office", 0.98), ("poor", 0.95))),
        _exact("serial, clean and office", [item for item in good if item.path == SERIAL], 0.97),
        _exact("address, purpose, term, origin, clean and office", [item for item in good if is_long(item)], 0.95),
        Figure(name="page kind and model", right=sum(page.is_kind_right for page in pages), of=len(pages), goal=0.99),
        Figure(name="rotation", right=sum(page.is_rotation_right for page in pages), of=len(pages), goal=0.99),
        Figure(
            name="marked ok, of values read, clean and office",
            right=sum(item.is_sure for item in read),
            of=len(read),
            goal=0.85,
        ),
        Figure(
            name="wrong, of values marked ok",
            right=sum(not item.is_right for item in sure) + invented,
            of=len(sure) + invented,
            goal=0.003,
            is_error=True,
        ),
        _exact("cells of tables of parcels, printed models", cells, 0.95),
    ]


def by_model(dossiers: Sequence[DossierScore]) -> list[Row]:
    """A table by model and level, with its head."""
    head = (
        "model",
        "level",
        "dossiers",
        "fields",
        "exact",
        "short",
        "long",
        "serial",
        "ok",
        "ok wrong",
        "keys",
        "by hand",
    )
    groups = sorted({(one.model, one.level) for one in dossiers})
    rows = [_group_row(*group, [one for one in dossiers if (one.model, one.level) == group]) for group in groups]
    return [head, *rows, _group_row("all", "", list(dossiers))]


def by_hand(dossiers: Sequence[DossierScore]) -> list[Row]:
    """How values written by hand fared; only the head where there are none."""
    items = [item for one in dossiers for item in one.scores if item.is_handwritten]
    sure = [item for item in items if item.is_sure]
    counts = (len(items), sum(item.is_right for item in items), len(sure), sum(not item.is_right for item in sure))
    row = tuple(map(str, counts))
    return [("written by hand", "exact", "ok", "ok wrong"), *([row] if items else [])]


def by_damage(dossiers: Sequence[DossierScore]) -> list[Row]:
    """How fields fared on pages with each damage."""
    items = _printed(dossiers)
    names = sorted({name for item in items for name in item.damages})
    rows = [_damage_row(name, [item for item in items if name in item.damages]) for name in names]
    return [("damage", "fields", "exact", "ok", "ok wrong"), *rows]


def by_chance(dossiers: Sequence[DossierScore]) -> list[Row]:
    """Whether values are as often right as the reader says: a row for each step of its chances (reliability)."""
    read = [item for one in dossiers for item in one.scores if item.got is not None and item.chance > 0]
    steps = [
        (low, high, [item for item in read if low <= item.chance < high])
        for low, high in itertools.pairwise(CHANCE_STEPS)
    ]
    rows = [
        (f"{low:g} to {min(high, 1):g}", str(len(items)), f"{_mean_chance(items):.4f}", _share(items))
        for low, high, items in steps
        if items
    ]
    return [("said to be right", "values", "on average", "right"), *rows]


def by_field(dossiers: Sequence[DossierScore], most: int) -> list[Row]:
    """The patterns with the most values missing or wrong; letters wrong of 100."""
    groups = _grouped(_printed(dossiers), lambda item: item.pattern)
    worst = sorted(groups.items(), key=lambda pair: -sum(not item.is_right for item in pair[1]))
    rows = [
        (name, str(_missing(items)), str(_wrong(items)), str(len(items)), _letters_wrong(items))
        for name, items in worst[:most]
        if not all(item.is_right for item in items)
    ]
    return [("field", "missing", "wrong", "of", "letters wrong %"), *rows]


def slipped(dossiers: Sequence[DossierScore]) -> list[Row]:
    """Every value marked ok that is wrong."""
    rows = [
        (one.name, item.path, item.got or "", item.expected or "")
        for one in dossiers
        for item in one.scores
        if item.is_sure and not item.is_right
    ]
    return [("dossier", "field", "read", "printed"), *rows]


def unprinted(dossiers: Sequence[DossierScore]) -> Counter[str]:
    """Patterns of values read although nothing is printed, counted."""
    return Counter(pattern for one in dossiers for pattern in one.unprinted)


def is_short(item: Score) -> bool:
    """Numbers, dates, names, choices: no long texts, no sentences, and not the serial, which has its own figure."""
    longer = LONG.fullmatch(item.pattern) or SENTENCES.fullmatch(item.pattern)
    return item.path != SERIAL and not longer and not item.is_handwritten


def is_long(item: Score) -> bool:
    """Texts of several words that form 01 asks for, printed or typed."""
    return bool(LONG.fullmatch(item.pattern)) and not item.is_handwritten


def _short(dossiers: Sequence[DossierScore], level: str, goal: float) -> Figure:
    items = [item for one in dossiers if one.level == level for item in one.scores if is_short(item)]
    return _exact(f"short fields, {level}", items, goal)


def _exact(name: str, items: Sequence[Score], goal: float) -> Figure:
    return Figure(name=name, right=sum(item.is_right for item in items), of=len(items), goal=goal)


def _group_row(model: str, level: str, dossiers: Sequence[DossierScore]) -> Row:
    items = [item for one in dossiers for item in one.scores]
    sure = [item for item in items if item.is_sure]
    return (
        model,
        level,
        str(len(dossiers)),
        str(len(items)),
        _share(items),
        _share([item for item in items if is_short(item)]),
        _share([item for item in items if is_long(item)]),
        _share([item for item in items if item.path == SERIAL]),
        f"{len(sure) / max(1, len(items)):.3f}",
        str(sum(not item.is_right for item in sure)),
        f"{sum(item.keystrokes for item in items) / max(1, len(dossiers)):.0f}",
        f"{sum(item.keystrokes_by_hand for item in items) / max(1, len(dossiers)):.0f}",
    )


def _damage_row(name: str, items: Sequence[Score]) -> Row:
    sure = [item for item in items if item.is_sure]
    return (
        name,
        str(len(items)),
        _share(items),
        f"{len(sure) / max(1, len(items)):.3f}",
        str(sum(not item.is_right for item in sure)),
    )


def _share(items: Sequence[Score]) -> str:
    return f"{sum(item.is_right for item in items) / len(items):.4f}" if items else "-"


def _printed(dossiers: Sequence[DossierScore]) -> list[Score]:
    return [item for one in dossiers for item in one.scores if not item.is_handwritten]


def _mean_chance(items: Sequence[Score]) -> float:
    return sum(item.chance for item in items) / len(items)


def _missing(items: Sequence[Score]) -> int:
    return sum(item.got is None for item in items if not item.is_right)


def _wrong(items: Sequence[Score]) -> int:
    return sum(item.got is not None for item in items if not item.is_right)


def _letters_wrong(items: Sequence[Score]) -> str:
    letters = sum(len(item.expected or "") for item in items)
    return f"{100 * sum(item.slips for item in items) / max(1, letters):.1f}"


def _grouped(items: Iterable[Score], key: Callable[[Score], str]) -> dict[str, list[Score]]:
    groups: dict[str, list[Score]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups
