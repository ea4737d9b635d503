"""What a certificate model does not print: required values nobody can find on the paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from app.domain import paths
from app.domain.dossier import Blank, BlankReason, Dossier, Model

UNPRINTED: Mapping[str, frozenset[str]] = {
    Model.M2024: frozenset({"parcels[].uses[].origin"}),
}
"""Patterns of required values by model. Source: TT 10/2024/TT-BTNMT: the 2024 model carries the origin of use in its
QR-linked record only."""


def with_unprinted_blanks(dossier: Dossier) -> Dossier:
    """The dossier with the reason "not printed" for what its model leaves out and nobody has given."""
    patterns = UNPRINTED.get(dossier.certificate.model or "", frozenset())
    explained = {blank.path for blank in dossier.blanks}
    blanks = tuple(
        Blank(path=path, reason=BlankReason.NOT_PRINTED)
        for path, value in paths.leaves(dossier)
        if value is None and paths.pattern(path) in patterns and path not in explained
    )
    return dataclasses.replace(dossier, blanks=dossier.blanks + blanks) if blanks else dossier
