"""Sorted tables of keys and values, as LevelDB and TensorFlow write them.

A table is a row of blocks, an index of them, and a footer of 48 bytes that says where the index is. A block is a row of
entries, each with as much of its key as differs from the one before, then the places of its restarts. After a block
stand one byte, how it is packed, and a checksum of four.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chorale.models.tensorflow.snappy import unpacked
from chorale.models.tensorflow.wire import DamagedError, varint

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["entries", "is_table"]

_FOOTER = 48
_MAGIC = (0xDB4775248B80FB57).to_bytes(8, "little")
_PLAIN, _SNAPPY = 0, 1


def is_table(data: bytes | memoryview) -> bool:
    """Return whether some bytes end as a table does."""
    return len(data) >= _FOOTER and bytes(data[-len(_MAGIC) :]) == _MAGIC


def entries(data: bytes | memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Yield the keys and values of a table in order.

    Raises:
        DamagedError: the bytes are no table.
    """
    if not is_table(data):
        raise DamagedError("no table: its end is missing")
    view = memoryview(data)
    footer = view[-_FOOTER:]
    _, place = _handle(footer, 0)
    index, _ = _handle(footer, place)
    for _, value in _block(view, index):
        handle, _ = _handle(value, 0)
        yield from _block(view, handle)


def _handle(data: memoryview, place: int) -> tuple[tuple[int, int], int]:
    """Return where a block begins and how long it is, and the place after that."""
    start, place = varint(data, place)
    size, place = varint(data, place)
    return (start, size), place


def _block(data: memoryview, handle: tuple[int, int]) -> Iterator[tuple[bytes, memoryview]]:
    start, size = handle
    if start + size >= len(data):
        raise DamagedError("a block reaches beyond the end")
    packing = data[start + size]
    if packing not in {_PLAIN, _SNAPPY}:
        raise DamagedError(f"a block is packed in way {packing}, which is not known")
    block = data[start : start + size]
    return _entries(memoryview(unpacked(block)) if packing == _SNAPPY else block)


def _entries(block: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    restarts = int.from_bytes(block[-4:], "little")
    end = len(block) - 4 * (restarts + 1)
    if len(block) < 4 or end < 0:
        raise DamagedError("a block without its end")
    place, key = 0, b""
    while place < end:
        shared, place = varint(block, place)
        own, place = varint(block, place)
        size, place = varint(block, place)
        if shared > len(key) or place + own + size > end:
            raise DamagedError("an entry reaches beyond its block")
        key = key[:shared] + bytes(block[place : place + own])
        yield key, block[place + own : place + own + size]
        place += own + size
