"""An overlay: a sheet over the desk with widgets of its own; Escape, a click beside it, or its cross closes it."""

from collections.abc import Callable

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.motion import ease_out
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.board import Board
from chorale.ui.widgets.button import Button

__all__ = ["Overlay"]

_ARRIVAL = 0.16


class Overlay:
    """A sheet in the middle of the window.

    Args:
        name: begins the ids of its widgets.
        title: stands at its head.
        size: width and height in units, at most.
        close: takes it away.
    """

    def __init__(self, name: str, title: str, size: tuple[float, float], close: Callable[[], None]) -> None:
        self.name, self.title, self._size, self.close = name, title, size, close
        self.board = Board()
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.theme = Theme()
        self._born: float | None = None
        self._now = 0.0
        self._cross = Button(f"{name}-close", "Close", close, picture=icon_picture("close"), style="plain", keys="Esc")

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Take the window's size."""
        self.theme = theme
        room = pygame.Rect(0, 0, *size)
        self.rect = pygame.Rect(
            0,
            0,
            min(theme.px(self._size[0]), size[0] - theme.px(32)),
            min(theme.px(self._size[1]), size[1] - theme.px(32)),
        )
        self.rect.center = room.center
        self.board.area, self.board.theme = room, theme
        self._cross.rect = pygame.Rect(
            self.rect.right - theme.px(48), self.rect.y + theme.px(12), theme.px(36), theme.px(36)
        )
        self.board.close_menu()
        self.lay_out(theme)

    def lay_out(self, theme: Theme) -> None:
        """Give every widget its place in ``rect``."""
        del theme
        self.board.widgets = [self._cross]

    @property
    def inner(self) -> pygame.Rect:
        """The sheet without its head and margins."""
        margin = self.theme.px(24)
        return pygame.Rect(
            self.rect.x + margin,
            self.rect.y + self.theme.px(60),
            self.rect.width - 2 * margin,
            self.rect.height - self.theme.px(60) - margin,
        )

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event; the desk behind gets none."""
        if (
            event.type == pygame.MOUSEBUTTONDOWN
            and event.button == 1
            and self.board.menu is None
            and not self.rect.collidepoint(event.pos)
        ):
            self.close()
        elif not self.board.handle(event) and event.type == pygame.KEYDOWN:
            self.key(event)

    def key(self, event: pygame.event.Event) -> None:
        """Take a key that no widget wanted."""
        if event.key == pygame.K_ESCAPE:
            self.close()

    def update(self, now: float) -> float | None:
        """Let time pass."""
        self._born = now if self._born is None else self._born
        self._now = self.board.now = now
        if not self.theme.still and now - self._born < _ARRIVAL:
            return 0.0
        return self.board.next_change()

    def draw(self, surface: pygame.Surface) -> None:
        """Draw veil, sheet and widgets, rising into place."""
        theme = self.theme
        arrived = 1.0 if theme.still or self._born is None else ease_out((self._now - self._born) / _ARRIVAL)
        surface.blit(draw.plate(surface.get_size(), 0, (12, 10, 14, round(150 * arrived))), (0, 0))
        if arrived < 1:
            self._draw_rising(surface, arrived)
            return
        self._draw_sheet(surface)

    def _draw_rising(self, surface: pygame.Surface, arrived: float) -> None:
        copy = surface.copy()
        self._draw_sheet(copy)
        around = self.rect.inflate(self.theme.px(40), self.theme.px(40)).clip(surface.get_rect())
        part = copy.subsurface(around)
        part.set_alpha(round(255 * arrived))
        surface.blit(part, around.move(0, round((1 - arrived) * self.theme.px(18))))

    def _draw_sheet(self, surface: pygame.Surface) -> None:
        theme = self.theme
        draw.shadow(surface, self.rect, theme.px(28), 190, theme.px(12), theme.px(8))
        draw.box(surface, self.rect, colours.PANEL, theme.px(12))
        draw.outline(surface, self.rect, colours.EDGE, theme.px(12), theme.px(1))
        title = theme.text(self.title, 22, "serif", colours.TEXT)
        surface.blit(title, (self.rect.x + theme.px(24), self.rect.y + theme.px(16)))
        self.draw_content(surface, theme)
        self.board.draw(surface, theme)

    def draw_content(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what is no widget."""
