"""Tests of the generator of fictional certificates."""

from __future__ import annotations
