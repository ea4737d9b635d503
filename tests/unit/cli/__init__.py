"""The command line, in one process."""

from __future__ import annotations
