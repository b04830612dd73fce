"""The bar at the right of the desk: shows what part of the sheet is seen, and is dragged or clicked to see another."""

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.theme import Theme

__all__ = ["Scrollbar"]

_WIDTH, _WIDE = 6, 10  # units; wider under the pointer
_GRIP = 16  # units from the edge of the desk in which it is taken hold of
_LEAST = 32  # units of the thumb


class Scrollbar:
    """A vertical scrollbar along the right edge of a view.

    Attributes:
        hot: whether the pointer is on it.
    """

    def __init__(self) -> None:
        self.hot = False
        self._view = pygame.Rect(0, 0, 1, 1)
        self._track = pygame.Rect(0, 0, 1, 1)
        self._thumb = pygame.Rect(0, 0, 1, 1)
        self._range = 0
        self._grip = 1
        self._held: int | None = None  # pixels from the thumb's upper edge

    @property
    def held(self) -> bool:
        """Whether it is being dragged."""
        return self._held is not None

    @property
    def thumb(self) -> pygame.Rect:
        """The part that is dragged."""
        return self._thumb

    def lay_out(self, view: pygame.Rect, reach: int, at: float, theme: Theme) -> None:
        """Take the view, the pixels by which what it shows is higher, and how far it is scrolled."""
        self._view, self._range, self._grip = view, reach, theme.px(_GRIP)
        width = theme.px(_WIDE if self.hot or self.held else _WIDTH)
        self._track = pygame.Rect(view.right - width - theme.px(4), view.y, width, view.height)
        self._track.inflate_ip(0, -2 * theme.px(8))
        share = view.height / (view.height + reach)
        self._thumb = self._track.copy()
        self._thumb.height = max(theme.px(_LEAST), round(self._track.height * share))
        self._thumb.y += round((self._track.height - self._thumb.height) * at / max(1, reach))

    def contains(self, position: tuple[int, int]) -> bool:
        """Return whether the pointer is on the bar; there is none where all is seen."""
        zone = pygame.Rect(self._view.right - self._grip, self._view.y, self._grip, self._view.height)
        return self._range > 0 and zone.collidepoint(position)

    def press(self, position: tuple[int, int]) -> float:
        """Take hold of the thumb, which comes under the pointer if it was elsewhere; return the scroll wanted."""
        on_thumb = self._thumb.top <= position[1] < self._thumb.bottom
        self._held = position[1] - self._thumb.top if on_thumb else self._thumb.height // 2
        return self.drag(position)

    def drag(self, position: tuple[int, int]) -> float:
        """Follow the pointer; return the scroll wanted, in pixels."""
        room = max(1, self._track.height - self._thumb.height)
        share = (position[1] - (self._held or 0) - self._track.top) / room
        return max(0.0, min(1.0, share)) * self._range

    def release(self) -> None:
        """Let go."""
        self._held = None

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the thumb; brighter under the pointer, gold while it is held."""
        if self._range:
            colour = (*colours.ACCENT, 230) if self.held else (*colours.TEXT, 170 if self.hot else 90)
            draw.box(surface, self._thumb, colour, self._thumb.width // 2)
