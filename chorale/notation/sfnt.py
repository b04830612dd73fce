"""A reader of TrueType fonts: which glyph a character has, how wide it is, and its outline.

Reads only the tables it needs and only the glyphs asked for, so that the first page is not held up by a font library
(fontTools takes a third of a second for the three faces of a page, this a hundredth).
Source: the OpenType specification 1.9, tables head, maxp, hhea, hmtx, cmap (format 4), loca, glyf.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from chorale.errors import ModelError
from chorale.notation.outline import Outline, Segment

__all__ = ["Font"]

_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 1, 2, 4, 8, 16, 32  # flags of a point
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 1, 8, 32, 64, 128  # flags of a part of a composite glyph
_Point = tuple[float, float, bool]


class Font:
    """A font file.

    Args:
        path: a .ttf file with quadratic outlines.

    Raises:
        ModelError: the file is missing or no such font.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._data = path.read_bytes()
            self._tables = dict(self._directory())
            self.units: int = self._at("head", 18, "H")[0]
            self._long_offsets = bool(self._at("head", 50, "h")[0])
            self._wide: int = self._at("hhea", 34, "H")[0]
            self._glyphs = dict(self._characters())
        except (OSError, KeyError, struct.error) as error:
            raise ModelError(f"the text face {path.name} cannot be read: {error}") from error

    def _directory(self) -> Iterator[tuple[str, int]]:
        (count,) = struct.unpack_from(">H", self._data, 4)
        for index in range(count):
            tag, _, offset, _ = struct.unpack_from(">4sIII", self._data, 12 + 16 * index)
            yield tag.decode("ascii"), offset

    def _at(self, table: str, offset: int, form: str) -> tuple[int, ...]:
        return struct.unpack_from(f">{form}", self._data, self._tables[table] + offset)

    def _characters(self) -> Iterator[tuple[int, int]]:
        """Yield (character, glyph) from the map of the Basic Multilingual Plane."""
        for index in range(self._at("cmap", 2, "H")[0]):
            _, _, offset = self._at("cmap", 4 + 8 * index, "HHI")
            if self._at("cmap", offset, "H")[0] == 4:
                yield from self._segments(offset)
                return

    def _segments(self, table: int) -> Iterator[tuple[int, int]]:
        count = self._at("cmap", table + 6, "H")[0] // 2
        ends = self._at("cmap", table + 14, f"{count}H")
        starts = self._at("cmap", table + 16 + 2 * count, f"{count}H")
        deltas = self._at("cmap", table + 16 + 4 * count, f"{count}H")
        ranges = self._at("cmap", table + 16 + 6 * count, f"{count}H")
        for index, (start, end, delta, jump) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
            for character in range(start, min(end, 0xFFFE) + 1):
                glyph = character
                if jump:
                    place = table + 16 + 6 * count + 2 * index + jump + 2 * (character - start)
                    (glyph,) = self._at("cmap", place, "H")
                yield character, (glyph + delta) % 65536 if glyph else 0

    def glyph(self, character: str) -> int:
        """Return the number of a character's glyph; 0, the empty box, where the font has none."""
        return self._glyphs.get(ord(character), 0)

    def advance(self, glyph: int) -> float:
        """Return how far a glyph moves on, as a part of the em."""
        return self._at("hmtx", 4 * min(glyph, self._wide - 1), "H")[0] / self.units

    def outline(self, glyph: int) -> Outline:
        """Return a glyph's outline for an em of 1, y downwards."""
        segments: list[Segment] = []
        for contour in self._contours(glyph):
            segments += _curves([(x / self.units, -y / self.units, on) for x, y, on in contour])
        return tuple(segments)

    def _contours(self, glyph: int) -> list[list[_Point]]:
        first, end = self._at("loca", glyph * (4 if self._long_offsets else 2), "II" if self._long_offsets else "HH")
        if first == end:
            return []
        offset = first if self._long_offsets else 2 * first
        (count,) = self._at("glyf", offset, "h")
        return self._simple(offset + 10, count) if count >= 0 else list(self._composite(offset + 10))

    def _simple(self, offset: int, count: int) -> list[list[_Point]]:
        ends = self._at("glyf", offset, f"{count}H")
        offset += 2 * count
        offset += 2 + self._at("glyf", offset, "H")[0]
        flags: list[int] = []
        while len(flags) <= ends[-1]:
            flag, times = self._at("glyf", offset, "BB")
            flags += [flag] * (1 + (times if flag & _REPEAT else 0))
            offset += 2 if flag & _REPEAT else 1
        xs, offset = self._coordinates(flags, offset, _SHORT_X, _SAME_X)
        ys, _ = self._coordinates(flags, offset, _SHORT_Y, _SAME_Y)
        points: list[_Point] = [(x, y, bool(flag & _ON_CURVE)) for x, y, flag in zip(xs, ys, flags, strict=True)]
        return [points[a + 1 : b + 1] for a, b in pairwise([-1, *ends])]

    def _coordinates(self, flags: list[int], offset: int, short: int, same: int) -> tuple[list[int], int]:
        """Return one coordinate of every point, and where the next table begins."""
        values, value = [], 0
        for flag in flags:
            if flag & short:
                value += self._at("glyf", offset, "B")[0] * (1 if flag & same else -1)
                offset += 1
            elif not flag & same:
                value += self._at("glyf", offset, "h")[0]
                offset += 2
            values.append(value)
        return values, offset

    def _composite(self, offset: int) -> Iterator[list[_Point]]:
        """Yield the contours of a glyph made of others, as accented letters are."""
        flags = _MORE
        while flags & _MORE:
            flags, part = self._at("glyf", offset, "HH")
            dx, dy = self._at("glyf", offset + 4, "hh" if flags & _WORDS else "bb")
            offset += 8 if flags & _WORDS else 6
            count = 4 if flags & _MATRIX else 2 if flags & _TWO_SCALES else 1 if flags & _SCALE else 0
            a, b, c, d = _matrix([number / 16384 for number in self._at("glyf", offset, f"{count}h")])
            offset += 2 * count
            for contour in self._contours(part):
                yield [(a * x + c * y + dx, b * x + d * y + dy, on) for x, y, on in contour]


def _matrix(numbers: list[float]) -> tuple[float, float, float, float]:
    if len(numbers) == 4:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    first, last = (numbers[0], numbers[-1]) if numbers else (1.0, 1.0)
    return first, 0.0, 0.0, last


def _curves(points: list[_Point]) -> Iterator[Segment]:
    """Yield a contour as cubic curves; between two control points lies a point of the curve, halfway."""
    full: list[_Point] = []
    for before, point in zip([points[-1], *points], points, strict=False):
        if not before[2] and not point[2]:
            full.append(((before[0] + point[0]) / 2, (before[1] + point[1]) / 2, True))
        full.append(point)
    start = next(index for index, point in enumerate(full) if point[2])
    full = [*full[start:], *full[: start + 1]]
    x, y, _ = full[0]
    yield ("M", x, y)
    control: _Point | None = None
    for point in full[1:]:
        if not point[2]:
            control = point
            continue
        yield _cubic((x, y), control, point) if control else ("L", point[0], point[1])
        x, y, control = point[0], point[1], None
    yield ("Z",)


def _cubic(start: tuple[float, float], control: _Point, end: _Point) -> Segment:
    """Return a quadratic curve as a cubic one."""
    first = tuple((a + 2 * b) / 3 for a, b in zip(start, control[:2], strict=True))
    second = tuple((a + 2 * b) / 3 for a, b in zip(end[:2], control[:2], strict=True))
    return ("C", *first, *second, end[0], end[1])
