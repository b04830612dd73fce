"""Protocol buffers as they lie in a file: numbered fields, without a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DamagedError", "Message", "varint"]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_SIZES = {_FIXED64: 8, _FIXED32: 4}
_LONGEST = 10  # bytes of a varint


class DamagedError(ValueError):
    """The bytes are not what they should be."""


def varint(data: bytes | memoryview, start: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place after it.

    Raises:
        DamagedError: there is none.
    """
    value = 0
    for count in range(_LONGEST):
        if start + count >= len(data):
            break
        byte = data[start + count]
        value |= (byte & 0x7F) << 7 * count
        if byte < 0x80:
            return value, start + count + 1
    raise DamagedError("a number does not end")


class Message:
    """The fields of a message, by number, each with its values in order.

    Raises:
        DamagedError: the bytes are no message.
    """

    def __init__(self, data: bytes | memoryview) -> None:
        self._fields: dict[int, list[int | memoryview]] = {}
        for number, value in _fields(memoryview(data)):
            self._fields.setdefault(number, []).append(value)

    def number(self, field: int) -> int:
        """Return a whole number; 0 where the field is missing."""
        value = self._fields.get(field, [0])[-1]
        if not isinstance(value, int):
            raise DamagedError(f"field {field} is no number")
        return value

    def signed(self, field: int) -> int:
        """Return a whole number that may be negative."""
        value = self.number(field)
        return value - (1 << 64) if value >> 63 else value

    def parts(self, field: int) -> list[memoryview]:
        """Return the bytes of every value of a field."""
        values = self._fields.get(field, [])
        found = [value for value in values if isinstance(value, memoryview)]
        if len(found) != len(values):
            raise DamagedError(f"field {field} is no run of bytes")
        return found

    def bytes(self, field: int) -> memoryview:
        """Return the bytes of a field; none where it is missing."""
        return self.parts(field)[-1] if field in self._fields else memoryview(b"")

    def text(self, field: int) -> str:
        """Return a text; "" where the field is missing."""
        return bytes(self.bytes(field)).decode("utf-8", "replace")

    def messages(self, field: int) -> list[Message]:
        """Return every value of a field as a message."""
        return [Message(part) for part in self.parts(field)]

    def message(self, field: int) -> Message:
        """Return a field as a message; an empty one where it is missing."""
        return Message(self.bytes(field))


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield the numbers and values of the fields."""
    place = 0
    while place < len(data):
        key, place = varint(data, place)
        kind = key & 7
        if kind == _VARINT:
            value, place = varint(data, place)
            yield key >> 3, value
            continue
        size = _SIZES.get(kind, -1)
        if kind == _BYTES:
            size, place = varint(data, place)
        if not 0 <= size <= len(data) - place:
            raise DamagedError("a field reaches beyond the end")
        yield key >> 3, data[place : place + size]
        place += size
