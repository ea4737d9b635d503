"""The window (PySide6): views, view models, widgets, one door to worker threads."""

from __future__ import annotations
