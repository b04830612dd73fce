"""Outlines: closed contours of straight lines and cubic curves, as glyphs, ties and letters are drawn.

A segment is ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",), as in an SVG path, absolute, with y
growing downwards like the page.
"""

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

__all__ = ["FloatArray", "Outline", "Segment", "flatten", "from_svg", "to_svg", "transformed"]

Segment = tuple[str | float, ...]
Outline = tuple[Segment, ...]
FloatArray = NDArray[np.float64]
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4}
_CURVE_PIECES = 8


def from_svg(path: str, scale: float) -> Outline:
    """Read an SVG path (M, L, H, V, C, S, Z in either case) whose y grows upwards, in units of ``1 / scale``."""
    return tuple(_scaled(segment, scale, -scale) for segment in _segments(path))


def transformed(outline: Outline, scale: float, dx: float, dy: float) -> Outline:
    """Return the outline enlarged about its origin, then moved."""
    return tuple(_moved(_scaled(segment, scale, scale), dx, dy) for segment in outline)


def flatten(outline: Outline) -> list[FloatArray]:
    """Return the contours as closed polygons, (N, 2) each; a curve becomes eight chords."""
    contours: list[FloatArray] = []
    points: list[tuple[float, float]] = []
    for name, *numbers in outline:
        if name == "M" and points:
            contours.append(np.array(points))
            points = []
        if name == "C":
            points += _chords(points[-1], [float(number) for number in numbers])
        elif name != "Z":
            points.append((float(numbers[0]), float(numbers[1])))
    return [*contours, np.array(points)] if points else contours


def _chords(start: tuple[float, float], numbers: list[float]) -> list[tuple[float, float]]:
    control = np.array([*start, *numbers]).reshape(4, 2)
    t = np.linspace(0, 1, _CURVE_PIECES + 1)[1:, None]
    weights = np.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    return [(x, y) for x, y in (weights @ control).tolist()]


def _scaled(segment: Segment, x_scale: float, y_scale: float) -> Segment:
    name, *numbers = segment
    return (name, *(float(n) * (y_scale if i % 2 else x_scale) for i, n in enumerate(numbers)))


def _moved(segment: Segment, dx: float, dy: float) -> Segment:
    name, *numbers = segment
    return (name, *(float(n) + (dy if i % 2 else dx) for i, n in enumerate(numbers)))


def _segments(path: str) -> Iterator[Segment]:
    """Yield a path's segments, absolute, with shorthands written out."""
    here = first = (0.0, 0.0)
    control = here
    for name, numbers in _commands(path):
        if name in "Zz":
            here = first
            yield ("Z",)
            continue
        segment = _absolute(name, numbers, here, control)
        yield segment
        here = (float(segment[-2]), float(segment[-1]))
        control = (float(segment[3]), float(segment[4])) if segment[0] == "C" else here
        first = here if segment[0] == "M" else first


def _absolute(name: str, numbers: list[float], here: tuple[float, float], control: tuple[float, float]) -> Segment:
    if name in "HhVv":
        numbers = (
            [numbers[0], 0 if name == "h" else here[1]] if name in "Hh" else [0 if name == "v" else here[0], *numbers]
        )
    if name.islower():
        numbers = [number + here[i % 2] for i, number in enumerate(numbers)]
    if name in "Ss":
        return ("C", 2 * here[0] - control[0], 2 * here[1] - control[1], *numbers)
    return ({"H": "L", "V": "L"}.get(name.upper(), name.upper()), *numbers)


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(path)
    position, name = 0, "M"
    while position < len(tokens):
        if tokens[position].isalpha():
            name = tokens[position]
            position += 1
        count = _ARITY.get(name.upper(), 0)
        yield name, [float(token) for token in tokens[position : position + count]]
        position += count
        name = {"M": "L", "m": "l"}.get(name, name)


def to_svg(outline: Iterable[Segment]) -> str:
    """Write an outline as SVG path data with three decimals."""
    return "".join(str(name) + " ".join(_short(float(number)) for number in numbers) for name, *numbers in outline)


def _short(number: float) -> str:
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
