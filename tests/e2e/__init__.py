"""Tests: e2e."""

from __future__ import annotations
