"""Which values a person should still look at, in the order of the paper."""

from __future__ import annotations

import functools

from app.domain import paths
from app.domain.dossier import Dossier
from app.domain.fields import FIELDS, order_of
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check

REQUIRED = tuple(spec.pattern for spec in FIELDS if spec.required)
"""Patterns that need a value or a reason for the blank."""


@functools.lru_cache(maxsize=1024)
def _group_order(prefix: str) -> int:
    return min((i for i, spec in enumerate(FIELDS) if spec.pattern.startswith(prefix)), default=len(FIELDS))


def paper_order(path: str) -> tuple[int, ...]:
    """A key that sorts paths as the paper shows them: whole items one after the other, their values inside."""
    key: list[int] = []
    seen = ""
    for part in paths.split(path):
        if isinstance(part, int):
            seen += "[]"
            key += (_group_order(seen), part)
        else:
            seen += f".{part}" if seen else part
    return (*key, order_of(path))


def required_paths(dossier: Dossier) -> list[str]:
    """Paths that need a value; where a list is still empty, those of its first item."""
    return sorted((path for pattern in REQUIRED for path in _expand(dossier, pattern)), key=paper_order)


def is_blanked(dossier: Dossier, path: str) -> bool:
    """Whether a reason is given why the value stays blank."""
    return any(blank.path == path for blank in dossier.blanks)


def says_nothing(field: FieldValue) -> bool:
    """Whether a row of the history only says that there is nothing (any more): not shown among the present values."""
    without_evidence = field.raw is None and field.page_id is None and not field.candidates
    return field.value is None and without_evidence and field.check == Check.OK


def doubtful_paths(opened: OpenDossier) -> list[str]:
    """Paths to look at: read with doubt, in conflict, or required and empty without a reason."""
    doubtful = {field.path for field in opened.fields if field.check != Check.OK}
    for path in required_paths(opened.dossier):
        if paths.get(opened.dossier, path) is None and not is_blanked(opened.dossier, path):
            doubtful.add(path)
    return sorted(doubtful, key=paper_order)


def next_doubtful(opened: OpenDossier, after_path: str | None, *, backwards: bool = False) -> str | None:
    """The doubtful path behind a path (before it when `backwards`), going round at the end; None when there is none."""
    doubtful = doubtful_paths(opened)
    if backwards:
        doubtful.reverse()
    if after_path is None or not doubtful:
        return doubtful[0] if doubtful else None
    here = paper_order(after_path)
    behind = (path for path in doubtful if (paper_order(path) < here if backwards else paper_order(path) > here))
    return next(behind, doubtful[0])


def _expand(dossier: Dossier, pattern: str) -> list[str]:
    found = [""]
    for part in pattern.split("."):
        name = part.removesuffix("[]")
        longer = [f"{path}.{name}" if path else name for path in found]
        if part.endswith("[]"):
            longer = [f"{path}[{i}]" for path in longer for i in range(max(1, len(paths.get(dossier, path) or ())))]
        found = longer
    return found
