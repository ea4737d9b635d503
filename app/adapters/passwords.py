"""Passwords as argon2id hashes."""

from __future__ import annotations

import argon2
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Hasher:
    """Argon2id (RFC 9106); the parameters travel inside each hash, so that they can grow later.

    Args:
        passes: How often the memory is gone through.
        memory_kib: Memory per hash; 64 MiB is the RFC's choice for machines with little memory.
    """

    def __init__(self, passes: int = 3, memory_kib: int = 65536) -> None:
        self._hasher = argon2.PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)

    def hash(self, password: str) -> str:
        """The encoded hash with its parameters and a fresh salt."""
        return self._hasher.hash(password)

    def verify(self, encoded: str, password: str) -> bool:
        """Whether the password belongs to the hash; False also for a damaged hash."""
        try:
            return self._hasher.verify(encoded, password)
        except (VerificationError, InvalidHashError):
            return False
