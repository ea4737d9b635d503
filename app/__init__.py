"""Địa Bạ without a window: domain, services, adapters and the command line."""

from __future__ import annotations

__version__ = "0.1.0"
