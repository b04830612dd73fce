"""Snappy, as far as reading goes. Format: Snappy compressed format description, google/snappy."""

from __future__ import annotations

from chorale.models.tensorflow.wire import DamagedError, varint

__all__ = ["unpacked"]

_LITERAL = 0
_LONG_LITERAL = 60  # lengths from here on stand in so many bytes more
_LARGEST = 1 << 30


def unpacked(data: bytes | memoryview) -> bytes:
    """Return the bytes that were packed.

    Raises:
        DamagedError: they cannot have been.
    """
    size, place = varint(data, 0)
    if size > _LARGEST:
        raise DamagedError("a block is larger than any")
    out = bytearray()
    try:
        while place < len(data):
            take = _literal if data[place] & 3 == _LITERAL else _copy
            place = take(data, place, out)
            if len(out) > size:
                break
    except IndexError as error:
        raise DamagedError("a packed block ends too early") from error
    if len(out) != size:
        raise DamagedError("a packed block has another length than it says")
    return bytes(out)


def _literal(data: bytes | memoryview, place: int, out: bytearray) -> int:
    """Take over bytes as they are; return the place after them."""
    size = data[place] >> 2
    place += 1
    if size >= _LONG_LITERAL:
        more = size - _LONG_LITERAL + 1
        size = int.from_bytes(data[place : place + more], "little")
        place += more
    out += data[place : place + size + 1]
    return place + size + 1


def _copy(data: bytes | memoryview, place: int, out: bytearray) -> int:
    """Repeat bytes that were written before; return the place after the order to do so."""
    tag, more = data[place], (0, 1, 2, 4)[data[place] & 3]
    distance = int.from_bytes(data[place + 1 : place + 1 + more], "little")
    size = (tag >> 2) + 1
    if more == 1:
        size, distance = (tag >> 2 & 7) + 4, distance | tag >> 5 << 8
    if not 0 < distance <= len(out):
        raise DamagedError("a packed block repeats what was not there")
    start = len(out) - distance
    while size > 0:  # what is repeated may be what is being written
        piece = out[start : start + size]
        out += piece
        size -= len(piece)
    return place + 1 + more
