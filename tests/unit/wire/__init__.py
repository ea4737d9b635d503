"""The upload contract as code."""

from __future__ import annotations
