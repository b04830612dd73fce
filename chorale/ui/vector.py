"""Crisp shapes by our own code: paths, filled and stroked on a canvas several times too large, then drawn small.

A path is text in SVG's manner, absolute coordinates only: ``M x y``, ``L x y ...``, ``Q cx cy x y``,
``C ax ay bx by x y``, ``Z``. Coordinates are the drawing's own; the canvas scales them to pixels.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import pygame

from chorale.ui.theme import Colour

__all__ = ["Canvas", "Point", "circle", "flatten"]

Point: TypeAlias = tuple[float, float]
_TOKEN = re.compile(r"[MLQCZ]|-?\d+(?:\.\d+)?")
_CURVE_POINTS = 14
_SUPER = 4


def _weights(t: float) -> tuple[float, float, float, float]:
    """Return the Bernstein polynomials of the third degree at ``t``."""
    u = 1 - t
    return u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t


_WEIGHTS = tuple(_weights(index / _CURVE_POINTS) for index in range(1, _CURVE_POINTS + 1))


def _cubic(a: Point, b: Point, c: Point, d: Point) -> Iterator[Point]:
    for p, q, r, s in _WEIGHTS:
        yield p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]


def _raised(start: Point, control: Point, end: Point) -> tuple[Point, Point]:
    """Return the cubic control points of a quadratic curve."""
    first = (start[0] + 2 / 3 * (control[0] - start[0]), start[1] + 2 / 3 * (control[1] - start[1]))
    second = (end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1]))
    return first, second


_POINTS_PER_COMMAND = {"M": 1, "L": 1, "Q": 2, "C": 3}


@lru_cache(maxsize=1024)
def flatten(path: str) -> tuple[tuple[Point, ...], ...]:
    """Return a path's contours as points; curves become short lines."""
    contours: list[list[Point]] = []
    tokens = _TOKEN.findall(path)
    at, command = 0, "M"
    while at < len(tokens):
        if tokens[at] in "MLQCZ":
            command = tokens[at]
            at += 1
        if command == "Z":
            contours[-1].append(contours[-1][0])
            continue
        count = 2 * _POINTS_PER_COMMAND[command]
        numbers = [float(token) for token in tokens[at : at + count]]
        _extend(contours, command, list(zip(numbers[::2], numbers[1::2], strict=True)))
        at += count
        command = "L" if command == "M" else command
    return tuple(tuple(contour) for contour in contours)


def _extend(contours: list[list[Point]], command: str, points: list[Point]) -> None:
    if command == "M":
        contours.append(points)
    elif command == "L":
        contours[-1] += points
    else:
        start = contours[-1][-1]
        first, second = _raised(start, points[0], points[1]) if command == "Q" else (points[0], points[1])
        contours[-1] += _cubic(start, first, second, points[-1])


def circle(x: float, y: float, radius: float, *, squash: float = 1.0) -> list[Point]:
    """Return a circle's points, or an ellipse's, ``squash`` as high as wide."""
    angles = [2 * math.pi * index / 40 for index in range(40)]
    return [(x + radius * math.cos(angle), y + squash * radius * math.sin(angle)) for angle in angles]


class Canvas:
    """A transparent drawing of ``width`` x ``height`` coordinates, ``pixels`` native pixels a coordinate."""

    def __init__(self, width: float, height: float, pixels: float = 1.0) -> None:
        self.size = (max(1, math.ceil(width * pixels)), max(1, math.ceil(height * pixels)))
        self._pixels = pixels * _SUPER
        self._surface = pygame.Surface((self.size[0] * _SUPER, self.size[1] * _SUPER), pygame.SRCALPHA)
        self._turn: tuple[float, float, float, float, float, float] = (1, 0, 0, 1, 0, 0)

    def turned(self, degrees: float, pivot: Point = (0, 0), shift: Point = (0, 0)) -> "Canvas":
        """Return a view on the same drawing: what it draws is turned about a pivot, then shifted."""
        view = object.__new__(Canvas)
        view.size, view._pixels, view._surface = self.size, self._pixels, self._surface
        sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        x = pivot[0] - cos * pivot[0] + sin * pivot[1] + shift[0]
        y = pivot[1] - sin * pivot[0] - cos * pivot[1] + shift[1]
        view._turn = (cos, -sin, sin, cos, x, y)
        return view

    def _place(self, points: Sequence[Point]) -> list[Point]:
        a, b, c, d, e, f = self._turn
        size = self._pixels
        return [((a * x + b * y + e) * size, (c * x + d * y + f) * size) for x, y in points]

    def fill(self, shape: str | Sequence[Point], colour: Colour) -> None:
        """Fill a path or a polygon; a colour with alpha is laid over what is there."""
        contours = flatten(shape) if isinstance(shape, str) else (shape,)
        for contour in contours:
            self._fill(self._place(contour), colour)

    def _fill(self, points: list[Point], colour: Colour) -> None:
        if len(colour) == 3 or colour[3] == 255:
            pygame.draw.polygon(self._surface, colour, points)
            return
        low = [math.floor(min(axis)) for axis in zip(*points, strict=True)]
        high = [math.ceil(max(axis)) for axis in zip(*points, strict=True)]
        veil = pygame.Surface((high[0] - low[0] + 1, high[1] - low[1] + 1), pygame.SRCALPHA)
        pygame.draw.polygon(veil, colour, [(x - low[0], y - low[1]) for x, y in points])
        self._surface.blit(veil, low)

    def cut(self, shape: str | Sequence[Point]) -> None:
        """Make a path or polygon transparent again."""
        for contour in flatten(shape) if isinstance(shape, str) else (shape,):
            pygame.draw.polygon(self._surface, (0, 0, 0, 0), self._place(contour))

    def stroke(self, shape: str | Sequence[Point], colour: Colour, width: float) -> None:
        """Draw along a path with a round pen, ``width`` coordinates wide."""
        contours = flatten(shape) if isinstance(shape, str) else (tuple(shape),)
        radius = width * self._pixels / 2
        for contour in contours:
            points = self._place(contour)
            for start, end in pairwise(points):
                self._segment(start, end, radius, colour)
            for point in points:
                pygame.draw.circle(self._surface, colour, point, radius)

    def _segment(self, start: Point, end: Point, radius: float, colour: Colour) -> None:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = math.hypot(dx, dy)
        if length:
            x, y = -dy / length * radius, dx / length * radius
            corners = [(start[0] + x, start[1] + y), (end[0] + x, end[1] + y)]
            corners += [(end[0] - x, end[1] - y), (start[0] - x, start[1] - y)]
            pygame.draw.polygon(self._surface, colour, corners)

    def done(self) -> pygame.Surface:
        """Return the drawing at its native size, its edges smooth and without dark seams."""
        small = pygame.transform.smoothscale(self._surface.premul_alpha(), self.size)
        colours, alpha = pygame.surfarray.pixels3d(small), pygame.surfarray.pixels_alpha(small)
        seen = np.maximum(alpha, 1).astype(np.uint16)[:, :, None]
        colours[:] = np.minimum(colours.astype(np.uint16) * 255 // seen, 255).astype(np.uint8)
        del colours, alpha  # they lock the surface
        return small
