"""Driving the started program from outside: screen, keys, books, kills in the middle of a system call."""

from __future__ import annotations
