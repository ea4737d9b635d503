"""Tests of Địa Bạ, and the generator of fictional certificates they use."""

from __future__ import annotations
