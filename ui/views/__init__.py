"""Views: build widgets, connect them, show values; they decide nothing."""

from __future__ import annotations
