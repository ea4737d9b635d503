"""Two ways to take the pages out of a PDF, with one contract: pdfium (first) and poppler (when pdfium refuses)."""

from __future__ import annotations
