"""The room behind the sheet: dark, a lamp above, and the shadow that the sheet throws."""

from functools import lru_cache

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme

__all__ = ["around", "room"]


@lru_cache(maxsize=2)
def _lamp(size: tuple[int, int]) -> pygame.Surface:
    """Return the room behind the sheet: dark, a little lighter where the lamp falls."""
    small = pygame.Surface((48, 32))
    for x in range(48):
        for y in range(32):
            far = min(1.0, (((x - 24) / 26) ** 2 + ((y - 10) / 24) ** 2) ** 0.5)
            small.set_at((x, y), colours.mix((44, 38, 50), (22, 19, 26), far))
    return pygame.transform.smoothscale(small, size)


_ROOMS: dict[tuple[int, ...], pygame.Surface] = {}


def room(size: tuple[int, int], sheet: pygame.Rect, theme: Theme) -> pygame.Surface:
    """Return the room with the shadow of a sheet that lies there; the few latest are kept."""
    key = (*size, *sheet)
    if key not in _ROOMS:
        if len(_ROOMS) > 3:
            _ROOMS.clear()
        picture = _lamp(size).copy()
        draw.shadow(picture, sheet, theme.px(22), 150, theme.px(4), theme.px(7))
        _ROOMS[key] = picture
    return _ROOMS[key]


def around(view: pygame.Rect, sheet: pygame.Rect) -> list[pygame.Rect]:
    """Return the parts of the view that the sheet leaves free: above, below, left and right."""
    inner = sheet.clip(view)
    return [
        pygame.Rect(view.x, view.y, view.width, inner.y - view.y),
        pygame.Rect(view.x, inner.bottom, view.width, view.bottom - inner.bottom),
        pygame.Rect(view.x, inner.y, inner.x - view.x, inner.height),
        pygame.Rect(inner.right, inner.y, view.right - inner.right, inner.height),
    ]
