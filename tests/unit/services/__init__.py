"""The services over a real store, with fakes only at the ports."""

from __future__ import annotations
