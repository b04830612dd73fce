"""Stars: the picture of one, a row of three, and how they pop one after the other."""

import math
from functools import lru_cache

import pygame

from chorale.ui import theme as colours
from chorale.ui.theme import Colour, mix
from chorale.ui.vector import Canvas, Point

__all__ = ["MOST", "draw_row", "popped", "row_width", "star"]

MOST = 3
POP_SECONDS, PAUSE_SECONDS = 0.18, 0.26
_INNER = 0.46  # the inner radius, of the outer one
_OVERSHOOT = 1.7  # of the usual "back" easing: how far past its size a star swings
_LARGE = 40  # pixels from which on an outline is drawn finer
_GAP = 0.16  # between two stars, of their size


def _points(centre: float, radius: float) -> list[Point]:
    """Return a star's ten corners, one straight up."""
    corners = []
    for index in range(10):
        reach = radius * (1 if index % 2 == 0 else _INNER)
        angle = math.pi * (index / 5 - 0.5)
        corners.append((centre + reach * math.cos(angle), centre + reach * math.sin(angle)))
    return corners


@lru_cache(maxsize=256)
def star(pixels: int, *, won: bool, faint: Colour = colours.EDGE) -> pygame.Surface:
    """Return a star, ``pixels`` wide and high: gold where it is won, else an outline."""
    canvas = Canvas(24, 24, pixels / 24)
    if not won:
        canvas.stroke([*_points(12, 9.6), _points(12, 9.6)[0]], faint, 1.7 if pixels < _LARGE else 1.1)
        return canvas.done()
    canvas.fill(_points(12, 11.6), colours.ACCENT_DEEP)
    canvas.fill(_points(12, 10.2), colours.ACCENT)
    shine = _points(12, 10.2)
    canvas.fill([shine[9], shine[0], (12, 12), shine[8]], mix(colours.ACCENT_SOFT, (255, 255, 255), 0.25))
    canvas.fill([shine[0], shine[1], (12, 12)], colours.ACCENT_SOFT)
    return canvas.done()


def row_width(pixels: int, count: int = MOST) -> int:
    """Return the width of a row of stars of a size."""
    return count * pixels + (count - 1) * round(pixels * _GAP)


def draw_row(
    surface: pygame.Surface, centre: tuple[int, int], pixels: int, won: int, faint: Colour = colours.EDGE
) -> None:
    """Draw three stars about a point, the first ``won`` of them gold."""
    x = centre[0] - row_width(pixels) // 2
    for index in range(MOST):
        surface.blit(star(pixels, won=index < won, faint=faint), (x, centre[1] - pixels // 2))
        x += pixels + round(pixels * _GAP)


def popped(since: float, index: int) -> float:
    """Return how large the star of a place is, 0..1 with a swing past 1, ``since`` seconds after the first began."""
    share = (since - index * PAUSE_SECONDS) / POP_SECONDS
    if share <= 0:
        return 0.0
    rest = min(1.0, share) - 1
    return 1 + (_OVERSHOOT + 1) * rest**3 + _OVERSHOOT * rest**2
