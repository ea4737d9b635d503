"""The spool on a real disk."""

from __future__ import annotations
