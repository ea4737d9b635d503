"""The upload from a process of its own, killed and started again at every station."""

from __future__ import annotations
