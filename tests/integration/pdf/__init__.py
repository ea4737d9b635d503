"""The two PDF readers under one contract."""

from __future__ import annotations
