"""The upload contract as code: bodies, signatures, the check of a form; shared by the client adapter and the receiver.

The same contract for other programs: `resources/api/openapi.yaml` and `resources/schemas/dossier-1.schema.json`.
"""

from __future__ import annotations
