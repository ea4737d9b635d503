"""Loads the measured chances of readings that ship with the program (`resources/reading/calibration.json`)."""

from __future__ import annotations

import json
from typing import Any

import resources
from app.domain.extraction.grading import Calibration, Steps


def load_calibration() -> Calibration:
    """The calibration as a value."""
    plain: dict[str, Any] = json.loads(resources.text("reading/calibration.json"))
    return Calibration(
        words=_steps(plain["words"]),
        sources=plain["sources"],
        weights=plain["weights"],
        seen_instead=plain["seen_instead"],
        ok_from=plain["ok_from"],
        ok_from_by_pattern=plain["ok_from_by_pattern"],
    )


def _steps(pairs: list[list[float]]) -> Steps:
    return tuple((bound, share) for bound, share in pairs)
