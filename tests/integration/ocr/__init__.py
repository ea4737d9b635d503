"""The two OCR engines under one contract, with the real Tesseract."""

from __future__ import annotations
