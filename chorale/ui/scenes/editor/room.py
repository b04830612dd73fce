"""The room behind the sheet: dark, a lamp above, and the shadow that the sheet throws."""

from functools import lru_cache

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme

__all__ = ["draw_room"]


@lru_cache(maxsize=2)
def _lamp(size: tuple[int, int]) -> pygame.Surface:
    """Return the room behind the sheet: dark, a little lighter where the lamp falls."""
    small = pygame.Surface((48, 32))
    for x in range(48):
        for y in range(32):
            far = min(1.0, (((x - 24) / 26) ** 2 + ((y - 10) / 24) ** 2) ** 0.5)
            small.set_at((x, y), colours.mix((44, 38, 50), (22, 19, 26), far))
    return pygame.transform.smoothscale(small, size)


def draw_room(surface: pygame.Surface, view: pygame.Rect, sheet: pygame.Rect, theme: Theme) -> None:
    """Draw what of the room the sheet leaves free, with the sheet's shadow.

    The shadow's size does not change while the sheet is scrolled, so it is computed once.
    """
    reach = theme.px(80)
    height = min(sheet.height, view.height + 2 * reach)
    top = max(sheet.y, min(view.y - reach, sheet.bottom - height))
    lamp, clip = _lamp(view.size), surface.get_clip()
    for part in _around(view, sheet):
        if part.width > 0 and part.height > 0:
            surface.blit(lamp, part, part.move(-view.x, -view.y))
            surface.set_clip(part.clip(clip))
            draw.shadow(
                surface, pygame.Rect(sheet.x, top, sheet.width, height), theme.px(22), 150, theme.px(4), theme.px(7)
            )
            surface.set_clip(clip)


def _around(view: pygame.Rect, sheet: pygame.Rect) -> list[pygame.Rect]:
    """Return the parts of the view that the sheet leaves free: above, below, left and right."""
    inner = sheet.clip(view)
    return [
        pygame.Rect(view.x, view.y, view.width, inner.y - view.y),
        pygame.Rect(view.x, inner.bottom, view.width, view.bottom - inner.bottom),
        pygame.Rect(view.x, inner.y, inner.x - view.x, inner.height),
        pygame.Rect(inner.right, inner.y, view.right - inner.right, inner.height),
    ]
