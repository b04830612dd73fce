"""Music glyphs as pictures on buttons and in words, from the same outlines as the page."""

from functools import lru_cache

import pygame

from chorale.music import Key
from chorale.notation import smufl
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Glyph, Mark, Role
from chorale.notation.theme import Colour as Ink
from chorale.ui.widgets.base import Picture

__all__ = ["glyph_picture", "key_name", "tie_picture"]


@lru_cache(maxsize=256)
def _drawn(names: tuple[str, ...], pixels: int, spaces: float, colour: tuple[int, int, int]) -> pygame.Surface:
    """Return glyphs side by side, centred in a square; ``spaces`` staff spaces fill its height."""
    scale = pixels / spaces
    boxes = [smufl.glyph(name) for name in names]
    gap = 0.25
    width = sum(box.width for box in boxes) + gap * (len(boxes) - 1)
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    side = max(pixels, round(width * scale) + 2)
    surface = pygame.Surface((side, pixels), pygame.SRCALPHA)
    x, y = (side / scale - width) / 2, (spaces - top - bottom) / 2
    for name, box in zip(names, boxes, strict=True):
        paint_items([Glyph(Mark(Role.HEAD), name, x - box.left, y)], surface, scale, colour=Ink(*colour))
        x += box.width + gap
    return surface


def glyph_picture(*names: str, spaces: float = 4.4) -> Picture:
    """Return the picture of some glyphs; ``spaces`` staff spaces fill its height."""
    return lambda pixels, colour: _drawn(names, pixels, spaces, colour)


def tie_picture() -> Picture:
    """Return the picture of two heads with a tie."""
    from chorale.ui.vector import Canvas  # noqa: PLC0415  only the rail draws one

    def draw(pixels: int, colour: tuple[int, int, int]) -> pygame.Surface:
        canvas = Canvas(24, 24, pixels / 24)
        for x in (5.2, 18.8):
            head = canvas.turned(-20, (x, 9.5))
            head.fill(
                f"M{x - 4} 9.5 C{x - 4} 5.5 {x + 4} 5.5 {x + 4} 9.5 C{x + 4} 13.5 {x - 4} 13.5 {x - 4} 9.5 Z", colour
            )
        canvas.fill("M4 15 C8 21 16 21 20 15 C16 18.6 8 18.6 4 15 Z", colour)
        return canvas.done()

    return draw


def key_name(key: Key) -> str:
    """Return a key's name as it is read: "F sharp minor", "B flat major"."""
    words = {"#": " sharp", "b": " flat"}
    name = key.tonic_name
    return f"{name[0]}{words.get(name[1:], '')} {key.mode}"
