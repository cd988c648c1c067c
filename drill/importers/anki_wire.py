"""The little of Protocol Buffers that Anki's packages are written in: fields of a message, one by one.

The wire format is documented at protobuf.dev, "Encoding". Only the kinds a reader meets are told apart: whole
numbers, and bytes that hold a text or another message.
"""

from __future__ import annotations

from collections.abc import Iterator

_MAX_VARINT_BYTES = 10


class WireError(ValueError):
    """The bytes are no message."""


def wire_fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field, in order. Raises WireError where the message breaks off."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(data, at)
            case 2:
                length, at = _varint(data, at)
                value, at = _taken(data, at, length)
            case 1:
                value, at = _taken(data, at, 8)
            case 5:
                value, at = _taken(data, at, 4)
            case _:
                raise WireError
        yield key >> 3, value


def _taken(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    if at + length > len(data):
        raise WireError
    return data[at : at + length], at + length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(_MAX_VARINT_BYTES):
        if at >= len(data):
            raise WireError
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            return value, at
    raise WireError
