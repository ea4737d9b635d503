"""Drivers of scanners: each drops finished files into an inbox and tells what happens; none keeps a page itself."""

from __future__ import annotations
