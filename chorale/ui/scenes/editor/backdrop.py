"""What stands still under the hand, kept as one picture for as long as nothing of it changes.

The sheet with its marks, veils and locks is made of some dozens of pictures; while music plays or the pointer moves it
looks the same for seconds. What is new is painted straight on the screen; what is asked for a second time is painted
once more on a picture of its own, which from then on is copied.
"""

from collections.abc import Callable

import pygame

__all__ = ["Backdrop"]


class Backdrop:
    """One picture, and what it looks like."""

    def __init__(self) -> None:
        self._look: tuple[object, ...] = ()
        self._picture: pygame.Surface | None = None
        self._painted = False

    def draw(
        self,
        surface: pygame.Surface,
        view: pygame.Rect,
        look: tuple[object, ...],
        paint: Callable[[pygame.Surface, tuple[int, int]], None],
    ) -> None:
        """Draw into a view.

        Args:
            surface: where to draw.
            view: the part of it.
            look: all that the picture depends on besides the view's size; equal looks, equal pictures.
            paint: paints it on a surface, everything moved by so many pixels.
        """
        if look != self._look or not self._painted:
            known, self._look, self._painted = look == self._look, look, False
            if not known:
                paint(surface, (0, 0))
                return
            self._paint(view, paint)
        assert self._picture is not None
        surface.blit(self._picture, view)

    def _paint(self, view: pygame.Rect, paint: Callable[[pygame.Surface, tuple[int, int]], None]) -> None:
        if self._picture is None or self._picture.get_size() != view.size:
            self._picture = pygame.Surface(view.size)
        paint(self._picture, (-view.x, -view.y))
        self._painted = True

    def forget(self) -> None:
        """Paint anew next time."""
        self._look, self._painted = (), False
