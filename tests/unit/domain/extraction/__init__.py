"""Tests: understanding pages."""

from __future__ import annotations
