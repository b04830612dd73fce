"""Small rounded shapes at places between the pixels: what a hit a few milliseconds late needs to be seen as late.

``draw.plate`` stands on whole pixels. Here the coverage of every pixel is reckoned from the shape's exact edges, the
place rounded to a quarter of a pixel, so that equal shapes are drawn once and kept.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from chorale.ui.theme import Colour

__all__ = ["Grain", "fill", "ring"]

_FINE = 4  # parts of a pixel: finer is not seen, and fewer shapes are drawn anew


@dataclass(frozen=True)
class Grain:
    """A rounded box; all numbers are pixels, and may lie between them."""

    left: float
    top: float
    width: float
    height: float
    radius: float = 2.0

    @property
    def rect(self) -> pygame.Rect:
        """The whole pixels it touches."""
        left, top = math.floor(self.left), math.floor(self.top)
        return pygame.Rect(left, top, math.ceil(self.left + self.width) - left, math.ceil(self.top + self.height) - top)


def fill(surface: pygame.Surface, grain: Grain, colour: Colour) -> None:
    """Draw a filled shape."""
    _put(surface, grain, colour, 0.0)


def ring(surface: pygame.Surface, grain: Grain, colour: Colour, width: float) -> None:
    """Draw a shape's outline, ``width`` pixels, inside its edge."""
    _put(surface, grain, colour, width)


def _put(surface: pygame.Surface, grain: Grain, colour: Colour, width: float) -> None:
    if grain.width <= 0 or grain.height <= 0:
        return
    fine = [round(value * _FINE) for value in (grain.left, grain.top, grain.width, grain.height, grain.radius, width)]
    x, y = fine[0] // _FINE, fine[1] // _FINE
    surface.blit(_drawn((fine[0] % _FINE, fine[1] % _FINE, *fine[2:]), colour), (x, y))


@lru_cache(maxsize=8192)
def _drawn(fine: tuple[int, ...], colour: Colour) -> pygame.Surface:
    """Return a shape in a colour; see ``_put`` for the numbers."""
    tinted = _shape(fine).copy()
    tinted.fill(colour if len(colour) == 4 else (*colour, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return tinted


@lru_cache(maxsize=4096)
def _shape(fine: tuple[int, ...]) -> pygame.Surface:
    """Return a white shape whose corner lies within the first pixel."""
    left, top, wide, high, radius, width = (value / _FINE for value in fine)
    size = math.ceil(left + wide), math.ceil(top + high)
    radius = min(radius, wide / 2, high / 2)
    x = np.abs(np.arange(size[0]) + (0.5 - left - wide / 2)) - wide / 2
    y = np.abs(np.arange(size[1]) + (0.5 - top - high / 2)) - high / 2
    corner = np.hypot(np.maximum(x + radius, 0)[:, None], np.maximum(y + radius, 0)[None, :]) - radius
    edge = np.clip(0.5 - x, 0, 1)[:, None] * np.clip(0.5 - y, 0, 1)[None, :]  # exact along straight edges
    covered = np.where((x > -radius)[:, None] & (y > -radius)[None, :], np.clip(0.5 - corner, 0, 1), edge)
    if width:
        inside = np.maximum(corner, np.minimum(np.maximum(x[:, None], y[None, :]), 0))
        covered = np.minimum(covered, np.clip(0.5 + inside + width, 0, 1))
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((255, 255, 255, 0))
    pygame.surfarray.pixels_alpha(surface)[:] = np.rint(covered * 255).astype(np.uint8)
    return surface
