"""Packing and unpacking of bodies with a hard end: a few bytes never become gigabytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator


class BodyTooLarge(ValueError):  # noqa: N818 - says what it is
    """More bytes than allowed, packed or unpacked."""


class BodyBroken(ValueError):  # noqa: N818 - says what it is
    """Not a whole gzip stream."""


def pack(data: bytes) -> bytes:
    """Gzip without a time stamp: the same body gives the same bytes."""
    return gzip.compress(data, 6, mtime=0)


def unpack(packed: bytes, limit: int) -> bytes:
    """Undo `pack`, at most `limit` bytes.

    Raises:
        BodyTooLarge: When there is more.
        BodyBroken: When the stream is not one whole gzip member.
    """
    machine = zlib.decompressobj(wbits=31)
    try:
        data = machine.decompress(packed, limit + 1)
    except zlib.error as error:
        raise BodyBroken("not gzip") from error
    if len(data) > limit:
        raise BodyTooLarge(f"more than {limit} bytes")
    if not machine.eof or machine.unused_data:
        raise BodyBroken("cut short or with a tail")
    return data


def collect(chunks: Iterable[bytes], limit: int) -> bytes:
    """Join chunks, at most `limit` bytes.

    Raises:
        BodyTooLarge: When there is more.
    """
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > limit:
            raise BodyTooLarge(f"more than {limit} bytes")
    return bytes(data)


def lines(data: bytes) -> Iterator[bytes]:
    """The lines of an NDJSON body without their ends; empty lines are left out."""
    return (line for line in data.split(b"\n") if line)
