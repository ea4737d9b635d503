"""Workbooks and PDFs, read back by other programs than those that wrote them."""

from __future__ import annotations
