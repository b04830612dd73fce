"""The thumb that tells where one is in something that is longer than its box."""

import pygame

from chorale.ui import draw
from chorale.ui.theme import Theme

__all__ = ["draw_thumb"]

_TINT = (140, 128, 120, 170)


def draw_thumb(surface: pygame.Surface, theme: Theme, box: pygame.Rect, whole: int, scroll: int) -> None:
    """Draw it at the right edge of a box, ``whole`` pixels long and scrolled by so many; none where all is seen."""
    if whole <= box.height:
        return
    height = max(theme.px(16), box.height * box.height // whole)
    top = box.y + (box.height - height) * min(scroll, whole - box.height) // max(1, whole - box.height)
    draw.box(surface, pygame.Rect(box.right - theme.px(6), top, theme.px(4), height), _TINT, theme.px(2))
