"""How likely a dossier holds a wrong value: the order in which a supervisor looks at a batch."""

from __future__ import annotations

import math

from app.domain.doubts import doubtful_paths
from app.domain.fields import spec_of
from app.domain.queue import FieldValue, OpenDossier
from app.domain.reading import Check, Severity, Source

OPEN_CONFLICT = 0.5
OPEN_DOUBT = 0.2
MISSING = 0.3
BLANK_WITH_REASON = 0.05
OF_FINDING = {Severity.BLOCKING.value: 0.5, Severity.WARNING.value: 0.15, Severity.INFO.value: 0.0}
TYPED = {True: 0.01, False: 0.002}
"""Chance of a slip in a value typed by a person: critical, other."""
WEIGHT = {True: 0.5, False: 0.1}
"""How much of a reader's own doubt (1 - confidence) counts once the value is taken as it is: critical, other."""


def risk(opened: OpenDossier) -> float:
    """0..1, the chance that at least one of the things below is an error, if they were independent.

    Open conflicts and doubts, required values that are missing, blanks with a reason, findings of the checks, the
    reader's own uncertainty (also where a person accepted the value) and slips of typing. The figures are estimates
    that give an order, not a promise.
    """
    sound = 1.0
    for chance in _chances(opened):
        sound *= 1.0 - chance
    return round(1.0 - sound, 4)


def _chances(opened: OpenDossier) -> list[float]:
    chances = [_of_field(field) for field in opened.fields]
    read_doubts = {field.path for field in opened.fields if field.check != Check.OK}
    chances += [MISSING for path in doubtful_paths(opened) if path not in read_doubts]
    chances += [BLANK_WITH_REASON for _blank in opened.dossier.blanks]
    found = (finding for finding in opened.findings if finding.code != "required_missing")  # counted above
    chances += [OF_FINDING.get(finding.severity, 0.0) for finding in found]
    return chances


def _of_field(field: FieldValue) -> float:
    if field.check == Check.CONFLICT:
        return OPEN_CONFLICT
    if field.check == Check.LOOK:
        return OPEN_DOUBT
    if field.value is None:
        return 0.0
    spec = spec_of(field.path)
    critical = spec is not None and spec.critical
    if field.source == Source.PERSON:
        return TYPED[critical]
    doubt = 1.0 - field.confidence if math.isfinite(field.confidence) else 1.0
    return WEIGHT[critical] * min(1.0, max(0.0, doubt))
