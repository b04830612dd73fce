"""Organ pipes, drawn: a cylinder of tin or gold with its mouth, on a foot."""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from chorale.ui.scenes.levels.shelf import Standing
from chorale.ui.theme import Colour, mix
from chorale.ui.vector import Canvas

__all__ = ["FILLED", "METALS", "Metal", "heights", "pipe"]

FILLED = 0.93
"""Of the room of a case, how much the highest pipe fills."""
_STRIPS = 28  # across a pipe: enough for a smooth round body


@dataclass(frozen=True)
class Metal:
    """The shades of a pipe: where light falls, its own colour, where it turns away, and the ink of its number."""

    light: Colour
    body: Colour
    deep: Colour
    ink: Colour


METALS = {
    Standing.LOCKED: Metal((94, 86, 102), (66, 59, 74), (38, 33, 44), (150, 141, 160)),
    Standing.OPEN: Metal((240, 238, 240), (186, 182, 190), (98, 92, 104), (40, 34, 46)),
    Standing.PASSED: Metal((255, 238, 184), (232, 186, 76), (140, 94, 22), (52, 36, 4)),
    Standing.TESTED: Metal((250, 222, 188), (212, 158, 100), (122, 78, 42), (50, 28, 8)),
}


def _shade(metal: Metal, across: float) -> Colour:
    """Return the colour at a place across the pipe, 0 at its left, 1 at its right; light comes from the left."""
    lit = 0.3
    if across < lit:
        return mix(metal.deep, metal.light, (across / lit) ** 0.75)
    fall = (across - lit) / (1 - lit)
    return mix(metal.light, metal.body, min(1, fall * 2.4)) if fall < 0.42 else mix(metal.body, metal.deep, fall - 0.1)


@lru_cache(maxsize=512)
def pipe(width: int, height: int, standing: Standing, glow: int = 0) -> pygame.Surface:
    """Return a pipe.

    Args:
        width: pixels.
        height: pixels, foot and all.
        standing: says the metal.
        glow: 0, or 1 for one that is pointed at.
    """
    metal = METALS[standing]
    if glow:
        light, body, deep = (mix(shade, (255, 255, 255), 0.22) for shade in (metal.light, metal.body, metal.deep))
        metal = Metal(light, body, deep, metal.ink)
    canvas = Canvas(width, height)
    foot = min(height * 0.24, width * 1.5)
    lip = height - foot
    _body(canvas, metal, width, lip)
    _foot(canvas, metal, width, lip, height)
    _mouth(canvas, metal, width, lip)
    return canvas.done()


def _body(canvas: Canvas, metal: Metal, width: float, lip: float) -> None:
    rim = width * 0.1
    for strip in range(_STRIPS):
        left, right = width * strip / _STRIPS, width * (strip + 1) / _STRIPS + 0.2
        top = rim * (1 - (1 - (2 * (strip + 0.5) / _STRIPS - 1) ** 2) ** 0.5)
        colour = _shade(metal, (strip + 0.5) / _STRIPS)
        canvas.fill([(left, top), (min(right, width), top), (min(right, width), lip), (left, lip)], colour)
    canvas.fill(
        f"M{width * 0.06} {rim} Q{width / 2} {-rim * 0.5} {width * 0.94} {rim} "
        f"Q{width / 2} {rim * 2.1} {width * 0.06} {rim} Z",
        mix(metal.deep, (10, 8, 12), 0.45),
    )


def _foot(canvas: Canvas, metal: Metal, width: float, lip: float, height: float) -> None:
    toe = width * 0.16
    for strip in range(_STRIPS):
        first, last = strip / _STRIPS, (strip + 1) / _STRIPS
        below = [width / 2 + (share - 0.5) * toe for share in (first, last)]
        colour = mix(_shade(metal, (first + last) / 2), metal.deep, 0.16)
        corners = [
            (width * first, lip),
            (min(width, width * last + 0.2), lip),
            (below[1] + 0.2, height),
            (below[0], height),
        ]
        canvas.fill(corners, colour)


def _mouth(canvas: Canvas, metal: Metal, width: float, lip: float) -> None:
    """Draw the pointed upper lip, the mouth's dark slit and the lower lip."""
    half, slit = width * 0.3, max(1.5, width * 0.13)
    middle = width / 2
    arch = f"M{middle - half} {lip - slit} Q{middle - half * 0.5} {lip - slit - width * 0.62} {middle} "
    arch += (
        f"{lip - slit - width * 0.78} Q{middle + half * 0.5} {lip - slit - width * 0.62} {middle + half} {lip - slit} Z"
    )
    canvas.fill(arch, mix(metal.body, metal.deep, 0.42))
    canvas.stroke(arch, mix(metal.body, metal.deep, 0.75), max(0.6, width * 0.025))
    canvas.fill(
        [(middle - half, lip - slit), (middle + half, lip - slit), (middle + half, lip), (middle - half, lip)],
        mix(metal.deep, (8, 6, 10), 0.7),
    )
    low = f"M{middle - half} {lip} L{middle + half} {lip} Q{middle} {lip + width * 0.62} {middle - half} {lip} Z"
    canvas.fill(low, mix(metal.light, metal.body, 0.55))


def heights(count: int, form: int) -> list[float]:
    """Return how high each pipe of a group stands, 0..1 of the room: towers rise to their middle, flats to one side.

    Args:
        count: how many pipes.
        form: 0 a tower; 1 a flat that falls to the right, 2 one that rises to the right.
    """
    places = [index / max(1, count - 1) for index in range(count)]
    shapes = {
        0: [0.76 + 0.24 * (1 - abs(2 * place - 1)) for place in places],
        1: [0.92 - 0.24 * place for place in places],
        2: [0.68 + 0.24 * place for place in places],
    }
    return shapes[form]
