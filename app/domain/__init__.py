"""Pure values and rules: standard library only, no files, no clock."""

from __future__ import annotations
