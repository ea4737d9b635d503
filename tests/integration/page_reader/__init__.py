"""Pages read end to end in worker processes."""

from __future__ import annotations
