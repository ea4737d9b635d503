"""Widgets used by several views; they know nothing of services."""

from __future__ import annotations
