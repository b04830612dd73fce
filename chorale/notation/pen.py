"""Pen lines as outlines: a stroke is cut into its dashes, and every dash becomes a closed contour about its middle.

All contours turn the same way round, so that those which overlap at a corner do not cut holes in one another.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chorale.notation.outline import Outline, Segment

__all__ = ["rounded_box", "stroke_outline"]

Point = tuple[float, float]
_KAPPA = 0.5523  # a quarter circle's control points stand this part of the radius from its ends
_SHARPEST = 0.35  # cosine of half a bend below which a corner is cut off rather than drawn to its point


def stroke_outline(points: Sequence[Point], thickness: float, dash: Sequence[float] = ()) -> Outline:
    """Return the outline of a pen line through points, with flat ends.

    Args:
        points: two or more; the last may be the first, which closes the line.
        thickness: of the line.
        dash: how long the pen draws and how long it pauses; () for a line without gaps.
    """
    pieces = [list(points)] if not dash else _dashes(points, *dash)
    return tuple(segment for piece in pieces for segment in _ribbon(piece, thickness / 2))


def rounded_box(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """Return a rectangle with round corners."""
    r = min(radius, (right - left) / 2, (bottom - top) / 2)
    k = r * (1 - _KAPPA)
    return (
        ("M", left + r, top),
        ("L", right - r, top),
        ("C", right - k, top, right, top + k, right, top + r),
        ("L", right, bottom - r),
        ("C", right, bottom - k, right - k, bottom, right - r, bottom),
        ("L", left + r, bottom),
        ("C", left + k, bottom, left, bottom - k, left, bottom - r),
        ("L", left, top + r),
        ("C", left, top + k, left + k, top, left + r, top),
        ("Z",),
    )


def _dashes(points: Sequence[Point], on: float, off: float) -> list[list[Point]]:
    """Return the drawn pieces of a line; the pattern is stretched so that the line begins and ends with a dash."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    total = sum(lengths)
    count = max(1, round((total + off) / (on + off)))
    scale = total / (count * on + (count - 1) * off)
    period = (on + off) * scale
    return [_part(points, lengths, index * period, index * period + on * scale) for index in range(count)]


def _part(points: Sequence[Point], lengths: Sequence[float], start: float, end: float) -> list[Point]:
    """Return the part of a line between two distances from its beginning."""
    found: list[Point] = []
    at = 0.0
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if at + length >= start and at <= end and length:
            first, last = max(0.0, (start - at) / length), min(1.0, (end - at) / length)
            found += [_between(a, b, first), _between(a, b, last)]
        at += length
    return found


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part


def _ribbon(points: Sequence[Point], half: float) -> Iterator[Segment]:
    """Yield the contour of a piece of line without gaps."""
    kept = [point for index, point in enumerate(points) if index == 0 or math.dist(point, points[index - 1]) > 1e-6]
    if len(kept) < 2:
        return
    offsets = _offsets(kept, half)
    there = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(kept, offsets, strict=True)]
    back = [(x - dx, y - dy) for (x, y), (dx, dy) in zip(kept, offsets, strict=True)]
    yield ("M", *there[0])
    for point in [*there[1:], *reversed(back)]:
        yield ("L", *point)
    yield ("Z",)


def _offsets(points: Sequence[Point], half: float) -> list[Point]:
    """Return how far the edge lies from each point of the line: square to it, in a bend along its bisector."""
    normals = [_normal(a, b) for a, b in pairwise(points)]
    if points[0] == points[-1]:
        before, after = [normals[-1], *normals], [*normals, normals[0]]
    else:
        before, after = [normals[0], *normals], [*normals, normals[-1]]
    return [_mitre(a, b, half) for a, b in zip(before, after, strict=True)]


def _normal(a: Point, b: Point) -> Point:
    length = math.dist(a, b)
    return (a[1] - b[1]) / length, (b[0] - a[0]) / length


def _mitre(a: Point, b: Point, half: float) -> Point:
    x, y = a[0] + b[0], a[1] + b[1]
    length = math.hypot(x, y)
    if length < 2 * _SHARPEST:
        return a[0] * half, a[1] * half
    stretched = 2 * half / length**2
    return x * stretched, y * stretched
