"""What the program uses of the outside world: one module or package per outside thing, behind the ports."""

from __future__ import annotations
