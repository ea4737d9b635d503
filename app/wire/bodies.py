"""Packing and unpacking of bodies with a hard end: a few bytes never become gigabytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

import pydantic_core


class BodyTooLarge(ValueError):  # noqa: N818 - says what it is
    """More bytes than allowed, packed or unpacked."""


class BodyBroken(ValueError):  # noqa: N818 - says what it is
    """Not a whole gzip stream, or not JSON."""


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


def parse_json(untrusted_data: bytes) -> object:
    """Plain values of a JSON text, by a strict parser with an end to depth and to digits.

    Python's own takes NaN and halves of surrogate pairs, which neither a database nor an answer can hold.

    Raises:
        BodyBroken: When it is not JSON.
    """
    try:
        value: object = pydantic_core.from_json(untrusted_data, allow_inf_nan=False)
    except ValueError as error:
        raise BodyBroken("not JSON") from error
    return value


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
