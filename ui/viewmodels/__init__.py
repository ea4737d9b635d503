"""View models: the state behind a view, without widgets; they call the services."""

from __future__ import annotations
