"""One station each, plain values in and out; no service calls another, every public method is one commit."""

from __future__ import annotations
