"""Which values a person should still look at, in the order of the paper."""

from __future__ import annotations

import functools

from app.domain import paths
from app.domain.checks import missing_values
from app.domain.fields import FIELDS, order_of
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check


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


def says_nothing(field: FieldValue) -> bool:
    """Whether a row of the history only says that there is nothing (any more): not shown among the present values."""
    without_evidence = field.raw is None and field.page_id is None and not field.candidates
    return field.value is None and without_evidence and field.check == Check.OK


def doubtful_paths(opened: OpenDossier) -> list[str]:
    """Paths to look at: read with doubt, in conflict, or required and empty without a reason."""
    doubtful = {field.path for field in opened.fields if field.check != Check.OK}
    doubtful.update(path for missing in missing_values(opened.dossier) for path in missing.paths)
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
