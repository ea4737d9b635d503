"""Decoding and preparing image files."""

from __future__ import annotations
