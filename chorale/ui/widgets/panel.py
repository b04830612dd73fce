"""A panel: a part of the desk that keeps its picture until something on it looks different.

Drawing forty widgets afresh sixty times a second is what makes an idle-looking window hot. A panel asks each widget
for its ``look``; while none has changed, its picture is copied to the screen as it is. Widgets that move by
themselves are ``live``: they are drawn on top every time.
"""

from collections.abc import Hashable, Sequence

import pygame

from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["Panel"]


class Panel:
    """A part of the desk."""

    def __init__(self) -> None:
        self.rect = pygame.Rect(0, 0, 1, 1)
        self._picture: pygame.Surface | None = None
        self._drawn: Hashable = None

    @property
    def widgets(self) -> Sequence[Widget]:
        """Its widgets in the order of Tab."""
        return ()

    @property
    def look(self) -> Hashable:
        """What its background depends on besides its rectangle and the theme."""
        return None

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what is no widget."""

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel with its widgets."""
        look = (
            theme,
            self.rect.topleft,
            self.rect.size,
            self.look,
            tuple(widget.look for widget in self.widgets if not widget.live),
        )
        if look != self._drawn or self._picture is None:
            self._picture, self._drawn = self._painted(theme), look
        surface.blit(self._picture, self.rect)
        for widget in self.widgets:
            if widget.live and widget.visible:
                widget.draw(surface, theme)

    def _painted(self, theme: Theme) -> pygame.Surface:
        """Return the picture; it is drawn on a surface as large as the screen up to its corner, so places agree."""
        whole = _scratch(self.rect.right, self.rect.bottom)
        self.draw_background(whole, theme)
        for widget in self.widgets:
            if widget.visible and not widget.live:
                widget.draw(whole, theme)
        return whole.subsurface(self.rect).copy()


_SCRATCH: list[pygame.Surface] = []


def _scratch(width: int, height: int) -> pygame.Surface:
    """Return a surface at least so large, kept from one use to the next: to make one anew takes milliseconds."""
    kept = _SCRATCH[0].get_size() if _SCRATCH else (0, 0)
    if kept[0] < width or kept[1] < height:
        _SCRATCH[:] = [pygame.Surface((max(width, kept[0]), max(height, kept[1])))]
    return _SCRATCH[0]
