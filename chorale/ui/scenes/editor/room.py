"""The room behind the sheet: dark, a lamp above, and the shadow that the sheet throws."""

from functools import lru_cache

import numpy as np
import pygame

from chorale.ui import draw
from chorale.ui.theme import Theme

__all__ = ["Room", "lamp"]


@lru_cache(maxsize=2)
def lamp(size: tuple[int, int]) -> pygame.Surface:
    """Return the room behind the sheet: dark, a little lighter where the lamp falls."""
    across = (np.linspace(0, 1, size[0], dtype=np.float32)[:, None] - 0.5) / 0.54
    down = (np.linspace(0, 1, size[1], dtype=np.float32)[None, :] - 0.31) / 0.75
    far = np.minimum(1, np.hypot(across, down))[..., None]
    near, dark = (np.array(colour, dtype=np.float32) for colour in ((44, 38, 50), (22, 19, 26)))
    grain = np.random.default_rng(1).random((*size, 1), dtype=np.float32)  # a band of one shade is wide enough to see
    surface = pygame.Surface(size)
    pygame.surfarray.blit_array(surface, (near + (dark - near) * far + grain).astype(np.uint8))
    return surface


class Room:
    """Draws what of the room the sheet leaves free, with the sheet's shadow.

    The shadow is only ever so high that its ends lie outside the view, so that its size does not change while the
    sheet is scrolled; and room and shadow together are kept as a picture once they are the same a second time.
    """

    def __init__(self) -> None:
        self._look: tuple[object, ...] = ()
        self._picture: pygame.Surface | None = None

    def draw(self, surface: pygame.Surface, view: pygame.Rect, sheet: pygame.Rect, theme: Theme) -> None:
        """Draw the room in a view, about a sheet."""
        reach = theme.px(80)
        height = min(sheet.height, view.height + 2 * reach)
        top = max(sheet.y, min(view.y - reach, sheet.bottom - height))
        thrown, seen = pygame.Rect(sheet.x, top, sheet.width, height), sheet.clip(view)
        look = (view.size, *(tuple(each.move(-view.x, -view.y)) for each in (thrown, seen)), theme.scale)
        if look != self._look:
            self._look, self._picture = look, None
            _draw_room(surface, view, seen, thrown, theme)
            return
        if self._picture is None:
            self._picture = pygame.Surface(view.size)
            shift = (-view.x, -view.y)
            _draw_room(self._picture, view.move(shift), seen.move(shift), thrown.move(shift), theme)
        for part in _around(view, seen):
            surface.blit(self._picture, part, part.move(-view.x, -view.y))


def _draw_room(
    surface: pygame.Surface, view: pygame.Rect, seen: pygame.Rect, thrown: pygame.Rect, theme: Theme
) -> None:
    """Draw the room and the shadow of a rectangle; ``seen`` is what the sheet covers."""
    light, clip = lamp(view.size), surface.get_clip()
    for part in _around(view, seen):
        if part.width > 0 and part.height > 0:
            surface.blit(light, part, part.move(-view.x, -view.y))
            surface.set_clip(part.clip(clip))
            draw.shadow(surface, thrown, theme.px(22), 150, theme.px(4), theme.px(7))
            surface.set_clip(clip)


def _around(view: pygame.Rect, inner: pygame.Rect) -> list[pygame.Rect]:
    """Return the parts of the view around what the sheet covers: above, below, left and right."""
    return [
        pygame.Rect(view.x, view.y, view.width, inner.y - view.y),
        pygame.Rect(view.x, inner.bottom, view.width, view.bottom - inner.bottom),
        pygame.Rect(view.x, inner.y, inner.x - view.x, inner.height),
        pygame.Rect(inner.right, inner.y, view.right - inner.right, inner.height),
    ]
