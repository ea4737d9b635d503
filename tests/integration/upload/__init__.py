"""The upload over real HTTP: the client adapter against the receiver in another process, with faults between them."""

from __future__ import annotations
