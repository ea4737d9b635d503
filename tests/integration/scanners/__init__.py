"""Tests: scanner drivers against real SANE devices."""

from __future__ import annotations
