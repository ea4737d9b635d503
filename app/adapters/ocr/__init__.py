"""Two ways to drive Tesseract, with one contract: tesserocr (stays warm) and pytesseract (the system's program)."""

from __future__ import annotations
