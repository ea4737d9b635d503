"""Pure tests, in milliseconds."""

from __future__ import annotations
