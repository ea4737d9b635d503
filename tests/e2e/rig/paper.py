"""The papers on the table: drawn in a process of their own, read by the person's eyes only."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.fields import spec_of
from app.messages import Messages
from tests.e2e.rig.books import value_at


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One fictional certificate.

    Attributes:
        stack: Its pages in the feeder of the simulated scanner.
        known: What the person knows beside the paper, by path.
    """

    stack: Path
    truth: dict[str, Any]
    known: dict[str, str]

    @property
    def page_count(self) -> int:
        """How many sheets it has."""
        return len(self.truth["pages"])

    def value(self, path: str) -> str | None:
        """What the record should say at a path; None when it is not printed."""
        value = self.known.get(path) or value_at(self.truth, path)
        return None if value is None else str(value)

    def text(self, path: str) -> str:
        """What a person types for it."""
        spec = spec_of(path)
        assert spec is not None
        return Messages("vi").value(spec, self.value(path))

    def is_required(self, path: str) -> bool:
        """Whether the form asks for a value or a reason."""
        spec = spec_of(path)
        return spec is not None and spec.required


def draw_papers(feed: Path, *, seed: int, count: int, model: str, dpi: int = 300) -> list[Paper]:
    """Draw certificates into the feeder, behind those that lie there."""
    drawn = feed.parent / f"drawn-{seed}"
    subprocess.run(
        [sys.executable, "-m", "tests.samples", str(drawn), "--seed", str(seed), "--count", str(count),
         "--model", model, "--format", "ppm", "--dpi", str(dpi), "--words", "tuning"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    papers = []
    for folder in sorted(drawn.iterdir()):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        (folder / "truth.json").unlink()  # the scanner gets pages only
        stack = feed / f"{len(list(feed.iterdir())):03d}-{folder.name}"
        folder.rename(stack)
        papers.append(Paper(stack=stack, truth=truth, known={"commune_code": "07420"}))
    return papers
