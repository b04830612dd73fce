"""Boxes with smooth corners, their outlines, soft shadows and glows: computed once for a size, then kept.

The coverage of a pixel comes from its signed distance to the rounded box (negative inside), which gives smooth
edges at any radius and, with a wide falloff, a shadow. Source of the distance: the usual formula for a box whose
corners are rounded by ``radius``: length(max(|p| - half + radius, 0)) - radius.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from chorale.ui.theme import Colour

__all__ = ["box", "gradient_box", "outline", "plate", "shadow", "veil"]


def _distance(width: int, height: int, radius: float, margin: int = 0) -> NDArray[np.float32]:
    """Return (width + 2 margin, height + 2 margin) distances in pixels to a rounded box; negative inside."""
    x = np.abs(np.arange(width + 2 * margin, dtype=np.float32) + 0.5 - margin - width / 2) - width / 2 + radius
    y = np.abs(np.arange(height + 2 * margin, dtype=np.float32) + 0.5 - margin - height / 2) - height / 2 + radius
    outside = np.hypot(np.maximum(x, 0)[:, None], np.maximum(y, 0)[None, :])
    inside = np.minimum(np.maximum(x[:, None], y[None, :]), 0)
    return np.asarray(outside + inside - radius, dtype=np.float32)


def _tinted(colour: Colour, coverage: NDArray[np.floating[Any]]) -> pygame.Surface:
    """Return a surface of one colour whose alpha is the coverage (width, height) of 0..1."""
    surface = pygame.Surface(coverage.shape, pygame.SRCALPHA)
    surface.fill((*colour[:3], 0))
    alpha = colour[3] if len(colour) == 4 else 255
    pygame.surfarray.pixels_alpha(surface)[:] = np.rint(np.clip(coverage, 0, 1) * alpha).astype(np.uint8)
    return surface


def _stretched(small: pygame.Surface, size: tuple[int, int], corner: int) -> pygame.Surface:
    """Return a larger box made of a small one: its corners as they are, its middle row and column drawn out."""
    (width, height), (w, h) = size, small.get_size()
    surface = pygame.Surface(size, pygame.SRCALPHA)
    columns = (
        (0, corner, 0, corner),
        (corner, w - 2 * corner, corner, width - 2 * corner),
        (w - corner, corner, width - corner, corner),
    )
    rows = (
        (0, corner, 0, corner),
        (corner, h - 2 * corner, corner, height - 2 * corner),
        (h - corner, corner, height - corner, corner),
    )
    for left, wide, x, new_wide in columns:
        for top, high, y, new_high in rows:
            part = small.subsurface((left, top, wide, high))
            surface.blit(
                pygame.transform.scale(part, (new_wide, new_high)), (x, y), special_flags=pygame.BLEND_RGBA_MAX
            )
    return surface


def _small(size: tuple[int, int], corner: int) -> tuple[int, int]:
    """Return the least size that has the same corners, parity kept, so that no pixel falls between two."""
    width, height = (min(side, 2 * corner + 2 + side % 2) for side in size)
    return width, height


@lru_cache(maxsize=512)
def plate(size: tuple[int, int], radius: int, colour: Colour) -> pygame.Surface:
    """Return a filled box of ``size`` pixels with rounded corners."""
    fitting = min(radius, size[0] / 2, size[1] / 2)
    corner = radius + 2
    small = _small(size, corner)
    if small[0] == size[0] or small[1] == size[1]:
        return _tinted(colour, 0.5 - _distance(*size, fitting))
    return _stretched(_tinted(colour, 0.5 - _distance(*small, fitting)), size, corner)


@lru_cache(maxsize=512)
def _ring(size: tuple[int, int], radius: int, colour: Colour, width: float) -> pygame.Surface:
    distance = _distance(*size, min(radius, size[0] / 2, size[1] / 2))
    return _tinted(colour, np.minimum(0.5 - distance, 0.5 + distance + width))


@lru_cache(maxsize=32)
def _gradient(size: tuple[int, int], radius: int, top: Colour, bottom: Colour) -> pygame.Surface:
    surface = plate(size, radius, top).copy()
    share = np.linspace(0, 1, size[1], dtype=np.float32)[None, :, None]
    colours = np.array(top[:3], dtype=np.float32) * (1 - share) + np.array(bottom[:3], dtype=np.float32) * share
    pygame.surfarray.pixels3d(surface)[:] = np.rint(colours).astype(np.uint8)
    return surface


@lru_cache(maxsize=32)
def _shadow(size: tuple[int, int], radius: int, blur: int, strength: int) -> pygame.Surface:
    corner = radius + 2 * blur + 2
    small = _small(size, corner)
    if small[0] == size[0] or small[1] == size[1]:
        small = size
    distance = _distance(*small, min(radius, small[0] / 2, small[1] / 2), margin=blur)
    fall = np.clip(0.5 - distance / (2 * blur), 0, 1)
    drawn = _tinted((0, 0, 0, strength), fall * fall * (3 - 2 * fall))
    whole = (size[0] + 2 * blur, size[1] + 2 * blur)
    return drawn if small == size else _stretched(drawn, whole, corner + blur)


def box(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int) -> None:
    """Draw a filled box with rounded corners."""
    surface.blit(plate(rect.size, radius, colour), rect)


def gradient_box(surface: pygame.Surface, rect: pygame.Rect, top: Colour, bottom: Colour, radius: int) -> None:
    """Draw a box filled from one colour at its top to another at its foot."""
    surface.blit(_gradient(rect.size, radius, top, bottom), rect)


def outline(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int, width: float = 1) -> None:
    """Draw a box's outline, ``width`` pixels, inside its rectangle."""
    surface.blit(_ring(rect.size, radius, colour, width), rect)


def shadow(
    surface: pygame.Surface, rect: pygame.Rect, blur: int, strength: int = 150, radius: int = 8, drop: int = 0
) -> None:
    """Draw the soft shadow that a box throws, ``drop`` pixels below it."""
    surface.blit(_shadow(rect.size, radius, blur, strength), (rect.x - blur, rect.y - blur + drop))


def veil(surface: pygame.Surface, rect: pygame.Rect, colour: Colour) -> None:
    """Lay a translucent colour over a rectangle."""
    surface.blit(plate(rect.size, 0, colour), rect)
