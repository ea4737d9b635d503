"""What the upload tells its callers."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import DiabaError


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadSummary:
    """What one run of the upload did.

    Attributes:
        stored: Dossiers with a verified receipt.
        refused: Dossiers the server refused.
        conflict: Dossiers of which the server has another content.
        waiting: Outbox rows whose fate is still open.
        failure: The first failure of the run; None when everything that was due was settled.
    """

    stored: int = 0
    refused: int = 0
    conflict: int = 0
    waiting: int = 0
    failure: DiabaError | None = None

    @property
    def stopped_by(self) -> str | None:
        """Code of the first failure."""
        return self.failure.code if self.failure else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSummary:
    """What came of the results the server posted.

    Attributes:
        ignored: Results that changed nothing: known already, of an older revision or of a foreign dossier.
        deferred: Results of dossiers whose own receipt is not here yet; they are kept and tried again.
    """

    verified: int = 0
    wrong_info: int = 0
    police: int = 0
    conflict: int = 0
    returned: int = 0
    ignored: int = 0
    deferred: int = 0
